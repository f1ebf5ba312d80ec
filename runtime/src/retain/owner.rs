//! Which owners C may keep: what they promise beyond an address that stays.

use core::ffi::{CStr, c_char};
use std::ffi::CString;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;

use crate::handle::{Owned, Release};

/// An owner of values that C may read after the call, for as long as a contract says `retained`.
///
/// The wrapper takes the owner, a registry keeps it, and the wrapper of the function that ends it drops it, on whatever
/// thread that happens. So a plain borrow is none: `&'static [T]` is.
/// A [`Lent`](crate::Lent) keeps a way back to the owner.
///
/// # Safety
///
/// * The memory that [`elements`](Self::elements) names stays valid, initialised and where it is until the owner is dropped,
///   also when the owner itself moves.
/// * Nobody writes it meanwhile.
#[diagnostic::on_unimplemented(
    message = "C keeps this after the call, and `{Self}` does not own what it reads then",
    note = "give a Vec, Box, Arc, String or CString away, or a reference that is `'static`; `pinned_ffi::Lent` keeps a way back to the owner"
)]
pub unsafe trait Retain<T>: Send + 'static {
    /// What C sees. `&mut`, so that C gets an address that nothing else has been derived from.
    fn elements(&mut self) -> *const [T];
}

/// An owner of values that C may also write after the call. Nobody else reads them until it ends.
///
/// # Safety
///
/// As for [`Retain`]; and nobody reads the memory meanwhile either, and C may write it through this address.
#[diagnostic::on_unimplemented(
    message = "C keeps this after the call and writes it, and `{Self}` does not own it alone",
    note = "give a Vec or a Box away; `pinned_ffi::Lent` keeps a way back to the owner"
)]
pub unsafe trait RetainMut<T>: Retain<T> {
    /// What C sees and writes.
    fn elements_mut(&mut self) -> *mut [T];
}

/// An owner of a text that ends with a zero, which C may read after the call.
///
/// # Safety
///
/// As for [`Retain`], of all bytes up to and with the first zero, which is there.
#[diagnostic::on_unimplemented(
    message = "C keeps this text after the call, and `{Self}` does not own one that ends with a zero",
    note = "give a CString, Box<CStr>, Arc<CStr> or &'static CStr away"
)]
pub unsafe trait RetainText: Send + 'static {
    /// Where the text begins.
    fn text(&mut self) -> *const c_char;
}

/// An owner of one of C's handles, which C may use after the call on behalf of another one.
///
/// Handles stay on their thread, so it need not be `Send`: where another thread ends it, it is kept for ever.
///
/// # Safety
///
/// The handle is alive until the owner is dropped.
#[diagnostic::on_unimplemented(
    message = "C keeps this handle after the call, and `{Self}` does not own it",
    note = "give the owner away, or an `Rc` of it"
)]
pub unsafe trait RetainHandle<T>: 'static {
    /// The handle.
    fn handle(&self) -> *mut T;
}

// SAFETY: a Vec's buffer stays while the Vec is there and not touched; its first `len` elements are initialised.
unsafe impl<T: Send + 'static> Retain<T> for Vec<T> {
    fn elements(&mut self) -> *const [T] {
        self.elements_mut()
    }
}

// SAFETY: a Vec owns its elements alone.
unsafe impl<T: Send + 'static> RetainMut<T> for Vec<T> {
    fn elements_mut(&mut self) -> *mut [T] {
        core::ptr::slice_from_raw_parts_mut(self.as_mut_ptr(), self.len())
    }
}

// SAFETY: a boxed slice stays in its allocation.
unsafe impl<T: Send + 'static> Retain<T> for Box<[T]> {
    fn elements(&mut self) -> *const [T] {
        &raw const **self
    }
}

// SAFETY: a box owns its elements alone.
unsafe impl<T: Send + 'static> RetainMut<T> for Box<[T]> {
    fn elements_mut(&mut self) -> *mut [T] {
        &raw mut **self
    }
}

// SAFETY: a boxed array stays in its allocation.
unsafe impl<T: Send + 'static, const N: usize> Retain<T> for Box<[T; N]> {
    fn elements(&mut self) -> *const [T] {
        &raw const **self
    }
}

