//! Owners that C keeps: alive until the function that ends it, over a C library that reads them much later.

use pinned_ffi::{AssertSend, Lent, Nothing, Owned};
use std::ffi::CString;
use std::rc::Rc;
use std::sync::Arc;

#[global_allocator]
static ALLOC: pinned_ffi::TrackedAlloc = pinned_ffi::TrackedAlloc::system();

mod c;
mod doubt;

/// An owner that tells when it is dropped, and by whom.
struct Loud {
    bytes: Box<[u8]>,
    alive: Arc<()>,
}

impl Loud {
    fn new(bytes: &[u8]) -> (Self, Arc<()>) {
        let alive = Arc::new(());
        (Self { bytes: bytes.into(), alive: Arc::clone(&alive) }, alive)
    }
}

// SAFETY: a boxed slice stays where it is, initialised, until the owner is dropped, and nobody else has it.
unsafe impl pinned_ffi::Retain<u8> for Loud {
    fn elements(&mut self) -> *const [u8] {
        assert_eq!(Arc::strong_count(&self.alive), 2);
        &raw const *self.bytes
    }
}

fn is_alive(owner: &Arc<()>) -> bool {
    Arc::strong_count(owner) == 2
}

#[test]
fn kept_until_replaced_in_its_place() {
    let keeper = c::keeper_new();
    let (first, first_alive) = Loud::new(&[1, 2, 3]);
    let (second, second_alive) = Loud::new(&[10]);
    c::keeper_set(keeper.as_ref(), 0, Some(first)).expect("a place");
    c::keeper_set(keeper.as_ref(), 1, Some(second)).expect("a place");
    assert_eq!(c::keeper_sum(keeper.as_ref()), 16);
    c::keeper_set(keeper.as_ref(), 0, Some(vec![100_u8])).expect("a place");
    assert!(!is_alive(&first_alive) && is_alive(&second_alive), "only what was replaced is gone");
    assert_eq!(c::keeper_sum(keeper.as_ref()), 110);
    c::keeper_set_number(keeper.as_ref(), 1, 5).expect("a place");
    assert!(!is_alive(&second_alive), "another function took its place");
    assert_eq!(c::keeper_sum(keeper.as_ref()), 100);
}

#[test]
fn a_failed_call_keeps_nothing_and_replaces_nothing() {
    let keeper = c::keeper_new();
    let (first, first_alive) = Loud::new(&[7]);
    let (refused, refused_alive) = Loud::new(&[9]);
    c::keeper_set(keeper.as_ref(), 2, Some(first)).expect("a place");
    assert_eq!(c::keeper_set(keeper.as_ref(), 9, Some(refused)), Err(1));
    assert!(!is_alive(&refused_alive), "C has not taken it");
    assert_eq!(c::keeper_set_number(keeper.as_ref(), 2, -1), Err(1));
    assert!(is_alive(&first_alive), "C still has it");
    assert_eq!(c::keeper_sum(keeper.as_ref()), 7);
}

#[test]
fn ended_for_all_places_and_by_the_owner() {
    for ends_by_drop in [false, true] {
        let keeper = c::keeper_new();
        let (first, first_alive) = Loud::new(&[1]);
        let (second, second_alive) = Loud::new(&[2]);
        c::keeper_set(keeper.as_ref(), 0, Some(first)).expect("a place");
        c::keeper_set(keeper.as_ref(), 3, Some(second)).expect("a place");
        if ends_by_drop {
            drop(keeper);
        } else {
            c::keeper_clear(keeper.as_ref());
            assert_eq!(c::keeper_sum(keeper.as_ref()), 0);
        }
        assert!(!is_alive(&first_alive) && !is_alive(&second_alive));
    }
}

#[test]
fn an_end_that_fails_ends_nothing() {
    let keeper = c::keeper_new();
    let (data, alive) = Loud::new(&[4]);
    c::keeper_set(keeper.as_ref(), 0, Some(data)).expect("a place");
    let (keeper, code) = c::keeper_close(keeper).expect_err("it has something");
    assert_eq!((code, c::keeper_sum(keeper.as_ref())), (1, 4));
    assert!(is_alive(&alive));
    c::keeper_set(keeper.as_ref(), 0, None::<Nothing>).expect("a place");
    assert!(!is_alive(&alive), "null took its place");
    c::keeper_close(keeper).expect("it is empty");
}

