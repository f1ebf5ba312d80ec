//! C04: memory that is released while C or the kernel still uses it.

use super::{Case, deep, keep_if};
use libc::{c_char, c_int, c_long, c_void, sigevent, size_t, ssize_t};
use pinned_ffi::Pinner;

pub(crate) const CASES: &[Case] = &[
    ("b024_leaked_completion", b024_leaked_completion),
    ("b025_timeout_of_the_stack", b025_timeout_of_the_stack),
    ("b027_future_dropped_in_flight", b027_future_dropped_in_flight),
];

/// C's control block, with the pointer in it known.
#[pinned_ffi::pinned_ffi]
#[repr(C)]
pub(crate) struct aiocb {
    aio_fildes: c_int,
    aio_lio_opcode: c_int,
    aio_reqprio: c_int,
    aio_buf: *mut c_void,
    aio_nbytes: size_t,
    aio_sigevent: [u64; 8],
    #[opaque]
    next_prio: *mut aiocb,
    abs_prio: c_int,
    policy: c_int,
    error_code: c_int,
    return_value: ssize_t,
    aio_offset: c_long,
    reserved: [c_char; 32],
}

const _: () = assert!(size_of::<aiocb>() == size_of::<libc::aiocb>() && size_of::<sigevent>() == 64);

pub(crate) enum ring {}

#[rustfmt::skip]
#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    pub(crate) fn aio_read(aiocbp: *mut aiocb) -> c_int;
    pub(crate) fn aio_error(aiocbp: *const aiocb) -> c_int;
    pub(crate) fn aio_return(aiocbp: *mut aiocb) -> ssize_t;

    #[returns(opaque)]
    fn ring_new() -> *mut ring;
    fn ring_prep_read(
        #[opaque] ring: *mut ring,
        #[out] #[sized_by(bytes)] #[retained(by = ring, until = [ring_complete])] buffer: *mut c_void,
        bytes: size_t,
    );
    fn ring_prep_timeout(
        #[opaque] ring: *mut ring,
        #[input] #[one] #[retained(by = ring, until = [ring_complete])] timeout: *const c_long,
    );
    fn ring_complete(#[opaque] ring: *mut ring) -> c_long;
}

/// A pipe: what is read from comes first.
pub(crate) fn pipe() -> [c_int; 2] {
    let mut ends = [0; 2];
    // SAFETY: room for two.
    assert_eq!(unsafe { libc::pipe(ends.as_mut_ptr()) }, 0);
    ends
}

/// A request to read so much.
pub(crate) fn request(from: c_int, buffer: *mut u8, bytes: usize) -> Box<aiocb> {
    // SAFETY: numbers and null pointers.
    let mut block: Box<aiocb> = Box::new(unsafe { std::mem::zeroed() });
    (block.aio_fildes, block.aio_buf, block.aio_nbytes) = (from, buffer.cast(), bytes);
    block.aio_sigevent[1] = (libc::SIGEV_NONE as u64) << 32;
    block
}

/// Lets the read complete.
pub(crate) fn supply(to: c_int, bytes: usize) {
    let data = vec![b'k'; bytes];
    // SAFETY: the caller's own.
    unsafe { libc::write(to, data.as_ptr().cast(), bytes) };
}

pub(crate) fn wait(block: *const aiocb) {
    // SAFETY: a request that was made.
    while unsafe { libc::aio_error(block.cast()) } == libc::EINPROGRESS {
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
}

/// rio: the guard of a request is leaked, so nobody waits, and the buffer goes.
fn b024_leaked_completion(is_fixed: bool) {
    let [from, to] = pipe();
    let mut buffer = vec![0_u8; 200];
    let mut block = request(from, buffer.as_mut_ptr(), 200);
    let at = &raw mut *block;
    let mut pinner = Pinner::new();
    // SAFETY: none where the buffer goes before the completion comes.
    unsafe {
        if is_fixed {
            pinner.pin(buffer);
            assert_eq!(aio_read(at), 0);
        } else {
            assert_eq!(aio_read(at), 0);
            drop(buffer);
        }
        supply(to, 200);
        wait(at);
        aio_error(at);
        aio_return(at);
    }
    pinner.unpin();
    drop(block);
}

/// glommio 104: the address of a timeout on the stack, read when the entry is consumed.
fn b025_timeout_of_the_stack(is_fixed: bool) {
    fn prepare() -> *mut ring {
        let timeout: c_long = 5;
        // SAFETY: none; the timeout is gone when this returns.
        unsafe {
            let ring = ring_new();
            ring_prep_timeout(ring, &raw const timeout);
            ring
        }
    }
    let timeout: c_long = 5;
    // SAFETY: good where the timeout is this frame's.
    unsafe {
        let ring = if is_fixed { ring_new() } else { deep(8, prepare) };
        if is_fixed {
            ring_prep_timeout(ring, &raw const timeout);
        }
        ring_complete(ring);
    }
}

/// foyer 1286: the buffer is the future's, and the future may be dropped at any time.
fn b027_future_dropped_in_flight(is_fixed: bool) {
    let mut buffer = vec![0_u8; 200];
    // SAFETY: none where the buffer goes before the completion comes.
    unsafe {
        let ring = ring_new();
        ring_prep_read(ring, buffer.as_mut_ptr().cast(), 200);
        let buffer = keep_if(is_fixed, buffer);
        ring_complete(ring);
        drop(buffer);
    }
}
