//! C14 to C17: memory freed by another allocator, with another layout, twice, from its middle, or never.

use super::{Case, owned};
use libc::{c_char, c_int, c_long, c_uchar, c_void, size_t};
use std::alloc::{Layout, dealloc};
use std::ffi::CString;

pub(crate) const CASES: &[Case] = &[
    ("box_freed_by_c", box_freed_by_c),
    ("malloc_block_in_a_box", malloc_block_in_a_box),
    ("box_freed_with_another_layout", box_freed_with_another_layout),
    ("interior_pointer_freed_by_c", interior_pointer_freed_by_c),
    ("box_freed_twice", box_freed_twice),
    ("malloc_lost_in_c", malloc_lost_in_c),
    ("into_raw_never_taken_back", into_raw_never_taken_back),
    ("b088_sequence_in_a_vector", b088_sequence_in_a_vector),
    ("b089_strdup_in_a_cstring", b089_strdup_in_a_cstring),
    ("b093_bytes_in_a_void_box", b093_bytes_in_a_void_box),
    ("b095_closed_and_dropped", b095_closed_and_dropped),
    ("b096_cloned_handle", b096_cloned_handle),
    ("b103_part_of_a_text_freed", b103_part_of_a_text_freed),
    ("b104_local_freed_by_c", b104_local_freed_by_c),
    ("b106_destructor_not_called", b106_destructor_not_called),
    ("b107_into_raw_in_an_error_path", b107_into_raw_in_an_error_path),
];

pub(crate) enum value {}
pub(crate) enum package {}

