//! Legal calls of libc's functions where the kernel has the last word on the memory or the name: no report, at any level.

#![allow(clippy::useless_vec, reason = "a block of the heap is what the test is about")]
#![allow(clippy::multiple_unsafe_ops_per_block, reason = "a test is one sequence of calls, legal for one reason")]

mod support;

use pinned_ffi::pinned_ffi;
use std::ffi::{CStr, CString, c_char, c_int, c_uint};
use std::io::Read;
use std::net::{TcpListener, TcpStream};
use std::os::fd::AsRawFd;
use std::ptr::{null, null_mut};
use support::at_every_level;

#[pinned_ffi(
    header = ["unistd.h", "sys/wait.h", "sys/socket.h", "poll.h", "mqueue.h", "signal.h", "stdlib.h", "fcntl.h"],
    define = "_GNU_SOURCE",
    allow = "execve|waitpid|ttyname|ttyname_r|ptsname_r|send|recvmsg|setsockopt|poll|open|close\
             |mq_open|mq_close|mq_unlink|mq_notify|mq_send|mq_receive"
)]
mod c {}

/// The text behind a C string.
fn text(at: *const c_char) -> String {
    assert!(!at.is_null());
    // SAFETY: every caller has a C string that outlives the copy.
    unsafe { CStr::from_ptr(at) }.to_str().expect("ASCII").to_owned()
}

/// F035: a program takes the place of the process, with the words and the environment that it is given.
#[test]
fn another_program() {
    at_every_level("another_program", || {
        let strings = ["sh", "-c", "exit $CODE", "CODE=9"].map(|text| CString::new(text).expect("no NUL"));
        let pointers = strings.each_ref().map(|text| text.as_ptr().cast_mut());
        let argv = vec![pointers[0], pointers[1], pointers[2], null_mut()];
        let envp = vec![pointers[3], null_mut()];
        // SAFETY: both vectors end with null; the child does nothing else, and leaves where it cannot.
        unsafe {
            let child = libc::fork();
            if child == 0 {
                c::execve(c"/bin/sh".as_ptr(), argv.as_ptr(), envp.as_ptr());
                libc::_exit(1);
            }
            let mut status = Box::new(0);
            assert_eq!(c::waitpid(child, &mut *status, 0), child);
            assert_eq!(libc::WEXITSTATUS(*status), 9);
        }
    });
}

/// F027, F028: a terminal's name, in memory of the library and in the caller's.
#[test]
fn names_of_terminals() {
    at_every_level("names_of_terminals", || {
        // SAFETY: buffers are as long as said; the library's name is copied before the next call.
        unsafe {
            let ours = libc::posix_openpt(libc::O_RDWR | libc::O_NOCTTY);
            if ours < 0 || libc::grantpt(ours) != 0 || libc::unlockpt(ours) != 0 {
                println!("skipped: there are no terminals here");
                return;
            }
            let mut path: Vec<c_char> = vec![1; 64];
            assert_eq!(c::ptsname_r(ours, path.as_mut_ptr(), 64), 0);
            let theirs = c::open(path.as_ptr(), libc::O_RDWR | libc::O_NOCTTY);
            assert!(theirs >= 0);
            let mut name: Vec<c_char> = vec![1; 64];
            assert_eq!(c::ttyname_r(theirs, name.as_mut_ptr(), 64), 0);
            assert_eq!(text(name.as_ptr()), text(path.as_ptr()));
            assert_eq!(text(c::ttyname(theirs)), text(path.as_ptr()));
            let mut short: Vec<c_char> = vec![1; 3];
            assert_eq!(c::ttyname_r(theirs, short.as_mut_ptr(), 3), libc::ERANGE);
            assert_eq!((c::close(theirs), c::close(ours)), (0, 0));
        }
    });
}

