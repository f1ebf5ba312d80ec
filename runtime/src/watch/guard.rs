//! Copies between pages that cannot be touched, and what becomes of them when their call returns.
//!
//! Such a copy costs some microseconds, so only some calls get one: the first of each function, and one in many later on.

use super::{fault, memory};
use crate::desc::{FnDesc, Guards};
use crate::path::Path;
use crate::pin::stored::Lent;
use crate::sync::plain::{AtomicPtr, AtomicU64, AtomicUsize, Ordering};
use crate::sys;
use core::panic::Location;
use core::ptr::{self, NonNull};

/// So many of the first calls of a function are looked at closely.
const FIRST: u32 = 8;
/// Later on one in so many.
const EVERY: u32 = 256;

/// Whether this call of a function is one to look at closely.
pub(crate) fn is_turn(desc: &FnDesc) -> bool {
    let number = desc.next_call();
    number < FIRST || number.is_multiple_of(EVERY)
}

/// Whether the copies of a call lie between guard pages: as the contract says, else where it is the call's turn.
pub(crate) fn is_wanted(desc: &FnDesc, is_turn: bool) -> bool {
    match desc.guards {
        Guards::Sometimes => is_turn,
        Guards::Always => true,
        Guards::Never => false,
    }
}

/// Address space on either side of a copy: what a jump must be longer than to go unseen.
const GUARD: usize = 1 << 20;
/// Copies that are remembered, under way and revoked ones.
const SLOTS: usize = 1024;
/// Bytes in front of a copy and behind it that are looked at: more than the page that holds them does not have.
const AROUND: usize = 64;
const AROUND_BYTE: u8 = 0xc9;

/// A copy as the fault handler finds it. All zero while it is free.
#[derive(Debug, Default)]
pub(super) struct Slot {
    // The whole mapping; `base` is written last and cleared first.
    base: AtomicUsize,
    end: AtomicUsize,
    start: AtomicUsize,
    bytes: AtomicUsize,
    desc: AtomicPtr<FnDesc>,
    location: AtomicPtr<Location<'static>>,
    path: AtomicU64,
    is_revoked: AtomicUsize,
}

/// What the fault handler tells.
pub(super) struct Found {
    pub(super) start: usize,
    pub(super) bytes: usize,
    pub(super) is_revoked: bool,
    pub(super) lent: Lent,
}

// Not in static memory: a search for pointers that C keeps would find ours.
static TABLE: AtomicPtr<Slot> = AtomicPtr::new(ptr::null_mut());
static NEXT: AtomicUsize = AtomicUsize::new(0);

fn slots() -> Option<&'static [Slot]> {
    let mut table = TABLE.load(Ordering::Acquire);
    if table.is_null() {
        let bytes = SLOTS * size_of::<Slot>();
        let fresh = sys::map_pages(bytes)?;
        let cast = fresh.as_ptr().cast::<Slot>();
        match TABLE.compare_exchange(ptr::null_mut(), cast, Ordering::AcqRel, Ordering::Acquire) {
            Ok(_) => table = cast,
            Err(winner) => {
                // SAFETY: another thread won; this mapping was never published.
                unsafe { sys::unmap_pages(fresh, bytes) };
                table = winner;
            }
        }
    }
    // SAFETY: the mapping holds SLOTS zeroed slots, all atomics, for which zero is valid, and is never unmapped.
    Some(unsafe { core::slice::from_raw_parts(table, SLOTS) })
}

/// The copy whose pages, or the guards around them, an address is in. For the fault handler: takes no lock.
pub(super) fn find(addr: usize) -> Option<Found> {
    let table = TABLE.load(Ordering::Acquire);
    if table.is_null() {
        return None;
    }
    // SAFETY: as in `slots`.
    let slots = unsafe { core::slice::from_raw_parts(table, SLOTS) };
    let slot = slots.iter().find(|slot| {
        let base = slot.base.load(Ordering::Acquire);
        base != 0 && (base..slot.end.load(Ordering::Relaxed)).contains(&addr)
    })?;
    // SAFETY: null, or what `Guarded::new` took from a reference to a static.
    let desc = unsafe { slot.desc.load(Ordering::Relaxed).as_ref() }?;
    // SAFETY: as above.
    let location = unsafe { slot.location.load(Ordering::Relaxed).as_ref() }?;
    let path = Path::from_bits(slot.path.load(Ordering::Relaxed));
    Some(Found {
        start: slot.start.load(Ordering::Relaxed),
        bytes: slot.bytes.load(Ordering::Relaxed),
        is_revoked: slot.is_revoked.load(Ordering::Relaxed) != 0,
        lent: Lent { desc, path, location },
    })
}

/// Lets the program touch the page of a copy or guard after all; `false` when the system refuses. For the fault handler.
pub(super) fn open(addr: usize) -> bool {
    let page = sys::page_size();
    // SAFETY: `find` has told the handler that the address is in the mapping of a copy, in which nothing of Rust's lies.
    find(addr).is_some() && unsafe { sys::protect(addr / page * page, page, true) }
}

