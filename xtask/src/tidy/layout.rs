//! Rules on where files lie, how they begin and how long they are.

use std::collections::BTreeSet;

use super::{File, Problems, Tree};

/// The top level that the project's user has fixed; each must be there.
const FIXED: &[&str] = &["Cargo.toml", "macros", "codegen", "runtime", "tests", "examples", "xtask"];

/// What else may lie at the top level.
const ALLOWED: &[&str] = &[
    "Cargo.lock",
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "UNSAFE.md",
    "LICENSE-MIT",
    "LICENSE-APACHE",
    "rust-toolchain.toml",
    "clippy.toml",
    "rustfmt.toml",
    "deny.toml",
    ".cargo",
    ".ci",
    ".git",
    ".gitignore",
    "target",
];

/// Rooms whose files begin with a sentence on what they decide or hold.
const INTRODUCED: &[&str] = &["runtime/src", "codegen/src", "macros/src", "xtask/src", "tests"];

/// From how many lines on a file needs a reason.
const LONG: usize = 400;

/// Files that may be longer, each with its reason.
const LONG_FILES: &[(&str, &str)] = &[
    ("tests/cases/wrong.rs", "one case for each wrong call that the table of reports expects"),
    ("tests/runtime.rs", "the table of all cases, with what each level reports of them"),
    ("tests/legal/curl.rs", LEGAL),
    ("tests/legal/called_curl.rs", LEGAL),
    ("tests/legal/called_tls.rs", LEGAL),
    ("tests/legal/libc.rs", LEGAL),
    ("tests/legal/libc_more.rs", LEGAL),
    ("tests/legal/lzma.rs", LEGAL),
    ("tests/legal/openssl.rs", LEGAL),
    ("tests/legal/sqlite3.rs", LEGAL),
    ("tests/legal/zlib.rs", LEGAL),
];

/// Why tests of legal calls are long.
const LEGAL: &str = "one test for each row of what legal programs do with the library";

/// The most lines that macros/src may have in all.
const MACROS: usize = 300;

/// The top level holds what is fixed, and nothing that is not allowed.
pub(super) fn top_level(tree: &Tree, problems: &mut Problems) {
    let names: BTreeSet<&str> = tree.files.iter().filter_map(|file| file.path.split('/').next()).collect();
    for name in FIXED.iter().filter(|name| !names.contains(*name)) {
        problems.add(name, 1, "missing from the top level", "the top level is fixed; put it back");
    }
    for name in names {
        if !FIXED.contains(&name) && !ALLOWED.contains(&name) {
            let help = "move it into a package, or add it to ALLOWED in xtask/src/tidy/layout.rs";
            problems.add(name, 1, "not part of the top level", help);
        }
    }
}

/// Files of our crates begin with `//!`.
pub(super) fn first_lines(tree: &Tree, problems: &mut Problems) {
    for file in INTRODUCED.iter().flat_map(|room| tree.under(room)).filter(|file| file.is_ours()) {
        if !file.text.starts_with("//! ") {
            let help = "begin with `//!` and one sentence: what this file decides or holds";
            problems.add(&file.path, 1, "the first line is no `//!`", help);
        }
    }
}

/// Files over 400 lines are in [`LONG_FILES`], and what is there is long.
pub(super) fn long_files(tree: &Tree, problems: &mut Problems) {
    long_files_but(LONG_FILES, tree, problems);
}

/// The work of [`long_files`] for any table of exceptions.
fn long_files_but(exceptions: &[(&str, &str)], tree: &Tree, problems: &mut Problems) {
    for file in tree.files.iter().filter(|file| file.is_ours()) {
        let lines = lines(file);
        let excepted = exceptions.iter().any(|(path, _)| *path == file.path);
        if lines > LONG && !excepted {
            let help = "split it along what it decides, or give the reason in LONG_FILES in xtask/src/tidy/layout.rs";
            problems.add(&file.path, LONG + 1, &format!("{lines} lines, more than {LONG}"), help);
        }
    }
    for (path, reason) in exceptions {
        if reason.trim().is_empty() {
            problems.add(path, 1, "its exception in LONG_FILES gives no reason", "give one");
        }
        if tree.get(path).is_none_or(|file| lines(file) <= LONG) {
            let message = format!("in LONG_FILES, but it has no more than {LONG} lines or is gone");
            problems.add(path, 1, &message, "remove the entry from xtask/src/tidy/layout.rs");
        }
    }
}

