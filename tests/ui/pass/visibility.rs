// Every visibility, and types named from `self`, `super` and `crate`, reach the module of raw declarations.

use std::ffi::c_int;

#[repr(C)]
pub struct Top {
    value: c_int,
}

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn abs(n: c_int) -> c_int;
    pub(crate) fn labs(n: std::ffi::c_long) -> std::ffi::c_long;
    pub fn on_top(top: *const self::Top) -> crate::Top;
}

mod outer {
    #[repr(C)]
    pub struct Div {
        pub quot: std::ffi::c_int,
        pub rem: std::ffi::c_int,
    }

    pub mod inner {
        use std::ffi::{c_char, c_int};

        #[repr(C)]
        pub struct Own {
            value: c_int,
        }

        #[pinned_ffi::pinned_ffi]
        unsafe extern "C" {
            pub fn abs(n: c_int) -> c_int;
            pub(super) fn div(number: c_int, by: c_int) -> super::Div;
            pub(in crate::outer) fn atoi(#[null_terminated] text: *const c_char) -> c_int;
            pub(in super::super) fn rand() -> c_int;
            pub(self) fn toupper(c: c_int) -> c_int;
            fn tolower(c: c_int) -> c_int;
            fn take(
                #[one] own: *const self::Own,
                #[one] div: *mut super::Div,
                top: super::super::Top,
                list: *const [*const self::Own; 2],
            ) -> crate::Top;
            fn give(#[one] own: &self::Own, next: Option<&mut super::Div>, f: Option<unsafe extern "C" fn(super::Div)>);
            pub(super) fn snprintf(to: *mut c_char, size: usize, format: *const c_char, ...) -> c_int;
            pub(super) static environ: *const *const c_char;
        }

        pub fn both(c: c_int) -> c_int {
            // SAFETY: these take any character.
            let lower = unsafe { tolower(c) };
            // SAFETY: as above, through the untouched declaration.
            lower + unsafe { raw::toupper(c) }
        }
    }

    pub fn halves(n: std::ffi::c_int) -> std::ffi::c_int {
        // SAFETY: two is not zero.
        unsafe { inner::div(n, 2) }.quot
    }
}

fn main() {
    assert_eq!(outer::halves(8), 4);
    assert_eq!(outer::inner::both(i32::from(b'a')), i32::from(b'a') + i32::from(b'A'));
    // SAFETY: these take any number but the smallest.
    assert_eq!(unsafe { abs(-2) + raw::abs(-2) + outer::inner::abs(-1) + outer::inner::raw::abs(-1) }, 6);
}
