//! Blocks of C's that nothing leads to, seen by the only thread of a program: this one, without the test harness.

#![allow(clippy::multiple_unsafe_ops_per_block, reason = "a test is a row of calls; one proof stands for the row")]

use pinned_ffi::{Level, TrackedAlloc};
use std::ffi::c_void;
use std::process::Command;
use std::sync::atomic::{AtomicPtr, Ordering};

#[global_allocator]
static ALLOC: TrackedAlloc = TrackedAlloc::system();
pinned_ffi::interpose_malloc!();

#[pinned_ffi::pinned_ffi]
#[link(name = "probe", kind = "static")]
unsafe extern "C" {
    fn watch_sum(
        #[counted_by(n)]
        #[noescape]
        buffer: *const u8,
        n: usize,
        more: usize,
    ) -> i32;
}

/// Runs `body` far down the stack, where no later frame leaves it its words.
#[inline(never)]
fn deep(depth: usize, body: &dyn Fn()) {
    let room = std::hint::black_box([0_u8; 1000]);
    if depth == 0 {
        body()
    } else {
        deep(depth - 1, body)
    }
    std::hint::black_box(room);
}

/// The lengths of the blocks of C's that are lost now.
#[inline(never)]
fn lost() -> Vec<usize> {
    let found = pinned_ffi::lost_blocks().expect("this is the only thread");
    assert!(found.iter().all(|block| block.is_cs), "{found:?}");
    found.iter().map(|block| block.extent.bytes).collect()
}

/// A block of C's that leads to another one.
fn leading_to(other: *mut c_void, bytes: usize) -> *mut *mut c_void {
    // SAFETY: any number may be asked for.
    let block = unsafe { libc::malloc(bytes) }.cast::<*mut c_void>();
    assert!(!block.is_null());
    // SAFETY: large enough for a pointer.
    unsafe { block.write(other) };
    block
}

fn none(bytes: usize) -> *mut c_void {
    leading_to(std::ptr::null_mut(), bytes).cast()
}

static KEPT: AtomicPtr<c_void> = AtomicPtr::new(std::ptr::null_mut());

fn child() {
    // SAFETY: one byte; a checked call, after which the end of the program is told.
    unsafe { watch_sum([1].as_ptr(), 1, 0) };
    assert_eq!(lost(), [0; 0], "what the C library has");
    // A chain that begins in a static, one that begins in this frame by the middle of a block, and one in a block of Rust's.
    KEPT.store(leading_to(leading_to(none(500), 24).cast(), 40).cast(), Ordering::Relaxed);
    let here = std::hint::black_box([leading_to(none(700), 32).wrapping_byte_add(31)]);
    let boxed = std::hint::black_box(Box::new(none(800)));
    // What another thread has left, and what Rust leaks on purpose.
    std::thread::spawn(|| {
        Box::leak(Box::new(none(900)));
    })
    .join()
    .expect("no panic");
    assert_eq!(lost(), [0; 0]);
    deep(8, &|| {
        leading_to(none(60), 300);
    });
    assert_eq!(lost(), [300], "only the first of a chain");
    deep(8, &|| {
        pinned_ffi::unchecked(|| none(400));
    });
    assert_eq!(lost(), [300], "nobody asked");
    deep(8, &|| {
        let first = leading_to(std::ptr::null_mut(), 90);
        let second = leading_to(first.cast(), 90);
        // SAFETY: large enough for a pointer.
        unsafe { first.write(second.cast()) };
    });
    let mut found = lost();
    found.sort_unstable();
    assert_eq!(found, [90, 300], "one of the ring");
    let (wait, waits) = std::sync::mpsc::channel::<()>();
    let other = std::thread::spawn(move || waits.recv().is_err());
    assert_eq!(pinned_ffi::lost_blocks(), Err(pinned_ffi::SearchError::OtherThreads));
    drop(wait);
    assert!(other.join().expect("no panic"));
    std::hint::black_box((here, boxed));
}

fn run(level: &str) -> String {
    let output = Command::new(std::env::current_exe().expect("this program"))
        .arg("child")
        .env("PINNED_FFI_CHECK", level)
        .env("PINNED_FFI_ON_VIOLATION", "panic")
        .env_remove("PINNED_FFI_REPORT")
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{level}: {}{said}", String::from_utf8_lossy(&output.stdout));
    said
}

fn main() {
    if std::env::args().nth(1).as_deref() == Some("child") {
        child();
        return;
    }
    pinned_ffi::set_level(Level::Off);
    let said = run("full");
    let reports: Vec<&str> = said.lines().filter(|line| line.starts_with("error[")).collect();
    assert!(!reports.is_empty(), "{said}");
    assert!(reports.iter().all(|line| line.starts_with("error[PF045]: a block of C's was never freed")), "{said}");
    // The two of before, and what the frame of `child` had; which is told first depends on where they lie.
    assert!(said.contains("was seen 3 more times"), "{said}");
    assert!(said.contains("free it with the function of the library"), "{said}");
    assert!(said.contains("lost_blocks.rs:"), "it names the place: {said}");
    println!("test lost_blocks ... ok");
}
