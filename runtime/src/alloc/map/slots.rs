//! Slots of small blocks: what is written of them once, and what when a block is made.

use super::{BACK, FREED, GRANULE, HeapMap, LEAF_GRANULES, START, fill};
use crate::sync::plain::Ordering;

impl HeapMap {
    /// Writes what stays of `count` slots from `start` on, one every `stride` granules, for blocks of `granules`: there is no
    /// block in them yet. All of them are in one leaf, and none is longer than a run. `false` without memory for the shadow.
    pub(crate) fn shape_slots(&self, start: usize, granules: usize, stride: usize, count: usize) -> bool {
        let first = start / GRANULE;
        let Some(leaf) = self.install(first).and_then(|()| self.leaf(first)) else { return false };
        let base = first % LEAF_GRANULES;
        for slot in leaf.granules[base..base + stride * count].chunks_exact(stride) {
            fill(&slot[1..granules], Some(&BACK[1..granules]));
        }
        true
    }

    /// Records a live block that fills the slot at `start`, but for the rest of its last granule. `false` where one is there
    /// already, which then stays as it is.
    #[inline]
    pub(crate) fn revive(&self, start: usize, bytes: usize) -> bool {
        let Some(cell) = self.head(start) else { return true };
        let is_free = cell.load(Ordering::Relaxed) & (START | FREED) != START;
        if is_free {
            cell.store(START | (bytes % GRANULE) as u8, Ordering::Relaxed);
        }
        is_free
    }

    /// Whether the slot at `start` holds a live block without flags, of `bytes` bytes modulo a granule.
    #[inline]
    pub(crate) fn is_plain(&self, start: usize, bytes: usize) -> bool {
        self.head(start).is_some_and(|cell| cell.load(Ordering::Relaxed) == START | (bytes % GRANULE) as u8)
    }
}
