//! Odd and legal uses of memory by libc, zlib and SQLite, as programs have them: no report, at any level.

#![allow(clippy::useless_vec, reason = "a block of the heap is what the test is about")]
#![allow(clippy::multiple_unsafe_ops_per_block, reason = "each test is one sequence of calls")]
#![allow(non_camel_case_types, reason = "C's names")]

mod support;

use libc::{FILE, c_char, c_int, c_uchar, c_uint, c_ulong, c_void, iovec, size_t, ssize_t};
use pinned_ffi::pinned_ffi;
use std::ffi::CStr;
use std::mem::zeroed;
use std::ptr::null_mut;
use support::at_every_level;

#[rustfmt::skip]
#[pinned_ffi]
unsafe extern "C" {
    fn malloc(size: size_t) -> *mut c_void;
    fn calloc(nmemb: size_t, size: size_t) -> *mut c_void;
    fn realloc(ptr: *mut c_void, size: size_t) -> *mut c_void;
    fn reallocarray(ptr: *mut c_void, nmemb: size_t, size: size_t) -> *mut c_void;
    fn free(ptr: *mut c_void);
    fn getline(lineptr: *mut *mut c_char, n: *mut size_t, stream: *mut FILE) -> ssize_t;
    fn getdelim(lineptr: *mut *mut c_char, n: *mut size_t, delimiter: c_int, stream: *mut FILE) -> ssize_t;
    fn fmemopen(buf: *mut c_void, size: size_t, mode: *const c_char) -> *mut FILE;
    fn open_memstream(ptr: *mut *mut c_char, sizeloc: *mut size_t) -> *mut FILE;
    fn fputs(s: *const c_char, stream: *mut FILE) -> c_int;
    fn fclose(stream: *mut FILE) -> c_int;
    fn strtok_r(s: *mut c_char, delim: *const c_char, saveptr: *mut *mut c_char) -> *mut c_char;
    fn strsep(stringp: *mut *mut c_char, delim: *const c_char) -> *mut c_char;
    fn pipe(pipefd: *mut c_int) -> c_int;
    fn close(fd: c_int) -> c_int;
    fn read(fd: c_int, buf: *mut c_void, count: size_t) -> ssize_t;
    fn write(fd: c_int, buf: *const c_void, count: size_t) -> ssize_t;
    fn writev(fd: c_int, iov: *const iovec, iovcnt: c_int) -> ssize_t;
    fn readv(fd: c_int, iov: *const iovec, iovcnt: c_int) -> ssize_t;
    fn qsort(
        base: *mut c_void, nmemb: size_t, size: size_t,
        compar: Option<unsafe extern "C" fn(*const c_void, *const c_void) -> c_int>,
    );
    fn memmove(dest: *mut c_void, src: *const c_void, n: size_t) -> *mut c_void;
    fn memcpy(dest: *mut c_void, src: *const c_void, n: size_t) -> *mut c_void;
    fn memchr(s: *const c_void, c: c_int, n: size_t) -> *mut c_void;
    fn asprintf(strp: *mut *mut c_char, fmt: *const c_char, ...) -> c_int;
    fn strdup(s: *const c_char) -> *mut c_char;
    fn strlen(s: *const c_char) -> size_t;
    fn setvbuf(stream: *mut FILE, buf: *mut c_char, mode: c_int, size: size_t) -> c_int;
    fn tmpfile() -> *mut FILE;
    fn fread(ptr: *mut c_void, size: size_t, nmemb: size_t, stream: *mut FILE) -> size_t;
    fn rewind(stream: *mut FILE);
}

enum sqlite3 {}
enum sqlite3_stmt {}

