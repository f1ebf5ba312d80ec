//! What the program shows, one function each.

mod on_tokio;

use std::fs::File;
use std::io::{self, IoSlice, IoSliceMut, Read, Write};
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::fs::FileExt;
use std::os::unix::net::UnixStream;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use uring::{Fd, Registered, Ring};

/// All of them.
pub(crate) fn all(ring: &Arc<Ring>) -> io::Result<()> {
    let expected = std::fs::read(program()?)?;
    vectors(ring, &expected)?;
    two_ends(ring)?;
    message(ring)?;
    registered(ring, &expected)?;
    batch(ring, &expected)?;
    on_tokio::files(ring, &expected)?;
    on_tokio::dropped_mid_read(ring)?;
    on_tokio::runtime_shut_down(ring)
}

fn program() -> io::Result<PathBuf> {
    std::env::current_exe()
}

fn opened() -> io::Result<Fd> {
    Ok(Arc::new(File::open(program()?)?.into()))
}

fn temporary(name: &str) -> io::Result<File> {
    let path = std::env::temp_dir().join(format!("pinned-ffi-uring-{name}-{}", std::process::id()));
    let file = File::options().read(true).write(true).create(true).truncate(true).open(&path)?;
    std::fs::remove_file(&path)?;
    Ok(file)
}

fn pipe() -> io::Result<(Fd, File)> {
    let (reader, writer) = io::pipe()?;
    Ok((Arc::new(OwnedFd::from(reader)), File::from(OwnedFd::from(writer))))
}

/// `readv` of a file, and `writev` of what was read.
fn vectors(ring: &Ring, expected: &[u8]) -> io::Result<()> {
    let buffers = [1, 4095, 4097, 65_537, 0, 17].map(|length| vec![0_u8; length]);
    let length: usize = buffers.iter().map(Vec::len).sum();
    let pending = ring.readv(&opened()?, buffers.into(), 3)?;
    while !pending.is_complete() {
        ring.deliver();
    }
    let (read, (_, buffers)) = pending.wait().into_io();
    println!("readv: {} bytes", read?);
    compare(&buffers.0.concat(), expected.get(3..3 + length))?;

    let file = temporary("writev")?;
    let pending = ring.writev(&Arc::new(file.try_clone()?.into()), buffers.0, 0)?;
    while !pending.is_complete() {
        ring.deliver();
    }
    let (written, _) = pending.wait().into_io();
    println!("writev: {} bytes", written?);
    let mut back = vec![0; length];
    file.read_exact_at(&mut back, 0)?;
    compare(&back, expected.get(3..3 + length))
}

/// The vector goes when the kernel has taken the entry, the buffers when it has filled them: here, long after.
fn two_ends(ring: &Ring) -> io::Result<()> {
    let (reader, mut writer) = pipe()?;
    let buffers = vec![vec![0_u8; 3], vec![0; 100]];
    let places = [buffers[0].as_ptr(), buffers[1].as_ptr()];
    let before = pinned_ffi::pins().len();
    let pending = ring.readv(&reader, buffers, 0)?;
    let queued = pinned_ffi::pins().len() - before;
    ring.submit()?;
    let submitted = pinned_ffi::pins().len() - before;
    let held = places.iter().filter(|place| pinned_ffi::pin_count(**place) == 1).count();
    println!(
        "readv of a pipe: {queued} blocks are held in the queue, {submitted} in the kernel, {held} of them buffers"
    );
    writer.write_all(b"later")?;
    while !pending.is_complete() {
        ring.deliver();
    }
    let held = places.iter().filter(|place| pinned_ffi::pin_count(**place) == 1).count();
    let (read, (_, buffers)) = pending.wait().into_io();
    println!("readv of a pipe: {} bytes, {held} buffers are held after that", read?);
    compare(&buffers.0.concat()[..5], Some(b"later"))
}

/// `sendmsg`: the message, its vector, and the buffers.
fn message(ring: &Ring) -> io::Result<()> {
    let (ours, mut theirs) = UnixStream::pair()?;
    let pending = ring.sendmsg(&Arc::new(ours.into()), vec![b"three ".to_vec(), b"buf".to_vec(), b"fers".to_vec()])?;
    ring.submit()?;
    while !pending.is_complete() {
        ring.deliver();
    }
    let (sent, _) = pending.wait().into_io();
    let mut received = vec![0; sent?];
    theirs.read_exact(&mut received)?;
    println!("sendmsg: {} bytes", received.len());
    compare(&received, Some(b"three buffers"))
}

