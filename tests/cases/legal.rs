//! Calls that look odd and are right: no level may say a word.

use super::Case;
use super::wrappers::*;
use libc::{c_int, c_void, iovec, mmsghdr};
use pinned_ffi::Pinner;
use std::io::Error;

pub(crate) const CASES: &[Case] = &[
    ("null_vector_of_zero", null_vector_of_zero),
    ("empty_buffers_dangle", empty_buffers_dangle),
    ("null_with_length_zero", null_with_length_zero),
    ("one_past_the_end", one_past_the_end),
    ("interior_pointers", interior_pointers),
    ("whole_capacity", whole_capacity),
    ("same_buffer_twice_when_read", same_buffer_twice_when_read),
    ("neighbouring_buffers", neighbouring_buffers),
    ("count_beyond_iov_max", count_beyond_iov_max),
    ("negative_count", negative_count),
    ("many_buffers", many_buffers),
    ("statics_and_stack", statics_and_stack),
    ("memory_of_c", memory_of_c),
    ("wild_vector_is_the_kernels_business", wild_vector),
    ("wild_buffer_is_the_kernels_business", wild_buffer),
    ("overlap_where_allowed", overlap_where_allowed),
    ("pinned_nested", pinned_nested),
    ("nested_by_another_argument", nested_null_and_static),
    ("integers_in_pointer_slots", integers_in_pointer_slots),
    ("message_with_everything", message_with_everything),
    ("messages", messages),
    ("bug_inside_unchecked", bug_inside_unchecked),
    ("errno_survives", errno_survives),
    ("callback_calls_c", callback_calls_c),
    ("freed_after_the_call", freed_after_the_call),
    ("threads", threads),
    ("reused_blocks", reused_blocks),
    ("fork_while_threads_allocate", fork_while_threads_allocate),
    ("unaligned_bytes", unaligned_bytes),
    ("zero_sized_pin", zero_sized_pin),
    ("texts_that_end", texts_that_end),
];

fn null_vector_of_zero() {
    // SAFETY: no entry is promised.
    assert_eq!(unsafe { readv(zeros(), std::ptr::null(), 0) }, 0);
}

fn empty_buffers_dangle() {
    let mut buffer = vec![1_u8; 4];
    let vector = [entry(&mut Vec::new()), entry(&mut buffer), entry(&mut [])];
    // SAFETY: empty buffers may dangle.
    assert_eq!(unsafe { readv(zeros(), vector.as_ptr(), 3) }, 4);
    assert_eq!(buffer, [0; 4]);
    let empty: Vec<iovec> = Vec::new();
    // SAFETY: no entry is promised.
    assert_eq!(unsafe { readv(zeros(), empty.as_ptr(), 0) }, 0);
}

fn null_with_length_zero() {
    // SAFETY: no byte is promised.
    assert_eq!(unsafe { write(nowhere(), std::ptr::null(), 0) }, 0);
    let vector = [iovec { iov_base: std::ptr::null_mut(), iov_len: 0 }];
    // SAFETY: no byte is promised.
    assert_eq!(unsafe { readv(zeros(), vector.as_ptr(), 1) }, 0);
}

fn one_past_the_end() {
    let buffer = vec![1_u8; 32];
    // SAFETY: one past the end, for nothing.
    assert_eq!(unsafe { write(nowhere(), buffer.as_ptr().add(32).cast(), 0) }, 0);
}

fn interior_pointers() {
    let mut buffer = vec![1_u8; 5000];
    // SAFETY: 1000 bytes from 3999 on are inside.
    assert_eq!(unsafe { read(zeros(), buffer.as_mut_ptr().add(3999).cast(), 1001) }, 1001);
    assert_eq!((buffer[3998], buffer[3999], buffer[4999]), (1, 0, 0));
}

fn whole_capacity() {
    let mut buffer = Vec::<u8>::with_capacity(77);
    let capacity = buffer.capacity();
    // SAFETY: that much memory is there, initialised or not.
    assert_eq!(unsafe { read(zeros(), buffer.as_mut_ptr().cast(), capacity) }, capacity as isize);
}

fn same_buffer_twice_when_read() {
    let mut buffer = vec![1_u8; 64];
    let vector = [entry(&mut buffer), entry(&mut buffer)];
    // SAFETY: C only reads them.
    assert_eq!(unsafe { writev(nowhere(), vector.as_ptr(), 2) }, 128);
}

