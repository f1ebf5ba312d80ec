//! Pointer contracts of `<pthread.h> and <semaphore.h>`.
// glibc, `_GNU_SOURCE`, Linux x86_64. Sources: Linux man-pages (6.03), section 3, the page of each function, and
// POSIX.1-2017 for those that have none (condition variables, read-write locks, barriers, most mutex attributes).
//
// Conventions of this file:
//  * The functions of threads return 0 or an error number and leave errno aside: `#[success(result == 0)]`. Those
//    of semaphores return -1 with errno.
//  * An object that an init function made may not move or be copied until its destroy function. That is no
//    pointer that C keeps, so it is not `retained`.
//  * What a getter writes is written on success only: no `#[filled_by]` without errno.
//  * Left out: functions without pointers (pthread_self, pthread_detach, pthread_key_delete, ...),
//    and __pthread_register_cancel and its like, which serve the macro pthread_cleanup_push.

// pthread_create(3), pthread_join(3), pthread_tryjoin_np(3), pthread_exit(3).
//  * `arg` and what a thread returns are handed over untouched, and may be numbers. Who frees them is between the
//    threads.
unsafe extern "C" {
    #[success(result == 0)]
    fn pthread_create(
        #[out] #[nonnull] #[one] thread: *mut pthread_t,
        #[input] #[nullable] #[one] attr: *const pthread_attr_t,
        #[nonnull] #[callback(userdata = arg, scope = async, on_panic = 0)]
        start_routine: Option<unsafe extern "C" fn(arg: *mut c_void) -> *mut c_void>,
        #[nullable] #[opaque] arg: *mut c_void,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_join(
        thread: pthread_t,
        #[out] #[nullable] #[one] #[pointee(nullable, opaque)] retval: *mut *mut c_void,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_tryjoin_np(
        thread: pthread_t,
        #[out] #[nullable] #[one] #[pointee(nullable, opaque)] retval: *mut *mut c_void,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_timedjoin_np(
        thread: pthread_t,
        #[out] #[nullable] #[one] #[pointee(nullable, opaque)] retval: *mut *mut c_void,
        #[input] #[one] abstime: *const timespec,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_clockjoin_np(
        thread: pthread_t,
        #[out] #[nullable] #[one] #[pointee(nullable, opaque)] retval: *mut *mut c_void,
        clockid: clockid_t,
        #[input] #[one] abstime: *const timespec,
    ) -> c_int;

    fn pthread_exit(#[nullable] #[opaque] retval: *mut c_void) -> !;
}

// pthread_attr_init(3) and the pages pthread_attr_set*(3).
//  * The stack is used by the threads made with the attributes, until they end; a join, or the end of the
//    attributes, is taken for that.
//  * pthread_attr_setstackaddr (obsolete) says neither end of the stack nor its length.
//  * cpuset: with size 0 any pointer.
unsafe extern "C" {
    #[success(result == 0)]
    fn pthread_attr_init(#[out] #[nonnull] #[one] attr: *mut pthread_attr_t) -> c_int;

    #[success(result == 0)]
    fn pthread_attr_destroy(#[inout] #[nonnull] #[one] attr: *mut pthread_attr_t) -> c_int;

    #[success(result == 0)]
    fn pthread_attr_getdetachstate(
        #[input] #[nonnull] #[one] attr: *const pthread_attr_t,
        #[out] #[nonnull] #[one] detachstate: *mut c_int,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_attr_setdetachstate(
        #[inout] #[nonnull] #[one] attr: *mut pthread_attr_t,
        detachstate: c_int,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_attr_getguardsize(
        #[input] #[nonnull] #[one] attr: *const pthread_attr_t,
        #[out] #[nonnull] #[one] guardsize: *mut size_t,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_attr_setguardsize(
        #[inout] #[nonnull] #[one] attr: *mut pthread_attr_t,
        guardsize: size_t,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_attr_getschedparam(
        #[input] #[nonnull] #[one] attr: *const pthread_attr_t,
        #[out] #[nonnull] #[one] param: *mut sched_param,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_attr_setschedparam(
        #[inout] #[nonnull] #[one] attr: *mut pthread_attr_t,
        #[input] #[nonnull] #[one] param: *const sched_param,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_attr_getschedpolicy(
        #[input] #[nonnull] #[one] attr: *const pthread_attr_t,
        #[out] #[nonnull] #[one] policy: *mut c_int,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_attr_setschedpolicy(
        #[inout] #[nonnull] #[one] attr: *mut pthread_attr_t,
        policy: c_int,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_attr_getinheritsched(
        #[input] #[nonnull] #[one] attr: *const pthread_attr_t,
        #[out] #[nonnull] #[one] inheritsched: *mut c_int,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_attr_setinheritsched(
        #[inout] #[nonnull] #[one] attr: *mut pthread_attr_t,
        inheritsched: c_int,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_attr_getscope(
        #[input] #[nonnull] #[one] attr: *const pthread_attr_t,
        #[out] #[nonnull] #[one] scope: *mut c_int,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_attr_setscope(#[inout] #[nonnull] #[one] attr: *mut pthread_attr_t, scope: c_int) -> c_int;

    #[success(result == 0)]
    fn pthread_attr_getstacksize(
        #[input] #[nonnull] #[one] attr: *const pthread_attr_t,
        #[out] #[nonnull] #[one] stacksize: *mut size_t,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_attr_setstacksize(
        #[inout] #[nonnull] #[one] attr: *mut pthread_attr_t,
        stacksize: size_t,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_attr_getstackaddr(
        #[input] #[nonnull] #[one] attr: *const pthread_attr_t,
        #[out] #[nonnull] #[one] #[pointee(opaque)] stackaddr: *mut *mut c_void,
    ) -> c_int;

    #[success(result == 0)]
    #[unsafe_beyond_pointers("the stack is used until the threads made with attr have ended")]
    fn pthread_attr_setstackaddr(
        #[inout] #[nonnull] #[one] attr: *mut pthread_attr_t,
        #[address] stackaddr: *mut c_void,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_attr_getstack(
        #[input] #[nonnull] #[one] attr: *const pthread_attr_t,
        #[out] #[nonnull] #[one] #[pointee(opaque)] stackaddr: *mut *mut c_void,
        #[out] #[nonnull] #[one] stacksize: *mut size_t,
    ) -> c_int;

    #[success(result == 0)]
    #[unsafe_beyond_pointers("the stack is used until the threads made with attr have ended")]
    fn pthread_attr_setstack(
        #[inout] #[nonnull] #[one] attr: *mut pthread_attr_t,
        #[inout] #[nonnull] #[sized_by(stacksize)]
        #[retained(forever, on(success))]
        #[noescape(on(failure))]
        stackaddr: *mut c_void,
        stacksize: size_t,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_attr_setaffinity_np(
        #[inout] #[nonnull] #[one] attr: *mut pthread_attr_t,
        cpusetsize: size_t,
        #[input] #[nonnull] #[sized_by(cpusetsize)] cpuset: *const cpu_set_t,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_attr_getaffinity_np(
        #[input] #[nonnull] #[one] attr: *const pthread_attr_t,
        cpusetsize: size_t,
        #[out] #[nonnull] #[sized_by(cpusetsize)] cpuset: *mut cpu_set_t,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_attr_setsigmask_np(
        #[inout] #[nonnull] #[one] attr: *mut pthread_attr_t,
        #[input] #[nullable] #[one] sigmask: *const sigset_t,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_attr_getsigmask_np(
        #[input] #[nonnull] #[one] attr: *const pthread_attr_t,
        #[out] #[nonnull] #[one] sigmask: *mut sigset_t,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_getattr_default_np(#[out] #[nonnull] #[one] attr: *mut pthread_attr_t) -> c_int;

    #[success(result == 0)]
    fn pthread_setattr_default_np(#[input] #[nonnull] #[one] attr: *const pthread_attr_t) -> c_int;

    #[success(result == 0)]
    fn pthread_getattr_np(thread: pthread_t, #[out] #[nonnull] #[one] attr: *mut pthread_attr_t) -> c_int;
}

// pthread_setschedparam(3), pthread_setname_np(3), pthread_setaffinity_np(3), pthread_getcpuclockid(3).
unsafe extern "C" {
    #[success(result == 0)]
    fn pthread_setschedparam(
        thread: pthread_t,
        policy: c_int,
        #[input] #[nonnull] #[one] param: *const sched_param,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_getschedparam(
        thread: pthread_t,
        #[out] #[nonnull] #[one] policy: *mut c_int,
        #[out] #[nonnull] #[one] param: *mut sched_param,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_setname_np(
        thread: pthread_t,
        #[input] #[nonnull] #[null_terminated] name: *const c_char,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_getname_np(
        thread: pthread_t,
        #[out] #[nonnull] #[sized_by(size)] name: *mut c_char,
        size: size_t,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_setaffinity_np(
        thread: pthread_t,
        cpusetsize: size_t,
        #[input] #[nonnull] #[sized_by(cpusetsize)] cpuset: *const cpu_set_t,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_getaffinity_np(
        thread: pthread_t,
        cpusetsize: size_t,
        #[out] #[nonnull] #[sized_by(cpusetsize)] cpuset: *mut cpu_set_t,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_getcpuclockid(thread: pthread_t, #[out] #[nonnull] #[one] clockid: *mut clockid_t) -> c_int;
}

// pthread_once (POSIX), pthread_setcancelstate(3). Linux takes a null oldstate and oldtype.
unsafe extern "C" {
    #[success(result == 0)]
    fn pthread_once(
        #[inout] #[nonnull] #[one] once_control: *mut pthread_once_t,
        #[nonnull] #[callback(scope = call)] init_routine: Option<unsafe extern "C" fn()>,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_setcancelstate(state: c_int, #[out] #[nullable] #[one] oldstate: *mut c_int) -> c_int;

    #[success(result == 0)]
    fn pthread_setcanceltype(r#type: c_int, #[out] #[nullable] #[one] oldtype: *mut c_int) -> c_int;
}

// POSIX, XBD 2.9.9: only the object itself may be used for synchronisation, its copies may not.
#[address_sensitive(shared)]
union pthread_mutex_t {}
#[address_sensitive(shared)]
union pthread_cond_t {}
#[address_sensitive(shared)]
union pthread_rwlock_t {}
#[address_sensitive(shared)]
union pthread_barrier_t {}

// pthread_mutex_init(3), pthread_mutex_consistent(3), pthread_mutexattr_*(3); the rest is POSIX's.
unsafe extern "C" {
    #[success(result == 0)]
    fn pthread_mutex_init(
        #[out] #[nonnull] #[one] mutex: *mut pthread_mutex_t,
        #[input] #[nullable] #[one] mutexattr: *const pthread_mutexattr_t,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_mutex_destroy(#[inout] #[nonnull] #[one] mutex: *mut pthread_mutex_t) -> c_int;

    #[success(result == 0)]
    fn pthread_mutex_trylock(#[inout] #[nonnull] #[one] mutex: *mut pthread_mutex_t) -> c_int;

    #[success(result == 0)]
    fn pthread_mutex_lock(#[inout] #[nonnull] #[one] mutex: *mut pthread_mutex_t) -> c_int;

    #[success(result == 0)]
    fn pthread_mutex_unlock(#[inout] #[nonnull] #[one] mutex: *mut pthread_mutex_t) -> c_int;

    #[success(result == 0)]
    fn pthread_mutex_consistent(#[inout] #[nonnull] #[one] mutex: *mut pthread_mutex_t) -> c_int;

    #[success(result == 0)]
    fn pthread_mutex_consistent_np(#[inout] #[nonnull] #[one] mutex: *mut pthread_mutex_t) -> c_int;

    #[success(result == 0)]
    fn pthread_mutex_timedlock(
        #[inout] #[nonnull] #[one] mutex: *mut pthread_mutex_t,
        #[input] #[nonnull] #[one] abstime: *const timespec,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_mutex_clocklock(
        #[inout] #[nonnull] #[one] mutex: *mut pthread_mutex_t,
        clockid: clockid_t,
        #[input] #[nonnull] #[one] abstime: *const timespec,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_mutex_getprioceiling(
        #[input] #[nonnull] #[one] mutex: *const pthread_mutex_t,
        #[out] #[nonnull] #[one] prioceiling: *mut c_int,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_mutex_setprioceiling(
        #[inout] #[nonnull] #[one] mutex: *mut pthread_mutex_t,
        prioceiling: c_int,
        #[out] #[nullable] #[one] old_ceiling: *mut c_int,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_mutexattr_init(#[out] #[nonnull] #[one] attr: *mut pthread_mutexattr_t) -> c_int;

    #[success(result == 0)]
    fn pthread_mutexattr_destroy(#[inout] #[nonnull] #[one] attr: *mut pthread_mutexattr_t) -> c_int;

    #[success(result == 0)]
    fn pthread_mutexattr_getpshared(
        #[input] #[nonnull] #[one] attr: *const pthread_mutexattr_t,
        #[out] #[nonnull] #[one] pshared: *mut c_int,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_mutexattr_setpshared(
        #[inout] #[nonnull] #[one] attr: *mut pthread_mutexattr_t,
        pshared: c_int,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_mutexattr_gettype(
        #[input] #[nonnull] #[one] attr: *const pthread_mutexattr_t,
        #[out] #[nonnull] #[one] kind: *mut c_int,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_mutexattr_settype(
        #[inout] #[nonnull] #[one] attr: *mut pthread_mutexattr_t,
        kind: c_int,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_mutexattr_getprotocol(
        #[input] #[nonnull] #[one] attr: *const pthread_mutexattr_t,
        #[out] #[nonnull] #[one] protocol: *mut c_int,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_mutexattr_setprotocol(
        #[inout] #[nonnull] #[one] attr: *mut pthread_mutexattr_t,
        protocol: c_int,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_mutexattr_getprioceiling(
        #[input] #[nonnull] #[one] attr: *const pthread_mutexattr_t,
        #[out] #[nonnull] #[one] prioceiling: *mut c_int,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_mutexattr_setprioceiling(
        #[inout] #[nonnull] #[one] attr: *mut pthread_mutexattr_t,
        prioceiling: c_int,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_mutexattr_getrobust(
        #[input] #[nonnull] #[one] attr: *const pthread_mutexattr_t,
        #[out] #[nonnull] #[one] robustness: *mut c_int,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_mutexattr_setrobust(
        #[inout] #[nonnull] #[one] attr: *mut pthread_mutexattr_t,
        robustness: c_int,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_mutexattr_getrobust_np(
        #[input] #[nonnull] #[one] attr: *mut pthread_mutexattr_t,
        #[out] #[nonnull] #[one] robustness: *mut c_int,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_mutexattr_setrobust_np(
        #[inout] #[nonnull] #[one] attr: *mut pthread_mutexattr_t,
        robustness: c_int,
    ) -> c_int;
}

// pthread_rwlock_* (POSIX), pthread_rwlockattr_setkind_np(3).
unsafe extern "C" {
    #[success(result == 0)]
    fn pthread_rwlock_init(
        #[out] #[nonnull] #[one] rwlock: *mut pthread_rwlock_t,
        #[input] #[nullable] #[one] attr: *const pthread_rwlockattr_t,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_rwlock_destroy(#[inout] #[nonnull] #[one] rwlock: *mut pthread_rwlock_t) -> c_int;

    #[success(result == 0)]
    fn pthread_rwlock_rdlock(#[inout] #[nonnull] #[one] rwlock: *mut pthread_rwlock_t) -> c_int;

    #[success(result == 0)]
    fn pthread_rwlock_tryrdlock(#[inout] #[nonnull] #[one] rwlock: *mut pthread_rwlock_t) -> c_int;

    #[success(result == 0)]
    fn pthread_rwlock_wrlock(#[inout] #[nonnull] #[one] rwlock: *mut pthread_rwlock_t) -> c_int;

    #[success(result == 0)]
    fn pthread_rwlock_trywrlock(#[inout] #[nonnull] #[one] rwlock: *mut pthread_rwlock_t) -> c_int;

    #[success(result == 0)]
    fn pthread_rwlock_unlock(#[inout] #[nonnull] #[one] rwlock: *mut pthread_rwlock_t) -> c_int;

    #[success(result == 0)]
    fn pthread_rwlock_timedrdlock(
        #[inout] #[nonnull] #[one] rwlock: *mut pthread_rwlock_t,
        #[input] #[nonnull] #[one] abstime: *const timespec,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_rwlock_clockrdlock(
        #[inout] #[nonnull] #[one] rwlock: *mut pthread_rwlock_t,
        clockid: clockid_t,
        #[input] #[nonnull] #[one] abstime: *const timespec,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_rwlock_timedwrlock(
        #[inout] #[nonnull] #[one] rwlock: *mut pthread_rwlock_t,
        #[input] #[nonnull] #[one] abstime: *const timespec,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_rwlock_clockwrlock(
        #[inout] #[nonnull] #[one] rwlock: *mut pthread_rwlock_t,
        clockid: clockid_t,
        #[input] #[nonnull] #[one] abstime: *const timespec,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_rwlockattr_init(#[out] #[nonnull] #[one] attr: *mut pthread_rwlockattr_t) -> c_int;

    #[success(result == 0)]
    fn pthread_rwlockattr_destroy(#[inout] #[nonnull] #[one] attr: *mut pthread_rwlockattr_t) -> c_int;

    #[success(result == 0)]
    fn pthread_rwlockattr_getpshared(
        #[input] #[nonnull] #[one] attr: *const pthread_rwlockattr_t,
        #[out] #[nonnull] #[one] pshared: *mut c_int,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_rwlockattr_setpshared(
        #[inout] #[nonnull] #[one] attr: *mut pthread_rwlockattr_t,
        pshared: c_int,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_rwlockattr_getkind_np(
        #[input] #[nonnull] #[one] attr: *const pthread_rwlockattr_t,
        #[out] #[nonnull] #[one] pref: *mut c_int,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_rwlockattr_setkind_np(
        #[inout] #[nonnull] #[one] attr: *mut pthread_rwlockattr_t,
        pref: c_int,
    ) -> c_int;
}

// pthread_cond_* (POSIX).
unsafe extern "C" {
    #[success(result == 0)]
    fn pthread_cond_init(
        #[out] #[nonnull] #[one] cond: *mut pthread_cond_t,
        #[input] #[nullable] #[one] cond_attr: *const pthread_condattr_t,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_cond_destroy(#[inout] #[nonnull] #[one] cond: *mut pthread_cond_t) -> c_int;

    #[success(result == 0)]
    fn pthread_cond_signal(#[inout] #[nonnull] #[one] cond: *mut pthread_cond_t) -> c_int;

    #[success(result == 0)]
    fn pthread_cond_broadcast(#[inout] #[nonnull] #[one] cond: *mut pthread_cond_t) -> c_int;

    #[success(result == 0)]
    fn pthread_cond_wait(
        #[inout] #[nonnull] #[one] cond: *mut pthread_cond_t,
        #[inout] #[nonnull] #[one] mutex: *mut pthread_mutex_t,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_cond_timedwait(
        #[inout] #[nonnull] #[one] cond: *mut pthread_cond_t,
        #[inout] #[nonnull] #[one] mutex: *mut pthread_mutex_t,
        #[input] #[nonnull] #[one] abstime: *const timespec,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_cond_clockwait(
        #[inout] #[nonnull] #[one] cond: *mut pthread_cond_t,
        #[inout] #[nonnull] #[one] mutex: *mut pthread_mutex_t,
        clock_id: clockid_t,
        #[input] #[nonnull] #[one] abstime: *const timespec,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_condattr_init(#[out] #[nonnull] #[one] attr: *mut pthread_condattr_t) -> c_int;

    #[success(result == 0)]
    fn pthread_condattr_destroy(#[inout] #[nonnull] #[one] attr: *mut pthread_condattr_t) -> c_int;

    #[success(result == 0)]
    fn pthread_condattr_getpshared(
        #[input] #[nonnull] #[one] attr: *const pthread_condattr_t,
        #[out] #[nonnull] #[one] pshared: *mut c_int,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_condattr_setpshared(
        #[inout] #[nonnull] #[one] attr: *mut pthread_condattr_t,
        pshared: c_int,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_condattr_getclock(
        #[input] #[nonnull] #[one] attr: *const pthread_condattr_t,
        #[out] #[nonnull] #[one] clock_id: *mut clockid_t,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_condattr_setclock(
        #[inout] #[nonnull] #[one] attr: *mut pthread_condattr_t,
        clock_id: clockid_t,
    ) -> c_int;
}

// pthread_spin_init(3), pthread_spin_lock(3).
unsafe extern "C" {
    #[success(result == 0)]
    fn pthread_spin_init(#[out] #[nonnull] #[one] lock: *mut pthread_spinlock_t, pshared: c_int) -> c_int;

    #[success(result == 0)]
    fn pthread_spin_destroy(#[inout] #[nonnull] #[one] lock: *mut pthread_spinlock_t) -> c_int;

    #[success(result == 0)]
    fn pthread_spin_lock(#[inout] #[nonnull] #[one] lock: *mut pthread_spinlock_t) -> c_int;

    #[success(result == 0)]
    fn pthread_spin_trylock(#[inout] #[nonnull] #[one] lock: *mut pthread_spinlock_t) -> c_int;

    #[success(result == 0)]
    fn pthread_spin_unlock(#[inout] #[nonnull] #[one] lock: *mut pthread_spinlock_t) -> c_int;
}

// pthread_barrier_* (POSIX). pthread_barrier_wait gives -1 (PTHREAD_BARRIER_SERIAL_THREAD) to one thread: a success.
unsafe extern "C" {
    #[success(result == 0)]
    fn pthread_barrier_init(
        #[out] #[nonnull] #[one] barrier: *mut pthread_barrier_t,
        #[input] #[nullable] #[one] attr: *const pthread_barrierattr_t,
        count: c_uint,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_barrier_destroy(#[inout] #[nonnull] #[one] barrier: *mut pthread_barrier_t) -> c_int;

    #[success(result <= 0)]
    fn pthread_barrier_wait(#[inout] #[nonnull] #[one] barrier: *mut pthread_barrier_t) -> c_int;

    #[success(result == 0)]
    fn pthread_barrierattr_init(#[out] #[nonnull] #[one] attr: *mut pthread_barrierattr_t) -> c_int;

    #[success(result == 0)]
    fn pthread_barrierattr_destroy(#[inout] #[nonnull] #[one] attr: *mut pthread_barrierattr_t) -> c_int;

    #[success(result == 0)]
    fn pthread_barrierattr_getpshared(
        #[input] #[nonnull] #[one] attr: *const pthread_barrierattr_t,
        #[out] #[nonnull] #[one] pshared: *mut c_int,
    ) -> c_int;

    #[success(result == 0)]
    fn pthread_barrierattr_setpshared(
        #[inout] #[nonnull] #[one] attr: *mut pthread_barrierattr_t,
        pshared: c_int,
    ) -> c_int;
}

// pthread_key_create, pthread_setspecific (POSIX). The value belongs to the thread and may be a number; the
// destructor gets it when the thread ends. pthread_key_delete ends that, without calling it.
unsafe extern "C" {
    #[success(result == 0)]
    fn pthread_key_create(
        #[out] #[nonnull] #[one] key: *mut pthread_key_t,
        #[nullable] #[callback(scope = notified, destroy = pthread_key_delete)]
        destructor: Option<unsafe extern "C" fn(*mut c_void)>,
    ) -> c_int;

    #[returns(nullable, opaque)]
    fn pthread_getspecific(key: pthread_key_t) -> *mut c_void;

    #[success(result == 0)]
    fn pthread_setspecific(key: pthread_key_t, #[nullable] #[opaque] value: *const c_void) -> c_int;
}

// pthread_atfork(3). Nothing takes them back.
unsafe extern "C" {
    #[success(result == 0)]
    fn pthread_atfork(
        #[nullable] #[callback(scope = forever)] prepare: Option<unsafe extern "C" fn()>,
        #[nullable] #[callback(scope = forever)] parent: Option<unsafe extern "C" fn()>,
        #[nullable] #[callback(scope = forever)] child: Option<unsafe extern "C" fn()>,
    ) -> c_int;
}

// sem_init(3), sem_open(3), sem_wait(3), sem_post(3), sem_getvalue(3). SEM_FAILED is NULL. With O_CREAT in `oflag`,
// `mode` and `value` follow: that is `sem_open_create`. A semaphore of sem_open is one of C's pages.
unsafe extern "C" {
    #[errno(void)]
    fn sem_init(#[out] #[nonnull] #[one] sem: *mut sem_t, pshared: c_int, value: c_uint) -> c_int;

    #[errno(void)]
    fn sem_destroy(#[inout] #[nonnull] #[one] sem: *mut sem_t) -> c_int;

    #[errno(null)] #[returns(owned, free = sem_close, nullable, one)]
    #[unsafe_beyond_pointers("oflag decides whether a mode and a value follow")]
    fn sem_open(#[input] #[nonnull] #[null_terminated] name: *const c_char, oflag: c_int, ...) -> *mut sem_t;

    #[errno(null)] #[form_of(sem_open, oflag = O_CREAT)] #[returns(owned, free = sem_close, nullable, one)]
    fn sem_open_create(
        #[input] #[nonnull] #[null_terminated] name: *const c_char,
        mode: mode_t,
        value: c_uint,
    ) -> *mut sem_t;

    #[errno(void)]
    fn sem_close(#[inout] #[nonnull] #[one] sem: *mut sem_t) -> c_int;

    #[errno(void)]
    fn sem_unlink(#[input] #[nonnull] #[null_terminated] name: *const c_char) -> c_int;

    #[errno(void)]
    fn sem_wait(#[inout] #[nonnull] #[one] sem: *mut sem_t) -> c_int;

    #[errno(void)]
    fn sem_trywait(#[inout] #[nonnull] #[one] sem: *mut sem_t) -> c_int;

    #[errno(void)]
    fn sem_timedwait(
        #[inout] #[nonnull] #[one] sem: *mut sem_t,
        #[input] #[nonnull] #[one] abs_timeout: *const timespec,
    ) -> c_int;

    #[errno(void)]
    fn sem_clockwait(
        #[inout] #[nonnull] #[one] sem: *mut sem_t,
        clock: clockid_t,
        #[input] #[nonnull] #[one] abs_timeout: *const timespec,
    ) -> c_int;

    #[errno(void)]
    fn sem_post(#[inout] #[nonnull] #[one] sem: *mut sem_t) -> c_int;

    #[errno(void)]
    fn sem_getvalue(
        #[inout] #[nonnull] #[one] sem: *mut sem_t,
        #[out] #[nonnull] #[one] #[filled_by(1)] sval: *mut c_int,
    ) -> c_int;
}
