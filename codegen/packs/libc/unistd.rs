//! Pointer contracts of `<unistd.h>` (glibc, `_GNU_SOURCE`, Linux x86_64): POSIX system calls.
// Sources: Linux man-pages (6.03), sections 2 and 3, the page named at each group; glibc's sources
// where a comment says "glibc". getopt comes in through <bits/getopt_posix.h>.
//
// Conventions of this file:
//  * `#[flow_through]` without an argument: the innermost data is only read.
//  * An `#[out]` buffer with an extent but without `#[filled_by]`: C writes at most the extent, and
//    how much of it is not stated (mostly a C string of unknown length). Buffers that success fills
//    wholly say so with `#[filled_by]`.
//  * `#[may_exceed]`: the result may be larger than the buffer; what was written is then the whole
//    buffer.
//  * Left out: functions without pointers that cannot fail, or for which -1 is no sure sign of an
//    error or an error is not -1 (alarm, fpathconf, getpid, group_member, isatty, nice, sleep,
//    sysconf, ttyslot, ualarm, ...).

// read(2), write(2), pread(2), pwrite(2), lseek(2).
unsafe extern "C" {
    #[errno]
    fn read(
        fd: c_int,
        #[nonnull]
        #[out]
        #[sized_by(count)]
        #[filled_by(return)]
        buf: *mut c_void,
        count: size_t,
    ) -> ssize_t;

    #[errno]
    fn write(
        fd: c_int,
        #[input]
        #[nonnull]
        #[sized_by(count)]
        buf: *const c_void,
        count: size_t,
    ) -> ssize_t;

    #[errno]
    fn pread(
        fd: c_int,
        #[nonnull]
        #[out]
        #[sized_by(count)]
        #[filled_by(return)]
        buf: *mut c_void,
        count: size_t,
        offset: off_t,
    ) -> ssize_t;

    #[errno]
    fn pwrite(
        fd: c_int,
        #[input]
        #[nonnull]
        #[sized_by(count)]
        buf: *const c_void,
        count: size_t,
        offset: off_t,
    ) -> ssize_t;

    #[errno]
    fn pread64(
        fd: c_int,
        #[nonnull]
        #[out]
        #[sized_by(count)]
        #[filled_by(return)]
        buf: *mut c_void,
        count: size_t,
        offset: off64_t,
    ) -> ssize_t;

    #[errno]
    fn pwrite64(
        fd: c_int,
        #[input]
        #[nonnull]
        #[sized_by(count)]
        buf: *const c_void,
        count: size_t,
        offset: off64_t,
    ) -> ssize_t;

    #[errno]
    fn lseek(fd: c_int, offset: off_t, whence: c_int) -> off_t;

    #[errno]
    fn lseek64(fd: c_int, offset: off64_t, whence: c_int) -> off64_t;
}

// copy_file_range(2).
unsafe extern "C" {
    #[errno]
    fn copy_file_range(
        fd_in: c_int,
        #[inout]
        #[nullable]
        off_in: *mut off64_t,
        fd_out: c_int,
        #[inout]
        #[nullable]
        off_out: *mut off64_t,
        len: size_t,
        flags: c_uint,
    ) -> ssize_t;
}

// close(2), close_range(2), dup(2), pipe(2). A failed pipe leaves `pipefd` as it was.
unsafe extern "C" {
    #[errno(void)]
    fn close(fd: c_int) -> c_int;

    #[errno(void)]
    fn close_range(first: c_uint, last: c_uint, flags: c_int) -> c_int;

    #[errno]
    fn dup(oldfd: c_int) -> c_int;

    #[errno]
    fn dup2(oldfd: c_int, newfd: c_int) -> c_int;

    #[errno]
    fn dup3(oldfd: c_int, newfd: c_int, flags: c_int) -> c_int;

    #[errno(void)]
    fn pipe(
        #[nonnull]
        #[out]
        #[counted_by(2)]
        #[filled_by(2)]
        pipefd: *mut c_int,
    ) -> c_int;

    #[errno(void)]
    fn pipe2(
        #[nonnull]
        #[out]
        #[counted_by(2)]
        #[filled_by(2)]
        pipefd: *mut c_int,
        flags: c_int,
    ) -> c_int;
}