#[test]
fn a_leaked_keeper_keeps_for_ever() {
    let keeper = c::keeper_new();
    let (data, alive) = Loud::new(&[4, 4]);
    c::keeper_set(keeper.as_ref(), 0, Some(data)).expect("a place");
    let leaked = std::mem::ManuallyDrop::new(keeper);
    assert!(is_alive(&alive));
    assert_eq!(c::keeper_sum(leaked.as_ref()), 8);
}

#[test]
fn texts_and_what_is_shared() {
    let keeper = c::keeper_new();
    let shared: Arc<std::ffi::CStr> = CString::new("shared").expect("no zero").into();
    c::keeper_name(keeper.as_ref(), Some(Arc::clone(&shared)));
    assert_eq!((c::keeper_name_length(keeper.as_ref()), Arc::strong_count(&shared)), (6, 2));
    c::keeper_name(keeper.as_ref(), Some(c"static"));
    assert_eq!(Arc::strong_count(&shared), 1);
    c::keeper_name(keeper.as_ref(), Some(CString::new("a name of its own").expect("no zero")));
    assert_eq!(c::keeper_name_length(keeper.as_ref()), 17);
    c::keeper_name(keeper.as_ref(), None::<Nothing>);
    assert_eq!(c::keeper_name_length(keeper.as_ref()), 0);
}

#[test]
fn what_c_writes_comes_back() {
    let keeper = c::keeper_new();
    let room = Lent::new(vec![0_u8; 32]);
    c::keeper_message(keeper.as_ref(), room.lend());
    c::keeper_say(keeper.as_ref(), c"out of order");
    // SAFETY: C writes during calls on the keeper only, and none is under way.
    let said = unsafe { room.peek() };
    assert!(said.starts_with(b"out of order\0"), "{said:?}");
    let room = room.take().expect_err("C has it");
    drop(keeper);
    assert_eq!(room.take().expect("C has let go")[0], b'o');
}

#[test]
fn a_handle_is_kept_by_another() {
    let (data, alive) = Loud::new(&[50]);
    let friend = c::keeper_of(data).expect("not empty");
    let keeper = c::keeper_new();
    let friend = Rc::new(friend);
    c::keeper_friend(keeper.as_ref(), Some(Rc::clone(&friend)));
    drop(friend);
    assert!(is_alive(&alive), "keeper, friend, data: each holds the next");
    assert_eq!(c::keeper_sum(keeper.as_ref()), 50);
    drop(keeper);
    assert!(!is_alive(&alive));
}

#[test]
fn the_result_keeps() {
    let (data, alive) = Loud::new(&[3, 4]);
    let keeper: Owned<'static, _, _> = c::keeper_of(data).expect("not empty");
    assert_eq!((c::keeper_sum(keeper.as_ref()), is_alive(&alive)), (7, true));
    drop(keeper);
    assert!(!is_alive(&alive));
    let (nothing, alive) = Loud::new(&[]);
    assert_eq!(c::keeper_of(nothing).expect_err("empty").raw_os_error(), Some(libc::EINVAL));
    assert!(!is_alive(&alive), "no result keeps it");
}

#[test]
fn the_process_keeps() {
    let words: Arc<std::ffi::CStr> = CString::new("xyz").expect("no zero").into();
    c::note_set(Arc::clone(&words));
    assert_eq!((c::note_first(), Arc::strong_count(&words)), (i32::from(b'x'), 2));
    c::note_set(c"abc");
    assert_eq!((c::note_first(), Arc::strong_count(&words)), (i32::from(b'a'), 1));
    c::note_end();
    assert_eq!(c::note_first(), -1);
}

