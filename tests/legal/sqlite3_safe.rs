//! SQLite without one unsafe call: a connection, statements that borrow it, and a close that can fail.

#![allow(clippy::useless_vec, reason = "a block of the heap is what the test is about")]
#![allow(clippy::multiple_unsafe_ops_per_block, reason = "a test is a row of calls; one proof stands for the row")]

use pinned_ffi::Owned;
use std::ffi::CStr;

mod s {
    use std::ffi::{c_char, c_int};

    #[repr(C)]
    pub(crate) struct sqlite3 {
        _unused: [u8; 0],
    }

    #[repr(C)]
    pub(crate) struct sqlite3_stmt {
        _unused: [u8; 0],
    }

    // What is not written here comes from the pack.
    #[pinned_ffi::pinned_ffi]
    #[link(name = "sqlite3")]
    unsafe extern "C" {
        pub(crate) safe fn sqlite3_open(filename: *const c_char, db: *mut *mut sqlite3) -> c_int;
        pub(crate) safe fn sqlite3_close(db: *mut sqlite3) -> c_int;
        pub(crate) safe fn sqlite3_changes(db: *mut sqlite3) -> c_int;
        pub(crate) safe fn sqlite3_errstr(code: c_int) -> *const c_char;
        #[success(result == 0)]
        pub(crate) safe fn sqlite3_prepare_v2(
            #[opaque]
            #[retained(by = stmt, until = [sqlite3_finalize])]
            db: *mut sqlite3,
            sql: *const c_char,
            bytes: c_int,
            stmt: *mut *mut sqlite3_stmt,
            #[pointee(borrowed = sql, sized_by(0))] tail: *mut *const c_char,
        ) -> c_int;
        pub(crate) safe fn sqlite3_step(stmt: *mut sqlite3_stmt) -> c_int;
        pub(crate) safe fn sqlite3_column_int(stmt: *mut sqlite3_stmt, column: c_int) -> c_int;
        pub(crate) safe fn sqlite3_finalize(stmt: *mut sqlite3_stmt) -> c_int;
    }
}

const ROW: i32 = 100;
const DONE: i32 = 101;

type Connection<'a> = Owned<'a, s::sqlite3, s::raw::sqlite3_close>;
type Statement<'a> = Owned<'a, s::sqlite3_stmt, s::raw::sqlite3_finalize>;

fn prepare<'a>(db: &'a Connection<'_>, sql: &'a CStr) -> Statement<'a> {
    let (statement, _tail) =
        s::sqlite3_prepare_v2(db.as_ref(), sql.to_bytes_with_nul()).expect("the statement is right");
    statement.expect("the statement is not empty")
}

#[test]
fn a_table_is_made_filled_and_read() {
    let db: Connection<'static> = s::sqlite3_open(Some(c":memory:")).expect("memory is there").expect("a connection");
    for sql in [c"create table t (n int)", c"insert into t values (3), (4)"] {
        assert_eq!(s::sqlite3_step(Some(prepare(&db, sql).as_ref())), DONE);
    }
    assert_eq!(s::sqlite3_changes(db.as_ref()), 2);
    let query = prepare(&db, c"select sum(n) from t");
    assert_eq!(s::sqlite3_step(Some(query.as_ref())), ROW);
    assert_eq!(s::sqlite3_column_int(Some(query.as_ref()), 0), 7);
    assert_eq!(s::sqlite3_finalize(query), 0);
    assert!(s::sqlite3_close(db).is_ok());
}

#[test]
fn a_leaked_statement_keeps_its_connection() {
    let db: Connection<'static> = s::sqlite3_open(Some(c":memory:")).expect("memory is there").expect("a connection");
    let leaked = prepare(&db, c"select 1").into_raw();
    let (db, code) = s::sqlite3_close(db).expect_err("the statement is still there");
    assert_eq!(s::sqlite3_errstr(code), c"database is locked");
    // SAFETY: given up above, and its connection is still open.
    drop(unsafe { Statement::from_raw(leaked) });
    assert!(s::sqlite3_close(db).is_ok());
}

#[test]
fn a_wrong_statement_is_an_error() {
    let db: Connection<'static> = s::sqlite3_open(Some(c":memory:")).expect("memory is there").expect("a connection");
    assert_eq!(s::sqlite3_prepare_v2(db.as_ref(), b"selec 1").expect_err("it is wrong"), 1);
}
