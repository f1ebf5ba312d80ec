//! Where each block goes when a heap is compacted: all arithmetic, no memory.

/// A block as the plan sees it, in units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Placed {
    pub(crate) start: usize,
    pub(crate) length: usize,
    pub(crate) is_pinned: bool,
}

/// What to do with the blocks, in the order in which they were given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Plan {
    /// The new start of each block. Moved in this order, no block lands on one that is still to be moved.
    pub(crate) starts: Vec<usize>,
    /// What stays empty in front of each pinned block that has a hole there: which block, and how much.
    pub(crate) holes: Vec<(usize, usize)>,
}

/// Plans for blocks in order of their starts, none of which overlap.
///
/// A block goes to the first hole in front of a pinned block that it fits into, or else to the end of what is placed already.
/// Both lie before its own start, so whatever was there has been moved before.
pub(crate) fn plan(blocks: &[Placed]) -> Plan {
    let mut starts = Vec::with_capacity(blocks.len());
    let mut holes: Vec<(usize, std::ops::Range<usize>)> = Vec::new();
    let mut end = 0;
    for (index, block) in blocks.iter().enumerate() {
        let start = if block.is_pinned {
            if end < block.start {
                holes.push((index, end..block.start));
            }
            end = block.start + block.length;
            block.start
        } else if let Some((_, hole)) = holes.iter_mut().find(|(_, hole)| hole.len() >= block.length) {
            let start = hole.start;
            hole.start += block.length;
            start
        } else {
            let start = end;
            end += block.length;
            start
        };
        starts.push(start);
    }
    let holes = holes.into_iter().map(|(index, hole)| (index, hole.len())).filter(|(_, length)| *length > 0).collect();
    Plan { starts, holes }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(start: usize, length: usize, is_pinned: bool) -> Placed {
        Placed { start, length, is_pinned }
    }

    #[test]
    fn without_pins_everything_moves_together() {
        let plan = plan(&[block(3, 2, false), block(9, 4, false), block(20, 1, false)]);
        assert_eq!(plan, Plan { starts: vec![0, 2, 6], holes: vec![] });
    }

    #[test]
    fn holes_before_pins_are_filled_by_what_fits() {
        let blocks =
            [block(10, 2, true), block(12, 11, false), block(30, 4, false), block(40, 6, false), block(50, 1, true)];
        let plan = plan(&blocks);
        assert_eq!(plan.starts, [10, 12, 0, 4, 50]);
        assert_eq!(plan.holes, [(4, 27)], "the first hole is full, the second lies between 23 and 50");
    }
}
