//! What can be pinned: memory of every kind, none at all, and memory that is gone.

use super::Case;
use pinned_ffi::{Addr, CVec, Extent, Pinned, Pinner, StableAddr, pin_count, pins, scope};
use std::alloc::{Layout, dealloc};

pub(crate) const WRONG: &[Case] = &[
    ("pinned_after_free", pinned_after_free),
    ("pinned_after_free_in_a_scope", pinned_after_free_in_a_scope),
    ("pinned_again_after_free", pinned_again_after_free),
    ("freed_while_pinned_then_unwound", freed_while_pinned_then_unwound),
];

pub(crate) const LEGAL: &[Case] = &[
    ("pin_of_nothing_at_the_end", pin_of_nothing_at_the_end),
    ("pin_of_null", pin_of_null),
    ("pin_of_what_has_no_size", pin_of_what_has_no_size),
    ("pin_of_memory_that_is_not_rusts", pin_of_memory_that_is_not_rusts),
    ("pin_of_a_part", pin_of_a_part),
    ("forgotten_in_a_scope", forgotten_in_a_scope),
    ("unpinned_by_another_thread", unpinned_by_another_thread),
    ("unpinned_after_its_thread", unpinned_after_its_thread),
    ("unpinned_by_a_child", unpinned_by_a_child),
    ("freed_and_pinned_again", freed_and_pinned_again),
];

fn pinned_after_free() {
    let owner = Box::new(7_u64);
    let gone = std::ptr::from_ref(&*owner);
    drop(owner);
    let mut pinner = Pinner::new();
    // SAFETY: none; the box is gone, and the quarantine still has its memory.
    pinner.pin(unsafe { &*gone });
}

fn pinned_after_free_in_a_scope() {
    let owner = vec![1_u8; 100];
    // SAFETY: within the vector.
    let gone = unsafe { owner.as_ptr().add(10) };
    drop(owner);
    scope(|s| {
        // SAFETY: none; the vector is gone, and the quarantine still has its memory.
        s.pin(unsafe { std::slice::from_raw_parts(gone, 50) });
    });
}

/// The first pin keeps the memory, so the second would do no harm; but whoever makes it has an address that is gone.
fn pinned_again_after_free() {
    let mut pinner = Pinner::new();
    let start = pinner.pin(vec![5_u8; 48]).cast::<u8>();
    // SAFETY: none; the pinner owns the block.
    unsafe { dealloc(start, Layout::array::<u8>(48).expect("48 bytes are a layout")) };
    let again = std::panic::catch_unwind(|| {
        // SAFETY: none; freed above.
        drop(Pinned::new(unsafe { &*start }));
    });
    pinner.unpin();
    if let Err(report) = again {
        std::panic::resume_unwind(report);
    }
}

/// A second panic while the first one unwinds would end the process: what is wrong is told, and the first one goes on.
fn freed_while_pinned_then_unwound() {
    let unwound = std::panic::catch_unwind(|| {
        let mut pinner = Pinner::new();
        let start = pinner.pin(vec![5_u8; 48]).cast::<u8>();
        // SAFETY: none; the pinner owns the block.
        unsafe { dealloc(start, Layout::array::<u8>(48).expect("48 bytes are a layout")) };
        std::panic::resume_unwind(Box::new("on purpose"));
    });
    assert_eq!(unwound.expect_err("it panicked").downcast_ref::<&str>(), Some(&"on purpose"));
    assert_eq!(pins(), [], "its pin has ended all the same");
}

fn pin_of_nothing_at_the_end() {
    // Some sizes fill their last granule, so that the end is somebody else's.
    for size in 1..200 {
        let owner = vec![1_u8; size];
        let mut pinner = Pinner::new();
        pinner.pin(&owner[size..]);
        pinner.pin(&owner[..0]);
        assert_eq!((pinner.len(), pins()), (2, Vec::new()));
    }
    let neighbours: Vec<Box<[u8; 32]>> = (0..64).map(|byte| Box::new([byte; 32])).collect();
    let mut pinner = Pinner::new();
    for block in &neighbours {
        pinner.pin(&block[32..]);
    }
    assert!(neighbours.iter().all(|block| pin_count(block.as_ptr()) == 0));
}

fn pin_of_null() {
    struct Nothing;
    // SAFETY: no memory is there, and stays there.
    unsafe impl StableAddr for Nothing {
        fn extent(&self) -> Extent {
            Extent { start: Addr(0), bytes: 0 }
        }
    }
    struct Somewhere;
    // SAFETY: not dereferenced by anybody.
    unsafe impl StableAddr for Somewhere {
        fn extent(&self) -> Extent {
            Extent { start: Addr(usize::MAX - 7), bytes: 8 }
        }
    }
    let mut pinner = Pinner::new();
    assert!(pinner.pin(Nothing).is_null());
    pinner.pin(Somewhere);
    assert!(Pinned::new(Nothing).as_ptr().is_null());
    assert_eq!((pinner.len(), pin_count(std::ptr::null::<u8>()), pins()), (2, 0, Vec::new()));
}

