//! A stack that keeps its first few values in place, and further ones on the heap.

use core::mem::{self, MaybeUninit};
use core::ptr;

/// Values kept without allocating.
const INLINE: usize = 8;

/// Values, last in, first out. Storage on the heap is kept when they go.
pub(crate) struct Few<T> {
    // The first `count` of them, up to INLINE, are there.
    inline: [MaybeUninit<T>; INLINE],
    spilled: Vec<T>,
    count: usize,
}

impl<T> Few<T> {
    /// None. Writes none of the places.
    #[inline]
    pub(crate) const fn new() -> Self {
        Self { inline: [const { MaybeUninit::uninit() }; INLINE], spilled: Vec::new(), count: 0 }
    }

    /// How many there are.
    #[inline]
    pub(crate) fn len(&self) -> usize {
        self.count
    }

    /// Adds one.
    #[inline]
    pub(crate) fn push(&mut self, value: T) {
        match self.inline.get_mut(self.count) {
            Some(place) => {
                place.write(value);
            }
            None => self.spilled.push(value),
        }
        self.count += 1;
    }

    /// Drops them all, the last one first. Storage on the heap is kept.
    #[inline]
    pub(crate) fn clear(&mut self) {
        if !mem::needs_drop::<T>() {
            self.spilled.clear();
            self.count = 0;
        }
        while let Some(last) = self.spilled.pop() {
            self.count -= 1;
            drop(last);
        }
        while let Some(last) = self.count.checked_sub(1) {
            self.count = last;
            let Some(place) = self.inline.get_mut(last) else { return };
            // SAFETY: `count` was above its index, so it was written, and from here on it counts as gone.
            unsafe { place.assume_init_drop() };
        }
    }

    /// Each of them.
    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        let inline = self.count.min(INLINE);
        // SAFETY: the first `count` places are written.
        let inline = self.inline[..inline].iter_mut().map(|place| unsafe { place.assume_init_mut() });
        inline.chain(&mut self.spilled)
    }
}

impl<T> Drop for Few<T> {
    #[inline]
    fn drop(&mut self) {
        if self.count == 0 {
            return;
        }
        let inline: *mut T = self.inline.as_mut_ptr().cast();
        let there = ptr::slice_from_raw_parts_mut(inline, self.count.min(INLINE));
        // SAFETY: the first `count` places are written, and nobody asks for them after this. Where one of them panics the
        // others are dropped all the same; those on the heap are the vector's own.
        unsafe { there.drop_in_place() };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::rc::Rc;

    proptest! {
        #[test]
        fn behaves_like_a_vector(steps in prop::collection::vec(prop::option::weighted(0.95, any::<u8>()), 0..80)) {
            let (mut few, mut model) = (Few::new(), Vec::new());
            for step in steps {
                match step {
                    Some(value) => {
                        few.push(Box::new(value));
                        model.push(Box::new(value));
                    }
                    None => {
                        few.clear();
                        model.clear();
                    }
                }
                prop_assert_eq!(few.len(), model.len());
                prop_assert_eq!(few.iter_mut().map(|value| **value).collect::<Vec<_>>(), model.iter().map(|value| **value).collect::<Vec<_>>());
            }
        }
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
        for (count, bad) in [(1, 0), (8, 3), (20, 5), (20, 15)] {
            let alive = Rc::new(());
            let mut few = Few::new();
            for number in 0..count {
                few.push(Loud { _alive: Rc::clone(&alive), is_bad: number == bad });
            }
            assert_eq!(Rc::strong_count(&alive), count + 1);
            assert!(catch_unwind(AssertUnwindSafe(|| drop(few))).is_err());
            assert_eq!(Rc::strong_count(&alive), 1, "{count} {bad}");
        }
    }
}
