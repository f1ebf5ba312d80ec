//! Emitted code for three whole headers and a block, type-checked under a long list of denied lints.

#![deny(
    ambiguous_glob_reexports,
    bare_trait_objects,
    deprecated,
    elided_lifetimes_in_paths,
    explicit_outlives_requirements,
    ffi_unwind_calls,
    future_incompatible,
    improper_ctypes_definitions,
    keyword_idents,
    let_underscore_drop,
    macro_use_extern_crate,
    meta_variable_misuse,
    missing_abi,
    missing_debug_implementations,
    non_ascii_idents,
    non_local_definitions,
    nonstandard_style,
    noop_method_call,
    redundant_lifetimes,
    refining_impl_trait,
    rust_2018_idioms,
    rust_2021_compatibility,
    rust_2024_compatibility,
    single_use_lifetimes,
    trivial_casts,
    trivial_numeric_casts,
    unit_bindings,
    unnameable_types,
    unreachable_code,
    unreachable_pub,
    unsafe_attr_outside_unsafe,
    unsafe_op_in_unsafe_fn,
    unused,
    unused_extern_crates,
    unused_import_braces,
    unused_lifetimes,
    unused_macro_rules,
    unused_qualifications,
    variant_size_differences,
    warnings
)]
#![deny(
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    clippy::undocumented_unsafe_blocks,
    clippy::multiple_unsafe_ops_per_block
)]
#![allow(clippy::redundant_pub_crate, reason = "contradicts unreachable_pub")]

/// Every function of three headers, under _GNU_SOURCE.
#[pinned_ffi::pinned_ffi(header = ["sys/uio.h", "sys/socket.h", "unistd.h"], define = "_GNU_SOURCE")]
mod whole {}

/// Idiomatic forms of those whose contracts are complete.
#[pinned_ffi::pinned_ffi(
    header = ["sys/uio.h", "sys/socket.h", "unistd.h"],
    allow = "readv|writev|preadv|pwritev|read|write|pread|pwrite|send|access|chdir|unlink|pipe|gethostname|getentropy|rmdir|link|symlink|readlink",
    safe = "readv|writev|preadv|pwritev|read|write|pread|pwrite|send|access|chdir|unlink|pipe|gethostname|getentropy|rmdir|link|symlink|readlink"
)]
mod idiomatic {}

mod block {
    use std::ffi::{c_char, c_int, c_void};

    #[pinned_ffi::pinned_ffi]
    #[repr(C)]
    #[derive(Debug)]
    pub(crate) struct Node {
        pub(crate) value: c_int,
        pub(crate) next: *const Self,
        pub(crate) name: *const c_char,
    }

    #[pinned_ffi::pinned_ffi]
    #[allow(dead_code)]
    unsafe extern "C" {
        pub(crate) fn memcpy(
            #[out]
            #[sized_by(n)]
            to: *mut c_void,
            #[sized_by(n)] from: *const c_void,
            n: usize,
        ) -> *mut c_void;
        pub(crate) safe fn strlen(
            #[null_terminated]
            #[nonnull]
            #[noescape]
            s: *const c_char,
        ) -> usize;
        #[must_use]
        pub(crate) fn abs(n: c_int) -> c_int;
        fn sink(
            #[input]
            #[one]
            node: *const Node,
        );
        pub(crate) safe fn getrandom(
            #[out]
            #[sized_by(n)]
            #[noescape]
            to: *mut c_void,
            n: usize,
            flags: std::ffi::c_uint,
        ) -> isize;
    }
}

#[test]
fn it_is_called_too() {
    let ends = idiomatic::pipe().expect("a pipe can be made");
    assert_eq!(idiomatic::write(ends[1], b"twelve bytes").expect("the pipe is open"), 12);
    let (mut head, mut tail) = ([0_u8; 6], [0_u8; 64]);
    let read = idiomatic::readv(ends[0], &mut [&mut head[..], &mut tail[..]]).expect("the pipe is open");
    assert_eq!((read, &head, &tail[..6]), (12, b"twelve", &b" bytes"[..]));

    let mut grown = Vec::with_capacity(32);
    idiomatic::write(ends[1], b"more").expect("the pipe is open");
    assert_eq!(idiomatic::read(ends[0], pinned_ffi::buf::Spare(&mut grown)).expect("the pipe is open"), 4);
    assert_eq!(grown, b"more");

    let error = idiomatic::access(c"/no/such/file", 0).expect_err("there is no such file");
    assert_eq!(error.kind(), std::io::ErrorKind::NotFound);
    assert!(idiomatic::read(-1, &mut [0_u8; 1]).is_err());

    assert_eq!(block::strlen(c"four"), 4);
    let mut random = [0_u8; 16];
    assert_eq!(block::getrandom(&mut random, 0), 16);
    assert_ne!(random, [0; 16]);
    // SAFETY: a plain number.
    assert_eq!(unsafe { block::abs(-4) }, 4);
    // SAFETY: takes nothing.
    assert!(unsafe { whole::getpid() } > 0);
}