// fsync(2), sync(2), truncate(2), lockf(3).
unsafe extern "C" {
    #[errno(void)]
    fn fsync(fd: c_int) -> c_int;

    #[errno(void)]
    fn fdatasync(fd: c_int) -> c_int;

    #[errno(void)]
    fn syncfs(fd: c_int) -> c_int;

    #[errno(void)]
    fn truncate(
        #[input]
        #[nonnull]
        #[null_terminated]
        path: *const c_char,
        length: off_t,
    ) -> c_int;

    #[errno(void)]
    fn truncate64(
        #[input]
        #[nonnull]
        #[null_terminated]
        path: *const c_char,
        length: off64_t,
    ) -> c_int;

    #[errno(void)]
    fn ftruncate(fd: c_int, length: off_t) -> c_int;

    #[errno(void)]
    fn ftruncate64(fd: c_int, length: off64_t) -> c_int;

    #[errno(void)]
    fn lockf(fd: c_int, cmd: c_int, len: off_t) -> c_int;

    #[errno(void)]
    fn lockf64(fd: c_int, cmd: c_int, len: off64_t) -> c_int;
}

// access(2), euidaccess(3).
unsafe extern "C" {
    #[errno(void)]
    fn access(
        #[input]
        #[nonnull]
        #[null_terminated]
        pathname: *const c_char,
        mode: c_int,
    ) -> c_int;

    #[errno(void)]
    fn euidaccess(
        #[input]
        #[nonnull]
        #[null_terminated]
        pathname: *const c_char,
        mode: c_int,
    ) -> c_int;

    #[errno(void)]
    fn eaccess(
        #[input]
        #[nonnull]
        #[null_terminated]
        pathname: *const c_char,
        mode: c_int,
    ) -> c_int;

    #[errno(void)]
    fn faccessat(
        dirfd: c_int,
        #[input]
        #[nonnull]
        #[null_terminated]
        pathname: *const c_char,
        mode: c_int,
        flags: c_int,
    ) -> c_int;
}

// chown(2).
unsafe extern "C" {
    #[errno(void)]
    fn chown(
        #[input]
        #[nonnull]
        #[null_terminated]
        pathname: *const c_char,
        owner: uid_t,
        group: gid_t,
    ) -> c_int;

    #[errno(void)]
    fn lchown(
        #[input]
        #[nonnull]
        #[null_terminated]
        pathname: *const c_char,
        owner: uid_t,
        group: gid_t,
    ) -> c_int;

    #[errno(void)]
    fn fchown(fd: c_int, owner: uid_t, group: gid_t) -> c_int;

    #[errno(void)]
    fn fchownat(
        dirfd: c_int,
        #[input]
        #[nonnull]
        #[null_terminated]
        pathname: *const c_char,
        owner: uid_t,
        group: gid_t,
        flags: c_int,
    ) -> c_int;
}

