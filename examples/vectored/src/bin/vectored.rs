//! Reads a real file into eight buffers in one call, writes them back, and passes a descriptor over a socket.

use std::ffi::{c_int, c_void};
use std::fs::File;
use std::io::{self, IoSlice, IoSliceMut, Read, Seek, SeekFrom, Write as _};
use std::mem::size_of;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::time::Instant;
use vectored::{c, eight_lengths, idiomatic, large_file};

#[global_allocator]
static ALLOC: pinned_ffi::TrackedAlloc = pinned_ffi::TrackedAlloc::system();

fn main() -> io::Result<()> {
    let path = large_file()?;
    let expected = std::fs::read(&path)?;
    println!("file: {} bytes", expected.len());
    println!("level: {}", if pinned_ffi::COMPILED { pinned_ffi::level().name() } else { "unchecked" });

    into_vectors(&path, &expected)?;
    into_io_slices(&path, &expected)?;
    with_c_signature(&path, &expected)?;
    at_an_offset(&path, &expected)?;
    back_to_a_file(&expected)?;
    over_a_socket(&expected)?;
    println!("ok");
    Ok(())
}

/// `&mut [Vec<u8>]`: the vector is built on the stack, the buffers are filled where they are.
fn into_vectors(path: &std::path::Path, expected: &[u8]) -> io::Result<()> {
    let file = File::open(path)?;
    let mut buffers = eight_lengths(expected.len()).map(|length| vec![0_u8; length]);
    let started = Instant::now();
    let read = idiomatic::readv(file.as_raw_fd(), &mut buffers)?;
    println!("readv into 8 Vec<u8> of {:?}: {read} bytes in {:?}", buffers.each_ref().map(Vec::len), started.elapsed());
    compare(buffers.concat().get(..read), expected.get(..read), read, expected.len())
}

/// `&mut [IoSliceMut]`: that slice is C's vector already, nothing is built.
fn into_io_slices(path: &std::path::Path, expected: &[u8]) -> io::Result<()> {
    let file = File::open(path)?;
    let (mut head, mut tail) = (vec![0_u8; 1000], vec![0_u8; expected.len() - 1000]);
    let read = idiomatic::readv(file.as_raw_fd(), &mut [IoSliceMut::new(&mut head), IoSliceMut::new(&mut tail)])?;
    println!("readv into 2 IoSliceMut: {read} bytes");
    head.extend_from_slice(&tail);
    compare(head.get(..read), expected.get(..read), read, expected.len())
}

/// The C signature: what a `*-sys` crate has today, with every call checked.
fn with_c_signature(path: &std::path::Path, expected: &[u8]) -> io::Result<()> {
    let file = File::open(path)?;
    let mut buffers = eight_lengths(expected.len()).map(|length| vec![0_u8; length]);
    let vector = buffers
        .each_mut()
        .map(|buffer| c::iovec { iov_base: buffer.as_mut_ptr().cast::<c_void>(), iov_len: buffer.len() });
    // SAFETY: the vector names eight live buffers with their lengths.
    let read = unsafe { c::readv(file.as_raw_fd(), vector.as_ptr(), vector.len() as c_int) };
    let read = usize::try_from(read).map_err(|_| io::Error::last_os_error())?;
    println!("readv with C's signature: {read} bytes");
    compare(buffers.concat().get(..read), expected.get(..read), read, expected.len())
}

fn at_an_offset(path: &std::path::Path, expected: &[u8]) -> io::Result<()> {
    let file = File::open(path)?;
    let mut buffers = [vec![0_u8; 300], vec![0_u8; 700]];
    let read = idiomatic::preadv(file.as_raw_fd(), &mut buffers, 4321)?;
    println!("preadv at offset 4321: {read} bytes");
    compare(buffers.concat().get(..read), expected.get(4321..4321 + read), read, 1000)
}

