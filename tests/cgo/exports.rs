//! What cgo says of results of exported functions: C calls these.

#![allow(clippy::vec_box, reason = "C gets addresses that must stay")]

use super::Case;
use super::types::Text;
use pinned_ffi::pinned_ffi;
use std::cell::RefCell;
use std::ffi::c_int;

pub(crate) const CASES: &[Case] = &[("export1", export1), ("exportok", exportok), ("retstring", retstring)];

thread_local! {
    static KEPT: RefCell<Vec<Box<c_int>>> = const { RefCell::new(Vec::new()) };
    static TEXTS: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

unsafe extern "C" {
    // C's halves of the cases: each calls the exported function of its name.
    safe fn cgo_export1();
    safe fn cgo_exportok() -> c_int;
    safe fn cgo_retstring();
}

/// A pointer to a number that Rust keeps.
#[pinned_ffi(export)]
fn cgo_give_number() -> *mut c_int {
    KEPT.with_borrow_mut(|kept| {
        kept.push(Box::new(0));
        &raw mut **kept.last_mut().expect("one was pushed")
    })
}

/// A pointer to a number in memory of C's.
#[pinned_ffi(export)]
fn cgo_give_c_number() -> *mut c_int {
    // SAFETY: calloc may be called with any size; C frees it.
    unsafe { libc::calloc(1, size_of::<c_int>()) }.cast()
}

/// The parts of a text that Rust keeps.
#[pinned_ffi(export)]
fn cgo_give_text() -> Text {
    TEXTS.with_borrow_mut(|texts| {
        texts.push(String::from("abc"));
        let text = texts.last().expect("one was pushed");
        Text { p: text.as_ptr().cast(), n: text.len() }
    })
}

fn export1() {
    cgo_export1();
}

fn exportok() {
    assert_eq!(cgo_exportok(), 0);
}

fn retstring() {
    cgo_retstring();
}
