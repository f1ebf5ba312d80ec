//! The writable memory that loaded files brought with them: where C and Rust keep their statics.

use super::maps::Region;
use core::ffi::c_void;
use std::sync::OnceLock;

/// The writable segments of the program and of every library, as they are now.
#[cfg(target_os = "linux")]
pub(crate) fn writable() -> Vec<Region> {
    extern "C" fn visit(info: *mut libc::dl_phdr_info, _size: libc::size_t, found: *mut c_void) -> i32 {
        // SAFETY: the vector that `writable` passes, which outlives the call.
        let found = unsafe { &mut *found.cast::<Vec<Region>>() };
        // SAFETY: the loader passes a description that is valid during this call (dl_iterate_phdr(3)).
        let info = unsafe { info.read() };
        let headers = info.dlpi_phdr;
        for number in 0..usize::from(info.dlpi_phnum) {
            // SAFETY: one of the `dlpi_phnum` headers, mapped as long as the file is loaded.
            let header = unsafe { headers.wrapping_add(number).read() };
            if header.p_type == libc::PT_LOAD && header.p_flags & libc::PF_W != 0 {
                let start = info.dlpi_addr as usize + header.p_vaddr as usize;
                found.push(Region { start: start.next_multiple_of(8), end: start + header.p_memsz as usize });
            }
        }
        0
    }
    let mut found: Vec<Region> = Vec::with_capacity(64);
    // SAFETY: `visit` has the type that the loader calls, and the vector outlives the call.
    unsafe { libc::dl_iterate_phdr(Some(visit), (&raw mut found).cast()) };
    found
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn writable() -> Vec<Region> {
    Vec::new()
}

/// The writable segment of the file that this code is in, which stays loaded: there are the program's own statics, as a rule.
pub(crate) fn own() -> Option<Region> {
    static OWN: OnceLock<Option<Region>> = OnceLock::new();
    let anchor = core::ptr::from_ref(&OWN).addr();
    *OWN.get_or_init(|| writable().into_iter().find(|segment| (segment.start..segment.end).contains(&anchor)))
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
