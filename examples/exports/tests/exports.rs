//! The C program at every level, and under Valgrind: no errors, no reports. Its broken twin is told of its bug.

#[path = "../../silent.rs"]
mod silent;

use std::process::Command;

#[test]
fn no_level_reports() {
    for level in ["off", "cheap", "full"] {
        let stdout = silent::run(&[env!("CARGO_BIN_EXE_exports")], level);
        for line in ["the: 3\n1 words came more than once, 3 times in all\n", "the longest: sleeps\n"] {
            assert!(stdout.contains(line), "{level}: {stdout}");
        }
        // Only what was seen more than once is visited.
        assert!(!stdout.contains("dog: 1") && stdout.ends_with("ok\n"), "{level}: {stdout}");
    }
}

#[test]
fn valgrind_has_nothing_to_say() {
    if let Some(stdout) = silent::in_valgrind(env!("CARGO_BIN_EXE_exports")) {
        assert!(stdout.ends_with("ok\n"), "{stdout}");
    }
}

#[test]
fn words_that_are_gone_are_told() {
    use std::os::unix::process::ExitStatusExt as _;
    if !pinned_ffi::COMPILED {
        return;
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_exports-broken"));
    for variable in ["PINNED_FFI_ON_VIOLATION", "PINNED_FFI_REPORT", "PINNED_FFI_CHECK", "PINNED_FFI_SAMPLE"] {
        command.env_remove(variable);
    }
    let output = command.env("RUST_BACKTRACE", "0").output().expect("the program was built");
    let said = String::from_utf8_lossy(&output.stderr);
    for line in [
        "error[PF002]: `words_longest`: C has passed `words`, which points into a freed block of Rust's",
        "\n  --> examples/exports/src/bin/../words.rs:",
        // No wrapper waits in a program of C's: the panic of the report ends it.
        "error[PF031]: the exported `words_longest` panicked",
    ] {
        assert!(said.contains(line), "without {line:?}: {said}");
    }
    assert_eq!((output.status.signal(), output.stdout.as_slice()), (Some(6), &[][..]), "{said}");
}
