//! What is kept of a block at level full beside where it is: its stacks, whether it has a fence, whether C may keep it.

use super::{GRANULE, HeapMap, LEAF_GRANULES};
use crate::sync::plain::Ordering;

/// Beside a stack id: there is a fence behind the block.
const FENCED: u32 = 1 << 31;

/// Beside a stack id: C was given the block by an argument that it may keep.
const KEEPABLE: u32 = 1 << 30;
const STACK: u32 = KEEPABLE - 1;

/// The two stacks kept of a block at level full; 0 is "not kept".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct BlockStacks {
    pub(crate) allocated: u32,
    pub(crate) freed: u32,
}

impl HeapMap {
    /// Keeps the stack that allocated the block at `start`, and whether a fence was put behind it; forgets the stack that freed
    /// an earlier block there.
    pub(crate) fn keep_allocated(&self, start: usize, stack: u32, is_fenced: bool) {
        let granule = start / GRANULE;
        if let Some(leaf) = self.leaf(granule) {
            let fenced = if is_fenced { FENCED } else { 0 };
            leaf.allocated[granule % LEAF_GRANULES].store(stack & STACK | fenced, Ordering::Relaxed);
            leaf.freed[granule % LEAF_GRANULES].store(0, Ordering::Relaxed);
        }
    }

    /// Keeps the stack that freed the block at `start`.
    pub(crate) fn keep_freed(&self, start: usize, stack: u32) {
        let granule = start / GRANULE;
        if let Some(leaf) = self.leaf(granule) {
            leaf.freed[granule % LEAF_GRANULES].store(stack, Ordering::Relaxed);
        }
    }

    /// The stacks kept of the block at `start`.
    pub(crate) fn stacks(&self, start: usize) -> BlockStacks {
        let granule = start / GRANULE;
        self.leaf(granule).map_or_else(BlockStacks::default, |leaf| BlockStacks {
            allocated: leaf.allocated[granule % LEAF_GRANULES].load(Ordering::Relaxed) & STACK,
            freed: leaf.freed[granule % LEAF_GRANULES].load(Ordering::Relaxed),
        })
    }

    /// C has the block at `start` by an argument that it may keep.
    pub(crate) fn note_keepable(&self, start: usize) {
        let granule = start / GRANULE;
        if let Some(leaf) = self.leaf(granule) {
            leaf.allocated[granule % LEAF_GRANULES].fetch_or(KEEPABLE, Ordering::Relaxed);
        }
    }

    /// Whether C was given the block at `start` by an argument that it may keep, at level full.
    pub(crate) fn is_keepable(&self, start: usize) -> bool {
        let granule = start / GRANULE;
        self.leaf(granule)
            .is_some_and(|leaf| leaf.allocated[granule % LEAF_GRANULES].load(Ordering::Relaxed) & KEEPABLE != 0)
    }

    /// The block at `start` has no fence any more.
    pub(crate) fn forget_fence(&self, start: usize) {
        let granule = start / GRANULE;
        if let Some(leaf) = self.leaf(granule)
            && self.is_fenced(start)
        {
            leaf.allocated[granule % LEAF_GRANULES].store(0, Ordering::Relaxed);
        }
    }

    /// Whether a fence was put behind the block at `start` when it was allocated.
    pub(crate) fn is_fenced(&self, start: usize) -> bool {
        let granule = start / GRANULE;
        self.leaf(granule)
            .is_some_and(|leaf| leaf.allocated[granule % LEAF_GRANULES].load(Ordering::Relaxed) & FENCED != 0)
    }
}
