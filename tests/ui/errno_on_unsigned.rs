// `#[errno]` on a result that cannot be -1: point at the result type.

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    #[errno]
    safe fn alarm_left() -> u32;
}

fn main() {}
