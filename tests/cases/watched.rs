//! C does with its arguments' memory what it must not: told at full.

use super::Case;
use libc::{c_char, c_int, c_long, c_uchar, c_void, size_t};
use std::alloc::{Layout, dealloc};
use std::ffi::CString;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Told at full only.
pub(crate) const WRONG_AT_FULL: &[Case] = &[
    ("kept_in_a_static", kept_in_a_static),
    ("kept_of_the_stack", kept_of_the_stack),
    ("kept_and_freed", kept_and_freed),
    ("const_text_written", const_text_written),
    ("constant_written", constant_written),
    ("written_behind_the_end", written_behind_the_end),
    ("written_behind_the_end_later_on", written_behind_the_end_later_on),
    ("written_far_behind_the_end", written_far_behind_the_end),
    ("written_in_front", written_in_front),
    ("read_behind_the_end", read_behind_the_end),
    ("written_behind_a_part", written_behind_a_part),
    ("written_behind_a_lent_block", written_behind_a_lent_block),
    ("written_behind_an_unseen_block", written_behind_an_unseen_block),
    ("written_after_free", written_after_free),
    ("read_after_return", read_after_return),
    ("written_after_return", written_after_return),
];

/// Told at cheap too.
pub(crate) const WRONG: &[Case] = &[
    ("const_structure_written", const_structure_written),
    ("freed_with_another_length", freed_with_another_length),
    ("freed_with_another_alignment", freed_with_another_alignment),
    ("freed_twice", freed_twice),
    ("freed_twice_at_once", freed_twice_at_once),
];

#[pinned_ffi::pinned_ffi]
#[repr(C)]
pub(crate) struct Pair {
    left: c_int,
    right: c_int,
}

