//! The example at every level, and under Valgrind: no errors, no reports.

#[path = "../../silent.rs"]
mod silent;

#[test]
fn no_level_reports() {
    for level in ["off", "cheap", "full"] {
        assert!(silent::run(&[env!("CARGO_BIN_EXE_compacting-heap")], level).ends_with("ok\n"));
    }
}

#[test]
fn valgrind_has_nothing_to_say() {
    if let Some(stdout) = silent::in_valgrind(env!("CARGO_BIN_EXE_compacting-heap")) {
        assert!(stdout.ends_with("ok\n"), "{stdout}");
    }
}
