//! The example as another checker sees it, and at every level of ours: no errors, no reports.

use std::process::Command;

fn said(program: &str, args: &[&str], level: &str) -> (bool, String) {
    let mut command = Command::new(program);
    let output = command.args(args).env("PINNED_FFI_CHECK", level).output().expect("it can be run");
    (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn no_level_reports() {
    for level in ["off", "cheap", "full"] {
        assert_eq!(said(env!("CARGO_BIN_EXE_compacting-heap"), &[], level), (true, String::new()), "{level}");
    }
}

#[test]
fn valgrind_has_nothing_to_say() {
    if Command::new("valgrind").arg("--version").output().is_err() {
        eprintln!("skipped: valgrind is not installed");
        return;
    }
    let args = ["--quiet", "--error-exitcode=9", env!("CARGO_BIN_EXE_compacting-heap")];
    assert_eq!(said("valgrind", &args, "full"), (true, String::new()));
}
