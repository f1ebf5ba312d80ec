//! The program behind `reports`: bugs that come again, many bugs, and processes that end in different ways.

#![allow(clippy::multiple_unsafe_ops_per_block, reason = "the bugs are on purpose")]

use libc::{c_int, c_void, iovec, size_t, ssize_t};
use pinned_ffi::private::Call;
use pinned_ffi::{Pinner, TrackedAlloc};
use std::alloc::{Layout, dealloc};
use std::process::ExitCode;

#[global_allocator]
static ALLOC: TrackedAlloc = TrackedAlloc::system();

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn read(fd: c_int, buf: *mut c_void, count: size_t) -> ssize_t;
    fn readv(fd: c_int, iov: *const iovec, iovcnt: c_int) -> ssize_t;
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize| arguments.get(at).and_then(|text| text.parse().ok()).unwrap_or(1);
    match arguments.first().map(String::as_str) {
        Some("clean") => {}
        Some("again") => again(number(1)),
        Some("two") => {
            again(1);
            other();
        }
        Some("storm") => storm(number(1)),
        Some("freed") => freed(),
        Some("fork") => fork(),
        Some("killed") => {
            again(number(1));
            // SAFETY: ends this process.
            unsafe { libc::kill(libc::getpid(), libc::SIGKILL) };
        }
        Some("moved") => {
            std::env::set_current_dir("/").expect("there is a root");
            again(1);
        }
        Some("deleted") => {
            again(1);
            std::fs::remove_file(&arguments[1]).expect("it was just written");
            other();
        }
        Some("waiting") => {
            again(1);
            println!("ready");
            std::thread::sleep(std::time::Duration::from_secs(60));
        }
        _ => return ExitCode::from(2),
    }
    if arguments.first().is_some_and(|first| first == "two") {
        return ExitCode::from(number(1) as u8 - 1);
    }
    ExitCode::SUCCESS
}

/// One bug, each time at another index.
fn again(times: usize) {
    for index in 0..times {
        let mut byte = 0_u8;
        let mut vector = vec![iovec { iov_base: (&raw mut byte).cast(), iov_len: 0 }; index % 16 + 1];
        vector[index % 16] = iovec { iov_base: std::ptr::null_mut(), iov_len: 8 };
        // SAFETY: none, one buffer is null; no descriptor is -1, so the kernel reads nothing.
        unsafe { readv(-1, vector.as_ptr(), vector.len() as c_int) };
    }
}

fn other() {
    // SAFETY: none, the buffer is null; no descriptor is -1.
    unsafe { read(-1, std::ptr::null_mut(), 8) };
}

/// As many bugs as functions.
fn storm(functions: usize) {
    for number in 0..functions {
        let text: &'static str = format!("f{number} p*<1n").leak();
        // SAFETY: none, the argument is null, and nothing is called.
        unsafe { Call::described(text, &[], &[0]) }.leave();
    }
}

/// Two bugs that are found by the allocator, three times each.
fn freed() {
    for _ in 0..3 {
        free_here();
        free_there();
    }
}

#[inline(never)]
fn free_here() {
    free(vec![1_u8; 40]);
}

#[inline(never)]
fn free_there() {
    free(vec![1_u8; 40]);
}

#[inline(always)]
fn free(mut block: Vec<u8>) {
    let mut pinner = Pinner::new();
    let (start, layout) = (block.as_mut_ptr(), Layout::array::<u8>(block.capacity()).expect("it was allocated"));
    std::mem::forget(block);
    // SAFETY: the block is there; only its owner is gone.
    let memory = unsafe { std::slice::from_raw_parts(start, layout.size()) };
    pinner.pin(memory);
    // SAFETY: none, a pin holds it; the checker keeps the memory until then.
    unsafe { dealloc(start, layout) };
    drop(pinner);
}

/// Three times here, and twice more in a child.
fn fork() {
    again(3);
    // SAFETY: this process has one thread.
    match unsafe { libc::fork() } {
        0 => again(2),
        child => {
            let mut status = 0;
            // SAFETY: a child of this process, and a local.
            assert_eq!(unsafe { libc::waitpid(child, &raw mut status, 0) }, child);
            assert_eq!(status, 0);
        }
    }
}
