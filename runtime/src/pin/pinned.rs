//! `Pinned`: one owner, pinned until it is asked back.

use super::block::BlockPin;
use super::mark::Mark;
use super::stable::StableAddr;
use core::ffi::c_void;
use core::mem::MaybeUninit;
use core::panic::Location;

/// One owner, held in place until [`unpin`](Self::unpin) gives it back or the value is dropped.
///
/// It is what a [`Pinner`](crate::Pinner) is for many: the owner stays alive, its block is not moved, freed or reallocated,
/// its length is frozen, and in checked builds the place of the pin is on record. The memory cannot be read or written through
/// it, since C may be writing there; take the owner back for that.
///
/// It may move and be sent to another thread, if its owner may. Dropping it while C still uses the memory is what rule PF010
/// reports in checked builds, as far as C is inside a call; forgetting it keeps the memory for ever, and that is safe, but rule
/// PF012 reports it: where it is meant, say so with [`forever`](Self::forever).
/// What C uses until it completes something belongs to an [`Operation`](crate::completion::Operation), which no drop ends.
///
/// ```
/// use pinned_ffi::Pinned;
/// let pinned = Pinned::new(vec![1_u8, 2, 3]);
/// // SAFETY: nobody else has the address, and the vector is there.
/// unsafe { pinned.as_ptr().cast::<u8>().write(9) };
/// assert_eq!(pinned.unpin(), [9, 2, 3]);
/// ```
#[must_use = "an owner that is dropped at once is pinned for nothing"]
pub struct Pinned<O: StableAddr> {
    pin: BlockPin,
    mark: Mark,
    // Not as `O`: moving a box or a `&mut` as itself would claim its memory for Rust alone, while C has a pointer to it.
    owner: MaybeUninit<O>,
}

impl<O: StableAddr> Pinned<O> {
    /// Pins what `owner` owns. See [`Pinner::pin`](crate::Pinner::pin) for memory that needs no pin.
    ///
    /// # Panics
    ///
    /// As [`Pinner::pin`](crate::Pinner::pin).
    #[track_caller]
    pub fn new(owner: O) -> Self {
        let owner = MaybeUninit::new(owner);
        // SAFETY: written on the line above.
        let memory = unsafe { owner.assume_init_ref() }.extent();
        let mut mark = Mark::none();
        let (pin, is_freed) = BlockPin::new(memory, Location::caller(), &mut mark);
        let pinned = Self { pin, mark, owner };
        crate::call::after_pin(memory.start, is_freed);
        pinned
    }

    /// The address of the memory that C may have: of a vector's buffer, not of the vector. Valid until `unpin` or drop; for
    /// empty owners a dangling, well-aligned address.
    pub fn as_ptr(&self) -> *mut c_void {
        core::ptr::with_exposed_provenance_mut(self.extent().start.0)
    }

    /// How many bytes the owner owns there: for a vector its capacity.
    pub fn size(&self) -> usize {
        self.extent().bytes
    }

    /// Ends the pin and gives the owner back.
    #[track_caller]
    pub fn unpin(mut self) -> O {
        self.pin.release();
        self.mark.end();
        // SAFETY: written by `new`, and forgotten below, so it is taken once.
        let owner = unsafe { self.owner.assume_init_read() };
        core::mem::forget(self);
        crate::call::safe_point();
        owner
    }

    /// Keeps the owner pinned for as long as the process lives, and gives its address: for memory that C never gives back.
    ///
    /// The owner is never dropped. Unlike forgetting the value, this is on record as meant: the pin stays among
    /// [`pins`](crate::pins()), and is no leak.
    ///
    /// ```
    /// let table = pinned_ffi::Pinned::new(vec![0_u32; 256]).forever().cast::<u32>();
    /// // SAFETY: 256 numbers that nobody else has, and that stay.
    /// assert_eq!(unsafe { table.add(255).read() }, 0);
    /// ```
    pub fn forever(mut self) -> *mut c_void
    where
        O: 'static,
    {
        let start = self.as_ptr();
        self.pin.for_ever();
        self.mark.end();
        core::mem::forget(self);
        start
    }

    fn extent(&self) -> crate::addr::Extent {
        // SAFETY: written by `new`, and there until `unpin` or drop.
        unsafe { self.owner.assume_init_ref() }.extent()
    }
}

impl<O: StableAddr> Drop for Pinned<O> {
    fn drop(&mut self) {
        self.pin.release();
        self.mark.end();
        // SAFETY: written by `new`; `unpin` forgets the value, so it is dropped here only.
        unsafe { self.owner.assume_init_drop() };
        crate::call::quiet_safe_point();
    }
}

impl<O: StableAddr> core::fmt::Debug for Pinned<O> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Pinned").field("at", &self.as_ptr()).field("bytes", &self.size()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::Pinned;
    use std::sync::Arc;

    #[test]
    fn the_owner_comes_back_and_its_memory_never_moved() {
        let owner = vec![1_u8, 2, 3];
        let at = owner.as_ptr();
        let pinned = Pinned::new(owner);
        assert_eq!((pinned.as_ptr().cast_const().cast(), pinned.size()), (at, 3));
        let moved = Box::new(pinned);
        assert_eq!(moved.as_ptr().cast_const().cast(), at);
        let back = moved.unpin();
        assert_eq!((back.as_ptr(), back), (at, vec![1, 2, 3]));
    }

    #[test]
    fn dropping_it_drops_the_owner_once() {
        let shared = Arc::new(());
        drop(Pinned::new(Box::new(Arc::clone(&shared))));
        assert_eq!(Arc::strong_count(&shared), 1);
        drop(Pinned::new(Arc::clone(&shared)).unpin());
        assert_eq!(Arc::strong_count(&shared), 1);
    }

    #[test]
    fn it_may_go_to_another_thread() {
        let pinned = Pinned::new(vec![5_u32; 4]);
        let back = std::thread::spawn(move || pinned.unpin()).join().expect("the thread ends");
        assert_eq!(back, [5; 4]);
    }
}
