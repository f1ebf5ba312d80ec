//! Pointers that C stores during a call, found by looking through static memory, and C's heap where that is known, before it
//! and after it.

use crate::alloc::c_blocks::{self, Hit};
use crate::alloc::map::{HeapMap, MAP};
use crate::alloc::quarantine;
use crate::desc::Escape;
use crate::path::Path;
use crate::pin;
use crate::sys::maps::Region;
use crate::sys::modules;

/// More static memory than this is not looked through, nor more of C's heap.
const MOST: usize = 64 << 20;

/// Memory of which C is to keep no pointer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted {
    pub(crate) path: Path,
    pub(crate) range: Region,
}

/// A pointer that has appeared.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Store {
    /// The argument that it leads into.
    path: Path,
    at: usize,
    /// Whether it lies on C's heap. Much of C leaves pointers behind there that it never uses again.
    is_on_heap: bool,
}

/// The static memory of all libraries, and what pointed where before the call.
#[derive(Debug)]
pub(crate) struct Scan {
    segments: Vec<Region>,
    before: Vec<usize>,
}

impl Scan {
    /// Before the call; `None` where there is nothing to look for, or too much to look through.
    pub(crate) fn before(wanted: impl Iterator<Item = Wanted>) -> Option<Self> {
        let wanted: Vec<Region> = wanted.map(|wanted| wanted.range).collect();
        if wanted.is_empty() {
            return None;
        }
        let segments = segments();
        if segments.iter().map(|segment| segment.end - segment.start).sum::<usize>() > MOST {
            return None;
        }
        let before = words_into(&segments, &wanted).into_iter().map(|(at, ..)| at).collect();
        Some(Self { segments, before })
    }

    /// Whether something led there before the call.
    pub(crate) fn found_before(&self) -> bool {
        !self.before.is_empty()
    }

    /// After the call: for which arguments a pointer has appeared, and where.
    pub(crate) fn after(self, wanted: impl Iterator<Item = Wanted>) -> Vec<Store> {
        let wanted: Vec<Wanted> = wanted.collect();
        let ranges: Vec<Region> = wanted.iter().map(|wanted| wanted.range).collect();
        words_into(&self.segments, &ranges)
            .into_iter()
            .filter(|(at, ..)| !self.before.contains(at))
            .map(|(at, number, is_on_heap)| Store { path: wanted[number].path, at, is_on_heap })
            .collect()
    }
}

/// Where a pointer into an argument's memory has appeared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stored {
    Nowhere,
    InStatics,
    /// It may be left there from a use that is over.
    OnHeap,
}

/// Where a pointer for this argument has appeared; static memory counts before C's heap.
pub(crate) fn stored(found: &[Store], path: Path) -> Stored {
    let mut own = found.iter().filter(|store| store.path == path);
    match own.next() {
        None => Stored::Nowhere,
        Some(first) if first.is_on_heap && own.all(|store| store.is_on_heap) => Stored::OnHeap,
        Some(_) => Stored::InStatics,
    }
}

/// All words that lead into these ranges: where, into which, and whether they lie on C's heap.
fn words_into(segments: &[Region], ranges: &[Region]) -> Vec<(usize, usize, bool)> {
    let in_statics = modules::words_into(segments, ranges);
    let mut found: Vec<_> = in_statics.into_iter().map(|(at, range)| (at, range, false)).collect();
    let mut hits = [Hit::default(); 64];
    let (count, _) = c_blocks::words_into(ranges, MOST, &mut hits);
    found.extend(hits[..count].iter().map(|hit| (hit.at, hit.range, true)));
    found
}

/// The first place where a pointer for this argument has appeared and says something: on C's heap only for arguments of which
/// nobody vouches that C does not use them any more.
pub(crate) fn stores_of(found: Option<&[Store]>, path: Path, escape: Escape) -> Option<usize> {
    // What a structure leads to is C's business as long as it has the structure.
    let is_vouched = escape == Escape::Call || !path.is_param();
    let counts = |store: &&Store| store.path == path && !(store.is_on_heap && is_vouched);
    found?.iter().find(counts).map(|store| store.at)
}

/// Static memory but for what is ours and speaks of blocks: the directory of the heap map, which is large, as are the notes of what
/// C keeps, and the quarantine, in which the bytes between two fields may be left of any pointer.
fn segments() -> Vec<Region> {
    let map = core::ptr::from_ref(&MAP).addr();
    let [rings, of_c, deferred] = quarantine::own_memory();
    let own = [(map, map + size_of::<HeapMap>()), rings, of_c, deferred, pin::kept::own_memory()];
    own.into_iter().fold(modules::writable(), |segments, own| {
        segments.into_iter().flat_map(|segment| around(segment, own)).flatten().collect()
    })
}

/// What is left of a segment without a range.
fn around(segment: Region, (start, end): (usize, usize)) -> [Option<Region>; 2] {
    if start < segment.start || start >= segment.end {
        return [Some(segment), None];
    }
    [Some(Region { start: segment.start, end: start }), Some(Region { start: end.min(segment.end), end: segment.end })]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_the_quarantine_is_searched() {
        let segments = segments();
        for (start, end) in quarantine::own_memory() {
            assert!(start < end && !segments.iter().any(|segment| segment.start < end && start < segment.end));
        }
        let whole = modules::writable().iter().map(|segment| segment.end - segment.start).sum::<usize>();
        let searched = segments.iter().map(|segment| segment.end - segment.start).sum::<usize>();
        let own: usize = quarantine::own_memory().iter().map(|(start, end)| end - start).sum();
        let (start, end) = pin::kept::own_memory();
        assert_eq!(whole - searched, own + size_of::<HeapMap>() + (end - start));
    }
}