fn back_to_a_file(expected: &[u8]) -> io::Result<()> {
    let path = std::env::temp_dir().join(format!("pinned-ffi-written-{}", std::process::id()));
    let mut file = File::options().read(true).write(true).create(true).truncate(true).open(&path)?;
    std::fs::remove_file(&path)?;
    let (head, rest) = expected.split_at(12_345);
    let written = idiomatic::writev(file.as_raw_fd(), &[IoSlice::new(head), IoSlice::new(rest)])?;
    let mut back = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    file.read_to_end(&mut back)?;
    println!("writev of 2 IoSlice: {written} bytes");
    compare(Some(&back), expected.get(..written), written, expected.len())
}

/// sendmsg and recvmsg, two levels deep: the message, its vector, the buffers; and a descriptor beside them.
fn over_a_socket(expected: &[u8]) -> io::Result<()> {
    const AF_UNIX: c_int = 1;
    const SOCK_STREAM: c_int = 1;
    let mut ends = [-1; 2];
    // SAFETY: two integers are written.
    if unsafe { c::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.as_mut_ptr()) } != 0 {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: socketpair gave two fresh descriptors, each owned once.
    let [ours, theirs] = ends.map(|end| unsafe { OwnedFd::from_raw_fd(end) });
    let passed = File::open(large_file()?)?;

    let mut words = [b"two ".to_vec(), b"buffers".to_vec()];
    let mut vector = words.each_mut().map(|word| c::iovec { iov_base: word.as_mut_ptr().cast(), iov_len: word.len() });
    let mut control = Control::new(passed.as_raw_fd());
    let message = message(&mut vector, &mut control);
    // SAFETY: the message names live buffers and a control block of their true lengths.
    let sent = unsafe { c::sendmsg(ours.as_raw_fd(), &raw const message, 0) };
    let sent = usize::try_from(sent).map_err(|_| io::Error::last_os_error())?;

    let mut received = [vec![0_u8; 6], vec![0_u8; 64]];
    let mut vector =
        received.each_mut().map(|buffer| c::iovec { iov_base: buffer.as_mut_ptr().cast(), iov_len: buffer.len() });
    let mut control = Control::new(-1);
    let mut message = self::message(&mut vector, &mut control);
    // SAFETY: as above; recvmsg writes the buffers and the control block.
    let got = unsafe { c::recvmsg(theirs.as_raw_fd(), &raw mut message, 0) };
    let got = usize::try_from(got).map_err(|_| io::Error::last_os_error())?;
    // SAFETY: SCM_RIGHTS made this descriptor for us.
    let mut passed = File::from(unsafe { OwnedFd::from_raw_fd(control.descriptor) });
    let mut first = vec![0; 4096];
    passed.read_exact(&mut first)?;
    println!("sendmsg and recvmsg: {sent} bytes and a descriptor");
    compare(received.concat().get(..got), Some(b"two buffers"), got, sent)?;
    compare(Some(&first), expected.get(..4096), 4096, 4096)?;
    io::stdout().flush()
}

/// One SCM_RIGHTS message with one descriptor, as `cmsg(3)` lays it out.
#[repr(C, align(8))]
struct Control {
    length: usize,
    level: c_int,
    kind: c_int,
    descriptor: c_int,
    padding: c_int,
}

impl Control {
    fn new(descriptor: c_int) -> Self {
        const SOL_SOCKET: c_int = 1;
        const SCM_RIGHTS: c_int = 1;
        Self { length: 20, level: SOL_SOCKET, kind: SCM_RIGHTS, descriptor, padding: 0 }
    }
}

fn message(vector: &mut [c::iovec], control: &mut Control) -> c::msghdr {
    c::msghdr {
        msg_name: std::ptr::null_mut(),
        msg_namelen: 0,
        msg_iov: vector.as_mut_ptr(),
        msg_iovlen: vector.len(),
        msg_control: std::ptr::from_mut(control).cast(),
        msg_controllen: size_of::<Control>(),
        msg_flags: 0,
    }
}

fn compare(found: Option<&[u8]>, expected: Option<&[u8]>, bytes: usize, wanted: usize) -> io::Result<()> {
    if found.is_some() && found == expected && bytes == wanted {
        return Ok(());
    }
    Err(io::Error::other(format!("the bytes differ, or are {bytes} instead of {wanted}")))
}
