//! Makes the text of a C comment mean in Markdown what it says: no links, no tags, no programs for rustdoc to try.
//!
//! Doxygen's words stay as they are; what they would be taken for is escaped.

/// How wide an indentation makes code of a line.
const CODE: usize = 4;

/// A comment without its markers, for rustdoc.
pub(super) fn of_comment(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| line.trim_end().replace('\t', "    ")).collect();
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let common = lines.iter().filter(|line| !line.is_empty()).map(|line| indent(line)).min().unwrap_or(0);
    let mut out: Vec<String> = Vec::new();
    let mut block = Block::None;
    let mut is_after_blank = true;
    for line in lines.iter().map(|line| line.get(common..).unwrap_or_default()) {
        let bare = line.trim_start();
        let is_deep = indent(line) >= CODE;
        match block {
            Block::Indented if is_deep || line.is_empty() => {
                out.push(line.to_owned());
                continue;
            }
            Block::Indented => {
                close(&mut out);
                block = Block::None;
            }
            Block::Fenced => {
                let is_end = bare.starts_with("```");
                out.push(line.to_owned());
                block = if is_end { Block::None } else { Block::Fenced };
                continue;
            }
            Block::Doxygen => {
                out.push(line.to_owned());
                if is_command(bare, &["endcode", "endverbatim"]) {
                    out.push("```".to_owned());
                    block = Block::None;
                }
                continue;
            }
            Block::None => {}
        }
        if let Some(language) = bare.strip_prefix("```") {
            // A fence without a language holds Rust for rustdoc.
            let language = language.trim();
            out.push(format!("```{}", if language.is_empty() || language.contains('`') { "text" } else { language }));
            block = Block::Fenced;
        } else if is_command(bare, &["code", "verbatim"]) {
            out.extend(["```text".to_owned(), line.to_owned()]);
            block = Block::Doxygen;
        } else if is_deep && is_after_blank {
            out.extend(["```text".to_owned(), line.to_owned()]);
            block = Block::Indented;
        } else {
            let kept = if is_deep { 1 } else { indent(line) };
            out.push(format!("{}{}", " ".repeat(kept), of_line(bare)));
        }
        is_after_blank = line.is_empty();
    }
    match block {
        Block::Indented => close(&mut out),
        Block::Fenced | Block::Doxygen => out.push("```".to_owned()),
        Block::None => {}
    }
    let spaced = out.iter().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    spaced.collect::<Vec<_>>().join("\n")
}

/// What a line is part of.
#[derive(Clone, Copy, PartialEq)]
enum Block {
    None,
    /// Code by indentation alone.
    Indented,
    /// Code between fences.
    Fenced,
    /// Code between Doxygen's words.
    Doxygen,
}

/// Ends code before the blank lines that follow it.
fn close(out: &mut Vec<String>) {
    let blank = out.iter().rev().take_while(|line| line.is_empty()).count();
    out.insert(out.len() - blank, "```".to_owned());
}

/// `@code`, `\code{.c}`.
fn is_command(line: &str, words: &[&str]) -> bool {
    let Some(rest) = line.strip_prefix(['@', '\\']) else { return false };
    let word = rest.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    words.contains(&word)
}

/// One line of prose.
fn of_line(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let next = rest[c.len_utf8()..].chars().next();
        let taken = match c {
            // An escape already.
            '\\' if next.is_some_and(|c| c.is_ascii_punctuation()) => {
                out.push_str(&rest[..2]);
                2
            }
            '`' => quoted(rest, &mut out),
            '<' => {
                let target = rest.get(1..).and_then(|rest| rest.split_once('>')).map(|(target, _)| target);
                match target.filter(|target| is_url(target) && !target.contains(' ')) {
                    Some(target) => {
                        out.push_str(&rest[..target.len() + 2]);
                        target.len() + 2
                    }
                    None => {
                        let is_tag = next.is_some_and(|c| c.is_ascii_alphabetic() || "/!?".contains(c));
                        out.push_str(if is_tag { "\\<" } else { "<" });
                        1
                    }
                }
            }
            '[' => match link(rest) {
                Some(length) => {
                    out.push_str(&rest[..length]);
                    length
                }
                None => {
                    out.push_str("\\[");
                    1
                }
            },
            ']' => {
                out.push_str("\\]");
                1
            }
            'h' if is_url(rest) && !out.ends_with(|c: char| c.is_alphanumeric()) => {
                let end =
                    rest.find(|c: char| c.is_whitespace() || "<>\"'`()[]{}|\\^".contains(c)).unwrap_or(rest.len());
                let url = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?']);
                out.push_str(&format!("<{url}>"));
                url.len()
            }
            c => {
                out.push(c);
                c.len_utf8()
            }
        };
        rest = &rest[taken..];
    }
    out
}

