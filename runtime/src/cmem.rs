//! Memory of C's own allocator in Rust's hands: made by `malloc`, seen as a value, a slice or text, released by `free`.

use crate::addr::Extent;
use crate::given::OwnedData;
use crate::handle::Release;
use crate::pin::stable::StableAddr;
use crate::pointee::Pointee;
use crate::store::{store, store_slice};
use core::ffi::{CStr, c_char, c_void};
use core::ops::DerefMut;
use core::ptr::NonNull;

/// Releases by C's `free`, see malloc(3).
#[derive(Debug)]
pub enum Free {}

// SAFETY: free(3) takes what malloc gave, and an owner by `Free` has nothing else.
unsafe impl Release for Free {
    unsafe fn release(at: *mut c_void) {
        // SAFETY: malloc's and not freed before, as the caller promises.
        unsafe { libc::free(at) };
    }
}

/// One value in `malloc`'s memory, for C to keep and to `free`.
///
/// ```
/// use pinned_ffi::CBox;
/// let mut number = CBox::new(5_u32);
/// *number += 1;
/// let for_c = number.into_raw(); // C frees it
/// # // SAFETY: it is malloc's.
/// # let number = unsafe { CBox::from_raw(for_c) }.unwrap();
/// # assert_eq!(*number, 6);
/// ```
pub type CBox<T> = OwnedData<'static, T, Free>;

/// Values one after the other in `malloc`'s memory, seen as a slice: a buffer that C may keep, resize and `free`, and that needs
/// no pin.
///
/// ```
/// use pinned_ffi::CVec;
/// let mut buffer = CVec::filled(4, 0_u8);
/// buffer[1] = 7;
/// assert_eq!(&buffer[..], [0, 7, 0, 0]);
/// let (length, for_c) = (buffer.len(), buffer.into_raw().cast::<u8>());
/// # // SAFETY: it is malloc's, with 4 bytes.
/// # drop(unsafe { CVec::from_raw_parts(for_c, length) });
/// ```
pub type CVec<T> = OwnedData<'static, [T], Free>;

/// Text with its terminator in `malloc`'s memory: what `strdup` makes.
///
/// ```
/// use pinned_ffi::CText;
/// let text = CText::from_text(c"kept by C");
/// assert_eq!(&*text, c"kept by C");
/// ```
pub type CText = OwnedData<'static, CStr, Free>;

/// Uninitialised memory for that many `T`.
fn allocate<T>(count: usize) -> NonNull<T> {
    const { assert!(align_of::<T>() <= align_of::<libc::max_align_t>(), "malloc aligns for C's own types only") };
    let layout = core::alloc::Layout::array::<T>(count).unwrap_or_else(|_| panic!("{count} elements are too many"));
    // Never of size 0, for which malloc may give null.
    // SAFETY: malloc may be called with any size.
    let memory = unsafe { libc::malloc(layout.size().max(1)) };
    NonNull::new(memory.cast()).unwrap_or_else(|| std::alloc::handle_alloc_error(layout))
}

impl<T: Copy> CBox<T> {
    /// Copies `value` to memory of its own. Aborts as `Box::new` does where there is none.
    pub fn new(value: T) -> Self {
        let at = allocate::<T>(1);
        // SAFETY: allocated for one T.
        unsafe { at.write(value) };
        // SAFETY: initialised, and malloc's.
        unsafe { Self::owning(at) }
    }

    /// Takes over what C made; `None` for null.
    ///
    /// # Safety
    ///
    /// `at` is null, or points to an initialised, aligned `T` in memory of `malloc` that nobody else frees or uses.
    pub unsafe fn from_raw(at: *mut T) -> Option<Self> {
        // SAFETY: the caller's promise.
        NonNull::new(at).map(|at| unsafe { Self::owning(at) })
    }
}

impl<T: Copy> CVec<T> {
    /// Copies a slice.
    ///
    /// # Panics
    ///
    /// Where the size is more than `isize::MAX` bytes.
    pub fn from_slice(values: &[T]) -> Self {
        let at = allocate::<T>(values.len());
        // SAFETY: new memory for that many, which the slice cannot lie in.
        unsafe { at.as_ptr().copy_from_nonoverlapping(values.as_ptr(), values.len()) };
        // SAFETY: initialised, and malloc's.
        unsafe { Self::owning(NonNull::slice_from_raw_parts(at, values.len())) }
    }

    /// `count` times the same value.
    ///
    /// # Panics
    ///
    /// Where the size is more than `isize::MAX` bytes.
    pub fn filled(count: usize, value: T) -> Self {
        let at = allocate::<T>(count);
        for index in 0..count {
            // SAFETY: allocated for `count`.
            let slot = unsafe { at.add(index) };
            // SAFETY: as above.
            unsafe { slot.write(value) };
        }
        // SAFETY: initialised, and malloc's.
        unsafe { Self::owning(NonNull::slice_from_raw_parts(at, count)) }
    }

    /// Takes over what C made; `None` for null.
    ///
    /// # Safety
    ///
    /// `at` is null, or points to `count` initialised, aligned `T` in memory of `malloc` that nobody else frees or uses.
    pub unsafe fn from_raw_parts(at: *mut T, count: usize) -> Option<Self> {
        let at = NonNull::new(at)?;
        // SAFETY: the caller's promise.
        Some(unsafe { Self::owning(NonNull::slice_from_raw_parts(at, count)) })
    }
}

