// The compiler finds no such header: point at `header`, name the file.

#[pinned_ffi::pinned_ffi(header = "pinned_ffi_no_such_header.h")]
mod c {}

fn main() {}
