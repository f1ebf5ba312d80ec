//! A block that stays where it is: what may be given to C, and what a `Pinner` takes.

use crate::heap::Inner;
use pinned_ffi::{Addr, Extent, StableAddr};
use std::fmt;
use std::rc::Rc;

/// A pin of one block. The block keeps its address until this is dropped, also if it is freed meanwhile.
#[must_use = "a pin that is dropped at once pins nothing"]
pub struct PinnedBlock {
    heap: Rc<Inner>,
    index: u32,
    start: *mut u8,
    bytes: usize,
}

impl PinnedBlock {
    /// For the heap, which has counted the pin.
    pub(crate) fn new(heap: Rc<Inner>, index: u32, start: *mut u8, bytes: usize) -> Self {
        Self { heap, index, start, bytes }
    }

    /// The address for C, a multiple of 16: valid for reads and writes of [`len`](Self::len) bytes until the pin is dropped.
    pub fn as_ptr(&self) -> *mut u8 {
        self.start
    }

    /// The length of the block in bytes.
    pub fn len(&self) -> usize {
        self.bytes
    }

    /// Whether the block has no bytes.
    pub fn is_empty(&self) -> bool {
        self.bytes == 0
    }
}

impl Drop for PinnedBlock {
    fn drop(&mut self) {
        self.heap.unpin(self.index);
    }
}

// SAFETY: start and length never change, so the extent is always the same. The memory belongs to the one allocation of the heap,
// which `self.heap` keeps alive and nobody replaces. The heap counts this pin until the drop, and meanwhile neither moves the
// block (`plan::plan` gives a pinned block its old start) nor gives its place to another, not even when it is freed. That this
// value itself moves changes none of it.
unsafe impl StableAddr for PinnedBlock {
    fn extent(&self) -> Extent {
        Extent { start: Addr(self.start.expose_provenance()), bytes: self.bytes }
    }
}

impl fmt::Debug for PinnedBlock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PinnedBlock").field("at", &self.start).field("bytes", &self.bytes).finish()
    }
}
