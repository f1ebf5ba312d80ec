// A module that takes every name of the prelude for itself; emitted code means the real ones.

mod taken {
    #![allow(non_camel_case_types, non_upper_case_globals, unused_macros, dead_code)]

    use std::ffi::{c_char, c_int, c_void};

    pub struct Option;
    pub struct Result;
    pub struct Some;
    pub struct None;
    pub struct Ok;
    pub struct Err;
    pub struct Vec;
    pub struct u8;
    pub struct usize;
    pub struct i128;
    pub struct bool;
    pub struct str;
    pub struct MaybeUninit;
    pub struct CStr;
    pub struct Call;
    pub struct FnDesc;
    pub struct Word;
    pub trait TryFrom {}
    pub trait Sized {}
    pub mod core {}
    pub mod std_ {}
    pub mod pinned_ffi {}

    macro_rules! assert {
        ($($any:tt)*) => { compile_error!("the wrong assert") };
    }
    macro_rules! panic {
        ($($any:tt)*) => { compile_error!("the wrong panic") };
    }
    macro_rules! matches {
        ($($any:tt)*) => { compile_error!("the wrong matches") };
    }

    /// Methods of the names that emitted code calls, on every type.
    pub trait Greedy {
        fn leave(&self) {}
        fn parts(&self) {}
        fn filled(&self) {}
        fn with_vector(&self) {}
        fn try_from(&self) {}
    }
    impl<T: ?::core::marker::Sized> Greedy for T {}

    #[::pinned_ffi::pinned_ffi]
    #[repr(C)]
    pub struct iovec {
        iov_base: *mut c_void,
        iov_len: ::core::primitive::usize,
    }

    #[::pinned_ffi::pinned_ffi]
    unsafe extern "C" {
        pub fn abs(n: c_int) -> c_int;
        pub safe fn read(fd: c_int, buf: *mut c_void, count: ::core::primitive::usize) -> isize;
        pub safe fn write(fd: c_int, buf: *const c_void, count: ::core::primitive::usize) -> isize;
        pub safe fn readv(fd: c_int, iov: *const iovec, iovcnt: c_int) -> isize;
        pub safe fn strlen(#[null_terminated] #[noescape] s: *const c_char) -> ::core::primitive::usize;
        pub safe fn computed(
            #[nullable] #[counted_by(n * 2)] #[noescape] pixels: *const u32,
            #[nullable] #[one] #[out] #[noescape] sum: *mut i64,
            n: c_int,
        );
    }
}

fn main() {
    assert_eq!(taken::strlen(c"four"), 4);
    assert!(taken::read(-1, &mut [0_u8; 4]).is_err());
}
