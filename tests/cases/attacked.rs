//! Numbers of closures that C mixes up or makes up, and closures that go while something of them runs.

use super::Case;
use std::ffi::{c_int, c_void};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};

pub(crate) const WRONG: &[Case] = &[
    ("userdata_of_another_closure", userdata_of_another_closure),
    ("userdata_of_null", userdata_of_null),
    ("number_of_one_that_was_replaced", number_of_one_that_was_replaced),
];

pub(crate) const LEGAL: &[Case] = &[
    ("a_drop_that_panics_while_c_destroys", a_drop_that_panics_while_c_destroys),
    ("destroyed_by_another_thread_while_it_runs", destroyed_by_another_thread_while_it_runs),
    ("many_closures_at_once", many_closures_at_once),
    ("a_closure_that_takes_itself_back", a_closure_that_takes_itself_back),
    ("a_closure_that_replaces_itself_and_panics", a_closure_that_replaces_itself_and_panics),
    ("a_closure_for_one_call_that_gives_the_next", a_closure_for_one_call_that_gives_the_next),
];

/// C's source of events.
#[repr(C)]
struct source {
    inside: [u8; 0],
}

#[rustfmt::skip]
#[pinned_ffi::pinned_ffi]
#[link(name = "probe", kind = "static")]
unsafe extern "C" {
    safe fn closures_later(
        #[callback(userdata = data, scope = async, on_panic = -7)] call: Option<unsafe extern "C" fn(data: *mut c_void, number: c_int) -> c_int>,
        data: *mut c_void,
    );
    safe fn closures_call_kept(number: c_int) -> c_int;
    safe fn closures_call_forged(number: c_int, data: usize) -> c_int;
    #[returns(owned, opaque, nonnull, free = source_free)]
    safe fn source_new() -> *mut source;
    #[calls_back]
    safe fn source_free(#[opaque] #[nonnull] #[transfer] source: *mut source);
    safe fn source_data(#[opaque] #[nonnull] #[noescape] source: *mut source) -> usize;
    #[success(result == 0)]
    safe fn source_connect(
        #[opaque] #[nonnull] #[noescape] source: *mut source, code: c_int, destroys: c_int,
        #[callback(userdata = data, scope = notified, destroy = destroy, on_panic = -7, thread = any_thread)]
        call: Option<unsafe extern "C" fn(data: *mut c_void, number: c_int) -> c_int>,
        data: *mut c_void, destroy: Option<unsafe extern "C" fn(data: *mut c_void)>,
    ) -> c_int;
    #[calls_back]
    safe fn source_fire(#[opaque] #[nonnull] #[noescape] source: *mut source, number: c_int) -> c_int;
    safe fn source_hook(
        #[opaque] #[nonnull] #[noescape] source: *mut source,
        #[nullable] #[callback(userdata = data, scope = notified, on_panic = -7)]
        call: Option<unsafe extern "C" fn(data: *mut c_void, number: c_int) -> c_int>,
        #[retained(by = source, until = [source_hook, source_free])] data: *mut c_void,
    ) -> *mut c_void;
    #[calls_back]
    safe fn source_disconnect(#[opaque] #[nonnull] #[noescape] source: *mut source);
}

/// C hands a closure of one function to the trampoline of another.
fn userdata_of_another_closure() {
    let source = source_new();
    let mut wrong = false;
    source_connect(source.as_ref(), 0, 0, |number| number + 1).expect("connected");
    closures_later(|number| number + 2);
    wrong |= closures_call_forged(1, source_data(source.as_ref())) != -7;
    // Both are still there, and know their own.
    wrong |= source_fire(source.as_ref(), 1) != 2;
    assert!(!wrong && closures_call_kept(1) == 3);
}

fn userdata_of_null() {
    closures_later(|number| number + 2);
    assert_eq!((closures_call_forged(1, 0), closures_call_kept(1)), (-7, 3));
}

/// C calls with the number of a closure that went, when another one of the same type has its place.
fn number_of_one_that_was_replaced() {
    let later = |which: c_int| closures_later(move |number| number + which);
    let source = source_new();
    let connect = |which: c_int| source_connect(source.as_ref(), 0, 0, move |number| number * which);
    connect(10).expect("connected");
    let first = source_data(source.as_ref());
    connect(100).expect("connected");
    assert_ne!(first, source_data(source.as_ref()), "a number is used once");
    later(1);
    assert_eq!(closures_call_kept(1), 2);
    // The trampoline of `later`, which has no closure any more, with the number of another that is gone.
    assert_eq!(closures_call_forged(1, first), -7);
    assert_eq!(source_fire(source.as_ref(), 1), 100);
}

/// Panics when it goes.
struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        assert!(std::thread::panicking(), "in a drop");
    }
}

fn a_drop_that_panics_while_c_destroys() {
    std::panic::set_hook(Box::new(|_| ()));
    let source = source_new();
    let connect = || {
        let bomb = Bomb;
        source_connect(source.as_ref(), 0, 0, move |number| {
            let _ = &bomb;
            number
        })
    };
    let said = |body: &mut dyn FnMut()| {
        let payload = std::panic::catch_unwind(std::panic::AssertUnwindSafe(body)).expect_err("it panics");
        payload.downcast_ref::<&str>().map(|text| (*text).to_owned())
    };
    connect().expect("connected");
    assert_eq!(said(&mut || source_disconnect(source.as_ref())).as_deref(), Some("in a drop"));
    assert_eq!(source_fire(source.as_ref(), 1), -1, "C has let go all the same");
    // While another panic unwinds, one of a drop would end the process: this one knows better.
    connect().expect("connected");
    assert_eq!(
        said(&mut || {
            let _again = Disconnects(source.as_ref());
            panic!("outside")
        })
        .as_deref(),
        Some("outside")
    );
}

struct Disconnects<'a>(pinned_ffi::Ref<'a, source>);

impl Drop for Disconnects<'_> {
    fn drop(&mut self) {
        source_disconnect(self.0);
    }
}

