//! The Rust part of a program whose `main` is C's: `c/main.c` calls the functions of `words.rs`.

#![no_main]

mod words;

#[global_allocator]
static ALLOC: pinned_ffi::TrackedAlloc = pinned_ffi::TrackedAlloc::system();

#[link(name = "words_main", kind = "static", modifiers = "+whole-archive")]
unsafe extern "C" {}
