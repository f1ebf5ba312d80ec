// The pattern in `allow` matches no function: point at `header`.

#[pinned_ffi::pinned_ffi(header = "sys/uio.h", allow = "uio_.*")]
mod c {}

fn main() {}
