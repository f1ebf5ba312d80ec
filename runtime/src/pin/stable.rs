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
    // Exposed, since whoever pins makes a pointer of the address again.
    Extent { start: Addr(start.expose_provenance()), bytes: size_of::<T>() * count }
}

/// The memory of one value.
pub(crate) fn target<T: ?Sized>(value: &T) -> Extent {
    of(std::ptr::from_ref(value).cast::<u8>(), size_of_val(value))
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
        target::<T>(self)
    }
}

// SAFETY: the shared allocation lives as long as any Arc to it, and is never moved.
unsafe impl<T: ?Sized> StableAddr for Arc<T> {
    fn extent(&self) -> Extent {
        target::<T>(self)
    }
}

// SAFETY: as for Arc.
unsafe impl<T: ?Sized> StableAddr for Rc<T> {
    fn extent(&self) -> Extent {
        target::<T>(self)
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
        target::<T>(self)
    }
}

// SAFETY: a mutable borrow keeps its target in place for as long as it lasts.
unsafe impl<T: ?Sized> StableAddr for &mut T {
    fn extent(&self) -> Extent {
        target::<T>(self)
    }
}

/// Owners of other crates, each behind the feature of its name.
#[cfg(feature = "bytes")]
mod of_bytes {
    use super::{Extent, StableAddr, of};
    use bytes::{Bytes, BytesMut};

    // SAFETY: what Bytes refers to is shared and never moves while one of its clones is there.
    unsafe impl StableAddr for Bytes {
        fn extent(&self) -> Extent {
            of(self.as_ptr(), self.len())
        }
    }

    // SAFETY: the buffer moves only on methods that take `&mut self`.
    unsafe impl StableAddr for BytesMut {
        fn extent(&self) -> Extent {
            of(self.as_ptr(), self.capacity())
        }
    }
}

#[cfg(feature = "memmap2")]
mod of_memmap2 {
    use super::{Extent, StableAddr, of};
    use memmap2::{Mmap, MmapMut};

    // SAFETY: a mapping stays at its address until it is dropped; `remap` takes `&mut self`.
    unsafe impl StableAddr for Mmap {
        fn extent(&self) -> Extent {
            of(self.as_ptr(), self.len())
        }
    }

    // SAFETY: as for Mmap.
    unsafe impl StableAddr for MmapMut {
        fn extent(&self) -> Extent {
            of(self.as_ptr(), self.len())
        }
    }
}

macro_rules! pinned {
    ($($owner:ty),*) => {$(
        // SAFETY: Pin adds a promise and takes none away; the owner inside is stable by itself.
        unsafe impl<T: ?Sized> StableAddr for Pin<$owner> {
            fn extent(&self) -> Extent {
                target::<T>(self)
            }
        }
    )*};
}

pinned!(Box<T>, Arc<T>, Rc<T>, &T, &mut T);

#[cfg(test)]
mod tests {
    #[cfg(feature = "bytes")]
    #[test]
    fn bytes_stay_where_they_are() {
        let whole = bytes::Bytes::from(vec![1_u8, 2, 3, 4]);
        let at = whole.as_ptr();
        let mut pinner = crate::Pinner::new();
        assert_eq!(pinner.pin(whole.slice(1..)).cast_const().cast(), at.wrapping_add(1));
        let mut grown = bytes::BytesMut::with_capacity(32);
        grown.extend_from_slice(b"abc");
        let pinned = crate::Pinned::new(grown);
        assert!(pinned.size() >= 32);
        assert_eq!(&pinned.unpin()[..], b"abc");
    }

    #[cfg(feature = "memmap2")]
    #[test]
    fn mappings_stay_where_they_are() {
        let mut mapped = memmap2::MmapMut::map_anon(4096).expect("memory");
        mapped[7] = 9;
        let pinned = crate::Pinned::new(mapped);
        assert_eq!(pinned.size(), 4096);
        let at = pinned.as_ptr().cast::<u8>().wrapping_add(7);
        // SAFETY: mapped, and nobody else has it.
        assert_eq!(unsafe { at.read() }, 9);
    }
}
