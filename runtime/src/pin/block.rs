//! One pin of one block: taken at a place, given back once.

use super::few::Few;
use super::mark::Mark;
#[cfg(any(debug_assertions, feature = "checked"))]
use super::{
    mark::HolderId,
    table::{Pin, Slot, Table},
    tables,
};
use crate::addr::Extent;
#[cfg(any(debug_assertions, feature = "checked"))]
use crate::alloc::{
    map::{MAP, PINNED},
    reentry, sites,
};
use core::panic::Location;

/// A pin that ends with [`release`](Self::release) or with the value. For memory that is not on the Rust heap it holds nothing,
/// and in unchecked builds it is nothing.
pub(crate) struct BlockPin {
    #[cfg(any(debug_assertions, feature = "checked"))]
    slot: Option<&'static Slot>,
}

#[cfg(any(debug_assertions, feature = "checked"))]
impl BlockPin {
    /// Pins the block around this memory once more, for the holder with this mark, and says whether the memory is freed, which
    /// is not pinned. No memory needs no pin: its address may be that of the next block.
    #[inline(never)]
    pub(crate) fn new(memory: Extent, site: &'static Location<'static>, mark: &mut Mark) -> (Self, bool) {
        if mark.is_new() {
            mark.begin();
        }
        match Self::again(tables::own(), memory, site, mark) {
            Some(pin) => (pin, false),
            None => Self::of(memory, site, || mark.holder()),
        }
    }

    /// The same, if it needs nothing new: the block begins there and was pinned before, and this thread's table `own` has a slot
    /// ready for it. Pins nothing where it gives up.
    #[inline(always)]
    pub(crate) fn again(
        own: Option<&'static Table>,
        memory: Extent,
        site: &'static Location<'static>,
        mark: &mut Mark,
    ) -> Option<Self> {
        let (own, start) = known(own, memory)?;
        own.pin_again(start, &Pin::new(site, mark.quick_holder()?, 0)).map(|slot| Self { slot: Some(slot) })
    }

    /// The same, if that slot is found at once. Calls nothing.
    #[inline(always)]
    pub(crate) fn at_once(
        own: Option<&'static Table>,
        memory: Extent,
        site: &'static Location<'static>,
        mark: &mut Mark,
    ) -> Option<Self> {
        let (own, start) = known(own, memory)?;
        let slot = own.ready(start)?;
        own.pin_with(slot, &Pin::new(site, mark.quick_holder()?, 0));
        Some(Self { slot: Some(slot) })
    }

    /// The same for memory that C has until it says otherwise: no holder is to be found anywhere, and none is missed.
    pub(crate) fn for_c(memory: Extent, site: &'static Location<'static>) -> Self {
        Self::of(memory, site, || HolderId::NOBODY).0
    }

    fn of(memory: Extent, site: &'static Location<'static>, holder: impl FnOnce() -> HolderId) -> (Self, bool) {
        let (slot, is_freed) = take(memory, site, holder);
        (Self { slot }, is_freed)
    }

    /// Ends the pin; a second time does nothing.
    #[inline]
    pub(crate) fn release(&mut self) {
        if let Some(slot) = self.slot.take() {
            tables::unpin(slot);
        }
    }

    /// Ends them all.
    #[inline]
    pub(crate) fn end_all(pins: &mut Few<Self>) {
        let own = tables::own();
        // SAFETY: those that are there, which nobody else has.
        let all = unsafe { &*pins.there() };
        all.iter().filter_map(|pin| pin.slot).for_each(|slot| tables::unpin_of(own, slot));
        pins.forget();
    }

    /// Keeps the pin for as long as the process lives, and says that this is meant.
    pub(crate) fn for_ever(&mut self) {
        if let Some(slot) = self.slot.take() {
            slot.keep_for_ever();
        }
    }
}

#[cfg(not(any(debug_assertions, feature = "checked")))]
impl BlockPin {
    /// Nothing.
    #[inline(always)]
    pub(crate) fn new(_memory: Extent, _site: &'static Location<'static>, _mark: &mut Mark) -> (Self, bool) {
        (Self {}, false)
    }

    /// Nothing.
    pub(crate) fn for_c(_memory: Extent, _site: &'static Location<'static>) -> Self {
        Self {}
    }

    /// Does nothing.
    #[inline(always)]
    pub(crate) fn release(&mut self) {}

    /// Forgets how many there were.
    #[inline(always)]
    pub(crate) fn end_all(pins: &mut Few<Self>) {
        pins.forget();
    }

    /// Does nothing.
    pub(crate) fn for_ever(&mut self) {}
}

/// This thread's table and the block, if it has one, and the block begins there and was pinned before.
#[cfg(any(debug_assertions, feature = "checked"))]
#[inline(always)]
fn known(own: Option<&'static Table>, memory: Extent) -> Option<(&'static Table, usize)> {
    let own = own?;
    let start = MAP.find_pinned_at_start(memory.start.0)?;
    (memory.bytes != 0 && !crate::mode::keeps_stacks()).then_some((own, start))
}

/// The slot that the pin is in, if the memory needs one and there is room for it, and whether the memory is freed.
#[cfg(any(debug_assertions, feature = "checked"))]
fn take(
    memory: Extent,
    site: &'static Location<'static>,
    holder: impl FnOnce() -> HolderId,
) -> (Option<&'static Slot>, bool) {
    let Some(block) = MAP.find(memory.start.0).filter(|_| memory.bytes > 0) else { return (None, false) };
    if block.is_freed() {
        return (None, true);
    }
    let stack = if crate::mode::keeps_stacks() { stack() } else { 0 };
    let slot = tables::pin(block.start(), &Pin::new(site, holder(), stack));
    if slot.is_some() && !block.was_pinned() {
        MAP.set_flags(block.start(), PINNED);
    }
    (slot, false)
}

#[cfg(any(debug_assertions, feature = "checked"))]
#[cold]
fn stack() -> u32 {
    reentry::once(sites::capture).unwrap_or(0)
}

// Without it in unchecked builds, nothing is to be dropped there.
#[cfg(any(debug_assertions, feature = "checked"))]
impl Drop for BlockPin {
    #[inline]
    fn drop(&mut self) {
        if let Some(slot) = self.slot {
            tables::unpin(slot);
        }
    }
}
