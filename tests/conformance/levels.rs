//! The tests of pinners, of PtrGuard and of handles once more at level full, in a process of their own: what was full once is never the same again.

use crate::check::AT_FULL;
use std::process::Command;

#[test]
fn at_full() {
    let program = std::env::current_exe().expect("this program");
    let mut command = Command::new(program);
    for variable in ["PINNED_FFI_ON_VIOLATION", "PINNED_FFI_REPORT", "PINNED_FFI_PIN_LIMIT", "PINNED_FFI_SAMPLE"] {
        command.env_remove(variable);
    }
    command.args(["pinner::", "ptrguard::", "handle::"]).env("PINNED_FFI_CHECK", "full").env(AT_FULL, "1");
    let output = command.output().expect("it runs");
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stderr));
    let passed = text.lines().filter(|line| line.starts_with("test ") && line.ends_with(" ... ok")).count();
    assert!(passed >= 35, "{passed} tests ran: {text}");
}
