//! Rules on the text of files: nothing unfinished, no folder of one machine, clean lines, no orphans.

use super::source::{is_word, line_of, starts, words};
use super::{File, Problems, Tree};

/// Macros that mark unfinished work or a forgotten probe.
const UNFINISHED: &[&str] = &["todo!(", "unimplemented!(", "dbg!("];

/// The mark of work left to do, put together so that this file does not hold it.
const MARK: &str = concat!("XX", "X");

/// Folders that exist on one machine only.
const MACHINE: &[&str] = &["/home/", "/work/", "/root/"];

/// The folder of the rules themselves, which have to name what they forbid.
const RULES: &str = "xtask/src/tidy/";

/// Rust files hold no unfinished work.
pub(super) fn unfinished(tree: &Tree, problems: &mut Problems) {
    for file in tree.files.iter().filter(|file| file.path.ends_with(".rs")) {
        for word in UNFINISHED {
            for at in starts(&file.code, word) {
                let message = format!("`{word}…)` is left");
                problems.add(&file.path, line_of(&file.code, at), &message, "finish it or remove it");
            }
        }
        for at in words(&file.text, MARK) {
            let message = format!("`{MARK}` is left");
            problems.add(&file.path, line_of(&file.text, at), &message, "settle it, or open an issue");
        }
    }
}

/// No text names a folder of the machine on which it was written.
pub(super) fn machine_paths(tree: &Tree, problems: &mut Problems) {
    for file in tree.files.iter().filter(|file| !file.path.starts_with(RULES)) {
        for folder in MACHINE {
            for (at, _) in file.text.match_indices(folder) {
                // In the middle of a longer path or an address it is another folder.
                let before = at.checked_sub(1).and_then(|at| file.text.as_bytes().get(at));
                if before.is_some_and(|byte| is_word(*byte) || b".-~}/".contains(byte)) {
                    continue;
                }
                let message = format!("names `{folder}…`, a folder of one machine");
                let help = "make the path relative, or replace it by a placeholder";
                problems.add(&file.path, line_of(&file.text, at), &message, help);
            }
        }
    }
}

/// Text ends with one line end, and no line ends with white space.
pub(super) fn white_space(tree: &Tree, problems: &mut Problems) {
    for file in tree.files.iter().filter(|file| !is_expected_output(file)) {
        for (index, line) in file.text.split('\n').enumerate() {
            if line.ends_with([' ', '\t', '\r']) {
                problems.add(&file.path, index + 1, "white space at the end of the line", "remove it");
            }
        }
        if !file.text.is_empty() && !file.text.ends_with('\n') {
            let last = file.text.lines().count();
            problems.add(&file.path, last, "the last line has no end", "add a line end");
        }
    }
}

/// Each `.stderr` in tests/ui belongs to a test.
pub(super) fn orphans(tree: &Tree, problems: &mut Problems) {
    for file in tree.under("tests/ui") {
        let Some(stem) = file.path.strip_suffix(".stderr") else {
            continue;
        };
        if tree.get(&format!("{stem}.rs")).is_none() {
            let message = format!("no test {stem}.rs expects this");
            problems.add(&file.path, 1, &message, "remove it, or rename it with its test");
        }
    }
}

/// Whether a file is written by a test run or a fuzzer, and so not ours to lay out.
fn is_expected_output(file: &File) -> bool {
    file.path.ends_with(".stderr")
        || file.path.ends_with(".stdout")
        || file.path.split('/').any(|name| name == "snapshots")
        || file.path.starts_with("codegen/fuzz/corpus/")
}

#[cfg(test)]
mod tests {
    use super::super::said_by;
    use super::*;

    #[test]
    fn finished_code_passes() {
        let text = "// A mkstemp name: aXXXXXX.\nconst S: &str = \"todo!()\"; // dbg!(x)\n";
        assert!(said_by(unfinished, &[("runtime/src/a.rs", text)]).is_empty());
    }

    #[test]
    fn unfinished_code_fails() {
        for text in ["fn f() { todo!() }", "fn f() { unimplemented!(\"x\") }", "fn f() { dbg!(1); }"] {
            assert_eq!(said_by(unfinished, &[("tests/a.rs", text)]).len(), 1, "{text}");
        }
        let marked = format!("// {MARK} later\n");
        assert_eq!(said_by(unfinished, &[("tests/a.rs", marked.as_str())]).len(), 1);
    }

    #[test]
    fn paths_of_everyone_pass() {
        let text = "see /usr/include, docs/work/a.md, ../work/b and https://example.org/home/\n";
        assert!(said_by(machine_paths, &[("README.md", text)]).is_empty());
    }

    #[test]
    fn paths_of_one_machine_fail() {
        for text in ["at /home/me/x.rs", "\"/work/main\"", "(/root/.cargo)"] {
            assert_eq!(said_by(machine_paths, &[("tests/ui/a.stderr", text)]).len(), 1, "{text}");
        }
    }

    #[test]
    fn clean_lines_pass_and_expected_output_is_exempt() {
        let files = [
            ("README.md", "a\n\nb\n"),
            ("empty", ""),
            ("tests/ui/a.stderr", "a \n"),
            ("tests/snapshots/plan/a.txt", "a \nb"),
        ];
        assert!(said_by(white_space, &files).is_empty());
    }

    #[test]
    fn unclean_lines_fail() {
        for text in ["a \n", "a\t\nb\n", "a\r\n", "a"] {
            assert_eq!(said_by(white_space, &[("README.md", text)]).len(), 1, "{text:?}");
        }
    }

    #[test]
    fn expected_output_with_its_test_passes() {
        let files = [("tests/ui/a.rs", "fn main() {}\n"), ("tests/ui/a.stderr", "error\n")];
        assert!(said_by(orphans, &files).is_empty());
    }

    #[test]
    fn orphaned_output_fails() {
        assert_eq!(said_by(orphans, &[("tests/ui/a.stderr", "error\n")]).len(), 1);
    }
}
