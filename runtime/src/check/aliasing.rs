//! PF007, aliased-arguments: two arguments overlap where one of them is written.

use crate::path::Path;
use core::mem::MaybeUninit;

/// Memory that one argument stands for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Range {
    pub(crate) addr: usize,
    pub(crate) bytes: usize,
    pub(crate) path: Path,
    pub(crate) written: bool,
}

impl Range {
    /// The address behind it.
    #[inline]
    pub(super) fn end(&self) -> usize {
        self.addr.saturating_add(self.bytes)
    }

    /// Whether both overlap, and one of them is written.
    #[inline]
    pub(super) fn clashes(&self, other: &Self) -> bool {
        (self.written || other.written) && self.addr < other.end() && other.addr < self.end()
    }
}

/// Ranges kept without allocating: a vector of 16 buffers beside a handful of parameters.
const INLINE: usize = 24;

/// The ranges of one call.
pub(crate) struct Ranges {
    inline: [MaybeUninit<Range>; INLINE],
    filled: usize,
    is_spilled: bool,
    spilled: Vec<Range>,
}

impl Ranges {
    pub(crate) fn new() -> Self {
        Self { inline: [const { MaybeUninit::uninit() }; INLINE], filled: 0, is_spilled: false, spilled: Vec::new() }
    }

    /// Makes room for so many more.
    pub(crate) fn reserve(&mut self, more: usize) {
        if self.filled + more > INLINE && !self.is_spilled {
            let mut all = Vec::with_capacity(self.filled + more);
            all.extend_from_slice(self.as_mut_slice());
            (self.spilled, self.is_spilled) = (all, true);
        }
    }

    #[inline]
    pub(crate) fn push(&mut self, range: Range) {
        if !self.is_spilled
            && let Some(slot) = self.inline.get_mut(self.filled)
        {
            slot.write(range);
            self.filled += 1;
            return;
        }
        self.reserve(INLINE);
        self.spilled.push(range);
    }

    pub(crate) fn as_mut_slice(&mut self) -> &mut [Range] {
        if self.is_spilled {
            return &mut self.spilled;
        }
        // SAFETY: `push` wrote the first `filled` elements; MaybeUninit<Range> has the layout of Range.
        unsafe { core::slice::from_raw_parts_mut(self.inline.as_mut_ptr().cast::<Range>(), self.filled) }
    }
}

/// The first pair that overlaps with one side written, in the order of addresses. Sorts `ranges`.
pub(crate) fn first_overlap(ranges: &mut [Range]) -> Option<(Range, Range)> {
    if ranges.len() < 2 || ranges.iter().all(|range| !range.written) {
        return None;
    }
    if !ranges.is_sorted_by_key(|range| range.addr) {
        ranges.sort_unstable_by_key(|range| range.addr);
    }
    // The furthest end so far, of any range and of written ones: an overlap with an earlier range
    // is an overlap with the one that reaches furthest.
    let mut furthest: Option<Range> = None;
    let mut furthest_written: Option<Range> = None;
    for range in ranges.iter() {
        let against = if range.written { furthest } else { furthest_written };
        if let Some(other) = against
            && range.bytes != 0
            && range.addr < other.end()
        {
            return Some(if range.written { (*range, other) } else { (other, *range) });
        }
        let reach = |kept: Option<Range>| match kept {
            Some(kept) if kept.end() >= range.end() => Some(kept),
            _ => Some(*range),
        };
        furthest = reach(furthest);
        if range.written {
            furthest_written = reach(furthest_written);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn range(addr: usize, bytes: usize, written: bool) -> Range {
        Range { addr, bytes, path: Path::param(0), written }
    }

    #[test]
    fn spills_and_keeps_everything() {
        let mut ranges = Ranges::new();
        for index in 0..INLINE * 3 {
            ranges.push(range(index * 8, 8, true));
        }
        assert_eq!(ranges.as_mut_slice().len(), INLINE * 3);
        assert!(first_overlap(ranges.as_mut_slice()).is_none());
        ranges.push(range(17, 1, false));
        let (written, other) = first_overlap(ranges.as_mut_slice()).expect("17 lies in 16..24");
        assert_eq!((written.addr, other.addr), (16, 17));
    }

    proptest! {
        #[test]
        fn agrees_with_all_pairs(list in prop::collection::vec((0_usize..200, 0_usize..12, any::<bool>()), 0..24)) {
            let mut ranges: Vec<Range> = list.iter().map(|(addr, bytes, written)| range(*addr, *bytes, *written)).collect();
            let all = ranges.clone();
            let expected = (0..all.len()).any(|i| (0..i).any(|j| {
                let (a, b) = (all[i], all[j]);
                (a.written || b.written) && a.bytes > 0 && b.bytes > 0
                    && a.addr < b.addr + b.bytes && b.addr < a.addr + a.bytes
            }));
            prop_assert_eq!(first_overlap(&mut ranges).is_some(), expected);
        }
    }
}
