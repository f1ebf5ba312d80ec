//! Legal calls of sqlite3's own functions: no report, at any level.

#![allow(clippy::useless_vec, reason = "a block of the heap is what the test is about")]
#![allow(clippy::multiple_unsafe_ops_per_block, reason = "a test is a row of calls; one proof stands for the row")]

mod support;

use pinned_ffi::{Pinner, pinned_ffi};
use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::ptr::{null, null_mut};
use std::sync::atomic::{AtomicUsize, Ordering};
use support::at_every_level;

#[pinned_ffi(header = "sqlite3.h", allow = "sqlite3_.*")]
mod s {}

#[link(name = "sqlite3")]
unsafe extern "C" {
    fn sqlite3_config(op: c_int, ...) -> c_int;
    fn sqlite3_db_config(db: *mut s::sqlite3, op: c_int, ...) -> c_int;
    fn sqlite3_mprintf(format: *const c_char, ...) -> *mut c_char;
}

const OK: c_int = 0;
const RANGE: c_int = 25;
const ROW: c_int = 100;
const DONE: c_int = 101;
const UTF8: c_int = 1;

type Destructor = Option<unsafe extern "C" fn(*mut c_void)>;

/// `SQLITE_TRANSIENT`: a number in a function's place.
fn transient() -> Destructor {
    // SAFETY: never null, never called; SQLite compares it.
    unsafe { std::mem::transmute::<isize, Destructor>(-1) }
}

fn open() -> *mut s::sqlite3 {
    let mut db = null_mut();
    // SAFETY: a C string, and room for the handle.
    assert_eq!(unsafe { s::sqlite3_open(c":memory:".as_ptr(), &mut db) }, OK);
    db
}

fn close(db: *mut s::sqlite3) {
    // SAFETY: an open connection without statements.
    assert_eq!(unsafe { s::sqlite3_close(db) }, OK);
}

fn prepare(db: *mut s::sqlite3, sql: &str) -> *mut s::sqlite3_stmt {
    let mut stmt = null_mut();
    // SAFETY: the length says how long the text is.
    let code = unsafe { s::sqlite3_prepare_v2(db, sql.as_ptr().cast(), sql.len() as c_int, &mut stmt, null_mut()) };
    assert_eq!(code, OK, "{sql}");
    stmt
}

/// The first column of the row that the statement is on.
fn text(stmt: *mut s::sqlite3_stmt) -> String {
    // SAFETY: the text is valid until the next step.
    unsafe { CStr::from_ptr(s::sqlite3_column_text(stmt, 0).cast()) }.to_str().expect("UTF-8").to_owned()
}

fn step(stmt: *mut s::sqlite3_stmt) -> c_int {
    // SAFETY: a statement.
    unsafe { s::sqlite3_step(stmt) }
}

fn finalize(stmt: *mut s::sqlite3_stmt) {
    // SAFETY: a statement, used no more.
    unsafe { s::sqlite3_finalize(stmt) };
}

/// How often `release` ran.
static RELEASED: AtomicUsize = AtomicUsize::new(0);

unsafe extern "C" fn release(data: *mut c_void) {
    RELEASED.fetch_add(1, Ordering::Relaxed);
    // SAFETY: all users hand over a boxed array of this type.
    drop(unsafe { Box::from_raw(data.cast::<[u8; 4]>()) });
}

fn released() -> usize {
    RELEASED.load(Ordering::Relaxed)
}

fn boxed(bytes: &[u8; 4]) -> *mut c_void {
    Box::into_raw(Box::new(*bytes)).cast()
}

