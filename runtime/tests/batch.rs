//! Batches under `TrackedAlloc`: borrowed memory, whatever `body` does.

use pinned_ffi::completion::{Batch, Parts, Token, batch};
use pinned_ffi::{Extent, TrackedAlloc, pin_count};
use std::cell::RefCell;
use std::convert::Infallible;
use std::panic::{AssertUnwindSafe, catch_unwind};

#[global_allocator]
static ALLOC: TrackedAlloc = TrackedAlloc::system();

/// A pin that checked builds count.
const PIN: u32 = pinned_ffi::COMPILED as u32;

/// A driver in the thread itself: requests wait until somebody delivers.
#[derive(Default)]
struct Queue(RefCell<Vec<(Token, *mut u8, usize)>>);

impl Queue {
    fn deliver(&self) {
        let Some((token, at, bytes)) = self.0.borrow_mut().pop() else { return };
        for index in 0..bytes {
            let byte = at.wrapping_add(index);
            // SAFETY: the batch keeps what was lent to it.
            unsafe { byte.write(7) };
        }
        // SAFETY: written above, and no more.
        unsafe { token.complete(bytes as i64) }.expect("known");
    }

    fn push(&self, token: Token, buffer: *mut &mut [u8]) -> Result<(), Infallible> {
        // SAFETY: begin has the parts to itself.
        let buffer = unsafe { &mut *buffer };
        self.0.borrow_mut().push((token, buffer.as_mut_ptr(), buffer.len()));
        Ok(())
    }
}

#[test]
fn a_batch_returns_when_all_is_complete() {
    let queue = Queue::default();
    let deliver = || queue.deliver();
    let mut buffers = [vec![0_u8; 10], vec![0; 20], vec![0; 30]];
    let sum = batch(&deliver, |b| {
        // SAFETY: the queue has the memory until it completes.
        let begin = |buffer| unsafe { b.start(buffer, |token, at| queue.push(token, at)) }.expect("it cannot fail");
        let tickets: Vec<_> = buffers.iter_mut().map(|buffer| begin(&mut buffer[..])).collect();
        assert_eq!((b.outstanding(), tickets[0].result()), (3, None));
        queue.deliver();
        assert_eq!(b.outstanding(), 2);
        b.wait();
        tickets.iter().map(|ticket| ticket.result().expect("complete")).sum::<i64>()
    });
    assert_eq!(sum, 60);
    assert!(buffers.iter().flatten().all(|byte| *byte == 7));
}

#[test]
fn a_batch_waits_when_its_body_panics_or_forgets() {
    let queue = Queue::default();
    let deliver = || queue.deliver();
    let mut buffer = vec![0_u8; 10];
    let at = buffer.as_ptr();
    let panic = catch_unwind(AssertUnwindSafe(|| {
        batch(&deliver, |b| {
            // SAFETY: the queue has the memory until it completes.
            let ticket = unsafe { b.start(&mut buffer[..], |token, at| queue.push(token, at)) };
            std::mem::forget(ticket);
            assert_eq!(pin_count(at), PIN);
            std::panic::resume_unwind(Box::new("inside"));
        });
    }));
    assert_eq!(panic.expect_err("it panicked").downcast_ref::<&str>(), Some(&"inside"));
    assert_eq!((pin_count(at), &buffer), (0, &vec![7; 10]));
    assert!(queue.0.borrow().is_empty());
}

/// A part that begins another operation when it is dropped, and then panics.
struct Again<'scope, 'env> {
    batch: &'scope Batch<'scope, 'env>,
    queue: &'scope Queue,
    left: u32,
}

impl Parts for Again<'_, '_> {
    fn extents(&self, _: &mut dyn FnMut(Extent)) {}
}

impl Drop for Again<'_, '_> {
    fn drop(&mut self) {
        if self.left > 0 {
            let next = Again { left: self.left - 1, ..*self };
            let begin = |token, parts: *mut (Again<'_, '_>, Box<[u8; 8]>)| {
                // SAFETY: begin has the parts to itself.
                let buffer = unsafe { &mut *parts }.1.as_mut_ptr();
                self.queue.0.borrow_mut().push((token, buffer, 8));
                Ok::<(), Infallible>(())
            };
            // SAFETY: the queue has the memory until it completes.
            let _ = unsafe { self.batch.start((next, Box::new([0_u8; 8])), begin) };
        }
        panic!("round {}", self.left);
    }
}

#[test]
fn a_batch_waits_for_what_its_parts_begin_when_they_are_dropped() {
    let queue = Queue::default();
    let deliver = || queue.deliver();
    let panic = catch_unwind(AssertUnwindSafe(|| {
        batch(&deliver, |b| drop(catch_unwind(AssertUnwindSafe(|| drop(Again { batch: b, queue: &queue, left: 3 })))));
    }));
    let panic = panic.expect_err("each of them panics");
    assert_eq!(panic.downcast_ref::<String>().map(String::as_str), Some("round 2"));
    assert!(queue.0.borrow().is_empty());
}

#[test]
fn what_a_batch_could_not_begin_is_let_go() {
    let mut buffer = Box::new([0_u8; 10]);
    let at = buffer.as_ptr();
    let mut tokens = Vec::new();
    batch(&|| panic!("nothing to wait for"), |b| {
        // SAFETY: nobody gets the memory.
        let refused = unsafe {
            b.start(&mut buffer[..], |token, _| {
                tokens.push(token);
                assert_eq!(pin_count(at), PIN);
                Err("no")
            })
        };
        assert_eq!(refused.expect_err("always"), "no");
        let panic = catch_unwind(AssertUnwindSafe(|| {
            // SAFETY: as above.
            let _ =
                unsafe { b.start(vec![1_u8; 9], |_, _| -> Result<(), ()> { std::panic::resume_unwind(Box::new(0)) }) };
        }));
        assert!(panic.is_err());
        assert_eq!((b.outstanding(), pin_count(at)), (0, 0));
    });
    assert!(!tokens[0].is_pending());
}
