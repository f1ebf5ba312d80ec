//! Closures that libc calls by the packs for trees, lists, folders, errors of glob, and functions of a stream's own. No report at any
//! level, panics that come back, and nothing that leaks.

#![allow(clippy::multiple_unsafe_ops_per_block, reason = "a test is a row of calls; one proof stands for the row")]

mod support;

use pinned_ffi::{Handle, pinned_ffi};
use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr::{null, null_mut};
use std::sync::Mutex;
use support::at_every_level;

#[rustfmt::skip]
#[pinned_ffi(
    header = ["search.h", "glob.h", "dirent.h", "stdio.h"],
    allow = "tsearch|tfind|tdelete|twalk|twalk_r|tdestroy|lfind|lsearch|glob|globfree|scandir|fopencookie|fread|fwrite|fseek|ftell|fclose",
    clang_args = ["-D_GNU_SOURCE"]
)]
mod c {
    unsafe extern "C" {
        #[idiomatic]
        fn tsearch(
            key: *const c_void, rootp: *mut *mut c_void, compar: Option<unsafe extern "C" fn(*const c_void, *const c_void) -> c_int>,
        ) -> *mut c_void;
        #[idiomatic]
        fn tfind(
            key: *const c_void, rootp: *const *mut c_void, compar: Option<unsafe extern "C" fn(*const c_void, *const c_void) -> c_int>,
        ) -> *mut c_void;
        #[idiomatic]
        fn tdelete(
            key: *const c_void, rootp: *mut *mut c_void, compar: Option<unsafe extern "C" fn(*const c_void, *const c_void) -> c_int>,
        ) -> *mut c_void;
        #[idiomatic] fn twalk(root: *const c_void, action: Option<unsafe extern "C" fn(*const c_void, VISIT, c_int)>);
        #[idiomatic]
        fn twalk_r(
            root: *const c_void, action: Option<unsafe extern "C" fn(*const c_void, VISIT, *mut c_void)>, closure: *mut c_void,
        );
        #[idiomatic] fn tdestroy(root: *mut c_void, free_node: Option<unsafe extern "C" fn(*mut c_void)>);
        #[idiomatic]
        fn lfind(
            key: *const c_void, base: *const c_void, nmemb: *mut usize, size: usize,
            compar: Option<unsafe extern "C" fn(*const c_void, *const c_void) -> c_int>,
        ) -> *mut c_void;
        #[idiomatic]
        fn lsearch(
            key: *const c_void, base: *mut c_void, nmemb: *mut usize, size: usize,
            compar: Option<unsafe extern "C" fn(*const c_void, *const c_void) -> c_int>,
        ) -> *mut c_void;
        #[idiomatic]
        fn glob(
            pattern: *const c_char, flags: c_int, errfunc: Option<unsafe extern "C" fn(*const c_char, c_int) -> c_int>, pglob: *mut glob_t,
        ) -> c_int;
    }
}

fn said(body: impl FnOnce()) -> String {
    let payload = catch_unwind(AssertUnwindSafe(body)).expect_err("it panics");
    let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| payload.downcast_ref::<String>().cloned()).expect("a text")
}

/// The number that a node or a key of a tree of ours is about.
///
/// # Safety
///
/// It is a number's address.
unsafe fn number(at: *const c_void) -> i32 {
    // SAFETY: the caller's promise.
    unsafe { at.cast::<i32>().read() }
}

#[test]
fn trees_are_ordered_and_walked_by_closures() {
    at_every_level("trees_are_ordered_and_walked_by_closures", || {
        let keys: Vec<Box<i32>> = [5, 2, 8, 1, 9].map(Box::new).into();
        let mut compared = 0;
        let mut root: *mut c_void = null_mut();
        // SAFETY: numbers that stay as long as the tree.
        unsafe {
            let mut order = |left: *const c_void, right: *const c_void| {
                compared += 1;
                number(left).cmp(&number(right)) as c_int
            };
            for key in &keys {
                let node = c::tsearch((&raw const **key).cast(), &mut root, &mut order).expect("memory is there");
                assert_eq!(node.as_ptr().cast::<*const i32>().read(), &raw const **key);
            }
            let wanted = 8;
            let found = c::tfind((&raw const wanted).cast(), &root, &mut order).expect("it is there");
            assert_eq!(found.as_ptr().cast::<*const i32>().read(), &raw const *keys[2]);
            let other = 7;
            assert!(c::tfind((&raw const other).cast(), &root, &mut order).is_none());
            assert!(compared > 8);
            let mut seen = Vec::new();
            c::twalk(root, |node, which, depth| {
                // `postorder` is 1 and `leaf` is 3.
                if which == 1 || which == 3 {
                    seen.push(number(node.cast::<*const c_void>().read()));
                    assert!((0..4).contains(&depth));
                }
            });
            assert_eq!(seen, [1, 2, 5, 8, 9]);
            let mut sum = 0;
            c::twalk_r(root, |node, which| {
                if which == 1 || which == 3 {
                    sum += number(node.cast::<*const c_void>().read());
                }
            });
            assert_eq!(sum, 25);
            assert_eq!(said(|| c::twalk(root, |_, _, _| panic!("no walk"))), "no walk");
            let panics = |_: *const c_void, _: *const c_void| panic!("no order");
            assert_eq!(said(|| _ = c::tfind((&raw const wanted).cast(), &root, panics)), "no order");
            let by_value = |left: *const c_void, right: *const c_void| number(left) - number(right);
            assert!(!c::tdelete((&raw const *keys[0]).cast(), &mut root, by_value).is_null());
            let mut destroyed = Vec::new();
            c::tdestroy(root, |key| destroyed.push(number(key)));
            destroyed.sort_unstable();
            assert_eq!(destroyed, [1, 2, 8, 9]);
        }
    });
}

