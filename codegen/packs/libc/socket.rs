//! Pointer contracts of `<sys/socket.h>` (glibc, `_GNU_SOURCE`, Linux x86_64): sockets.
// Sources: Linux man-pages socket(2), socketpair(2), bind(2), connect(2), listen(2), accept(2),
// getsockname(2), getpeername(2), send(2), sendmmsg(2), recv(2), recvmmsg(2), getsockopt(2),
// shutdown(2), sockatmark(3), isfdtype(3), cmsg(3); tcp(7) for MSG_TRUNC.
//
// Conventions of this file:
//  * `#[flow_through]` without an argument: the innermost data is only read.
//  * Addresses: `sized_by(addrlen)` is the extent, not the size of `struct sockaddr`. The real
//    object is a sockaddr_in, sockaddr_un, ... and may be shorter or longer. The kernel copies the
//    bytes and asks for no alignment.
//  * `#[may_exceed]`: the count after the call may be larger than the buffer (truncation); what was
//    written is then the whole buffer.
//  * `struct iovec` is described in uio.rs.

// recv(2), send(2). For sendmsg all data is read. For recvmsg the kernel writes the buffers of
// `msg_name`, `msg_iov` and `msg_control`, and the fields msg_namelen (may end up larger than the
// buffer), msg_controllen and msg_flags; the vector at `msg_iov` itself is only read.
struct msghdr {
    #[nullable]
    #[sized_by(msg_namelen)]
    msg_name: *mut c_void,
    msg_namelen: socklen_t,
    #[nullable]
    #[flow_through]
    #[counted_by(msg_iovlen)]
    msg_iov: *mut iovec,
    msg_iovlen: size_t,
    #[nullable]
    #[sized_by(msg_controllen)]
    msg_control: *mut c_void,
    msg_controllen: size_t,
    msg_flags: c_int,
}

// recvmmsg(2), sendmmsg(2). `msg_len` is written by both.
struct mmsghdr {
    msg_hdr: msghdr,
    msg_len: c_uint,
}

