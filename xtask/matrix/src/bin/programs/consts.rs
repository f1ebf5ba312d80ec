//! C11: C writes what it is said to read only.
//!
//! The bindings of the programs with the bug are wrong, as those that they replay; the fixed ones bind the same C rightly.

use super::Case;
use libc::{c_int, c_uint, c_ulong, c_void, size_t};

pub(crate) const CASES: &[Case] = &[
    ("const_box_written", const_box_written),
    ("const_static_written", const_static_written),
    ("b070_child_behind_a_reference", b070_child_behind_a_reference),
    ("b071_device_behind_a_const", b071_device_behind_a_const),
    ("b074_name_behind_a_reference", b074_name_behind_a_reference),
    ("b076_sorted_in_place", b076_sorted_in_place),
];

#[pinned_ffi::pinned_ffi]
#[repr(C)]
struct create_device {
    kind: c_uint,
    fd: c_uint,
    flags: c_uint,
}

#[rustfmt::skip]
#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn consts_bump(#[input] #[counted_by(n)] #[noescape] numbers: *const c_int, n: size_t);
    #[link_name = "consts_bump"]
    fn bump(#[inout] #[counted_by(n)] #[noescape] numbers: *mut c_int, n: size_t);
    fn variant_get_child(index: c_int, #[input] #[sized_by(8)] #[noescape] place: *const c_void);
    #[link_name = "variant_get_child"]
    fn get_child(index: c_int, #[out] #[sized_by(8)] #[noescape] place: *mut c_void);
    fn kvm_create_device(#[input] #[one] #[noescape] device: *const create_device) -> c_int;
    #[link_name = "kvm_create_device"]
    fn new_device(#[inout] #[one] #[noescape] device: *mut create_device) -> c_int;
    #[link_name = "prctl"]
    fn prctl_get_name(option: c_int, #[input] #[sized_by(16)] #[noescape] name: *const c_void, a: c_ulong, b: c_ulong, c: c_ulong) -> c_int;
    #[link_name = "prctl"]
    fn prctl_name(option: c_int, #[out] #[sized_by(16)] #[noescape] name: *mut c_void, a: c_ulong, b: c_ulong, c: c_ulong) -> c_int;
    fn blit_sort(#[input] #[counted_by(n)] #[noescape] array: *const u32, n: size_t);
    #[link_name = "blit_sort"]
    fn sort(#[inout] #[counted_by(n)] #[noescape] array: *mut u32, n: size_t);
}

fn const_box_written(is_fixed: bool) {
    let mut numbers = Box::new([1, 2, 3, 4]);
    // SAFETY: none through the constant pointer.
    unsafe { if is_fixed { bump(numbers.as_mut_ptr(), 4) } else { consts_bump(numbers.as_ptr(), 4) } }
}

fn const_static_written(is_fixed: bool) {
    static NUMBERS: [c_int; 4] = [1, 2, 3, 4];
    let mut copy = NUMBERS;
    // SAFETY: none for a static.
    unsafe { if is_fixed { bump(copy.as_mut_ptr(), 4) } else { consts_bump(NUMBERS.as_ptr(), 4) } }
}

/// RUSTSEC-2024-0429: the place for the child is lent as `&p`.
fn b070_child_behind_a_reference(is_fixed: bool) {
    let mut child = Box::new(std::ptr::null::<u8>());
    // SAFETY: none through the constant pointer.
    unsafe {
        if is_fixed {
            get_child(1, (&raw mut *child).cast());
        } else {
            variant_get_child(1, (&raw const *child).cast());
        }
    }
}

/// RUSTSEC-2024-0428: the kernel writes the number of the device.
fn b071_device_behind_a_const(is_fixed: bool) {
    let mut device = Box::new(create_device { kind: 1, fd: 0, flags: 0 });
    // SAFETY: none through the constant pointer.
    unsafe {
        if is_fixed {
            new_device(&raw mut *device);
        } else {
            kvm_create_device(&raw const *device);
        }
    }
}

/// nix 2797, M15: the kernel writes the name through a shared reference.
fn b074_name_behind_a_reference(is_fixed: bool) {
    let mut name = Box::new([0_u8; 16]);
    // SAFETY: none through the constant pointer.
    unsafe {
        if is_fixed {
            prctl_name(libc::PR_GET_NAME, name.as_mut_ptr().cast(), 0, 0, 0);
        } else {
            prctl_get_name(libc::PR_GET_NAME, name.as_ptr().cast(), 0, 0, 0);
        }
    }
}

/// MiriLLI, blitsort-sys: `&T` made `*mut T`, and sorted.
fn b076_sorted_in_place(is_fixed: bool) {
    let mut numbers = vec![5_u32, 3, 9, 1, 7];
    // SAFETY: none through the constant pointer.
    unsafe { if is_fixed { sort(numbers.as_mut_ptr(), 5) } else { blit_sort(numbers.as_ptr(), 5) } }
}
