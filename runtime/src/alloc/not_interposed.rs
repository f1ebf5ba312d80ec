//! Systems whose malloc cannot be made to pass by: nothing is C's for sure.

/// Never.
pub(crate) fn is_on() -> bool {
    false
}

/// Not for sure.
pub(super) fn is_cs(_start: usize) -> bool {
    false
}

/// Never called.
pub(super) unsafe fn free_cs(_start: usize) {}