// F068
#[test]
fn static_bindings_stay_until_bound_again_cleared_or_finalized() {
    at_every_level("static_bindings_stay_until_bound_again_cleared_or_finalized", || {
        let db = open();
        let stmt = prepare(db, "SELECT ?1 || '.'");
        let first = String::from("not ended by a zero");
        // SAFETY: kept in place until another text is bound.
        unsafe {
            assert_eq!(s::sqlite3_bind_text(stmt, 1, first.as_ptr().cast(), 3, None), OK);
        }
        assert_eq!((step(stmt), text(stmt)), (ROW, "not.".into()));
        // SAFETY: a statement.
        unsafe { s::sqlite3_reset(stmt) };
        let second = CString::new("up to the zero").expect("no zero");
        // SAFETY: kept in place until the bindings are cleared.
        unsafe {
            assert_eq!(s::sqlite3_bind_text(stmt, 1, second.as_ptr(), -1, None), OK);
        }
        drop(first);
        assert_eq!((step(stmt), text(stmt)), (ROW, "up to the zero.".into()));
        // SAFETY: a statement.
        unsafe {
            s::sqlite3_reset(stmt);
            assert_eq!(s::sqlite3_clear_bindings(stmt), OK);
        }
        drop(second);
        let third = vec![b'a'; 5];
        // SAFETY: kept in place until the statement is finalized.
        unsafe {
            assert_eq!(s::sqlite3_bind_blob(stmt, 1, third.as_ptr().cast(), 5, None), OK);
            assert_eq!(s::sqlite3_bind_blob64(stmt, 1, third.as_ptr().cast(), 5, None), OK);
        }
        assert_eq!((step(stmt), text(stmt)), (ROW, "aaaaa.".into()));
        finalize(stmt);
        drop(third);
        close(db);
    });
}

// F068
#[test]
fn empty_and_null_bindings() {
    at_every_level("empty_and_null_bindings", || {
        let db = open();
        let stmt = prepare(db, "SELECT typeof(?1) || length(?1)");
        // SAFETY: nothing is read of an empty blob; null binds NULL whatever the length.
        unsafe {
            assert_eq!(s::sqlite3_bind_blob(stmt, 1, Vec::<u8>::new().as_ptr().cast(), 0, None), OK);
            assert_eq!((step(stmt), text(stmt)), (ROW, "blob0".into()));
            s::sqlite3_reset(stmt);
            assert_eq!(s::sqlite3_bind_text(stmt, 1, Vec::<c_char>::new().as_ptr(), 0, transient()), OK);
            assert_eq!((step(stmt), text(stmt)), (ROW, "text0".into()));
            s::sqlite3_reset(stmt);
            assert_eq!(s::sqlite3_bind_text(stmt, 1, null(), 7, None), OK);
            assert_eq!(s::sqlite3_bind_blob(stmt, 1, null(), 7, transient()), OK);
            assert_eq!(step(stmt), ROW);
            assert!(s::sqlite3_column_text(stmt, 0).is_null());
        }
        finalize(stmt);
        close(db);
    });
}

// F069
#[test]
fn transient_bindings_are_copied() {
    at_every_level("transient_bindings_are_copied", || {
        let db = open();
        let stmt = prepare(db, "SELECT ?1 || CAST(?2 AS TEXT)");
        let (one, two) = (String::from("one"), vec![b't', b'w', b'o']);
        // SAFETY: copied in the calls.
        unsafe {
            assert_eq!(s::sqlite3_bind_text(stmt, 1, one.as_ptr().cast(), 3, transient()), OK);
            assert_eq!(s::sqlite3_bind_blob(stmt, 2, two.as_ptr().cast(), 3, transient()), OK);
        }
        drop((one, two));
        assert_eq!((step(stmt), text(stmt)), (ROW, "onetwo".into()));
        // SAFETY: as above; the length is in bytes.
        unsafe {
            s::sqlite3_reset(stmt);
            let wide: Vec<u16> = "wide".encode_utf16().collect();
            assert_eq!(s::sqlite3_bind_text16(stmt, 1, wide.as_ptr().cast(), 8, transient()), OK);
            assert_eq!(s::sqlite3_bind_text64(stmt, 2, c"r".as_ptr(), 1, transient(), UTF8 as u8), OK);
        }
        assert_eq!((step(stmt), text(stmt)), (ROW, "wider".into()));
        finalize(stmt);
        close(db);
    });
}

// F070
#[test]
fn destructors_run_when_the_statement_lets_go() {
    at_every_level("destructors_run_when_the_statement_lets_go", || {
        let db = open();
        let stmt = prepare(db, "SELECT CAST(?1 AS TEXT)");
        // SAFETY: the memory is SQLite's, and released by the destructor.
        unsafe {
            assert_eq!(s::sqlite3_bind_blob(stmt, 1, boxed(b"mine"), 4, Some(release)), OK);
            assert_eq!((step(stmt), text(stmt)), (ROW, "mine".into()));
            s::sqlite3_reset(stmt);
            assert_eq!(released(), 0);
            assert_eq!(s::sqlite3_bind_text(stmt, 1, boxed(b"more").cast(), 4, Some(release)), OK);
            assert_eq!(released(), 1);
        }
        finalize(stmt);
        assert_eq!(released(), 2);
        close(db);
    });
}