// link(2), symlink(2), readlink(2), unlink(2), rmdir(2). readlink adds no NUL: the result is the
// only length.
unsafe extern "C" {
    #[errno(void)]
    fn link(
        #[input]
        #[nonnull]
        #[null_terminated]
        oldpath: *const c_char,
        #[input]
        #[nonnull]
        #[null_terminated]
        newpath: *const c_char,
    ) -> c_int;

    #[errno(void)]
    fn linkat(
        olddirfd: c_int,
        #[input]
        #[nonnull]
        #[null_terminated]
        oldpath: *const c_char,
        newdirfd: c_int,
        #[input]
        #[nonnull]
        #[null_terminated]
        newpath: *const c_char,
        flags: c_int,
    ) -> c_int;

    #[errno(void)]
    fn symlink(
        #[input]
        #[nonnull]
        #[null_terminated]
        target: *const c_char,
        #[input]
        #[nonnull]
        #[null_terminated]
        linkpath: *const c_char,
    ) -> c_int;

    #[errno(void)]
    fn symlinkat(
        #[input]
        #[nonnull]
        #[null_terminated]
        target: *const c_char,
        newdirfd: c_int,
        #[input]
        #[nonnull]
        #[null_terminated]
        linkpath: *const c_char,
    ) -> c_int;

    #[errno]
    fn readlink(
        #[input]
        #[nonnull]
        #[null_terminated]
        pathname: *const c_char,
        #[nonnull]
        #[out]
        #[sized_by(bufsiz)]
        #[filled_by(return)]
        buf: *mut c_char,
        bufsiz: size_t,
    ) -> ssize_t;

    #[errno]
    fn readlinkat(
        dirfd: c_int,
        #[input]
        #[nonnull]
        #[null_terminated]
        pathname: *const c_char,
        #[nonnull]
        #[out]
        #[sized_by(bufsiz)]
        #[filled_by(return)]
        buf: *mut c_char,
        bufsiz: size_t,
    ) -> ssize_t;

    #[errno(void)]
    fn unlink(
        #[input]
        #[nonnull]
        #[null_terminated]
        pathname: *const c_char,
    ) -> c_int;

    #[errno(void)]
    fn unlinkat(
        dirfd: c_int,
        #[input]
        #[nonnull]
        #[null_terminated]
        pathname: *const c_char,
        flags: c_int,
    ) -> c_int;

    #[errno(void)]
    fn rmdir(
        #[input]
        #[nonnull]
        #[null_terminated]
        pathname: *const c_char,
    ) -> c_int;
}

// chdir(2), chroot(2), getcwd(3).
//  * getcwd(NULL, n): `size` says how much to allocate (0: as needed); the result is then not `buf`.
//  * getwd has no length: the page asks for PATH_MAX (4096) bytes. On failure a message may be
//    written to `buf`.
unsafe extern "C" {
    #[errno(void)]
    fn chdir(
        #[input]
        #[nonnull]
        #[null_terminated]
        path: *const c_char,
    ) -> c_int;

    #[errno(void)]
    fn fchdir(fd: c_int) -> c_int;

    #[errno(void)]
    fn chroot(
        #[input]
        #[nonnull]
        #[null_terminated]
        path: *const c_char,
    ) -> c_int;

    #[errno(null)]
    #[returns(null_terminated)]
    #[unsafe_beyond_pointers("result is malloc'd when buf is NULL")]
    fn getcwd(
        #[nullable]
        #[out]
        #[sized_by(size)]
        buf: *mut c_char,
        size: size_t,
    ) -> *mut c_char;

    #[errno(null)]
    #[returns(owned, free = free)]
    #[returns(null_terminated)]
    fn get_current_dir_name() -> *mut c_char;

    #[errno(null)]
    #[returns(borrowed = buf)]
    #[returns(null_terminated)]
    fn getwd(
        #[nonnull]
        #[out]
        #[sized_by(4096)]
        buf: *mut c_char,
    ) -> *mut c_char;
}

