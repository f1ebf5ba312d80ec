// A misspelt option beside a header: point at `alow`, suggest `allow`.

#[pinned_ffi::pinned_ffi(header = "sys/uio.h", alow = "readv")]
mod c {}

fn main() {}
