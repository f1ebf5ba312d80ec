//! Turns Rust text into text that rules can search: comments, literals and quoted tokens blanked, lines kept.

use std::ops::Range;

/// Macros whose argument is code for another crate, not code of this one.
const QUOTES: &[&str] = &["quote", "quote_spanned", "parse_quote", "parse_quote_spanned"];

/// `text` with comments, string and character literals and the arguments of `quote!` as spaces; what is
/// left stands at the same place as before.
pub(crate) fn code_only(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = bytes.to_vec();
    let mut at = 0;
    while at < bytes.len() {
        let end = match byte(bytes, at) {
            b'/' if byte(bytes, at + 1) == b'/' => end_of_line(bytes, at),
            b'/' if byte(bytes, at + 1) == b'*' => end_of_comment(bytes, at),
            b'"' => end_of_string(bytes, at),
            b'\'' => end_of_char(bytes, at),
            first if is_word(first) => {
                let word = end_of_word(bytes, at);
                match end_of_raw_string(bytes, at..word) {
                    Some(end) => end,
                    None => {
                        at = word;
                        continue;
                    }
                }
            }
            _ => at,
        };
        blank(&mut out, at..end);
        at = end.max(at + 1);
    }
    blank_quotes(&mut out);
    String::from_utf8_lossy(&out).into_owned()
}

/// Where `code` ends for rules that do not judge tests: at a `#[cfg(… test …)]` with a module after it.
pub(crate) fn before_tests(code: &str) -> &str {
    let mut at = 0;
    let mut gate = None;
    for line in code.split_inclusive('\n') {
        let for_tests = !line.contains("not(test") && !words(line, "test").is_empty();
        if line.starts_with("#[cfg(") && for_tests {
            gate = Some(at);
        } else if let Some(start) = gate
            && !line.starts_with("#[")
        {
            if line.starts_with("mod ") && line.contains('{') {
                return code.get(..start).unwrap_or(code);
            }
            gate = None;
        }
        at += line.len();
    }
    code
}

/// The offsets at which `word` stands in `code` and is not part of a longer name on either side.
pub(crate) fn words(code: &str, word: &str) -> Vec<usize> {
    let bytes = code.as_bytes();
    let open = word.bytes().next_back().is_some_and(|last| !is_word(last));
    starts(code, word).into_iter().filter(|at| open || !is_word(byte(bytes, at + word.len()))).collect()
}

/// The offsets at which a name or path starts that begins with `start`.
pub(crate) fn starts(code: &str, start: &str) -> Vec<usize> {
    let bytes = code.as_bytes();
    code.match_indices(start)
        .map(|(at, _)| at)
        .filter(|at| at.checked_sub(1).is_none_or(|before| !is_word(byte(bytes, before))))
        .collect()
}

/// The number of the line that holds `offset`, from 1.
pub(crate) fn line_of(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
}

/// Whether a byte can be part of a name.
pub(crate) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

/// The byte at `at`, or 0 after the end.
fn byte(bytes: &[u8], at: usize) -> u8 {
    bytes.get(at).copied().unwrap_or(0)
}

/// Replaces a range by spaces and keeps its lines.
fn blank(out: &mut [u8], range: Range<usize>) {
    for byte in out.get_mut(range).unwrap_or_default() {
        if *byte != b'\n' {
            *byte = b' ';
        }
    }
}

/// The offset of the first `sought` at or after `from`, or the end.
fn find(bytes: &[u8], from: usize, sought: u8) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    rest.iter().position(|byte| *byte == sought).map_or(bytes.len(), |skipped| from + skipped)
}

/// Where the line that holds `at` ends.
fn end_of_line(bytes: &[u8], at: usize) -> usize {
    find(bytes, at, b'\n')
}

/// Where the block comment that starts at `at` ends; they nest.
fn end_of_comment(bytes: &[u8], mut at: usize) -> usize {
    let mut depth = 0_usize;
    while at < bytes.len() {
        match (byte(bytes, at), byte(bytes, at + 1)) {
            (b'/', b'*') => {
                depth += 1;
                at += 2;
            }
            (b'*', b'/') => {
                depth = depth.saturating_sub(1);
                at += 2;
                if depth == 0 {
                    return at;
                }
            }
            _ => at += 1,
        }
    }
    bytes.len()
}

/// Where the string that starts at `at` ends.
fn end_of_string(bytes: &[u8], at: usize) -> usize {
    let mut end = at + 1;
    while end < bytes.len() {
        match byte(bytes, end) {
            b'\\' => end += 2,
            b'"' => return end + 1,
            _ => end += 1,
        }
    }
    bytes.len()
}

