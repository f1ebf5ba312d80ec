//! One slot of C's that a pinner has filled.

/// A slot of C's that holds a pinned address; both as addresses, exposed when they were stored.
pub(super) struct Stored {
    pub(super) slot: usize,
    pub(super) pointer: usize,
}

impl Stored {
    /// Makes the slot null, unless C has put something else there.
    pub(super) fn clear(self) {
        let slot = core::ptr::with_exposed_provenance_mut::<*mut ()>(self.slot);
        // SAFETY: `store` asks for a slot that is valid until the pins end.
        let held = unsafe { slot.read() };
        if held.addr() == self.pointer {
            // SAFETY: as for the read.
            unsafe { slot.write(core::ptr::null_mut()) };
        }
    }
}
