//! What a block shows of what was done to it: the fence behind it, the poison in it, the layout with which it is freed.

use super::c_blocks::CBlock;
use super::map::{self, MAP, SEEN};
use super::quarantine::{self, Retired};
use super::{c_blocks, fill, pending, stack_here};
use crate::mode;
use core::alloc::Layout;

/// The layout that a block has; a wrong one that was given is recorded.
#[inline]
pub(super) fn real_layout(start: usize, given: Layout) -> Layout {
    if MAP.is_exactly(start, given.size()) && start.is_multiple_of(given.align()) {
        return given;
    }
    wrong_layout(start, given)
}

#[cold]
fn wrong_layout(start: usize, given: Layout) -> Layout {
    let Some(block) = MAP.find(start) else { return given };
    let bytes = MAP.extent(&block).bytes;
    let kind = pending::Kind::WrongLayout { bytes: given.size(), align: given.align() };
    pending::record(kind, start, bytes, stack_here());
    Layout::from_size_align(bytes, given.align()).unwrap_or(given)
}

/// How far behind a live block the first byte is that somebody wrote, told once.
pub(crate) fn broken_fence(block: &map::Block) -> Option<usize> {
    let start = block.start();
    if !mode::was_full() || block.is_freed() || !MAP.is_fenced(start) {
        return None;
    }
    let end = start + MAP.extent(block).bytes;
    // SAFETY: the block was allocated with a fence behind it, and is not freed yet.
    let after = unsafe { fill::first_change_of_fence(end) }?;
    // SAFETY: as above.
    unsafe { fill::fence(end) };
    Some(after)
}

/// Looks at the fence behind a block that is being freed, if it has one.
pub(super) fn check_fence(start: usize, bytes: usize) {
    if let Some(block) = MAP.find_at_start(start)
        && let Some(after) = broken_fence(&block)
    {
        pending::record(pending::Kind::WrittenPastEnd { after }, start, bytes, 0);
    }
}

/// Where somebody has written into a freed block, unless a call was told that it is freed.
fn broken_poison(block: Retired) -> Option<usize> {
    let was_told = MAP.flags(block.start).is_some_and(|flags| flags & SEEN != 0);
    if !block.is_poisoned || was_told {
        return None;
    }
    // SAFETY: poisoned when it was retired, and not given back yet.
    unsafe { fill::first_change_of_poison(block.start, block.bytes) }
}

/// Looks at a freed block's poison, if it has any.
pub(super) fn check_poison(block: Retired) {
    if let Some(offset) = broken_poison(block) {
        pending::record(pending::Kind::WrittenAfterFree { offset }, block.start, block.bytes, 0);
    }
}

/// The same of a block of C's allocator, which leaves the quarantine and is known for the last time.
pub(super) fn check_poison_of_c(block: Retired, known: CBlock) {
    if let Some(offset) = broken_poison(block) {
        pending::record_of_c(pending::Kind::WrittenAfterFree { offset }, known, 0);
    }
}

/// Looks at all freed blocks that are still here: for the end of the program.
pub(crate) fn check_quarantine() {
    // Told when the lock is open again.
    let mut broken = [None; 16];
    let mut places = broken.iter_mut();
    quarantine::for_each(|block| {
        if let Some(offset) = broken_poison(block)
            && let Some(place) = places.next()
        {
            *place = Some((block, offset));
        }
    });
    for (block, offset) in broken.into_iter().flatten() {
        if let Some(of_c) = c_blocks::known_at(block.start) {
            pending::record_of_c(pending::Kind::WrittenAfterFree { offset }, of_c, 0);
            continue;
        }
        pending::record(pending::Kind::WrittenAfterFree { offset }, block.start, block.bytes, 0);
    }
}

/// What `inner` knows a block as: with its fence, if it has one.
pub(super) fn inner_layout(start: usize, layout: Layout) -> Layout {
    if mode::was_full() && MAP.is_fenced(start) { with_fence(layout).unwrap_or(layout) } else { layout }
}

pub(super) fn with_fence(layout: Layout) -> Option<Layout> {
    Layout::from_size_align(layout.size().checked_add(fill::FENCE)?, layout.align()).ok()
}
