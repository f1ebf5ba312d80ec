//! Buffers of idiomatic wrappers: what a `safe fn` accepts for output buffers and for vectors of buffers.

use core::ffi::c_void;
use core::mem::MaybeUninit;
use std::io::{IoSlice, IoSliceMut};

/// Entries of a vector that is built on the stack; a longer one is built on the heap.
pub const VECTOR_ON_STACK: usize = 16;

/// Start and length of a buffer, laid out as POSIX `struct iovec` (POSIX.1-2017, `<sys/uio.h>`).
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct RawSlice {
    /// First byte.
    pub base: *mut c_void,
    /// Length in bytes.
    pub len: usize,
}

const EMPTY: RawSlice = RawSlice { base: core::ptr::null_mut(), len: 0 };

/// A buffer that C may read.
///
/// # Safety
///
/// [`raw`](Self::raw) names initialised memory that stays readable while the buffer is borrowed.
/// `IS_IOVEC` may be true only for types with the layout of `struct iovec`.
pub unsafe trait ByteBuf {
    /// Whether a slice of these is a C vector already.
    const IS_IOVEC: bool = false;
    /// Start and length.
    fn raw(&self) -> RawSlice;
}

/// A buffer that C may write.
///
/// # Safety
///
/// [`raw_mut`](Self::raw_mut) names memory that stays writable while the buffer is mutably borrowed,
/// and in which any bytes are valid. `IS_IOVEC` may be true only for types with the layout of `struct iovec`.
pub unsafe trait ByteBufMut {
    /// Whether a slice of these is a C vector already.
    const IS_IOVEC: bool = false;
    /// Start and length; for a `Vec` its length, not its capacity.
    fn raw_mut(&mut self) -> RawSlice;
}

macro_rules! byte_bufs {
    (read: $($(#[$generic:meta])* [$($param:tt)*] $read:ty),* ; write: $([$($wparam:tt)*] $write:ty),* $(,)?) => {
        $(
            // SAFETY: an initialised byte slice, borrowed with the buffer.
            unsafe impl<$($param)*> ByteBuf for $read {
                fn raw(&self) -> RawSlice {
                    let bytes: &[u8] = self.as_ref();
                    RawSlice { base: bytes.as_ptr().cast_mut().cast(), len: bytes.len() }
                }
            }
        )*
        $(
            // SAFETY: an initialised byte slice, borrowed mutably with the buffer.
            unsafe impl<$($wparam)*> ByteBufMut for $write {
                fn raw_mut(&mut self) -> RawSlice {
                    let bytes: &mut [u8] = self.as_mut();
                    RawSlice { base: bytes.as_mut_ptr().cast(), len: bytes.len() }
                }
            }
        )*
    };
}

byte_bufs! {
    read: [] Vec<u8>, [] Box<[u8]>, [] &[u8], [] &mut [u8], [] &str, [] String, [const N: usize] [u8; N], [const N: usize] &[u8; N];
    write: [] Vec<u8>, [] Box<[u8]>, [] &mut [u8], [const N: usize] [u8; N], [const N: usize] &mut [u8; N],
}

// SAFETY: std documents IoSlice as ABI compatible with `iovec` on Unix; on other systems the flag stays false.
unsafe impl ByteBuf for IoSlice<'_> {
    const IS_IOVEC: bool = cfg!(unix);
    fn raw(&self) -> RawSlice {
        RawSlice { base: self.as_ptr().cast_mut().cast(), len: self.len() }
    }
}

// SAFETY: std documents IoSliceMut as ABI compatible with `iovec` on Unix.
unsafe impl ByteBufMut for IoSliceMut<'_> {
    const IS_IOVEC: bool = cfg!(unix);
    fn raw_mut(&mut self) -> RawSlice {
        RawSlice { base: self.as_mut_ptr().cast(), len: self.len() }
    }
}

/// Buffers for a vectored write: `&[IoSlice]` as it is, or any slice of byte buffers.
///
/// A slice of [`IoSlice`] *is* the C vector and is passed without a copy. For other buffers the
/// vector is built in place: on the stack for up to [`VECTOR_ON_STACK`] buffers, and in one heap
/// allocation of 16 bytes per buffer beyond that. The buffers themselves are never copied.
///
/// # Safety
///
/// The entries that `body` gets name initialised memory that stays readable until it returns.
pub unsafe trait Vectored {
    /// Calls `body` with the C vector.
    fn with_vector<R>(self, body: impl FnOnce(&[RawSlice]) -> R) -> R;
}

