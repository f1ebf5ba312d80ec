// Not kept, and kept forever: point at the second, `retained(forever)`.

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn keep(#[noescape] #[retained(forever)] data: *const i32);
}

fn main() {}
