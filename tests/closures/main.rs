//! Closures that C calls: what they get and give, where panics go, who lets go of them and when.

use pinned_ffi::Owned;
use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicI32, Ordering};

#[global_allocator]
static ALLOC: pinned_ffi::TrackedAlloc = pinned_ffi::TrackedAlloc::system();

mod c;

/// What a panic said.
fn said(body: impl FnOnce()) -> String {
    let payload = catch_unwind(AssertUnwindSafe(body)).expect_err("it panics");
    let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| payload.downcast_ref::<String>().cloned()).expect("a text")
}

#[test]
fn a_closure_gets_slices_and_keeps_its_state() {
    let mut pieces = Vec::new();
    let code = c::closures_each(&[1, 2, 3, 4, 5], 2, |piece: &[i32]| {
        pieces.push(piece.to_vec());
        0
    });
    assert_eq!((code, pieces), (0, vec![vec![1, 2], vec![3, 4], vec![5]]));
    assert_eq!(c::closures_each(&[1, 2, 3], 1, |piece| if piece[0] == 2 { 9 } else { 0 }), 9);
    assert_eq!(c::closures_each(&[], 1, |_| 5), 0);
}

#[test]
fn a_panic_waits_for_c_and_the_closure_does_not_run_meanwhile() {
    let mut calls = 0;
    let text = said(|| {
        c::closures_repeat(4, |number| {
            calls += 1;
            assert!(number < 1, "at {number}");
            number
        });
    });
    assert_eq!((text.as_str(), calls), ("at 1", 2));
    assert_eq!(c::closures_repeat(3, |number| number), 3);
    let code = Cell::new(0);
    let text = said(|| code.set(c::closures_each(&[1, 2], 1, |_| panic!("first"))));
    assert_eq!((text.as_str(), code.get()), ("first", 0));
}

#[test]
fn nested_calls_have_closures_of_their_own() {
    let sum = c::closures_repeat(3, |outer| c::closures_repeat(2, |inner| outer * 10 + inner));
    assert_eq!(sum, 1 + 21 + 41);
    let sum = c::closures_plain(3, |outer| outer + c::closures_plain(2, |inner| 100 * inner));
    assert_eq!(sum, 303);
    let caught = c::closures_plain(1, |_| {
        i32::try_from(said(|| _ = c::closures_plain(1, |_| panic!("inside"))).len()).expect("short")
    });
    assert_eq!(caught, 6);
    assert_eq!(c::closures_plain(2, |number| number), 1);
}

#[test]
fn texts_objects_and_null() {
    let mut object = 4;
    c::closures_typed(c"hello", &mut object, 0, |text, object| {
        assert_eq!(text, c"hello");
        *object.expect("an object") += 1;
    });
    assert_eq!(object, 5);
    let text = said(|| c::closures_typed(c"hello", &mut object, 1, |_, _| unreachable!("null is no text")));
    assert_eq!(text, "C gave null for `text`");
}

#[test]
fn other_threads_may_call_what_may_be_shared() {
    let count = AtomicI32::new(40);
    assert_eq!(c::closures_thread(|number| count.fetch_add(number, Ordering::Relaxed) + number), 41);
    assert_eq!(count.into_inner(), 41);
}

#[test]
fn c_destroys_what_it_keeps() {
    let alive = Arc::new(());
    let source = c::source_new();
    let connect = |source: &Owned<'_, _, _>, step: i32| {
        let (held, mut sum) = (Arc::clone(&alive), 0);
        c::source_connect(source.as_ref(), 0, 0, move |number| {
            let _ = &held;
            sum += number * step;
            sum
        })
    };
    connect(&source, 1).expect("connected");
    assert_eq!((c::source_fire(source.as_ref(), 2), c::source_fire(source.as_ref(), 3)), (2, 5));
    connect(&source, 10).expect("connected");
    assert_eq!((c::source_fire(source.as_ref(), 2), Arc::strong_count(&alive)), (20, 2));
    c::source_disconnect(source.as_ref());
    assert_eq!((c::source_fire(source.as_ref(), 2), Arc::strong_count(&alive)), (-1, 1));
    connect(&source, 1).expect("connected");
    drop(source);
    assert_eq!(Arc::strong_count(&alive), 1);
}

#[test]
fn a_panic_resumes_in_the_call_that_runs_what_c_keeps() {
    let source = c::source_new();
    let mut calls = 0;
    let connected = c::source_connect(source.as_ref(), 0, 0, move |number| {
        calls += 1;
        assert!(number > 0, "number {number}");
        calls
    });
    connected.expect("connected");
    assert_eq!(said(|| _ = c::source_fire(source.as_ref(), 0)), "number 0");
    assert_eq!(c::source_fire(source.as_ref(), 1), 2);
}