impl<T: Copy + Pointee> CBox<T> {
    /// Writes the value, as [`store`](crate::store()): what C finds there leads to nothing of Rust's that may move or go.
    ///
    /// # Panics
    ///
    /// As [`store`](crate::store()).
    #[track_caller]
    pub fn store(&mut self, value: T) {
        // SAFETY: an owner by `Free` is the only one; its memory is there, initialised, and nobody else's.
        unsafe { store(self.as_ptr(), value) };
    }
}

impl<T: Copy + Pointee> CVec<T> {
    /// Writes one of the values, as [`store`](crate::store()): what C finds there leads to nothing of Rust's that may move or go.
    ///
    /// # Panics
    ///
    /// As [`store`](crate::store()), and where there is no such value.
    #[track_caller]
    pub fn store(&mut self, index: usize, value: T) {
        let slot = &raw mut self[index];
        // SAFETY: a borrow of this owner's memory, which nobody else has.
        unsafe { store(slot, value) };
    }

    /// Copies values to where `from` says, as [`store_slice`](crate::store_slice).
    ///
    /// # Panics
    ///
    /// As [`store`](crate::store()), and where there is no room for so many.
    #[track_caller]
    pub fn store_slice(&mut self, from: usize, values: &[T]) {
        let slots = self[from..][..values.len()].as_mut_ptr();
        // SAFETY: a borrow of this owner's memory, which nobody else has: it holds that many, and not the values.
        unsafe { store_slice(slots, values) };
    }
}

impl CText {
    /// Copies text with its terminator.
    pub fn from_text(text: &CStr) -> Self {
        let bytes = CVec::from_slice(text.to_bytes_with_nul()).into_raw();
        // SAFETY: an owner's pointer is never null.
        let text = unsafe { NonNull::new_unchecked(bytes as *mut CStr) };
        // SAFETY: initialised with one zero at the end, and malloc's.
        unsafe { Self::owning(text) }
    }

    /// Takes over what C made, such as the result of `strdup`; `None` for null.
    ///
    /// # Safety
    ///
    /// `at` is null, or a C string in memory of `malloc` that nobody else frees or writes.
    pub unsafe fn from_strdup(at: *mut c_char) -> Option<Self> {
        // SAFETY: the caller's promise.
        unsafe { crate::given::owned_text(at) }
    }
}

impl<T: Copy> DerefMut for CBox<T> {
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: an owner by `Free` is the only one, and `&mut self` the only borrow of it.
        unsafe { &mut *self.as_ptr() }
    }
}

impl<T: Copy> DerefMut for CVec<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        // SAFETY: an owner by `Free` is the only one, and `&mut self` the only borrow of it.
        unsafe { &mut *self.as_ptr() }
    }
}

// SAFETY: malloc's memory is tied to no thread, and the owner is the only one that frees it.
unsafe impl<T: ?Sized + Send> Send for OwnedData<'_, T, Free> {}
// SAFETY: shared borrows of the owner give shared borrows of the target only.
unsafe impl<T: ?Sized + Sync> Sync for OwnedData<'_, T, Free> {}

// SAFETY: C's memory stays where it is until the owner releases it.
unsafe impl<T: ?Sized, F: Release> StableAddr for OwnedData<'_, T, F> {
    fn extent(&self) -> Extent {
        crate::pin::stable::target::<T>(self)
    }
}

#[cfg(test)]
mod tests {
    use super::{CBox, CText, CVec};
    use crate::{Pinner, pin_count};

    #[test]
    fn values_slices_and_text_live_in_mallocs_memory() {
        let mut pair = CBox::new((1_u8, 2_u64));
        pair.1 = 9;
        let raw = pair.into_raw();
        // SAFETY: given away on the line above.
        let pair = unsafe { CBox::from_raw(raw) }.expect("not null");
        assert_eq!((*pair, pin_count(raw)), ((1, 9), 0));
        let mut many = CVec::from_slice(&[3_u16, 4, 5]);
        many.reverse();
        assert_eq!(*many, [5, 4, 3]);
        assert_eq!(CVec::<u64>::from_slice(&[]).len(), 0);
        assert_eq!(*CVec::filled(3, 'x'), ['x'; 3]);
        let text = CText::from_text(c"abc");
        // SAFETY: a C string.
        let copy = unsafe { libc::strdup(text.as_ptr().cast()) };
        // SAFETY: strdup's, and nobody else's.
        let copy = unsafe { CText::from_strdup(copy) };
        assert_eq!(copy.as_deref(), Some(c"abc"));
        // SAFETY: null.
        assert!(unsafe { CText::from_strdup(core::ptr::null_mut()) }.is_none());
        // SAFETY: null.
        assert!(unsafe { CVec::<u8>::from_raw_parts(core::ptr::null_mut(), 5) }.is_none());
    }

    #[test]
    fn they_go_to_other_threads_and_may_be_pinned() {
        let sent = CVec::filled(10, 1_u32);
        let back = std::thread::spawn(move || sent).join().expect("no panic");
        let mut pinner = Pinner::new();
        let at = pinner.pin(back).cast::<u32>();
        // SAFETY: the pinner has the memory.
        assert_eq!(unsafe { at.read() }, 1);
    }

    #[test]
    #[should_panic(expected = "are too many")]
    fn a_size_that_cannot_be_is_refused() {
        let _ = super::allocate::<u64>(usize::MAX / 4);
    }
}
