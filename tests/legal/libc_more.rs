//! Legal calls of glibc's functions beyond stdio and string: no report, at any level.

#![allow(clippy::useless_vec, reason = "a block of the heap is what the test is about")]
#![allow(clippy::multiple_unsafe_ops_per_block, reason = "a test is one sequence of calls, legal for one reason")]

mod support;

use pinned_ffi::pinned_ffi;
use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::ptr::{null, null_mut};
use support::at_every_level;

#[pinned_ffi(
    header = [
        "time.h", "sys/time.h", "sys/times.h", "pwd.h", "grp.h", "netdb.h", "arpa/inet.h", "ifaddrs.h", "net/if.h",
        "sys/socket.h", "sys/uio.h", "unistd.h", "spawn.h", "sys/wait.h", "sys/prctl.h", "sched.h", "sys/resource.h",
        "locale.h", "langinfo.h", "iconv.h", "libintl.h", "wchar.h", "search.h", "regex.h", "glob.h", "fnmatch.h",
        "ftw.h", "dirent.h", "sys/mman.h", "sys/shm.h", "sys/epoll.h", "sys/select.h", "sys/eventfd.h",
        "sys/timerfd.h", "signal.h", "dlfcn.h", "syslog.h", "libgen.h", "getopt.h", "fcntl.h", "sys/stat.h",
        "sys/ioctl.h", "mqueue.h", "execinfo.h", "crypt.h", "wordexp.h", "argz.h"
    ],
    define = "_GNU_SOURCE",
    allow = "time|gmtime|asctime|asctime_r|gmtime_r|timegm|mktime|strftime|strptime|nanosleep|clock_getres|gettimeofday\
        |timer_create|timer_settime|timer_delete|times\
        |getpwnam|getpwnam_r|putpwent|getgrnam|getgrnam_r|getgrouplist|ttyname|ttyname_r|crypt|crypt_r|crypt_ra\
        |inet_pton|inet_ntop|inet_ntoa|inet_aton|getaddrinfo|freeaddrinfo|getnameinfo|gethostbyname|gethostbyname_r\
        |getservbyname_r|if_nameindex|if_freenameindex|if_indextoname|getifaddrs|freeifaddrs|getaddrinfo_a|gai_suspend|gai_error\
        |posix_spawn|posix_spawn_file_actions_init|posix_spawn_file_actions_addopen|posix_spawn_file_actions_destroy\
        |execve|wait|waitpid|prctl|sched_getaffinity|prlimit\
        |read|write|pread|pwrite|readlink|getcwd|get_current_dir_name|unlink|close|pipe\
        |readv|writev|preadv|process_vm_readv|socketpair|send|recv|sendto|recvfrom|sendmsg|recvmsg\
        |setlocale|localeconv|nl_langinfo|newlocale|uselocale|freelocale|gettext|ngettext|textdomain\
        |iconv_open|iconv|iconv_close|mbsrtowcs|wcsrtombs|mbrtowc|wcrtomb|wcstol|wcstok|open_wmemstream|fputws|wcsncmp|wmemmove|wcschr\
        |hsearch|hcreate|hdestroy|tsearch|tfind|tdelete|twalk|tdestroy|lfind|lsearch|insque|remque\
        |regcomp|regexec|regerror|regfree|glob|globfree|fnmatch|wordexp|wordfree|argz_add|argz_next\
        |ftw|nftw|scandir|alphasort|opendir|readdir|readdir_r|closedir\
        |mmap|munmap|mprotect|msync|madvise|mincore|mlock|munlock|mremap|shmat|shmdt\
        |epoll_create1|epoll_ctl|epoll_wait|select|pselect|eventfd|eventfd_read|timerfd_create|timerfd_settime\
        |signal|sigaction|sigaltstack|sigprocmask|sigemptyset|sigaddset|sigandset|sigqueue|sigwaitinfo|raise\
        |dlopen|dlsym|dlerror|dladdr|dlclose|openlog|syslog|closelog|dirname|__xpg_basename|getopt|getopt_long\
        |open|openat|fcntl|ioctl|stat|fstat|mkdir|utimensat|vmsplice|splice|mq_notify|backtrace|backtrace_symbols"
)]
#[allow(missing_docs, non_camel_case_types, non_snake_case, non_upper_case_globals, unused_qualifications, dead_code)]
mod c {}

#[link(name = "crypt")]
unsafe extern "C" {}

unsafe extern "C" {
    static mut optarg: *mut c_char;
    static mut optind: c_int;
}

/// A C structure that starts as zeros.
fn zeroed<T>() -> T {
    // SAFETY: only used for C structures, of which zeros are a value.
    unsafe { std::mem::zeroed() }
}

/// The text behind a C string.
fn text<'a>(text: *const c_char) -> &'a str {
    assert!(!text.is_null());
    // SAFETY: every caller has a C string that outlives the use of the text.
    unsafe { CStr::from_ptr(text) }.to_str().expect("ASCII")
}

/// The address where empty slices of `T` are.
fn dangling<T>() -> *mut T {
    std::ptr::NonNull::dangling().as_ptr()
}

/// <netdb.h>, with _GNU_SOURCE.
const EAI_INPROGRESS: c_int = -100;

fn errno() -> i32 {
    std::io::Error::last_os_error().raw_os_error().unwrap_or(0)
}

/// F007, F019, F027: results in memory of the library, in the argument, and no argument at all.
#[test]
fn dates() {
    at_every_level("dates", || {
        let day: c::time_t = 86_400;
        // SAFETY: every pointer is null where the page allows it, or points to one object or the length given.
        unsafe {
            let tm = c::gmtime(&day);
            assert_eq!(((*tm).tm_year, (*tm).tm_mday), (70, 2));
            assert_eq!(text(c::asctime(tm)), "Fri Jan  2 00:00:00 1970\n");
            let mut exact = vec![0; 26];
            assert_eq!(c::asctime_r(tm, exact.as_mut_ptr()), exact.as_mut_ptr());
            let mut own: Box<c::tm> = Box::new(zeroed());
            assert_eq!(c::gmtime_r(&day, &mut *own), &raw mut *own);
            assert_eq!(c::timegm(&mut *own), day);
            let mut out = vec![0; 16];
            let zone = CString::new("HEAP").expect("no NUL");
            own.tm_zone = zone.as_ptr();
            assert_eq!(c::strftime(out.as_mut_ptr(), out.len(), c"%F %Z".as_ptr(), &*own), 15);
            assert_eq!(text(out.as_ptr()), "1970-01-02 HEAP");
            assert_eq!(c::strftime(dangling(), 0, c"%F".as_ptr(), &*own), 0);
            let line = CString::new("1999-12-31 rest").expect("no NUL");
            let rest = c::strptime(line.as_ptr(), c"%F".as_ptr(), &mut *own);
            assert_eq!((text(rest), rest.cast_const()), (" rest", line.as_ptr().add(10)));
            own.tm_zone = null();
            assert_ne!(c::mktime(&mut *own), -1);
            assert!(c::time(null_mut()) > day);
            assert_eq!(c::clock_getres(0, null_mut()), 0);
            assert_eq!(c::gettimeofday(null_mut(), null_mut()), 0);
            assert_ne!(c::times(null_mut()), -1);
            let mut pause = c::timespec { tv_sec: 0, tv_nsec: 1 };
            let both = &raw mut pause;
            assert_eq!(c::nanosleep(both, both), 0);
            assert_eq!(c::nanosleep(&pause, null_mut()), 0);
        }
    });
}

