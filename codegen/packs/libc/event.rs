//! Pointer contracts of `<sys/epoll.h>, <sys/select.h>, <sys/eventfd.h>, <sys/timerfd.h>`.
// Sources: Linux man-pages (6.03). poll and ppoll are in poll.rs.

// epoll_ctl(2): the kernel hands `data` back and never looks at it, so its `ptr` may be any number.
struct epoll_data {
    #[opaque] ptr: *mut c_void,
}

// epoll_ctl(2), epoll_wait(2). The event is copied. EPOLL_CTL_DEL ignores it.
unsafe extern "C" {
    #[errno(void)]
    fn epoll_ctl(epfd: c_int, op: c_int, fd: c_int, #[input] #[nullable] event: *mut epoll_event) -> c_int;

    #[errno]
    fn epoll_wait(
        epfd: c_int,
        #[out] #[nonnull] #[counted_by(maxevents)] #[filled_by(return)] events: *mut epoll_event,
        maxevents: c_int,
        timeout: c_int,
    ) -> c_int;

    #[errno]
    fn epoll_pwait(
        epfd: c_int,
        #[out] #[nonnull] #[counted_by(maxevents)] #[filled_by(return)] events: *mut epoll_event,
        maxevents: c_int,
        timeout: c_int,
        #[input] #[nullable] sigmask: *const sigset_t,
    ) -> c_int;

    #[errno]
    fn epoll_pwait2(
        epfd: c_int,
        #[out] #[nonnull] #[counted_by(maxevents)] #[filled_by(return)] events: *mut epoll_event,
        maxevents: c_int,
        #[input] #[nullable] timeout: *const timespec,
        #[input] #[nullable] sigmask: *const sigset_t,
    ) -> c_int;
}

// select(2). Linux writes the time that is left to `timeout`; pselect does not.
unsafe extern "C" {
    #[errno]
    fn select(
        nfds: c_int,
        #[inout] #[nullable] readfds: *mut fd_set,
        #[inout] #[nullable] writefds: *mut fd_set,
        #[inout] #[nullable] exceptfds: *mut fd_set,
        #[inout] #[nullable] timeout: *mut timeval,
    ) -> c_int;

    #[errno]
    fn pselect(
        nfds: c_int,
        #[inout] #[nullable] readfds: *mut fd_set,
        #[inout] #[nullable] writefds: *mut fd_set,
        #[inout] #[nullable] exceptfds: *mut fd_set,
        #[input] #[nullable] timeout: *const timespec,
        #[input] #[nullable] sigmask: *const sigset_t,
    ) -> c_int;
}

// eventfd(2).
unsafe extern "C" {
    #[errno(void)]
    fn eventfd_read(fd: c_int, #[out] #[nonnull] value: *mut eventfd_t) -> c_int;

    #[errno(void)]
    fn eventfd_write(fd: c_int, value: eventfd_t) -> c_int;
}

// timerfd_create(2). The new value is read before the old one is written, and neither is restrict.
unsafe extern "C" {
    #[errno]
    fn timerfd_create(clockid: __clockid_t, flags: c_int) -> c_int;

    #[errno(void)]
    #[may_alias]
    fn timerfd_settime(
        fd: c_int,
        flags: c_int,
        #[input] #[nonnull] new_value: *const itimerspec,
        #[out] #[nullable] old_value: *mut itimerspec,
    ) -> c_int;

    #[errno(void)]
    fn timerfd_gettime(fd: c_int, #[out] #[nonnull] curr_value: *mut itimerspec) -> c_int;
}
