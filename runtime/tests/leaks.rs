//! `leaked_pins`, asked while the program runs: who is out of reach, and who is not.

use pinned_ffi::{LeakedHolder, Pinned, Pinner, TrackedAlloc, leaked_pins, pins, scope};
use std::mem::forget;
use std::sync::{Mutex, PoisonError};

#[global_allocator]
static ALLOC: TrackedAlloc = TrackedAlloc::system();

/// The tests look at the whole process.
static ALONE: Mutex<()> = Mutex::new(());

/// Pins in this file, at these lines.
fn leaked(lines: std::ops::Range<u32>) -> Vec<LeakedHolder> {
    let all = leaked_pins().expect("memory is searched here");
    all.into_iter().filter(|holder| holder.pins.iter().any(|pin| lines.contains(&pin.site.line()))).collect()
}

/// Deep enough that what it leaves on the stack lies below every frame of the search.
#[inline(never)]
fn lose(depth: usize) -> u32 {
    let room = std::hint::black_box([0_u8; 1024]);
    if depth > 0 {
        let line = lose(depth - 1);
        std::hint::black_box(&room);
        return line;
    }
    let mut pinner = Pinner::new();
    pinner.pin(vec![1_u8; 100]);
    let line = line!() - 1;
    pinner.pin(Box::new([7_u64; 4]));
    forget(std::hint::black_box(pinner));
    line
}

#[test]
fn a_forgotten_pinner_is_found_at_once_and_again() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let line = lose(8);
    for _ in 0..2 {
        let found = leaked(line..line + 3);
        let mut sizes: Vec<usize> = found.iter().flat_map(|holder| &holder.pins).map(|pin| pin.extent.bytes).collect();
        sizes.sort_unstable();
        assert_eq!((found.len(), sizes), (1, vec![32, 100]));
    }
    assert_eq!(pins().iter().filter(|block| block.sites[0].line() == line).count(), 1, "it is still pinned");
}

#[test]
fn whoever_is_there_is_not_leaked() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let first = line!();
    let mut pinner = Pinner::new();
    for size in 1..30 {
        pinner.pin(vec![1_u8; size]);
    }
    let pinned = Pinned::new(vec![2_u8; 50]);
    let boxed: Vec<_> = (1..50).map(|size| Box::new(Pinned::new(vec![2_u8; size]))).collect();
    Pinned::new(vec![3_u8; 50]).forever();
    let data = Box::new([9_u8; 20]);
    let found = scope(|s| {
        s.pin(&data[..]);
        std::thread::scope(|threads| {
            let inner = threads.spawn(|| {
                let own = Pinned::new(vec![4_u8; 60]);
                let found = leaked(first..line!());
                (found, own.unpin().len())
            });
            inner.join().expect("no panic")
        })
    });
    assert_eq!(found, (Vec::new(), 60));
    assert_eq!(leaked(first..line!()), []);
    drop((pinner, pinned, boxed));
    assert_eq!(leaked(first..line!()), []);
}

#[test]
fn what_is_unpinned_while_it_is_searched_is_not_leaked() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let first = line!();
    let stop = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|threads| {
        for _ in 0..2 {
            threads.spawn(|| {
                let mut kept = Vec::new();
                while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                    kept.push(Pinned::new(vec![1_u8; 40]));
                    // Under a sanitizer each freed block is memory that is searched.
                    std::thread::sleep(std::time::Duration::from_micros(20));
                    if kept.len() > 20 {
                        kept.drain(..kept.len() / 2).for_each(|pinned| drop(pinned.unpin()));
                    }
                }
            });
        }
        for _ in 0..3 {
            assert_eq!(leaked(first..line!()), []);
        }
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
    });
}
