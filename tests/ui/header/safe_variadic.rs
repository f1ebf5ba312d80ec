// `safe` names a variadic function: point at the attribute, name `print_line`.

#[pinned_ffi::pinned_ffi(header = "pinned_ffi_open.h", allow = "print_line", safe = "print_line")]
mod c {}

fn main() {}
