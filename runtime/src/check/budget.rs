//! What the check of one call may cost: every bound of the walk, and how many checks a bound has cut short.
//!
//! A bound is far above what calls need. Where one ends a check early, what was not looked at counts as legal; it is
//! counted, said in a report of the same call, and said once more when the program ends.

use crate::sync::plain::{AtomicU64, Ordering};
use core::time::Duration;

/// How many pinned blocks behind one another are looked into: lists may be long, or go in a circle.
pub(super) const DEEPEST: u32 = 4;
/// How many pointers behind pinned blocks one call looks at.
pub(super) const MOST_BEHIND: u32 = 4096;
/// How many pointers inside its arguments one call looks at, the elements of vectors together. At level full all.
pub(super) const MOST_INSIDE: u32 = 1 << 16;
/// In how much memory a terminating zero is looked for. At level full up to the end of the block.
pub(super) const LONGEST_TEXT: usize = 4096;
/// How much of an argument is looked at again when C returns, at level cheap: the first that is no longer than this.
pub(super) const LONGEST_INPUT: usize = 64;
/// How many bytes of `bool`s, `char`s and enumerations that C writes are looked at when it returns.
pub(super) const MOST_VALUES: usize = 32;
/// How many findings of one call are told: a vector of a thousand dead buffers is one bug.
pub(super) const MOST_FINDINGS: usize = 8;
/// How many ranges of memory one call looks at again when C returns, at level full.
pub(super) const MOST_WATCHED: usize = 256;

/// Calls of functions with more parameters are not learnt from.
pub(crate) const MOST_PARAMS_LEARNT: usize = 32;
/// How much of one argument is looked at before and after a call that is learnt from.
pub(crate) const MEMORY_LEARNT: usize = 64 << 10;
/// The same on the stack, where the rest may be a neighbour's.
pub(crate) const STACK_LEARNT: usize = 256;
/// How far a text is looked for, and how much tells one argument from another.
pub(crate) const TEXT_LEARNT: usize = 4096;
/// How many pointers that C gave are followed at once.
pub(crate) const RESULTS_LEARNT: usize = 4096;
/// At so many of the first calls of a function C's memory is searched for pointers that it keeps, later at one in so many.
pub(crate) const FIRST_SEARCHES: u32 = 32;
pub(crate) const EVERY_SEARCH: u32 = 64;
/// How long another thread is waited for before what a call taught is forgotten.
pub(crate) const PATIENCE_OF_LEARNING: Duration = Duration::from_secs(1);
/// What was learnt is written at pauses that double from a second up to this one, and at the end.
pub(crate) const LONGEST_PAUSE: Duration = Duration::from_secs(600);

/// A bound that ends a walk early.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bound {
    Depth,
    Behind,
    Inside,
    Text,
    Kept,
    Memory,
    Values,
}

const BOUNDS: [Bound; 7] =
    [Bound::Depth, Bound::Behind, Bound::Inside, Bound::Text, Bound::Kept, Bound::Memory, Bound::Values];

impl Bound {
    /// What was reached.
    fn words(self) -> String {
        match self {
            Self::Depth => format!("{DEEPEST} pinned blocks behind one another"),
            Self::Behind => format!("{MOST_BEHIND} pointers behind pinned blocks"),
            Self::Inside => format!("{MOST_INSIDE} pointers inside the arguments"),
            Self::Text => format!("{LONGEST_TEXT} bytes of a text"),
            Self::Memory => "the memory that was left".into(),
            Self::Values => format!("{MOST_VALUES} bytes of numbers that may be no values"),
            Self::Kept => format!("{} pointers that C keeps", crate::pin::kept::MOST),
        }
    }
}

/// What C keeps of this call is not watched.
#[cold]
pub(crate) fn kept_too_many() {
    cut_by(Bound::Kept);
}

static MADE_INSIDE: AtomicU64 = AtomicU64::new(0);

/// A call is not checked, for its thread was inside an allocator or a check: a check at level full asks for memory and for locks.
#[cold]
pub(crate) fn made_inside() {
    MADE_INSIDE.fetch_add(1, Ordering::Relaxed);
}

/// What C does with the memory of this call is not watched: there is no memory to do that in.
#[cold]
pub(crate) fn out_of_memory() {
    cut_by(Bound::Memory);
}

/// Of what C writes for `bool`s and their like a part is not looked at.
#[cold]
pub(super) fn too_many_values() {
    cut_by(Bound::Values);
}

fn cut_by(bound: Bound) {
    let mut cuts = Cuts::default();
    cuts.add(bound);
    cuts.count();
}

/// The bounds that one walk has reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cuts(u8);

static WALKS: AtomicU64 = AtomicU64::new(0);
static REACHED: [AtomicU64; BOUNDS.len()] = [const { AtomicU64::new(0) }; BOUNDS.len()];

impl Cuts {
    pub(super) fn add(&mut self, bound: Bound) {
        self.0 |= 1 << bound as u8;
    }

    fn reached(self) -> impl Iterator<Item = Bound> {
        BOUNDS.into_iter().filter(move |bound| self.0 & 1 << *bound as u8 != 0)
    }

    /// Counts the walk, if it was cut short.
    pub(super) fn count(self) {
        if self.0 == 0 {
            return;
        }
        WALKS.fetch_add(1, Ordering::Relaxed);
        for bound in self.reached() {
            REACHED[bound as usize].fetch_add(1, Ordering::Relaxed);
        }
    }

    /// What a report of the same call says of it.
    pub(crate) fn note(self) -> Option<String> {
        let reached: Vec<String> = self.reached().map(Bound::words).collect();
        (!reached.is_empty()).then(|| format!("the check was cut short after {}", reached.join(" and ")))
    }
}

/// What is said when the program ends; nothing where all checks went through.
pub(crate) fn summary() -> Option<String> {
    let lines: Vec<String> = cut_short().into_iter().chain(left_out()).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

fn left_out() -> Option<String> {
    let calls = match MADE_INSIDE.load(Ordering::Relaxed) {
        0 => return None,
        1 => "1 call was".to_owned(),
        calls => format!("{calls} calls were"),
    };
    Some(format!(
        "pinned-ffi: {calls} not checked: made by a signal handler, or an allocator, inside an allocator or a check"
    ))
}

fn cut_short() -> Option<String> {
    let walks = WALKS.load(Ordering::Relaxed);
    if walks == 0 {
        return None;
    }
    let of = |bound: &Bound| match REACHED[*bound as usize].load(Ordering::Relaxed) {
        0 => None,
        count => Some(format!("{count} after {}", bound.words())),
    };
    let reached: Vec<String> = BOUNDS.iter().filter_map(of).collect();
    let checks = if walks == 1 { "1 check was".into() } else { format!("{walks} checks were") };
    Some(format!("pinned-ffi: {checks} cut short: {}", reached.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_bound_that_was_reached_is_named() {
        let mut cuts = Cuts::default();
        assert_eq!(cuts.note(), None);
        cuts.count();
        cuts.add(Bound::Text);
        cuts.add(Bound::Depth);
        cuts.add(Bound::Text);
        let note = cuts.note().expect("two bounds were reached");
        assert_eq!(note, "the check was cut short after 4 pinned blocks behind one another and 4096 bytes of a text");
        // Other tests of this process may be cut short as well.
        let before = WALKS.load(Ordering::Relaxed);
        cuts.count();
        assert!(WALKS.load(Ordering::Relaxed) > before);
        let summary = summary().expect("one check was cut short");
        assert!(summary.starts_with("pinned-ffi: ") && summary.contains(" after 4096 bytes of a text"), "{summary}");
    }
}
