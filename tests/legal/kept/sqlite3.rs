//! SQLite: bound parameters, and a database in memory of the caller's.

use crate::Loud;
use crate::support::at_every_level;
use pinned_ffi::{Nothing, Owned};
use std::ffi::{CStr, c_int};
use std::ptr::null_mut;
use std::sync::Arc;

mod sqlite {
    use pinned_ffi::pinned_ffi;

    #[pinned_ffi(
        header = "sqlite3.h",
        allow = "sqlite3_.*",
        safe = "sqlite3_(close|finalize|step|reset|clear_bindings|bind_blob_static|bind_blob64_static|bind_text_static\
                |bind_text_terminated_static|bind_blob_transient|bind_null|bind_int|column_int)"
    )]
    pub(super) mod s {
        unsafe extern "C" {
            #[idiomatic]
            #[form_of(sqlite3_deserialize, mFlags = 0)]
            pub fn sqlite3_deserialize_borrowed(
                db: *mut sqlite3,
                zSchema: *const c_char,
                pData: *mut c_uchar,
                szDb: sqlite3_int64,
                szBuf: sqlite3_int64,
            ) -> c_int;
        }
    }

    #[link(name = "sqlite3")]
    unsafe extern "C" {}
}

use sqlite::s;

type Connection = Owned<'static, s::sqlite3, s::raw::sqlite3_close>;
type Statement = Owned<'static, s::sqlite3_stmt, s::raw::sqlite3_finalize>;

const ROW: c_int = 100;
const DONE: c_int = 101;
const MISUSE: c_int = 21;
const RANGE: c_int = 25;

fn open() -> Connection {
    let mut db = null_mut();
    // SAFETY: a C string, and room for the handle, which is nobody else's.
    unsafe {
        assert_eq!(s::sqlite3_open(c":memory:".as_ptr(), &mut db), 0);
        Owned::from_raw(db).expect("a connection")
    }
}

/// The statement, which must not outlive its connection.
fn prepare(db: &Connection, sql: &CStr) -> Statement {
    let mut made = null_mut();
    // SAFETY: a C string, and room for the handle, which is nobody else's.
    unsafe {
        assert_eq!(s::sqlite3_prepare_v2(db.as_ptr(), sql.as_ptr(), -1, &mut made, null_mut()), 0, "{sql:?}");
        Owned::from_raw(made).expect("a statement")
    }
}

fn run(db: &Connection, sql: &CStr) {
    // SAFETY: a C string.
    assert_eq!(unsafe { s::sqlite3_exec(db.as_ptr(), sql.as_ptr(), None, null_mut(), null_mut()) }, 0, "{sql:?}");
}

/// The text in a column of the row at hand.
fn text(statement: &Statement, column: c_int) -> Vec<u8> {
    // SAFETY: the row lasts until the next step, and is copied.
    unsafe {
        let text = s::sqlite3_column_text(statement.as_ptr(), column);
        if text.is_null() { Vec::new() } else { CStr::from_ptr(text.cast()).to_bytes().to_vec() }
    }
}

#[test]
fn bound_in_two_places() {
    at_every_level("sqlite3::bound_in_two_places", || {
        let db = open();
        let select = prepare(&db, c"select ?1 || ?2, ?1");
        let (one, one_ear) = Loud::new(b"first");
        let (two, two_ear) = Loud::new(b"second");
        s::sqlite3_bind_text_static(Some(select.as_ref()), 1, Some(one)).expect("a parameter");
        s::sqlite3_bind_blob_static(Some(select.as_ref()), 2, Some(two)).expect("a parameter");
        assert_eq!(s::sqlite3_step(Some(select.as_ref())), ROW);
        assert_eq!(text(&select, 0), b"firstsecond");
        // While the statement runs nothing is bound, and nothing let go of.
        let (late, late_ear) = Loud::new(b"late");
        assert_eq!(s::sqlite3_bind_text_static(Some(select.as_ref()), 1, Some(late)), Err(MISUSE));
        assert_eq!(s::sqlite3_bind_null(Some(select.as_ref()), 2), Err(MISUSE));
        assert!(one_ear.is_alive() && two_ear.is_alive());
        s::sqlite3_reset(Some(select.as_ref()));
        let (three, three_ear) = Loud::new(b"third");
        s::sqlite3_bind_text_static(Some(select.as_ref()), 1, Some(three)).expect("a parameter");
        assert!(!one_ear.is_alive() && !late_ear.is_alive() && two_ear.is_alive(), "one place was taken");
        assert_eq!(s::sqlite3_step(Some(select.as_ref())), ROW);
        assert_eq!(text(&select, 0), b"thirdsecond");
        s::sqlite3_reset(Some(select.as_ref()));
        // Another function, another form, and null: each takes the place.
        s::sqlite3_bind_int(Some(select.as_ref()), 2, 7).expect("a parameter");
        assert!(!two_ear.is_alive() && three_ear.is_alive());
        let words = Arc::<CStr>::from(c"words");
        s::sqlite3_bind_text_terminated_static(Some(select.as_ref()), 1, Some(Arc::clone(&words)))
            .expect("a parameter");
        assert!(!three_ear.is_alive());
        assert_eq!(Arc::strong_count(&words), 2);
        assert_eq!(s::sqlite3_step(Some(select.as_ref())), ROW);
        assert_eq!(text(&select, 0), b"words7");
        s::sqlite3_reset(Some(select.as_ref()));
        s::sqlite3_bind_blob_transient(Some(select.as_ref()), 1, Some(b"copied")).expect("a parameter");
        assert_eq!(Arc::strong_count(&words), 1);
        s::sqlite3_bind_blob_static(Some(select.as_ref()), 1, None::<Nothing>).expect("a parameter");
        assert_eq!(s::sqlite3_step(Some(select.as_ref())), ROW);
        assert_eq!(text(&select, 1), b"");
    });
}

