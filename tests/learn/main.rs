//! Learning contracts: what a program's calls teach, what they do not, and what many processes write into one file.

#[path = "../reports/command.rs"]
mod command;
mod files;
#[cfg(feature = "libraries")]
mod library;

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const HEADER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/c/learn.h");

/// A command that does not see the settings of whoever runs the test.
fn without_settings(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(program);
    for variable in ["CHECK", "ON_VIOLATION", "REPORT", "PIN_LIMIT", "SAMPLE", "LEARN"] {
        command.env_remove(format!("PINNED_FFI_{variable}"));
    }
    command
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A folder, and a file in it that is not there yet.
fn file() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("learned.jsonl");
    (folder, path)
}

/// The program, learning into `path`.
fn program(path: &Path, arguments: &[&str], settings: &[(&str, &str)]) -> Command {
    let mut command = without_settings(env!("CARGO_BIN_EXE_learn_program"));
    command.args(arguments).env("PINNED_FFI_LEARN", path).envs(settings.iter().copied());
    command
}

fn run(path: &Path, arguments: &[&str], settings: &[(&str, &str)]) -> Output {
    let output = program(path, arguments, settings).output().expect("the program was built");
    assert!(output.status.success(), "{}", text(&output.stderr));
    output
}

fn audit(path: &Path, more: &[&str]) -> Output {
    let path = path.to_str().expect("the path is text");
    let arguments = [&["audit", "--header", HEADER, "--no-infer", "all", "--learned", path], more].concat();
    command::pinned_ffi(&arguments).output().expect("the command was built")
}

/// The audit as data.
fn report(path: &Path, more: &[&str]) -> Value {
    let output = audit(path, &[&["--format", "json"], more].concat());
    assert!(output.status.success(), "{}", text(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("the output is JSON")
}

fn function<'v>(report: &'v Value, name: &str) -> &'v Value {
    let mut functions = report["functions"].as_array().into_iter().flatten();
    functions.find(|function| function["name"] == name).unwrap_or_else(|| panic!("{name} is not in the audit"))
}

/// The line to copy of a function.
fn line<'v>(report: &'v Value, name: &str) -> Option<&'v str> {
    function(report, name)["learned"]["line"].as_str()
}

fn strings(list: &Value) -> Vec<&str> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

/// What the functions of `learn.c` do, as a person would write it who has read them, as far as calls can show it.
const LINES: &[(&str, Option<&str>)] = &[
    ("learn_sum", Some("fn learn_sum(#[input] #[counted_by(n)] #[noescape] values: *mut c_int, n: usize) -> c_long;")),
    (
        "learn_fill",
        Some("fn learn_fill(#[out] #[counted_by(n)] #[noescape] to: *mut c_uchar, n: usize, first: c_int);"),
    ),
    ("learn_add", Some("fn learn_add(#[inout] #[counted_by(n)] #[noescape] values: *mut c_int, n: c_int, by: c_int);")),
    (
        "learn_some",
        Some(
            "fn learn_some(#[inout] #[counted_by(cap)] #[filled_by(return)] #[noescape] to: *mut c_uchar, \
             cap: usize) -> usize;",
        ),
    ),
    (
        "learn_pack",
        Some(
            "fn learn_pack(#[inout] #[counted_by(*to_len)] #[filled_by(*to_len)] #[noescape] to: *mut c_uchar, \
             #[inout] #[one] to_len: *mut usize, #[input] #[counted_by(from_len)] #[noescape] from: *mut c_uchar, \
             from_len: usize) -> c_int;",
        ),
    ),
    ("learn_words", Some("fn learn_words(#[input] #[null_terminated] #[noescape] text: *mut c_char) -> c_int;")),
    (
        "learn_behind",
        Some(
            "#[returns(borrowed = text)] fn learn_behind(#[null_terminated] #[noescape] text: *const c_char, \
             which: c_int) -> *const c_char;",
        ),
    ),
    ("learn_keep", Some("fn learn_keep(#[input] #[counted_by(n)] #[retained(forever)] data: *mut c_uchar, n: usize);")),
    ("learn_grow", Some("fn learn_grow(#[inout] #[one] #[noescape] box_: *mut learn_box, by: c_int);")),
    ("learn_name", Some("#[returns(static)] fn learn_name(number: c_int) -> *const c_char;")),
    ("learn_make", Some("#[returns(owned, free = learn_drop)] fn learn_make(number: c_int) -> *mut c_void;")),
    ("learn_number", None),
    ("learn_drop", None),
    (
        "learn_open",
        Some(
            "fn learn_open(number: c_int, #[out] #[one] #[noescape] #[pointee(owned, free = learn_close)] \
             to: *mut *mut c_void) -> c_int;",
        ),
    ),
    ("learn_close", None),
    (
        "learn_scan",
        Some(
            "fn learn_scan(#[null_terminated] #[noescape] text: *const c_char, \
             #[inout] #[one] #[pointee(borrowed = text)] end: *mut *const c_char) -> c_long;",
        ),
    ),
    ("learn_word", Some("fn learn_word(number: c_int, #[inout] #[one] #[pointee(static)] to: *mut *const c_char);")),
    ("learn_either", Some("fn learn_either(number: c_int, #[inout] #[one] to: *mut *mut c_void);")),
    ("learn_maybe", Some("fn learn_maybe(#[input] #[nullable] value: *mut c_int) -> c_int;")),
    // Three calls; the same value in all; two numbers that fit; one call in ten writes; more is written than any number says.
    ("learn_rare", None),
    ("learn_same", None),
    ("learn_twins", Some("fn learn_twins(#[input] #[noescape] data: *mut c_uchar, n: usize, m: usize) -> c_int;")),
    ("learn_flag", Some("fn learn_flag(#[counted_by(n)] #[noescape] data: *mut c_uchar, n: usize, writes: c_int);")),
    ("learn_liar", Some("fn learn_liar(#[noescape] data: *mut c_uchar, n: usize, extra: c_int);")),
];

