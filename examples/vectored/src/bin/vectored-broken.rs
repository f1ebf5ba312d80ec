//! The broken twin: the third buffer is freed before `readv` gets it. The checker stops the call before C writes there.

use std::ffi::{c_int, c_void};
use std::fs::File;
use std::os::fd::AsRawFd;
use vectored::{c, eight_lengths, large_file};

#[global_allocator]
static ALLOC: pinned_ffi::TrackedAlloc = pinned_ffi::TrackedAlloc::system();

fn main() -> std::io::Result<()> {
    let path = large_file()?;
    let file = File::open(&path)?;
    let mut buffers: Vec<Vec<u8>> = allocate(path.metadata()?.len() as usize);
    let vector: Vec<c::iovec> = buffers
        .iter_mut()
        .map(|buffer| c::iovec { iov_base: buffer.as_mut_ptr().cast::<c_void>(), iov_len: buffer.len() })
        .collect();
    forget_one(&mut buffers);
    // SAFETY: none: iov[2] points into a freed block. That is the bug.
    let read = unsafe { c::readv(file.as_raw_fd(), vector.as_ptr(), vector.len() as c_int) };
    println!("readv wrote {read} bytes, some of them into freed memory");
    Ok(())
}

fn allocate(total: usize) -> Vec<Vec<u8>> {
    eight_lengths(total).iter().map(|length| vec![0_u8; *length]).collect()
}

/// Somebody tidies up too early.
fn forget_one(buffers: &mut Vec<Vec<u8>>) {
    drop(buffers.remove(2));
}
