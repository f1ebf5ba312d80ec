//! Calls with a mistake in them: each must be reported at cheap and full, and run through at off.

use super::Case;
use super::wrappers::*;
use libc::{iovec, mmsghdr};
use pinned_ffi::Pinner;
use std::alloc::{Layout, dealloc, realloc};
use std::time::Duration;

pub(crate) const CASES: &[Case] = &[
    ("freed_buffer", freed_buffer),
    ("freed_in_a_form", freed_in_a_form),
    ("null_in_a_form", null_in_a_form),
    ("text_without_end", text_without_end),
    ("rest_of_a_text_without_end", rest_of_a_text_without_end),
    ("freed_vector", freed_vector),
    ("freed_argument", freed_argument),
    ("dead_stack", dead_stack),
    ("read_past_end", read_past_end),
    ("read_past_small_block", read_past_small_block),
    ("buffer_past_end", buffer_past_end),
    ("vector_too_short", vector_too_short),
    ("overflowing_length", overflowing_length),
    ("product_past_end", product_past_end),
    ("past_end_of_stack_array", past_end_of_stack_array),
    ("null_buffer", null_buffer),
    ("null_buffer_in_vector", null_buffer_in_vector),
    ("null_vector", null_vector),
    ("null_function", null_function),
    ("misaligned_vector", misaligned_vector),
    ("misaligned_pixels", misaligned_pixels),
    ("same_buffer_twice", same_buffer_twice),
    ("same_buffer_twice_of_many", same_buffer_twice_of_many),
    ("overlapping_buffers", overlapping_buffers),
    ("buffer_over_vector", buffer_over_vector),
    ("overlapping_arguments", overlapping_arguments),
    ("unpinned_nested", unpinned_nested),
    ("unpinned_after_unpin", unpinned_after_unpin),
    ("nested_freed", nested_freed),
    ("message_freed_buffer", message_freed_buffer),
    ("message_name_past_end", message_name_past_end),
    ("message_control_freed", message_control_freed),
    ("messages_freed_buffer", messages_freed_buffer),
    ("freed_while_pinned", freed_while_pinned),
    ("reallocated_while_pinned", reallocated_while_pinned),
    ("leaked_pinner", leaked_pinner),
    ("freed_during_call", freed_during_call),
    ("reallocated_during_call", reallocated_during_call),
];

fn freed_in_a_form() {
    let name = std::ffi::CString::new("a name").expect("no zero inside");
    let start = name.as_ptr();
    drop(name);
    // SAFETY: none; the string is freed.
    unsafe { prctl_set_name(start) };
}

fn null_in_a_form() {
    // SAFETY: none; there is no string.
    unsafe { prctl_set_name(std::ptr::null()) };
}

fn freed_buffer() {
    let mut buffers = vec![vec![0_u8; 64], vec![0; 100], vec![0; 4097], vec![0; 8]];
    let vector: Vec<iovec> = buffers.iter_mut().map(|buffer| entry(buffer)).collect();
    drop(buffers.remove(2));
    // SAFETY: none; the third buffer is freed.
    unsafe { readv(zeros(), vector.as_ptr(), 4) };
}

fn freed_vector() {
    let mut buffer = vec![0_u8; 64];
    let vector = vec![entry(&mut buffer)];
    let start = vector.as_ptr();
    drop(vector);
    // SAFETY: none; the vector is freed.
    unsafe { readv(zeros(), start, 1) };
}

fn freed_argument() {
    let text = String::from("a text that is gone when it is written");
    let (start, len) = (text.as_ptr(), text.len());
    drop(text);
    // SAFETY: none; the text is freed.
    unsafe { write(nowhere(), start.cast(), len) };
}

fn dead_stack() {
    // Deep enough that the wrapper's own frames do not reach it: where they do, it counts as live.
    #[inline(never)]
    fn gone(depth: usize) -> *mut u8 {
        let mut local = std::hint::black_box([7_u8; 1024]);
        let start = if depth == 0 { local.as_mut_ptr() } else { gone(depth - 1) };
        std::hint::black_box(&mut local);
        start
    }
    let start = gone(8);
    // SAFETY: none; the frame has returned.
    unsafe { write(nowhere(), start.cast(), 16) };
}

fn read_past_end() {
    let mut buffer = vec![0_u8; 100];
    let (from, to) = pipe();
    // SAFETY: one byte of the caller's own.
    unsafe { libc::write(to, b"x".as_ptr().cast(), 1) };
    // SAFETY: none; the length is one more than there is.
    unsafe { read(from, buffer.as_mut_ptr().cast(), 101) };
}