#[test]
fn for_ever_is_for_ever() {
    let first: Arc<std::ffi::CStr> = CString::new("first").expect("no zero").into();
    let second: Arc<std::ffi::CStr> = CString::new("second").expect("no zero").into();
    c::note_set_for_ever(Arc::clone(&first));
    c::note_set_for_ever(Arc::clone(&second));
    assert_eq!((Arc::strong_count(&first), Arc::strong_count(&second)), (2, 2), "the same call again is no end");
}

#[test]
fn what_does_not_say_that_it_ends_ends_nothing() {
    let keeper = c::keeper_new();
    let (first, first_alive) = Loud::new(&[1]);
    let (second, second_alive) = Loud::new(&[2]);
    c::keeper_set(keeper.as_ref(), 0, Some(first)).expect("a place");
    c::keeper_set(keeper.as_ref(), 1, Some(second)).expect("a place");
    // SAFETY: it has something, so it stays open.
    assert_eq!(unsafe { c::keeper_shut(keeper.as_ptr()) }, 1);
    assert!(is_alive(&first_alive) && is_alive(&second_alive), "nobody says whether it failed");
    c::keeper_put_number(keeper.as_ref(), 0, 3).expect("a place");
    assert!(is_alive(&first_alive) && is_alive(&second_alive), "nobody says which place");
    drop(keeper);
    assert!(!is_alive(&first_alive) && !is_alive(&second_alive));
}

#[test]
fn what_is_kept_is_pinned_at_the_call() {
    let keeper = c::keeper_new();
    let data = vec![1_u8; 100];
    let at = data.as_ptr();
    let line = line!() + 1;
    c::keeper_set(keeper.as_ref(), 0, Some(data)).expect("a place");
    assert_eq!(pinned_ffi::pin_count(at), u32::from(pinned_ffi::COMPILED));
    if pinned_ffi::COMPILED {
        let pins = pinned_ffi::pins();
        let block = pins.iter().find(|block| block.extent.start.0 == at.addr()).expect("it is pinned");
        assert_eq!((block.sites[0].file(), block.sites[0].line()), (file!(), line));
    }
    drop(keeper);
    assert_eq!(pinned_ffi::pin_count(at), 0);
}

#[test]
fn owners_go_between_threads_and_handles_stay() {
    let (data, alive) = Loud::new(&[1]);
    let keeper = c::keeper_new();
    c::keeper_set(keeper.as_ref(), 0, Some(data)).expect("a place");
    let friend = c::keeper_new();
    let (kept, friend_alive) = Loud::new(&[2]);
    c::keeper_set(friend.as_ref(), 0, Some(kept)).expect("a place");
    c::keeper_friend(keeper.as_ref(), Some(friend));
    struct Sent(*mut c::keeper);
    // SAFETY: the library has no state of a thread.
    unsafe impl Send for Sent {}
    let sent = Sent(keeper.into_raw());
    std::thread::spawn(move || {
        let sent = sent;
        // SAFETY: given up above, and released by this owner.
        let keeper: Option<Owned<'static, _, c::raw::keeper_free>> = unsafe { Owned::from_raw(sent.0) };
        drop(keeper);
    })
    .join()
    .expect("the thread ends");
    assert!(!is_alive(&alive), "data may be dropped anywhere");
    assert!(is_alive(&friend_alive), "a handle of another thread's is kept");
}

#[test]
fn many_keepers_at_once() {
    let all: Vec<_> = (0..8)
        .map(|seed: u32| {
            std::thread::spawn(move || {
                for round in 0..500_u32 {
                    let keeper = c::keeper_new();
                    for at in 0..4 {
                        let value = u8::try_from((seed * 7 + round + at) % 200).expect("small");
                        c::keeper_set(keeper.as_ref(), at.cast_signed(), Some(vec![value; 10])).expect("a place");
                    }
                    let expected: u32 = (0..4).map(|at| (seed * 7 + round + at) % 200 * 10).sum();
                    assert_eq!(c::keeper_sum(keeper.as_ref()), i64::from(expected));
                    if round % 3 == 0 {
                        c::keeper_clear(keeper.as_ref());
                    }
                }
            })
        })
        .collect();
    for thread in all {
        thread.join().expect("the thread ends");
    }
}