fn pin_of_what_has_no_size() {
    let (unit, none) = (Box::new(()), [0_u64; 0]);
    let mut pinner = Pinner::new();
    // Each has an address that is aligned and never read, and no block.
    assert_eq!(pinner.pin(&none).addr(), none.as_ptr().addr());
    assert!(!pinner.pin(unit).is_null());
    assert!(pinner.pin(Vec::<u64>::new()).cast::<u64>().is_aligned());
    assert_eq!(Pinned::new(std::rc::Rc::<[u8]>::from([])).size(), 0);
    assert_eq!((pinner.len(), pins()), (3, Vec::new()));
    let mut nothing = [(); 5];
    scope(|s| assert_eq!(s.pin(&mut nothing[2..]).as_ptr().len(), 3));
    pinner.unpin();
    assert!(pinner.is_empty());
}

fn pin_of_memory_that_is_not_rusts() {
    static FIXED: [u64; 4] = [1; 4];
    let local = [2_u64; 4];
    let of_c = CVec::filled(4, 3_u64);
    let mut pinner = Pinner::new();
    for memory in [&FIXED[..], &local[..], &of_c[..]] {
        assert_eq!(pinner.pin(memory).cast_const(), memory.as_ptr().cast());
    }
    pinner.pin("text of the program");
    assert_eq!((pinner.len(), pins()), (4, Vec::new()));
}

fn pin_of_a_part() {
    let owner: Vec<u64> = (0..100).collect();
    let mut pinner = Pinner::new();
    let last = pinner.pin(&owner[99]);
    pinner.pin(&owner[10..20]);
    assert_eq!((pin_count(owner.as_ptr()), pin_count(last), pins()[0].extent.bytes), (2, 2, 800));
}

/// Nothing that is forgotten inside a scope ends a pin early, or keeps one.
#[expect(clippy::forget_non_drop, reason = "that it changes nothing is what is tried")]
fn forgotten_in_a_scope() {
    let mut buffer = vec![0_u8; 48];
    let start = buffer.as_ptr();
    for unwinds in [false, true] {
        let left = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            scope(|s| {
                let at = s.pin(&mut buffer[..]);
                // SAFETY: borrowed for the scope, and nobody else's.
                unsafe { at.as_ptr().cast::<u8>().write(7) };
                std::mem::forget(at);
                scope(|inner| std::mem::forget(inner.pin(&[1_u8; 4])));
                assert_eq!(pin_count(start), 1, "the pin is the scope's");
                if unwinds {
                    std::panic::resume_unwind(Box::new("on purpose"));
                }
            });
        }));
        assert_eq!((left.is_err(), pin_count(start), pins()), (unwinds, 0, Vec::new()));
    }
    assert_eq!(buffer[0], 7);
}

fn unpinned_by_another_thread() {
    let pinned: Vec<Pinned<Vec<u8>>> = (1..50).map(|size| Pinned::new(vec![1_u8; size])).collect();
    let addresses: Vec<usize> = pinned.iter().map(|pinned| pinned.as_ptr().addr()).collect();
    let back = std::thread::spawn(move || pinned.into_iter().map(Pinned::unpin).collect::<Vec<_>>());
    let back = back.join().expect("no panic");
    assert!(back.iter().zip(addresses).all(|(owner, at)| owner.as_ptr().addr() == at));
    assert_eq!(pins(), []);
}

fn unpinned_after_its_thread() {
    let make = || (1..50).map(|size| Pinned::new(vec![1_u8; size])).collect::<Vec<_>>();
    let mut made = std::thread::spawn(make).join().expect("no panic");
    assert!(made.iter().all(|pinned| pin_count(pinned.as_ptr()) == 1), "pins outlive the thread that made them");
    assert_eq!(pins().len(), 49);
    let rest = made.split_off(20);
    let back: Vec<Vec<u8>> = made.into_iter().map(Pinned::unpin).collect();
    assert!(back.iter().all(|owner| pin_count(owner.as_ptr()) == 0));
    assert_eq!((back.len(), pins().len()), (20, 29));
    // New threads may get what the old one had for its pins.
    let other = std::thread::spawn(move || (make(), drop(rest)).0).join().expect("no panic");
    assert_eq!(pins().len(), other.len());
    drop(other);
    assert_eq!(pins(), []);
}

/// A child has its own copy of every pin: ending them there ends nothing here.
fn unpinned_by_a_child() {
    let mut pinner = Pinner::new();
    let at = pinner.pin(vec![5_u8; 48]);
    // SAFETY: one thread, and the child goes its own way.
    let child = unsafe { libc::fork() };
    if child == 0 {
        let before = pin_count(at);
        pinner.unpin();
        std::process::exit(if before == 1 && pins().is_empty() { 0 } else { 3 });
    }
    let mut status = 0;
    // SAFETY: our own child.
    assert_eq!(unsafe { libc::waitpid(child, &raw mut status, 0) }, child);
    assert_eq!((status, pin_count(at)), (0, 1));
}

/// An address that was given out again is no freed memory.
fn freed_and_pinned_again() {
    for round in 0..3000_usize {
        let pinned = Pinned::new(vec![1_u8; 40 + round % 8]);
        assert_eq!(pin_count(pinned.as_ptr()), 1);
        drop(pinned);
    }
}