// execve(2), execveat(2), fexecve(3), exec(3). They return on failure only.
//  * execve and execveat: the page allows NULL for `argv` and `envp` on Linux. glibc's header calls
//    `argv` nonnull; the weaker statement stands here.
//  * execvpe: neither page nor header says anything of a null `envp`, and glibc hands it on to
//    execve; the weaker statement stands here.
//  * execv, execvp, execvpe: `argv` is nonnull by the header, and glibc walks it for scripts.
//  * fexecve: glibc refuses a null `argv` or `envp` (EINVAL).
//  * Each element of a vector is a C string, up to the null pointer that ends it.
unsafe extern "C" {
    #[errno(void)]
    fn execve(
        #[input]
        #[nonnull]
        #[null_terminated]
        pathname: *const c_char,
        #[input]
        #[nullable]
        #[flow_through]
        #[null_terminated]
        argv: *const *mut c_char,
        #[input]
        #[nullable]
        #[flow_through]
        #[null_terminated]
        envp: *const *mut c_char,
    ) -> c_int;

    #[errno(void)]
    fn execveat(
        dirfd: c_int,
        #[input]
        #[nonnull]
        #[null_terminated]
        pathname: *const c_char,
        #[input]
        #[nullable]
        #[flow_through]
        #[null_terminated]
        argv: *const *mut c_char,
        #[input]
        #[nullable]
        #[flow_through]
        #[null_terminated]
        envp: *const *mut c_char,
        flags: c_int,
    ) -> c_int;

    #[errno(void)]
    fn fexecve(
        fd: c_int,
        #[input]
        #[nonnull]
        #[flow_through]
        #[null_terminated]
        argv: *const *mut c_char,
        #[input]
        #[nonnull]
        #[flow_through]
        #[null_terminated]
        envp: *const *mut c_char,
    ) -> c_int;

    #[errno(void)]
    fn execv(
        #[input]
        #[nonnull]
        #[null_terminated]
        pathname: *const c_char,
        #[input]
        #[nonnull]
        #[flow_through]
        #[null_terminated]
        argv: *const *mut c_char,
    ) -> c_int;

    #[errno(void)]
    fn execvp(
        #[input]
        #[nonnull]
        #[null_terminated]
        file: *const c_char,
        #[input]
        #[nonnull]
        #[flow_through]
        #[null_terminated]
        argv: *const *mut c_char,
    ) -> c_int;

    #[errno(void)]
    fn execvpe(
        #[input]
        #[nonnull]
        #[null_terminated]
        file: *const c_char,
        #[input]
        #[nonnull]
        #[flow_through]
        #[null_terminated]
        argv: *const *mut c_char,
        #[input]
        #[nullable]
        #[flow_through]
        #[null_terminated]
        envp: *const *mut c_char,
    ) -> c_int;

    #[errno(void)]
    #[unsafe_beyond_pointers("the variadic arguments are C strings, ended by a null pointer")]
    fn execl(
        #[input]
        #[nonnull]
        #[null_terminated]
        pathname: *const c_char,
        #[input]
        #[nonnull]
        #[null_terminated]
        arg: *const c_char,
        ...
    ) -> c_int;

    #[errno(void)]
    #[unsafe_beyond_pointers("the variadic arguments are C strings, ended by a null pointer")]
    fn execlp(
        #[input]
        #[nonnull]
        #[null_terminated]
        file: *const c_char,
        #[input]
        #[nonnull]
        #[null_terminated]
        arg: *const c_char,
        ...
    ) -> c_int;

    #[errno(void)]
    #[unsafe_beyond_pointers("the variadic arguments are C strings, ended by a null pointer, then the vector of the environment")]
    fn execle(
        #[input]
        #[nonnull]
        #[null_terminated]
        pathname: *const c_char,
        #[input]
        #[nonnull]
        #[null_terminated]
        arg: *const c_char,
        ...
    ) -> c_int;
}

// fork(2), vfork(2), daemon(3), pause(2), usleep(3).
unsafe extern "C" {
    #[errno]
    #[unsafe_beyond_pointers("the child of a threaded process may only call async-signal-safe functions")]
    fn fork() -> pid_t;

    #[errno]
    #[unsafe_beyond_pointers("the child of a threaded process may only call async-signal-safe functions")]
    fn _Fork() -> pid_t;

    #[errno]
    #[unsafe_beyond_pointers("the child runs in the parent's memory and stack; it may only exec or _exit")]
    fn vfork() -> pid_t;

    #[errno(void)]
    #[unsafe_beyond_pointers("forks: only the calling thread goes on in the daemon")]
    fn daemon(nochdir: c_int, noclose: c_int) -> c_int;

    #[errno(void)]
    fn pause() -> c_int;

    #[errno(void)]
    fn usleep(usec: useconds_t) -> c_int;
}

