//! A copy of an argument's memory, lent to C for one call.

use super::Watched;
use super::guard::Guarded;
use super::memory;
use crate::alloc::fill::{self, FENCE};
use crate::alloc::pending;
use crate::alloc::reentry;
use crate::check::unwritten;
use crate::pin::stored::Lent;
use crate::sync::SpinLock;

/// Copies start as far from a multiple of this as the memory they stand for.
const LINE: usize = 64;

/// A copy.
#[derive(Debug)]
pub(crate) struct Copy {
    room: Room,
    lent: Lent,
    bytes: usize,
}

#[derive(Debug)]
enum Room {
    /// Ordinary memory: a fence, the copy, a fence.
    Plain { memory: Box<[u8]>, start: usize },
    /// Pages of its own between pages that cannot be touched.
    Guarded(Guarded),
}

impl Copy {
    /// A copy of this memory, between guard pages where `is_guarded`; `None` when the system gives no memory.
    pub(crate) fn new(what: &Watched, is_guarded: bool, lent: Lent) -> Option<Self> {
        let guarded = is_guarded.then(|| Guarded::new(what.addr, what.bytes, lent)).flatten();
        let room = match guarded {
            Some(guarded) => Room::Guarded(guarded),
            // Direct input and output asks for more alignment than ordinary memory has.
            None if what.addr.is_multiple_of(512) => return None,
            None => plain(what.addr, what.bytes),
        };
        let copy = Self { room, lent, bytes: what.bytes };
        // SAFETY: the copy's own memory, of that length.
        unsafe { memory::write(copy.start(), &what.now()) };
        Some(copy)
    }

    /// Where it is.
    pub(crate) fn start(&self) -> usize {
        match &self.room {
            Room::Plain { start, .. } => *start,
            Room::Guarded(guarded) => guarded.start(),
        }
    }

    /// Whether its addresses were never anybody's before.
    pub(crate) fn is_fresh(&self) -> bool {
        matches!(self.room, Room::Guarded(_))
    }

    /// How far behind its end the first byte is that C wrote.
    pub(crate) fn changed_behind(&self) -> Option<usize> {
        let end = self.start() + self.bytes;
        match &self.room {
            // SAFETY: `plain` put the fence there, in memory that this copy owns.
            Room::Plain { .. } => unsafe { fill::first_change_of_fence(end) },
            Room::Guarded(guarded) => guarded.changed_behind(),
        }
    }

    /// How far in front of its start a byte is that C wrote.
    pub(crate) fn changed_before(&self) -> Option<usize> {
        match &self.room {
            Room::Plain { start, .. } => {
                // SAFETY: `plain` put the fence there, in memory that this copy owns.
                let changed = unsafe { fill::first_change_of_fence(start - FENCE) };
                changed.map(|offset| FENCE - offset)
            }
            Room::Guarded(guarded) => guarded.changed_before(),
        }
    }

    /// What is in it now.
    pub(crate) fn now(&self) -> Vec<u8> {
        // SAFETY: the copy's own memory, of that length.
        unsafe { memory::read(self.start(), self.bytes) }
    }

    /// Fills it with what C is to write over; gives what is in it from then on.
    pub(crate) fn spoil(&self) -> Vec<u8> {
        let bytes = unwritten::filled_with_pattern(self.bytes);
        // SAFETY: the copy's own memory, of that length.
        unsafe { memory::write(self.start(), &bytes) };
        bytes
    }

    /// The first bytes of what is in it now.
    pub(crate) fn filled(&self, bytes: i128) -> Vec<u8> {
        let mut now = self.now();
        now.truncate(usize::try_from(bytes).unwrap_or(usize::MAX));
        now
    }

    /// As [`give_back`](Self::give_back), where it was spoilt before.
    pub(crate) fn give_back_over_pattern(&self, to: &Watched, filled: Option<i128>) {
        let now = self.now();
        let filled = filled.map_or(0, |filled| usize::try_from(filled).unwrap_or(usize::MAX));
        for range in unwritten::written(&now, filled) {
            to.set(range.start, &now[range]);
        }
    }

    /// Writes what C has changed to the memory that was copied.
    pub(crate) fn give_back(&self, to: &Watched, before: &[u8]) {
        let now = self.now();
        let differs = |at: usize| before.get(at) != now.get(at);
        let mut at = 0;
        // Only that: another thread may use the rest.
        while at < now.len() {
            let from = at;
            while at < now.len() && differs(at) {
                at += 1;
            }
            if at > from {
                to.set(from, &now[from..at]);
            }
            at += 1;
        }
    }

    /// C is done with it, if it keeps its word: whoever uses it from here on is told.
    pub(crate) fn end(self) {
        match self.room {
            Room::Plain { memory, .. } => retire(Old { memory, lent: self.lent }),
            Room::Guarded(guarded) => guarded.revoke(),
        }
    }
}

fn plain(addr: usize, bytes: usize) -> Room {
    let mut memory = vec![0_u8; bytes + 2 * FENCE + LINE].into_boxed_slice();
    let first = memory.as_mut_ptr().expose_provenance() + FENCE;
    let start = first + (addr.wrapping_sub(first)) % LINE;
    // SAFETY: within `memory`, which has room for two fences, the bytes, and less than a line in front.
    unsafe { fill::fence(start - FENCE) };
    // SAFETY: as above.
    unsafe { fill::fence(start + bytes) };
    Room::Plain { memory, start }
}

/// A copy whose call has returned.
struct Old {
    memory: Box<[u8]>,
    lent: Lent,
}

const KEPT: usize = 64;

/// The last copies, poisoned: C may write there without hurting anybody, and is found out.
static OLD: SpinLock<([Option<Old>; KEPT], usize)> = SpinLock::new(([const { None }; KEPT], 0));

fn retire(mut old: Old) {
    let start = old.memory.as_mut_ptr().expose_provenance();
    // SAFETY: the box, whole.
    unsafe { fill::poison(start, old.memory.len()) };
    let mut incoming = Some(old);
    let leaving = OLD.with_patience(|(ring, next)| {
        let place = &mut ring[*next % KEPT];
        *next += 1;
        core::mem::replace(place, incoming.take())
    });
    if let Some(Some(leaving)) = leaving {
        look_at(&leaving);
    }
}

fn look_at(old: &Old) {
    let start = old.memory.as_ptr().expose_provenance();
    // SAFETY: poisoned when it was retired, and still the box's.
    if unsafe { fill::first_change_of_poison(start, old.memory.len()) }.is_some() {
        pending::record(pending::Kind::WrittenAfterReturn(old.lent), start, old.memory.len(), 0);
    }
}

/// Takes or gives back the lock of this file, around a fork.
pub(crate) fn around_fork(is_before: bool) {
    if is_before { OLD.hold() } else { OLD.let_go() }
}

/// Looks at all copies that are still here: for the end of the program.
pub(crate) fn check_old() {
    reentry::once(|| {
        for place in 0..KEPT {
            // Whoever has the lock was interrupted by what ends the program.
            let Some(old) = OLD.with_patience(|(ring, _)| ring[place].take()) else { return };
            if let Some(old) = old {
                look_at(&old);
            }
        }
    });
}
