//! What an operation may own, and which blocks of it are pinned.

use crate::addr::{Addr, Extent};
use crate::pin::block::BlockPin;
use crate::pin::stable::StableAddr;
use core::cell::UnsafeCell;
use core::fmt;
use core::panic::Location;

/// What an [`Operation`](super::Operation) owns: one owner with a stable address, a tuple, an array or an option of parts,
/// [`Each`] of a vector, C's structures in a [`Nested`], or a structure of yours.
///
/// The trait only says which blocks C may use, so that checked builds can pin them; what keeps the memory alive is that
/// the operation has the value. Implement it for a structure by passing `pin` on to every field:
///
/// ```
/// use pinned_ffi::{Extent, completion::Parts};
/// struct Request {
///     head: Box<[u8; 16]>,
///     body: Vec<u8>,
/// }
/// impl Parts for Request {
///     fn extents(&self, pin: &mut dyn FnMut(Extent)) {
///         self.head.extents(pin);
///         self.body.extents(pin);
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is nothing that an operation can own until it completes",
    note = "use a Vec, Box, Arc, String or CString, a tuple or array of them, `Each` for a vector of owners, `Nested` for a C \
            structure, or implement `Parts`; borrowed memory goes through `batch`"
)]
pub trait Parts {
    /// Calls `pin` with each piece of memory that C may get the address of.
    fn extents(&self, pin: &mut dyn FnMut(Extent));
}

// What is no owner is told what is, and not that this one trait is missing.
#[diagnostic::do_not_recommend]
impl<O: StableAddr> Parts for O {
    fn extents(&self, pin: &mut dyn FnMut(Extent)) {
        pin(self.extent());
    }
}

impl<P: Parts> Parts for Option<P> {
    fn extents(&self, pin: &mut dyn FnMut(Extent)) {
        self.iter().for_each(|part| part.extents(pin));
    }
}

impl<P: Parts, const N: usize> Parts for [P; N] {
    fn extents(&self, pin: &mut dyn FnMut(Extent)) {
        self.iter().for_each(|part| part.extents(pin));
    }
}

/// A vector of owners, each of which C may use. A plain `Vec<Vec<u8>>` pins the block of the inner vectors' three words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Each<P>(pub Vec<P>);

impl<P: Parts> Parts for Each<P> {
    fn extents(&self, pin: &mut dyn FnMut(Extent)) {
        self.0.iter().for_each(|part| part.extents(pin));
    }
}

impl<P> FromIterator<P> for Each<P> {
    fn from_iter<I: IntoIterator<Item = P>>(parts: I) -> Self {
        Self(parts.into_iter().collect())
    }
}

macro_rules! tuples {
    ($(($($part:ident)*))*) => {$(
        impl<$($part: Parts),*> Parts for ($($part,)*) {
            #[allow(non_snake_case, unused_variables, reason = "one name for type and field; nothing to pin in ()")]
            fn extents(&self, pin: &mut dyn FnMut(Extent)) {
                let ($($part,)*) = self;
                $($part.extents(pin);)*
            }
        }
    )*};
}

tuples! { () (A) (A B) (A B C) (A B C D) (A B C D E) (A B C D E F) }

/// A structure of C's that lies in the operation itself: an `aiocb`, a `msghdr`, an array of `iovec`.
///
/// It is where [`as_ptr`](Self::as_ptr) says from the moment the operation is made until its parts are given back, so
/// that C and other structures may point to it. C's structures are neither `Send` nor do they say whose memory their
/// pointers mean; who makes a `Nested` promises that the first is no matter.
///
/// ```
/// use pinned_ffi::completion::{Nested, Operation};
/// use pinned_ffi::buf::RawSlice;
/// let empty = RawSlice { base: std::ptr::null_mut(), len: 0 };
/// // SAFETY: addresses and lengths.
/// let vector = unsafe { Nested::new([empty; 2]) };
/// let mut operation = Operation::new(([vec![0_u8; 8], vec![0_u8; 16]], vector));
/// let (buffers, vector) = operation.parts();
/// for (entry, buffer) in vector.get_mut().iter_mut().zip(buffers) {
///     *entry = RawSlice { base: buffer.as_mut_ptr().cast(), len: buffer.len() };
/// }
/// assert_eq!(unsafe { (*vector.as_ptr())[1].len }, 16);
/// ```
#[repr(transparent)]
pub struct Nested<T>(
    // C writes it while a shared reference to the parts may exist.
    UnsafeCell<T>,
);

