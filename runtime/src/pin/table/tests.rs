//! Pins and their counts against a model.

use super::*;
use crate::pin::mark::HolderId;
use core::panic::Location;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// A table of nobody's: all-zero, as from the system.
fn table() -> &'static Table {
    let table = crate::sys::map_pages(size_of::<Table>()).expect("memory").cast::<Table>();
    // SAFETY: fresh zeroed pages of that size; zero is valid for every atomic inside.
    unsafe { table.as_ref() }
}

fn pin(holder: u64) -> Pin {
    Pin::new(Location::caller(), HolderId::of_word(!holder), 0)
}

#[test]
fn pins_of_one_holder_and_place_share_a_slot() {
    let table = table();
    let made = pin(7);
    let one = table.pin(0x1000, &made).expect("memory");
    let same = table.pin(0x1000, &made).expect("memory");
    assert!(ptr::eq(one, same));
    let other = table.pin(0x1000, &pin(8)).expect("memory");
    assert!(!ptr::eq(one, other));
    assert_eq!((table.count_of(0x1000), table.total(), table.count_of(0x1010)), (3, 3, 0));
    assert_eq!(table.all().map(|found| (found.start, found.count)).collect::<Vec<_>>(), [(0x1000, 2), (0x1000, 1)]);
    table.unpin(one);
    table.unpin_elsewhere(same);
    assert_eq!((table.count_of(0x1000), table.first(0x1000).map(|found| found.pin.holder.bits())), (1, Some(8)));
    other.keep_for_ever();
    assert_eq!(table.first(0x1000).map(|found| found.pin.holder), Some(HolderId::NOBODY));
    table.unpin(other);
    assert_eq!((table.count_of(0x1000), table.total(), table.all().count()), (0, 0, 0));
}

#[test]
fn slots_without_pins_are_used_again() {
    let table = table();
    let kept: Vec<&Slot> = (1..40).map(|number| table.pin(number * 16, &pin(1)).expect("memory")).collect();
    for number in 100..100_000 {
        let slot = table.pin(number * 16, &pin(2)).expect("memory");
        if number % 2 == 0 { table.unpin(slot) } else { table.unpin_elsewhere(slot) }
    }
    assert_eq!((table.total(), table.slots().count()), (39, 128));
    assert!((1..40).all(|number| table.count_of(number * 16) == 1));
    kept.into_iter().for_each(|slot| table.unpin(slot));
    assert_eq!((table.total(), table.all().count()), (0, 0));
}

#[test]
fn many_holders_of_one_block_are_all_told() {
    let table = table();
    let slots: Vec<&Slot> = (1..=5_000).map(|holder| table.pin(0x40, &pin(holder)).expect("memory")).collect();
    assert_eq!((table.count_of(0x40), table.all().count()), (5_000, 5_000));
    slots.iter().step_by(2).for_each(|slot| table.unpin(slot));
    assert_eq!((table.count_of(0x40), table.all().count()), (2_500, 2_500));
}

/// How many entries and slots are looked at to find all slots of the block.
fn looks(table: &Table, start: usize) -> usize {
    let index = table.index().expect("something is pinned");
    let mut at = index.place(start);
    let mut looks = 0;
    loop {
        looks += 1;
        // SAFETY: null or a slot of the table.
        let first = unsafe { index.entry_at(at).load(Ordering::Relaxed).as_ref() }.expect("the block is pinned");
        if first.start.load(Ordering::Relaxed) == start {
            // SAFETY: null or a slot of the table.
            let next = |slot: &&Slot| unsafe { slot.next.load(Ordering::Relaxed).as_ref() };
            return looks + core::iter::successors(Some(first), next).count();
        }
        at += 1;
    }
}

#[test]
fn what_a_pin_looks_at_does_not_grow_with_their_number() {
    for count in [1_000, 10_000, 100_000] {
        // Blocks as an allocator lays them out, pinned twice: by one holder at one place, and at two.
        for (second, slots_each) in [(pin(1), 1), (pin(2), 2)] {
            let table = table();
            let starts = (0..count).map(|number| 0x7f12_3400_0000 + number * 80);
            let first = Pin { holder: HolderId::of_word(!1), ..second };
            for start in starts.clone() {
                assert!(table.pin(start, &first).is_some() && table.pin(start, &second).is_some());
            }
            let all = starts.clone().map(|start| looks(table, start)).sum::<usize>();
            assert!(all <= count * (1 + slots_each + 1), "{all} looks at {count} blocks of {slots_each} slots");
            let most = starts.map(|start| looks(table, start)).max();
            assert!(most.is_some_and(|most| most <= 64), "{most:?} looks at one of {count} blocks");
            // Each time there is no room, the table at least doubles.
            let sweeps = table.version.load(Ordering::Relaxed) / 2;
            assert!(sweeps <= 2 + (count * slots_each / FIRST_SLOTS).ilog2(), "{sweeps} sweeps for {count}");
            assert_eq!((table.total() as usize, table.all().count()), (2 * count, slots_each * count));
        }
    }
}

proptest! {
    #[test]
    fn behaves_like_a_map(
        steps in prop::collection::vec((0_usize..300, 0_u64..3, 0_u8..4), 0..3000),
    ) {
        let table = table();
        let here = Location::caller();
        let mut standing: Vec<(usize, u64, &Slot)> = Vec::new();
        for (key, holder, what) in steps {
            match what {
                0 | 1 => {
                    let start = 0x10_0000 + key * 48 / 16 * 16;
                    let pin = Pin::new(here, HolderId::of_word(!holder), 0);
                    standing.push((start, holder, table.pin(start, &pin).expect("memory")));
                }
                _ if standing.is_empty() => {}
                ends => {
                    let (_, _, slot) = standing.swap_remove(key % standing.len());
                    if ends == 2 { table.unpin(slot) } else { table.unpin_elsewhere(slot) }
                }
            }
        }
        let mut model: BTreeMap<(usize, u64), u32> = BTreeMap::new();
        let mut counts: BTreeMap<usize, u32> = BTreeMap::new();
        for (start, holder, _) in &standing {
            *model.entry((*start, *holder)).or_default() += 1;
            *counts.entry(*start).or_default() += 1;
        }
        let mut found: BTreeMap<(usize, u64), u32> = BTreeMap::new();
        for each in table.all() {
            *found.entry((each.start, each.pin.holder.bits())).or_default() += each.count;
        }
        prop_assert_eq!(found, model);
        prop_assert_eq!(table.total() as usize, standing.len());
        for key in 0..300 {
            let start = 0x10_0000 + key * 48;
            prop_assert_eq!(table.count_of(start), counts.get(&start).copied().unwrap_or(0));
        }
    }
}

#[test]
fn somebody_looks_when_pins_have_grown_by_so_many() {
    let table = table();
    let made = pin(1);
    let mut pins = 0;
    assert!(table.pin_again(0x40, &made).is_none());
    let mut pin_until_due = || {
        while !table.is_due(0) {
            assert!(table.pin(0x40, &made).is_some());
            pins += 1;
        }
        pins
    };
    assert_eq!(pin_until_due(), 0, "nobody has said when");
    table.look_after(4);
    assert_eq!(pin_until_due(), 4);
    assert!(table.pin_again(0x40, &made).is_none());
    table.look_after(0);
    assert!(table.is_due(0));
}
