//! A program without the tracked allocator: rules that need the heap map are silent, and the first report says so.

use pinned_ffi::report::Action;
use std::ffi::{c_int, c_void};
use std::sync::Mutex;

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn read(fd: c_int, buf: *mut c_void, count: usize) -> isize;
    fn write(fd: c_int, buf: *const c_void, count: usize) -> isize;
}

static NOTES: Mutex<Vec<(String, Vec<String>)>> = Mutex::new(Vec::new());

#[test]
fn the_first_report_says_what_is_not_checked() {
    pinned_ffi::set_level(pinned_ffi::Level::Full);
    pinned_ffi::set_hook(|violation| {
        let entry = (violation.code.to_string(), violation.notes.clone());
        NOTES.lock().expect("no test panics with it").push(entry);
        Action::Continue
    });
    let gone = vec![1_u8; 100];
    let (start, length) = (gone.as_ptr(), gone.len());
    drop(gone);
    // SAFETY: none; but nobody knows that block, and a bad descriptor means that nothing is read.
    unsafe { write(-1, start.cast(), length) };
    assert!(NOTES.lock().expect("no test panics with it").is_empty(), "unknown is never an error");
    for _ in 0..2 {
        // SAFETY: none; the kernel answers EBADF.
        unsafe { read(-1, std::ptr::null_mut(), 8) };
    }
    let notes = NOTES.lock().expect("no test panics with it");
    assert_eq!(notes.len(), 2);
    assert!(notes[0].1[0].starts_with("no tracked allocator is installed"), "{notes:?}");
    assert_eq!(notes[1], ("PF005".to_owned(), Vec::new()));
}
