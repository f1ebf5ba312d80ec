//! What the cases pass to C: a structure for each shape, and a function for each form of argument.

use std::ffi::{c_char, c_int, c_void};

#[pinned_ffi::pinned_ffi]
#[repr(C)]
#[derive(Clone, Copy)]
pub(crate) struct One {
    pub(crate) p: *mut c_int,
}

#[pinned_ffi::pinned_ffi]
#[repr(C)]
pub(crate) struct Mixed {
    pub(crate) i: c_int,
    pub(crate) p: *mut c_int,
}

#[pinned_ffi::pinned_ffi]
#[repr(C)]
pub(crate) struct Two {
    pub(crate) p1: *mut c_int,
    pub(crate) p2: *mut c_int,
}

#[pinned_ffi::pinned_ffi]
#[repr(C)]
#[derive(Clone, Copy)]
pub(crate) struct Ten {
    pub(crate) p: [*mut c_int; 10],
}

/// Bytes in a structure that has a pointer as well.
#[pinned_ffi::pinned_ffi]
#[repr(C)]
pub(crate) struct Bytes {
    pub(crate) p: *mut c_int,
    pub(crate) a: [u8; 8],
}

/// Far more bytes than a check looks at one by one, and a pointer behind them.
#[pinned_ffi::pinned_ffi]
#[repr(C)]
#[derive(Clone, Copy)]
pub(crate) struct Large {
    pub(crate) filler: [u64; 32_769],
    pub(crate) p: *mut c_int,
}

/// A text as a slice has it.
#[pinned_ffi::pinned_ffi]
#[repr(C)]
#[derive(Clone, Copy)]
pub(crate) struct Text {
    pub(crate) p: *const c_char,
    pub(crate) n: usize,
}

/// A number that may be an address.
#[pinned_ffi::pinned_ffi]
#[repr(C)]
#[derive(Clone, Copy)]
pub(crate) struct Number {
    pub(crate) word: usize,
}

#[pinned_ffi::pinned_ffi]
#[repr(C)]
#[derive(Clone, Copy)]
pub(crate) struct LargeNumber {
    pub(crate) filler: [u64; 32_769],
    pub(crate) word: usize,
}

#[pinned_ffi::pinned_ffi]
#[repr(C)]
pub(crate) union WithPointer {
    pub(crate) number: u64,
    pub(crate) p: *mut c_int,
}

#[pinned_ffi::pinned_ffi]
#[repr(C)]
pub(crate) union WithoutPointer {
    pub(crate) number: u64,
    pub(crate) bytes: [u8; 8],
}

/// The top of a chain: the inner structure has a pointer in its turn.
#[pinned_ffi::pinned_ffi]
#[repr(C)]
#[derive(Clone, Copy)]
pub(crate) struct Top {
    #[one]
    pub(crate) inner: *mut One,
}

/// A chain inside a structure of Rust's.
pub(crate) struct Around {
    pub(crate) before: u64,
    pub(crate) top: Top,
}

/// As C writes `begin` and `end`.
#[pinned_ffi::pinned_ffi]
#[repr(C)]
pub(crate) struct Span {
    pub(crate) begin: *const u8,
    pub(crate) end: *const u8,
}

/// A pointer with its length beside it.
#[pinned_ffi::pinned_ffi]
#[repr(C)]
pub(crate) struct Counted {
    #[counted_by(n)]
    pub(crate) p: *const u64,
    pub(crate) n: usize,
}

/// `typedef void *handle;`
#[allow(non_camel_case_types, reason = "the name of a C type")]
pub(crate) type handle = *mut c_void;

#[pinned_ffi::pinned_ffi]
#[link(name = "probe", kind = "static")]
unsafe extern "C" {
    #[link_name = "cgo_take"]
    pub(crate) fn take_one(#[one] p: *const One);
    #[link_name = "cgo_take"]
    pub(crate) fn take_int(#[one] p: *mut c_int);
    #[link_name = "cgo_take"]
    pub(crate) fn take_slot(#[one] p: *mut *mut c_int);
    #[link_name = "cgo_take_many"]
    pub(crate) fn take_slots(#[counted_by(n)] p: *const *mut c_int, n: usize);
    #[link_name = "cgo_take_many"]
    pub(crate) fn take_bytes(#[sized_by(n)] p: *const c_void, n: usize);
    #[link_name = "cgo_take"]
    pub(crate) fn take_handle(p: handle);
    #[link_name = "cgo_take_two"]
    pub(crate) fn take_two(#[sized_by(8)] p: *mut c_void, #[sized_by(8)] q: *mut c_void);
    #[link_name = "cgo_take_many"]
    pub(crate) fn take_texts(#[counted_by(n)] p: *const Text, n: usize);
    pub(crate) fn cgo_sum_text(text: Text) -> c_int;
    #[link_name = "cgo_take"]
    pub(crate) fn take_number(#[one] p: *const Number);
    #[link_name = "cgo_take"]
    pub(crate) fn take_large_number(#[one] p: *const LargeNumber);
    #[link_name = "cgo_take"]
    pub(crate) fn take_union(#[one] p: *const WithPointer);
    #[link_name = "cgo_take"]
    pub(crate) fn take_numbers(#[one] p: *const WithoutPointer);
    #[link_name = "cgo_take"]
    pub(crate) fn take_top(#[one] p: *const Top);
    #[link_name = "cgo_take_many"]
    pub(crate) fn take_tops(#[counted_by(n)] p: *const Top, n: usize);
    #[link_name = "cgo_take"]
    pub(crate) fn take_span(#[one] p: *const Span);
    #[link_name = "cgo_take"]
    pub(crate) fn take_counted(#[one] p: *const Counted);
}

/// A number on the heap, and its address.
pub(crate) fn number() -> (Box<c_int>, *mut c_int) {
    let mut number = Box::new(5);
    let at = &raw mut *number;
    (number, at)
}
