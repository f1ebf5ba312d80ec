//! The stacks kept at level full: each distinct one once, as an id that fits the heap map.

use crate::sync::plain::{AtomicPtr, AtomicU64, AtomicUsize, Ordering};
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

static TABLE: AtomicPtr<Entry> = AtomicPtr::new(core::ptr::null_mut());

/// The id of the calling stack, 0 where it cannot be kept. Called from allocator hooks, under the re-entry flag.
///
/// Return addresses only: resolving them takes locks that the thread may hold already, so that
/// waits for the report.
pub(crate) fn capture() -> u32 {
    let mut frames = [0; MAX_FRAMES];
    let filled = sys::raw_frames(&mut frames);
    let key = hash(&frames[..filled]) | 1;
    let Some(table) = table() else { return 0 };
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
                for (kept, frame) in entry.frames.iter().zip(&frames[..filled]) {
                    kept.store(*frame, Ordering::Relaxed);
                }
                entry.filled.store(filled, Ordering::Release);
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
    let Some(entry) = (id != 0).then(table).flatten().and_then(|table| table.get(id as usize)) else {
        return Vec::new();
    };
    let filled = entry.filled.load(Ordering::Acquire);
    entry.frames[..filled].iter().map(|frame| frame.load(Ordering::Relaxed)).collect()
}

fn table() -> Option<&'static [Entry]> {
    let mut table = TABLE.load(Ordering::Acquire);
    if table.is_null() {
        let bytes = CAPACITY * size_of::<Entry>();
        let pages = sys::map_pages(bytes)?;
        let fresh = pages.as_ptr().cast::<Entry>();
        match TABLE.compare_exchange(core::ptr::null_mut(), fresh, Ordering::AcqRel, Ordering::Acquire) {
            Ok(_) => table = fresh,
            Err(winner) => {
                // SAFETY: another thread won; this mapping was never published.
                unsafe { sys::unmap_pages(pages, bytes) };
                table = winner;
            }
        }
    }
    // SAFETY: the mapping holds CAPACITY zeroed entries, valid for atomics, and is never unmapped.
    Some(unsafe { core::slice::from_raw_parts(table, CAPACITY) })
}

/// FNV-1a over the return addresses.
fn hash(frames: &[usize]) -> u64 {
    frames.iter().fold(0xcbf2_9ce4_8422_2325, |hash, frame| {
        (hash ^ *frame as u64).wrapping_mul(0x0000_0100_0000_01b3).rotate_left(23)
    })
}