// socket(2), socketpair(2), listen(2), shutdown(2), sockatmark(3), isfdtype(3). sockatmark and
// isfdtype answer 0 or 1. A failed socketpair leaves `sv` as it was.
unsafe extern "C" {
    #[errno]
    fn socket(domain: c_int, r#type: c_int, protocol: c_int) -> c_int;

    #[errno(void)]
    fn socketpair(
        domain: c_int,
        r#type: c_int,
        protocol: c_int,
        #[nonnull]
        #[out]
        #[counted_by(2)]
        #[filled_by(2)]
        sv: *mut c_int,
    ) -> c_int;

    #[errno(void)]
    fn listen(sockfd: c_int, backlog: c_int) -> c_int;

    #[errno(void)]
    fn shutdown(sockfd: c_int, how: c_int) -> c_int;

    #[errno]
    fn sockatmark(sockfd: c_int) -> c_int;

    #[errno]
    fn isfdtype(fd: c_int, fdtype: c_int) -> c_int;
}

// bind(2), connect(2).
unsafe extern "C" {
    #[errno(void)]
    fn bind(
        sockfd: c_int,
        #[input]
        #[nonnull]
        #[sized_by(addrlen)]
        addr: *const sockaddr,
        addrlen: socklen_t,
    ) -> c_int;

    #[errno(void)]
    fn connect(
        sockfd: c_int,
        #[input]
        #[nonnull]
        #[sized_by(addrlen)]
        addr: *const sockaddr,
        addrlen: socklen_t,
    ) -> c_int;
}

// accept(2), accept4(2). With `addr` NULL, `addrlen` is not used. With `addr` given, `addrlen` must
// be given too; that dependence is not stated here (the kernel answers EFAULT). On failure both are
// left unchanged.
unsafe extern "C" {
    #[errno]
    fn accept(
        sockfd: c_int,
        #[nullable]
        #[out]
        #[sized_by(*addrlen)]
        #[filled_by(*addrlen)]
        #[may_exceed]
        addr: *mut sockaddr,
        #[nullable]
        #[inout]
        addrlen: *mut socklen_t,
    ) -> c_int;

    #[errno]
    fn accept4(
        sockfd: c_int,
        #[nullable]
        #[out]
        #[sized_by(*addrlen)]
        #[filled_by(*addrlen)]
        #[may_exceed]
        addr: *mut sockaddr,
        #[nullable]
        #[inout]
        addrlen: *mut socklen_t,
        flags: c_int,
    ) -> c_int;
}

// getsockname(2), getpeername(2).
unsafe extern "C" {
    #[errno(void)]
    fn getsockname(
        sockfd: c_int,
        #[nonnull]
        #[out]
        #[sized_by(*addrlen)]
        #[filled_by(*addrlen)]
        #[may_exceed]
        addr: *mut sockaddr,
        #[nonnull]
        #[inout]
        addrlen: *mut socklen_t,
    ) -> c_int;

    #[errno(void)]
    fn getpeername(
        sockfd: c_int,
        #[nonnull]
        #[out]
        #[sized_by(*addrlen)]
        #[filled_by(*addrlen)]
        #[may_exceed]
        addr: *mut sockaddr,
        #[nonnull]
        #[inout]
        addrlen: *mut socklen_t,
    ) -> c_int;
}

// send(2), sendmmsg(2). With MSG_ZEROCOPY the kernel goes on reading the data until it says so on
// the error queue. The flag counts only on a socket whose SO_ZEROCOPY option was set, so the
// precondition lies with setsockopt, and the send functions are described as they are otherwise:
// nothing is kept.
unsafe extern "C" {
    #[errno]
    fn send(
        sockfd: c_int,
        #[input]
        #[nonnull]
        #[sized_by(len)]
        buf: *const c_void,
        len: size_t,
        flags: c_int,
    ) -> ssize_t;

    #[errno]
    fn sendto(
        sockfd: c_int,
        #[input]
        #[nonnull]
        #[sized_by(len)]
        buf: *const c_void,
        len: size_t,
        flags: c_int,
        #[input]
        #[nullable]
        #[sized_by(addrlen)]
        dest_addr: *const sockaddr,
        addrlen: socklen_t,
    ) -> ssize_t;

    #[errno]
    fn sendmsg(
        sockfd: c_int,
        #[input]
        #[nonnull]
        #[flow_through]
        msg: *const msghdr,
        flags: c_int,
    ) -> ssize_t;

    // The result counts the entries whose msg_len was written; the buffers are only read.
    #[errno]
    fn sendmmsg(
        sockfd: c_int,
        #[inout]
        #[nonnull]
        #[flow_through]
        #[counted_by(vlen)]
        msgvec: *mut mmsghdr,
        vlen: c_uint,
        flags: c_int,
    ) -> c_int;
}

// recv(2), recvmmsg(2).
//  * `buf` of recv and recvfrom is not `out` + `filled_by(return)` on purpose, and the result may
//    exceed `len`: with MSG_TRUNC a datagram socket returns the full length of the packet, and a
//    TCP socket (tcp(7)) returns the number of bytes that it threw away without writing any. So the
//    result does not say in general how much of `buf` was written. The weaker statement: the
//    buffer holds valid bytes before the call and after it.
//  * A null `buf` with a length above 0 happens to work for that same TCP case. No man page allows
//    it, hence nonnull.
//  * recvfrom writes `*addrlen` whenever `src_addr` is given, 0 where the protocol has no address.
unsafe extern "C" {
    #[errno]
    fn recv(
        sockfd: c_int,
        #[inout]
        #[nonnull]
        #[sized_by(len)]
        buf: *mut c_void,
        len: size_t,
        flags: c_int,
    ) -> ssize_t;

    #[errno]
    fn recvfrom(
        sockfd: c_int,
        #[inout]
        #[nonnull]
        #[sized_by(len)]
        buf: *mut c_void,
        len: size_t,
        flags: c_int,
        #[nullable]
        #[out]
        #[sized_by(*addrlen)]
        #[filled_by(*addrlen)]
        #[may_exceed]
        src_addr: *mut sockaddr,
        #[nullable]
        #[inout]
        addrlen: *mut socklen_t,
    ) -> ssize_t;

    #[errno]
    fn recvmsg(
        sockfd: c_int,
        #[inout]
        #[nonnull]
        #[flow_through(out)]
        msg: *mut msghdr,
        flags: c_int,
    ) -> ssize_t;

    // The result counts the entries that were updated. The kernel writes the time that is left
    // back to `timeout`; the man page does not say so, and inout covers both.
    #[errno]
    fn recvmmsg(
        sockfd: c_int,
        #[inout]
        #[nonnull]
        #[flow_through(out)]
        #[counted_by(vlen)]
        msgvec: *mut mmsghdr,
        vlen: c_uint,
        flags: c_int,
        #[inout]
        #[nullable]
        timeout: *mut timespec,
    ) -> c_int;
}

// getsockopt(2), setsockopt(2).
//  * The Ok value is the result, not void: netfilter handlers may return other numbers than 0.
//  * `optval` of getsockopt is inout: some options read it first (SCTP, TCP_ZEROCOPY_RECEIVE,
//    iptables). No `filled_by`: not every option counts bytes in `*optlen` after the call
//    (SO_GET_FILTER counts filter instructions), so the value does not bound what was written.
//  * Some options hold pointers in `optval`, or make the kernel keep memory after the call; the
//    pointee is opaque bytes here, and nothing inside it is followed.
unsafe extern "C" {
    #[errno]
    #[unsafe_beyond_pointers("level and optname decide what optval holds; some options carry addresses that the kernel writes through")]
    fn getsockopt(
        sockfd: c_int,
        level: c_int,
        optname: c_int,
        #[inout]
        #[nullable]
        #[sized_by(*optlen)]
        optval: *mut c_void,
        #[inout]
        #[nonnull]
        optlen: *mut socklen_t,
    ) -> c_int;

    #[errno]
    #[unsafe_beyond_pointers("level and optname decide what optval holds; some options carry addresses that the kernel follows or keeps, and SO_ZEROCOPY changes what send keeps")]
    fn setsockopt(
        sockfd: c_int,
        level: c_int,
        optname: c_int,
        #[input]
        #[nullable]
        #[sized_by(optlen)]
        optval: *const c_void,
        optlen: socklen_t,
    ) -> c_int;
}

// cmsg(3): the function behind CMSG_NXTHDR. It only reads: `msg_control` and `msg_controllen` of
// `msgh`, and the header at `cmsg`, which lies within `msg_control`. The result, if any, is a later
// header in the same buffer, beyond the one object that `cmsg` stands for. The other pointers of
// `msgh` are not followed; flow_through stands here because they may well point to unpinned memory.
unsafe extern "C" {
    #[returns(borrowed = cmsg)]
    #[returns(nullable)]
    #[unsafe_beyond_pointers("cmsg must be a header within msg_control of msgh, and its cmsg_len is trusted")]
    fn __cmsg_nxthdr(
        #[input]
        #[nonnull]
        #[flow_through]
        msgh: *mut msghdr,
        #[input]
        #[nonnull]
        cmsg: *mut cmsghdr,
    ) -> *mut cmsghdr;
}
