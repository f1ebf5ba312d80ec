//! The pin that is made most: of a block that was pinned before, with a slot that it left.

use super::{Pin, Slot, Table};
use crate::sync::atomic::Ordering;

impl Table {
    /// One of the two newest slots of the block, if it is without pins and found at once, and nobody need look at the sum of all
    /// tables. For the table's thread; calls nothing.
    #[inline(always)]
    pub(in crate::pin) fn ready(&self, start: usize) -> Option<&Slot> {
        if self.is_due(1) {
            return None;
        }
        let first = self.index()?.nearest(start)?;
        if first.start.load(Ordering::Relaxed) != start {
            return None;
        }
        if first.is_unused() {
            return Some(first);
        }
        // SAFETY: null or a slot of this table.
        unsafe { first.next.load(Ordering::Relaxed).as_ref() }.filter(|next| next.is_unused())
    }

    /// Makes a pin with a slot that was [`ready`](Self::ready).
    #[inline(always)]
    pub(in crate::pin) fn pin_with(&self, slot: &Slot, pin: &Pin) {
        slot.write(pin);
        self.count(slot);
    }
}