#[rustfmt::skip]
#[pinned_ffi(raw = sqlite3_raw)]
#[link(name = "sqlite3")]
unsafe extern "C" {
    fn sqlite3_open(filename: *const c_char, ppDb: *mut *mut sqlite3) -> c_int;
    fn sqlite3_close(db: *mut sqlite3) -> c_int;
    fn sqlite3_prepare_v2(
        db: *mut sqlite3, zSql: *const c_char, nByte: c_int, ppStmt: *mut *mut sqlite3_stmt, pzTail: *mut *const c_char,
    ) -> c_int;
    fn sqlite3_step(pStmt: *mut sqlite3_stmt) -> c_int;
    fn sqlite3_finalize(pStmt: *mut sqlite3_stmt) -> c_int;
    fn sqlite3_bind_text(
        pStmt: *mut sqlite3_stmt, i: c_int, value: *const c_char, n: c_int,
        destructor: Option<unsafe extern "C" fn(*mut c_void)>,
    ) -> c_int;
    fn sqlite3_column_text(pStmt: *mut sqlite3_stmt, iCol: c_int) -> *const c_uchar;
    fn sqlite3_column_bytes(pStmt: *mut sqlite3_stmt, iCol: c_int) -> c_int;
}

#[pinned_ffi]
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
#[pinned_ffi(raw = z_raw)]
#[link(name = "z")]
unsafe extern "C" {
    fn zlibVersion() -> *const c_char;
    fn deflateInit_(strm: *mut z_stream, level: c_int, version: *const c_char, stream_size: c_int) -> c_int;
    fn deflate(strm: *mut z_stream, flush: c_int) -> c_int;
    fn deflateEnd(strm: *mut z_stream) -> c_int;
    fn uncompress(dest: *mut c_uchar, destLen: *mut c_ulong, source: *const c_uchar, sourceLen: c_ulong) -> c_int;
    fn adler32(adler: c_ulong, buf: *const c_uchar, len: c_uint) -> c_ulong;
}

/// C's memory that grows in C's hands, is filled by Rust, and freed by either side through C's own function.
#[test]
fn buffers_that_c_makes_longer() {
    // SAFETY: C's blocks, used within their length and freed once.
    at_every_level("buffers_that_c_makes_longer", || unsafe {
        for round in 0..50_usize {
            let mut block = malloc(8).cast::<u8>();
            block.write_bytes(7, 8);
            for bytes in [16, 100, 3000, 90, 70_000, 1] {
                block = realloc(block.cast(), bytes).cast();
                assert_eq!(*block, 7);
                block.add(bytes - 1).write(7);
            }
            block = reallocarray(block.cast(), 300, 4).cast();
            block.write_bytes(round as u8, 1200);
            if round % 2 == 0 {
                free(block.cast());
            } else {
                let owner = pinned_ffi::CVec::from_raw_parts(block, 1200).expect("not null");
                assert_eq!(owner.iter().map(|byte| usize::from(*byte)).sum::<usize>(), 1200 * round);
            }
        }
        // Null and nothing are C's to take.
        free(null_mut());
        let nothing = malloc(0);
        free(realloc(nothing, 10));
        free(calloc(0, 8));
    });
}

/// The same buffer for lines of all lengths, which C makes longer as it needs; one that `asprintf` and `open_memstream` make.
#[test]
fn lines_in_one_buffer_of_c() {
    // SAFETY: the text outlives its stream, and what C makes is freed once.
    at_every_level("lines_in_one_buffer_of_c", || unsafe {
        let text: Vec<u8> = (0..60_usize).flat_map(|line| [vec![b'a'; line * line], vec![b'\n']].concat()).collect();
        let mut text = text;
        let stream = fmemopen(text.as_mut_ptr().cast(), text.len(), c"r".as_ptr());
        let (mut line, mut room) = (null_mut(), 0);
        for length in 0..60_usize {
            assert_eq!(getline(&raw mut line, &raw mut room, stream), (length * length + 1) as ssize_t);
            assert_eq!(strlen(line), length * length + 1);
        }
        assert_eq!(getdelim(&raw mut line, &raw mut room, c_int::from(b';'), stream), -1);
        fclose(stream);
        free(line.cast());

        let (mut made, mut length) = (null_mut(), 0);
        let stream = open_memstream(&raw mut made, &raw mut length);
        for _ in 0..300 {
            assert!(fputs(c"a line, again and again\n".as_ptr(), stream) >= 0);
        }
        fclose(stream);
        assert_eq!((length, CStr::from_ptr(made).count_bytes()), (7200, 7200));
        free(made.cast());
        // Variadic: C's own declaration, without a wrapper.
        assert_eq!(asprintf(&raw mut made, c"%d and %s".as_ptr(), 7, c"eight".as_ptr()), 11);
        free(made.cast());
    });
}

