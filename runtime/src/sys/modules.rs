//! The memory that loaded files brought with them: where C and Rust keep their statics and constants.

use super::maps::Region;
use crate::sync::first;
use core::ffi::c_void;
use std::sync::OnceLock;

/// The writable segments of the program and of every library, as they are now.
pub(crate) fn writable() -> Vec<Region> {
    let segments = segments().into_iter().filter(|segment| segment.is_writable);
    segments.map(|Segment { memory, .. }| Region { start: memory.start.next_multiple_of(8), ..memory }).collect()
}

/// Whether all of this memory is some file's and cannot be written.
pub(crate) fn is_constant(start: usize, bytes: usize) -> bool {
    let holds =
        |memory: &Region| memory.start <= start && start.checked_add(bytes).is_some_and(|end| end <= memory.end);
    segments().iter().any(|segment| !segment.is_writable && holds(&segment.memory))
}

/// A part of a loaded file.
struct Segment {
    memory: Region,
    is_writable: bool,
}

#[cfg(target_os = "linux")]
fn segments() -> Vec<Segment> {
    extern "C" fn visit(info: *mut libc::dl_phdr_info, _size: libc::size_t, found: *mut c_void) -> i32 {
        // SAFETY: the vector that `segments` passes, which outlives the call.
        let found = unsafe { &mut *found.cast::<Vec<Segment>>() };
        // SAFETY: the loader passes a description that is valid during this call (dl_iterate_phdr(3)).
        let info = unsafe { info.read() };
        let headers = info.dlpi_phdr;
        for number in 0..usize::from(info.dlpi_phnum) {
            // SAFETY: one of the `dlpi_phnum` headers, mapped as long as the file is loaded.
            let header = unsafe { headers.wrapping_add(number).read() };
            if header.p_type == libc::PT_LOAD && header.p_flags & (libc::PF_R | libc::PF_W) != 0 {
                let start = info.dlpi_addr as usize + header.p_vaddr as usize;
                let memory = Region { start, end: start + header.p_memsz as usize };
                found.push(Segment { memory, is_writable: header.p_flags & libc::PF_W != 0 });
            }
        }
        0
    }
    let mut found: Vec<Segment> = Vec::with_capacity(256);
    // SAFETY: `visit` has the type that the loader calls, and the vector outlives the call.
    unsafe { libc::dl_iterate_phdr(Some(visit), (&raw mut found).cast()) };
    found
}

#[cfg(not(target_os = "linux"))]
fn segments() -> Vec<Segment> {
    Vec::new()
}

/// The writable segment of the file that this code is in, which stays loaded: there are the program's own statics, as a rule.
pub(crate) fn own() -> Option<Region> {
    static OWN: OnceLock<Option<Region>> = OnceLock::new();
    let anchor = core::ptr::from_ref(&OWN).addr();
    *first(&OWN, || writable().into_iter().find(|segment| (segment.start..segment.end).contains(&anchor)))
}

/// The addresses of all words in these segments that point into one of the ranges, each with its range's number.
///
/// The caller has taken the segments just now: a library that another thread unloads meanwhile takes its memory away, so
/// they are read through the kernel, which answers that.
pub(crate) fn words_into(segments: &[Region], ranges: &[Region]) -> Vec<(usize, usize)> {
    const CHUNK: usize = 64 << 10;
    let (Some(lowest), Some(highest)) =
        (ranges.iter().map(|range| range.start).min(), ranges.iter().map(|range| range.end).max())
    else {
        return Vec::new();
    };
    let mut buffer = vec![0_u8; CHUNK];
    let own = buffer.as_ptr().addr();
    let mut found = Vec::new();
    for segment in segments {
        for from in (segment.start..segment.end).step_by(CHUNK) {
            let length = CHUNK.min(segment.end - from);
            if (own..own + CHUNK).contains(&from) || !super::read_untrusted(from, &mut buffer[..length]) {
                continue;
            }
            for (number, word) in buffer[..length].chunks_exact(8).enumerate() {
                let value = usize::from_ne_bytes(word.try_into().unwrap_or_default());
                if value < lowest || value >= highest {
                    continue;
                }
                if let Some(range) = ranges.iter().position(|range| (range.start..range.end).contains(&value)) {
                    found.push((from + number * 8, range));
                }
            }
        }
    }
    found
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use core::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn only_what_nobody_can_write_is_constant() {
        static TABLE: [u8; 64] = [7; 64];
        static WRITTEN: AtomicUsize = AtomicUsize::new(1);
        let table = core::hint::black_box(&TABLE).as_ptr().addr();
        assert!(is_constant(table, 64) && is_constant(table, 0));
        assert!(!is_constant(table, usize::MAX) && !is_constant(table, 1 << 40));
        assert!(!is_constant(core::ptr::from_ref(&WRITTEN).addr(), 8));
        let block = Box::new([7_u8; 8]);
        assert!(!is_constant(block.as_ptr().addr(), 8));
    }

    #[test]
    fn a_pointer_in_a_static_is_found_and_one_elsewhere_is_not() {
        static KEEPER: AtomicUsize = AtomicUsize::new(0);
        let block = Box::new([7_u8; 100]);
        let range = Region { start: block.as_ptr().addr(), end: block.as_ptr().addr() + 100 };
        let elsewhere = Box::new(range.start);
        let look = || words_into(&writable(), &[Region { start: usize::MAX - 1, end: usize::MAX }, range]);
        assert_eq!(look(), []);
        KEEPER.store(range.start + 99, Ordering::Relaxed);
        assert_eq!(look(), [(core::ptr::from_ref(&KEEPER).addr(), 1)]);
        KEEPER.store(range.end, Ordering::Relaxed);
        assert_eq!(look(), [], "one past the end is another block's start");
        core::hint::black_box((block, elsewhere));
    }
}
