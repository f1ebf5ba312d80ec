//! Pointer contracts of `<poll.h>`.
// glibc, `_GNU_SOURCE`, Linux x86_64. Source: Linux man-pages (6.03), poll(2).

// poll(2). `revents` of every element is written, the rest is read. glibc's ppoll leaves the timeout as it is.
unsafe extern "C" {
    #[errno]
    fn poll(#[inout] #[nonnull] #[counted_by(nfds)] fds: *mut pollfd, nfds: nfds_t, timeout: c_int) -> c_int;

    #[errno]
    fn ppoll(
        #[inout] #[nonnull] #[counted_by(nfds)] fds: *mut pollfd,
        nfds: nfds_t,
        #[input] #[nullable] #[one] tmo_p: *const timespec,
        #[input] #[nullable] #[one] sigmask: *const sigset_t,
    ) -> c_int;
}