// F070
#[test]
fn a_destructor_runs_even_where_binding_fails() {
    at_every_level("a_destructor_runs_even_where_binding_fails", || {
        let db = open();
        let stmt = prepare(db, "SELECT ?1");
        // SAFETY: the memory is SQLite's, and released by the destructor, here at once.
        unsafe {
            assert_eq!(s::sqlite3_bind_text(stmt, 9, boxed(b"gone").cast(), 4, Some(release)), RANGE);
        }
        assert_eq!(released(), 1);
        finalize(stmt);
        close(db);
    });
}

unsafe extern "C" fn results(context: *mut s::sqlite3_context, count: c_int, values: *mut *mut s::sqlite3_value) {
    assert_eq!(count, 1);
    // SAFETY: one value, and the call's own context.
    unsafe {
        match s::sqlite3_value_int(*values) {
            0 => {
                let text = String::from("copied");
                s::sqlite3_result_text(context, text.as_ptr().cast(), text.len() as c_int, transient());
            }
            1 => s::sqlite3_result_text(context, boxed(b"mine").cast(), 4, Some(release)),
            2 => s::sqlite3_result_blob(context, c"static".as_ptr().cast(), 6, None),
            3 => s::sqlite3_result_blob(context, Vec::<u8>::new().as_ptr().cast(), 0, transient()),
            _ => {
                let message = String::from("refused");
                s::sqlite3_result_error(context, message.as_ptr().cast(), message.len() as c_int);
            }
        }
    }
}

// F070
#[test]
fn results_of_functions() {
    at_every_level("results_of_functions", || {
        let db = open();
        // SAFETY: a function without data.
        unsafe {
            let name = c"results".as_ptr();
            assert_eq!(s::sqlite3_create_function(db, name, 1, UTF8, null_mut(), Some(results), None, None), OK);
        }
        for (number, expected) in ["copied", "mine", "static", ""].iter().enumerate() {
            let stmt = prepare(db, &format!("SELECT CAST(results({number}) AS TEXT)"));
            assert_eq!((step(stmt), text(stmt)), (ROW, (*expected).into()));
            finalize(stmt);
        }
        assert_eq!(released(), 1);
        let stmt = prepare(db, "SELECT results(9)");
        assert_eq!(step(stmt), 1);
        // SAFETY: valid until the next call on the connection.
        assert_eq!(unsafe { CStr::from_ptr(s::sqlite3_errmsg(db)) }, c"refused");
        finalize(stmt);
        close(db);
    });
}

unsafe extern "C" fn remembers(context: *mut s::sqlite3_context, _: c_int, values: *mut *mut s::sqlite3_value) {
    // SAFETY: the call's own context; the data is a boxed array.
    unsafe {
        let known = s::sqlite3_get_auxdata(context, 0);
        if known.is_null() {
            s::sqlite3_set_auxdata(context, 0, boxed(b"aux!"), Some(release));
        }
        // No destructor, no memory: a number.
        s::sqlite3_set_auxdata(context, 1, std::ptr::without_provenance_mut(7), None);
        let given = s::sqlite3_value_pointer(*values.add(1), c"boxed".as_ptr());
        let given = if given.is_null() { b"none" } else { &*given.cast::<[u8; 4]>() };
        s::sqlite3_result_text(context, given.as_ptr().cast(), 4, transient());
    }
}

// F071
#[test]
fn pointers_and_auxiliary_data() {
    at_every_level("pointers_and_auxiliary_data", || {
        let db = open();
        // SAFETY: a function without data; the pointers are SQLite's, and released by the destructor.
        unsafe {
            let name = c"remembers".as_ptr();
            assert_eq!(s::sqlite3_create_function(db, name, 2, UTF8, null_mut(), Some(remembers), None, None), OK);
            let stmt = prepare(db, "SELECT remembers('constant', ?1) FROM (VALUES (1), (2))");
            assert_eq!(s::sqlite3_bind_pointer(stmt, 1, boxed(b"here"), c"boxed".as_ptr(), Some(release)), OK);
            assert_eq!((step(stmt), text(stmt)), (ROW, "here".into()));
            assert_eq!((step(stmt), text(stmt)), (ROW, "here".into()));
            assert_eq!(step(stmt), DONE);
            s::sqlite3_reset(stmt);
            assert_eq!(s::sqlite3_bind_pointer(stmt, 1, null_mut(), c"boxed".as_ptr(), None), OK);
            assert_eq!((step(stmt), text(stmt)), (ROW, "none".into()));
            assert_eq!(s::sqlite3_bind_pointer(stmt, 9, boxed(b"lost"), c"boxed".as_ptr(), Some(release)), 21);
            finalize(stmt);
        }
        assert!(released() >= 3, "{}", released());
        close(db);
    });
}

