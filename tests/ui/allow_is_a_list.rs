// `allow` takes one string, a regular expression: point at `allow`.

#[pinned_ffi::pinned_ffi(header = "sys/uio.h", allow = ["readv", "writev"])]
mod uio {}

fn main() {}
