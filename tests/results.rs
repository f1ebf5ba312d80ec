//! Results, handles and owners of idiomatic wrappers, over a C library that counts what is alive.

use pinned_ffi::{Owned, OwnedData, Ref};
use std::ffi::CStr;

mod c {
    #![allow(non_camel_case_types)]

    use std::ffi::{c_char, c_int, c_long, c_void};

    pub(crate) const SHELF_OK: c_int = 0;

    #[repr(C)]
    pub(crate) struct shelf {
        _unused: [u8; 0],
    }

    #[repr(C)]
    pub(crate) struct item {
        _unused: [u8; 0],
    }

    #[link(name = "probe", kind = "static")]
    unsafe extern "C" {}

    #[pinned_ffi::pinned_ffi]
    unsafe extern "C" {
        pub(crate) safe fn shelf_live() -> c_int;

        #[errno(null)]
        #[returns(owned, free = shelf_free, opaque)]
        pub(crate) safe fn shelf_new(
            #[null_terminated]
            #[noescape]
            label: *const c_char,
        ) -> *mut shelf;

        #[success(result == SHELF_OK)]
        pub(crate) safe fn shelf_open(
            #[null_terminated]
            #[noescape]
            label: *const c_char,
            #[out]
            #[one]
            #[noescape]
            #[pointee(owned, free = shelf_free, opaque, nonnull)]
            out: *mut *mut shelf,
        ) -> c_int;

        pub(crate) safe fn shelf_free(
            #[opaque]
            #[transfer]
            shelf: *mut shelf,
        );

        #[success(result == 0)]
        pub(crate) safe fn shelf_close(
            #[opaque]
            #[transfer(free = shelf_free, on(success))]
            #[noescape(on(failure))]
            shelf: *mut shelf,
        ) -> c_int;

        #[returns(borrowed = shelf, null_terminated, nonnull)]
        pub(crate) safe fn shelf_label(
            #[opaque]
            #[noescape]
            shelf: *mut shelf,
        ) -> *const c_char;

        #[returns(owned, free = item_free, opaque, nonnull)]
        pub(crate) safe fn item_new(
            #[opaque]
            #[retained(by = result, until = [item_free])]
            shelf: *mut shelf,
            value: c_int,
        ) -> *mut item;
        pub(crate) fn item_free(
            #[opaque]
            #[transfer]
            item: *mut item,
        );
        pub(crate) safe fn item_value(
            #[opaque]
            #[noescape]
            #[nullable]
            item: *const item,
        ) -> c_int;
        #[returns(borrowed = item, opaque)]
        pub(crate) safe fn item_shelf(
            #[opaque]
            #[noescape]
            item: *mut item,
        ) -> *mut shelf;

        #[returns(owned, free = results_free, null_terminated)]
        pub(crate) safe fn results_upper(
            #[null_terminated]
            #[noescape]
            text: *const c_char,
        ) -> *mut c_char;
        #[returns(borrowed = text, null_terminated, nullable)]
        pub(crate) safe fn results_find(
            #[null_terminated]
            #[noescape]
            text: *const c_char,
            letter: c_int,
        ) -> *mut c_char;
        #[returns(owned, free = results_free, counted_by(n), nonnull)]
        pub(crate) safe fn results_squares(n: usize) -> *mut c_int;
        #[returns(borrowed = numbers, counted_by(n - from))]
        pub(crate) safe fn results_tail(
            #[counted_by(n)]
            #[noescape]
            numbers: *const c_int,
            n: usize,
            from: usize,
        ) -> *const c_int;
        #[returns(static, null_terminated)]
        pub(crate) safe fn results_name(n: c_int) -> *const c_char;

        #[success(result >= 0)]
        pub(crate) safe fn results_copy(
            #[out]
            #[sized_by(*len)]
            #[filled_by(*len)]
            #[noescape]
            to: *mut c_void,
            #[inout]
            #[one]
            #[noescape]
            len: *mut usize,
            #[sized_by(n)]
            #[noescape]
            from: *const c_void,
            n: usize,
        ) -> c_int;
        #[success(result == 0)]
        pub(crate) safe fn results_lie(
            #[out]
            #[counted_by(*len)]
            #[filled_by(*len)]
            #[noescape]
            to: *mut u8,
            #[inout]
            #[one]
            #[noescape]
            len: *mut usize,
        ) -> c_int;
        pub(crate) safe fn results_read(
            #[out]
            #[sized_by(size * n)]
            #[filled_by(result * size)]
            #[noescape]
            to: *mut c_void,
            size: usize,
            n: usize,
        ) -> usize;
        pub(crate) safe fn results_sum(
            #[counted_by(*n)]
            #[noescape]
            numbers: *const c_int,
            #[one]
            #[noescape]
            n: *const usize,
        ) -> c_long;
        #[success(result > 0)]
        pub(crate) safe fn results_divide(
            a: c_int,
            b: c_int,
            #[out]
            #[one]
            #[filled_by(1)]
            #[noescape]
            quotient: *mut c_int,
            #[out]
            #[one]
            #[filled_by(1)]
            #[noescape]
            rest: *mut c_int,
        ) -> c_int;
        fn results_free(memory: *mut c_void);
    }
}

