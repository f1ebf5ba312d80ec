// The contract of a structure's fields serves the calls that flow through it.

use std::ffi::{c_char, c_void};

/// Two buffers and a name.
#[pinned_ffi::pinned_ffi]
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Batch {
    #[nonnull]
    #[counted_by(n)]
    pub values: *const i32,
    pub n: usize,
    #[nullable]
    #[sized_by(width * height * 4)]
    pub pixels: *mut c_void,
    pub width: u16,
    pub height: u16,
    #[null_terminated]
    pub name: *const c_char,
    pub function: Option<unsafe extern "C" fn()>,
    pub flat: [u8; 16],
    pub pair: [*const u8; 2],
}

/// Batches, by address.
#[pinned_ffi::pinned_ffi]
#[repr(C)]
pub struct Batches {
    #[flow_through]
    #[counted_by(count)]
    pub first: *const Batch,
    pub count: i32,
}

/// A number with C's layout.
#[pinned_ffi::pinned_ffi]
#[repr(transparent)]
pub struct Id {
    pub value: u64,
}

/// Known contracts of the C library's structures serve structures of the same name.
#[pinned_ffi::pinned_ffi]
#[repr(C)]
#[allow(non_camel_case_types)]
pub struct iovec {
    pub iov_base: *mut c_void,
    pub iov_len: usize,
}

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn sum(#[flow_through] #[one] batch: *const Batch) -> i64;
    fn sum_all(#[flow_through(inout)] #[one] batches: *mut Batches) -> i64;
    fn look(#[one] batch: &Batch, id: Id) -> i64;
    safe fn count(#[counted_by(n)] #[noescape] ids: *const Id, n: usize) -> usize;
    safe fn writev(fd: std::ffi::c_int, iov: *const iovec, iovcnt: std::ffi::c_int) -> isize;
}

fn main() {
    assert!(writev(-1, &[std::io::IoSlice::new(b"one"), std::io::IoSlice::new(b"two")]).is_err());
}
