//! Functions and closures that Xlib calls by the pack, with a server of the test's own: errors, searches for events, the end of a
//! connection. No report at any level, panics that come back, and nothing that leaks.

#![allow(clippy::multiple_unsafe_ops_per_block, reason = "a test is a row of calls; one proof stands for the row")]

mod support;
mod xvfb;

use pinned_ffi::{Ref, pinned_ffi};
use std::ffi::c_int;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::{Arc, Mutex};
use support::at_every_level;
use xvfb::Xvfb;

#[rustfmt::skip]
#[pinned_ffi(
    header = ["X11/Xlib.h"],
    allow = "XOpenDisplay|XCloseDisplay|XDefaultRootWindow|XCreateSimpleWindow|XDestroyWindow|XSync|XNextEvent|XSendEvent|XMapWindow|\
             XSelectInput|XSet(Error|IOError|IOErrorExit)Handler|XSetAfterFunction|X(Check|Peek)?IfEvent|XPending|XNoOp"
)]
mod x {
    unsafe extern "C" {
        #[idiomatic]
        fn XIfEvent(
            display: *mut Display, event_return: *mut XEvent,
            predicate: Option<unsafe extern "C" fn(*mut Display, *mut XEvent, XPointer) -> c_int>, arg: XPointer,
        ) -> c_int;
        #[idiomatic]
        fn XCheckIfEvent(
            display: *mut Display, event_return: *mut XEvent,
            predicate: Option<unsafe extern "C" fn(*mut Display, *mut XEvent, XPointer) -> c_int>, arg: XPointer,
        ) -> c_int;
        #[idiomatic] fn XSetErrorHandler(handler: XErrorHandler) -> XErrorHandler;
        #[idiomatic] fn XSetIOErrorHandler(handler: XIOErrorHandler) -> XIOErrorHandler;
        #[idiomatic] fn XSetIOErrorExitHandler(display: *mut Display, handler: XIOErrorExitHandler, user_data: *mut c_void);
        #[idiomatic]
        fn XSetAfterFunction(
            display: *mut Display, procedure: Option<unsafe extern "C" fn(*mut Display) -> c_int>,
        ) -> Option<unsafe extern "C" fn(*mut Display) -> c_int>;
    }
}

#[link(name = "X11")]
unsafe extern "C" {}

fn said(body: impl FnOnce()) -> String {
    let payload = catch_unwind(AssertUnwindSafe(body)).expect_err("it panics");
    let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| payload.downcast_ref::<String>().cloned()).expect("a text")
}

/// A server of the test's own, and a connection.
struct Server {
    program: Xvfb,
    display: *mut x::Display,
}

impl Server {
    fn start() -> Option<Self> {
        let program = Xvfb::start()?;
        // SAFETY: a C string; it is copied.
        let display = unsafe { x::XOpenDisplay(program.name().as_ptr()) };
        assert!(!display.is_null(), "no server at {:?}", program.name());
        Some(Self { program, display })
    }

    fn get(&self) -> Ref<'_, x::Display> {
        // SAFETY: it is there until this is dropped.
        unsafe { Ref::from_ptr(self.display) }.expect("opened")
    }

    fn window(&self) -> x::Window {
        // SAFETY: an open display.
        unsafe { x::XCreateSimpleWindow(self.display, x::XDefaultRootWindow(self.display), 0, 0, 40, 30, 0, 0, 0) }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // SAFETY: open until here.
        unsafe { x::XCloseDisplay(self.display) };
    }
}

/// What the functions below have seen: Xlib hands them nothing.
static SEEN: Mutex<Vec<String>> = Mutex::new(Vec::new());

fn seen() -> Vec<String> {
    std::mem::take(&mut *SEEN.lock().expect("nobody panics with it"))
}

fn error(_: Ref<'_, x::Display>, event: &x::XErrorEvent) -> c_int {
    let (code, request, on) = (event.error_code, event.request_code, event.resourceid);
    SEEN.lock().expect("as above").push(format!("error {code} of {request} on {on:#x}"));
    assert_ne!(on, 0x77, "no window");
    0
}

#[test]
fn errors_come_to_a_function() {
    at_every_level("errors_come_to_a_function", || {
        let Some(server) = Server::start() else { return };
        // SAFETY: a handler that holds nothing; identifiers that are no windows'.
        unsafe {
            let before = x::XSetErrorHandler(Some(error));
            assert!(before.is_some(), "Xlib's own");
            // BadWindow is 3; X_DestroyWindow is 4.
            x::XDestroyWindow(server.display, 0x1234_5678);
            assert_eq!(x::XSync(server.display, 0), 1);
            assert_eq!(seen(), ["error 3 of 4 on 0x12345678"]);
            // A panic comes out of the call that takes the error in.
            x::XDestroyWindow(server.display, 0x77);
            assert!(said(|| _ = x::XSync(server.display, 0)).contains("no window"));
            assert_eq!(seen(), ["error 3 of 4 on 0x77"]);
            let ours = x::XSetErrorHandler(false.then_some(error));
            assert!(ours.is_some());
        }
    });
}

