//! An allocator below the tracked one that calls the tracked one again, or has no memory, when told to.

use crate::{legal_call, wrong_call};
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::hint::black_box;
use std::ptr::null_mut;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// Passes on to the system's.
pub(crate) struct Inner;

static IS_EMPTY: AtomicBool = AtomicBool::new(false);
static REENTERS: AtomicBool = AtomicBool::new(false);
static REENTERED: AtomicUsize = AtomicUsize::new(0);

thread_local! {
    static IS_INSIDE: Cell<bool> = const { Cell::new(false) };
}

/// Asks the global allocator from inside of it, once at a time, as allocators do that log or count.
fn reenter() {
    if REENTERS.load(Ordering::Relaxed) && !IS_INSIDE.replace(true) {
        REENTERED.fetch_add(1, Ordering::Relaxed);
        let mut log = black_box(vec![1_u8; 24]);
        log.resize(400, 2);
        drop(log);
        IS_INSIDE.set(false);
    }
}

// SAFETY: the system's allocator serves every call, or null does, which an allocator may give.
unsafe impl GlobalAlloc for Inner {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        reenter();
        if IS_EMPTY.load(Ordering::Relaxed) {
            return null_mut();
        }
        // SAFETY: the caller's promise, here and below.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        reenter();
        // SAFETY: as above.
        unsafe { System.dealloc(at, layout) }
    }

    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        reenter();
        if IS_EMPTY.load(Ordering::Relaxed) {
            return null_mut();
        }
        // SAFETY: as above.
        unsafe { System.realloc(at, layout, size) }
    }
}

pub(crate) fn hooks_reentered() {
    REENTERS.store(true, Ordering::Relaxed);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for size in 1..2000 {
                    let mut block = vec![7_u8; size];
                    legal_call(&block);
                    block.resize(size * 2, 8);
                    legal_call(&block);
                    assert_eq!(block[size - 1..=size], [7, 8]);
                }
            });
        }
    });
    assert!(REENTERED.load(Ordering::Relaxed) > 8000, "nothing was re-entered");
    wrong_call();
}

pub(crate) fn out_of_memory() {
    let mut kept = vec![7_u8; 100];
    let mut pinner = pinned_ffi::Pinner::new();
    pinner.pin(vec![1_u8; 10]);
    for round in 0..100 {
        IS_EMPTY.store(true, Ordering::Relaxed);
        let grown = kept.try_reserve_exact(10_000 + round).is_err();
        let new = Vec::<u64>::new().try_reserve_exact(50).is_err();
        let layout = Layout::from_size_align(64, 64).expect("a layout");
        // SAFETY: the size is not 0, and null is looked for.
        let aligned = unsafe { std::alloc::alloc_zeroed(layout) }.is_null();
        // What is there stays as it was, and is known. At level full a call wants memory of its own, and does without.
        legal_call(&kept);
        IS_EMPTY.store(false, Ordering::Relaxed);
        legal_call(&kept);
        assert!(grown && new && aligned, "round {round}");
        assert!(kept.iter().all(|byte| *byte == 7));
    }
    // A refused realloc has left the block its own.
    kept.reserve_exact(10_000);
    legal_call(&kept);
    drop((kept, pinner));
    wrong_call();
}