// F072
#[test]
fn results_of_the_library() {
    at_every_level("results_of_the_library", || {
        let db = open();
        let stmt = prepare(db, "SELECT 'text' AS name, x'0102', NULL, 12");
        assert_eq!(step(stmt), ROW);
        // SAFETY: valid until the next step.
        unsafe {
            assert_eq!(CStr::from_ptr(s::sqlite3_column_name(stmt, 0)), c"name");
            assert!(s::sqlite3_column_decltype(stmt, 0).is_null());
            assert_eq!(text(stmt), "text");
            let blob = s::sqlite3_column_blob(stmt, 1).cast::<u8>();
            assert_eq!(std::slice::from_raw_parts(blob, s::sqlite3_column_bytes(stmt, 1) as usize), [1, 2]);
            assert!(s::sqlite3_column_text(stmt, 2).is_null());
            // A conversion: from number to text, to UTF-16.
            assert_eq!(CStr::from_ptr(s::sqlite3_column_text(stmt, 3).cast()), c"12");
            assert_eq!(*s::sqlite3_column_text16(stmt, 3).cast::<u16>(), u16::from(b'1'));
            let copy = s::sqlite3_value_dup(s::sqlite3_column_value(stmt, 0));
            finalize(stmt);
            assert_eq!(CStr::from_ptr(s::sqlite3_value_text(copy).cast()), c"text");
            s::sqlite3_value_free(copy);
            s::sqlite3_value_free(null_mut());
            // Out of range, and of no statement at all.
            assert!(s::sqlite3_column_text(null_mut(), 0).is_null());
            assert_eq!(CStr::from_ptr(s::sqlite3_errmsg(null_mut())), c"out of memory");
            assert_eq!(CStr::from_ptr(s::sqlite3_errstr(OK)), c"not an error");
            assert_eq!(s::sqlite3_finalize(null_mut()), OK);
        }
        close(db);
    });
}

// F073
#[test]
fn statements_one_after_the_other() {
    at_every_level("statements_one_after_the_other", || {
        let db = open();
        // Neither text ends with a zero.
        let sql = String::from("SELECT 1; SELECT 2");
        let mut at = sql.as_ptr().cast::<c_char>();
        let end = sql.as_ptr().wrapping_add(sql.len()).cast::<c_char>();
        let mut seen = Vec::new();
        while at != end {
            let (mut stmt, mut tail) = (null_mut(), null());
            let left = (end as usize - at as usize) as c_int;
            // SAFETY: as many bytes as are left.
            let code = unsafe { s::sqlite3_prepare_v3(db, at, left, 0, &mut stmt, &mut tail) };
            assert_eq!(code, OK);
            assert_eq!(step(stmt), ROW);
            seen.push(text(stmt));
            finalize(stmt);
            at = tail;
        }
        assert_eq!(seen, ["1", "2"]);
        // SAFETY: C strings; an empty one gives no statement. The text may go after the call.
        unsafe {
            let mut stmt = null_mut();
            let sql = CString::new("SELECT 3").expect("no zero");
            assert_eq!(s::sqlite3_prepare_v2(db, sql.as_ptr(), -1, &mut stmt, null_mut()), OK);
            drop(sql);
            assert_eq!((step(stmt), text(stmt)), (ROW, "3".into()));
            finalize(stmt);
            assert_eq!(s::sqlite3_prepare_v2(db, c"".as_ptr(), -1, &mut stmt, null_mut()), OK);
            assert!(stmt.is_null());
            assert_eq!(s::sqlite3_prepare_v2(db, c"nonsense".as_ptr(), -1, &mut stmt, null_mut()), 1);
            assert!(stmt.is_null());
            let wide: Vec<u16> = "SELECT 4".encode_utf16().collect();
            assert_eq!(s::sqlite3_prepare16_v2(db, wide.as_ptr().cast(), 16, &mut stmt, null_mut()), OK);
            assert_eq!((step(stmt), text(stmt)), (ROW, "4".into()));
            finalize(stmt);
        }
        close(db);
    });
}

