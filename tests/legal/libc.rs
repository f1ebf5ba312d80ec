//! Legal calls of libc's own functions: no report, at any level.

#![allow(clippy::useless_vec, reason = "a block of the heap is what the test is about")]
#![allow(clippy::multiple_unsafe_ops_per_block, reason = "a test is a row of calls; one proof stands for the row")]

mod support;

use pinned_ffi::pinned_ffi;
use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::ptr::{null, null_mut};
use support::at_every_level;

#[pinned_ffi(
    header = "stdio.h",
    allow = "setvbuf|setbuf|setbuffer|tmpfile|fclose|fputs|fflush|rewind|fgets|getline|getdelim|fmemopen|\
             open_memstream|fopen|freopen|remove|rename|fread|fwrite|fgetpos|fsetpos|snprintf|asprintf|fprintf|popen|\
             pclose|perror|fileno|ctermid|ungetc|fgetc",
    define = "_GNU_SOURCE"
)]
mod io {}

#[pinned_ffi(
    header = ["string.h", "strings.h"],
    allow = "memcpy|memmove|memset|mempcpy|memccpy|memcmp|memchr|memrchr|rawmemchr|memmem|strchr|strrchr|strchrnul|\
             strstr|strpbrk|strcpy|strncpy|stpcpy|stpncpy|strcat|strncat|strtok|strtok_r|strsep|strdup|strndup|strlen|\
             strnlen|strncmp|strxfrm|strerror|strerror_r|strfry|basename|bcopy|bzero|index",
    define = "_GNU_SOURCE"
)]
mod string {}

#[pinned_ffi(
    header = "stdlib.h",
    allow = "malloc|calloc|realloc|reallocarray|free|posix_memalign|aligned_alloc|strtol|strtoul|strtoll|strtod|atoi|\
             bsearch|qsort|qsort_r|atexit|on_exit|at_quick_exit|getenv|putenv|setenv|unsetenv|mkstemp|mkdtemp|realpath|\
             canonicalize_file_name|mbstowcs|wcstombs|mblen|mbtowc|wctomb|getsubopt|initstate|setstate|random|\
             initstate_r|setstate_r|random_r|erand48|arc4random_buf|getloadavg|system|strfromd",
    define = "_GNU_SOURCE"
)]
mod lib {}

#[pinned_ffi(header = "poll.h", define = "_GNU_SOURCE", allow = "poll|ppoll")]
mod polls {}

#[pinned_ffi(
    header = "aio.h",
    define = "_GNU_SOURCE",
    allow = "aio_read|aio_write|aio_fsync|aio_error|aio_return|aio_suspend|aio_cancel|lio_listio"
)]
mod aio {}

#[pinned_ffi(
    header = ["pthread.h", "semaphore.h"],
    define = "_GNU_SOURCE",
    allow = "pthread_create|pthread_join|pthread_attr_init|pthread_attr_destroy|pthread_attr_setstack|\
             pthread_attr_getstack|pthread_mutex_(init|destroy|lock|unlock)|pthread_cond_(init|destroy|signal)|\
             pthread_rwlock_(init|destroy|rdlock|unlock)|pthread_barrier_(init|destroy|wait)|\
             pthread_key_(create|delete)|pthread_setspecific|pthread_getspecific|pthread_atfork|pthread_once|\
             pthread_setname_np|pthread_getname_np|pthread_self|pthread_setcancelstate|pthread_spin_(init|lock|destroy)|\
             sem_(init|destroy|post|wait|getvalue|open|close|unlink)"
)]
mod threads {}

/// A C string on the heap, with as much room as asked for.
fn room(text: &str, bytes: usize) -> Vec<c_char> {
    let mut buffer = vec![0; bytes.max(text.len() + 1)];
    for (to, from) in buffer.iter_mut().zip(text.bytes()) {
        *to = from as c_char;
    }
    buffer
}

fn owned(text: &str) -> CString {
    CString::new(text).expect("no NUL inside")
}

/// The C string at `at`.
fn text(at: *const c_char) -> String {
    // SAFETY: the callers pass C strings.
    unsafe { CStr::from_ptr(at) }.to_str().expect("ASCII").to_owned()
}

/// A pointer of no use but not null, as an empty vector's.
fn dangling<T>() -> *mut T {
    std::ptr::NonNull::dangling().as_ptr()
}

/// F001: the stream keeps the buffer until it is closed, or gets another.
#[test]
fn stream_buffers() {
    at_every_level("stream_buffers", || {
        let mut first = vec![0_u8; 256];
        let mut second: Vec<u8> = vec![0; 8192];
        let mut third = vec![0_u8; 32];
        // SAFETY: each buffer outlives its stream.
        unsafe {
            let stream = io::tmpfile();
            assert!(!stream.is_null());
            assert_eq!(io::setvbuf(stream, first.as_mut_ptr().cast(), libc::_IOFBF, first.len()), 0);
            assert!(io::fputs(c"kept".as_ptr(), stream) >= 0);
            assert_eq!(&first[..4], b"kept", "the text waits in the buffer");
            assert_eq!(io::fclose(stream), 0);
            drop(first);

            let stream = io::tmpfile();
            io::setbuf(stream, second.as_mut_ptr().cast());
            assert!(io::fputs(c"two".as_ptr(), stream) >= 0);
            assert_eq!(io::fflush(stream), 0);
            assert_eq!(&second[..3], b"two");
            // Another buffer: the first is free again.
            io::setbuffer(stream, third.as_mut_ptr().cast(), third.len());
            drop(second);
            assert!(io::fputs(c"three".as_ptr(), stream) >= 0);
            assert_eq!(io::fclose(stream), 0);
            drop(third);

            // Unbuffered: the pointer is not looked at.
            let stream = io::tmpfile();
            assert_eq!(io::setvbuf(stream, null_mut(), libc::_IONBF, 0), 0);
            io::setbuf(stream, null_mut());
            assert_eq!(io::fclose(stream), 0);
        }
    });
}

