//! Rules that hold documents and tests to the code: paths exist, and each diagnostic and each odd pin is tested.

use super::{File, Problems, Tree};
use crate::glob;

/// Documents whose paths must exist.
const DOCUMENTS: &[&str] = &["ARCHITECTURE.md", "README.md"];

/// Folders of the top level; a name in backticks that begins with one is a path.
const TOP: &[&str] = &["macros/", "codegen/", "runtime/", "tests/", "examples/", "xtask/", ".cargo/", ".ci/"];

/// Endings that make a name in backticks a path.
const ENDINGS: &[&str] = &[".rs", ".md", ".toml"];

/// The documents with tables of odd pins, what becomes of them and where each is tried, and a word of the line before each.
const ODD_PINS: [(&str, &str); 2] = [("README.md", "pins that are odd"), ("CONTRIBUTING.md", "table of odd pins")];

/// The table of diagnostics.
const CODES: &str = "codegen/src/diag/codes.rs";

/// Paths that the documents name in backticks exist; a shorter path may leave out where it begins.
pub(super) fn paths(tree: &Tree, problems: &mut Problems) {
    for document in DOCUMENTS.iter().filter_map(|path| tree.get(path)) {
        for (line, quoted) in quoted(&document.text) {
            let Some(path) = as_path(quoted) else {
                continue;
            };
            for path in glob::braces(path) {
                if !exists(tree, &path) {
                    let message = format!("`{path}` does not exist");
                    let help = "name the file as it is called now, from the root of the repository";
                    problems.add(&document.path, line, &message, help);
                }
            }
        }
    }
}

/// Each code of the table is in the expected output of a test.
pub(super) fn diagnostics(tree: &Tree, problems: &mut Problems) {
    let Some(table) = tree.get(CODES) else {
        if tree.under("codegen/src").next().is_some() {
            let help = "the rule on diagnostics reads their codes there; tell it where they are now";
            problems.add(CODES, 1, "the table of diagnostics is gone", help);
        }
        return;
    };
    let tests = || tree.under("tests").chain(tree.under("codegen/tests"));
    let outputs: Vec<&File> = tests().filter(|file| is_output(file)).collect();
    for (line, code) in codes(&table.text) {
        // A test of its own may expect the code too, where no program for rustc can bring it about.
        let expected = format!("error[{code}]");
        let is_expected = tests().any(|file| {
            !file.path.starts_with("tests/ui/") && file.path.ends_with(".rs") && file.text.contains(&expected)
        });
        if !is_expected && !outputs.iter().any(|file| file.text.contains(code)) {
            let message = format!("no test shows the diagnostic {code}");
            let help = "add a program to tests/ui that brings it about, with its `.stderr`";
            problems.add(CODES, line, &message, help);
        }
    }
}

/// Each odd pin of README has a row in CONTRIBUTING, and each test that is named there exists.
pub(super) fn odd_pins(tree: &Tree, problems: &mut Problems) {
    let [Some(said), Some(tried)] = ODD_PINS.map(|(path, before)| Some(rows(&tree.get(path)?.text, before))) else {
        return;
    };
    let help = "each row has a test, which the other table names in a row of its own";
    if said.is_empty() || said.len() != tried.len() {
        let (line, rows) = (tried.first().map_or(1, |(line, _)| *line), said.len());
        problems.add(ODD_PINS[1].0, line, &format!("README has {rows} odd pins, this table {}", tried.len()), help);
    }
    for (line, row) in tried {
        let is_name =
            |word: &&str| word.contains('_') && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        let names: Vec<&str> = quoted(row).into_iter().map(|(_, word)| word).filter(is_name).collect();
        if names.is_empty() {
            problems.add(ODD_PINS[1].0, line, "no test is named", help);
        }
        for name in names {
            let head = format!("fn {name}()");
            if !tree.under("tests").any(|file| file.code.contains(&head)) {
                problems.add(ODD_PINS[1].0, line, &format!("there is no test `{name}`"), help);
            }
        }
    }
}

/// The rows of the table behind the line that has `before` in it, with their lines.
fn rows<'text>(text: &'text str, before: &str) -> Vec<(usize, &'text str)> {
    let numbered = text.lines().enumerate().map(|(index, line)| (index + 1, line));
    let table = numbered.skip_while(|(_, line)| !line.contains(before)).skip_while(|(_, line)| !line.starts_with('|'));
    // A heading and a rule come first.
    table.take_while(|(_, line)| line.starts_with('|')).skip(2).collect()
}

/// Whether a file is what a test is expected to print.
fn is_output(file: &File) -> bool {
    let is_source = [".rs", ".md", ".toml", ".h", ".c"].iter().any(|end| file.path.ends_with(end));
    file.path.split('/').any(|name| name == "snapshots") || !is_source
}

/// What stands in backticks in a Markdown text, with its line; fenced blocks are left out.
fn quoted(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut fenced = false;
    for (index, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            // Between backticks are the odd parts; a last part without its closing one is none.
            let parts: Vec<&str> = line.split('`').collect();
            let closed = parts.len().saturating_sub(1);
            found.extend(parts.into_iter().take(closed).skip(1).step_by(2).map(|part| (index + 1, part)));
        }
    }
    found
}

