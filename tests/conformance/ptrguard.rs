//! The tests of PtrGuard, which proposed the pinner, and of go-ceph's copy of it, by their names there.

use crate::check::{self, Typed};
use pinned_ffi::{CVec, Pinned, Pinner, pin_count, scope};
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::sync::Barrier;

struct Loud(Rc<Cell<u32>>);

impl Drop for Loud {
    fn drop(&mut self) {
        self.0.set(self.0.get() + 1);
    }
}

/// A slot in C memory.
fn slot() -> CVec<*mut Loud> {
    CVec::filled(1, std::ptr::null_mut())
}

fn store(pinner: &mut Pinner<'_>, slot: &mut CVec<*mut Loud>, drops: &Rc<Cell<u32>>) {
    let at = pinner.pin(Box::new(Loud(Rc::clone(drops)))).cast();
    // SAFETY: the slot outlives the pinner in every test.
    unsafe { pinner.store(&raw mut slot[0], at) };
    assert_eq!(slot[0], at);
}

#[test]
fn pin() {
    let (drops, mut slot) = (Rc::new(Cell::new(0)), slot());
    let mut pinner = Pinner::new();
    store(&mut pinner, &mut slot, &drops);
    assert_eq!((drops.get(), slot[0].is_null()), (0, false));
    pinner.unpin();
    assert_eq!((drops.get(), slot[0].is_null()), (1, true));
}

#[test]
fn reuse_pinner() {
    let (drops, mut slot) = (Rc::new(Cell::new(0)), slot());
    let mut pinner = Pinner::new();
    for round in 1..=2 {
        store(&mut pinner, &mut slot, &drops);
        pinner.unpin();
        assert_eq!((drops.get(), slot[0].is_null()), (round, true));
    }
}

#[test]
fn multi_store() {
    let drops = Rc::new(Cell::new(0));
    let mut slots = CVec::<*mut Loud>::filled(1024, std::ptr::null_mut());
    let mut pinner = Pinner::new();
    let at = pinner.pin(Box::new(Loud(Rc::clone(&drops)))).cast();
    for slot in slots.iter_mut() {
        // SAFETY: the slots outlive the pinner.
        unsafe { pinner.store(slot, at) };
    }
    assert!(slots.iter().all(|slot| *slot == at));
    pinner.unpin();
    assert!(slots.iter().all(|slot| slot.is_null()));
    assert_eq!(drops.get(), 1);
}

#[test]
fn multi_pin() {
    let drops = Rc::new(Cell::new(0));
    let mut pinner = Pinner::new();
    for _ in 0..1024 {
        pinner.pin(Box::new(Loud(Rc::clone(&drops))));
    }
    assert_eq!((pinner.len(), drops.get()), (1024, 0));
    pinner.unpin();
    assert_eq!(drops.get(), 1024);
}

#[test]
fn no_check() {
    let inner = Box::new(5_u64);
    let value = Typed { p: std::ptr::from_ref(&*inner).cast_mut() };
    assert_eq!(check::typed(&value).as_deref(), Some("PF001"));
    assert_eq!(pinned_ffi::unchecked(|| check::typed(&value)), None);
    assert_eq!(check::typed(&value).as_deref(), Some("PF001"));
}

#[test]
fn uninitialized() {
    let mut pinner = Pinner::default();
    pinner.unpin();
    pinner.unpin();
}

#[test]
fn double_unpin() {
    let drops = Rc::new(Cell::new(0));
    let mut pinner = Pinner::new();
    pinner.pin(Box::new(Loud(Rc::clone(&drops))));
    pinner.unpin();
    pinner.unpin();
    assert_eq!(drops.get(), 1);
}

/// What types cannot see: an address that was copied out of its scope.
#[test]
fn out_of_scope() {
    let inner = Box::new(5_u64);
    let value = scope(|s| {
        let value = Typed { p: s.pin(&*inner).as_ptr() };
        assert_eq!(check::typed(&value), None);
        value
    });
    assert_eq!(check::typed(&value).as_deref(), Some("PF001"));
}

