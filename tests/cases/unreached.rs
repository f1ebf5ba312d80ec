//! Blocks that C has seen: out of reach at the end of the program, and in all the places where somebody has them.

use super::Case;
use super::watched::watch_sum;
use std::cell::{Cell, RefCell};
use std::ptr::null_mut;
use std::rc::Rc;
use std::sync::atomic::{AtomicPtr, Ordering};
use std::thread;

/// Told at full only.
pub(crate) const WRONG_AT_FULL: &[Case] =
    &[("a_box_nobody_takes_back", a_box_nobody_takes_back), ("a_box_each_time", a_box_each_time)];

pub(crate) const LEGAL: &[Case] = &[
    ("a_box_taken_back", a_box_taken_back),
    ("seen_and_kept_in_a_static", seen_and_kept_in_a_static),
    ("seen_and_kept_by_its_middle", seen_and_kept_by_its_middle),
    ("seen_and_kept_in_a_block_that_is_kept", seen_and_kept_in_a_block_that_is_kept),
    ("seen_and_kept_in_a_thread_local", seen_and_kept_in_a_thread_local),
    ("seen_and_in_a_frame_at_exit", seen_and_in_a_frame_at_exit),
    ("seen_and_in_leaked_memory", seen_and_in_leaked_memory),
    ("seen_by_a_thread_at_exit", seen_by_a_thread_at_exit),
    ("seen_and_pinned_for_ever", seen_and_pinned_for_ever),
    ("never_seen_and_leaked", never_seen_and_leaked),
];

/// A block that C was lent, without an owner.
#[inline(never)]
fn seen(bytes: usize) -> *mut [u8] {
    let block = Box::into_raw(vec![1_u8; bytes].into_boxed_slice());
    // SAFETY: its own length.
    unsafe { watch_sum(block.cast(), bytes, 0) };
    block
}

/// Calls `body` far down the stack, where no later frame leaves it its words.
#[inline(never)]
fn deep(depth: usize, body: &dyn Fn()) {
    let room = std::hint::black_box([0_u8; 1000]);
    if depth == 0 {
        body()
    } else {
        deep(depth - 1, body)
    }
    std::hint::black_box(room);
}

fn a_box_nobody_takes_back() {
    deep(8, &|| {
        seen(500);
    });
}

fn a_box_each_time() {
    deep(8, &|| {
        for _ in 0..20 {
            seen(40);
        }
    });
}

fn a_box_taken_back() {
    // SAFETY: just taken apart.
    drop(unsafe { Box::from_raw(seen(500)) });
}

static KEPT: AtomicPtr<u8> = AtomicPtr::new(null_mut());

fn seen_and_kept_in_a_static() {
    KEPT.store(seen(500).cast(), Ordering::Relaxed);
}

fn seen_and_kept_by_its_middle() {
    KEPT.store(seen(500).cast::<u8>().wrapping_add(499), Ordering::Relaxed);
}

fn seen_and_kept_in_a_block_that_is_kept() {
    let inner = seen(500);
    let outer = Box::into_raw(Box::new([null_mut(), inner.cast::<u8>()]));
    // SAFETY: two pointers, as bytes.
    unsafe { watch_sum(outer.cast(), size_of_val(&*outer), 0) };
    KEPT.store(outer.cast(), Ordering::Relaxed);
}

fn seen_and_kept_in_a_thread_local() {
    thread_local! {
        static HERE: Cell<*mut u8> = const { Cell::new(null_mut()) };
    }
    HERE.set(seen(500).cast());
}

fn seen_and_in_a_frame_at_exit() {
    let kept = std::hint::black_box([seen(500), seen(600)]);
    println!("done");
    pinned_ffi::lost_blocks().map_or_else(|error| panic!("{error}"), |lost| assert_eq!(lost, []));
    std::hint::black_box(kept);
    for block in kept {
        // SAFETY: just taken apart.
        drop(unsafe { Box::from_raw(block) });
    }
}

/// Memory that Rust leaks on purpose lives on, and so does what it leads to.
fn seen_and_in_leaked_memory() {
    struct Ring {
        _block: *mut [u8],
        other: RefCell<Option<Rc<Ring>>>,
    }
    deep(8, &|| {
        Box::leak(Box::new(seen(500)));
        let ring = Rc::new(Ring { _block: seen(300), other: RefCell::new(None) });
        *ring.other.borrow_mut() = Some(ring.clone());
    });
}

fn seen_by_a_thread_at_exit() {
    let (tell, told) = std::sync::mpsc::channel();
    thread::spawn(move || {
        let block = seen(500);
        tell.send(()).expect("the other side waits");
        loop {
            thread::park();
            std::hint::black_box(block);
        }
    });
    told.recv().expect("the thread has its block");
}

fn seen_and_pinned_for_ever() {
    let pinned = pinned_ffi::Pinned::new(vec![5_u8; 48]);
    // SAFETY: its own length.
    unsafe { watch_sum(pinned.as_ptr().cast(), 48, 0) };
    let _start = pinned.forever();
}

fn never_seen_and_leaked() {
    // The search has something to do.
    let block = seen(20);
    deep(8, &|| {
        Box::leak(Box::new([7_u8; 700]));
    });
    // SAFETY: just taken apart.
    drop(unsafe { Box::from_raw(block) });
}
