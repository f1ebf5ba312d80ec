//! One slot of the handle table: its state, and the value whose users the state counts.

use crate::sync::UnsafeCell;
use crate::sync::atomic::{AtomicU32, AtomicU64};
use core::mem::MaybeUninit;

/// A place for one value, and who uses it.
pub(super) struct Slot<V> {
    // Generation in the upper half, LIVE, and the number of threads inside.
    pub(super) state: AtomicU64,
    // The index of the next free slot plus one, while this one is free.
    pub(super) next: AtomicU32,
    value: UnsafeCell<MaybeUninit<V>>,
}

impl<V> Slot<V> {
    /// Free, with this generation.
    pub(super) fn new(generation: u32) -> Self {
        Self {
            state: AtomicU64::new(u64::from(generation) << 32),
            next: AtomicU32::new(0),
            value: UnsafeCell::new(MaybeUninit::uninit()),
        }
    }
}

#[cfg(not(loom))]
impl<V> Slot<V> {
    /// # Safety
    ///
    /// The slot is the caller's alone, and holds no value.
    pub(super) unsafe fn write(&self, value: V) {
        // SAFETY: nobody else has the slot.
        unsafe { (*self.value.get()).write(value) };
    }

    /// # Safety
    ///
    /// The slot holds a value, and does so until this returns.
    pub(super) unsafe fn look<R>(&self, look: impl FnOnce(&V) -> R) -> R {
        // SAFETY: nobody writes a slot that holds a value while a thread is counted in it.
        let value = unsafe { &*self.value.get() };
        // SAFETY: it holds one.
        look(unsafe { value.assume_init_ref() })
    }

    /// # Safety
    ///
    /// The slot is the caller's alone, and holds a value; afterwards it holds none.
    pub(super) unsafe fn take(&self) -> V {
        // SAFETY: nobody else has the slot.
        let value = unsafe { &*self.value.get() };
        // SAFETY: it holds one, and is not read again before the next write.
        unsafe { value.assume_init_read() }
    }
}

#[cfg(loom)]
impl<V> Slot<V> {
    pub(super) unsafe fn write(&self, value: V) {
        // SAFETY: as without loom, which checks it.
        self.value.with_mut(|slot| unsafe { slot.write(MaybeUninit::new(value)) });
    }

    pub(super) unsafe fn look<R>(&self, look: impl FnOnce(&V) -> R) -> R {
        // SAFETY: as without loom, which checks it.
        self.value.with(|slot| look(unsafe { (*slot).assume_init_ref() }))
    }

    pub(super) unsafe fn take(&self) -> V {
        // SAFETY: as without loom, which checks it.
        self.value.with_mut(|slot| unsafe { (*slot).assume_init_read() })
    }
}