#[test]
fn example_c_iovec() {
    // The vector in C memory, the buffers in Rust's: C fills them through pinned pointers.
    let (from, to) = pipe();
    let mut pinner = Pinner::new();
    let mut buffers = [Pinned::new(vec![0_u8; 4]), Pinned::new(vec![0_u8; 6])];
    let empty = libc::iovec { iov_base: std::ptr::null_mut(), iov_len: 0 };
    let mut vector = CVec::filled(2, empty);
    for (entry, buffer) in vector.iter_mut().zip(&buffers) {
        // SAFETY: the vector outlives the pinner, and the buffers do.
        unsafe { pinner.store(&raw mut entry.iov_base, buffer.as_ptr()) };
        entry.iov_len = buffer.size();
    }
    // SAFETY: ten bytes of ours.
    assert_eq!(unsafe { libc::write(to, c"0123456789".as_ptr().cast(), 10) }, 10);
    // SAFETY: two entries, each with its buffer.
    assert_eq!(unsafe { libc::readv(from, vector.as_ptr().cast(), 2) }, 10);
    pinner.unpin();
    assert!(vector.iter().all(|entry| entry.iov_base.is_null()));
    let empty = || Pinned::new(Vec::new());
    let read = [0, 1].map(|index| std::mem::replace(&mut buffers[index], empty()).unpin());
    assert_eq!(read, [b"0123".to_vec(), b"456789".to_vec()]);
    close(from, to);
}

/// A vector in C memory, used for many rounds: building it, reading it back and letting go of it, each as often as one likes.
#[test]
fn iovec() {
    let (from, to) = pipe();
    let empty = libc::iovec { iov_base: std::ptr::null_mut(), iov_len: 0 };
    let mut vector = CVec::filled(64, empty);
    let mut pinner = Pinner::new();
    for round in 1..=3_u8 {
        let buffers: Vec<Pinned<Vec<u8>>> = (0..64).map(|_| Pinned::new(vec![0; 1024])).collect();
        for _ in 0..2 {
            pinner.unpin();
            for (entry, buffer) in vector.iter_mut().zip(&buffers) {
                // SAFETY: the vector is there until the pinner lets go of it.
                unsafe { pinner.store(&raw mut entry.iov_base, buffer.as_ptr()) };
                entry.iov_len = buffer.size();
            }
        }
        let sent = vec![round; 64 * 1024];
        // SAFETY: as many bytes as there are; a pipe holds them.
        assert_eq!(unsafe { libc::write(to, sent.as_ptr().cast(), sent.len()) }, 65536);
        // SAFETY: 64 entries, each with its buffer.
        assert_eq!(unsafe { libc::readv(from, vector.as_ptr().cast(), 64) }, 65536);
        for _ in 0..2 {
            pinner.unpin();
            assert!(vector.iter().all(|entry| entry.iov_base.is_null() && entry.iov_len == 1024));
        }
        let buffers: Vec<Vec<u8>> = buffers.into_iter().map(Pinned::unpin).collect();
        assert!(buffers.iter().flatten().all(|byte| *byte == round), "what C wrote is there, and nothing was copied");
    }
    close(from, to);
}

#[test]
fn example_go_iovec() {
    let (from, to) = pipe();
    let mut buffers = [vec![0_u8; 3], vec![0_u8; 5]];
    scope(|s| {
        let mut vector: Vec<libc::iovec> = Vec::new();
        for buffer in &mut buffers {
            let pinned = s.pin(&mut buffer[..]).as_ptr();
            vector.push(libc::iovec { iov_base: pinned.cast(), iov_len: pinned.len() });
        }
        // SAFETY: eight bytes of ours.
        assert_eq!(unsafe { libc::write(to, c"abcdefgh".as_ptr().cast(), 8) }, 8);
        // SAFETY: two entries, each with its buffer.
        assert_eq!(unsafe { libc::readv(from, vector.as_ptr(), 2) }, 8);
    });
    assert_eq!(buffers, [b"abc".to_vec(), b"defgh".to_vec()]);
    close(from, to);
}

/// Pinned and written into C's memory for a scope: the slot is null again, and the owner gone, however the scope is left.
#[test]
fn scope_pin_poke() {
    let (drops, mut slots) = (Rc::new(Cell::new(0)), CVec::filled(2, std::ptr::null_mut::<Loud>()));
    let kept = Box::new(Loud(Rc::new(Cell::new(0))));
    for (round, panics) in [(1, false), (2, true)] {
        let left = catch_unwind(AssertUnwindSafe(|| {
            scope(|s| {
                let owned = s.own(Box::new(Loud(Rc::clone(&drops)))).cast();
                let borrowed = s.pin(&*kept).as_ptr();
                // SAFETY: the slots outlive the scope.
                unsafe { s.store(&raw mut slots[0], owned) };
                // SAFETY: as above.
                unsafe { s.store(&raw mut slots[1], borrowed) };
                assert_eq!((slots[0], slots[1], drops.get()), (owned, borrowed, round - 1));
                assert_eq!((pin_count(owned), pin_count(borrowed)), (1, 1));
                if panics {
                    std::panic::resume_unwind(Box::new("on purpose"));
                }
            });
        }));
        assert_eq!((left.is_err(), drops.get()), (panics, round));
        assert!(slots.iter().all(|slot| slot.is_null()));
        assert_eq!((pin_count(&raw const *kept), kept.0.get()), (0, 0));
    }
}

