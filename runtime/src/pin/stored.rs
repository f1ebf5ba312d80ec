//! Pointers into blocks that C was seen to store, by functions of which nobody says how long they keep them.

use crate::check::memory::{self, Place};
use crate::desc::FnDesc;
use crate::path::Path;
use crate::sync::SpinLock;
use crate::sync::plain::{AtomicUsize, Ordering};
use crate::sys;
use core::panic::Location;

/// Which argument of which call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lent {
    pub(crate) desc: &'static FnDesc,
    pub(crate) path: Path,
    pub(crate) location: &'static Location<'static>,
}

/// A pointer that C stored.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stored {
    /// Where it lies.
    pub(crate) at: usize,
    /// The block that it leads into, or the address on the stack, in disguise: in static memory it would look like C's.
    hidden: usize,
    /// How much of the stack it leads to; none of a block.
    on_stack: Option<usize>,
    /// What the call that stored it was given.
    pub(crate) lent: Lent,
}

const SLOTS: usize = 256;

static STORED: SpinLock<([Option<Stored>; SLOTS], usize)> = SpinLock::new(([None; SLOTS], 0));
static COUNT: AtomicUsize = AtomicUsize::new(0);
static FRAMES: AtomicUsize = AtomicUsize::new(0);

/// Remembers that the word at `at` leads into the block at `start` since a call. Older ones give way.
pub(crate) fn remember(at: usize, start: usize, lent: Lent) {
    keep(Stored { at, hidden: !start, on_stack: None, lent });
    COUNT.fetch_add(1, Ordering::Relaxed);
}

/// The same of a word that leads to `bytes` bytes of this thread's stack at `addr`.
pub(crate) fn remember_frame(at: usize, addr: usize, bytes: usize, lent: Lent) {
    keep(Stored { at, hidden: !addr, on_stack: Some(bytes), lent });
    FRAMES.fetch_add(1, Ordering::Relaxed);
}

fn keep(stored: Stored) {
    STORED.with_patience(|(slots, next)| {
        slots[*next % SLOTS] = Some(stored);
        *next += 1;
    });
}

/// Whether a pointer to the stack was ever seen.
#[inline]
pub(crate) fn has_frames() -> bool {
    FRAMES.load(Ordering::Relaxed) != 0
}

/// A pointer that C still has to a frame of this thread that has returned, seen from a frame at `frame`. Told once.
pub(crate) fn dead(frame: usize) -> Option<Stored> {
    if !has_frames() {
        return None;
    }
    let mut found: [Option<Stored>; 4] = [None; 4];
    STORED.with(|(slots, _)| {
        let on_stack = slots.iter().flatten().filter(|stored| stored.on_stack.is_some());
        // Newer frames lie lower, and are the first to go.
        for stored in on_stack {
            if let Some(free) = found.iter_mut().find(|slot| slot.is_none()) {
                *free = Some(*stored);
            } else if let Some(highest) = found.iter_mut().flatten().min_by_key(|stored| stored.hidden)
                && highest.hidden < stored.hidden
            {
                *highest = *stored;
            }
        }
        if found[0].is_none() {
            FRAMES.store(0, Ordering::Relaxed);
        }
    });
    let is_dead = |stored: &Stored| {
        let bytes = stored.on_stack.unwrap_or_default();
        matches!(memory::locate(!stored.hidden, frame), Place::DeadStack) && holds(stored, !stored.hidden, bytes)
    };
    let dead = found.into_iter().flatten().find(is_dead)?;
    STORED.with(|(slots, _)| {
        let is_it =
            |slot: &&mut Option<Stored>| slot.is_some_and(|it| it.on_stack.is_some() && it.hidden == dead.hidden);
        slots.iter_mut().filter(is_it).for_each(|slot| *slot = None);
    });
    Some(dead)
}

/// Whether the word still leads there.
fn holds(stored: &Stored, start: usize, bytes: usize) -> bool {
    let mut word = [0; size_of::<usize>()];
    // Through the kernel: the library may be unloaded.
    sys::read_untrusted(stored.at, &mut word) && (start..start + bytes).contains(&usize::from_ne_bytes(word))
}

/// A pointer that C still has to a block that goes away. For allocator hooks: asks for no memory.
pub(crate) fn take(start: usize, bytes: usize) -> Option<Stored> {
    if COUNT.load(Ordering::Relaxed) == 0 {
        return None;
    }
    let mut found: [Option<Stored>; 4] = [None; 4];
    STORED.with_patience(|(slots, _)| {
        let of_block = slots
            .iter_mut()
            .filter(|slot| slot.is_some_and(|stored| stored.on_stack.is_none() && stored.hidden == !start));
        for (slot, place) in of_block.zip(&mut found) {
            *place = slot.take();
        }
    });
    found.into_iter().flatten().find(|stored| holds(stored, start, bytes))
}

/// Takes or gives back the lock of this file, around a fork.
pub(crate) fn around_fork(is_before: bool) {
    if is_before { STORED.hold() } else { STORED.let_go() }
}
