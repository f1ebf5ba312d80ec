//! Closures that libc, sqlite3 and zlib call by the contracts of the packs alone: no report at any level, panics that come back,
//! and nothing that leaks.

#![allow(non_camel_case_types, reason = "C's names")]
#![allow(clippy::multiple_unsafe_ops_per_block, reason = "a test is a row of calls; one proof stands for the row")]

mod support;

use pinned_ffi::{AssertSignalSafe, Owned, Ref, on_signal, pinned_ffi};
use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicI32, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use support::at_every_level;

/// What `stat` tells of a file.
#[repr(C)]
struct stat {
    inside: [u8; 0],
}

/// A thread, as glibc numbers it.
type pthread_t = std::ffi::c_ulong;

/// How a thread is to be made.
#[repr(C)]
struct pthread_attr_t {
    inside: [u64; 7],
}

// What is not said here comes from the pack.
#[rustfmt::skip]
#[pinned_ffi]
unsafe extern "C" {
    #[idiomatic]
    fn qsort(base: *mut c_void, nmemb: usize, size: usize, compar: Option<unsafe extern "C" fn(*const c_void, *const c_void) -> c_int>);
    #[idiomatic]
    fn qsort_r(
        base: *mut c_void, nmemb: usize, size: usize,
        compar: Option<unsafe extern "C" fn(*const c_void, *const c_void, *mut c_void) -> c_int>, arg: *mut c_void,
    );
    #[idiomatic]
    fn bsearch(
        key: *const c_void, base: *const c_void, nmemb: usize, size: usize,
        compar: Option<unsafe extern "C" fn(*const c_void, *const c_void) -> c_int>,
    ) -> *mut c_void;
    safe fn ftw64(
        dirpath: *const c_char, r#fn: Option<unsafe extern "C" fn(*const c_char, *const stat, c_int) -> c_int>, nopenfd: c_int,
    ) -> c_int;
    #[idiomatic]
    fn pthread_create(
        thread: *mut pthread_t, attr: *const pthread_attr_t,
        start_routine: Option<unsafe extern "C" fn(*mut c_void) -> *mut c_void>, arg: *mut c_void,
    ) -> c_int;
    fn pthread_join(thread: pthread_t, retval: *mut *mut c_void) -> c_int;
    safe fn signal(signum: c_int, handler: Option<unsafe extern "C" fn(c_int)>) -> Option<unsafe extern "C" fn(c_int)>;
    safe fn raise(sig: c_int) -> c_int;
    safe fn pthread_once(once_control: *mut c_int, init_routine: Option<unsafe extern "C" fn()>) -> c_int;
}

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

/// The number that a comparison gets.
fn number(at: *const c_void) -> i32 {
    // SAFETY: an element of an array of numbers, or the key, for the time of the comparison; libc may have copied it anywhere.
    unsafe { at.cast::<i32>().read_unaligned() }
}

