//! Decides how libclang may be called: its pointers stay in this folder, behind lifetimes and safe functions.
//!
//! A [`Handle`] is attached to a thread, a [`Unit`] is parsed while it is [`Attached`], and every [`Cursor`] and
//! [`Type`] borrows from the unit. The fields that hold pointers are private to this folder; so is the macro that calls
//! libclang on them.

use std::ffi::{CStr, c_uint};
use std::ptr;

use clang_sys::*;

/// Takes over a string of libclang.
///
/// # Safety
///
/// A library is attached, and `string` was just handed over by it.
unsafe fn owned(string: CXString) -> String {
    // SAFETY: the caller vouches for the string, which is not disposed of yet.
    let text = unsafe { clang_getCString(string) };
    let copy = if text.is_null() {
        String::new()
    } else {
        // SAFETY: libclang ends its strings with a zero, and this one lives until the next call.
        unsafe { CStr::from_ptr(text) }.to_string_lossy().into_owned()
    };
    // SAFETY: the string is ours and is not used any more.
    unsafe { clang_disposeString(string) };
    copy
}

/// Calls a libclang function on values that a [`Unit`] lends out.
macro_rules! ask {
    ($function:ident($($arg:expr),*)) => {
        // SAFETY: cursors, types, files and comments are only reachable through a `Unit`, whose lifetime they carry
        // and which holds an attached library; libclang answers any such value, null ones included.
        unsafe { $function($($arg),*) }
    };
    (String: $function:ident($($arg:expr),*)) => {{
        let string = ask!($function($($arg),*));
        // SAFETY: the string was just handed over, by the library attached while the `Unit` lives.
        unsafe { owned(string) }
    }};
}

mod cursor;
mod handle;
mod unit;

pub(super) use cursor::{Cursor, Type};
pub(crate) use handle::{Attached, Handle};
pub(super) use unit::Unit;

/// The name of a file; empty for none.
fn file_name(file: CXFile) -> String {
    if file.is_null() { String::new() } else { ask!(String: clang_getFileName(file)) }
}

/// One of the functions that tell where a location is.
type Locate = unsafe fn(CXSourceLocation, *mut CXFile, *mut c_uint, *mut c_uint, *mut c_uint);

/// File, line, column and offset.
fn place(location: CXSourceLocation, locate: Locate) -> (String, u32, u32, u32) {
    let (mut file, mut line, mut column, mut offset) = (ptr::null_mut(), 0, 0, 0);
    ask!(locate(location, &mut file, &mut line, &mut column, &mut offset));
    (file_name(file), line, column, offset)
}