/// F027, F028: users; records whose fields lie in the caller's buffer.
#[test]
fn users() {
    at_every_level("users", || {
        // SAFETY: names are C strings, buffers as long as said.
        unsafe {
            let root = c::getpwnam(c"root".as_ptr());
            assert_eq!((*root).pw_uid, 0);
            assert_eq!(text((*root).pw_name), "root");
            assert_eq!((*c::getgrnam(c"root".as_ptr())).gr_gid, 0);
            let mut buf: Vec<c_char> = vec![0; 1024];
            let (mut pwd, mut found) = (Box::new(zeroed::<c::passwd>()), null_mut());
            let code = c::getpwnam_r(c"root".as_ptr(), &mut *pwd, buf.as_mut_ptr(), buf.len(), &mut found);
            assert_eq!((code, found), (0, &raw mut *pwd));
            assert!(buf.as_mut_ptr_range().contains(&pwd.pw_name));
            // The record goes back in: C follows its fields into the buffer.
            let file = libc::tmpfile();
            assert_eq!(c::putpwent(&*pwd, file.cast()), 0);
            assert_eq!(libc::fclose(file), 0);
            let code = c::getpwnam_r(c"nobody at all".as_ptr(), &mut *pwd, buf.as_mut_ptr(), buf.len(), &mut found);
            assert!(code == 0 && found.is_null());
            // Too short, of length 0 even.
            let code = c::getpwnam_r(c"root".as_ptr(), &mut *pwd, dangling(), 0, &mut found);
            assert_eq!(code, libc::ERANGE);
            let (mut grp, mut found) = (zeroed::<c::group>(), null_mut());
            let code = c::getgrnam_r(c"root".as_ptr(), &mut grp, buf.as_mut_ptr(), buf.len(), &mut found);
            assert_eq!((code, text(grp.gr_name)), (0, "root"));
            let mut count = 0;
            assert_eq!(c::getgrouplist(c"root".as_ptr(), 0, dangling(), &mut count), -1);
            let mut groups = vec![0; count as usize];
            assert_eq!(c::getgrouplist(c"root".as_ptr(), 0, groups.as_mut_ptr(), &mut count), count);
            assert!(c::ttyname(-1).is_null());
            assert_ne!(c::ttyname_r(-1, buf.as_mut_ptr(), buf.len()), 0);
        }
    });
}

/// F027: results of crypt; a block that C allocates and moves.
#[test]
fn passwords() {
    at_every_level("passwords", || {
        // SAFETY: C strings, one structure of the library's own size, and a variable for its block.
        unsafe {
            let setting = c"$6$saltsalt$";
            let first = text(c::crypt(c"secret".as_ptr(), setting.as_ptr())).to_owned();
            assert!(first.starts_with("$6$saltsalt$"));
            let mut data: Box<std::mem::MaybeUninit<c::crypt_data>> = Box::new(std::mem::MaybeUninit::zeroed());
            assert_eq!(text(c::crypt_r(c"secret".as_ptr(), setting.as_ptr(), data.as_mut_ptr())), first);
            let (mut block, mut size) = (null_mut(), 0);
            assert_eq!(text(c::crypt_ra(c"secret".as_ptr(), setting.as_ptr(), &mut block, &mut size)), first);
            assert!(size > 0);
            libc::free(block);
        }
    });
}

/// F007, F027, F028, F037, F038: addresses and names.
#[test]
fn names() {
    at_every_level("names", || {
        // SAFETY: strings, addresses and buffers are as long as said, and lists are released as they came.
        unsafe {
            // Four bytes are enough for this family.
            let mut address = vec![0_u8; 4];
            assert_eq!(c::inet_pton(libc::AF_INET, c"127.0.0.1".as_ptr(), address.as_mut_ptr().cast()), 1);
            assert_eq!(address, [127, 0, 0, 1]);
            let mut out = vec![0; 16];
            let result = c::inet_ntop(libc::AF_INET, address.as_ptr().cast(), out.as_mut_ptr(), 16);
            assert_eq!((result, text(result)), (out.as_ptr(), "127.0.0.1"));
            let mut number = c::in_addr { s_addr: 0 };
            assert_eq!(c::inet_aton(c"127.0.0.2".as_ptr(), &mut number), 1);
            assert_eq!(text(c::inet_ntoa(number)), "127.0.0.2");
            let mut hints: Box<c::addrinfo> = Box::new(zeroed());
            (hints.ai_family, hints.ai_flags) = (libc::AF_INET, libc::AI_NUMERICHOST | libc::AI_NUMERICSERV);
            let mut list = null_mut();
            assert_eq!(c::getaddrinfo(c"127.0.0.1".as_ptr(), c"80".as_ptr(), &*hints, &mut list), 0);
            let mut host: Vec<c_char> = vec![0; 64];
            let flags = libc::NI_NUMERICHOST;
            let (sa, len) = ((*list).ai_addr, (*list).ai_addrlen);
            assert_eq!(c::getnameinfo(sa, len, host.as_mut_ptr(), 64, null_mut(), 0, flags), 0);
            assert_eq!(text(host.as_ptr()), "127.0.0.1");
            c::freeaddrinfo(list);
            hints.ai_flags |= libc::AI_PASSIVE;
            assert_eq!(c::getaddrinfo(null(), c"80".as_ptr(), &*hints, &mut list), 0);
            c::freeaddrinfo(list);
            assert_eq!((*c::gethostbyname(c"127.0.0.1".as_ptr())).h_length, 4);
            let (mut entry, mut found, mut code) = (zeroed::<c::hostent>(), null_mut(), 0);
            let mut buf: Vec<c_char> = vec![0; 1024];
            let name = c"127.0.0.1".as_ptr();
            let failed = c::gethostbyname_r(name, &mut entry, buf.as_mut_ptr(), buf.len(), &mut found, &mut code);
            assert_eq!((failed, found), (0, &raw mut entry));
            assert!(buf.as_mut_ptr_range().contains(&entry.h_name));
            let (mut service, mut found) = (zeroed::<c::servent>(), null_mut());
            let name = c"no such service".as_ptr();
            let code = c::getservbyname_r(name, null(), &mut service, buf.as_mut_ptr(), buf.len(), &mut found);
            assert!(code == 0 && found.is_null());
            let all = c::if_nameindex();
            if !all.is_null() {
                let mut name = vec![0; 16];
                if (*all).if_index != 0 {
                    assert_eq!(c::if_indextoname((*all).if_index, name.as_mut_ptr()), name.as_mut_ptr());
                }
                c::if_freenameindex(all);
            }
            let mut interfaces = null_mut();
            if c::getifaddrs(&mut interfaces) == 0 {
                c::freeifaddrs(interfaces);
            }
        }
    });
}

