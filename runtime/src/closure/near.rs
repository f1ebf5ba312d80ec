//! Closures at hand: what a call needs of one, read without a word to other threads.
//!
//! The table counts who is inside of a slot, and that costs two exchanges at each call. Here an entry is written once, by whoever
//! gives the closure, and taken back by whoever ends it, before the table lets go. Where two closures share an entry the
//! second one is found in the table alone.

use core::panic::Location;
use core::ptr;
use core::sync::atomic::{AtomicPtr, AtomicUsize, Ordering, fence};

/// A power of two. Indices of the table are given out again from the lowest, so most programs need the first few.
const ENTRIES: usize = 256;

/// What an entry's number is while it is written, or of nobody. Both are no userdata: a generation is never 0.
const EMPTY: usize = 0;
const BUSY: usize = 1;

/// A closure that C may call.
#[derive(Clone, Copy, Debug)]
pub(super) struct Near {
    pub(super) body: *mut (),
    pub(super) thread: usize,
    pub(super) given_at: &'static Location<'static>,
    /// The address of the function that tells its type.
    pub(super) ty: usize,
}

struct Entry {
    userdata: AtomicUsize,
    body: AtomicPtr<()>,
    thread: AtomicUsize,
    given_at: AtomicPtr<Location<'static>>,
    ty: AtomicUsize,
}

static NEAR: [Entry; ENTRIES] = [const {
    Entry {
        userdata: AtomicUsize::new(EMPTY),
        body: AtomicPtr::new(ptr::null_mut()),
        thread: AtomicUsize::new(0),
        given_at: AtomicPtr::new(ptr::null_mut()),
        ty: AtomicUsize::new(0),
    }
}; ENTRIES];

/// The entry of a number, by its index in the table.
#[inline]
fn entry(userdata: usize) -> &'static Entry {
    &NEAR[userdata % ENTRIES]
}

/// From here on `get` may find it.
pub(super) fn put(userdata: usize, near: Near) {
    let entry = entry(userdata);
    if entry.userdata.compare_exchange(EMPTY, BUSY, Ordering::Acquire, Ordering::Relaxed).is_err() {
        return;
    }
    // Who reads any of what follows reads that it is busy, or something later, when it looks again.
    fence(Ordering::Release);
    entry.body.store(near.body, Ordering::Relaxed);
    entry.thread.store(near.thread, Ordering::Relaxed);
    entry.given_at.store(ptr::from_ref(near.given_at).cast_mut(), Ordering::Relaxed);
    entry.ty.store(near.ty, Ordering::Relaxed);
    entry.userdata.store(userdata, Ordering::Release);
}

/// From here on `get` does not find it.
pub(super) fn take(userdata: usize) {
    let _ = entry(userdata).userdata.compare_exchange(userdata, EMPTY, Ordering::AcqRel, Ordering::Relaxed);
}

/// What was put there under this number, and not taken yet.
#[inline]
pub(super) fn get(userdata: usize) -> Option<Near> {
    let entry = entry(userdata);
    if entry.userdata.load(Ordering::Acquire) != userdata || userdata <= BUSY {
        return None;
    }
    let body = entry.body.load(Ordering::Relaxed);
    let thread = entry.thread.load(Ordering::Relaxed);
    let given_at = entry.given_at.load(Ordering::Relaxed);
    let ty = entry.ty.load(Ordering::Relaxed);
    fence(Ordering::Acquire);
    if entry.userdata.load(Ordering::Relaxed) != userdata {
        return None;
    }
    // SAFETY: the number was there before and after, and is used once, so this is what `put` wrote with it: a static's address.
    let given_at = unsafe { &*given_at };
    Some(Near { body, thread, given_at, ty })
}

#[cfg(test)]
mod tests {
    use super::*;
    use core::sync::atomic::AtomicBool;
    use std::collections::BTreeSet;

    fn near(thread: usize) -> Near {
        Near { body: ptr::without_provenance_mut(16 * thread), thread, given_at: Location::caller(), ty: 7 * thread }
    }

    #[test]
    fn what_was_put_is_found_until_it_is_taken() {
        let userdata = 0xf1 << 32 | 250;
        assert!(get(userdata).is_none());
        put(userdata, near(4));
        let found = get(userdata).expect("it was put");
        assert_eq!((found.body.addr(), found.thread, found.ty), (64, 4, 28));
        // Another of the same entry, or of another generation.
        put(userdata + ENTRIES, near(5));
        assert!(get(userdata + ENTRIES).is_none() && get(userdata + (1 << 32)).is_none());
        assert_eq!(get(userdata).map(|near| near.thread), Some(4));
        take(userdata + (1 << 32));
        assert!(get(userdata).is_some());
        take(userdata);
        take(userdata);
        assert!(get(userdata).is_none() && get(EMPTY).is_none() && get(BUSY).is_none());
    }

    #[test]
    fn nobody_reads_half_of_one() {
        let userdata = |turn: usize| (turn + 1) << 32 | 251;
        let is_over = AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                for turn in 1.. {
                    put(userdata(turn), near(turn));
                    if is_over.load(Ordering::Relaxed) {
                        break;
                    }
                    take(userdata(turn));
                }
            });
            // Of so many turns, for each of which the writer stays a moment only.
            let mut turns = BTreeSet::new();
            while turns.len() < 1000 {
                let turn = (NEAR[251].userdata.load(Ordering::Relaxed) >> 32).saturating_sub(1);
                if let Some(found) = get(userdata(turn)) {
                    assert_eq!((found.thread, found.body.addr(), found.ty), (turn, 16 * turn, 7 * turn));
                    turns.insert(turn);
                }
            }
            is_over.store(true, Ordering::Relaxed);
        });
    }
}
