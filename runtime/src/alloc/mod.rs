//! `TrackedAlloc`: the allocator that knows its blocks, and keeps freed ones while somebody holds them.

pub(crate) mod c_blocks;
pub(crate) mod evidence;
pub(crate) mod fill;
mod free;
mod inner;
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub(crate) mod interpose;
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
#[path = "not_interposed.rs"]
pub(crate) mod interpose;
pub(crate) mod map;
#[cfg(all(target_os = "linux", target_env = "gnu"))]
mod no_block;
pub(crate) mod pending;
pub(crate) mod quarantine;
pub(crate) mod reentry;
pub(crate) mod sites;
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub(crate) mod small;
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
#[path = "no_slots.rs"]
pub(crate) mod small;
#[cfg(not(loom))]
pub(crate) mod unreachable;

#[cfg(all(target_os = "linux", any(debug_assertions, feature = "checked")))]
use crate::fork::SurvivesFork;
use crate::mode;
use crate::pin;
use crate::sync::plain::{AtomicBool, Ordering};
use core::alloc::{GlobalAlloc, Layout};
use evidence::{real_layout, with_fence};
pub(crate) use free::release_deferred;
use free::{freed_twice, keep_freed};
use inner::Inner;
use map::{FREED, MAP, PINNED, SEEN};
use reentry::Inside;
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
    inner: Inner<A>,
    /// Whether small blocks come from slots of our own.
    has_slots: bool,
    _start: mode::ReadsAtStart,
    #[cfg(all(target_os = "linux", any(debug_assertions, feature = "checked")))]
    _fork: SurvivesFork,
}

impl TrackedAlloc<System> {
    /// Tracks the blocks of the system's allocator.
    ///
    /// With checks compiled in, on Linux with glibc, blocks up to 512 bytes do not come from `malloc` but from slots in a range
    /// of addresses that is Rust's alone: that is faster, and a pointer to such a block is known to dangle until its slot is used
    /// again. C that frees such a block is stopped by glibc ("invalid pointer"), where before nothing might have happened;
    /// [`interpose_malloc!`](crate::interpose_malloc) makes it a report (PF040) that names the block. A slot stays with its size.
    /// Of a limit on address space (`ulimit -v`) the range takes an eighth at most.
    /// In Valgrind's memcheck, and from the first time on that the level is full, all blocks come from `malloc`.
    pub const fn system() -> Self {
        Self { has_slots: true, ..Self::new(System) }
    }
}

impl<A> TrackedAlloc<A> {
    /// Tracks the blocks of `inner`.
    pub const fn new(inner: A) -> Self {
        Self {
            inner: Inner(inner),
            has_slots: false,
            _start: mode::ReadsAtStart::new(),
            #[cfg(all(target_os = "linux", any(debug_assertions, feature = "checked")))]
            _fork: SurvivesFork::new(),
        }
    }
}

static INSTALLED: AtomicBool = AtomicBool::new(false);

/// Whether any block was ever tracked; without that, rules that need the heap map cannot speak.
pub(crate) fn is_installed() -> bool {
    INSTALLED.load(Ordering::Relaxed)
}

#[inline]
fn note_installed() {
    if !INSTALLED.load(Ordering::Relaxed) {
        INSTALLED.store(true, Ordering::Relaxed);
    }
}

/// Makes a block known; `false` when it cannot be.
fn track(block: *mut u8, bytes: usize, is_fenced: bool) -> bool {
    let start = block.expose_provenance();
    if !MAP.insert(start, bytes) {
        return false;
    }
    note_installed();
    if mode::keeps_stacks() {
        MAP.keep_allocated(start, reentry::once(sites::capture).unwrap_or(0), is_fenced);
    }
    true
}

/// The stack of a hook's caller, 0 where none is kept.
fn stack_here() -> u32 {
    if mode::keeps_stacks() { reentry::once(sites::capture).unwrap_or(0) } else { 0 }
}

impl<A: GlobalAlloc> TrackedAlloc<A> {
    /// A small block, known already; `None` where more is to be thought of.
    #[inline]
    fn slot(&self, layout: Layout) -> Option<*mut u8> {
        let is_small = layout.size().wrapping_sub(1) < small::MOST_BYTES && layout.align() <= map::GRANULE;
        if !self.has_slots || !is_small || !mode::uses_slots() || reentry::is_busy() {
            return None;
        }
        small::take(layout.size())
    }

