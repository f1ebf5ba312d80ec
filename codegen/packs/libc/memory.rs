//! Pointer contracts of `<sys/mman.h>, <sys/shm.h>`.
// Also `<sys/msg.h>` and `<sys/sem.h>`. Sources: Linux man-pages (6.03). process_madvise is in uio.rs.
//
// Conventions of this file:
//  * A range of pages is an address and a length that the kernel rounds up: it may go beyond the
//    object that begins there, need not be mapped (mmap), and is never read. Hence `address`.
//  * Failure of mmap, mremap and shmat is -1, not null.

// mmap(2), mremap(2), remap_file_pages(2).
unsafe extern "C" {
    #[success(result != -1)]
    #[returns(owned, free = munmap, sized_by(length))]
    #[unsafe_beyond_pointers("with MAP_FIXED whatever is mapped at addr goes away")]
    fn mmap(
        #[address] addr: *mut c_void,
        length: size_t,
        prot: c_int,
        flags: c_int,
        fd: c_int,
        offset: off_t,
    ) -> *mut c_void;

    #[success(result != -1)]
    #[returns(owned, free = munmap, sized_by(length))]
    #[unsafe_beyond_pointers("with MAP_FIXED whatever is mapped at addr goes away")]
    fn mmap64(
        #[address] addr: *mut c_void,
        length: size_t,
        prot: c_int,
        flags: c_int,
        fd: c_int,
        offset: off64_t,
    ) -> *mut c_void;

    #[errno(void)]
    #[unsafe_beyond_pointers("whatever is mapped there goes away")]
    fn munmap(#[address] addr: *mut c_void, length: size_t) -> c_int;

    #[success(result != -1)]
    #[returns(owned, free = munmap, sized_by(new_size))]
    #[unsafe_beyond_pointers("the old range goes away, and with MREMAP_FIXED whatever is mapped at the new one")]
    fn mremap(
        #[address] old_address: *mut c_void,
        old_size: size_t,
        new_size: size_t,
        flags: c_int,
        ...
    ) -> *mut c_void;

    #[success(result != -1)]
    #[returns(owned, free = munmap, sized_by(new_size))]
    #[unsafe_beyond_pointers("the old range goes away, and with MREMAP_FIXED whatever is mapped at the new one")]
    #[form_of(mremap)]
    fn mremap_to(
        #[address] old_address: *mut c_void,
        old_size: size_t,
        new_size: size_t,
        flags: c_int,
        #[address] new_address: *mut c_void,
    ) -> *mut c_void;

    #[errno(void)]
    #[unsafe_beyond_pointers("other contents appear in the range")]
    fn remap_file_pages(
        #[address] addr: *mut c_void,
        size: size_t,
        prot: c_int,
        pgoff: size_t,
        flags: c_int,
    ) -> c_int;
}

// mprotect(2), pkey_mprotect(2), msync(2), madvise(2), posix_madvise(3), mlock(2).
unsafe extern "C" {
    #[errno(void)]
    #[unsafe_beyond_pointers("memory in the range may become unreadable or read-only")]
    fn mprotect(#[address] addr: *mut c_void, len: size_t, prot: c_int) -> c_int;

    #[errno(void)]
    #[unsafe_beyond_pointers("memory in the range may become unreadable or read-only")]
    fn pkey_mprotect(#[address] addr: *mut c_void, len: size_t, prot: c_int, pkey: c_int) -> c_int;

    #[errno(void)]
    fn msync(#[address] addr: *mut c_void, length: size_t, flags: c_int) -> c_int;

    #[errno(void)]
    #[unsafe_beyond_pointers("some advice discards the contents of the range")]
    fn madvise(#[address] addr: *mut c_void, length: size_t, advice: c_int) -> c_int;

    #[success(result == 0)]
    fn posix_madvise(#[address] addr: *mut c_void, len: size_t, advice: c_int) -> c_int;

    #[errno(void)]
    fn mlock(#[address] addr: *const c_void, len: size_t) -> c_int;

    #[errno(void)]
    fn mlock2(#[address] addr: *const c_void, len: size_t, flags: c_uint) -> c_int;

    #[errno(void)]
    fn munlock(#[address] addr: *const c_void, len: size_t) -> c_int;
}

// mincore(2): one byte for each page of 4096 bytes.
unsafe extern "C" {
    #[errno(void)]
    fn mincore(
        #[address] addr: *mut c_void,
        length: size_t,
        #[out] #[sized_by((length + 4095) / 4096)] #[filled_by((length + 4095) / 4096)] vec: *mut c_uchar,
    ) -> c_int;
}

// shm_open(3), memfd_create(2).
unsafe extern "C" {
    #[errno]
    fn shm_open(#[input] #[nonnull] #[null_terminated] name: *const c_char, oflag: c_int, mode: mode_t) -> c_int;

    #[errno(void)]
    fn shm_unlink(#[input] #[nonnull] #[null_terminated] name: *const c_char) -> c_int;

    #[errno]
    fn memfd_create(#[input] #[nonnull] #[null_terminated] name: *const c_char, flags: c_uint) -> c_int;
}

// shmop(2), shmctl(2). What `buf` is depends on `cmd`: the forms tell.
unsafe extern "C" {
    #[success(result != -1)]
    #[returns(owned, free = shmdt)]
    #[unsafe_beyond_pointers("with SHM_REMAP whatever is mapped at shmaddr goes away")]
    fn shmat(shmid: c_int, #[address] shmaddr: *const c_void, shmflg: c_int) -> *mut c_void;

    #[errno(void)]
    #[unsafe_beyond_pointers("the segment goes away")]
    fn shmdt(#[address] shmaddr: *const c_void) -> c_int;

    #[errno]
    #[unsafe_beyond_pointers("cmd decides what buf points to, and whether it is used")]
    fn shmctl(shmid: c_int, cmd: c_int, #[opaque] buf: *mut shmid_ds) -> c_int;

    #[errno(void)]
    #[form_of(shmctl, cmd = IPC_STAT)]
    fn shmctl_stat(shmid: c_int, #[out] #[nonnull] #[one] #[filled_by(1)] buf: *mut shmid_ds) -> c_int;

    #[errno(void)]
    #[form_of(shmctl, cmd = IPC_SET)]
    fn shmctl_set(shmid: c_int, #[input] #[nonnull] buf: *mut shmid_ds) -> c_int;

    #[errno(void)]
    #[form_of(shmctl, cmd = IPC_RMID)]
    fn shmctl_rmid(shmid: c_int, #[address] buf: *mut shmid_ds) -> c_int;
}

// msgop(2), msgctl(2). `msgp` is a long and `msgsz` bytes of text behind it.
unsafe extern "C" {
    #[errno]
    fn msgrcv(
        msqid: c_int,
        #[out] #[nonnull] #[sized_by(msgsz + 8)] #[filled_by(result + 8)] msgp: *mut c_void,
        msgsz: size_t,
        msgtyp: c_long,
        msgflg: c_int,
    ) -> ssize_t;

    #[errno(void)]
    fn msgsnd(
        msqid: c_int,
        #[input] #[nonnull] #[sized_by(msgsz + 8)] msgp: *const c_void,
        msgsz: size_t,
        msgflg: c_int,
    ) -> c_int;

    #[errno]
    #[unsafe_beyond_pointers("cmd decides what buf points to, and whether it is used")]
    fn msgctl(msqid: c_int, cmd: c_int, #[opaque] buf: *mut msqid_ds) -> c_int;

    #[errno(void)]
    #[form_of(msgctl, cmd = IPC_STAT)]
    fn msgctl_stat(msqid: c_int, #[out] #[nonnull] #[one] #[filled_by(1)] buf: *mut msqid_ds) -> c_int;

    #[errno(void)]
    #[form_of(msgctl, cmd = IPC_SET)]
    fn msgctl_set(msqid: c_int, #[input] #[nonnull] buf: *mut msqid_ds) -> c_int;

    #[errno(void)]
    #[form_of(msgctl, cmd = IPC_RMID)]
    fn msgctl_rmid(msqid: c_int, #[address] buf: *mut msqid_ds) -> c_int;
}

// semop(2), semctl(2). The fourth argument of semctl is a union that the caller must define.
unsafe extern "C" {
    #[errno(void)]
    fn semop(semid: c_int, #[input] #[nonnull] #[counted_by(nsops)] sops: *mut sembuf, nsops: size_t) -> c_int;

    #[errno(void)]
    fn semtimedop(
        semid: c_int,
        #[input] #[nonnull] #[counted_by(nsops)] sops: *mut sembuf,
        nsops: size_t,
        #[input] #[nullable] timeout: *const timespec,
    ) -> c_int;

    #[errno]
    #[unsafe_beyond_pointers("cmd decides what the fourth argument is")]
    fn semctl(semid: c_int, semnum: c_int, cmd: c_int, ...) -> c_int;

    #[errno]
    #[form_of(semctl, cmd = GETVAL)]
    fn semctl_getval(semid: c_int, semnum: c_int) -> c_int;

    #[errno(void)]
    #[form_of(semctl, cmd = SETVAL)]
    fn semctl_setval(semid: c_int, semnum: c_int, val: c_int) -> c_int;

    #[errno(void)]
    #[form_of(semctl, cmd = IPC_RMID)]
    fn semctl_rmid(semid: c_int, semnum: c_int) -> c_int;

    #[errno(void)]
    #[form_of(semctl, cmd = IPC_STAT)]
    fn semctl_stat(
        semid: c_int,
        semnum: c_int,
        #[out] #[nonnull] #[one] #[filled_by(1)] buf: *mut semid_ds,
    ) -> c_int;

    #[errno(void)]
    #[form_of(semctl, cmd = IPC_SET)]
    fn semctl_set(semid: c_int, semnum: c_int, #[input] #[nonnull] buf: *mut semid_ds) -> c_int;
}
