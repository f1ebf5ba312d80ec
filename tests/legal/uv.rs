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
    allow = "uv_(loop_(init|close|alive)|default_loop|run|stop|walk|handle_[gs]et_data|is_active|is_closing|close(_closure)?|timer_again\
             |(timer|signal|poll|idle|prepare|check)_(init|start|start_closure|stop)|async_(init|init_closure|send)|run_mode.*\
             |queue_work(_closure)?|cancel|req_[gs]et_data|thread_(create|join))",
    safe = "uv_(run|walk|close_closure|is_active|is_closing|async_send|(timer|signal|poll|idle|prepare|check)_(start_closure|stop))"
)]
mod uv {
    unsafe extern "C" {
        #[idiomatic] fn uv_thread_create(tid: *mut uv_thread_t, entry: uv_thread_cb, arg: *mut c_void) -> c_int;
        #[idiomatic] fn uv_async_init_closure(loop_: *mut uv_loop_t, handle: *mut uv_async_t, async_cb: uv_async_cb, data: *mut c_void) -> c_int;
        #[idiomatic] fn uv_queue_work(loop_: *mut uv_loop_t, req: *mut uv_work_t, work_cb: uv_work_cb, after_work_cb: uv_after_work_cb) -> c_int;
        #[idiomatic]
        fn uv_queue_work_closure(
            loop_: *mut uv_loop_t, req: *mut uv_work_t, work_cb: uv_work_cb, after_work_cb: uv_after_work_cb, data: *mut c_void,
        ) -> c_int;
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
        // What the callback of its end has is left alone.
        assert_eq!((failed, events.run()), (Err(1), 0));
    });
}

#[test]
fn closures_run_around_the_wait_of_a_loop() {
    at_every_level("closures_run_around_the_wait_of_a_loop", || {
        let events = Loop::new();
        let loop_ = events.handle().as_ptr();
        let told = Arc::new(Mutex::new(Vec::new()));
        let tell = |what| {
            let told = Arc::clone(&told);
            move || told.lock().expect("nobody panics").push(what)
        };
        // SAFETY: memory that stays until it is closed.
        let idle = Handle::new(|at| unsafe { uv::uv_idle_init(loop_, at) });
        // SAFETY: the same.
        let prepare = Handle::new(|at| unsafe { uv::uv_prepare_init(loop_, at) });
        // SAFETY: the same.
        let check = Handle::new(|at| unsafe { uv::uv_check_init(loop_, at) });
        let (waits, has_waited, turn) = (tell("prepare"), tell("check"), tell("idle"));
        uv::uv_prepare_start_closure(prepare.get(), move |_: Ref<'_, uv::uv_prepare_t>| waits()).expect("started");
        uv::uv_check_start_closure(check.get(), move |_: Ref<'_, uv::uv_check_t>| has_waited()).expect("started");
        // libuv would keep this callback, and give it the data of the next.
        let first = |_: Ref<'_, uv::uv_idle_t>| panic!("another has taken its place");
        uv::uv_idle_start_closure(idle.get(), first).expect("started");
        let mut turns = 0;
        let second = move |it: Ref<'_, uv::uv_idle_t>| {
            turn();
            turns += 1;
            if turns == 2 {
                assert_eq!(it.as_ptr(), idle.0);
                idle.close(|| ());
                prepare.close(|| ());
                check.close(|| ());
            }
        };
        uv::uv_idle_start_closure(idle.get(), second).expect("started");
        assert_eq!(events.run(), 0);
        assert_eq!(*told.lock().expect("as above"), ["idle", "prepare", "check", "idle"]);
        assert_eq!(Arc::strong_count(&told), 1);
    });
}

#[test]
fn another_thread_wakes_a_loop() {
    at_every_level("another_thread_wakes_a_loop", || {
        let events = Loop::new();
        let wakes = Handle::<uv::uv_async_t>::new(|_| 0);
        let seen = Arc::new(AtomicI32::new(0));
        let (inside, here) = (Arc::clone(&seen), std::thread::current().id());
        let woken = move |it: Ref<'_, uv::uv_async_t>| {
            assert_eq!((it.as_ptr(), std::thread::current().id()), (wakes.0, here));
            inside.fetch_add(1, Ordering::Relaxed);
            wakes.close(|| ());
        };
        // SAFETY: memory of its own, which goes when it is closed.
        unsafe { uv::uv_async_init_closure(events.handle(), wakes.get(), woken) }.expect("initialised");
        let sender = std::thread::spawn(move || uv::uv_async_send({ wakes }.get()));
        assert_eq!((events.run(), seen.load(Ordering::Relaxed)), (0, 1));
        assert!(sender.join().expect("it has sent").is_ok());
        assert_eq!(Arc::strong_count(&seen), 1);
    });
}

