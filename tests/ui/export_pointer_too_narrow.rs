// A number that cannot hold an address, in a function that C calls: the width is asserted.

#[pinned_ffi::pinned_ffi(export, on_panic = 0)]
unsafe fn first_byte(
    #[pointer]
    #[input]
    #[sized_by(1)]
    #[noescape]
    at: u32,
) -> u8 {
    at as u8
}

fn main() {}
