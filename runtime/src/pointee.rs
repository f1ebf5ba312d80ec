//! Which types have a pointer map: numbers, arrays of them, pointers, and libc's own structures.

use crate::desc::{MapKind, PointerDesc, PointerMap, Slot};
use core::cell::{Cell, UnsafeCell};
use core::mem::{ManuallyDrop, MaybeUninit};

/// A type whose inner pointers are known.
///
/// Emitted for each structure of a header, and by `#[pinned_ffi]` on a `#[repr(C)]` structure.
///
/// # Safety
///
/// `MAP` must list the pointers of `Self` at their true offsets, with integer fields named by
/// expressions inside the type.
#[diagnostic::on_unimplemented(
    message = "the pointers inside `{Self}` are not known, and the contract says that C follows them",
    label = "no pointer map",
    note = "put `#[pinned_ffi]` on the structure, or use the type from `libc` or from a generated header"
)]
pub unsafe trait Pointee {
    /// The pointers inside `Self`.
    const MAP: &'static PointerMap;
}

/// The pointers inside `T`, which C follows.
///
/// # Panics
///
/// Where some are not known; in a constant, that is an error of the compiler's.
pub const fn followed<T: Pointee>() -> fn() -> &'static PointerMap {
    assert!(
        !matches!(T::MAP.kind, MapKind::Unknown),
        "C follows the pointers inside this type, and not all of them are known: put `#[pinned_ffi]` on the structures and unions \
         in it, or `#[opaque]` on the fields that C leaves alone"
    );
    map_of::<T>
}

/// The pointers inside `T`.
pub(crate) fn map_of<T: Pointee>() -> &'static PointerMap {
    T::MAP
}

/// The map of memory that is not looked into.
pub fn unknown_map() -> &'static PointerMap {
    PointerMap::UNKNOWN
}

macro_rules! flat {
    ($($ty:ty),* $(,)?) => {$(
        // SAFETY: a number has no pointer inside.
        unsafe impl Pointee for $ty {
            const MAP: &'static PointerMap = PointerMap::FLAT;
        }
    )*};
}

flat!(u8, i8, u16, i16, u32, i32, u64, i64, u128, i128, usize, isize, f32, f64, bool, char);

flat!(
    core::marker::PhantomPinned,
    core::sync::atomic::AtomicBool,
    core::sync::atomic::AtomicU8,
    core::sync::atomic::AtomicI8,
    core::sync::atomic::AtomicU16,
    core::sync::atomic::AtomicI16,
    core::sync::atomic::AtomicU32,
    core::sync::atomic::AtomicI32,
    core::sync::atomic::AtomicU64,
    core::sync::atomic::AtomicI64,
    core::sync::atomic::AtomicUsize,
    core::sync::atomic::AtomicIsize,
);

// SAFETY: it has no bytes.
unsafe impl<T: ?Sized> Pointee for core::marker::PhantomData<T> {
    const MAP: &'static PointerMap = PointerMap::FLAT;
}

macro_rules! around {
    ($($ty:ident),* $(,)?) => {$(
        // SAFETY: laid out as what is inside (std's documentation of the type).
        unsafe impl<T: Pointee> Pointee for $ty<T> {
            const MAP: &'static PointerMap = T::MAP;
        }
    )*};
}

around!(ManuallyDrop, UnsafeCell, Cell);

// SAFETY: of bytes that may be left from anything nobody says that they are pointers, nor that they are values.
unsafe impl<T: Pointee> Pointee for MaybeUninit<T> {
    const MAP: &'static PointerMap = match T::MAP.kind {
        MapKind::Flat => PointerMap::FLAT,
        MapKind::Fields(_) | MapKind::Unknown => PointerMap::UNKNOWN,
    };
}

// SAFETY: an array has the pointers of its elements; only the flat case can be said without
// knowing the offsets, everything else stays unknown.
unsafe impl<T: Pointee, const N: usize> Pointee for [T; N] {
    const MAP: &'static PointerMap = match T::MAP.kind {
        MapKind::Flat => PointerMap::FLAT,
        MapKind::Fields(_) | MapKind::Unknown => PointerMap::UNKNOWN,
    };
}

/// The map of a pointer itself: one slot at offset 0, of which nothing more is known.
const BARE_POINTER: &PointerMap = &PointerMap::fields(&[Slot::new("*", 0, PointerDesc::void())]);

// SAFETY: a raw pointer is one pointer at offset 0.
unsafe impl<T> Pointee for *const T {
    const MAP: &'static PointerMap = BARE_POINTER;
}

// SAFETY: a raw pointer is one pointer at offset 0.
unsafe impl<T> Pointee for *mut T {
    const MAP: &'static PointerMap = BARE_POINTER;
}

#[cfg(unix)]
mod libc_types {
    use super::{Pointee, map_of};
    use crate::desc::{Direction, PointerDesc, PointerMap, Slot, field};
    use core::mem::offset_of;

    // SAFETY: offsets are the compiler's own; iov_base is the one pointer (uio.h, POSIX.1-2017).
    unsafe impl Pointee for libc::iovec {
        const MAP: &'static PointerMap = &PointerMap::fields(&[Slot::new(
            "iov_base",
            offset_of!(libc::iovec, iov_base),
            PointerDesc::void().nonnull().sized_by(field::<libc::size_t>(offset_of!(libc::iovec, iov_len))),
        )]);
    }

    macro_rules! msghdr {
        ($ty:ty, $prefix:literal $(, $outer:ident)?) => {
            &PointerMap::fields(&[
                Slot::new(
                    concat!($prefix, "msg_name"),
                    offset_of!($ty, $($outer.)? msg_name),
                    PointerDesc::void()
                        .nullable()
                        .sized_by(field::<libc::socklen_t>(offset_of!($ty, $($outer.)? msg_namelen))),
                ),
                Slot::new(
                    concat!($prefix, "msg_iov"),
                    offset_of!($ty, $($outer.)? msg_iov),
                    PointerDesc::to::<libc::iovec>(map_of::<libc::iovec>)
                        .nullable()
                        .counted_by(field::<libc::size_t>(offset_of!($ty, $($outer.)? msg_iovlen)))
                        .input()
                        .flow_through(Direction::In),
                ),
                Slot::new(
                    concat!($prefix, "msg_control"),
                    offset_of!($ty, $($outer.)? msg_control),
                    PointerDesc::void()
                        .nullable()
                        .sized_by(field::<libc::size_t>(offset_of!($ty, $($outer.)? msg_controllen))),
                ),
            ])
        };
    }

    // The lengths have these types in glibc only; elsewhere a generated header knows them.
    // SAFETY: offsets are the compiler's own; these are all pointers of msghdr (recvmsg(2)).
    #[cfg(all(target_os = "linux", target_env = "gnu", target_pointer_width = "64"))]
    unsafe impl Pointee for libc::msghdr {
        const MAP: &'static PointerMap = msghdr!(libc::msghdr, "");
    }

    // SAFETY: the pointers of mmsghdr are those of the msghdr inside (recvmmsg(2)).
    #[cfg(all(target_os = "linux", target_env = "gnu", target_pointer_width = "64"))]
    unsafe impl Pointee for libc::mmsghdr {
        const MAP: &'static PointerMap = msghdr!(libc::mmsghdr, "msg_hdr.", msg_hdr);
    }
}
