//! Legal calls of libc's functions that take lists or keep what the kernel writes: no report, at any level.

#![allow(clippy::useless_vec, reason = "a block of the heap is what the test is about")]
#![allow(clippy::multiple_unsafe_ops_per_block, reason = "a test is one sequence of calls, legal for one reason")]

mod support;

use pinned_ffi::pinned_ffi;
use std::ffi::{CStr, CString, c_char, c_int, c_long, c_void};
use std::ptr::{null, null_mut};
use std::sync::atomic::{AtomicPtr, AtomicU32, Ordering};
use support::at_every_level;

#[pinned_ffi(
    header = [
        "stdio.h", "unistd.h", "time.h", "libintl.h", "sched.h", "sys/syscall.h", "sys/wait.h", "fcntl.h", "stdlib.h",
        "sys/ioctl.h", "sys/prctl.h", "linux/videodev2.h"
    ],
    define = "_GNU_SOURCE",
    allow = "vasprintf|vsnprintf|free|readlinkat|symlinkat|pread|pwrite|localtime|ctime|mktime|dgettext|clone|waitpid\
             |syscall|fcntl|ioctl|prctl|open|openat|pipe|close|write"
)]
#[allow(missing_docs, non_camel_case_types, non_snake_case, non_upper_case_globals, unused_qualifications, dead_code)]
#[allow(clippy::all, reason = "generated")]
mod c {}

/// The text behind a C string.
fn text(at: *const c_char) -> String {
    assert!(!at.is_null());
    // SAFETY: every caller has a C string that outlives the copy.
    unsafe { CStr::from_ptr(at) }.to_str().expect("ASCII").to_owned()
}

fn errno() -> c_int {
    std::io::Error::last_os_error().raw_os_error().unwrap_or(0)
}

#[cfg(target_arch = "x86_64")]
mod lists {
    use super::*;

    #[link(name = "probe", kind = "static")]
    unsafe extern "C" {
        /// Calls `with` with a list of what follows.
        fn lists_with(
            with: unsafe extern "C" fn(*mut c::__va_list_tag, *mut c_void) -> c_int,
            data: *mut c_void,
            ...
        ) -> c_int;
    }

    /// The text that C allocates goes to `place`.
    unsafe extern "C" fn allocated(list: *mut c::__va_list_tag, place: *mut c_void) -> c_int {
        // SAFETY: the list has what the format says, and `place` is a variable for a pointer.
        unsafe { c::vasprintf(place.cast(), c"%d-%s".as_ptr(), list) }
    }

    /// As much of the text as fits goes to `place`, of four bytes.
    unsafe extern "C" fn cut(list: *mut c::__va_list_tag, place: *mut c_void) -> c_int {
        // SAFETY: the list has what the format says, and `place` is four bytes long.
        unsafe { c::vsnprintf(place.cast(), 4, c"%d-%s".as_ptr(), list) }
    }

    // F011, F018: a list of arguments, a string among them that goes after the call.
    #[test]
    fn lists_of_arguments() {
        at_every_level("lists::lists_of_arguments", || {
            let word = CString::new("word").expect("no NUL");
            let mut printed: Box<*mut c_char> = Box::new(null_mut());
            let mut short = vec![0 as c_char; 4];
            // SAFETY: a number and a string follow, as the formats say.
            unsafe {
                let place = (&raw mut *printed).cast();
                assert_eq!(lists_with(allocated, place, 7 as c_int, word.as_ptr()), 6);
                assert_eq!(lists_with(cut, short.as_mut_ptr().cast(), 7 as c_int, word.as_ptr()), 6);
                drop(word);
                assert_eq!((text(*printed), text(short.as_ptr())), ("7-word".into(), "7-w".into()));
                c::free((*printed).cast());
            }
        });
    }
}

