// `allow` takes a string: point at `allow`.

#[pinned_ffi::pinned_ffi(header = "sys/uio.h", allow = readv)]
mod uio {}

fn main() {}
