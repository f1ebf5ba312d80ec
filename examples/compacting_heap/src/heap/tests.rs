//! The heap against a simple model: contents survive, pinned blocks stay, stale handles stay stale.

use super::*;
use pinned_ffi::{Pinned, Pinner};
use proptest::prelude::*;

#[test]
fn a_pinned_block_stays_and_the_others_close_up() {
    let heap = Heap::new(1024);
    let blocks: Vec<Handle> = (0..8_u8).map(|_| heap.alloc(64).expect("room")).collect();
    for (number, block) in (0_u8..).zip(&blocks) {
        heap.write(*block, &[number; 64]).expect("there");
    }
    for index in [0, 1, 2, 5] {
        heap.free(blocks[index]).expect("there");
    }
    let pin = heap.pin(blocks[4]).expect("there");
    let at = pin.as_ptr();
    let done = heap.compact();
    assert_eq!((done.moved_blocks, done.moved_bytes), (3, 192), "block 3, 6 and 7, into the hole before block 4");
    assert_eq!(done.stuck, [Stuck { handle: blocks[4], bytes: 64 }]);
    assert_eq!((done.free, done.largest), (1024 - 4 * 64, 1024 - 5 * 64));
    assert_eq!((pin.as_ptr(), at.addr() % 16), (at, 0));
    drop(pin);
    assert_eq!(heap.compact().stuck, []);
    for number in [3_u8, 4, 6, 7] {
        assert_eq!(heap.read(blocks[usize::from(number)]), Ok(vec![number; 64]));
    }
    assert_eq!(heap.read(blocks[5]), Err(Error::Stale));
}

#[test]
fn a_freed_block_keeps_its_place_until_its_last_pin_goes() {
    let heap = Heap::new(256);
    let block = heap.alloc(100).expect("room");
    let (first, second) = (heap.pin(block).expect("there"), heap.pin(block).expect("there"));
    heap.free(block).expect("there");
    assert_eq!((heap.free(block), heap.pin(block).err()), (Err(Error::Stale), Some(Error::Stale)));
    assert_eq!(heap.alloc(200), Err(Error::Full { free: 144, largest: 144 }));
    drop(first);
    assert_eq!(heap.compact().free, 144);
    drop(second);
    assert_eq!(heap.compact().free, 256);
    let again = heap.alloc(200).expect("room");
    assert_ne!(again, block, "the slot is used again, the handle is another");
    assert_eq!(heap.read(block), Err(Error::Stale));
}

#[test]
fn a_pin_outlives_the_heap() {
    let heap = Heap::new(64);
    let block = heap.alloc(48).expect("room");
    heap.write(block, &[9; 48]).expect("there");
    let pinned = Pinned::new(heap.pin(block).expect("there"));
    drop(heap);
    // SAFETY: pinned, and nobody writes there.
    assert_eq!(unsafe { pinned.as_ptr().cast::<u8>().wrapping_add(47).read() }, 9);
    assert_eq!((pinned.size(), pinned.unpin().len()), (48, 48));
}

#[test]
fn a_full_heap_says_how_pins_have_split_it() {
    let heap = Heap::new(160);
    let blocks: Vec<Handle> = (0..10).map(|_| heap.alloc(16).expect("room")).collect();
    let mut pinner = Pinner::new();
    for (index, block) in blocks.iter().enumerate() {
        if index % 2 == 1 {
            pinner.pin(heap.pin(*block).expect("there"));
        } else {
            heap.free(*block).expect("there");
        }
    }
    assert_eq!(heap.alloc(32), Err(Error::Full { free: 80, largest: 16 }));
    assert_eq!(heap.compact().stuck.len(), 5);
    pinner.unpin();
    assert!(heap.alloc(80).is_ok());
}

#[derive(Clone, Debug)]
enum Step {
    Alloc(usize),
    Free(usize),
    Write(usize, u8),
    Pin(usize),
    Unpin(usize),
    Compact,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        4 => (0_usize..300).prop_map(Step::Alloc),
        2 => any::<usize>().prop_map(Step::Free),
        3 => (any::<usize>(), any::<u8>()).prop_map(|(which, byte)| Step::Write(which, byte)),
        2 => any::<usize>().prop_map(Step::Pin),
        2 => any::<usize>().prop_map(Step::Unpin),
        1 => Just(Step::Compact),
    ];
    prop::collection::vec(step, 0..200)
}

