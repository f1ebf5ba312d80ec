//! Numbers that C passes or returns for an enumeration, a `bool` or a `char`: one that stands for nothing never becomes a value of
//! Rust's (PF025).

use super::Call;
use crate::desc::ValuesDesc;
use crate::word::Word;
use core::marker::PhantomData;
use core::mem::MaybeUninit;
use core::panic::Location;

/// A type of which C may pass numbers that are none of its values.
///
/// # Safety
///
/// The type is a number of up to 8 bytes to C, and each number that it [`has`](Self::has) is one of its values.
pub unsafe trait Enumeration {
    /// Its values, where they can be listed.
    const NUMBERS: &'static [i128];
    /// Its name, for reports.
    const NAME: &'static str;
    /// Whether its numbers may be below zero.
    const IS_SIGNED: bool;

    /// Whether a number is one of its values.
    #[inline]
    fn has(number: i128) -> bool {
        Self::NUMBERS.contains(&number)
    }
}

// SAFETY: C's `_Bool` is one byte, and these are the values of `bool`.
unsafe impl Enumeration for bool {
    const NUMBERS: &'static [i128] = &[0, 1];
    const NAME: &'static str = "bool";
    const IS_SIGNED: bool = false;
}

// SAFETY: a `char` is a number of four bytes, and the values are those that the standard library makes one of.
unsafe impl Enumeration for char {
    const NUMBERS: &'static [i128] = &[];
    const NAME: &'static str = "char";
    const IS_SIGNED: bool = false;

    fn has(number: i128) -> bool {
        u32::try_from(number).is_ok_and(|number| char::from_u32(number).is_some())
    }
}

/// Takes what C has passed or returned, as [`MapProbe`](crate::word::MapProbe) finds maps: looked at where the type is an enumeration.
#[derive(Debug)]
pub struct Passed<T>(PhantomData<T>);

impl<T: Enumeration> Passed<T> {
    /// Which numbers are values.
    pub const VALUES: Option<&'static ValuesDesc> =
        Some(&ValuesDesc { name: T::NAME, size: size_of::<T>(), is_signed: T::IS_SIGNED, has: T::has });

    /// Ends the call, and gives the value that C returned.
    ///
    /// # Panics
    ///
    /// On a violation, under the policy `panic`; and whatever level and policy are, in a build with checks, where the number is none
    /// of the type's: there is no value that could be given.
    ///
    /// # Safety
    ///
    /// `returned` is initialised; and in a build without checks it is a value.
    #[inline]
    #[track_caller]
    pub unsafe fn leave(call: Call, returned: MaybeUninit<T>, function: &'static str) -> T {
        if crate::mode::COMPILED {
            let number = number(&returned);
            call.leave_telling(Word::of_number(number), ());
            if !T::has(number) {
                refuse_result(function, T::NAME, number);
            }
        } else {
            call.leave();
        }
        // SAFETY: initialised, as the caller promises, and one of the type's values, as was seen or is promised.
        unsafe { returned.assume_init() }
    }

    /// The value.
    ///
    /// # Panics
    ///
    /// In every build where the number is none of the type's: there is no value that the function could get. Where it was
    /// told under the policy `log`, and `is_carried` says that C gets a value at a panic, that is all that happens.
    ///
    /// # Safety
    ///
    /// `passed` is initialised.
    #[inline]
    pub unsafe fn take(
        passed: MaybeUninit<T>,
        function: &'static str,
        parameter: &'static str,
        is_carried: bool,
        location: &'static Location<'static>,
    ) -> T {
        let number = number(&passed);
        if !T::has(number) {
            refuse(function, parameter, T::NAME, number, is_carried, location);
        }
        // SAFETY: initialised, as the caller promises, and one of the type's values, as the search has shown.
        unsafe { passed.assume_init() }
    }
}

/// The answer for all other types.
pub trait AnyPassed<T> {
    /// Every number is a value, or it is no number.
    const VALUES: Option<&'static ValuesDesc> = None;

    /// Ends the call, and gives what C returned.
    ///
    /// # Panics
    ///
    /// On a violation, under the policy `panic`.
    ///
    /// # Safety
    ///
    /// `returned` is a value of its type.
    #[inline(always)]
    #[track_caller]
    unsafe fn leave(call: Call, returned: MaybeUninit<T>, _function: &'static str) -> T {
        call.leave();
        // SAFETY: the caller's promise.
        unsafe { returned.assume_init() }
    }

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
        _is_carried: bool,
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
    let values = ValuesDesc { name: T::NAME, size: size_of::<T>(), is_signed: T::IS_SIGNED, has: T::has };
    values.number(bits)
}

#[cold]
#[inline(never)]
#[track_caller]
fn refuse_result(function: &'static str, ty: &'static str, number: i128) -> ! {
    panic!("C has returned {number} from `{function}`, which is no `{ty}`");
}

#[cold]
#[inline(never)]
fn refuse(
    function: &'static str,
    parameter: &'static str,
    ty: &'static str,
    number: i128,
    is_carried: bool,
    location: &'static Location<'static>,
) -> ! {
    #[cfg(any(debug_assertions, feature = "checked"))]
    if crate::mode::level() != crate::mode::Level::Off && !crate::unchecked::is_active() {
        crate::report::raise(vec![crate::report::of_stranger(function, parameter, ty, number, location)]);
        if is_carried {
            // The policy is to go on. The function is left without its hook: the report has said it all.
            std::panic::resume_unwind(Box::new(crate::carry::Told));
        }
    }
    let _ = is_carried;
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
        std::panic::catch_unwind(|| unsafe { Passed::take(passed, "f", "level", false, Location::caller()) }).ok()
    }

    #[test]
    fn numbers_are_values_or_refused() {
        let given = [-1, 300, 0, 299, i16::MIN].map(taken);
        assert_eq!(given, [Some(Level::Low), Some(Level::High), None, None, None]);
    }

    #[test]
    fn other_types_pass() {
        // SAFETY: initialised.
        assert_eq!(unsafe { Passed::<u128>::take(MaybeUninit::new(7), "f", "n", false, Location::caller()) }, 7);
    }
}