#[test]
fn what_functions_do_is_learnt_at_each_level() {
    for level in ["cheap", "full"] {
        let (_folder, path) = file();
        let said = run(&path, &[], &[("PINNED_FFI_CHECK", level)]);
        assert_eq!(text(&said.stderr), "", "{level}");
        let report = report(&path, &[]);
        assert_eq!(report["learned"]["runs"], 1);
        for (name, wanted) in LINES {
            assert_eq!(line(&report, name), *wanted, "{name} at {level}: {}", function(&report, name));
        }
        let declared: Vec<&str> =
            report["functions"].as_array().into_iter().flatten().filter_map(|it| it["name"].as_str()).collect();
        assert_eq!(declared.len(), LINES.len(), "each function is in the table: {declared:?}");
    }
}

#[test]
fn the_lines_are_contracts() {
    let block = LINES.iter().filter_map(|(_, line)| *line).collect::<Vec<_>>().join("\n");
    let (_folder, path) = file();
    std::fs::write(&path, "").expect("the folder can be written");
    let report = report(&path, &["--contracts", &format!("unsafe extern \"C\" {{ {block} }}")]);
    let sum = &function(&report, "learn_sum")["params"][0];
    assert_eq!((&sum["extent"]["by"], &sum["sources"]["extent"]), (&"n".into(), &"attribute".into()));
    assert_eq!(function(&report, "learn_make")["result"]["free"], "learn_drop");
    // What is known is not proposed again.
    assert_eq!(report["learned"]["elsewhere"], serde_json::json!([]));
}

#[test]
fn what_is_not_proposed_says_why() {
    let (_folder, path) = file();
    run(&path, &[], &[]);
    let report = report(&path, &[]);
    let open = |name: &str| strings(&function(&report, name)["params"][0]["learned"]["open"]).join("\n");
    assert_eq!(open("learn_rare"), "too little seen: 3 calls, and 16 are needed");
    let same = open("learn_same");
    assert!(same.contains("direction: 1 different value of what lay there was seen, and 4 are needed"), "{same}");
    assert!(same.contains("extent: 1 different value of `n` was seen, and 4 are needed"), "{same}");
    assert_eq!(open("learn_twins"), "extent: `n` and `m` fit all the same");
    assert_eq!(open("learn_flag"), "direction: C wrote it in 4 of 40 calls, and 8 are needed");
    assert!(open("learn_liar").contains("extent: no number is all of its memory, or all that C wrote"));
    // A block that is C's own is not looked at.
    assert!(open("learn_number").starts_with("direction: 0 calls could be compared"), "{}", open("learn_number"));
}

#[test]
fn what_is_known_and_wrong_is_told() {
    let (_folder, path) = file();
    run(&path, &[], &[]);
    let wrong = r#"unsafe extern "C" {
        fn learn_add(#[input] values: *mut c_int, n: c_int, by: c_int);
        fn learn_keep(#[noescape] data: *mut u8, n: usize);
        fn learn_liar(#[counted_by(n)] data: *mut u8, n: usize, extra: c_int);
        fn learn_maybe(#[nonnull] value: *mut c_int) -> c_int;
        #[returns(owned, free = learn_number)] fn learn_make(number: c_int) -> *mut c_void;
        fn learn_sum(#[input] #[counted_by(n)] #[noescape] values: *mut c_int, n: usize) -> c_long;
    }"#;
    let report = report(&path, &["--contracts", wrong]);
    let told = |name: &str| strings(&function(&report, name)["params"][0]["learned"]["contradictions"]).join("\n");
    assert_eq!(told("learn_add"), "in [attribute]: changed in 40 of 40 calls");
    assert_eq!(told("learn_keep"), "noescape [attribute]: C had a pointer to it after 32 of 32 searched calls");
    assert_eq!(told("learn_liar"), "counted by n [attribute]: C wrote more in 40 of 40 calls");
    assert_eq!(told("learn_maybe"), "nonnull [attribute]: null in 20 of 40 calls");
    let made = &function(&report, "learn_make")["result"]["learned"]["contradictions"];
    assert_eq!(
        strings(made),
        ["owned, free = learn_number [attribute]: gone after `learn_drop` got it in 80 of 80 calls"]
    );
    // What is right is neither told nor proposed again.
    assert_eq!((told("learn_sum"), line(&report, "learn_sum")), (String::new(), None));
    let text = text(&audit(&path, &["--contracts", wrong]).stdout);
    assert!(text.contains("\nlearned from 1 run; nothing of it is in force before you copy it\n"), "{text}");
    assert!(text.contains("\n    contradiction: nonnull [attribute]: null in 20 of 40 calls\n"), "{text}");
    assert!(text.contains("\n  values: in [attribute]\n    seen: 40 calls, never null\n"), "{text}");
    assert!(text.ends_with(" words proposed, 5 contradictions\n"), "{text}");
}
