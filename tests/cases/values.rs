//! Numbers of which Rust has no value, for enumerations, `char` and `bool`: what C returns and what it writes.

use super::Case;
use libc::{c_int, c_long, c_uint};
use std::mem::MaybeUninit;

pub(crate) const WRONG: &[Case] = &[
    ("a_kind_of_seven", a_kind_of_seven),
    ("a_kind_of_seven_by_a_safe_function", a_kind_of_seven_by_a_safe_function),
    ("a_letter_that_is_none", a_letter_that_is_none),
    ("flags_written_as_two", flags_written_as_two),
    ("a_kind_written_as_seven", a_kind_written_as_seven),
    ("a_letter_written_that_is_none", a_letter_written_that_is_none),
];

pub(crate) const LEGAL: &[Case] = &[
    ("kinds_and_letters_that_are", kinds_and_letters_that_are),
    ("results_that_are_other_names", results_that_are_other_names),
    ("what_c_leaves_alone_may_be_anything", what_c_leaves_alone_may_be_anything),
];

#[pinned_ffi::pinned_ffi]
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Below = -1,
    One = 1,
    Two = 2,
}

/// Another name of a number, of which every one is a value.
type Sum = c_int;

#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Triple {
    first: c_long,
    second: c_long,
    third: c_long,
}

#[rustfmt::skip]
#[allow(improper_ctypes, clashing_extern_declarations, reason = "a `char` is four bytes of C's, of which not all are one")]
#[pinned_ffi::pinned_ffi]
#[link(name = "probe", kind = "static")]
unsafe extern "C" {
    fn after_kind(value: c_int) -> Kind;
    #[link_name = "after_kind"]
    safe fn after_kind_safely(value: c_int) -> Kind;
    #[link_name = "after_kind"]
    fn after_sum_of(value: c_int) -> Sum;
    fn after_triple(value: c_long) -> Triple;
    fn after_letter(value: c_uint) -> char;
    fn after_flags(#[out] #[counted_by(n)] #[noescape] flags: *mut bool, n: c_int, last: c_int, value: c_int) -> c_int;
    fn after_find(
        #[out] #[one] kind: *mut Kind, #[inout] #[one] #[noescape] letter: *mut char,
        fails: c_int, value: c_int, character: c_uint,
    ) -> c_int;
}

/// The call panics at every level: there is no value to give.
fn without_a_value<T: std::fmt::Debug>(call: impl FnOnce() -> T + std::panic::UnwindSafe) {
    if pinned_ffi::level() != pinned_ffi::Level::Off {
        panic!("{:?} is no value", call());
    }
    std::panic::set_hook(Box::new(|_| {}));
    let told = std::panic::catch_unwind(call).expect_err("it is no value");
    let told = told.downcast_ref::<String>().expect("a text");
    assert!(told.starts_with("C has returned "), "{told}");
}

fn a_kind_of_seven() {
    // SAFETY: the wrapper sees that it is none.
    without_a_value(|| unsafe { after_kind(7) });
}

fn a_kind_of_seven_by_a_safe_function() {
    without_a_value(|| after_kind_safely(7));
}

fn a_letter_that_is_none() {
    // SAFETY: as above.
    without_a_value(|| unsafe { after_letter(0xd800) });
}

fn flags_written_as_two() {
    let mut flags = [MaybeUninit::new(false); 5];
    // SAFETY: room for five bytes, which nobody takes for flags.
    unsafe { after_flags(flags.as_mut_ptr().cast(), 5, 2, 2) };
}

fn a_kind_written_as_seven() {
    let mut kind = Box::new(MaybeUninit::new(Kind::Two));
    let mut letter = 'x';
    // SAFETY: room for both; what is no kind is not taken for one.
    unsafe { after_find(kind.as_mut_ptr(), &raw mut letter, 0, 7, 'y' as c_uint) };
}

fn a_letter_written_that_is_none() {
    let (mut kind, mut letter) = (Kind::Two, Box::new(MaybeUninit::new('x')));
    // SAFETY: as above.
    unsafe { after_find(&raw mut kind, letter.as_mut_ptr(), 0, 1, 0x11_0000) };
}

fn kinds_and_letters_that_are() {
    for number in 0..20 {
        // SAFETY: values of both.
        unsafe {
            assert_eq!((after_kind(-1), after_kind(1), after_kind(2)), (Kind::Below, Kind::One, Kind::Two));
            assert_eq!(
                (after_letter(0), after_letter('ß' as c_uint), after_letter(0x10_ffff)),
                ('\0', 'ß', '\u{10ffff}')
            );
        }
        assert_eq!(after_kind_safely(2), Kind::Two);
        let (mut kind, mut letter) = (Box::new(Kind::One), 'x');
        // SAFETY: room for both.
        assert_eq!(unsafe { after_find(&raw mut *kind, &raw mut letter, 0, -1, 0x1f600) }, 0);
        assert_eq!((*kind, letter), (Kind::Below, '\u{1f600}'));
        let mut flags = vec![false; number];
        // SAFETY: room for so many.
        assert_eq!(unsafe { after_flags(flags.as_mut_ptr(), number as c_int, number as c_int, 1) }, number as c_int);
        assert!(flags.iter().all(|flag| *flag));
    }
}

fn results_that_are_other_names() {
    for value in [-5, 0, 7, c_int::MAX] {
        // SAFETY: every number is one.
        assert_eq!(unsafe { after_sum_of(value) }, value);
        let value = c_long::from(value);
        // SAFETY: three numbers.
        assert_eq!(unsafe { after_triple(value) }, Triple { first: value, second: value + 1, third: value + 2 });
    }
}

fn what_c_leaves_alone_may_be_anything() {
    let mut kind = MaybeUninit::<Kind>::uninit();
    // SAFETY: a number as large as the enumeration.
    unsafe { kind.as_mut_ptr().cast::<c_int>().write(77) };
    let mut letter = 'x';
    // SAFETY: room for both.
    assert_eq!(unsafe { after_find(kind.as_mut_ptr(), &raw mut letter, 1, 0, 0) }, -1);
    let mut flags = [MaybeUninit::<bool>::uninit(); 8];
    // SAFETY: bytes.
    unsafe { flags.as_mut_ptr().cast::<u8>().write_bytes(9, 8) };
    // SAFETY: room for eight, of which three are flags then.
    assert_eq!(unsafe { after_flags(flags.as_mut_ptr().cast(), 8, 3, 1) }, 3);
    // SAFETY: written.
    assert!(flags[5..].iter().all(|flag| unsafe { flag.assume_init() }));
}
