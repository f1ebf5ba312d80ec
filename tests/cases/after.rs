//! What C says of what it did, and structures that move: what is wrong when a call has returned.

use super::Case;
use libc::{c_char, c_int, c_long, c_uchar, c_uint, c_void, size_t};
use std::hint::black_box;
use std::ptr;

pub(crate) const WRONG: &[Case] = &[
    ("a_stream_moved_between_boxes", a_stream_moved_between_boxes),
    ("a_stream_moved_out_of_its_frame", a_stream_moved_out_of_its_frame),
    ("a_list_head_moved", a_list_head_moved),
    ("more_filled_than_there_is", more_filled_than_there_is),
    ("null_that_cannot_be", null_that_cannot_be),
    ("a_flag_of_two", a_flag_of_two),
    ("a_text_of_another_encoding", a_text_of_another_encoding),
    ("a_result_that_is_not_aligned", a_result_that_is_not_aligned),
    ("a_result_from_elsewhere", a_result_from_elsewhere),
];

/// Told at full only.
pub(crate) const WRONG_AT_FULL: &[Case] =
    &[("filled_less_than_said", filled_less_than_said), ("a_row_not_written", a_row_not_written)];

pub(crate) const LEGAL: &[Case] = &[
    ("streams_one_after_the_other", streams_one_after_the_other),
    ("streams_side_by_side", streams_side_by_side),
    ("moved_before_and_after", moved_before_and_after),
    ("filled_as_said", filled_as_said),
    ("results_that_can_be", results_that_can_be),
];

#[pinned_ffi::pinned_ffi]
#[repr(C)]
#[derive(Clone, Copy)]
struct Stream {
    next: *const c_uchar,
    left: size_t,
    #[opaque]
    state: *mut c_void,
    #[opaque]
    opaque: *mut c_void,
    total: libc::c_ulong,
}

const FRESH: Stream = Stream { next: ptr::null(), left: 0, state: ptr::null_mut(), opaque: ptr::null_mut(), total: 0 };

#[pinned_ffi::pinned_ffi]
#[repr(C)]
#[derive(Clone, Copy)]
struct Head {
    #[opaque]
    first: *mut c_void,
    #[opaque]
    last: *mut c_void,
}

#[pinned_ffi::pinned_ffi]
#[repr(C)]
#[derive(Clone, Copy, Default)]
struct Row {
    number: c_int,
    name: [c_char; 20],
}

