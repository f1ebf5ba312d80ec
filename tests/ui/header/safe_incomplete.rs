// `safe` names a function whose contract is not complete: name the parameter of `strlen`.

#[pinned_ffi::pinned_ffi(header = "string.h", allow = "strlen", safe = "strlen")]
mod c {}

fn main() {}
