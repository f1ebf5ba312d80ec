//! Enumerations that C passes to an exported function: a number that stands for nothing never becomes a value of Rust's (PF025).

use core::marker::PhantomData;
use core::mem::MaybeUninit;
use core::panic::Location;

/// A type of which C may pass numbers that are none of its values.
///
/// # Safety
///
/// The type is a number of up to 8 bytes to C, and each number of `NUMBERS` is one of its values.
pub unsafe trait Enumeration {
    /// Its values.
    const NUMBERS: &'static [i128];
    /// Its name, for reports.
    const NAME: &'static str;
    /// Whether its numbers may be below zero.
    const IS_SIGNED: bool;
}

// SAFETY: C's `_Bool` is one byte, and these are the values of `bool`.
unsafe impl Enumeration for bool {
    const NUMBERS: &'static [i128] = &[0, 1];
    const NAME: &'static str = "bool";
    const IS_SIGNED: bool = false;
}

/// Takes what C has passed, as [`MapProbe`](crate::word::MapProbe) finds maps: looked at where the type is an enumeration.
#[derive(Debug)]
pub struct Passed<T>(PhantomData<T>);

impl<T: Enumeration> Passed<T> {
    /// The value.
    ///
    /// # Panics
    ///
    /// In every build where the number is none of the type's: there is no value that the function could get.
    ///
    /// # Safety
    ///
    /// `passed` is initialised.
    #[inline]
    pub unsafe fn take(
        passed: MaybeUninit<T>,
        function: &'static str,
        parameter: &'static str,
        location: &'static Location<'static>,
    ) -> T {
        let number = number(&passed);
        if !T::NUMBERS.contains(&number) {
            refuse(function, parameter, T::NAME, number, location);
        }
        // SAFETY: initialised, as the caller promises, and one of the type's values, as the search has shown.
        unsafe { passed.assume_init() }
    }
}

/// The answer for all other types.
pub trait AnyPassed<T> {
    /// The value as C passed it.
    ///
    /// # Safety
    ///
    /// `passed` is a value of its type.
    #[inline(always)]
    unsafe fn take(
        passed: MaybeUninit<T>,
        _function: &'static str,
        _parameter: &'static str,
        _location: &'static Location<'static>,
    ) -> T {
        // SAFETY: the caller's promise.
        unsafe { passed.assume_init() }
    }
}

impl<T> AnyPassed<T> for Passed<T> {}

/// What a value is to C.
#[inline(always)]
fn number<T: Enumeration>(passed: &MaybeUninit<T>) -> i128 {
    let at = core::ptr::from_ref(passed);
    let bits = match size_of::<T>() {
        // SAFETY: an initialised number of this size, as its trait says; read without regard to alignment, here and below.
        1 => u64::from(unsafe { at.cast::<u8>().read() }),
        // SAFETY: as above.
        2 => u64::from(unsafe { at.cast::<u16>().read_unaligned() }),
        // SAFETY: as above.
        4 => u64::from(unsafe { at.cast::<u32>().read_unaligned() }),
        // SAFETY: as above.
        8 => unsafe { at.cast::<u64>().read_unaligned() },
        _ => unreachable!("C has no enumeration of this size"),
    };
    let above = 64 - 8 * size_of::<T>() as u32;
    if T::IS_SIGNED { i128::from((bits << above) as i64 >> above) } else { i128::from(bits) }
}

#[cold]
#[inline(never)]
fn refuse(
    function: &'static str,
    parameter: &'static str,
    ty: &'static str,
    number: i128,
    location: &'static Location<'static>,
) -> ! {
    #[cfg(any(debug_assertions, feature = "checked"))]
    if crate::mode::level() != crate::mode::Level::Off && !crate::unchecked::is_active() {
        crate::report::raise(vec![crate::report::of_stranger(function, parameter, ty, number, location)]);
    }
    panic!("C has passed {number} as `{parameter}` of `{function}`, at {location}, which is no `{ty}`");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[repr(i16)]
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    enum Level {
        Low = -1,
        High = 300,
    }
    // SAFETY: its values.
    unsafe impl Enumeration for Level {
        const NUMBERS: &'static [i128] = &[Level::Low as i128, Level::High as i128];
        const NAME: &'static str = "Level";
        const IS_SIGNED: bool = true;
    }

    fn taken(number: i16) -> Option<Level> {
        let mut passed = MaybeUninit::<Level>::uninit();
        // SAFETY: a number of the enumeration's size.
        unsafe { passed.as_mut_ptr().cast::<i16>().write(number) };
        // SAFETY: initialised.
        std::panic::catch_unwind(|| unsafe { Passed::take(passed, "f", "level", Location::caller()) }).ok()
    }

    #[test]
    fn numbers_are_values_or_refused() {
        let given = [-1, 300, 0, 299, i16::MIN].map(taken);
        assert_eq!(given, [Some(Level::Low), Some(Level::High), None, None, None]);
    }

    #[test]
    fn other_types_pass() {
        // SAFETY: initialised.
        assert_eq!(unsafe { Passed::<u128>::take(MaybeUninit::new(7), "f", "n", Location::caller()) }, 7);
    }
}