unsafe extern "C" fn collect(data: *mut c_void, count: c_int, values: *mut *mut c_char, _: *mut *mut c_char) -> c_int {
    // SAFETY: the data of `exec_and_get_table`, and `count` strings.
    unsafe {
        let rows = &mut *data.cast::<Vec<String>>();
        for index in 0..count as usize {
            rows.push(CStr::from_ptr(*values.add(index)).to_str().expect("UTF-8").to_owned());
        }
    }
    0
}

// F074
#[test]
fn exec_and_get_table() {
    at_every_level("exec_and_get_table", || {
        let db = open();
        let mut rows: Vec<String> = Vec::new();
        let mut message = null_mut();
        let sql = CString::new("CREATE TABLE t(a, b); INSERT INTO t VALUES (1, 2), (3, NULL); SELECT a FROM t")
            .expect("no zero");
        // SAFETY: the callback gets the list, during the call.
        unsafe {
            let data = (&raw mut rows).cast();
            assert_eq!(s::sqlite3_exec(db, sql.as_ptr(), Some(collect), data, &mut message), OK);
            assert_eq!(rows, ["1", "3"]);
            assert!(message.is_null());
            assert_eq!(s::sqlite3_exec(db, c"nonsense".as_ptr(), None, null_mut(), null_mut()), 1);
            assert_eq!(s::sqlite3_exec(db, c"nonsense".as_ptr(), None, null_mut(), &mut message), 1);
            assert!(CStr::from_ptr(message).to_string_lossy().contains("nonsense"));
            s::sqlite3_free(message.cast());
            s::sqlite3_free(null_mut());
            let (mut table, mut height, mut width) = (null_mut(), 0, 0);
            let all = c"SELECT * FROM t".as_ptr();
            assert_eq!(s::sqlite3_get_table(db, all, &mut table, &mut height, &mut width, &mut message), OK);
            assert_eq!((height, width), (2, 2));
            assert_eq!(CStr::from_ptr(*table), c"a");
            assert!((*table.add(5)).is_null());
            s::sqlite3_free_table(table);
            assert_eq!(s::sqlite3_get_table(db, all, &mut table, null_mut(), null_mut(), null_mut()), OK);
            s::sqlite3_free_table(table);
            s::sqlite3_free_table(null_mut());
            assert_eq!(s::sqlite3_complete(sql.as_ptr()), 0);
        }
        close(db);
    });
}

unsafe extern "C" fn answers(context: *mut s::sqlite3_context, _: c_int, _: *mut *mut s::sqlite3_value) {
    // SAFETY: the data is the boxed array that was registered.
    unsafe {
        let data = s::sqlite3_user_data(context);
        s::sqlite3_result_blob(context, data, 4, transient());
    }
}

// F075
#[test]
fn functions_and_modules_with_a_destructor() {
    at_every_level("functions_and_modules_with_a_destructor", || {
        let db = open();
        let name = c"answers".as_ptr();
        // SAFETY: the data is SQLite's, and released by the destructor, also where the call fails.
        unsafe {
            let create = |arguments, data| {
                s::sqlite3_create_function_v2(db, name, arguments, UTF8, data, Some(answers), None, None, Some(release))
            };
            assert_eq!(create(0, boxed(b"once")), OK);
            let stmt = prepare(db, "SELECT answers()");
            assert_eq!((step(stmt), text(stmt)), (ROW, "once".into()));
            finalize(stmt);
            assert_eq!(released(), 0);
            assert_eq!(create(0, boxed(b"more")), OK);
            assert_eq!(released(), 1);
            assert_ne!(create(1000, boxed(b"lost")), OK);
            assert_eq!(released(), 2);
            // Data that is a number.
            let number = std::ptr::without_provenance_mut(3);
            assert_eq!(s::sqlite3_create_function(db, name, 1, UTF8, number, Some(answers), None, None), OK);
            let module: Box<s::sqlite3_module> = Box::new(std::mem::zeroed());
            let named = c"module".as_ptr();
            assert_eq!(s::sqlite3_create_module_v2(db, named, &*module, boxed(b"data"), Some(release)), OK);
            assert_eq!(s::sqlite3_create_module_v2(db, named, null(), null_mut(), None), OK);
            assert_eq!(released(), 3);
            assert_eq!(s::sqlite3_create_module(db, named, &*module, null_mut()), OK);
            let mut keep = [c"other".as_ptr(), null()];
            assert_eq!(s::sqlite3_drop_modules(db, keep.as_mut_ptr()), OK);
            drop(module);
            assert_eq!(s::sqlite3_drop_modules(db, null_mut()), OK);
        }
        close(db);
        assert_eq!(released(), 4);
    });
}

