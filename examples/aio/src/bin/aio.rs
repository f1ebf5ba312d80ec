//! Reads and writes real files by POSIX aio, and shows that memory outlives guards that are dropped.

use aio::{Cancel, List, Queue, Transfer, c, read_notified};
use pinned_ffi::completion::Completed;
use std::fs::File;
use std::io::{self, Write};
use std::os::fd::OwnedFd;
use std::sync::Arc;
use std::time::Duration;

#[global_allocator]
static ALLOC: pinned_ffi::TrackedAlloc = pinned_ffi::TrackedAlloc::system();

fn main() -> io::Result<()> {
    println!("level: {}", if pinned_ffi::COMPILED { pinned_ffi::level().name() } else { "unchecked" });
    let expected = std::fs::read(std::env::current_exe()?)?;
    let queue = Queue::default();
    read_and_write(&queue, &expected)?;
    lists(&queue, &expected)?;
    told_by_a_thread(&expected)?;
    dropped_early(&queue)?;
    cancelled(&queue)?;
    assert!(queue.is_empty() && pinned_ffi::pins().is_empty(), "nothing is left behind");
    println!("ok");
    Ok(())
}

fn program() -> io::Result<Arc<File>> {
    Ok(Arc::new(File::open(std::env::current_exe()?)?))
}

fn temporary() -> io::Result<Arc<File>> {
    let path = std::env::temp_dir().join(format!("pinned-ffi-aio-{}", std::process::id()));
    let file = File::options().read(true).write(true).create(true).truncate(true).open(&path)?;
    std::fs::remove_file(&path)?;
    Ok(Arc::new(file))
}

fn read_and_write(queue: &Queue, expected: &[u8]) -> io::Result<()> {
    let length = expected.len().min(300_000);
    let pending = queue.start(Transfer::read(&program()?, vec![0; length], 0)).map_err(|refused| refused.error)?;
    while !pending.is_complete() {
        queue.deliver();
    }
    let (bytes, read) = pending.wait().into_io();
    println!("aio_read: {} bytes", bytes?);
    compare(&read.buffer, expected.get(..length))?;

    let file = temporary()?;
    let pending = queue.start(Transfer::write(&file, read.buffer, 17)).map_err(|refused| refused.error)?;
    queue.deliver();
    let (bytes, _) = pending.wait().into_io();
    println!("aio_write: {} bytes", bytes?);
    let mut back = vec![0; length];
    std::os::unix::fs::FileExt::read_exact_at(&*file, &mut back, 17)?;
    compare(&back, expected.get(..length))
}

fn lists(queue: &Queue, expected: &[u8]) -> io::Result<()> {
    let file = program()?;
    let list = || (0..8).map(|at| Transfer::read(&file, vec![0; 1000 + at], 5000 * at as i64)).collect::<List>();
    for (mode, name) in [(c::LIO_WAIT, "LIO_WAIT"), (c::LIO_NOWAIT, "LIO_NOWAIT")] {
        let pending = queue.start_list(list(), mode).map_err(|refused| refused.error)?;
        while !pending.is_complete() {
            queue.deliver();
        }
        let Completed { parts, result } = pending.wait();
        println!("lio_listio {name}: {result} bytes in {} transfers", parts.0.len());
        for (at, transfer) in parts.0.iter().enumerate() {
            compare(&transfer.buffer, expected.get(5000 * at..5000 * at + 1000 + at))?;
        }
    }
    // One of them cannot begin: it has its error, the other is done.
    let (closed, _writer) = pipe()?;
    let list = [Transfer::read(&file, vec![0; 10], 0), Transfer::write(&closed, vec![0; 10], 0)];
    let pending = queue.start_list(list.into_iter().collect(), c::LIO_NOWAIT).map_err(|refused| refused.error)?;
    while !pending.is_complete() {
        queue.deliver();
    }
    let results: Vec<i64> = pending.wait().parts.0.iter().map(|transfer| transfer.result).collect();
    println!("lio_listio with a file that cannot be written: {results:?}");
    if results == [10, -9] { Ok(()) } else { Err(io::Error::other("10 bytes and EBADF were expected")) }
}

fn told_by_a_thread(expected: &[u8]) -> io::Result<()> {
    let pending = read_notified(Transfer::read(&program()?, vec![0; 4096], 64)).map_err(|refused| refused.error)?;
    let (bytes, notified) = pending.wait().into_io();
    println!("SIGEV_THREAD: {} bytes", bytes?);
    compare(&notified.transfer.buffer, expected.get(64..64 + 4096))
}

/// The guard goes while a thread of glibc waits to write the buffer: the buffer stays, pinned, until it has.
fn dropped_early(queue: &Queue) -> io::Result<()> {
    let (reader, mut writer) = pipe()?;
    let buffer = vec![0; 64];
    let at = buffer.as_ptr();
    let pending = queue.start(Transfer::read(&reader, buffer, 0)).map_err(|refused| refused.error)?;
    let token = pending.token();
    drop(pending);
    let pins = pinned_ffi::pin_count(at);
    writer.write_all(b"late")?;
    while token.is_pending() {
        queue.deliver();
    }
    println!("dropped early: {pins} pin before the completion, {} after", pinned_ffi::pin_count(at));
    Ok(())
}

/// What a thread reads just now cannot be cancelled, only what waits behind it.
fn cancelled(queue: &Queue) -> io::Result<()> {
    // A thread takes the first one soon. Until it has, that one can be cancelled as well, and it must be tried again.
    for milliseconds in [10, 100, 1000, 5000] {
        let (reader, mut writer) = pipe()?;
        let start = |length| queue.start(Transfer::read(&reader, vec![0; length], 0)).map_err(|refused| refused.error);
        let (first, second) = (start(5)?, start(6)?);
        std::thread::sleep(Duration::from_millis(milliseconds));
        let said = [queue.cancel(first.token()), queue.cancel(second.token())];
        while !second.is_complete() {
            queue.deliver();
        }
        let (error, _) = second.wait().into_io();
        assert!(error.is_err_and(|error| error.raw_os_error() == Some(c::ECANCELED)), "nobody wrote");
        if said[0] == Cancel::Cancelled {
            while !first.is_complete() {
                queue.deliver();
            }
            continue;
        }
        println!("aio_cancel: {said:?}");
        assert!(!first.is_complete(), "it goes on");
        writer.write_all(b"after")?;
        while !first.is_complete() {
            queue.deliver();
        }
        let (bytes, transfer) = first.wait().into_io();
        println!("the one that went on: {} bytes", bytes?);
        return compare(&transfer.buffer, Some(b"after"));
    }
    Err(io::Error::other("no thread took the first transfer"))
}

fn pipe() -> io::Result<(Arc<File>, File)> {
    let (reader, writer) = io::pipe()?;
    Ok((Arc::new(File::from(OwnedFd::from(reader))), File::from(OwnedFd::from(writer))))
}

fn compare(found: &[u8], expected: Option<&[u8]>) -> io::Result<()> {
    if Some(found) == expected { Ok(()) } else { Err(io::Error::other("the bytes differ")) }
}
