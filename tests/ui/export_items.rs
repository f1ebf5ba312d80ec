//! Functions that cannot be functions of C.
#![allow(dead_code)]

use pinned_ffi::pinned_ffi;

#[pinned_ffi(export)]
fn generic<T>(value: *const T) -> *const T {
    value
}

#[pinned_ffi(export)]
async fn later() {}

#[pinned_ffi(export)]
extern "system" fn other_abi() {}

#[pinned_ffi(export)]
#[unsafe(no_mangle)]
fn two_symbols() {}

struct Counter(u32);

impl Counter {
    #[pinned_ffi(export)]
    fn next(&mut self) -> u32 {
        self.0 += 1;
        self.0
    }
}

fn main() {}
