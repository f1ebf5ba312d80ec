//! Legal calls of sqlite3's variadic functions in their typed forms, with memory of the caller's: no report, at any level.

#![allow(clippy::useless_vec, reason = "a block of the heap is what the test is about")]
#![allow(clippy::multiple_unsafe_ops_per_block, reason = "a test is a row of calls; one proof stands for the row")]

mod support;

use pinned_ffi::pinned_ffi;
use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::ptr::null_mut;
use support::at_every_level;

#[pinned_ffi(header = "sqlite3.h", allow = "sqlite3_.*")]
mod s {}

#[link(name = "sqlite3")]
unsafe extern "C" {}

const OK: c_int = 0;
const ERROR: c_int = 1;
const MISUSE: c_int = 21;

fn open() -> *mut s::sqlite3 {
    let mut db = null_mut();
    // SAFETY: a C string, and room for the handle.
    assert_eq!(unsafe { s::sqlite3_open(c":memory:".as_ptr(), &mut db) }, OK);
    db
}

fn run(db: *mut s::sqlite3, sql: &CStr) -> c_int {
    // SAFETY: a C string.
    unsafe { s::sqlite3_exec(db, sql.as_ptr(), None, null_mut(), null_mut()) }
}

// F079
#[test]
fn pages_of_the_caller() {
    at_every_level("pages_of_the_caller", || {
        // SAFETY: no other thread uses SQLite; memory stays until it is replaced, or until shutdown.
        unsafe {
            let mut header = Box::new(0);
            assert_eq!(s::sqlite3_config_pcache_hdrsz(&mut *header), OK);
            let size = 4096 + (*header + 7) / 8 * 8;
            let bytes = size as usize * 50;
            let (mut first, mut second) = (vec![0_u64; bytes / 8], vec![0_u64; bytes / 8]);
            assert_eq!(s::sqlite3_config_pagecache(first.as_mut_ptr().cast(), size, 50), OK);
            assert_eq!(s::sqlite3_config_pagecache(second.as_mut_ptr().cast(), size, 50), OK);
            drop(first);
            assert_eq!(s::sqlite3_initialize(), OK);
            let db = open();
            assert_eq!(run(db, c"CREATE TABLE t(a); INSERT INTO t VALUES (zeroblob(9000) || 'kept in a page')"), OK);
            let (mut used, mut most) = (Box::new(0), Box::new(0));
            assert_eq!(s::sqlite3_status(1, &mut *used, &mut *most, 0), OK);
            assert!(*used > 0 && *used <= *most, "{used} {most}");
            // Too late: nothing is kept.
            let mut late = vec![0_u64; bytes / 8];
            assert_eq!(s::sqlite3_config_pagecache(late.as_mut_ptr().cast(), size, 50), MISUSE);
            drop(late);
            assert_eq!(s::sqlite3_close(db), OK);
            assert_eq!(s::sqlite3_shutdown(), OK);
            let bytes = std::slice::from_raw_parts(second.as_ptr().cast::<u8>(), bytes);
            assert!(bytes.windows(14).any(|part| part == b"kept in a page"));
            drop(second);
            // No memory: SQLite's own again.
            assert_eq!(s::sqlite3_config_pagecache(null_mut(), 0, 0), OK);
            let mut heap = vec![0_u64; 1 << 16];
            let code = s::sqlite3_config_heap(heap.as_mut_ptr().cast(), 1 << 19, 64);
            if code == OK {
                let db = open();
                assert_eq!(run(db, c"CREATE TABLE t(a)"), OK);
                assert_eq!(s::sqlite3_close(db), OK);
                assert_eq!(s::sqlite3_shutdown(), OK);
                assert!(heap.iter().any(|word| *word != 0));
            } else {
                // Built without an allocator of its own: nothing is kept.
                assert_eq!(code, ERROR);
            }
            drop(heap);
        }
    });
}

/// What was logged, and how often.
struct Log {
    last: String,
    count: u32,
}

unsafe extern "C" fn log(data: *mut c_void, _: c_int, message: *const c_char) {
    // SAFETY: the log that was set, and a message that lives for the call.
    unsafe {
        let log = &mut *data.cast::<Log>();
        log.last = CStr::from_ptr(message).to_string_lossy().into_owned();
        log.count += 1;
    }
}

// F079
#[test]
fn data_and_names_of_the_caller() {
    at_every_level("data_and_names_of_the_caller", || {
        // SAFETY: no other thread uses SQLite; the log stays until it is taken away, the name until the close.
        unsafe {
            let mut kept = Box::new(Log { last: String::new(), count: 0 });
            let data = &raw mut *kept;
            assert_eq!(s::sqlite3_config_log(Some(log), data.cast()), OK);
            let db = open();
            assert_eq!(run(db, c"nonsense"), ERROR);
            assert!((*data).count == 1 && (*data).last.contains("nonsense"), "{}", (*data).last);
            let name = CString::new("mine").expect("no zero");
            assert_eq!(s::sqlite3_db_config_maindbname(db, name.as_ptr()), OK);
            assert_eq!(s::sqlite3_db_name(db, 0), name.as_ptr());
            assert_eq!(run(db, c"CREATE TABLE mine.t(a)"), OK);
            let mut state = Box::new(-1);
            assert_eq!(s::sqlite3_db_config_enable_fkey(db, 1, &mut *state), OK);
            assert_eq!(*state, 1);
            assert_eq!(s::sqlite3_db_config_enable_fkey(db, -1, null_mut()), OK);
            let mut room = vec![0_u64; 1024];
            assert_eq!(s::sqlite3_db_config_lookaside(db, room.as_mut_ptr().cast(), 128, 64), OK);
            assert_eq!(run(db, c"SELECT count(*) FROM mine.t"), OK);
            assert_eq!(s::sqlite3_close(db), OK);
            drop((name, room));
            assert_eq!(s::sqlite3_shutdown(), OK);
            assert_eq!(s::sqlite3_config_log(None, null_mut()), OK);
            drop(kept);
            assert_eq!(s::sqlite3_initialize(), OK);
            let db = open();
            assert_eq!(run(db, c"nonsense"), ERROR);
            assert_eq!(s::sqlite3_close(db), OK);
        }
    });
}
