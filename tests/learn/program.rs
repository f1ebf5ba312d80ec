//! A program whose calls are learnt from: functions of `c/learn.c`, called as programs do, with no contracts.

#[cfg(feature = "libraries")]
mod sqlite;
#[cfg(feature = "libraries")]
mod zlib;

use pinned_ffi::TrackedAlloc;
use std::ffi::{CString, c_char, c_int, c_long, c_void};
#[cfg(feature = "libraries")]
use std::path::PathBuf;

#[global_allocator]
static ALLOC: TrackedAlloc = TrackedAlloc::system();
pinned_ffi::interpose_malloc!();

/// C's structure of two numbers.
#[pinned_ffi::pinned_ffi]
#[repr(C)]
pub struct LearnBox {
    width: c_int,
    height: c_int,
}

#[pinned_ffi::pinned_ffi]
#[link(name = "probe", kind = "static")]
unsafe extern "C" {
    fn learn_sum(values: *mut c_int, n: usize) -> c_long;
    fn learn_fill(to: *mut u8, n: usize, first: c_int);
    fn learn_add(values: *mut c_int, n: c_int, by: c_int);
    fn learn_some(to: *mut u8, cap: usize) -> usize;
    fn learn_pack(to: *mut u8, to_len: *mut usize, from: *mut u8, from_len: usize) -> c_int;
    fn learn_words(text: *mut c_char) -> c_int;
    fn learn_behind(text: *const c_char, which: c_int) -> *const c_char;
    fn learn_keep(data: *mut u8, n: usize);
    fn learn_grow(box_: *mut LearnBox, by: c_int);
    fn learn_name(number: c_int) -> *const c_char;
    fn learn_make(number: c_int) -> *mut c_void;
    fn learn_number(made: *mut c_void) -> c_int;
    fn learn_drop(made: *mut c_void);
    fn learn_open(number: c_int, to: *mut *mut c_void) -> c_int;
    fn learn_close(opened: *mut c_void);
    fn learn_scan(text: *const c_char, end: *mut *const c_char) -> c_long;
    fn learn_word(number: c_int, to: *mut *const c_char);
    fn learn_either(number: c_int, to: *mut *mut c_void);
    fn learn_maybe(value: *mut c_int) -> c_int;
    fn learn_rare(data: *mut u8, n: usize) -> c_int;
    fn learn_same(data: *mut u8, n: usize) -> c_int;
    fn learn_twins(data: *mut u8, n: usize, m: usize) -> c_int;
    fn learn_flag(data: *mut u8, n: usize, writes: c_int);
    fn learn_liar(data: *mut u8, n: usize, extra: c_int);
}

fn main() {
    match std::env::args().nth(1).as_deref() {
        Some("fork") => return fork(),
        Some("threads") => return threads(),
        #[cfg(feature = "libraries")]
        Some("sqlite3") => return sqlite::run(40),
        #[cfg(feature = "libraries")]
        Some("zlib") => {
            return zlib::run(25, &std::env::args_os().nth(2).map_or_else(std::env::temp_dir, PathBuf::from));
        }
        _ => {}
    }
    let rounds: usize = std::env::args().nth(1).and_then(|rounds| rounds.parse().ok()).unwrap_or(40);
    for round in 0..rounds {
        numbers(round);
        bytes(round);
        texts(round);
        given(round);
        stored(round);
    }
    for round in 0..rounds.min(3) {
        let mut data = vec![round as u8; 10 + round];
        // SAFETY: as long as it says.
        unsafe { learn_rare(data.as_mut_ptr(), data.len()) };
    }
}

/// Calls before a fork and on either side of it.
fn fork() {
    (0..10).for_each(numbers);
    // SAFETY: this process has one thread.
    let child = unsafe { libc::fork() };
    assert!(child >= 0);
    (10..15).for_each(numbers);
    if child > 0 {
        let mut status = 0;
        // SAFETY: `status` is writable.
        assert_eq!(unsafe { libc::waitpid(child, &raw mut status, 0) }, child);
        assert_eq!(status, 0, "the child ended well");
    }
}

fn threads() {
    let threads: Vec<_> = (0..4).map(|_| std::thread::spawn(|| (0..50).for_each(numbers))).collect();
    threads.into_iter().for_each(|thread| thread.join().expect("no panic"));
}

