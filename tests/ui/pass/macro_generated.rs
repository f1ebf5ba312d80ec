// Blocks and structures written by `macro_rules!`: types as fragments, `$crate`, names of the macro's own.

use std::ffi::{c_char, c_int, c_void};

macro_rules! functions {
    ($vis:vis mod $raw:ident; $($name:ident($($param:ident: $ty:ty),*) -> $ret:ty;)*) => {
        #[pinned_ffi::pinned_ffi(raw = $raw)]
        unsafe extern "C" {
            $($vis fn $name($($param: $ty),*) -> $ret;)*
        }
    };
}

macro_rules! reader {
    ($name:ident, $link:literal, $int:ty, $element:ty, $raw:ident) => {
        #[pinned_ffi::pinned_ffi(raw = $raw)]
        unsafe extern "C" {
            #[errno]
            #[link_name = $link]
            safe fn $name(
                fd: $int,
                #[out]
                #[sized_by(count)]
                #[filled_by(return)]
                #[noescape]
                buf: *mut $element,
                count: usize,
            ) -> isize;
        }
    };
}

macro_rules! gather {
    ($name:ident { $($field:ident: $ty:ty),* } $pointer:ty) => {
        #[pinned_ffi::pinned_ffi]
        #[repr(C)]
        pub struct $name {
            #[nullable]
            start: *const u8,
            $($field: $ty),*
        }

        #[pinned_ffi::pinned_ffi(raw = gather_raw)]
        unsafe extern "C" {
            fn gather(#[flow_through] #[one] part: *const $crate::$name, rest: $pointer) -> $crate::$name;
            safe fn total(#[counted_by(n)] #[noescape] values: $pointer, n: usize) -> i64;
        }
    };
}

functions! { pub(crate) mod plain; abs(n: c_int) -> c_int; strlen(s: *const c_char) -> usize; }
reader!(read_bytes, "read", c_int, c_void, read_raw);
gather!(Part { next: *mut c_void, count: usize } *const i32);

fn main() {
    // SAFETY: abs takes any number but the smallest.
    assert_eq!(unsafe { abs(-4) }, 4);
    assert!(read_bytes(-1, &mut [0_u8; 4]).is_err());
}