/// Both cut a text of Rust's in place, and keep their place in it between calls.
#[test]
fn texts_cut_in_place() {
    // SAFETY: texts of this function, which end with a zero.
    at_every_level("texts_cut_in_place", || unsafe {
        let mut text = b"one two  three;four\0".to_vec();
        let mut place = null_mut();
        let mut word = strtok_r(text.as_mut_ptr().cast(), c" ;".as_ptr(), &raw mut place);
        let mut words = Vec::new();
        while !word.is_null() {
            words.push(CStr::from_ptr(word).to_owned());
            word = strtok_r(null_mut(), c" ;".as_ptr(), &raw mut place);
        }
        assert_eq!(words, [c"one".to_owned(), c"two".to_owned(), c"three".to_owned(), c"four".to_owned()]);
        let mut text = b"a,,b\0".to_vec();
        let mut rest: *mut c_char = text.as_mut_ptr().cast();
        let mut count = 0;
        while !strsep(&raw mut rest, c",".as_ptr()).is_null() {
            count += 1;
        }
        assert_eq!((count, rest.is_null()), (3, true));
        // A text whose zero is not the last byte of its block, and one that is a block of C's.
        let copy = strdup(b"copy\0rest".as_ptr().cast());
        assert_eq!(strlen(copy), 4);
        free(copy.cast());
    });
}

/// One buffer in several vectors, overlapping, as often as one likes: C only reads them.
#[test]
fn vectors_that_overlap_and_are_read() {
    // SAFETY: parts of two vectors that live through the calls; what is written does not overlap.
    at_every_level("vectors_that_overlap_and_are_read", || unsafe {
        let mut ends = [0; 2];
        assert_eq!(pipe(ends.as_mut_ptr()), 0);
        let mut text = b"0123456789".to_vec();
        let at = text.as_mut_ptr();
        let part = |from: usize, bytes: usize| iovec { iov_base: at.add(from).cast(), iov_len: bytes };
        // The empty ones lie one past the end, and nowhere.
        let nowhere = iovec { iov_base: null_mut(), iov_len: 0 };
        let all = [part(0, 10), part(2, 5), part(2, 5), part(10, 0), nowhere, part(9, 1)];
        assert_eq!(writev(ends[1], all.as_ptr(), all.len() as c_int), 21);
        let mut got = vec![0_u8; 30];
        let (first, second) = got.split_at_mut(7);
        let into = [
            iovec { iov_base: first.as_mut_ptr().cast(), iov_len: 7 },
            iovec { iov_base: second.as_mut_ptr().cast(), iov_len: 23 },
        ];
        assert_eq!(readv(ends[0], into.as_ptr(), 2), 21);
        assert_eq!(&got[..21], b"012345678923456234569");
        close(ends[0]);
        close(ends[1]);
    });
}

unsafe extern "C" fn by_first(left: *const c_void, right: *const c_void) -> c_int {
    // SAFETY: C passes two elements, which begin with this number.
    let first = |at: *const c_void| unsafe { *at.cast::<u32>() };
    first(left).cmp(&first(right)) as c_int
}