/// Buffers for a vectored read: `&mut [IoSliceMut]` as it is, or any slice of writable byte buffers.
///
/// Built as for [`Vectored`]. C fills each buffer's length, not its capacity.
///
/// # Safety
///
/// The entries that `body` gets name memory of the value's own that stays writable until it returns.
pub unsafe trait VectoredMut {
    /// Calls `body` with the C vector.
    fn with_vector_mut<R>(self, body: impl FnOnce(&[RawSlice]) -> R) -> R;
}

// SAFETY: the implementor of ByteBuf vouches for each entry, and the slice stays borrowed.
unsafe impl<B: ByteBuf> Vectored for &[B] {
    #[inline]
    fn with_vector<R>(self, body: impl FnOnce(&[RawSlice]) -> R) -> R {
        if B::IS_IOVEC {
            // SAFETY: the implementor of ByteBuf promised the layout of iovec, which RawSlice has.
            return body(unsafe { core::slice::from_raw_parts(self.as_ptr().cast(), self.len()) });
        }
        build(self.len(), self.iter().map(ByteBuf::raw), body)
    }
}

// SAFETY: the implementor of ByteBufMut vouches for each entry, and the slice stays borrowed mutably.
unsafe impl<B: ByteBufMut> VectoredMut for &mut [B] {
    #[inline]
    fn with_vector_mut<R>(self, body: impl FnOnce(&[RawSlice]) -> R) -> R {
        if B::IS_IOVEC {
            // SAFETY: the implementor of ByteBufMut promised the layout of iovec, which RawSlice has.
            return body(unsafe { core::slice::from_raw_parts(self.as_ptr().cast(), self.len()) });
        }
        build(self.len(), self.iter_mut().map(ByteBufMut::raw_mut), body)
    }
}

// SAFETY: as for a slice.
unsafe impl<B: ByteBuf, const N: usize> Vectored for &[B; N] {
    #[inline]
    fn with_vector<R>(self, body: impl FnOnce(&[RawSlice]) -> R) -> R {
        self.as_slice().with_vector(body)
    }
}

// SAFETY: as for a slice.
unsafe impl<B: ByteBufMut, const N: usize> VectoredMut for &mut [B; N] {
    #[inline]
    fn with_vector_mut<R>(self, body: impl FnOnce(&[RawSlice]) -> R) -> R {
        self.as_mut_slice().with_vector_mut(body)
    }
}

// SAFETY: as for a slice.
unsafe impl<B: ByteBuf> Vectored for &Vec<B> {
    #[inline]
    fn with_vector<R>(self, body: impl FnOnce(&[RawSlice]) -> R) -> R {
        self.as_slice().with_vector(body)
    }
}

// SAFETY: as for a slice.
unsafe impl<B: ByteBufMut> VectoredMut for &mut Vec<B> {
    #[inline]
    fn with_vector_mut<R>(self, body: impl FnOnce(&[RawSlice]) -> R) -> R {
        self.as_mut_slice().with_vector_mut(body)
    }
}

#[inline]
fn build<R>(count: usize, entries: impl Iterator<Item = RawSlice>, body: impl FnOnce(&[RawSlice]) -> R) -> R {
    if count > VECTOR_ON_STACK {
        let vector: Vec<RawSlice> = entries.collect();
        return body(&vector);
    }
    let mut vector = [EMPTY; VECTOR_ON_STACK];
    for (slot, entry) in vector.iter_mut().zip(entries) {
        *slot = entry;
    }
    body(&vector[..count])
}

/// A buffer that C fills from the start, initialised before or not.
///
/// | buffer | what comes back |
/// |---|---|
/// | `&mut [T]`, `&mut [T; N]` | how many elements were filled |
/// | `&mut [MaybeUninit<T>]` | the filled part and the rest |
/// | [`Spare`] of a `Vec` | how many elements were appended; the vector has grown by them |
///
/// A `Vec` itself says neither: pass `&mut v[..]` to overwrite its elements, `Spare(&mut v)` to append.
///
/// # Safety
///
/// [`parts`](Self::parts) names memory that stays writable for that many elements until the value
/// is used again.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no output buffer for `{T}`",
    note = "pass `&mut v[..]` to overwrite elements, `pinned_ffi::buf::Spare(&mut vec)` to append to a Vec, or a slice of MaybeUninit"
)]
pub unsafe trait OutBuf<T> {
    /// What the caller gets back.
    type Filled;
    /// Start and capacity in elements.
    fn parts(&mut self) -> (*mut T, usize);
    /// Ends the loan.
    ///
    /// # Safety
    ///
    /// The first `count` elements were written, and `count` is at most the capacity.
    unsafe fn filled(self, count: usize) -> Self::Filled;
}

