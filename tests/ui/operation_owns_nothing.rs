// A bare number, an address among them, keeps no memory in place.

use pinned_ffi::completion::Operation;

fn main() {
    let buffer = [0_u8; 16];
    let _ = Operation::new(buffer.as_ptr().addr());
}
