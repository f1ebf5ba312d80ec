//! What C is asked to look at: a function for each form of argument, and whether a call of it is refused.

#![allow(clashing_extern_declarations, reason = "one C function takes each form of argument")]

use pinned_ffi::{Level, set_level};
use std::ffi::{c_int, c_void};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};

/// One typed pointer to Rust memory.
#[pinned_ffi::pinned_ffi]
#[repr(C)]
pub(crate) struct Typed {
    pub(crate) p: *mut u64,
}

/// One pointer without a type.
#[pinned_ffi::pinned_ffi]
#[repr(C)]
pub(crate) struct Untyped {
    pub(crate) p: *mut c_void,
}

/// What a slice's or a string's header is: a pointer and its length.
#[pinned_ffi::pinned_ffi]
#[repr(C)]
pub(crate) struct Header {
    pub(crate) p: *mut u8,
    pub(crate) len: usize,
}

/// A chain of two: the outer one points to a pointer.
#[pinned_ffi::pinned_ffi]
#[repr(C)]
pub(crate) struct Outer {
    pub(crate) inner: *mut Typed,
}

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    // `labs` looks at no memory and takes one word, so that any pointer is a legal argument for the C side.
    #[link_name = "labs"]
    fn take_typed(
        #[input]
        #[one]
        p: *const Typed,
    ) -> isize;
    #[link_name = "labs"]
    fn take_untyped(
        #[input]
        #[one]
        p: *const Untyped,
    ) -> isize;
    #[link_name = "labs"]
    fn take_header(
        #[input]
        #[one]
        p: *const Header,
    ) -> isize;
    #[link_name = "labs"]
    fn take_outer(
        #[input]
        #[one]
        p: *const Outer,
    ) -> isize;
    fn write(fd: c_int, buf: *const c_void, count: usize) -> isize;
    // The same with its address as a number: one that the contract calls an address, and one that is any number.
    #[link_name = "write"]
    fn write_from(
        fd: c_int,
        #[pointer]
        #[input]
        #[nonnull]
        #[sized_by(count)]
        #[noescape]
        buf: usize,
        count: usize,
    ) -> isize;
    #[link_name = "write"]
    fn write_number(fd: c_int, buf: usize, count: usize) -> isize;
}

/// What a child of [`crate::levels`] has in its environment: its tests run at level full.
pub(crate) const AT_FULL: &str = "CONFORMANCE_AT_FULL";

static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// Runs `body` at a level of its choice. The level is the whole process's, and other tests run beside this one.
pub(crate) fn alone<R>(body: impl FnOnce() -> R) -> R {
    let _guard = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    body()
}

/// The code of the report, where the call is refused; at level off it never is.
fn report(call: impl Fn()) -> Option<String> {
    let at = if std::env::var_os(AT_FULL).is_some() { Level::Full } else { Level::Cheap };
    alone(|| {
        set_level(Level::Off);
        assert_eq!(refused(&call), None, "at level off");
        set_level(at);
        refused(&call)
    })
}

fn refused(call: impl Fn()) -> Option<String> {
    let panic = catch_unwind(AssertUnwindSafe(call)).err()?;
    let text = panic.downcast_ref::<String>().expect("a report is text");
    Some(text.split(['[', ']']).find(|part| part.starts_with("PF")).unwrap_or(text).to_owned())
}

pub(crate) fn typed(value: &Typed) -> Option<String> {
    // SAFETY: labs computes with the address.
    report(|| _ = unsafe { take_typed(value) })
}

pub(crate) fn untyped(value: &Untyped) -> Option<String> {
    // SAFETY: labs computes with the address.
    report(|| _ = unsafe { take_untyped(value) })
}

pub(crate) fn header(value: &Header) -> Option<String> {
    // SAFETY: labs computes with the address.
    report(|| _ = unsafe { take_header(value) })
}

pub(crate) fn outer(value: &Outer) -> Option<String> {
    // SAFETY: labs computes with the address.
    report(|| _ = unsafe { take_outer(value) })
}

/// Bytes as `void *`: nothing inside is looked at.
pub(crate) fn bytes(value: &[u8]) -> Option<String> {
    // SAFETY: a bad descriptor: nothing is read.
    report(|| _ = unsafe { write(-1, value.as_ptr().cast(), value.len()) })
}

/// The address of bytes as a number, which the contract calls an address.
pub(crate) fn address(at: usize, count: usize) -> Option<String> {
    // SAFETY: a bad descriptor: nothing is read.
    report(|| _ = unsafe { write_from(-1, at, count) })
}

/// The same as a number of which the contract says nothing.
pub(crate) fn number(at: usize, count: usize) -> Option<String> {
    // SAFETY: a bad descriptor: nothing is read.
    report(|| _ = unsafe { write_number(-1, at, count) })
}