    /// A block of any kind, with what the level asks for.
    #[inline(never)]
    fn block(&self, layout: Layout, is_zeroed: bool) -> *mut u8 {
        let _inside = Inside::at_full();
        if mode::keeps_stacks()
            && !reentry::is_busy()
            && let Some(block) = self.fenced(layout, is_zeroed)
        {
            return block;
        }
        let block = if is_zeroed {
            // SAFETY: not of size zero.
            unsafe { self.inner.alloc_zeroed(layout) }
        } else {
            // SAFETY: not of size zero.
            unsafe { self.inner.alloc(layout) }
        };
        if !block.is_null() && !reentry::is_busy() {
            track(block, layout.size(), false);
            if mode::learns() && !is_zeroed {
                // SAFETY: allocated above, and given to nobody yet.
                unsafe { fill::blank(block.expose_provenance(), layout.size()) };
            }
        }
        block
    }

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
        if !is_zeroed && mode::learns() {
            // SAFETY: allocated above, and given to nobody yet.
            unsafe { fill::blank(block.expose_provenance(), layout.size()) };
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

    /// A block of Rust's in place of one of C's, with what is in that.
    ///
    /// # Safety
    ///
    /// As for `realloc`, of a block that [`interpose::is_cs`] has just said to be C's.
    #[cold]
    unsafe fn adopt(&self, block: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        let Ok(new_layout) = Layout::from_size_align(new_size, layout.align()) else { return core::ptr::null_mut() };
        // SAFETY: GlobalAlloc::realloc promises a new size that is not zero.
        let moved = unsafe { self.alloc(new_layout) };
        if !moved.is_null() {
            // SAFETY: both blocks are live, distinct, and at least this long.
            unsafe { core::ptr::copy_nonoverlapping(block, moved, layout.size().min(new_size)) };
            // SAFETY: C's, the caller promises, and given back.
            unsafe { interpose::free_cs(block.addr()) };
        }
        moved
    }
}

/// Whether a block is a slot with this layout that nobody but the program ever had, and that has no more to it.
#[inline]
fn is_plain(start: usize, layout: Layout) -> bool {
    mode::COMPILED && !mode::was_full() && layout.align() <= map::GRANULE && small::is_plain(start, layout.size())
}

// SAFETY: every block comes from `inner` and goes back to it with the layout it was asked for, or is a slot
// that nobody else has and goes back to the slots,
// once: the FREED flag, set by the first free, makes a second one do nothing. Memory that waits is
// not handed out meanwhile. Hooks neither unwind nor allocate, but for stack capture, which runs
// under the re-entry flag.
unsafe impl<A: GlobalAlloc> GlobalAlloc for TrackedAlloc<A> {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if !mode::COMPILED {
            // SAFETY: the caller's promises on `layout` are passed on.
            return unsafe { self.inner.alloc(layout) };
        }
        if let Some(block) = self.slot(layout) { block } else { self.block(layout, false) }
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        if !mode::COMPILED {
            // SAFETY: the caller's promises on `layout` are passed on.
            return unsafe { self.inner.alloc_zeroed(layout) };
        }
        let Some(block) = self.slot(layout) else { return self.block(layout, true) };
        // SAFETY: a fresh block of that size.
        unsafe { block.write_bytes(0, layout.size()) };
        block
    }

    #[inline]
    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        if is_plain(block.addr(), layout) {
            small::free_plain(block.addr(), layout.size());
            return;
        }
        let _inside = Inside::at_full();
        let flags = if mode::COMPILED { MAP.flags(block.addr()) } else { None };
        let Some(flags) = flags else {
            if mode::COMPILED && interpose::is_cs(block.addr()) {
                // SAFETY: just said to be C's; the caller gives it back.
                unsafe { interpose::free_cs(block.addr()) };
                return;
            }
            if mode::COMPILED && mode::keeps_stacks() {
                // Searches for pointers would find what checks had noted there.
                // SAFETY: the caller gives the block back, and `inner` does not have it yet.
                unsafe { fill::scrub(block.expose_provenance(), layout.size()) };
            }
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
        self.retire(start, layout, flags & SEEN != 0);
    }

    #[inline]
    unsafe fn realloc(&self, block: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        if is_plain(block.addr(), layout)
            && let Ok(new_layout) = Layout::from_size_align(new_size, layout.align())
        {
            // SAFETY: GlobalAlloc::realloc promises a new size that is not zero.
            let moved = unsafe { self.alloc(new_layout) };
            if !moved.is_null() {
                // SAFETY: both blocks are live, distinct, and at least this long.
                unsafe { core::ptr::copy_nonoverlapping(block, moved, layout.size().min(new_size)) };
                small::free_plain(block.addr(), layout.size());
            }
            return moved;
        }
        let _inside = Inside::at_full();
        let flags = if mode::COMPILED { MAP.flags(block.addr()) } else { None };
        let Some(flags) = flags else {
            if mode::COMPILED && interpose::is_cs(block.addr()) {
                // SAFETY: just said to be C's; the caller gives it back and gets another in its place.
                return unsafe { self.adopt(block, layout, new_size) };
            }
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
                self.retire(start, layout, flags & SEEN != 0);
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
