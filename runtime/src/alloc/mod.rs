//! `TrackedAlloc`: the allocator that knows its blocks, and keeps freed ones while somebody holds them.

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

fn track(block: *mut u8, bytes: usize) {
    if block.is_null() || reentry::is_busy() {
        return;
    }
    let start = block.expose_provenance();
    if !MAP.insert(start, bytes) {
        return;
    }
    if !INSTALLED.load(Ordering::Relaxed) {
        INSTALLED.store(true, Ordering::Relaxed);
    }
    if mode::keeps_stacks()
        && let Some(stack) = reentry::once(sites::capture)
    {
        MAP.keep_allocated(start, stack);
    }
}

fn keep_freed(start: usize) {
    if mode::keeps_stacks()
        && MAP.stacks(start).freed == 0
        && let Some(stack) = reentry::once(sites::capture)
    {
        MAP.keep_freed(start, stack);
    }
}

impl<A: GlobalAlloc> TrackedAlloc<A> {
    /// Puts a freed block in quarantine; what leaves it goes to the inner allocator.
    fn retire(&self, start: usize, layout: Layout) {
        MAP.mark_freed(start);
        let block = Retired { start, bytes: layout.size(), align: layout.align() };
        let release = |leaving: Retired| {
            MAP.remove(leaving.start, leaving.bytes);
            let Ok(layout) = Layout::from_size_align(leaving.bytes, leaving.align) else { return };
            let block = core::ptr::with_exposed_provenance_mut(leaving.start);
            // SAFETY: the block came from this allocator's `inner` with this layout, the program
            // freed it, and it left the quarantine just now, so nobody frees it twice.
            unsafe { self.inner.dealloc(block, layout) };
        };
        // Nobody asks at off whether a pointer dangles.
        if mode::level_in_hook() == Some(mode::Level::Off) {
            release(block);
        } else {
            quarantine::retire(block, mode::keeps_stacks(), release);
        }
    }

    /// If somebody holds the block, records the violation and keeps the memory.
    fn put_off(&self, start: usize, flags: u8, layout: Layout, kind: pending::Kind) -> bool {
        if flags & (PINNED | SEEN) == 0 {
            return false;
        }
        let Some(holder) = pin::holder(start, flags) else { return false };
        keep_freed(start);
        MAP.set_flags(start, FREED);
        pending::record(kind, start, layout.size(), holder);
        quarantine::defer(Retired { start, bytes: layout.size(), align: layout.align() });
        true
    }
}

// SAFETY: every block comes from `inner` and goes back to it with the layout it was asked for,
// once: the FREED flag, set by the first free, makes a second one do nothing. Memory that waits is
// not handed out meanwhile. Hooks neither unwind nor allocate, but for stack capture, which runs
// under the re-entry flag.
unsafe impl<A: GlobalAlloc> GlobalAlloc for TrackedAlloc<A> {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promises on `layout` are passed on.
        let block = unsafe { self.inner.alloc(layout) };
        if mode::COMPILED {
            track(block, layout.size());
        }
        block
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promises on `layout` are passed on.
        let block = unsafe { self.inner.alloc_zeroed(layout) };
        if mode::COMPILED {
            track(block, layout.size());
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
        if flags & FREED != 0 || self.put_off(start, flags, layout, pending::Kind::Freed) {
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
        let is_held = flags & (PINNED | SEEN) != 0 && pin::holder(start, flags).is_some();
        if is_held || mode::keeps_stacks() || layout.size() <= MOVE_UP_TO {
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
            if !self.put_off(start, flags, layout, pending::Kind::Reallocated) {
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
        } else {
            track(moved, new_size);
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
