//! cgo's `retmap`: a map behind an alias has no layout of C's, which rustc sees at the symbol.
#![allow(dead_code)]

type Numbers = std::collections::HashMap<u32, u32>;

#[pinned_ffi::pinned_ffi(export)]
fn ret_map() -> Numbers {
    Numbers::new()
}

fn main() {}
