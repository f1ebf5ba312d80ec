//! What cgo refuses before the call.

use super::Case;
use super::types::*;
use std::ffi::c_int;
use std::ptr::null_mut;

pub(crate) const CASES: &[Case] = &[
    ("ptr1", ptr1),
    ("ptr2", ptr2),
    ("ptrfield", ptrfield),
    ("sliceptr1", sliceptr1),
    ("sliceptr2", sliceptr2),
    ("var1", var1),
    ("passstringslice", passstringslice),
    ("defer1", defer1),
    ("union1", union1),
    ("slicedata", slicedata),
    ("arraypointer2", arraypointer2),
];

fn ptr1() {
    let (_number, at) = number();
    // SAFETY: C looks at nothing, here and below.
    unsafe { take_one(&One { p: at }) };
}

fn ptr2() {
    let (_number, at) = number();
    let value = Box::new(One { p: at });
    // SAFETY: as above.
    unsafe { take_one(&raw const *value) };
}

fn ptrfield() {
    let (_number, at) = number();
    let mut value = Box::new(Mixed { i: 1, p: at });
    // SAFETY: as above.
    unsafe { take_slot(&raw mut value.p) };
    assert_eq!(value.i, 1);
}

fn sliceptr1() {
    let (_number, at) = number();
    let slots = vec![at];
    // SAFETY: as above.
    unsafe { take_slots(slots.as_ptr(), slots.len()) };
}

fn sliceptr2() {
    let (_number, at) = number();
    let slots = vec![null_mut(), at];
    // SAFETY: as above.
    unsafe { take_slots(slots.as_ptr(), slots.len()) };
}

fn var1() {
    static mut GLOBAL: One = One { p: null_mut() };
    let (_number, at) = number();
    let global = &raw mut GLOBAL;
    // SAFETY: one thread, and nobody else has the static.
    unsafe { global.write(One { p: at }) };
    let top = Box::new(Top { inner: global });
    // SAFETY: as above.
    unsafe { take_top(&raw const *top) };
}

fn passstringslice() {
    let texts = vec![String::from("made"), String::from("at run time")];
    let texts: Vec<Text> = texts.iter().map(|text| Text { p: text.as_ptr().cast(), n: text.len() }).collect();
    // SAFETY: as above.
    unsafe { take_texts(texts.as_ptr(), texts.len()) };
}

fn defer1() {
    struct Deferred<'a>(&'a One);
    impl Drop for Deferred<'_> {
        fn drop(&mut self) {
            // SAFETY: as above.
            unsafe { take_one(self.0) };
        }
    }
    let (_number, at) = number();
    let mut value = Box::new(One { p: null_mut() });
    let slot = &raw mut value.p;
    let _deferred = Deferred(&value);
    // SAFETY: nobody looks at the value before the drop, and it is written through the box's own address.
    unsafe { slot.write(at) };
}

fn union1() {
    let (_number, at) = number();
    let value = Box::new(WithPointer { p: at });
    // SAFETY: as above.
    unsafe { take_union(&raw const *value) };
}

fn slicedata() {
    let (_number, at) = number();
    let slots: Vec<*mut c_int> = Vec::from([at]);
    // SAFETY: as above.
    unsafe { take_slots(slots.as_ptr(), 1) };
}

fn arraypointer2() {
    let (_number, at) = number();
    let slots: Box<[*mut c_int; 2]> = Box::new([null_mut(), at]);
    // SAFETY: as above.
    unsafe { take_slots(&raw const slots[0], 2) };
}
