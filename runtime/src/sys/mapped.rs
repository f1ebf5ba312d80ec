//! A table that lies in pages of its own: nothing until it is first asked for, and there as long as the process is.

use crate::sync::plain::{AtomicPtr, Ordering};

/// A table of `N` entries, all bits zero at first.
pub(crate) struct Mapped<T, const N: usize>(AtomicPtr<T>);

/// What is right with all bits zero, and written through shared references alone.
///
/// # Safety
///
/// Both hold, as for structures of atomics, and the type is `Sync`.
pub(crate) unsafe trait Zeroed: Sync {}

impl<T: Zeroed + 'static, const N: usize> Mapped<T, N> {
    pub(crate) const fn new() -> Self {
        Self(AtomicPtr::new(core::ptr::null_mut()))
    }

    /// The table; none where there is no memory for it.
    #[inline]
    pub(crate) fn get(&self) -> Option<&'static [T; N]> {
        let table = self.0.load(Ordering::Acquire);
        if table.is_null() {
            return self.map();
        }
        // SAFETY: published by `map`: N entries, zeroed before, never unmapped.
        Some(unsafe { &*table.cast::<[T; N]>() })
    }

    #[cold]
    #[inline(never)]
    fn map(&self) -> Option<&'static [T; N]> {
        let bytes = size_of::<[T; N]>();
        let pages = super::map_pages(bytes)?;
        let fresh = pages.as_ptr().cast::<T>();
        let null = core::ptr::null_mut();
        let table = match self.0.compare_exchange(null, fresh, Ordering::AcqRel, Ordering::Acquire) {
            Ok(_) => fresh,
            Err(winner) => {
                // SAFETY: another thread won; this mapping was never published.
                unsafe { super::unmap_pages(pages, bytes) };
                winner
            }
        };
        // SAFETY: zeroed pages of this size, which the type allows, and which are never unmapped from here on.
        Some(unsafe { &*table.cast::<[T; N]>() })
    }
}
