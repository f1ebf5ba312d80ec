//! What is pinned right now: the pins made by hand, with their places.

use super::PINS;
use super::table::{Pins, SITES};
use crate::addr::{Addr, Extent};
use crate::alloc::map::MAP;
use core::panic::Location;

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
        extent: MAP.find(pins.start).map_or(Extent { start: Addr(pins.start), bytes: 0 }, |block| MAP.extent(&block)),
        pins: pins.count,
        sites: pins.sites.iter().take(SITES).flatten().copied().collect(),
    };
    found.into_iter().map(block).collect()
}
