//! C does with its arguments' memory what it may: nothing is told, and the program sees what it would see without checks.

use super::Case;
use super::watched::*;
use libc::c_int;
use std::ffi::CString;

pub(crate) const LEGAL: &[Case] = &[
    ("kept_and_forgotten", kept_and_forgotten),
    ("kept_for_the_program", kept_for_the_program),
    ("pointers_into_copies", pointers_into_copies),
    ("every_length_and_offset", every_length_and_offset),
    ("partly_written", partly_written),
    ("many_threads_at_once", many_threads_at_once),
    ("used_in_a_child", used_in_a_child),
    ("written_with_the_same", written_with_the_same),
];

/// Without `noescape` C may keep it, as long as it lets go in time.
fn kept_and_forgotten() {
    for _ in 0..20 {
        let text = vec![b'a'; 40];
        // SAFETY: long enough.
        unsafe { watch_keep(text.as_ptr().cast(), 40) };
        // SAFETY: the text lives.
        assert_eq!(unsafe { watch_kept() }, c_int::from(b'a'));
    }
}

fn kept_for_the_program() {
    let text: &'static [u8] = Vec::leak(vec![b'b'; 40]);
    // SAFETY: long enough, and there for good.
    unsafe { watch_keep(text.as_ptr().cast(), 40) };
    static TEXT: [u8; 9] = *b"a literal";
    // SAFETY: as above.
    unsafe { watch_keep(TEXT.as_ptr().cast(), 9) };
    // SAFETY: the text lives.
    assert_eq!(unsafe { watch_kept() }, c_int::from(b'a'));
}

/// What C gives back leads into the program's own memory.
fn pointers_into_copies() {
    for _ in 0..20 {
        let text = CString::new("12345 and more").expect("no zero inside");
        let mut end = std::ptr::null_mut();
        // SAFETY: a string, and room for the pointer.
        assert_eq!(unsafe { watch_number(text.as_ptr(), &raw mut end) }, 12345);
        assert_eq!(end.cast_const(), text.as_ptr().wrapping_add(5));
        // SAFETY: a string.
        let found = unsafe { watch_find(text.as_ptr(), c_int::from(b'm')) };
        assert_eq!(found.cast_const(), text.as_ptr().wrapping_add(10));
        // SAFETY: a string.
        let zero = unsafe { watch_find(text.as_ptr(), 0) };
        assert_eq!(zero.cast_const(), text.as_ptr().wrapping_add(14));
        // SAFETY: a string.
        assert!(unsafe { watch_find(text.as_ptr(), c_int::from(b'x')) }.is_null());
    }
}

fn every_length_and_offset() {
    for bytes in (0..80).chain([4095, 4096, 4097, 70_000, 300_000]) {
        for offset in [0, 1, 7, 8, 16] {
            let mut buffer = vec![1_u8; bytes + 32];
            // SAFETY: within the buffer.
            unsafe { watch_fill(buffer.as_mut_ptr().wrapping_add(offset), bytes, 9, 0) };
            let expected: Vec<u8> =
                (0..bytes + 32).map(|at| if (offset..offset + bytes).contains(&at) { 9 } else { 1 }).collect();
            assert_eq!(buffer, expected, "{bytes} bytes at {offset}");
            // SAFETY: within the buffer.
            let sum = unsafe { watch_sum(buffer.as_ptr().wrapping_add(offset), bytes, 0) };
            assert_eq!(usize::try_from(sum), Ok(9 * bytes));
        }
    }
}

/// Bytes that C does not write stay as they are, also in memory that it may fill.
fn partly_written() {
    let mut buffer = vec![5_u8; 64];
    for call in 0..20 {
        // SAFETY: within the buffer.
        unsafe { watch_keep_on_heap(buffer.as_mut_ptr(), 64) };
        assert_eq!(buffer[0], 1, "call {call}");
        assert!(buffer[1..].iter().all(|byte| *byte == 5), "call {call}");
    }
}

fn many_threads_at_once() {
    std::thread::scope(|scope| {
        for thread in 0_u8..4 {
            scope.spawn(move || {
                let text = CString::new("77 trombones").expect("no zero inside");
                for call in 0..500_usize {
                    let mut buffer = vec![0_u8; 16 + call % 200];
                    let length = buffer.len();
                    // SAFETY: within the buffer.
                    unsafe { watch_fill(buffer.as_mut_ptr(), length, c_int::from(thread), 0) };
                    assert!(buffer.iter().all(|byte| *byte == thread));
                    let mut end = std::ptr::null_mut();
                    // SAFETY: a string, and room for the pointer.
                    assert_eq!(unsafe { watch_number(text.as_ptr(), &raw mut end) }, 77);
                    assert_eq!(end.cast_const(), text.as_ptr().wrapping_add(2));
                }
            });
        }
    });
}

fn used_in_a_child() {
    every_length_of(16);
    // SAFETY: one thread; the child does what the parent does.
    let child = unsafe { libc::fork() };
    every_length_of(32);
    if child == 0 {
        // SAFETY: ends the child without its parent's handlers.
        unsafe { libc::_exit(0) };
    }
    let mut status = 0;
    // SAFETY: waits for the child just made; `status` lives on this stack.
    unsafe { libc::waitpid(child, &raw mut status, 0) };
    assert_eq!(status, 0, "the child ended well");
}

fn every_length_of(most: usize) {
    for bytes in 0..most {
        let mut buffer = vec![0_u8; bytes];
        // SAFETY: within the buffer.
        unsafe { watch_fill(buffer.as_mut_ptr(), bytes, 3, 0) };
        assert!(buffer.iter().all(|byte| *byte == 3));
    }
}

/// Written, but with what was there.
fn written_with_the_same() {
    let text = CString::new("abc").expect("no zero inside");
    // SAFETY: the byte is what it was.
    unsafe { watch_spoil(text.as_ptr(), 1, c_int::from(b'b')) };
}
