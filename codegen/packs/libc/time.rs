//! Pointer contracts of `<time.h> and <sys/time.h>`.
// Sources: Linux man-pages (6.03), the page named at each group; glibc's sources where a comment says
// "glibc". No nullness is stated where neither page nor header says one.

// ctime(3). tm_zone is read by strftime (%Z) only; C writes pointers to text of its own there. The other
// functions leave what stands in it alone: `flow_through(none)`, an address that is not looked at.
struct tm {
    #[nullable] #[null_terminated] tm_zone: *const c_char,
}

// time(2), ctime(3), mktime: -1 is also a time, so no errno.
//  * Two static objects, as glibc has them: the broken-down time of localtime, gmtime and ctime, and
//    the text of asctime and ctime. They are overwritten, never released.
//  * asctime_r and ctime_r write 26 bytes at most.
unsafe extern "C" {
    #[errno]
    fn time(#[out] #[nullable] tloc: *mut time_t) -> time_t;

    fn mktime(#[inout] #[nonnull] #[flow_through(none)] tm: *mut tm) -> time_t;

    fn timegm(#[inout] #[nonnull] #[flow_through(none)] tm: *mut tm) -> time_t;

    fn timelocal(#[inout] #[nonnull] #[flow_through(none)] tm: *mut tm) -> time_t;

    #[errno(null)]
    #[returns(until = [localtime, gmtime, ctime], nullable, one)]
    fn gmtime(#[input] #[nonnull] timep: *const time_t) -> *mut tm;

    #[errno(null)]
    #[returns(until = [localtime, gmtime, ctime], nullable, one)]
    fn localtime(#[input] #[nonnull] timep: *const time_t) -> *mut tm;

    #[errno(null)]
    #[returns(borrowed = result, nullable)]
    fn gmtime_r(#[input] #[nonnull] timep: *const time_t, #[out] #[nonnull] result: *mut tm) -> *mut tm;

    #[errno(null)]
    #[returns(borrowed = result, nullable)]
    fn localtime_r(#[input] #[nonnull] timep: *const time_t, #[out] #[nonnull] result: *mut tm) -> *mut tm;

    #[returns(until = [asctime, ctime], null_terminated)]
    fn asctime(#[input] #[nonnull] #[flow_through(none)] tm: *const tm) -> *mut c_char;

    #[returns(until = [asctime, ctime], null_terminated)]
    fn ctime(#[input] #[nonnull] timep: *const time_t) -> *mut c_char;

    #[returns(borrowed = buf, null_terminated)]
    fn asctime_r(
        #[input] #[nonnull] #[flow_through(none)] tm: *const tm,
        #[out] #[nonnull] #[sized_by(26)] buf: *mut c_char,
    ) -> *mut c_char;

    #[returns(borrowed = buf, null_terminated)]
    fn ctime_r(
        #[input] #[nonnull] timep: *const time_t,
        #[out] #[nonnull] #[sized_by(26)] buf: *mut c_char,
    ) -> *mut c_char;
}

// strftime(3), strptime(3). The result of strftime leaves the NUL out, and 0 says that the buffer's
// content is undefined: no `filled_by`. strptime changes only some fields of `tm`; its result is
// the first character that it did not use.
unsafe extern "C" {
    fn strftime(
        #[out] #[sized_by(max)] s: *mut c_char,
        max: size_t,
        #[input] #[nonnull] #[null_terminated] format: *const c_char,
        #[input] #[nonnull] #[flow_through] tm: *const tm,
    ) -> size_t;

    fn strftime_l(
        #[out] #[sized_by(max)] s: *mut c_char,
        max: size_t,
        #[input] #[nonnull] #[null_terminated] format: *const c_char,
        #[input] #[nonnull] #[flow_through] tm: *const tm,
        #[opaque] locale: locale_t,
    ) -> size_t;

    #[returns(borrowed = s, nullable, null_terminated)]
    fn strptime(
        #[input] #[nonnull] #[null_terminated] s: *const c_char,
        #[input] #[nonnull] #[null_terminated] format: *const c_char,
        #[inout] #[nonnull] #[flow_through(none)] tm: *mut tm,
    ) -> *mut c_char;

    #[returns(borrowed = s, nullable, null_terminated)]
    fn strptime_l(
        #[input] #[nonnull] #[null_terminated] s: *const c_char,
        #[input] #[nonnull] #[null_terminated] format: *const c_char,
        #[inout] #[nonnull] #[flow_through(none)] tm: *mut tm,
        #[opaque] locale: locale_t,
    ) -> *mut c_char;
}

// getdate(3). getdate sets getdate_err instead of errno; getdate_r returns that number.
unsafe extern "C" {
    #[returns(until = [getdate], nullable, one)]
    fn getdate(#[input] #[nonnull] #[null_terminated] string: *const c_char) -> *mut tm;

    #[success(result == 0)]
    fn getdate_r(
        #[input] #[nonnull] #[null_terminated] string: *const c_char,
        #[out] #[nonnull] res: *mut tm,
    ) -> c_int;
}

// nanosleep(2), clock_nanosleep(2). `rem` is written only where a signal ended the sleep; both may be
// one object. clock_nanosleep returns an error number.
unsafe extern "C" {
    #[errno(void)]
    #[may_alias]
    fn nanosleep(#[input] #[nonnull] req: *const timespec, #[out] #[nullable] rem: *mut timespec) -> c_int;

    #[success(result == 0)]
    #[may_alias]
    fn clock_nanosleep(
        clockid: clockid_t,
        flags: c_int,
        #[input] #[nonnull] request: *const timespec,
        #[out] #[nullable] remain: *mut timespec,
    ) -> c_int;
}

// clock_getres(2), clock_getcpuclockid(3), clock_adjtime(2), timespec_get (C11; no page).
unsafe extern "C" {
    #[errno(void)]
    fn clock_getres(clockid: clockid_t, #[out] #[nullable] res: *mut timespec) -> c_int;

    #[errno(void)]
    fn clock_gettime(clockid: clockid_t, #[out] #[nonnull] tp: *mut timespec) -> c_int;

    #[errno(void)]
    fn clock_settime(clockid: clockid_t, #[input] #[nonnull] tp: *const timespec) -> c_int;

    #[success(result == 0)]
    fn clock_getcpuclockid(pid: pid_t, #[out] #[nonnull] clockid: *mut clockid_t) -> c_int;

    #[errno]
    fn clock_adjtime(clk_id: clockid_t, #[inout] #[nonnull] buf: *mut timex) -> c_int;

    #[success(result != 0)]
    fn timespec_get(#[out] #[nonnull] ts: *mut timespec, base: c_int) -> c_int;

    #[success(result != 0)]
    fn timespec_getres(#[out] #[nullable] ts: *mut timespec, base: c_int) -> c_int;
}

// timer_create(2), timer_settime(2), timer_delete(2), timer_getoverrun(2). `sevp` is copied; its
// sigev_value is a number that the kernel hands back, never an address that it looks at. With
// SIGEV_THREAD the function stays in use until timer_delete. A timer_t is a handle, not an address.
unsafe extern "C" {
    #[errno(void)]
    fn timer_create(
        clockid: clockid_t,
        #[input] #[nullable] sevp: *mut sigevent,
        #[out] #[nonnull] #[pointee(opaque)] timerid: *mut timer_t,
    ) -> c_int;

    #[errno(void)]
    fn timer_delete(#[opaque] timerid: timer_t) -> c_int;

    #[errno(void)]
    fn timer_settime(
        #[opaque] timerid: timer_t,
        flags: c_int,
        #[input] #[nonnull] new_value: *const itimerspec,
        #[out] #[nullable] old_value: *mut itimerspec,
    ) -> c_int;

    #[errno(void)]
    fn timer_gettime(#[opaque] timerid: timer_t, #[out] #[nonnull] curr_value: *mut itimerspec) -> c_int;

    #[errno]
    fn timer_getoverrun(#[opaque] timerid: timer_t) -> c_int;
}

// gettimeofday(2), adjtime(3), getitimer(2). The page allows a null `tv` (the header warns of it).
// `tz` is a struct timezone: two ints.
unsafe extern "C" {
    #[errno(void)]
    fn gettimeofday(#[out] #[nullable] tv: *mut timeval, #[out] #[nullable] #[sized_by(8)] tz: *mut c_void) -> c_int;

    #[errno(void)]
    fn settimeofday(#[input] #[nullable] tv: *const timeval, #[input] #[nullable] tz: *const timezone) -> c_int;

    #[errno(void)]
    #[may_alias]
    fn adjtime(#[input] #[nullable] delta: *const timeval, #[out] #[nullable] olddelta: *mut timeval) -> c_int;

    #[errno(void)]
    fn getitimer(which: __itimer_which_t, #[out] #[nonnull] curr_value: *mut itimerval) -> c_int;

    #[errno(void)]
    fn setitimer(
        which: __itimer_which_t,
        #[input] new_value: *const itimerval,
        #[out] #[nullable] old_value: *mut itimerval,
    ) -> c_int;
}

// utimes(2), futimes(3), lutimes, futimesat(2), utime(2). No times: now.
unsafe extern "C" {
    #[errno(void)]
    fn utimes(
        #[input] #[nonnull] #[null_terminated] filename: *const c_char,
        #[input] #[nullable] #[counted_by(2)] times: *const timeval,
    ) -> c_int;

    #[errno(void)]
    fn lutimes(
        #[input] #[nonnull] #[null_terminated] filename: *const c_char,
        #[input] #[nullable] #[counted_by(2)] tv: *const timeval,
    ) -> c_int;

    #[errno(void)]
    fn futimes(fd: c_int, #[input] #[nullable] #[counted_by(2)] tv: *const timeval) -> c_int;

    #[errno(void)]
    fn futimesat(
        dirfd: c_int,
        #[input] #[null_terminated] pathname: *const c_char,
        #[input] #[nullable] #[counted_by(2)] times: *const timeval,
    ) -> c_int;

    #[errno(void)]
    fn utime(
        #[input] #[nonnull] #[null_terminated] filename: *const c_char,
        #[input] #[nullable] times: *const utimbuf,
    ) -> c_int;
}

// times(2): on Linux no buffer is allowed.
unsafe extern "C" {
    #[errno]
    fn times(#[out] #[nullable] buf: *mut tms) -> clock_t;
}
