//! One owner in a pinner, its type forgotten.

use core::mem::MaybeUninit;

/// An owner of up to this many words is kept in place, a larger one is boxed.
const WORDS: usize = 4;

/// One owner, its type forgotten.
pub(super) struct Owner {
    words: MaybeUninit<[usize; WORDS]>,
    drop_owner: unsafe fn(*mut ()),
}

impl Owner {
    /// Writes an owner there.
    ///
    /// # Safety
    ///
    /// `place` is valid for writes.
    #[inline]
    pub(super) unsafe fn write<O>(place: *mut Self, owner: O) {
        let fits = size_of::<O>() <= size_of::<[usize; WORDS]>() && align_of::<O>() <= align_of::<usize>();
        if fits {
            // SAFETY: as for this function, and it fits.
            unsafe { Self::write_fitting(place, owner) };
        } else {
            // SAFETY: as above; a box fits.
            unsafe { Self::write_fitting(place, Box::new(owner)) };
        }
    }

    /// # Safety
    ///
    /// As for [`write`](Self::write), and the owner fits size and alignment of `words`.
    #[inline]
    unsafe fn write_fitting<O>(place: *mut Self, owner: O) {
        const { assert!(size_of::<Box<u8>>() <= size_of::<[usize; WORDS]>()) };
        unsafe fn drop_owner<O>(owner: *mut ()) {
            // SAFETY: the caller passes the words that `write_fitting::<O>` filled, once.
            unsafe { owner.cast::<O>().drop_in_place() };
        }
        // SAFETY: a field of a place that may be written.
        let words = unsafe { &raw mut (*place).words };
        // SAFETY: as above, and the owner fits, the caller says.
        unsafe { words.cast::<O>().write(owner) };
        // SAFETY: a field of a place that may be written.
        let drop = unsafe { &raw mut (*place).drop_owner };
        // SAFETY: as above.
        unsafe { drop.write(drop_owner::<O>) };
    }
}

impl Drop for Owner {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: the words hold the owner that was written there, dropped only here.
        unsafe { (self.drop_owner)(self.words.as_mut_ptr().cast()) };
    }
}