/// F002, F003: putenv keeps the string for good, setenv copies.
#[test]
fn environment() {
    at_every_level("environment", || {
        let name = owned("PINNED_FFI_LEGAL_NAME");
        let string = owned("PINNED_FFI_LEGAL_NAME=kept").into_raw();
        // SAFETY: one thread; the string is never freed.
        unsafe {
            assert_eq!(lib::putenv(string), 0);
            let value = lib::getenv(name.as_ptr());
            assert_eq!(value.addr(), string.addr() + "PINNED_FFI_LEGAL_NAME=".len(), "the value lies in the string");
            assert_eq!(text(value), "kept");
            let value = owned("copied");
            assert_eq!(lib::setenv(name.as_ptr(), value.as_ptr(), 1), 0);
            drop(value);
            assert_eq!(text(lib::getenv(name.as_ptr())), "copied");
            assert_eq!(lib::unsetenv(name.as_ptr()), 0);
            assert!(lib::getenv(name.as_ptr()).is_null());
        }
    });
}

/// F004: the end points into the text, which is const; and NULL for nobody asks.
#[test]
fn numbers() {
    at_every_level("numbers", || {
        let number = owned("12rest");
        let mut end: *mut c_char = null_mut();
        // SAFETY: a C string, and a variable for its end.
        unsafe {
            assert_eq!(lib::strtol(number.as_ptr(), &mut end, 10), 12);
            assert_eq!(end.addr(), number.as_ptr().addr() + 2);
            assert_eq!(lib::strtoul(end, &mut end, 10), 0, "the variable may hold the text that is read");
            assert_eq!(text(end), "rest");
            assert_eq!(lib::strtoll(number.as_ptr(), null_mut(), 0), 12);
            assert!((lib::strtod(c"2.5e1".as_ptr(), &mut end) - 25.0).abs() < 1e-9);
            assert_eq!(lib::strtol(number.as_ptr(), null_mut(), 10), 12);
            assert_eq!(lib::atoi(number.as_ptr()), 12);
            let mut buffer = vec![0 as c_char; 8];
            assert_eq!(lib::strfromd(buffer.as_mut_ptr(), 8, c"%.1f".as_ptr(), 1.5), 3);
            assert_eq!(text(buffer.as_ptr()), "1.5");
            assert_eq!(lib::strfromd(null_mut(), 0, c"%.1f".as_ptr(), 1.5), 3);
        }
    });
}

/// F005: results inside the argument.
#[test]
fn searches_in_memory() {
    at_every_level("searches_in_memory", || {
        let words = owned("a/b/c");
        let at = words.as_ptr();
        let offset = |found: *mut c_char| found.addr() - at.addr();
        // SAFETY: C strings, and lengths inside them.
        unsafe {
            assert_eq!(offset(string::strchr(at, c_int::from(b'/'))), 1);
            assert_eq!(offset(string::strrchr(at, c_int::from(b'/'))), 3);
            assert_eq!(offset(string::strchr(at, 0)), 5, "the NUL is found too");
            assert_eq!(offset(string::strchrnul(at, c_int::from(b'!'))), 5);
            assert_eq!(offset(string::index(at, c_int::from(b'b'))), 2);
            assert!(string::strchr(at, c_int::from(b'!')).is_null());
            assert_eq!(offset(string::strstr(at, c"b/".as_ptr())), 2);
            assert_eq!(offset(string::strstr(at, at.add(5))), 0, "the empty end of the same string");
            assert_eq!(offset(string::strpbrk(at, c"cb".as_ptr())), 2);
            assert_eq!(offset(string::memchr(at.cast(), c_int::from(b'c'), 5).cast()), 4);
            // What is sure to be found may be sought with any length.
            assert_eq!(offset(string::memchr(at.cast(), 0, usize::MAX as _).cast()), 5);
            assert_eq!(offset(string::memrchr(at.cast(), c_int::from(b'/'), 5).cast()), 3);
            assert_eq!(offset(string::rawmemchr(at.cast(), c_int::from(b'/')).cast()), 1);
            assert_eq!(offset(string::memmem(at.cast(), 5, c"c".as_ptr().cast(), 1).cast()), 4);
            assert_eq!(offset(string::basename(at)), 4);
            assert!(string::memchr(dangling::<u8>().cast(), 1, 0).is_null());
        }
    });
}

unsafe extern "C" fn by_value(left: *const c_void, right: *const c_void) -> c_int {
    // SAFETY: both point to elements, or to the key.
    let (left, right) = unsafe { (*left.cast::<i32>(), *right.cast::<i32>()) };
    left.cmp(&right) as c_int
}

unsafe extern "C" fn counted(left: *const c_void, right: *const c_void, calls: *mut c_void) -> c_int {
    // SAFETY: the sort passes elements and its last argument.
    unsafe {
        *calls.cast::<u32>() += 1;
        by_value(left, right)
    }
}