#[rustfmt::skip]
#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn owners_take(#[inout] #[nullable] #[sized_by(1)] #[transfer(free = free)] memory: *mut c_void);
    #[returns(owned, free = free)]
    fn owners_give(n: size_t) -> *mut c_void;
    fn owners_lose(n: size_t) -> c_int;
    fn owners_use(n: size_t) -> c_int;
    fn owners_sum(#[input] #[counted_by(n)] #[noescape] bytes: *const c_uchar, n: size_t) -> c_int;
    #[returns(owned, free = free)]
    fn faidx_fetch(#[out] #[one] #[noescape] length: *mut c_long) -> *mut c_char;
    fn strdup(s: *const c_char) -> *mut c_char;
    fn free(ptr: *mut c_void);

    #[returns(opaque)]
    fn value_new(#[input] #[null_terminated] #[noescape] text: *const c_char) -> *mut value;
    fn value_free(#[opaque] #[transfer] v: *mut value);

    #[returns(opaque)]
    fn alpm_package() -> *mut package;
    #[returns(until = [alpm_free], null_terminated)]
    fn alpm_version(#[opaque] p: *const package) -> *const c_char;
    fn alpm_free(#[opaque] #[transfer] p: *mut package);
}

fn box_freed_by_c(is_fixed: bool) {
    let block = Box::into_raw(Box::new([7_u64; 6]));
    // SAFETY: none where it is not malloc's.
    unsafe {
        if is_fixed {
            drop(Box::from_raw(block));
        } else {
            owners_take(block.cast());
        }
    }
}

fn malloc_block_in_a_box(is_fixed: bool) {
    // SAFETY: none where the block is not Rust's.
    unsafe {
        let block = owners_give(48);
        if is_fixed {
            free(block);
        } else {
            drop(Box::from_raw(block.cast::<[u64; 6]>()));
        }
    }
}

fn box_freed_with_another_layout(is_fixed: bool) {
    let block = std::hint::black_box(Box::into_raw(Box::new([7_u64; 6])));
    // SAFETY: none with half the length.
    unsafe {
        if is_fixed {
            drop(Box::from_raw(block));
        } else {
            dealloc(block.cast(), Layout::new::<[u64; 3]>());
        }
    }
}

fn interior_pointer_freed_by_c(is_fixed: bool) {
    let block = Box::into_raw(Box::new([7_u64; 12]));
    // SAFETY: none where it is neither the start nor malloc's.
    unsafe {
        if !is_fixed {
            owners_take(block.cast::<u64>().add(4).cast());
        }
        drop(Box::from_raw(block));
    }
}

fn box_freed_twice(is_fixed: bool) {
    let block = std::hint::black_box(Box::into_raw(Box::new([7_u64; 600])));
    // SAFETY: none the second time.
    unsafe {
        drop(Box::from_raw(block));
        if !is_fixed {
            drop(Box::from_raw(block));
        }
    }
}

fn malloc_lost_in_c(is_fixed: bool) {
    // SAFETY: numbers.
    unsafe {
        if is_fixed {
            owners_use(500)
        } else {
            owners_lose(500)
        };
    }
}

fn into_raw_never_taken_back(is_fixed: bool) {
    let block = Box::into_raw(vec![7_u8; 500].into_boxed_slice());
    // SAFETY: just taken apart.
    unsafe {
        std::hint::black_box(owners_sum(block.cast(), 500));
        if is_fixed {
            drop(Box::from_raw(block));
        }
    }
}

/// rust-htslib 510: malloc's memory as a vector's.
fn b088_sequence_in_a_vector(is_fixed: bool) {
    let mut length = 0;
    // SAFETY: none where the vector frees it.
    unsafe {
        let sequence = faidx_fetch(&raw mut length);
        if is_fixed {
            let copy = std::slice::from_raw_parts(sequence.cast::<u8>(), length as usize).to_vec();
            free(sequence.cast());
            drop(copy);
        } else {
            drop(Vec::from_raw_parts(sequence.cast::<u8>(), length as usize, length as usize + 1));
        }
    }
}

/// jemallocator 3: what one allocator has made, the other frees.
fn b089_strdup_in_a_cstring(is_fixed: bool) {
    // SAFETY: none where Rust frees it.
    unsafe {
        let copy = strdup(c"a text of C's".as_ptr());
        if is_fixed {
            free(copy.cast());
        } else {
            drop(CString::from_raw(copy));
        }
    }
}

/// CrabbyAvif 33: bytes are boxed, and freed as a box of one byte.
fn b093_bytes_in_a_void_box(is_fixed: bool) {
    let bytes = Box::into_raw(vec![1_u8; 300].into_boxed_slice());
    // SAFETY: none where the length is lost.
    unsafe {
        if is_fixed {
            drop(Box::from_raw(bytes));
        } else {
            drop(Box::from_raw(bytes.cast::<u8>()));
        }
    }
}

/// A handle that its owner frees.
struct Value(*mut value);

impl Value {
    fn new() -> Self {
        let text = owned("a value of the library");
        // SAFETY: a text.
        Self(unsafe { value_new(text.as_ptr()) })
    }

    /// As a wrapper would that has a method of that name and a `Drop` as well.
    fn close(&self) {
        // SAFETY: none, for it is dropped later.
        unsafe { value_free(self.0) };
    }
}

impl Drop for Value {
    fn drop(&mut self) {
        // SAFETY: the handle's own, unless somebody else has freed it.
        unsafe { value_free(self.0) };
    }
}

/// RUSTSEC-2026-0029: closed by hand, and once more by the drop.
fn b095_closed_and_dropped(is_fixed: bool) {
    let value = Value::new();
    if !is_fixed {
        value.close();
    }
    drop(value);
}

/// RUSTSEC-2026-0139: a clone of the handle is the same handle.
fn b096_cloned_handle(is_fixed: bool) {
    let value = Value::new();
    let clone = if is_fixed { Value::new() } else { Value(value.0) };
    drop(value);
    drop(clone);
}

/// RUSTSEC-2020-0032: a text that is a part of the library's is taken for a string of its own.
fn b103_part_of_a_text_freed(is_fixed: bool) {
    // SAFETY: none where the part is freed.
    unsafe {
        let package = alpm_package();
        let version = alpm_version(package);
        if !is_fixed {
            owners_take(version.cast_mut().cast());
        }
        alpm_free(package);
    }
}

/// RUSTSEC-2026-0156: the address of a local is given away for good.
fn b104_local_freed_by_c(is_fixed: bool) {
    let mut local = [0_u64; 8];
    // SAFETY: none where it is the stack's.
    unsafe {
        let exception = if is_fixed { owners_give(64) } else { local.as_mut_ptr().cast() };
        owners_take(exception);
    }
}

/// MiriLLI, six libraries: nobody calls C's destructor.
fn b106_destructor_not_called(is_fixed: bool) {
    let value = Value::new();
    if is_fixed {
        drop(value);
    } else {
        std::mem::forget(value);
    }
}

/// FFIChecker, arma-rs: the early return forgets what was taken apart.
fn b107_into_raw_in_an_error_path(is_fixed: bool) {
    fn call(is_fixed: bool) -> Option<()> {
        let text = owned("an argument that the error path forgets").into_raw();
        // SAFETY: the text's own length.
        let failed = std::hint::black_box(unsafe { libc::strlen(text) } > 0);
        if failed && !is_fixed {
            return None;
        }
        // SAFETY: just taken apart.
        drop(unsafe { CString::from_raw(text) });
        Some(())
    }
    std::hint::black_box(call(is_fixed));
}
