//! The allocator that is wrapped: what it asks of C's malloc is Rust's, not C's.

use super::{c_blocks, interpose, reentry};
use core::alloc::{GlobalAlloc, Layout};

/// An allocator whose own calls of malloc are told apart where those pass by.
#[derive(Debug)]
pub(super) struct Inner<A>(pub(super) A);

impl<A> Inner<A> {
    #[inline]
    fn asks(body: impl FnOnce() -> *mut u8) -> *mut u8 {
        if interpose::is_on() {
            return reentry::of_rust(body);
        }
        let block = body();
        // The very first call finds out that they pass by.
        if interpose::is_on() {
            c_blocks::take(block.addr());
        }
        block
    }
}

// SAFETY: every call goes to the allocator as it came.
unsafe impl<A: GlobalAlloc> GlobalAlloc for Inner<A> {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promises on `layout` are passed on.
        Self::asks(|| unsafe { self.0.alloc(layout) })
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promises on `layout` are passed on.
        Self::asks(|| unsafe { self.0.alloc_zeroed(layout) })
    }

    #[inline]
    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        if interpose::is_on() {
            // SAFETY: the caller's promises are passed on.
            reentry::of_rust(|| unsafe { self.0.dealloc(block, layout) });
        } else {
            // SAFETY: the caller's promises are passed on.
            unsafe { self.0.dealloc(block, layout) };
        }
    }

    #[inline]
    unsafe fn realloc(&self, block: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        // SAFETY: the caller's promises are passed on.
        Self::asks(|| unsafe { self.0.realloc(block, layout, new_size) })
    }
}