/// F006, F024: a search and sorts, whose callbacks get elements.
#[test]
fn searches_and_sorts() {
    at_every_level("searches_and_sorts", || {
        let mut numbers = vec![5, 3, 9, 1_i32];
        let mut calls = Box::new(0_u32);
        // SAFETY: the array has as many elements as is said.
        unsafe {
            lib::qsort(numbers.as_mut_ptr().cast(), 4, 4, Some(by_value));
            assert_eq!(numbers, [1, 3, 5, 9]);
            let found = lib::bsearch((&raw const numbers[2]).cast(), numbers.as_ptr().cast(), 4, 4, Some(by_value));
            assert_eq!(found.addr(), (&raw const numbers[2]).addr(), "the key may be an element");
            let key = Box::new(4);
            assert!(lib::bsearch((&raw const *key).cast(), numbers.as_ptr().cast(), 4, 4, Some(by_value)).is_null());
            numbers.reverse();
            lib::qsort_r(numbers.as_mut_ptr().cast(), 4, 4, Some(counted), (&raw mut *calls).cast());
            assert_eq!(numbers, [1, 3, 5, 9]);
            assert!(*calls >= 3);
            // Nothing to sort.
            lib::qsort(dangling::<i32>().cast(), 0, 4, Some(by_value));
            lib::qsort(null_mut(), 0, 4, Some(by_value));
            lib::qsort_r(dangling::<i32>().cast(), 0, 4, Some(counted), null_mut());
            assert!(lib::bsearch((&raw const *key).cast(), dangling::<i32>().cast(), 0, 4, Some(by_value)).is_null());
        }
    });
}

/// F007: results that are the destination, or lie in it.
#[test]
fn copies() {
    at_every_level("copies", || {
        let from = owned("words");
        let mut to = room("", 16);
        let at = to.as_mut_ptr();
        // SAFETY: the destination has room for all that is copied.
        unsafe {
            assert_eq!(string::strcpy(at, from.as_ptr()), at);
            assert_eq!(string::strcat(at, c"!".as_ptr()), at);
            assert_eq!(text(at), "words!");
            assert_eq!(string::strncat(at, from.as_ptr(), 2), at);
            assert_eq!(text(at), "words!wo");
            assert_eq!(string::stpcpy(at, from.as_ptr()).addr(), at.addr() + 5);
            // No NUL in the source, and none in the result.
            let bare = vec![b'x' as c_char; 3];
            assert_eq!(string::strncpy(at, bare.as_ptr(), 3), at);
            assert_eq!(text(at), "xxxds");
            // As long as the destination: the result is one past its end.
            assert_eq!(string::stpncpy(at, owned("0123456789abcdef").as_ptr(), 16).addr(), at.addr() + 16);
            assert_eq!(string::memcpy(at.cast(), from.as_ptr().cast(), 6), at.cast());
            assert_eq!(string::mempcpy(at.cast(), from.as_ptr().cast(), 6).addr(), at.addr() + 6);
            assert_eq!(string::memmove(at.add(1).cast(), at.cast(), 6).addr(), at.addr() + 1);
            assert_eq!(text(at), "wwords");
            string::bcopy(at.add(1).cast(), at.cast(), 6);
            assert_eq!(text(at), "words");
            assert_eq!(string::memset(at.cast(), c_int::from(b'-'), 2), at.cast());
            assert_eq!(text(at), "--rds");
            // Up to the first `r`, however much is said.
            assert_eq!(
                string::memccpy(at.cast(), c"or".as_ptr().cast(), c_int::from(b'r'), 9999).addr(),
                at.addr() + 2
            );
            assert_eq!(string::strncmp(at, c"orrds".as_ptr(), 9999), 0);
            assert_eq!(string::strnlen(at, 9999), 5);
            assert_eq!(string::strnlen(bare.as_ptr(), 3), 3);
            assert_eq!(string::strlen(at), 5);
            assert_eq!(string::strxfrm(null_mut(), at, 0), 5);
            // Length 0: any pointers.
            string::memcpy(dangling::<u8>().cast(), dangling::<u16>().cast(), 0);
            string::memcpy(null_mut(), null(), 0);
            string::memmove(at.add(16).cast(), at.add(16).cast(), 0);
            string::memset(null_mut(), 0, 0);
            string::bzero(dangling::<u64>().cast(), 0);
            assert_eq!(string::memcmp(dangling::<u8>().cast(), null(), 0), 0);
            assert_eq!(string::strncmp(dangling(), dangling(), 0), 0);
            string::strncpy(dangling(), dangling(), 0);
        }
    });
}

/// F008, F009: tokens are cut in place, and positions in the string are kept outside it.
#[test]
fn tokens() {
    at_every_level("tokens", || {
        let mut words = room("one two", 0);
        let at = words.as_mut_ptr();
        // SAFETY: each string lives until its last token is taken.
        unsafe {
            assert_eq!(string::strtok(at, c" ".as_ptr()), at);
            assert_eq!(text(string::strtok(null_mut(), c" ".as_ptr())), "two");
            assert!(string::strtok(null_mut(), c" ".as_ptr()).is_null());
            assert_eq!(words[3], 0);
            drop(words);

            let mut save: *mut c_char = null_mut();
            for _ in 0..2 {
                // The second time, `save` still points to where the first string was.
                let mut words = room("a-b", 0);
                let at = words.as_mut_ptr();
                assert_eq!(text(string::strtok_r(at, c"-".as_ptr(), &mut save)), "a");
                assert_eq!(save.addr(), at.addr() + 2);
                assert_eq!(text(string::strtok_r(null_mut(), c"-".as_ptr(), &mut save)), "b");
                assert!(string::strtok_r(null_mut(), c"-".as_ptr(), &mut save).is_null());
            }

            let mut words = room("a::b", 0);
            let at = words.as_mut_ptr();
            let mut next = Box::new(at);
            assert_eq!(string::strsep(&mut *next, c":".as_ptr()), at);
            assert_eq!(next.addr(), at.addr() + 2);
            assert_eq!(text(string::strsep(&mut *next, c":".as_ptr())), "");
            assert_eq!(text(string::strsep(&mut *next, c":".as_ptr())), "b");
            assert!(next.is_null());
            assert!(string::strsep(&mut *next, c":".as_ptr()).is_null());
        }
    });
}