fn numbers(round: usize) {
    let by = round as c_int + 1;
    let mut values: Vec<c_int> = (0..round as c_int + 3).map(|value| value * 3 + by).collect();
    let wanted: c_long = values.iter().map(|value| c_long::from(*value)).sum();
    // SAFETY: as long as it says, here and below.
    assert_eq!(unsafe { learn_sum(values.as_mut_ptr(), values.len()) }, wanted);
    // SAFETY: as above.
    unsafe { learn_add(values.as_mut_ptr(), values.len() as c_int, by) };
    assert_eq!(values[1], 2 * by + 3);
    let mut rectangle = Box::new(LearnBox { width: by, height: 2 * by });
    // SAFETY: one structure.
    unsafe { learn_grow(&raw mut *rectangle, by) };
    assert_eq!((rectangle.width, rectangle.height), (2 * by, 3 * by));
    let mut value = by;
    let is_given = round.is_multiple_of(2);
    let pointer = if is_given { &raw mut value } else { std::ptr::null_mut() };
    // SAFETY: null or one number.
    assert_eq!(unsafe { learn_maybe(pointer) }, if is_given { by } else { -1 });
}

fn bytes(round: usize) {
    let mut to = Vec::with_capacity(20 + round);
    // SAFETY: C writes as much as there is.
    unsafe { learn_fill(to.as_mut_ptr(), to.capacity(), round as c_int) };
    // SAFETY: it has.
    unsafe { to.set_len(to.capacity()) };
    assert_eq!(to[0], round as u8 | 1);
    let mut some = vec![0_u8; 100 + round];
    // SAFETY: as long as it says, here and below.
    assert_eq!(unsafe { learn_some(some.as_mut_ptr(), some.len()) }, some.len() / 2 + 1);
    let mut from: Vec<u8> = (0..2 * round + 40).map(|at| at as u8).collect();
    let mut packed = vec![0_u8; from.len() + 7];
    let mut length = packed.len();
    // SAFETY: as above.
    assert_eq!(unsafe { learn_pack(packed.as_mut_ptr(), &raw mut length, from.as_mut_ptr(), from.len()) }, 0);
    assert_eq!(length, from.len() / 2);
    let kept: &'static mut [u8] = vec![round as u8; 30 + round].leak();
    // SAFETY: it is never freed.
    unsafe { learn_keep(kept.as_mut_ptr(), kept.len()) };
    let mut same = vec![7_u8; 12];
    // SAFETY: as above.
    unsafe { learn_same(same.as_mut_ptr(), same.len()) };
    // SAFETY: as above.
    unsafe { learn_twins(from.as_mut_ptr(), from.len(), from.len()) };
    // SAFETY: as above. One call in ten writes.
    unsafe { learn_flag(some.as_mut_ptr(), some.len(), c_int::from(round % 10 == 9)) };
    // SAFETY: there is one byte more than it is told.
    unsafe { learn_liar(some.as_mut_ptr(), some.len() - 1, 1) };
}

fn texts(round: usize) {
    let text = CString::new(format!("{} and {round}", "a word ".repeat(round % 5))).expect("there is no zero in it");
    // SAFETY: it ends with a zero.
    let words = unsafe { learn_words(text.as_ptr().cast_mut()) };
    assert_eq!(words, text.as_bytes().split(|c| *c == b' ').count() as c_int);
    // SAFETY: as above.
    let behind = unsafe { learn_behind(text.as_ptr(), c_int::from(b'd')) };
    assert!(!behind.is_null());
}

/// Pointers that C stores where it is told: a new block, a part of an argument, a constant, and now this and now that.
fn stored(round: usize) {
    let opened: Vec<*mut c_void> = (0..5)
        .map(|number| {
            let mut to = Box::<*mut c_void>::new_uninit();
            // SAFETY: a place for one pointer.
            assert_eq!(unsafe { learn_open(number, to.as_mut_ptr()) }, 0);
            // SAFETY: written.
            *unsafe { to.assume_init() }
        })
        .collect();
    // SAFETY: opened above, each once, and not used again.
    opened.into_iter().for_each(|opened| unsafe { learn_close(opened) });
    let text = CString::new(format!("{round} and more of it")).expect("no zero");
    let mut end = std::ptr::null();
    // SAFETY: a text, and a place for one pointer.
    let count = unsafe { learn_scan(text.as_ptr(), &raw mut end) };
    assert_eq!(end, text.as_ptr().wrapping_add(count as usize));
    // SAFETY: a place for one pointer.
    unsafe { learn_word(round as c_int, &raw mut end) };
    let mut either = std::ptr::null_mut();
    // SAFETY: as above.
    unsafe { learn_either(round as c_int, &raw mut either) };
    if round.is_multiple_of(2) {
        // SAFETY: every other one is a block, and not used again.
        unsafe { learn_close(either) };
    }
    assert!(!end.is_null() && !either.is_null());
}

fn given(round: usize) {
    // SAFETY: any number.
    assert!(!unsafe { learn_name(round as c_int) }.is_null());
    // SAFETY: any number.
    let made: Vec<*mut c_void> = (0..2).map(|number| unsafe { learn_make(number) }).collect();
    for (number, made) in made.into_iter().enumerate() {
        // SAFETY: made above.
        assert_eq!(unsafe { learn_number(made) }, number as c_int);
        // SAFETY: made above, and not used again.
        unsafe { learn_drop(made) };
    }
}
