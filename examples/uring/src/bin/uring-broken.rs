//! The broken twin: a vector of buffers that nobody holds until the completion. The checker stops the call before the kernel has it.

#[global_allocator]
static ALLOC: pinned_ffi::TrackedAlloc = pinned_ffi::TrackedAlloc::system();

#[cfg(liburing)]
fn main() -> std::io::Result<()> {
    use pinned_ffi::completion::{Nested, Operation};
    use std::fs::File;
    use std::os::fd::AsRawFd;
    use uring::{Ring, c, skipped};

    let ring = match Ring::new(8) {
        Ok(ring) => ring,
        Err(error) => {
            let Some(reason) = skipped(&error) else { return Err(error) };
            println!("{reason}");
            return Ok(());
        }
    };
    let file = File::open(std::env::current_exe()?)?;
    let mut buffers = [vec![0_u8; 100], vec![0; 4097]];
    let vector =
        buffers.each_mut().map(|buffer| c::iovec { iov_base: buffer.as_mut_ptr().cast(), iov_len: buffer.len() });
    // SAFETY: addresses and numbers.
    let operation = Operation::new(unsafe { Nested::new(vector) });
    let prep = |entry, parts: *mut Nested<[c::iovec; 2]>, _| {
        // SAFETY: not C's yet.
        let vector = unsafe { &*parts }.as_ptr();
        // SAFETY: an entry of the locked queue, and a vector of two.
        unsafe { c::io_uring_prep_readv(entry, file.as_raw_fd(), vector.cast(), 2, 0) };
    };
    // SAFETY: none: the operation owns the vector, and not the buffers. That is the bug.
    let pending = unsafe { ring.start(operation, prep) }.map_err(|refused| refused.error)?;
    drop(buffers);
    while !pending.is_complete() {
        ring.deliver();
    }
    println!("readv wrote {} bytes into freed memory", pending.wait().result);
    Ok(())
}

#[cfg(not(liburing))]
fn main() {
    println!("skipped: io_uring: liburing.h was not installed when this was built");
}