/// F010: getline's block is C's, grows, and is freed by the caller; it may be used for the next line.
#[test]
fn lines() {
    at_every_level("lines", || {
        // SAFETY: `line` is NULL or C's block, `size` its size.
        unsafe {
            let stream = io::tmpfile();
            let long = "x".repeat(500);
            assert!(io::fputs(owned(&format!("short\n{long}\nlast")).as_ptr(), stream) >= 0);
            io::rewind(stream);
            let mut line: *mut c_char = null_mut();
            let mut size = 0;
            assert_eq!(io::getline(&mut line, &mut size, stream), 6);
            assert_eq!(text(line), "short\n");
            assert_eq!(io::getline(&mut line, &mut size, stream), 501);
            assert!(size > 500);
            assert_eq!(io::getdelim(&mut line, &mut size, c_int::from(b's'), stream), 3);
            assert_eq!(text(line), "las");
            assert_eq!(io::getline(&mut line, &mut size, stream), 1);
            assert_eq!(io::getline(&mut line, &mut size, stream), -1, "the end of the file");
            lib::free(line.cast());
            // A block of the caller's own malloc.
            io::rewind(stream);
            let mut size = 4;
            let mut line = lib::malloc(4).cast::<c_char>();
            assert_eq!(io::getline(&mut line, &mut size, stream), 6);
            lib::free(line.cast());
            io::rewind(stream);
            let mut buffer = room("", 4);
            assert_eq!(io::fgets(buffer.as_mut_ptr(), 4, stream), buffer.as_mut_ptr());
            assert_eq!(text(buffer.as_ptr()), "sho");
            assert_eq!(io::ungetc(c_int::from(b'o'), stream), c_int::from(b'o'));
            assert_eq!(io::fgetc(stream), c_int::from(b'o'));
            assert_eq!(io::fclose(stream), 0);
        }
    });
}

/// F011, F012, F019: what the caller must free, and NULLs that are legal.
#[test]
fn memory_of_c() {
    at_every_level("memory_of_c", || {
        // SAFETY: every block is freed once, by free.
        unsafe {
            lib::free(null_mut());
            let block = lib::realloc(null_mut(), 8);
            let block = lib::realloc(block, 4096);
            assert!(!block.is_null());
            lib::free(block);
            let block = lib::reallocarray(null_mut(), 4, 4);
            lib::free(block);
            lib::free(lib::malloc(0));
            let zeros = lib::calloc(2, 4).cast::<u64>();
            assert_eq!(*zeros, 0);
            lib::free(zeros.cast());
            let mut aligned: *mut c_void = null_mut();
            assert_eq!(lib::posix_memalign(&mut aligned, 256, 10), 0);
            assert_eq!(aligned.addr() % 256, 0);
            lib::free(aligned);
            lib::free(lib::aligned_alloc(64, 64));

            let from = owned("copy me");
            let copy = string::strdup(from.as_ptr());
            drop(from);
            assert_eq!(text(copy), "copy me");
            lib::free(copy.cast());
            let bare = vec![b'x' as c_char; 4];
            let copy = string::strndup(bare.as_ptr(), 4);
            assert_eq!(text(copy), "xxxx");
            lib::free(copy.cast());
            let mut printed: *mut c_char = null_mut();
            assert_eq!(io::asprintf(&mut printed, c"%d-%s".as_ptr(), 7 as c_int, c"x".as_ptr()), 3);
            assert_eq!(text(printed), "7-x");
            lib::free(printed.cast());

            let path = lib::realpath(c"/usr/..".as_ptr(), null_mut());
            assert_eq!(text(path), "/");
            lib::free(path.cast());
            let path = lib::canonicalize_file_name(c"/.".as_ptr());
            assert_eq!(text(path), "/");
            lib::free(path.cast());
            let mut buffer = room("", 4096);
            assert_eq!(lib::realpath(c"/usr/..".as_ptr(), buffer.as_mut_ptr()), buffer.as_mut_ptr());
            assert_eq!(text(buffer.as_ptr()), "/");
            assert!(lib::realpath(c"/no/such/file".as_ptr(), null_mut()).is_null());
        }
    });
}

/// F014, F015: streams over the caller's memory, and over C's.
#[test]
fn streams_in_memory() {
    at_every_level("streams_in_memory", || {
        let mut buffer = vec![0_u8; 32];
        let mut read = [0_u8; 8];
        // SAFETY: the buffer, and both variables, outlive their streams.
        unsafe {
            let stream = io::fmemopen(buffer.as_mut_ptr().cast(), 32, c"w+".as_ptr());
            assert!(!stream.is_null());
            assert!(io::fputs(c"written later".as_ptr(), stream) >= 0);
            assert_eq!(io::fflush(stream), 0);
            assert_eq!(&buffer[..13], b"written later");
            assert_eq!(io::fclose(stream), 0);
            let stream = io::fmemopen(buffer.as_mut_ptr().cast(), 13, c"r".as_ptr());
            assert_eq!(io::fread(read.as_mut_ptr().cast(), 1, 7, stream), 7);
            assert_eq!(&read[..7], b"written");
            assert_eq!(io::fclose(stream), 0);
            drop(buffer);
            let stream = io::fmemopen(null_mut(), 16, c"w+".as_ptr());
            assert_eq!(io::fclose(stream), 0);

            let mut start: Box<*mut c_char> = Box::new(null_mut());
            let mut size = Box::new(0);
            let stream = io::open_memstream(&mut *start, &mut *size);
            assert!(io::fputs(c"grows".as_ptr(), stream) >= 0);
            assert_eq!(io::fflush(stream), 0);
            assert_eq!((text(*start), *size), ("grows".to_owned(), 5));
            assert!(io::fputs(owned(&"x".repeat(1000)).as_ptr(), stream) >= 0);
            assert_eq!(io::fclose(stream), 0);
            assert_eq!(*size, 1005);
            lib::free((*start).cast());
        }
    });
}

