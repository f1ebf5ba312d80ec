//! Checks the rules of the layout: reads the tree once, and asks every rule of the table about it.

mod arrows;
mod docs;
mod layout;
mod manifests;
mod safety;
mod source;
mod text;

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use crate::run::{self, Cmd, Result, say};

/// A rule: looks at the tree and reports what breaks it.
type Rule = fn(&Tree, &mut Problems);

/// Every rule, with the sentence that it enforces.
const RULES: &[(&str, Rule)] = &[
    ("the top level is fixed", layout::top_level),
    ("a file's first line says what it is for", layout::first_lines),
    ("a long file has its reason", layout::long_files),
    ("macros decides nothing, so it is small", layout::macros_are_small),
    ("codegen and runtime do not depend on each other", manifests::apart),
    ("names stay in their rooms", arrows::names),
    ("unsafe stays in its rooms", safety::rooms),
    ("each unsafe block has its proof", safety::proofs),
    ("locks survive a fork", safety::forks),
    ("paths that the documents name exist", docs::paths),
    ("each diagnostic has a test", docs::diagnostics),
    ("each odd pin has a test", docs::odd_pins),
    ("nothing is left unfinished", text::unfinished),
    ("nothing names a folder of one machine", text::machine_paths),
    ("lines end clean", text::white_space),
    ("expected output belongs to a test", text::orphans),
];

/// Folders whose Rust files are data: inputs or outputs of tests, or samples to read.
const DATA: &[&str] = &["corpus", "snapshots", "ui", "packs", "expanded"];

/// What tidy looks at: every file that is in the repository or about to be.
struct Tree {
    /// The files, in order of their paths.
    files: Vec<File>,
}

/// One file of the tree.
struct File {
    /// Its path from the root, with `/` between names.
    path: String,
    /// Its text; empty when it is not text.
    text: String,
    /// For Rust files: the text without comments, literals and quoted tokens, each byte in its place.
    code: String,
}

/// What breaks the rules.
#[derive(Default)]
struct Problems {
    /// Each problem, ready to print.
    list: Vec<String>,
}

impl Problems {
    /// Adds a problem at a line of a file, and what to do about it.
    fn add(&mut self, path: &str, line: usize, message: &str, help: &str) {
        self.list.push(format!("{path}:{line}: {message}\n    help: {help}"));
    }
}

impl File {
    /// A file with the given text.
    fn new(path: &str, text: &str) -> Self {
        let code = if path.ends_with(".rs") { source::code_only(text) } else { String::new() };
        Self { path: path.to_owned(), text: text.to_owned(), code }
    }

    /// Whether this is Rust code of the project, and not a test's data.
    fn is_ours(&self) -> bool {
        self.path.ends_with(".rs") && !self.path.split('/').any(|name| DATA.contains(&name))
    }

    /// The code without the test module at its end.
    fn main_code(&self) -> &str {
        source::before_tests(&self.code)
    }
}

impl Tree {
    /// Reads the files that git knows or would add; where there is no git, all but build output.
    fn read(root: &Path) -> Result<Self> {
        let mut paths = listed_by_git().unwrap_or_default();
        if paths.is_empty() {
            walk(root, "", &mut paths)?;
        }
        paths.sort();
        paths.dedup();
        let mut files = Vec::new();
        for path in &paths {
            let place = root.join(path);
            // Git still lists what has been deleted but not committed.
            if !place.is_file() {
                continue;
            }
            let bytes = fs::read(&place).map_err(|error| format!("cannot read {path}: {error}"))?;
            let text = String::from_utf8(bytes).unwrap_or_default();
            files.push(File::new(path, if text.contains('\0') { "" } else { &text }));
        }
        Ok(Self { files })
    }

    /// The file at `path`.
    fn get(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|file| file.path == path)
    }

    /// The files at or below `room`: a folder, or a file without its `.rs`.
    fn under<'tree>(&'tree self, room: &'tree str) -> impl Iterator<Item = &'tree File> {
        self.files.iter().filter(move |file| is_under(&file.path, room))
    }
}

