// A pinner that is dropped at once: point at the expression, tell that it pins nothing.

#![deny(unused_must_use)]

fn main() {
    pinned_ffi::Pinner::new();
}
