//! Closures that libuv calls by the pack: handles that share one word of data, and that end when they are closed. No report at any
//! level, panics that come back, and nothing that leaks.

#![allow(clippy::multiple_unsafe_ops_per_block, reason = "a test is a row of calls; one proof stands for the row")]

mod support;

use pinned_ffi::{Ref, pinned_ffi};
use std::cell::Cell;
use std::ffi::c_int;
use std::io::Write as _;
use std::os::fd::AsRawFd;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::{Arc, Mutex};
use support::at_every_level;

#[rustfmt::skip]
#[pinned_ffi(
    header = "uv.h",
    allow = "uv_(loop_(init|close|alive)|default_loop|run|stop|walk|handle_[gs]et_data|is_active|is_closing|close(_closure)?|timer_(init|start|start_closure\
             |stop|again)|run_mode.*|signal_(init|start|start_closure|stop)|poll_(init|start|start_closure|stop)|thread_(create|join))",
    safe = "uv_(run|walk|close_closure|timer_start_closure|timer_stop|signal_start_closure|signal_stop|poll_start_closure|poll_stop|is_active|is_closing)"
)]
mod uv {
    unsafe extern "C" {
        #[idiomatic] fn uv_thread_create(tid: *mut uv_thread_t, entry: uv_thread_cb, arg: *mut c_void) -> c_int;
    }
}

#[link(name = "uv")]
unsafe extern "C" {}

/// `UV_RUN_DEFAULT`.
const DEFAULT: uv::uv_run_mode = 0;

fn said(body: impl FnOnce()) -> String {
    let payload = catch_unwind(AssertUnwindSafe(body)).expect_err("it panics");
    let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| payload.downcast_ref::<String>().cloned()).expect("a text")
}

/// A loop, closed when it is dropped; all of its handles must be closed by then.
struct Loop(Box<uv::uv_loop_t>);

impl Loop {
    fn new() -> Self {
        // SAFETY: numbers and null pointers, which libuv fills.
        let mut inner: Box<uv::uv_loop_t> = Box::new(unsafe { std::mem::zeroed() });
        // SAFETY: the box stays until the loop is closed.
        assert_eq!(unsafe { uv::uv_loop_init(&mut *inner) }, 0);
        Self(inner)
    }

    fn handle(&self) -> Ref<'_, uv::uv_loop_t> {
        // SAFETY: initialised, and not closed before this is dropped.
        unsafe { Ref::from_ptr((&raw const *self.0).cast_mut()) }.expect("it is there")
    }

    fn run(&self) -> c_int {
        uv::uv_run(self.handle(), DEFAULT)
    }
}

impl Drop for Loop {
    fn drop(&mut self) {
        // SAFETY: initialised; a handle that is left would be an error.
        let code = unsafe { uv::uv_loop_close(&mut *self.0) };
        assert!(code == 0 || std::thread::panicking(), "{code}");
    }
}

/// A handle in memory that stays until the callback of its end has run.
struct Handle<T>(*mut T);

impl<T> Clone for Handle<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Handle<T> {}
// SAFETY: the tests run each loop, and what its handles call, on one thread.
unsafe impl<T> Send for Handle<T> {}

impl<T: 'static> Handle<T> {
    fn new(init: impl FnOnce(*mut T) -> c_int) -> Self {
        // SAFETY: numbers and null pointers, which libuv fills.
        let at = Box::into_raw(Box::new(unsafe { std::mem::zeroed() }));
        assert_eq!(init(at), 0);
        Self(at)
    }

    fn get<'a>(self) -> Ref<'a, T> {
        // SAFETY: not closed yet.
        unsafe { Ref::from_ptr(self.0) }.expect("it is there")
    }

    fn base<'a>(self) -> Ref<'a, uv::uv_handle_t> {
        // SAFETY: each handle begins with the members of uv_handle_t.
        unsafe { Ref::from_ptr(self.0.cast()) }.expect("it is there")
    }

    /// Closes it; `then` runs when libuv has let go, and the memory goes with it.
    fn close(self, then: impl FnOnce() + Send + 'static) {
        uv::uv_close_closure(self.base(), move |closed: Ref<'_, uv::uv_handle_t>| {
            let it = self;
            assert_eq!(closed.as_ptr().cast(), it.0);
            // SAFETY: of `new`, and libuv has let go.
            drop(unsafe { Box::from_raw(it.0) });
            then();
        });
    }
}

fn timer(of: &Loop) -> Handle<uv::uv_timer_t> {
    // SAFETY: memory that stays until it is closed.
    Handle::new(|at| unsafe { uv::uv_timer_init(of.handle().as_ptr(), at) })
}

#[test]
fn a_timer_calls_until_it_is_closed() {
    at_every_level("a_timer_calls_until_it_is_closed", || {
        let events = Loop::new();
        let (alive, told) = (Arc::new(()), Arc::new(Mutex::new(Vec::new())));
        let timer = timer(&events);
        let (held, tell, mut times) = (Arc::clone(&alive), Arc::clone(&told), 0);
        uv::uv_timer_start_closure(
            timer.get(),
            move |it: Ref<'_, uv::uv_timer_t>| {
                let _ = &held;
                times += 1;
                tell.lock().expect("nobody panics").push(format!("tick {times}"));
                if times == 3 {
                    assert_eq!(it.as_ptr(), timer.0);
                    let (tell, held) = (Arc::clone(&tell), Arc::clone(&held));
                    // It lets go of itself: this closure ends when it has returned, the other when it has run.
                    timer.close(move || {
                        let count = Arc::strong_count(&held);
                        tell.lock().expect("as above").push(format!("closed, {count}"));
                    });
                }
            },
            1,
            1,
        )
        .expect("started");
        assert_eq!((events.run(), Arc::strong_count(&alive)), (0, 1));
        assert_eq!(*told.lock().expect("as above"), ["tick 1", "tick 2", "tick 3", "closed, 2"]);
    });
}