/// F016, F017, F018: paths, empty buffers, and NULL with size 0.
#[test]
fn files() {
    at_every_level("files", || {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = owned(folder.path().join("file").to_str().expect("ASCII"));
        let other = owned(folder.path().join("other").to_str().expect("ASCII"));
        // SAFETY: the buffers are as long as is said.
        unsafe {
            let stream = io::fopen(path.as_ptr(), c"w+".as_ptr());
            assert!(!stream.is_null());
            assert_eq!(io::fwrite(dangling::<u8>().cast(), 1, 0, stream), 0);
            assert_eq!(io::fwrite(null(), 8, 0, stream), 0);
            assert_eq!(io::fwrite(dangling::<u8>().cast(), 0, 9, stream), 0);
            let numbers = vec![1_u32, 2, 3];
            assert_eq!(io::fwrite(numbers.as_ptr().cast(), 4, 3, stream), 3);
            let mut place = std::mem::zeroed();
            assert_eq!(io::fgetpos(stream, &mut place), 0);
            io::rewind(stream);
            assert_eq!(io::fread(dangling::<u8>().cast(), 1, 0, stream), 0);
            assert_eq!(io::fread(null_mut(), 0, 3, stream), 0);
            let mut back = vec![0_u32; 5];
            assert_eq!(io::fread(back.as_mut_ptr().cast(), 4, 5, stream), 3, "short at the end of the file");
            assert_eq!(back, [1, 2, 3, 0, 0]);
            assert_eq!(io::fsetpos(stream, &place), 0);
            assert_eq!(io::fflush(null_mut()), 0);
            let stream = io::freopen(other.as_ptr(), c"w".as_ptr(), stream);
            assert!(!stream.is_null());
            assert!(io::fileno(stream) > 2);
            assert_eq!(io::fclose(stream), 0);
            assert_eq!(io::rename(other.as_ptr(), path.as_ptr()), 0);
            assert_eq!(io::remove(path.as_ptr()), 0);
            assert!(io::fopen(path.as_ptr(), c"r".as_ptr()).is_null());
            io::perror(null());

            assert_eq!(io::snprintf(null_mut(), 0, c"%d".as_ptr(), 1234 as c_int), 4);
            let mut short = room("", 3);
            assert_eq!(io::snprintf(short.as_mut_ptr(), 3, c"%d".as_ptr(), 1234 as c_int), 4);
            assert_eq!(text(short.as_ptr()), "12");
            let stream = io::popen(c"exit 3".as_ptr(), c"r".as_ptr());
            assert_eq!(io::pclose(stream), 3 << 8);
            let mut terminal = room("", 9);
            assert_eq!(io::ctermid(terminal.as_mut_ptr()), terminal.as_mut_ptr());
            assert_eq!(text(io::ctermid(null_mut())), "/dev/tty");
        }
    });
}

/// F018: wide characters, and NULL to ask for the length.
#[test]
fn wide_characters() {
    at_every_level("wide_characters", || {
        let narrow = owned("wide");
        let mut wide = vec![0_i32; 5];
        let mut back = room("", 5);
        // SAFETY: five elements hold four characters and a NUL.
        unsafe {
            assert_eq!(lib::mbstowcs(null_mut(), narrow.as_ptr(), 0), 4);
            assert_eq!(lib::mbstowcs(null_mut(), narrow.as_ptr(), 9999), 4, "the number says nothing then");
            assert_eq!(lib::mbstowcs(wide.as_mut_ptr(), narrow.as_ptr(), 5), 4);
            assert_eq!(wide, [119, 105, 100, 101, 0]);
            assert_eq!(lib::wcstombs(null_mut(), wide.as_ptr(), 0), 4);
            assert_eq!(lib::wcstombs(back.as_mut_ptr(), wide.as_ptr(), 5), 4);
            assert_eq!(text(back.as_ptr()), "wide");
            // As many as fit: no NUL is needed in the source.
            let bare = vec![b'x' as c_char; 2];
            assert_eq!(lib::mbstowcs(wide.as_mut_ptr(), bare.as_ptr(), 2), 2);
            assert_eq!(lib::mblen(null(), 0), 0);
            assert_eq!(lib::mblen(narrow.as_ptr(), 16), 1);
            assert_eq!(lib::mbtowc(null_mut(), narrow.as_ptr(), 16), 1);
            assert_eq!(lib::wctomb(null_mut(), 0), 0);
            let mut one = vec![0 as c_char; 1];
            assert_eq!(lib::wctomb(one.as_mut_ptr(), 120), 1);
        }
    });
}