/// F050: requests that stay in use until they are done.
#[test]
fn names_later() {
    at_every_level("names_later", || {
        let host = CString::new("127.0.0.1").expect("no NUL");
        let mut hints: Box<c::addrinfo> = Box::new(zeroed());
        hints.ai_flags = libc::AI_NUMERICHOST;
        let mut request: Box<c::gaicb> = Box::new(zeroed());
        request.ar_name = host.as_ptr();
        request.ar_request = &*hints;
        let pointer = &raw mut *request;
        for mode in [0, 1] {
            let mut list = vec![pointer, null_mut()];
            // SAFETY: the request, its name and its hints live until it is done.
            unsafe {
                assert_eq!(c::getaddrinfo_a(mode, list.as_mut_ptr(), 2, null_mut()), 0);
                while c::gai_error(pointer) == EAI_INPROGRESS {
                    c::gai_suspend(list.as_ptr().cast(), 2, null());
                }
                assert_eq!(c::gai_error(pointer), 0);
                c::freeaddrinfo((*pointer).ar_result);
            }
        }
        drop((host, hints));
        // SAFETY: what the request pointed to is not looked at.
        assert_eq!(unsafe { c::gai_error(pointer) }, 0);
    });
}

/// F019, F035: vectors of strings, read though not const; no status wanted.
#[test]
fn programs() {
    at_every_level("programs", || {
        let strings = ["sh", "-c", "exit $CODE", "CODE=7"].map(|text| CString::new(text).expect("no NUL"));
        let pointers = strings.each_ref().map(|text| text.as_ptr().cast_mut());
        let argv = vec![pointers[0], pointers[1], pointers[2], null_mut()];
        let envp = vec![pointers[3], null_mut()];
        let mut actions: Box<c::posix_spawn_file_actions_t> = Box::new(zeroed());
        let (mut child, mut status) = (0, 0);
        // SAFETY: both vectors end with null, and everything lives through the calls.
        unsafe {
            assert_eq!(c::posix_spawn_file_actions_init(&mut *actions), 0);
            // The path is copied.
            let path = CString::new("/dev/null").expect("no NUL");
            assert_eq!(c::posix_spawn_file_actions_addopen(&mut *actions, 1, path.as_ptr(), libc::O_WRONLY, 0), 0);
            drop(path);
            let program = c"/bin/sh".as_ptr();
            assert_eq!(c::posix_spawn(&mut child, program, &*actions, null(), argv.as_ptr(), envp.as_ptr()), 0);
            assert_eq!(c::waitpid(child, &mut status, 0), child);
            assert_eq!(libc::WEXITSTATUS(status), 7);
            assert_eq!(c::posix_spawn(null_mut(), program, null(), null(), argv.as_ptr(), envp.as_ptr()), 0);
            assert!(c::wait(null_mut()) > 0);
            assert_eq!(c::posix_spawn_file_actions_destroy(&mut *actions), 0);
            assert_eq!(c::execve(c"/no/such/program".as_ptr(), argv.as_ptr(), envp.as_ptr()), -1);
            assert_eq!(c::execve(c"/no/such/program".as_ptr(), null(), null()), -1);
            let mut mask = vec![0_u64; 16];
            assert_eq!(c::sched_getaffinity(0, 128, mask.as_mut_ptr().cast()), 0);
            let mut limit: c::rlimit = zeroed();
            assert_eq!(c::prlimit(0, libc::RLIMIT_NOFILE, null(), &mut limit), 0);
            let both = &raw mut limit;
            assert_eq!(c::prlimit(0, libc::RLIMIT_NOFILE, both, both), 0);
        }
    });
}

/// F034, F039: variadic functions, whose request decides what follows.
#[test]
fn requests() {
    at_every_level("requests", || {
        // SAFETY: each request gets the argument of its page.
        unsafe {
            let fd = c::open(c"/proc/self/exe".as_ptr(), libc::O_RDONLY);
            assert!(fd >= 0);
            let flags = c::fcntl(fd, libc::F_GETFL);
            assert_eq!(flags & libc::O_ACCMODE, libc::O_RDONLY);
            assert_eq!(c::fcntl(fd, libc::F_SETFD, libc::FD_CLOEXEC), 0);
            assert_eq!(c::close(fd), 0);
            let fd = c::openat(libc::AT_FDCWD, c".".as_ptr(), libc::O_RDONLY | libc::O_DIRECTORY);
            assert!(fd >= 0);
            assert_eq!(c::close(fd), 0);
            let mut ends = [0; 2];
            assert_eq!(c::pipe(ends.as_mut_ptr()), 0);
            assert_eq!(c::write(ends[1], b"abc".as_ptr().cast(), 3), 3);
            let mut waiting = Box::new(0);
            assert_eq!(c::ioctl(ends[0], libc::FIONREAD, &raw mut *waiting), 0);
            assert_eq!(*waiting, 3);
            let mut name = vec![0_u8; 16];
            assert_eq!(c::prctl(libc::PR_SET_NAME, c"legal".as_ptr()), 0);
            assert_eq!(c::prctl(libc::PR_GET_NAME, name.as_mut_ptr()), 0);
            assert_eq!(&name[..6], b"legal\0");
        }
    });
}

/// F011, F013, F016, F017: paths, buffers without a terminator, and length 0 with any pointer.
#[test]
fn files() {
    at_every_level("files", || {
        // SAFETY: buffers are as long as said; with length 0 nothing is touched.
        unsafe {
            let mut buf: Vec<c_char> = vec![0x7f; 4];
            let length = c::readlink(c"/proc/self/exe".as_ptr(), buf.as_mut_ptr(), 4);
            assert_eq!(length, 4);
            assert_ne!(buf[3], 0);
            let mut state: Box<c::stat> = Box::new(zeroed());
            assert_eq!(c::stat(c"/".as_ptr(), &mut *state), 0);
            assert_eq!(state.st_mode & libc::S_IFMT, libc::S_IFDIR);
            assert_eq!(c::unlink(c"/no/such/file".as_ptr()), -1);
            let path = c::getcwd(null_mut(), 0);
            let same = c::get_current_dir_name();
            assert_eq!(text(path), text(same));
            libc::free(path.cast());
            libc::free(same.cast());
            let fd = c::open(c"/proc/self/exe".as_ptr(), libc::O_RDONLY);
            let nothing: &[u8] = &[];
            assert_eq!(c::read(fd, Vec::<u8>::new().as_mut_ptr().cast(), 0), 0);
            assert_eq!(c::pread(fd, null_mut(), 0, 0), 0);
            let mut ends = [0; 2];
            assert_eq!(c::socketpair(libc::AF_UNIX, libc::SOCK_STREAM, 0, ends.as_mut_ptr()), 0);
            assert_eq!(c::send(ends[0], nothing.as_ptr().cast(), 0, 0), 0);
            assert_eq!(c::write(ends[0], dangling::<u8>().cast(), 0), 0);
            assert!(c::recv(ends[1], dangling::<u8>().cast(), 0, libc::MSG_DONTWAIT) <= 0);
            let data = b"in flight".to_vec();
            // Without SO_ZEROCOPY the flag means nothing.
            assert_eq!(c::send(ends[0], data.as_ptr().cast(), data.len(), libc::MSG_ZEROCOPY), 9);
            let mut back = vec![0_u8; 9];
            assert_eq!(c::recv(ends[1], back.as_mut_ptr().cast(), 9, 0), 9);
            assert_eq!(back, data);
            assert_eq!(c::sendto(ends[0], data.as_ptr().cast(), 2, 0, null(), 0), 2);
            assert_eq!(c::recvfrom(ends[1], back.as_mut_ptr().cast(), 9, 0, null_mut(), null_mut()), 2);
            for fd in [fd, ends[0], ends[1]] {
                assert_eq!(c::close(fd), 0);
            }
            assert_eq!(c::utimensat(libc::AT_FDCWD, c"/no/such/file".as_ptr(), null(), 0), -1);
        }
    });
}

