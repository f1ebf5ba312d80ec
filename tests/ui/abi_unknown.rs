// An ABI that wrappers cannot have: the message names the two there are.

#[pinned_ffi::pinned_ffi(abi = "stdcall")]
unsafe extern "C" {
    fn getpid() -> i32;
}

fn main() {}
