//! Signals, forks, libraries and stacks that come in the checker's way.

use crate::{legal_call, wrong_call};
use pinned_ffi::report::Action;
use std::ffi::{CStr, c_int, c_void};
use std::hint::black_box;
use std::mem::MaybeUninit;
use std::os::unix::thread::JoinHandleExt as _;
use std::ptr::{null, null_mut};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

static HANDLED: AtomicUsize = AtomicUsize::new(0);

/// Calls C through a wrapper, with static memory and memory of its own frame, wherever the thread was. At level full the call is
/// left alone where the thread was inside an allocator or a check, and checked elsewhere.
extern "C" fn handler(_: c_int) {
    static TEXT: [u8; 16] = [1; 16];
    legal_call(&TEXT);
    legal_call(&black_box([2; 64]));
    HANDLED.fetch_add(1, Ordering::Relaxed);
}

pub(crate) fn signals_during_hooks() {
    const ENOUGH: usize = 2000;
    static IS_DONE: AtomicBool = AtomicBool::new(false);
    // SAFETY: all zeros is an action without flags.
    let mut action: libc::sigaction = unsafe { MaybeUninit::zeroed().assume_init() };
    action.sa_sigaction = handler as *const () as usize;
    // SAFETY: the handler asks for no memory and takes no lock.
    assert_eq!(unsafe { libc::sigaction(libc::SIGUSR1, &raw const action, null_mut()) }, 0);
    let workers: Vec<_> = (0..3)
        .map(|_| {
            std::thread::spawn(|| {
                while !IS_DONE.load(Ordering::Relaxed) {
                    let mut blocks: Vec<Vec<u8>> = (1..64).map(|size| vec![7; size]).collect();
                    blocks.iter().for_each(|block| legal_call(block));
                    blocks[5].extend_from_slice(&[1; 4096]);
                    legal_call(&blocks[5]);
                }
            })
        })
        .collect();
    // One that is sent while another waits is lost, so they are counted where they arrive.
    let deadline = Instant::now() + Duration::from_secs(60);
    while HANDLED.load(Ordering::Relaxed) < ENOUGH && Instant::now() < deadline {
        for worker in &workers {
            // SAFETY: the thread is not joined yet.
            unsafe { libc::pthread_kill(worker.as_pthread_t(), libc::SIGUSR1) };
        }
        std::thread::yield_now();
    }
    IS_DONE.store(true, Ordering::Relaxed);
    workers.into_iter().for_each(|worker| worker.join().expect("no panic"));
    let handled = HANDLED.load(Ordering::Relaxed);
    assert!(handled >= ENOUGH, "only {handled} signals arrived");
    wrong_call();
}

/// Waits for a child of ours, which has nothing to complain of.
fn ends_well(child: libc::pid_t, round: i32) {
    assert!(child > 0, "no fork");
    let mut status = 0;
    // SAFETY: it is our child.
    unsafe { libc::waitpid(child, &raw mut status, 0) };
    assert_eq!(status, 0, "round {round}");
}

/// The hook is replaced, called and busy in other threads at the moment of a fork; the child has a hook of its own.
pub(crate) fn forked_while_others_report() {
    static IS_DONE: AtomicBool = AtomicBool::new(false);
    let quiet = || {
        pinned_ffi::set_hook(|_| {
            std::thread::sleep(Duration::from_micros(50));
            Action::Continue
        })
    };
    quiet();
    let until_done = |work: fn()| {
        move || {
            while !IS_DONE.load(Ordering::Relaxed) {
                work();
            }
        }
    };
    let mut workers: Vec<_> = (0..2).map(|_| std::thread::spawn(until_done(wrong_call))).collect();
    workers.push(std::thread::spawn(move || {
        while !IS_DONE.load(Ordering::Relaxed) {
            quiet()
        }
    }));
    // At full each child looks its stacks up anew, which takes a second.
    let rounds = if pinned_ffi::level() == pinned_ffi::Level::Full { 8 } else { 300 };
    for round in 0..rounds {
        // SAFETY: the runtime takes its locks around a fork, as glibc does with its own.
        let child = unsafe { libc::fork() };
        if child == 0 {
            static SEEN: AtomicUsize = AtomicUsize::new(0);
            pinned_ffi::set_hook(|_| {
                SEEN.fetch_add(1, Ordering::Relaxed);
                Action::Continue
            });
            wrong_call();
            let is_seen = SEEN.load(Ordering::Relaxed) == 1 || pinned_ffi::level() == pinned_ffi::Level::Off;
            // SAFETY: the child ends here.
            unsafe { libc::_exit(i32::from(!is_seen)) };
        }
        ends_well(child, round);
    }
    IS_DONE.store(true, Ordering::Relaxed);
    workers.into_iter().for_each(|worker| worker.join().expect("no panic"));
    pinned_ffi::clear_hook();
    wrong_call();
}

