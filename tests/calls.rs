//! Calls that block: who is inside C, since when, and with how many pins, asked from another thread.

mod door {
    use libc::{c_int, c_void, iovec, size_t, ssize_t};

    #[pinned_ffi::pinned_ffi]
    unsafe extern "C" {
        // An attribute of the block, inside of it.
        #![allow(missing_docs, reason = "C's own functions")]

        pub(super) fn read(fd: c_int, buf: *mut c_void, count: size_t) -> ssize_t;
        pub(super) fn write(fd: c_int, buf: *const c_void, count: size_t) -> ssize_t;
        pub(super) fn readv(fd: c_int, iov: *const iovec, iovcnt: c_int) -> ssize_t;
    }
}

use pinned_ffi::{CallUnderWay, Level, TrackedAlloc, calls, set_level, time_calls};
use std::sync::Mutex;
use std::thread::sleep;
use std::time::{Duration, Instant};

#[global_allocator]
static ALLOC: TrackedAlloc = TrackedAlloc::system();

/// Level and timing are the whole process's.
static ALONE: Mutex<()> = Mutex::new(());

fn pipe() -> (i32, i32) {
    let mut ends = [-1; 2];
    // SAFETY: room for two descriptors.
    assert_eq!(unsafe { libc::pipe(ends.as_mut_ptr()) }, 0);
    (ends[0], ends[1])
}

fn end(to: i32) {
    // SAFETY: one byte of the program's own.
    assert_eq!(unsafe { libc::write(to, c"x".as_ptr().cast(), 1) }, 1);
}

/// The call of this function on this thread, once it is under way.
/// The call, as soon as it is under way with all its pins: those are made one after another.
fn wait_for(function: &str, thread: &str, pins: usize) -> CallUnderWay {
    let deadline = Instant::now() + Duration::from_secs(20);
    loop {
        let found = calls().into_iter().find(|call| call.function == function && call.thread_name == thread);
        match found {
            Some(call) if call.pins >= pins => return call,
            _ => assert!(Instant::now() < deadline, "{function} is not under way: {:?}", calls()),
        }
        sleep(Duration::from_millis(1));
    }
}

fn named<R: Send + 'static>(name: &str, body: impl FnOnce() -> R + Send + 'static) -> std::thread::JoinHandle<R> {
    std::thread::Builder::new().name(name.into()).spawn(body).expect("a thread")
}

#[test]
fn a_blocked_read_is_seen_with_its_thread_place_age_and_pins() {
    let _alone = ALONE.lock().expect("no panic");
    set_level(Level::Cheap);
    let (from, to) = pipe();
    let line = line!() + 6;
    let reader = named("reads", move || {
        let mut buffers = [8, 16, 32].map(|bytes| vec![0_u8; bytes]);
        let entry = |b: &mut Vec<u8>| libc::iovec { iov_base: b.as_mut_ptr().cast(), iov_len: b.len() };
        let iov: Vec<libc::iovec> = buffers.iter_mut().map(entry).collect();
        // SAFETY: three entries, each with its buffer.
        unsafe { door::readv(from, iov.as_ptr(), 3) }
    });
    let first = wait_for("readv", "reads", 4);
    assert_eq!((first.called_at.file(), first.called_at.line()), (file!(), line), "{first:?}");
    assert_eq!((first.pins, first.is_older), (4, true), "the vector and three buffers: {first:?}");
    assert_eq!(first.bytes, 3 * 16 + 8 + 16 + 32);
    assert_ne!(first.thread, std::process::id(), "not the main thread");
    sleep(Duration::from_millis(120));
    let later = wait_for("readv", "reads", 4);
    assert!(later.age >= Duration::from_millis(90) && later.age < Duration::from_secs(20), "{later:?}");
    end(to);
    assert_eq!(reader.join().expect("no panic"), 1);
    assert_eq!(calls(), []);
}

#[test]
fn ages_are_known_from_the_beginning_where_calls_are_timed() {
    let _alone = ALONE.lock().expect("no panic");
    for (level, timed) in [(Level::Cheap, true), (Level::Full, false)] {
        set_level(level);
        time_calls(timed);
        let (from, to) = pipe();
        let reader = named("timed", move || {
            let mut byte = Box::new([0_u8; 1]);
            // SAFETY: one byte.
            unsafe { door::read(from, byte.as_mut_ptr().cast(), 1) }
        });
        sleep(Duration::from_millis(150));
        let call = wait_for("read", "timed", 1);
        assert!(!call.is_older && call.age >= Duration::from_millis(20), "{level:?}: {call:?}");
        time_calls(false);
        set_level(Level::Cheap);
        end(to);
        assert_eq!(reader.join().expect("no panic"), 1);
    }
}

#[test]
fn calls_that_come_and_go_are_told_whole() {
    let _alone = ALONE.lock().expect("no panic");
    set_level(Level::Cheap);
    let stop = std::sync::atomic::AtomicBool::new(false);
    // SAFETY: a C string.
    let nowhere = unsafe { libc::open(c"/dev/null".as_ptr(), libc::O_WRONLY) };
    std::thread::scope(|threads| {
        for size in [16_usize, 32, 48] {
            let stop = &stop;
            threads.spawn(move || {
                let bytes = vec![1_u8; size];
                while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                    // SAFETY: the buffer has that length.
                    unsafe { door::write(nowhere, bytes.as_ptr().cast(), size) };
                }
            });
        }
        let mut seen = 0;
        let started = Instant::now();
        let mut rounds = 0;
        // The threads may take their time to begin.
        while rounds < 2_000 || (seen < 100 && started.elapsed() < Duration::from_secs(60)) {
            rounds += 1;
            for call in calls() {
                assert_eq!((call.function, call.called_at.file()), ("write", file!()));
                assert!(call.pins <= 1 && call.age < Duration::from_secs(60), "{call:?}");
                seen += 1;
            }
        }
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
        assert!(seen > 0);
    });
    assert_eq!(calls(), []);
}

#[test]
fn nothing_is_seen_at_off() {
    let _alone = ALONE.lock().expect("no panic");
    set_level(Level::Off);
    let (from, to) = pipe();
    let reader = named("unseen", move || {
        let mut byte = Box::new([0_u8; 1]);
        // SAFETY: one byte.
        unsafe { door::read(from, byte.as_mut_ptr().cast(), 1) }
    });
    sleep(Duration::from_millis(50));
    assert_eq!(calls(), []);
    end(to);
    assert_eq!(reader.join().expect("no panic"), 1);
    set_level(Level::Cheap);
}

/// A child has the memory of its parent's logs, but not the threads that were inside C.
#[test]
fn a_child_has_no_calls_of_its_parents_threads() {
    let _alone = ALONE.lock().expect("no panic");
    set_level(Level::Cheap);
    let (from, to) = pipe();
    let reader = named("parents", move || {
        let mut byte = Box::new([0_u8; 1]);
        // SAFETY: one byte.
        unsafe { door::read(from, byte.as_mut_ptr().cast(), 1) }
    });
    wait_for("read", "parents", 1);
    // SAFETY: the child looks at its calls and ends; glibc lets it allocate.
    let child = unsafe { libc::fork() };
    if child == 0 {
        let status = i32::from(!calls().is_empty());
        // SAFETY: ends the child without running anything of the parent's.
        unsafe { libc::_exit(status) };
    }
    let mut status = 0;
    // SAFETY: our own child.
    assert_eq!(unsafe { libc::waitpid(child, &raw mut status, 0) }, child);
    assert_eq!((status, calls().len()), (0, 1));
    end(to);
    assert_eq!(reader.join().expect("no panic"), 1);
}