// getpgid(2), setpgid(2), getsid(2), setsid(2), tcgetpgrp(3), vhangup(2).
unsafe extern "C" {
    #[errno]
    fn __getpgid(pid: pid_t) -> pid_t;

    #[errno]
    fn getpgid(pid: pid_t) -> pid_t;

    #[errno(void)]
    fn setpgid(pid: pid_t, pgid: pid_t) -> c_int;

    #[errno(void)]
    fn setpgrp() -> c_int;

    #[errno]
    fn setsid() -> pid_t;

    #[errno]
    fn getsid(pid: pid_t) -> pid_t;

    #[errno]
    fn tcgetpgrp(fd: c_int) -> pid_t;

    #[errno(void)]
    fn tcsetpgrp(fd: c_int, pgrp: pid_t) -> c_int;

    #[errno(void)]
    fn vhangup() -> c_int;
}

// setuid(2), seteuid(2), setreuid(2), setresuid(2), getresuid(2), getgroups(2).
//  * getgroups(0, list) writes nothing and returns the number of groups, which exceeds the buffer.
//  * getresuid: no `restrict`; one variable may serve for two results that nobody wants.
unsafe extern "C" {
    #[errno(void)]
    fn setuid(uid: uid_t) -> c_int;

    #[errno(void)]
    fn seteuid(euid: uid_t) -> c_int;

    #[errno(void)]
    fn setreuid(ruid: uid_t, euid: uid_t) -> c_int;

    #[errno(void)]
    fn setresuid(ruid: uid_t, euid: uid_t, suid: uid_t) -> c_int;

    #[errno(void)]
    fn setgid(gid: gid_t) -> c_int;

    #[errno(void)]
    fn setegid(egid: gid_t) -> c_int;

    #[errno(void)]
    fn setregid(rgid: gid_t, egid: gid_t) -> c_int;

    #[errno(void)]
    fn setresgid(rgid: gid_t, egid: gid_t, sgid: gid_t) -> c_int;

    #[errno(void)]
    #[may_alias]
    fn getresuid(
        #[nonnull]
        #[out]
        ruid: *mut uid_t,
        #[nonnull]
        #[out]
        euid: *mut uid_t,
        #[nonnull]
        #[out]
        suid: *mut uid_t,
    ) -> c_int;

    #[errno(void)]
    #[may_alias]
    fn getresgid(
        #[nonnull]
        #[out]
        rgid: *mut gid_t,
        #[nonnull]
        #[out]
        egid: *mut gid_t,
        #[nonnull]
        #[out]
        sgid: *mut gid_t,
    ) -> c_int;

    #[errno]
    fn getgroups(
        size: c_int,
        #[nonnull]
        #[out]
        #[counted_by(size)]
        #[filled_by(return)]
        #[may_exceed]
        list: *mut gid_t,
    ) -> c_int;
}

// pathconf(3), confstr(3). Neither is errno: pathconf returns -1 for "no limit" too, with errno
// unchanged; confstr returns the size that the value needs (with its NUL), or 0 for an error and
// also for a variable without a value. A truncated string still ends in NUL.
unsafe extern "C" {
    fn pathconf(
        #[input]
        #[nonnull]
        #[null_terminated]
        path: *const c_char,
        name: c_int,
    ) -> c_long;

    fn confstr(
        name: c_int,
        #[nullable]
        #[out]
        #[sized_by(size)]
        #[filled_by(return)]
        #[may_exceed]
        buf: *mut c_char,
        size: size_t,
    ) -> size_t;
}

