//! The program behind the tests of the checker under stress: one case per run, chosen by its name.

#![allow(clippy::multiple_unsafe_ops_per_block, reason = "the cases misuse pointers and the system on purpose")]
#![allow(clippy::useless_vec, reason = "blocks must lie on the heap")]

mod allocator;
mod pins;
mod system;

use allocator::Inner;
use std::ffi::{c_int, c_void};
use std::hint::black_box;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

#[global_allocator]
static ALLOC: pinned_ffi::TrackedAlloc<Inner> = pinned_ffi::TrackedAlloc::new(Inner);

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    // Without a descriptor C looks at nothing, and the checks are the same.
    pub(crate) fn write(fd: c_int, buf: *const c_void, count: usize) -> isize;
}

/// A checked call with legal memory.
pub(crate) fn legal_call(bytes: &[u8]) {
    // SAFETY: so much is there.
    assert_eq!(unsafe { write(-1, bytes.as_ptr().cast(), bytes.len()) }, -1);
}

/// A checked call with a block that is freed: reported as PF002.
pub(crate) fn wrong_call() {
    let block = black_box(vec![7_u8; 48]);
    let at = block.as_ptr();
    drop(block);
    // SAFETY: C does not look at it.
    unsafe { write(-1, at.cast(), 48) };
}

const CASES: &[(&str, fn())] = &[
    ("hooks_reentered", allocator::hooks_reentered),
    ("out_of_memory", allocator::out_of_memory),
    ("signals_during_hooks", system::signals_during_hooks),
    ("fork_and_exec", system::fork_and_exec),
    ("forked_while_others_report", system::forked_while_others_report),
    ("libraries_come_and_go", system::libraries_come_and_go),
    ("stack_overflow", system::stack_overflow),
    ("stack_overflow_of_a_thread", system::stack_overflow_of_a_thread),
    ("threads_exit", threads_exit),
    ("holders_that_end_with_their_thread", pins::holders_that_end_with_their_thread),
    ("freed_under_a_holder_that_ends_with_its_thread", pins::freed_under_a_holder_that_ends_with_its_thread),
    ("listed_while_others_pin", pins::listed_while_others_pin),
    ("forked_while_others_pin", pins::forked_while_others_pin),
    ("million_blocks", million_blocks),
    ("panic_in_the_hook", panic_in_the_hook),
    ("wrong_call_while_panicking", wrong_call_while_panicking),
    ("wrong", wrong_call),
];

fn main() -> ExitCode {
    let name = std::env::args().nth(1).unwrap_or_default();
    let Some((_, run)) = CASES.iter().find(|(known, _)| *known == name) else { return ExitCode::from(2) };
    run();
    ExitCode::SUCCESS
}

/// Threads end while what they have allocated is in use, and their variables call C on the way out.
fn threads_exit() {
    struct Last(Vec<u8>);
    impl Drop for Last {
        fn drop(&mut self) {
            // Among the last things of the thread.
            self.0.push(1);
            legal_call(&self.0);
        }
    }
    thread_local! {
        static LAST: Last = const { Last(Vec::new()) };
    }
    let (sender, receiver) = mpsc::channel::<Vec<u8>>();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            for block in receiver {
                legal_call(&block);
            }
        });
        for round in 0..300_usize {
            let sender = sender.clone();
            let thread = scope.spawn(move || {
                LAST.with(|last| assert!(last.0.is_empty()));
                let mut pinner = pinned_ffi::Pinner::new();
                pinner.pin(vec![7_u8; round + 1]);
                for size in 1..50 {
                    legal_call(&vec![7_u8; size]);
                }
                sender.send(vec![1; 100]).expect("somebody listens");
            });
            if round % 2 == 0 {
                thread.join().expect("no panic");
            }
        }
        drop(sender);
    });
    assert_eq!(pinned_ffi::pins().len(), 0);
}

/// A million blocks live at once, and each is known.
fn million_blocks() {
    const COUNT: usize = 1_000_000;
    let mut blocks: Vec<Box<[u8]>> = (0..COUNT).map(|number| vec![0_u8; 8 + number % 40].into_boxed_slice()).collect();
    for number in (0..COUNT).step_by(997) {
        legal_call(&blocks[number]);
    }
    blocks.retain(|block| block.len() % 2 == 0);
    for block in blocks.iter().step_by(997) {
        legal_call(block);
    }
    wrong_call();
    drop(blocks);
    legal_call(&vec![1; 64]);
}

/// A hook of the user's that panics stops the call as a report does, and the next one is told.
fn panic_in_the_hook() {
    static SEEN: AtomicUsize = AtomicUsize::new(0);
    std::panic::set_hook(Box::new(|_| {}));
    pinned_ffi::set_hook(|violation| {
        SEEN.fetch_add(1, Ordering::Relaxed);
        panic!("the hook does not like {}", violation.code)
    });
    for _ in 0..3 {
        let payload = catch_unwind(wrong_call).expect_err("the hook panics");
        let said = payload.downcast_ref::<String>().map(String::as_str);
        assert_eq!(said, Some("the hook does not like PF002"));
        legal_call(&vec![1; 64]);
    }
    pinned_ffi::clear_hook();
    assert_eq!(SEEN.load(Ordering::Relaxed), 3);
    drop(std::panic::take_hook());
    // The rules are on again.
    wrong_call();
}

/// A wrong call from a drop while the thread unwinds is told, and does not end the process.
fn wrong_call_while_panicking() {
    struct Calls;
    impl Drop for Calls {
        fn drop(&mut self) {
            wrong_call();
        }
    }
    let caught = catch_unwind(AssertUnwindSafe(|| {
        let _calls = Calls;
        panic!("the first panic");
    }));
    let payload = caught.expect_err("it panics");
    assert_eq!(payload.downcast_ref::<&str>(), Some(&"the first panic"));
    legal_call(&vec![1; 64]);
}
