//! The pins made by hand of all threads: which table is whose, and what all of them say together.

use super::limit;
use super::table::{Found, Pin, Slot, Table};
use crate::sync::plain::{AtomicBool, AtomicPtr, Ordering};
use crate::sys;
use core::cell::Cell;
use core::panic::Location;
use core::ptr;

/// A table, and whether a thread has it.
#[repr(C)]
struct Entry {
    // First: a table's address is its entry's.
    table: Table,
    owned: AtomicBool,
    next: AtomicPtr<Entry>,
}

/// All tables, newest first. Only ever grows at the head; none is ever unmapped.
static TABLES: AtomicPtr<Entry> = AtomicPtr::new(ptr::null_mut());

/// The newest table when a fork began.
static FORKING: AtomicPtr<Entry> = AtomicPtr::new(ptr::null_mut());

thread_local! {
    static OWN: Cell<*const Entry> = const { Cell::new(ptr::null()) };
    static LEAVE: Leave = const { Leave };
}

/// At the end of a thread: its table is free for another, with the pins that stand.
struct Leave;

impl Drop for Leave {
    fn drop(&mut self) {
        // SAFETY: null or an entry of the list.
        if let Some(own) = unsafe { OWN.replace(ptr::null()).as_ref() } {
            own.owned.store(false, Ordering::Release);
        }
    }
}

impl Entry {
    fn claim() -> Option<&'static Self> {
        for entry in entries(TABLES.load(Ordering::Acquire)) {
            if !entry.owned.load(Ordering::Relaxed)
                && entry.owned.compare_exchange(false, true, Ordering::Acquire, Ordering::Relaxed).is_ok()
            {
                return Some(entry);
            }
        }
        let pages = sys::map_pages(size_of::<Self>())?.cast::<Self>();
        // SAFETY: fresh zeroed pages of that size, never unmapped; zero is valid for every atomic inside, and an empty table.
        let entry: &'static Self = unsafe { pages.as_ref() };
        entry.owned.store(true, Ordering::Relaxed);
        let mut head = TABLES.load(Ordering::Relaxed);
        loop {
            entry.next.store(head, Ordering::Relaxed);
            match TABLES.compare_exchange_weak(head, pages.as_ptr(), Ordering::AcqRel, Ordering::Relaxed) {
                Ok(_) => return Some(entry),
                Err(now) => head = now,
            }
        }
    }
}

/// The tables from this one on.
fn entries(first: *mut Entry) -> impl Iterator<Item = &'static Entry> {
    let mut next = first;
    core::iter::from_fn(move || {
        // SAFETY: the list holds mapped entries that are never unmapped; an entry is all atomics.
        let entry = unsafe { next.as_ref() }?;
        next = entry.next.load(Ordering::Acquire);
        Some(entry)
    })
}

fn tables() -> impl Iterator<Item = &'static Table> {
    entries(TABLES.load(Ordering::Acquire)).map(|entry| &entry.table)
}

/// Pins the block starting at `start` once more, in this thread's table. As [`Table::pin`].
pub(crate) fn pin(start: usize, pin: &Pin) -> Option<&'static Slot> {
    // SAFETY: null or an entry of the list.
    let Some(own) = (unsafe { OWN.get().as_ref() }) else { return pin_first(start, pin) };
    let slot = own.table.pin(start, pin)?;
    if own.table.is_due(0) {
        own.table.look_after(limit::look());
    }
    Some(slot)
}

/// This thread's table, if it has one.
#[inline]
pub(super) fn own() -> Option<&'static Table> {
    // SAFETY: null or an entry of the list.
    unsafe { OWN.get().as_ref() }.map(|own| &own.table)
}

/// The first pin of a thread, or one that is made when the thread is nearly gone.
#[cold]
fn pin_first(start: usize, pin: &Pin) -> Option<&'static Slot> {
    crate::exit::arm_exit();
    let own = Entry::claim()?;
    if LEAVE.try_with(|_| ()).is_ok() {
        OWN.set(own);
        return own.table.pin(start, pin);
    }
    let pinned = own.table.pin(start, pin);
    own.owned.store(false, Ordering::Release);
    pinned
}

/// Ends one pin of the slot, on any thread.
#[inline]
pub(crate) fn unpin(slot: &'static Slot) {
    unpin_of(own(), slot);
}

/// The same, where this thread's table is known.
#[inline]
pub(super) fn unpin_of(own: Option<&'static Table>, slot: &'static Slot) {
    let table = slot.table();
    match own {
        Some(own) if ptr::eq(table, own) => own.unpin(slot),
        // SAFETY: the table that `Table::pin` wrote there, which stays mapped.
        _ => _ = unsafe { table.as_ref() }.map(|table| table.unpin_elsewhere(slot)),
    }
}

/// How often the block starting at `start` is pinned.
pub(crate) fn count(start: usize) -> u32 {
    let own = OWN.get();
    let count = |entry: &Entry| {
        if ptr::eq(entry, own) { entry.table.count_of_own(start) } else { entry.table.count_of(start) }
    };
    entries(TABLES.load(Ordering::Acquire)).map(count).sum()
}

/// Whether the block starting at `start` is pinned.
pub(crate) fn is_pinned(start: usize) -> bool {
    // SAFETY: null or an entry of the list.
    let own = unsafe { OWN.get().as_ref() };
    own.is_some_and(|own| own.table.count_of_own(start) > 0) || first_site(start).is_some()
}

/// One place that pins the block, if it is pinned.
pub(crate) fn first_site(start: usize) -> Option<&'static Location<'static>> {
    tables().find_map(|table| table.first(start)).map(|found| found.pin.site)
}

/// How many pins there are, of all blocks: a sum over the tables, one after another.
pub(crate) fn total() -> usize {
    tables().map(|table| table.total() as usize).sum()
}

/// Has every thread look at the sum of all tables at its next pin.
pub(super) fn look_soon() {
    tables().for_each(|table| table.look_after(0));
}

/// Every pin that stands, by block and in each block by place. A picture of one moment: other threads go on pinning.
pub(crate) fn all() -> Vec<Found> {
    let mut found: Vec<Found> = tables().flat_map(Table::all).collect();
    found.sort_by_key(|found| (found.start, found.pin.site, found.pin.holder));
    found
}

/// Keeps all tables from being swept, or lets them again, around a fork.
pub(crate) fn around_fork(is_before: bool) {
    if is_before {
        FORKING.store(TABLES.load(Ordering::Acquire), Ordering::Relaxed);
    }
    // What came since is not ours to let go.
    for entry in entries(FORKING.load(Ordering::Relaxed)) {
        entry.table.around_fork(is_before);
    }
}
