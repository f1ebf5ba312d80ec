//! C's own allocator, with every call passing by: whose block is it that somebody frees?
//!
//! Only in programs that say [`interpose_malloc!`](crate::interpose_malloc), on Linux with glibc.

use super::c_blocks::{self, CBlock, Marked};
use super::quarantine::{self, Retired};
use super::{FREED, Inside, MAP, evidence, fill, no_block, pending, reentry, stack_here};
use crate::mode::{self, Level};
use crate::sync::plain::{AtomicBool, Ordering};
use crate::unchecked;
use core::ffi::{c_int, c_void};
use core::ptr;

// glibc's own names of its allocator, which stay when others take the public ones (malloc/malloc.c, GLIBC_2.2.5).
unsafe extern "C" {
    fn __libc_malloc(bytes: usize) -> *mut c_void;
    fn __libc_calloc(count: usize, each: usize) -> *mut c_void;
    fn __libc_realloc(block: *mut c_void, bytes: usize) -> *mut c_void;
    fn __libc_memalign(align: usize, bytes: usize) -> *mut c_void;
    fn __libc_free(block: *mut c_void);
}

static IS_ON: AtomicBool = AtomicBool::new(false);

/// Whether C's allocator passes by here.
#[inline]
pub(crate) fn is_on() -> bool {
    IS_ON.load(Ordering::Relaxed)
}

/// Whether a call of C's allocator is C's, or Rust code's that asks C's allocator by name.
fn is_of_c() -> bool {
    if !is_on() {
        IS_ON.store(true, Ordering::Relaxed);
    }
    !reentry::is_of_rust() && mode::level_in_hook() != Some(Level::Off)
}

fn track(block: *mut c_void, bytes: usize) -> *mut c_void {
    // Of what is allocated with the rules off nobody asks whose it is, nor where it has gone.
    if !block.is_null() && is_of_c() && !unchecked::is_active() {
        c_blocks::insert(CBlock::new(block.expose_provenance(), bytes, stack_here()));
    }
    block
}

/// malloc(3).
#[must_use]
pub fn malloc(bytes: usize) -> *mut c_void {
    let _inside = Inside::at_full();
    // SAFETY: any number may be asked for.
    track(unsafe { __libc_malloc(bytes) }, bytes)
}

/// calloc(3).
#[must_use]
pub fn calloc(count: usize, each: usize) -> *mut c_void {
    let _inside = Inside::at_full();
    // SAFETY: any numbers may be asked for; a product that overflows gives null.
    track(unsafe { __libc_calloc(count, each) }, count.wrapping_mul(each))
}

/// memalign(3), as which aligned_alloc(3) counts too.
#[must_use]
pub fn memalign(align: usize, bytes: usize) -> *mut c_void {
    let _inside = Inside::at_full();
    // SAFETY: any numbers may be asked for; an alignment that cannot be gives null.
    track(unsafe { __libc_memalign(align, bytes) }, bytes)
}

/// posix_memalign(3).
///
/// # Safety
///
/// `to` may be written.
pub unsafe fn posix_memalign(to: *mut *mut c_void, align: usize, bytes: usize) -> c_int {
    if !align.is_power_of_two() || !align.is_multiple_of(size_of::<usize>()) {
        return libc::EINVAL;
    }
    let block = memalign(align, bytes);
    if block.is_null() {
        return libc::ENOMEM;
    }
    // SAFETY: the caller's promise.
    unsafe { to.write(block) };
    0
}

/// free(3). A block of Rust's is not freed but told about, and so is what is freed already, or no block.
///
/// # Safety
///
/// As for free(3), but that a block of Rust's does no harm.
pub unsafe fn free(block: *mut c_void) {
    if block.is_null() {
        return;
    }
    let _inside = Inside::at_full();
    let start = block.expose_provenance();
    if !reentry::is_of_rust() {
        let is_watched = is_of_c();
        if is_watched && is_foreign(start) {
            return;
        }
        match c_blocks::mark_freed(start, stack_here()) {
            // SAFETY: the caller gives the whole block back, and glibc does not have it yet.
            Marked::Now(known) => return unsafe { retire(known) },
            Marked::Before(known) => {
                pending::record_of_c(pending::Kind::FreedTwice, known, stack_here());
                return;
            }
            Marked::Unknown if is_watched && no_block::is_certain(start) => return,
            Marked::Unknown => {}
        }
    }
    // SAFETY: the caller's promise.
    unsafe { __libc_free(block) };
}

