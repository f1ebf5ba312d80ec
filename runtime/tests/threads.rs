//! Everything that threads share in the runtime, used by several at once; the program that ThreadSanitizer watches.
//!
//! Threads are C's, and no lock or channel of std's is used: std is not instrumented, and what it orders ThreadSanitizer
//! does not see.

use pinned_ffi::{Handle, Pinned, Pinner, pin_count, private};
use std::collections::BTreeMap;
use std::ffi::c_void;
use std::panic::Location;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

#[global_allocator]
static ALLOC: pinned_ffi::TrackedAlloc = pinned_ffi::TrackedAlloc::system();

const THREADS: usize = 4;
const BLOCKS: usize = 20_000;
const TOGGLES: usize = 25_000;

type Work = Box<dyn FnOnce() + Send>;

extern "C" fn start(work: *mut c_void) -> *mut c_void {
    // SAFETY: `together` passes each box once.
    let work = unsafe { Box::from_raw(work.cast::<Work>()) };
    work();
    std::ptr::null_mut()
}

/// Runs all of them at once, and waits for all.
fn together(works: Vec<Work>) {
    let threads: Vec<libc::pthread_t> = works
        .into_iter()
        .map(|work| {
            let mut thread = 0;
            let work = Box::into_raw(Box::new(work)).cast();
            // SAFETY: `start` takes the box over; the attributes may be null (pthread_create(3)).
            assert_eq!(unsafe { libc::pthread_create(&raw mut thread, std::ptr::null(), start, work) }, 0);
            thread
        })
        .collect();
    for thread in threads {
        // SAFETY: created above, and joined once.
        assert_eq!(unsafe { libc::pthread_join(thread, std::ptr::null_mut()) }, 0);
    }
}

/// Numbers that look random, the same on every run.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % end
    }
}

/// 20,000 live pins, and 100,000 random ones taken and given back: every count is what the threads hold.
fn pins() {
    let blocks: &'static [&'static [u8; 48]] =
        Vec::leak((0..BLOCKS).map(|_| &*Box::leak(Box::new([7; 48]))).collect::<Vec<_>>());
    let mut all = Pinner::new();
    for block in blocks {
        all.pin(*block);
    }
    let held: &'static [AtomicUsize] = Vec::leak((0..BLOCKS).map(|_| AtomicUsize::new(1)).collect::<Vec<_>>());
    let kept: &'static AtomicUsize = Box::leak(Box::new(AtomicUsize::new(0)));
    let check = |blocks: &'static [&'static [u8; 48]]| {
        for (block, held) in blocks.iter().zip(held) {
            let expected = if pinned_ffi::COMPILED { held.load(Ordering::Relaxed) } else { 0 };
            assert_eq!(pin_count(*block) as usize, expected);
        }
    };
    let mut works: Vec<Work> = Vec::new();
    for thread in 0..THREADS {
        works.push(Box::new(move || {
            let mut random = Random(0x9e37_79b9 + thread as u64);
            let mut mine: BTreeMap<usize, Pinned<&'static [u8; 48]>> = BTreeMap::new();
            for _ in 0..TOGGLES {
                let index = random.below(BLOCKS);
                match mine.remove(&index) {
                    Some(pin) => {
                        assert_eq!(pin.unpin()[47], 7);
                        held[index].fetch_sub(1, Ordering::Relaxed);
                    }
                    None => {
                        mine.insert(index, Pinned::new(blocks[index]));
                        held[index].fetch_add(1, Ordering::Relaxed);
                    }
                }
                assert!(!pinned_ffi::COMPILED || pin_count(blocks[index]) >= 1);
            }
            kept.fetch_add(mine.len(), Ordering::Relaxed);
            // Some stay for the main thread to count.
            for (index, pin) in mine {
                if index % 2 == 0 {
                    std::mem::forget(pin);
                } else {
                    drop(pin);
                    held[index].fetch_sub(1, Ordering::Relaxed);
                }
            }
        }));
    }
    together(works);
    assert!(kept.load(Ordering::Relaxed) > BLOCKS, "the threads held many at their end");
    check(blocks);
    all.unpin();
    held.iter().for_each(|held| {
        held.fetch_sub(1, Ordering::Relaxed);
    });
    check(blocks);
}