#[test]
fn structures_with_pointers_can_be_vouched_for() {
    struct Node {
        _next: *const u8,
    }
    // SAFETY: the pointer is null.
    let owner = unsafe { AssertSend::new(Box::new(Node { _next: std::ptr::null() })) };
    let lent = Lent::new(owner);
    let mut loan = lent.lend().expect("nobody has it");
    assert_eq!(pinned_ffi::RetainMut::<Node>::elements_mut(&mut loan).len(), 1);
}

/// What a callback, or another thread, has C keep during a call is not ended by that call.
#[test]
fn what_comes_during_a_call_stays() {
    for clears in [false, true] {
        let keeper = c::keeper_new();
        let (old, old_alive) = Loud::new(&[1]);
        let (outer, outer_alive) = Loud::new(&[2]);
        let (inner, inner_alive) = Loud::new(&[40]);
        c::keeper_set(keeper.as_ref(), 0, Some(old)).expect("a place");
        let mut inner = Some(inner);
        let set_again = || c::keeper_set(keeper.as_ref(), 0, inner.take()).expect("a place");
        if clears {
            // SAFETY: C calls the closure during the call only, as the contract says.
            unsafe { c::keeper_clear_and_tell(keeper.as_ref(), set_again) };
            drop(outer);
        } else {
            // SAFETY: as above.
            unsafe { c::keeper_set_and_tell(keeper.as_ref(), 0, outer, set_again) }.expect("a place");
        }
        assert!(!is_alive(&old_alive), "replaced or cleared");
        assert!(is_alive(&inner_alive), "C has it");
        assert_eq!(c::keeper_sum(keeper.as_ref()), 40);
        drop(keeper);
        assert!(!is_alive(&inner_alive) && !is_alive(&outer_alive));
    }
}

#[test]
fn an_end_may_come_twice_and_from_a_callback() {
    let keeper = c::keeper_new();
    let (old, old_alive) = Loud::new(&[1]);
    let (new, new_alive) = Loud::new(&[2]);
    c::keeper_set(keeper.as_ref(), 0, Some(old)).expect("a place");
    let clear = || {
        c::keeper_clear(keeper.as_ref());
        c::keeper_clear(keeper.as_ref());
    };
    // SAFETY: C calls the closure during the call only, as the contract says.
    unsafe { c::keeper_set_and_tell(keeper.as_ref(), 1, new, clear) }.expect("a place");
    assert!(!is_alive(&old_alive), "cleared during the call");
    assert!(is_alive(&new_alive), "C has cleared it, but that call did not know of it: it stays until the next end");
    assert_eq!(c::keeper_sum(keeper.as_ref()), 0);
    c::keeper_clear(keeper.as_ref());
    assert!(!is_alive(&new_alive));
    c::keeper_clear(keeper.as_ref());
}

/// A child has copies of its own: what it ends there is still kept here.
#[test]
fn a_forked_child_ends_its_own() {
    let keeper = c::keeper_new();
    let (data, alive) = Loud::new(&[21]);
    c::keeper_set(keeper.as_ref(), 0, Some(data)).expect("a place");
    // SAFETY: the child calls C and the runtime, whose locks survive a fork, and leaves without unwinding.
    match unsafe { libc::fork() } {
        0 => {
            let sum = c::keeper_sum(keeper.as_ref());
            c::keeper_clear(keeper.as_ref());
            let is_right = sum == 21 && !is_alive(&alive) && c::keeper_sum(keeper.as_ref()) == 0;
            // SAFETY: ends the process at once, as a child of a threaded program should.
            unsafe { libc::_exit(if is_right { 0 } else { 7 }) }
        }
        child => {
            assert!(child > 0, "{}", std::io::Error::last_os_error());
            let mut status = -1;
            // SAFETY: a child of this process, waited for once.
            assert_eq!(unsafe { libc::waitpid(child, &raw mut status, 0) }, child);
            assert_eq!((libc::WIFEXITED(status), libc::WEXITSTATUS(status)), (true, 0));
        }
    }
    assert!(is_alive(&alive));
    assert_eq!(c::keeper_sum(keeper.as_ref()), 21);
}
