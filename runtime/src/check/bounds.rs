//! PF003, length-out-of-bounds: the declared extent leaves the block.

use super::Rule;
use super::memory::Place;
use crate::alloc::map::MAP;

/// The rule broken by `bytes` bytes from `addr` on, where the block and the length are known.
#[inline]
pub(crate) fn violated(place: Place, addr: usize, bytes: Option<usize>) -> Option<Rule> {
    let bytes = bytes?;
    let fits = match place {
        Place::Heap(block) => MAP.covers(&block, addr, bytes),
        Place::Stack { end } => addr.checked_add(bytes).is_some_and(|last| last <= end),
        Place::DeadStack | Place::Unknown => true,
    };
    (!fits).then_some(Rule::PastEnd)
}
