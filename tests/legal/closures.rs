//! Closures that libc and sqlite3 call: no report at any level, panics that come back, and nothing that leaks.

#![allow(clippy::multiple_unsafe_ops_per_block, reason = "a test is a row of calls; one proof stands for the row")]

mod support;

use pinned_ffi::Ref;
use std::ffi::{CStr, c_char, c_int, c_void};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use support::at_every_level;

/// SQLite's connection.
#[repr(C)]
struct sqlite3 {
    inside: [u8; 0],
}

/// Where SQLite would put a message.
#[repr(C)]
struct message_at {
    inside: [u8; 0],
}

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

#[rustfmt::skip]
#[pinned_ffi::pinned_ffi(raw = raw_sqlite)]
#[link(name = "sqlite3")]
unsafe extern "C" {
    fn sqlite3_open(path: *const c_char, db: *mut *mut sqlite3) -> c_int;
    fn sqlite3_close(#[opaque] db: *mut sqlite3) -> c_int;
    #[link_name = "sqlite3_exec"]
    #[success(result == 0)]
    safe fn exec(
        #[opaque] #[nonnull] #[noescape] db: *mut sqlite3, #[nonnull] #[null_terminated] #[input] #[noescape] sql: *const c_char,
        #[nullable] #[callback(userdata = data, scope = call, on_panic = 1)]
        row: Option<unsafe extern "C" fn(
            data: *mut c_void, count: c_int, #[counted_by(count)] values: *mut *mut c_char, names: *mut *mut c_char,
        ) -> c_int>,
        data: *mut c_void,
        #[opaque] #[nullable] #[noescape] message: *mut message_at,
    ) -> c_int;
    #[link_name = "sqlite3_create_collation_v2"]
    #[success(result == 0)]
    safe fn create_collation(
        #[opaque] #[nonnull] #[noescape] db: *mut sqlite3, #[nonnull] #[null_terminated] #[input] #[noescape] name: *const c_char, encoding: c_int, data: *mut c_void,
        #[callback(userdata = data, scope = notified, destroy = destroy, on_panic = 0)]
        compare: Option<unsafe extern "C" fn(
            data: *mut c_void, left_len: c_int, #[sized_by(left_len)] left: *const c_void, right_len: c_int, #[sized_by(right_len)] right: *const c_void,
        ) -> c_int>,
        destroy: Option<unsafe extern "C" fn(data: *mut c_void)>,
    ) -> c_int;
    #[link_name = "sqlite3_update_hook"]
    safe fn update_hook(
        #[opaque] #[nonnull] #[noescape] db: *mut sqlite3,
        #[nullable] #[callback(userdata = data, scope = notified)]
        changed: Option<unsafe extern "C" fn(
            data: *mut c_void, what: c_int, #[null_terminated] database: *const c_char, #[null_terminated] table: *const c_char, row: i64,
        )>,
        #[retained(by = db, until = [update_hook, sqlite3_close])] data: *mut c_void,
    ) -> *mut c_void;
    #[link_name = "sqlite3_progress_handler"]
    safe fn progress_handler(
        #[opaque] #[nonnull] #[noescape] db: *mut sqlite3, steps: c_int,
        #[nullable] #[callback(userdata = data, scope = notified, on_panic = 1)] progress: Option<unsafe extern "C" fn(data: *mut c_void) -> c_int>,
        #[retained(by = db, until = [progress_handler, sqlite3_close])] data: *mut c_void,
    );
}

/// Without a closure for the rows.
const NO_ROWS: Option<fn(&mut [*mut c_char], *mut *mut c_char) -> c_int> = None;

fn said(body: impl FnOnce()) -> String {
    let payload = catch_unwind(AssertUnwindSafe(body)).expect_err("it panics");
    let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| payload.downcast_ref::<String>().cloned()).expect("a text")
}

