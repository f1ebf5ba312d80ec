// A typed form of a function that the block does not declare, and one with too few parameters: point at both forms.

use std::ffi::c_int;

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn abs(value: c_int) -> c_int;
    #[form_of(labs, value = 3)]
    fn of_three() -> c_int;
    #[form_of(abs)]
    fn of_nothing() -> c_int;
}

fn main() {}