/// Gives glibc a freed block: at level full a while later, so that what is freed or written once more is known.
///
/// # Safety
///
/// Nobody has a right to the block any more, and glibc does not have it yet.
unsafe fn retire(known: CBlock) {
    let give_back = |leaving: Retired| {
        if let Some(known) = c_blocks::forget_freed(leaving.start) {
            evidence::check_poison_of_c(leaving, known);
            // SAFETY: freed by the program, and known no more, so that this is its one real free.
            unsafe { __libc_free(ptr::with_exposed_provenance_mut(leaving.start)) };
        }
    };
    let is_poisoned = mode::keeps_stacks() || mode::learns();
    if is_poisoned {
        // Searches for pointers that C keeps would find stale ones.
        // SAFETY: the caller's promise.
        unsafe { fill::scrub(known.start, known.bytes) };
    }
    let block = Retired { start: known.start, bytes: known.bytes, align: c_blocks::ALIGN, is_poisoned };
    if mode::keeps_stacks() { quarantine::retire_of_c(block, give_back) } else { give_back(block) }
}

/// realloc(3). A block of Rust's stays, and a copy of it is given; what is freed already, or no block, stays as it is.
///
/// # Safety
///
/// As for realloc(3), but that a block of Rust's does no harm.
pub unsafe fn realloc(block: *mut c_void, bytes: usize) -> *mut c_void {
    if block.is_null() {
        return malloc(bytes);
    }
    let _inside = Inside::at_full();
    let start = block.expose_provenance();
    if reentry::is_of_rust() {
        // SAFETY: the caller's promise.
        return unsafe { __libc_realloc(block, bytes) };
    }
    let is_watched = is_of_c();
    let is_foreign = is_watched && is_foreign(start);
    let known = c_blocks::take(start);
    let is_wrong = !is_foreign && known.is_none() && (is_freed(start) || is_watched && no_block::is_certain(start));
    let before = match known {
        _ if is_wrong => 0,
        // All that C may use, which can be more than was asked for (malloc_usable_size(3)).
        // SAFETY: a live block of glibc's.
        Some(_) if (mode::keeps_stacks() || mode::learns()) && bytes != 0 => unsafe { libc::malloc_usable_size(block) },
        _ if is_foreign => MAP.find(start).map_or(0, |found| {
            let extent = MAP.extent(&found);
            extent.start.0 + extent.bytes - start
        }),
        _ => {
            // SAFETY: the caller's promise.
            let moved = unsafe { __libc_realloc(block, bytes) };
            if moved.is_null() && bytes != 0 {
                // It is still there.
                known.into_iter().for_each(c_blocks::insert);
                return moved;
            }
            return track(moved, bytes);
        }
    };
    // Moved by hand, so that no stale word is left.
    let moved = malloc(bytes);
    if moved.is_null() {
        known.into_iter().for_each(c_blocks::insert);
        return moved;
    }
    // SAFETY: both are at least that long, and the new one is nobody's yet.
    unsafe { ptr::copy_nonoverlapping(block.cast::<u8>(), moved.cast::<u8>(), before.min(bytes)) };
    if let Some(known) = known {
        // SAFETY: the caller gives it back, whole.
        unsafe { fill::scrub(start, before) };
        c_blocks::insert(known);
        if let Marked::Now(known) = c_blocks::mark_freed(start, stack_here()) {
            // SAFETY: as above; glibc does not have it yet.
            unsafe { retire(known) };
        } else {
            // SAFETY: as above; there was no room to note it.
            unsafe { __libc_free(block) };
        }
    }
    moved
}

/// Whether a block of C's was freed before, which is recorded.
fn is_freed(start: usize) -> bool {
    let Some(known) = c_blocks::known_at(start).filter(CBlock::is_freed) else { return false };
    pending::record_of_c(pending::Kind::FreedTwice, known, stack_here());
    true
}

