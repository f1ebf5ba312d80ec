//! What is pinned right now: the pins made by hand, with their places.

use super::table::Found;
use super::tables;
use crate::addr::{Addr, Extent};
use crate::alloc::map::MAP;
use core::panic::Location;
use std::collections::BTreeMap;

/// A block of the Rust heap that pins made by hand hold.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PinnedBlock {
    /// Its start, and its length as allocated.
    pub extent: Extent,
    /// How many pins hold it.
    pub pins: u32,
    /// Where they were made: each place once.
    pub sites: Vec<&'static Location<'static>>,
}

/// Every block that is pinned by hand, by address: by a [`Pinner`](crate::Pinner), a [`Pinned`](crate::Pinned), a
/// [`scope`](crate::scope()), or an operation that is not [complete](crate::completion). Pins of calls are not among them, for they end with the call.
///
/// A picture of one moment: other threads go on pinning while it is taken. Empty in unchecked builds, and for memory without a
/// [`TrackedAlloc`](crate::TrackedAlloc).
///
/// ```
/// let mut pinner = pinned_ffi::Pinner::new();
/// pinner.pin(vec![0_u8; 64]);
/// for block in pinned_ffi::pins() {
///     println!("{} bytes, pinned at {}", block.extent.bytes, block.sites[0]);
/// }
/// ```
pub fn pins() -> Vec<PinnedBlock> {
    if !crate::mode::COMPILED {
        return Vec::new();
    }
    let block = |pins: &[Found]| {
        let mut sites: Vec<_> = pins.iter().map(|found| found.pin.site).collect();
        sites.dedup();
        PinnedBlock { extent: extent(pins[0].start), pins: pins.iter().map(|found| found.count).sum(), sites }
    };
    tables::all().chunk_by(|one, next| one.start == next.start).map(block).collect()
}

/// What the pins of one place hold together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SiteUse {
    pub(crate) site: &'static Location<'static>,
    /// The stack that made them (alloc/sites.rs), 0 where it was not kept.
    pub(crate) stack: u32,
    pub(crate) pins: usize,
    /// Bytes of the blocks; a block counts at each place that pins it, once.
    pub(crate) bytes: usize,
}

/// All pins made by hand, by place, and `by_stack` by stack as well: the stacks of one place may differ within the runtime alone.
pub(crate) fn by_site(by_stack: bool) -> Vec<SiteUse> {
    let mut uses: BTreeMap<(&'static Location<'static>, u32), SiteUse> = BTreeMap::new();
    for pins in tables::all().chunk_by(|one, next| one.start == next.start) {
        let bytes = extent(pins[0].start).bytes;
        let mut here: BTreeMap<(&'static Location<'static>, u32), usize> = BTreeMap::new();
        for found in pins {
            let stack = if by_stack { found.pin.stack } else { 0 };
            *here.entry((found.pin.site, stack)).or_default() += found.count as usize;
        }
        for ((site, stack), count) in here {
            let all = uses.entry((site, stack)).or_insert(SiteUse { site, stack, pins: 0, bytes: 0 });
            all.pins += count;
            all.bytes += bytes;
        }
    }
    uses.into_values().collect()
}

/// The block that starts at `start`, as allocated.
pub(super) fn extent(start: usize) -> Extent {
    MAP.find(start).map_or(Extent { start: Addr(start), bytes: 0 }, |block| MAP.extent(&block))
}
