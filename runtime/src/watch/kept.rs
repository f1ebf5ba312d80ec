//! Pointers that C stores during a call, found by looking through static memory, and C's heap where that is known, before it
//! and after it.

use crate::alloc::c_blocks::{self, Hit};
use crate::alloc::map::{HeapMap, MAP};
use crate::desc::Escape;
use crate::path::Path;
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

/// Static memory but for the directory of the heap map, which is large and ours.
fn segments() -> Vec<Region> {
    let own = core::ptr::from_ref(&MAP).addr();
    let own = (own, own + size_of::<HeapMap>());
    let around = |segment: Region| {
        if own.0 < segment.start || own.0 >= segment.end {
            return [Some(segment), None];
        }
        [
            Some(Region { start: segment.start, end: own.0 }),
            Some(Region { start: own.1.min(segment.end), end: segment.end }),
        ]
    };
    modules::writable().into_iter().flat_map(around).flatten().collect()
}