/// A copy under way.
#[derive(Debug)]
pub(crate) struct Guarded {
    slot: &'static Slot,
    // The pages that can be touched.
    pages: (usize, usize),
}

impl Guarded {
    /// Room for a copy of `bytes` bytes, as aligned as `addr` and as near to the guard behind it as that allows.
    pub(crate) fn new(addr: usize, bytes: usize, lent: Lent) -> Option<Self> {
        fault::install();
        let page = sys::page_size();
        let align = [4096, 512].into_iter().find(|align| addr.is_multiple_of(*align)).unwrap_or(16);
        // Room for what is looked at in front, and for what alignment leaves behind.
        let inner = (bytes + AROUND + align).next_multiple_of(page);
        let whole = inner + 2 * GUARD;
        let base = sys::reserve_pages(whole)?;
        let first = base.addr().get() + GUARD;
        // SAFETY: inside the mapping made above.
        if !unsafe { sys::protect(first, inner, true) } {
            // SAFETY: the mapping made above, given to nobody.
            unsafe { sys::unmap_pages(base, whole) };
            return None;
        }
        let last = first + inner - bytes;
        let start = last - (last.wrapping_sub(addr)) % align;
        let slot = take_slot(base, whole)?;
        slot.start.store(start, Ordering::Relaxed);
        slot.bytes.store(bytes, Ordering::Relaxed);
        slot.desc.store(ptr::from_ref(lent.desc).cast_mut(), Ordering::Relaxed);
        slot.location.store(ptr::from_ref(lent.location).cast_mut(), Ordering::Relaxed);
        slot.path.store(lent.path.to_bits(), Ordering::Relaxed);
        slot.is_revoked.store(0, Ordering::Relaxed);
        slot.end.store(base.addr().get() + whole, Ordering::Relaxed);
        slot.base.store(base.as_ptr().expose_provenance(), Ordering::Release);
        let guarded = Self { slot, pages: (first, first + inner) };
        // SAFETY: `inner` has room for it in front of the copy.
        unsafe { memory::write(start - AROUND, &[AROUND_BYTE; AROUND]) };
        // SAFETY: what is left of the open pages behind the copy.
        unsafe { memory::write(start + bytes, &vec![AROUND_BYTE; guarded.behind()]) };
        Some(guarded)
    }

    pub(crate) fn start(&self) -> usize {
        self.slot.start.load(Ordering::Relaxed)
    }

    fn end(&self) -> usize {
        self.start() + self.slot.bytes.load(Ordering::Relaxed)
    }

    /// How many bytes lie between the copy and the guard.
    fn behind(&self) -> usize {
        self.pages.1 - self.end()
    }

    pub(crate) fn changed_behind(&self) -> Option<usize> {
        // SAFETY: open pages of this copy's mapping.
        let behind = unsafe { memory::read(self.end(), self.behind()) };
        behind.iter().position(|byte| *byte != AROUND_BYTE)
    }

    pub(crate) fn changed_before(&self) -> Option<usize> {
        // SAFETY: open pages of this copy's mapping.
        let before = unsafe { memory::read(self.start() - AROUND, AROUND) };
        before.iter().position(|byte| *byte != AROUND_BYTE).map(|at| AROUND - at)
    }

    /// From here on nobody can touch it.
    pub(crate) fn revoke(self) {
        let (first, end) = self.pages;
        self.slot.is_revoked.store(1, Ordering::Relaxed);
        // SAFETY: this copy's own mapping, in which nothing of Rust's lies.
        unsafe { sys::protect(first, end - first, false) };
        // SAFETY: as above.
        unsafe { sys::forget_contents(first, end - first) };
    }
}

/// A slot for a new copy: the oldest one whose call has returned. Gives back the memory where there is none.
fn take_slot(base: NonNull<u8>, whole: usize) -> Option<&'static Slot> {
    let Some(slots) = slots() else {
        // SAFETY: the caller's mapping, given to nobody.
        unsafe { sys::unmap_pages(base, whole) };
        return None;
    };
    for _ in 0..SLOTS {
        let slot = &slots[NEXT.fetch_add(1, Ordering::Relaxed) % SLOTS];
        let old = slot.base.load(Ordering::Acquire);
        if old == 0 && slot.end.compare_exchange(0, 1, Ordering::AcqRel, Ordering::Relaxed).is_ok() {
            return Some(slot);
        }
        if old > 1
            && slot.is_revoked.load(Ordering::Relaxed) != 0
            && slot.base.compare_exchange(old, 0, Ordering::AcqRel, Ordering::Relaxed).is_ok()
        {
            let end = slot.end.load(Ordering::Relaxed);
            if let Some(start) = NonNull::new(ptr::with_exposed_provenance_mut(old)) {
                // SAFETY: a mapping of `Guarded::new`, whole; its call has returned, and nobody finds it any more.
                unsafe { sys::unmap_pages(start, end - old) };
            }
            return Some(slot);
        }
    }
    // SAFETY: the caller's mapping, given to nobody.
    unsafe { sys::unmap_pages(base, whole) };
    None
}
