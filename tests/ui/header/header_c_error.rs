// The header is wrong C: tell clang's own words with file, line and column; nothing is bound.

#[pinned_ffi::pinned_ffi(header = "pinned_ffi_c_error.h")]
mod c {}

fn main() {}
