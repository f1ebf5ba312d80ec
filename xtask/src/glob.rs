//! Patterns for paths: `*` within one name, `**` across names, and alternatives in braces.

use std::fs;
use std::path::{Path, PathBuf};

/// Whether all of `text` fits `pattern`; `*` stops at a slash, `**` does not.
pub(crate) fn matches(pattern: &str, text: &str) -> bool {
    fits(pattern.as_bytes(), text.as_bytes())
}

/// `pattern` once for each choice of its braces: `a/{b,c}.rs` gives `a/b.rs` and `a/c.rs`.
pub(crate) fn braces(pattern: &str) -> Vec<String> {
    let Some((head, tail)) = pattern.split_once('}') else {
        return vec![pattern.to_owned()];
    };
    // The last brace opened before the first one closed: inner braces come first.
    let Some((start, choices)) = head.rsplit_once('{') else {
        return vec![pattern.to_owned()];
    };
    choices.split(',').flat_map(|choice| braces(&format!("{start}{}{tail}", choice.trim()))).collect()
}

/// The folders on this machine that fit the absolute `pattern`, in no order.
pub(crate) fn folders(pattern: &str) -> Vec<PathBuf> {
    let mut found = vec![PathBuf::from("/")];
    for name in pattern.split('/').filter(|name| !name.is_empty()) {
        found = found.iter().flat_map(|folder| children(folder, name)).collect();
    }
    found
}

/// The folders in `folder` whose name fits `name`.
fn children(folder: &Path, name: &str) -> Vec<PathBuf> {
    if !name.contains('*') {
        let child = folder.join(name);
        return if child.is_dir() { vec![child] } else { Vec::new() };
    }
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    entries
        .flatten()
        .filter(|entry| matches(name, &entry.file_name().to_string_lossy()))
        .map(|entry| entry.path())
        .filter(|path| path.is_dir())
        .collect()
}

/// The work of `matches`, by bytes.
fn fits(pattern: &[u8], text: &[u8]) -> bool {
    let any_of_first =
        |rest: &[u8], reach: usize| (0..=reach).any(|taken| fits(rest, text.get(taken..).unwrap_or_default()));
    match pattern {
        [] => text.is_empty(),
        [b'*', b'*', rest @ ..] => any_of_first(rest, text.len()),
        [b'*', rest @ ..] => {
            let name = text.iter().position(|byte| *byte == b'/').unwrap_or(text.len());
            any_of_first(rest, name)
        }
        [first, rest @ ..] => text.split_first().is_some_and(|(byte, tail)| byte == first && fits(rest, tail)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stays_within_one_name() {
        assert!(matches("runtime/src/*.rs", "runtime/src/mode.rs"));
        assert!(!matches("runtime/src/*.rs", "runtime/src/pin/table.rs"));
        assert!(matches("runtime/**.rs", "runtime/src/pin/table.rs"));
        assert!(!matches("llvm-*", "gcc"));
    }

    #[test]
    fn braces_give_each_choice() {
        assert_eq!(braces("a/{b,c}.rs"), ["a/b.rs", "a/c.rs"]);
        assert_eq!(braces("{a,b}/{c, d}"), ["a/c", "a/d", "b/c", "b/d"]);
        assert_eq!(braces("plain"), ["plain"]);
        assert_eq!(braces("odd}"), ["odd}"]);
    }

    #[test]
    fn folders_are_looked_up_name_by_name() {
        assert_eq!(folders("/"), [PathBuf::from("/")]);
        assert!(folders("/no-such-folder-here/*").is_empty());
    }
}