#[pinned_ffi::pinned_ffi]
#[link(name = "probe", kind = "static")]
unsafe extern "C" {
    #[link_name = "watch_keep"]
    pub(crate) fn lend_to_keeper(
        #[sized_by(n)]
        #[noescape]
        data: *const c_void,
        n: size_t,
    );
    pub(crate) fn watch_keep(#[sized_by(n)] data: *const c_void, n: size_t);
    pub(crate) fn watch_kept() -> c_int;
    pub(crate) fn watch_forget();
    pub(crate) fn watch_keep_on_heap(
        #[out]
        #[counted_by(n)]
        #[noescape]
        data: *mut c_uchar,
        n: size_t,
    );
    pub(crate) fn watch_read_kept(at: size_t) -> c_int;
    pub(crate) fn watch_write_kept(at: size_t, byte: c_int);
    pub(crate) fn watch_spoil(
        #[null_terminated]
        #[noescape]
        text: *const c_char,
        at: size_t,
        byte: c_int,
    );
    pub(crate) fn watch_swap(
        #[one]
        #[input]
        pair: *const Pair,
    ) -> c_int;
    pub(crate) fn watch_fill(
        #[out]
        #[counted_by(n)]
        #[noescape]
        buffer: *mut c_uchar,
        n: size_t,
        byte: c_int,
        more: c_long,
    );
    #[link_name = "watch_fill"]
    fn fill_a_constant(
        #[input]
        #[counted_by(n)]
        #[noescape]
        buffer: *const c_uchar,
        n: size_t,
        byte: c_int,
        more: c_long,
    );
    #[link_name = "watch_fill"]
    pub(crate) fn fill_maybe_kept(
        #[out]
        #[counted_by(n)]
        buffer: *mut c_uchar,
        n: size_t,
        byte: c_int,
        more: c_long,
    );
    pub(crate) fn watch_sum(
        #[counted_by(n)]
        #[noescape]
        buffer: *const c_uchar,
        n: size_t,
        more: size_t,
    ) -> c_int;
    pub(crate) fn watch_number(
        #[null_terminated]
        #[noescape]
        text: *const c_char,
        #[out]
        #[one]
        #[nullable]
        #[noescape]
        end: *mut *mut c_char,
    ) -> c_long;
    pub(crate) fn watch_find(
        #[null_terminated]
        #[noescape]
        text: *const c_char,
        byte: c_int,
    ) -> *mut c_char;
}

/// The same C without wrappers.
mod unseen {
    use super::{c_int, c_long, c_uchar, size_t};

    unsafe extern "C" {
        pub(super) fn watch_fill(buffer: *mut c_uchar, n: size_t, byte: c_int, more: c_long);
        pub(super) fn watch_lend(data: *mut c_uchar, n: size_t);
        pub(super) fn watch_use_lent(byte: c_int);
    }
}

fn kept_in_a_static() {
    let text = vec![b'a'; 40];
    // SAFETY: none; C keeps what it is lent.
    unsafe { lend_to_keeper(text.as_ptr().cast(), 40) };
}

fn kept_of_the_stack() {
    let text = [b'a'; 40];
    // SAFETY: none; C keeps what it is lent.
    unsafe { lend_to_keeper(text.as_ptr().cast(), 40) };
}

fn kept_and_freed() {
    let text = vec![b'a'; 40];
    // SAFETY: the text is long enough; it does not live long enough.
    unsafe { watch_keep(text.as_ptr().cast(), 40) };
    drop(text);
    // SAFETY: takes nothing.
    unsafe { watch_forget() };
}

fn const_text_written() {
    let text = CString::new("a text that C reads").expect("no zero inside");
    // SAFETY: none; C writes it.
    unsafe { watch_spoil(text.as_ptr(), 7, 0) };
}

fn const_structure_written() {
    let pair = Box::new(Pair { left: 1, right: 2 });
    // SAFETY: none; C writes it.
    unsafe { watch_swap(&raw const *pair) };
}

/// Without a copy this ends the program.
fn constant_written() {
    static TABLE: [u8; 50] = [1; 50];
    // SAFETY: none; C writes it.
    unsafe { fill_a_constant(TABLE.as_ptr(), 50, 7, 0) };
}

fn written_behind_the_end() {
    let mut buffer = vec![0_u8; 50];
    // SAFETY: none; three bytes too many.
    unsafe { watch_fill(buffer.as_mut_ptr(), 50, 7, 3) };
}

fn written_behind_the_end_later_on() {
    let mut buffer = vec![0_u8; 50];
    for more in (0..20).map(|call| if call == 17 { 3 } else { 0 }) {
        // SAFETY: none; once three bytes too many.
        unsafe { watch_fill(buffer.as_mut_ptr(), 50, 7, more) };
    }
}

fn written_far_behind_the_end() {
    let mut buffer = vec![0_u8; 64];
    // SAFETY: none; far too many.
    unsafe { watch_fill(buffer.as_mut_ptr(), 64, 7, 4096) };
}

fn written_in_front() {
    let mut buffer = vec![0_u8; 64];
    // SAFETY: none; five bytes in front.
    unsafe { watch_fill(buffer.as_mut_ptr().wrapping_add(16), 32, 7, -5) };
}

fn read_behind_the_end() {
    let buffer = vec![1_u8; 64];
    // SAFETY: none; a page too many.
    unsafe { watch_sum(buffer.as_ptr(), 64, 4096) };
}

/// The block has room, so that nobody but the contract knows.
fn written_behind_a_part() {
    let mut buffer = vec![0_u8; 100];
    // SAFETY: none; ten bytes that C was not given.
    unsafe { watch_fill(buffer.as_mut_ptr().wrapping_add(10), 50, 7, 10) };
}

fn written_behind_a_lent_block() {
    let mut buffer = vec![0_u8; 50];
    // SAFETY: none; three bytes too many.
    unsafe { fill_maybe_kept(buffer.as_mut_ptr(), 50, 7, 3) };
}

fn written_behind_an_unseen_block() {
    let mut buffer = vec![0_u8; 50];
    // SAFETY: none; two bytes too many.
    unsafe { unseen::watch_fill(buffer.as_mut_ptr(), 50, 7, 2) };
    drop(buffer);
    // SAFETY: takes nothing.
    unsafe { watch_forget() };
}

fn written_after_free() {
    let mut buffer = vec![0_u8; 50];
    // SAFETY: long enough; not for long enough.
    unsafe { unseen::watch_lend(buffer.as_mut_ptr(), 50) };
    drop(buffer);
    // SAFETY: none; the buffer is freed.
    unsafe { unseen::watch_use_lent(7) };
}

fn read_after_return() {
    let mut buffer = vec![0_u8; 50];
    // SAFETY: none; C keeps what it is lent.
    unsafe { watch_keep_on_heap(buffer.as_mut_ptr(), 50) };
    // SAFETY: none; it was lent for the call before.
    unsafe { watch_read_kept(9) };
}

fn written_after_return() {
    let mut buffer = vec![0_u8; 50];
    for _ in 0..20 {
        // SAFETY: none; C keeps what it is lent.
        unsafe { watch_keep_on_heap(buffer.as_mut_ptr(), 50) };
    }
    // SAFETY: none; it was lent for the calls before.
    unsafe { watch_write_kept(9, 3) };
}

fn freed_with_another_length() {
    let block = Box::into_raw(Box::new([0_u64; 4]));
    // SAFETY: none; half of it.
    unsafe { dealloc(block.cast(), Layout::new::<[u64; 2]>()) };
    next_call();
}

fn freed_with_another_alignment() {
    let mut blocks: Vec<Box<[u8; 40]>> = (0..8).map(|_| Box::new([0; 40])).collect();
    let at = blocks.iter().position(|block| block.as_ptr().addr() % 64 != 0).expect("no size class is a line");
    let block = Box::into_raw(blocks.remove(at));
    let layout = Layout::from_size_align(40, 64).expect("a layout");
    // SAFETY: none; no block of this layout is there.
    unsafe { dealloc(block.cast(), layout) };
    next_call();
}

fn freed_twice() {
    let block = Box::into_raw(Box::new([0_u64; 4]));
    // SAFETY: just taken apart.
    drop(unsafe { Box::from_raw(block) });
    // The system's allocator would not survive it.
    if std::env::var_os("PINNED_FFI_CHECK").is_none_or(|level| level != "off") {
        // SAFETY: none; freed above.
        drop(unsafe { Box::from_raw(block) });
    }
    next_call();
}

/// Two threads free each block at the same moment. Nothing is given out twice for it.
fn freed_twice_at_once() {
    const ROUNDS: usize = 2000;
    static BLOCK: AtomicUsize = AtomicUsize::new(0);
    static TAKEN: AtomicUsize = AtomicUsize::new(0);
    let make = |_: usize| Box::into_raw(Box::new([0_u64; 4])).expose_provenance();
    let free = |block: usize| {
        // SAFETY: none for one of the two; the other one frees it.
        drop(unsafe { Box::from_raw(std::ptr::with_exposed_provenance_mut::<[u64; 4]>(block)) });
    };
    let all = std::thread::scope(|scope| {
        let other = scope.spawn(move || {
            for round in 0..ROUNDS {
                while BLOCK.load(Ordering::Acquire) >> 48 != round + 1 {
                    std::hint::spin_loop();
                }
                let block = BLOCK.load(Ordering::Acquire) & ((1 << 48) - 1);
                TAKEN.store(round + 1, Ordering::Release);
                free(block);
            }
            (0..ROUNDS).map(make).collect::<Vec<usize>>()
        });
        for round in 0..ROUNDS {
            let block = make(round);
            BLOCK.store(block | (round + 1) << 48, Ordering::Release);
            while TAKEN.load(Ordering::Acquire) != round + 1 {
                std::hint::spin_loop();
            }
            free(block);
        }
        let mut all = other.join().expect("no panic");
        all.extend((0..ROUNDS).map(make));
        all
    });
    let distinct: std::collections::BTreeSet<&usize> = all.iter().collect();
    assert_eq!(distinct.len(), all.len(), "blocks that are somebody's were given out again");
    next_call();
}

/// What the allocator has found is told here.
fn next_call() {
    static BYTE: u8 = 1;
    // SAFETY: one byte.
    unsafe { watch_sum(&raw const BYTE, 1, 0) };
}
