//! Systems on which small blocks have no slots of their own: the end of a thread cannot be watched there without memory.

/// There is none.
pub(super) const MOST_BYTES: usize = 0;

/// Never.
pub(crate) fn is_ours(_addr: usize) -> bool {
    false
}

/// Nowhere.
pub(crate) fn granules_at(_start: usize) -> Option<usize> {
    None
}

/// None.
pub(super) fn take(_bytes: usize) -> Option<*mut u8> {
    None
}

/// Never called.
pub(super) fn give_back(_start: usize, _bytes: usize) {}

/// Never.
pub(super) fn is_plain(_start: usize, _bytes: usize) -> bool {
    false
}

/// Never called.
pub(super) fn free_plain(_start: usize, _bytes: usize) {}

/// There is no lock.
#[cfg(target_os = "linux")]
pub(crate) fn around_fork(_is_before: bool) {}
