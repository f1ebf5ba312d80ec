//! The kept corpus of each fuzz target, through the same functions that fuzzing calls.

#[allow(unreachable_pub, reason = "these are public for the fuzzer's programs")]
#[path = "../fuzz/src/lib.rs"]
mod targets;

use std::path::Path;

/// Runs every kept input; one that panics is named by the last line that was printed.
fn replay(target: &str, run: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let mut files: Vec<_> =
        std::fs::read_dir(&folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    files.sort();
    assert!(!files.is_empty(), "{} is empty", folder.display());
    for file in files {
        println!("{}", file.display());
        run(&std::fs::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display())));
    }
}

#[test]
fn contract_files() {
    replay("contract_file", targets::contract_file::run);
}

#[test]
fn attributes() {
    replay("attributes", targets::attributes::run);
}

#[test]
fn expressions() {
    replay("expressions", targets::expressions::run);
}

#[test]
fn headers_for_clang() {
    targets::clang_reader::let_bindgen_panic();
    replay("clang_reader", targets::clang_reader::run);
}
