//! The heap map: which addresses belong to a live or quarantined Rust block, and where that block starts.
//!
//! A shadow of the address space in two tiers, mapped lazily and without reservation.
//!
//! ```text
//! granule (16 bytes)   0            not a block of ours
//!                      1eee tttt    start of a block: flags e, length modulo 16 t
//!                      1 + k        inside a block: go back 2^k granules
//!                      LINK         first granule of a block's last, partial run: go back one granule
//! run (1 KiB)          0            look at the granules
//!                      1 + k        wholly inside a block: go back 2^k runs
//!                      FIRST        first such run of a block: go back to the granule before it
//! ```
//!
//! The run in which a block starts is always written granule by granule; whole runs after it cost
//! one byte each, so a block of 1 MiB costs about 1,100 bytes and one of 64 bytes costs four.
//! A look-up takes O(log n) hops. All accesses are relaxed bytes: a look-up of an address whose
//! block is being freed by another thread may see either answer, and every answer is bounded.

use super::small;
use crate::addr::{Addr, Extent};
use crate::sync::plain::{AtomicPtr, AtomicU8, AtomicU32, Ordering};
use crate::sys;
use shape::{BACK, Shape, back_skip};
use write::fill;

mod notes;
mod quick;
mod shape;
#[cfg(all(target_os = "linux", target_env = "gnu"))]
mod slots;
mod write;

pub(crate) use notes::BlockStacks;

/// Block granularity: malloc's own on 64-bit systems.
pub(crate) const GRANULE: usize = 16;
const GRANULES_PER_RUN: usize = 64;
const LEAF_BITS: u32 = 22;
const LEAF_GRANULES: usize = 1 << LEAF_BITS;
const LEAF_RUNS: usize = LEAF_GRANULES / GRANULES_PER_RUN;
/// User space of x86-64 and aarch64 with four-level paging; blocks above it are not tracked.
const ADDRESS_BITS: u32 = 47;
const DIRECTORY: usize = 1 << (ADDRESS_BITS - LEAF_BITS - 4);

const START: u8 = 0x80;
const TAIL: u8 = 0x0f;
const LINK: u8 = 0x40;
const FIRST: u8 = 0x40;
/// No legal chain is longer: 2 x 64 granules and 2^21 runs.
const MAX_HOPS: u32 = 256;

/// The block was pinned by hand once, by a Pinner or a retained contract; only such a block can be in a table of pins.
pub(crate) const PINNED: u8 = 0x10;
/// The block was an argument of a checked call once; only such a block can be in a thread's pin log.
pub(crate) const SEEN: u8 = 0x20;
/// The program has freed the block; it waits in quarantine or for its last unpin.
pub(crate) const FREED: u8 = 0x40;

#[repr(C)]
struct Leaf {
    granules: [AtomicU8; LEAF_GRANULES],
    runs: [AtomicU8; LEAF_RUNS],
    // The length of the block that begins in a run and goes on beyond it, of which there is one at most: granules, and in the
    // lowest bits which granule it begins at. 0 where there is none, or it is longer than can be said.
    spans: [AtomicU32; LEAF_RUNS],
    // Stack ids (alloc/sites.rs) by first granule; touched at level full only.
    allocated: [AtomicU32; LEAF_GRANULES],
    freed: [AtomicU32; LEAF_GRANULES],
}

/// The shadow. One static instance serves the process; untouched parts of it cost nothing.
pub(crate) struct HeapMap {
    leaves: [AtomicPtr<Leaf>; DIRECTORY],
}

/// The process's heap map.
pub(crate) static MAP: HeapMap = HeapMap::new();

/// A block found by one of its addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    start: usize,
    head: u8,
}

impl Block {
    /// First address.
    pub(crate) fn start(&self) -> usize {
        self.start
    }

    /// Whether the program has freed it.
    pub(crate) fn is_freed(&self) -> bool {
        self.head & FREED != 0
    }

