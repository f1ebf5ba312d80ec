//! Structures that C knows by their address: pinned from before their initialisation, over one of our own and glibc's mutex.

use pinned_ffi::AddressSensitive;
use std::sync::Arc;

#[global_allocator]
static ALLOC: pinned_ffi::TrackedAlloc = pinned_ffi::TrackedAlloc::system();

mod c {
    #![allow(non_camel_case_types)]

    use std::ffi::c_int;

    #[pinned_ffi::pinned_ffi]
    #[repr(C)]
    #[derive(Default)]
    pub(crate) struct cell {
        me: usize,
        count: c_int,
    }

    #[link(name = "probe", kind = "static")]
    unsafe extern "C" {}

    #[rustfmt::skip]
    #[pinned_ffi::pinned_ffi]
    unsafe extern "C" {
        #[success(result == 0)]
        #[idiomatic]
        pub(crate) fn cell_init(
            #[inout] #[one] #[retained(by = c, until = [cell_end], on(success))] #[noescape] c: *mut cell,
            count: c_int,
        ) -> c_int;
        pub(crate) safe fn cell_add(#[inout] #[one] #[noescape] c: *mut cell, number: c_int) -> c_int;
        pub(crate) safe fn cell_end(#[inout] #[one] #[noescape] c: *mut cell);
    }
}

#[test]
fn what_knows_its_address_is_taken_pinned() {
    let mut cell = Box::pin(AddressSensitive::new(c::cell::default()));
    assert_eq!(c::cell_add(cell.as_mut(), 1), -1, "not initialised");
    // SAFETY: ended below, before it goes.
    assert_eq!(unsafe { c::cell_init(cell.as_mut(), -5) }, Err(1));
    // SAFETY: as above.
    unsafe { c::cell_init(cell.as_mut(), 5) }.expect("a count");
    let mut moved = cell;
    assert_eq!(c::cell_add(moved.as_mut(), 2), 7);
    c::cell_end(moved.as_mut());
    assert_eq!(c::cell_add(moved.as_mut(), 2), -1);
}

#[rustfmt::skip]
mod locks {
    #[pinned_ffi::pinned_ffi(header = "pthread.h", allow = "pthread_mutex_(lock|trylock|unlock|destroy)")]
    mod c {
        unsafe extern "C" {
            #[idiomatic] fn pthread_mutex_lock(mutex: *mut pthread_mutex_t) -> c_int;
            #[idiomatic] fn pthread_mutex_trylock(mutex: *mut pthread_mutex_t) -> c_int;
            #[idiomatic] fn pthread_mutex_unlock(mutex: *mut pthread_mutex_t) -> c_int;
            #[idiomatic] fn pthread_mutex_destroy(mutex: *mut pthread_mutex_t) -> c_int;
        }
    }
    pub(crate) use c::*;
}

/// A lock of C's, and what it guards.
struct Guarded {
    lock: AddressSensitive<locks::pthread_mutex_t>,
    count: std::cell::Cell<u32>,
}

// SAFETY: `add` touches the count under the lock only, and the lock may be used from every thread.
unsafe impl Sync for Guarded {}
// SAFETY: neither belongs to a thread while it is not locked.
unsafe impl Send for Guarded {}

impl Guarded {
    fn lock(self: std::pin::Pin<&Self>) -> std::pin::Pin<&AddressSensitive<locks::pthread_mutex_t>> {
        // SAFETY: the field is never moved out of what is pinned.
        unsafe { self.map_unchecked(|all| &all.lock) }
    }

    fn add(self: std::pin::Pin<&Self>) {
        // SAFETY: a zeroed mutex is an initialised one in glibc, and this thread does not hold it.
        unsafe { locks::pthread_mutex_lock(self.lock()) }.expect("a lock");
        self.count.set(self.count.get() + 1);
        // SAFETY: held since the line above.
        unsafe { locks::pthread_mutex_unlock(self.lock()) }.expect("held");
    }
}

#[test]
fn a_lock_is_shared_where_it_lies() {
    // SAFETY: glibc's PTHREAD_MUTEX_INITIALIZER is all zero.
    let zeroed = unsafe { std::mem::zeroed::<locks::pthread_mutex_t>() };
    let guarded = Arc::pin(Guarded { lock: AddressSensitive::new(zeroed), count: 0.into() });
    let threads: Vec<_> = (0..4)
        .map(|_| {
            let guarded = guarded.clone();
            std::thread::spawn(move || (0..1000).for_each(|_| guarded.as_ref().add()))
        })
        .collect();
    for thread in threads {
        thread.join().expect("the thread ends");
    }
    assert_eq!(guarded.count.get(), 4000);
    let lock = guarded.as_ref().lock();
    // SAFETY: free, and nobody else uses it any more.
    unsafe { locks::pthread_mutex_lock(lock) }.expect("free");
    // SAFETY: as above; a normal mutex may be tried by its holder.
    assert_eq!(unsafe { locks::pthread_mutex_trylock(lock) }, Err(libc::EBUSY));
    // SAFETY: held by this thread.
    unsafe { locks::pthread_mutex_unlock(lock) }.expect("held");
    // SAFETY: free, and not used after.
    unsafe { locks::pthread_mutex_destroy(lock) }.expect("free");
}