unsafe extern "C" fn backwards(
    _: *mut c_void,
    left_len: c_int,
    left: *const c_void,
    right_len: c_int,
    right: *const c_void,
) -> c_int {
    // SAFETY: two texts of these lengths.
    unsafe {
        let left = std::slice::from_raw_parts(left.cast::<u8>(), left_len as usize);
        let right = std::slice::from_raw_parts(right.cast::<u8>(), right_len as usize);
        right.cmp(left) as c_int
    }
}

// F076
#[test]
fn a_collation_that_fails_leaves_its_data_to_the_caller() {
    at_every_level("a_collation_that_fails_leaves_its_data_to_the_caller", || {
        let db = open();
        let data = boxed(b"data");
        let name = c"backwards".as_ptr();
        // SAFETY: the data is SQLite's only where the call succeeds.
        unsafe {
            assert_ne!(s::sqlite3_create_collation_v2(db, name, 99, data, Some(backwards), Some(release)), OK);
            assert_eq!(released(), 0);
            assert_eq!(s::sqlite3_create_collation_v2(db, name, UTF8, data, Some(backwards), Some(release)), OK);
        }
        let stmt = prepare(db, "SELECT column1 FROM (VALUES ('a'), ('b')) ORDER BY 1 COLLATE backwards");
        assert_eq!((step(stmt), text(stmt)), (ROW, "b".into()));
        finalize(stmt);
        close(db);
        assert_eq!(released(), 1);
    });
}

unsafe extern "C" fn counts(data: *mut c_void) -> c_int {
    // SAFETY: the counter that was registered.
    unsafe { *data.cast::<usize>() += 1 };
    0
}

unsafe extern "C" fn updates(data: *mut c_void, _: c_int, _: *const c_char, table: *const c_char, _: i64) {
    // SAFETY: the counter that was registered, and a table's name.
    unsafe {
        assert_eq!(CStr::from_ptr(table), c"t");
        *data.cast::<usize>() += 1;
    }
}

unsafe extern "C" fn rolls_back(data: *mut c_void) {
    // SAFETY: the counter that was registered.
    unsafe { *data.cast::<usize>() += 1 };
}

unsafe extern "C" fn traces(_: u32, data: *mut c_void, _: *mut c_void, _: *mut c_void) -> c_int {
    // SAFETY: the counter that was registered.
    unsafe { *data.cast::<usize>() += 1 };
    0
}

unsafe extern "C" fn busy(_: *mut c_void, _: c_int) -> c_int {
    0
}

// F077
#[test]
fn hooks_give_the_former_data_back() {
    at_every_level("hooks_give_the_former_data_back", || {
        let db = open();
        let mut seen = Box::new([0usize; 5]);
        let data = |index: usize, seen: &mut [usize; 5]| (&raw mut seen[index]).cast::<c_void>();
        let exec = |sql: &CStr| {
            // SAFETY: a C string.
            assert_eq!(unsafe { s::sqlite3_exec(db, sql.as_ptr(), None, null_mut(), null_mut()) }, OK);
        };
        exec(c"CREATE TABLE t(a)");
        // SAFETY: the counters stay until the hooks are taken away.
        unsafe {
            assert!(s::sqlite3_commit_hook(db, Some(counts), data(0, &mut seen)).is_null());
            assert!(s::sqlite3_rollback_hook(db, Some(rolls_back), data(1, &mut seen)).is_null());
            assert!(s::sqlite3_update_hook(db, Some(updates), data(2, &mut seen)).is_null());
            s::sqlite3_progress_handler(db, 1, Some(counts), data(3, &mut seen));
            assert_eq!(s::sqlite3_trace_v2(db, 1, Some(traces), data(4, &mut seen)), OK);
            assert_eq!(s::sqlite3_busy_handler(db, Some(busy), data(0, &mut seen)), OK);
            assert_eq!(s::sqlite3_busy_timeout(db, 5), OK);
            exec(c"INSERT INTO t VALUES (1); BEGIN; INSERT INTO t VALUES (2); ROLLBACK");
            let former = data(2, &mut seen);
            assert_eq!(s::sqlite3_update_hook(db, None, null_mut()), former);
            let former = data(0, &mut seen);
            assert_eq!(s::sqlite3_commit_hook(db, None, null_mut()), former);
            let former = data(1, &mut seen);
            assert_eq!(s::sqlite3_rollback_hook(db, None, null_mut()), former);
            s::sqlite3_progress_handler(db, 0, None, null_mut());
            assert_eq!(s::sqlite3_trace_v2(db, 0, None, null_mut()), OK);
        }
        assert_eq!(seen[..3], [1, 1, 2]);
        assert!(seen[3] > 0 && seen[4] > 0);
        drop(seen);
        exec(c"INSERT INTO t VALUES (3)");
        // SAFETY: data that is a number, and comes back as one.
        unsafe {
            let number = std::ptr::without_provenance_mut(1);
            s::sqlite3_update_hook(db, Some(updates), number);
            assert_eq!(s::sqlite3_update_hook(db, None, null_mut()), number);
        }
        close(db);
    });
}

