//! Bugs of SQLite's users, by the real library: C02, C03, C18, C20.

use super::{keep_if, owned};
use libc::{c_char, c_int, c_longlong, c_uchar, c_uint, c_void};
use std::ptr::null_mut;

pub(crate) enum sqlite3 {}
pub(crate) enum sqlite3_stmt {}
type Destructor = Option<unsafe extern "C" fn(*mut c_void)>;
type Row = Option<unsafe extern "C" fn(*mut c_void, c_int, *mut *mut c_char, *mut *mut c_char) -> c_int>;
type Updated = Option<unsafe extern "C" fn(*mut c_void, c_int, *const c_char, *const c_char, c_longlong)>;

#[rustfmt::skip]
#[pinned_ffi::pinned_ffi]
#[link(name = "sqlite3")]
unsafe extern "C" {
    fn sqlite3_open(filename: *const c_char, ppDb: *mut *mut sqlite3) -> c_int;
    fn sqlite3_close(db: *mut sqlite3) -> c_int;
    fn sqlite3_exec(
        db: *mut sqlite3, sql: *const c_char, callback: Row, pArg: *mut c_void, errmsg: *mut *mut c_char,
    ) -> c_int;
    fn sqlite3_prepare_v2(
        db: *mut sqlite3, zSql: *const c_char, nByte: c_int, ppStmt: *mut *mut sqlite3_stmt, pzTail: *mut *const c_char,
    ) -> c_int;
    fn sqlite3_step(pStmt: *mut sqlite3_stmt) -> c_int;
    fn sqlite3_reset(pStmt: *mut sqlite3_stmt) -> c_int;
    fn sqlite3_finalize(pStmt: *mut sqlite3_stmt) -> c_int;
    fn sqlite3_bind_text(
        pStmt: *mut sqlite3_stmt, index: c_int, value: *const c_char, n: c_int, destructor: Destructor,
    ) -> c_int;
    fn sqlite3_column_name(pStmt: *mut sqlite3_stmt, N: c_int) -> *const c_char;
    #[returns(until = [sqlite3_step, sqlite3_finalize], nullable, utf8)]
    fn sqlite3_column_text(pStmt: *mut sqlite3_stmt, iCol: c_int) -> *const c_uchar;
    fn sqlite3_serialize(
        db: *mut sqlite3, zSchema: *const c_char, piSize: *mut c_longlong, mFlags: c_uint,
    ) -> *mut c_uchar;
    fn sqlite3_deserialize(
        db: *mut sqlite3, zSchema: *const c_char, pData: *mut c_uchar, szDb: c_longlong, szBuf: c_longlong, mFlags: c_uint,
    ) -> c_int;
    fn sqlite3_update_hook(db: *mut sqlite3, xCallback: Updated, pArg: *mut c_void) -> *mut c_void;
    fn sqlite3_free(p: *mut c_void);
}

fn open() -> *mut sqlite3 {
    let mut db = null_mut();
    // SAFETY: a text and a place.
    assert_eq!(unsafe { sqlite3_open(c":memory:".as_ptr(), &raw mut db) }, 0);
    db
}

fn run(db: *mut sqlite3, sql: &str) -> c_int {
    let sql = owned(sql);
    // SAFETY: a connection and a text.
    unsafe { sqlite3_exec(db, sql.as_ptr(), None, null_mut(), null_mut()) }
}

fn prepare(db: *mut sqlite3, sql: &str) -> *mut sqlite3_stmt {
    let mut statement = null_mut();
    let sql = owned(sql);
    // SAFETY: a connection, a text with its length, a place.
    let code =
        unsafe { sqlite3_prepare_v2(db, sql.as_ptr(), sql.count_bytes() as c_int, &raw mut statement, null_mut()) };
    assert_eq!(code, 0);
    statement
}