/// `<stdio.h>` as its pack has it.
mod stdio {
    use std::ffi::{c_char, c_int, c_void};

    #[repr(C)]
    #[allow(clippy::upper_case_acronyms, reason = "C calls it so")]
    pub(crate) struct FILE {
        _unused: [u8; 0],
    }

    #[pinned_ffi::pinned_ffi]
    unsafe extern "C" {
        pub(crate) safe fn fopen(pathname: *const c_char, mode: *const c_char) -> *mut FILE;
        fn fclose(stream: *mut FILE) -> c_int;
        pub(crate) safe fn fputs(s: *const c_char, stream: *mut FILE) -> c_int;
        pub(crate) safe fn fgets(s: *mut c_char, size: c_int, stream: *mut FILE) -> *mut c_char;
        #[errno]
        pub(crate) safe fn fflush(stream: *mut FILE) -> c_int;
        pub(crate) safe fn fread(
            #[out]
            #[nonnull]
            #[sized_by(size * n)]
            #[filled_by(result * size)]
            to: *mut c_void,
            size: usize,
            n: usize,
            stream: *mut FILE,
        ) -> usize;
    }
}

type Shelf<'a> = Owned<'a, c::shelf, c::raw::shelf_free>;

/// One test, because the library counts for the whole process.
#[test]
fn handles_are_released_once_and_in_order() {
    let shelf: Shelf<'static> = c::shelf_new(c"books").expect("a label");
    assert_eq!(c::shelf_live(), 1);
    assert_eq!(c::shelf_label(shelf.as_ref()), c"books");

    let error = c::shelf_new(c"").expect_err("no label");
    assert_eq!(error.raw_os_error(), Some(libc::EINVAL));
    assert_eq!(c::shelf_open(c"").expect_err("no label"), 7);

    let opened = c::shelf_open(c"tools").expect("a label");
    assert_eq!((c::shelf_label(opened.as_ref()), c::shelf_live()), (c"tools", 2));
    c::shelf_free(opened);
    assert_eq!(c::shelf_live(), 1);

    // What stands on the shelf borrows it, and is released first.
    {
        let item = c::item_new(shelf.as_ref(), 4);
        assert_eq!((c::item_value(Some(item.as_ref())), c::shelf_live()), (4, 2));
        let under: Option<Ref<'_, c::shelf>> = c::item_shelf(item.as_ref());
        assert_eq!(under, Some(shelf.as_ref()));
    }
    assert_eq!(c::shelf_live(), 1);

    // A failed close gives the owner back.
    let raw = shelf.into_raw();
    // SAFETY: it was given up one line above, and nobody else has it.
    let shelf: Shelf<'static> = unsafe { Owned::from_raw(raw) }.expect("not null");
    let item = c::item_new(shelf.as_ref(), 5).into_raw();
    let (shelf, code) = c::shelf_close(shelf).expect_err("something stands on it");
    assert_eq!((code, c::shelf_live()), (5, 2));
    // SAFETY: it was given up above, and the shelf still stands.
    unsafe { c::item_free(item) };
    assert!(c::shelf_close(shelf).is_ok());
    assert_eq!(c::shelf_live(), 0);
}

