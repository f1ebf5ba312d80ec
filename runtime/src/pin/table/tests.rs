//! Pins and their counts against a model.

use super::*;
use proptest::prelude::*;
use std::cell::Cell;
use std::collections::HashMap;

const EVERY: u32 = 1000;

#[test]
fn counts_and_sites() {
    let table = PinTable::new();
    let flags = Cell::new(0);
    let here = Location::caller();
    let pin = Pin::new(here, HolderId::NOBODY, 0);
    assert!(table.pin(0x1000, pin, EVERY, || flags.set(1)).is_some());
    assert!(table.pin(0x1000, pin, EVERY, || flags.set(9)).is_some());
    assert_eq!((table.count(0x1000), flags.get()), (2, 1));
    assert_eq!(table.first_site(0x1000), Some(here));
    table.unpin(0x1000, here, HolderId::NOBODY, || flags.set(9));
    assert_eq!((table.count(0x1000), flags.get()), (1, 1));
    table.unpin(0x1000, here, HolderId::NOBODY, || flags.set(2));
    assert_eq!((table.count(0x1000), flags.get()), (0, 2));
    assert_eq!(table.first_site(0x1000), None);
    table.unpin(0x1000, here, HolderId::NOBODY, || flags.set(9));
    assert_eq!((flags.get(), table.total()), (2, 0), "an unpin without a pin is ignored");
}

#[test]
fn each_holder_ends_its_own_pin() {
    let table = PinTable::new();
    let here = Location::caller();
    let holders = [1, 2, 3, 4, 5, 6].map(HolderId::of_word);
    let due: Vec<bool> =
        holders.iter().filter_map(|holder| table.pin(0x40, Pin::new(here, *holder, 0), 3, || {})).collect();
    assert_eq!((due, table.total()), (vec![false, false, true, false, false, true], 6));
    let kept = |table: &PinTable| -> Vec<HolderId> {
        let mut all = Vec::new();
        table.all(&mut all);
        all.iter().flat_map(|pins| pins.kept().map(|pin| pin.holder)).collect()
    };
    assert_eq!(kept(&table), holders[..KEPT]);
    table.unpin(0x40, here, holders[5], || {});
    assert_eq!(kept(&table), holders[..KEPT], "a pin that is only counted takes nobody's place");
    table.unpin(0x40, here, holders[1], || {});
    assert_eq!(kept(&table), [holders[0], holders[2], holders[3]]);
    table.keep_for_ever(0x40, here, holders[2]);
    assert_eq!(kept(&table), [holders[0], HolderId::NOBODY, holders[3]]);
    assert_eq!((table.count(0x40), table.total()), (4, 4));
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
                table.pin(start, Pin::new(here, HolderId::NOBODY, 0), EVERY, || hook.set(true));
                *count += 1;
                prop_assert_eq!(hook.get(), *count == 1);
            } else {
                table.unpin(start, here, HolderId::NOBODY, || hook.set(true));
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
