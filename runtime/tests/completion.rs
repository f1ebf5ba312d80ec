//! Operations under `TrackedAlloc`: guards dropped, forgotten and unwound, threads that complete, and pins.

use pinned_ffi::completion::{Completed, Each, Nested, Operation, Parts, Pending, Submission, Token, UnknownToken};
use pinned_ffi::{TrackedAlloc, pin_count, pins};
use std::convert::Infallible;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{JoinHandle, spawn};

#[global_allocator]
static ALLOC: TrackedAlloc = TrackedAlloc::system();

/// A pin that checked builds count.
const PIN: u32 = pinned_ffi::COMPILED as u32;

/// A request as C keeps it: a token, and where to write how many bytes.
struct Request {
    token: Token,
    at: usize,
    bytes: usize,
}

/// A kernel: a thread that writes and completes each request it gets, in order, when it is told to go on.
struct Kernel {
    requests: Sender<Request>,
    go: Sender<()>,
    thread: JoinHandle<Vec<Result<(), UnknownToken>>>,
}

impl Kernel {
    fn new() -> Self {
        let (requests, taken) = channel::<Request>();
        let (go, gone) = channel::<()>();
        Self { requests, go, thread: spawn(move || Self::run(&taken, &gone)) }
    }

    fn run(requests: &Receiver<Request>, go: &Receiver<()>) -> Vec<Result<(), UnknownToken>> {
        let mut results = Vec::new();
        for Request { token, at, bytes } in requests {
            go.recv().expect("the program goes on");
            let start = std::ptr::with_exposed_provenance_mut::<u8>(at);
            for index in 0..bytes {
                let byte = start.wrapping_add(index);
                // SAFETY: the operation keeps its memory until it is complete, which is what these tests are about.
                unsafe { byte.write(index as u8) };
            }
            // SAFETY: nothing is written after this.
            results.push(unsafe { token.complete(bytes as i64) });
        }
        results
    }

    /// Starts an operation that writes `buffer`.
    #[track_caller]
    fn write<S: Parts + Send + 'static>(&self, parts: S, buffer: impl FnOnce(&mut S) -> &mut Vec<u8>) -> Pending<S> {
        let mut operation = Operation::new(parts);
        let buffer = buffer(operation.parts());
        let (at, bytes) = (buffer.as_mut_ptr().expose_provenance(), buffer.len());
        // SAFETY: the thread writes until it completes.
        let pending = unsafe {
            operation.start(|Submission { token, .. }| {
                self.requests.send(Request { token, at, bytes }).map_err(|_| "the kernel has ended")
            })
        };
        pending.expect("the kernel runs")
    }

    fn go(&self) {
        self.go.send(()).expect("the kernel runs");
    }

    fn end(self) {
        drop(self.requests);
        let results = self.thread.join().expect("the kernel does not panic");
        assert!(results.iter().all(Result::is_ok), "each token was known");
    }
}

/// Counts how often it was dropped.
#[derive(Debug, Default)]
struct Loud(Arc<AtomicUsize>);