/// What the two functions below have seen.
static WORKED: AtomicI32 = AtomicI32::new(0);

#[test]
fn work_is_done_on_threads_and_ends_in_the_loop() {
    at_every_level("work_is_done_on_threads_and_ends_in_the_loop", || {
        const CANCELED: c_int = -125;
        let events = Loop::new();
        let (alive, ended) = (Arc::new(()), Arc::new(Mutex::new(Vec::new())));
        let here = std::thread::current().id();
        let gate = Arc::new(Mutex::new(0));
        let closed = gate.lock().expect("nobody has it");
        // As many as the pool has threads wait for the gate; the fifth cannot begin.
        let requests: Vec<_> = (0..5).map(|_| Handle::<uv::uv_work_t>::new(|_| 0)).collect();
        for (number, request) in requests.iter().copied().enumerate() {
            let (gate, ended, held) = (Arc::clone(&gate), Arc::clone(&ended), Arc::clone(&alive));
            let work = move |it: Ref<'_, uv::uv_work_t>| {
                assert_eq!(it.as_ptr(), { request }.0);
                assert_ne!(std::thread::current().id(), here);
                *gate.lock().expect("nobody panics with it") += 1;
            };
            let after = move |it: Ref<'_, uv::uv_work_t>, status| {
                assert_eq!((it.as_ptr(), std::thread::current().id()), ({ request }.0, here));
                ended.lock().expect("as above").push((number, status));
                drop(held);
            };
            // SAFETY: each request stays to the end of the test.
            unsafe { uv::uv_queue_work_closure(events.handle(), request.get(), work, after) }.expect("queued");
        }
        // SAFETY: it waits for a thread.
        let canceled = unsafe { uv::uv_cancel(requests[4].0.cast()) };
        drop(closed);
        assert_eq!((canceled, events.run()), (0, 0));
        ended.lock().expect("as above").sort_unstable();
        let all = [(0, 0), (1, 0), (2, 0), (3, 0), (4, CANCELED)];
        assert_eq!((ended.lock().expect("as above").as_slice(), *gate.lock().expect("as above")), (&all[..], 4));
        assert_eq!((Arc::strong_count(&alive), Arc::strong_count(&gate), Arc::strong_count(&ended)), (1, 1, 1));

        let panics = |_: Ref<'_, uv::uv_work_t>, _| panic!("behind the work");
        // SAFETY: the request is free again, and stays.
        unsafe {
            uv::uv_queue_work_closure(events.handle(), requests[0].get(), |_: Ref<'_, uv::uv_work_t>| (), panics)
        }
        .expect("queued");
        assert_eq!(said(|| _ = events.run()), "behind the work");

        fn works(_: Ref<'_, uv::uv_work_t>) {
            WORKED.fetch_add(1, Ordering::Relaxed);
        }
        fn ends(_: Ref<'_, uv::uv_work_t>, status: c_int) {
            WORKED.fetch_add(10 + status, Ordering::Relaxed);
        }
        // SAFETY: the same.
        unsafe { uv::uv_queue_work(events.handle(), requests[0].get(), works, Some(ends)) }.expect("queued");
        assert_eq!((events.run(), WORKED.load(Ordering::Relaxed)), (0, 11));
        for request in requests {
            // SAFETY: of `new`, and nothing of it is under way.
            drop(unsafe { Box::from_raw(request.0) });
        }
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
