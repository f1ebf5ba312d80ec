//! C07: pointers inside structures that lead to freed memory.

use super::{Case, keep_if, owned};
use libc::{c_char, c_int, c_ulong, c_void, iovec, size_t, ssize_t};
use pinned_ffi::Pinner;

pub(crate) const CASES: &[Case] = &[
    ("vector_with_a_freed_buffer", vector_with_a_freed_buffer),
    ("b044_builder_loses_the_lifetime", b044_builder_loses_the_lifetime),
    ("b045_shader_source", b045_shader_source),
    ("b046_resized_bind", b046_resized_bind),
];

/// `VkSomethingCreateInfo`.
#[pinned_ffi::pinned_ffi]
#[repr(C)]
struct create_info {
    count: c_int,
    #[input]
    #[counted_by(count)]
    formats: *const c_int,
}

/// `MYSQL_BIND`.
#[pinned_ffi::pinned_ffi]
#[repr(C)]
struct my_bind {
    #[sized_by(buffer_length)]
    buffer: *mut c_void,
    buffer_length: c_ulong,
}

#[rustfmt::skip]
#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn writev(fd: c_int, iov: *const iovec, iovcnt: c_int) -> ssize_t;
    fn vk_create(#[input] #[one] #[flow_through] #[noescape] info: *const create_info) -> c_int;
    fn gl_shader_source(
        count: c_int,
        #[input] #[counted_by(count)] #[flow_through] #[pointee(input, null_terminated)] #[noescape]
        texts: *const *const c_char,
    ) -> size_t;
    fn my_bind_param(#[input] #[one] #[noescape] bind: *const my_bind);
    fn my_send() -> c_int;
    fn my_done();
}

fn vector_with_a_freed_buffer(is_fixed: bool) {
    let mut buffers = [vec![1_u8; 64], vec![2; 100], vec![3; 50]];
    let vector = buffers.each_mut().map(|buffer| iovec { iov_base: buffer.as_mut_ptr().cast(), iov_len: buffer.len() });
    let [first, second, third] = buffers;
    let second = keep_if(is_fixed, second);
    // SAFETY: a name that ends with zero.
    let fd = unsafe { libc::open(c"/dev/shm".as_ptr(), libc::O_TMPFILE | libc::O_RDWR, 0o600) };
    // SAFETY: none where the second buffer is gone.
    unsafe { writev(fd, vector.as_ptr(), 3) };
    drop((first, second, third));
}

/// ash 192, 866: the builder gives a structure away, and forgets whose its slices are.
fn b044_builder_loses_the_lifetime(is_fixed: bool) {
    let formats = vec![37, 44, 50, 97, 100, 109, 124, 126];
    let info = create_info { count: 8, formats: formats.as_ptr() };
    let formats = keep_if(is_fixed, formats);
    // SAFETY: none where the formats are gone.
    unsafe { vk_create(&raw const info) };
    drop(formats);
}

/// piston 1062: one of the texts was an arm's own.
fn b045_shader_source(is_fixed: bool) {
    let header = owned("#version 330 core\n");
    let body = owned("void main() { gl_Position = vec4(0.0); }\n");
    let texts = [header.as_ptr(), body.as_ptr()];
    let header = keep_if(is_fixed, header);
    // SAFETY: none where the header is gone.
    unsafe { gl_shader_source(2, texts.as_ptr()) };
    drop((header, body));
}

/// diesel 633, 635: the buffer is resized, and the client has the old one.
fn b046_resized_bind(is_fixed: bool) {
    let mut pinner = Pinner::new();
    let mut buffer = vec![1_u8; 60];
    // SAFETY: none where the buffer moves between the calls.
    unsafe {
        if is_fixed {
            buffer.resize(600, 2);
            let (at, length) = (buffer.as_mut_ptr(), buffer.len());
            pinner.pin(buffer);
            my_bind_param(&my_bind { buffer: at.cast(), buffer_length: length as c_ulong });
        } else {
            my_bind_param(&my_bind { buffer: buffer.as_mut_ptr().cast(), buffer_length: 60 });
            buffer.resize(600, 2);
        }
        my_send();
        my_done();
    }
    pinner.unpin();
}