/// Whether the address is in a block of Rust's; that is recorded.
fn is_foreign(addr: usize) -> bool {
    let Some(block) = MAP.find(addr) else { return false };
    let is_freed = MAP.flags(block.start()).is_some_and(|flags| flags & FREED != 0);
    let kind = if is_freed { pending::Kind::FreedTwice } else { pending::Kind::ForeignFree(pending::Side::C) };
    pending::record(kind, block.start(), MAP.extent(&block).bytes, stack_here());
    true
}

/// Whether a block that Rust frees is C's; that is recorded, and the block is C's to free.
pub(super) fn is_cs(start: usize) -> bool {
    if !is_on() {
        return false;
    }
    let Some(block) = c_blocks::take(start) else { return is_freed(start) };
    pending::record_of_c(pending::Kind::ForeignFree(pending::Side::Rust), block, stack_here());
    true
}

/// Frees a block of C's that Rust was to free.
///
/// # Safety
///
/// [`is_cs`] has just said so, and nobody uses the block any more.
pub(super) unsafe fn free_cs(start: usize) {
    // One that is freed already goes back when it leaves the quarantine.
    if c_blocks::known_at(start).is_some() {
        return;
    }
    // SAFETY: glibc made it, for that is how it became known; nobody else frees it, since it is known no more.
    unsafe { __libc_free(ptr::with_exposed_provenance_mut(start)) };
}

/// Lets every call of C's allocator pass by the checks: whose block is freed by whom (PF040), and where C keeps pointers on its
/// own heap (PF020).
///
/// Said once, in the final program, beside its [`TrackedAlloc`](crate::TrackedAlloc). Linux with glibc only; in builds without
/// checks it is nothing. The program must not bring another malloc along.
///
/// ```
/// #[global_allocator]
/// static ALLOC: pinned_ffi::TrackedAlloc = pinned_ffi::TrackedAlloc::system();
/// pinned_ffi::interpose_malloc!();
/// # fn main() {}
/// ```
#[cfg(all(target_os = "linux", target_env = "gnu", any(debug_assertions, feature = "checked")))]
#[macro_export]
macro_rules! interpose_malloc {
    () => {
        const _: () = {
            use ::core::ffi::{c_int, c_void};
            use $crate::private::interpose;

            #[unsafe(no_mangle)]
            extern "C" fn malloc(bytes: usize) -> *mut c_void {
                interpose::malloc(bytes)
            }

            #[unsafe(no_mangle)]
            extern "C" fn calloc(count: usize, each: usize) -> *mut c_void {
                interpose::calloc(count, each)
            }

            #[unsafe(no_mangle)]
            extern "C" fn memalign(align: usize, bytes: usize) -> *mut c_void {
                interpose::memalign(align, bytes)
            }

            #[unsafe(no_mangle)]
            extern "C" fn aligned_alloc(align: usize, bytes: usize) -> *mut c_void {
                interpose::memalign(align, bytes)
            }

            #[unsafe(no_mangle)]
            unsafe extern "C" fn posix_memalign(to: *mut *mut c_void, align: usize, bytes: usize) -> c_int {
                // SAFETY: the caller's promise (posix_memalign(3)).
                unsafe { interpose::posix_memalign(to, align, bytes) }
            }

            #[unsafe(no_mangle)]
            unsafe extern "C" fn realloc(block: *mut c_void, bytes: usize) -> *mut c_void {
                // SAFETY: the caller's promise (realloc(3)).
                unsafe { interpose::realloc(block, bytes) }
            }

            #[unsafe(no_mangle)]
            unsafe extern "C" fn free(block: *mut c_void) {
                // SAFETY: the caller's promise (free(3)).
                unsafe { interpose::free(block) }
            }
        };
    };
}

/// Nothing, in a build without checks.
#[cfg(not(any(debug_assertions, feature = "checked")))]
#[macro_export]
macro_rules! interpose_malloc {
    () => {};
}

/// Only where glibc is.
#[cfg(all(not(all(target_os = "linux", target_env = "gnu")), any(debug_assertions, feature = "checked")))]
#[macro_export]
macro_rules! interpose_malloc {
    () => {
        ::core::compile_error!("`interpose_malloc!` needs Linux with glibc; leave it out on this system");
    };
}
