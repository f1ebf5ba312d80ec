//! Pointers into blocks that C was seen to store, by functions of which nobody says how long they keep them.

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
    /// The block that it leads into, in disguise: in static memory it would look like C's.
    hidden: usize,
    /// What the call that stored it was given.
    pub(crate) lent: Lent,
}

const SLOTS: usize = 256;

static STORED: SpinLock<([Option<Stored>; SLOTS], usize)> = SpinLock::new(([None; SLOTS], 0));
static COUNT: AtomicUsize = AtomicUsize::new(0);

/// Remembers that the word at `at` leads into the block at `start` since a call. Older ones give way.
pub(crate) fn remember(at: usize, start: usize, lent: Lent) {
    let stored = Stored { at, hidden: !start, lent };
    STORED.with_patience(|(slots, next)| {
        slots[*next % SLOTS] = Some(stored);
        *next += 1;
    });
    COUNT.fetch_add(1, Ordering::Relaxed);
}

/// A pointer that C still has to a block that goes away. For allocator hooks: asks for no memory.
pub(crate) fn take(start: usize, bytes: usize) -> Option<Stored> {
    if COUNT.load(Ordering::Relaxed) == 0 {
        return None;
    }
    let mut found: [Option<Stored>; 4] = [None; 4];
    STORED.with_patience(|(slots, _)| {
        let of_block = slots.iter_mut().filter(|slot| slot.is_some_and(|stored| stored.hidden == !start));
        for (slot, place) in of_block.zip(&mut found) {
            *place = slot.take();
        }
    });
    let holds = |stored: &Stored| {
        let mut word = [0; size_of::<usize>()];
        // Through the kernel: the library may be unloaded.
        sys::read_untrusted(stored.at, &mut word) && (start..start + bytes).contains(&usize::from_ne_bytes(word))
    };
    found.into_iter().flatten().find(holds)
}

/// Takes or gives back the lock of this file, around a fork.
pub(crate) fn around_fork(is_before: bool) {
    if is_before { STORED.hold() } else { STORED.let_go() }
}