/// A part of a vector is sorted, elements of another size, none, and one.
#[test]
fn parts_of_a_vector_sorted() {
    // SAFETY: so many elements of this size are there, and the comparison reads their first number.
    at_every_level("parts_of_a_vector_sorted", || unsafe {
        let mut numbers: Vec<u32> = (0..5000).map(|number| number * 7919 % 5003).collect();
        qsort(numbers[100..].as_mut_ptr().cast(), 4000, 4, Some(by_first));
        assert!(numbers[100..4100].is_sorted() && !numbers.is_sorted());
        let mut pairs: Vec<[u32; 3]> = (0..40).map(|number| [number * 17 % 41, number, 0]).collect();
        qsort(pairs[5..].as_mut_ptr().cast(), 30, 12, Some(by_first));
        assert!(pairs[5..35].is_sorted_by_key(|pair| pair[0]));
        let mut empty: Vec<u32> = Vec::new();
        qsort(empty.as_mut_ptr().cast(), 0, 4, Some(by_first));
        qsort(numbers[4999..].as_mut_ptr().cast(), 1, 4, Some(by_first));
    });
}

/// SQLite copies what is TRANSIENT, so that its owner may go, change and grow before the statement runs.
#[test]
fn bound_and_copied() {
    // SAFETY: a connection and a statement that end here; SQLite copies what it is given.
    at_every_level("bound_and_copied", || unsafe {
        // SQLITE_TRANSIENT: a number where a function is expected.
        let transient = std::mem::transmute::<isize, Option<unsafe extern "C" fn(*mut c_void)>>(-1);
        let mut db = null_mut();
        assert_eq!(sqlite3_open(c":memory:".as_ptr(), &raw mut db), 0);
        let mut statement = null_mut();
        let mut rest = std::ptr::null();
        let sql = c"select ?1 || ?2 || ?3; a tail";
        assert_eq!(sqlite3_prepare_v2(db, sql.as_ptr(), -1, &raw mut statement, &raw mut rest), 0);
        assert_eq!(CStr::from_ptr(rest), c" a tail");
        let mut text = String::from("given");
        assert_eq!(sqlite3_bind_text(statement, 1, text.as_ptr().cast(), text.len() as c_int, transient), 0);
        text.clear();
        text.push_str(&"longer than before, so that it moves".repeat(9));
        assert_eq!(sqlite3_bind_text(statement, 2, text.as_ptr().cast(), 6, transient), 0);
        drop(text);
        let local = *b" local\0";
        assert_eq!(sqlite3_bind_text(statement, 3, local.as_ptr().cast(), -1, transient), 0);
        assert_eq!(sqlite3_step(statement), 100);
        let bytes = sqlite3_column_bytes(statement, 0) as usize;
        let got = std::slice::from_raw_parts(sqlite3_column_text(statement, 0), bytes).to_vec();
        assert_eq!(String::from_utf8_lossy(&got), "givenlonger local");
        assert_eq!((sqlite3_finalize(statement), sqlite3_close(db)), (0, 0));
    });
}

/// What is read and what is written lie in one vector, side by side, and zlib keeps both addresses in a stream that is used again.
#[test]
fn input_and_output_in_one_vector() {
    // SAFETY: the stream stays in its box, and both halves live as long as zlib uses them.
    at_every_level("input_and_output_in_one_vector", || unsafe {
        let mut strm: Box<z_stream> = Box::new(zeroed());
        let size = size_of::<z_stream>() as c_int;
        assert_eq!(deflateInit_(&raw mut *strm, 6, zlibVersion(), size), 0);
        let mut both = vec![b'x'; 4096];
        let (input, output) = both.split_at_mut(2048);
        (strm.next_in, strm.avail_in) = (input.as_ptr(), 2048);
        (strm.next_out, strm.avail_out) = (output.as_mut_ptr(), 2048);
        assert_eq!(deflate(&raw mut *strm, 4), 1);
        let packed = 2048 - strm.avail_out as usize;
        let sum = adler32(1, both.as_ptr(), 2048);
        // Back into the same vector: the first half is written, the second read.
        let mut length = 2048;
        let (first, second) = both.split_at_mut(2048);
        assert_eq!(uncompress(first.as_mut_ptr(), &raw mut length, second.as_ptr(), packed as c_ulong), 0);
        assert_eq!((length, adler32(1, both.as_ptr(), 2048)), (2048, sum));
        // The stream's pointers are stale when it ends: deflateEnd does not follow them.
        drop(both);
        assert_eq!(deflateEnd(&raw mut *strm), 0);
    });
}