/// Whether `path` is `room`, `room.rs`, or in the folder `room`.
fn is_under(path: &str, room: &str) -> bool {
    path.strip_prefix(room)
        .is_some_and(|rest| rest.is_empty() || rest == ".rs" || rest.starts_with('/') || room.ends_with('/'))
}

/// `cargo xtask tidy`.
pub(crate) fn run(words: &[String]) -> Result<ExitCode> {
    run::no_arguments("tidy", words)?;
    check()?;
    Ok(ExitCode::SUCCESS)
}

/// Checks the repository; prints every problem and fails with their number.
pub(crate) fn check() -> Result<()> {
    let tree = Tree::read(&run::root())?;
    let problems = judge(&tree);
    for problem in &problems.list {
        say(problem);
    }
    let (files, rules, found) = (tree.files.len(), RULES.len(), problems.list.len());
    if found == 0 {
        say(&format!("tidy: {files} files, {rules} rules, nothing to say"));
        return Ok(());
    }
    Err(format!("tidy found {found} problem{}", if found == 1 { "" } else { "s" }))
}

/// Asks every rule.
fn judge(tree: &Tree) -> Problems {
    let mut problems = Problems::default();
    for (sentence, rule) in RULES {
        let before = problems.list.len();
        rule(tree, &mut problems);
        for problem in problems.list.iter_mut().skip(before) {
            problem.push_str("\n    rule: ");
            problem.push_str(sentence);
        }
    }
    problems
}

/// The paths that git knows or would add, when this is a git checkout.
fn listed_by_git() -> Option<Vec<String>> {
    let list = Cmd::new("git").args(&["ls-files", "-z", "--cached", "--others", "--exclude-standard"]).text().ok()?;
    Some(list.split('\0').filter(|path| !path.is_empty()).map(str::to_owned).collect())
}

/// Adds the paths of all files below `root`/`folder`, without build output and git's own.
fn walk(root: &Path, folder: &str, paths: &mut Vec<String>) -> Result<()> {
    let place = root.join(folder);
    let entries = fs::read_dir(&place).map_err(|error| format!("cannot read {}: {error}", place.display()))?;
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if matches!(name.as_str(), ".git" | "target") {
            continue;
        }
        let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
        // The entry's own type: a link to a folder is not followed, so there is no way in a circle.
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            walk(root, &path, paths)?;
        } else {
            paths.push(path);
        }
    }
    Ok(())
}

/// For the rules' own tests: what `rule` says about a tree of these paths and texts.
#[cfg(test)]
fn said_by(rule: Rule, files: &[(&str, &str)]) -> Vec<String> {
    let files = files.iter().map(|(path, text)| File::new(path, text)).collect();
    let mut problems = Problems::default();
    rule(&Tree { files }, &mut problems);
    problems.list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_room_is_a_folder_or_a_file() {
        assert!(is_under("codegen/src/check.rs", "codegen/src/check"));
        assert!(is_under("codegen/src/check/extent.rs", "codegen/src/check"));
        assert!(!is_under("codegen/src/checker.rs", "codegen/src/check"));
    }

    #[test]
    fn a_walk_finds_this_file() {
        let mut paths = Vec::new();
        assert_eq!(walk(&run::root(), "", &mut paths), Ok(()));
        assert!(paths.iter().any(|path| path == "xtask/src/tidy/mod.rs"));
        assert!(!paths.iter().any(|path| path.starts_with("target/")));
    }

    #[test]
    fn repository_is_tidy() {
        let tree = Tree::read(&run::root());
        assert_eq!(tree.as_ref().err(), None);
        let list = tree.map(|tree| judge(&tree).list).unwrap_or_default();
        assert!(list.is_empty(), "{}\n(`cargo xtask tidy` prints the same)", list.join("\n"));
    }
}
