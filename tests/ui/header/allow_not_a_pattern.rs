// `allow` is no regular expression: point at `header`, show the pattern.

#[pinned_ffi::pinned_ffi(header = "sys/uio.h", allow = "readv(")]
mod c {}

fn main() {}