fn read_past_small_block() {
    let mut byte = Box::new(1_u8);
    let (from, to) = pipe();
    // SAFETY: one byte of the caller's own.
    unsafe { libc::write(to, b"x".as_ptr().cast(), 1) };
    // SAFETY: none; a box of one byte is given as two.
    unsafe { read(from, std::ptr::from_mut(&mut *byte).cast(), 2) };
}

fn buffer_past_end() {
    let mut buffers = [vec![0_u8; 64], vec![0_u8; 64]];
    let mut vector = buffers.each_mut().map(|buffer| entry(buffer));
    vector[1].iov_len = 65;
    let (from, to) = pipe();
    // SAFETY: one byte of the caller's own.
    unsafe { libc::write(to, b"x".as_ptr().cast(), 1) };
    // SAFETY: none; the second length is one more than there is.
    unsafe { readv(from, vector.as_ptr(), 2) };
}

fn vector_too_short() {
    let mut buffer = vec![0_u8; 64];
    let vector = vec![entry(&mut buffer), entry(&mut []), entry(&mut [])];
    let (from, to) = pipe();
    // SAFETY: one byte of the caller's own.
    unsafe { libc::write(to, b"x".as_ptr().cast(), 1) };
    // SAFETY: none; the vector has three entries.
    unsafe { readv(from, vector.as_ptr(), 4) };
}

fn overflowing_length() {
    let mut buffer = vec![0_u8; 64];
    let (from, to) = pipe();
    // SAFETY: one byte of the caller's own.
    unsafe { libc::write(to, b"x".as_ptr().cast(), 1) };
    // SAFETY: none; no object is that large.
    unsafe { read(from, buffer.as_mut_ptr().cast(), usize::MAX) };
}

fn product_past_end() {
    let mut pixels = vec![0_u32; 35 + 1];
    pixels.truncate(35);
    pixels.shrink_to_fit();
    // One more than there is; C would write four bytes into the allocator's slack.
    // SAFETY: none; 6 x 6 pixels do not fit.
    unsafe { probe_fill(pixels.as_mut_ptr(), 6, 6, 1) };
}

fn past_end_of_stack_array() {
    let buffer = [0_u8; 16];
    // SAFETY: none; the extent leaves the stack. A device that takes anything reads none of it.
    unsafe { write(nowhere(), buffer.as_ptr().cast(), 1 << 40) };
}

fn text_without_end() {
    let name: Box<[u8]> = Box::from(*b"pins");
    // SAFETY: none; the kernel reads on behind the block.
    unsafe { prctl_set_name(name.as_ptr().cast()) };
}

fn rest_of_a_text_without_end() {
    let name: Box<[u8]> = Box::from(*b"one\0two");
    // SAFETY: none; what follows the zero has none of its own.
    unsafe { prctl_set_name(name.as_ptr().wrapping_add(4).cast()) };
}

fn null_buffer() {
    // SAFETY: none; the kernel answers EFAULT, a library would crash.
    unsafe { read(zeros(), std::ptr::null_mut(), 8) };
}

fn null_function() {
    // SAFETY: none of the contract's; the probe itself looks.
    unsafe { probe_call(None, std::ptr::null_mut()) };
}

fn null_buffer_in_vector() {
    let mut buffer = vec![0_u8; 8];
    let vector = [entry(&mut buffer), iovec { iov_base: std::ptr::null_mut(), iov_len: 8 }];
    // SAFETY: none; the second buffer is null.
    unsafe { readv(zeros(), vector.as_ptr(), 2) };
}

fn null_vector() {
    // SAFETY: none; one entry is promised.
    unsafe { readv(zeros(), std::ptr::null(), 1) };
}

fn misaligned_vector() {
    let mut buffer = vec![0_u8; 8];
    let entry = entry(&mut buffer);
    let mut bytes = vec![0_u8; 64];
    // SAFETY: within the block; the write itself needs no alignment.
    let at = unsafe { bytes.as_mut_ptr().add(4) };
    // SAFETY: 16 bytes fit behind offset 4.
    unsafe { at.cast::<iovec>().write_unaligned(entry) };
    // SAFETY: none; the vector is not aligned.
    unsafe { readv(zeros(), at.cast(), 1) };
}