// SAFETY: an initialised slice, borrowed mutably.
unsafe impl<T> OutBuf<T> for &mut [T] {
    type Filled = usize;
    #[inline]
    fn parts(&mut self) -> (*mut T, usize) {
        (self.as_mut_ptr(), self.len())
    }
    #[inline]
    unsafe fn filled(self, count: usize) -> usize {
        count
    }
}

// SAFETY: an initialised array, borrowed mutably.
unsafe impl<T, const N: usize> OutBuf<T> for &mut [T; N] {
    type Filled = usize;
    #[inline]
    fn parts(&mut self) -> (*mut T, usize) {
        (self.as_mut_ptr(), N)
    }
    #[inline]
    unsafe fn filled(self, count: usize) -> usize {
        count
    }
}

// SAFETY: memory for `len` elements, borrowed mutably.
unsafe impl<'a, T> OutBuf<T> for &'a mut [MaybeUninit<T>] {
    type Filled = (&'a mut [T], &'a mut [MaybeUninit<T>]);
    #[inline]
    fn parts(&mut self) -> (*mut T, usize) {
        (self.as_mut_ptr().cast(), self.len())
    }
    #[inline]
    unsafe fn filled(self, count: usize) -> Self::Filled {
        let (filled, rest) = self.split_at_mut(count);
        // SAFETY: the caller says these elements were written.
        let filled = unsafe { core::slice::from_raw_parts_mut(filled.as_mut_ptr().cast::<T>(), filled.len()) };
        (filled, rest)
    }
}

/// The spare capacity of a vector as an output buffer: what C fills is appended.
///
/// ```
/// use pinned_ffi::buf::{OutBuf, Spare};
/// let mut bytes = Vec::<u8>::with_capacity(8);
/// let mut spare = Spare(&mut bytes);
/// let (start, capacity) = OutBuf::<u8>::parts(&mut spare);
/// assert!(capacity >= 8);
/// unsafe { start.write(7_u8) };
/// assert_eq!(unsafe { OutBuf::<u8>::filled(spare, 1) }, 1);
/// assert_eq!(bytes, [7]);
/// ```
#[derive(Debug)]
pub struct Spare<'a, T>(pub &'a mut Vec<T>);

// SAFETY: the spare capacity of a mutably borrowed vector.
unsafe impl<T> OutBuf<T> for Spare<'_, T> {
    type Filled = usize;
    #[inline]
    fn parts(&mut self) -> (*mut T, usize) {
        let spare = self.0.spare_capacity_mut();
        (spare.as_mut_ptr().cast(), spare.len())
    }
    #[inline]
    unsafe fn filled(self, count: usize) -> usize {
        let len = self.0.len() + count;
        // SAFETY: the caller says that `count` elements behind the length were written, within the capacity.
        unsafe { self.0.set_len(len) };
        count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_name_the_buffers() {
        let mut buffers = vec![vec![1_u8; 3], Vec::new(), vec![2; 5]];
        let expected: Vec<(usize, usize)> = buffers.iter().map(|buf| (buf.as_ptr().addr(), buf.len())).collect();
        let seen = (&mut buffers)
            .with_vector_mut(|vector| vector.iter().map(|entry| (entry.base.addr(), entry.len)).collect::<Vec<_>>());
        assert_eq!(seen, expected);
        let many: Vec<[u8; 2]> = vec![[0; 2]; 40];
        assert_eq!(many.as_slice().with_vector(|vector| vector.iter().map(|entry| entry.len).sum::<usize>()), 80);
    }

    #[test]
    fn io_slices_are_passed_as_they_are() {
        let (a, b) = ([1_u8; 4], [2_u8; 6]);
        let slices = [IoSlice::new(&a), IoSlice::new(&b)];
        let at = slices.as_ptr().addr();
        let (vector, second) = slices.with_vector_probe();
        assert_eq!((vector, second), (at, 6));
    }

    trait ProbeVector {
        fn with_vector_probe(&self) -> (usize, usize);
    }

    impl ProbeVector for [IoSlice<'_>] {
        fn with_vector_probe(&self) -> (usize, usize) {
            self.with_vector(|vector| (vector.as_ptr().addr(), vector[1].len))
        }
    }

    #[test]
    fn uninitialised_buffers_come_back_split() {
        let mut memory = [MaybeUninit::<u16>::uninit(); 4];
        let mut buffer = memory.as_mut_slice();
        let (start, capacity) = OutBuf::<u16>::parts(&mut buffer);
        assert_eq!(capacity, 4);
        // SAFETY: within the array.
        unsafe { start.write(9) };
        // SAFETY: one element was written.
        let (filled, rest) = unsafe { OutBuf::<u16>::filled(buffer, 1) };
        assert_eq!((filled, rest.len()), (&mut [9_u16][..], 3));
    }
}