/// F013, F017: a buffer without a terminator, and length 0 with any pointer.
#[test]
fn links_and_places_in_files() {
    at_every_level("links_and_places_in_files", || {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = |name| CString::new(folder.path().join(name).to_str().expect("ASCII")).expect("no NUL");
        let (link, file) = (path("link"), path("file"));
        // SAFETY: buffers are as long as said; with length 0 nothing is touched.
        unsafe {
            assert_eq!(c::symlinkat(c"target".as_ptr(), libc::AT_FDCWD, link.as_ptr()), 0);
            let mut buf: Vec<u8> = vec![0x7f; 6];
            assert_eq!(c::readlinkat(libc::AT_FDCWD, link.as_ptr(), buf.as_mut_ptr().cast(), 6), 6);
            assert_eq!(buf, b"target");
            assert_eq!(c::readlinkat(libc::AT_FDCWD, link.as_ptr(), buf.as_mut_ptr().cast(), 3), 3);
            let fd = c::open(file.as_ptr(), libc::O_RDWR | libc::O_CREAT, 0o600 as c_int);
            assert!(fd >= 0);
            let data = b"some bytes".to_vec();
            assert_eq!(c::pwrite(fd, data.as_ptr().cast(), data.len(), 3), 10);
            assert_eq!(c::pwrite(fd, Vec::<u8>::new().as_ptr().cast(), 0, 99), 0);
            assert_eq!(c::pwrite(fd, null(), 0, 0), 0);
            drop(data);
            let mut back = vec![1_u8; 20];
            assert_eq!(c::pread(fd, back.as_mut_ptr().cast(), 20, 0), 13);
            assert_eq!(&back[..14], b"\0\0\0some bytes\x01");
            assert_eq!(c::close(fd), 0);
        }
    });
}

/// F027, F030: results in memory of the library, or the argument itself.
#[test]
fn dates_and_messages() {
    at_every_level("dates_and_messages", || {
        let time: Box<c::time_t> = Box::new(86_400 * 365);
        // SAFETY: one object each; results are used before the next call of the family.
        unsafe {
            let local = c::localtime(&*time);
            assert!((*local).tm_year == 71 || (*local).tm_year == 70);
            // What the library gave goes back in.
            assert_eq!(c::mktime(local), *time);
            let told = text(c::ctime(&*time));
            assert!(told.ends_with("1971\n") || told.ends_with("1970\n"), "{told}");
            let message = CString::new("nothing translates this").expect("no NUL");
            let domain = CString::new("no-such-domain").expect("no NUL");
            assert_eq!(c::dgettext(domain.as_ptr(), message.as_ptr()).cast_const(), message.as_ptr());
            assert_eq!(c::dgettext(null(), message.as_ptr()).cast_const(), message.as_ptr());
        }
    });
}

/// F034, F039: typed forms of variadic functions, each with the argument of its request.
#[test]
fn requests() {
    at_every_level("requests", || {
        // SAFETY: each request gets the argument of its page.
        unsafe {
            let mut ends = [0; 2];
            assert_eq!(c::pipe(ends.as_mut_ptr()), 0);
            assert_eq!(c::write(ends[1], b"abc".as_ptr().cast(), 3), 3);
            let mut waiting = Box::new(0);
            assert_eq!((c::ioctl_fionread(ends[0], &mut *waiting), *waiting), (0, 3));
            let on = Box::new(1);
            assert_eq!(c::ioctl_fionbio(ends[0], &*on), 0);
            drop(on);
            assert_ne!(c::fcntl_getfl(ends[0]) & libc::O_NONBLOCK, 0);
            assert_eq!(c::fcntl_setfd(ends[0], libc::FD_CLOEXEC), 0);
            assert_eq!(c::fcntl_getfd(ends[0]), libc::FD_CLOEXEC);
            let file = tempfile::tempfile().expect("a temporary file");
            let fd = std::os::fd::AsRawFd::as_raw_fd(&file);
            let mut lock: Box<c::flock> = Box::new(std::mem::zeroed());
            (lock.l_type, lock.l_len) = (libc::F_WRLCK as _, 4);
            assert_eq!(c::fcntl_setlk(fd, &*lock), 0);
            // The process' own lock is in nobody's way.
            assert_eq!(c::fcntl_getlk(fd, &mut *lock), 0);
            assert_eq!(c_int::from(lock.l_type), libc::F_UNLCK);
            {
                let name = CString::new("forms").expect("no NUL");
                assert_eq!(c::prctl_set_name(name.as_ptr()), 0);
            }
            let mut name = vec![1 as c_char; 16];
            assert_eq!(c::prctl_get_name(name.as_mut_ptr()), 0);
            assert_eq!(text(name.as_ptr()), "forms");
            let here = c::openat(libc::AT_FDCWD, c".".as_ptr(), libc::O_RDONLY | libc::O_DIRECTORY);
            assert!(here >= 0);
            for fd in [ends[0], ends[1], here] {
                assert_eq!(c::close(fd), 0);
            }
        }
    });
}