fn neighbouring_buffers() {
    let mut buffer = vec![1_u8; 64];
    let (head, tail) = buffer.split_at_mut(31);
    let vector = [entry(tail), entry(head)];
    // SAFETY: the halves touch and do not overlap.
    assert_eq!(unsafe { readv(zeros(), vector.as_ptr(), 2) }, 64);
}

fn count_beyond_iov_max() {
    let mut buffers = vec![[0_u8; 1]; 1025];
    let vector: Vec<iovec> = buffers.iter_mut().map(|buffer| entry(buffer)).collect();
    // SAFETY: all entries are there; the kernel takes 1024.
    assert_eq!(unsafe { readv(zeros(), vector.as_ptr(), 1025) }, -1);
    assert_eq!(Error::last_os_error().raw_os_error(), Some(libc::EINVAL));
}

fn negative_count() {
    let mut buffer = [0_u8; 1];
    let vector = [entry(&mut buffer)];
    // SAFETY: the kernel refuses.
    assert_eq!(unsafe { readv(zeros(), vector.as_ptr(), -1) }, -1);
    assert_eq!(Error::last_os_error().raw_os_error(), Some(libc::EINVAL));
}

fn many_buffers() {
    let mut buffers = vec![vec![1_u8; 3]; 1024];
    let vector: Vec<iovec> = buffers.iter_mut().map(|buffer| entry(buffer)).collect();
    // SAFETY: all entries are live.
    assert_eq!(unsafe { readv(zeros(), vector.as_ptr(), 1024) }, 3072);
    assert!(buffers.iter().all(|buffer| *buffer == [0; 3]));
}

fn statics_and_stack() {
    static TEXT: [u8; 5] = *b"fixed";
    let mut local = [0_u8; 9];
    let vector = [iovec { iov_base: TEXT.as_ptr().cast_mut().cast(), iov_len: 5 }, entry(&mut local)];
    // SAFETY: C only reads them.
    assert_eq!(unsafe { writev(nowhere(), vector.as_ptr(), 2) }, 14);
    static mut FIXED: [iovec; 1] = [iovec { iov_base: std::ptr::null_mut(), iov_len: 0 }];
    // SAFETY: one thread, and the entry is empty.
    assert_eq!(unsafe { writev(nowhere(), (&raw const FIXED).cast(), 1) }, 0);
}

fn memory_of_c() {
    // SAFETY: plain malloc.
    let vector = unsafe { libc::malloc(size_of::<[iovec; 2]>()) }.cast::<iovec>();
    // SAFETY: plain malloc.
    let block = unsafe { libc::malloc(100) };
    for index in 0..2 {
        let part = iovec { iov_base: block.cast::<u8>().wrapping_add(index * 50).cast(), iov_len: 50 };
        // SAFETY: two entries fit.
        unsafe { vector.add(index).write(part) };
    }
    // SAFETY: C's own memory, of the lengths given.
    assert_eq!(unsafe { readv(zeros(), vector, 2) }, 100);
    // SAFETY: malloc gave both.
    unsafe { libc::free(block) };
    // SAFETY: malloc gave both.
    unsafe { libc::free(vector.cast()) };
}

fn wild_vector() {
    // SAFETY: the kernel answers EFAULT; the checker must not fault where C does not.
    assert_eq!(unsafe { readv(zeros(), std::ptr::without_provenance(0x1000), 1) }, -1);
    assert_eq!(Error::last_os_error().raw_os_error(), Some(libc::EFAULT));
}

fn wild_buffer() {
    let vector = [iovec { iov_base: std::ptr::without_provenance_mut(0x1000), iov_len: 8 }];
    // SAFETY: the kernel answers EFAULT; unknown memory is never an error.
    assert_eq!(unsafe { readv(zeros(), vector.as_ptr(), 1) }, -1);
    assert_eq!(Error::last_os_error().raw_os_error(), Some(libc::EFAULT));
}

fn overlap_where_allowed() {
    let mut bytes: Vec<u8> = (0..64).collect();
    let start = bytes.as_mut_ptr();
    // SAFETY: memmove may overlap.
    unsafe { probe_move(start.add(8).cast(), start.cast(), 16) };
    assert_eq!(bytes[8..24], (0..16).collect::<Vec<u8>>()[..]);
    assert_eq!(bytes[24], 24);
}

