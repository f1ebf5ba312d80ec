// What a form calls first: a function that is not declared, one whose result would be lost, one of another number of parameters,
// a name that is nothing, and a result that tells of failure where nobody asks for it.

use std::ffi::{c_int, c_void};

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn set(at: c_int, value: c_int);
    fn count(at: c_int) -> c_int;
    fn data(at: c_int, #[opaque] value: *mut c_void);
    #[form_of(set, before(nobody(at)))]
    fn set_undeclared(at: c_int, value: c_int);
    #[form_of(set, before(count(at)))]
    fn set_counted(at: c_int, value: c_int);
    #[form_of(set, before(data(at)))]
    fn set_short(at: c_int, value: c_int);
    #[form_of(set, before(data(at, value, other)))]
    fn set_long(at: c_int, value: c_int, #[opaque] other: *mut c_void);
    #[form_of(set, before(data(at, other)))]
    fn set_other(at: c_int, value: c_int, #[opaque] more: *mut c_void);
    fn put(at: c_int, value: c_int) -> c_int;
    #[form_of(put, before(count(at)))]
    fn put_counted(at: c_int, value: c_int) -> c_int;
}

fn main() {}