/// F049: what is sent without a copy stays until the kernel says on the error queue that it is done.
#[test]
fn sent_without_a_copy() {
    at_every_level("sent_without_a_copy", || {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let sender = TcpStream::connect(listener.local_addr().expect("an address")).expect("connected");
        let (mut receiver, _) = listener.accept().expect("accepted");
        let fd = sender.as_raw_fd();
        let data: Vec<u8> = (0..30_000_u32).map(|n| n as u8).collect();
        let expected = data.clone();
        // SAFETY: the data lives until the notice; the message's buffer is as long as it says.
        unsafe {
            let on: Box<c_int> = Box::new(1);
            let set = c::setsockopt(fd, libc::SOL_SOCKET, libc::SO_ZEROCOPY, (&raw const *on).cast(), 4);
            if set != 0 {
                println!("skipped: the kernel always copies");
                return;
            }
            assert_eq!(c::send(fd, data.as_ptr().cast(), data.len(), libc::MSG_ZEROCOPY), 30_000);
            let mut got = vec![0_u8; 30_000];
            receiver.read_exact(&mut got).expect("all of it arrives");
            assert!(got == expected);
            let mut wait = Box::new(c::pollfd { fd, events: 0, revents: 0 });
            assert_eq!(c::poll(&mut *wait, 1, 5000), 1);
            assert_eq!(c_int::from(wait.revents) & c_int::from(libc::POLLERR), c_int::from(libc::POLLERR));
            let mut control = vec![0_u64; 16];
            let mut message: Box<c::msghdr> = Box::new(std::mem::zeroed());
            (message.msg_control, message.msg_controllen) = (control.as_mut_ptr().cast(), 128);
            assert_eq!(c::recvmsg(fd, &mut *message, libc::MSG_ERRQUEUE), 0);
            // Behind the header: errno 0, and SO_EE_ORIGIN_ZEROCOPY.
            assert!(message.msg_controllen >= 32);
            assert_eq!((control[2] as u32, (control[2] >> 32) as u8), (0, 5));
        }
        drop(data);
    });
}

/// F050: a request to be told that is copied, with a number in a pointer's place; messages of a queue.
#[test]
fn queues() {
    at_every_level("queues", || {
        let name = CString::new(format!("/pinned-ffi-legal-{}", std::process::id())).expect("no NUL");
        // SAFETY: buffers are as long as the queue's messages may be.
        unsafe {
            let mut limits: Box<c::mq_attr> = Box::new(std::mem::zeroed());
            (limits.mq_maxmsg, limits.mq_msgsize) = (2, 16);
            let flags = libc::O_CREAT | libc::O_EXCL | libc::O_RDWR;
            let queue = c::mq_open_with_mode(name.as_ptr(), flags, 0o600, &mut *limits);
            if queue < 0 {
                println!("skipped: the kernel has no queues");
                return;
            }
            assert_eq!(c::mq_unlink(name.as_ptr()), 0);
            drop((name, limits));
            let mut request: Box<c::sigevent> = Box::new(std::mem::zeroed());
            request.sigev_notify = libc::SIGEV_NONE;
            request.sigev_value.sival_ptr = std::ptr::without_provenance_mut(0x1234_5678);
            assert_eq!(c::mq_notify(queue, &*request), 0);
            drop(request);
            let sent = b"a message".to_vec();
            assert_eq!(c::mq_send(queue, sent.as_ptr().cast(), sent.len(), 3), 0);
            assert_eq!(c::mq_send(queue, Vec::<u8>::new().as_ptr().cast(), 0, 1), 0);
            let (mut got, mut rank): (Vec<u8>, Box<c_uint>) = (vec![7; 16], Box::new(0));
            assert_eq!(c::mq_receive(queue, got.as_mut_ptr().cast(), 16, &mut *rank), 9);
            assert_eq!((&got[..10], *rank), (&b"a message\x07"[..], 3));
            assert_eq!(c::mq_receive(queue, got.as_mut_ptr().cast(), 16, null_mut()), 0);
            assert_eq!(c::mq_notify(queue, null()), 0);
            assert_eq!(c::mq_close(queue), 0);
        }
    });
}
