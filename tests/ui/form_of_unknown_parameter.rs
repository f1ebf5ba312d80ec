// A typed form that fixes a parameter which its function does not have: point at the form.

use std::ffi::c_int;

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn fcntl(fd: c_int, cmd: c_int, ...) -> c_int;
    #[form_of(fcntl, command = 3)]
    fn fcntl_getfl(fd: c_int) -> c_int;
}

fn main() {}
