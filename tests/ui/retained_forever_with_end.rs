// Kept forever, and until a function: point at the attribute.

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn keep(#[retained(forever, until = [drop_it])] data: *const i32);
}

fn main() {}
