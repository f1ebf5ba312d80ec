//! Guards, futures and rings dropped at any moment of a read, by several threads, while others deliver.
#![cfg(liburing)]

use pinned_ffi::TrackedAlloc;
use std::fs::File;
use std::io::Write;
use std::os::fd::{AsFd, OwnedFd};
use std::sync::Arc;
use uring::{Fd, Ring, skipped};

#[global_allocator]
static ALLOC: TrackedAlloc = TrackedAlloc::system();

fn ring() -> Option<Arc<Ring>> {
    match Ring::new(32) {
        Ok(ring) => Some(ring),
        Err(error) => {
            eprintln!("{}", skipped(&error).unwrap_or_else(|| panic!("{error}")));
            None
        }
    }
}

/// Tests of one process see each other's pins; so there is one, with a part after the other.
#[test]
fn nothing_is_freed_early_or_left_behind() {
    if ring().is_none() {
        return;
    }
    guards_race_completions();
    a_ring_that_goes_waits_for_what_it_began();
    assert!(pinned_ffi::pins().is_empty(), "{:?}", pinned_ffi::pins());
}

fn guards_race_completions() {
    let Some(ring) = ring() else { return };
    let path = std::env::current_exe().expect("a test has a program");
    let fd: Fd = Arc::new(File::open(&path).expect("it can be read").into());
    let expected = std::fs::read(&path).expect("it can be read");
    std::thread::scope(|s| {
        for thread in 0..4_usize {
            let (ring, fd, expected) = (&ring, &fd, &expected);
            s.spawn(move || {
                for round in 0..200_usize {
                    let offset = (thread * 200 + round) * 7;
                    let whole = &expected[offset..offset + 2000];
                    if round % 5 == 4 {
                        let mut buffer = vec![0_u8; 2000];
                        let result = ring.submit_batch(|b| {
                            let ticket = b.read(fd.as_fd(), &mut buffer, offset as u64)?;
                            b.wait();
                            Ok::<_, std::io::Error>(ticket.result())
                        });
                        assert_eq!((result.expect("there is room"), &buffer[..]), (Some(2000), whole));
                        continue;
                    }
                    let pending = ring.readv(fd, vec![vec![0; 700], vec![0; 1300]], offset as u64);
                    let pending = pending.expect("there is room");
                    match round % 5 {
                        // In the queue, in the kernel, or complete: the guard goes.
                        0 => drop(pending),
                        1 => {
                            let _ = ring.submit();
                            drop(pending.cancel_on_drop(|token| ring.cancel(token)));
                        }
                        _ => {
                            while !pending.is_complete() {
                                ring.deliver();
                            }
                            let (read, (_, buffers)) = pending.wait().into_io();
                            assert_eq!((read.expect("it can be read"), &buffers.0.concat()[..]), (2000, whole));
                        }
                    }
                }
            });
        }
    });
    while ring.running() > 0 {
        ring.deliver();
    }
}

fn a_ring_that_goes_waits_for_what_it_began() {
    let Some(ring) = ring() else { return };
    let (reader, writer) = std::io::pipe().expect("a pipe");
    let (reader, mut writer): (Fd, _) = (Arc::new(OwnedFd::from(reader)), File::from(OwnedFd::from(writer)));
    let buffers = [vec![0_u8; 50], vec![0; 60], vec![0; 70]];
    let places = buffers.each_ref().map(|buffer| buffer.as_ptr());
    let [kept, queued, dropped] = buffers.map(|buffer| ring.read(&reader, buffer, 0).expect("there is room"));
    let _ = ring.submit();
    drop(dropped);
    let forgotten = queued.token();
    std::mem::forget(queued);
    drop(ring);
    assert!(!forgotten.is_pending());
    // Cancelled, for nobody wrote.
    assert_eq!(kept.wait().into_io().0.expect_err("cancelled").raw_os_error(), Some(125));
    assert!(places.iter().all(|place| pinned_ffi::pin_count(*place) == 0));
    // The reader went with the last operation that had it, but for the one that is forgotten.
    assert_eq!((Arc::strong_count(&reader), writer.write(b"x").ok()), (2, Some(1)));
}
