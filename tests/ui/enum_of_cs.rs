// Enumerations that C does not have: point at the data, the parameters, and the enumeration without values.

#[pinned_ffi::pinned_ffi]
#[repr(C)]
enum Shape {
    Round(u8),
}

#[pinned_ffi::pinned_ffi]
#[repr(u8)]
enum Nothing {}

fn main() {}
