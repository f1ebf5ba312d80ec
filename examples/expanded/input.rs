// What the user writes. `expanded.rs` beside it is what becomes of it, with notes.
#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    /// Reads into several buffers.
    pub safe fn readv(fd: c_int, iov: *const iovec, iovcnt: c_int) -> ssize_t;

    pub fn write(fd: c_int, buf: *const c_void, count: size_t) -> ssize_t;
}
