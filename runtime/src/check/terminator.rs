//! PF004, missing-terminator: C reads up to a zero, and there is none before the block ends.

use super::Rule;
use super::memory::{self, Place, Window};
use crate::alloc::map::MAP;
use crate::desc::{Direction, ExtentDesc, PointerDesc};

/// What the search for the zero has come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Search {
    /// It is there, or nobody can say.
    Fine,
    /// It is not.
    Missing(Rule),
    /// It is not in as much memory as may be looked through.
    CutShort,
}

/// Looks for the zero behind `addr`, where C reads up to it and the block is known, in no more than `longest` bytes.
pub(super) fn search(desc: &PointerDesc, direction: Direction, place: Place, addr: usize, longest: usize) -> Search {
    // What C only writes need not hold a zero yet; of what is no integer nobody knows what zero is.
    if !matches!(desc.extent, ExtentDesc::NullTerminated)
        || direction == Direction::Out
        || !matches!(desc.size, 1 | 2 | 4 | 8)
    {
        return Search::Fine;
    }
    // On a stack some zero always follows, and of other memory the end is not known.
    let Place::Heap(block) = place else { return Search::Fine };
    // The usual answer needs no length.
    if desc.size == 1 && memory::has_zero_byte(&block, addr, longest) {
        return Search::Fine;
    }
    let extent = MAP.extent(&block);
    let Some(bytes) = (extent.start.0 + extent.bytes).checked_sub(addr) else { return Search::Fine };
    if desc.size != 1 && ends(&Window::new(place, addr, bytes), addr, bytes.min(longest), desc.size) {
        Search::Fine
    } else if bytes > longest {
        Search::CutShort
    } else {
        Search::Missing(Rule::Unterminated { bytes })
    }
}

/// Whether one of the elements in `bytes` bytes from `addr` on is zero, or cannot be read.
fn ends(window: &Window, addr: usize, bytes: usize, size: usize) -> bool {
    let is_zero = |at: usize| window.peek(at, size).is_none_or(|value| value == 0);
    (addr..).step_by(size).take(bytes / size).any(is_zero)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_zero_is_found_wherever_it_lies() {
        for zero in 0..40_usize {
            let mut bytes = Box::new([0xff_u8; 40]);
            bytes[zero] = 0;
            let start = bytes.as_ptr().expose_provenance();
            assert!(MAP.insert(start, 40));
            let block = MAP.find(start).expect("just made known");
            for from in 0..40 {
                let (last, to_end) = (start + from, memory::has_zero_byte(&block, start + from, usize::MAX));
                assert_eq!(to_end, from <= zero, "from {from}, zero at {zero}");
                for longest in 0..50 {
                    let is_there = (from..from + longest).contains(&zero);
                    assert_eq!(
                        memory::has_zero_byte(&block, last, longest),
                        is_there,
                        "{longest} from {from}, zero at {zero}"
                    );
                }
            }
            MAP.remove(start, 40);
        }
        let wide = [7_u32, 0, 9];
        let start = wide.as_ptr().expose_provenance();
        let window = Window::new(Place::Stack { end: usize::MAX }, start, 12);
        assert!(ends(&window, start, 8, 4) && !ends(&window, start, 4, 4) && !ends(&window, start + 8, 4, 4));
    }
}
