//! The broken twin: hands C a structure with a pointer to a String that nothing keeps in place.

use hello::hello::{hello_longest, hello_part};

#[global_allocator]
static ALLOC: pinned_ffi::TrackedAlloc = pinned_ffi::TrackedAlloc::system();

fn main() {
    let text = String::from("who keeps me?");
    let parts = [hello_part { text: text.as_ptr().cast(), length: text.len() }];
    // SAFETY: none: C may keep what it is given, and the text is not pinned. That is the bug.
    let longest = unsafe { hello_longest(parts.as_ptr(), parts.len()) };
    println!("C returned {longest:?}");
}
