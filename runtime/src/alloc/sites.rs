//! The stacks kept at level full: each distinct one once, as an id that fits the heap map.

use crate::sync::plain::{AtomicU64, AtomicUsize, Ordering};
use crate::sys::mapped::{Mapped, Zeroed};
use crate::sys::{self, MAX_FRAMES};

/// Distinct stacks kept; later ones are dropped, and reports say "not kept".
const CAPACITY: usize = 1 << 16;
const PROBES: usize = 32;

struct Entry {
    // Hash of the frames, 0 while free.
    key: AtomicU64,
    // Set last: a reader sees no frame before it.
    filled: AtomicUsize,
    frames: [AtomicUsize; MAX_FRAMES],
}

// SAFETY: atomics alone.
unsafe impl Zeroed for Entry {}

static TABLE: Mapped<Entry, CAPACITY> = Mapped::new();

/// The id of the calling stack, 0 where it cannot be kept. Called from allocator hooks, under the re-entry flag.
///
/// Return addresses only: resolving them takes locks that the thread may hold already, so that
/// waits for the report.
#[inline(always)]
pub(crate) fn capture() -> u32 {
    sys::numbered(keep)
}

/// The id of a stack, kept if it is a new one.
fn keep(frames: &[usize]) -> u32 {
    let key = hash(frames) | 1;
    let Some(table) = TABLE.get() else { return 0 };
    let first = key as usize % CAPACITY;
    for probe in 0..PROBES {
        let slot = (first + probe) % CAPACITY;
        // Id 0 means "none".
        if slot == 0 {
            continue;
        }
        let entry = &table[slot];
        // Most are there already, and a read does not take the line from other cores.
        if entry.key.load(Ordering::Acquire) == key {
            return slot as u32;
        }
        match entry.key.compare_exchange(0, key, Ordering::AcqRel, Ordering::Acquire) {
            Ok(_) => {
                for (kept, frame) in entry.frames.iter().zip(frames) {
                    kept.store(*frame, Ordering::Relaxed);
                }
                entry.filled.store(frames.len(), Ordering::Release);
                return slot as u32;
            }
            Err(found) if found == key => return slot as u32,
            Err(_) => {}
        }
    }
    0
}

/// The return addresses of the stack with this id, innermost first; empty where none was kept.
pub(crate) fn frames(id: u32) -> Vec<usize> {
    let Some(entry) = (id != 0).then(|| TABLE.get()).flatten().and_then(|table| table.get(id as usize)) else {
        return Vec::new();
    };
    let filled = entry.filled.load(Ordering::Acquire);
    entry.frames[..filled].iter().map(|frame| frame.load(Ordering::Relaxed)).collect()
}

/// FNV-1a over the return addresses.
fn hash(frames: &[usize]) -> u64 {
    frames.iter().fold(0xcbf2_9ce4_8422_2325, |hash, frame| {
        (hash ^ *frame as u64).wrapping_mul(0x0000_0100_0000_01b3).rotate_left(23)
    })
}
