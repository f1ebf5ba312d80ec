//! glibc's locks, which are initialised, used by several threads and destroyed where they lie.

use crate::support::at_every_level;
use pinned_ffi::AddressSensitive;
use std::cell::Cell;
use std::pin::Pin;
use std::sync::Arc;

#[pinned_ffi::pinned_ffi(
    header = "pthread.h",
    allow = "pthread_(mutex_(init|lock|unlock|destroy)|cond_(init|wait|broadcast|destroy))"
)]
mod c {
    unsafe extern "C" {
        #[idiomatic]
        pub fn pthread_mutex_init(mutex: *mut pthread_mutex_t, mutexattr: *const pthread_mutexattr_t) -> c_int;
        #[idiomatic]
        pub fn pthread_mutex_lock(mutex: *mut pthread_mutex_t) -> c_int;
        #[idiomatic]
        pub fn pthread_mutex_unlock(mutex: *mut pthread_mutex_t) -> c_int;
        #[idiomatic]
        pub fn pthread_mutex_destroy(mutex: *mut pthread_mutex_t) -> c_int;
        #[idiomatic]
        pub fn pthread_cond_init(cond: *mut pthread_cond_t, cond_attr: *const pthread_condattr_t) -> c_int;
        #[idiomatic]
        pub fn pthread_cond_wait(cond: *mut pthread_cond_t, mutex: *mut pthread_mutex_t) -> c_int;
        #[idiomatic]
        pub fn pthread_cond_broadcast(cond: *mut pthread_cond_t) -> c_int;
        #[idiomatic]
        pub fn pthread_cond_destroy(cond: *mut pthread_cond_t) -> c_int;
    }
}

/// A number that several threads wait for.
struct Gate {
    lock: AddressSensitive<c::pthread_mutex_t>,
    turn: AddressSensitive<c::pthread_cond_t>,
    count: Cell<u32>,
}

// SAFETY: the count is used under the lock only, and both may be used from every thread.
unsafe impl Sync for Gate {}
// SAFETY: neither belongs to a thread while nobody holds it.
unsafe impl Send for Gate {}

impl Gate {
    fn lock(self: Pin<&Self>) -> Pin<&AddressSensitive<c::pthread_mutex_t>> {
        // SAFETY: the field is never moved out of what is pinned.
        unsafe { self.map_unchecked(|all| &all.lock) }
    }

    fn turn(self: Pin<&Self>) -> Pin<&AddressSensitive<c::pthread_cond_t>> {
        // SAFETY: as above.
        unsafe { self.map_unchecked(|all| &all.turn) }
    }

    /// Counts, and comes back when `all` have.
    fn pass(self: Pin<&Self>, all: u32) {
        // SAFETY: initialised, not held by this thread, and unlocked before it comes back.
        unsafe {
            c::pthread_mutex_lock(self.lock()).expect("a lock");
            self.count.set(self.count.get() + 1);
            c::pthread_cond_broadcast(self.turn()).expect("a condition");
            while self.count.get() < all {
                c::pthread_cond_wait(self.turn(), self.lock()).expect("held");
            }
            c::pthread_mutex_unlock(self.lock()).expect("held");
        }
    }
}

#[test]
fn locks_stay_where_they_are() {
    at_every_level("locks::locks_stay_where_they_are", || {
        // SAFETY: bytes that the initialisation writes.
        let (lock, turn) = unsafe { (std::mem::zeroed(), std::mem::zeroed()) };
        let gate = Gate { lock: AddressSensitive::new(lock), turn: AddressSensitive::new(turn), count: Cell::new(0) };
        let gate = Arc::pin(gate);
        // SAFETY: nobody has seen them, and both are destroyed below.
        unsafe {
            c::pthread_mutex_init(gate.as_ref().lock(), None).expect("a lock");
            c::pthread_cond_init(gate.as_ref().turn(), None).expect("a condition");
        }
        let threads: Vec<_> = (0..4)
            .map(|_| {
                let gate = gate.clone();
                std::thread::spawn(move || gate.as_ref().pass(5))
            })
            .collect();
        gate.as_ref().pass(5);
        for thread in threads {
            thread.join().expect("the thread ends");
        }
        assert_eq!(gate.count.get(), 5);
        // SAFETY: free, waited for by nobody, and not used after.
        unsafe {
            c::pthread_cond_destroy(gate.as_ref().turn()).expect("nobody waits");
            c::pthread_mutex_destroy(gate.as_ref().lock()).expect("free");
        }
    });
}
