// `safe` names a function whose contract is not complete: name the parameters of `remove_label`.

#[pinned_ffi::pinned_ffi(header = "pinned_ffi_open.h", allow = "remove_label", safe = "remove_label")]
mod c {}

fn main() {}