/// C's source, which the case below uses from two threads: it fires in one while the other disconnects.
#[derive(Clone, Copy)]
struct Shared(*mut source);
// SAFETY: the source is read and emptied at different times, which the two flags see to.
unsafe impl Send for Shared {}
// SAFETY: the same.
unsafe impl Sync for Shared {}

impl Shared {
    fn get<'a>(self) -> pinned_ffi::Ref<'a, source> {
        // SAFETY: the case keeps the source to its end.
        unsafe { pinned_ffi::Ref::from_ptr(self.0) }.expect("it is there")
    }
}

fn destroyed_by_another_thread_while_it_runs() {
    let source = source_new();
    let shared = Shared(source.as_ref().as_ptr());
    let (held, is_in, may_go) = (Arc::new(5), Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
    let (inside, enters, waits) = (Arc::clone(&held), Arc::clone(&is_in), Arc::clone(&may_go));
    let connected = source_connect(source.as_ref(), 0, 0, move |number| {
        enters.store(true, Ordering::SeqCst);
        while !waits.load(Ordering::SeqCst) {
            std::thread::yield_now();
        }
        number + *inside
    });
    connected.expect("connected");
    let fires = std::thread::spawn(move || source_fire(shared.get(), 2));
    while !is_in.load(Ordering::SeqCst) {
        std::thread::yield_now();
    }
    source_disconnect(source.as_ref());
    assert_eq!(Arc::strong_count(&held), 2, "what it holds stays while it runs");
    may_go.store(true, Ordering::SeqCst);
    assert_eq!(fires.join().expect("it has fired"), 7);
    assert_eq!(Arc::strong_count(&held), 1, "and goes when it has returned");
}

fn a_closure_that_takes_itself_back() {
    let source = source_new();
    let shared = Shared(source.as_ref().as_ptr());
    let held = Arc::new(5);
    let inside = Arc::clone(&held);
    let call = move |number| {
        source_hook(shared.get(), None::<fn(c_int) -> c_int>);
        // It is there until it has returned.
        number + *inside + c_int::try_from(Arc::strong_count(&inside)).expect("few")
    };
    source_hook(source.as_ref(), Some(call));
    assert_eq!((source_fire(source.as_ref(), 1), Arc::strong_count(&held)), (8, 1));
    assert_eq!(source_fire(source.as_ref(), 1), -1);
}

fn a_closure_that_replaces_itself_and_panics() {
    std::panic::set_hook(Box::new(|_| ()));
    let source = source_new();
    let shared = Shared(source.as_ref().as_ptr());
    let held = Arc::new(());
    let inside = Arc::clone(&held);
    let call = move |number| {
        source_hook(shared.get(), Some(|number| number * 100));
        assert!(number > 1 && Arc::strong_count(&inside) == 2, "behind the other's back");
        number
    };
    source_hook(source.as_ref(), Some(call));
    let payload = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| source_fire(source.as_ref(), 1)));
    let said = payload.expect_err("it panics").downcast::<&str>().expect("a text");
    assert_eq!((*said, Arc::strong_count(&held)), ("behind the other's back", 1));
    assert_eq!(source_fire(source.as_ref(), 2), 200);
}

fn a_closure_for_one_call_that_gives_the_next() {
    let held = Arc::new(());
    let inside = Arc::clone(&held);
    closures_later(move |number| {
        closures_later(move |number| {
            drop(inside);
            number * 10
        });
        number + 1
    });
    assert_eq!((closures_call_kept(1), Arc::strong_count(&held)), (2, 2));
    assert_eq!((closures_call_kept(1), Arc::strong_count(&held)), (10, 1));
}

/// More than there are at hand: each is found, and each goes.
fn many_closures_at_once() {
    const MANY: c_int = 1000;
    let alive = Arc::new(AtomicI32::new(0));
    let sources: Vec<_> = (0..MANY)
        .map(|which| {
            let (source, alive) = (source_new(), Arc::clone(&alive));
            let call = move |number| {
                alive.fetch_add(1, Ordering::Relaxed);
                number + which
            };
            source_connect(source.as_ref(), 0, 0, call).expect("connected");
            source
        })
        .collect();
    let sum: c_int = sources.iter().map(|source| source_fire(source.as_ref(), 1)).sum();
    assert_eq!((sum, alive.load(Ordering::Relaxed)), (MANY + MANY * (MANY - 1) / 2, MANY));
    drop(sources);
    assert_eq!(Arc::strong_count(&alive), 1);
}