/// F040: a buffer for a device, refused by what is none; queued, it would be the driver's until it is dequeued.
#[test]
fn buffers_of_devices() {
    at_every_level("buffers_of_devices", || {
        let mut frame = vec![5_u8; 4096];
        let file = tempfile::tempfile().expect("a temporary file");
        let fd = std::os::fd::AsRawFd::as_raw_fd(&file);
        // SAFETY: the buffer and its memory live through the calls, and no device keeps them.
        unsafe {
            let mut buffer: Box<c::v4l2_buffer> = Box::new(std::mem::zeroed());
            (buffer.type_, buffer.memory, buffer.length) = (1, 2, 4096);
            buffer.m.userptr = frame.as_mut_ptr().addr() as _;
            assert_eq!((c::ioctl_vidioc_qbuf(fd, &mut *buffer), errno()), (-1, libc::ENOTTY));
            assert_eq!((c::ioctl_vidioc_dqbuf(fd, &mut *buffer), errno()), (-1, libc::ENOTTY));
            let kind = Box::new(1);
            assert_eq!((c::ioctl_vidioc_streamoff(fd, &*kind), errno()), (-1, libc::ENOTTY));
            assert_eq!((buffer.m.userptr as usize, buffer.length), (frame.as_ptr().addr(), 4096));
        }
        assert!(frame.iter().all(|byte| *byte == 5));
    });
}

/// A lock in a list that the kernel walks: <linux/futex.h>.
#[repr(C)]
struct Lock {
    next: AtomicPtr<c_void>,
    owner: AtomicU32,
}

/// The list's head.
#[repr(C)]
struct Locks {
    first: AtomicPtr<c_void>,
    offset: c_long,
    pending: AtomicPtr<c_void>,
}

/// F055: the kernel writes to the locks of a thread when it ends.
#[test]
fn locks_of_a_dead_thread() {
    at_every_level("locks_of_a_dead_thread", || {
        let owner = |lock: &Lock| lock.owner.load(Ordering::SeqCst);
        let ended = std::thread::spawn(|| {
            let empty = || AtomicPtr::new(null_mut());
            let lock = Box::new(Lock { next: empty(), owner: AtomicU32::new(0) });
            let offset = std::mem::offset_of!(Lock, owner) as c_long;
            let list = Box::new(Locks { first: empty(), offset, pending: empty() });
            let head = (&raw const *list).cast_mut().cast::<c_void>();
            lock.next.store(head, Ordering::SeqCst);
            list.first.store((&raw const *lock).cast_mut().cast(), Ordering::SeqCst);
            // SAFETY: the list and the lock live until the thread is joined.
            unsafe {
                assert_eq!(c::syscall_set_robust_list(head, size_of::<Locks>()), 0);
                let (mut known, mut length) = (Box::new(null_mut()), 0);
                assert_eq!(c::syscall_get_robust_list(0, &mut *known, &mut length), 0);
                assert_eq!((*known, length), (head, size_of::<Locks>()));
                lock.owner.store(libc::gettid().cast_unsigned(), Ordering::SeqCst);
            }
            assert_ne!(lock.owner.load(Ordering::SeqCst), 0);
            (lock, list)
        });
        let (lock, list) = ended.join().expect("the thread ends well");
        // FUTEX_OWNER_DIED, and the owner is gone.
        assert_eq!(owner(&lock), 0x4000_0000);
        drop((lock, list));
    });
}

