// A word that `guarded` does not know: point at `often`; and two that contradict each other: point at the second.

use std::ffi::c_int;

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    #[guarded(often)]
    fn one(#[one] #[noescape] p: *const c_int);
    #[guarded(always)]
    #[guarded(never)]
    fn two(#[one] #[noescape] p: *const c_int);
}

fn main() {}
