//! `TrackedAlloc`: the allocator that knows its blocks, and keeps freed ones while somebody holds them.

pub(crate) mod fill;
#[cfg(target_os = "linux")]
pub(crate) mod fork;
pub(crate) mod map;
pub(crate) mod pending;
pub(crate) mod quarantine;
pub(crate) mod reentry;
pub(crate) mod sites;

use crate::mode;
use crate::pin;
use crate::sync::plain::{AtomicBool, Ordering};
use core::alloc::{GlobalAlloc, Layout};
use map::{FREED, MAP, PINNED, SEEN};
use quarantine::Retired;
use std::alloc::System;

/// Blocks up to this size are never reallocated in place at level cheap, so that the old address is known to dangle.
const MOVE_UP_TO: usize = 16 << 10;

/// Wraps the program's allocator so that checks know every Rust block.
///
/// ```
/// #[global_allocator]
/// static ALLOC: pinned_ffi::TrackedAlloc = pinned_ffi::TrackedAlloc::system();
/// # fn main() {}
/// ```
///
/// In a build without checks it passes every call straight on. Compiled in:
/// * a block that is freed or reallocated while pinned (by a [`Pinner`](crate::Pinner) at any level, by
///   a checked call under way on any thread) keeps its memory until its last unpin; levels other than
///   off report the violation;
/// * other freed blocks wait in a quarantine of at most 8 MiB before the inner allocator gets them
///   back, except at level off.
///
/// Must be installed as the global allocator: blocks put off are freed through
/// [`std::alloc::dealloc`]. It works before `main`, in thread-local destructors and in signal
/// handlers as far as the inner allocator does.
#[derive(Debug)]
pub struct TrackedAlloc<A = System> {
    inner: A,
    _start: mode::ReadsAtStart,
    #[cfg(all(target_os = "linux", any(debug_assertions, feature = "checked")))]
    _fork: fork::SurvivesFork,
}

impl TrackedAlloc<System> {
    /// Tracks the blocks of the system's allocator.
    pub const fn system() -> Self {
        Self::new(System)
    }
}

impl<A> TrackedAlloc<A> {
    /// Tracks the blocks of `inner`.
    pub const fn new(inner: A) -> Self {
        Self {
            inner,
            _start: mode::ReadsAtStart::new(),
            #[cfg(all(target_os = "linux", any(debug_assertions, feature = "checked")))]
            _fork: fork::SurvivesFork::new(),
        }
    }
}

static INSTALLED: AtomicBool = AtomicBool::new(false);

/// Whether any block was ever tracked; without that, rules that need the heap map cannot speak.
pub(crate) fn is_installed() -> bool {
    INSTALLED.load(Ordering::Relaxed)
}

/// Makes a block known; `false` when it cannot be.
fn track(block: *mut u8, bytes: usize, is_fenced: bool) -> bool {
    let start = block.expose_provenance();
    if !MAP.insert(start, bytes) {
        return false;
    }
    if !INSTALLED.load(Ordering::Relaxed) {
        INSTALLED.store(true, Ordering::Relaxed);
    }
    if mode::keeps_stacks() {
        MAP.keep_allocated(start, reentry::once(sites::capture).unwrap_or(0), is_fenced);
    }
    true
}

/// The stack of a hook's caller, 0 where none is kept.
fn stack_here() -> u32 {
    if mode::keeps_stacks() { reentry::once(sites::capture).unwrap_or(0) } else { 0 }
}

fn keep_freed(start: usize) {
    if mode::keeps_stacks()
        && MAP.stacks(start).freed == 0
        && let Some(stack) = reentry::once(sites::capture)
    {
        MAP.keep_freed(start, stack);
    }
}