/// A connection to a database in memory, for the time of `body`.
fn with_database(body: impl FnOnce(Ref<'_, sqlite3>)) {
    let mut db = std::ptr::null_mut();
    // SAFETY: a C string, and room for the handle.
    assert_eq!(unsafe { sqlite3_open(c":memory:".as_ptr(), &mut db) }, 0);
    // SAFETY: open until the end of this function.
    body(unsafe { Ref::from_ptr(db) }.expect("a connection"));
    // SAFETY: open, without statements.
    assert_eq!(unsafe { sqlite3_close(db) }, 0);
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

#[test]
fn sqlite_runs_closures_for_rows() {
    at_every_level("sqlite_runs_closures_for_rows", || {
        with_database(|db| {
            let mut rows = Vec::new();
            let done = exec(
                db,
                c"select 1, 'x' union all select 2, null",
                Some(|values: &mut [*mut c_char], _| {
                    rows.push(values.iter().filter(|value| !value.is_null()).count());
                    0
                }),
                None,
            );
            assert_eq!((done, rows), (Ok(()), vec![2, 1]));
            let text =
                said(|| _ = exec(db, c"select 1", Some(|_: &mut [*mut c_char], _| panic!("no rows, please")), None));
            assert_eq!(text, "no rows, please");
        });
    });
}

#[test]
fn sqlite_destroys_a_collation_and_leaves_one_that_it_refuses() {
    at_every_level("sqlite_destroys_a_collation_and_leaves_one_that_it_refuses", || {
        let alive = Arc::new(());
        with_database(|db| {
            let held = Arc::clone(&alive);
            let backwards = move |left: &[u8], right: &[u8]| {
                let _ = &held;
                right.cmp(left) as c_int
            };
            create_collation(db, c"backwards", 1, backwards.clone()).expect("created");
            // No such encoding: SQLite does not call the destroy function.
            assert!(create_collation(db, c"other", 77, backwards).is_err());
            assert_eq!(Arc::strong_count(&alive), 2);
            let mut seen = Vec::new();
            let sql = c"select x from (select 'a' x union select 'c' union select 'b') order by x collate backwards";
            exec(
                db,
                sql,
                Some(|values: &mut [*mut c_char], _| {
                    // SAFETY: SQLite's text, for this call.
                    seen.push(unsafe { CStr::from_ptr(values[0]) }.to_owned());
                    0
                }),
                None,
            )
            .expect("sorted");
            assert_eq!(seen, [c"c", c"b", c"a"].map(CStr::to_owned));
        });
        assert_eq!(Arc::strong_count(&alive), 1, "closing destroys it");
    });
}

#[test]
fn sqlite_lets_go_of_hooks() {
    at_every_level("sqlite_lets_go_of_hooks", || {
        let (first, second) = (Arc::new(()), Arc::new(()));
        with_database(|db| {
            let (send, changes) = std::sync::mpsc::channel();
            let held = Arc::clone(&first);
            update_hook(
                db,
                Some(move |_, _: &CStr, table: &CStr, row| {
                    let _ = &held;
                    send.send((table.to_owned(), row)).expect("somebody listens");
                }),
            );
            exec(db, c"create table t (x); insert into t values (1)", NO_ROWS, None).expect("inserted");
            assert_eq!(changes.try_iter().collect::<Vec<_>>(), [(c"t".to_owned(), 1)]);
            let held = Arc::clone(&second);
            update_hook(db, Some(move |_, _: &CStr, _: &CStr, _| drop(Arc::clone(&held))));
            assert_eq!((Arc::strong_count(&first), Arc::strong_count(&second)), (1, 2), "replaced");
            let held = Arc::clone(&first);
            progress_handler(db, 1, Some(move || Arc::strong_count(&held) as c_int));
            assert_eq!(exec(db, c"select 1", NO_ROWS, None), Err(9), "interrupted");
        });
        assert_eq!((Arc::strong_count(&first), Arc::strong_count(&second)), (1, 1), "closed");
    });
}