#[test]
fn scope_multi_pin() {
    let values: Vec<Box<u64>> = (0..100).map(Box::new).collect();
    scope(|s| {
        for value in &values {
            s.pin(&**value);
        }
        assert!(values.iter().all(|value| pin_count(&**value) == 1));
        assert_eq!(s.len(), 100);
    });
    assert!(values.iter().all(|value| pin_count(&**value) == 0));
}

#[test]
fn multi_release() {
    let (drops, mut slot) = (Rc::new(Cell::new(0)), slot());
    let mut pinner = Pinner::new();
    store(&mut pinner, &mut slot, &drops);
    for _ in 0..4 {
        pinner.unpin();
        assert_eq!((drops.get(), slot[0].is_null()), (1, true));
    }
}

/// A number keeps nothing alive, as in Go. Where the contract calls it an address, what is gone behind it is told.
#[test]
fn uintptrescapes_test() {
    let owner = vec![7_u8; 100];
    let at = owner.as_ptr().expose_provenance();
    assert_eq!((check::address(at, 100), check::number(at, 100)), (None, None));
    assert_eq!(check::address(at + 1, 100).as_deref(), Some("PF003"), "as of a pointer");
    let pinned = Pinned::new(owner);
    assert_eq!((check::address(at, 100), pin_count(pinned.as_ptr())), (None, 1));
    drop(pinned);
    assert_eq!(check::address(at, 100).as_deref(), Some("PF002"));
    assert_eq!(check::number(at, 100), None, "any number may look like an address");
}

/// 20,000 pins live at once, each in a slot of C's, and 100,000 toggled at random from four threads, no thread of its own for any.
#[test]
fn stress_test() {
    const EACH: usize = 5_000;
    let all_stand = Barrier::new(4);
    std::thread::scope(|threads| {
        for thread in 0..4_u64 {
            let all_stand = &all_stand;
            threads.spawn(move || {
                let mut random = 0x9e37_79b9_7f4a_7c15_u64 ^ thread;
                let mut slots = CVec::filled(EACH, std::ptr::null_mut::<u64>());
                let mut live: Vec<Option<Pinner<'_>>> = (0..EACH).map(|_| None).collect();
                let mut toggle = |at: usize, slot: &mut *mut u64| match live[at].take() {
                    Some(mut pinner) => {
                        let address = *slot;
                        // SAFETY: the pinner has the box.
                        assert_eq!((pin_count(address), unsafe { *address }), (1, at as u64));
                        pinner.unpin();
                        // The address may be another thread's by now.
                        assert!(slot.is_null());
                    }
                    None => {
                        let mut pinner = Pinner::new();
                        let address = pinner.pin(Box::new(at as u64)).cast();
                        // SAFETY: the slots outlive the pinners, which all end below.
                        unsafe { pinner.store(slot, address) };
                        assert_eq!(*slot, address);
                        live[at] = Some(pinner);
                    }
                };
                (0..EACH).for_each(|at| toggle(at, &mut slots[at]));
                all_stand.wait();
                assert!(thread > 0 || pinned_ffi::pins().len() >= 4 * EACH, "all of them stand at once");
                all_stand.wait();
                for _ in 0..25_000 {
                    random ^= random << 13;
                    random ^= random >> 7;
                    random ^= random << 17;
                    let at = random as usize % EACH;
                    toggle(at, &mut slots[at]);
                }
                for (at, slot) in slots.iter_mut().enumerate().filter(|(_, slot)| !slot.is_null()) {
                    toggle(at, slot);
                }
                assert!(slots.iter().all(|slot| slot.is_null()));
            });
        }
    });
}

fn pipe() -> (i32, i32) {
    let mut ends = [0; 2];
    // SAFETY: room for two descriptors.
    assert_eq!(unsafe { libc::pipe(ends.as_mut_ptr()) }, 0);
    (ends[0], ends[1])
}

fn close(from: i32, to: i32) {
    for end in [from, to] {
        // SAFETY: a descriptor of this test's own.
        assert_eq!(unsafe { libc::close(end) }, 0);
    }
}
