//! The heap map against a model: random blocks, every look-up compared.

use super::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// Each test has an address range of its own in the one static map; nothing is ever allocated there.
fn base(test: usize) -> usize {
    0x1000_0000_0000 + (test << 36)
}

fn extent_of(addr: usize) -> Option<(usize, usize)> {
    let block = MAP.find(addr)?;
    let extent = MAP.extent(&block);
    Some((extent.start.0, extent.bytes))
}

#[test]
fn no_block_is_empty() {
    let start = base(6);
    for bytes in [1, 16, 17, 5000] {
        assert!(MAP.insert(start, bytes));
        assert!(MAP.is_exactly(start, bytes) && !MAP.is_exactly(start, 0), "{bytes}");
        MAP.remove(start, bytes);
    }
}

#[test]
fn sizes_around_every_boundary() {
    for offset in [0, 16, 48, 1008, 1024, 2032, (64 << 20) - 32] {
        for bytes in
            [1, 8, 15, 16, 17, 31, 32, 100, 1000, 1023, 1024, 1025, 1040, 2048, 4096, 65_537, 1 << 20, 3_000_001]
        {
            let start = base(0) + offset;
            assert!(MAP.insert(start, bytes));
            for probe in [0, bytes / 2, bytes - 1] {
                assert_eq!(extent_of(start + probe), Some((start, bytes)), "{offset} {bytes} {probe}");
            }
            let block = MAP.find(start).expect("just inserted");
            assert!(MAP.covers(&block, start, bytes));
            assert!(!MAP.covers(&block, start, bytes + 1));
            assert!(MAP.covers(&block, start + bytes - 1, 1));
            assert!(!MAP.covers(&block, start + bytes - 1, 2));
            assert!(!MAP.covers(&block, start, usize::MAX));
            assert_eq!(MAP.find(start.wrapping_sub(1)), None);
            MAP.remove(start, bytes);
            for probe in [0, bytes / 2, bytes - 1] {
                assert_eq!(MAP.find(start + probe), None, "{offset} {bytes} {probe}");
            }
        }
    }
}

#[test]
fn a_block_over_several_leaves() {
    let (start, bytes) = (base(1) + 48, (200 << 20) + 5);
    assert!(MAP.insert(start, bytes));
    for probe in [0, 63 << 20, 64 << 20, 130 << 20, bytes - 1] {
        assert_eq!(MAP.find(start + probe).map(|block| block.start()), Some(start));
    }
    let block = MAP.find(start).expect("just inserted");
    assert!(MAP.covers(&block, start, bytes) && !MAP.covers(&block, start, bytes + 1));
    MAP.remove(start, bytes);
    assert_eq!(MAP.find(start + (130 << 20)), None);
}

#[test]
fn what_cannot_be_tracked_is_refused() {
    assert!(!MAP.insert(base(2) + 8, 64), "not on a granule");
    assert!(!MAP.insert(1 << 47, 64), "not in user space");
    assert!(!MAP.insert(usize::MAX - 31, 64), "wraps around");
    assert!(!MAP.insert(base(2), 0));
    for wild in [0, 1, 0x10, 1 << 47, usize::MAX, usize::MAX / 2] {
        assert_eq!(MAP.find(wild), None);
        assert_eq!(MAP.flags(wild), None);
    }
}

#[test]
fn flags_stay_with_their_block() {
    let start = base(3);
    assert!(MAP.insert(start, 40) && MAP.insert(start + 48, 40));
    assert_eq!(MAP.set_flags(start, SEEN), Some(0));
    assert_eq!(MAP.set_flags(start, FREED | SEEN), Some(SEEN));
    assert_eq!(MAP.flags(start), Some(FREED | SEEN));
    assert_eq!(MAP.flags(start + 48), Some(0));
    assert_eq!(MAP.set_flags(start + 16, PINNED), None, "not the start of a block");
    assert!(MAP.find(start + 39).is_some_and(|block| block.is_freed() && block.is_seen() && !block.was_pinned()));
    MAP.clear_flags(start, FREED);
    assert_eq!(MAP.flags(start), Some(SEEN));
    MAP.remove(start, 40);
    MAP.remove(start + 48, 40);
}

#[test]
fn threads_work_side_by_side() {
    std::thread::scope(|scope| {
        for thread in 0..4 {
            scope.spawn(move || {
                // Neighbouring blocks of different threads share runs.
                for round in 0..2000_usize {
                    let start = base(4) + thread * 80 + (round % 50) * 320;
                    let bytes = 1 + (round * 7 + thread) % 79;
                    assert!(MAP.insert(start, bytes));
                    assert_eq!(extent_of(start + bytes - 1), Some((start, bytes)));
                    MAP.remove(start, bytes);
                    assert_eq!(MAP.find(start), None);
                }
            });
        }
    });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn behaves_like_an_ordered_map(
        steps in prop::collection::vec((0_usize..20_000, 1_usize..6_000, any::<bool>(), 0_usize..340_000), 1..120)
    ) {
        let base = base(5);
        let mut model = BTreeMap::<usize, usize>::new();
        let find = |model: &BTreeMap<usize, usize>, addr: usize| {
            model.range(..=addr).next_back().map(|(start, bytes)| (*start, *bytes)).filter(|(start, bytes)| addr < start + bytes)
        };
        for (granule, bytes, inserts, probe) in steps {
            let start = base + granule * GRANULE;
            if inserts {
                let end = start + bytes.div_ceil(GRANULE) * GRANULE;
                let free = model.range(..end).next_back().is_none_or(|(other, length)| other + length.div_ceil(GRANULE) * GRANULE <= start);
                if free {
                    prop_assert!(MAP.insert(start, bytes));
                    model.insert(start, bytes);
                }
            } else if let Some((victim, length)) = model.range(start..).next().map(|(victim, length)| (*victim, *length)) {
                MAP.remove(victim, length);
                model.remove(&victim);
            }
            let addr = base + probe;
            match find(&model, addr) {
                Some((start, bytes)) => {
                    prop_assert_eq!(extent_of(addr), Some((start, bytes)));
                    let block = MAP.find(addr).expect("found above");
                    let rest = start + bytes - addr;
                    prop_assert!(MAP.covers(&block, addr, rest));
                    prop_assert!(!MAP.covers(&block, addr, rest + 1));
                }
                // The unused rest of a last granule counts as inside; no byte of it is covered.
                None => if let Some(block) = MAP.find(addr) {
                    prop_assert!(!MAP.covers(&block, addr, 1));
                },
            }
        }
        for (start, bytes) in model {
            prop_assert_eq!(extent_of(start), Some((start, bytes)));
            MAP.remove(start, bytes);
        }
    }
}
