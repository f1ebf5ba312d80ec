//! Pointer contracts of `<signal.h>`.
// Sources: Linux man-pages (6.03). pthread_sigmask and its like belong to pthread.rs. Left out:
// sigreturn and sigstack, which no program may call.
//
// A handler may be SIG_DFL (0), SIG_IGN (1), SIG_ERR (-1) or SIG_HOLD (2): values, not addresses; a `fn` with C's signature
// takes them.

// sigaltstack(2): the kernel keeps `ss_sp` for this thread until the next sigaltstack of it that succeeds, and
// runs handlers on it. A call of another thread's is no end, and which thread's it is cannot be said: forever.
// No extent: with SS_DISABLE both fields are ignored.
struct stack_t {
    #[retained(forever)] ss_sp: *mut c_void,
}

// sigqueue(3), sigevent(3type): handed over, never looked at.
struct sigval {
    #[opaque] sival_ptr: *mut c_void,
}

// signal(2), sysv_signal(3), bsd_signal(3), sigset(3).
unsafe extern "C" {
    #[success(result != -1)]
    fn signal(signum: c_int, #[callback(scope = forever, thread = signal)] handler: Option<unsafe extern "C" fn(signum: c_int)>) -> __sighandler_t;

    #[success(result != -1)]
    fn __sysv_signal(signum: c_int, #[callback(scope = forever, thread = signal)] handler: Option<unsafe extern "C" fn(signum: c_int)>) -> __sighandler_t;

    #[success(result != -1)]
    fn sysv_signal(signum: c_int, #[callback(scope = forever, thread = signal)] handler: Option<unsafe extern "C" fn(signum: c_int)>) -> __sighandler_t;

    #[success(result != -1)]
    fn ssignal(signum: c_int, #[callback(scope = forever, thread = signal)] action: Option<unsafe extern "C" fn(signum: c_int)>) -> __sighandler_t;

    #[success(result != -1)]
    fn sigset(sig: c_int, #[callback(scope = forever, thread = signal)] disp: Option<unsafe extern "C" fn(signum: c_int)>) -> __sighandler_t;
}

// sigaction(2). The structure is copied; the handler in it stays in use.
unsafe extern "C" {
    #[errno(void)]
    fn sigaction(
        signum: c_int,
        #[input] #[nullable] act: *const sigaction,
        #[out] #[nullable] oldact: *mut sigaction,
    ) -> c_int;
}

// sigaltstack(2). The structure is copied; the memory that it names is kept, and not looked at by the call.
unsafe extern "C" {
    #[errno(void)]
    #[unsafe_beyond_pointers("the stack must stay, unused by others, until it is replaced or disabled, or the thread has ended")]
    fn sigaltstack(
        #[input] #[nullable] #[flow_through(none)] ss: *const stack_t,
        #[out] #[nullable] old_ss: *mut stack_t,
    ) -> c_int;
}

// sigsetops(3). Each word of `dest` is written after those of `left` and `right` were read.
unsafe extern "C" {
    #[errno(void)]
    fn sigemptyset(#[out] #[nonnull] set: *mut sigset_t) -> c_int;

    #[errno(void)]
    fn sigfillset(#[out] #[nonnull] set: *mut sigset_t) -> c_int;

    #[errno(void)]
    fn sigaddset(#[inout] #[nonnull] set: *mut sigset_t, signum: c_int) -> c_int;

    #[errno(void)]
    fn sigdelset(#[inout] #[nonnull] set: *mut sigset_t, signum: c_int) -> c_int;

    #[errno]
    fn sigismember(#[input] #[nonnull] set: *const sigset_t, signum: c_int) -> c_int;

    fn sigisemptyset(#[input] #[nonnull] set: *const sigset_t) -> c_int;

    #[errno(void)]
    #[may_alias]
    fn sigandset(
        #[out] #[nonnull] dest: *mut sigset_t,
        #[input] #[nonnull] left: *const sigset_t,
        #[input] #[nonnull] right: *const sigset_t,
    ) -> c_int;

    #[errno(void)]
    #[may_alias]
    fn sigorset(
        #[out] #[nonnull] dest: *mut sigset_t,
        #[input] #[nonnull] left: *const sigset_t,
        #[input] #[nonnull] right: *const sigset_t,
    ) -> c_int;
}

// sigprocmask(2), sigsuspend(2), sigpending(2), sigwait(3), sigwaitinfo(2). sigtimedwait: neither page
// nor header speaks of a null `timeout`.
unsafe extern "C" {
    #[errno(void)]
    fn sigprocmask(
        how: c_int,
        #[input] #[nullable] set: *const sigset_t,
        #[out] #[nullable] oldset: *mut sigset_t,
    ) -> c_int;

    #[errno(void)]
    fn sigsuspend(#[input] #[nonnull] mask: *const sigset_t) -> c_int;

    #[errno(void)]
    fn sigpending(#[out] #[nonnull] set: *mut sigset_t) -> c_int;

    #[success(result == 0)]
    fn sigwait(#[input] #[nonnull] set: *const sigset_t, #[out] #[nonnull] sig: *mut c_int) -> c_int;

    #[errno]
    fn sigwaitinfo(#[input] #[nonnull] set: *const sigset_t, #[out] #[nullable] info: *mut siginfo_t) -> c_int;

    #[errno]
    fn sigtimedwait(
        #[input] #[nonnull] set: *const sigset_t,
        #[out] #[nullable] info: *mut siginfo_t,
        #[input] timeout: *const timespec,
    ) -> c_int;
}

// sigqueue(3), psignal(3), kill(2), killpg(3).
unsafe extern "C" {
    #[errno(void)]
    fn sigqueue(pid: pid_t, sig: c_int, #[opaque] value: sigval) -> c_int;

    fn psignal(sig: c_int, #[input] #[nullable] #[null_terminated] s: *const c_char);

    fn psiginfo(
        #[input] #[nonnull] pinfo: *const siginfo_t,
        #[input] #[nullable] #[null_terminated] s: *const c_char,
    );

    #[errno(void)]
    fn kill(pid: pid_t, sig: c_int) -> c_int;

    #[errno(void)]
    fn killpg(pgrp: pid_t, sig: c_int) -> c_int;
}
