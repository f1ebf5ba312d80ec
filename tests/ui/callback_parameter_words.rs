// Inside a callback's type: what cannot be read, memory that nobody writes, what is no text, what has no elements, and lengths that
// nobody knows when C gets the callback.

use std::ffi::{c_char, c_int, c_void};

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    safe fn first(
        #[callback(userdata = data, scope = call)] f: Option<
            unsafe extern "C" fn(
                #[out]
                #[one]
                constant: *const c_int,
                #[null_terminated] text: *mut c_int,
                #[counted_by(count)] bytes: *mut c_void,
                count: c_int,
                #[one] number: c_int,
                #[userdata(1)] data: *mut c_void,
            ),
        >,
        data: *mut c_void,
    );
    safe fn second(
        #[inout]
        #[one]
        #[noescape]
        length: *mut usize,
        #[null_terminated]
        #[noescape]
        name: *const c_char,
        size: usize,
        #[callback(userdata = data, scope = call)] f: Option<
            unsafe extern "C" fn(
                #[sized_by(*length)] behind: *const c_void,
                #[sized_by(name)] named: *const c_void,
                #[sized_by(at_least(size) + other)] unknown: *const c_void,
                #[sized_by(count * 2)] twice: *const c_void,
                count: c_int,
                data: *mut c_void,
            ),
        >,
        data: *mut c_void,
    );
}

fn main() {}
