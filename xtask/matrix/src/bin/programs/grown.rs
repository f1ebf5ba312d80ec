//! C06: memory that is reallocated under a pointer.

use super::Case;
use super::kept::{kept_forget, kept_keep, kept_read};
use libc::{c_char, c_int, c_long, c_void, size_t};

pub(crate) const CASES: &[Case] = &[
    ("kept_while_it_grows", kept_while_it_grows),
    ("b041_pointer_of_the_first_try", b041_pointer_of_the_first_try),
    ("b042_bound_indicator", b042_bound_indicator),
    ("b043_reallocated_by_c", b043_reallocated_by_c),
];

pub(crate) enum odbc_statement {}

#[rustfmt::skip]
#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn grown_next(
        #[input] #[sized_by(used)] #[noescape] current: *const c_char,
        used: size_t,
        #[out] #[sized_by(room)] #[noescape] next: *mut c_char,
        room: size_t,
    ) -> c_int;
    #[returns(opaque)]
    fn odbc_new() -> *mut odbc_statement;
    fn odbc_bind(
        #[opaque] s: *mut odbc_statement,
        #[input] #[one] #[retained(by = s, until = [odbc_free])] indicator: *const c_long,
    );
    fn odbc_execute(#[opaque] s: *mut odbc_statement) -> c_long;
    fn odbc_free(#[opaque] s: *mut odbc_statement);
    #[returns(owned, free = free)]
    fn grown_xrealloc(#[inout] #[sized_by(1)] #[transfer(free = free)] memory: *mut c_void, n: size_t) -> *mut c_void;
    fn free(ptr: *mut c_void);
}

fn kept_while_it_grows(is_fixed: bool) {
    let mut data = vec![1_u8; 40];
    if is_fixed {
        data.reserve(100);
    }
    // SAFETY: long enough; whether for long enough is the question.
    unsafe { kept_keep(data.as_mut_ptr().cast(), 40) };
    data.extend_from_slice(&[2; 100]);
    // SAFETY: none where the vector has moved.
    unsafe { kept_read(30) };
    // SAFETY: takes nothing.
    unsafe { kept_forget() };
}

/// RUSTSEC-2021-0022: the second try gets the pointers of the first, and the buffer has grown.
fn b041_pointer_of_the_first_try(is_fixed: bool) {
    let mut buffer = vec![b'a'; 30];
    let mut at: *mut c_char = buffer.as_mut_ptr().cast();
    // SAFETY: the first call fits; the second does where the pointer is new.
    unsafe {
        let needed = grown_next(c"abc".as_ptr(), 3, at, buffer.len());
        buffer.resize(needed as usize, 0);
        if is_fixed {
            at = buffer.as_mut_ptr().cast();
        }
        grown_next(c"abc".as_ptr(), 3, at, buffer.len());
    }
}

/// odbc-rs 97: the vector of lengths grows after one of them was bound.
fn b042_bound_indicator(is_fixed: bool) {
    let mut indicators: Vec<c_long> = Vec::with_capacity(if is_fixed { 40 } else { 4 });
    indicators.push(11);
    // SAFETY: none where the vector has moved.
    unsafe {
        let statement = odbc_new();
        odbc_bind(statement, indicators.as_ptr());
        indicators.extend((0..30).map(c_long::from));
        odbc_execute(statement);
        odbc_free(statement);
    }
}

/// tectonic 1129: C reallocates what Rust holds.
fn b043_reallocated_by_c(is_fixed: bool) {
    // SAFETY: none where the memory is not malloc's.
    unsafe {
        if is_fixed {
            free(grown_xrealloc(libc::malloc(100), 100_000));
        } else {
            let mut buffer = vec![0_u8; 100];
            let moved = grown_xrealloc(buffer.as_mut_ptr().cast(), 100_000);
            drop(buffer);
            free(moved);
        }
    }
}
