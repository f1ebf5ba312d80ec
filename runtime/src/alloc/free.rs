//! What becomes of a block that the program frees: it is told of, put off, kept for a while, or given back.

use super::evidence::{check_fence, check_poison, inner_layout};
use super::map::{FREED, MAP, PINNED, SEEN};
use super::quarantine::{self, Retired};
use super::{TrackedAlloc, fill, pending, reentry, sites, small, stack_here};
use crate::mode;
use crate::pin;
use core::alloc::{GlobalAlloc, Layout};

/// At level cheap freed blocks are poisoned up to this size, where C has seen them.
const POISON_UP_TO: usize = 256;

pub(super) fn keep_freed(start: usize) {
    if mode::keeps_stacks()
        && MAP.stacks(start).freed == 0
        && let Some(stack) = reentry::once(sites::capture)
    {
        MAP.keep_freed(start, stack);
    }
}

impl<A: GlobalAlloc> TrackedAlloc<A> {
    /// Puts a freed block in quarantine; what leaves it goes to the inner allocator.
    pub(super) fn retire(&self, start: usize, layout: Layout, was_seen: bool) {
        if mode::was_full() {
            check_fence(start, layout.size());
            if let Some(stored) = pin::stored::take(start, layout.size()) {
                pending::record(pending::Kind::StillHeld(stored), start, layout.size(), 0);
            }
        }
        // A locked write is little here: of two threads that free it at the same moment one comes too late.
        if mode::keeps_stacks()
            && let Some(flags) = MAP.set_flags(start, FREED)
            && flags & FREED != 0
        {
            return freed_twice(start, flags);
        }
        MAP.mark_freed(start);
        // C may still write what it has seen: that is looked for at every level.
        let is_lent = was_seen && layout.size() <= POISON_UP_TO && mode::level_in_hook() != Some(mode::Level::Off);
        let is_poisoned = mode::keeps_stacks() || is_lent;
        let block = Retired { start, bytes: layout.size(), align: layout.align(), is_poisoned };
        let release = |leaving: Retired| {
            check_poison(leaving);
            if small::is_ours(leaving.start) {
                small::give_back(leaving.start, leaving.bytes);
                return;
            }
            let Ok(layout) = Layout::from_size_align(leaving.bytes, leaving.align) else { return };
            let layout = inner_layout(leaving.start, layout);
            MAP.remove(leaving.start, leaving.bytes);
            MAP.forget_fence(leaving.start);
            let block = core::ptr::with_exposed_provenance_mut(leaving.start);
            // SAFETY: the block came from this allocator's `inner` with this layout, the program
            // freed it, and it left the quarantine just now, so nobody frees it twice.
            unsafe { self.inner.dealloc(block, layout) };
        };
        if is_poisoned {
            // SAFETY: the program has given the block back, and `inner` does not have it yet.
            unsafe { fill::poison(start, layout.size()) };
        }
        // Nobody asks at off whether a pointer dangles; a slot waits where it is.
        if !is_poisoned && small::is_ours(start) || mode::level_in_hook() == Some(mode::Level::Off) {
            release(block);
        } else {
            quarantine::retire(block, mode::keeps_stacks(), release);
        }
    }

    /// If somebody holds the block, records the violation and keeps the memory.
    pub(super) fn put_off(
        &self,
        start: usize,
        flags: u8,
        layout: Layout,
        kind: impl FnOnce(pin::Holder) -> pending::Kind,
    ) -> bool {
        if flags & (PINNED | SEEN) == 0 {
            return false;
        }
        let Some(holder) = pin::holder(start, flags) else { return false };
        keep_freed(start);
        MAP.set_flags(start, FREED);
        pending::record(kind(holder), start, layout.size(), 0);
        quarantine::defer(Retired { start, bytes: layout.size(), align: layout.align(), is_poisoned: false });
        true
    }
}

/// A free of a block that is freed already: nothing is done to it.
#[cold]
pub(super) fn freed_twice(start: usize, flags: u8) {
    // One that was freed while somebody held it is told as that, and its owner frees it in good faith.
    if flags & (PINNED | SEEN) == 0
        && let Some(block) = MAP.find(start)
    {
        pending::record(pending::Kind::FreedTwice, start, MAP.extent(&block).bytes, stack_here());
    }
}

/// Frees the blocks that waited for an unpin and are held by nobody any more. Not for hooks.
pub(crate) fn release_deferred() {
    while let Some(block) =
        quarantine::take_deferred(|start| MAP.flags(start).is_none_or(|flags| pin::holder(start, flags).is_none()))
    {
        let Ok(layout) = Layout::from_size_align(block.bytes, block.align) else { continue };
        MAP.clear_flags(block.start, FREED | PINNED | SEEN);
        // SAFETY: the program freed this block of the global allocator with this layout, and
        // `take_deferred` gave it to this thread alone; with FREED cleared this is its one real free.
        unsafe { std::alloc::dealloc(core::ptr::with_exposed_provenance_mut(block.start), layout) };
    }
}