// ttyname(3), getlogin(3). The _r functions return 0 or an error number and leave -1 and errno
// aside; on success `buf` holds a C string.
unsafe extern "C" {
    #[errno(null)]
    #[returns(static)]
    #[returns(null_terminated)]
    #[unsafe_beyond_pointers("the next ttyname overwrites the result")]
    fn ttyname(fd: c_int) -> *mut c_char;

    fn ttyname_r(
        fd: c_int,
        #[nonnull]
        #[out]
        #[sized_by(buflen)]
        buf: *mut c_char,
        buflen: size_t,
    ) -> c_int;

    #[errno(null)]
    #[returns(static)]
    #[returns(null_terminated)]
    #[unsafe_beyond_pointers("the next getlogin or cuserid overwrites the result")]
    fn getlogin() -> *mut c_char;

    fn getlogin_r(
        #[nonnull]
        #[out]
        #[sized_by(bufsize)]
        buf: *mut c_char,
        bufsize: size_t,
    ) -> c_int;

    // No page; glibc's is a stub that fails with ENOSYS on Linux.
    #[errno(void)]
    fn setlogin(
        #[input]
        #[nonnull]
        #[null_terminated]
        name: *const c_char,
    ) -> c_int;
}

// getusershell(3). NULL at the end of the list; errno says nothing.
unsafe extern "C" {
    #[returns(static)]
    #[returns(nullable)]
    #[returns(null_terminated)]
    #[unsafe_beyond_pointers("endusershell and setusershell free or replace the result")]
    fn getusershell() -> *mut c_char;
}

// getpass(3), crypt(3).
//  * crypt may return a string that begins with '*' instead of NULL (libxcrypt), with errno set.
//    The names are those of the man-pages project; libxcrypt's page says `phrase` and `setting`.
//  * `salt` may be the result of an earlier crypt.
unsafe extern "C" {
    #[errno(null)]
    #[returns(static)]
    #[returns(null_terminated)]
    #[unsafe_beyond_pointers("the next getpass overwrites or moves the result")]
    fn getpass(
        #[input]
        #[nonnull]
        #[null_terminated]
        prompt: *const c_char,
    ) -> *mut c_char;

    #[errno(null)]
    #[returns(static)]
    #[returns(null_terminated)]
    #[unsafe_beyond_pointers("the next crypt overwrites the result")]
    fn crypt(
        #[input]
        #[nonnull]
        #[null_terminated]
        key: *const c_char,
        #[input]
        #[nonnull]
        #[null_terminated]
        salt: *const c_char,
    ) -> *mut c_char;
}

// gethostname(2), getdomainname(2), sethostid(3). The set functions take bytes, no NUL needed. A
// successful gethostname of glibc ends in NUL; getdomainname may be cut without one.
unsafe extern "C" {
    #[errno(void)]
    fn gethostname(
        #[nonnull]
        #[out]
        #[sized_by(len)]
        name: *mut c_char,
        len: size_t,
    ) -> c_int;

    #[errno(void)]
    fn sethostname(
        #[input]
        #[nonnull]
        #[sized_by(len)]
        name: *const c_char,
        len: size_t,
    ) -> c_int;

    #[errno(void)]
    fn getdomainname(
        #[nonnull]
        #[out]
        #[sized_by(len)]
        name: *mut c_char,
        len: size_t,
    ) -> c_int;

    #[errno(void)]
    fn setdomainname(
        #[input]
        #[nonnull]
        #[sized_by(len)]
        name: *const c_char,
        len: size_t,
    ) -> c_int;

    #[errno(void)]
    fn sethostid(hostid: c_long) -> c_int;
}

// getopt(3). `argv` is permuted although its type does not say so; the strings are only read. The
// array is not kept, but the global `optarg` and a hidden scan position point into the strings
// until the scan ends or starts again. No `retained`: it would be said of the array, which may go,
// and a program may free the strings once it is done. The result is -1 at the end; errno says
// nothing.
unsafe extern "C" {
    #[unsafe_beyond_pointers("optarg and the scan position point into the strings of argv after the call")]
    fn getopt(
        argc: c_int,
        #[inout]
        #[nonnull]
        #[flow_through]
        #[counted_by(argc)]
        argv: *const *mut c_char,
        #[input]
        #[nonnull]
        #[null_terminated]
        optstring: *const c_char,
    ) -> c_int;
}