// SAFETY: `new` asks for a value that any thread may have.
unsafe impl<T> Send for Nested<T> {}

impl<T> Nested<T> {
    /// Wraps a structure. Its pointers can be set later, with [`get_mut`](Self::get_mut).
    ///
    /// # Safety
    ///
    /// Every value of `T` may be moved to and dropped on any thread: it consists of numbers, addresses, and things that are [`Send`].
    pub const unsafe fn new(value: T) -> Self {
        Self(UnsafeCell::new(value))
    }

    /// Where it is, for C: valid as long as the `Nested` is not moved, so take it once it is in its operation.
    pub const fn as_ptr(&self) -> *mut T {
        self.0.get()
    }

    /// The structure.
    pub const fn get_mut(&mut self) -> &mut T {
        self.0.get_mut()
    }

    /// The structure, moved out.
    pub fn into_inner(self) -> T {
        self.0.into_inner()
    }
}

impl<T> fmt::Debug for Nested<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Nested").field("at", &self.as_ptr()).finish()
    }
}

impl<T> Parts for Nested<T> {
    fn extents(&self, pin: &mut dyn FnMut(Extent)) {
        pin(Extent { start: Addr(self.as_ptr().expose_provenance()), bytes: size_of::<T>() });
    }
}

/// The pins of some parts. They end with the value.
pub(super) struct Pins {
    // Held for their drop.
    _blocks: Vec<BlockPin>,
}

impl Pins {
    /// Pins each block of `parts`, on behalf of `site`.
    pub(super) fn of(parts: &(impl Parts + ?Sized), site: &'static Location<'static>) -> Self {
        let mut blocks = Vec::new();
        if crate::mode::COMPILED {
            parts.extents(&mut |extent| blocks.push(BlockPin::for_c(extent, site)));
        }
        Self { _blocks: blocks }
    }
}

#[cfg(test)]
mod tests {
    use super::{Each, Nested, Parts};
    use std::sync::Arc;

    fn extents(parts: &impl Parts) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        parts.extents(&mut |extent| found.push((extent.start.0, extent.bytes)));
        found
    }

    #[test]
    fn each_block_is_named_once() {
        let first = vec![1_u16; 3];
        let second = Each(vec![Box::new(5_u64), Box::new(6)]);
        let third = [Some(Arc::new([0_u8; 5])), None];
        let shared = third[0].as_ref().map_or(0, |shared| shared.as_ptr().addr());
        let expected = vec![
            (first.as_ptr().addr(), 6),
            (std::ptr::from_ref::<u64>(&second.0[0]).addr(), 8),
            (std::ptr::from_ref::<u64>(&second.0[1]).addr(), 8),
            (shared, 5),
        ];
        assert_eq!(extents(&(first, (second, third), ())), expected);
        assert_eq!(extents(&()), []);
    }

    #[test]
    fn a_nested_structure_is_where_it_stands() {
        // SAFETY: a number.
        let nested = unsafe { Nested::new(7_u32) };
        let mut parts = ((), nested);
        *parts.1.get_mut() = 8;
        assert_eq!(extents(&parts), [(parts.1.as_ptr().addr(), 4)]);
        assert!(parts.1.as_ptr().addr() >= std::ptr::from_ref(&parts).addr());
        assert_eq!(parts.1.into_inner(), 8);
    }
}
