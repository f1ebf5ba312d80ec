// Two directions on one parameter: point at the second, `out`, and name the first.

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn fill(#[input] #[out] buf: *mut i32);
}

fn main() {}