#[test]
fn closures_look_for_events() {
    at_every_level("closures_look_for_events", || {
        const CLIENT_MESSAGE: c_int = 33;
        let Some(server) = Server::start() else { return };
        let window = server.window();
        // SAFETY: events of the union's own kind; closures that leave the display alone.
        unsafe {
            let send = |number: i64| {
                let mut event: x::XEvent = std::mem::zeroed();
                event.xclient.type_ = CLIENT_MESSAGE;
                event.xclient.window = window;
                event.xclient.format = 32;
                event.xclient.data.l[0] = number;
                assert_ne!(x::XSendEvent(server.display, window, 0, 0, &mut event), 0);
            };
            (1..=4).for_each(send);
            assert_eq!(x::XSync(server.display, 0), 1);
            let mut looked_at = Vec::new();
            let mut event = std::mem::MaybeUninit::<x::XEvent>::uninit();
            let wanted = |display: Ref<'_, x::Display>, event: &x::XEvent| {
                assert_eq!(display.as_ptr(), server.display);
                looked_at.push(event.xclient.data.l[0]);
                c_int::from(event.xclient.data.l[0] == 3)
            };
            x::XIfEvent(server.get(), &mut event, wanted);
            assert_eq!((event.assume_init_ref().xclient.data.l[0], looked_at), (3, vec![1, 2, 3]));
            // The third was taken out.
            let mut left = Vec::new();
            let none = |_: Ref<'_, x::Display>, event: &x::XEvent| {
                left.push(event.xclient.data.l[0]);
                0
            };
            assert_eq!(x::XCheckIfEvent(server.get(), &mut event, none), 0);
            assert_eq!(left, [1, 2, 4]);
            let panics = |_: Ref<'_, x::Display>, _: &x::XEvent| panic!("no event");
            assert_eq!(said(|| _ = x::XIfEvent(server.get(), &mut event, panics)), "no event");
            // The search was ended, with what it was at; the display is not locked.
            assert_eq!(x::XPending(server.display), 2);
        }
    });
}

/// How often requests were made.
static AFTER: AtomicI32 = AtomicI32::new(0);

fn after(_: Ref<'_, x::Display>) -> c_int {
    AFTER.fetch_add(1, Ordering::Relaxed)
}

fn broken(_: Ref<'_, x::Display>) -> c_int {
    SEEN.lock().expect("as above").push("broken".to_owned());
    0
}

#[test]
fn the_end_of_a_connection_need_not_be_that_of_the_process() {
    at_every_level("the_end_of_a_connection_need_not_be_that_of_the_process", || {
        let alive = Arc::new(());
        let Some(mut server) = Server::start() else { return };
        // SAFETY: handlers that hold nothing, and one that Xlib has until the display is closed.
        unsafe {
            let before = x::XSetAfterFunction(server.get(), Some(after));
            assert!(before.is_none());
            x::XNoOp(server.display);
            assert_eq!((x::XSync(server.display, 0), AFTER.load(Ordering::Relaxed)), (1, 1));
            // None: XSync(3) waits by itself.
            x::XSetAfterFunction(server.get(), false.then_some(after));
            x::XSetIOErrorHandler(Some(broken));
            let held = Arc::clone(&alive);
            let first = move |_: Ref<'_, x::Display>| drop(Arc::clone(&held));
            x::XSetIOErrorExitHandler(server.get(), Some(first));
            assert_eq!(Arc::strong_count(&alive), 2);
            let held = Arc::clone(&alive);
            let exit = move |_: Ref<'_, x::Display>| {
                let _ = &held;
                SEEN.lock().expect("as above").push("goes on".to_owned());
            };
            x::XSetIOErrorExitHandler(server.get(), Some(exit));
            assert_eq!(Arc::strong_count(&alive), 2, "replaced");
            server.program.stop();
            x::XSync(server.display, 0);
            let told = seen();
            assert_eq!(told[..2], ["broken", "goes on"]);
            assert_eq!(Arc::strong_count(&alive), 2);
        }
        drop(server);
        assert_eq!(Arc::strong_count(&alive), 1, "closed");
    });
}
