// An address in a number leads to bytes, not to an object: point at `#[one]`.

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn touch(#[pointer] #[one] at: usize);
}

fn main() {}
