// `safe` names a function whose contract is not complete: name the parameters of `removexattr`.

#[pinned_ffi::pinned_ffi(header = "sys/xattr.h", allow = "removexattr", safe = "removexattr")]
mod c {}

fn main() {}
