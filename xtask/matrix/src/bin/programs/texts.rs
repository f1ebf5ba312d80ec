//! C10: texts without an end.

use super::Case;
use libc::{c_char, c_long, size_t};

pub(crate) const CASES: &[Case] = &[
    ("full_vector_as_text", full_vector_as_text),
    ("part_of_a_string_as_text", part_of_a_string_as_text),
    ("b065_str_as_text", b065_str_as_text),
    ("b066_full_array_as_text", b066_full_array_as_text),
    ("b067_wide_text_without_end", b067_wide_text_without_end),
];

#[cfg(feature = "libraries")]
pub(crate) const WITH_LIBRARIES: &[Case] = &[("b064_empty_host", openssl::b064_empty_host)];

#[rustfmt::skip]
#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn texts_length(#[null_terminated] #[noescape] text: *const c_char) -> size_t;
    fn texts_hash(#[null_terminated] #[noescape] text: *const c_char) -> c_long;
    fn wcslen(s: *const libc::wchar_t) -> size_t;
}

fn full_vector_as_text(is_fixed: bool) {
    let mut text = vec![b'a'; 24];
    if is_fixed {
        text[23] = 0;
    }
    // SAFETY: none without a zero.
    unsafe { texts_length(text.as_ptr().cast()) };
}

fn part_of_a_string_as_text(is_fixed: bool) {
    let mut text = String::from("name=a value");
    text.push_str(if is_fixed { " and more\0" } else { " and more." });
    text.shrink_to_fit();
    // SAFETY: none without a zero in the rest.
    unsafe { texts_length(text[5..12].as_ptr().cast()) };
}

/// RUSTSEC-2025-0020: a Rust string, taken for C's.
fn b065_str_as_text(is_fixed: bool) {
    let mut text = String::with_capacity(16);
    text.push_str(if is_fixed { "sixteen letters\0" } else { "sixteen letters!" });
    // SAFETY: none without a zero.
    unsafe { texts_hash(text.as_ptr().cast()) };
}

/// RUSTSEC-2024-0377: a field of fixed length that is full.
fn b066_full_array_as_text(is_fixed: bool) {
    let mut field = Box::new([b's'; 32]);
    if is_fixed {
        field[31] = 0;
    }
    // SAFETY: none without a zero.
    unsafe { texts_length(field.as_ptr().cast()) };
}

/// RUSTSEC-2025-0032: a wide text that nobody has ended.
fn b067_wide_text_without_end(is_fixed: bool) {
    let mut text: Vec<libc::wchar_t> = "a loaded image".chars().map(|letter| letter as libc::wchar_t).collect();
    if is_fixed {
        text.push(0);
    }
    text.shrink_to_fit();
    // SAFETY: none without a zero.
    unsafe { wcslen(text.as_ptr()) };
}

#[cfg(feature = "libraries")]
mod openssl {
    use libc::{c_char, c_int, size_t};

    pub(crate) enum X509_VERIFY_PARAM {}

    #[rustfmt::skip]
    #[pinned_ffi::pinned_ffi]
    #[link(name = "crypto")]
    unsafe extern "C" {
        #[returns(opaque)]
        fn X509_VERIFY_PARAM_new() -> *mut X509_VERIFY_PARAM;
        fn X509_VERIFY_PARAM_free(#[opaque] param: *mut X509_VERIFY_PARAM);
        // With a length of 0 it asks strlen.
        fn X509_VERIFY_PARAM_set1_host(
            #[opaque] param: *mut X509_VERIFY_PARAM,
            #[input] #[nullable] #[null_terminated] #[noescape] name: *const c_char,
            namelen: size_t,
        ) -> c_int;
    }

    /// RUSTSEC-2023-0044: the empty host of a longer text; a length of 0 means "look for the zero".
    pub(crate) fn b064_empty_host(is_fixed: bool) {
        let mut text = Vec::from(*b"example.org");
        if is_fixed {
            text.push(0);
        }
        text.shrink_to_fit();
        let host = &text[..0];
        // SAFETY: none without a zero.
        unsafe {
            let param = X509_VERIFY_PARAM_new();
            X509_VERIFY_PARAM_set1_host(param, host.as_ptr().cast(), 0);
            X509_VERIFY_PARAM_free(param);
        }
    }
}