/// F020: arguments that are edited in place.
#[test]
fn edited_in_place() {
    at_every_level("edited_in_place", || {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let folder = folder.path().to_str().expect("ASCII");
        // SAFETY: all are C strings of the caller's.
        unsafe {
            let mut template = room(&format!("{folder}/fXXXXXX"), 0);
            let file = lib::mkstemp(template.as_mut_ptr());
            assert!(file > 2);
            assert!(!text(template.as_ptr()).ends_with("XXXXXX"));
            assert_eq!(libc::close(file), 0);
            let mut template = room(&format!("{folder}/dXXXXXX"), 0);
            assert_eq!(lib::mkdtemp(template.as_mut_ptr()), template.as_mut_ptr());
            let mut word = room("aab", 0);
            assert_eq!(string::strfry(word.as_mut_ptr()), word.as_mut_ptr());
            let mut sorted = word.clone();
            sorted.sort_unstable();
            assert_eq!(sorted, [0, 97, 97, 98]);
        }
    });
}

/// F005: suboptions are cut in place, and a value is inside the string.
#[test]
fn suboptions() {
    at_every_level("suboptions", || {
        let mut options = room("ro,size=3", 0);
        let mut next = options.as_mut_ptr();
        let owners = [owned("ro"), owned("size")];
        let mut names: Vec<*mut c_char> = owners.iter().map(|name| name.as_ptr().cast_mut()).collect();
        names.push(null_mut());
        let mut value = null_mut();
        // SAFETY: the string and the names outlive the calls.
        unsafe {
            assert_eq!(lib::getsubopt(&mut next, names.as_ptr(), &mut value), 0);
            assert!(value.is_null());
            assert_eq!(lib::getsubopt(&mut next, names.as_ptr(), &mut value), 1);
            assert_eq!(text(value), "3");
            assert_eq!(value.addr(), options.as_ptr().addr() + 8);
        }
    });
}

extern "C" fn nothing() {}

unsafe extern "C" fn at_exit(_: c_int, arg: *mut c_void) {
    // SAFETY: the argument is a leaked box.
    assert_eq!(unsafe { *arg.cast::<u32>() }, 77);
}

unsafe extern "C" fn at_exit_with_number(_: c_int, arg: *mut c_void) {
    assert_eq!(arg.addr(), 5);
}

/// F025: kept for good; an argument may be a number.
#[test]
fn at_the_end() {
    at_every_level("at_the_end", || {
        let arg = Box::into_raw(Box::new(77_u32));
        // SAFETY: the functions may run at any time.
        unsafe {
            assert_eq!(lib::atexit(Some(nothing)), 0);
            assert_eq!(lib::at_quick_exit(Some(nothing)), 0);
            assert_eq!(lib::on_exit(Some(at_exit), arg.cast()), 0);
            assert_eq!(lib::on_exit(Some(at_exit_with_number), std::ptr::without_provenance_mut(5)), 0);
            assert_eq!(threads::pthread_atfork(Some(nothing), Some(nothing), Some(nothing)), 0);
            assert_eq!(threads::pthread_atfork(None, None, None), 0);
            assert_eq!(lib::system(null()), 1);
            assert_eq!(lib::system(c"exit 2".as_ptr()), 2 << 8);
        }
    });
}

/// Strings of the library's, and one of either kind.
#[test]
fn messages() {
    at_every_level("messages", || {
        let mut buffer = room("", 64);
        // SAFETY: the buffer has 64 bytes.
        unsafe {
            assert_eq!(text(string::strerror(libc::ENOENT)), "No such file or directory");
            assert_eq!(text(string::strerror_r(libc::ENOENT, buffer.as_mut_ptr(), 64)), "No such file or directory");
            assert_eq!(text(string::strerror_r(9999, buffer.as_mut_ptr(), 64)), "Unknown error 9999");
            assert_eq!(text(string::strerror_r(libc::ENOENT, dangling(), 0)), "No such file or directory");
        }
    });
}

/// The generator keeps its state in the caller's memory.
#[test]
fn random_states() {
    at_every_level("random_states", || {
        let mut state = vec![0_u64; 8];
        // SAFETY: the states stay where they are while they are used.
        unsafe {
            let earlier = lib::initstate(1, state.as_mut_ptr().cast(), 64);
            assert!(!earlier.is_null());
            assert!(lib::random() >= 0);
            assert_eq!(lib::setstate(earlier).cast(), state.as_mut_ptr());
            drop(state);

            let mut state = vec![0_u64; 8];
            let mut data: Box<lib::random_data> = Box::new(std::mem::zeroed());
            assert_eq!(lib::initstate_r(1, state.as_mut_ptr().cast(), 64, &mut *data), 0);
            let mut number = -1;
            assert_eq!(lib::random_r(&mut *data, &mut number), 0);
            assert!(number >= 0);
            let mut seed = [1_u16, 2, 3];
            assert!(lib::erand48(seed.as_mut_ptr()) < 1.0);
            let mut bytes = vec![0_u8; 16];
            lib::arc4random_buf(bytes.as_mut_ptr().cast(), 16);
            lib::arc4random_buf(dangling::<u8>().cast(), 0);
            let mut loads = vec![0.0; 3];
            assert!(lib::getloadavg(loads.as_mut_ptr(), 3) <= 3);
        }
    });
}

/// F042: an array of descriptors, or none.
#[test]
fn polling() {
    at_every_level("polling", || {
        // SAFETY: the arrays have as many elements as is said.
        unsafe {
            assert_eq!(polls::poll(null_mut(), 0, 0), 0);
            assert_eq!(polls::poll(dangling(), 0, 0), 0);
            let mut fds = vec![polls::pollfd { fd: -1, events: 1, revents: 0 }];
            assert_eq!(polls::poll(fds.as_mut_ptr(), 1, 0), 0);
            let now = Box::new(polls::timespec { tv_sec: 0, tv_nsec: 0 });
            assert_eq!(polls::ppoll(fds.as_mut_ptr(), 1, &*now, null()), 0);
        }
    });
}

