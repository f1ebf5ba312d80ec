// `allow` misspells `readv`: point at `header`, suggest `readv`.

#[pinned_ffi::pinned_ffi(header = "sys/uio.h", allow = "readw")]
mod c {}

fn main() {}
