//! The example at every level, and under Valgrind: no errors, no reports. Its broken twin is told of its bug.

#[path = "../../silent.rs"]
mod silent;

use std::process::Command;

/// Tells a person that nothing was tried, and why.
fn is_skipped(stdout: &str) -> bool {
    let skipped = stdout.starts_with("skipped: sqlite3: ");
    if skipped {
        eprint!("{stdout}");
    }
    skipped
}

#[test]
fn no_level_reports() {
    for level in ["off", "cheap", "full"] {
        let stdout = silent::run(&[env!("CARGO_BIN_EXE_callbacks")], level);
        if is_skipped(&stdout) {
            return;
        }
        for line in [
            "sorted: a1a9b2c1",
            "function: ALGH",
            "aggregate: 8.0",
            "order: 9 10 100",
            "hook: 2 changes",
            "panic: enough of that, and SQLite is fine",
            "ok",
        ] {
            assert!(stdout.lines().any(|said| said == line), "{level}: {line} is missing: {stdout}");
        }
    }
}

#[test]
fn valgrind_has_nothing_to_say() {
    if let Some(stdout) = silent::in_valgrind(env!("CARGO_BIN_EXE_callbacks")) {
        assert!(is_skipped(&stdout) || stdout.ends_with("ok\n"), "{stdout}");
    }
}

#[test]
fn a_closure_that_is_called_while_it_runs_is_told() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_callbacks-broken"));
    for variable in ["PINNED_FFI_ON_VIOLATION", "PINNED_FFI_REPORT", "PINNED_FFI_CHECK", "PINNED_FFI_SAMPLE"] {
        command.env_remove(variable);
    }
    let output = command.env("RUST_BACKTRACE", "0").output().expect("the program was built");
    let (stdout, said) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    if is_skipped(&stdout) {
        return;
    }
    // In unchecked builds it is not let in either, and a panic says so.
    assert_eq!((output.status.code(), stdout.as_ref()), (Some(101), ""), "{said}");
    let told = "error[PF033]: C called the callback `xFunc` of `sqlite3_create_function_v2` while it runs\n  \
                --> examples/callbacks/src/bin/callbacks-broken.rs:";
    assert!(!pinned_ffi::COMPILED || said.contains(told), "{said}");
}
