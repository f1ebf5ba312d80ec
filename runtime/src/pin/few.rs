//! A stack of a few values, in place.

use core::mem::{self, MaybeUninit};
use core::ptr;

/// How many values there is room for; of those without a size, for any number.
const ROOM: usize = 8;

/// Values, last in, first out.
pub(crate) struct Few<T> {
    // The first `count` of them are there.
    places: [MaybeUninit<T>; ROOM],
    count: usize,
}

impl<T> Few<T> {
    /// None. Writes none of the places.
    #[inline]
    pub(crate) const fn new() -> Self {
        Self { places: [const { MaybeUninit::uninit() }; ROOM], count: 0 }
    }

    /// How many there are.
    #[inline]
    pub(crate) fn len(&self) -> usize {
        self.count
    }

    /// Whether there are none.
    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Whether there is no room for another one.
    #[inline]
    pub(crate) fn is_full(&self) -> bool {
        size_of::<T>() != 0 && self.count == ROOM
    }

    /// Adds one; without room it is given back.
    #[inline(always)]
    pub(crate) fn push(&mut self, value: T) -> Result<(), T> {
        if self.is_full() {
            return Err(value);
        }
        // SAFETY: not full, so it is a place of ours.
        unsafe { self.next_place().write(value) };
        // SAFETY: written on the line above.
        unsafe { self.added() };
        Ok(())
    }

    /// The place of the next one, where there is room.
    #[inline]
    pub(crate) fn next_place(&mut self) -> *mut T {
        self.places.as_mut_ptr().cast::<T>().wrapping_add(self.count)
    }

    /// Counts the one that was written to [`next_place`](Self::next_place).
    ///
    /// # Safety
    ///
    /// There is room, and it was written.
    #[inline]
    pub(crate) unsafe fn added(&mut self) {
        self.count += 1;
    }

    /// Drops the last one, if there is one.
    #[inline]
    pub(crate) fn drop_last(&mut self) -> bool {
        let Some(last) = self.count.checked_sub(1) else { return false };
        let first: *mut T = self.places.as_mut_ptr().cast();
        self.count = last;
        // SAFETY: `count` was above its index, so it is there.
        let last = unsafe { first.add(last) };
        // SAFETY: as above, and it counts as gone already.
        unsafe { last.drop_in_place() };
        true
    }

    /// Forgets them all, without a drop.
    #[inline]
    pub(crate) fn forget(&mut self) {
        self.count = 0;
    }

    /// Those that are there.
    #[inline]
    pub(crate) fn there(&mut self) -> *mut [T] {
        ptr::slice_from_raw_parts_mut(self.places.as_mut_ptr().cast(), self.count)
    }
}

impl<T> Drop for Few<T> {
    #[inline]
    fn drop(&mut self) {
        if mem::needs_drop::<T>() && self.count > 0 {
            self.drop_all();
        }
    }
}

impl<T> Few<T> {
    #[cold]
    #[inline(never)]
    fn drop_all(&mut self) {
        // SAFETY: the first `count` places are written, and nobody asks for them after this. Where one of them panics the
        // others are dropped all the same.
        unsafe { self.there().drop_in_place() };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::rc::Rc;

    struct Told(Rc<RefCell<Vec<usize>>>, usize);

    impl Drop for Told {
        fn drop(&mut self) {
            self.0.borrow_mut().push(self.1);
        }
    }

    #[test]
    fn the_last_goes_first_and_each_once() {
        let told = Rc::new(RefCell::new(Vec::new()));
        let mut few = Few::new();
        for round in 0..3 {
            for number in 0..ROOM {
                assert_eq!((few.len(), few.is_empty(), few.is_full()), (number, number == 0, false));
                assert!(few.push(Told(Rc::clone(&told), number)).is_ok());
            }
            assert!(few.is_full());
            let expected: Vec<usize> = if round == 1 { Vec::new() } else { (0..ROOM).rev().collect() };
            if round == 1 {
                few.forget()
            } else {
                while few.drop_last() {}
            }
            assert_eq!(told.take(), expected);
        }
        assert!(few.push(Told(Rc::clone(&told), 42)).is_ok());
        drop(few);
        assert_eq!(told.take(), [42]);
    }

    #[test]
    fn values_without_a_size_are_counted() {
        let mut few = Few::new();
        for number in 0..1000 {
            assert_eq!(few.len(), number);
            assert!(few.push(()).is_ok());
        }
        while few.drop_last() {}
        assert!(few.is_empty());
    }

    #[test]
    fn all_are_dropped_once_also_where_one_panics() {
        struct Loud {
            _alive: Rc<()>,
            is_bad: bool,
        }
        impl Drop for Loud {
            fn drop(&mut self) {
                assert!(!self.is_bad, "asked for");
            }
        }
        for (count, bad, clears) in [(1, 0, false), (8, 3, false), (8, 0, true), (8, 7, true), (5, 2, true)] {
            let alive = Rc::new(());
            let mut few = Few::new();
            for number in 0..count {
                assert!(few.push(Loud { _alive: Rc::clone(&alive), is_bad: number == bad }).is_ok());
            }
            assert_eq!(Rc::strong_count(&alive), count + 1);
            let panics = catch_unwind(AssertUnwindSafe(|| {
                let mut few = few;
                if clears {
                    while few.drop_last() {}
                }
            }));
            assert!(panics.is_err());
            assert_eq!(Rc::strong_count(&alive), 1, "{count} {bad}");
        }
    }
}
