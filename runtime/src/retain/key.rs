//! What may tell for whom something is kept, and in which place: numbers and addresses, whole.

/// A number or an address that names a keeper or one of its places.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot name what C keeps something for, nor a place of it",
    note = "`by` and `at` name handles and integers of up to 64 bits"
)]
pub trait Name: Copy {
    /// The same for the same value, and different for different ones.
    fn bits(self) -> u64;
}

macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl Name for $number {
            #[inline]
            fn bits(self) -> u64 {
                self as u64
            }
        }
    )*};
}

numbers!(u8, u16, u32, u64, usize, i8, i16, i32, i64, isize, bool);

impl<T> Name for *const T {
    #[inline]
    fn bits(self) -> u64 {
        self.addr() as u64
    }
}

impl<T> Name for *mut T {
    #[inline]
    fn bits(self) -> u64 {
        self.addr() as u64
    }
}

/// For whom.
#[inline]
pub fn keeper(name: impl Name) -> usize {
    name.bits() as usize
}

/// In which place.
#[inline]
pub fn place(name: impl Name) -> u64 {
    name.bits()
}
