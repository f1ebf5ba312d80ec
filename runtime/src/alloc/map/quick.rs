//! What calls ask of the map most: whether so much memory lies in a live block, by a pointer to its start.

use super::{Block, FREED, GRANULE, GRANULES_PER_RUN, HeapMap, LEAF_GRANULES, LEAF_RUNS, START};
use crate::sync::plain::Ordering;

impl HeapMap {
    /// The live block that `addr` lies in, and how many bytes there are from it to the block's end, if it lies in the first
    /// granule of one whose length is written down. `None` says nothing.
    #[inline]
    pub(crate) fn find_live(&self, addr: usize) -> Option<(Block, usize)> {
        let granule = addr / GRANULE;
        let leaf = self.leaf(granule)?;
        let run = leaf.runs[granule / GRANULES_PER_RUN % LEAF_RUNS].load(Ordering::Relaxed);
        let head = leaf.granules[granule % LEAF_GRANULES].load(Ordering::Relaxed);
        if run != 0 || head & (START | FREED) != START {
            return None;
        }
        let block = Block { start: granule * GRANULE, head };
        let granules = self.granules_of(&block)?;
        Self::length(&block, granules).checked_sub(addr % GRANULE).map(|left| (block, left))
    }
}