/// Where the character that starts at `at` ends; `at` itself when a lifetime starts there.
fn end_of_char(bytes: &[u8], at: usize) -> usize {
    let first = byte(bytes, at + 1);
    if first == b'\\' {
        return (find(bytes, at + 3, b'\'') + 1).min(bytes.len());
    }
    let length = match first {
        0x00..=0x7f => 1,
        0x80..=0xdf => 2,
        0xe0..=0xef => 3,
        _ => 4,
    };
    let close = at + 1 + length;
    if byte(bytes, close) == b'\'' { close + 1 } else { at }
}

/// Where the name or number that starts at `at` ends.
fn end_of_word(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    rest.iter().position(|byte| !is_word(*byte)).map_or(bytes.len(), |length| at + length)
}

/// Where the raw string ends whose prefix is `word`; `None` when it is an ordinary name.
fn end_of_raw_string(bytes: &[u8], word: Range<usize>) -> Option<usize> {
    if !matches!(bytes.get(word.clone())?, b"r" | b"br" | b"cr") {
        return None;
    }
    let rest = bytes.get(word.end..)?;
    let hashes = rest.iter().position(|byte| *byte != b'#')?;
    if *rest.get(hashes)? != b'"' {
        return None;
    }
    let mut end = word.end + hashes + 1;
    while end < bytes.len() {
        end = find(bytes, end, b'"') + 1;
        let tail = bytes.get(end..).unwrap_or_default();
        if tail.len() >= hashes && tail.iter().take(hashes).all(|byte| *byte == b'#') {
            return Some(end + hashes);
        }
    }
    Some(bytes.len())
}

/// Blanks the arguments of the macros in [`QUOTES`]; comments and literals are blank already.
fn blank_quotes(out: &mut [u8]) {
    let code = String::from_utf8_lossy(out).into_owned();
    for name in QUOTES {
        for at in words(&code, name) {
            let after = at + name.len();
            let bytes = code.as_bytes();
            if byte(bytes, after) == b'!' {
                let open = skip_spaces(bytes, after + 1);
                blank(out, open..end_of_group(bytes, open));
            }
        }
    }
}

/// The first offset at or after `at` that holds no white space.
fn skip_spaces(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    rest.iter().position(|byte| !byte.is_ascii_whitespace()).map_or(bytes.len(), |skipped| at + skipped)
}

/// Where the group ends whose bracket is at `open`; `open` when there is none.
fn end_of_group(bytes: &[u8], open: usize) -> usize {
    let opening = byte(bytes, open);
    let closing = match opening {
        b'(' => b')',
        b'[' => b']',
        b'{' => b'}',
        _ => return open,
    };
    let mut depth = 0_usize;
    for (offset, byte) in bytes.iter().enumerate().skip(open) {
        if *byte == opening {
            depth += 1;
        } else if *byte == closing {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                return offset + 1;
            }
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_literals_are_blanked_in_place() {
        let text = "a // unsafe\nb /* x /* y */ z */ c \"unsafe \\\" {\" d r#\"un\"safe\"# e\n";
        let code = code_only(text);
        assert_eq!(code.len(), text.len());
        assert_eq!(code.split_whitespace().collect::<Vec<_>>(), ["a", "b", "c", "d", "e"]);
        assert_eq!(code.lines().count(), text.lines().count());
    }

    #[test]
    fn characters_are_blanked_and_lifetimes_stay() {
        let code = code_only("f::<'a>('\"', '\\'', 'é', b'x', \"unsafe\")");
        assert!(code.contains("'a>"));
        assert!(!code.contains('"') && !code.contains("unsafe") && !code.contains('x'));
    }

    #[test]
    fn raw_names_are_no_strings() {
        assert_eq!(code_only("let r#type = 1;"), "let r#type = 1;");
    }

    #[test]
    fn quoted_code_is_not_ours() {
        let code = code_only("fn f() { quote! { unsafe { #call } }; g() } fn quote() {}");
        assert!(!code.contains("unsafe"));
        assert!(code.contains("g()") && code.contains("fn quote() {}"));
    }

    #[test]
    fn words_have_ends() {
        assert_eq!(words("syn sync syn::x", "syn"), [0, 9]);
        assert_eq!(starts("clang_sys my_clang clang", "clang"), [0, 19]);
        assert_eq!(words("env::var x::env::variable", "env::var"), [0]);
        assert_eq!(line_of("a\nb\nc", 4), 3);
    }

    #[test]
    fn a_test_module_ends_what_is_judged() {
        let code = "fn a() {}\n#[cfg(test)]\n#[path = x]\nmod tests {\n}\n";
        assert_eq!(before_tests(code), "fn a() {}\n");
        let code = "#[cfg(test)]\nmod helper;\nfn a() {}\n";
        assert_eq!(before_tests(code), code);
    }
}