/// The path that a text in backticks is, if it is one of this repository's.
fn as_path(quoted: &str) -> Option<&str> {
    // A place in a file: `runtime/src/call.rs:120` or `runtime/src/call.rs#enter`.
    let path = quoted.split(['#', ':']).next().unwrap_or_default();
    let hidden = quoted.starts_with(".ci/") || quoted.starts_with(".cargo/");
    let elsewhere = quoted.starts_with(['/', '~', '$', '<', '.']) && !hidden;
    let foreign = elsewhere || quoted.contains("::") || quoted.contains("://");
    // Spaces, variables and placeholders make it a command or a pattern for the reader.
    let spaced = path.split('{').next().is_some_and(|head| head.contains(char::is_whitespace));
    if path.is_empty() || foreign || spaced || path.contains(['$', '<', '…', '(', '"']) {
        return None;
    }
    let ours = TOP.iter().any(|top| path.starts_with(top));
    let named = ENDINGS.iter().any(|end| path.strip_suffix(end).is_some_and(|stem| !stem.is_empty()));
    (ours || named).then_some(path)
}

/// Whether a file or folder of the tree fits `path`, whole or, when it does not begin at the top, by its end.
fn exists(tree: &Tree, path: &str) -> bool {
    let path = path.trim_end_matches('/');
    let whole = TOP.iter().any(|top| path.starts_with(top.trim_end_matches('/')));
    tree.files.iter().any(|file| {
        let fits = glob::matches(path, &file.path) || glob::matches(&format!("{path}/**"), &file.path);
        fits || (!whole && glob::matches(&format!("**/{path}"), &file.path))
    })
}

/// The codes in a table of diagnostics: strings of two capitals and three digits.
fn codes(text: &str) -> Vec<(usize, &str)> {
    let is_code = |part: &str| {
        let (letters, digits) = part.split_at_checked(2).unwrap_or_default();
        letters.starts_with('P')
            && letters.bytes().all(|byte| byte.is_ascii_uppercase())
            && digits.len() == 3
            && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    let mut found: Vec<(usize, &str)> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("//") {
            continue;
        }
        for part in line.split('"').skip(1).step_by(2).filter(|part| is_code(part)) {
            if !found.iter().any(|(_, code)| *code == part) {
                found.push((index + 1, part));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::said_by;
    use super::*;

    /// What the rule on paths says about a README with `text`, in a tree with a few files.
    fn said(text: &str) -> Vec<String> {
        let files = [
            ("README.md", text),
            ("runtime/src/mode.rs", ""),
            ("runtime/src/pin/table.rs", ""),
            ("runtime/src/pin/log.rs", ""),
            (".ci/run", ""),
        ];
        said_by(paths, &files)
    }

    #[test]
    fn paths_that_exist_pass() {
        for text in [
            "`runtime/src/mode.rs`, `runtime/src/pin/`, `runtime/src/pin` and `.ci/run`",
            "`runtime/src/pin/{table,log}.rs`, `runtime/src/{mode.rs, pin}` and `runtime/src/*.rs`",
            "`runtime/src/mode.rs:12`, `pin/table.rs`, `mode.rs`",
            "`cargo xtask test`, `sys/uio.h`, `std::fs`, `/etc/none.toml`, `https://x.org/a.md`",
            "```\n`runtime/src/gone.rs`\n```",
            "an odd ` and then runtime/src/gone.rs",
        ] {
            assert_eq!(said(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn paths_that_do_not_exist_fail() {
        for text in [
            "`runtime/src/gone.rs`",
            "a\n`runtime/src/pin/{table,gone}.rs`",
            "`gone.rs`",
            "`GONE.md`",
            "`runtime/mode.rs`",
            "`examples/gone/`",
            "`runtime/src/*/mode.rs`",
        ] {
            assert_eq!(said(text).len(), 1, "{text}");
        }
    }

    #[test]
    fn odd_pins_have_tests() {
        let readme =
            "What becomes of pins that are odd:\n\n| a | b |\n|---|---|\n| null | nothing |\n| C's | kept |\n\n| x |\n";
        let tests = ("tests/cases/pins.rs", "fn of_null() {}\n// fn of_c()\n");
        let said = |rows: &str| {
            let table = format!("The table of odd pins:\n\n| row | tests |\n|---|---|\n{rows}\n");
            said_by(odd_pins, &[("README.md", readme), ("CONTRIBUTING.md", &table), tests])
        };
        assert_eq!(said("| null | `cases::pins`: `of_null` |\n| C's | `of_null`, `kept` |\n"), Vec::<String>::new());
        for wrong in
            ["| null | `of_null` |\n", "| null | `of_null` |\n| C's | `of_c` |\n", "| null | `of_null` |\n| C's | |\n"]
        {
            assert_eq!(said(wrong).len(), 1, "{wrong}");
        }
    }

    #[test]
    fn diagnostics_with_a_test_pass() {
        let table =
            "// \"PB009\" is gone\nconst A: &str = \"PB001\";\nconst B: &str = \"PB002\"; const S: &str = \"Pb1\";\n";
        let files =
            [(CODES, table), ("tests/ui/a.stderr", "error[PB001]: no\n"), ("tests/snapshots/check/b.txt", "PB002\n")];
        assert!(said_by(diagnostics, &files).is_empty());
        let files = [(CODES, "const A: &str = \"PB001\";\n"), ("tests/headers.rs", "\"error[PB001]: no\"")];
        assert!(said_by(diagnostics, &files).is_empty());
    }

    #[test]
    fn diagnostics_without_a_test_fail() {
        let table = "const A: &str = \"PB001\";\nconst AGAIN: &str = \"PB001\";\n";
        let files = [(CODES, table), ("tests/ui/a.rs", "// PB001\n")];
        assert_eq!(said_by(diagnostics, &files).len(), 1);
        assert_eq!(said_by(diagnostics, &[("codegen/src/lib.rs", "")]).len(), 1);
    }
}
