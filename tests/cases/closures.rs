//! Closures that C calls too late, twice at once, or on a wrong thread; and those that may be called so.

use super::Case;
use std::ffi::{c_int, c_void};

pub(crate) const WRONG: &[Case] = &[
    ("called_after_its_call", called_after_its_call),
    ("called_after_its_end", called_after_its_end),
    ("called_twice", called_twice),
    ("forged_userdata", forged_userdata),
    ("destroyed_by_a_failed_call", destroyed_by_a_failed_call),
    ("called_on_another_thread", called_on_another_thread),
    ("called_while_it_runs", called_while_it_runs),
    ("called_though_nocallback", called_though_nocallback),
    ("an_item_though_nocallback", an_item_though_nocallback),
    ("an_export_though_nocallback", an_export_though_nocallback),
    ("frees_what_c_reads", frees_what_c_reads),
    ("destroyed_twice", destroyed_twice),
    ("jumped_out_of", jumped_out_of),
    ("outlives_its_thread", outlives_its_thread),
    ("null_for_a_callback", null_for_a_callback),
];

pub(crate) const LEGAL: &[Case] = &[
    ("a_closure_that_replaces_itself", a_closure_that_replaces_itself),
    ("a_closure_shared_by_threads", a_closure_shared_by_threads),
    ("a_closure_entered_again", a_closure_entered_again),
    ("a_callback_without_data", a_callback_without_data),
    ("a_failed_call_that_destroys", a_failed_call_that_destroys),
    ("a_closure_that_registers_another", a_closure_that_registers_another),
    ("a_closure_that_calls_the_same_function", a_closure_that_calls_the_same_function),
    ("a_panic_while_another_unwinds", a_panic_while_another_unwinds),
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
    safe fn closures_keep(
        #[callback(userdata = data, scope = call, on_panic = -7)] call: Option<unsafe extern "C" fn(data: *mut c_void, number: c_int) -> c_int>,
        data: *mut c_void,
    ) -> c_int;
    safe fn closures_call_kept(number: c_int) -> c_int;
    safe fn closures_call_forged(number: c_int, data: usize) -> c_int;
    safe fn closures_later(
        #[callback(userdata = data, scope = async, on_panic = -7)] call: Option<unsafe extern "C" fn(data: *mut c_void, number: c_int) -> c_int>,
        data: *mut c_void,
    );
    safe fn closures_thread(
        #[callback(userdata = data, scope = call, on_panic = -1)] call: Option<unsafe extern "C" fn(data: *mut c_void, number: c_int) -> c_int>,
        data: *mut c_void,
    ) -> c_int;
    #[link_name = "closures_thread"]
    safe fn closures_shared(
        #[callback(userdata = data, scope = call, on_panic = -1, thread = any_thread)] call: Option<unsafe extern "C" fn(data: *mut c_void, number: c_int) -> c_int>,
        data: *mut c_void,
    ) -> c_int;
    safe fn closures_plain(
        times: c_int,
        #[callback(scope = call, on_panic = 0)] call: Option<unsafe extern "C" fn(number: c_int) -> c_int>,
    ) -> c_int;
    #[returns(owned, opaque, nonnull, free = source_free)]
    safe fn source_new() -> *mut source;
    safe fn source_free(#[opaque] #[nonnull] #[transfer] source: *mut source);
    #[success(result == 0)]
    safe fn source_connect(
        #[opaque] #[nonnull] #[noescape] source: *mut source, code: c_int, destroys: c_int,
        #[callback(userdata = data, scope = notified, destroy = destroy, on_panic = -7)] call: Option<unsafe extern "C" fn(data: *mut c_void, number: c_int) -> c_int>,
        data: *mut c_void, destroy: Option<unsafe extern "C" fn(data: *mut c_void)>,
    ) -> c_int;
    #[link_name = "source_connect"]
    #[success(result == 0)]
    safe fn source_connect_shared(
        #[opaque] #[nonnull] #[noescape] source: *mut source, code: c_int, destroys: c_int,
        #[callback(userdata = data, scope = notified, destroy = destroy, destroys_on_failure, on_panic = -7, thread = any_thread)]
        call: Option<unsafe extern "C" fn(data: *mut c_void, number: c_int) -> c_int>,
        data: *mut c_void, destroy: Option<unsafe extern "C" fn(data: *mut c_void)>,
    ) -> c_int;
    safe fn source_hook(
        #[opaque] #[nonnull] #[noescape] source: *mut source,
        #[nullable] #[callback(userdata = data, scope = notified, on_panic = -7, thread = same_thread)]
        call: Option<unsafe extern "C" fn(data: *mut c_void, number: c_int) -> c_int>,
        #[retained(by = source, until = [source_hook, source_free, let_go])] data: *mut c_void,
    ) -> *mut c_void;
    // It says so, and does not let go.
    #[link_name = "source_fire"]
    safe fn let_go(#[opaque] #[nonnull] #[noescape] source: *mut source, number: c_int);
    #[calls_back]
    safe fn source_forget_twice(#[opaque] #[nonnull] #[noescape] source: *mut source);
    safe fn closures_reads(
        #[input] #[counted_by(count)] #[noescape] numbers: *const c_int, count: usize,
        #[callback(userdata = data, scope = call, on_panic = 0)] call: Option<unsafe extern "C" fn(data: *mut c_void) -> c_int>,
        data: *mut c_void,
    ) -> c_int;
    safe fn closures_jump(
        #[callback(userdata = data, scope = call, on_panic = -7)] call: Option<unsafe extern "C" fn(data: *mut c_void, number: c_int) -> c_int>,
        data: *mut c_void,
    ) -> c_int;
    fn closures_jump_back();
    #[link_name = "closures_repeat"]
    fn closures_repeat_plain(
        times: c_int,
        #[nonnull] #[callback(userdata = data, scope = call, on_panic = -7)] call: Option<unsafe extern "C" fn(data: *mut c_void, number: c_int) -> c_int>,
        #[nullable] #[opaque] data: *mut c_void,
    ) -> c_int;
    #[link_name = "source_fire"]
    #[nocallback]
    safe fn source_peek(#[opaque] #[nonnull] #[noescape] source: *mut source, number: c_int) -> c_int;
    #[calls_back]
    safe fn source_fire(#[opaque] #[nonnull] #[noescape] source: *mut source, number: c_int) -> c_int;
    safe fn closures_set_plain(
        #[callback(scope = forever, on_panic = -7)] call: Option<unsafe extern "C" fn(number: c_int) -> c_int>,
    );
    #[nocallback]
    safe fn closures_fire_plain(number: c_int) -> c_int;
    #[nocallback]
    fn closures_ask(call: Option<unsafe extern "C" fn(at: *const c_int) -> c_int>, number: c_int) -> c_int;
}

/// What C calls by its name, or by its address.
#[pinned_ffi::pinned_ffi(export, on_panic = -7)]
unsafe fn closures_next(
    #[nonnull]
    #[one]
    #[noescape]
    at: *const c_int,
) -> c_int {
    // SAFETY: the contract says that there is one.
    unsafe { *at + 1 }
}

mod by_name {
    //! The exported function as C sees it.

    unsafe extern "C" {
        pub(super) fn closures_next(at: *const std::ffi::c_int) -> std::ffi::c_int;
    }
}

/// C's source, used on one thread.
#[derive(Clone, Copy)]
struct Shared(*mut source);
// SAFETY: the cases that have it use one thread.
unsafe impl Send for Shared {}
// SAFETY: the same.
unsafe impl Sync for Shared {}

impl Shared {
    fn fire(self, number: c_int) -> c_int {
        // SAFETY: each case keeps the source to its end.
        let source = unsafe { pinned_ffi::Ref::from_ptr(self.0) };
        source_fire(source.expect("it is there"), number)
    }
}

fn called_after_its_call() {
    assert_eq!(closures_keep(|number| number + 3), 3);
    assert_eq!(closures_call_kept(1), -7);
}

fn called_after_its_end() {
    let source = source_new();
    source_hook(source.as_ref(), Some(|number| number + 1));
    let_go(source.as_ref(), 1);
    assert_eq!(source_fire(source.as_ref(), 1), -7);
}

fn called_twice() {
    closures_later(|number| number + 1);
    assert_eq!((closures_call_kept(1), closures_call_kept(1)), (2, -7));
}

fn forged_userdata() {
    closures_later(|number| number + 1);
    assert_eq!(closures_call_forged(1, 0x1234_0000_0003), -7);
}

fn destroyed_by_a_failed_call() {
    let source = source_new();
    assert_eq!(source_connect(source.as_ref(), 5, 1, |number| number), Err(5));
}

fn called_on_another_thread() {
    let here = std::rc::Rc::new(4);
    assert_eq!(closures_thread(|number| number + *here), -1);
}

fn called_while_it_runs() {
    let source = source_new();
    let shared = Shared(source.as_ref().as_ptr());
    let mut depth = 0;
    let connected = source_connect(source.as_ref(), 0, 0, move |number| {
        let shared = shared;
        depth += 1;
        if depth < 3 { shared.fire(number) } else { number }
    });
    connected.expect("connected");
    assert_eq!(shared.fire(3), -7);
}

fn called_though_nocallback() {
    let source = source_new();
    assert_eq!(source_peek(source.as_ref(), 3), -1);
    source_connect(source.as_ref(), 0, 0, |number| number + 1).expect("connected");
    assert_eq!(source_peek(source.as_ref(), 3), 4);
}

fn an_item_though_nocallback() {
    fn next(number: c_int) -> c_int {
        number + 1
    }
    assert_eq!(closures_fire_plain(3), -1);
    closures_set_plain(next);
    assert_eq!(closures_fire_plain(3), 4);
}

fn an_export_though_nocallback() {
    // SAFETY: a function that reads the number that C has for it.
    let given = unsafe { closures_ask(Some(by_name::closures_next), 3) };
    // What is told at a checked call of it stops that call.
    assert!(given == 4 || given == -7);
}

fn frees_what_c_reads() {
    let numbers = vec![1, 2, 3];
    let (at, capacity) = (numbers.as_ptr().cast_mut(), numbers.capacity());
    std::mem::forget(numbers);
    // SAFETY: the vector's elements; the closure frees them too early, which is what the case is about.
    let lent = unsafe { std::slice::from_raw_parts(at, 3) };
    closures_reads(lent, || {
        // SAFETY: made of the vector that was forgotten, once.
        drop(unsafe { Vec::from_raw_parts(at, 3, capacity) });
        10
    });
}

fn destroyed_twice() {
    let held = std::sync::Arc::new(());
    let inside = std::sync::Arc::clone(&held);
    let source = source_new();
    let connected = source_connect(source.as_ref(), 0, 0, move |number| {
        let _ = &inside;
        number
    });
    connected.expect("connected");
    source_forget_twice(source.as_ref());
    assert_eq!(std::sync::Arc::strong_count(&held), 1, "freed once");
}

fn jumped_out_of() {
    let mut calls = 0;
    let code = closures_jump(|_| {
        calls += 1;
        // SAFETY: nothing here has a drop that the jump could skip.
        unsafe { closures_jump_back() };
        0
    });
    assert_eq!((code, calls), (-7, 1));
}

fn outlives_its_thread() {
    let source = source_new();
    let shared = Shared(source.as_ref().as_ptr());
    std::thread::spawn(move || {
        let shared = shared;
        // SAFETY: the source lives to the end of the case.
        let source = unsafe { pinned_ffi::Ref::from_ptr(shared.0) }.expect("it is there");
        let counted = std::rc::Rc::new(std::cell::Cell::new(0));
        source_hook(source, Some(move |number| counted.replace(number)));
    })
    .join()
    .expect("it has hooked");
    // Another thread may have the place where the first one's variables were.
    let fired = std::thread::spawn(move || shared.fire(1)).join().expect("it has fired");
    assert_eq!(fired, -7);
    std::mem::forget(source);
}

fn null_for_a_callback() {
    // SAFETY: C calls it as often as it is told, which is never.
    assert_eq!(unsafe { closures_repeat_plain(0, None, std::ptr::null_mut()) }, 0);
}

fn a_closure_that_registers_another() {
    let (first, second) = (source_new(), source_new());
    let shared = Shared(second.as_ref().as_ptr());
    let connected = source_connect(first.as_ref(), 0, 0, move |number| {
        let shared = shared;
        // SAFETY: the source lives to the end of the case.
        let second = unsafe { pinned_ffi::Ref::from_ptr(shared.0) }.expect("it is there");
        source_connect(second, 0, 0, move |more| number + more).expect("connected");
        number
    });
    connected.expect("connected");
    assert_eq!((source_fire(first.as_ref(), 4), source_fire(second.as_ref(), 3)), (4, 7));
}

fn a_closure_that_calls_the_same_function() {
    let numbers = [1, 2, 3];
    let sum = closures_reads(&numbers, || closures_reads(&numbers[1..], || 100));
    assert_eq!(sum, 111);
}

/// Calls C while a panic unwinds, and its closure panics as well.
struct CallsAgain<'a>(&'a std::cell::Cell<bool>);

impl Drop for CallsAgain<'_> {
    fn drop(&mut self) {
        let inner = std::panic::catch_unwind(|| closures_plain(3, |number| panic!("inside, at {number}")));
        self.0.set(inner.is_err());
    }
}

fn a_panic_while_another_unwinds() {
    std::panic::set_hook(Box::new(|_| ()));
    let is_caught = std::cell::Cell::new(false);
    let outer = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        closures_plain(1, |_| {
            let _again = CallsAgain(&is_caught);
            panic!("outside")
        })
    }));
    let outer = outer.expect_err("it panics").downcast::<&str>().expect("a text");
    assert_eq!((*outer, is_caught.get()), ("outside", true));
}

