//! Small programs with one bug each, and the same without it: `programs NAME [fixed]`, chosen by name.
//!
//! Which variant runs is known at run time only, so that the compiler cannot delete either. Names that begin with `b` and a number
//! are bugs of real libraries, told again; the others are the smallest that show their class.

#![allow(clippy::multiple_unsafe_ops_per_block, reason = "the programs misuse pointers on purpose")]
#![allow(clippy::useless_vec, reason = "blocks must lie on the heap")]
#![allow(clashing_extern_declarations, reason = "a function is bound wrongly, and rightly by the fixed variant")]
#![allow(missing_docs, non_camel_case_types, non_snake_case, clippy::upper_case_acronyms, reason = "C's names")]

mod aliases;
mod callbacks;
mod consts;
mod dangling;
mod grown;
mod in_flight;
mod kept;
mod layouts;
mod lengths;
mod moved;
mod nested;
mod owners;
mod results;
#[cfg(feature = "libraries")]
mod sqlite3;
mod texts;
mod unwritten;
#[cfg(feature = "libraries")]
mod zlib;

use std::ffi::{CString, c_void};
use std::process::ExitCode;

#[global_allocator]
static ALLOC: pinned_ffi::TrackedAlloc = pinned_ffi::TrackedAlloc::system();
pinned_ffi::interpose_malloc!();

#[link(name = "matrix_programs", kind = "static")]
unsafe extern "C" {}

/// A program: its name, and what it does with the bug or without it.
type Case = (&'static str, fn(bool));

const CASES: &[&[Case]] = &[
    dangling::CASES,
    kept::CASES,
    callbacks::CASES,
    in_flight::CASES,
    moved::CASES,
    grown::CASES,
    nested::CASES,
    lengths::CASES,
    texts::CASES,
    consts::CASES,
    aliases::CASES,
    unwritten::CASES,
    owners::CASES,
    results::CASES,
    layouts::CASES,
    #[cfg(feature = "libraries")]
    kept::WITH_LIBRARIES,
    #[cfg(feature = "libraries")]
    callbacks::WITH_LIBRARIES,
    #[cfg(feature = "libraries")]
    dangling::WITH_LIBRARIES,
    #[cfg(feature = "libraries")]
    moved::WITH_LIBRARIES,
    #[cfg(feature = "libraries")]
    texts::WITH_LIBRARIES,
    #[cfg(feature = "libraries")]
    results::WITH_LIBRARIES,
];

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let (name, is_fixed) = match words[..] {
        ["list"] => {
            CASES.iter().copied().flatten().for_each(|(name, _)| println!("{name}"));
            return ExitCode::SUCCESS;
        }
        [name] => (name, false),
        [name, "fixed"] => (name, true),
        _ => return ExitCode::from(2),
    };
    let Some((_, run)) = CASES.iter().copied().flatten().find(|(known, _)| *known == name) else {
        return ExitCode::from(2);
    };
    run(is_fixed);
    println!("done");
    ExitCode::SUCCESS
}

/// A text of the heap.
fn owned(text: &str) -> CString {
    CString::new(text).expect("no zero inside")
}

/// Keeps the owner if asked; else it is dropped here.
fn keep_if<T>(is_kept: bool, owner: T) -> Option<T> {
    is_kept.then_some(owner)
}

/// Moves a value to a new block; the old one is free when this returns.
#[inline(never)]
#[allow(clippy::boxed_local, reason = "that it is a box is the point")]
fn moved<T>(first: Box<T>) -> Box<T> {
    Box::new(*first)
}

unsafe extern "C" {
    fn dangling_touch(memory: *mut c_void);
}

/// Runs `last` in a frame far below the caller's, so that what it leaves behind lies where no later call reaches at once.
#[inline(never)]
fn deep<T>(depth: usize, last: fn() -> T) -> T {
    let mut room = [0_u8; 1024];
    // SAFETY: C looks at nothing there; it makes the frame real.
    unsafe { dangling_touch(room.as_mut_ptr().cast()) };
    let result = if depth == 0 { last() } else { deep(depth - 1, last) };
    // SAFETY: as above.
    unsafe { dangling_touch(room.as_mut_ptr().cast()) };
    result
}