impl Drop for Loud {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

type Watched = (Vec<u8>, Box<Loud>);

fn watched() -> (Watched, Arc<AtomicUsize>, *const u8) {
    let drops = Arc::new(AtomicUsize::new(0));
    let buffer = vec![0xff_u8; 100];
    let at = buffer.as_ptr();
    ((buffer, Box::new(Loud(Arc::clone(&drops)))), drops, at)
}

fn expected() -> Vec<u8> {
    (0..100).collect()
}

#[test]
fn parts_come_back_with_the_result() {
    let kernel = Kernel::new();
    let (parts, drops, at) = watched();
    let pending = kernel.write(parts, |parts| &mut parts.0);
    assert!(!pending.is_complete() && pending.token().is_pending());
    let pending = pending.try_take().expect_err("C has it");
    kernel.go();
    let Completed { parts, result } = pending.wait();
    assert_eq!((result, parts.0.as_ptr(), &parts.0), (100, at, &expected()));
    assert_eq!(drops.load(Ordering::SeqCst), 0);
    assert_eq!(pin_count(at), 0);
    kernel.end();
}

#[test]
fn the_completion_may_come_before_the_start_is_over() {
    let (parts, drops, at) = watched();
    let operation = Operation::new(parts).until_consumed(vec![0_u8; 3]);
    // SAFETY: C is nobody here.
    let begin = |Submission { token, .. }: Submission<Watched, Vec<u8>>| unsafe { token.complete(5) };
    // SAFETY: as above.
    let pending = unsafe { operation.start(begin) }.expect("the token is known inside");
    assert_eq!((pending.is_complete(), pin_count(at), drops.load(Ordering::SeqCst)), (true, 0, 0));
    assert_eq!(pending.wait().result, 5);
}

#[test]
fn memory_outlives_a_guard_that_is_dropped() {
    let kernel = Kernel::new();
    let (parts, drops, at) = watched();
    let pending = kernel.write(parts, |parts| &mut parts.0);
    let token = pending.token();
    drop(pending);
    assert_eq!((drops.load(Ordering::SeqCst), pin_count(at), token.is_pending()), (0, PIN, true));
    kernel.go();
    kernel.end();
    assert_eq!((drops.load(Ordering::SeqCst), pin_count(at), token.is_pending()), (1, 0, false));
}

#[test]
fn memory_outlives_a_guard_that_is_forgotten() {
    let kernel = Kernel::new();
    let (parts, drops, at) = watched();
    std::mem::forget(kernel.write(parts, |parts| &mut parts.0));
    assert_eq!(pin_count(at), PIN);
    kernel.go();
    kernel.end();
    // The guard might still ask for it: it is kept, unpinned.
    assert_eq!((drops.load(Ordering::SeqCst), pin_count(at)), (0, 0));
}

#[test]
fn memory_outlives_a_thread_that_panics() {
    let kernel = Kernel::new();
    let (parts, drops, at) = watched();
    let panic = catch_unwind(AssertUnwindSafe(|| {
        let _pending = kernel.write(parts, |parts| &mut parts.0);
        std::panic::resume_unwind(Box::new("before the completion"));
    }));
    assert!(panic.is_err());
    assert_eq!((drops.load(Ordering::SeqCst), pin_count(at)), (0, PIN));
    kernel.go();
    kernel.end();
    assert_eq!((drops.load(Ordering::SeqCst), pin_count(at)), (1, 0));
}

#[test]
fn what_began_stays_where_begin_panics() {
    let (parts, drops, at) = watched();
    let mut known = None;
    let panic = catch_unwind(AssertUnwindSafe(|| {
        // SAFETY: C is nobody here.
        let _ = unsafe {
            Operation::new(parts).start(|Submission { token, .. }| {
                known = Some(token);
                std::panic::resume_unwind(Box::new("C may have it")) as Result<(), Infallible>
            })
        };
    }));
    assert!(panic.is_err());
    assert_eq!((drops.load(Ordering::SeqCst), pin_count(at)), (0, PIN));
    // SAFETY: nobody has the memory.
    assert_eq!(unsafe { known.expect("it began").complete(0) }, Ok(()));
    assert_eq!((drops.load(Ordering::SeqCst), pin_count(at)), (1, 0));
}

#[test]
fn a_refused_operation_can_be_tried_again_with_a_new_token() {
    let (parts, drops, at) = watched();
    let mut tokens = Vec::new();
    let mut operation = Operation::new(parts).until_consumed(vec![0_u64; 4]);
    for round in 0..3 {
        // SAFETY: C is nobody here.
        let refused = unsafe {
            operation.start(|Submission { token, .. }| {
                tokens.push(token);
                assert_eq!(pin_count(at), PIN);
                Err(std::io::Error::from_raw_os_error(11))
            })
        };
        let refused = refused.expect_err("always");
        assert_eq!(refused.error.raw_os_error(), Some(11));
        assert!(refused.to_string().starts_with("the operation was not taken: "));
        assert_eq!((pin_count(at), tokens[round].is_pending()), (0, false));
        operation = refused.operation;
    }
    assert!(tokens[0] != tokens[1] && tokens[1] != tokens[2]);
    let (parts, early) = operation.into_parts();
    assert_eq!((parts.0.as_ptr(), early, drops.load(Ordering::SeqCst)), (at, vec![0; 4], 0));
}

#[test]
fn what_is_consumed_goes_early() {
    let drops = Arc::new(AtomicUsize::new(0));
    let early = (vec![1_u64; 2], Box::new(Loud(Arc::clone(&drops))));
    let vector = early.0.as_ptr();
    let (parts, _, at) = watched();
    let operation = Operation::new(parts).until_consumed(early);
    // SAFETY: C is nobody here.
    let pending = unsafe { operation.start(|_| Ok::<(), Infallible>(())) }.expect("it cannot fail");
    assert_eq!((pin_count(at), pin_count(vector)), (PIN, PIN));
    for _ in 0..2 {
        // SAFETY: as above.
        assert_eq!(unsafe { pending.token().consumed() }, Ok(()));
        assert_eq!((pin_count(at), pin_count(vector), drops.load(Ordering::SeqCst)), (PIN, 0, 1));
    }
    // SAFETY: as above.
    assert_eq!(unsafe { pending.token().complete(3) }, Ok(()));
    // SAFETY: the token is unknown by now.
    assert_eq!(unsafe { pending.token().consumed() }, Err(UnknownToken));
    // SAFETY: as above.
    assert_eq!(unsafe { pending.token().complete(4) }, Err(UnknownToken));
    assert_eq!(pending.wait().result, 3);
}

#[test]
fn pins_name_the_place_of_the_start() {
    let buffers: Each<Vec<u8>> = (0..3).map(|count| vec![0; 10 + count]).collect();
    // SAFETY: a number.
    let block = unsafe { Nested::new([0_u64; 40]) };
    let mut operation = Operation::new((buffers, block));
    let parts = operation.parts();
    let places: Vec<*const u8> =
        parts.0.0.iter().map(Vec::as_ptr).chain([parts.1.as_ptr().cast_const().cast::<u8>()]).collect();
    let line = line!() + 2;
    // SAFETY: C is nobody here.
    let pending = unsafe { operation.start(|_| Ok::<(), Infallible>(())) }.expect("it cannot fail");
    for at in places.iter().filter(|_| pinned_ffi::COMPILED) {
        let pinned = pins();
        let own = pinned.iter().find(|block| (block.extent.start.0..block.extent.end()).contains(&at.addr()));
        let own = own.expect("pinned");
        assert_eq!((own.sites[0].file(), own.sites[0].line()), (file!(), line));
    }
    // SAFETY: nobody has the memory.
    assert_eq!(unsafe { pending.token().complete(0) }, Ok(()));
    assert!(places.iter().all(|at| pin_count(*at) == 0));
    assert_eq!(pending.wait().parts.0.0.len(), 3);
}

#[test]
fn a_future_is_woken_cancelled_and_outlived() {
    struct Count(AtomicUsize);
    impl Wake for Count {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
    }
    let woken = Arc::new(Count(AtomicUsize::new(0)));
    let waker = Waker::from(Arc::clone(&woken));
    let mut context = Context::from_waker(&waker);
    let kernel = Kernel::new();
    let (parts, drops, at) = watched();
    {
        let mut pending = pin!(kernel.write(parts, |parts| &mut parts.0));
        assert!(pending.as_mut().poll(&mut context).is_pending());
        kernel.go();
        while woken.0.load(Ordering::SeqCst) == 0 {
            std::thread::yield_now();
        }
        let Poll::Ready(completed) = pending.as_mut().poll(&mut context) else { panic!("woken, but not ready") };
        assert_eq!((completed.result, completed.parts.0.as_ptr()), (100, at));
        assert!(catch_unwind(AssertUnwindSafe(|| pending.as_mut().poll(&mut context))).is_err(), "polled again");
    }
    assert_eq!(drops.load(Ordering::SeqCst), 1);

    let (parts, drops, at) = watched();
    let cancelled = Arc::new(AtomicUsize::new(0));
    let ask = |cancelled: &Arc<AtomicUsize>| {
        let cancelled = Arc::clone(cancelled);
        move |token: Token| {
            assert!(token.is_pending());
            cancelled.fetch_add(1, Ordering::SeqCst);
        }
    };
    {
        let mut pending = pin!(kernel.write(parts, |parts| &mut parts.0).cancel_on_drop(ask(&cancelled)));
        assert!(pending.as_mut().poll(&mut context).is_pending());
    }
    assert_eq!((cancelled.load(Ordering::SeqCst), drops.load(Ordering::SeqCst), pin_count(at)), (1, 0, PIN));
    kernel.go();
    let (parts, _, _) = watched();
    let last = kernel.write(parts, |parts| &mut parts.0).cancel_on_drop(ask(&cancelled));
    kernel.go();
    drop(last.wait());
    kernel.end();
    assert_eq!(cancelled.load(Ordering::SeqCst), 1, "not for what is complete");
    assert_eq!((drops.load(Ordering::SeqCst), pin_count(at)), (1, 0));
}

#[test]
fn many_threads_start_and_one_completes() {
    let kernel = Kernel::new();
    std::thread::scope(|s| {
        for _ in 0..4 {
            s.spawn(|| {
                for round in 0..200 {
                    let (parts, _, _) = watched();
                    let pending = kernel.write(parts, |parts| &mut parts.0);
                    kernel.go();
                    match round % 3 {
                        0 => drop(pending),
                        _ => assert_eq!(pending.wait().parts.0, expected()),
                    }
                }
            });
        }
    });
    kernel.end();
}

#[test]
fn what_may_go_where() {
    fn is_send<T: Send>() {}
    fn is_sync<T: Sync>() {}
    is_send::<Operation<(Vec<u8>, Nested<*mut u8>), Nested<*mut u8>>>();
    is_send::<Pending<(Vec<u8>, Nested<*mut u8>)>>();
    is_sync::<Pending<Vec<u8>>>();
    is_send::<Completed<Vec<u8>>>();
}