/// All of macros/src has under 300 lines.
pub(super) fn macros_are_small(tree: &Tree, problems: &mut Problems) {
    let sum: usize = tree.under("macros/src").map(lines).sum();
    if sum >= MACROS {
        let message = format!("{sum} lines in all, and {MACROS} are too many");
        problems.add("macros/src", 1, &message, "macros decides nothing: move the work to codegen");
    }
}

/// The number of lines of a file.
fn lines(file: &File) -> usize {
    file.text.lines().count()
}

#[cfg(test)]
mod tests {
    use super::super::said_by;
    use super::*;

    /// A tree with the whole fixed top level.
    const WHOLE: &[(&str, &str)] = &[
        ("Cargo.toml", ""),
        ("macros/Cargo.toml", ""),
        ("codegen/Cargo.toml", ""),
        ("runtime/Cargo.toml", ""),
        ("tests/Cargo.toml", ""),
        ("examples/hello/Cargo.toml", ""),
        ("xtask/Cargo.toml", ""),
        (".ci/run", ""),
    ];

    #[test]
    fn the_fixed_top_level_passes() {
        assert!(said_by(top_level, WHOLE).is_empty());
    }

    #[test]
    fn a_missing_or_a_foreign_entry_fails() {
        let mut files = WHOLE.to_vec();
        files.push(("scripts/run.sh", ""));
        files.remove(1);
        let said = said_by(top_level, &files);
        assert_eq!(said.len(), 2);
        assert!(said.iter().any(|line| line.starts_with("macros:1: missing")));
        assert!(said.iter().any(|line| line.starts_with("scripts:1: not part")));
    }

    #[test]
    fn an_introduced_file_passes_and_data_is_exempt() {
        let files = [
            ("runtime/src/mode.rs", "//! Which checks run.\n"),
            ("tests/ui/a.rs", "fn main() {}\n"),
            ("tests/expanded/a.rs", "fn main() {}\n"),
            ("examples/hello/src/main.rs", "fn main() {}\n"),
        ];
        assert!(said_by(first_lines, &files).is_empty());
    }

    #[test]
    fn a_file_without_introduction_fails() {
        let said = said_by(first_lines, &[("tests/heap.rs", "use std::fs;\n")]);
        assert_eq!(said.len(), 1);
    }

    #[test]
    fn long_files_need_a_reason_and_reasons_a_long_file() {
        let long = "x\n".repeat(LONG + 1);
        let short = "x\n".repeat(LONG);
        let judge = |text: &str, exceptions: &[(&str, &str)]| {
            let tree = Tree { files: vec![File::new("runtime/src/lib.rs", text)] };
            let mut problems = Problems::default();
            long_files_but(exceptions, &tree, &mut problems);
            problems.list.len()
        };
        assert_eq!(judge(&short, &[]), 0);
        assert_eq!(judge(&long, &[("runtime/src/lib.rs", "one table")]), 0);
        assert_eq!(judge(&long, &[]), 1);
        assert_eq!(judge(&long, &[("runtime/src/lib.rs", " ")]), 1);
        assert_eq!(judge(&short, &[("runtime/src/lib.rs", "one table")]), 1);
        assert_eq!(judge(&short, &[("runtime/src/gone.rs", "one table")]), 1);
    }

    #[test]
    fn small_macros_pass_and_large_ones_fail() {
        let half = "x\n".repeat(MACROS / 2);
        assert!(said_by(macros_are_small, &[("macros/src/lib.rs", half.as_str())]).is_empty());
        let files = [("macros/src/lib.rs", half.as_str()), ("macros/src/input.rs", half.as_str())];
        assert_eq!(said_by(macros_are_small, &files).len(), 1);
    }
}