#[rustfmt::skip]
#[pinned_ffi::pinned_ffi]
#[link(name = "probe", kind = "static")]
unsafe extern "C" {
    fn after_open(#[inout] #[one] #[address_sensitive] #[flow_through(none)] stream: *mut Stream) -> c_int;
    fn after_sum(#[inout] #[one] #[flow_through] stream: *mut Stream) -> c_long;
    fn after_close(#[inout] #[one] #[flow_through(none)] stream: *mut Stream);
    fn after_begin(#[out] #[one] #[address_sensitive] head: *mut Head);
    fn after_is_empty(#[input] #[one] head: *const Head) -> c_int;
    fn after_fill(
        #[out] #[counted_by(n)] #[filled_by(return)] #[noescape] to: *mut c_uchar,
        n: size_t, fill: size_t, byte: c_int, say: c_long,
    ) -> c_long;
    #[link_name = "after_fill"]
    fn after_fill_or_count(
        #[out] #[counted_by(n)] #[filled_by(return)] #[may_exceed] #[noescape] to: *mut c_uchar,
        n: size_t, fill: size_t, byte: c_int, say: c_long,
    ) -> c_long;
    fn after_rows(
        #[out] #[counted_by(n)] #[filled_by(return)] #[noescape] rows: *mut Row,
        n: c_int, less: c_int,
    ) -> c_int;
    #[returns(borrowed = from, nonnull)]
    fn after_at(#[input] #[counted_by(n)] #[noescape] from: *const c_uchar, n: size_t, at: c_long) -> *const c_uchar;
    #[returns(borrowed = from, one)]
    fn after_word(#[input] #[counted_by(n)] #[noescape] from: *const c_uchar, n: size_t, at: c_long) -> *const c_uint;
    fn after_flag(value: c_int) -> bool;
    #[returns(static, utf8)]
    fn after_name(latin: c_int) -> *const c_char;
    #[link_name = "after_name"]
    #[returns(static, null_terminated)]
    fn after_name_of_bytes(latin: c_int) -> *const c_char;
}

fn feed(stream: &mut Stream, bytes: &[u8]) -> c_long {
    (stream.next, stream.left) = (bytes.as_ptr(), bytes.len());
    // SAFETY: opened where it is, where the case is legal; C sees that it was moved.
    unsafe { after_sum(stream) }
}

fn opened(stream: &mut Stream) {
    // SAFETY: a stream that is not open.
    assert_eq!(unsafe { after_open(stream) }, 0);
}

fn close(stream: &mut Stream) {
    // SAFETY: open, and not used any more.
    unsafe { after_close(stream) };
}

fn a_stream_moved_between_boxes() {
    let mut first = Box::new(FRESH);
    opened(&mut first);
    assert_eq!(feed(&mut first, &[1, 2, 3]), 6);
    let mut second = Box::new(*first);
    drop(first);
    feed(&mut second, &[4]);
}

fn a_stream_moved_out_of_its_frame() {
    #[inline(never)]
    fn make() -> Stream {
        let mut stream = FRESH;
        opened(black_box(&mut stream));
        stream
    }
    let mut stream = make();
    feed(black_box(&mut stream), &[4]);
}

fn a_list_head_moved() {
    let mut head = Box::new(Head { first: ptr::null_mut(), last: ptr::null_mut() });
    // SAFETY: room for a head.
    unsafe { after_begin(&raw mut *head) };
    let other = Box::new(*head);
    // SAFETY: C only compares addresses.
    unsafe { after_is_empty(&raw const *other) };
}

fn more_filled_than_there_is() {
    let mut buffer = vec![0_u8; 20];
    // SAFETY: C fills what there is.
    unsafe { after_fill(buffer.as_mut_ptr(), 20, 20, 1, 21) };
}

fn null_that_cannot_be() {
    let bytes = vec![0_u8; 20];
    // SAFETY: nothing is read.
    unsafe { after_at(bytes.as_ptr(), 20, -1) };
}

fn a_flag_of_two() {
    // SAFETY: none for a `bool` of two; where nobody looks, the wrapper makes `true` of it.
    assert!(unsafe { after_flag(2) });
}

fn a_text_of_another_encoding() {
    // SAFETY: a number.
    assert!(!unsafe { after_name(1) }.is_null());
}

fn a_result_that_is_not_aligned() {
    let bytes = vec![0_u32; 5];
    // SAFETY: nothing is read.
    unsafe { after_word(bytes.as_ptr().cast(), 20, 6) };
}

fn a_result_from_elsewhere() {
    let bytes = vec![0_u8; 20];
    // SAFETY: nothing is read.
    unsafe { after_at(bytes.as_ptr(), 20, 100) };
}

fn filled_less_than_said() {
    let mut buffer = vec![7_u8; 64];
    // SAFETY: C fills less than there is.
    unsafe { after_fill(buffer.as_mut_ptr(), 64, 40, 1, 64) };
}

fn a_row_not_written() {
    let mut rows = vec![Row::default(); 5];
    // SAFETY: C fills less than there is.
    unsafe { after_rows(rows.as_mut_ptr(), 5, 1) };
}

/// The allocator gives the same state again, and the cursor goes on where the stream before ended.
fn streams_one_after_the_other() {
    let bytes: Vec<u8> = (0..100).collect();
    let mut kept = Vec::new();
    for part in bytes.chunks(7) {
        let mut stream = Box::new(FRESH);
        opened(&mut stream);
        for piece in part.chunks(3) {
            feed(&mut stream, piece);
        }
        close(&mut stream);
        // Closed, it may move as it likes.
        kept.push(*stream);
    }
    for stream in &mut kept {
        opened(stream);
        assert_eq!(feed(stream, &[9]), 9);
        close(stream);
    }
}

fn streams_side_by_side() {
    let bytes: Vec<u8> = (0..100).collect();
    let mut context = 5_u64;
    let mut streams: Vec<Box<Stream>> =
        (0..100).map(|_| Box::new(Stream { opaque: ptr::from_mut(&mut context).cast(), ..FRESH })).collect();
    streams.iter_mut().for_each(|stream| opened(stream));
    for piece in bytes.chunks(9) {
        for stream in &mut streams {
            feed(stream, piece);
        }
    }
    for stream in &mut streams {
        assert_eq!(feed(stream, &[1]), 99 * 50 + 1);
        close(stream);
    }
}

fn moved_before_and_after() {
    let head = Head { first: ptr::null_mut(), last: ptr::null_mut() };
    let mut head = Box::new(head);
    // SAFETY: room for a head.
    unsafe { after_begin(&raw mut *head) };
    // SAFETY: a head.
    assert_eq!(unsafe { after_is_empty(&raw const *head) }, 1);
    let mut other = Box::new(*head);
    drop(head);
    // SAFETY: it begins anew.
    unsafe { after_begin(&raw mut *other) };
    // SAFETY: a head.
    assert_eq!(unsafe { after_is_empty(&raw const *other) }, 1);
}

fn filled_as_said() {
    for round in 0..40_usize {
        let mut buffer = vec![7_u8; 64];
        let fill = round % 20 * 3;
        // SAFETY: C fills less than there is.
        let said = unsafe { after_fill(buffer.as_mut_ptr(), 64, fill, 1, fill as c_long) };
        assert_eq!(said, fill as c_long);
        assert!(buffer.iter().enumerate().all(|(at, byte)| *byte == if at < fill { 1 } else { 7 }), "{buffer:?}");
        // SAFETY: C fills nothing, and says that it failed.
        assert_eq!(unsafe { after_fill(buffer.as_mut_ptr(), 64, 0, 1, -1) }, -1);
        assert!(buffer[fill..].iter().all(|byte| *byte == 7));
        // SAFETY: C fills all there is, and says how much there would have been.
        assert_eq!(unsafe { after_fill_or_count(buffer.as_mut_ptr(), 64, 64, 2, 1000) }, 1000);
        assert_eq!(buffer, [2; 64]);
        // What stands between the fields, and behind a name, stays as it was.
        let mut rows = vec![Row { number: 3, name: [5; 20] }; 4];
        // SAFETY: so many rows.
        assert_eq!(unsafe { after_rows(rows.as_mut_ptr(), 4, 0) }, 4);
        assert!(rows.iter().enumerate().all(|(at, row)| row.number == at as c_int
            && row.name[3..] == {
                let mut rest = [5; 17];
                rest[0] = 0;
                rest
            }));
    }
}

fn results_that_can_be() {
    for _ in 0..20 {
        let bytes = vec![0_u32; 5];
        let start: *const u8 = bytes.as_ptr().cast();
        for at in [0, 4, 16, 20] {
            // SAFETY: nothing is read.
            assert_eq!(unsafe { after_at(start, 20, at) }, start.wrapping_add(at as usize));
            // SAFETY: nothing is read.
            assert_eq!(unsafe { after_word(start, 20, at) }.cast(), start.wrapping_add(at as usize));
        }
        // SAFETY: numbers; only one of the two is said to give UTF-8.
        assert!(unsafe { !after_name(0).is_null() && !after_name_of_bytes(1).is_null() });
        // SAFETY: values of a `bool`.
        assert!(unsafe { after_flag(1) && !after_flag(0) });
        // SAFETY: nothing is read; nothing was found.
        assert!(unsafe { after_word(start, 20, -1) }.is_null());
        let local = [1_u8; 10];
        // SAFETY: nothing is read.
        assert_eq!(unsafe { after_at(local.as_ptr(), 10, 10) }, local.as_ptr().wrapping_add(10));
    }
}