fn pinned_nested() {
    let inner = Box::new(Node { value: 2, next: std::ptr::null() });
    let mut pinner = Pinner::new();
    let at = pinner.pin(inner);
    let outer = Box::new(Node { value: 1, next: at.cast() });
    // SAFETY: the inner node is pinned.
    assert_eq!(unsafe { probe_sum(&raw const *outer) }, 3);
}

fn nested_null_and_static() {
    static LAST: Shared = Shared(Node { value: 5, next: std::ptr::null() });
    let outer = Box::new(Node { value: 1, next: &raw const LAST.0 });
    // SAFETY: a static lives for ever.
    assert_eq!(unsafe { probe_sum(&raw const *outer) }, 6);
}

struct Shared(Node);

// SAFETY: never written, and its pointer is null.
unsafe impl Sync for Shared {}

fn integers_in_pointer_slots() {
    let mut buffer = vec![1_u8; 8];
    let vector = [entry(&mut buffer), iovec { iov_base: std::ptr::without_provenance_mut(7), iov_len: 0 }];
    // SAFETY: the second entry is empty, whatever its pointer.
    assert_eq!(unsafe { readv(zeros(), vector.as_ptr(), 2) }, 8);
}

fn message_with_everything() {
    let (ours, theirs) = sockets();
    let mut words = [b"one".to_vec(), b"two".to_vec()];
    let mut vector = words.each_mut().map(|word| entry(word));
    let sent = message(&mut vector);
    // SAFETY: two live buffers.
    assert_eq!(unsafe { sendmsg(ours, &raw const sent, 0) }, 6);
    let mut buffers = [vec![0_u8; 4], vec![0_u8; 4]];
    let mut vector = buffers.each_mut().map(|buffer| entry(buffer));
    let mut got = message(&mut vector);
    let (mut name, mut control) = (vec![0_u8; 110], vec![0_u64; 8]);
    got.msg_name = name.as_mut_ptr().cast();
    got.msg_namelen = 110;
    got.msg_control = control.as_mut_ptr().cast();
    got.msg_controllen = 64;
    // SAFETY: everything is live and of the length given.
    assert_eq!(unsafe { recvmsg(theirs, &raw mut got, 0) }, 6);
    assert_eq!(buffers.concat()[..6], *b"onetwo");
}

fn messages() {
    let (ours, _theirs) = sockets();
    let mut buffers = [vec![1_u8; 4], vec![2_u8; 4]];
    let mut vectors = buffers.each_mut().map(|buffer| [entry(buffer)]);
    let mut messages = vectors.each_mut().map(|vector| mmsghdr { msg_hdr: message(vector), msg_len: 0 });
    // SAFETY: two live messages.
    assert_eq!(unsafe { sendmmsg(ours, messages.as_mut_ptr(), 2, 0) }, 2);
    assert_eq!(messages.each_ref().map(|message| message.msg_len), [4, 4]);
}

fn bug_inside_unchecked() {
    let text = vec![1_u8; 40];
    let (start, len) = (text.as_ptr(), text.len());
    drop(text);
    // SAFETY: none; but the user said to look away, and the quarantine still has the memory.
    pinned_ffi::unchecked(|| unsafe { write(nowhere(), start.cast(), len) });
}

fn errno_survives() {
    let name = vec![1_i8; 3];
    // SAFETY: three bytes.
    assert_eq!(unsafe { probe_fail(name.as_ptr(), 3) }, -1);
    assert_eq!(Error::last_os_error().raw_os_error(), Some(libc::ENOTTY));
}

fn callback_calls_c() {
    unsafe extern "C" fn inner(data: *mut c_void) -> c_int {
        // SAFETY: the caller passes 16 bytes.
        unsafe { read(zeros(), data, 16) as c_int }
    }
    let mut buffer = vec![1_u8; 16];
    // SAFETY: 16 bytes, as `inner` expects.
    assert_eq!(unsafe { probe_call(Some(inner), buffer.as_mut_ptr().cast()) }, 16);
    // SAFETY: the same.
    assert_eq!(unsafe { probe_call_bare(inner, buffer.as_mut_ptr().cast()) }, 16);
    assert_eq!(buffer, [0; 16]);
}

