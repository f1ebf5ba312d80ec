//! Real calls of SQLite, whose contracts nobody has told this program.

#![allow(clippy::multiple_unsafe_ops_per_block, reason = "one claim for the calls of one object")]

use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::ptr::{null, null_mut};

type Row = unsafe extern "C" fn(*mut c_void, c_int, *mut *mut c_char, *mut *mut c_char) -> c_int;
type Destructor = Option<unsafe extern "C" fn(*mut c_void)>;

#[rustfmt::skip]
#[pinned_ffi::pinned_ffi]
#[link(name = "sqlite3")]
unsafe extern "C" {
    fn sqlite3_libversion() -> *const c_char;
    fn sqlite3_complete(sql: *const c_char) -> c_int;
    fn sqlite3_strglob(glob: *const c_char, text: *const c_char) -> c_int;
    fn sqlite3_open(name: *const c_char, db: *mut *mut c_void) -> c_int;
    fn sqlite3_close(db: *mut c_void) -> c_int;
    fn sqlite3_errmsg(db: *mut c_void) -> *const c_char;
    fn sqlite3_exec(
        db: *mut c_void, sql: *const c_char, row: Option<Row>, data: *mut c_void, message: *mut *mut c_char,
    ) -> c_int;
    fn sqlite3_free(block: *mut c_void);
    fn sqlite3_malloc(bytes: c_int) -> *mut c_void;
    fn sqlite3_prepare_v2(
        db: *mut c_void, sql: *const c_char, bytes: c_int, stmt: *mut *mut c_void, tail: *mut *const c_char,
    ) -> c_int;
    fn sqlite3_sql(stmt: *mut c_void) -> *const c_char;
    fn sqlite3_bind_text(stmt: *mut c_void, at: c_int, text: *const c_char, n: c_int, end: Destructor) -> c_int;
    fn sqlite3_bind_blob(stmt: *mut c_void, at: c_int, data: *const c_void, n: c_int, end: Destructor) -> c_int;
    fn sqlite3_bind_int64(stmt: *mut c_void, at: c_int, value: i64) -> c_int;
    fn sqlite3_step(stmt: *mut c_void) -> c_int;
    fn sqlite3_reset(stmt: *mut c_void) -> c_int;
    fn sqlite3_finalize(stmt: *mut c_void) -> c_int;
    fn sqlite3_column_text(stmt: *mut c_void, column: c_int) -> *const u8;
    fn sqlite3_column_blob(stmt: *mut c_void, column: c_int) -> *const c_void;
    fn sqlite3_column_bytes(stmt: *mut c_void, column: c_int) -> c_int;
    fn sqlite3_column_name(stmt: *mut c_void, column: c_int) -> *const c_char;
    fn sqlite3_get_table(
        db: *mut c_void, sql: *const c_char, table: *mut *mut *mut c_char, rows: *mut c_int, columns: *mut c_int,
        message: *mut *mut c_char,
    ) -> c_int;
    fn sqlite3_free_table(table: *mut *mut c_char);
    fn sqlite3_serialize(db: *mut c_void, schema: *const c_char, size: *mut i64, flags: u32) -> *mut u8;
    fn sqlite3_blob_open(
        db: *mut c_void, base: *const c_char, table: *const c_char, column: *const c_char, row: i64, flags: c_int,
        blob: *mut *mut c_void,
    ) -> c_int;
    fn sqlite3_blob_bytes(blob: *mut c_void) -> c_int;
    fn sqlite3_blob_read(blob: *mut c_void, to: *mut c_void, n: c_int, offset: c_int) -> c_int;
    fn sqlite3_blob_write(blob: *mut c_void, from: *const c_void, n: c_int, offset: c_int) -> c_int;
    fn sqlite3_blob_close(blob: *mut c_void) -> c_int;
}