// SAFETY: a box owns its elements alone.
unsafe impl<T: Send + 'static, const N: usize> RetainMut<T> for Box<[T; N]> {
    fn elements_mut(&mut self) -> *mut [T] {
        &raw mut **self
    }
}

// SAFETY: a boxed value stays in its allocation.
unsafe impl<T: Send + 'static> Retain<T> for Box<T> {
    fn elements(&mut self) -> *const [T] {
        self.elements_mut()
    }
}

// SAFETY: a box owns its value alone.
unsafe impl<T: Send + 'static> RetainMut<T> for Box<T> {
    fn elements_mut(&mut self) -> *mut [T] {
        core::ptr::slice_from_raw_parts_mut(&raw mut **self, 1)
    }
}

// SAFETY: a pinned box never gives its value away, and stays in its allocation.
unsafe impl<T: Send + 'static> Retain<T> for Pin<Box<T>> {
    fn elements(&mut self) -> *const [T] {
        core::ptr::slice_from_raw_parts(&raw const **self, 1)
    }
}

// SAFETY: a box owns its value alone; C's writes do not move it.
unsafe impl<T: Send + 'static> RetainMut<T> for Pin<Box<T>> {
    fn elements_mut(&mut self) -> *mut [T] {
        // SAFETY: nothing is moved out through the reference, of which only the address is left.
        let value = unsafe { self.as_mut().get_unchecked_mut() };
        core::ptr::slice_from_raw_parts_mut(value, 1)
    }
}

// SAFETY: shared memory stays while one of its owners is there, and is only read. Cells in it are the readers' own affair.
unsafe impl<T: Send + Sync + 'static> Retain<T> for Arc<[T]> {
    fn elements(&mut self) -> *const [T] {
        Arc::as_ptr(self)
    }
}

// SAFETY: as for Arc<[T]>.
unsafe impl<T: Send + Sync + 'static> Retain<T> for Arc<T> {
    fn elements(&mut self) -> *const [T] {
        core::ptr::slice_from_raw_parts(Arc::as_ptr(self), 1)
    }
}

// SAFETY: borrowed for as long as the process lives.
unsafe impl<T: Sync + 'static> Retain<T> for &'static [T] {
    fn elements(&mut self) -> *const [T] {
        *self
    }
}

// SAFETY: borrowed for as long as the process lives.
unsafe impl<T: Sync + 'static, const N: usize> Retain<T> for &'static [T; N] {
    fn elements(&mut self) -> *const [T] {
        self.as_slice()
    }
}

// SAFETY: as for Arc<[T]>.
unsafe impl<T: Send + Sync + 'static, const N: usize> Retain<T> for Arc<[T; N]> {
    fn elements(&mut self) -> *const [T] {
        core::ptr::slice_from_raw_parts(Arc::as_ptr(self).cast(), N)
    }
}

// SAFETY: borrowed for as long as the process lives.
unsafe impl<T: Sync + 'static> Retain<T> for &'static T {
    fn elements(&mut self) -> *const [T] {
        core::slice::from_ref(*self)
    }
}

// SAFETY: borrowed alone for as long as the process lives.
unsafe impl<T: Send + 'static> Retain<T> for &'static mut [T] {
    fn elements(&mut self) -> *const [T] {
        &raw const **self
    }
}

// SAFETY: borrowed alone for as long as the process lives.
unsafe impl<T: Send + 'static> RetainMut<T> for &'static mut [T] {
    fn elements_mut(&mut self) -> *mut [T] {
        &raw mut **self
    }
}

macro_rules! bytes {
    ($($byte:ty),*) => {$(
        // SAFETY: a String is a Vec of bytes.
        unsafe impl Retain<$byte> for String {
            fn elements(&mut self) -> *const [$byte] {
                core::ptr::slice_from_raw_parts(self.as_ptr().cast(), self.len())
            }
        }

        // SAFETY: a CString is a boxed slice of bytes.
        unsafe impl Retain<$byte> for CString {
            fn elements(&mut self) -> *const [$byte] {
                core::ptr::slice_from_raw_parts(self.as_ptr().cast(), self.as_bytes().len())
            }
        }

        // SAFETY: a borrowed text stays for as long as the process lives.
        unsafe impl Retain<$byte> for &'static str {
            fn elements(&mut self) -> *const [$byte] {
                core::ptr::slice_from_raw_parts(self.as_ptr().cast(), self.len())
            }
        }
    )*};
}

