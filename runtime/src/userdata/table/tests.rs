//! The handle table against a map, and with threads.

use super::*;
use proptest::prelude::*;
use std::collections::HashMap;
use std::sync::Arc;

#[test]
fn places_follow_each_other() {
    let mut expected = 0;
    for index in 0..100_000 {
        let (_, first, length) = place(index);
        if index == first {
            assert_eq!(first, expected);
            expected = first + length;
        }
        assert!(index >= first && index < first + length);
    }
}

#[test]
fn a_stale_key_finds_nothing_although_its_slot_is_used_again() {
    let table = Table::new();
    let first = table.insert(1_u32).expect("room");
    assert_eq!((table.get(first), table.remove(first)), (Some(1), Some(1)));
    let second = table.insert(2).expect("room");
    assert_eq!(second.index, first.index, "the slot is used again");
    assert_eq!((table.get(first), table.remove(first), table.get(second)), (None, None, Some(2)));
    assert_eq!(table.remove_if(second, |value| *value == 1), Err(Kept::Another));
    assert_eq!(table.remove_if(first, |_| true), Err(Kept::Nothing));
    assert_eq!(table.get(Key { index: 7_000_000, ..second }), None);
    assert_eq!(table.get(Key { index: u32::MAX, ..second }), None);
}

#[test]
fn a_slot_that_its_owner_keeps_is_nobody_elses() {
    let table = Table::new();
    let first = table.insert(1_u32).expect("room");
    let (value, spare) = table.take_out(first).expect("it is there");
    assert!(value == 1 && table.take_out(first).is_none() && table.get(first).is_none());
    let other = table.insert(2).expect("room");
    assert_ne!(other.index, first.index);
    let again = table.insert_in(spare.expect("nobody else was at it"), 3);
    assert_eq!((again.index, table.get(again), table.get(first)), (first.index, Some(3), None));
    let (_, spare) = table.take_out(again).expect("it is there");
    table.give_back_spare(spare.expect("as above"));
    assert_eq!(table.insert(4).map(|key| key.index), Ok(first.index));
}

proptest! {
    #[test]
    fn behaves_like_a_map(steps in prop::collection::vec((0..4_u8, 0_usize..200), 0..1500)) {
        let table = Table::new();
        let mut model: Vec<(Key, Option<usize>)> = Vec::new();
        let mut kept = None;
        for (number, (step, which)) in steps.into_iter().enumerate() {
            if step == 0 {
                model.push((table.insert(number).expect("room"), Some(number)));
                continue;
            }
            if step == 1 || model.is_empty() {
                let spare = kept.take().or_else(|| table.spare()).expect("room");
                model.push((table.insert_in(spare, number), Some(number)));
                continue;
            }
            let at = which % model.len();
            let (key, value) = &mut model[at];
            if step == 2 {
                prop_assert_eq!(table.remove(*key), value.take());
                continue;
            }
            let taken = table.take_out(*key);
            prop_assert_eq!(taken.as_ref().map(|(value, _)| *value), value.take());
            if let Some(spare) = taken.and_then(|(_, spare)| kept.replace(spare?)) {
                table.give_back_spare(spare);
            }
        }
        let distinct: HashMap<(u32, u32), ()> = model.iter().map(|(key, _)| ((key.index, key.generation), ())).collect();
        prop_assert_eq!(distinct.len(), model.len());
        for (key, value) in model {
            prop_assert_eq!(table.get(key), value);
        }
    }
}

#[test]
fn values_are_dropped_once_with_threads_looking_on() {
    let table = Table::new();
    let watched = Arc::new(());
    std::thread::scope(|s| {
        for _ in 0..4 {
            s.spawn(|| {
                for _ in 0..2_000 {
                    let key = table.insert(Arc::clone(&watched)).expect("room");
                    std::thread::scope(|s| {
                        let other = s.spawn(|| (table.get(key).is_some(), table.remove(key).is_some()));
                        let here = table.remove(key).is_some();
                        let (_, there) = other.join().expect("no panic");
                        assert!(here != there, "exactly one takes it out");
                    });
                    assert!(table.get(key).is_none());
                }
            });
        }
    });
    assert_eq!(Arc::strong_count(&watched), 1);
}
