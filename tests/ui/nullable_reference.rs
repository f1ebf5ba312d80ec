// A reference is never null: point at `#[nullable]`.

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn show(#[nullable] value: &i32);
}

fn main() {}
