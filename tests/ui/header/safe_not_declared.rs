// `safe` misspells `writev`: point at `header`, suggest `writev`.

#[pinned_ffi::pinned_ffi(header = "sys/uio.h", allow = "readv", safe = "writew")]
mod c {}

fn main() {}
