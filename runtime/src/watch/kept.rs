//! Pointers that C stores during a call, found by looking through static memory before it and after it.

use crate::alloc::map::{HeapMap, MAP};
use crate::path::Path;
use crate::sys::maps::Region;
use crate::sys::modules;

/// More static memory than this is not looked through.
const MOST: usize = 64 << 20;

/// Memory of which C is to keep no pointer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted {
    pub(crate) path: Path,
    pub(crate) range: Region,
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
        let before = modules::words_into(&segments, &wanted).into_iter().map(|(at, _)| at).collect();
        Some(Self { segments, before })
    }

    /// After the call: for which arguments a pointer has appeared, and where.
    pub(crate) fn after(self, wanted: impl Iterator<Item = Wanted>) -> Vec<(Path, usize)> {
        let wanted: Vec<Wanted> = wanted.collect();
        let ranges: Vec<Region> = wanted.iter().map(|wanted| wanted.range).collect();
        modules::words_into(&self.segments, &ranges)
            .into_iter()
            .filter(|(at, _)| !self.before.contains(at))
            .map(|(at, number)| (wanted[number].path, at))
            .collect()
    }
}

/// The first place where a pointer for this argument has appeared.
pub(crate) fn stores_of(found: Option<&[(Path, usize)]>, path: Path) -> Option<usize> {
    found?.iter().find(|(of, _)| *of == path).map(|(_, at)| *at)
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
