// `safe` names a function whose pointer stands behind an alias: it is asked for what every pointer is asked for.

#[pinned_ffi::pinned_ffi(header = "pinned_ffi_alias.h", safe = "use_alias")]
mod c {}

fn main() {}
