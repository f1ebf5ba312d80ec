//! C13: memory that nobody has written.

use super::Case;
use libc::{c_char, c_int, c_uchar, c_void, size_t, sockaddr, socklen_t, ssize_t};
use std::mem::MaybeUninit;

pub(crate) const CASES: &[Case] = &[
    ("branch_on_an_unwritten_byte", branch_on_an_unwritten_byte),
    ("b082_zero_for_null", b082_zero_for_null),
    ("b083_digits_partly_written", b083_digits_partly_written),
    ("b084_address_not_written", b084_address_not_written),
    ("b087_no_operations", b087_no_operations),
];

#[pinned_ffi::pinned_ffi]
#[repr(C)]
struct mm_options {
    k: c_int,
    w: c_int,
    flags: [c_int; 6],
}

#[rustfmt::skip]
#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn unwritten_branch(#[input] #[counted_by(n)] #[noescape] flags: *const c_uchar, n: size_t) -> c_int;
    fn unwritten_decide(number: c_int);
    fn dec_digits(
        value: c_int, #[out] #[counted_by(n)] #[noescape] digits: *mut c_uchar, n: size_t,
    ) -> c_int;
    fn mm_set_opt(
        #[input] #[nullable] #[null_terminated] #[noescape] preset: *const c_char,
        #[out] #[one] #[filled_by(1)] #[noescape] options: *mut mm_options,
    ) -> c_int;
    fn recvfrom(
        sockfd: c_int, buf: *mut c_void, len: size_t, flags: c_int, src_addr: *mut sockaddr, addrlen: *mut socklen_t,
    ) -> ssize_t;
    fn fuse_session(#[input] #[nonnull] #[sized_by(n)] #[noescape] operations: *const c_void, n: size_t) -> c_int;
}

fn branch_on_an_unwritten_byte(is_fixed: bool) {
    let mut flags: Box<[MaybeUninit<u8>]> = Box::new_uninit_slice(40);
    if is_fixed {
        flags.fill(MaybeUninit::new(1));
    }
    // SAFETY: none where nobody has written them.
    unsafe { unwritten_branch(flags.as_ptr().cast(), 40) };
}

/// MiriLLI, minimap2-sys: the address of a zero where null is meant.
fn b082_zero_for_null(is_fixed: bool) {
    let zero: c_char = 0;
    let mut options: Box<MaybeUninit<mm_options>> = Box::new_uninit();
    let preset = if is_fixed { std::ptr::null() } else { &raw const zero };
    // SAFETY: none where the options stay as they were.
    let options = unsafe {
        mm_set_opt(preset, options.as_mut_ptr());
        options.assume_init()
    };
    // SAFETY: a number.
    unsafe { unwritten_decide(options.k + options.w) };
}

/// MiriLLI, dec 76: two digits are written, and twelve are used.
fn b083_digits_partly_written(is_fixed: bool) {
    let mut digits: Box<[MaybeUninit<u8>]> = Box::new_uninit_slice(12);
    // SAFETY: none where more is used than was written.
    let sum = unsafe {
        let written = dec_digits(42, digits.as_mut_ptr().cast(), 12) as usize;
        let used = if is_fixed { written } else { 12 };
        digits[..used].iter().map(|digit| c_int::from(digit.assume_init())).sum()
    };
    // SAFETY: a number.
    unsafe { unwritten_decide(sum) };
}

/// nix 2693: a connected socket has no address to tell.
fn b084_address_not_written(is_fixed: bool) {
    let mut ends = [0; 2];
    let mut data = [0_u8; 4];
    let mut length = size_of::<libc::sockaddr_un>() as socklen_t;
    let mut address: Box<MaybeUninit<libc::sockaddr_un>> = Box::new_uninit();
    // SAFETY: none where an address is used that was not written.
    unsafe {
        libc::socketpair(libc::AF_UNIX, libc::SOCK_STREAM, 0, ends.as_mut_ptr());
        libc::write(ends[0], b"data".as_ptr().cast(), 4);
        recvfrom(ends[1], data.as_mut_ptr().cast(), 4, 0, address.as_mut_ptr().cast(), &raw mut length);
        if !is_fixed || length > 2 {
            unwritten_decide(c_int::from((*address.as_ptr()).sun_family));
        }
    }
}

/// RUSTSEC-2021-0154: null where C copies a table.
fn b087_no_operations(is_fixed: bool) {
    let operations = [1_usize; 8];
    let at = if is_fixed { operations.as_ptr() } else { std::ptr::null() };
    // SAFETY: none for null.
    unsafe { fuse_session(at.cast(), 64) };
}
