//! Pointer contracts of `<sys/uio.h>` (glibc, `_GNU_SOURCE`, Linux x86_64): scatter/gather I/O.
// Sources: Linux man-pages readv(2), process_vm_readv(2), process_madvise(2), iovec(3type).
//
// Conventions of this file:
//  * `#[flow_through]` without an argument: the innermost data is only read.
//  * The vector itself is only read, by readv too; readv writes what `iov_base` points to, and it
//    does so through a const vector.
//  * A buffer with `iov_len` 0, and a vector of no elements, may come with any pointer.

// iovec(3type). Also visible through <sys/socket.h>. `iov_base` has no direction of its own: it
// takes the one that the function's `flow_through` states.
struct iovec {
    #[nonnull]
    #[sized_by(iov_len)]
    iov_base: *mut c_void,
    iov_len: size_t,
}

// readv(2). How much of each buffer is filled follows from the result, in array order. One number
// spread over many buffers is not a `filled_by`, so none is stated: a short read leaves later
// buffers as they were.
unsafe extern "C" {
    #[errno]
    fn readv(
        fd: c_int,
        #[nonnull]
        #[flow_through(out)]
        #[counted_by(iovcnt)]
        iov: *const iovec,
        iovcnt: c_int,
    ) -> ssize_t;

    #[errno]
    fn writev(
        fd: c_int,
        #[nonnull]
        #[flow_through]
        #[counted_by(iovcnt)]
        iov: *const iovec,
        iovcnt: c_int,
    ) -> ssize_t;

    #[errno]
    fn preadv(
        fd: c_int,
        #[nonnull]
        #[flow_through(out)]
        #[counted_by(iovcnt)]
        iov: *const iovec,
        iovcnt: c_int,
        offset: off_t,
    ) -> ssize_t;

    #[errno]
    fn pwritev(
        fd: c_int,
        #[nonnull]
        #[flow_through]
        #[counted_by(iovcnt)]
        iov: *const iovec,
        iovcnt: c_int,
        offset: off_t,
    ) -> ssize_t;

    #[errno]
    fn preadv64(
        fd: c_int,
        #[nonnull]
        #[flow_through(out)]
        #[counted_by(iovcnt)]
        iov: *const iovec,
        iovcnt: c_int,
        offset: off64_t,
    ) -> ssize_t;

    #[errno]
    fn pwritev64(
        fd: c_int,
        #[nonnull]
        #[flow_through]
        #[counted_by(iovcnt)]
        iov: *const iovec,
        iovcnt: c_int,
        offset: off64_t,
    ) -> ssize_t;

    #[errno]
    fn preadv2(
        fd: c_int,
        #[nonnull]
        #[flow_through(out)]
        #[counted_by(iovcnt)]
        iov: *const iovec,
        iovcnt: c_int,
        offset: off_t,
        flags: c_int,
    ) -> ssize_t;

    #[errno]
    fn pwritev2(
        fd: c_int,
        #[nonnull]
        #[flow_through]
        #[counted_by(iovcnt)]
        iov: *const iovec,
        iovcnt: c_int,
        offset: off_t,
        flags: c_int,
    ) -> ssize_t;

    #[errno]
    fn preadv64v2(
        fd: c_int,
        #[nonnull]
        #[flow_through(out)]
        #[counted_by(iovcnt)]
        iov: *const iovec,
        iovcnt: c_int,
        offset: off64_t,
        flags: c_int,
    ) -> ssize_t;

    #[errno]
    fn pwritev64v2(
        fd: c_int,
        #[nonnull]
        #[flow_through]
        #[counted_by(iovcnt)]
        iov: *const iovec,
        iovcnt: c_int,
        offset: off64_t,
        flags: c_int,
    ) -> ssize_t;
}

// process_vm_readv(2), <bits/uio-ext.h>. The entries of `remote_iov` are addresses of process
// `pid`: they mean nothing here (with the caller's own pid they may be any local address). Both
// vectors themselves are local memory, and are only read.
unsafe extern "C" {
    #[errno]
    #[unsafe_beyond_pointers("remote_iov holds addresses of process pid, which may be the caller itself")]
    fn process_vm_readv(
        pid: pid_t,
        #[nonnull]
        #[flow_through(out)]
        #[counted_by(liovcnt)]
        local_iov: *const iovec,
        liovcnt: c_ulong,
        #[nonnull]
        #[flow_through(foreign)]
        #[counted_by(riovcnt)]
        remote_iov: *const iovec,
        riovcnt: c_ulong,
        flags: c_ulong,
    ) -> ssize_t;

    #[errno]
    #[unsafe_beyond_pointers("overwrites memory of process pid, which may be the caller itself")]
    fn process_vm_writev(
        pid: pid_t,
        #[nonnull]
        #[flow_through]
        #[counted_by(liovcnt)]
        local_iov: *const iovec,
        liovcnt: c_ulong,
        #[nonnull]
        #[flow_through(foreign)]
        #[counted_by(riovcnt)]
        remote_iov: *const iovec,
        riovcnt: c_ulong,
        flags: c_ulong,
    ) -> ssize_t;
}

// process_madvise(2). glibc (2.36 and later) declares it in <sys/mman.h>, not in <sys/uio.h>; it
// stands here as the last user of `iovec`. The entries are page ranges of the process behind
// `pidfd` and are never dereferenced by the call. Parameter names of man-pages 6.03; later pages
// call `vlen` `n`.
unsafe extern "C" {
    #[errno]
    #[unsafe_beyond_pointers("some advice discards pages of the process behind pidfd, which may be the caller itself")]
    fn process_madvise(
        pidfd: c_int,
        #[nonnull]
        #[flow_through(foreign)]
        #[counted_by(vlen)]
        iovec: *const iovec,
        vlen: size_t,
        advice: c_int,
        flags: c_uint,
    ) -> ssize_t;
}
