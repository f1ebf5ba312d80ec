//! Reads that run on tokio: awaited, dropped half way, and outlived by what they began.

use super::{compare, opened, pipe};
use pinned_ffi::pin_count;
use std::io::{self, Write};
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};
use tokio::time::timeout;
use uring::{Events, Ring, drive, read_async};

fn runtime() -> io::Result<Runtime> {
    Builder::new_current_thread().enable_all().build()
}

/// A file in pieces, all of them under way at once.
pub(super) fn files(ring: &Arc<Ring>, expected: &[u8]) -> io::Result<()> {
    const PIECE: usize = 100_003;
    let fd = opened()?;
    let pieces = expected.len().div_ceil(PIECE).min(12);
    let whole = runtime()?.block_on(async {
        let driver = tokio::spawn(drive(Events::new(ring)?));
        let mut reads = Vec::new();
        for piece in 0..pieces {
            let (ring, fd) = (Arc::clone(ring), Arc::clone(&fd));
            reads.push(tokio::spawn(async move {
                let (read, mut buffer) = read_async(&ring, &fd, vec![0; PIECE], (piece * PIECE) as u64).await?;
                buffer.truncate(read?);
                Ok::<_, io::Error>(buffer)
            }));
        }
        let mut whole = Vec::new();
        for read in reads {
            whole.extend(read.await.map_err(io::Error::other)??);
        }
        driver.abort();
        Ok::<_, io::Error>(whole)
    })?;
    println!("tokio: a file in {pieces} pieces");
    compare(&whole, expected.get(..whole.len().max(1)))
}

/// The future goes while the kernel waits to write the buffer; the buffer goes with the completion.
pub(super) fn dropped_mid_read(ring: &Arc<Ring>) -> io::Result<()> {
    let (reader, _writer) = pipe()?;
    let buffer = vec![0_u8; 512];
    let place = buffer.as_ptr();
    runtime()?.block_on(async {
        let driver = tokio::spawn(drive(Events::new(ring)?));
        // Nobody writes: the time runs out, and the future with the read in it is dropped.
        let read = timeout(Duration::from_millis(20), read_async(ring, &reader, buffer, 0)).await;
        assert!(read.is_err(), "nobody wrote");
        while ring.running() > 0 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        driver.abort();
        Ok::<_, io::Error>(())
    })?;
    println!("tokio: dropped half way, cancelled, {} pins after the completion", pin_count(place));
    Ok(())
}

/// The runtime is shut down with a read under way: its memory stays until somebody delivers the completion.
pub(super) fn runtime_shut_down(ring: &Arc<Ring>) -> io::Result<()> {
    let (reader, mut writer) = pipe()?;
    let buffer = vec![0_u8; 512];
    let place = buffer.as_ptr();
    let runtime = runtime()?;
    let pending = ring.read(&reader, buffer, 0)?;
    let token = pending.token();
    ring.submit()?;
    runtime.block_on(async {
        tokio::spawn(drive(Events::new(ring)?));
        tokio::spawn(pending);
        tokio::task::yield_now().await;
        Ok::<_, io::Error>(())
    })?;
    drop(runtime);
    let after = pin_count(place);
    writer.write_all(b"for nobody")?;
    while token.is_pending() {
        ring.deliver();
    }
    println!("tokio: shut down, {after} pin until the completion, {} after", pin_count(place));
    Ok(())
}
