//! The pin table: how often each block is pinned by hand, and where.
//!
//! Sharded by address; a shard is an open-addressing table in memory of its own, so that an
//! allocator hook may look while it holds nothing else.

use crate::sync::SpinLock;
use crate::sys;
use core::panic::Location;
use core::ptr::NonNull;

#[cfg(not(loom))]
const SHARDS: usize = 64;
#[cfg(loom)]
const SHARDS: usize = 2;
const FIRST_CAPACITY: usize = 64;
/// Sites kept of one block; later pins are counted only.
pub(crate) const SITES: usize = 4;

type Site = &'static Location<'static>;

/// Counts and sites of the pins of each block, by the block's start.
pub(crate) struct PinTable {
    shards: [SpinLock<Shard>; SHARDS],
}

/// The pins of one block.
#[derive(Clone, Copy)]
pub(crate) struct Pins {
    // 0 is a free record; a record whose count fell to 0 keeps its key, so that probing goes on past it.
    pub(crate) start: usize,
    pub(crate) count: u32,
    pub(crate) sites: [Option<Site>; SITES],
}

struct Shard {
    records: Option<NonNull<Pins>>,
    capacity: usize,
    // Records with a key, whether pinned or not.
    used: usize,
}

// SAFETY: the records belong to the shard alone, and sites are shared references to statics.
unsafe impl Send for Shard {}

impl Shard {
    const EMPTY: Self = Self { records: None, capacity: 0, used: 0 };

    fn records(&mut self) -> &mut [Pins] {
        match self.records {
            // SAFETY: `grow` mapped `capacity` zeroed records, for which all-zero is a valid free
            // record (None is the null niche of a reference); `&mut self` makes the access unique.
            Some(records) => unsafe { core::slice::from_raw_parts_mut(records.as_ptr(), self.capacity) },
            None => &mut [],
        }
    }

    /// The record of `start`, or the free one where it would go.
    fn slot(&mut self, start: usize) -> Option<&mut Pins> {
        let capacity = self.capacity;
        let first = start >> 4;
        let mut at = first.wrapping_mul(0x9e37_79b9_7f4a_7c15_u64 as usize) >> 20;
        let records = self.records();
        for _ in 0..capacity {
            at &= capacity - 1;
            if records[at].start == start || records[at].start == 0 {
                return records.get_mut(at);
            }
            at += 1;
        }
        None
    }

    /// Makes room for one more key. `false` when the system gives no memory.
    fn reserve(&mut self) -> bool {
        if self.used * 4 < self.capacity * 3 {
            return true;
        }
        let pinned = self.records().iter().filter(|record| record.count > 0).count();
        let capacity = (pinned * 4).max(FIRST_CAPACITY).next_power_of_two();
        let Some(pages) = sys::map_pages(capacity * size_of::<Pins>()) else { return false };
        let mut grown = Shard { records: Some(pages.cast()), capacity, used: 0 };
        for record in self.records().iter().filter(|record| record.count > 0) {
            if let Some(slot) = grown.slot(record.start) {
                *slot = *record;
                grown.used += 1;
            }
        }
        let old = core::mem::replace(self, grown);
        if let Some(pages) = old.records {
            // SAFETY: the old mapping was of this size, and its records were copied above.
            unsafe { sys::unmap_pages(pages.cast(), old.capacity * size_of::<Pins>()) };
        }
        true
    }
}

impl PinTable {
    /// No pins.
    #[cfg(not(loom))]
    pub(crate) const fn new() -> Self {
        Self { shards: [const { SpinLock::new(Shard::EMPTY) }; SHARDS] }
    }

    /// No pins.
    #[cfg(loom)]
    pub(crate) fn new() -> Self {
        Self { shards: core::array::from_fn(|_| SpinLock::new(Shard::EMPTY)) }
    }

    fn shard(&self, start: usize) -> &SpinLock<Shard> {
        &self.shards[(start >> 4 ^ start >> 12) % SHARDS]
    }

    /// Pins the block starting at `start` once more; `on_first` runs under the lock when it was not pinned.
    ///
    /// `false` when there is no memory to remember it, and then nothing is pinned.
    pub(crate) fn pin(&self, start: usize, site: Site, on_first: impl FnOnce()) -> bool {
        self.shard(start).with(|shard| {
            if !shard.reserve() {
                return false;
            }
            let Some(record) = shard.slot(start) else { return false };
            let is_new = record.start == 0;
            record.start = start;
            if record.count == 0 {
                record.sites = [None; SITES];
                on_first();
            }
            if let Some(free) = record.sites.iter_mut().find(|site| site.is_none()) {
                *free = Some(site);
            }
            record.count += 1;
            if is_new {
                shard.used += 1;
            }
            true
        })
    }

    /// Takes one pin of `site` off the block; `on_last` runs under the lock when no pin is left. Unknown blocks are ignored.
    pub(crate) fn unpin(&self, start: usize, site: Site, on_last: impl FnOnce()) {
        self.shard(start).with(|shard| {
            let Some(record) = shard.slot(start).filter(|record| record.start == start && record.count > 0) else {
                return;
            };
            record.count -= 1;
            if let Some(own) = record.sites.iter_mut().find(|kept| kept.is_some_and(|kept| core::ptr::eq(kept, site))) {
                *own = None;
            }
            if record.count == 0 {
                on_last();
            }
        });
    }

