//! Guards, futures and rings dropped at any moment of a read, by several threads, while others deliver.
#![cfg(liburing)]

use pinned_ffi::TrackedAlloc;
use std::fs::File;
use std::io::Write;
use std::os::fd::{AsFd, OwnedFd};
use std::sync::Arc;
use uring::{Events, Fd, Ring, drive, read_async, skipped};

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
    tasks_are_aborted();
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

/// Reads on several threads of tokio: some are awaited, some aborted, and some go down with the runtime.
fn tasks_are_aborted() {
    let Some(ring) = ring() else { return };
    let path = std::env::current_exe().expect("a test has a program");
    let fd: Fd = Arc::new(File::open(&path).expect("it can be read").into());
    let expected = std::fs::read(&path).expect("it can be read");
    for round in 0..10_usize {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(3).enable_all().build();
        let runtime = runtime.expect("threads");
        runtime.block_on(async {
            tokio::spawn(drive(Events::new(&ring).expect("one at a time")));
            let read = |at: usize| {
                let (ring, fd) = (Arc::clone(&ring), Arc::clone(&fd));
                tokio::spawn(async move { read_async(&ring, &fd, vec![0; 3000], at as u64).await })
            };
            let reads: Vec<_> = (0..60).map(|number| (number, read(round * 1000 + number))).collect();
            for (number, task) in reads {
                match number % 3 {
                    0 => task.abort(),
                    // With the runtime.
                    1 if number > 40 => drop(task),
                    // A full queue is an error, and no harm.
                    _ => {
                        if let Ok((result, buffer)) = task.await.expect("it does not panic") {
                            let at = round * 1000 + number;
                            assert_eq!((result.ok(), &buffer[..]), (Some(3000), &expected[at..at + 3000]));
                        }
                    }
                }
            }
        });
        drop(runtime);
    }
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