bytes!(u8, i8);

// SAFETY: the text of a CString is a boxed slice that ends with a zero.
unsafe impl RetainText for CString {
    fn text(&mut self) -> *const c_char {
        self.as_ptr()
    }
}

// SAFETY: as for CString.
unsafe impl RetainText for Box<CStr> {
    fn text(&mut self) -> *const c_char {
        self.as_ptr()
    }
}

// SAFETY: shared, and only read.
unsafe impl RetainText for Arc<CStr> {
    fn text(&mut self) -> *const c_char {
        self.as_ptr()
    }
}

// SAFETY: borrowed for as long as the process lives.
unsafe impl RetainText for &'static CStr {
    fn text(&mut self) -> *const c_char {
        self.as_ptr()
    }
}

// SAFETY: the handle is released when the owner is dropped, and not before.
unsafe impl<T: 'static, F: Release + 'static> RetainHandle<T> for Owned<'static, T, F> {
    fn handle(&self) -> *mut T {
        self.as_ptr()
    }
}

// SAFETY: the owner behind it lives as long as one of its Rcs.
unsafe impl<T: 'static, O: RetainHandle<T>> RetainHandle<T> for Rc<O> {
    fn handle(&self) -> *mut T {
        (**self).handle()
    }
}

// SAFETY: the owner behind it lives as long as one of its Arcs.
unsafe impl<T: 'static, O: RetainHandle<T>> RetainHandle<T> for Arc<O> {
    fn handle(&self) -> *mut T {
        (**self).handle()
    }
}

/// Nothing: what to give where a contract allows null and C keeps what it gets, as in `None::<Nothing>`.
#[derive(Clone, Copy, Debug)]
pub enum Nothing {}

// SAFETY: no value of the type exists.
unsafe impl<T: 'static> Retain<T> for Nothing {
    fn elements(&mut self) -> *const [T] {
        match *self {}
    }
}

// SAFETY: no value of the type exists.
unsafe impl<T: 'static> RetainMut<T> for Nothing {
    fn elements_mut(&mut self) -> *mut [T] {
        match *self {}
    }
}

// SAFETY: no value of the type exists.
unsafe impl RetainText for Nothing {
    fn text(&mut self) -> *const c_char {
        match *self {}
    }
}

// SAFETY: no value of the type exists.
unsafe impl<T: 'static> RetainHandle<T> for Nothing {
    fn handle(&self) -> *mut T {
        match *self {}
    }
}

/// Says of an owner that it may be dropped on any thread, where its type does not: of structures with raw pointers inside.
#[derive(Debug)]
pub struct AssertSend<O>(O);

// SAFETY: whoever made it vouches for that.
unsafe impl<O> Send for AssertSend<O> {}

// SAFETY: nothing can be done with a shared reference to it.
unsafe impl<O> Sync for AssertSend<O> {}

impl<O> AssertSend<O> {
    /// Wraps the owner.
    ///
    /// # Safety
    ///
    /// The owner may be used and dropped on any thread.
    pub const unsafe fn new(owner: O) -> Self {
        Self(owner)
    }

    /// The owner again.
    pub fn into_inner(self) -> O {
        self.0
    }
}

// SAFETY: a boxed value stays in its allocation.
unsafe impl<T: 'static> Retain<T> for AssertSend<Box<T>> {
    fn elements(&mut self) -> *const [T] {
        self.elements_mut()
    }
}

// SAFETY: a box owns its value alone.
unsafe impl<T: 'static> RetainMut<T> for AssertSend<Box<T>> {
    fn elements_mut(&mut self) -> *mut [T] {
        core::ptr::slice_from_raw_parts_mut(&raw mut *self.0, 1)
    }
}

// SAFETY: as for Vec.
unsafe impl<T: 'static> Retain<T> for AssertSend<Vec<T>> {
    fn elements(&mut self) -> *const [T] {
        self.elements_mut()
    }
}

// SAFETY: a Vec owns its elements alone.
unsafe impl<T: 'static> RetainMut<T> for AssertSend<Vec<T>> {
    fn elements_mut(&mut self) -> *mut [T] {
        core::ptr::slice_from_raw_parts_mut(self.0.as_mut_ptr(), self.0.len())
    }
}
