//! Pointer contracts of `<pwd.h>, <grp.h> and their like`.
// Also `<shadow.h>`, `<crypt.h>` and `<mntent.h>`. Sources: Linux man-pages (6.03), crypt(3) and
// crypt_rn(3) of libxcrypt.
//
// Conventions of this file:
//  * A FILE is C's own memory.
//  * The _r functions write a record whose pointers lead into `buf`: `pointee(borrowed = buf)` on the
//    record. They return 0 or an error number; 0 with a null `*result` says that nothing was found.
//  * Null from the others means "not found" as well as failure, so no errno is stated.

// getpwnam(3), getgrnam(3), getspnam(3).
struct passwd {
    #[null_terminated] pw_name: *mut c_char,
    #[null_terminated] pw_passwd: *mut c_char,
    #[null_terminated] pw_gecos: *mut c_char,
    #[null_terminated] pw_dir: *mut c_char,
    #[null_terminated] pw_shell: *mut c_char,
}
struct group {
    #[null_terminated] gr_name: *mut c_char,
    #[null_terminated] gr_passwd: *mut c_char,
    #[null_terminated] #[flow_through] gr_mem: *mut *mut c_char,
}
struct spwd {
    #[null_terminated] sp_namp: *mut c_char,
    #[null_terminated] sp_pwdp: *mut c_char,
}