/// Ranges may overlap where the function says so, and touch where it does not.
#[test]
fn moves_that_overlap() {
    // SAFETY: ranges of one vector of 100 bytes; what must not overlap does not.
    at_every_level("moves_that_overlap", || unsafe {
        let mut bytes: Vec<u8> = (0..100).collect();
        let at = bytes.as_mut_ptr();
        memmove(at.add(10).cast(), at.cast(), 90);
        memmove(at.cast(), at.add(1).cast(), 99);
        memmove(at.cast(), at.cast(), 100);
        memcpy(at.add(50).cast(), at.cast(), 50);
        memcpy(at.add(100).cast(), at.cast(), 0);
        assert_eq!(memchr(at.cast(), 30, 100).cast::<u8>().offset_from(at), 39);
        assert!(memchr(at.cast(), 255, 100).is_null());
    });
}

/// A vector is lent to threads that write it by C, part by part, and its owner goes on with it; C's block crosses threads.
#[test]
fn lent_to_threads() {
    at_every_level("lent_to_threads", || {
        let mut bytes = vec![0_u8; 8 * 512];
        for round in 1..20_u8 {
            std::thread::scope(|scope| {
                for part in bytes.chunks_mut(512) {
                    // SAFETY: both buffers are as long as is said, and live through the calls.
                    scope.spawn(move || unsafe {
                        let mut ends = [0; 2];
                        assert_eq!(pipe(ends.as_mut_ptr()), 0);
                        let given = vec![round; part.len()];
                        assert_eq!(write(ends[1], given.as_ptr().cast(), given.len()), 512);
                        drop(given);
                        assert_eq!(read(ends[0], part.as_mut_ptr().cast(), part.len()), 512);
                        close(ends[0]);
                        close(ends[1]);
                    });
                }
            });
            assert!(bytes.iter().all(|byte| *byte == round));
            bytes.extend_from_slice(&[0; 512]);
            // SAFETY: any number may be asked for.
            let made = std::thread::spawn(|| unsafe { malloc(300) }.expose_provenance()).join().expect("no panic");
            // SAFETY: made above, and freed once.
            std::thread::spawn(move || unsafe { free(std::ptr::with_exposed_provenance_mut(made)) })
                .join()
                .expect("no panic");
        }
    });
}

/// What is leaked on purpose C may keep as long as it likes, and a buffer that C kept may go when C has closed.
#[test]
fn leaked_and_kept() {
    // SAFETY: a buffer lives as long as its stream, and the text is taken back once.
    at_every_level("leaked_and_kept", || unsafe {
        let stream = tmpfile();
        assert!(!stream.is_null());
        let room: &'static mut [u8] = Box::leak(vec![0_u8; 4096].into_boxed_slice());
        assert_eq!(setvbuf(stream, room.as_mut_ptr().cast(), libc::_IOFBF, room.len()), 0);
        assert!(fputs(c"kept in a buffer of Rust's".as_ptr(), stream) >= 0);
        rewind(stream);
        let mut got = vec![0_u8; 64];
        assert_eq!(fread(got.as_mut_ptr().cast(), 1, 64, stream), 26);
        fclose(stream);

        let mut room = vec![0_u8; 4096];
        let stream = tmpfile();
        assert_eq!(setvbuf(stream, room.as_mut_ptr().cast(), libc::_IOFBF, room.len()), 0);
        assert!(fputs(c"and in one that goes".as_ptr(), stream) >= 0);
        fclose(stream);
        drop(room);
        // Taken apart and put together again with C in between.
        let text = Box::into_raw(vec![b'a'; 40].into_boxed_slice());
        assert!(!memchr(text.cast(), i32::from(b'a'), 40).is_null());
        drop(Box::from_raw(text));
    });
}
