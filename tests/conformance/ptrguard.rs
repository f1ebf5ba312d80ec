//! The tests of PtrGuard, which proposed the pinner, and of go-ceph's copy of it, by their names there.

use crate::check::{self, Typed};
use pinned_ffi::{CVec, Pinned, Pinner, pin_count, scope};
use std::cell::Cell;
use std::rc::Rc;

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

#[test]
fn stress_test() {
    // 20,000 pins live, 100,000 toggled at random from four threads, no thread of its own for any.
    std::thread::scope(|threads| {
        for thread in 0..4_u64 {
            threads.spawn(move || {
                let mut random = 0x9e37_79b9_7f4a_7c15_u64 ^ thread;
                let mut live: Vec<Option<Pinned<Box<u64>>>> =
                    (0..5_000).map(|n| Some(Pinned::new(Box::new(n)))).collect();
                for _ in 0..25_000 {
                    random ^= random << 13;
                    random ^= random >> 7;
                    random ^= random << 17;
                    let at = random as usize % live.len();
                    live[at] = match live[at].take() {
                        Some(pinned) => {
                            let address = pinned.as_ptr();
                            assert_eq!(pin_count(address), 1);
                            let value = pinned.unpin();
                            assert_eq!((*value, pin_count(&*value)), (at as u64, 0));
                            None
                        }
                        None => Some(Pinned::new(Box::new(at as u64))),
                    };
                }
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