    /// Whether it was ever pinned by hand.
    pub(crate) fn was_pinned(&self) -> bool {
        self.head & PINNED != 0
    }

    /// Whether C has seen it before.
    pub(crate) fn is_seen(&self) -> bool {
        self.head & SEEN != 0
    }
}

impl HeapMap {
    const fn new() -> Self {
        Self { leaves: [const { AtomicPtr::new(core::ptr::null_mut()) }; DIRECTORY] }
    }

    /// Records a live block. `false` when it cannot be tracked: misaligned for a granule, outside the mapped range, or no memory for the shadow.
    pub(crate) fn insert(&self, start: usize, bytes: usize) -> bool {
        if !start.is_multiple_of(GRANULE) || bytes == 0 {
            return false;
        }
        let Some(shape) = Shape::of(start, bytes) else { return false };
        // One leaf for all but the largest blocks.
        for leaf in shape.first >> LEAF_BITS..=(shape.end - 1) >> LEAF_BITS {
            if self.install(leaf << LEAF_BITS).is_none() {
                return false;
            }
        }
        self.write(&shape, Some(START | (bytes % GRANULE) as u8));
        true
    }

    /// Forgets a block recorded with the same start and length.
    pub(crate) fn remove(&self, start: usize, bytes: usize) {
        if let Some(shape) = Shape::of(start, bytes) {
            self.write(&shape, None);
        }
    }

    /// The flags of the block that starts exactly at `start`, `None` where no block does.
    #[inline]
    pub(crate) fn flags(&self, start: usize) -> Option<u8> {
        let head = self.head(start)?.load(Ordering::Relaxed);
        (head & START != 0).then_some(head & !(START | TAIL))
    }

    /// Sets flags of the block starting at `start`; gives the flags before.
    pub(crate) fn set_flags(&self, start: usize, flags: u8) -> Option<u8> {
        let cell = self.head(start)?;
        // A plain load first: most blocks have their flag already, and a locked write is not free.
        let head = cell.load(Ordering::Relaxed);
        if head & START == 0 {
            return None;
        }
        let before = if head & flags == flags { head } else { cell.fetch_or(flags, Ordering::AcqRel) };
        Some(before & !(START | TAIL))
    }

    /// Marks the block starting at `start` as freed and nothing else. For the thread that frees it, when nobody holds it.
    #[inline]
    pub(crate) fn mark_freed(&self, start: usize) {
        if let Some(cell) = self.head(start) {
            // No locked write: whoever else touches the flags of a block being freed is at fault.
            let head = cell.load(Ordering::Relaxed);
            cell.store(head & (START | TAIL) | FREED, Ordering::Relaxed);
        }
    }

    /// Clears flags of the block starting at `start`.
    pub(crate) fn clear_flags(&self, start: usize, flags: u8) {
        if let Some(cell) = self.head(start)
            && cell.load(Ordering::Relaxed) & START != 0
        {
            cell.fetch_and(!flags, Ordering::AcqRel);
        }
    }

    /// The block that `addr` lies in, at its start or inside. The unused rest of a block's last granule counts as inside; [`covers`](Self::covers) knows better.
    #[inline]
    pub(crate) fn find(&self, addr: usize) -> Option<Block> {
        self.find_at_start(addr).or_else(|| self.find_inside(addr / GRANULE))
    }

    /// The block that `addr` lies in, if it lies in its first granule: what is asked for most.
    #[inline]
    pub(crate) fn find_at_start(&self, addr: usize) -> Option<Block> {
        let granule = addr / GRANULE;
        let leaf = self.leaf(granule)?;
        let run = leaf.runs[granule / GRANULES_PER_RUN % LEAF_RUNS].load(Ordering::Relaxed);
        let head = leaf.granules[granule % LEAF_GRANULES].load(Ordering::Relaxed);
        (run == 0 && head & START != 0).then_some(Block { start: granule * GRANULE, head })
    }

