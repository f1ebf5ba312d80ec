//! Pinners and what they own.

use super::*;
use std::cell::Cell;
use std::rc::Rc;

struct Loud(Rc<Cell<u32>>);

impl Drop for Loud {
    fn drop(&mut self) {
        self.0.set(self.0.get() + 1);
    }
}

#[test]
fn keeps_owners_alive_and_drops_them_once() {
    let drops = Rc::new(Cell::new(0));
    let mut pinner = Pinner::new();
    for _ in 0..13 {
        pinner.pin(Box::new(Loud(Rc::clone(&drops))));
    }
    assert_eq!((pinner.len(), drops.get()), (13, 0));
    pinner.unpin();
    assert_eq!((pinner.len(), drops.get()), (0, 13));
    pinner.unpin();
    pinner.pin(Box::new(Loud(Rc::clone(&drops))));
    drop(pinner);
    assert_eq!(drops.get(), 14);
}

#[test]
fn gives_the_address_of_the_memory_not_of_the_owner() {
    let local = [1_u32, 2];
    let mut pinner = Pinner::new();
    let owner = vec![7_u8, 8, 9];
    let expected = owner.as_ptr();
    assert_eq!(pinner.pin(owner).cast_const().cast(), expected);
    assert_eq!(pinner.pin(&local).addr(), local.as_ptr().addr());
}

#[test]
fn slots_are_null_again_unless_c_wrote_them() {
    let mut slots = [core::ptr::null_mut::<u8>(); 1024];
    let mut other = 5_u8;
    let mut pinner = Pinner::new();
    let at = pinner.pin(vec![3_u8; 16]).cast::<u8>();
    for (index, slot) in slots.iter_mut().enumerate() {
        // SAFETY: the array outlives the pins, and nothing else uses it at their end.
        unsafe { pinner.store(slot, at.wrapping_add(index % 16)) };
    }
    assert_eq!(slots[700], at.wrapping_add(700 % 16));
    // SAFETY: the pinned vector has 16 bytes.
    assert_eq!(unsafe { slots[700].read() }, 3);
    slots[5] = &raw mut other;
    pinner.unpin();
    assert_eq!(slots.iter().filter(|slot| !slot.is_null()).count(), 1);
    assert_eq!(slots[5], &raw mut other);
}

#[test]
fn unwinding_takes_slots_back_and_drops_owners_once() {
    let drops = Rc::new(Cell::new(0));
    let mut slot = core::ptr::null_mut::<u8>();
    let unwound = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let mut pinner = Pinner::new();
        for _ in 0..20 {
            pinner.pin(Box::new(Loud(Rc::clone(&drops))));
        }
        let at = pinner.pin(vec![1_u8; 16]).cast();
        // SAFETY: the slot outlives the pinner.
        unsafe { pinner.store(&raw mut slot, at) };
        assert_eq!(slot, at);
        std::panic::resume_unwind(Box::new("on purpose"));
    }));
    assert!(unwound.is_err());
    assert_eq!((drops.get(), slot), (20, core::ptr::null_mut()));
}

#[test]
fn large_owners_are_boxed() {
    struct Large([u64; 9], Box<u8>);
    // SAFETY: the box inside owns the memory named by `extent`, and never moves.
    unsafe impl StableAddr for Large {
        fn extent(&self) -> Extent {
            self.1.extent()
        }
    }
    let mut pinner = Pinner::new();
    let large = Large([3; 9], Box::new(42));
    assert_eq!(large.0[8], 3);
    let at = pinner.pin(large);
    // SAFETY: the pinner keeps the box alive, and nothing else refers to it.
    assert_eq!(unsafe { at.cast::<u8>().read() }, 42);
}
