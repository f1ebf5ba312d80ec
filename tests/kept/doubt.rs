//! What might end something, or be somebody else's, ends nothing.

use super::{Loud, c, is_alive};
use std::ffi::CString;
use std::sync::Arc;

#[test]
fn what_may_end_something_else_ends_nothing() {
    let (one, other) = (c::keeper_new(), c::keeper_new());
    let (first, first_alive) = Loud::new(&[1]);
    let (second, second_alive) = Loud::new(&[2]);
    c::keeper_set(one.as_ref(), 0, Some(first)).expect("a place");
    c::keeper_set(one.as_ref(), 2, Some(second)).expect("a place");
    c::keeper_unset(one.as_ref(), 2);
    assert!(is_alive(&first_alive) && is_alive(&second_alive), "the place has another type there");
    assert_eq!(c::keeper_sum(one.as_ref()), 1);
    c::keeper_empty_second(one.as_ref(), other.as_ref());
    assert!(is_alive(&first_alive), "either of two could be meant");
    assert_eq!(c::keeper_sum(one.as_ref()), 1);
}

/// Before: both were one keeper to the registry; and a thread that ended what another was just giving was told as PF010.
#[test]
fn libraries_and_threads_with_the_same_names() {
    let words: Arc<std::ffi::CStr> = CString::new("left").expect("no zero").into();
    c::left::set_note(Arc::clone(&words));
    c::right::set_note(CString::new("right").expect("no zero"));
    assert_eq!((c::left::left_first(), Arc::strong_count(&words)), (i32::from(b'l'), 2));
    let threads: Vec<_> = (0..4)
        .map(|thread| {
            std::thread::spawn(move || {
                for round in 0..3000 {
                    if (thread + round) % 3 == 0 {
                        c::left::end_note();
                    } else {
                        c::left::set_note(CString::new(format!("{thread} {round}")).expect("no zero"));
                    }
                }
            })
        })
        .collect();
    for thread in threads {
        thread.join().expect("no report, so no panic");
    }
    c::left::end_note();
    assert_eq!(Arc::strong_count(&words), 1);
}
