//! The stacks kept at level full: each distinct one once, as an id that fits the heap map.

use crate::alloc::reentry;
use crate::sync::plain::{AtomicPtr, AtomicU64, Ordering};
use crate::sys::{self, MAX_FRAMES};
use core::ptr::NonNull;
use std::backtrace::Backtrace;

/// Distinct stacks kept; later ones are dropped, and reports say "not kept".
const CAPACITY: usize = 1 << 16;
const PROBES: usize = 32;

struct Entry {
    // Hash of the raw frames, 0 while free.
    key: AtomicU64,
    stack: AtomicPtr<Backtrace>,
}

static TABLE: AtomicPtr<Entry> = AtomicPtr::new(core::ptr::null_mut());

/// The id of the calling stack, 0 where it cannot be kept. Called from allocator hooks, under the re-entry flag.
///
/// Walks the frames without resolving them; only a stack never met before is captured for printing,
/// which allocates, untracked.
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
        match entry.key.compare_exchange(0, key, Ordering::AcqRel, Ordering::Acquire) {
            Ok(_) => {
                let stack = Box::into_raw(Box::new(Backtrace::force_capture()));
                entry.stack.store(stack, Ordering::Release);
                return slot as u32;
            }
            Err(found) if found == key => return slot as u32,
            Err(_) => {}
        }
    }
    0
}

/// The stack with this id, as text lines, innermost first, without the frames of allocator and checker.
pub(crate) fn describe(id: u32) -> Vec<String> {
    let Some(entry) = (id != 0).then(table).flatten().and_then(|table| table.get(id as usize)) else {
        return Vec::new();
    };
    // SAFETY: a non-null pointer was leaked by `capture` for good.
    let Some(stack) = (unsafe { entry.stack.load(Ordering::Acquire).as_ref() }) else {
        return Vec::new();
    };
    reentry::once(|| own_frames(&stack.to_string())).unwrap_or_default()
}

/// The frames of the program's own code in std's printed form of a backtrace.
pub(crate) fn own_frames(printed: &str) -> Vec<String> {
    let mut frames: Vec<String> = Vec::new();
    let mut lines = printed.lines().peekable();
    while let Some(line) = lines.next() {
        let Some((number, name)) = line.trim_start().split_once(": ") else { continue };
        if number.parse::<u32>().is_err() {
            continue;
        }
        let at = lines.next_if(|next| next.trim_start().starts_with("at ")).map(|next| next.trim_start()[3..].to_owned());
        if is_machinery(name) || at.as_deref().is_some_and(|at| at.contains("/rustc/") || at.contains("/.rustup/")) {
            continue;
        }
        let place = at.map(|at| at.strip_prefix("./").unwrap_or(&at).to_owned());
        frames.push(place.map_or_else(|| name.to_owned(), |place| format!("{place} in {name}")));
        if name == "main" || name.ends_with("::main") {
            break;
        }
    }
    frames
}

/// Frames between the program's own code and the hook.
fn is_machinery(name: &str) -> bool {
    let name = name.trim_start_matches('<').trim_start_matches("impl ");
    ["std::", "core::", "alloc::", "pinned_ffi::", "__rust", "__libc", "_start", "rust_begin", "___rust", "_Unwind"]
        .iter()
        .any(|prefix| name.starts_with(prefix))
        || name.contains(" as core::")
        || name.contains(" as alloc::")
        || name.contains("::__rustc::")
        || name.starts_with("_RNv") && name.contains("rust_")
}

fn table() -> Option<&'static [Entry]> {
    let mut table = TABLE.load(Ordering::Acquire);
    if table.is_null() {
        let bytes = CAPACITY * size_of::<Entry>();
        let pages: NonNull<u8> = sys::map_pages(bytes)?;
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

#[cfg(test)]
mod tests {
    use super::own_frames;

    #[test]
    fn keeps_only_the_programs_frames() {
        let printed = "   0: std::backtrace::Backtrace::force_capture\n             at /rustc/abc/library/std/src/backtrace.rs:1:1\n   1: pinned_ffi::alloc::sites::capture\n             at ./runtime/src/alloc/sites.rs:3:1\n   2: <alloc::vec::Vec<T> as core::clone::Clone>::clone\n   3: demo::load\n             at ./src/main.rs:7:13\n   4: demo::main\n             at ./src/main.rs:3:5\n   5: core::ops::function::FnOnce::call_once\n";
        assert_eq!(own_frames(printed), ["src/main.rs:7:13 in demo::load", "src/main.rs:3:5 in demo::main"]);
        assert!(own_frames("").is_empty());
    }
}
