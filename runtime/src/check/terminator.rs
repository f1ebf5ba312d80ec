//! PF004, missing-terminator: C reads up to a zero, and there is none before the block ends.

use super::Rule;
use super::memory::{Place, Window};
use crate::alloc::map::MAP;
use crate::desc::{Direction, ExtentDesc, PointerDesc};
use crate::mode::{self, Level};

/// How much of a block a cheap check reads in search of the zero; in a block with more than that behind the pointer it is not looked for.
const MOST: usize = 4096;

/// The rule broken by what lies at `addr`, where C reads it up to its first zero and the block is known.
pub(crate) fn violated(desc: &PointerDesc, direction: Direction, place: Place, addr: usize) -> Option<Rule> {
    // What C only writes need not hold a zero yet; of what is no integer nobody knows what zero is.
    if !matches!(desc.extent, ExtentDesc::NullTerminated)
        || direction == Direction::Out
        || !matches!(desc.size, 1 | 2 | 4 | 8)
    {
        return None;
    }
    // On a stack some zero always follows, and of other memory the end is not known.
    let Place::Heap(block) = place else { return None };
    let extent = MAP.extent(&block);
    let bytes = (extent.start.0 + extent.bytes).checked_sub(addr)?;
    if bytes > MOST && mode::level() != Level::Full {
        return None;
    }
    let window = Window::new(place, addr, bytes);
    let is_zero = |at: usize| window.peek(at, desc.size).is_none_or(|value| value == 0);
    let ends = (addr..).step_by(desc.size).take(bytes / desc.size).any(is_zero);
    (!ends).then_some(Rule::Unterminated { bytes })
}
