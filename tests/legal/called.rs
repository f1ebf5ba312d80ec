//! Closures that sqlite3 and zlib call by the contracts of the packs alone: no report at any level, panics that come back,
//! and nothing that leaks.

#![allow(clippy::multiple_unsafe_ops_per_block, reason = "a test is a row of calls; one proof stands for the row")]

mod support;

use pinned_ffi::{Owned, Ref, pinned_ffi};
use std::ffi::{CStr, CString, c_char, c_int};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};
use support::at_every_level;

#[pinned_ffi(
    header = "sqlite3.h",
    allow = "sqlite3_(open|close|exec|free|user_data|value_int64|result_int64|create_function_v2|create_collation_v2|update_hook\
             |progress_handler|set_authorizer|commit_hook|rollback_hook|busy_handler|prepare_v2|step|finalize)",
    safe = "sqlite3_(open|close|exec|result_int64|create_function_v2|create_collation_v2|update_hook|progress_handler\
            |set_authorizer|commit_hook|rollback_hook)"
)]
mod s {}

#[link(name = "sqlite3")]
unsafe extern "C" {}

#[pinned_ffi(header = "zlib.h", allow = "inflateBack.*|deflate.*|zlibVersion")]
mod z {
    unsafe extern "C" {
        #[idiomatic]
        fn inflateBack(
            strm: z_streamp,
            in_: in_func,
            in_desc: *mut c_void,
            out: out_func,
            out_desc: *mut c_void,
        ) -> c_int;
    }
}

#[link(name = "z")]
unsafe extern "C" {}

type Database = Owned<'static, s::sqlite3, s::raw::sqlite3_close>;
type Row<'a> = &'a [*mut c_char];

fn said(body: impl FnOnce()) -> String {
    let payload = catch_unwind(AssertUnwindSafe(body)).expect_err("it panics");
    let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| payload.downcast_ref::<String>().cloned()).expect("a text")
}

fn open() -> Database {
    s::sqlite3_open(Some(c":memory:")).expect("memory is there").expect("a connection")
}

/// Runs SQL; its rows as texts.
fn rows(db: Ref<'_, s::sqlite3>, sql: &CStr) -> Result<Vec<Vec<String>>, c_int> {
    let mut all = Vec::new();
    let one = |values: Row<'_>, names: Row<'_>| {
        assert_eq!(values.len(), names.len());
        // SAFETY: SQLite's texts, for this call.
        let text = |at: &*mut c_char| unsafe { CStr::from_ptr(*at) }.to_string_lossy().into_owned();
        all.push(values.iter().map(text).collect());
        0
    };
    s::sqlite3_exec(db, Some(sql), Some(one))?;
    Ok(all)
}

#[test]
fn sqlite_runs_closures_for_rows() {
    at_every_level("sqlite_runs_closures_for_rows", || {
        let db = open();
        assert_eq!(
            rows(db.as_ref(), c"select 1, 'x' union all select 2, 'y'"),
            Ok(vec![vec!["1".to_owned(), "x".to_owned()], vec!["2".to_owned(), "y".to_owned()]])
        );
        let stops = s::sqlite3_exec(db.as_ref(), Some(c"select 1"), Some(|_: Row<'_>, _: Row<'_>| 1));
        assert_eq!(stops.err(), Some(4), "aborted");
        let panics = |_: Row<'_>, _: Row<'_>| panic!("no rows, please");
        let text = said(|| _ = s::sqlite3_exec(db.as_ref(), Some(c"select 1"), Some(panics)));
        assert_eq!(text, "no rows, please");
    });
}

