//! Closures that libc calls by contracts of one's own, with typed elements: no report at any level, and panics that come back.
//!
//! `called.rs` has the same by the contracts of the packs.

#![allow(clippy::multiple_unsafe_ops_per_block, reason = "a test is a row of calls; one proof stands for the row")]

mod support;

use std::ffi::{CStr, c_char, c_int, c_void};
use std::panic::{AssertUnwindSafe, catch_unwind};
use support::at_every_level;

/// What `stat` tells of a file, which these tests do not look at.
#[repr(C)]
struct stat {
    inside: [u8; 0],
}

#[rustfmt::skip]
#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    #[idiomatic]
    fn qsort(
        #[inout] #[counted_by(count)] #[noescape] base: *mut c_int, count: usize, size: usize,
        #[nonnull] #[callback(scope = call, on_panic = 0)]
        compare: Option<unsafe extern "C" fn(#[one] left: *const c_int, #[one] right: *const c_int) -> c_int>,
    );
    #[idiomatic]
    fn qsort_r(
        #[inout] #[counted_by(count)] #[noescape] base: *mut c_int, count: usize, size: usize,
        #[nonnull] #[callback(userdata = arg, scope = call, on_panic = 0)]
        compare: Option<unsafe extern "C" fn(#[one] left: *const c_int, #[one] right: *const c_int, arg: *mut c_void) -> c_int>,
        arg: *mut c_void,
    );
    #[returns(borrowed = base, one, nullable)]
    #[idiomatic]
    fn bsearch(
        #[input] #[one] #[noescape] key: *const c_int, #[input] #[counted_by(count)] #[noescape] base: *const c_int, count: usize, size: usize,
        #[nonnull] #[callback(scope = call, on_panic = 0)]
        compare: Option<unsafe extern "C" fn(#[one] key: *const c_int, #[one] element: *const c_int) -> c_int>,
    ) -> *const c_int;
    // Errors are -1, as is whatever the callback gives.
    #[link_name = "ftw64"]
    safe fn walk(
        #[null_terminated] #[input] #[noescape] path: *const c_char,
        #[nonnull] #[callback(scope = call, on_panic = -5)]
        each: Option<unsafe extern "C" fn(#[null_terminated] path: *const c_char, at: *const stat, kind: c_int) -> c_int>,
        descriptors: c_int,
    ) -> c_int;
}

fn said(body: impl FnOnce()) -> String {
    let payload = catch_unwind(AssertUnwindSafe(body)).expect_err("it panics");
    let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| payload.downcast_ref::<String>().cloned()).expect("a text")
}

#[test]
fn libc_sorts_and_searches_with_closures() {
    at_every_level("libc_sorts_and_searches_with_closures", || {
        let mut compared = 0;
        let mut numbers = [5, 3, 9, 1];
        // SAFETY: numbers of 4 bytes.
        unsafe {
            qsort(&mut numbers, 4, |left: &c_int, right: &c_int| {
                compared += 1;
                left.cmp(right) as c_int
            });
            assert_eq!((numbers, compared > 2), ([1, 3, 5, 9], true));
            let order = [0, 9, 0, 5, 0, 3, 0, 0, 0, 1];
            let place = |number: &c_int| order[*number as usize];
            qsort_r(&mut numbers, 4, |left, right| place(left) - place(right));
            assert_eq!(numbers, [9, 5, 3, 1]);
            let found = bsearch(&3, &numbers, 4, |key, element| element - key);
            assert_eq!(found.map(std::ptr::from_ref), Some(&raw const numbers[2]));
            // A sort inside a sort has the thread's slot to itself.
            let mut inner = [2, 1];
            qsort(&mut numbers, 4, |left, right| {
                qsort(&mut inner, 4, |left, right| left - right);
                left - right + inner[0] - 1
            });
            assert_eq!((numbers, inner), ([1, 3, 5, 9], [1, 2]));
            let text = said(|| qsort(&mut numbers, 4, |_, _| panic!("cannot be compared")));
            assert_eq!(text, "cannot be compared");
            numbers.sort_unstable();
            assert_eq!(numbers, [1, 3, 5, 9], "nothing is lost");
        }
    });
}

#[test]
fn libc_walks_a_folder() {
    at_every_level("libc_walks_a_folder", || {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for name in ["a", "b"] {
            std::fs::write(folder.path().join(name), name).expect("it can be written");
        }
        let path = std::ffi::CString::new(folder.path().to_str().expect("a text")).expect("no zero");
        let mut seen = Vec::new();
        let code = walk(
            &path,
            |path: &CStr, _, kind| {
                seen.push((path.to_string_lossy().rsplit('/').next().map(str::to_owned), kind));
                0
            },
            4,
        );
        seen.sort();
        assert_eq!((code.expect("walked"), seen.len(), seen.iter().filter(|(_, kind)| *kind == 0).count()), (0, 3, 2));
        assert_eq!(said(|| _ = walk(&path, |_, _, _| panic!("enough"), 4)), "enough");
    });
}
