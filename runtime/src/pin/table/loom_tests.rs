//! Pins made and ended by two threads at once.

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
            let pin = Pin::new(here, HolderId::NOBODY, 0);
            assert!(table.pin(0x40, pin, 9, || assert_eq!(flag.swap(1, Ordering::SeqCst), 0)).is_some());
            assert_eq!(flag.load(Ordering::SeqCst), 1, "pinned here, so the flag stands");
            assert!(table.count(0x40) >= 1);
            table.unpin(0x40, here, HolderId::NOBODY, || assert_eq!(flag.swap(0, Ordering::SeqCst), 1));
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
                table.pin(0x40, Pin::new(here, HolderId::NOBODY, 0), 9, || {});
                table.unpin(0x40, here, HolderId::NOBODY, || {});
            })
        };
        if let Some(site) = table.first_site(0x40) {
            assert_eq!(site, here);
        }
        other.join().expect("the other thread does not panic");
        assert_eq!(table.first_site(0x40), None);
    });
}