    /// The start of the block that `addr` lies in, if it lies in its first granule, and the block was pinned before and is not
    /// freed.
    #[inline]
    pub(crate) fn find_pinned_at_start(&self, addr: usize) -> Option<usize> {
        let granule = addr / GRANULE;
        let head = self.leaf(granule)?.granules[granule % LEAF_GRANULES].load(Ordering::Relaxed);
        // No other granule has the first of these.
        (head & (START | PINNED | FREED) == START | PINNED).then_some(granule * GRANULE)
    }

    /// The block that a granule lies in.
    fn find_inside(&self, mut granule: usize) -> Option<Block> {
        let mut leaf = self.leaf(granule)?;
        let mut number = granule >> LEAF_BITS;
        for _ in 0..MAX_HOPS {
            let at = granule % LEAF_GRANULES;
            let run = leaf.runs[at / GRANULES_PER_RUN].load(Ordering::Relaxed);
            let back = if run == FIRST {
                at % GRANULES_PER_RUN + 1
            } else if run != 0 {
                GRANULES_PER_RUN << (run - 1).min(LEAF_BITS as u8)
            } else {
                match leaf.granules[at].load(Ordering::Relaxed) {
                    0 => return None,
                    head if head & START != 0 => {
                        return Some(Block { start: granule * GRANULE, head });
                    }
                    LINK => 1,
                    skip => 1 << (skip - 1).min(LEAF_BITS as u8),
                }
            };
            granule = granule.checked_sub(back)?;
            // Most blocks lie in one leaf.
            if granule >> LEAF_BITS != number {
                number = granule >> LEAF_BITS;
                leaf = self.leaf(granule)?;
            }
        }
        None
    }

    /// Whether `addr`, in a granule of the block, lies before the block's exact end.
    fn is_inside_last(&self, block: &Block, addr: usize) -> bool {
        let tail = usize::from(block.head & TAIL);
        tail == 0 || addr % GRANULE < tail || self.continues(addr / GRANULE + 1)
    }

    /// Whether `granule` belongs to the same block as the granule before it.
    fn continues(&self, granule: usize) -> bool {
        let Some(leaf) = self.leaf(granule) else { return false };
        if leaf.runs[granule / GRANULES_PER_RUN % LEAF_RUNS].load(Ordering::Relaxed) != 0 {
            return true;
        }
        let byte = leaf.granules[granule % LEAF_GRANULES].load(Ordering::Relaxed);
        byte != 0 && byte & START == 0
    }

    /// Whether `bytes` bytes from `addr` on lie within the block in which `addr` lies.
    #[inline]
    pub(crate) fn covers(&self, block: &Block, addr: usize, bytes: usize) -> bool {
        if let Some(granules) = self.granules_of(block) {
            let offset = addr.wrapping_sub(block.start);
            return offset <= granules * GRANULE && bytes <= Self::length(block, granules).saturating_sub(offset);
        }
        if bytes <= 1 {
            return bytes == 0 || self.is_inside_last(block, addr);
        }
        let Some(last) = addr.checked_add(bytes - 1) else { return false };
        match self.find(last) {
            Some(found) => found.start == block.start && self.is_inside_last(block, last),
            None => false,
        }
    }

    /// Whether the block that starts at `start`, which is one, is exactly so long.
    #[inline]
    pub(crate) fn is_exactly(&self, start: usize, bytes: usize) -> bool {
        // No block is empty, whatever layout it is freed with.
        if bytes == 0 {
            return false;
        }
        let first = start / GRANULE;
        let last = first + (bytes - 1) / GRANULE;
        let head = self.head(start).map_or(0, |head| head.load(Ordering::Relaxed));
        usize::from(head & TAIL) == bytes % GRANULE
            && !self.continues(last + 1)
            && (last == first || self.find_inside(last).is_some_and(|block| block.start == start))
    }