    /// Takes or gives back every lock of the table, around a fork.
    #[cfg(not(loom))]
    pub(crate) fn around_fork(&self, is_before: bool) {
        for shard in &self.shards {
            if is_before { shard.hold() } else { shard.let_go() }
        }
    }

    /// How often the block is pinned.
    pub(crate) fn count(&self, start: usize) -> u32 {
        self.shard(start).with(|shard| match shard.slot(start) {
            Some(record) if record.start == start => record.count,
            _ => 0,
        })
    }

    /// Adds every pinned block to `found`. Nothing is allocated under a lock, which an allocator hook may want.
    #[cfg(not(loom))]
    pub(crate) fn all(&self, found: &mut Vec<Pins>) {
        for shard in &self.shards {
            let before = found.len();
            loop {
                let missing = shard.with(|shard| {
                    let mut pinned = shard.records().iter().filter(|pins| pins.count > 0);
                    while found.len() < found.capacity()
                        && let Some(pins) = pinned.next()
                    {
                        found.push(*pins);
                    }
                    pinned.count()
                });
                if missing == 0 {
                    break;
                }
                found.truncate(before);
                // Others may pin meanwhile.
                let room = (found.capacity() + missing) * 2 - before;
                found.reserve(room);
            }
        }
    }

    /// One place that pins the block, if it is pinned.
    pub(crate) fn first_site(&self, start: usize) -> Option<Site> {
        self.shard(start).with(|shard| {
            let record = shard.slot(start).filter(|record| record.start == start && record.count > 0)?;
            record.sites.iter().flatten().next().copied()
        })
    }
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::cell::Cell;
    use std::collections::HashMap;

    #[test]
    fn counts_and_sites() {
        let table = PinTable::new();
        let flags = Cell::new(0);
        let here = Location::caller();
        assert!(table.pin(0x1000, here, || flags.set(1)));
        assert!(table.pin(0x1000, here, || flags.set(9)));
        assert_eq!((table.count(0x1000), flags.get()), (2, 1));
        assert_eq!(table.first_site(0x1000), Some(here));
        table.unpin(0x1000, here, || flags.set(9));
        assert_eq!((table.count(0x1000), flags.get()), (1, 1));
        table.unpin(0x1000, here, || flags.set(2));
        assert_eq!((table.count(0x1000), flags.get()), (0, 2));
        assert_eq!(table.first_site(0x1000), None);
        table.unpin(0x1000, here, || flags.set(9));
        assert_eq!(flags.get(), 2, "an unpin without a pin is ignored");
    }

    proptest! {
        #[test]
        fn behaves_like_a_map(steps in prop::collection::vec((0_usize..300, any::<bool>()), 0..2000)) {
            let table = PinTable::new();
            let here = Location::caller();
            let mut model = HashMap::<usize, u32>::new();
            for (key, pins) in steps {
                let start = 0x10_0000 + key * 48;
                let count = model.entry(start).or_default();
                let hook = Cell::new(false);
                if pins {
                    table.pin(start, here, || hook.set(true));
                    *count += 1;
                    prop_assert_eq!(hook.get(), *count == 1);
                } else {
                    table.unpin(start, here, || hook.set(true));
                    prop_assert_eq!(hook.get(), *count == 1);
                    *count = count.saturating_sub(1);
                }
                prop_assert_eq!(table.count(start), *count);
            }
            for (start, count) in model {
                prop_assert_eq!(table.count(start), count);
            }
        }
    }
}

#[cfg(all(test, loom))]
mod loom_tests {
    use super::*;
    use loom::sync::Arc;
    use loom::sync::atomic::{AtomicUsize, Ordering};
    use loom::thread;

    /// Two threads pin and unpin one block: the flag kept by the hooks is set exactly while the count is above zero.
    #[test]
    fn loom_flag_follows_count() {
        loom::model(|| {
            let table = Arc::new(PinTable::new());
            let flag = Arc::new(AtomicUsize::new(0));
            let toggle = |table: Arc<PinTable>, flag: Arc<AtomicUsize>| {
                let here = Location::caller();
                assert!(table.pin(0x40, here, || assert_eq!(flag.swap(1, Ordering::SeqCst), 0)));
                assert_eq!(flag.load(Ordering::SeqCst), 1, "pinned here, so the flag stands");
                assert!(table.count(0x40) >= 1);
                table.unpin(0x40, here, || assert_eq!(flag.swap(0, Ordering::SeqCst), 1));
            };
            let other = {
                let (table, flag) = (Arc::clone(&table), Arc::clone(&flag));
                thread::spawn(move || toggle(table, flag))
            };
            toggle(Arc::clone(&table), Arc::clone(&flag));
            other.join().expect("the other thread does not panic");
            assert_eq!(table.count(0x40), 0);
            assert_eq!(flag.load(Ordering::SeqCst), 0);
        });
    }

    /// A reader never sees a site of an unpinned block.
    #[test]
    fn loom_site_implies_pin() {
        loom::model(|| {
            let table = Arc::new(PinTable::new());
            let here = Location::caller();
            let other = {
                let table = Arc::clone(&table);
                thread::spawn(move || {
                    table.pin(0x40, here, || {});
                    table.unpin(0x40, here, || {});
                })
            };
            if let Some(site) = table.first_site(0x40) {
                assert_eq!(site, here);
            }
            other.join().expect("the other thread does not panic");
            assert_eq!(table.first_site(0x40), None);
        });
    }
}