/// `SQLITE_TRANSIENT`: a number that stands for a function.
fn is_copied() -> Destructor {
    // SAFETY: SQLite compares it, and calls no function at this address; in Rust nobody does.
    unsafe { std::mem::transmute::<isize, Destructor>(-1) }
}

/// Counts, where it is given a counter.
unsafe extern "C" fn row(data: *mut c_void, _: c_int, _: *mut *mut c_char, _: *mut *mut c_char) -> c_int {
    // SAFETY: `data` is a counter in each call below that gives this function.
    unsafe { *data.cast::<usize>() += 1 };
    0
}

fn owned(text: &str) -> CString {
    CString::new(text).expect("no zero inside")
}

/// A statement of this text, whose length is given.
fn prepared(db: *mut c_void, sql: &str) -> *mut c_void {
    let sql = sql.as_bytes().to_vec().into_boxed_slice();
    let (mut stmt, mut tail) = (Box::new(null_mut()), Box::new(null()));
    // SAFETY: a connection, a text with its length, and two places.
    let done =
        unsafe { sqlite3_prepare_v2(db, sql.as_ptr().cast(), sql.len() as c_int, &raw mut *stmt, &raw mut *tail) };
    assert_eq!(done, 0);
    *stmt
}

pub(crate) fn run(rounds: usize) {
    let mut db = Box::new(null_mut());
    let memory = owned(":memory:");
    // SAFETY: a text and a place.
    assert_eq!(unsafe { sqlite3_open(memory.as_ptr(), &raw mut *db) }, 0);
    let mut message = Box::new(null_mut());
    let table = owned("create table t (number integer primary key, word text, data blob)");
    // SAFETY: a connection, a text, and a place.
    assert_eq!(unsafe { sqlite3_exec(*db, table.as_ptr(), None, null_mut(), &raw mut *message) }, 0);
    for round in 0..rounds {
        texts(round);
        rows(*db, round);
        tables(*db, round);
        blobs(*db, round);
        connections(round);
    }
    // SAFETY: not used again.
    assert_eq!(unsafe { sqlite3_close(*db) }, 0);
}

fn texts(round: usize) {
    let sql = owned(&format!("select {round}{}", [";", ""][round % 2]));
    // SAFETY: texts.
    unsafe {
        assert_eq!(sqlite3_complete(sql.as_ptr()), 1 - round as c_int % 2);
        let (glob, text) = (owned(&format!("*{round}*")), owned(&format!("the {round} of them")));
        assert_eq!(sqlite3_strglob(glob.as_ptr(), text.as_ptr()), 0);
        assert!(!sqlite3_libversion().is_null());
        let block = sqlite3_malloc(round as c_int + 1);
        assert!(!block.is_null());
        sqlite3_free(block);
    }
}

fn rows(db: *mut c_void, round: usize) {
    let insert = prepared(db, &format!("insert into t values (?1, ?2, ?3) -- {round}"));
    let word = format!("the word of {round}").into_bytes().into_boxed_slice();
    let data = vec![round as u8; round + 3].into_boxed_slice();
    // SAFETY: a statement, memory with its lengths that SQLite copies.
    unsafe {
        assert_eq!(sqlite3_bind_int64(insert, 1, round as i64), 0);
        assert_eq!(sqlite3_bind_text(insert, 2, word.as_ptr().cast(), word.len() as c_int, is_copied()), 0);
        assert_eq!(sqlite3_bind_blob(insert, 3, data.as_ptr().cast(), data.len() as c_int, is_copied()), 0);
        assert!(!sqlite3_sql(insert).is_null());
        assert_eq!((sqlite3_step(insert), sqlite3_reset(insert), sqlite3_finalize(insert)), (101, 0, 0));
    }
    let select = prepared(db, &format!("select word, data from t where number = {round}"));
    // SAFETY: a row is there after the step, with a text and a blob.
    unsafe {
        assert_eq!(sqlite3_step(select), 100);
        assert_eq!(CStr::from_ptr(sqlite3_column_text(select, 0).cast()).to_bytes(), &*word);
        let bytes = sqlite3_column_bytes(select, 1) as usize;
        assert_eq!(std::slice::from_raw_parts(sqlite3_column_blob(select, 1).cast::<u8>(), bytes), &*data);
        assert_eq!(CStr::from_ptr(sqlite3_column_name(select, 1)), c"data");
        assert_eq!((sqlite3_step(select), sqlite3_finalize(select)), (101, 0));
    }
}

