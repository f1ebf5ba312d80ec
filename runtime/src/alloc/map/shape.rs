//! Which shadow bytes a block has, and what the inner ones hold.

use super::{GRANULE, GRANULES_PER_RUN};

/// What the granules behind a start or a link hold: entry i leads back towards entry 0 in at most log2(i) + 1 hops.
pub(super) static BACK: [u8; GRANULES_PER_RUN] = {
    let mut table = [0_u8; GRANULES_PER_RUN];
    let mut i = 1;
    while i < GRANULES_PER_RUN {
        table[i] = back_skip(i);
        i += 1;
    }
    table
};

pub(super) const fn back_skip(i: usize) -> u8 {
    1 + (usize::BITS - 1 - i.leading_zeros()) as u8
}

/// The granules of a block: its start run granule by granule, whole runs, then the last partial run.
pub(super) struct Shape {
    pub(super) first: usize,
    pub(super) head_end: usize,
    pub(super) tail: usize,
    pub(super) end: usize,
}

impl Shape {
    /// The granules of a block; `None` past the end of memory.
    pub(super) fn of(start: usize, bytes: usize) -> Option<Self> {
        let first = start / GRANULE;
        let end = start.checked_add(bytes)?.checked_add(GRANULE - 1)? / GRANULE;
        let run_end = (first / GRANULES_PER_RUN + 1) * GRANULES_PER_RUN;
        let head_end = run_end.min(end);
        let tail = if end <= run_end { end } else { end / GRANULES_PER_RUN * GRANULES_PER_RUN };
        Some(Self { first, head_end, tail: tail.max(head_end), end })
    }
}