    /// Start and exact length.
    pub(crate) fn extent(&self, block: &Block) -> Extent {
        if let Some(granules) = self.granules_of(block) {
            return Extent { start: Addr(block.start), bytes: Self::length(block, granules) };
        }
        let first = block.start / GRANULE;
        let mut end = self.end_in_run(first + 1);
        while end.is_multiple_of(GRANULES_PER_RUN) && self.continues(end) {
            let is_whole = self
                .leaf(end)
                .is_some_and(|leaf| leaf.runs[end / GRANULES_PER_RUN % LEAF_RUNS].load(Ordering::Relaxed) != 0);
            end = if is_whole { end + GRANULES_PER_RUN } else { self.end_in_run(end + 1) };
        }
        Extent { start: Addr(block.start), bytes: Self::length(block, end - first) }
    }

    /// How many granules a block has, where that is written down: of a slot, and of what is longer than a run.
    #[inline]
    fn granules_of(&self, block: &Block) -> Option<usize> {
        small::granules_at(block.start).or_else(|| {
            let at = block.start / GRANULE % LEAF_GRANULES;
            let span = self.leaf(block.start / GRANULE)?.spans[at / GRANULES_PER_RUN].load(Ordering::Relaxed) as usize;
            (span != 0 && span % GRANULES_PER_RUN == at % GRANULES_PER_RUN).then_some(span / GRANULES_PER_RUN)
        })
    }

    /// The exact length of a block of so many granules.
    #[inline]
    fn length(block: &Block, granules: usize) -> usize {
        let tail = usize::from(block.head & TAIL);
        let slack = if tail == 0 { 0 } else { GRANULE - tail };
        granules * GRANULE - slack
    }

    /// The first granule from this one on that does not go on with the block before it, or the first of the next run.
    #[inline]
    fn end_in_run(&self, granule: usize) -> usize {
        let end = granule.next_multiple_of(GRANULES_PER_RUN);
        let Some(leaf) = self.leaf(granule).filter(|_| granule < end) else { return granule };
        let cells = &leaf.granules[granule % LEAF_GRANULES..][..end - granule];
        let is_other = |cell: &AtomicU8| matches!(cell.load(Ordering::Relaxed), 0 | START..);
        cells.iter().position(is_other).map_or(end, |count| granule + count)
    }

    #[inline]
    fn head(&self, start: usize) -> Option<&AtomicU8> {
        if !start.is_multiple_of(GRANULE) {
            return None;
        }
        let granule = start / GRANULE;
        Some(&self.leaf(granule)?.granules[granule % LEAF_GRANULES])
    }

    #[inline]
    fn leaf(&self, granule: usize) -> Option<&Leaf> {
        let leaf = self.leaves.get(granule >> LEAF_BITS)?.load(Ordering::Acquire);
        // SAFETY: a non-null entry was installed by `install` and is never unmapped; all of Leaf is
        // atomics, for which zeroed pages are valid and sharing is allowed.
        unsafe { leaf.as_ref() }
    }

    #[inline]
    fn install(&self, granule: usize) -> Option<()> {
        let entry = self.leaves.get(granule >> LEAF_BITS)?;
        if entry.load(Ordering::Acquire).is_null() { install_leaf(entry) } else { Some(()) }
    }
}

#[cold]
fn install_leaf(entry: &AtomicPtr<Leaf>) -> Option<()> {
    let pages = sys::map_pages(size_of::<Leaf>())?;
    let fresh = pages.as_ptr().cast::<Leaf>();
    if entry.compare_exchange(core::ptr::null_mut(), fresh, Ordering::AcqRel, Ordering::Acquire).is_err() {
        // SAFETY: another thread won; this mapping was never published.
        unsafe { sys::unmap_pages(pages, size_of::<Leaf>()) };
    }
    Some(())
}

#[cfg(test)]
mod tests;
