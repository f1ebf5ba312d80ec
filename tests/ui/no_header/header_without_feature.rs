// A header, but the feature that reads headers is off: point at `header`.

#[pinned_ffi::pinned_ffi(header = "sys/uio.h")]
mod c {}

fn main() {}
