//! A program that forks while another library's handlers allocate, between those of the runtime.

use pinned_ffi::report::Action;
use pinned_ffi::{Level, TrackedAlloc};
use std::ffi::c_int;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

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
    ) -> c_int;
    #[link_name = "watch_sum"]
    fn sum_of_one(
        #[nonnull]
        #[one]
        #[noescape]
        buffer: *const u8,
        n: usize,
        more: usize,
    ) -> c_int;
}

static TOLD: AtomicUsize = AtomicUsize::new(0);

/// A library that was there first has its handlers between ours, where every lock of the runtime is held.
#[test]
fn who_allocates_around_a_fork_waits_for_nobody() {
    unsafe extern "C" {
        fn forks_seen(function: Option<extern "C" fn()>) -> c_int;
        fn alarm(seconds: u32) -> u32;
    }
    fn hook() {
        pinned_ffi::set_hook(|violation| {
            assert_eq!(violation.code.as_str(), "PF005");
            TOLD.fetch_add(1, Ordering::Relaxed);
            Action::Continue
        });
    }
    static BEFORE: Mutex<Vec<Box<[u8]>>> = Mutex::new(Vec::new());
    extern "C" fn allocate() {
        hook();
        BEFORE.lock().expect("no panic").pop();
        // SAFETY: C looks at nothing; null is told.
        unsafe { sum_of_one(std::ptr::null(), 0, 0) };
        for bytes in [1, 40, 600, 70_000] {
            let mut block = std::hint::black_box(vec![7_u8; bytes]);
            block.reserve(2 * bytes);
        }
    }
    hook();
    for level in [Level::Off, Level::Cheap, Level::Full] {
        pinned_ffi::set_level(level);
        // SAFETY: ends a test that hangs.
        unsafe { alarm(60) };
        // SAFETY: a function for all of the program.
        let before = unsafe { forks_seen(Some(allocate)) };
        let own = vec![1_u8; 30];
        BEFORE.lock().expect("no panic").extend((0..4).map(|_| vec![1_u8; 5000].into_boxed_slice()));
        let begin = Instant::now();
        // SAFETY: the child calls what takes its locks around a fork.
        let child = unsafe { libc::fork() };
        if child == 0 {
            allocate();
            drop(own);
            // SAFETY: as above.
            let seen = unsafe { forks_seen(None) };
            // SAFETY: the child ends here.
            unsafe { libc::_exit(seen - before) };
        }
        let mut status = 0;
        // SAFETY: a child of ours.
        assert_eq!(unsafe { libc::waitpid(child, &raw mut status, 0) }, child);
        assert_eq!(status, 2 << 8, "before, and in the child");
        assert!(begin.elapsed() < Duration::from_millis(500), "{}: {:?}", level.name(), begin.elapsed());
        // SAFETY: none is to be called.
        assert_eq!(unsafe { forks_seen(None) }, before + 2, "before, and in the parent");
        // SAFETY: it did not hang.
        unsafe { alarm(0) };
    }
    // What hooks have found is told at the next call.
    // SAFETY: one byte.
    unsafe { watch_sum([1].as_ptr(), 1, 0) };
    assert_eq!(TOLD.load(Ordering::Relaxed), 4, "before each fork and in the parent, at two levels");
}
