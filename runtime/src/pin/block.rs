//! One pin of one block: taken at a place, given back once.

use super::PINS;
use super::limit;
use super::mark::{HolderId, Mark};
use super::table::Pin;
use crate::addr::Extent;
use crate::alloc::map::{MAP, PINNED};
use crate::alloc::{reentry, sites};
use core::num::NonZeroUsize;
use core::panic::Location;

/// A pin that ends with [`release`](Self::release) or with the value. In unchecked builds, and for memory that is not on the
/// Rust heap, it holds nothing.
pub(crate) struct BlockPin {
    start: Option<NonZeroUsize>,
    site: &'static Location<'static>,
    holder: HolderId,
}

impl BlockPin {
    /// Pins the block around this memory once more, for the holder with this mark. No memory needs no pin: its address may be
    /// that of the next block.
    pub(crate) fn new(memory: Extent, site: &'static Location<'static>, mark: &mut Mark) -> Self {
        Self::held(memory, site, || mark.holder())
    }

    /// The same for memory that C has until it says otherwise: no holder is to be found anywhere, and none is missed.
    pub(crate) fn for_c(memory: Extent, site: &'static Location<'static>) -> Self {
        Self::held(memory, site, || HolderId::NOBODY)
    }

    fn held(memory: Extent, site: &'static Location<'static>, holder: impl FnOnce() -> HolderId) -> Self {
        let nothing = Self { start: None, site, holder: HolderId::NOBODY };
        if crate::mode::COMPILED && memory.bytes > 0 {
            pin(memory.start.0, site, holder).unwrap_or(nothing)
        } else {
            nothing
        }
    }

    /// Whether the memory was freed when it was to be pinned.
    pub(crate) fn is_of_freed(&self) -> bool {
        self.holder == HolderId::OF_FREED
    }

    /// Ends the pin; a second time does nothing.
    pub(crate) fn release(&mut self) {
        if let Some(start) = self.start.take() {
            PINS.unpin(start.get(), self.site, self.holder, || MAP.clear_flags(start.get(), PINNED));
        }
    }

    /// Keeps the pin for as long as the process lives, and says that this is meant.
    pub(crate) fn for_ever(&mut self) {
        if let Some(start) = self.start.take() {
            PINS.keep_for_ever(start.get(), self.site, self.holder);
        }
    }
}

impl Drop for BlockPin {
    fn drop(&mut self) {
        self.release();
    }
}

fn pin(addr: usize, site: &'static Location<'static>, holder: impl FnOnce() -> HolderId) -> Option<BlockPin> {
    crate::call::arm_exit();
    let block = MAP.find(addr)?;
    if block.is_freed() {
        return Some(BlockPin { start: None, site, holder: HolderId::OF_FREED });
    }
    let start = block.start();
    let holder = holder();
    let stack = if crate::mode::keeps_stacks() { reentry::once(sites::capture).unwrap_or(0) } else { 0 };
    let is_due = PINS.pin(start, Pin::new(site, holder, stack), limit::stride(), || {
        MAP.set_flags(start, PINNED);
    })?;
    if is_due {
        limit::look();
    }
    Some(BlockPin { start: NonZeroUsize::new(start), site, holder })
}
