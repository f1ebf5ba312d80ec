//! PF001, unpinned-nested-pointer: memory given to C holds a pointer to Rust memory that nothing keeps in place.

use super::Rule;
use crate::alloc::map::Block;
use crate::pin;

/// The rule broken by a pointer to this block inside an argument that is not flow-through.
///
/// A block that the same call was given as an argument is held for the call like a pinned one, and so is a live one where
/// that is enough.
pub(crate) fn violated(block: Block, is_held: bool) -> Option<Rule> {
    if block.is_freed() {
        // Put off while pinned still counts as freed: its owner is gone.
        return Some(Rule::Freed);
    }
    (!is_held && !pin::is_pinned(&block)).then_some(Rule::UnpinnedNested)
}
