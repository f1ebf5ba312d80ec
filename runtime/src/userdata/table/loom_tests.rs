//! Models of the handle table: who looks, who removes, who adds again.

use super::*;
use loom::sync::Arc;
use loom::thread;

type Shared = Arc<Table<Arc<usize>>>;

/// A table, what is in it, and where.
fn with(number: usize) -> (Shared, Arc<usize>, Key) {
    let (table, value) = (Arc::new(Table::new()), Arc::new(number));
    let key = table.insert(Arc::clone(&value)).ok().expect("room");
    (table, value, key)
}

/// Does it on another thread.
fn meanwhile<R: 'static>(
    table: &Shared,
    does: impl FnOnce(&Table<Arc<usize>>) -> R + 'static,
) -> thread::JoinHandle<R> {
    let table = Arc::clone(table);
    thread::spawn(move || does(&table))
}

/// One thread looks while another removes: it finds the value whole or not at all, and the value is dropped once.
#[test]
fn loom_get_races_remove() {
    loom::model(|| {
        let (table, value, key) = with(5);
        let other = meanwhile(&table, move |table| table.get(key).map(|value| *value));
        assert!(table.remove(key).is_some());
        assert!(matches!(other.join().expect("no panic"), None | Some(5)));
        assert!(table.get(key).is_none());
        assert_eq!(Arc::strong_count(&value), 1);
    });
}

/// One thread finds that the value is not what it wants while another takes it out: it is dropped once.
#[test]
fn loom_refused_while_removed() {
    loom::model(|| {
        let (table, value, key) = with(5);
        let other = meanwhile(&table, move |table| table.remove_if(key, |value| **value == 6).is_err());
        assert!(table.remove(key).is_some_and(|value| *value == 5));
        assert!(other.join().expect("no panic"));
        assert!(table.get(key).is_none());
        assert_eq!(Arc::strong_count(&value), 1);
    });
}

/// Two threads remove the same, and one adds again: the old key never finds the new value.
#[test]
fn loom_remove_once_and_reuse() {
    loom::model(|| {
        let (table, _, key) = with(1);
        let other = meanwhile(&table, move |table| table.remove(key).is_some());
        let here = table.remove(key).is_some();
        let new = table.insert(Arc::new(2_usize)).ok().expect("room");
        assert!(table.get(key).is_none_or(|value| *value == 1));
        assert!(here != other.join().expect("no panic"));
        assert_eq!(table.remove(new).map(|value| *value), Some(2));
    });
}

/// One thread looks while another takes the value out and adds one in the same slot: the old key never finds the new value.
#[test]
fn loom_get_races_take_out() {
    loom::model(|| {
        let (table, one, key) = with(1);
        let two = Arc::new(2_usize);
        let other = meanwhile(&table, move |table| table.get(key).map(|value| *value));
        let (value, spare) = table.take_out(key).expect("it is there");
        let was_kept = spare.is_some();
        let new = match spare {
            Some(spare) => table.insert_in(spare, Arc::clone(&two)),
            None => table.insert(Arc::clone(&two)).ok().expect("room"),
        };
        assert!(!was_kept || new.index == key.index);
        assert!(matches!(other.join().expect("no panic"), None | Some(1)));
        assert_eq!((*value, table.get(key).is_none(), table.remove(new).map(|value| *value)), (1, true, Some(2)));
        drop(value);
        assert_eq!((Arc::strong_count(&one), Arc::strong_count(&two)), (1, 1));
    });
}