fn control_block(file: c_int, buffer: *mut u8, len: usize, opcode: c_int) -> Box<aio::aiocb> {
    // SAFETY: all zeros is a control block.
    let mut block: Box<aio::aiocb> = Box::new(unsafe { std::mem::zeroed() });
    block.aio_fildes = file;
    block.aio_buf = buffer.cast();
    block.aio_nbytes = len as _;
    block.aio_lio_opcode = opcode;
    block.aio_sigevent.sigev_notify = libc::SIGEV_NONE;
    block
}

/// Waits for one request, and gives what it returned.
fn finished(block: &mut aio::aiocb) -> isize {
    // SAFETY: the block was queued, and is still there.
    unsafe {
        while aio::aio_error(block) == libc::EINPROGRESS {
            let list = vec![null(), &raw const *block];
            aio::aio_suspend(list.as_ptr(), 2, null());
        }
        assert_eq!(aio::aio_error(block), 0);
        aio::aio_return(block) as isize
    }
}

/// F043, F044: control blocks and buffers stay until the request is done, the array of them need not.
#[test]
fn asynchronous_files() {
    at_every_level("asynchronous_files", || {
        use std::os::fd::AsRawFd;
        let file = tempfile::tempfile().expect("a temporary file");
        let fd = file.as_raw_fd();
        let mut written = b"asynchronous".to_vec();
        let mut read = vec![0_u8; 12];
        // SAFETY: blocks and buffers live until their requests are done.
        unsafe {
            let mut block = control_block(fd, written.as_mut_ptr(), 12, 0);
            assert_eq!(aio::aio_write(&mut *block), 0);
            assert_eq!(finished(&mut block), 12);
            let mut block = control_block(fd, null_mut(), 0, 0);
            assert_eq!(aio::aio_fsync(libc::O_SYNC, &mut *block), 0);
            assert_eq!(finished(&mut block), 0);
            let mut block = control_block(fd, read.as_mut_ptr(), 12, 0);
            assert_eq!(aio::aio_read(&mut *block), 0);
            assert_eq!(finished(&mut block), 12);
            assert_eq!(read, written);
            assert_eq!(aio::aio_cancel(fd, null_mut()), libc::AIO_ALLDONE);
            // A buffer may go between the end of its request and aio_return.
            let mut gone = vec![0_u8; 4];
            let mut block = control_block(fd, gone.as_mut_ptr(), 4, 0);
            assert_eq!(aio::aio_read(&mut *block), 0);
            while aio::aio_error(&*block) == libc::EINPROGRESS {
                std::thread::yield_now();
            }
            drop(gone);
            assert_eq!(aio::aio_return(&mut *block), 4);

            let mut first = control_block(fd, written.as_mut_ptr(), 12, libc::LIO_WRITE);
            let mut second = control_block(fd, read.as_mut_ptr(), 6, libc::LIO_READ);
            let list: Vec<*mut aio::aiocb> = vec![&mut *first, null_mut(), &mut *second];
            assert_eq!(aio::lio_listio(libc::LIO_WAIT, list.as_ptr(), 3, null_mut()), 0);
            assert_eq!((finished(&mut first), finished(&mut second)), (12, 6));
            assert_eq!(aio::lio_listio(libc::LIO_NOWAIT, list.as_ptr(), 3, null_mut()), 0);
            drop(list);
            assert_eq!((finished(&mut first), finished(&mut second)), (12, 6));
        }
    });
}

unsafe extern "C" fn takes_a_box(arg: *mut c_void) -> *mut c_void {
    // SAFETY: the argument is a box that belongs to this thread now.
    let mut number = unsafe { Box::from_raw(arg.cast::<u32>()) };
    *number += 1;
    Box::into_raw(number).cast()
}

unsafe extern "C" fn returns_its_argument(arg: *mut c_void) -> *mut c_void {
    arg
}

/// F051, F054: an argument that the thread frees, one that is a number, and a stack of the caller's.
#[test]
fn making_threads() {
    at_every_level("making_threads", || {
        // SAFETY: every thread is joined; the stack outlives its thread.
        unsafe {
            let mut thread = 0;
            let mut result: *mut c_void = null_mut();
            let arg = Box::into_raw(Box::new(1_u32));
            assert_eq!(threads::pthread_create(&mut thread, null(), Some(takes_a_box), arg.cast()), 0);
            assert_eq!(threads::pthread_join(thread, &mut result), 0);
            assert_eq!(*Box::from_raw(result.cast::<u32>()), 2);
            let number = std::ptr::without_provenance_mut(3);
            assert_eq!(threads::pthread_create(&mut thread, null(), Some(returns_its_argument), number), 0);
            assert_eq!(threads::pthread_join(thread, &mut result), 0);
            assert_eq!(result.addr(), 3);

            let mut attr: Box<threads::pthread_attr_t> = Box::new(std::mem::zeroed());
            assert_eq!(threads::pthread_attr_init(&mut *attr), 0);
            let mut stack = vec![0_u128; 1 << 16];
            let bytes = size_of_val(&stack[..]);
            assert_eq!(threads::pthread_attr_setstack(&mut *attr, stack.as_mut_ptr().cast(), bytes as _), 0);
            let (mut start, mut size) = (null_mut(), 0);
            assert_eq!(threads::pthread_attr_getstack(&*attr, &mut start, &mut size), 0);
            assert_eq!((start, size), (stack.as_mut_ptr().cast(), bytes));
            assert_eq!(threads::pthread_create(&mut thread, &*attr, Some(returns_its_argument), null_mut()), 0);
            assert_eq!(threads::pthread_attr_destroy(&mut *attr), 0);
            assert_eq!(threads::pthread_join(thread, null_mut()), 0);
            drop(stack);

            let mut name = room("", 16);
            assert_eq!(threads::pthread_setname_np(threads::pthread_self(), c"legal".as_ptr()), 0);
            assert_eq!(threads::pthread_getname_np(threads::pthread_self(), name.as_mut_ptr(), 16), 0);
            assert_eq!(text(name.as_ptr()), "legal");
            assert_eq!(threads::pthread_setcancelstate(0, null_mut()), 0);
        }
    });
}

