//! Go's tests of cgo's pointer checks, of its Pinner, of PtrGuard and of Handle, told again as the situations that they are; `rows.tsv` lists them all.

mod calls;
mod cgo;
mod check;
mod handle;
mod levels;
mod pinner;
mod ptrguard;

use pinned_ffi::TrackedAlloc;
use std::alloc::{GlobalAlloc, Layout};
use std::cell::Cell;

/// The tracked allocator, and how often each thread asks it for memory.
struct Counting(TrackedAlloc);

thread_local! {
    static ASKED: Cell<usize> = const { Cell::new(0) };
}

/// How often `body` asks for memory.
fn allocations(body: impl FnOnce()) -> usize {
    let before = ASKED.get();
    body();
    ASKED.get() - before
}

fn count() {
    // A thread that is nearly gone counts no more.
    let _ = ASKED.try_with(|asked| asked.set(asked.get() + 1));
}

// SAFETY: every call goes to the tracked allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count();
        // SAFETY: the caller's promises are passed on.
        unsafe { self.0.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count();
        // SAFETY: the caller's promises are passed on.
        unsafe { self.0.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: the caller's promises are passed on.
        unsafe { self.0.dealloc(block, layout) };
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        count();
        // SAFETY: the caller's promises are passed on.
        unsafe { self.0.realloc(block, layout, new_size) }
    }
}

#[global_allocator]
static ALLOC: Counting = Counting(TrackedAlloc::system());
