// `safe` names a function whose pointer stands behind an alias: tell the parameter of `use_alias`.

#[pinned_ffi::pinned_ffi(header = "pinned_ffi_alias.h", safe = "use_alias")]
mod c {}

fn main() {}
