// A handle whose type is anybody's under another name: fails at the function.

use std::ffi::c_void;

pub type Any = c_void;

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    safe fn touch(#[opaque] #[noescape] any: *mut Any);
}

fn main() {}