/// F036, F049: vectors of buffers, written through though const; addresses of another process.
#[test]
fn vectors() {
    at_every_level("vectors", || {
        let (mut first, mut second) = (b"one ".to_vec(), b"two".to_vec());
        let part = |buf: &mut Vec<u8>| c::iovec { iov_base: buf.as_mut_ptr().cast(), iov_len: buf.len() };
        let empty = c::iovec { iov_base: dangling::<u8>().cast(), iov_len: 0 };
        let list = vec![part(&mut first), empty, part(&mut second)];
        let (mut left, mut right) = (vec![0_u8; 4], vec![0_u8; 3]);
        let into = vec![part(&mut left), part(&mut right)];
        let mut ends = [0; 2];
        // SAFETY: each vector's buffers are as long as it says, and live through the calls.
        unsafe {
            assert_eq!(c::socketpair(libc::AF_UNIX, libc::SOCK_STREAM, 0, ends.as_mut_ptr()), 0);
            assert_eq!(c::writev(ends[0], list.as_ptr(), 3), 7);
            assert_eq!(c::readv(ends[1], into.as_ptr(), 2), 7);
            assert_eq!((&*left, &*right), (&b"one "[..], &b"two"[..]));
            assert_eq!(c::writev(ends[0], dangling(), 0), 0);
            let mut message: c::msghdr = zeroed();
            (message.msg_iov, message.msg_iovlen) = (list.as_ptr().cast_mut(), 3);
            assert_eq!(c::sendmsg(ends[0], &message, 0), 7);
            let mut control = vec![0_u8; 64];
            (message.msg_iov, message.msg_iovlen) = (into.as_ptr().cast_mut(), 2);
            (message.msg_control, message.msg_controllen) = (control.as_mut_ptr().cast(), 64);
            assert_eq!(c::recvmsg(ends[1], &mut message, 0), 7);
            assert_eq!(message.msg_controllen, 0);
            let remote = vec![c::iovec { iov_base: first.as_mut_ptr().cast(), iov_len: 4 }];
            left.fill(0);
            let copied = c::process_vm_readv(libc::getpid(), into.as_ptr(), 1, remote.as_ptr(), 1, 0);
            if copied != -1 {
                assert_eq!(left, b"one ");
            }
            let remote = vec![c::iovec { iov_base: std::ptr::without_provenance_mut(0x10), iov_len: 4 }];
            assert_eq!(c::process_vm_readv(libc::getpid(), into.as_ptr(), 1, remote.as_ptr(), 1, 0), -1);
            let mut pipe = [0; 2];
            assert_eq!(c::pipe(pipe.as_mut_ptr()), 0);
            assert_eq!(c::vmsplice(pipe[1], list.as_ptr(), 1, 0), 4);
            assert_eq!(c::read(pipe[0], left.as_mut_ptr().cast(), 4), 4);
            assert_eq!(left, b"one ");
            let fd = c::open(c"/proc/self/exe".as_ptr(), libc::O_RDONLY);
            assert_eq!(c::preadv(fd, into.as_ptr(), 2, 1), 7);
            assert_eq!(&left[..3], b"ELF");
            let mut offset = Box::new(1);
            assert_eq!(c::splice(fd, &mut *offset, pipe[1], null_mut(), 3, 0), 3);
            assert_eq!(*offset, 4);
        }
    });
}

/// F020: edited in place; the result is the argument, or static.
#[test]
fn paths() {
    at_every_level("paths", || {
        let mut path = b"/usr/lib/\0".to_vec();
        let start: *mut c_char = path.as_mut_ptr().cast();
        // SAFETY: a C string that may be written, or null.
        unsafe {
            assert_eq!(text(c::__xpg_basename(start)), "lib");
            let parent = c::dirname(start);
            assert_eq!((text(parent), parent), ("/usr", start));
            assert_eq!(text(c::dirname(null_mut())), ".");
            assert_eq!(text(c::__xpg_basename(null_mut())), ".");
        }
    });
}

/// F021: the vector is permuted, and the scan keeps pointers into the strings.
#[test]
fn options() {
    at_every_level("options", || {
        let strings = ["program", "file", "-o", "value", "--deep=3"].map(|text| CString::new(text).expect("no NUL"));
        let mut argv: Vec<*mut c_char> = strings.iter().map(|text| text.as_ptr().cast_mut()).collect();
        argv.push(null_mut());
        // SAFETY: argc strings and a null; nobody else scans in this process.
        unsafe {
            assert_eq!(c::getopt(3, argv.as_ptr(), c"o".as_ptr()), c_int::from(b'o'));
            assert_eq!(c::getopt(3, argv.as_ptr(), c"o".as_ptr()), -1);
            assert_eq!(argv[1], strings[2].as_ptr().cast_mut());
            argv.swap(1, 2);
            optind = 0;
            let mut flag = Box::new(0);
            let name = CString::new("deep").expect("no NUL");
            let long = c::option { name: name.as_ptr(), has_arg: 1, flag: &mut *flag, val: 42 };
            let list = vec![long, zeroed()];
            let mut index = -1;
            let next = |index: *mut c_int| c::getopt_long(5, argv.as_ptr(), c"o:".as_ptr(), list.as_ptr(), index);
            assert_eq!(next(null_mut()), c_int::from(b'o'));
            assert_eq!({ optarg }, strings[3].as_ptr().cast_mut());
            assert_eq!(next(&mut index), 0);
            assert_eq!((*flag, index, text(optarg)), (42, 0, "3"));
            assert_eq!(next(&mut index), -1);
            assert_eq!(text(argv[4]), "file");
            assert_eq!(c::getopt_long(5, argv.as_ptr(), c"".as_ptr(), null(), null_mut()), -1);
        }
    });
}

/// F022: the name is kept until the log is closed.
#[test]
fn logs() {
    at_every_level("logs", || {
        let name = CString::new("pinned-ffi-legal").expect("no NUL");
        // SAFETY: the name lives until another takes its place.
        unsafe {
            c::openlog(name.as_ptr(), 0, libc::LOG_USER);
            c::syslog(libc::LOG_DEBUG, c"%s".as_ptr(), c"a line".as_ptr());
            c::openlog(null(), 0, libc::LOG_USER);
            drop(name);
            c::syslog(libc::LOG_DEBUG, c"%d".as_ptr(), 1);
            c::closelog();
        }
    });
}

unsafe extern "C" fn by_address(a: *const c_void, b: *const c_void) -> c_int {
    a.addr().cmp(&b.addr()) as c_int
}

unsafe extern "C" fn by_value(a: *const c_void, b: *const c_void) -> c_int {
    // SAFETY: the callers below give pointers to i32 only.
    unsafe { (*a.cast::<i32>()).cmp(&*b.cast::<i32>()) as c_int }
}

static VISITS: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);

unsafe extern "C" fn visit(_: *const c_void, _: c::VISIT, _: c_int) {
    VISITS.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
}

unsafe extern "C" fn keep(_: *mut c_void) {}