// getpwnam(3), getpwent(3), getpwent_r(3), fgetpwent(3), putpwent(3).
unsafe extern "C" {
    #[returns(until = [getpwent, getpwnam, getpwuid], nullable, one)]
    fn getpwent() -> *mut passwd;

    #[returns(until = [getpwent, getpwnam, getpwuid], nullable, one)]
    fn getpwuid(uid: uid_t) -> *mut passwd;

    #[returns(until = [getpwent, getpwnam, getpwuid], nullable, one)]
    fn getpwnam(#[input] #[nonnull] #[null_terminated] name: *const c_char) -> *mut passwd;

    #[success(result == 0)]
    fn getpwent_r(
        #[out] #[nonnull] #[pointee(borrowed = buf)] pwbuf: *mut passwd,
        #[out] #[nonnull] #[sized_by(buflen)] buf: *mut c_char,
        buflen: size_t,
        #[out] #[nonnull] #[pointee(nullable, borrowed = pwbuf)] pwbufp: *mut *mut passwd,
    ) -> c_int;

    #[success(result == 0)]
    fn getpwuid_r(
        uid: uid_t,
        #[out] #[nonnull] #[pointee(borrowed = buf)] pwd: *mut passwd,
        #[out] #[nonnull] #[sized_by(buflen)] buf: *mut c_char,
        buflen: size_t,
        #[out] #[nonnull] #[pointee(nullable, borrowed = pwd)] result: *mut *mut passwd,
    ) -> c_int;

    #[success(result == 0)]
    fn getpwnam_r(
        #[input] #[nonnull] #[null_terminated] name: *const c_char,
        #[out] #[nonnull] #[pointee(borrowed = buf)] pwd: *mut passwd,
        #[out] #[nonnull] #[sized_by(buflen)] buf: *mut c_char,
        buflen: size_t,
        #[out] #[nonnull] #[pointee(nullable, borrowed = pwd)] result: *mut *mut passwd,
    ) -> c_int;

    #[returns(until = [fgetpwent], nullable, one)]
    fn fgetpwent(#[opaque] stream: *mut FILE) -> *mut passwd;

    #[success(result == 0)]
    fn fgetpwent_r(
        #[opaque] stream: *mut FILE,
        #[out] #[nonnull] #[pointee(borrowed = buf)] pwbuf: *mut passwd,
        #[out] #[nonnull] #[sized_by(buflen)] buf: *mut c_char,
        buflen: size_t,
        #[out] #[nonnull] #[pointee(nullable, borrowed = pwbuf)] pwbufp: *mut *mut passwd,
    ) -> c_int;

    #[errno(void)]
    fn putpwent(#[input] #[nonnull] #[flow_through] p: *const passwd, #[opaque] stream: *mut FILE) -> c_int;
}

// getpw(3): no length at all.
unsafe extern "C" {
    #[errno(void)]
    #[unsafe_beyond_pointers("buf must have room for the whole line of the password file")]
    fn getpw(uid: uid_t, #[out] #[nonnull] #[sized_by(at_least(1))] buf: *mut c_char) -> c_int;
}

// getgrnam(3), getgrent(3), getgrent_r(3), fgetgrent(3), putgrent(3).
unsafe extern "C" {
    #[returns(until = [getgrent, getgrgid, getgrnam], nullable, one)]
    fn getgrent() -> *mut group;

    #[returns(until = [getgrent, getgrgid, getgrnam], nullable, one)]
    fn getgrgid(gid: gid_t) -> *mut group;

    #[returns(until = [getgrent, getgrgid, getgrnam], nullable, one)]
    fn getgrnam(#[input] #[nonnull] #[null_terminated] name: *const c_char) -> *mut group;

    #[success(result == 0)]
    fn getgrent_r(
        #[out] #[nonnull] #[pointee(borrowed = buf)] gbuf: *mut group,
        #[out] #[nonnull] #[sized_by(buflen)] buf: *mut c_char,
        buflen: size_t,
        #[out] #[nonnull] #[pointee(nullable, borrowed = gbuf)] gbufp: *mut *mut group,
    ) -> c_int;

    #[success(result == 0)]
    fn getgrgid_r(
        gid: gid_t,
        #[out] #[nonnull] #[pointee(borrowed = buf)] grp: *mut group,
        #[out] #[nonnull] #[sized_by(buflen)] buf: *mut c_char,
        buflen: size_t,
        #[out] #[nonnull] #[pointee(nullable, borrowed = grp)] result: *mut *mut group,
    ) -> c_int;

    #[success(result == 0)]
    fn getgrnam_r(
        #[input] #[nonnull] #[null_terminated] name: *const c_char,
        #[out] #[nonnull] #[pointee(borrowed = buf)] grp: *mut group,
        #[out] #[nonnull] #[sized_by(buflen)] buf: *mut c_char,
        buflen: size_t,
        #[out] #[nonnull] #[pointee(nullable, borrowed = grp)] result: *mut *mut group,
    ) -> c_int;

    #[returns(until = [fgetgrent], nullable, one)]
    fn fgetgrent(#[opaque] stream: *mut FILE) -> *mut group;

    #[success(result == 0)]
    fn fgetgrent_r(
        #[opaque] stream: *mut FILE,
        #[out] #[nonnull] #[pointee(borrowed = buf)] gbuf: *mut group,
        #[out] #[nonnull] #[sized_by(buflen)] buf: *mut c_char,
        buflen: size_t,
        #[out] #[nonnull] #[pointee(nullable, borrowed = gbuf)] gbufp: *mut *mut group,
    ) -> c_int;

    #[errno(void)]
    fn putgrent(#[input] #[nonnull] #[flow_through] grp: *const group, #[opaque] stream: *mut FILE) -> c_int;
}

// setgroups (getgroups(2)), getgrouplist(3), initgroups(3). When the list is too short, getgrouplist
// returns -1 and `*ngroups` is the number that it needs.
unsafe extern "C" {
    #[errno(void)]
    fn setgroups(size: size_t, #[input] #[nullable] #[counted_by(size)] list: *const gid_t) -> c_int;

    fn getgrouplist(
        #[input] #[nonnull] #[null_terminated] user: *const c_char,
        group: gid_t,
        #[out] #[nonnull] #[counted_by(*ngroups)] #[filled_by(*ngroups)] #[may_exceed] groups: *mut gid_t,
        #[inout] #[nonnull] ngroups: *mut c_int,
    ) -> c_int;

    #[errno(void)]
    fn initgroups(#[input] #[nonnull] #[null_terminated] user: *const c_char, group: gid_t) -> c_int;
}

// getspnam(3).
unsafe extern "C" {
    #[returns(until = [getspent, getspnam, sgetspent, fgetspent], nullable, one)]
    fn getspent() -> *mut spwd;

    #[returns(until = [getspent, getspnam, sgetspent, fgetspent], nullable, one)]
    fn getspnam(#[input] #[nonnull] #[null_terminated] name: *const c_char) -> *mut spwd;

    #[returns(until = [getspent, getspnam, sgetspent, fgetspent], nullable, one)]
    fn sgetspent(#[input] #[nonnull] #[null_terminated] s: *const c_char) -> *mut spwd;

    #[returns(until = [getspent, getspnam, sgetspent, fgetspent], nullable, one)]
    fn fgetspent(#[opaque] stream: *mut FILE) -> *mut spwd;

    #[errno(void)]
    fn putspent(#[input] #[nonnull] #[flow_through] p: *const spwd, #[opaque] stream: *mut FILE) -> c_int;

    #[success(result == 0)]
    fn getspent_r(
        #[out] #[nonnull] #[pointee(borrowed = buf)] spbuf: *mut spwd,
        #[out] #[nonnull] #[sized_by(buflen)] buf: *mut c_char,
        buflen: size_t,
        #[out] #[nonnull] #[pointee(nullable, borrowed = spbuf)] spbufp: *mut *mut spwd,
    ) -> c_int;

    #[success(result == 0)]
    fn getspnam_r(
        #[input] #[nonnull] #[null_terminated] name: *const c_char,
        #[out] #[nonnull] #[pointee(borrowed = buf)] spbuf: *mut spwd,
        #[out] #[nonnull] #[sized_by(buflen)] buf: *mut c_char,
        buflen: size_t,
        #[out] #[nonnull] #[pointee(nullable, borrowed = spbuf)] spbufp: *mut *mut spwd,
    ) -> c_int;

    #[success(result == 0)]
    fn sgetspent_r(
        #[input] #[nonnull] #[null_terminated] s: *const c_char,
        #[out] #[nonnull] #[pointee(borrowed = buf)] spbuf: *mut spwd,
        #[out] #[nonnull] #[sized_by(buflen)] buf: *mut c_char,
        buflen: size_t,
        #[out] #[nonnull] #[pointee(nullable, borrowed = spbuf)] spbufp: *mut *mut spwd,
    ) -> c_int;

    #[success(result == 0)]
    fn fgetspent_r(
        #[opaque] stream: *mut FILE,
        #[out] #[nonnull] #[pointee(borrowed = buf)] spbuf: *mut spwd,
        #[out] #[nonnull] #[sized_by(buflen)] buf: *mut c_char,
        buflen: size_t,
        #[out] #[nonnull] #[pointee(nullable, borrowed = spbuf)] spbufp: *mut *mut spwd,
    ) -> c_int;
}

// crypt(3) of libxcrypt; `crypt` itself is in unistd.rs.
// `data` of crypt_ra is null or a malloc'd block, which the function may move. crypt_gensalt: without
// `rbytes` the system's random numbers are used.
unsafe extern "C" {
    #[errno(null)]
    #[returns(borrowed = data, nullable, null_terminated)]
    fn crypt_r(
        #[input] #[nonnull] #[null_terminated] phrase: *const c_char,
        #[input] #[nonnull] #[null_terminated] setting: *const c_char,
        #[inout] #[nonnull] data: *mut crypt_data,
    ) -> *mut c_char;

    #[errno(null)]
    #[returns(borrowed = data, nullable, null_terminated)]
    fn crypt_rn(
        #[input] #[nonnull] #[null_terminated] phrase: *const c_char,
        #[input] #[nonnull] #[null_terminated] setting: *const c_char,
        #[inout] #[nonnull] #[sized_by(size)] data: *mut c_void,
        size: c_int,
    ) -> *mut c_char;

    #[errno(null)]
    #[returns(borrowed = data, nullable, null_terminated)]
    fn crypt_ra(
        #[input] #[nonnull] #[null_terminated] phrase: *const c_char,
        #[input] #[nonnull] #[null_terminated] setting: *const c_char,
        #[inout] #[nonnull] #[pointee(nullable, reallocated, owned, free = free, sized_by(*size))] data: *mut *mut c_void,
        #[inout] #[nonnull] size: *mut c_int,
    ) -> *mut c_char;

    #[errno(null)]
    #[returns(until = [crypt_gensalt], nullable, null_terminated)]
    fn crypt_gensalt(
        #[input] #[nullable] #[null_terminated] prefix: *const c_char,
        count: c_ulong,
        #[input] #[nullable] #[sized_by(nrbytes)] rbytes: *const c_char,
        nrbytes: c_int,
    ) -> *mut c_char;

    #[errno(null)]
    #[returns(borrowed = output, nullable, null_terminated)]
    fn crypt_gensalt_rn(
        #[input] #[nullable] #[null_terminated] prefix: *const c_char,
        count: c_ulong,
        #[input] #[nullable] #[sized_by(nrbytes)] rbytes: *const c_char,
        nrbytes: c_int,
        #[out] #[nonnull] #[sized_by(output_size)] output: *mut c_char,
        output_size: c_int,
    ) -> *mut c_char;

    #[errno(null)]
    #[returns(owned, free = free, nullable, null_terminated)]
    fn crypt_gensalt_ra(
        #[input] #[nullable] #[null_terminated] prefix: *const c_char,
        count: c_ulong,
        #[input] #[nullable] #[sized_by(nrbytes)] rbytes: *const c_char,
        nrbytes: c_int,
    ) -> *mut c_char;

    fn crypt_checksalt(#[input] #[null_terminated] setting: *const c_char) -> c_int;

    #[returns(static, nullable, null_terminated)]
    fn crypt_preferred_method() -> *const c_char;
}

// getmntent(3). hasmntopt's result lies in mnt_opts.
struct mntent {
    #[null_terminated] mnt_fsname: *mut c_char,
    #[null_terminated] mnt_dir: *mut c_char,
    #[null_terminated] mnt_type: *mut c_char,
    #[null_terminated] mnt_opts: *mut c_char,
}

// getmntent(3).
unsafe extern "C" {
    #[errno(null)]
    #[returns(owned, free = endmntent, nullable, opaque)]
    fn setmntent(
        #[input] #[nonnull] #[null_terminated] filename: *const c_char,
        #[input] #[nonnull] #[null_terminated] r#type: *const c_char,
    ) -> *mut FILE;

    #[returns(until = [getmntent], nullable, one)]
    fn getmntent(#[opaque] stream: *mut FILE) -> *mut mntent;

    #[returns(borrowed = mntbuf, nullable, one)]
    fn getmntent_r(
        #[opaque] streamp: *mut FILE,
        #[out] #[nonnull] #[pointee(borrowed = buf)] mntbuf: *mut mntent,
        #[out] #[nonnull] #[sized_by(buflen)] buf: *mut c_char,
        buflen: c_int,
    ) -> *mut mntent;

    #[success(result == 0)]
    fn addmntent(#[opaque] stream: *mut FILE, #[input] #[nonnull] #[flow_through] mnt: *const mntent) -> c_int;

    fn endmntent(#[opaque] streamp: *mut FILE) -> c_int;

    #[returns(borrowed = mnt, nullable, null_terminated)]
    fn hasmntopt(
        #[input] #[nonnull] #[flow_through] mnt: *const mntent,
        #[input] #[nonnull] #[null_terminated] opt: *const c_char,
    ) -> *mut c_char;
}
