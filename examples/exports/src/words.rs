//! Counts words, for C: the functions that it calls, with what their pointers mean.

use pinned_ffi::pinned_ffi;
use std::collections::BTreeMap;
use std::ffi::{c_char, c_void};

/// Words, and how often each was seen. C has a pointer to it, and does not know what is inside.
#[derive(Default)]
pub(crate) struct Words {
    counts: BTreeMap<Vec<u8>, u64>,
}

/// What became of a text.
#[pinned_ffi]
#[repr(C)]
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Added {
    /// All of its words are counted.
    All,
    /// Nothing is counted: it is no UTF-8.
    NoText,
    /// Rust panicked.
    Failed = -1,
}

/// Which words are meant.
#[pinned_ffi]
#[repr(C)]
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    /// All, in the order of their letters.
    All,
    /// Those that were seen more than once.
    Repeated,
}

/// Gets a word, its length, and how often it was seen; false ends the search.
pub(crate) type Visit =
    Option<unsafe extern "C" fn(data: *mut c_void, word: *const c_char, length: usize, count: u64) -> bool>;

/// Nothing is counted yet. `words_free` ends it.
#[pinned_ffi(export, on_panic = std::ptr::null_mut())]
#[returns(owned, free = words_free)]
fn words_new() -> *mut Words {
    Box::into_raw(Box::default())
}

/// Lets go of it.
#[pinned_ffi(export)]
unsafe fn words_free(
    #[inout]
    #[nullable]
    #[one]
    #[transfer]
    words: *mut Words,
) {
    if !words.is_null() {
        // SAFETY: made by `words_new`, and C gives it back once.
        drop(unsafe { Box::from_raw(words) });
    }
}

/// Counts the words of a text.
#[pinned_ffi(export, on_panic = Added::Failed)]
unsafe fn words_add(
    #[inout]
    #[nonnull]
    #[one]
    #[noescape]
    words: *mut Words,
    #[input]
    #[nonnull]
    #[sized_by(length)]
    #[noescape]
    text: *const c_char,
    length: usize,
) -> Added {
    if length == 0 {
        return Added::All;
    }
    // SAFETY: of `words_new`, and C uses it on one thread.
    let words = unsafe { &mut *words };
    // SAFETY: not null, and that many bytes.
    let text = unsafe { std::slice::from_raw_parts(text.cast::<u8>(), length) };
    let Ok(text) = std::str::from_utf8(text) else { return Added::NoText };
    for word in text.split_whitespace() {
        *words.counts.entry(word.to_lowercase().into_bytes()).or_default() += 1;
    }
    Added::All
}

/// Calls `visit` with each word, and gives how many there were.
#[pinned_ffi(export, on_panic = 0)]
unsafe fn words_each(
    #[input]
    #[nonnull]
    #[one]
    #[noescape]
    words: *const Words,
    which: Which,
    visit: Visit,
    #[opaque] data: *mut c_void,
) -> usize {
    let Some(visit) = visit else { return 0 };
    // SAFETY: of `words_new`.
    let words = unsafe { &*words };
    let least = if which == Which::Repeated { 2 } else { 1 };
    let meant = words.counts.iter().filter(|(_, count)| **count >= least);
    let mut visited = 0;
    for (word, count) in meant {
        visited += 1;
        // SAFETY: the word is there for the call, and the data is C's own.
        if !unsafe { visit(data, word.as_ptr().cast(), word.len(), *count) } {
            break;
        }
    }
    visited
}

/// Writes the longest word, without a zero at its end, and gives its length; 0 where there is none, or `size` does not suffice.
#[pinned_ffi(export, on_panic = 0)]
unsafe fn words_longest(
    #[input]
    #[nonnull]
    #[one]
    #[noescape]
    words: *const Words,
    #[out]
    #[nonnull]
    #[sized_by(size)]
    #[filled_by(return)]
    #[noescape]
    to: *mut c_char,
    size: usize,
) -> usize {
    // SAFETY: of `words_new`.
    let words = unsafe { &*words };
    let Some(longest) = words.counts.keys().max_by_key(|word| word.len()).filter(|word| word.len() <= size) else {
        return 0;
    };
    // SAFETY: room for `size` bytes that nobody else has.
    unsafe { std::ptr::copy_nonoverlapping(longest.as_ptr(), to.cast(), longest.len()) };
    longest.len()
}