/// F006, F023, F024: keys that are kept, or are no addresses; callbacks during the call.
#[test]
fn trees() {
    at_every_level("trees", || {
        let number = |number: usize| std::ptr::without_provenance_mut::<c_void>(number);
        // SAFETY: keys live as long as they are in a tree, table or list; integers are compared as such.
        unsafe {
            let mut root = null_mut();
            for key in [3, 1, 2] {
                assert!(!c::tsearch(number(key), &mut root, Some(by_address)).is_null());
            }
            assert!(!c::tfind(number(2), &root.cast_const().cast_mut(), Some(by_address)).is_null());
            c::twalk(root, Some(visit));
            assert!(VISITS.load(std::sync::atomic::Ordering::Relaxed) > 2);
            c::tdestroy(root, Some(keep));
            let mut root = null_mut();
            let key = Box::new(5);
            let kept: *const i32 = &raw const *key;
            let node = c::tsearch(kept.cast(), &mut root, Some(by_value));
            assert_eq!(*node.cast::<*const i32>(), kept);
            let other = 5;
            assert_eq!(c::tsearch((&raw const other).cast(), &mut root, Some(by_value)), node);
            assert!(!c::tdelete((&raw const other).cast(), &mut root, Some(by_value)).is_null());
            assert!(root.is_null());
            drop(key);

            assert_ne!(c::hcreate(10), 0);
            let text = CString::new("key").expect("no NUL");
            let entry = c::entry { key: text.as_ptr().cast_mut(), data: number(7) };
            assert!(!c::hsearch(entry, 1).is_null());
            let asked = CString::new("key").expect("no NUL");
            let entry = c::entry { key: asked.as_ptr().cast_mut(), data: null_mut() };
            let found = c::hsearch(entry, 0);
            assert_eq!(((*found).key.cast_const(), (*found).data), (text.as_ptr(), number(7)));
            c::hdestroy();

            let mut list = vec![4, 5, 6, 0];
            let (start, mut count) = (list.as_mut_ptr(), 3_usize);
            let found = c::lfind((&raw const other).cast(), start.cast(), &mut count, 4, Some(by_value));
            assert_eq!(found, start.add(1).cast());
            let new = 9;
            assert_eq!(
                c::lsearch((&raw const new).cast(), start.cast(), &mut count, 4, Some(by_value)),
                start.add(3).cast()
            );
            // Full now, and the key lies in the array.
            let found = c::lsearch(start.add(2).cast(), start.cast(), &mut count, 4, Some(by_value));
            assert_eq!((found, count), (start.add(2).cast(), 4));
            let mut none = 0;
            assert!(
                c::lfind((&raw const new).cast(), dangling::<i32>().cast(), &mut none, 4, Some(by_value)).is_null()
            );

            let mut one: Box<[*mut c_void; 2]> = Box::new([null_mut(); 2]);
            let mut two: Box<[*mut c_void; 2]> = Box::new([null_mut(); 2]);
            let (first, second): (*mut c_void, *mut c_void) = ((&raw mut *one).cast(), (&raw mut *two).cast());
            c::insque(first, null_mut());
            c::insque(second, first);
            assert_eq!(*first.cast::<*mut c_void>(), second);
            c::remque(second);
            c::remque(first);
            drop((one, two));
        }
    });
}

unsafe extern "C" fn go_on(_: *const c_char, _: c_int) -> c_int {
    0
}

/// F024, F032: compiled patterns with memory of C's own; strings without a terminator.
#[test]
fn patterns() {
    at_every_level("patterns", || {
        // SAFETY: patterns are C strings; the string without an end has the bounds that `pmatch` gives.
        unsafe {
            let mut regex: Box<std::mem::MaybeUninit<c::regex_t>> = Box::new(std::mem::MaybeUninit::uninit());
            let pattern = CString::new("b(c*)").expect("no NUL");
            assert_eq!(c::regcomp(regex.as_mut_ptr(), pattern.as_ptr(), libc::REG_EXTENDED), 0);
            drop(pattern);
            let mut found: Vec<c::regmatch_t> = vec![zeroed(); 2];
            assert_eq!(c::regexec(regex.as_ptr(), c"abcc".as_ptr(), 2, found.as_mut_ptr(), 0), 0);
            assert_eq!((found[1].rm_so, found[1].rm_eo), (2, 4));
            assert_eq!(c::regexec(regex.as_ptr(), c"xyz".as_ptr(), 0, null_mut(), 0), libc::REG_NOMATCH);
            let bare = b"abc".to_vec();
            (found[0].rm_so, found[0].rm_eo) = (1, 3);
            assert_eq!(c::regexec(regex.as_ptr(), bare.as_ptr().cast(), 1, found.as_mut_ptr(), 1 << 2), 0);
            assert_eq!((found[0].rm_so, found[0].rm_eo), (1, 3));
            c::regfree(regex.as_mut_ptr());
            let length = c::regerror(libc::REG_NOMATCH, null(), null_mut(), 0);
            let mut message = vec![0; length];
            assert_eq!(c::regerror(libc::REG_NOMATCH, null(), message.as_mut_ptr(), length), length);

            let mut paths: Box<c::glob_t> = Box::new(zeroed());
            assert_eq!(c::glob(c"/usr/li[b]".as_ptr(), 0, Some(go_on), &mut *paths), 0);
            assert_eq!(c::glob(c"/us[r]".as_ptr(), libc::GLOB_APPEND, None, &mut *paths), 0);
            assert_eq!((paths.gl_pathc, text(*paths.gl_pathv)), (2, "/usr/lib"));
            c::globfree(&mut *paths);
            assert_eq!(c::fnmatch(c"*.rs".as_ptr(), c"a.rs".as_ptr(), 0), 0);
            let mut words: c::wordexp_t = zeroed();
            assert_eq!(c::wordexp(c"a 'b c'".as_ptr(), &mut words, 0), 0);
            assert_eq!(words.we_wordc, 2);
            c::wordfree(&mut words);
            let (mut vector, mut length) = (null_mut(), 0);
            assert_eq!(c::argz_add(&mut vector, &mut length, c"one".as_ptr()), 0);
            assert_eq!(c::argz_add(&mut vector, &mut length, c"two".as_ptr()), 0);
            let first = c::argz_next(vector, length, null());
            assert_eq!(text(c::argz_next(vector, length, first)), "two");
            assert!(c::argz_next(null(), 0, null()).is_null());
            libc::free(vector.cast());
        }
    });
}

/// What a program may find in memory that it has not written: addresses of blocks that are gone.
#[test]
fn stale_times() {
    at_every_level("stale_times", || {
        let gone = Box::into_raw(Box::new([0_u8; 64]));
        // SAFETY: the block is given back as it came; nothing reads the zone's name.
        unsafe {
            drop(Box::from_raw(gone));
            let mut tm: c::tm = zeroed();
            tm.tm_zone = gone.cast();
            assert!(!c::strptime(c"2000".as_ptr(), c"%Y".as_ptr(), &mut tm).is_null());
            assert_ne!(c::mktime(&mut tm), 0);
        }
    });
}

/// The same where a pointer moves along a buffer of no bytes.
#[test]
fn stale_cursors() {
    at_every_level("stale_cursors", || {
        let gone = Box::into_raw(Box::new([0_u8; 64]));
        let mut out = vec![0_u8; 8];
        // SAFETY: the block is given back as it came; no byte of it is left to convert.
        unsafe {
            drop(Box::from_raw(gone));
            let cd = c::iconv_open(c"UTF-16LE".as_ptr(), c"UTF-8".as_ptr());
            let (mut inbuf, mut left): (*mut c_char, usize) = (gone.cast(), 0);
            let (mut outbuf, mut room): (*mut c_char, usize) = (out.as_mut_ptr().cast(), 8);
            assert_eq!(c::iconv(cd, &mut inbuf, &mut left, &mut outbuf, &mut room), 0);
            assert_eq!(c::iconv_close(cd), 0);
        }
    });
}