/// Buffers that the kernel has for long, and requests on them.
fn registered(ring: &Arc<Ring>, expected: &[u8]) -> io::Result<()> {
    let buffers = vec![vec![0_u8; 4096], vec![0; 5000]];
    let places = [buffers[0].as_ptr(), buffers[1].as_ptr()];
    let held = || places.iter().filter(|place| pinned_ffi::pin_count(**place) > 0).count();
    let registered = match Registered::new(ring, buffers) {
        // The limit on locked memory, on kernels that count it.
        Err(error) if error.kind() == io::ErrorKind::OutOfMemory => {
            println!("skipped: registered buffers: {error}");
            return Ok(());
        }
        registered => registered?,
    };
    let fd = opened()?;
    for round in 0..3_usize {
        let lease = registered.lease(1).ok_or_else(|| io::Error::other("the lease came back"))?;
        assert!(registered.lease(1).is_none(), "one at a time");
        let pending = ring.read_fixed(&fd, lease, 1000 * round as u64)?;
        while !pending.is_complete() {
            ring.deliver();
        }
        let (read, (_, lease)) = pending.wait().into_io();
        read?;
        compare(lease.bytes(), expected.get(1000 * round..1000 * round + 5000))?;
    }
    let between = held();
    let back = registered.unregister().ok_or_else(|| io::Error::other("no lease is out"))?;
    println!("read_fixed: {between} buffers are held between requests, {} after the registration", held());
    compare(back[1].as_slice(), expected.get(2000..7000))?;

    // A registration that is given up while a request is in the kernel ends with that request.
    let (reader, mut writer) = pipe()?;
    let registered = Registered::new(ring, back)?;
    let lease = registered.lease(0).ok_or_else(|| io::Error::other("a fresh registration"))?;
    let pending = ring.read_fixed(&reader, lease, 0)?;
    let token = pending.token();
    ring.submit()?;
    drop((pending, registered));
    let during = held();
    writer.write_all(b"late")?;
    while token.is_pending() {
        ring.deliver();
    }
    println!("read_fixed dropped early: {during} buffers are held until the completion, {} after", held());
    Ok(())
}

/// Borrowed memory: nothing is in the kernel's hands when it returns.
fn batch(ring: &Ring, expected: &[u8]) -> io::Result<()> {
    let file = File::open(program()?)?;
    let target = temporary("batch")?;
    let (mut head, mut rest, mut single) = ([0_u8; 10], vec![0_u8; 3000], vec![0_u8; 777]);
    let mut vector = [IoSliceMut::new(&mut head), IoSliceMut::new(&mut rest)];
    let text = [IoSlice::new(b"borrowed "), IoSlice::new(b"text")];
    let results = ring.submit_batch(|b| {
        let tickets = [
            b.readv(file.as_fd(), &mut vector, 5)?,
            b.read(file.as_fd(), &mut single, 50)?,
            b.writev(target.as_fd(), &text, 0)?,
        ];
        b.wait();
        Ok::<_, io::Error>(tickets.map(|ticket| ticket.result()))
    })?;
    println!("SubmitBatch: {results:?}");
    compare(&head, expected.get(5..15))?;
    compare(&rest, expected.get(15..3015))?;
    compare(&single, expected.get(50..827))?;
    let mut back = [0; 13];
    target.read_exact_at(&mut back, 0)?;
    compare(&back, Some(b"borrowed text"))?;

    let mut buffer = vec![0_u8; 64];
    let place = buffer.as_ptr();
    let panic = catch_unwind(AssertUnwindSafe(|| {
        ring.submit_batch(|b| {
            let _ = b.read(file.as_fd(), &mut buffer, 0);
            std::panic::resume_unwind(Box::new("inside"));
        })
    }));
    println!("SubmitBatch that panics: {} buffers are held after it", pinned_ffi::pin_count(place));
    assert!(panic.is_err() && ring.running() == 0, "the panic passes through, and the read is complete");
    compare(&buffer, expected.get(..64))
}

fn compare(found: &[u8], expected: Option<&[u8]>) -> io::Result<()> {
    if Some(found) == expected { Ok(()) } else { Err(io::Error::other("the bytes differ")) }
}
