// `safe` names a variadic function: point at the attribute, name `printf`.

#[pinned_ffi::pinned_ffi(header = "stdio.h", allow = "printf", safe = "printf")]
mod c {}

fn main() {}
