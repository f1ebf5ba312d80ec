//! PF006, misaligned-argument: an address that the C type does not allow.

/// Whether `addr` is a multiple of `align`; a size of zero means nothing is asked.
pub(crate) fn is_satisfied(addr: usize, align: usize) -> bool {
    align <= 1 || addr.is_multiple_of(align)
}