#[test]
fn bound_until_the_statement_is_gone() {
    at_every_level("sqlite3::bound_until_the_statement_is_gone", || {
        let db = open();
        for ends_by_drop in [false, true] {
            let select = prepare(&db, c"select ?1");
            let (data, ear) = Loud::new(b"data");
            let (nowhere, nowhere_ear) = Loud::new(b"nowhere");
            let (at, line) = (data.bytes.as_ptr().addr(), line!() + 1);
            s::sqlite3_bind_blob64_static(Some(select.as_ref()), 1, Some(data)).expect("a parameter");
            if pinned_ffi::COMPILED {
                let pins = pinned_ffi::pins();
                let block = pins.iter().find(|block| block.extent.start.0 == at).expect("it is pinned");
                assert_eq!((block.sites[0].file(), block.sites[0].line(), block.pins), (file!(), line, 1));
            }
            // A failed call may have kept it: alive as long as the statement.
            assert_eq!(s::sqlite3_bind_blob_static(Some(select.as_ref()), 9, Some(nowhere)), Err(RANGE));
            assert!(ear.is_alive() && nowhere_ear.is_alive());
            if ends_by_drop {
                drop(select);
            } else {
                s::sqlite3_finalize(select);
            }
            assert!(!ear.is_alive() && !nowhere_ear.is_alive());
        }
    });
}

/// The statement runs on with what `sqlite3_clear_bindings` has taken away: no end.
#[test]
fn cleared_while_it_runs() {
    at_every_level("sqlite3::cleared_while_it_runs", || {
        let db = open();
        let select = prepare(&db, c"with n(i) as (values (1), (2), (3)) select ?1, i from n");
        let (data, ear) = Loud::new(b"still here");
        s::sqlite3_bind_text_static(Some(select.as_ref()), 1, Some(data)).expect("a parameter");
        assert_eq!(s::sqlite3_step(Some(select.as_ref())), ROW);
        s::sqlite3_clear_bindings(select.as_ref()).expect("it does not fail");
        assert!(ear.is_alive());
        // SAFETY: the row lasts until the next step.
        assert_eq!(unsafe { CStr::from_ptr(s::sqlite3_column_text(select.as_ptr(), 0).cast()) }, c"still here");
        while s::sqlite3_step(Some(select.as_ref())) == ROW {}
        s::sqlite3_reset(Some(select.as_ref()));
        assert_eq!(s::sqlite3_step(Some(select.as_ref())), ROW);
        assert_eq!(text(&select, 0), b"", "it is cleared");
        drop(select);
        assert!(!ear.is_alive());
    });
}

/// A database in memory of ours: read and written through it, until the connection is closed.
#[test]
fn a_database_in_our_memory() {
    at_every_level("sqlite3::a_database_in_our_memory", || {
        let source = open();
        run(&source, c"create table t (x); insert into t values ('a row of the source')");
        let mut size = 0;
        // SAFETY: the memory is SQLite's and copied.
        let image = unsafe {
            let image = s::sqlite3_serialize(source.as_ptr(), c"main".as_ptr(), &mut size, 0);
            let copy = std::slice::from_raw_parts(image, usize::try_from(size).expect("a length")).to_vec();
            s::sqlite3_free(image.cast());
            copy
        };
        let db = open();
        let (loud, ear) = Loud::new(&image);
        let (refused, refused_ear) = Loud::new(&image);
        // SAFETY: the database has the length of its memory.
        unsafe {
            s::sqlite3_deserialize_borrowed(db.as_ref(), Some(c"main"), Some(loud), size).expect("a database");
            let failed = s::sqlite3_deserialize_borrowed(db.as_ref(), Some(c"no such"), Some(refused), size);
            assert!(failed.is_err());
        }
        assert!(ear.is_alive() && !refused_ear.is_alive(), "what fails keeps nothing");
        let select = prepare(&db, c"select x from t");
        assert_eq!(s::sqlite3_step(Some(select.as_ref())), ROW);
        assert_eq!(text(&select, 0), b"a row of the source");
        run(&db, c"update t set x = 'a row of the target'");
        // A close that fails, and a second database in another schema: the first stays.
        let (db, busy) = s::sqlite3_close(db).expect_err("a statement is left");
        assert_eq!(busy, 5);
        run(&db, c"attach ':memory:' as other");
        let (other, other_ear) = Loud::new(&image);
        // SAFETY: as above.
        unsafe { s::sqlite3_deserialize_borrowed(db.as_ref(), Some(c"other"), Some(other), size).expect("a database") };
        assert!(ear.is_alive() && other_ear.is_alive());
        s::sqlite3_reset(Some(select.as_ref()));
        assert_eq!(s::sqlite3_step(Some(select.as_ref())), ROW);
        assert_eq!(text(&select, 0), b"a row of the target");
        assert_eq!(s::sqlite3_step(Some(select.as_ref())), DONE);
        drop(select);
        drop(db);
        assert!(!ear.is_alive() && !other_ear.is_alive());
    });
}
