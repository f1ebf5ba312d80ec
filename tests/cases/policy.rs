//! How calls are checked, function by function: dead targets alone, not at all, with guarded copies or without; and what bounds cut short.

use super::Case;
use super::wrappers::{Node, entry, nowhere, probe_call, writev};
use libc::{c_char, c_int, c_void, iovec, size_t};
use pinned_ffi::Pinner;

pub(crate) const WRONG: &[Case] = &[
    ("live_nested_freed", live_nested_freed),
    ("live_nested_freed_further_in", live_nested_freed_further_in),
    ("strict_among_live", strict_among_live),
];

pub(crate) const WRONG_AT_FULL: &[Case] = &[("read_after_return_of_a_late_call", read_after_return_of_a_late_call)];

pub(crate) const LEGAL: &[Case] = &[
    ("live_nested_unpinned", live_nested_unpinned),
    ("left_unchecked", left_unchecked),
    ("guarded_as_asked", guarded_as_asked),
];

/// Legal, and too much to look at.
pub(crate) const BOUNDED: &[Case] = &[
    ("ring_of_pins", ring_of_pins),
    ("table_behind_a_pin", table_behind_a_pin),
    ("long_vector", long_vector),
    ("long_text", long_text),
];

/// What is counted: how many of so many calls were checked.
pub(crate) const COUNTED: &[Case] = &[("ten_thousand_calls", ten_thousand_calls)];

