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

/// A pin that ends with [`release`](Self::release) or with the value. For memory that is not on the Rust heap it holds nothing,
/// and in unchecked builds it is nothing.
pub(crate) struct BlockPin {
    #[cfg(any(debug_assertions, feature = "checked"))]
    held: HeldBlock,
}

/// The block that a pin holds, and what the table knows the pin by.
#[cfg_attr(not(any(debug_assertions, feature = "checked")), allow(dead_code, reason = "unchecked builds pin nothing"))]
struct HeldBlock {
    start: Option<NonZeroUsize>,
    site: &'static Location<'static>,
    holder: HolderId,
}

#[cfg(any(debug_assertions, feature = "checked"))]
impl BlockPin {
    /// Pins the block around this memory once more, for the holder with this mark. No memory needs no pin: its address may be
    /// that of the next block.
    pub(crate) fn new(memory: Extent, site: &'static Location<'static>, mark: &mut Mark) -> Self {
        Self { held: HeldBlock::of(memory, site, || mark.holder()) }
    }

    /// The same for memory that C has until it says otherwise: no holder is to be found anywhere, and none is missed.
    pub(crate) fn for_c(memory: Extent, site: &'static Location<'static>) -> Self {
        Self { held: HeldBlock::of(memory, site, || HolderId::NOBODY) }
    }

    /// Whether the memory was freed when it was to be pinned.
    pub(crate) fn is_of_freed(&self) -> bool {
        self.held.holder == HolderId::OF_FREED
    }

    /// Ends the pin; a second time does nothing.
    pub(crate) fn release(&mut self) {
        self.held.release();
    }

    /// Keeps the pin for as long as the process lives, and says that this is meant.
    pub(crate) fn for_ever(&mut self) {
        if let Some(start) = self.held.start.take() {
            PINS.keep_for_ever(start.get(), self.held.site, self.held.holder);
        }
    }
}

#[cfg(not(any(debug_assertions, feature = "checked")))]
impl BlockPin {
    /// Nothing.
    pub(crate) fn new(_memory: Extent, _site: &'static Location<'static>, _mark: &mut Mark) -> Self {
        Self {}
    }

    /// Nothing.
    pub(crate) fn for_c(_memory: Extent, _site: &'static Location<'static>) -> Self {
        Self {}
    }

    /// Nobody knows.
    pub(crate) fn is_of_freed(&self) -> bool {
        false
    }

    /// Does nothing.
    pub(crate) fn release(&mut self) {}

    /// Does nothing.
    pub(crate) fn for_ever(&mut self) {}
}

impl Drop for BlockPin {
    fn drop(&mut self) {
        self.release();
    }
}

#[cfg_attr(not(any(debug_assertions, feature = "checked")), allow(dead_code, reason = "unchecked builds pin nothing"))]
impl HeldBlock {
    fn of(memory: Extent, site: &'static Location<'static>, holder: impl FnOnce() -> HolderId) -> Self {
        let held = if memory.bytes > 0 { Self::pin(memory.start.0, site, holder) } else { None };
        held.unwrap_or(Self { start: None, site, holder: HolderId::NOBODY })
    }

    fn pin(addr: usize, site: &'static Location<'static>, holder: impl FnOnce() -> HolderId) -> Option<Self> {
        crate::call::arm_exit();
        let block = MAP.find(addr)?;
        if block.is_freed() {
            return Some(Self { start: None, site, holder: HolderId::OF_FREED });
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
        Some(Self { start: NonZeroUsize::new(start), site, holder })
    }

    fn release(&mut self) {
        if let Some(start) = self.start.take() {
            PINS.unpin(start.get(), self.site, self.holder, || MAP.clear_flags(start.get(), PINNED));
        }
    }
}