// F078
#[test]
fn databases_in_memory() {
    at_every_level("databases_in_memory", || {
        let db = open();
        // SAFETY: C strings, and memory that stays until the connection is closed.
        unsafe {
            let sql = c"CREATE TABLE t(a); INSERT INTO t VALUES ('kept')".as_ptr();
            assert_eq!(s::sqlite3_exec(db, sql, None, null_mut(), null_mut()), OK);
            let mut size = 0;
            let image = s::sqlite3_serialize(db, c"main".as_ptr(), &mut size, 0);
            assert!(!image.is_null() && size > 0);
            close(db);
            let mut mine = vec![0u8; size as usize + 4096];
            mine[..size as usize].copy_from_slice(std::slice::from_raw_parts(image, size as usize));
            let db = open();
            let room = mine.len() as i64;
            assert_eq!(s::sqlite3_deserialize(db, c"main".as_ptr(), mine.as_mut_ptr(), size, room, 0), OK);
            let stmt = prepare(db, "SELECT a FROM t");
            assert_eq!((step(stmt), text(stmt)), (ROW, "kept".into()));
            finalize(stmt);
            close(db);
            drop(mine);
            // SQLite's own memory, released with the connection.
            let db = open();
            assert_eq!(s::sqlite3_deserialize(db, null(), image, size, size, 1 | 2), OK);
            let stmt = prepare(db, "SELECT a FROM t");
            assert_eq!((step(stmt), text(stmt)), (ROW, "kept".into()));
            finalize(stmt);
            close(db);
        }
    });
}

// F079
#[test]
fn memory_and_file_systems_of_the_caller() {
    at_every_level("memory_and_file_systems_of_the_caller", || {
        // SAFETY: the memory stays until shutdown, the file system until it is unregistered.
        unsafe {
            assert_eq!(s::sqlite3_shutdown(), OK);
            let mut pages = vec![0u64; 64 * 1024];
            assert_eq!(sqlite3_config(7, pages.as_mut_ptr(), 4096 + 256, 100), OK);
            assert_eq!(s::sqlite3_initialize(), OK);
            let name = CString::new("mine").expect("no zero");
            let mut vfs = Box::new(std::ptr::read(s::sqlite3_vfs_find(null())));
            vfs.zName = name.as_ptr();
            vfs.pNext = null_mut();
            // SQLite keeps the name inside of the structure too: that is what pinning is for.
            let mut pinner = Pinner::new();
            pinner.pin(name.as_c_str());
            assert_eq!(s::sqlite3_vfs_register(&mut *vfs, 0), OK);
            assert_eq!(s::sqlite3_vfs_find(c"mine".as_ptr()), &raw mut *vfs);
            let mut db = null_mut();
            let flags = 2 | 4;
            let path = CString::new(":memory:").expect("no zero");
            assert_eq!(s::sqlite3_open_v2(path.as_ptr(), &mut db, flags, name.as_ptr()), OK);
            drop(path);
            let mut on = -1;
            assert_eq!(sqlite3_db_config(db, 1002, 1, &raw mut on), OK);
            assert_eq!(on, 1);
            close(db);
            assert_eq!(s::sqlite3_open_v2(null(), &mut db, flags, null()), OK);
            close(db);
            // An open that fails gives a handle too.
            assert_eq!(s::sqlite3_open_v2(c"/nowhere/at/all".as_ptr(), &mut db, 1, null()), 14);
            assert!(!db.is_null());
            close(db);
            assert_eq!(s::sqlite3_vfs_unregister(&mut *vfs), OK);
            drop((pinner, vfs));
            drop(name);
            assert_eq!(s::sqlite3_shutdown(), OK);
            drop(pages);
        }
    });
}

