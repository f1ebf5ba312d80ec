//! Calls a C library of our own, idiomatically and with C's signatures.

use hello::hello::{hello_greet, hello_join, hello_longest, hello_part, hello_sum};
use std::ffi::c_char;

#[global_allocator]
static ALLOC: pinned_ffi::TrackedAlloc = pinned_ffi::TrackedAlloc::system();

fn main() {
    let sum = hello_sum(&[1, 2, 3, 39]);
    assert_eq!(sum, 45);
    println!("sum: {sum}");

    let mut to = [0 as c_char; 64];
    let length = hello_greet(c"world", &mut to);
    let bytes: Vec<u8> = to[..length].iter().map(|c| *c as u8).collect();
    assert_eq!(bytes, b"hello, world");
    println!("greeting: {}", String::from_utf8_lossy(&bytes));

    // Flow-through: the call keeps both texts in place, nobody has to pin them.
    let texts = [String::from("pinned for "), String::from("the call")];
    let parts = texts.each_ref().map(|text| hello_part { text: text.as_ptr().cast(), length: text.len() });
    let mut joined = vec![0 as c_char; 32];
    // SAFETY: `parts` names two live texts with their lengths.
    let length = unsafe { hello_join(parts.as_ptr(), parts.len(), joined.as_mut_ptr(), joined.len()) };
    let joined: Vec<u8> = joined[..usize::try_from(length).unwrap_or(0)].iter().map(|c| *c as u8).collect();
    assert_eq!(joined, b"pinned for the call");
    println!("joined: {}", String::from_utf8_lossy(&joined));

    // No flow-through: what C may keep or follow later must be pinned by hand.
    let mut pinner = pinned_ffi::Pinner::new();
    let length = texts[0].len();
    let [first, _] = texts;
    let text = pinner.pin(first).cast_const().cast();
    let pinned = [hello_part { text, length }];
    // SAFETY: `pinned` holds one part, whose text the pinner keeps.
    let longest = unsafe { hello_longest(pinned.as_ptr(), pinned.len()) };
    assert_eq!(longest, pinned.as_ptr());
    println!("longest: {length} bytes, pinned {} times", pinned_ffi::pin_count(text));
    println!("ok");
}