#[test]
fn sqlite_calls_functions_of_rust() {
    at_every_level("sqlite_calls_functions_of_rust", || {
        let alive = Arc::new(());
        let db = open();
        let held = Arc::clone(&alive);
        let add = move |context: Ref<'_, s::sqlite3_context>, values: &[*mut s::sqlite3_value]| {
            let _ = &held;
            // SAFETY: SQLite's values, for this call.
            let sum = values.iter().map(|value| unsafe { s::sqlite3_value_int64(*value) }).sum();
            assert_ne!(sum, 100, "a hundred");
            s::sqlite3_result_int64(context, sum);
        };
        type NoStep = Option<fn(Ref<'_, s::sqlite3_context>, &[*mut s::sqlite3_value])>;
        type NoFinal = Option<fn(Ref<'_, s::sqlite3_context>)>;
        let (no_step, no_final): (NoStep, NoFinal) = (None, None);
        s::sqlite3_create_function_v2(db.as_ref(), c"plus", -1, 1, Some(add.clone()), no_step, no_final)
            .expect("created");
        assert_eq!(rows(db.as_ref(), c"select plus(3, 4, 5)"), Ok(vec![vec!["12".to_owned()]]));
        assert!(said(|| _ = rows(db.as_ref(), c"select plus(50, 50)")).contains("a hundred"));
        assert_eq!(Arc::strong_count(&alive), 3);
        // The destructor runs also where it fails: the name is too long.
        let long = CString::new("x".repeat(300)).expect("no zero");
        let failed = s::sqlite3_create_function_v2(db.as_ref(), &long, 1, 1, Some(add), no_step, no_final);
        assert_eq!((failed, Arc::strong_count(&alive)), (Err(21), 2));
        // An aggregate: its closures share what they hold.
        let sum = Arc::new(Mutex::new(0));
        let (step, end) = (Arc::clone(&sum), Arc::clone(&sum));
        let no_function: NoStep = None;
        s::sqlite3_create_function_v2(
            db.as_ref(),
            c"total_of",
            1,
            1,
            no_function,
            Some(move |_: Ref<'_, s::sqlite3_context>, values: &[*mut s::sqlite3_value]| {
                // SAFETY: as above.
                *step.lock().expect("nobody panics") += unsafe { s::sqlite3_value_int64(values[0]) };
            }),
            Some(move |context: Ref<'_, s::sqlite3_context>| {
                s::sqlite3_result_int64(context, std::mem::take(&mut *end.lock().expect("as above")));
            }),
        )
        .expect("created");
        let sql = c"select total_of(column1) from (values (1), (2), (4))";
        assert_eq!(rows(db.as_ref(), sql), Ok(vec![vec!["7".to_owned()]]));
        drop(db);
        assert_eq!((Arc::strong_count(&alive), Arc::strong_count(&sum)), (1, 1), "closing destroys them");
    });
}

#[test]
fn sqlite_destroys_a_collation_and_leaves_one_that_it_refuses() {
    at_every_level("sqlite_destroys_a_collation_and_leaves_one_that_it_refuses", || {
        let alive = Arc::new(());
        let db = open();
        let held = Arc::clone(&alive);
        let backwards = move |left: &[u8], right: &[u8]| {
            let _ = &held;
            right.cmp(left) as c_int
        };
        s::sqlite3_create_collation_v2(db.as_ref(), c"backwards", 1, Some(backwards.clone())).expect("created");
        // No such encoding: SQLite does not call the destroy function.
        assert!(s::sqlite3_create_collation_v2(db.as_ref(), c"other", 77, Some(backwards)).is_err());
        assert_eq!(Arc::strong_count(&alive), 2);
        let sql = c"select column1 from (values ('a'), ('c'), ('b')) order by 1 collate backwards";
        let sorted: Vec<String> = rows(db.as_ref(), sql).expect("sorted").concat();
        assert_eq!(sorted, ["c", "b", "a"]);
        drop(db);
        assert_eq!(Arc::strong_count(&alive), 1, "closing destroys it");
    });
}

