//! Results of idiomatic wrappers: errno, counts that C reports, lengths that cannot be passed on.

use std::io;

/// A result type that tells failure by -1 and `errno`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be -1, so `#[errno]` says nothing of it",
    note = "a C function that tells errors by errno returns `c_int`, `ssize_t` or `c_long`"
)]
pub trait ErrnoReturn: Copy {
    /// What success carries.
    type Success;
    /// `None` for -1.
    fn success(self) -> Option<Self::Success>;
}

macro_rules! errno_returns {
    ($($ty:ty => $success:ty),*) => {$(
        impl ErrnoReturn for $ty {
            type Success = $success;
            #[inline(always)]
            fn success(self) -> Option<$success> {
                if self == -1 { None } else { Some(self as $success) }
            }
        }
    )*};
}

errno_returns!(isize => usize, i32 => i32, i64 => i64);

/// `-1` becomes the last OS error.
#[inline]
pub fn io_result<R: ErrnoReturn>(result: R) -> io::Result<R::Success> {
    result.success().ok_or_else(io::Error::last_os_error)
}

/// `-1` becomes the last OS error, anything else carries nothing.
#[inline]
pub fn io_result_unit<R: ErrnoReturn>(result: R) -> io::Result<()> {
    io_result(result).map(|_| ())
}

/// A count that C reported, which must fit the buffer for the elements to be taken as written.
///
/// # Panics
///
/// Where C reports more than the capacity: trusting it would be undefined behaviour in any build.
#[inline]
#[track_caller]
pub fn filled(count: usize, capacity: usize) -> usize {
    assert!(count <= capacity, "C reported {count} elements written into a buffer of {capacity}");
    count
}

/// As [`filled`], for a count that an expression tells; `None` where that overflowed.
///
/// # Panics
///
/// Where the count is negative, or more than the capacity.
#[inline]
#[track_caller]
pub fn filled_amount(amount: Option<i128>, capacity: usize) -> usize {
    match amount.map(usize::try_from) {
        Some(Ok(count)) => filled(count, capacity),
        _ => panic!("C reported {amount:?} elements written into a buffer of {capacity}"),
    }
}

/// The error for a length that the C type of its count cannot hold.
#[cold]
pub fn over_count() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, "more elements than the C type of the count can hold")
}

/// The error for buffers that share a count, or must reach a computed length, and do not.
#[cold]
pub fn lengths_differ() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, "the lengths of the buffers do not agree with the call")
}

/// Gives up where the C function has no way to tell an error.
///
/// # Panics
///
/// Always.
#[cold]
#[track_caller]
pub fn refuse(error: io::Error) -> ! {
    panic!("{error}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results() {
        assert_eq!(io_result(5_isize).expect("not -1"), 5_usize);
        assert!(io_result(-1_i32).is_err());
        assert!(io_result_unit(0_i32).is_ok());
        assert_eq!(filled(3, 3), 3);
    }
}