pub(crate) fn fork_and_exec() {
    static IS_DONE: AtomicBool = AtomicBool::new(false);
    let program = std::env::current_exe().expect("the program is a file");
    let program = std::ffi::CString::new(program.into_os_string().into_encoded_bytes()).expect("a name without zero");
    let arguments = [program.as_ptr(), c"threads_exit".as_ptr(), null()];
    let workers: Vec<_> = (0..3)
        .map(|_| {
            std::thread::spawn(|| {
                while !IS_DONE.load(Ordering::Relaxed) {
                    legal_call(&vec![7; 100]);
                }
            })
        })
        .collect();
    for round in 0..30 {
        // SAFETY: the tracked allocator and glibc's both take their locks around a fork.
        match unsafe { libc::fork() } {
            0 => {
                let mut block = vec![7_u8; 100];
                legal_call(&block);
                block.resize(5000, 1);
                legal_call(&block);
                drop(block);
                if round == 29 {
                    // SAFETY: the list ends with null.
                    unsafe { libc::execv(program.as_ptr(), arguments.as_ptr()) };
                }
                // SAFETY: the child ends here.
                unsafe { libc::_exit(if round == 29 { 9 } else { 0 }) };
            }
            child => ends_well(child, round),
        }
    }
    IS_DONE.store(true, Ordering::Relaxed);
    workers.into_iter().for_each(|worker| worker.join().expect("no panic"));
    wrong_call();
}

/// Libraries of glibc's that hardly a program has loaded.
const LIBRARIES: &[&CStr] = &[c"libresolv.so.2", c"libnss_compat.so.2", c"libanl.so.1", c"libBrokenLocale.so.1"];

pub(crate) fn libraries_come_and_go() {
    static IS_DONE: AtomicBool = AtomicBool::new(false);
    static LOADED: AtomicUsize = AtomicUsize::new(0);
    let loader = std::thread::spawn(|| {
        while !IS_DONE.load(Ordering::Relaxed) {
            for name in LIBRARIES {
                // SAFETY: these libraries run no code that matters when they are loaded.
                let library: *mut c_void = unsafe { libc::dlopen(name.as_ptr(), libc::RTLD_NOW) };
                if !library.is_null() {
                    LOADED.fetch_add(1, Ordering::Relaxed);
                    // SAFETY: loaded above; nobody uses anything of it.
                    unsafe { libc::dlclose(library) };
                }
            }
        }
    });
    let mut round = 0_usize;
    while round < 400 || LOADED.load(Ordering::Relaxed) < 40 {
        round += 1;
        let block = vec![7_u8; round % 100 + 1];
        legal_call(&block);
        legal_call(&black_box([round as u8; 200]));
    }
    IS_DONE.store(true, Ordering::Relaxed);
    loader.join().expect("no panic");
    wrong_call();
}

pub(crate) fn stack_overflow() {
    legal_call(&vec![7; 100]);
    deeper(0);
}

pub(crate) fn stack_overflow_of_a_thread() {
    let thread = std::thread::Builder::new().name("deep".into()).spawn(stack_overflow).expect("a thread");
    // The process has ended by then.
    thread.join().expect("no panic");
}

#[inline(never)]
fn deeper(depth: usize) -> usize {
    let frame = black_box([depth as u8; 512]);
    legal_call(&frame[..8]);
    // Not in the last place, so that it is a call.
    if black_box(depth) == usize::MAX { depth } else { deeper(depth + 1) + usize::from(frame[1]) }
}