#[test]
fn sqlite_lets_go_of_hooks() {
    at_every_level("sqlite_lets_go_of_hooks", || {
        let (first, second) = (Arc::new(()), Arc::new(()));
        let db = open();
        let (send, changes) = std::sync::mpsc::channel();
        let held = Arc::clone(&first);
        s::sqlite3_update_hook(
            db.as_ref(),
            Some(move |_, _: &CStr, table: &CStr, row| {
                let _ = &held;
                send.send((table.to_owned(), row)).expect("somebody listens");
            }),
        );
        rows(db.as_ref(), c"create table t (x); insert into t values (1)").expect("inserted");
        assert_eq!(changes.try_iter().collect::<Vec<_>>(), [(c"t".to_owned(), 1)]);
        let held = Arc::clone(&second);
        s::sqlite3_update_hook(db.as_ref(), Some(move |_, _: &CStr, _: &CStr, _| drop(Arc::clone(&held))));
        assert_eq!((Arc::strong_count(&first), Arc::strong_count(&second)), (1, 2), "replaced");
        let held = Arc::clone(&first);
        s::sqlite3_progress_handler(db.as_ref(), 1, Some(move || Arc::strong_count(&held) as c_int));
        assert_eq!(rows(db.as_ref(), c"select 1"), Err(9), "interrupted");
        s::sqlite3_progress_handler(db.as_ref(), 0, None::<fn() -> c_int>);
        assert_eq!(Arc::strong_count(&first), 1, "taken back");
        s::sqlite3_commit_hook(db.as_ref(), Some(|| panic!("not this one")));
        assert_eq!(said(|| _ = rows(db.as_ref(), c"insert into t values (2)")), "not this one");
        s::sqlite3_commit_hook(db.as_ref(), None::<fn() -> c_int>);
        assert_eq!(rows(db.as_ref(), c"select count(*) from t"), Ok(vec![vec!["1".to_owned()]]), "rolled back");
        drop(db);
        assert_eq!((Arc::strong_count(&first), Arc::strong_count(&second)), (1, 1), "closed");
    });
}

#[test]
fn sqlite_asks_whether_it_may() {
    at_every_level("sqlite_asks_whether_it_may", || {
        const DROP_TABLE: c_int = 11;
        let db = open();
        rows(db.as_ref(), c"create table t (x)").expect("created");
        let asked = |action, first: Option<&CStr>, _: Option<&CStr>, _: Option<&CStr>, _: Option<&CStr>| {
            c_int::from(action == DROP_TABLE && first == Some(c"t"))
        };
        s::sqlite3_set_authorizer(db.as_ref(), Some(asked)).expect("set");
        assert_eq!(rows(db.as_ref(), c"select count(*) from t"), Ok(vec![vec!["0".to_owned()]]));
        assert_eq!(rows(db.as_ref(), c"drop table t"), Err(23), "denied");
    });
}

/// `text` without a header around it, as inflateBack wants it.
fn packed(text: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let mut packer = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(text).expect("memory is there");
    packer.finish().expect("as above")
}

#[test]
fn zlib_gets_and_gives_pieces() {
    at_every_level("zlib_gets_and_gives_pieces", || {
        const SIZE: c_int = size_of::<z::z_stream>() as c_int;
        let text: Vec<u8> = (0..100_000_u32).map(|number| (number % 251) as u8).collect();
        let packed = packed(&text);
        let mut window = vec![0_u8; 32768];
        // SAFETY: numbers, null pointers and absent functions.
        let mut strm = Box::new(unsafe { std::mem::zeroed::<z::z_stream>() });
        // SAFETY: the stream and the window stay until the end.
        let begun = unsafe { z::inflateBackInit_(&mut *strm, 15, window.as_mut_ptr(), z::zlibVersion(), SIZE) };
        assert_eq!(begun, 0);
        let mut pieces = packed.chunks(1000);
        let mut unpacked = Vec::new();
        let give = |buffer: &mut *mut u8| {
            let piece = pieces.next().unwrap_or_default();
            *buffer = piece.as_ptr().cast_mut();
            piece.len() as u32
        };
        let take = |piece: &[u8]| {
            unpacked.extend_from_slice(piece);
            0
        };
        // SAFETY: pieces stay to the end of this function.
        unsafe { z::inflateBack(&mut strm, give, take) }.expect("it is whole");
        assert_eq!(unpacked, text);
        let mut pieces = packed.chunks(1000);
        let give = |buffer: &mut *mut u8| {
            let piece = pieces.next().unwrap_or_default();
            *buffer = piece.as_ptr().cast_mut();
            piece.len() as u32
        };
        let mut taken = 0;
        let text = said(|| {
            let take = |piece: &[u8]| {
                taken += piece.len();
                panic!("no more than {taken}")
            };
            // SAFETY: as above.
            _ = unsafe { z::inflateBack(&mut strm, give, take) };
        });
        assert_eq!(text, "no more than 32768");
        // SAFETY: begun above.
        assert_eq!(unsafe { z::inflateBackEnd(&mut *strm) }, 0);
    });
}
