//! The slots that no thread has at hand: those that threads had too many of, and those that were never used.

use super::range::{self, Fresh};
use super::{CLASSES, Slot};
use crate::sync::SpinLock;
use crate::sys;
use core::ptr;

/// Slots in a page of them.
const ROOM: usize = 1020;

/// A page of slots, in mapped memory: an allocator cannot ask itself for memory.
#[repr(C)]
struct Page {
    below: *mut Page,
    above: *mut Page,
    slots: [Slot; ROOM],
}

/// The slots of one class: a stack of those that were used, and those that were not.
struct Pile {
    /// The page in which the stack ends, and how many slots it has. Those below it are full, those above it empty.
    top: *mut Page,
    filled: usize,
    fresh: Fresh,
}

// SAFETY: the pages belong to the pile that points to them, and to nobody else.
unsafe impl Send for Pile {}

static PILES: [SpinLock<Pile>; CLASSES] =
    [const { SpinLock::new(Pile { top: ptr::null_mut(), filled: 0, fresh: Fresh::NONE }) }; CLASSES];

impl Pile {
    fn page(&mut self) -> Option<&mut Page> {
        // SAFETY: null, or mapped by `push` for this pile alone and never unmapped.
        unsafe { self.top.as_mut() }
    }

    fn push(&mut self, slot: Slot) {
        let room = self.filled;
        if room == ROOM || self.top.is_null() {
            let below = self.top;
            let above = self.page().map_or(ptr::null_mut(), |page| page.above);
            if !above.is_null() {
                self.top = above;
            } else if let Some(pages) = sys::map_pages(size_of::<Page>()) {
                let new = pages.as_ptr().cast::<Page>();
                if let Some(page) = self.page() {
                    page.above = new;
                }
                self.top = new;
            } else {
                // Without memory the slot is lost, and nothing else.
                return;
            }
            self.filled = 0;
            if let Some(page) = self.page() {
                page.below = below;
            }
        }
        let filled = self.filled;
        if let Some(page) = self.page() {
            page.slots[filled] = slot;
            self.filled += 1;
        }
    }

    fn pop(&mut self) -> Option<Slot> {
        if self.filled == 0 {
            let below = self.page()?.below;
            if below.is_null() {
                return None;
            }
            (self.top, self.filled) = (below, ROOM);
        }
        self.filled -= 1;
        let filled = self.filled;
        Some(self.page()?.slots[filled])
    }

    fn get(&mut self, class: usize, batch: &mut [Slot]) -> usize {
        let mut count = 0;
        while count < batch.len()
            && let Some(slot) = self.pop()
        {
            batch[count] = slot;
            count += 1;
        }
        if count == 0 { self.fresh.take(class, batch) } else { count }
    }
}

/// Fills `batch` with slots of the class, those first that were used before; how many there were.
pub(super) fn get(class: usize, batch: &mut [Slot]) -> usize {
    let pile = &PILES[class];
    match pile.with_patience(|pile| pile.get(class, batch)) {
        None => return 0,
        Some(0) => {}
        Some(count) => return count,
    }
    let Some(mut fresh) = range::cut(class) else { return 0 };
    let count = fresh.take(class, batch);
    pile.with_patience(|pile| {
        // Another thread may have cut some meanwhile: one of both is kept, and it is filled up in turn.
        let mut rest = core::mem::replace(&mut pile.fresh, fresh);
        let mut slot = [0];
        while rest.take(class, &mut slot) == 1 {
            pile.push(slot[0]);
        }
    });
    count
}

/// Takes slots of the class that nobody uses.
#[inline(never)]
pub(super) fn put(class: usize, slots: &[Slot]) {
    PILES[class].with_patience(|pile| slots.iter().for_each(|slot| pile.push(*slot)));
}

/// Takes or gives back every lock, around a fork.
pub(super) fn around_fork(is_before: bool) {
    for pile in &PILES {
        if is_before { pile.hold() } else { pile.let_go() }
    }
    range::around_fork(is_before);
}