/// Handles made, read and removed by all: a value is seen whole or not at all. Numbers that are made up, of another generation or
/// of a value of another type find nothing, and remove nothing.
fn handles() {
    let ids: &'static [AtomicU64] = Vec::leak((0..64).map(|_| AtomicU64::new(0)).collect::<Vec<_>>());
    let mut works: Vec<Work> = Vec::new();
    for thread in 0..THREADS {
        works.push(Box::new(move || {
            let mut random = Random(77 + thread as u64);
            for round in 0..20_000_u64 {
                let place = &ids[random.below(ids.len())];
                if random.below(4) == 0 {
                    let bits = place.load(Ordering::Acquire) ^ 1 << (32 + random.below(32));
                    let _ =
                        Handle::<[u64; 2]>::from_bits(bits).remove().map(|value| panic!("{bits:#x} found {value:?}"));
                    let bits = place.load(Ordering::Acquire);
                    assert!(Handle::<u8>::from_bits(bits).remove().is_err());
                    assert!(Handle::<[u64; 2]>::from_bits(random.below(1 << 31) as u64).get().is_err());
                } else if random.below(3) == 0 {
                    let handle = Handle::new([round, !round]);
                    let old = place.swap(handle.to_bits(), Ordering::AcqRel);
                    let _ = Handle::<[u64; 2]>::from_bits(old).remove();
                } else if let Ok(value) = Handle::<[u64; 2]>::from_bits(place.load(Ordering::Acquire)).get() {
                    assert_eq!(value[0], !value[1]);
                }
            }
        }));
    }
    together(works);
}

/// Owners kept for one keeper by all threads, replaced and ended by all: every owner is dropped once.
fn keepers() {
    static ALIVE: AtomicUsize = AtomicUsize::new(0);
    struct Counted(Box<[u8]>);
    impl Drop for Counted {
        fn drop(&mut self) {
            ALIVE.fetch_sub(1, Ordering::Relaxed);
        }
    }
    // SAFETY: the box inside stays where it is until the owner is dropped.
    unsafe impl pinned_ffi::Retain<u8> for Counted {
        fn elements(&mut self) -> *const [u8] {
            &raw const *self.0
        }
    }
    let works = (0..THREADS).map(|thread| -> Work {
        Box::new(move || {
            let mut random = Random(5 + thread as u64);
            for _ in 0..20_000 {
                let (keeper, at) = (16 + random.below(4) * 16, Some(random.below(3) as u64));
                if random.below(4) == 0 {
                    drop(private::release_kept(keeper, &[1, 2], None, private::kept_now()));
                } else {
                    ALIVE.fetch_add(1, Ordering::Relaxed);
                    let owner = Counted(vec![9; 24].into());
                    let (mut kept, start, count) = private::keep_slice::<u8, _>(Some(owner), Location::caller());
                    kept.lend();
                    // SAFETY: the owner is lent to this very call.
                    assert_eq!((unsafe { start.read() }, count), (9, 24));
                    drop(kept.keep(keeper, 1 + random.below(2) as u64, at, true));
                }
            }
        })
    });
    together(works.collect());
    for keeper in 1..5 {
        drop(private::release_kept(keeper * 16, &[1, 2], None, private::kept_now()));
    }
    assert_eq!(ALIVE.load(Ordering::Relaxed), 0);
}

/// Blocks that grow, shrink and go while others look them up.
fn blocks() {
    let works = (0..THREADS).map(|thread| -> Work {
        Box::new(move || {
            let mut random = Random(31 + thread as u64);
            let mut mine: Vec<Vec<u8>> = Vec::new();
            for _ in 0..20_000 {
                match random.below(4) {
                    0 | 1 => mine.push(vec![1; 1 + random.below(3000)]),
                    2 if !mine.is_empty() => {
                        let index = random.below(mine.len());
                        drop(mine.swap_remove(index));
                    }
                    _ => mine.iter_mut().take(2).for_each(|block| block.extend_from_slice(&[2; 100])),
                }
                if let Some(block) = mine.last() {
                    assert_eq!(pin_count(block.as_ptr()), 0);
                    let mut pinner = Pinner::new();
                    let at = pinner.pin(block.as_slice());
                    assert_eq!(pin_count(at), u32::from(pinned_ffi::COMPILED));
                }
            }
        })
    });
    together(works.collect());
}

fn main() {
    for (name, run) in [("pins", pins as fn()), ("handles", handles), ("keepers", keepers), ("blocks", blocks)] {
        run();
        println!("test {name} ... ok");
    }
    // At the end pins would be searched for in all memory, and what ThreadSanitizer has of its own is a gigabyte.
    pinned_ffi::set_level(pinned_ffi::Level::Off);
    println!("\ntest result: ok. 4 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out");
}
