//! Runs legal calls at every level, each in a process of its own, and demands that nothing is reported.

use pinned_ffi::TrackedAlloc;
use std::process::Command;

#[global_allocator]
static ALLOC: TrackedAlloc = TrackedAlloc::system();
pinned_ffi::interpose_malloc!();

/// Runs `calls` at off, cheap and full; `test` is the full name of the test that calls this.
pub(crate) fn at_every_level(test: &str, calls: fn()) {
    if std::env::var("PINNED_FFI_LEGAL_CHILD").is_ok_and(|name| name == test) {
        return calls();
    }
    let program = std::env::current_exe().expect("a test has a program");
    for level in ["off", "cheap", "full"] {
        let output = Command::new(&program)
            .args([test, "--exact", "--nocapture", "--test-threads=1"])
            .env("PINNED_FFI_LEGAL_CHILD", test)
            .env("PINNED_FFI_CHECK", level)
            .env("PINNED_FFI_ON_VIOLATION", "log")
            .env_remove("PINNED_FFI_REPORT")
            .output()
            .expect("the program runs");
        let told = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success(), "{test} at {level}: {told}");
        assert!(told.contains("1 passed"), "{test} at {level} ran nothing: {told}");
        assert!(!told.contains("[PF0"), "{test} at {level}: {told}");
    }
}
