//! C01: arguments that are gone when C is called.

use super::{Case, deep, keep_if, owned};
use libc::{LIO_NOWAIT, aiocb, c_char, c_int, sigevent, size_t};
use std::ffi::CString;

pub(crate) const CASES: &[Case] = &[
    ("text_of_a_temporary", text_of_a_temporary),
    ("b003_frame_name", b003_frame_name),
    ("b004_closure_consumes_text", b004_closure_consumes_text),
    ("b005_temporary_sigevent", b005_temporary_sigevent),
];

#[cfg(feature = "libraries")]
pub(crate) const WITH_LIBRARIES: &[Case] = &[("b001_fetch_properties", openssl::b001_fetch_properties)];

#[rustfmt::skip]
#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn dangling_length(#[null_terminated] #[noescape] text: *const c_char) -> size_t;
    fn dangling_frame(width: c_int, #[null_terminated] #[noescape] name: *const c_char) -> c_int;
    fn lio_listio(mode: c_int, aiocb_list: *const *mut aiocb, nitems: c_int, sevp: *mut sigevent) -> c_int;
}

fn text_of_a_temporary(is_fixed: bool) {
    let text = owned("a text of some length");
    let start = text.as_ptr();
    let text = keep_if(is_fixed, text);
    // SAFETY: none where the text is gone.
    unsafe { dangling_length(start) };
    drop(text);
}

/// tcod-rs 240: the pointer of a text that was bound for one statement too few.
fn b003_frame_name(is_fixed: bool) {
    let name = owned("inventory");
    let start = name.as_ptr();
    let name = keep_if(is_fixed, name);
    // SAFETY: none where the name is gone.
    unsafe { dangling_frame(40, start) };
    drop(name);
}

/// rust 139249: the closure takes the text and gives its pointer.
fn b004_closure_consumes_text(is_fixed: bool) {
    let name = Some(owned("a database"));
    let borrowed = is_fixed.then(|| name.clone());
    let start = match &borrowed {
        Some(name) => name.as_ref().map(|name| name.as_ptr()),
        None => name.map(|name: CString| name.as_ptr()),
    };
    // SAFETY: none where the closure has dropped it.
    unsafe { dangling_length(start.unwrap_or(c"".as_ptr())) };
}

/// nix 2797, H12: the event is a temporary of the statement before.
fn b005_temporary_sigevent(is_fixed: bool) {
    #[allow(dangling_pointers_from_locals, reason = "the bug")]
    fn temporary() -> *mut sigevent {
        // SAFETY: numbers and null pointers.
        let mut event: sigevent = unsafe { std::mem::zeroed() };
        event.sigev_notify = libc::SIGEV_NONE;
        // SAFETY: C looks at nothing there.
        unsafe { super::dangling_touch((&raw mut event).cast()) };
        &raw mut event
    }
    // SAFETY: as above.
    let mut event: sigevent = unsafe { std::mem::zeroed() };
    event.sigev_notify = libc::SIGEV_NONE;
    let at = if is_fixed { &raw mut event } else { deep(8, temporary) };
    let list = [std::ptr::null_mut::<aiocb>()];
    // SAFETY: none where the frame has returned; an empty list otherwise.
    unsafe { lio_listio(LIO_NOWAIT, list.as_ptr(), 1, at) };
}

#[cfg(feature = "libraries")]
mod openssl {
    use super::{c_char, keep_if, owned};

    pub(crate) enum OSSL_LIB_CTX {}
    pub(crate) enum EVP_MD {}

    #[rustfmt::skip]
    #[pinned_ffi::pinned_ffi]
    #[link(name = "crypto")]
    unsafe extern "C" {
        fn EVP_MD_fetch(ctx: *mut OSSL_LIB_CTX, algorithm: *const c_char, properties: *const c_char) -> *mut EVP_MD;
        fn EVP_MD_free(md: *mut EVP_MD);
    }

    /// RUSTSEC-2025-0022: the properties are dropped before the call.
    pub(crate) fn b001_fetch_properties(is_fixed: bool) {
        let properties = owned("provider=default");
        let start = properties.as_ptr();
        let properties = keep_if(is_fixed, properties);
        // SAFETY: none where the properties are gone.
        unsafe { EVP_MD_free(EVP_MD_fetch(std::ptr::null_mut(), c"SHA256".as_ptr(), start)) };
        drop(properties);
    }
}
