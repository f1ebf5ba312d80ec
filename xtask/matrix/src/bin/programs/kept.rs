//! C02: C keeps a pointer for longer than its memory lives.

use super::{Case, deep, keep_if};
use libc::{c_char, c_int, c_uint, c_void, iovec, size_t};

pub(crate) const CASES: &[Case] = &[
    ("kept_then_read", kept_then_read),
    ("kept_then_written", kept_then_written),
    ("kept_and_never_used", kept_and_never_used),
    ("kept_from_a_dead_frame", kept_from_a_dead_frame),
    ("b010_iterator_upper_bound", b010_iterator_upper_bound),
    ("b014_mount_error_buffer", b014_mount_error_buffer),
    ("b015_bound_result", b015_bound_result),
];

#[cfg(feature = "libraries")]
pub(crate) const WITH_LIBRARIES: &[Case] = &[
    ("b007_deserialized_buffer", super::sqlite3::b007_deserialized_buffer),
    ("b008_bound_text", super::sqlite3::b008_bound_text),
    ("b017_stale_buffers_in_params", super::zlib::b017_stale_buffers_in_params),
];

pub(crate) enum read_options {}
pub(crate) enum rocks_iterator {}
pub(crate) enum my_statement {}

#[rustfmt::skip]
#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    // Nobody has written down how long.
    pub(crate) fn kept_keep(#[inout] #[sized_by(n)] data: *mut c_void, n: size_t);
    pub(crate) fn kept_read(at: size_t) -> c_int;
    pub(crate) fn kept_write(at: size_t, byte: c_int);
    pub(crate) fn kept_forget();

    #[returns(opaque)]
    fn rocks_options() -> *mut read_options;
    fn rocks_set_upper_bound(
        #[opaque] options: *mut read_options,
        #[input] #[sized_by(n)] #[retained(by = options, until = [rocks_free])] key: *const c_char,
        n: size_t,
    );
    #[returns(opaque)]
    fn rocks_iterate(#[opaque] options: *const read_options) -> *mut rocks_iterator;
    fn rocks_valid(
        #[opaque] it: *const rocks_iterator,
        #[input] #[sized_by(n)] #[noescape] key: *const c_char,
        n: size_t,
    ) -> c_int;
    fn rocks_free(#[opaque] it: *mut rocks_iterator, #[opaque] options: *mut read_options);

    fn kept_mount(
        #[inout] #[counted_by(n)] #[flow_through(inout)] #[noescape] iov: *mut iovec,
        n: c_uint,
    ) -> c_int;

    #[returns(opaque)]
    fn my_prepare() -> *mut my_statement;
    fn my_bind_result(
        #[opaque] s: *mut my_statement,
        #[out] #[sized_by(length)] #[retained(by = s, until = [my_close])] buffer: *mut c_void,
        length: size_t,
    );
    fn my_execute(#[opaque] s: *mut my_statement);
    fn my_close(#[opaque] s: *mut my_statement);
}

fn kept_then_read(is_fixed: bool) {
    let mut data = vec![1_u8; 40];
    // SAFETY: long enough; whether for long enough is the question.
    unsafe { kept_keep(data.as_mut_ptr().cast(), 40) };
    let data = keep_if(is_fixed, data);
    // SAFETY: none where the data are gone.
    unsafe { kept_read(30) };
    // SAFETY: takes nothing.
    unsafe { kept_forget() };
    drop(data);
}

fn kept_then_written(is_fixed: bool) {
    let mut data = vec![1_u8; 40];
    // SAFETY: long enough; whether for long enough is the question.
    unsafe { kept_keep(data.as_mut_ptr().cast(), 40) };
    let data = keep_if(is_fixed, data);
    // SAFETY: none where the data are gone.
    unsafe { kept_write(30, 7) };
    // SAFETY: takes nothing.
    unsafe { kept_forget() };
    drop(data);
}

fn kept_and_never_used(is_fixed: bool) {
    let mut data = vec![1_u8; 40];
    // SAFETY: long enough; whether for long enough is the question.
    unsafe { kept_keep(data.as_mut_ptr().cast(), 40) };
    if is_fixed {
        // SAFETY: takes nothing.
        unsafe { kept_forget() };
    }
    drop(data);
}

fn kept_from_a_dead_frame(is_fixed: bool) {
    fn lend_local() {
        let mut local = [1_u8; 64];
        // SAFETY: long enough, but not for long enough.
        unsafe { kept_keep(local.as_mut_ptr().cast(), 64) };
    }
    let mut local = [1_u8; 64];
    if is_fixed {
        // SAFETY: the array lives until C has forgotten it.
        unsafe { kept_keep(local.as_mut_ptr().cast(), 64) };
    } else {
        deep(8, lend_local);
    }
    // SAFETY: none where the frame has returned.
    unsafe { kept_write(9, 7) };
    // SAFETY: takes nothing.
    unsafe { kept_forget() };
}

/// rust-rocksdb 299, 660: the iterator reads the bound through the options.
fn b010_iterator_upper_bound(is_fixed: bool) {
    let bound = b"key-500-and-some-more-of-it".to_vec();
    // SAFETY: all live where the bound does.
    unsafe {
        let options = rocks_options();
        rocks_set_upper_bound(options, bound.as_ptr().cast(), bound.len());
        let it = rocks_iterate(options);
        let bound = keep_if(is_fixed, bound);
        rocks_valid(it, c"key-499".as_ptr(), 7);
        rocks_free(it, options);
        drop(bound);
    }
}

/// nix 2797, H13: the list has an entry for an error buffer of the first call, and goes to a second one.
fn b014_mount_error_buffer(is_fixed: bool) {
    fn error_buffer() -> iovec {
        let mut buffer = [0_u8; 255];
        let entry = iovec { iov_base: buffer.as_mut_ptr().cast(), iov_len: 255 };
        let mut list = [text(c"errmsg"), entry];
        // SAFETY: both entries live.
        unsafe { kept_mount(list.as_mut_ptr(), 2) };
        entry
    }
    fn text(text: &std::ffi::CStr) -> iovec {
        iovec { iov_base: text.as_ptr().cast_mut().cast(), iov_len: text.count_bytes() + 1 }
    }
    let mut names = [b"errmsg\0".to_vec(), b"fstype\0".to_vec(), b"nullfs\0".to_vec()];
    let [errmsg, fstype, nullfs] =
        names.each_mut().map(|name| iovec { iov_base: name.as_mut_ptr().cast(), iov_len: name.len() });
    let mut live = [0_u8; 255];
    let entry =
        if is_fixed { iovec { iov_base: live.as_mut_ptr().cast(), iov_len: 255 } } else { deep(8, error_buffer) };
    let mut list = vec![fstype, nullfs, errmsg, entry];
    // SAFETY: none where the buffer was the first call's.
    unsafe { kept_mount(list.as_mut_ptr(), 4) };
}

/// diesel 744: the second execution writes where the first one's results were.
fn b015_bound_result(is_fixed: bool) {
    let mut results = vec![0_u8; 120];
    // SAFETY: all live where the results do.
    unsafe {
        let statement = my_prepare();
        my_bind_result(statement, results.as_mut_ptr().cast(), 120);
        my_execute(statement);
        let results = keep_if(is_fixed, results);
        my_execute(statement);
        my_close(statement);
        drop(results);
    }
}
