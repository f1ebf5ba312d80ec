//! Whole programs, measured as processes: `loads NAME SIZE`. What each one prints is the same at every level.
//!
//! They are written as users write them, with raw calls of annotated functions: the cost of checks is what is asked.

#![allow(clippy::multiple_unsafe_ops_per_block, reason = "one claim for the calls of one object")]
#![allow(non_camel_case_types, non_snake_case, reason = "C's names")]

use libc::{c_char, c_int, c_uchar, c_uint, c_ulong, c_void, size_t};
use pinned_ffi_bench::Numbers;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ffi::{CStr, CString};
use std::ptr::{null, null_mut};
use std::sync::Mutex;
use std::time::{Duration, Instant};

// Their C is compiled along and linked, as the build wants it; what is declared here is ours.
use {libsqlite3_sys as _, libz_sys as _};

#[global_allocator]
static ALLOC: pinned_ffi::TrackedAlloc = pinned_ffi::TrackedAlloc::system();
#[cfg(feature = "interposed")]
pinned_ffi::interpose_malloc!();

/// C's `z_stream`, whose functions of allocation zlib fills in.
#[pinned_ffi::pinned_ffi]
#[repr(C)]
struct z_stream_s {
    next_in: *const c_uchar,
    avail_in: c_uint,
    total_in: c_ulong,
    next_out: *mut c_uchar,
    avail_out: c_uint,
    total_out: c_ulong,
    msg: *mut c_char,
    state: *mut c_void,
    zalloc: Option<unsafe extern "C" fn(*mut c_void, c_uint, c_uint) -> *mut c_void>,
    zfree: Option<unsafe extern "C" fn(*mut c_void, *mut c_void)>,
    opaque: *mut c_void,
    data_type: c_int,
    adler: c_ulong,
    reserved: c_ulong,
}

type z_stream = z_stream_s;

#[rustfmt::skip]
#[pinned_ffi::pinned_ffi(raw = z_raw)]
unsafe extern "C" {
    fn zlibVersion() -> *const c_char;
    fn deflateInit_(strm: *mut z_stream, level: c_int, version: *const c_char, stream_size: c_int) -> c_int;
    fn deflate(strm: *mut z_stream, flush: c_int) -> c_int;
    fn deflateEnd(strm: *mut z_stream) -> c_int;
}

enum sqlite3 {}
enum sqlite3_stmt {}