#[test]
fn a_timer_that_is_started_again_lets_go_of_what_it_had() {
    at_every_level("a_timer_that_is_started_again_lets_go_of_what_it_had", || {
        let events = Loop::new();
        let (first, second) = (Arc::new(()), Arc::new(()));
        let timer = timer(&events);
        let start = |held: Arc<()>| {
            let call = move |_: Ref<'_, uv::uv_timer_t>| drop(Arc::clone(&held));
            uv::uv_timer_start_closure(timer.get(), call, 0, 0).expect("started");
        };
        start(Arc::clone(&first));
        start(Arc::clone(&second));
        assert_eq!((Arc::strong_count(&first), Arc::strong_count(&second)), (1, 2), "replaced");
        uv::uv_timer_stop(timer.get()).expect("stopped");
        assert_eq!((uv::uv_is_active(timer.base()), Arc::strong_count(&second)), (0, 2), "it may be started again");
        timer.close(|| ());
        assert_eq!(Arc::strong_count(&second), 1, "nobody calls it any more");
        assert_ne!(uv::uv_is_closing(timer.base()), 0);
        let failed =
            uv::uv_timer_start_closure(timer.get(), |_: Ref<'_, uv::uv_timer_t>| panic!("it is closing"), 0, 0);
        assert!(failed.is_err());
        std::mem::forget(events);
    });
}

#[test]
fn a_panic_comes_out_of_the_run() {
    at_every_level("a_panic_comes_out_of_the_run", || {
        let events = Loop::new();
        let timer = timer(&events);
        let call = |_: Ref<'_, uv::uv_timer_t>| panic!("in the timer");
        uv::uv_timer_start_closure(timer.get(), call, 0, 0).expect("started");
        assert_eq!(said(|| _ = events.run()), "in the timer");
        let seen = Arc::new(AtomicI32::new(0));
        let closed = Arc::clone(&seen);
        timer.close(move || _ = closed.fetch_add(1, Ordering::Relaxed));
        let mut walked = 0;
        uv::uv_walk(events.handle(), |handle: Ref<'_, uv::uv_handle_t>| {
            assert_eq!(handle.as_ptr().cast(), timer.0);
            walked += 1;
        });
        assert_eq!((walked, events.run(), seen.load(Ordering::Relaxed)), (1, 0, 1));
    });
}

#[test]
fn signals_and_descriptors_call_in_the_loop() {
    at_every_level("signals_and_descriptors_call_in_the_loop", || {
        const SIGUSR1: c_int = 10;
        let events = Loop::new();
        let loop_ = events.handle().as_ptr();
        let (mut ours, theirs) = std::os::unix::net::UnixStream::pair().expect("a pair");
        // SAFETY: memory that stays until it is closed.
        let signal = Handle::new(|at| unsafe { uv::uv_signal_init(loop_, at) });
        // SAFETY: as above, and a descriptor that is open until then.
        let poll = Handle::new(|at| unsafe { uv::uv_poll_init(loop_, at, theirs.as_raw_fd()) });
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (of_signal, of_poll) = (Arc::clone(&seen), Arc::clone(&seen));
        uv::uv_signal_start_closure(
            signal.get(),
            move |_: Ref<'_, uv::uv_signal_t>, number| {
                of_signal.lock().expect("nobody panics").push(("signal", number));
                signal.close(|| ());
                ours.write_all(b"x").expect("there is room");
            },
            SIGUSR1,
        )
        .expect("started");
        uv::uv_poll_start_closure(poll.get(), 1, move |_: Ref<'_, uv::uv_poll_t>, status, events| {
            assert_eq!(status, 0);
            of_poll.lock().expect("as above").push(("poll", events));
            poll.close(|| ());
        })
        .expect("started");
        // SAFETY: a signal that libuv handles.
        assert_eq!(unsafe { libc::raise(SIGUSR1) }, 0);
        assert_eq!(events.run(), 0);
        assert_eq!(*seen.lock().expect("as above"), [("signal", SIGUSR1), ("poll", 1)]);
        assert_eq!(Arc::strong_count(&seen), 1);
    });
}

#[test]
fn a_thread_of_libuvs_runs_a_closure_once() {
    at_every_level("a_thread_of_libuvs_runs_a_closure_once", || {
        let (value, mine) = (Arc::new(AtomicI32::new(1)), Cell::new(0));
        let theirs = Arc::clone(&value);
        let run = move || _ = theirs.fetch_add(4, Ordering::Relaxed);
        // SAFETY: the thread is joined.
        unsafe {
            let mut thread = uv::uv_thread_create(run).expect("a thread");
            assert_eq!(uv::uv_thread_join(&mut thread), 0);
        }
        mine.set(value.load(Ordering::Relaxed));
        assert_eq!((mine.get(), Arc::strong_count(&value)), (5, 1));
    });
}
