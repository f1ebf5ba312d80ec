// Memory that holds pointers, which safe code can make up: point at `parts`.

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    safe fn join(#[counted_by(n)] #[noescape] parts: *const *const u8, n: usize);
}

fn main() {}
