//! One thread pins, others end pins and look.

use super::*;
use crate::pin::mark::HolderId;
use core::panic::Location;
use loom::sync::Arc;
use loom::thread;

/// Memory as loom wants it: every atomic made by itself. It is left behind, as the system's is.
pub(super) mod memory {
    use super::{AtomicPtr, AtomicU32, AtomicUsize, Index, NonNull, Slot, ptr};
    use crate::sync::atomic::AtomicU64;
    use std::alloc::Layout;

    pub(in super::super) fn slots(count: usize) -> Option<NonNull<Slot>> {
        let slot = |_| Slot {
            start: AtomicUsize::new(0),
            site: AtomicPtr::new(ptr::null_mut()),
            holder: AtomicU64::new(0),
            made: AtomicU64::new(0),
            next: AtomicPtr::new(ptr::null_mut()),
            table: AtomicPtr::new(ptr::null_mut()),
            count: AtomicU32::new(0),
            ended: AtomicU32::new(0),
        };
        let slots: Vec<Slot> = (0..count).map(slot).collect();
        NonNull::new(Vec::leak(slots).as_mut_ptr())
    }

    pub(in super::super) fn index(capacity: usize) -> Option<NonNull<Index>> {
        let layout = Layout::from_size_align(Index::bytes(capacity), align_of::<Index>()).expect("a layout");
        // SAFETY: not of size zero.
        let index: *mut Index = unsafe { std::alloc::alloc(layout) }.cast();
        // SAFETY: room for the header.
        unsafe { index.write(Index::empty()) };
        let entries: *mut AtomicPtr<Slot> = index.wrapping_add(1).cast();
        for at in 0..capacity {
            // SAFETY: room for `capacity` entries behind the header.
            unsafe { entries.add(at).write(AtomicPtr::new(ptr::null_mut())) };
        }
        NonNull::new(index)
    }
}

fn table() -> Arc<Table> {
    Arc::new(Table {
        pins: AtomicU32::new(0),
        ended: AtomicU32::new(0),
        unlooked: AtomicU32::new(0),
        version: AtomicU32::new(0),
        index: AtomicPtr::new(ptr::null_mut()),
        spare: AtomicPtr::new(ptr::null_mut()),
        free: AtomicPtr::new(ptr::null_mut()),
        unused: AtomicPtr::new(ptr::null_mut()),
        unused_left: AtomicUsize::new(0),
        chunks: core::array::from_fn(|_| AtomicPtr::new(ptr::null_mut())),
        sweeping: SpinLock::new(()),
    })
}

fn pin(holder: u64) -> Pin {
    Pin::new(Location::caller(), HolderId::of_word(!holder), 0)
}

/// A reader sees the pins that were there before it looked, while the owner takes the slot between them back for another block.
#[test]
fn loom_pins_are_seen_through_a_sweep() {
    loom::model(|| {
        let table = table();
        let [_, middle, _] = [2, 3, 4].map(|holder| table.pin(0x40, &pin(holder)).expect("memory"));
        table.unpin(middle);
        assert!(table.pin(0x80, &pin(5)).is_some());
        assert_eq!((table.slots().count(), table.count_of(0x40)), (4, 2));
        let reader = {
            let table = Arc::clone(&table);
            thread::spawn(move || {
                // Where the owner does not hold still for long nobody can tell, and that is one.
                let seen = table.of(0x40, |slots| slots.map(Slot::alive).sum::<u32>());
                assert!(seen.is_none_or(|seen| seen == 2), "{seen:?}");
                if let Some(found) = table.first(0x40) {
                    assert!(found.start == 0x40 && [2, 4].contains(&found.pin.holder.bits()));
                }
            })
        };
        // All slots are taken, and there is no memory for more.
        assert!(table.pin(0xc0, &pin(6)).is_some());
        reader.join().expect("the other thread does not panic");
        assert_eq!((table.count_of(0x40), table.count_of(0x80), table.count_of(0xc0)), (2, 1, 1));
    });
}

/// What another thread ends is ended once, and its slot may be used again only then.
#[test]
fn loom_pins_end_on_another_thread() {
    loom::model(|| {
        let table = table();
        let slot: *const Slot = table.pin(0x40, &pin(2)).expect("memory");
        let slot = slot.expose_provenance();
        let other = {
            let table = Arc::clone(&table);
            thread::spawn(move || {
                // SAFETY: slots are left behind, so they stay.
                let slot = unsafe { &*ptr::with_exposed_provenance::<Slot>(slot) };
                assert!(table.count_of(0x40) >= 1);
                table.unpin_elsewhere(slot);
            })
        };
        let second = table.pin(0x40, &pin(3)).expect("memory");
        assert!(table.count_of(0x40) >= 1);
        assert!(table.pin(0x80, &pin(4)).is_some());
        other.join().expect("the other thread does not panic");
        assert_eq!((table.count_of(0x40), table.total()), (1, 2));
        table.unpin(second);
        assert_eq!((table.count_of(0x40), table.count_of(0x80), table.total()), (0, 1, 1));
    });
}

/// A block without pins has none while another one takes the entry of the index where its own would be.
#[test]
fn loom_a_new_block_is_not_taken_for_another() {
    loom::model(|| {
        let table = table();
        [0x40, 0x80, 0xc0].map(|start| table.pin(start, &pin(2)).expect("memory"));
        // One slot is left, so that the next pin sweeps nothing.
        assert_eq!(table.unused_left.load(Ordering::Relaxed), 1);
        let index = table.index().expect("there are pins");
        let is_empty = |start: &usize| index.entry_at(index.place(*start)).load(Ordering::Relaxed).is_null();
        let mut empty = (0x100..0x10000_usize).step_by(0x10).filter(is_empty);
        let new = empty.next().expect("at most half is full");
        let place = |start: usize| index.place(start) & index.mask.load(Ordering::Relaxed);
        let other = empty.find(|other| place(*other) == place(new)).expect("few entries, many blocks");
        let reader = {
            let table = Arc::clone(&table);
            thread::spawn(move || {
                assert!(table.first(other).is_none(), "pins of another block");
                assert_eq!(table.count_of(other), 0);
            })
        };
        assert!(table.pin(new, &pin(3)).is_some());
        reader.join().expect("the other thread does not panic");
        assert_eq!((table.count_of(new), table.count_of(other)), (1, 0));
    });
}
