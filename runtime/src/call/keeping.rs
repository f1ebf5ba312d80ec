//! What a call does about memory that C keeps: ends what it ends, tells what is dead, notes what C keeps from now on.

use crate::alloc::pending;
use crate::desc::{FnDesc, KeptDesc};
use crate::pin::kept::{self, Noted};
use crate::pin::stored;
use crate::report;
use crate::word::Word;
use core::panic::Location;

/// Before C runs, and before anything of the call is pinned: a report may unwind.
#[track_caller]
pub(super) fn before(
    desc: &'static FnDesc,
    words: &[Word],
    location: &'static Location<'static>,
    frame: usize,
) -> Option<Noted> {
    let kept = desc.kept?;
    // What a hook has found may be just what C is about to use.
    if kept.looks && pending::has_any() {
        super::safe_point();
    }
    let mut violations = Vec::new();
    if kept.looks {
        violations.extend(stored::dead(frame).map(|stored| report::of_dead_stored(&stored, desc, location)));
    }
    if kept::has_any() {
        kept::replace(kept, words);
        let dead = kept::dead(kept, words, frame);
        violations.extend(dead.iter().map(|kept| report::of_dead_kept(kept, desc, location)));
        kept::end_certain(kept, words);
    }
    report::raise(violations);
    if kept.keeps.is_empty() { None } else { Noted::begin(desc, kept, words, location, frame) }
}

/// Whether [`before`] has anything to do: something is kept already, or this call may add to it.
#[inline]
pub(super) fn is_due_of(desc: &FnDesc, words: &[Word]) -> bool {
    let may_keep = |kept: &KeptDesc| kept.keeps.iter().any(|keep| keep.when.iter().all(|when| when.is_met(words)));
    desc.kept.is_some_and(|kept| is_due() || may_keep(kept))
}

/// Whether a call that has nothing else to check has anything to do.
#[inline]
pub(super) fn is_due() -> bool {
    kept::has_any() || pending::has_any() || stored::has_frames()
}
