//! The contract of owners whose memory stays where it is: what a [`Pinner`](crate::Pinner) accepts.

use crate::addr::{Addr, Extent};
use std::ffi::CString;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;

/// An owner of a block that does not move when the owner does.
///
/// # Safety
///
/// As long as the value exists and is not used through `&mut`:
/// * [`extent`](Self::extent) always gives the same answer;
/// * the memory it names stays valid, is not moved and not freed, also when the value itself moves.
///
/// Dropping the value may end all of that. A type that frees or moves its memory behind `&self`
/// must not implement this trait.
#[diagnostic::on_unimplemented(
    message = "`{Self}` owns no memory that stays where it is",
    note = "pin a Vec, Box, Arc, Rc, String, CString, or a reference to the value"
)]
pub unsafe trait StableAddr {
    /// The memory that the value owns: what C sees. Empty owners may name a dangling address.
    fn extent(&self) -> Extent;
}

fn of<T>(start: *const T, count: usize) -> Extent {
    Extent { start: Addr(start.addr()), bytes: size_of::<T>() * count }
}

// SAFETY: a Vec's buffer moves only on methods that take `&mut self`.
unsafe impl<T> StableAddr for Vec<T> {
    fn extent(&self) -> Extent {
        of(self.as_ptr(), self.capacity())
    }
}

// SAFETY: as for Vec<u8>, which a String is.
unsafe impl StableAddr for String {
    fn extent(&self) -> Extent {
        of(self.as_ptr(), self.capacity())
    }
}

// SAFETY: a boxed value stays in its allocation until the box is dropped or taken apart by value.
unsafe impl<T: ?Sized> StableAddr for Box<T> {
    fn extent(&self) -> Extent {
        Extent { start: Addr(std::ptr::from_ref::<T>(self).cast::<u8>().addr()), bytes: size_of_val::<T>(self) }
    }
}

// SAFETY: the shared allocation lives as long as any Arc to it, and is never moved.
unsafe impl<T: ?Sized> StableAddr for Arc<T> {
    fn extent(&self) -> Extent {
        Extent { start: Addr(std::ptr::from_ref::<T>(self).cast::<u8>().addr()), bytes: size_of_val::<T>(self) }
    }
}

// SAFETY: as for Arc.
unsafe impl<T: ?Sized> StableAddr for Rc<T> {
    fn extent(&self) -> Extent {
        Extent { start: Addr(std::ptr::from_ref::<T>(self).cast::<u8>().addr()), bytes: size_of_val::<T>(self) }
    }
}

// SAFETY: the text of a CString is a boxed slice.
unsafe impl StableAddr for CString {
    fn extent(&self) -> Extent {
        of(self.as_ptr(), self.as_bytes_with_nul().len())
    }
}

// SAFETY: a borrow keeps its target in place for as long as it lasts.
unsafe impl<T: ?Sized> StableAddr for &T {
    fn extent(&self) -> Extent {
        Extent { start: Addr(std::ptr::from_ref::<T>(self).cast::<u8>().addr()), bytes: size_of_val(&**self) }
    }
}

// SAFETY: a mutable borrow keeps its target in place for as long as it lasts.
unsafe impl<T: ?Sized> StableAddr for &mut T {
    fn extent(&self) -> Extent {
        Extent { start: Addr(std::ptr::from_ref::<T>(self).cast::<u8>().addr()), bytes: size_of_val(&**self) }
    }
}

macro_rules! pinned {
    ($($owner:ty),*) => {$(
        // SAFETY: Pin adds a promise and takes none away; the owner inside is stable by itself.
        unsafe impl<T: ?Sized> StableAddr for Pin<$owner> {
            fn extent(&self) -> Extent {
                let target = std::ptr::from_ref::<T>(self).cast::<u8>();
                Extent { start: Addr(target.addr()), bytes: size_of_val::<T>(self) }
            }
        }
    )*};
}

pinned!(Box<T>, Arc<T>, Rc<T>, &T, &mut T);
