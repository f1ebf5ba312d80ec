// An owner pinned for nothing: point at the expression.

#![deny(unused_must_use)]

fn main() {
    pinned_ffi::Pinned::new(vec![0_u8; 4]);
}
