//! The programs at every level, and what they say; races of guards with glibc's threads.

use aio::{Queue, Transfer, read_notified};
use pinned_ffi::TrackedAlloc;
use std::fs::File;
use std::process::{Command, Output};
use std::sync::Arc;

#[path = "../../silent.rs"]
mod silent;

#[global_allocator]
static ALLOC: TrackedAlloc = TrackedAlloc::system();

fn run(program: &str, level: &str) -> (Output, String, String) {
    let mut command = Command::new(program);
    command.env("PINNED_FFI_CHECK", level).env("RUST_BACKTRACE", "0");
    for variable in ["PINNED_FFI_ON_VIOLATION", "PINNED_FFI_REPORT"] {
        command.env_remove(variable);
    }
    let output = command.output().expect("the program was built");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
    (output, stdout, stderr)
}

#[test]
fn files_are_read_and_written_without_a_report() {
    for level in ["off", "cheap", "full"] {
        let stdout = silent::run(&[env!("CARGO_BIN_EXE_aio")], level);
        let pins = if pinned_ffi::COMPILED { 1 } else { 0 };
        for line in [
            "lio_listio LIO_WAIT: 8028 bytes in 8 transfers",
            "lio_listio LIO_NOWAIT: 8028 bytes in 8 transfers",
            "lio_listio with a file that cannot be written: [10, -9]",
            "SIGEV_THREAD: 4096 bytes",
            &format!("dropped early: {pins} pin before the completion, 0 after"),
            "aio_cancel: [GoesOn, Cancelled]",
            "ok",
        ] {
            assert!(stdout.lines().any(|said| said == line), "{level}: no `{line}` in {stdout}");
        }
    }
}

#[test]
fn a_buffer_freed_under_way_is_reported() {
    for level in ["cheap", "full"].into_iter().filter(|_| pinned_ffi::COMPILED) {
        let (output, stdout, stderr) = run(env!("CARGO_BIN_EXE_aio-broken"), level);
        assert!(!output.status.success() && stdout.is_empty(), "{level}: {stdout}{stderr}");
        for fragment in ["error[PF010]", "4097 bytes", "freed while a pin held it", "pinned at: ", "aio-broken.rs:"] {
            assert!(stderr.contains(fragment), "{level}: no `{fragment}` in {stderr}");
        }
        assert_eq!(stderr.matches("error[").count(), 1, "{stderr}");
    }
}

#[test]
fn valgrind_has_nothing_to_say() {
    if let Some(stdout) = silent::in_valgrind(env!("CARGO_BIN_EXE_aio")) {
        assert!(stdout.ends_with("ok\n"), "{stdout}");
    }
}

/// Guards are dropped at any moment of a transfer, by many threads, while others deliver.
#[test]
fn guards_race_threads() {
    let path = std::env::current_exe().expect("a test has a program");
    let file = Arc::new(File::open(&path).expect("it can be read"));
    let expected = std::fs::read(&path).expect("it can be read");
    let queue = Queue::default();
    std::thread::scope(|s| {
        for thread in 0..3_usize {
            let (queue, file, expected) = (&queue, &file, &expected);
            s.spawn(move || {
                for round in 0..100_usize {
                    let offset = (thread * 100 + round) * 7;
                    // See `Queue::cancel` for why that one is read through a descriptor of its own.
                    let own = (round % 4 == 1).then(|| Arc::new(file.try_clone().expect("a descriptor")));
                    let transfer = Transfer::read(own.as_ref().unwrap_or(file), vec![0; 2000], offset as i64);
                    if round % 4 == 3 {
                        let pending = read_notified(transfer).expect("it begins");
                        if round % 8 == 3 {
                            assert_eq!(pending.wait().parts.transfer.buffer, expected[offset..offset + 2000]);
                        }
                        continue;
                    }
                    let pending = queue.start(transfer).expect("it begins");
                    if round % 4 == 0 {
                        drop(pending);
                        continue;
                    }
                    if round % 4 == 1 {
                        drop(pending.cancel_on_drop(|token| _ = queue.cancel(token)));
                        continue;
                    }
                    while !pending.is_complete() {
                        queue.deliver();
                    }
                    assert_eq!(pending.wait().parts.buffer, expected[offset..offset + 2000]);
                }
            });
        }
    });
    while !queue.is_empty() {
        queue.deliver();
    }
    // The last threads of glibc's have to deliver by themselves.
    while !pinned_ffi::pins().is_empty() {
        std::thread::yield_now();
    }
}
