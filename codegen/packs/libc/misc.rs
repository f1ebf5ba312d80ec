//! Pointer contracts of `<dlfcn.h>, <syslog.h>, <libgen.h>, <getopt.h>, <fcntl.h>, <sys/stat.h>, <sys/ioctl.h>`.
// Also `<sys/statfs.h>`, `<sys/statvfs.h>`, `<termios.h>`, `<mqueue.h>`, `<execinfo.h>` and `<error.h>`.
// Sources: Linux man-pages (6.03). getopt is in unistd.rs; its arguments have the same contract here.

// dlopen(3), dlsym(3), dlerror(3), dladdr(3), dlinfo(3).
//  * A handle may be RTLD_DEFAULT (0) or RTLD_NEXT (-1); a null file name means the program itself.
//  * A symbol may truly be null; dlerror tells. It is code or data of the object, until that is closed.
//  * The text of dlerror lives until the next call of the family in this thread (glibc).
unsafe extern "C" {
    #[returns(owned, free = dlclose, nullable, opaque)]
    fn dlopen(#[input] #[nullable] #[null_terminated] filename: *const c_char, flags: c_int) -> *mut c_void;

    #[returns(owned, free = dlclose, nullable, opaque)]
    fn dlmopen(
        lmid: Lmid_t,
        #[input] #[nullable] #[null_terminated] filename: *const c_char,
        flags: c_int,
    ) -> *mut c_void;

    #[success(result == 0)]
    fn dlclose(#[opaque] handle: *mut c_void) -> c_int;

    #[returns(until = [dlclose], nullable, opaque)]
    fn dlsym(
        #[opaque] handle: *mut c_void,
        #[input] #[nonnull] #[null_terminated] symbol: *const c_char,
    ) -> *mut c_void;

    #[returns(until = [dlclose], nullable, opaque)]
    fn dlvsym(
        #[opaque] handle: *mut c_void,
        #[input] #[nonnull] #[null_terminated] symbol: *const c_char,
        #[input] #[nonnull] #[null_terminated] version: *const c_char,
    ) -> *mut c_void;

    #[returns(until = [dlerror, dlopen, dlmopen, dlclose, dlsym, dlvsym, dlinfo], nullable, null_terminated)]
    fn dlerror() -> *mut c_char;

    #[success(result != 0)]
    fn dladdr(#[address] addr: *const c_void, #[out] #[nonnull] info: *mut Dl_info) -> c_int;

    #[success(result != 0)]
    fn dladdr1(
        #[address] addr: *const c_void,
        #[out] #[nonnull] info: *mut Dl_info,
        #[out] #[pointee(opaque)] extra_info: *mut *mut c_void,
        flags: c_int,
    ) -> c_int;

    #[success(result == 0)]
    #[unsafe_beyond_pointers("request decides what info points to, and RTLD_DI_ORIGIN writes without a bound")]
    fn dlinfo(
        #[opaque] handle: *mut c_void,
        request: c_int,
        #[inout] #[nonnull] #[sized_by(at_least(1))] info: *mut c_void,
    ) -> c_int;

    #[success(result == 0)]
    #[form_of(dlinfo, request = RTLD_DI_LMID)]
    fn dlinfo_lmid(
        #[opaque] handle: *mut c_void,
        #[out] #[nonnull] #[one] #[filled_by(1)] info: *mut Lmid_t,
    ) -> c_int;

    #[success(result == 0)]
    #[form_of(dlinfo, request = RTLD_DI_LINKMAP)]
    fn dlinfo_linkmap(
        #[opaque] handle: *mut c_void,
        #[out] #[nonnull] #[one] #[filled_by(1)] #[pointee(borrowed = handle, opaque)] info: *mut *mut link_map,
    ) -> c_int;

    #[success(result == 0)]
    #[form_of(dlinfo, request = RTLD_DI_TLS_MODID)]
    fn dlinfo_tls_modid(
        #[opaque] handle: *mut c_void,
        #[out] #[nonnull] #[one] #[filled_by(1)] info: *mut size_t,
    ) -> c_int;
}

// syslog(3). openlog keeps `ident` itself, without a copy; every syslog reads it. openlog again is no end: with
// NULL it leaves the earlier one (glibc).
unsafe extern "C" {
    fn openlog(
        #[input] #[nullable] #[null_terminated] #[retained(until = [closelog])] ident: *const c_char,
        option: c_int,
        facility: c_int,
    );

    #[unsafe_beyond_pointers("format decides what the variadic arguments are")]
    fn syslog(priority: c_int, #[input] #[nonnull] #[null_terminated] format: *const c_char, ...);

    #[unsafe_beyond_pointers("format decides what the variadic arguments are")]
    fn vsyslog(
        priority: c_int,
        #[input] #[nonnull] #[null_terminated] format: *const c_char,
        #[opaque] ap: *mut __va_list_tag,
    );
}

// basename(3): the path may be changed where it stands. The result lies in it, or is static.
unsafe extern "C" {
    #[returns(borrowed = path, static, null_terminated)]
    fn dirname(#[inout] #[nullable] #[null_terminated] path: *mut c_char) -> *mut c_char;

    #[returns(borrowed = path, static, null_terminated)]
    fn __xpg_basename(#[inout] #[nullable] #[null_terminated] path: *mut c_char) -> *mut c_char;
}

// getopt(3): the record whose fields are zero ends `longopts`; `flag` is where C stores `val`.
struct option {
    #[nullable] #[null_terminated] name: *const c_char,
    #[nullable] #[one] flag: *mut c_int,
}

// getopt(3).
unsafe extern "C" {
    #[unsafe_beyond_pointers("optarg and the scan position point into the strings of argv after the call")]
    fn getopt_long(
        argc: c_int,
        #[inout] #[nonnull] #[flow_through] #[counted_by(argc)] #[pointee(null_terminated)] argv: *const *mut c_char,
        #[input] #[nonnull] #[null_terminated] optstring: *const c_char,
        #[input] #[nullable] #[null_terminated] #[flow_through(inout)] longopts: *const option,
        #[out] #[nullable] longindex: *mut c_int,
    ) -> c_int;

    #[unsafe_beyond_pointers("optarg and the scan position point into the strings of argv after the call")]
    fn getopt_long_only(
        argc: c_int,
        #[inout] #[nonnull] #[flow_through] #[counted_by(argc)] #[pointee(null_terminated)] argv: *const *mut c_char,
        #[input] #[nonnull] #[null_terminated] optstring: *const c_char,
        #[input] #[nullable] #[null_terminated] #[flow_through(inout)] longopts: *const option,
        #[out] #[nullable] longindex: *mut c_int,
    ) -> c_int;
}

// open(2), creat(2). The mode is read with O_CREAT or O_TMPFILE only. A directory may be AT_FDCWD.
unsafe extern "C" {
    #[errno]
    fn open(#[input] #[nonnull] #[null_terminated] pathname: *const c_char, flags: c_int, ...) -> c_int;

    #[errno]
    #[form_of(open)]
    fn open_with_mode(
        #[input] #[nonnull] #[null_terminated] pathname: *const c_char,
        flags: c_int,
        mode: mode_t,
    ) -> c_int;

    #[errno]
    fn open64(#[input] #[nonnull] #[null_terminated] pathname: *const c_char, flags: c_int, ...) -> c_int;

    #[errno]
    #[form_of(open64)]
    fn open64_with_mode(
        #[input] #[nonnull] #[null_terminated] pathname: *const c_char,
        flags: c_int,
        mode: mode_t,
    ) -> c_int;

    #[errno]
    fn openat(
        dirfd: c_int,
        #[input] #[nonnull] #[null_terminated] pathname: *const c_char,
        flags: c_int,
        ...
    ) -> c_int;

    #[errno]
    #[form_of(openat)]
    fn openat_with_mode(
        dirfd: c_int,
        #[input] #[nonnull] #[null_terminated] pathname: *const c_char,
        flags: c_int,
        mode: mode_t,
    ) -> c_int;

    #[errno]
    fn openat64(
        dirfd: c_int,
        #[input] #[nonnull] #[null_terminated] pathname: *const c_char,
        flags: c_int,
        ...
    ) -> c_int;

    #[errno]
    #[form_of(openat64)]
    fn openat64_with_mode(
        dirfd: c_int,
        #[input] #[nonnull] #[null_terminated] pathname: *const c_char,
        flags: c_int,
        mode: mode_t,
    ) -> c_int;

    #[errno]
    fn creat(#[input] #[nonnull] #[null_terminated] pathname: *const c_char, mode: mode_t) -> c_int;

    #[errno]
    fn creat64(#[input] #[nonnull] #[null_terminated] pathname: *const c_char, mode: mode_t) -> c_int;
}

// fcntl(2).
unsafe extern "C" {
    #[errno]
    #[unsafe_beyond_pointers("cmd decides what the third argument is")]
    fn fcntl(fd: c_int, cmd: c_int, ...) -> c_int;

    #[errno]
    #[unsafe_beyond_pointers("cmd decides what the third argument is")]
    fn fcntl64(fd: c_int, cmd: c_int, ...) -> c_int;

    #[errno]
    #[form_of(fcntl, cmd = F_DUPFD)]
    fn fcntl_dupfd(fd: c_int, lowest: c_int) -> c_int;

    #[errno]
    #[form_of(fcntl, cmd = F_DUPFD_CLOEXEC)]
    fn fcntl_dupfd_cloexec(fd: c_int, lowest: c_int) -> c_int;

    #[errno]
    #[form_of(fcntl, cmd = F_GETFD)]
    fn fcntl_getfd(fd: c_int) -> c_int;

    #[errno(void)]
    #[form_of(fcntl, cmd = F_SETFD)]
    fn fcntl_setfd(fd: c_int, flags: c_int) -> c_int;

    #[errno]
    #[form_of(fcntl, cmd = F_GETFL)]
    fn fcntl_getfl(fd: c_int) -> c_int;

    #[errno(void)]
    #[form_of(fcntl, cmd = F_SETFL)]
    fn fcntl_setfl(fd: c_int, flags: c_int) -> c_int;

    #[errno(void)]
    #[form_of(fcntl, cmd = F_GETLK)]
    fn fcntl_getlk(fd: c_int, #[inout] #[nonnull] lock: *mut flock) -> c_int;

    #[errno(void)]
    #[form_of(fcntl, cmd = F_SETLK)]
    fn fcntl_setlk(fd: c_int, #[input] #[nonnull] lock: *const flock) -> c_int;

    #[errno(void)]
    #[form_of(fcntl, cmd = F_SETLKW)]
    fn fcntl_setlkw(fd: c_int, #[input] #[nonnull] lock: *const flock) -> c_int;

    #[errno(void)]
    #[form_of(fcntl, cmd = F_OFD_GETLK)]
    fn fcntl_ofd_getlk(fd: c_int, #[inout] #[nonnull] lock: *mut flock) -> c_int;

    #[errno(void)]
    #[form_of(fcntl, cmd = F_OFD_SETLK)]
    fn fcntl_ofd_setlk(fd: c_int, #[input] #[nonnull] lock: *const flock) -> c_int;

    #[errno(void)]
    #[form_of(fcntl, cmd = F_OFD_SETLKW)]
    fn fcntl_ofd_setlkw(fd: c_int, #[input] #[nonnull] lock: *const flock) -> c_int;

    #[errno]
    #[form_of(fcntl, cmd = F_GETOWN)]
    fn fcntl_getown(fd: c_int) -> c_int;

    #[errno(void)]
    #[form_of(fcntl, cmd = F_SETOWN)]
    fn fcntl_setown(fd: c_int, owner: c_int) -> c_int;

    #[errno(void)]
    #[form_of(fcntl, cmd = F_GETOWN_EX)]
    fn fcntl_getown_ex(fd: c_int, #[out] #[nonnull] #[one] #[filled_by(1)] owner: *mut f_owner_ex) -> c_int;

    #[errno(void)]
    #[form_of(fcntl, cmd = F_SETOWN_EX)]
    fn fcntl_setown_ex(fd: c_int, #[input] #[nonnull] owner: *const f_owner_ex) -> c_int;

    #[errno]
    #[form_of(fcntl, cmd = F_GETSIG)]
    fn fcntl_getsig(fd: c_int) -> c_int;

    #[errno(void)]
    #[form_of(fcntl, cmd = F_SETSIG)]
    fn fcntl_setsig(fd: c_int, sig: c_int) -> c_int;

    #[errno]
    #[form_of(fcntl, cmd = F_GETLEASE)]
    fn fcntl_getlease(fd: c_int) -> c_int;

    #[errno(void)]
    #[form_of(fcntl, cmd = F_SETLEASE)]
    fn fcntl_setlease(fd: c_int, lease: c_int) -> c_int;

    #[errno]
    #[form_of(fcntl, cmd = F_GETPIPE_SZ)]
    fn fcntl_getpipe_sz(fd: c_int) -> c_int;

    #[errno]
    #[form_of(fcntl, cmd = F_SETPIPE_SZ)]
    fn fcntl_setpipe_sz(fd: c_int, size: c_int) -> c_int;

    #[errno(void)]
    #[form_of(fcntl, cmd = F_ADD_SEALS)]
    fn fcntl_add_seals(fd: c_int, seals: c_int) -> c_int;

    #[errno]
    #[form_of(fcntl, cmd = F_GET_SEALS)]
    fn fcntl_get_seals(fd: c_int) -> c_int;
}

// splice(2), vmsplice(2), open_by_handle_at(2).
//  * vmsplice writes the buffers when `fd` is the end of a pipe for reading. At the other end the pipe
//    holds the pages until they are read: later changes of the buffers may show in the pipe.
//  * A file_handle is followed by handle_bytes bytes; the extent is that of its head.
unsafe extern "C" {
    #[errno]
    fn splice(
        fd_in: c_int,
        #[inout] #[nullable] off_in: *mut off64_t,
        fd_out: c_int,
        #[inout] #[nullable] off_out: *mut off64_t,
        len: size_t,
        flags: c_uint,
    ) -> ssize_t;

    #[errno]
    #[unsafe_beyond_pointers("the pipe refers to the memory of iov until it is read")]
    fn vmsplice(
        fd: c_int,
        #[input] #[nonnull] #[flow_through(inout)] #[counted_by(nr_segs)] iov: *const iovec,
        nr_segs: size_t,
        flags: c_uint,
    ) -> ssize_t;

    #[errno(void)]
    #[unsafe_beyond_pointers("handle is followed by handle_bytes bytes")]
    fn name_to_handle_at(
        dirfd: c_int,
        #[input] #[nonnull] #[null_terminated] pathname: *const c_char,
        #[inout] #[nonnull] handle: *mut file_handle,
        #[out] #[nonnull] mount_id: *mut c_int,
        flags: c_int,
    ) -> c_int;

    #[errno]
    #[unsafe_beyond_pointers("handle is followed by handle_bytes bytes")]
    fn open_by_handle_at(mount_fd: c_int, #[input] #[nonnull] handle: *mut file_handle, flags: c_int) -> c_int;
}

// stat(2), statx(2).
unsafe extern "C" {
    #[errno(void)]
    fn stat(
        #[input] #[nonnull] #[null_terminated] pathname: *const c_char,
        #[out] #[nonnull] statbuf: *mut stat,
    ) -> c_int;

    #[errno(void)]
    fn stat64(
        #[input] #[nonnull] #[null_terminated] pathname: *const c_char,
        #[out] #[nonnull] statbuf: *mut stat64,
    ) -> c_int;

    #[errno(void)]
    fn fstat(fd: c_int, #[out] #[nonnull] statbuf: *mut stat) -> c_int;

    #[errno(void)]
    fn fstat64(fd: c_int, #[out] #[nonnull] statbuf: *mut stat64) -> c_int;

    #[errno(void)]
    fn lstat(
        #[input] #[nonnull] #[null_terminated] pathname: *const c_char,
        #[out] #[nonnull] statbuf: *mut stat,
    ) -> c_int;

    #[errno(void)]
    fn lstat64(
        #[input] #[nonnull] #[null_terminated] pathname: *const c_char,
        #[out] #[nonnull] statbuf: *mut stat64,
    ) -> c_int;

    #[errno(void)]
    fn fstatat(
        dirfd: c_int,
        #[input] #[nonnull] #[null_terminated] pathname: *const c_char,
        #[out] #[nonnull] statbuf: *mut stat,
        flags: c_int,
    ) -> c_int;

    #[errno(void)]
    fn fstatat64(
        dirfd: c_int,
        #[input] #[nonnull] #[null_terminated] pathname: *const c_char,
        #[out] #[nonnull] statbuf: *mut stat64,
        flags: c_int,
    ) -> c_int;

    #[errno(void)]
    fn statx(
        dirfd: c_int,
        #[input] #[nonnull] #[null_terminated] pathname: *const c_char,
        flags: c_int,
        mask: c_uint,
        #[out] #[nonnull] statxbuf: *mut statx,
    ) -> c_int;
}

// chmod(2), mkdir(2), mknod(2), mkfifo(3), utimensat(2). No times: now.
unsafe extern "C" {
    #[errno(void)]
    fn chmod(#[input] #[nonnull] #[null_terminated] pathname: *const c_char, mode: mode_t) -> c_int;

    #[errno(void)]
    fn lchmod(#[input] #[nonnull] #[null_terminated] pathname: *const c_char, mode: mode_t) -> c_int;

    #[errno(void)]
    fn fchmodat(
        dirfd: c_int,
        #[input] #[nonnull] #[null_terminated] pathname: *const c_char,
        mode: mode_t,
        flags: c_int,
    ) -> c_int;

    #[errno(void)]
    fn mkdir(#[input] #[nonnull] #[null_terminated] pathname: *const c_char, mode: mode_t) -> c_int;

    #[errno(void)]
    fn mkdirat(dirfd: c_int, #[input] #[nonnull] #[null_terminated] pathname: *const c_char, mode: mode_t) -> c_int;

    #[errno(void)]
    fn mknod(#[input] #[nonnull] #[null_terminated] pathname: *const c_char, mode: mode_t, dev: dev_t) -> c_int;

    #[errno(void)]
    fn mknodat(
        dirfd: c_int,
        #[input] #[nonnull] #[null_terminated] pathname: *const c_char,
        mode: mode_t,
        dev: dev_t,
    ) -> c_int;

    #[errno(void)]
    fn mkfifo(#[input] #[nonnull] #[null_terminated] pathname: *const c_char, mode: mode_t) -> c_int;

    #[errno(void)]
    fn mkfifoat(dirfd: c_int, #[input] #[nonnull] #[null_terminated] pathname: *const c_char, mode: mode_t) -> c_int;

    #[errno(void)]
    fn utimensat(
        dirfd: c_int,
        #[input] #[nonnull] #[null_terminated] pathname: *const c_char,
        #[input] #[nullable] #[counted_by(2)] times: *const timespec,
        flags: c_int,
    ) -> c_int;

    #[errno(void)]
    fn futimens(fd: c_int, #[input] #[nullable] #[counted_by(2)] times: *const timespec) -> c_int;
}

// statfs(2), statvfs(3).
unsafe extern "C" {
    #[errno(void)]
    fn statfs(
        #[input] #[nonnull] #[null_terminated] path: *const c_char,
        #[out] #[nonnull] buf: *mut statfs,
    ) -> c_int;

    #[errno(void)]
    fn statfs64(
        #[input] #[nonnull] #[null_terminated] path: *const c_char,
        #[out] #[nonnull] buf: *mut statfs64,
    ) -> c_int;

    #[errno(void)]
    fn fstatfs(fd: c_int, #[out] #[nonnull] buf: *mut statfs) -> c_int;

    #[errno(void)]
    fn fstatfs64(fd: c_int, #[out] #[nonnull] buf: *mut statfs64) -> c_int;

    #[errno(void)]
    fn statvfs(
        #[input] #[nonnull] #[null_terminated] path: *const c_char,
        #[out] #[nonnull] buf: *mut statvfs,
    ) -> c_int;

    #[errno(void)]
    fn statvfs64(
        #[input] #[nonnull] #[null_terminated] path: *const c_char,
        #[out] #[nonnull] buf: *mut statvfs64,
    ) -> c_int;

    #[errno(void)]
    fn fstatvfs(fd: c_int, #[out] #[nonnull] buf: *mut statvfs) -> c_int;

    #[errno(void)]
    fn fstatvfs64(fd: c_int, #[out] #[nonnull] buf: *mut statvfs64) -> c_int;
}

// ioctl(2), ioctl_tty(2), ioctl_fat and others: `request` decides; some requests keep memory (V4L2's
// VIDIOC_QBUF with user pointers: until VIDIOC_DQBUF or VIDIOC_STREAMOFF). FIONREAD of a socket or
// terminal and FIONBIO work on an int.
unsafe extern "C" {
    #[errno]
    #[unsafe_beyond_pointers("request decides what the third argument is, and whether the kernel keeps it")]
    fn ioctl(fd: c_int, request: c_ulong, ...) -> c_int;

    #[errno(void)]
    #[form_of(ioctl, request = FIONREAD)]
    fn ioctl_fionread(fd: c_int, #[out] #[nonnull] #[one] #[filled_by(1)] argp: *mut c_int) -> c_int;

    #[errno(void)]
    #[form_of(ioctl, request = FIONBIO)]
    fn ioctl_fionbio(fd: c_int, #[input] #[nonnull] argp: *const c_int) -> c_int;

    #[errno(void)]
    #[form_of(ioctl, request = FIOASYNC)]
    fn ioctl_fioasync(fd: c_int, #[input] #[nonnull] argp: *const c_int) -> c_int;

    #[errno(void)]
    #[form_of(ioctl, request = FIOCLEX)]
    fn ioctl_fioclex(fd: c_int) -> c_int;

    #[errno(void)]
    #[form_of(ioctl, request = FIONCLEX)]
    fn ioctl_fionclex(fd: c_int) -> c_int;

    #[errno(void)]
    #[form_of(ioctl, request = TIOCGWINSZ)]
    fn ioctl_tiocgwinsz(fd: c_int, #[out] #[nonnull] #[one] #[filled_by(1)] argp: *mut winsize) -> c_int;

    #[errno(void)]
    #[form_of(ioctl, request = TIOCSWINSZ)]
    fn ioctl_tiocswinsz(fd: c_int, #[input] #[nonnull] argp: *const winsize) -> c_int;

    #[errno(void)]
    #[form_of(ioctl, request = TIOCOUTQ)]
    fn ioctl_tiocoutq(fd: c_int, #[out] #[nonnull] #[one] #[filled_by(1)] argp: *mut c_int) -> c_int;

    #[errno(void)]
    #[form_of(ioctl, request = TIOCGPGRP)]
    fn ioctl_tiocgpgrp(fd: c_int, #[out] #[nonnull] #[one] #[filled_by(1)] argp: *mut pid_t) -> c_int;

    #[errno(void)]
    #[form_of(ioctl, request = TIOCSPGRP)]
    fn ioctl_tiocspgrp(fd: c_int, #[input] #[nonnull] argp: *const pid_t) -> c_int;

    #[errno(void)]
    #[form_of(ioctl, request = TIOCGSID)]
    fn ioctl_tiocgsid(fd: c_int, #[out] #[nonnull] #[one] #[filled_by(1)] argp: *mut pid_t) -> c_int;

    #[errno(void)]
    #[form_of(ioctl, request = TIOCMGET)]
    fn ioctl_tiocmget(fd: c_int, #[out] #[nonnull] #[one] #[filled_by(1)] argp: *mut c_int) -> c_int;

    #[errno(void)]
    #[form_of(ioctl, request = TIOCMSET)]
    fn ioctl_tiocmset(fd: c_int, #[input] #[nonnull] argp: *const c_int) -> c_int;

    #[errno(void)]
    #[form_of(ioctl, request = TIOCSTI)]
    fn ioctl_tiocsti(fd: c_int, #[input] #[nonnull] argp: *const c_char) -> c_int;

    #[errno(void)]
    #[form_of(ioctl, request = TIOCSCTTY)]
    fn ioctl_tiocsctty(fd: c_int, arg: c_int) -> c_int;

    #[errno(void)]
    #[form_of(ioctl, request = TIOCNOTTY)]
    fn ioctl_tiocnotty(fd: c_int) -> c_int;

    #[errno(void)]
    #[form_of(ioctl, request = TIOCGPTN)]
    fn ioctl_tiocgptn(fd: c_int, #[out] #[nonnull] #[one] #[filled_by(1)] argp: *mut c_uint) -> c_int;

    #[errno(void)]
    #[form_of(ioctl, request = TIOCSPTLCK)]
    fn ioctl_tiocsptlck(fd: c_int, #[input] #[nonnull] argp: *const c_int) -> c_int;
}

// ioctl VIDIOC_QBUF, VIDIOC_STREAMON of the kernel's V4L2 manual, <linux/videodev2.h>. The requests are numbers of
// 64-bit systems with the usual encoding, because their macros are no plain numbers. Memory behind `userptr` is
// the driver's once it is queued, until it is dequeued or streaming stops; to C that address is a number.
unsafe extern "C" {
    #[errno(void)]
    #[unsafe_beyond_pointers("the driver keeps the memory at m.userptr until VIDIOC_DQBUF or VIDIOC_STREAMOFF")]
    #[form_of(ioctl, request = 3227014671)]
    fn ioctl_vidioc_qbuf(fd: c_int, #[inout] #[nonnull] #[one] argp: *mut v4l2_buffer) -> c_int;

    #[errno(void)]
    #[form_of(ioctl, request = 3227014673)]
    fn ioctl_vidioc_dqbuf(fd: c_int, #[inout] #[nonnull] #[one] argp: *mut v4l2_buffer) -> c_int;

    #[errno(void)]
    #[form_of(ioctl, request = 1074026002)]
    fn ioctl_vidioc_streamon(fd: c_int, #[input] #[nonnull] #[one] argp: *const v4l2_buf_type) -> c_int;

    #[errno(void)]
    #[form_of(ioctl, request = 1074026003)]
    fn ioctl_vidioc_streamoff(fd: c_int, #[input] #[nonnull] #[one] argp: *const v4l2_buf_type) -> c_int;
}

// ioctl_tty(2): the kernel's struct termios has 36 bytes, fewer than glibc's of the same name, so its
// size is written out.
unsafe extern "C" {
    #[errno(void)]
    #[form_of(ioctl, request = TCGETS)]
    fn ioctl_tcgets(fd: c_int, #[out] #[nonnull] #[sized_by(36)] #[filled_by(36)] argp: *mut c_void) -> c_int;

    #[errno(void)]
    #[form_of(ioctl, request = TCSETS)]
    fn ioctl_tcsets(fd: c_int, #[input] #[nonnull] #[sized_by(36)] argp: *const c_void) -> c_int;

    #[errno(void)]
    #[form_of(ioctl, request = TCSETSW)]
    fn ioctl_tcsetsw(fd: c_int, #[input] #[nonnull] #[sized_by(36)] argp: *const c_void) -> c_int;

    #[errno(void)]
    #[form_of(ioctl, request = TCSETSF)]
    fn ioctl_tcsetsf(fd: c_int, #[input] #[nonnull] #[sized_by(36)] argp: *const c_void) -> c_int;

    #[errno(void)]
    #[form_of(ioctl, request = TCSBRK)]
    fn ioctl_tcsbrk(fd: c_int, arg: c_int) -> c_int;

    #[errno(void)]
    #[form_of(ioctl, request = TCFLSH)]
    fn ioctl_tcflsh(fd: c_int, arg: c_int) -> c_int;
}

// termios(3).
unsafe extern "C" {
    fn cfgetospeed(#[input] #[nonnull] termios_p: *const termios) -> speed_t;

    fn cfgetispeed(#[input] #[nonnull] termios_p: *const termios) -> speed_t;

    #[errno(void)]
    fn cfsetospeed(#[inout] #[nonnull] termios_p: *mut termios, speed: speed_t) -> c_int;

    #[errno(void)]
    fn cfsetispeed(#[inout] #[nonnull] termios_p: *mut termios, speed: speed_t) -> c_int;

    #[errno(void)]
    fn cfsetspeed(#[inout] #[nonnull] termios_p: *mut termios, speed: speed_t) -> c_int;

    #[errno(void)]
    fn tcgetattr(fd: c_int, #[out] #[nonnull] termios_p: *mut termios) -> c_int;

    #[errno(void)]
    fn tcsetattr(fd: c_int, optional_actions: c_int, #[input] #[nonnull] termios_p: *const termios) -> c_int;

    fn cfmakeraw(#[inout] #[nonnull] termios_p: *mut termios);
}

// mq_open(3), mq_getattr(3), mq_notify(3), mq_receive(3), mq_send(3). `sevp` is copied; its value is
// handed over and never looked at. Without it the registration ends.
unsafe extern "C" {
    #[errno]
    fn mq_open(#[input] #[nonnull] #[null_terminated] name: *const c_char, oflag: c_int, ...) -> mqd_t;

    #[errno]
    #[form_of(mq_open)]
    fn mq_open_with_mode(
        #[input] #[nonnull] #[null_terminated] name: *const c_char,
        oflag: c_int,
        mode: mode_t,
        #[input] #[nullable] attr: *mut mq_attr,
    ) -> mqd_t;

    #[errno(void)]
    fn mq_unlink(#[input] #[nonnull] #[null_terminated] name: *const c_char) -> c_int;

    #[errno(void)]
    fn mq_getattr(mqdes: mqd_t, #[out] #[nonnull] attr: *mut mq_attr) -> c_int;

    #[errno(void)]
    fn mq_setattr(
        mqdes: mqd_t,
        #[input] #[nonnull] newattr: *const mq_attr,
        #[out] #[nullable] oldattr: *mut mq_attr,
    ) -> c_int;

    #[errno(void)]
    fn mq_notify(mqdes: mqd_t, #[input] #[nullable] sevp: *const sigevent) -> c_int;

    #[errno]
    fn mq_receive(
        mqdes: mqd_t,
        #[out] #[nonnull] #[sized_by(msg_len)] #[filled_by(return)] msg_ptr: *mut c_char,
        msg_len: size_t,
        #[out] #[nullable] msg_prio: *mut c_uint,
    ) -> ssize_t;

    #[errno(void)]
    fn mq_send(
        mqdes: mqd_t,
        #[input] #[nonnull] #[sized_by(msg_len)] msg_ptr: *const c_char,
        msg_len: size_t,
        msg_prio: c_uint,
    ) -> c_int;

    #[errno]
    fn mq_timedreceive(
        mqdes: mqd_t,
        #[out] #[nonnull] #[sized_by(msg_len)] #[filled_by(return)] msg_ptr: *mut c_char,
        msg_len: size_t,
        #[out] #[nullable] msg_prio: *mut c_uint,
        #[input] #[nonnull] abs_timeout: *const timespec,
    ) -> ssize_t;

    #[errno(void)]
    fn mq_timedsend(
        mqdes: mqd_t,
        #[input] #[nonnull] #[sized_by(msg_len)] msg_ptr: *const c_char,
        msg_len: size_t,
        msg_prio: c_uint,
        #[input] #[nonnull] abs_timeout: *const timespec,
    ) -> c_int;
}

// backtrace(3). The elements are addresses of code, which are looked up and not read. The strings are in
// the one block that is for free.
unsafe extern "C" {
    fn backtrace(
        #[out] #[nonnull] #[counted_by(size)] #[filled_by(return)] buffer: *mut *mut c_void,
        size: c_int,
    ) -> c_int;

    #[returns(owned, free = free, nullable, counted_by(size), pointee(null_terminated))]
    fn backtrace_symbols(
        #[input] #[nonnull] #[flow_through(none)] #[counted_by(size)] buffer: *const *mut c_void,
        size: c_int,
    ) -> *mut *mut c_char;

    fn backtrace_symbols_fd(
        #[input] #[nonnull] #[flow_through(none)] #[counted_by(size)] buffer: *const *mut c_void,
        size: c_int,
        fd: c_int,
    );
}

// error(3).
unsafe extern "C" {
    #[unsafe_beyond_pointers("format decides what the variadic arguments are")]
    fn error(status: c_int, errnum: c_int, #[input] #[nonnull] #[null_terminated] format: *const c_char, ...);

    #[unsafe_beyond_pointers("format decides what the variadic arguments are")]
    fn error_at_line(
        status: c_int,
        errnum: c_int,
        #[input] #[null_terminated] filename: *const c_char,
        linenum: c_uint,
        #[input] #[nonnull] #[null_terminated] format: *const c_char,
        ...
    );
}