fn misaligned_pixels() {
    let mut bytes = vec![0_u8; 64];
    // SAFETY: none; a pixel wants four bytes of alignment.
    unsafe { probe_fill(bytes.as_mut_ptr().add(1).cast(), 2, 2, 0) };
}

fn same_buffer_twice() {
    let mut buffer = vec![0_u8; 64];
    let vector = [entry(&mut buffer), entry(&mut buffer)];
    // SAFETY: none; both entries are the same buffer, and it is written.
    unsafe { readv(zeros(), vector.as_ptr(), 2) };
}

fn same_buffer_twice_of_many() {
    let mut buffers = vec![vec![0_u8; 32]; 200];
    let mut vector: Vec<iovec> = buffers.iter_mut().map(|buffer| entry(buffer)).collect();
    vector[150] = vector[20];
    // SAFETY: none; entry 150 is entry 20, and it is written.
    unsafe { readv(zeros(), vector.as_ptr(), 200) };
}

fn overlapping_buffers() {
    let mut buffer = vec![0_u8; 64];
    let (mut head, tail) = (entry(&mut buffer[..40]), entry(&mut buffer[32..]));
    head.iov_len = 40;
    let vector = [tail, head];
    // SAFETY: none; eight bytes belong to both.
    unsafe { readv(zeros(), vector.as_ptr(), 2) };
}

fn buffer_over_vector() {
    let mut vector = vec![iovec { iov_base: std::ptr::null_mut(), iov_len: 8 }];
    vector[0].iov_base = vector.as_mut_ptr().cast();
    // SAFETY: none; the call overwrites the vector it reads.
    unsafe { readv(zeros(), vector.as_ptr(), 1) };
}

fn overlapping_arguments() {
    let mut bytes = vec![1_u8; 64];
    let start = bytes.as_mut_ptr();
    // SAFETY: none; memcpy must not overlap.
    unsafe { probe_copy(start.add(8).cast(), start.cast(), 16) };
}

fn unpinned_nested() {
    let inner = Box::new(Node { value: 2, next: std::ptr::null() });
    let outer = Box::new(Node { value: 1, next: &raw const *inner });
    // SAFETY: C only reads here, but nothing says so, and nothing pins the inner node.
    unsafe { probe_sum(&raw const *outer) };
}

fn unpinned_after_unpin() {
    let inner = Box::new(Node { value: 2, next: std::ptr::null() });
    let outer = Node { value: 1, next: &raw const *inner };
    let mut pinner = Pinner::new();
    pinner.pin(&*inner);
    // SAFETY: pinned.
    assert_eq!(unsafe { probe_sum(&raw const outer) }, 3);
    pinner.unpin();
    // SAFETY: none; not pinned any more.
    unsafe { probe_sum(&raw const outer) };
}

fn nested_freed() {
    let inner = Box::new(Node { value: 2, next: std::ptr::null() });
    let outer = Box::new(Node { value: 1, next: &raw const *inner });
    drop(inner);
    // SAFETY: none; the inner node is freed.
    unsafe { probe_value(&raw const *outer) };
}

fn message_freed_buffer() {
    let (ours, theirs) = sockets();
    // SAFETY: four bytes of the caller's own.
    unsafe { libc::write(ours, b"abcd".as_ptr().cast(), 4) };
    let mut buffers = vec![vec![0_u8; 2], vec![0_u8; 64]];
    let mut vector: Vec<iovec> = buffers.iter_mut().map(|buffer| entry(buffer)).collect();
    buffers.pop();
    let mut message = message(&mut vector);
    // SAFETY: none; the second buffer is freed.
    unsafe { recvmsg(theirs, &raw mut message, 0) };
}

fn message_name_past_end() {
    let (ours, theirs) = sockets();
    // SAFETY: four bytes of the caller's own.
    unsafe { libc::write(ours, b"abcd".as_ptr().cast(), 4) };
    let mut buffer = vec![0_u8; 8];
    let mut vector = [entry(&mut buffer)];
    let mut message = message(&mut vector);
    let mut name = vec![0_u8; 20];
    message.msg_name = name.as_mut_ptr().cast();
    message.msg_namelen = 110;
    // SAFETY: none; the name has 20 bytes.
    unsafe { recvmsg(theirs, &raw mut message, 0) };
}

