//! What is pinned right now: the pins made by hand, with their places.

use super::PINS;
use super::table::Pins;
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
    /// Where they were made: the places of up to four of them.
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
    let mut found: Vec<Pins> = Vec::new();
    PINS.all(&mut found);
    found.sort_by_key(|pins| pins.start);
    let block = |pins: Pins| PinnedBlock {
        extent: extent(pins.start),
        pins: pins.count,
        sites: pins.kept().filter_map(|pin| pin.site).collect(),
    };
    found.into_iter().map(block).collect()
}

/// What the pins of one place hold together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SiteUse {
    /// The place; `None` for pins whose place was not kept.
    pub(crate) site: Option<&'static Location<'static>>,
    /// The stack that made them (alloc/sites.rs), 0 where it was not kept.
    pub(crate) stack: u32,
    pub(crate) pins: usize,
    /// Bytes of the blocks; a block counts at each place that pins it, once.
    pub(crate) bytes: usize,
}

/// All pins made by hand, by place and stack.
pub(crate) fn by_site() -> Vec<SiteUse> {
    let mut all: Vec<Pins> = Vec::new();
    PINS.all(&mut all);
    let mut uses: BTreeMap<(Option<&'static Location<'static>>, u32), SiteUse> = BTreeMap::new();
    for pins in &all {
        let bytes = extent(pins.start).bytes;
        let mut here: Vec<_> = pins.kept().map(|pin| (pin.site, pin.stack)).collect();
        here.resize((pins.count as usize).max(here.len()), (None, 0));
        for (index, place) in here.iter().enumerate() {
            let (site, stack) = *place;
            let all = uses.entry(*place).or_insert(SiteUse { site, stack, pins: 0, bytes: 0 });
            all.pins += 1;
            all.bytes += if here[..index].contains(place) { 0 } else { bytes };
        }
    }
    uses.into_values().collect()
}

/// The block that starts at `start`, as allocated.
pub(super) fn extent(start: usize) -> Extent {
    MAP.find(start).map_or(Extent { start: Addr(start), bytes: 0 }, |block| MAP.extent(&block))
}
