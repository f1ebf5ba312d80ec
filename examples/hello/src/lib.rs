//! Bindings of `c/hello.h` without a build script: the macro reads the header, the block inside says what it means.

/// Everything the header declares; the functions in the block are idiomatic, or have their contract from it.
#[pinned_ffi::pinned_ffi(header = "c/hello.h", allow = "hello_.*")]
pub mod hello {
    unsafe extern "C" {
        // `values` is counted: the header says so only to GCC.
        safe fn hello_sum(#[counted_by(count)] values: *const c_int, count: usize) -> c_long;

        safe fn hello_greet(
            #[null_terminated]
            #[nonnull]
            #[noescape]
            name: *const c_char,
            #[out]
            #[counted_by(size)]
            #[noescape]
            to: *mut c_char,
            size: usize,
        ) -> usize;

        // C follows the pointers in `parts` while it joins them.
        fn hello_join(
            #[counted_by(count)]
            #[flow_through]
            #[noescape]
            parts: *const hello_part,
            count: usize,
            #[out]
            #[counted_by(size)]
            #[noescape]
            to: *mut c_char,
            size: usize,
        ) -> c_long;

        // It only looks at the lengths: pointers inside are not followed, so they must be pinned.
        fn hello_longest(#[counted_by(count)] parts: *const hello_part, count: usize) -> *const hello_part;
    }
}
