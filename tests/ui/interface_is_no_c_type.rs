// A slot with a trait object, two pointers in one: the compiler knows that C has no such type.
#![deny(improper_ctypes)]

use std::any::Any;

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn labs(slot: *const Box<dyn Any>) -> isize;
}

fn main() {}
