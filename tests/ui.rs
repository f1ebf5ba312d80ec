//! Compile-fail tests: each diagnostic at its token, with its text; and programs that must compile.
//!
//! `cargo xtask bless` accepts new messages.

use std::path::Path;

#[test]
fn messages_and_programs() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    // The headers with mistakes are found by name, as a user's own would be.
    let include = format!("-I'{}'", here.join("corpus/bad").display());
    // SAFETY: the only test of this program: no other thread reads the environment yet.
    unsafe { std::env::set_var("PINNED_FFI_CLANG_ARGS", include) };
    let cases = trybuild::TestCases::new();
    cases.compile_fail("ui/*.rs");
    cases.compile_fail("ui/header/*.rs");
    cases.pass("ui/pass/*.rs");
}

#[test]
fn no_message_without_its_program() {
    for folder in ["ui", "ui/header"] {
        for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).expect("the folder is there")
        {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|extension| extension == "stderr") {
                assert!(path.with_extension("rs").is_file(), "{} has no program", path.display());
            }
        }
    }
}
