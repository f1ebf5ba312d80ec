//! C21: structures and numbers that are larger than their binding.

use super::Case;
use libc::{c_char, c_int};

pub(crate) const CASES: &[Case] = &[
    ("structure_larger_than_its_binding", structure_larger_than_its_binding),
    ("b131_stat_of_another_system", b131_stat_of_another_system),
    ("b133_number_of_another_width", b133_number_of_another_width),
];

#[pinned_ffi::pinned_ffi]
#[repr(C)]
struct layout_narrow {
    values: [i32; 4],
}

#[pinned_ffi::pinned_ffi]
#[repr(C)]
struct layout_wide {
    values: [i32; 8],
}

#[pinned_ffi::pinned_ffi]
#[repr(C)]
struct stat_old {
    fields: [u64; 9],
}

#[pinned_ffi::pinned_ffi]
#[repr(C)]
struct stat_new {
    fields: [u64; 13],
}

#[rustfmt::skip]
#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn layouts_fill(#[out] #[one] #[noescape] out: *mut layout_narrow);
    #[link_name = "layouts_fill"]
    fn fill(#[out] #[one] #[noescape] out: *mut layout_wide);
    fn layouts_stat(#[null_terminated] #[noescape] path: *const c_char, #[out] #[one] #[noescape] out: *mut stat_old) -> c_int;
    #[link_name = "layouts_stat"]
    fn stat(#[null_terminated] #[noescape] path: *const c_char, #[out] #[one] #[noescape] out: *mut stat_new) -> c_int;
    fn layouts_count(#[out] #[one] #[noescape] count: *mut i32) -> c_int;
    #[link_name = "layouts_count"]
    fn count(#[out] #[one] #[noescape] count: *mut i64) -> c_int;
}

fn structure_larger_than_its_binding(is_fixed: bool) {
    let (mut narrow, mut wide) = (layout_narrow { values: [0; 4] }, layout_wide { values: [0; 8] });
    // SAFETY: none where C's structure is larger.
    unsafe { if is_fixed { fill(&raw mut wide) } else { layouts_fill(&raw mut narrow) } }
}

/// libc 775: the kernel fills in the structure of a newer system.
fn b131_stat_of_another_system(is_fixed: bool) {
    let (mut old, mut new) = (Box::new(stat_old { fields: [0; 9] }), Box::new(stat_new { fields: [0; 13] }));
    // SAFETY: none where C's structure is larger.
    unsafe {
        if is_fixed {
            stat(c"/tmp".as_ptr(), &raw mut *new);
        } else {
            layouts_stat(c"/tmp".as_ptr(), &raw mut *old);
        }
    }
}

/// MiriLLI, sgp4-rs and others: the binding says 32 bits, C writes 64.
fn b133_number_of_another_width(is_fixed: bool) {
    let (mut narrow, mut wide) = (Box::new(0_i32), Box::new(0_i64));
    // SAFETY: none where C's number is wider.
    unsafe {
        if is_fixed {
            count(&raw mut *wide);
        } else {
            layouts_count(&raw mut *narrow);
        }
    }
}
