//! Go's tests of what its checks cost and what its calls keep alive, by their names there.

use crate::allocations;
use crate::check::alone;
use pinned_ffi::{Level, set_level};
use std::ffi::{c_int, c_void};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

#[pinned_ffi::pinned_ffi]
#[link(name = "probe", kind = "static")]
unsafe extern "C" {
    fn write(fd: c_int, buf: *const c_void, count: usize) -> isize;
    fn bsearch(
        #[input]
        #[one]
        #[noescape]
        key: *const c_void,
        #[input]
        #[sized_by(nmemb * size)]
        #[noescape]
        base: *const c_void,
        nmemb: usize,
        size: usize,
        #[callback(scope = call)] compar: Option<unsafe extern "C" fn(*const c_void, *const c_void) -> c_int>,
    ) -> *mut c_void;
    safe fn closures_later(
        #[callback(userdata = data, scope = async, on_panic = -7)] call: Option<
            unsafe extern "C" fn(data: *mut c_void, number: c_int) -> c_int,
        >,
        data: *mut c_void,
    );
    safe fn closures_call_kept(number: c_int) -> c_int;
    #[link_name = "closures_call_kept"]
    #[nocallback]
    safe fn call_kept_silently(number: c_int) -> c_int;
}

/// The fastest of many runs: what else the machine does only adds.
fn fastest(mut run: impl FnMut()) -> Duration {
    let once = |run: &mut dyn FnMut()| {
        let start = Instant::now();
        (0..200).for_each(|_| run());
        start.elapsed()
    };
    (0..50).map(|_| once(&mut run)).min().unwrap_or_default()
}

/// Bytes hold no pointers: a check of a mebibyte costs no more than one of a few bytes does, and Go allows 20 times the call.
#[test]
fn cgo_check_bytes() {
    let bytes = vec![1_u8; 1 << 20];
    let call = || {
        // SAFETY: a bad descriptor: nothing is read.
        assert_eq!(unsafe { write(-1, bytes.as_ptr().cast(), bytes.len()) }, -1);
    };
    let (bare, checked) = alone(|| {
        set_level(Level::Cheap);
        (pinned_ffi::unchecked(|| fastest(call)), fastest(call))
    });
    assert!(checked < 20 * bare, "{checked:?} with checks, {bare:?} without");
}

/// Deeper than what a thread's stack had when C was called, with blocks made and dropped on the way.
fn use_stack_and_heap(depth: usize) -> usize {
    let frame = std::hint::black_box([depth as u8; 1024]);
    let block = vec![frame[0]; 1 + depth % 500];
    let deeper = if depth > 0 { use_stack_and_heap(depth - 1) } else { 0 };
    deeper + block.len() + usize::from(std::hint::black_box(frame)[1023])
}

unsafe extern "C" fn compare(key: *const c_void, element: *const c_void) -> c_int {
    assert!(use_stack_and_heap(400) > 400);
    // SAFETY: C passes the key and an element of the array.
    let [key, element] = [key, element].map(|at| unsafe { at.cast::<u32>().read() });
    key.cmp(&element) as c_int
}

/// Both pointers are good in the callback, whatever it does with stack and heap: one to the stack, one to the heap.
#[test]
fn cgo_escape_with_multiple_pointers() {
    let numbers: Vec<u32> = (0..1000).map(|number| number * 3).collect();
    for (key, place) in [(1500_u32, Some(500)), (1501, None), (0, Some(0)), (2997, Some(999))] {
        let base = numbers.as_ptr();
        let call = |key: *const u32| {
            // SAFETY: an array of that many numbers, and a comparison of them.
            unsafe { bsearch(key.cast(), base.cast(), numbers.len(), 4, Some(compare)) }
        };
        for found in [call(&raw const key), call(&raw const *Box::new(key))] {
            let at = (!found.is_null()).then(|| (found.addr() - base.addr()) / 4);
            assert_eq!(at, place);
        }
    }
}

/// What is lent for a call stays where it is, on the stack or elsewhere: in Go it moves to the heap, where nobody says `noescape`.
#[test]
fn cgo_no_escape() {
    let local = [7_u8; 64];
    let call = |bytes: &[u8]| {
        // SAFETY: a bad descriptor: nothing is read.
        assert_eq!(unsafe { write(-1, bytes.as_ptr().cast(), bytes.len()) }, -1);
    };
    let (on_stack, boxed) = alone(|| {
        set_level(Level::Cheap);
        // The first call of a thread makes its log.
        call(&local);
        let on_stack = allocations(|| (0..100).for_each(|_| call(&local)));
        (on_stack, allocations(|| (0..100).for_each(|number| call(&*Box::new([number; 64])))))
    });
    assert_eq!((on_stack, boxed), (0, 100));
}

/// A function that promised to call nothing calls a closure: in Go a crash, here a report behind the call, which has run.
#[test]
fn cgo_no_callback() {
    let said = |call: fn(c_int) -> c_int| {
        closures_later(|number| number + 1);
        let panic = catch_unwind(AssertUnwindSafe(|| call(3)));
        panic.map_err(|panic| panic.downcast_ref::<String>().expect("a report is text").clone())
    };
    alone(|| {
        set_level(Level::Off);
        assert_eq!(said(call_kept_silently), Ok(4));
        set_level(Level::Cheap);
        assert_eq!(said(closures_call_kept), Ok(4), "it has promised nothing");
        let report = said(call_kept_silently).expect_err("a report");
        assert!(report.starts_with("error[PF034]: `closures_call_kept` called the callback"), "{report}");
    });
}
