//! Pointer contracts of `<spawn.h>, <sys/wait.h>, <sys/prctl.h> and their like`.
// Also `<sched.h>`, `<sys/resource.h>`, `<sys/utsname.h>` and `<sys/sysinfo.h>`. Sources: Linux
// man-pages (6.03); POSIX.1-2017 where the page of posix_spawn sends the reader there.

// posix_spawn(3). The pages and POSIX speak of a null `pid`; a null `envp` has no page. `argv` and
// `envp` are read only, although their types do not say so. The objects hold memory of C's own.
unsafe extern "C" {
    #[success(result == 0)]
    fn posix_spawn(
        #[out] #[nullable] pid: *mut pid_t,
        #[input] #[nonnull] #[null_terminated] path: *const c_char,
        #[input] #[nullable] file_actions: *const posix_spawn_file_actions_t,
        #[input] #[nullable] attrp: *const posix_spawnattr_t,
        #[input] #[nonnull] #[null_terminated] #[flow_through] #[pointee(null_terminated)] argv: *const *mut c_char,
        #[input] #[null_terminated] #[flow_through] #[pointee(null_terminated)] envp: *const *mut c_char,
    ) -> c_int;

    #[success(result == 0)]
    fn posix_spawnp(
        #[out] #[nullable] pid: *mut pid_t,
        #[input] #[nonnull] #[null_terminated] file: *const c_char,
        #[input] #[nullable] file_actions: *const posix_spawn_file_actions_t,
        #[input] #[nullable] attrp: *const posix_spawnattr_t,
        #[input] #[nonnull] #[null_terminated] #[flow_through] #[pointee(null_terminated)] argv: *const *mut c_char,
        #[input] #[null_terminated] #[flow_through] #[pointee(null_terminated)] envp: *const *mut c_char,
    ) -> c_int;
}