#[test]
fn blobs_strings_and_memory() {
    at_every_level("blobs_strings_and_memory", || {
        let db = open();
        // SAFETY: C strings, and buffers as long as the lengths say.
        unsafe {
            let sql = c"CREATE TABLE t(a); INSERT INTO t VALUES (zeroblob(8))".as_ptr();
            assert_eq!(s::sqlite3_exec(db, sql, None, null_mut(), null_mut()), OK);
            let mut blob = null_mut();
            let (main, table, column) = (c"main".as_ptr(), c"t".as_ptr(), c"a".as_ptr());
            assert_eq!(s::sqlite3_blob_open(db, main, table, column, 1, 1, &mut blob), OK);
            let bytes = vec![7u8; 4];
            assert_eq!(s::sqlite3_blob_write(blob, bytes.as_ptr().cast(), 4, 2), OK);
            let mut back = vec![1u8; 8];
            assert_eq!(s::sqlite3_blob_read(blob, back.as_mut_ptr().cast(), 8, 0), OK);
            assert_eq!(back, [0, 0, 7, 7, 7, 7, 0, 0]);
            assert_eq!(s::sqlite3_blob_read(blob, Vec::<u8>::new().as_mut_ptr().cast(), 0, 8), OK);
            assert_eq!(s::sqlite3_blob_close(blob), OK);
            assert_eq!(s::sqlite3_blob_close(null_mut()), OK);
            // One variable for results that nobody wants.
            let mut same = 0;
            let same = &raw mut same;
            assert_eq!(s::sqlite3_db_status(db, 0, same, same, 0), OK);
            let text = sqlite3_mprintf(c"%d".as_ptr(), 12);
            assert_eq!(CStr::from_ptr(text), c"12");
            let text = s::sqlite3_realloc(text.cast(), 16);
            assert!(!text.is_null());
            assert!(s::sqlite3_realloc(text, 0).is_null());
            let string = s::sqlite3_str_new(null_mut());
            s::sqlite3_str_append(string, String::from("some more").as_ptr().cast(), 4);
            let text = s::sqlite3_str_finish(string);
            assert_eq!(CStr::from_ptr(text), c"some");
            s::sqlite3_free(text.cast());
            let mut random = [0u8; 16];
            s::sqlite3_randomness(16, random.as_mut_ptr().cast());
            assert_ne!(random, [0; 16]);
            s::sqlite3_randomness(0, null_mut());
            let (mut kind, mut primary) = (null(), 0);
            let code = s::sqlite3_table_column_metadata(
                db,
                null(),
                table,
                column,
                &mut kind,
                null_mut(),
                null_mut(),
                &mut primary,
                null_mut(),
            );
            assert_eq!((code, primary), (OK, 0));
        }
        close(db);
    });
}

/// Typed forms: the destructor is a number, once for text that SQLite copies and once for text that it keeps.
#[test]
fn typed_forms() {
    at_every_level("typed_forms", || {
        let db = open();
        let stmt = prepare(db, "select ?1 || ?2");
        let kept = CString::new("kept").expect("no zero inside");
        // SAFETY: the copied text may go; the kept one lives until the statement is finalized.
        unsafe {
            {
                let copied = String::from("copied, ");
                let len = copied.len() as c_int;
                assert_eq!(s::sqlite3_bind_text_transient(stmt, 1, copied.as_ptr().cast(), len), OK);
            }
            assert_eq!(s::sqlite3_bind_text_terminated_static(stmt, 2, kept.as_ptr()), OK);
            assert_eq!(s::sqlite3_step(stmt), ROW);
            assert_eq!(text(stmt), "copied, kept");
            assert_eq!(s::sqlite3_finalize(stmt), OK);
        }
        close(db);
    });
}