#[rustfmt::skip]
#[pinned_ffi::pinned_ffi(raw = sqlite3_raw)]
unsafe extern "C" {
    fn sqlite3_open(#[null_terminated] filename: *const c_char, #[out] ppDb: *mut *mut sqlite3) -> c_int;
    fn sqlite3_close(db: *mut sqlite3) -> c_int;
    fn sqlite3_prepare_v2(
        db: *mut sqlite3, #[counted_by(nByte)] zSql: *const c_char, nByte: c_int, ppStmt: *mut *mut sqlite3_stmt,
        pzTail: *mut *const c_char,
    ) -> c_int;
    fn sqlite3_step(pStmt: *mut sqlite3_stmt) -> c_int;
    fn sqlite3_reset(pStmt: *mut sqlite3_stmt) -> c_int;
    fn sqlite3_finalize(pStmt: *mut sqlite3_stmt) -> c_int;
    fn sqlite3_bind_int64(pStmt: *mut sqlite3_stmt, index: c_int, value: i64) -> c_int;
    fn sqlite3_bind_text(
        pStmt: *mut sqlite3_stmt, index: c_int, #[counted_by(n)] value: *const c_char, n: c_int, destructor: *const c_void,
    ) -> c_int;
    fn sqlite3_column_int64(pStmt: *mut sqlite3_stmt, iCol: c_int) -> i64;
    fn sqlite3_column_text(pStmt: *mut sqlite3_stmt, iCol: c_int) -> *const c_uchar;
}

#[rustfmt::skip]
#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    #[link_name = "strlen"]
    fn length(#[null_terminated] #[noescape] text: *const c_char) -> size_t;
}

// Without wrappers: what is asked is who sees what C does.
unsafe extern "C" {
    fn adler32(adler: c_ulong, buf: *const c_uchar, len: c_uint) -> c_ulong;
    fn sqlite3_complete(sql: *const c_char) -> c_int;
}

/// A byte behind a block, read by a library's own code: seen by AddressSanitizer where it is in there.
fn overrun(which: usize) -> usize {
    let bytes = std::hint::black_box(vec![b'x'; 40]);
    // SAFETY: none, but for AddressSanitizer, which stops the program; else the byte is one of the allocator's, and a zero is near.
    unsafe {
        if which == 0 {
            adler32(1, bytes.as_ptr(), bytes.len() as c_uint + 1) as usize
        } else {
            sqlite3_complete(bytes.as_ptr().cast()) as usize
        }
    }
}

/// Text that compresses somewhat: words of a small vocabulary.
fn text(bytes: usize) -> Vec<u8> {
    let mut numbers = Numbers(1);
    let words: Vec<Vec<u8>> = (0..500)
        .map(|_| (0..3 + numbers.next(8)).map(|_| b'a' + numbers.next(26) as u8).chain([b' ']).collect())
        .collect();
    let mut text = Vec::with_capacity(bytes + 16);
    while text.len() < bytes {
        text.extend_from_slice(&words[numbers.next(words.len())]);
    }
    text.truncate(bytes);
    text
}

/// `size` mebibytes through `deflate`, 4 KiB a call, into a buffer of 16 KiB.
fn zlib(size: usize) -> usize {
    const PIECE: usize = 4096;
    let input = text(1 << 20);
    let mut out = vec![0_u8; 16384];
    // SAFETY: numbers, null pointers and absent functions.
    let mut strm: Box<z_stream> = Box::new(unsafe { std::mem::zeroed() });
    // SAFETY: the stream stays in its box.
    let version = unsafe { zlibVersion() };
    // SAFETY: as above.
    let code = unsafe { deflateInit_(&raw mut *strm, 1, version, size_of::<z_stream>() as c_int) };
    assert_eq!(code, 0);
    let mut compressed = 0;
    for _ in 0..size {
        for piece in input.chunks(PIECE) {
            (strm.next_in, strm.avail_in) = (piece.as_ptr(), piece.len() as c_uint);
            (strm.next_out, strm.avail_out) = (out.as_mut_ptr(), out.len() as c_uint);
            // SAFETY: both buffers live through the call, and 16 KiB hold what 4 KiB become.
            assert_eq!(unsafe { deflate(&raw mut *strm, 0) }, 0);
            compressed += out.len() - strm.avail_out as usize;
        }
    }
    loop {
        (strm.next_in, strm.avail_in) = (null(), 0);
        (strm.next_out, strm.avail_out) = (out.as_mut_ptr(), out.len() as c_uint);
        // SAFETY: no input, and the buffer of before.
        let code = unsafe { deflate(&raw mut *strm, 4) };
        compressed += out.len() - strm.avail_out as usize;
        if code == 1 {
            break;
        }
        assert_eq!(code, 0);
    }
    // SAFETY: the stream was made above.
    assert_eq!(unsafe { deflateEnd(&raw mut *strm) }, 0);
    compressed
}

fn prepare(db: *mut sqlite3, sql: &str) -> *mut sqlite3_stmt {
    let mut statement = null_mut();
    // SAFETY: a connection, a text with its length, a place for the statement.
    let code =
        unsafe { sqlite3_prepare_v2(db, sql.as_ptr().cast(), sql.len() as c_int, &raw mut statement, null_mut()) };
    assert_eq!(code, 0, "{sql}");
    statement
}

fn once(db: *mut sqlite3, sql: &str) {
    let statement = prepare(db, sql);
    // SAFETY: the statement was just made, and ends here.
    assert_eq!(unsafe { (sqlite3_step(statement), sqlite3_finalize(statement)) }, (101, 0));
}

/// `size` rows put in by a prepared statement, and read again.
fn sqlite(size: usize) -> usize {
    let mut db = null_mut();
    // SAFETY: a text and a place.
    assert_eq!(unsafe { sqlite3_open(c":memory:".as_ptr(), &raw mut db) }, 0);
    once(db, "create table t (number integer primary key, word text)");
    once(db, "begin");
    let insert = prepare(db, "insert into t values (?1, ?2)");
    let mut numbers = Numbers(2);
    for row in 0..size {
        let word = format!("row {row} {}", numbers.next(1_000_000));
        // SAFETY: a statement; SQLite copies the text, for the destructor is SQLITE_TRANSIENT.
        unsafe {
            assert_eq!(sqlite3_bind_int64(insert, 1, row as i64), 0);
            let is_copied = std::ptr::without_provenance(usize::MAX);
            assert_eq!(sqlite3_bind_text(insert, 2, word.as_ptr().cast(), word.len() as c_int, is_copied), 0);
            assert_eq!(sqlite3_step(insert), 101);
            assert_eq!(sqlite3_reset(insert), 0);
        }
    }
    // SAFETY: the statement is not used again.
    assert_eq!(unsafe { sqlite3_finalize(insert) }, 0);
    once(db, "commit");
    let select = prepare(db, "select number, word from t");
    let mut total = 0;
    // SAFETY: the statement has rows as long as it says so, and a text lives until the next step.
    while unsafe { sqlite3_step(select) } == 100 {
        // SAFETY: a row is there.
        let number = unsafe { sqlite3_column_int64(select, 0) };
        // SAFETY: as above.
        let word = unsafe { CStr::from_ptr(sqlite3_column_text(select, 1).cast()) }.to_owned();
        total += word.as_bytes().len() + usize::from(number % 2 == 0);
    }
    // SAFETY: nothing is used again.
    assert_eq!(unsafe { (sqlite3_finalize(select), sqlite3_close(db)) }, (0, 0));
    total
}

/// Words cut, changed, counted and measured by C: about `size` blocks on the heap.
fn words(size: usize) -> usize {
    let text = String::from_utf8(text(1 << 16)).expect("letters and spaces");
    let (mut blocks, mut total) = (0, 0);
    let mut counts: HashMap<String, usize> = HashMap::new();
    while blocks < size {
        for line in text.as_bytes().chunks(80) {
            let line = String::from_utf8_lossy(line).into_owned();
            let mut kept: Vec<String> = Vec::new();
            for word in line.split(' ') {
                let upper = word.to_uppercase();
                let both = format!("{word}={upper}");
                *counts.entry(upper).or_default() += 1;
                kept.push(both);
                blocks += 3;
            }
            let joined = CString::new(kept.join(",")).expect("no zero");
            blocks += 4;
            // SAFETY: a text.
            total += unsafe { length(joined.as_ptr()) };
        }
    }
    total + counts.len()
}

/// A tree that is as deep on both sides as its numbers say.
struct Node {
    value: usize,
    below: [Option<Box<Node>>; 2],
}

impl Node {
    fn new(value: usize, depth: usize) -> Box<Self> {
        let below = |side: usize| (depth > 0).then(|| Self::new(value * 2 + side, depth - 1));
        Box::new(Self { value, below: [below(0), below(1)] })
    }

    fn sum(&self) -> usize {
        self.value % 7 + self.below.iter().flatten().map(|node| node.sum()).sum::<usize>()
    }
}

/// `size` trees of 16,383 boxes, three alive at once.
fn trees(size: usize) -> usize {
    let mut alive = std::collections::VecDeque::new();
    (0..size)
        .map(|value| {
            alive.push_back(Node::new(value, 13));
            if alive.len() > 3 {
                alive.pop_front();
            }
            alive.back().map_or(0, |tree| tree.sum())
        })
        .sum()
}

/// A document of 1,000 objects, read, changed and written `size` times.
fn json(size: usize) -> usize {
    let mut numbers = Numbers(4);
    let object = |number: usize| {
        let tags: Vec<String> = (0..number % 5).map(|tag| format!("\"tag {tag}\"")).collect();
        let (score, tags) = (numbers.next(1000), tags.join(","));
        format!("{{\"id\":{number},\"name\":\"name {number}\",\"score\":{score}.5,\"tags\":[{tags}]}}")
    };
    let text = format!("[{}]", (0..1000).map(object).collect::<Vec<_>>().join(","));
    let mut total = 0;
    for turn in 0..size {
        let mut value: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
        for object in value.as_array_mut().expect("a list") {
            object["turn"] = format!("turn {turn}").into();
        }
        total += value.to_string().len();
    }
    total
}

/// `size` times 300 vectors of bytes and of numbers, pushed to in turns, so that each moves as it grows.
fn grow(size: usize) -> usize {
    let mut total = 0;
    for turn in 0..size {
        let mut numbers = Numbers(turn as u64);
        let mut bytes: Vec<Vec<u8>> = (0..200).map(|_| Vec::new()).collect();
        let mut words: Vec<Vec<u64>> = (0..100).map(|_| Vec::new()).collect();
        for _ in 0..20_000 {
            let number = numbers.next(1 << 20);
            bytes[number % 200].extend_from_slice(&[number as u8; 24][..number % 24]);
            words[number % 100].push(number as u64);
        }
        total += bytes.iter().map(Vec::len).sum::<usize>() + words.iter().map(Vec::len).sum::<usize>();
    }
    total
}

/// `size` times a map from 20,000 texts to short vectors, filled and emptied again in another order.
fn maps(size: usize) -> usize {
    let mut total = 0;
    for turn in 0..size {
        let mut numbers = Numbers(turn as u64);
        let mut map: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for number in 0..20_000 {
            map.entry(format!("key {}", numbers.next(15_000))).or_default().push(number);
        }
        for number in 0..15_000 {
            total += map.remove(&format!("key {}", number * 7919 % 15_000)).map_or(0, |numbers| numbers.len());
        }
        assert!(map.is_empty());
    }
    total
}

/// The memory of the process in KiB, as the kernel counts it.
fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

/// Four threads with all of this in turns, for so many seconds; each minute how much memory the process has. Gives the sums that
/// came out, of which there is one for each load.
fn mixed(seconds: usize) -> usize {
    const LOADS: [fn() -> usize; 7] =
        [|| zlib(1), || sqlite(2000), || words(20_000), || trees(3), || json(2), || grow(1), || maps(1)];
    let (begin, length) = (Instant::now(), Duration::from_secs(seconds as u64));
    let sums = Mutex::new(BTreeSet::new());
    let is_over = || begin.elapsed() >= length;
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let sums = &sums;
            scope.spawn(move || {
                let mut turn = thread;
                while !is_over() {
                    let load = turn % LOADS.len();
                    let sum = LOADS[load]();
                    sums.lock().expect("no panic").insert((load, sum));
                    turn += 1;
                }
            });
        }
        for minute in 0.. {
            eprintln!("minute {minute}: {} KiB", resident());
            let next = (length).min(Duration::from_secs(60 * (minute + 1)));
            std::thread::sleep(next.saturating_sub(begin.elapsed()));
            if is_over() {
                break;
            }
        }
    });
    eprintln!("at the end: {} KiB", resident());
    sums.into_inner().expect("no panic").len()
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let name = arguments.next().expect("the name of a load");
    let size = arguments.next().and_then(|size| size.parse().ok()).expect("its size");
    let result = match name.as_str() {
        "zlib" => zlib(size),
        "sqlite3" => sqlite(size),
        "text" => words(size),
        "tree" => trees(size),
        "json" => json(size),
        "grow" => grow(size),
        "map" => maps(size),
        "mixed" => mixed(size),
        "overrun" => overrun(size),
        other => panic!("there is no load `{other}`"),
    };
    println!("{name} {result}");
}