#[test]
fn lists_are_searched_by_closures() {
    at_every_level("lists_are_searched_by_closures", || {
        let mut list = [4_i32, 5, 6, 0];
        let mut count = 3_usize;
        let (known, new) = (5, 9);
        // SAFETY: elements of four bytes, with room for one more.
        unsafe {
            let bytes = |element: &[u8]| i32::from_ne_bytes(element.try_into().expect("four bytes"));
            let base = list.as_mut_ptr().cast::<u8>();
            let room = std::slice::from_raw_parts_mut(base, 12);
            let mut seen = Vec::new();
            let found = c::lfind((&raw const known).cast(), room, &count, 4, |key: *const c_void, element: &[u8]| {
                seen.push(bytes(element));
                number(key) - bytes(element)
            });
            assert_eq!((found.map(|at| number(at.as_ptr().cast())), seen), (Some(5), vec![4, 5]));
            let key = std::slice::from_raw_parts((&raw const new).cast::<u8>(), 4);
            let added = c::lsearch(key, room, &mut count, 4, |key: &[u8], element: &[u8]| bytes(key) - bytes(element));
            assert_eq!((added.map(|at| number(at.as_ptr().cast())), count), (Some(9), 4));
        }
        assert_eq!(list, [4, 5, 6, 9]);
    });
}

#[test]
fn glob_tells_of_folders_that_it_cannot_read() {
    at_every_level("glob_tells_of_folders_that_it_cannot_read", || {
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::os::unix::fs::symlink("loop", folder.path().join("loop")).expect("room");
        let base = folder.path().to_str().expect("a text");
        let pattern = CString::new(format!("{base}/loop/x*")).expect("no zero");
        let mut told = Vec::new();
        // SAFETY: a structure that glob fills, and that is freed.
        unsafe {
            let mut all = std::mem::zeroed::<c::glob_t>();
            let result = c::glob(
                &pattern,
                0,
                Some(|path: &CStr, code| {
                    told.push((path.to_string_lossy().rsplit('/').next().map(str::to_owned), code));
                    0
                }),
                &mut all,
            );
            // GLOB_NOMATCH; ELOOP is 40.
            assert_eq!((result, told), (Err(3), vec![(Some("loop".to_owned()), 40)]));
            let text = said(|| _ = c::glob(&pattern, 0, Some(|_: &CStr, _| panic!("no folder")), &mut all));
            assert_eq!(text, "no folder");
            c::globfree(&mut all);
        }
    });
}

/// What is behind a stream of the test's own.
#[derive(Default)]
struct Behind {
    bytes: Mutex<Vec<u8>>,
    place: Mutex<usize>,
}

impl Behind {
    fn of(cookie: *mut c_void) -> std::sync::Arc<Self> {
        Handle::<Self>::from_userdata(cookie).expect("the stream is open")
    }
}

unsafe extern "C" fn read(cookie: *mut c_void, buf: *mut c_char, size: usize) -> i64 {
    let behind = Behind::of(cookie);
    let (bytes, mut place) = (behind.bytes.lock().expect("nobody panics"), behind.place.lock().expect("as above"));
    let piece = &bytes[(*place).min(bytes.len())..];
    let piece = &piece[..piece.len().min(size)];
    // SAFETY: C gives room for that much.
    unsafe { std::ptr::copy_nonoverlapping(piece.as_ptr(), buf.cast(), piece.len()) };
    *place += piece.len();
    piece.len() as i64
}

unsafe extern "C" fn write(cookie: *mut c_void, buf: *const c_char, size: usize) -> i64 {
    // SAFETY: C gives that much.
    let piece = unsafe { std::slice::from_raw_parts(buf.cast::<u8>(), size) };
    let behind = Behind::of(cookie);
    behind.bytes.lock().expect("as above").extend_from_slice(piece);
    size as i64
}

unsafe extern "C" fn seek(cookie: *mut c_void, offset: *mut i64, whence: c_int) -> c_int {
    // SAFETY: C gives where to, and takes where it is.
    let wanted = unsafe { &mut *offset };
    if whence != 0 {
        return -1;
    }
    *Behind::of(cookie).place.lock().expect("as above") = *wanted as usize;
    0
}

unsafe extern "C" fn close(cookie: *mut c_void) -> c_int {
    let behind = Behind::of(cookie);
    behind.bytes.lock().expect("as above").push(b'.');
    0
}

#[test]
fn a_stream_has_functions_of_its_own() {
    at_every_level("a_stream_has_functions_of_its_own", || {
        let behind = Handle::new(Behind::default());
        // SAFETY: functions that find what they are about by its number; the stream is closed before that goes.
        unsafe {
            let functions =
                c::cookie_io_functions_t { read: Some(read), write: Some(write), seek: Some(seek), close: Some(close) };
            let stream = c::fopencookie(behind.as_ptr(), c"w+".as_ptr(), functions);
            assert!(!stream.is_null());
            assert_eq!(c::fwrite(c"into Rust".as_ptr().cast(), 1, 9, stream), 9);
            assert_eq!(c::fseek(stream, 5, 0), 0);
            let mut got = [0_u8; 4];
            assert_eq!((c::fread(got.as_mut_ptr().cast(), 1, 4, stream), &got), (4, b"Rust"));
            assert_eq!(c::fclose(stream), 0);
            assert!(c::fopencookie(null::<c_void>().cast_mut(), c"?".as_ptr(), functions).is_null());
        }
        let behind = behind.remove().expect("once");
        assert_eq!(*behind.bytes.lock().expect("as above"), b"into Rust.");
    });
}