#[test]
fn what_c_refuses_is_freed_once() {
    let alive = Arc::new(());
    let source = c::source_new();
    let held = Arc::clone(&alive);
    let code = c::source_connect(source.as_ref(), 3, 0, move |_| i32::try_from(Arc::strong_count(&held)).unwrap_or(0));
    assert_eq!((code, Arc::strong_count(&alive)), (Err(3), 1));
}

#[test]
fn a_closure_that_lets_go_of_itself_runs_to_its_end() {
    let alive = Arc::new(());
    let source = Arc::new(AssertShared(c::source_new()));
    let (held, inner) = (Arc::clone(&alive), Arc::clone(&source));
    let connected = c::source_connect(source.0.as_ref(), 0, 0, move |number| {
        c::source_disconnect(inner.0.as_ref());
        // What it holds is still there.
        number + i32::try_from(Arc::strong_count(&held)).expect("few")
    });
    connected.expect("connected");
    assert_eq!(c::source_fire(source.0.as_ref(), 10), 12);
    assert_eq!((c::source_fire(source.0.as_ref(), 10), Arc::strong_count(&alive)), (-1, 1));
}

/// C's source, used on one thread.
struct AssertShared<T>(T);
// SAFETY: the test that has it uses one thread.
unsafe impl<T> Send for AssertShared<T> {}
// SAFETY: the same.
unsafe impl<T> Sync for AssertShared<T> {}

#[test]
fn what_a_call_ends_is_dropped_behind_it() {
    type None_ = fn(i32) -> i32;
    let (first, second) = (std::rc::Rc::new(()), std::rc::Rc::new(()));
    let source = c::source_new();
    let hook = |held: &std::rc::Rc<()>| {
        let held = std::rc::Rc::clone(held);
        c::source_hook(
            source.as_ref(),
            Some(move |number| number + i32::try_from(std::rc::Rc::strong_count(&held)).expect("few")),
        );
    };
    hook(&first);
    assert_eq!(c::source_fire(source.as_ref(), 0), 2);
    hook(&second);
    assert_eq!((std::rc::Rc::strong_count(&first), std::rc::Rc::strong_count(&second)), (1, 2));
    c::source_hook(source.as_ref(), None::<None_>);
    assert_eq!((std::rc::Rc::strong_count(&second), c::source_fire(source.as_ref(), 0)), (1, -1));
    hook(&first);
    drop(source);
    assert_eq!(std::rc::Rc::strong_count(&first), 1);
}

#[test]
fn once_and_for_ever() {
    let alive = Arc::new(());
    let held = Arc::clone(&alive);
    c::closures_later(move |number| {
        drop(held);
        number + 1
    });
    assert_eq!((Arc::strong_count(&alive), c::closures_call_kept(4), Arc::strong_count(&alive)), (2, 5, 1));
    let mut sum = 0;
    c::forever::set_forever(move |number| {
        sum += number;
        sum
    });
    assert_eq!((c::closures_call_kept(4), c::closures_call_kept(4)), (4, 8));
}

#[test]
fn closures_borrow_what_outlives_the_call() {
    let seen = RefCell::new(Vec::new());
    c::closures_repeat(2, |number| {
        seen.borrow_mut().push(number);
        0
    });
    assert_eq!(seen.into_inner(), [0, 1]);
}

#[test]
fn where_both_sides_say_so_a_panic_goes_through_c() {
    use c::unwinding::{carried, finished, plain, repeat};
    let alive = Arc::new(());
    let before = finished();
    let held = Arc::clone(&alive);
    let text = said(|| {
        repeat(3, move |number| {
            let _ = &held;
            panic!("at {number}, with a handle on {}", Arc::strong_count(&held))
        });
    });
    assert_eq!((text.as_str(), Arc::strong_count(&alive)), ("at 0, with a handle on 2", 1));
    assert_eq!(said(|| _ = plain(3, |number| panic!("plainly at {number}"))), "plainly at 0");
    assert_eq!(finished(), before, "C's frames were unwound");
    // The next calls find nothing of that.
    assert_eq!((repeat(3, |number| number), plain(3, |number| number), finished() - before), (3, 3, 2));
    assert_eq!(said(|| _ = carried(2, |_| panic!("carried"))), "carried");
    assert_eq!(finished() - before, 3, "C went on to its end");
    // Inside one that is carried, and the other way round.
    let outer = said(|| {
        carried(1, |_| repeat(2, |_| panic!("through both")));
    });
    assert_eq!((outer.as_str(), finished() - before), ("through both", 4));
}