fn is_url(text: &str) -> bool {
    ["http://", "https://"].iter().any(|start| text.len() > start.len() && text.starts_with(start))
}

/// Code between backticks stays; a backtick alone, as in `name', opens nothing.
fn quoted(text: &str, out: &mut String) -> usize {
    let run = text.len() - text.trim_start_matches('`').len();
    let (ticks, inner) = text.split_at(run);
    let end = inner.match_indices(ticks).map(|(at, _)| at).find(|at| {
        let is_longer = inner[at + run..].starts_with('`') || inner[..*at].ends_with('`');
        !is_longer
    });
    match end {
        Some(end) => {
            out.push_str(&text[..run + end + run]);
            run + end + run
        }
        None => {
            ticks.chars().for_each(|tick| out.extend(['\\', tick]));
            run
        }
    }
}

/// The length of `[text](https://…)`: a link that means itself.
fn link(text: &str) -> Option<usize> {
    let (label, rest) = text.get(1..)?.split_once("](")?;
    let (target, _) = rest.split_once(')')?;
    let is_plain = !label.contains(['[', ']', '<', '`']) && !target.contains([' ', '<', '(']);
    (is_plain && is_url(target)).then(|| 1 + label.len() + 2 + target.len() + 1)
}

#[cfg(test)]
mod tests {
    use super::{of_comment, of_line};

    #[test]
    fn prose_is_escaped_once() {
        for (text, expected) in [
            ("\\param[in] x  an index into a[i]", "\\param\\[in\\] x  an index into a\\[i\\]"),
            ("@param[in,out] p", "@param\\[in,out\\] p"),
            ("see <stdio.h>, a < b, <b>bold</b>", "see \\<stdio.h>, a < b, \\<b>bold\\</b>"),
            ("`a[i]` and ``b`[0]``", "`a[i]` and ``b`[0]``"),
            ("old `name' [x]", "old \\`name' \\[x\\]"),
            ("at https://example.org/a_b, or (http://x.y).", "at <https://example.org/a_b>, or (<http://x.y>)."),
            ("<https://example.org> [it](https://example.org/x)", "<https://example.org> [it](https://example.org/x)"),
            ("[it](other.md) \\[done\\] 50% \\n", "\\[it\\](other.md) \\[done\\] 50% \\n"),
            ("größer als [ä]", "größer als \\[ä\\]"),
            ("ends in \\", "ends in \\"),
        ] {
            assert_eq!(of_line(text), expected);
        }
    }

    #[test]
    fn code_is_no_program() {
        let text = " Use it so:\n\n     int x[3];\n\n     f(x);\n\n and so:\n @code\n y[0];\n @endcode\n ```\n z\n ```";
        let expected = " Use it so:\n\n ```text\n     int x[3];\n\n     f(x);\n ```\n\n and so:\n ```text\n @code\n y[0];\n @endcode\n ```\n ```text\n z\n ```";
        assert_eq!(of_comment(text), expected);
        assert_eq!(of_comment(" a\n     b[0]"), " a\n  b\\[0\\]");
        assert_eq!(of_comment(" ```c\n open"), " ```c\n open\n ```");
        assert_eq!(of_comment("\n\n"), "\n");
        assert_eq!(of_comment(""), "");
    }
}