/// F052: objects that stay where they are from init to destroy.
#[test]
fn locks() {
    at_every_level("locks", || {
        // SAFETY: no object moves between init and destroy.
        unsafe {
            let mut mutex: Box<threads::pthread_mutex_t> = Box::new(std::mem::zeroed());
            assert_eq!(threads::pthread_mutex_init(&mut *mutex, null()), 0);
            assert_eq!(threads::pthread_mutex_lock(&mut *mutex), 0);
            assert_eq!(threads::pthread_mutex_unlock(&mut *mutex), 0);
            assert_eq!(threads::pthread_mutex_destroy(&mut *mutex), 0);
            let mut cond: Box<threads::pthread_cond_t> = Box::new(std::mem::zeroed());
            assert_eq!(threads::pthread_cond_init(&mut *cond, null()), 0);
            assert_eq!(threads::pthread_cond_signal(&mut *cond), 0);
            assert_eq!(threads::pthread_cond_destroy(&mut *cond), 0);
            let mut rwlock: threads::pthread_rwlock_t = std::mem::zeroed();
            assert_eq!(threads::pthread_rwlock_init(&mut rwlock, null()), 0);
            assert_eq!(threads::pthread_rwlock_rdlock(&mut rwlock), 0);
            assert_eq!(threads::pthread_rwlock_unlock(&mut rwlock), 0);
            assert_eq!(threads::pthread_rwlock_destroy(&mut rwlock), 0);
            let mut barrier: Box<threads::pthread_barrier_t> = Box::new(std::mem::zeroed());
            assert_eq!(threads::pthread_barrier_init(&mut *barrier, null(), 1), 0);
            assert_eq!(threads::pthread_barrier_wait(&mut *barrier), -1);
            assert_eq!(threads::pthread_barrier_destroy(&mut *barrier), 0);
            let mut spin: threads::pthread_spinlock_t = 0;
            assert_eq!(threads::pthread_spin_init(&mut spin, 0), 0);
            assert_eq!(threads::pthread_spin_lock(&mut spin), 0);
            assert_eq!(threads::pthread_spin_destroy(&mut spin), 0);
            let mut once: threads::pthread_once_t = 0;
            assert_eq!(threads::pthread_once(&mut once, Some(nothing)), 0);

            let mut sem: Box<threads::sem_t> = Box::new(std::mem::zeroed());
            assert_eq!(threads::sem_init(&mut *sem, 0, 1), 0);
            assert_eq!(threads::sem_wait(&mut *sem), 0);
            assert_eq!(threads::sem_post(&mut *sem), 0);
            let mut value = 0;
            assert_eq!(threads::sem_getvalue(&mut *sem, &mut value), 0);
            assert_eq!(value, 1);
            assert_eq!(threads::sem_destroy(&mut *sem), 0);
            let name = owned(&format!("/pinned-ffi-legal-{}", std::process::id()));
            let sem = threads::sem_open(name.as_ptr(), libc::O_CREAT, 0o600 as libc::c_uint, 2 as libc::c_uint);
            assert!(!sem.is_null());
            assert_eq!(threads::sem_wait(sem), 0);
            assert_eq!(threads::sem_close(sem), 0);
            assert_eq!(threads::sem_unlink(name.as_ptr()), 0);
        }
    });
}

unsafe extern "C" fn frees_a_box(value: *mut c_void) {
    // SAFETY: the value is the thread's own box.
    drop(unsafe { Box::from_raw(value.cast::<u32>()) });
}

/// F053: a value that the thread's end frees, and a number.
#[test]
fn values_of_threads() {
    at_every_level("values_of_threads", || {
        let (mut key, mut number) = (0, 0);
        // SAFETY: the destructor frees what the thread set.
        unsafe {
            assert_eq!(threads::pthread_key_create(&mut key, Some(frees_a_box)), 0);
            assert_eq!(threads::pthread_key_create(&mut number, None), 0);
        }
        std::thread::spawn(move || {
            let value = Box::into_raw(Box::new(8_u32));
            // SAFETY: the keys exist.
            unsafe {
                assert_eq!(threads::pthread_setspecific(key, value.cast()), 0);
                assert_eq!(threads::pthread_getspecific(key), value.cast());
                assert_eq!(threads::pthread_setspecific(number, std::ptr::without_provenance(1)), 0);
                assert_eq!(threads::pthread_getspecific(number).addr(), 1);
            }
        })
        .join()
        .expect("the thread ends well");
        // SAFETY: no thread has values left.
        unsafe {
            assert!(threads::pthread_getspecific(key).is_null());
            assert_eq!(threads::pthread_key_delete(key), 0);
            assert_eq!(threads::pthread_key_delete(number), 0);
        }
    });
}
