//! Structures whose fields have types of all kinds.
#![deny(warnings)]
#![allow(dead_code)]

use std::mem::MaybeUninit;

type Byte = u8;
type Place = *const u8;

#[deprecated]
#[derive(Clone, Copy)]
#[repr(C)]
struct Old {
    number: u32,
}

#[pinned_ffi::pinned_ffi]
#[repr(C)]
enum Kind {
    One,
    Two,
}

#[pinned_ffi::pinned_ffi]
#[repr(C)]
struct Node {
    next: *mut Self,
    boxed: Option<Box<Self>>,
    kinds: [Kind; Self::COUNT],
    flag: bool,
}

impl Node {
    const COUNT: usize = 3;
}

#[pinned_ffi::pinned_ffi]
#[repr(C)]
struct Wide {
    name: &'static str,
    bytes: *const [u8],
    call: *mut dyn FnMut(),
    owned: Vec<u8>,
    kind: Kind,
}

#[pinned_ffi::pinned_ffi]
#[repr(C)]
struct Tail {
    length: usize,
    kind: Kind,
    data: [u8],
}

#[pinned_ffi::pinned_ffi]
#[repr(C)]
struct Large {
    bytes: [Byte; 4 << 20],
    none: [(); 1 << 40],
    place: Place,
    later: MaybeUninit<Kind>,
}

#[allow(deprecated)]
#[pinned_ffi::pinned_ffi]
#[repr(C)]
struct Ancient {
    old: Old,
    kind: Kind,
}

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn look(
        #[inout]
        #[one]
        node: *mut Node,
        #[one]
        large: *const Large,
    );
}

fn main() {}