fn a_closure_that_replaces_itself() {
    let source = source_new();
    let shared = Shared(source.as_ref().as_ptr());
    let held = std::sync::Arc::new(5);
    let connected = source_connect(source.as_ref(), 0, 0, move |number| {
        let shared = shared;
        // SAFETY: the source lives to the end of the case.
        let again = unsafe { pinned_ffi::Ref::from_ptr(shared.0) }.expect("it is there");
        source_connect(again, 0, 0, |number| number * 100).expect("connected");
        number + *held
    });
    connected.expect("connected");
    assert_eq!((source_fire(source.as_ref(), 1), source_fire(source.as_ref(), 1)), (6, 100));
}

fn a_closure_shared_by_threads() {
    let sum = std::sync::atomic::AtomicI32::new(0);
    assert_eq!(closures_shared(|number| sum.fetch_add(number, std::sync::atomic::Ordering::Relaxed)), 0);
    assert_eq!(sum.into_inner(), 1);
}

fn a_closure_entered_again() {
    let source = source_new();
    let shared = Shared(source.as_ref().as_ptr());
    let connected = source_connect_shared(source.as_ref(), 0, 0, move |number| {
        let shared = shared;
        if number == 0 { 0 } else { number + shared.fire(number - 1) }
    });
    connected.expect("connected");
    assert_eq!(source_fire(source.as_ref(), 4), 10);
}

fn a_callback_without_data() {
    assert_eq!(closures_plain(4, |number| number), 6);
}

fn a_failed_call_that_destroys() {
    let source = source_new();
    let held = std::sync::Arc::new(());
    let inside = std::sync::Arc::clone(&held);
    let failed = source_connect_shared(source.as_ref(), 5, 1, move |number| {
        let _ = &inside;
        number
    });
    assert_eq!((failed, std::sync::Arc::strong_count(&held)), (Err(5), 1));
}