fn freed_after_the_call() {
    for round in 1..200 {
        let mut buffer = vec![1_u8; round];
        // SAFETY: the buffer has that length.
        assert_eq!(unsafe { read(zeros(), buffer.as_mut_ptr().cast(), round) }, round as isize);
        buffer.extend_from_slice(&[2; 1000]);
        assert_eq!(buffer[..round], vec![0; round][..]);
    }
}

fn threads() {
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for round in 0..100 {
                    let mut buffers = vec![vec![1_u8; 1 + round]; 20];
                    let vector: Vec<iovec> = buffers.iter_mut().map(|buffer| entry(buffer)).collect();
                    // SAFETY: all entries are live.
                    assert_eq!(unsafe { readv(zeros(), vector.as_ptr(), 20) }, 20 * (1 + round as isize));
                    std::thread::yield_now();
                    assert!(buffers.iter().all(|buffer| buffer.iter().all(|byte| *byte == 0)));
                }
            });
        }
    });
}

/// Addresses that went through the quarantine and came back are live again.
fn reused_blocks() {
    let mut buffers: Vec<Vec<u8>> = Vec::new();
    for round in 0..20_000_usize {
        if buffers.len() > 50 {
            buffers.swap_remove(round * 7 % 50);
        }
        let mut buffer = vec![1_u8; 16 + round * 31 % 4000];
        let len = buffer.len();
        if round % 10 == 0 {
            // SAFETY: the buffer has that length.
            assert_eq!(unsafe { read(zeros(), buffer.as_mut_ptr().cast(), len) }, len as isize);
        }
        buffers.push(buffer);
    }
}

/// A child made while another thread is inside the allocator still allocates.
fn fork_while_threads_allocate() {
    use std::sync::atomic::{AtomicBool, Ordering};
    static STOP: AtomicBool = AtomicBool::new(false);
    let busy: Vec<_> = (0..3)
        .map(|_| {
            std::thread::spawn(|| {
                while !STOP.load(Ordering::Relaxed) {
                    drop(std::hint::black_box(vec![1_u8; 100]));
                }
            })
        })
        .collect();
    for _ in 0..300 {
        // SAFETY: the child allocates, frees and ends; glibc allows that.
        let child = unsafe { libc::fork() };
        if child == 0 {
            for size in 1..60 {
                drop(std::hint::black_box(vec![0_u8; size * 16]));
            }
            // SAFETY: ends the child without running anything of the parent's.
            unsafe { libc::_exit(0) };
        }
        assert!(child > 0);
        let mut status = 0;
        let deadline = std::time::Instant::now() + std::time::Duration::from_secs(20);
        // SAFETY: our own child.
        while unsafe { libc::waitpid(child, &raw mut status, libc::WNOHANG) } == 0 {
            assert!(std::time::Instant::now() < deadline, "the child hangs");
            std::thread::yield_now();
        }
        assert_eq!(status, 0);
    }
    STOP.store(true, Ordering::Relaxed);
    for thread in busy {
        thread.join().expect("no panic");
    }
}

fn unaligned_bytes() {
    let buffer = vec![1_u8; 64];
    // SAFETY: bytes at any address.
    assert_eq!(unsafe { write(nowhere(), buffer.as_ptr().add(3).cast(), 7) }, 7);
}

fn zero_sized_pin() {
    let mut pinner = Pinner::new();
    pinner.pin(Box::new(()));
    pinner.pin(Vec::<u64>::new());
    assert_eq!(pinner.len(), 2);
    pinner.unpin();
}

fn texts_that_end() {
    let exact: Box<[u8]> = Box::from(*b"pins\0");
    let inside: Box<[u8]> = Box::from(*b"one\0two");
    let long: Box<[u8]> = std::iter::repeat_n(b'x', 100_000).chain([0]).collect();
    let owned = std::ffi::CString::new("owned").expect("no zero inside");
    let mut on_stack = *b"stack\0";
    on_stack[0] = b'S';
    let texts = [
        exact.as_ptr(),
        exact.as_ptr().wrapping_add(4),
        inside.as_ptr(),
        long.as_ptr(),
        owned.as_ptr().cast(),
        on_stack.as_ptr(),
        c"static".as_ptr().cast(),
    ];
    for text in texts {
        // SAFETY: each ends with a zero.
        assert_eq!(unsafe { prctl_set_name(text.cast()) }, 0);
    }
}
