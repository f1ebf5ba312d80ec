// Four bytes hold no address.

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn sum_at(#[pointer] #[input] #[sized_by(n)] #[noescape] at: u32, n: usize) -> u64;
}

fn main() {
    // SAFETY: never called.
    let _ = || unsafe { sum_at(0, 0) };
}
