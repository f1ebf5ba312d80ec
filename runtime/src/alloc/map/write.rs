//! How the bytes of a block are written: granules, whole runs, and its length.

use super::{BACK, FIRST, GRANULES_PER_RUN, HeapMap, LEAF_GRANULES, LEAF_RUNS, LINK, Shape, back_skip};
use crate::sync::plain::{AtomicU8, AtomicU64, Ordering};

impl HeapMap {
    /// Writes all shadow bytes of a block, or clears them.
    pub(super) fn write(&self, shape: &Shape, head: Option<u8>) {
        // A run never crosses a leaf.
        if let Some(leaf) = self.leaf(shape.first) {
            let base = shape.first % LEAF_GRANULES;
            let length = shape.head_end - shape.first;
            fill(&leaf.granules[base + 1..base + length], head.map(|_| &BACK[1..length]));
            if shape.head_end != shape.end {
                let span = head.map_or(0, |_| span(base, shape.end - shape.first));
                leaf.spans[base / GRANULES_PER_RUN].store(span, Ordering::Relaxed);
            }
            leaf.granules[base].store(head.unwrap_or(0), Ordering::Relaxed);
        }
        if shape.head_end == shape.end {
            return;
        }
        self.write_runs(shape.head_end / GRANULES_PER_RUN, shape.tail / GRANULES_PER_RUN, head.is_some());
        if shape.tail < shape.end
            && let Some(leaf) = self.leaf(shape.tail)
        {
            let base = shape.tail % LEAF_GRANULES;
            let length = shape.end - shape.tail;
            fill(&leaf.granules[base + 1..base + length], head.map(|_| &BACK[1..length]));
            leaf.granules[base].store(head.map_or(0, |_| LINK), Ordering::Relaxed);
        }
    }

    /// Writes or clears the bytes of whole runs: stretches of one value each, twice as long every time.
    fn write_runs(&self, first: usize, end: usize, is_there: bool) {
        let (mut at, mut byte) = (first, FIRST);
        while at < end {
            // Up to where the value changes, or the leaf ends.
            let count = at - first;
            let same_until = if !is_there { end } else { first + (count + 1).next_power_of_two() };
            let until = same_until.min(end).min((at / LEAF_RUNS + 1) * LEAF_RUNS);
            if let Some(leaf) = self.leaf(at * GRANULES_PER_RUN) {
                if count > 0 {
                    byte = back_skip(count);
                }
                set(&leaf.runs[at % LEAF_RUNS..][..until - at], if is_there { byte } else { 0 });
            }
            at = until;
        }
    }
}

/// What is written of a block's length, which begins at this granule of its leaf.
fn span(first: usize, granules: usize) -> u32 {
    let span = granules.checked_mul(GRANULES_PER_RUN).map(|span| span + first % GRANULES_PER_RUN);
    span.and_then(|span| u32::try_from(span).ok()).unwrap_or(0)
}

/// Writes a pattern as long as the cells, or zeros.
#[inline]
pub(super) fn fill(cells: &[AtomicU8], pattern: Option<&[u8]>) {
    let Some(pattern) = pattern else { return set(cells, 0) };
    let (first, words, last) = in_words(cells);
    let (begin, rest) = pattern.split_at(first.len().min(pattern.len()));
    first.iter().zip(begin).for_each(|(cell, byte)| cell.store(*byte, Ordering::Relaxed));
    let (eights, end) = rest.as_chunks::<8>();
    words.iter().zip(eights).for_each(|(word, bytes)| word.store(u64::from_ne_bytes(*bytes), Ordering::Relaxed));
    last.iter().zip(end).for_each(|(cell, byte)| cell.store(*byte, Ordering::Relaxed));
}

/// Writes one value into all of them.
#[inline]
fn set(cells: &[AtomicU8], byte: u8) {
    let (first, words, last) = in_words(cells);
    first.iter().chain(last).for_each(|cell| cell.store(byte, Ordering::Relaxed));
    words.iter().for_each(|word| word.store(u64::from_ne_bytes([byte; 8]), Ordering::Relaxed));
}

/// The same cells, most of them eight at a time: an insertion writes hundreds.
#[inline]
fn in_words(cells: &[AtomicU8]) -> (&[AtomicU8], &[AtomicU64], &[AtomicU8]) {
    // SAFETY: eight atomic bytes have the size of an atomic word and any value, and the middle part is aligned. Who looks at a
    // byte meanwhile looks for a block that is being made or freed just then, and may see either.
    unsafe { cells.align_to::<AtomicU64>() }
}
