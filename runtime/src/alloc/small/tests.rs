//! Slots against a model: each has one owner at a time, holds what was written, and waits its turn.

use super::*;
use proptest::prelude::*;
use std::collections::HashMap;
use std::sync::mpsc;

/// A block that fills its bytes with what is told from its address alone.
fn make(bytes: usize) -> (usize, usize) {
    let block = take(bytes).expect("memory");
    // SAFETY: a fresh block of that size.
    unsafe { block.write_bytes(pattern(block.addr()), bytes) };
    (block.expose_provenance(), bytes)
}

fn pattern(start: usize) -> u8 {
    (start / GRANULE % 251) as u8
}

fn check_and_free((start, bytes): (usize, usize)) {
    let block = MAP.find(start + bytes - 1).expect("live");
    assert_eq!((block.start(), block.is_freed(), MAP.extent(&block).bytes), (start, false, bytes));
    // SAFETY: a live block of that size.
    let content = unsafe { core::slice::from_raw_parts(ptr::with_exposed_provenance::<u8>(start), bytes) };
    assert!(content.iter().all(|byte| *byte == pattern(start)), "somebody else wrote into {start:#x}");
    MAP.mark_freed(start);
    give_back(start, bytes);
}

#[test]
fn every_size_has_its_extent_and_a_freed_block_is_known_as_such() {
    for bytes in 1..=MOST_BYTES {
        let block = make(bytes);
        assert!(block.0.is_multiple_of(GRANULE) && is_ours(block.0) && is_ours(block.0 + bytes - 1));
        let found = MAP.find(block.0).expect("live");
        assert!(MAP.covers(&found, block.0, bytes) && !MAP.covers(&found, block.0, bytes + 1));
        assert!(MAP.is_exactly(block.0, bytes) && !MAP.is_exactly(block.0, bytes + 1));
        let end = MAP.find(block.0 + bytes);
        assert!(end.is_none_or(|found| found.start() == block.0), "the end of a block is not in another");
        check_and_free(block);
        assert!(MAP.find(block.0 + bytes / 2).is_some_and(|block| block.is_freed()));
    }
    let on_stack = 0_u8;
    assert!(!is_ours(ptr::from_ref(&on_stack).addr()) && !is_ours(0) && !is_ours(usize::MAX));
}

#[test]
fn a_freed_slot_waits_behind_others_of_its_class() {
    std::thread::spawn(|| {
        let (first, _) = make(48);
        check_and_free((first, 48));
        let mut turns = 0;
        loop {
            let block = make(48);
            if block.0 == first {
                break;
            }
            turns += 1;
            check_and_free(block);
        }
        assert_eq!(turns, WAIT);
    })
    .join()
    .expect("no panic");
}

#[test]
fn blocks_go_from_thread_to_thread_and_no_slot_is_lost() {
    // One thread makes, another frees: all slots go over the store. Twice as many live at once as a page of the store holds.
    let (send, receive) = mpsc::sync_channel(2048);
    let maker = std::thread::spawn(move || {
        let mut seen = std::collections::HashSet::new();
        for _ in 0..100_000 {
            let block = make(200);
            seen.insert(block.0);
            send.send(block).expect("a receiver");
        }
        seen.len()
    });
    receive.iter().for_each(check_and_free);
    let slots = maker.join().expect("no panic");
    assert!(slots < 2048 + 3 * RING as usize + SLACK, "{slots} slots for 2,048 blocks at once");
}

/// Slots that other tests of this class's, of other threads, may have in hand.
const SLACK: usize = 1024;

#[test]
fn threads_that_end_leave_their_slots_to_later_ones() {
    let caches = || {
        let (mut count, mut next) = (0, CACHES.load(Ordering::Acquire));
        // SAFETY: as in `free_cache`.
        while let Some(cache) = unsafe { next.as_ref() } {
            (count, next) = (count + 1, cache.next.load(Ordering::Acquire));
        }
        count
    };
    for _ in 0..200 {
        std::thread::spawn(|| check_and_free(make(16))).join().expect("no panic");
    }
    // The threads of the other tests have theirs.
    assert!(caches() < 32, "{} caches", caches());
}

#[test]
fn a_thread_that_is_nearly_gone_has_its_blocks_elsewhere() {
    struct Late(Option<(usize, usize)>);
    impl Drop for Late {
        fn drop(&mut self) {
            // Its cache may be gone already: then there is no block, and what is given back goes to the store.
            if let Some(block) = take(64) {
                MAP.mark_freed(block.addr());
                give_back(block.addr(), 64);
            }
            self.0.take().into_iter().for_each(check_and_free);
        }
    }
    thread_local!(static LATE: core::cell::RefCell<Late> = const { core::cell::RefCell::new(Late(None)) });
    for is_first in [false, true] {
        std::thread::spawn(move || {
            // Destructors run in the reverse order of their first use.
            if is_first {
                LATE.with(|_| ());
            }
            let block = make(64);
            LATE.with_borrow_mut(|late| late.0 = Some(block));
        })
        .join()
        .expect("no panic");
    }
}

#[test]
fn a_signal_handler_that_comes_in_between_goes_elsewhere() {
    std::thread::spawn(|| {
        check_and_free(make(32));
        // SAFETY: this thread's own cache.
        let own = unsafe { &*OWN.get() };
        let inside = own.alone(|| (take(32), own.put(class_of(32), range::slot(range::addr(0)))));
        assert_eq!(inside, Some((None, false)));
        check_and_free(make(32));
    })
    .join()
    .expect("no panic");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Random makes and frees; what the map says of each live block is compared, and nobody's bytes change.
    #[test]
    fn blocks_never_overlap(steps in proptest::collection::vec((1..=MOST_BYTES, any::<prop::sample::Index>(), 0..3_u8), 1..2000)) {
        let mut live: Vec<(usize, usize)> = Vec::new();
        let mut owners: HashMap<usize, usize> = HashMap::new();
        for (bytes, which, what) in steps {
            if what == 0 && !live.is_empty() {
                let block = live.swap_remove(which.index(live.len()));
                for granule in block.0 / GRANULE..(block.0 + block.1).div_ceil(GRANULE) {
                    prop_assert_eq!(owners.remove(&granule), Some(block.0));
                }
                check_and_free(block);
            } else {
                let block = make(bytes);
                for granule in block.0 / GRANULE..(block.0 + block.1).div_ceil(GRANULE) {
                    prop_assert_eq!(owners.insert(granule, block.0), None);
                }
                live.push(block);
            }
        }
        live.into_iter().for_each(check_and_free);
    }
}