/// What the model knows of a block.
struct Known {
    handle: Handle,
    bytes: Vec<u8>,
    pins: usize,
    is_freed: bool,
}

/// A pin, its address when it was made, and which block it is of.
struct Held {
    pin: PinnedBlock,
    at: usize,
    block: usize,
}

fn check(heap: &Heap, known: &[Known], held: &[Held]) -> Result<(), TestCaseError> {
    for block in known {
        let expected = match (block.is_freed, block.pins > 0) {
            (true, _) => Err(Error::Stale),
            (false, true) => Err(Error::Pinned),
            (false, false) => Ok(block.bytes.clone()),
        };
        prop_assert_eq!(heap.read(block.handle), expected);
    }
    for held in held {
        prop_assert_eq!(held.pin.as_ptr().addr(), held.at);
        for (offset, byte) in known[held.block].bytes.iter().enumerate() {
            // SAFETY: inside a pinned block, and no other thread is there.
            prop_assert_eq!(unsafe { held.pin.as_ptr().wrapping_add(offset).read() }, *byte);
        }
    }
    let table = heap.0.table.borrow();
    let mut end = 0;
    for index in &table.order {
        let Placed { start, length, .. } = table.placed(*index);
        prop_assert!(start >= end && start + length <= heap.0.units.len(), "blocks overlap, or leave the heap");
        end = start + length;
    }
    Ok(())
}

proptest! {
    #[test]
    fn behaves_like_a_list_of_vectors(steps in steps()) {
        let heap = Heap::new(4096);
        let (mut known, mut held): (Vec<Known>, Vec<Held>) = (Vec::new(), Vec::new());
        for step in steps {
            match step {
                Step::Alloc(bytes) => match heap.alloc(bytes) {
                    Ok(handle) => known.push(Known { handle, bytes: vec![0; bytes], pins: 0, is_freed: false }),
                    Err(Error::Full { free, largest }) => prop_assert!(largest < bytes.max(1) && largest <= free),
                    Err(other) => prop_assert!(false, "{other}"),
                },
                Step::Free(which) if !known.is_empty() => {
                    let which = which % known.len();
                    let block = &mut known[which];
                    prop_assert_eq!(heap.free(block.handle).is_ok(), !block.is_freed);
                    block.is_freed = true;
                }
                Step::Write(which, byte) if !known.is_empty() => {
                    let which = which % known.len();
                    let block = &mut known[which];
                    let bytes = vec![byte; block.bytes.len()];
                    let is_written = heap.write(block.handle, &bytes).is_ok();
                    prop_assert_eq!(is_written, !block.is_freed && block.pins == 0);
                    if is_written {
                        block.bytes = bytes;
                    }
                }
                Step::Pin(which) if !known.is_empty() => {
                    let which = which % known.len();
                    let block = &mut known[which];
                    let pin = heap.pin(block.handle);
                    prop_assert_eq!(pin.is_ok(), !block.is_freed);
                    if let Ok(pin) = pin {
                        block.pins += 1;
                        held.push(Held { at: pin.as_ptr().addr(), pin, block: which });
                    }
                }
                Step::Unpin(which) if !held.is_empty() => {
                    let held = held.swap_remove(which % held.len());
                    known[held.block].pins -= 1;
                }
                Step::Compact => {
                    let done = heap.compact();
                    prop_assert!(done.largest <= done.free);
                    let stuck: usize = done.stuck.iter().map(|stuck| stuck.bytes).sum();
                    prop_assert!(stuck <= done.free && (stuck > 0 || done.largest == done.free));
                    let again = heap.compact();
                    prop_assert!(again.free == done.free);
                }
                _ => {}
            }
            check(&heap, &known, &held)?;
        }
        held.clear();
        let done = heap.compact();
        prop_assert_eq!((done.stuck.len(), done.largest), (0, done.free), "without pins the heap becomes whole");
    }
}