#[pinned_ffi::pinned_ffi(nested = "live")]
unsafe extern "C" {
    #[link_name = "probe_sum"]
    fn sum_live(#[one] node: *const Node) -> i64;
    // Looks at one node and not at what it points to; but who knows that.
    #[link_name = "probe_value"]
    fn value_live(#[one] node: *const Node) -> c_int;
    #[nested(strict)]
    #[link_name = "probe_sum"]
    fn sum_strict(#[one] node: *const Node) -> i64;
    #[unchecked("the case is about that")]
    #[link_name = "probe_value"]
    fn value_unchecked(#[one] node: *const Node) -> c_int;
    #[link_name = "watch_is_guarded"]
    fn guarded_sometimes(
        #[input]
        #[sized_by(n)]
        #[noescape]
        data: *const c_void,
        n: size_t,
    ) -> c_int;
    #[guarded(always)]
    #[link_name = "watch_is_guarded"]
    fn guarded_always(
        #[input]
        #[sized_by(n)]
        #[noescape]
        data: *const c_void,
        n: size_t,
    ) -> c_int;
    #[guarded(never)]
    #[link_name = "watch_is_guarded"]
    fn guarded_never(
        #[input]
        #[sized_by(n)]
        #[noescape]
        data: *const c_void,
        n: size_t,
    ) -> c_int;
    #[guarded(always)]
    #[link_name = "watch_keep_on_heap"]
    fn keep_guarded(
        #[out]
        #[counted_by(n)]
        #[noescape]
        data: *mut u8,
        n: size_t,
    );
    fn watch_read_kept(at: size_t) -> c_int;
    #[link_name = "cgo_take"]
    fn take_text(
        #[input]
        #[null_terminated]
        text: *const c_char,
    );
    #[nested(strict)]
    #[link_name = "cgo_take"]
    fn take_table(#[one] table: *const Table);
}

/// An array and its length.
#[pinned_ffi::pinned_ffi]
#[repr(C)]
struct Table {
    #[counted_by(n)]
    slots: *const *const u8,
    n: usize,
}

fn node(value: c_int, next: *const Node) -> Box<Node> {
    Box::new(Node { value, next })
}

fn live_nested_unpinned() {
    let last = node(3, std::ptr::null());
    let inner = node(2, &raw const *last);
    let outer = node(1, &raw const *inner);
    // SAFETY: the nodes are there.
    assert_eq!(unsafe { sum_live(&raw const *outer) }, 6);
}

fn live_nested_freed() {
    let inner = node(2, std::ptr::null());
    let outer = node(1, &raw const *inner);
    drop(inner);
    // SAFETY: none; the second node is freed.
    unsafe { value_live(&raw const *outer) };
}

fn live_nested_freed_further_in() {
    let last = node(3, std::ptr::null());
    let inner = node(2, &raw const *last);
    let outer = node(1, &raw const *inner);
    drop(last);
    // SAFETY: none; the third node is freed.
    unsafe { value_live(&raw const *outer) };
}

fn strict_among_live() {
    let inner = node(2, std::ptr::null());
    let outer = node(1, &raw const *inner);
    // SAFETY: both nodes are there; nobody pins the second one.
    unsafe { sum_strict(&raw const *outer) };
}

fn left_unchecked() {
    let inner = node(2, std::ptr::null());
    let outer = node(1, &raw const *inner);
    drop(inner);
    // SAFETY: `probe_value` looks at the first node only.
    assert_eq!(unsafe { value_unchecked(&raw const *outer) }, 1);
}

fn guarded_as_asked() {
    let is_full = pinned_ffi::level() == pinned_ffi::Level::Full;
    let data = vec![7_u8; 100];
    let count = |call: unsafe fn(*const c_void, size_t) -> c_int| {
        // SAFETY: a hundred bytes, which C does not look at.
        (0..300).filter(|_| unsafe { call(data.as_ptr().cast(), data.len()) } == 1).count()
    };
    assert_eq!(count(guarded_always), if is_full { 300 } else { 0 });
    assert_eq!(count(guarded_never), 0);
    // The first eight, and the one with the number 256.
    assert_eq!(count(guarded_sometimes), if is_full { 9 } else { 0 });
}

fn read_after_return_of_a_late_call() {
    let mut data = vec![0_u8; 40];
    for _ in 0..20 {
        // SAFETY: forty bytes.
        unsafe { keep_guarded(data.as_mut_ptr(), data.len()) };
    }
    // SAFETY: none; the memory was lent for the call.
    unsafe { watch_read_kept(9) };
}

fn ring_of_pins() {
    let mut nodes: Vec<Box<Node>> = (1..=3).map(|value| node(value, std::ptr::null())).collect();
    for index in 0..3 {
        nodes[index].next = &raw const *nodes[(index + 1) % 3];
    }
    let first = Box::new(Ring { next: &raw const *nodes[0] });
    let mut pinner = Pinner::new();
    for node in nodes {
        pinner.pin(node);
    }
    // SAFETY: C looks at nothing.
    unsafe { take_ring(&raw const *first) };
}

#[pinned_ffi::pinned_ffi]
#[repr(C)]
struct Ring {
    #[one]
    next: *const Node,
}

#[pinned_ffi::pinned_ffi(raw = raw_ring)]
unsafe extern "C" {
    #[link_name = "cgo_take"]
    fn take_ring(#[one] ring: *const Ring);
}

fn table_behind_a_pin() {
    let slots = vec![std::ptr::null::<u8>(); 5000];
    let mut pinner = Pinner::new();
    let slots = pinner.pin(slots).cast::<*const u8>();
    let table = Box::new(Table { slots, n: 5000 });
    // SAFETY: C looks at nothing.
    unsafe { take_table(&raw const *table) };
}

/// As many entries as nobody needs; the kernel refuses them.
fn vector_of(count: usize, first: iovec) -> isize {
    let empty = iovec { iov_base: std::ptr::null_mut(), iov_len: 0 };
    let mut vector = vec![empty; count];
    vector[0] = first;
    // SAFETY: all entries are there.
    unsafe { writev(nowhere(), vector.as_ptr(), c_int::try_from(count).expect("it fits")) }
}

fn long_vector() {
    let mut buffer = [1_u8; 4];
    assert_eq!(vector_of(100_000, entry(&mut buffer)), -1);
}

/// The mistake is at the beginning, and the walk does not come to the end. For a test of its own.
pub(crate) fn freed_in_a_long_vector() {
    let mut buffer = vec![1_u8; 40];
    let first = entry(&mut buffer);
    drop(buffer);
    vector_of(100_000, first);
}

fn long_text() {
    let text: Box<[u8]> = std::iter::repeat_n(b'x', 100_000).chain([0]).collect();
    // SAFETY: it ends with a zero, and C looks at nothing.
    unsafe { take_text(text.as_ptr().cast()) };
    let short_in_a_large_block: Box<[u8]> = std::iter::once(b'x').chain(std::iter::repeat_n(0, 100_000)).collect();
    // SAFETY: as above.
    unsafe { take_text(short_in_a_large_block.as_ptr().cast()) };
}

fn ten_thousand_calls() {
    unsafe extern "C" fn under_way(_: *mut c_void) -> c_int {
        // A call that is not checked is on no list.
        c_int::try_from(pinned_ffi::calls().len()).expect("it is one or none")
    }
    let mut data = 0_u64;
    // SAFETY: the callback looks at nothing.
    let checked: c_int = (0..10_000).map(|_| unsafe { probe_call(Some(under_way), (&raw mut data).cast()) }).sum();
    println!("checked {checked}");
}
