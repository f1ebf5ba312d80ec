// Safe code can make up any number: point at `at`.

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    safe fn sum_at(#[pointer] #[input] #[sized_by(n)] #[noescape] at: usize, n: usize) -> u64;
}

fn main() {}
