//! Types that C does not have, or that cannot hold what C may pass.
#![allow(dead_code)]

use pinned_ffi::pinned_ffi;

#[pinned_ffi(export)]
fn texts(name: &str, owned: String) -> Vec<u8> {
    let _ = name;
    owned.into_bytes()
}

#[pinned_ffi(export)]
fn never_null(one: &i32, many: *const [u8], call: extern "C" fn(), held: Box<u32>) -> (i32, i32) {
    let _ = (many, call, held);
    (*one, 1)
}

#[pinned_ffi(export)]
fn values(letter: char, wide: u128, maybe: Option<u32>, list: [u8; 4], map: std::collections::HashMap<u8, u8>) {
    let _ = (letter, wide, maybe, list, map);
}

fn main() {}
