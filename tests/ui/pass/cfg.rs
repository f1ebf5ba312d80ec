// Conditions on blocks, functions and statics; two declarations of one name under opposite conditions.

mod both_ways {
    use std::ffi::{c_char, c_int, c_long};

    #[pinned_ffi::pinned_ffi]
    unsafe extern "C" {
        #[cfg(target_pointer_width = "64")]
        pub fn abs(n: c_int) -> c_int;
        #[cfg(not(target_pointer_width = "64"))]
        pub fn abs(n: c_int) -> c_int;
        #[cfg(any())]
        pub fn labs(n: NoSuchType) -> c_long;
        #[cfg(all())]
        pub fn labs(n: c_long) -> c_long;
        #[cfg(any())]
        pub safe fn never(#[counted_by(n)] #[noescape] values: *const NoSuchType, n: usize);
        #[cfg(any())]
        pub fn printf(format: *const NoSuchType, ...) -> c_int;
        #[cfg(any())]
        pub static no_such_static: NoSuchType;
        #[cfg(all())]
        pub static environ: *const *const c_char;
    }
}

mod whole_block {
    #[allow(unused_imports)]
    use std::ffi::c_int;

    #[pinned_ffi::pinned_ffi]
    #[cfg(any())]
    unsafe extern "C" {
        pub fn abs(n: c_int) -> NoSuchType;
        pub fn printf(format: *const NoSuchType, ...) -> c_int;
    }

    #[pinned_ffi::pinned_ffi(raw = on)]
    #[cfg(all())]
    unsafe extern "C" {
        pub fn abs(n: c_int) -> c_int;
    }
}

fn main() {
    // SAFETY: these take any number but the smallest.
    assert_eq!(unsafe { both_ways::abs(-1) + whole_block::abs(-1) }, 2);
    // SAFETY: as above.
    assert_eq!(unsafe { both_ways::labs(-1) }, 1);
}
