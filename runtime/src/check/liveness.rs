//! PF002, dangling-argument: a pointer into a freed block, or into a stack frame that has returned.

use super::Rule;
use super::memory::Place;

/// The rule broken by pointing to this place. Unknown memory is never an error.
#[inline]
pub(crate) fn violated(place: Place) -> Option<Rule> {
    match place {
        Place::Heap(block) if block.is_freed() => Some(Rule::Freed),
        Place::DeadStack => Some(Rule::DeadStack),
        Place::Heap(_) | Place::Stack { .. } | Place::Unknown => None,
    }
}