/// The same where the structure has memory of C's own inside, of which the caller's bytes say nothing yet.
#[test]
fn stale_vectors() {
    at_every_level("stale_vectors", || {
        let gone = Box::into_raw(Box::new([0_u8; 64]));
        // SAFETY: the block is given back as it came; C writes both structures before it reads them.
        unsafe {
            drop(Box::from_raw(gone));
            let mut paths: c::glob_t = zeroed();
            paths.gl_pathv = gone.cast();
            assert_eq!(c::glob(c"/us[r]".as_ptr(), 0, None, &mut paths), 0);
            c::globfree(&mut paths);
            let mut words: c::wordexp_t = zeroed();
            words.we_wordv = gone.cast();
            assert_eq!(c::wordexp(c"a".as_ptr(), &mut words, 0), 0);
            c::wordfree(&mut words);
        }
    });
}

unsafe extern "C" fn walk(_: *const c_char, _: *const c::stat, _: c_int) -> c_int {
    VISITS.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    0
}

unsafe extern "C" fn walk_more(_: *const c_char, _: *const c::stat, _: c_int, place: *mut c::FTW) -> c_int {
    // SAFETY: nftw gives a valid pointer.
    if unsafe { (*place).level } == 1 { 5 } else { 0 }
}

unsafe extern "C" fn only_files(entry: *const c::dirent) -> c_int {
    // SAFETY: scandir gives a valid pointer.
    c_int::from(unsafe { (*entry).d_name[0] } != b'.' as c_char)
}

/// F011, F024: walks with callbacks; vectors for `free`.
#[test]
fn walks() {
    at_every_level("walks", || {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for name in ["b", "a"] {
            std::fs::write(folder.path().join(name), name).expect("written");
        }
        let path = CString::new(folder.path().to_str().expect("UTF-8")).expect("no NUL");
        // SAFETY: a C string; results are used before they go.
        unsafe {
            assert_eq!(c::ftw(path.as_ptr(), Some(walk), 4), 0);
            assert_eq!(VISITS.load(std::sync::atomic::Ordering::Relaxed), 3);
            assert_eq!(c::nftw(path.as_ptr(), Some(walk_more), 4, 0), 5);
            let mut list = null_mut();
            assert_eq!(c::scandir(path.as_ptr(), &mut list, Some(only_files), Some(c::raw::alphasort)), 2);
            assert_eq!(c::alphasort(list.cast(), list.add(1).cast()), -1);
            assert_eq!(text((**list).d_name.as_ptr()), "a");
            libc::free((*list).cast());
            libc::free((*list.add(1)).cast());
            libc::free(list.cast());
            assert_eq!(c::scandir(path.as_ptr(), &mut list, None, None), 4);
            for number in 0..4 {
                libc::free((*list.add(number)).cast());
            }
            libc::free(list.cast());
            let dir = c::opendir(path.as_ptr());
            let mut count = 0;
            while !c::readdir(dir).is_null() {
                count += 1;
            }
            assert_eq!(count, 4);
            assert_eq!(c::closedir(dir), 0);
            // Room for the longest name, as the page computes it: less than the type has.
            let layout = std::alloc::Layout::from_size_align(19 + 255 + 1, 8).expect("a layout");
            let short = std::alloc::alloc(layout).cast::<c::dirent>();
            let mut found = null_mut();
            let dir = c::opendir(path.as_ptr());
            assert_eq!((c::readdir_r(dir, short, &mut found), found), (0, short));
            std::alloc::dealloc(short.cast(), layout);
            assert_eq!(c::closedir(dir), 0);
        }
    });
}

static SIGNALS: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);

unsafe extern "C" fn on_signal(_: c_int) {
    SIGNALS.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
}

/// F025, F026: handlers that are numbers; a stack that the kernel keeps; structures that are copied.
#[test]
fn handlers() {
    at_every_level("handlers", || {
        let count = || SIGNALS.load(std::sync::atomic::Ordering::Relaxed);
        // SAFETY: handlers do nothing but count; the stack lives until another takes its place.
        unsafe {
            let ignore: c::__sighandler_t = std::mem::transmute(libc::SIG_IGN);
            assert!(c::signal(libc::SIGUSR1, ignore).is_none());
            assert_eq!(c::raise(libc::SIGUSR1), 0);
            assert_eq!(c::signal(libc::SIGUSR1, None).map_or(0, |handler| handler as usize), libc::SIG_IGN);
            let mut before: Box<c::stack_t> = Box::new(zeroed());
            let mut stack = vec![0_u8; 256 * 1024];
            let mine = Box::new(c::stack_t { ss_sp: stack.as_mut_ptr().cast(), ss_flags: 0, ss_size: 256 * 1024 });
            assert_eq!(c::sigaltstack(&*mine, &mut *before), 0);
            drop(mine);
            let mut action: Box<c::sigaction> = Box::new(zeroed());
            action.__sigaction_handler.sa_handler = Some(on_signal);
            action.sa_flags = libc::SA_ONSTACK;
            assert_eq!(c::sigaction(libc::SIGUSR1, &*action, null_mut()), 0);
            drop(action);
            assert_eq!(c::raise(libc::SIGUSR1), 0);
            assert_eq!(count(), 1);
            let mut old: c::sigaction = zeroed();
            assert_eq!(c::sigaction(libc::SIGUSR1, null(), &mut old), 0);
            assert_eq!(old.sa_flags & libc::SA_ONSTACK, libc::SA_ONSTACK);
            let off = c::stack_t { ss_sp: dangling::<u8>().cast(), ss_flags: libc::SS_DISABLE, ss_size: 1 };
            assert_eq!(c::sigaltstack(&off, null_mut()), 0);
            assert_eq!(c::sigaltstack(null(), &mut *before), 0);
            assert_eq!(before.ss_flags, libc::SS_DISABLE);
            // With SS_DISABLE the other fields are ignored, whatever is in them.
            let off = c::stack_t { ss_sp: stack.as_mut_ptr().cast(), ..off };
            drop(stack);
            assert_eq!(c::sigaltstack(&off, null_mut()), 0);

            let mut set: Box<c::sigset_t> = Box::new(zeroed());
            let all = &raw mut *set;
            assert_eq!(c::sigemptyset(all), 0);
            assert_eq!(c::sigaddset(all, libc::SIGUSR2), 0);
            assert_eq!(c::sigandset(all, all, all), 0);
            let mut old: c::sigset_t = zeroed();
            assert_eq!(c::sigprocmask(libc::SIG_BLOCK, all, &mut old), 0);
            assert_eq!(c::sigprocmask(libc::SIG_BLOCK, null(), &mut old), 0);
            let value = c::sigval { sival_ptr: std::ptr::without_provenance_mut(0x1234_5678) };
            // To this thread: other threads of the harness do not block it.
            let _ = value;
            assert_eq!(c::raise(libc::SIGUSR2), 0);
            let mut info: c::siginfo_t = zeroed();
            assert_eq!(c::sigwaitinfo(all, &mut info), libc::SIGUSR2);
            assert_eq!(info.si_signo, libc::SIGUSR2);
            assert_eq!(c::sigqueue(libc::getpid(), 0, value), 0);
        }
    });
}

