//! Closures that libc calls by the contracts of the packs alone, on its threads and in its signal handlers too: no report at any
//! level, panics that come back, and nothing that leaks.

#![allow(non_camel_case_types, reason = "C's names")]
#![allow(clippy::multiple_unsafe_ops_per_block, reason = "a test is a row of calls; one proof stands for the row")]

mod support;

use pinned_ffi::{AssertSignalSafe, on_signal, pinned_ffi};
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
    // Elements of a type: their size is fixed with it.
    #[form_of(qsort, size = 4)]
    #[idiomatic]
    fn qsort_i32(
        #[inout] #[counted_by(nmemb)] #[noescape] base: *mut i32, nmemb: usize,
        #[nonnull] #[callback(scope = call, on_panic = 0)]
        compar: Option<unsafe extern "C" fn(#[one] left: *const i32, #[one] right: *const i32) -> c_int>,
    );
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
    fn strcpy(dest: *mut c_char, src: *const c_char) -> *mut c_char;
    fn inet_ntop(af: c_int, src: *const c_void, dst: *mut c_char, size: u32) -> *const c_char;
    safe fn pthread_once(once_control: *mut c_int, init_routine: Option<unsafe extern "C" fn()>) -> c_int;
}

fn said(body: impl FnOnce()) -> String {
    let payload = catch_unwind(AssertUnwindSafe(body)).expect_err("it panics");
    let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| payload.downcast_ref::<String>().cloned()).expect("a text")
}

/// The number that a comparison gets: as many bytes as one element has.
fn number(element: &[u8]) -> i32 {
    i32::from_ne_bytes(element.try_into().expect("4 bytes"))
}

fn bytes(numbers: &mut [i32]) -> &mut [u8] {
    // SAFETY: bytes of numbers, which may be any.
    unsafe { std::slice::from_raw_parts_mut(numbers.as_mut_ptr().cast(), size_of_val(numbers)) }
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
                // The key is what it was given as.
                number(element) - key.cast::<i32>().read()
            });
            assert_eq!(found.map(|found| found.as_ptr().cast::<i32>().read_unaligned()), Some(3));
            // Inside a comparison the same function may be called.
            qsort(bytes(&mut numbers), 4, 4, |left, right| {
                let mut inner = [number(right), number(left)];
                qsort(bytes(&mut inner), 2, 4, |left, right| number(left) - number(right));
                if inner[0] == number(left) { -1 } else { 1 }
            });
            assert_eq!(numbers, [1, 3, 5, 9]);
            assert_eq!(said(|| qsort(bytes(&mut numbers), 4, 4, |_, _| panic!("no order"))), "no order");
            // What does not fit is refused before C has it.
            assert!(said(|| qsort(bytes(&mut numbers), 5, 4, |_, _| 0)).contains("length"));
            qsort_i32(&mut numbers, |left, right| right.cmp(left) as c_int);
            assert_eq!(numbers, [9, 5, 3, 1]);
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
fn what_c_goes_beyond_is_not_copied_too_short() {
    at_every_level("what_c_goes_beyond_is_not_copied_too_short", || {
        const AF_INET6: c_int = 10;
        let mut to = vec![0 as c_char; 64];
        // SAFETY: room for the text, and a vector whose first bytes are one.
        unsafe {
            strcpy(to.as_mut_ptr(), c"more than the one byte that is certain".as_ptr());
            assert_eq!(CStr::from_ptr(to.as_ptr()), c"more than the one byte that is certain");
        }
        let address: Vec<u8> = [&[0x20, 1, 0xd, 0xb8][..], &[0; 11], &[1]].concat();
        // SAFETY: an address of that family, and room for its text.
        unsafe {
            inet_ntop(AF_INET6, address.as_ptr().cast(), to.as_mut_ptr(), 64);
            assert_eq!(CStr::from_ptr(to.as_ptr()), c"2001:db8::1");
        }
    });
}