fn bytes(numbers: &mut [i32]) -> &mut [u8] {
    // SAFETY: bytes of numbers, which may be any.
    unsafe { std::slice::from_raw_parts_mut(numbers.as_mut_ptr().cast(), size_of_val(numbers)) }
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
fn libc_sorts_and_searches() {
    at_every_level("libc_sorts_and_searches", || {
        let mut numbers = [5, 3, 9, 1];
        let mut compared = 0;
        // SAFETY: 4 numbers of 4 bytes; each comparison is a total order, or panics.
        unsafe {
            qsort(bytes(&mut numbers), 4, 4, |left, right| {
                compared += 1;
                number(left).cmp(&number(right)) as c_int
            });
            assert_eq!((numbers, compared > 2), ([1, 3, 5, 9], true));
            let backwards = -1;
            qsort_r(bytes(&mut numbers), 4, 4, |left, right| (number(left) - number(right)) * backwards);
            assert_eq!(numbers, [9, 5, 3, 1]);
            let wanted = 3;
            let found = bsearch((&raw const wanted).cast(), bytes(&mut numbers), 4, 4, |key, element| {
                number(element) - number(key)
            });
            assert_eq!(found.map(|found| number(found.as_ptr().cast())), Some(3));
            // Inside a comparison the same function may be called.
            qsort(bytes(&mut numbers), 4, 4, |left, right| {
                let mut inner = [number(right), number(left)];
                qsort(bytes(&mut inner), 2, 4, |left, right| number(left) - number(right));
                if inner[0] == number(left) { -1 } else { 1 }
            });
            assert_eq!(numbers, [1, 3, 5, 9]);
            assert_eq!(said(|| qsort(bytes(&mut numbers), 4, 4, |_, _| panic!("no order"))), "no order");
        }
        numbers.sort_unstable();
        assert_eq!(numbers, [1, 3, 5, 9], "nothing is lost");
    });
}

#[test]
fn libc_walks_a_folder() {
    at_every_level("libc_walks_a_folder", || {
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::write(folder.path().join("a"), "a").expect("it can be written");
        let path = CString::new(folder.path().to_str().expect("a text")).expect("no zero");
        let mut seen = Vec::new();
        let code = ftw64(
            &path,
            |path: &CStr, _, kind| {
                seen.push((path.to_string_lossy().ends_with("/a"), kind));
                0
            },
            4,
        );
        assert_eq!((code.expect("walked"), seen), (0, vec![(false, 1), (true, 0)]));
        assert_eq!(said(|| _ = ftw64(&path, |_, _, _| panic!("enough"), 4)), "enough");
        assert_eq!(ftw64(&path, |_, _, _| 7, 4).expect("its own result"), 7);
        assert!(ftw64(c"/no/such/folder", |_, _, _| 0, 4).is_err());
    });
}

#[test]
fn a_thread_of_c_runs_a_closure() {
    at_every_level("a_thread_of_c_runs_a_closure", || {
        let held = Arc::new(Mutex::new(3));
        let inside = Arc::clone(&held);
        let run = move || {
            *inside.lock().expect("nobody panics") += 4;
            std::ptr::without_provenance_mut::<c_void>(5)
        };
        let mut thread = std::mem::MaybeUninit::uninit();
        let mut result = std::ptr::null_mut();
        // SAFETY: what the closure gives is a number, and taken for one.
        unsafe {
            pthread_create(&mut thread, None, run).expect("a thread");
            assert_eq!(pthread_join(thread.assume_init(), &mut result), 0);
        }
        assert_eq!((result.addr(), *held.lock().expect("as above"), Arc::strong_count(&held)), (5, 7, 1));
    });
}

#[test]
fn once_runs_a_closure_once() {
    at_every_level("once_runs_a_closure_once", || {
        let (mut control, mut runs) = (0, 0);
        for _ in 0..2 {
            pthread_once(&mut control, || runs += 1).expect("it ran");
        }
        assert_eq!(runs, 1);
    });
}

static USER_1: AtomicBool = AtomicBool::new(false);
static USER_2: AtomicUsize = AtomicUsize::new(0);
static NUMBER: AtomicI32 = AtomicI32::new(0);

#[test]
fn signal_handlers_change_atomics() {
    at_every_level("signal_handlers_change_atomics", || {
        const SIGUSR1: c_int = 10;
        const SIGUSR2: c_int = 12;
        const SIGWINCH: c_int = 28;
        let before = signal(SIGUSR1, on_signal!(USER_1 = true)).expect("a signal that there is");
        assert!(before.is_none(), "the default was set");
        signal(SIGUSR2, on_signal!(USER_2 += 2)).expect("as above");
        // SAFETY: a store into an atomic.
        let number = unsafe { AssertSignalSafe::new(|number| NUMBER.store(number, Ordering::SeqCst)) };
        signal(SIGWINCH, number).expect("as above");
        for number in [SIGUSR1, SIGUSR2, SIGUSR2, SIGWINCH] {
            assert_eq!(raise(number), 0);
        }
        let seen = (USER_1.load(Ordering::SeqCst), USER_2.load(Ordering::SeqCst), NUMBER.load(Ordering::SeqCst));
        assert_eq!(seen, (true, 4, SIGWINCH));
        assert!(signal(SIGUSR1, on_signal!(USER_1 = false)).expect("as above").is_some(), "the handler from before");
        assert!(signal(4000, number).is_err(), "no such signal");
    });
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