/// F027, F030, F034: locales, with values in a handle's place; texts that may be the argument.
#[test]
fn locales() {
    at_every_level("locales", || {
        // SAFETY: C strings, null where the page allows it, and handles of the library.
        unsafe {
            assert_eq!(text(c::setlocale(libc::LC_ALL, null())), "C");
            assert!(!c::setlocale(libc::LC_ALL, c"C".as_ptr()).is_null());
            assert_eq!(text((*c::localeconv()).decimal_point), ".");
            assert_eq!(text(c::nl_langinfo(libc::CODESET)), "ANSI_X3.4-1968");
            let locale = c::newlocale(libc::LC_ALL_MASK, c"C".as_ptr(), null_mut());
            assert!(!locale.is_null());
            let before = c::uselocale(locale);
            assert_eq!(before, std::ptr::without_provenance_mut(usize::MAX));
            assert_eq!(c::uselocale(null_mut()), locale);
            assert_eq!(c::uselocale(before), locale);
            c::freelocale(locale);
            let message = CString::new("nothing translates this").expect("no NUL");
            assert_eq!(c::gettext(message.as_ptr()).cast_const(), message.as_ptr());
            let plural = CString::new("many").expect("no NUL");
            assert_eq!(c::ngettext(message.as_ptr(), plural.as_ptr(), 2).cast_const(), plural.as_ptr());
            assert_eq!(text(c::textdomain(null())), "messages");
        }
    });
}

/// F018, F031: pointers that C moves along a buffer, to one past its end.
#[test]
fn conversions() {
    at_every_level("conversions", || {
        // SAFETY: pointers and lengths go together, before and after each call.
        unsafe {
            let cd = c::iconv_open(c"UTF-16LE".as_ptr(), c"UTF-8".as_ptr());
            assert_ne!(cd.addr(), usize::MAX);
            let (mut from, mut to) = (b"abcdefgh".to_vec(), vec![0_u8; 16]);
            let (mut inbuf, mut outbuf): (*mut c_char, *mut c_char) =
                (from.as_mut_ptr().cast(), to.as_mut_ptr().cast());
            let (mut left, mut room) = (8, 16);
            assert_eq!(c::iconv(cd, &mut inbuf, &mut left, &mut outbuf, &mut room), 0);
            assert_eq!((left, room, &to[..4]), (0, 0, &b"a\0b\0"[..]));
            // Both are one past the end now.
            assert_eq!(c::iconv(cd, &mut inbuf, &mut left, &mut outbuf, &mut room), 0);
            assert_eq!(c::iconv(cd, null_mut(), null_mut(), &mut outbuf, &mut room), 0);
            assert_eq!(c::iconv(cd, null_mut(), null_mut(), null_mut(), null_mut()), 0);
            let (mut nothing, mut zero) = (dangling::<c_char>(), 0);
            assert_eq!(c::iconv(cd, &mut nothing, &mut zero, &mut outbuf, &mut room), 0);
            assert_eq!(c::iconv_close(cd), 0);

            let narrow = CString::new("wide").expect("no NUL");
            let (mut source, mut state) = (narrow.as_ptr(), zeroed::<c::mbstate_t>());
            assert_eq!(c::mbsrtowcs(null_mut(), &mut source, 0, &mut state), 4);
            assert_eq!(source, narrow.as_ptr());
            let mut wide = vec![0; 5];
            assert_eq!(c::mbsrtowcs(wide.as_mut_ptr(), &mut source, 2, &mut state), 2);
            assert_eq!(source, narrow.as_ptr().add(2));
            assert_eq!(c::mbsrtowcs(wide.as_mut_ptr().add(2), &mut source, 3, null_mut()), 2);
            assert!(source.is_null());
            let mut source = wide.as_ptr();
            assert_eq!(c::wcsrtombs(null_mut(), &mut source, 0, null_mut()), 4);
            let mut back = vec![0; 5];
            assert_eq!(c::wcsrtombs(back.as_mut_ptr(), &mut source, 5, null_mut()), 4);
            assert_eq!((source.is_null(), text(back.as_ptr())), (true, "wide"));
            assert_eq!(c::mbrtowc(null_mut(), null(), 0, &mut state), 0);
            assert_eq!(c::wcrtomb(null_mut(), 0, &mut state), 1);

            let mut digits: Vec<c::wchar_t> = "12 34\0".bytes().map(c::wchar_t::from).collect();
            let mut end = null_mut();
            assert_eq!(c::wcstol(digits.as_ptr(), &mut end, 10), 12);
            assert_eq!(end.cast_const(), digits.as_ptr().add(2));
            assert_eq!(c::wcstol(digits.as_ptr(), null_mut(), 10), 12);
            assert_eq!(c::wcschr(digits.as_ptr(), 0).cast_const(), digits.as_ptr().add(5));
            assert_eq!(c::wcsncmp(dangling(), dangling(), 0), 0);
            let start = digits.as_mut_ptr();
            assert_eq!(c::wmemmove(start.add(1), start, 2), start.add(1));
            assert_eq!(c::wmemmove(dangling(), dangling(), 0), dangling());
            digits[1] = c::wchar_t::from(b' ');
            let blank = [c::wchar_t::from(b' '), 0];
            // Not read by the first call.
            let mut saved = Box::into_raw(Box::new(0));
            drop(Box::from_raw(saved));
            let start = digits.as_mut_ptr();
            assert_eq!(c::wcstok(start, blank.as_ptr(), &mut saved), start);
            assert!(!c::wcstok(null_mut(), blank.as_ptr(), &mut saved).is_null());
        }
    });
}

/// F015: two variables of the caller that are written at each flush, until the stream is closed.
#[test]
fn streams() {
    at_every_level("streams", || {
        let (mut start, mut size) = (Box::new(null_mut()), Box::new(0));
        let line = [104, 105, 0];
        // SAFETY: both variables live until the stream is closed, and the text until it is freed.
        unsafe {
            let stream = c::open_wmemstream(&mut *start, &mut *size);
            assert_ne!(c::fputws(line.as_ptr(), stream), -1);
            assert_eq!(libc::fflush(stream.cast()), 0);
            assert_eq!((*size, *(*start).add(1)), (2, 105));
            assert_ne!(c::fputws(line.as_ptr(), stream), -1);
            assert_eq!(libc::fclose(stream.cast()), 0);
            assert_eq!(*size, 4);
            libc::free((*start).cast());
        }
    });
}

