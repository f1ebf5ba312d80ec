//! An argument as the checker sees it: a number or an address, taken from whatever type the wrapper has.

use core::ptr::NonNull;

/// One argument, widened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    bits: u64,
    signed: bool,
    is_known: bool,
}

impl Word {
    /// An argument that no rule looks at.
    pub const NONE: Word = Word { bits: 0, signed: false, is_known: false };

    /// The value as a number of C.
    pub(crate) fn number(self) -> i128 {
        if self.signed { i128::from(self.bits as i64) } else { i128::from(self.bits) }
    }

    /// The value, where it is not negative and no larger than an object can be.
    #[inline]
    pub(crate) fn small(self) -> Option<usize> {
        isize::try_from(self.bits as i64).ok().and_then(|value| usize::try_from(value).ok())
    }

    /// The value as an address.
    #[inline]
    pub(crate) fn addr(self) -> usize {
        self.bits as usize
    }

    /// A number that was widened to an address's width, its sign with it.
    pub(crate) fn widened(bits: usize, signed: bool) -> Self {
        let bits = if signed { bits as isize as i64 as u64 } else { bits as u64 };
        Word { bits, signed, is_known: true }
    }

    /// A number of C's.
    pub(crate) fn of_number(number: i128) -> Self {
        Word { bits: number as u64, signed: number < 0, is_known: true }
    }

    pub(crate) fn from_addr(addr: usize) -> Self {
        Word { bits: addr as u64, signed: false, is_known: true }
    }

    /// Whether it is the value of an argument, and not what stands for a type without one.
    pub(crate) fn is_known(self) -> bool {
        self.is_known
    }
}

/// A type that has a [`Word`].
pub trait AsWord {
    /// The value of `self`; addresses are read, never what they point to.
    fn as_word(&self) -> Word;
}

macro_rules! numbers {
    ($signed:expr => $($ty:ty),*) => {$(
        impl AsWord for $ty {
            #[inline(always)]
            fn as_word(&self) -> Word {
                Word { bits: *self as u64, signed: $signed, is_known: true }
            }
        }
    )*};
}

numbers!(false => u8, u16, u32, u64, usize, bool, char);
numbers!(true => i8, i16, i32, i64, isize);

macro_rules! unread {
    ($($ty:ty),*) => {$(
        impl AsWord for $ty {
            /// [`Word::NONE`]: no rule reads such a number.
            #[inline(always)]
            fn as_word(&self) -> Word {
                Word::NONE
            }
        }
    )*};
}

unread!(f32, f64);

macro_rules! pointers {
    ($($ty:ty, $this:ident => $addr:expr;)*) => {$(
        impl<T> AsWord for $ty {
            #[inline(always)]
            fn as_word(&self) -> Word {
                let $this = self;
                Word::from_addr($addr)
            }
        }
    )*};
}

pointers! {
    *const T, this => this.addr();
    *mut T, this => this.addr();
    &T, this => core::ptr::from_ref::<T>(this).addr();
    &mut T, this => core::ptr::from_ref::<T>(this).addr();
    NonNull<T>, this => this.addr().get();
    Option<NonNull<T>>, this => this.map_or(0, |pointer| pointer.addr().get());
    Option<&T>, this => this.map_or(0, |reference| core::ptr::from_ref::<T>(reference).addr());
    Option<&mut T>, this => this.as_ref().map_or(0, |reference| core::ptr::from_ref::<T>(reference).addr());
}

macro_rules! functions {
    ($($($parameter:ident)*;)*) => {$(
        functions!(@of unsafe extern "C" fn($($parameter),*) -> R, $($parameter)*);
        functions!(@of extern "C" fn($($parameter),*) -> R, $($parameter)*);
    )*};
    (@of $ty:ty, $($parameter:ident)*) => {
        impl<R, $($parameter),*> AsWord for Option<$ty> {
            #[inline(always)]
            fn as_word(&self) -> Word {
                Word::from_addr(self.map_or(0, |function| function as usize))
            }
        }
    };
}

// Of callbacks with more parameters nothing is known.
functions! {
    ;
    A;
    A B;
    A B C;
    A B C D;
    A B C D E;
    A B C D E F;
    A B C D E F G;
    A B C D E F G H;
}