fn message_control_freed() {
    let (ours, theirs) = sockets();
    // SAFETY: four bytes of the caller's own.
    unsafe { libc::write(ours, b"abcd".as_ptr().cast(), 4) };
    let mut buffer = vec![0_u8; 8];
    let mut vector = [entry(&mut buffer)];
    let mut message = message(&mut vector);
    let mut control = vec![0_u64; 8];
    message.msg_control = control.as_mut_ptr().cast();
    message.msg_controllen = 64;
    drop(control);
    // SAFETY: none; the control block is freed.
    unsafe { recvmsg(theirs, &raw mut message, 0) };
}

fn messages_freed_buffer() {
    let (ours, _theirs) = sockets();
    let mut buffers = vec![vec![1_u8; 4], vec![2_u8; 4], vec![3_u8; 4]];
    let mut first = [entry(&mut buffers[0])];
    let (left, right) = buffers.split_at_mut(2);
    let mut second = [entry(&mut left[1]), entry(&mut right[0])];
    let mut messages =
        [mmsghdr { msg_hdr: message(&mut first), msg_len: 0 }, mmsghdr { msg_hdr: message(&mut second), msg_len: 0 }];
    buffers.pop();
    // SAFETY: none; the last buffer is freed.
    unsafe { sendmmsg(ours, messages.as_mut_ptr(), 2, 0) };
}

fn freed_while_pinned() {
    let mut pinner = Pinner::new();
    let start = pinner.pin(vec![5_u8; 48]).cast::<u8>();
    let layout = Layout::array::<u8>(48).expect("48 bytes are a layout");
    // SAFETY: none; the pinner owns the block and would free it again, which the allocator notices.
    unsafe { dealloc(start, layout) };
    // SAFETY: the memory waits for its unpin, so it still holds what it held.
    assert_eq!(unsafe { start.add(47).read() }, 5, "pinned memory stays");
    pinner.unpin();
}

fn reallocated_while_pinned() {
    let owner = vec![5_u8; 48];
    let (start, layout) = (owner.as_ptr().cast_mut(), Layout::array::<u8>(48).expect("48 bytes are a layout"));
    let mut pinner = Pinner::new();
    pinner.pin(owner);
    // SAFETY: none; the pinner owns the block.
    let moved = unsafe { realloc(start, layout, 96) };
    assert_ne!(moved, start, "pinned memory is never resized in place");
    // SAFETY: both blocks are alive: the old one waits for its unpin.
    assert_eq!(unsafe { (moved.add(47).read(), start.add(47).read()) }, (5, 5));
    pinner.unpin();
}

/// No call and no unpin follows: what the hook found is told when the program ends.
fn leaked_pinner() {
    let mut pinner = Pinner::new();
    let start = pinner.pin(vec![5_u8; 48]).cast::<u8>();
    std::mem::forget(pinner);
    // SAFETY: none; the forgotten pinner still pins the block.
    unsafe { dealloc(start, Layout::array::<u8>(48).expect("48 bytes are a layout")) };
}

/// Runs `meddle` on another thread while `readv` waits for data.
fn during_call(meddle: fn(*mut u8, Layout)) {
    let mut kept = vec![0_u8; 64];
    let layout = Layout::array::<u8>(128).expect("128 bytes are a layout");
    // SAFETY: the layout is not empty.
    let block = unsafe { std::alloc::alloc_zeroed(layout) };
    let vector = [entry(&mut kept), iovec { iov_base: block.cast(), iov_len: 128 }];
    let (from, to) = pipe();
    let addr = block.expose_provenance();
    let other = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(100));
        meddle(std::ptr::with_exposed_provenance_mut(addr), Layout::array::<u8>(128).expect("a layout"));
        // Enough for the first buffer: without the tracker the second is truly gone, and must not be written.
        // SAFETY: 64 bytes of the caller's own.
        unsafe { libc::write(to, [9_u8; 64].as_ptr().cast(), 64) };
    });
    // SAFETY: none; the other thread takes the second buffer away meanwhile.
    let got = std::panic::catch_unwind(|| unsafe { readv(from, vector.as_ptr(), 2) });
    let _ = other.join();
    match got {
        Ok(bytes) => assert_eq!(bytes, 64),
        Err(report) => std::panic::resume_unwind(report),
    }
}

fn freed_during_call() {
    // SAFETY: none; a call under way has the block.
    during_call(|block, layout| unsafe { dealloc(block, layout) });
}

fn reallocated_during_call() {
    during_call(|block, layout| {
        // SAFETY: none; a call under way has the block.
        let moved = unsafe { realloc(block, layout, 4096) };
        assert_ne!(moved, block);
    });
}