/// F033: ranges of pages, beyond the block that begins there, and results that are -1.
#[test]
fn pages() {
    at_every_level("pages", || {
        // SAFETY: what is unmapped or protected was mapped here.
        unsafe {
            let both = libc::PROT_READ | libc::PROT_WRITE;
            let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS;
            let start = c::mmap(null_mut(), 8192, both, flags, -1, 0);
            assert_ne!(start, libc::MAP_FAILED);
            start.cast::<u8>().write(1);
            assert_eq!(c::mprotect(start, 1, libc::PROT_READ), 0);
            assert_eq!(c::msync(start, 8192, libc::MS_ASYNC), 0);
            let mut resident = vec![9_u8; 2];
            assert_eq!(c::mincore(start, 8191, resident.as_mut_ptr()), 0);
            assert_eq!(resident[0] & 1, 1);
            assert_eq!(c::madvise(start, 8192, libc::MADV_DONTNEED), 0);
            assert_eq!(c::mmap(null_mut(), 4096, both, libc::MAP_PRIVATE, -1, 0), libc::MAP_FAILED);
            let moved = c::mremap(start, 8192, 4096, 0);
            assert_eq!(moved, start);
            assert_eq!(c::munmap(start, 4096), 0);
            // Gone, and still a legal argument.
            assert_eq!(c::munmap(start, 4096), 0);
            assert_eq!(c::mprotect(start, 4096, libc::PROT_READ), -1);
            // A whole page around one byte of the heap.
            let byte = Box::new(1_u8);
            if c::mlock((&raw const *byte).cast(), 1) == 0 {
                assert_eq!(c::munlock((&raw const *byte).cast(), 1), 0);
            }
            let page = std::ptr::without_provenance((&raw const *byte).addr() & !4095);
            if c::mlock(page, 4096) == 0 {
                assert_eq!(c::munlock(page, 4096), 0);
            }
            let segment = libc::shmget(libc::IPC_PRIVATE, 4096, 0o600);
            if segment != -1 {
                let start = c::shmat(segment, null(), 0);
                libc::shmctl(segment, libc::IPC_RMID, null_mut());
                assert_ne!(start.addr(), usize::MAX);
                assert_eq!(c::shmdt(start), 0);
            }
            assert_eq!(c::shmat(-1, null(), 0).addr(), usize::MAX);
        }
    });
}

/// F027, F034, F038: values in a handle's place, symbols that are not there, and where code is.
#[test]
fn loading() {
    at_every_level("loading", || {
        // SAFETY: C strings and handles of the loader; nothing that was found is called.
        unsafe {
            let program = c::dlopen(null(), libc::RTLD_LAZY);
            assert!(!program.is_null());
            assert!(!c::dlsym(program, c"malloc".as_ptr()).is_null());
            let symbol = c::dlsym(libc::RTLD_DEFAULT, c"malloc".as_ptr());
            assert!(!c::dlsym(libc::RTLD_NEXT, c"malloc".as_ptr()).is_null());
            assert!(c::dlerror().is_null());
            assert!(c::dlsym(program, c"no_such_symbol_anywhere".as_ptr()).is_null());
            assert!(text(c::dlerror()).contains("no_such_symbol_anywhere"));
            let mut info: c::Dl_info = zeroed();
            assert_ne!(c::dladdr(symbol, &mut info), 0);
            // No code there.
            assert_eq!(c::dladdr(std::ptr::without_provenance(0x10), &mut info), 0);
            assert_eq!(c::dlclose(program), 0);
            let mut frames = vec![null_mut(); 8];
            let count = c::backtrace(frames.as_mut_ptr(), 8);
            assert!(count > 0);
            let lines = c::backtrace_symbols(frames.as_ptr(), count);
            assert!(!text(*lines).is_empty());
            libc::free(lines.cast());
            // Any addresses will do, of code or not.
            let freed = Box::into_raw(Box::new(0_u64));
            drop(Box::from_raw(freed));
            let odd: Vec<*mut c_void> = vec![freed.cast(), std::ptr::without_provenance_mut(0x10)];
            let lines = c::backtrace_symbols(odd.as_ptr(), 2);
            assert!(!text(*lines).is_empty());
            libc::free(lines.cast());
        }
    });
}

/// F041, F042, F050: structures that are copied, with numbers in a pointer's place.
#[test]
fn events() {
    at_every_level("events", || {
        // SAFETY: sets and lists are as long as said; tags are never followed.
        unsafe {
            let mut ends = [0; 2];
            assert_eq!(c::pipe(ends.as_mut_ptr()), 0);
            assert_eq!(c::write(ends[1], b"x".as_ptr().cast(), 1), 1);
            let poll = c::epoll_create1(0);
            let gone = Box::into_raw(Box::new([0_u64; 4]));
            drop(Box::from_raw(gone));
            let add = libc::EPOLL_CTL_ADD;
            let tag = 0xdead_beef_0000_0003_u64;
            let mut event = Box::new(c::epoll_event { events: 1, data: c::epoll_data { u64_: tag } });
            assert_eq!(c::epoll_ctl(poll, add, ends[0], &mut *event), 0);
            // A pointer to Rust memory, even to what is no more, is a tag as well.
            event.data = c::epoll_data { ptr: gone.cast() };
            assert_eq!(c::epoll_ctl(poll, libc::EPOLL_CTL_MOD, ends[0], &mut *event), 0);
            let own = Box::new(3_u64);
            event.data = c::epoll_data { ptr: (&raw const *own).cast_mut().cast() };
            assert_eq!(c::epoll_ctl(poll, libc::EPOLL_CTL_MOD, ends[0], &mut *event), 0);
            drop(event);
            let mut found: Vec<c::epoll_event> = vec![zeroed(); 4];
            assert_eq!(c::epoll_wait(poll, found.as_mut_ptr(), 4, 1000), 1);
            let data = found[0].data;
            assert_eq!(data.ptr.cast_const().cast(), &raw const *own);
            assert_eq!(c::epoll_ctl(poll, libc::EPOLL_CTL_DEL, ends[0], null_mut()), 0);

            let mut set: Box<c::fd_set> = Box::new(zeroed());
            set.fds_bits[ends[0] as usize / 64] |= 1 << (ends[0] % 64);
            let mut time = c::timeval { tv_sec: 1, tv_usec: 0 };
            assert_eq!(c::select(ends[0] + 1, &mut *set, null_mut(), null_mut(), &mut time), 1);
            assert_eq!(c::pselect(ends[0] + 1, &mut *set, null_mut(), null_mut(), null(), null()), 1);
            time.tv_sec = 0;
            assert_eq!(c::select(0, null_mut(), null_mut(), null_mut(), &mut time), 0);

            let counter = c::eventfd(3, 0);
            let mut value = Box::new(0);
            assert_eq!((c::eventfd_read(counter, &mut *value), *value), (0, 3));
            let timer = c::timerfd_create(libc::CLOCK_MONOTONIC, 0);
            let mut both: Box<c::itimerspec> = Box::new(zeroed());
            both.it_value.tv_sec = 100;
            let pointer = &raw mut *both;
            assert_eq!(c::timerfd_settime(timer, 0, pointer, pointer), 0);
            assert_eq!(both.it_value.tv_sec, 0);

            let mut request: Box<c::sigevent> = Box::new(zeroed());
            request.sigev_notify = libc::SIGEV_NONE;
            request.sigev_value.sival_ptr = gone.cast();
            let mut timer = null_mut();
            assert_eq!(c::timer_create(libc::CLOCK_MONOTONIC, &mut *request, &mut timer), 0);
            let spec: c::itimerspec = zeroed();
            assert_eq!(c::timer_settime(timer, 0, &spec, null_mut()), 0);
            assert_eq!(c::timer_delete(timer), 0);
            assert_eq!(c::timer_create(libc::CLOCK_MONOTONIC, null_mut(), &mut timer), 0);
            assert_eq!(c::timer_delete(timer), 0);
            assert_eq!(c::mq_notify(-1, &*request), -1);
            assert_eq!(c::mq_notify(-1, null()), -1);
            assert_ne!(errno(), 0);
        }
    });
}
