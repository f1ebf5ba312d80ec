// The attribute on an enum: point at `Level`.

#[pinned_ffi::pinned_ffi]
pub enum Level {
    Low,
}

fn main() {}