/// A pointer of C's, which may be led elsewhere.
pub trait RawPointer: Copy {
    /// Where it points.
    fn address(self) -> usize;
    /// The same pointer, to another address.
    fn moved_to(self, address: usize) -> Self;
}

macro_rules! raw_pointers {
    ($($ty:ty => $with:ident;)*) => {$(
        impl<T> RawPointer for $ty {
            #[inline]
            fn address(self) -> usize {
                self.expose_provenance()
            }

            #[inline]
            fn moved_to(self, address: usize) -> Self {
                if address == self.addr() { self } else { core::ptr::$with(address) }
            }
        }
    )*};
}

raw_pointers! {
    *const T => with_exposed_provenance;
    *mut T => with_exposed_provenance_mut;
}

/// Finds the word of an argument whose type emitted code only knows by name.
///
/// `Probe(&x).word()` is the word of `x` where its type has one, and [`Word::NONE`] otherwise: an
/// inherent method whose bound holds is preferred to the trait's.
#[derive(Debug)]
pub struct Probe<'a, T>(pub &'a T);

impl<T: AsWord> Probe<'_, T> {
    /// The word of the argument.
    #[inline(always)]
    pub fn word(&self) -> Word {
        self.0.as_word()
    }
}

/// The answer for types without a word.
pub trait NoWord {
    /// [`Word::NONE`].
    #[inline(always)]
    fn word(&self) -> Word {
        Word::NONE
    }
}

impl<T> NoWord for Probe<'_, T> {}

/// Finds the pointer map of a type that emitted code only knows by name, as [`Probe`] does for values.
#[derive(Debug)]
pub struct MapProbe<T>(core::marker::PhantomData<T>);

impl<T: crate::pointee::Pointee> MapProbe<T> {
    /// Whether `T` is known to have no pointer inside.
    pub const IS_FLAT: bool = matches!(T::MAP.kind, crate::desc::MapKind::Flat);

    /// The map of `T`, for constants.
    pub const MAP: &'static crate::desc::PointerMap = T::MAP;

    /// The map of `T`.
    pub fn map() -> &'static crate::desc::PointerMap {
        T::MAP
    }
}

/// The answer for types without a map.
pub trait NoMap {
    /// Nothing is known.
    const IS_FLAT: bool = false;

    /// Nothing is known.
    const MAP: &'static crate::desc::PointerMap = crate::desc::PointerMap::UNKNOWN;

    /// Nothing is known.
    fn map() -> &'static crate::desc::PointerMap {
        crate::desc::PointerMap::UNKNOWN
    }
}

impl<T> NoMap for MapProbe<T> {}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;

    #[test]
    fn probes_prefer_what_is_known() {
        struct Opaque;
        let number = -3_i16;
        let bytes = [1_u8, 2];
        let pointer = bytes.as_ptr();
        assert_eq!(Probe(&number).word().number(), -3);
        assert_eq!(Probe(&u64::MAX).word().number(), i128::from(u64::MAX));
        assert_eq!(Probe(&pointer).word().addr(), pointer.addr());
        assert_eq!(Probe(&Some(&bytes)).word().addr(), pointer.addr());
        assert_eq!(Probe(&None::<&u8>).word().addr(), 0);
        assert_eq!(Probe(&Opaque).word(), Word::NONE);
        assert!(!Word::NONE.is_known() && Probe(&0_u8).word().is_known());
        unsafe extern "C" fn called(_: *mut u8, _: i32) {}
        let function: Option<unsafe extern "C" fn(*mut u8, i32)> = Some(called);
        assert_eq!(Probe(&function).word().addr(), called as *const () as usize);
        const { assert!(MapProbe::<[u8; 4]>::IS_FLAT && !MapProbe::<Opaque>::IS_FLAT && !MapProbe::<*const u8>::IS_FLAT) };
        assert!(matches!(MapProbe::<Opaque>::map().kind, crate::desc::MapKind::Unknown));
        assert!(matches!(MapProbe::<u32>::map().kind, crate::desc::MapKind::Flat));
    }
}