// swab(3). A negative `n` does nothing: `n - min(n, 0)` is `n`, or 0 if `n` is negative. With an odd
// `n` the last byte is unspecified: within the extent, but not promised to be written. `restrict`:
// swapping in place is not allowed.
unsafe extern "C" {
    fn swab(
        #[input]
        #[nonnull]
        #[sized_by(n - min(n, 0))]
        from: *const c_void,
        #[nonnull]
        #[out]
        #[sized_by(n - min(n, 0))]
        #[filled_by((n - min(n, 0)) / 2 * 2)]
        to: *mut c_void,
        n: ssize_t,
    );
}

// getentropy(3). Success always fills the whole buffer.
unsafe extern "C" {
    #[errno(void)]
    fn getentropy(
        #[nonnull]
        #[out]
        #[sized_by(length)]
        #[filled_by(length)]
        buffer: *mut c_void,
        length: size_t,
    ) -> c_int;
}

// brk(2). sbrk returns the earlier break, an address that need not be readable, or (void *) -1.
unsafe extern "C" {
    #[errno(void)]
    #[unsafe_beyond_pointers("moves the program break, which malloc uses too")]
    fn brk(
        #[nullable]
        #[address]
        addr: *mut c_void,
    ) -> c_int;

    #[errno]
    #[unsafe_beyond_pointers("moves the program break, which malloc uses too")]
    fn sbrk(increment: intptr_t) -> *mut c_void;
}

// profil(3). A signal handler counts in `buf` until the next profil, profil(NULL, ...) included; an
// end by a call without a handle cannot be written, hence forever. The page says that 0 is always
// returned; glibc may return -1 with errno. The header calls `buf` nonnull, but NULL turns profiling
// off by the page and in glibc.
unsafe extern "C" {
    #[errno(void)]
    fn profil(
        #[inout]
        #[nullable]
        #[sized_by(bufsiz)]
        #[retained(forever)]
        buf: *mut c_ushort,
        bufsiz: size_t,
        offset: size_t,
        scale: c_uint,
    ) -> c_int;
}

// acct(2); revoke has no page, glibc's is a stub that fails with ENOSYS on Linux.
unsafe extern "C" {
    #[errno(void)]
    fn acct(
        #[input]
        #[nullable]
        #[null_terminated]
        filename: *const c_char,
    ) -> c_int;

    #[errno(void)]
    fn revoke(
        #[input]
        #[nonnull]
        #[null_terminated]
        file: *const c_char,
    ) -> c_int;
}

// syscall(2).
unsafe extern "C" {
    #[errno]
    #[unsafe_beyond_pointers("the number decides what the arguments mean")]
    fn syscall(number: c_long, ...) -> c_long;

    // get_robust_list(2). The C library has no function for it, and a list of its own for each thread.
    #[errno(void)]
    #[unsafe_beyond_pointers("the kernel reads the list when the thread ends, and writes to the locks in it")]
    #[form_of(syscall, number = SYS_set_robust_list)]
    fn syscall_set_robust_list(#[inout] #[nullable] #[sized_by(size)] head: *mut c_void, size: size_t) -> c_long;

    #[errno(void)]
    #[form_of(syscall, number = SYS_get_robust_list)]
    fn syscall_get_robust_list(
        pid: c_int,
        #[out] #[nonnull] #[one] #[noescape] #[pointee(opaque)] head_ptr: *mut *mut c_void,
        #[out] #[nonnull] #[one] #[noescape] sizep: *mut size_t,
    ) -> c_long;

    // rseq(2), tools/testing/selftests/rseq of the kernel. A thread has one structure, mostly the C library's.
    #[errno(void)]
    #[unsafe_beyond_pointers("the kernel writes to the structure until it is unregistered, or the thread has ended")]
    #[form_of(syscall, number = SYS_rseq)]
    fn syscall_rseq(#[inout] #[nonnull] #[sized_by(rseq_len)] rseq: *mut c_void, rseq_len: u32, flags: c_int, sig: u32) -> c_long;
}