// posix_spawnattr_init and the like: POSIX.
unsafe extern "C" {
    #[success(result == 0)]
    fn posix_spawnattr_init(#[out] #[nonnull] attr: *mut posix_spawnattr_t) -> c_int;

    #[success(result == 0)]
    fn posix_spawnattr_destroy(#[inout] #[nonnull] attr: *mut posix_spawnattr_t) -> c_int;

    #[success(result == 0)]
    fn posix_spawnattr_getsigdefault(
        #[input] #[nonnull] attr: *const posix_spawnattr_t,
        #[out] #[nonnull] sigdefault: *mut sigset_t,
    ) -> c_int;

    #[success(result == 0)]
    fn posix_spawnattr_setsigdefault(
        #[inout] #[nonnull] attr: *mut posix_spawnattr_t,
        #[input] #[nonnull] sigdefault: *const sigset_t,
    ) -> c_int;

    #[success(result == 0)]
    fn posix_spawnattr_getsigmask(
        #[input] #[nonnull] attr: *const posix_spawnattr_t,
        #[out] #[nonnull] sigmask: *mut sigset_t,
    ) -> c_int;

    #[success(result == 0)]
    fn posix_spawnattr_setsigmask(
        #[inout] #[nonnull] attr: *mut posix_spawnattr_t,
        #[input] #[nonnull] sigmask: *const sigset_t,
    ) -> c_int;

    #[success(result == 0)]
    fn posix_spawnattr_getflags(
        #[input] #[nonnull] attr: *const posix_spawnattr_t,
        #[out] #[nonnull] flags: *mut c_short,
    ) -> c_int;

    #[success(result == 0)]
    fn posix_spawnattr_setflags(#[inout] #[nonnull] attr: *mut posix_spawnattr_t, flags: c_short) -> c_int;

    #[success(result == 0)]
    fn posix_spawnattr_getpgroup(
        #[input] #[nonnull] attr: *const posix_spawnattr_t,
        #[out] #[nonnull] pgroup: *mut pid_t,
    ) -> c_int;

    #[success(result == 0)]
    fn posix_spawnattr_setpgroup(#[inout] #[nonnull] attr: *mut posix_spawnattr_t, pgroup: pid_t) -> c_int;

    #[success(result == 0)]
    fn posix_spawnattr_getschedpolicy(
        #[input] #[nonnull] attr: *const posix_spawnattr_t,
        #[out] #[nonnull] schedpolicy: *mut c_int,
    ) -> c_int;

    #[success(result == 0)]
    fn posix_spawnattr_setschedpolicy(#[inout] #[nonnull] attr: *mut posix_spawnattr_t, schedpolicy: c_int) -> c_int;

    #[success(result == 0)]
    fn posix_spawnattr_getschedparam(
        #[input] #[nonnull] attr: *const posix_spawnattr_t,
        #[out] #[nonnull] schedparam: *mut sched_param,
    ) -> c_int;

    #[success(result == 0)]
    fn posix_spawnattr_setschedparam(
        #[inout] #[nonnull] attr: *mut posix_spawnattr_t,
        #[input] #[nonnull] schedparam: *const sched_param,
    ) -> c_int;
}

// posix_spawn_file_actions_init and the like: POSIX. Paths are copied (glibc and POSIX).
unsafe extern "C" {
    #[success(result == 0)]
    fn posix_spawn_file_actions_init(#[out] #[nonnull] file_actions: *mut posix_spawn_file_actions_t) -> c_int;

    #[success(result == 0)]
    fn posix_spawn_file_actions_destroy(#[inout] #[nonnull] file_actions: *mut posix_spawn_file_actions_t) -> c_int;

    #[success(result == 0)]
    fn posix_spawn_file_actions_addopen(
        #[inout] #[nonnull] file_actions: *mut posix_spawn_file_actions_t,
        fildes: c_int,
        #[input] #[nonnull] #[null_terminated] path: *const c_char,
        oflag: c_int,
        mode: mode_t,
    ) -> c_int;

    #[success(result == 0)]
    fn posix_spawn_file_actions_addclose(
        #[inout] #[nonnull] file_actions: *mut posix_spawn_file_actions_t,
        fildes: c_int,
    ) -> c_int;

    #[success(result == 0)]
    fn posix_spawn_file_actions_adddup2(
        #[inout] #[nonnull] file_actions: *mut posix_spawn_file_actions_t,
        fildes: c_int,
        newfildes: c_int,
    ) -> c_int;

    #[success(result == 0)]
    fn posix_spawn_file_actions_addchdir_np(
        #[inout] #[nonnull] file_actions: *mut posix_spawn_file_actions_t,
        #[input] #[nonnull] #[null_terminated] path: *const c_char,
    ) -> c_int;

    #[success(result == 0)]
    fn posix_spawn_file_actions_addfchdir_np(
        #[inout] #[nonnull] file_actions: *mut posix_spawn_file_actions_t,
        fildes: c_int,
    ) -> c_int;

    #[success(result == 0)]
    fn posix_spawn_file_actions_addclosefrom_np(
        #[inout] #[nonnull] file_actions: *mut posix_spawn_file_actions_t,
        from: c_int,
    ) -> c_int;

    #[success(result == 0)]
    fn posix_spawn_file_actions_addtcsetpgrp_np(
        #[inout] #[nonnull] file_actions: *mut posix_spawn_file_actions_t,
        tcfd: c_int,
    ) -> c_int;
}

// wait(2), wait4(2). waitid: on Linux `infop` may be null (NOTES of the page).
unsafe extern "C" {
    #[errno]
    fn wait(#[out] #[nullable] wstatus: *mut c_int) -> pid_t;

    #[errno]
    fn waitpid(pid: pid_t, #[out] #[nullable] wstatus: *mut c_int, options: c_int) -> pid_t;

    #[errno(void)]
    fn waitid(idtype: idtype_t, id: id_t, #[out] #[nullable] infop: *mut siginfo_t, options: c_int) -> c_int;

    #[errno]
    fn wait3(
        #[out] #[nullable] wstatus: *mut c_int,
        options: c_int,
        #[out] #[nullable] rusage: *mut rusage,
    ) -> pid_t;

    #[errno]
    fn wait4(
        pid: pid_t,
        #[out] #[nullable] wstatus: *mut c_int,
        options: c_int,
        #[out] #[nullable] rusage: *mut rusage,
    ) -> pid_t;
}

// prctl(2). `option` decides about the rest: numbers, addresses that are only compared, or pointers.
//  * PR_SET_NAME: a string, cut off after 15 bytes. PR_GET_NAME: 16 bytes.
//  * The arguments that the kernel wants to be 0 are part of the forms.
unsafe extern "C" {
    #[errno]
    #[unsafe_beyond_pointers("option decides what the variadic arguments are")]
    fn prctl(option: c_int, ...) -> c_int;

    #[errno(void)]
    #[form_of(prctl, option = PR_SET_NAME)]
    fn prctl_set_name(#[input] #[nonnull] #[null_terminated] name: *const c_char) -> c_int;

    #[errno(void)]
    #[form_of(prctl, option = PR_GET_NAME)]
    fn prctl_get_name(#[out] #[nonnull] #[sized_by(16)] name: *mut c_char) -> c_int;

    #[errno(void)]
    #[form_of(prctl, option = PR_SET_PDEATHSIG)]
    fn prctl_set_pdeathsig(sig: c_ulong) -> c_int;

    #[errno(void)]
    #[form_of(prctl, option = PR_GET_PDEATHSIG)]
    fn prctl_get_pdeathsig(#[out] #[nonnull] #[one] #[filled_by(1)] sig: *mut c_int) -> c_int;

    #[errno(void)]
    #[form_of(prctl, option = PR_SET_DUMPABLE)]
    fn prctl_set_dumpable(dumpable: c_ulong) -> c_int;

    #[errno]
    #[form_of(prctl, option = PR_GET_DUMPABLE)]
    fn prctl_get_dumpable() -> c_int;

    #[errno(void)]
    #[form_of(prctl, option = PR_SET_KEEPCAPS)]
    fn prctl_set_keepcaps(state: c_ulong) -> c_int;

    #[errno]
    #[form_of(prctl, option = PR_GET_KEEPCAPS)]
    fn prctl_get_keepcaps() -> c_int;

    #[errno(void)]
    #[form_of(prctl, option = PR_SET_CHILD_SUBREAPER)]
    fn prctl_set_child_subreaper(isset: c_ulong) -> c_int;

    #[errno(void)]
    #[form_of(prctl, option = PR_GET_CHILD_SUBREAPER)]
    fn prctl_get_child_subreaper(#[out] #[nonnull] #[one] #[filled_by(1)] isset: *mut c_int) -> c_int;

    #[errno(void)]
    #[form_of(prctl, option = PR_SET_NO_NEW_PRIVS)]
    fn prctl_set_no_new_privs(value: c_ulong, zero3: c_ulong, zero4: c_ulong, zero5: c_ulong) -> c_int;

    #[errno]
    #[form_of(prctl, option = PR_GET_NO_NEW_PRIVS)]
    fn prctl_get_no_new_privs(zero2: c_ulong, zero3: c_ulong, zero4: c_ulong, zero5: c_ulong) -> c_int;

    #[errno(void)]
    #[form_of(prctl, option = PR_SET_TIMERSLACK)]
    fn prctl_set_timerslack(nanoseconds: c_ulong) -> c_int;

    #[errno]
    #[form_of(prctl, option = PR_GET_TIMERSLACK)]
    fn prctl_get_timerslack() -> c_int;
}

// clone(2). `stack` is the address above the child's stack: one past the end of memory that stays in
// use until the child ends, if it shares the caller's memory. The variadic arguments are parent_tid,
// tls and child_tid, which the kernel may write when the child ends.
unsafe extern "C" {
    #[errno]
    #[unsafe_beyond_pointers("the child may share memory with the caller; flags decides what the variadic arguments are")]
    fn clone(
        #[callback(userdata = arg, scope = async)] r#fn: Option<unsafe extern "C" fn(*mut c_void) -> c_int>,
        #[address] stack: *mut c_void,
        flags: c_int,
        #[opaque] arg: *mut c_void,
        ...
    ) -> c_int;
}

// getcpu(2), sched_setparam(2), sched_setscheduler(2), sched_rr_get_interval(2),
// sched_setaffinity(2), CPU_SET(3).
unsafe extern "C" {
    #[errno(void)]
    fn getcpu(#[out] #[nullable] cpu: *mut c_uint, #[out] #[nullable] node: *mut c_uint) -> c_int;

    #[errno(void)]
    fn sched_setparam(pid: pid_t, #[input] #[nonnull] param: *const sched_param) -> c_int;

    #[errno(void)]
    fn sched_getparam(pid: pid_t, #[out] #[nonnull] param: *mut sched_param) -> c_int;

    #[errno]
    fn sched_setscheduler(pid: pid_t, policy: c_int, #[input] #[nonnull] param: *const sched_param) -> c_int;

    #[errno(void)]
    fn sched_rr_get_interval(pid: pid_t, #[out] #[nonnull] tp: *mut timespec) -> c_int;

    #[errno(void)]
    fn sched_setaffinity(
        pid: pid_t,
        cpusetsize: size_t,
        #[input] #[nonnull] #[sized_by(cpusetsize)] mask: *const cpu_set_t,
    ) -> c_int;

    #[errno(void)]
    fn sched_getaffinity(
        pid: pid_t,
        cpusetsize: size_t,
        #[out] #[nonnull] #[sized_by(cpusetsize)] #[filled_by(cpusetsize)] mask: *mut cpu_set_t,
    ) -> c_int;

    fn __sched_cpucount(setsize: size_t, #[input] #[nonnull] #[sized_by(setsize)] setp: *const cpu_set_t) -> c_int;

    #[returns(owned, free = __sched_cpufree, nullable)]
    fn __sched_cpualloc(count: size_t) -> *mut cpu_set_t;

    fn __sched_cpufree(#[opaque] set: *mut cpu_set_t);
}

// getrlimit(2), getrusage(2). prlimit reads the new limit before it writes the old one, and its
// parameters are not restrict.
unsafe extern "C" {
    #[errno(void)]
    fn getrlimit(resource: __rlimit_resource_t, #[out] #[nonnull] rlim: *mut rlimit) -> c_int;

    #[errno(void)]
    fn getrlimit64(resource: __rlimit_resource_t, #[out] #[nonnull] rlim: *mut rlimit64) -> c_int;

    #[errno(void)]
    fn setrlimit(resource: __rlimit_resource_t, #[input] #[nonnull] rlim: *const rlimit) -> c_int;

    #[errno(void)]
    fn setrlimit64(resource: __rlimit_resource_t, #[input] #[nonnull] rlim: *const rlimit64) -> c_int;

    #[errno(void)]
    #[may_alias]
    fn prlimit(
        pid: pid_t,
        resource: __rlimit_resource,
        #[input] #[nullable] new_limit: *const rlimit,
        #[out] #[nullable] old_limit: *mut rlimit,
    ) -> c_int;

    #[errno(void)]
    #[may_alias]
    fn prlimit64(
        pid: pid_t,
        resource: __rlimit_resource,
        #[input] #[nullable] new_limit: *const rlimit64,
        #[out] #[nullable] old_limit: *mut rlimit64,
    ) -> c_int;

    #[errno(void)]
    fn getrusage(who: __rusage_who_t, #[out] #[nonnull] usage: *mut rusage) -> c_int;
}

// uname(2), sysinfo(2).
unsafe extern "C" {
    #[errno(void)]
    fn uname(#[out] #[nonnull] buf: *mut utsname) -> c_int;

    #[errno(void)]
    fn sysinfo(#[out] #[nonnull] info: *mut sysinfo) -> c_int;
}
