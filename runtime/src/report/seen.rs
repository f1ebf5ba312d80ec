//! How often each bug was seen. Bounded, without locks, and usable in a signal handler once it is prepared.

use super::Code;
use crate::sync::first;
use core::panic::Location;
use core::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::sync::OnceLock;

/// The most bugs of one process that are told apart. What comes after them is counted all together.
pub(super) const BUGS: usize = 1024;

/// One bug.
pub(crate) struct Bug {
    // 0 while the place is free.
    id: AtomicU64,
    repeats: AtomicU64,
    is_printed: AtomicBool,
    about: OnceLock<(Code, Where)>,
}

/// Where a bug is.
#[derive(Clone, Debug)]
pub(crate) enum Where {
    Site(&'static Location<'static>),
    Frame(Box<str>),
    Unknown,
}

impl core::fmt::Display for Where {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Where::Site(site) => site.fmt(f),
            Where::Frame(frame) => f.write_str(frame),
            Where::Unknown => Ok(()),
        }
    }
}

/// What became of one violation.
pub(crate) enum Seen {
    /// The first of its bug.
    First(&'static Bug),
    /// One that was there before, so many times after the first.
    Again(&'static Bug, u64),
    /// There is no place for one more bug; so many went by like that.
    Uncounted(u64),
}

impl Seen {
    pub(crate) fn is_first(&self) -> bool {
        matches!(self, Seen::First(_))
    }

    /// Whether the bug is to be printed now where each is printed once.
    pub(crate) fn take_turn(&self) -> bool {
        match self {
            Seen::First(bug) | Seen::Again(bug, _) => !bug.is_printed.swap(true, Ordering::Relaxed),
            Seen::Uncounted(_) => false,
        }
    }
}

static TABLE: OnceLock<Box<[Bug]>> = OnceLock::new();
static UNCOUNTED: AtomicU64 = AtomicU64::new(0);
static PROCESS: AtomicU32 = AtomicU32::new(0);

/// Makes room; from then on [`note`] asks for no memory.
pub(crate) fn prepare() -> &'static [Bug] {
    let bug = || Bug {
        id: AtomicU64::new(0),
        repeats: AtomicU64::new(0),
        is_printed: AtomicBool::new(false),
        about: OnceLock::new(),
    };
    &first(&TABLE, || (0..BUGS).map(|_| bug()).collect())[..]
}

/// Counts a violation of the bug `id`. For a signal handler the table must be prepared: without it nothing is told apart.
pub(crate) fn note(id: u64, code: Code, at: impl FnOnce() -> Where) -> Seen {
    forget_the_parents();
    for bug in TABLE.get().into_iter().flatten() {
        let mut found = bug.id.load(Ordering::Acquire);
        if found == 0 {
            found = match bug.id.compare_exchange(0, id, Ordering::AcqRel, Ordering::Acquire) {
                Ok(_) => {
                    // The place is this caller's alone, so there is nothing to wait for.
                    let _ = bug.about.set((code, at()));
                    return Seen::First(bug);
                }
                Err(winner) => winner,
            };
        }
        if found == id {
            return Seen::Again(bug, bug.repeats.fetch_add(1, Ordering::Relaxed) + 1);
        }
    }
    Seen::Uncounted(UNCOUNTED.fetch_add(1, Ordering::Relaxed) + 1)
}

/// A bug that was seen more than once.
pub(super) struct Repeated {
    pub(super) id: u64,
    pub(super) code: Code,
    pub(super) at: Where,
    pub(super) repeats: u64,
    /// Whether somebody has read of it, and not a hook alone.
    pub(super) is_printed: bool,
}

impl Bug {
    pub(super) fn repeated(&self) -> Option<Repeated> {
        let (code, at) = self.about.get()?;
        let repeats = self.repeats.load(Ordering::Relaxed);
        let id = self.id.load(Ordering::Relaxed);
        let is_printed = self.is_printed.load(Ordering::Relaxed);
        (repeats > 0).then(|| Repeated { id, code: *code, at: at.clone(), repeats, is_printed })
    }
}

/// All bugs that were seen again, in the order in which they came up; and how many violations found no place.
pub(super) fn repeated() -> (Vec<Repeated>, u64) {
    forget_the_parents();
    let bugs = TABLE.get().into_iter().flatten().filter_map(Bug::repeated).collect();
    (bugs, UNCOUNTED.load(Ordering::Relaxed))
}

/// In the child of a fork the parent's bugs are known, and its counts are the parent's to tell.
fn forget_the_parents() {
    let process = std::process::id();
    let before = PROCESS.swap(process, Ordering::Relaxed);
    if before != process && before != 0 {
        UNCOUNTED.store(0, Ordering::Relaxed);
        TABLE.get().into_iter().flatten().for_each(|bug| bug.repeats.store(0, Ordering::Relaxed));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One test: the table is the whole process's, and other tests may fill some of it.
    #[test]
    fn bugs_are_told_apart_until_there_is_no_place() {
        prepare();
        let here = Location::caller();
        let note = |id: u64| note(id, Code::Pf003, || Where::Site(here));
        let first = note(u64::MAX);
        assert!(first.is_first() && first.take_turn() && !first.take_turn());
        assert!(matches!(note(u64::MAX), Seen::Again(_, 1)));
        let again = note(u64::MAX);
        assert!(matches!(again, Seen::Again(_, 2)) && !again.take_turn());
        let (repeated, _) = repeated();
        let bug = repeated.iter().find(|bug| bug.id == u64::MAX).expect("it was seen again");
        assert_eq!((bug.code, bug.at.to_string(), bug.repeats), (Code::Pf003, here.to_string(), 2));

        let seen: Vec<Seen> = (1..=2 * BUGS as u64).map(note).collect();
        assert!(seen.iter().filter(|seen| seen.is_first()).count() < BUGS);
        let last = seen.last().expect("there are some");
        assert!(matches!(last, Seen::Uncounted(more) if *more > BUGS as u64) && !last.take_turn());
        assert!(matches!(note(u64::MAX), Seen::Again(_, 3)), "what has a place keeps it");
    }
}