#[test]
fn text_and_slices_come_as_such() {
    let upper: OwnedData<'static, CStr, c::raw::results_free> = c::results_upper(c"shout").expect("not null");
    assert_eq!(&*upper, c"SHOUT");
    assert_eq!(c::results_find(c"needle", i32::from(b'd')), Some(c"dle"));
    assert_eq!(c::results_find(c"needle", i32::from(b'x')), None);
    assert_eq!(*c::results_squares(4), [0, 1, 4, 9]);
    assert!(c::results_squares(0).is_empty());
    let numbers = [1, 2, 3];
    assert_eq!(c::results_tail(&numbers, 1), Some(&numbers[1..]));
    assert_eq!(c::results_tail(&numbers, 4), None);
    let name: Option<&'static CStr> = c::results_name(0);
    assert_eq!((name, c::results_name(1)), (Some(c"zero"), None));
}

#[test]
fn lengths_behind_pointers_disappear() {
    let mut buffer = [0_u8; 4];
    assert_eq!(c::results_copy(&mut buffer, b"abcdef"), Ok((1, 4)));
    assert_eq!(&buffer, b"abcd");
    let mut grown = Vec::with_capacity(16);
    let (all, count) = c::results_copy(pinned_ffi::buf::Spare(&mut grown), b"xy").expect("never fails");
    assert_eq!((all, count, grown.as_slice()), (0, 2, &b"xy"[..]));
    let mut bytes = [1_u8; 12];
    assert_eq!(c::results_read(&mut bytes, 3, 4), (2, 6));
    assert_eq!(bytes, [7, 7, 7, 7, 7, 7, 1, 1, 1, 1, 1, 1]);
    assert_eq!(c::results_sum(&[1, 2, 3]), 6);
}

#[test]
fn success_carries_what_c_stores() {
    assert_eq!(c::results_divide(17, 5), Ok((1, 3, 2)));
    assert_eq!(c::results_divide(1, 0), Err(-2));
}

#[test]
#[should_panic(expected = "C reported 4 elements written into a buffer of 3")]
fn a_count_above_the_capacity_is_never_believed() {
    let _ = c::results_lie(&mut [0_u8; 3]);
}

#[test]
#[should_panic(expected = "the lengths of the buffers do not agree")]
fn a_computed_length_must_fit() {
    let _ = c::results_read(&mut [0_u8; 3], 2, 4);
}

#[test]
fn files_of_c_are_safe_to_use() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = std::ffi::CString::new(folder.path().join("lines").to_str().expect("text")).expect("no zero inside");
    let file = stdio::fopen(&path, c"w").expect("the folder can be written");
    assert!(stdio::fputs(c"one\ntwo\n", file.as_ref()).is_ok());
    drop(file);
    let file = stdio::fopen(&path, c"r").expect("the file is there");
    let mut line = [0_u8; 16];
    assert_eq!(stdio::fgets(&mut line, file.as_ref()), Some(c"one\n"));
    let mut rest = Vec::with_capacity(8);
    assert_eq!(stdio::fread(pinned_ffi::buf::Spare(&mut rest), 2, 4, file.as_ref()), (2, 4));
    assert_eq!(rest, b"two\n");
    assert_eq!(stdio::fgets(&mut line, file.as_ref()), None);
    assert_eq!(stdio::fopen(c"/no/such/file", c"r").expect_err("no file").kind(), std::io::ErrorKind::NotFound);
}