fn tables(db: *mut c_void, round: usize) {
    let sql = owned(&format!("select number from t where number <= {round}"));
    let (mut count, mut message) = (Box::new(0_usize), Box::new(null_mut::<c_char>()));
    // SAFETY: a text, a function with its counter, and a place.
    let done = unsafe { sqlite3_exec(db, sql.as_ptr(), Some(row), (&raw mut *count).cast(), &raw mut *message) };
    assert_eq!((done, *count), (0, round + 1));
    let wrong = owned(&format!("select nothing from nowhere_{round}"));
    // SAFETY: as above; what comes back is freed once.
    unsafe {
        assert_eq!(sqlite3_exec(db, wrong.as_ptr(), None, null_mut(), &raw mut *message), 1);
        assert!(!message.is_null() && !sqlite3_errmsg(db).is_null());
        sqlite3_free((*message).cast());
    }
    let (mut table, mut rows, mut columns) = (Box::new(null_mut()), Box::new(0), Box::new(0));
    // SAFETY: places for all; the table is freed once.
    unsafe {
        let done =
            sqlite3_get_table(db, sql.as_ptr(), &raw mut *table, &raw mut *rows, &raw mut *columns, &raw mut *message);
        assert_eq!((done, *rows, *columns), (0, round as c_int + 1, 1));
        sqlite3_free_table(*table);
    }
}

fn blobs(db: *mut c_void, round: usize) {
    let names = ["main", "t", "data"].map(owned);
    let mut blob = Box::new(null_mut());
    // SAFETY: texts, and a place.
    let done = unsafe {
        let [base, table, column] = &names;
        sqlite3_blob_open(db, base.as_ptr(), table.as_ptr(), column.as_ptr(), round as i64, 1, &raw mut *blob)
    };
    assert_eq!(done, 0);
    let mut data = Vec::<u8>::with_capacity(round + 3);
    // SAFETY: as long as the blob, which is closed once.
    unsafe {
        assert_eq!(sqlite3_blob_bytes(*blob), round as c_int + 3);
        assert_eq!(sqlite3_blob_read(*blob, data.as_mut_ptr().cast(), round as c_int + 3, 0), 0);
        data.set_len(round + 3);
        let data = data.into_boxed_slice();
        assert!(data.iter().all(|byte| *byte == round as u8));
        assert_eq!(sqlite3_blob_write(*blob, data.as_ptr().cast(), data.len() as c_int, 0), 0);
        assert_eq!(sqlite3_blob_close(*blob), 0);
    }
}

/// Connections that come and go, and one written down as bytes.
fn connections(round: usize) {
    // Both names stand for a database of its own that is never a file.
    let (name, mut db) = (owned([":memory:", ""][round % 2]), Box::new(null_mut()));
    // SAFETY: a text and a place; all is ended once.
    unsafe {
        assert_eq!(sqlite3_open(name.as_ptr(), &raw mut *db), 0);
        let table = owned(&format!("create table t{round} (number)"));
        assert_eq!(sqlite3_exec(*db, table.as_ptr(), None, null_mut(), null_mut()), 0);
        let (schema, mut size) = (owned("main"), Box::new(0));
        let bytes = sqlite3_serialize(*db, schema.as_ptr(), &raw mut *size, 0);
        assert!(!bytes.is_null() && *size >= 4096);
        sqlite3_free(bytes.cast());
        assert_eq!(sqlite3_close(*db), 0);
    }
}