/// RUSTSEC-2026-0172: the connection goes on reading the buffer of the database.
pub(crate) fn b007_deserialized_buffer(is_fixed: bool) {
    let (first, second) = (open(), open());
    assert_eq!(run(first, "create table t(a); insert into t values (zeroblob(6000)), (2)"), 0);
    let mut size = 0;
    // SAFETY: the image is copied before it is freed; what reads the copy later is the question.
    unsafe {
        let image = sqlite3_serialize(first, c"main".as_ptr(), &raw mut size, 0);
        let mut copy = std::slice::from_raw_parts(image, size as usize).to_vec();
        sqlite3_free(image.cast());
        assert_eq!(sqlite3_deserialize(second, c"main".as_ptr(), copy.as_mut_ptr(), size, size, 4), 0);
        let copy = keep_if(is_fixed, copy);
        run(second, "select count(a) from t");
        sqlite3_close(second);
        sqlite3_close(first);
        drop(copy);
    }
}

/// rustsqlite 95: bound as static, and gone at once.
pub(crate) fn b008_bound_text(is_fixed: bool) {
    let db = open();
    let statement = prepare(db, "select length(?1)");
    let text = owned("a text that was bound as if it were static");
    // SAFETY: all live where the text does.
    unsafe {
        assert_eq!(sqlite3_bind_text(statement, 1, text.as_ptr(), text.count_bytes() as c_int, None), 0);
        let text = keep_if(is_fixed, text);
        sqlite3_step(statement);
        sqlite3_finalize(statement);
        sqlite3_close(db);
        drop(text);
    }
}

unsafe extern "C" fn updated(data: *mut c_void, _: c_int, _: *const c_char, _: *const c_char, _: c_longlong) {
    // SAFETY: what was registered is a counter, if it still is one.
    unsafe { *data.cast::<u64>() += 1 };
}

/// RUSTSEC-2021-0128: a hook whose data are gone.
pub(crate) fn b018_update_hook(is_fixed: bool) {
    let db = open();
    assert_eq!(run(db, "create table t(a)"), 0);
    let counter = Box::into_raw(Box::new(0_u64));
    // SAFETY: the counter lives where it is freed at the end only.
    unsafe {
        sqlite3_update_hook(db, Some(updated), counter.cast());
        if !is_fixed {
            drop(Box::from_raw(counter));
        }
        run(db, "insert into t values (1)");
        sqlite3_update_hook(db, None, null_mut());
        if is_fixed {
            drop(Box::from_raw(counter));
        }
        sqlite3_close(db);
    }
}

/// RUSTSEC-2021-0037: the name of a column, read after the statement was prepared again.
pub(crate) fn b110_column_name(is_fixed: bool) {
    let db = open();
    assert_eq!(run(db, "create table t(a); insert into t values (1)"), 0);
    let statement = prepare(db, "select * from t");
    // SAFETY: the name is good until the step.
    unsafe {
        sqlite3_step(statement);
        let mut name = sqlite3_column_name(statement, 0);
        sqlite3_step(statement);
        assert_eq!(run(db, "alter table t add column b"), 0);
        // It prepares itself anew, and the names are others.
        sqlite3_reset(statement);
        sqlite3_step(statement);
        if is_fixed {
            name = sqlite3_column_name(statement, 0);
        }
        super::results::results_length(name);
        sqlite3_finalize(statement);
        sqlite3_close(db);
    }
}

/// RUSTSEC-2026-0111: a text that is no UTF-8, taken for one.
pub(crate) fn b125_text_of_any_bytes(is_fixed: bool) {
    let db = open();
    let statement = prepare(db, if is_fixed { "select 'abc'" } else { "select cast(x'61ff62' as text)" });
    // SAFETY: none where the bytes are no UTF-8.
    unsafe {
        sqlite3_step(statement);
        let start = sqlite3_column_text(statement, 0);
        let text = std::str::from_utf8_unchecked(std::slice::from_raw_parts(start, 3));
        std::hint::black_box(text.chars().count());
        sqlite3_finalize(statement);
        sqlite3_close(db);
    }
}
