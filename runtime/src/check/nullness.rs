//! PF005, null-argument: null where C dereferences it.

use crate::desc::{Nullability, PointerDesc};

/// Whether a null pointer breaks the contract. Null with an empty extent is always legal.
pub(crate) fn is_violated(desc: &PointerDesc, bytes: Option<usize>) -> bool {
    desc.nullability == Nullability::Nonnull && bytes != Some(0)
}
