//! The broken twin: `c/broken.c` uses the words when it has let go of them.

#![no_main]

#[path = "../words.rs"]
mod words;

#[global_allocator]
static ALLOC: pinned_ffi::TrackedAlloc = pinned_ffi::TrackedAlloc::system();

#[link(name = "words_broken", kind = "static", modifiers = "+whole-archive")]
unsafe extern "C" {}