/// The layout that a block has; a wrong one that was given is recorded.
#[inline]
fn real_layout(start: usize, given: Layout) -> Layout {
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
fn check_fence(start: usize, bytes: usize) {
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
fn check_poison(block: Retired) {
    if let Some(offset) = broken_poison(block) {
        pending::record(pending::Kind::WrittenAfterFree { offset }, block.start, block.bytes, 0);
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
        pending::record(pending::Kind::WrittenAfterFree { offset }, block.start, block.bytes, 0);
    }
}

/// What `inner` knows a block as: with its fence, if it has one.
fn inner_layout(start: usize, layout: Layout) -> Layout {
    if mode::was_full() && MAP.is_fenced(start) { with_fence(layout).unwrap_or(layout) } else { layout }
}

fn with_fence(layout: Layout) -> Option<Layout> {
    Layout::from_size_align(layout.size().checked_add(fill::FENCE)?, layout.align()).ok()
}

impl<A: GlobalAlloc> TrackedAlloc<A> {
    /// A block with a fence behind it, where level full asks for one.
    #[cold]
    fn fenced(&self, layout: Layout, is_zeroed: bool) -> Option<*mut u8> {
        let wide = with_fence(layout)?;
        let block = if is_zeroed {
            // SAFETY: not of size zero.
            unsafe { self.inner.alloc_zeroed(wide) }
        } else {
            // SAFETY: not of size zero.
            unsafe { self.inner.alloc(wide) }
        };
        if block.is_null() {
            return None;
        }
        // SAFETY: allocated above with room for the fence.
        unsafe { fill::fence(block.expose_provenance() + layout.size()) };
        if !track(block, layout.size(), true) {
            // SAFETY: allocated above with this layout, and given to nobody.
            unsafe { self.inner.dealloc(block, wide) };
            return None;
        }
        Some(block)
    }

    /// Puts a freed block in quarantine; what leaves it goes to the inner allocator.
    fn retire(&self, start: usize, layout: Layout) {
        if mode::was_full() {
            check_fence(start, layout.size());
            if let Some(stored) = pin::stored::take(start, layout.size()) {
                pending::record(pending::Kind::StillHeld(stored), start, layout.size(), 0);
            }
        }
        MAP.mark_freed(start);
        let is_poisoned = mode::keeps_stacks();
        let block = Retired { start, bytes: layout.size(), align: layout.align(), is_poisoned };
        let release = |leaving: Retired| {
            check_poison(leaving);
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
        // Nobody asks at off whether a pointer dangles.
        if mode::level_in_hook() == Some(mode::Level::Off) {
            release(block);
        } else {
            quarantine::retire(block, mode::keeps_stacks(), release);
        }
    }

    /// If somebody holds the block, records the violation and keeps the memory.
    fn put_off(
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
fn freed_twice(start: usize, flags: u8) {
    // One that was freed while somebody held it is told as that, and its owner frees it in good faith.
    if flags & (PINNED | SEEN) == 0
        && let Some(block) = MAP.find(start)
    {
        pending::record(pending::Kind::FreedTwice, start, MAP.extent(&block).bytes, stack_here());
    }
}

// SAFETY: every block comes from `inner` and goes back to it with the layout it was asked for,
// once: the FREED flag, set by the first free, makes a second one do nothing. Memory that waits is
// not handed out meanwhile. Hooks neither unwind nor allocate, but for stack capture, which runs
// under the re-entry flag.
unsafe impl<A: GlobalAlloc> GlobalAlloc for TrackedAlloc<A> {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if mode::COMPILED
            && mode::keeps_stacks()
            && !reentry::is_busy()
            && let Some(block) = self.fenced(layout, false)
        {
            return block;
        }
        // SAFETY: the caller's promises on `layout` are passed on.
        let block = unsafe { self.inner.alloc(layout) };
        if mode::COMPILED && !block.is_null() && !reentry::is_busy() {
            track(block, layout.size(), false);
        }
        block
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        if mode::COMPILED
            && mode::keeps_stacks()
            && !reentry::is_busy()
            && let Some(block) = self.fenced(layout, true)
        {
            return block;
        }
        // SAFETY: the caller's promises on `layout` are passed on.
        let block = unsafe { self.inner.alloc_zeroed(layout) };
        if mode::COMPILED && !block.is_null() && !reentry::is_busy() {
            track(block, layout.size(), false);
        }
        block
    }

    #[inline]
    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        let flags = if mode::COMPILED { MAP.flags(block.addr()) } else { None };
        let Some(flags) = flags else {
            // SAFETY: not one of the tracked blocks, so it goes straight back with the caller's layout.
            unsafe { self.inner.dealloc(block, layout) };
            return;
        };
        let start = block.expose_provenance();
        if flags & FREED != 0 {
            freed_twice(start, flags);
            return;
        }
        let layout = real_layout(start, layout);
        if self.put_off(start, flags, layout, pending::Kind::Freed) {
            return;
        }
        keep_freed(start);
        self.retire(start, layout);
    }

    #[inline]
    unsafe fn realloc(&self, block: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        let flags = if mode::COMPILED { MAP.flags(block.addr()) } else { None };
        let Some(flags) = flags else {
            // SAFETY: not one of the tracked blocks; the caller's promises are passed on.
            return unsafe { self.inner.realloc(block, layout, new_size) };
        };
        let start = block.expose_provenance();
        let is_freed = flags & FREED != 0;
        let layout = real_layout(start, layout);
        let is_held = flags & (PINNED | SEEN) != 0 && pin::holder(start, flags).is_some();
        let is_fenced = mode::was_full() && MAP.is_fenced(start);
        if is_held || is_freed || is_fenced || mode::keeps_stacks() || layout.size() <= MOVE_UP_TO {
            let Ok(new_layout) = Layout::from_size_align(new_size, layout.align()) else {
                return core::ptr::null_mut();
            };
            // SAFETY: GlobalAlloc::realloc promises a new size that is not zero.
            let moved = unsafe { self.alloc(new_layout) };
            if moved.is_null() {
                return moved;
            }
            // SAFETY: both blocks are live, distinct, and at least this long.
            unsafe { core::ptr::copy_nonoverlapping(block, moved, layout.size().min(new_size)) };
            if is_freed {
                freed_twice(start, flags);
            } else if !self.put_off(start, flags, layout, pending::Kind::Reallocated) {
                keep_freed(start);
                self.retire(start, layout);
            }
            return moved;
        }
        // Forgotten first: the moment `inner` has it back, another thread may get the same address.
        MAP.remove(start, layout.size());
        // SAFETY: the caller's promises are passed on.
        let moved = unsafe { self.inner.realloc(block, layout, new_size) };
        if moved.is_null() {
            MAP.insert(start, layout.size());
        } else if !reentry::is_busy() {
            track(moved, new_size, false);
        }
        moved
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
