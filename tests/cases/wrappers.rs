//! The C functions that the cases call, through the door that needs no libclang.

use libc::{PR_SET_NAME, c_char, c_int, c_uint, c_void, iovec, mmsghdr, msghdr, size_t, ssize_t};

/// A list node whose `next` C follows in `probe_sum`.
#[pinned_ffi::pinned_ffi]
#[repr(C)]
pub(crate) struct Node {
    pub(crate) value: c_int,
    #[one]
    pub(crate) next: *const Node,
}

/// What C keeps between two calls.
#[pinned_ffi::pinned_ffi]
#[repr(C)]
pub(crate) struct Store {
    #[sized_by(n)]
    pub(crate) data: *mut c_void,
    pub(crate) n: size_t,
}

#[pinned_ffi::pinned_ffi]
#[link(name = "probe", kind = "static")]
unsafe extern "C" {
    pub(crate) fn read(fd: c_int, buf: *mut c_void, count: size_t) -> ssize_t;
    pub(crate) fn write(fd: c_int, buf: *const c_void, count: size_t) -> ssize_t;
    pub(crate) fn readv(fd: c_int, iov: *const iovec, iovcnt: c_int) -> ssize_t;
    pub(crate) fn writev(fd: c_int, iov: *const iovec, iovcnt: c_int) -> ssize_t;
    pub(crate) fn sendmsg(sockfd: c_int, msg: *const msghdr, flags: c_int) -> ssize_t;
    pub(crate) fn recvmsg(sockfd: c_int, msg: *mut msghdr, flags: c_int) -> ssize_t;
    pub(crate) fn sendmmsg(sockfd: c_int, msgvec: *mut mmsghdr, vlen: c_uint, flags: c_int) -> c_int;

    pub(crate) fn prctl(option: c_int, ...) -> c_int;
    #[form_of(prctl, option = PR_SET_NAME)]
    pub(crate) fn prctl_set_name(name: *const c_char) -> c_int;

    pub(crate) fn probe_sum(
        #[input]
        #[one]
        node: *const Node,
    ) -> i64;
    pub(crate) fn probe_value(
        #[input]
        #[one]
        node: *const Node,
    ) -> c_int;
    pub(crate) fn probe_copy(
        #[out]
        #[sized_by(n)]
        to: *mut c_void,
        #[sized_by(n)] from: *const c_void,
        n: size_t,
    );
    #[may_alias]
    pub(crate) fn probe_move(
        #[out]
        #[sized_by(n)]
        to: *mut c_void,
        #[sized_by(n)] from: *const c_void,
        n: size_t,
    );
    pub(crate) fn probe_fill(
        #[out]
        #[counted_by(w * h)]
        pixels: *mut c_uint,
        w: c_int,
        h: c_int,
        colour: c_uint,
    );
    pub(crate) fn probe_fail(#[sized_by(n)] name: *const c_char, n: size_t) -> c_int;
    pub(crate) fn probe_sum_at(
        #[pointer]
        #[input]
        #[nonnull]
        #[sized_by(n)]
        #[noescape]
        at: usize,
        n: size_t,
        f: Option<unsafe extern "C" fn(usize)>,
    ) -> u64;
    pub(crate) fn probe_keep(
        #[inout]
        #[flow_through(none)]
        #[one]
        #[noescape]
        store: *mut Store,
        #[inout]
        #[sized_by(n)]
        #[retained(by = store, until = [probe_until_released])]
        data: *mut c_void,
        n: size_t,
    );
    pub(crate) fn probe_until_released(
        #[inout]
        #[one]
        #[noescape]
        store: *mut Store,
        #[callback(userdata = userdata, scope = call)] f: Option<
            unsafe extern "C" fn(*mut c_void, size_t, *mut c_void) -> c_int,
        >,
        #[opaque]
        #[noescape]
        userdata: *mut c_void,
    ) -> c_int;
    pub(crate) fn probe_call(
        #[nonnull] f: Option<unsafe extern "C" fn(*mut c_void) -> c_int>,
        data: *mut c_void,
    ) -> c_int;
    #[link_name = "probe_call"]
    pub(crate) fn probe_call_bare(#[nonnull] f: unsafe extern "C" fn(*mut c_void) -> c_int, data: *mut c_void)
    -> c_int;
}

/// An entry of a vector.
pub(crate) fn entry(buffer: &mut [u8]) -> iovec {
    iovec { iov_base: buffer.as_mut_ptr().cast(), iov_len: buffer.len() }
}

/// A device that fills whatever it is given with zeros.
pub(crate) fn zeros() -> c_int {
    open(c"/dev/zero")
}

/// A device that takes whatever it is given.
pub(crate) fn nowhere() -> c_int {
    open(c"/dev/null")
}

fn open(path: &std::ffi::CStr) -> c_int {
    // SAFETY: a C string; the descriptor lives as long as the process.
    let fd = unsafe { libc::open(path.as_ptr(), libc::O_RDWR) };
    assert!(fd >= 0, "{path:?}: {}", std::io::Error::last_os_error());
    fd
}

/// Both ends of a pipe.
pub(crate) fn pipe() -> (c_int, c_int) {
    let mut ends = [-1; 2];
    // SAFETY: two integers are written.
    assert_eq!(unsafe { libc::pipe(ends.as_mut_ptr()) }, 0);
    (ends[0], ends[1])
}

/// Both ends of a datagram socket.
pub(crate) fn sockets() -> (c_int, c_int) {
    let mut ends = [-1; 2];
    // SAFETY: two integers are written.
    assert_eq!(unsafe { libc::socketpair(libc::AF_UNIX, libc::SOCK_DGRAM, 0, ends.as_mut_ptr()) }, 0);
    (ends[0], ends[1])
}

/// A message over these buffers, without name and control.
pub(crate) fn message(vector: &mut [iovec]) -> msghdr {
    // SAFETY: all-zero is a valid message: no name, no vector, no control.
    let mut message: msghdr = unsafe { std::mem::zeroed() };
    message.msg_iov = vector.as_mut_ptr();
    message.msg_iovlen = vector.len() as _;
    message
}
