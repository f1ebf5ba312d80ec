//! C05: structures that C knows by their address, moved.

use super::in_flight::{aio_error, aio_read, aio_return, aiocb, pipe, request, supply, wait};
use super::{Case, deep, moved};
use libc::{c_char, c_int, pthread_mutex_t, pthread_mutexattr_t};
use pinned_ffi::Pinner;
use std::mem::zeroed;

pub(crate) const CASES: &[Case] = &[
    ("moved_out_of_its_frame", moved_out_of_its_frame),
    ("moved_between_boxes", moved_between_boxes),
    ("b038_request_in_a_vector", b038_request_in_a_vector),
    ("b040_moved_mutex", b040_moved_mutex),
];

#[cfg(feature = "libraries")]
pub(crate) const WITH_LIBRARIES: &[Case] = &[("b037_moved_z_stream", super::zlib::b037_moved_z_stream)];

/// C's buffer, which points into itself.
#[pinned_ffi::pinned_ffi]
#[repr(C)]
struct buffer {
    #[out]
    #[one]
    #[nullable]
    at: *mut c_char,
    own: [c_char; 48],
}

#[rustfmt::skip]
#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn buffer_init(
        #[out] #[one] #[flow_through(none)] #[address_sensitive] #[retained(by = b, until = [buffer_end])]
        b: *mut buffer,
    );
    #[may_alias]
    fn buffer_put(#[inout] #[one] #[flow_through(inout)] #[noescape] b: *mut buffer, c: c_int);
    fn buffer_end(#[inout] #[one] #[flow_through(none)] #[noescape] b: *mut buffer);

    fn pthread_mutex_init(mutex: *mut pthread_mutex_t, mutexattr: *const pthread_mutexattr_t) -> c_int;
    fn pthread_mutex_lock(mutex: *mut pthread_mutex_t) -> c_int;
    fn pthread_mutex_unlock(mutex: *mut pthread_mutex_t) -> c_int;
    fn pthread_mutex_destroy(mutex: *mut pthread_mutex_t) -> c_int;
}

fn moved_out_of_its_frame(is_fixed: bool) {
    fn made() -> buffer {
        // SAFETY: numbers and a null pointer.
        let mut b: buffer = unsafe { zeroed() };
        // SAFETY: good until it moves.
        unsafe { buffer_init(&raw mut b) };
        b
    }
    // SAFETY: as above.
    let mut b: buffer = unsafe { zeroed() };
    if is_fixed {
        // SAFETY: it stays in this frame.
        unsafe { buffer_init(&raw mut b) };
    } else {
        b = deep(8, made);
    }
    // SAFETY: none where it has moved.
    unsafe {
        buffer_put(&raw mut b, 7);
        buffer_end(&raw mut b);
    }
}

fn moved_between_boxes(is_fixed: bool) {
    // SAFETY: numbers and a null pointer.
    let mut first: Box<buffer> = Box::new(unsafe { zeroed() });
    // SAFETY: good until it moves.
    unsafe { buffer_init(&raw mut *first) };
    let mut b = if is_fixed { first } else { moved(first) };
    // SAFETY: none where it has moved.
    unsafe {
        buffer_put(&raw mut *b, 7);
        buffer_end(&raw mut *b);
    }
}

/// nix 1440: a vector of requests grows while one of them is in flight.
fn b038_request_in_a_vector(is_fixed: bool) {
    let [from, to] = pipe();
    let mut pinner = Pinner::new();
    let buffer = pinner.pin(vec![0_u8; 100]).cast();
    let mut requests: Vec<aiocb> = vec![*request(from, buffer, 100)];
    let at = requests.as_mut_ptr();
    // SAFETY: none where the vector moves its elements.
    unsafe {
        assert_eq!(aio_read(at), 0);
        if is_fixed {
            supply(to, 100);
            wait(at);
            aio_error(at);
            aio_return(at);
        } else {
            requests.push(*request(from, buffer, 100));
            supply(to, 100);
            // Time for the completion, which goes where the first request was.
            std::thread::sleep(std::time::Duration::from_millis(100));
            aio_error(requests.as_ptr());
        }
    }
    drop(requests);
    pinner.unpin();
}

/// rust 14847, 31936: a mutex that was used lies elsewhere.
fn b040_moved_mutex(is_fixed: bool) {
    // SAFETY: as the initialiser has it.
    let mut first: Box<pthread_mutex_t> = Box::new(unsafe { zeroed() });
    // SAFETY: none where it is unlocked at another place than it was locked at.
    unsafe {
        pthread_mutex_init(&raw mut *first, std::ptr::null());
        pthread_mutex_lock(&raw mut *first);
        let mut mutex = if is_fixed { first } else { moved(first) };
        pthread_mutex_unlock(&raw mut *mutex);
        pthread_mutex_destroy(&raw mut *mutex);
    }
}