/// What the kernel tells a thread of its processor: <linux/rseq.h>.
#[cfg(target_arch = "x86_64")]
#[repr(C, align(32))]
struct Place {
    start: AtomicU32,
    processor: AtomicU32,
    section: u64,
    flags: u32,
    rest: [u32; 3],
}

/// F055: the kernel writes to a thread's own structure whenever it likes, until it is told not to.
#[cfg(target_arch = "x86_64")]
#[test]
fn a_place_that_the_kernel_writes() {
    unsafe extern "C" {
        static __rseq_offset: isize;
        static __rseq_size: u32;
    }
    const SIGNATURE: u32 = 0x5305_3053;
    const UNREGISTER: c_int = 1;
    at_every_level("a_place_that_the_kernel_writes", || {
        let thread = || {
            let own: *mut u8;
            // SAFETY: reads the thread pointer, which points to itself.
            unsafe { std::arch::asm!("mov {}, fs:0", out(reg) own, options(nostack, readonly)) };
            let never = AtomicU32::new(u32::MAX);
            let mut place =
                Box::new(Place { start: AtomicU32::new(0), processor: never, section: 0, flags: 0, rest: [0; 3] });
            let at = (&raw mut *place).cast::<c_void>();
            // SAFETY: one structure at a time; glibc does without its own. Ours lives until it is taken back.
            unsafe {
                let size = __rseq_size.max(32);
                if __rseq_size > 0 {
                    let libcs = own.wrapping_offset(__rseq_offset).cast();
                    assert_eq!(c::syscall_rseq(libcs, size, UNREGISTER, SIGNATURE), 0);
                }
                if c::syscall_rseq(at, 32, 0, SIGNATURE) != 0 {
                    println!("skipped: rseq: the kernel has none: {}", errno());
                    return;
                }
                std::thread::yield_now();
                let processor = (*at.cast::<Place>()).processor.load(Ordering::SeqCst);
                assert!(processor < 0x1_0000, "{processor}");
                assert_eq!(c::syscall_rseq(at, 32, UNREGISTER, SIGNATURE), 0);
            }
            drop(place);
        };
        std::thread::spawn(thread).join().expect("the thread ends well");
    });
}

unsafe extern "C" fn child(arg: *mut c_void) -> c_int {
    // SAFETY: the number that was given with this function.
    unsafe { *arg.cast::<c_int>() += 1 };
    7
}

/// F055: a child on a stack of the caller's, and a number that the kernel clears when it ends.
#[test]
fn a_number_that_the_kernel_clears() {
    at_every_level("a_number_that_the_kernel_clears", || {
        let mut stack = vec![0_u128; 4096];
        let (mut given, mut parent, mut cleared) = (Box::new(41), Box::new(0), Box::new(-1));
        let (tid, place, arg) = (&raw mut *cleared, &raw mut *parent, (&raw mut *given).cast());
        let flags = libc::CLONE_VM
            | libc::CLONE_VFORK
            | libc::CLONE_PARENT_SETTID
            | libc::CLONE_CHILD_SETTID
            | libc::CLONE_CHILD_CLEARTID
            | libc::SIGCHLD;
        // SAFETY: this thread waits while the child uses its memory and the stack; the numbers outlive it.
        unsafe {
            let top = stack.as_mut_ptr_range().end.cast();
            let id = c::clone(Some(child), top, flags, arg, place, null_mut::<c_void>(), tid);
            assert!(id > 0, "{}", errno());
            let mut status = Box::new(0);
            assert_eq!(c::waitpid(id, &mut *status, 0), id);
            assert_eq!(libc::WEXITSTATUS(*status), 7);
            assert_eq!((place.read(), tid.read(), given), (id, 0, Box::new(42)));
        }
        drop(stack);
    });
}
