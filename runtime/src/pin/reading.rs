//! Reads all memory that may hold a value of the program, a chunk at a time, into memory that no search takes for the program's.

use super::search::SearchError;
use crate::sys::{self, maps};
use core::ptr::NonNull;

/// The most address space that is looked through page by page, where the kernel does not skip what is empty: for seconds at most.
const MOST_ADDRESSES: usize = 1 << 40;

/// How many pages are read at once.
const CHUNK: usize = 64;

/// A type of which zeros are a value, and that may be forgotten.
///
/// # Safety
///
/// Both are so.
pub(crate) unsafe trait Plain: Copy {}

// SAFETY: a number.
unsafe impl Plain for u8 {}
// SAFETY: a number.
unsafe impl Plain for u32 {}

/// Memory of its own for a search: left behind anywhere else, a copy of what was read would be found by the next one.
pub(crate) struct Buffer<T: Plain> {
    start: NonNull<T>,
    length: usize,
}

impl<T: Plain> Buffer<T> {
    /// So many zeros; what is never touched costs nothing.
    pub(crate) fn new(length: usize) -> Result<Self, SearchError> {
        let pages = sys::map_pages(length * size_of::<T>()).ok_or(SearchError::NotAllowed)?;
        Ok(Self { start: pages.cast(), length })
    }

    pub(crate) fn all(&mut self) -> &mut [T] {
        // SAFETY: mapped by `new` with this length and zeroed, which is a value of each; a page is aligned for them; this value's
        // alone, and unmapped only when it is dropped.
        unsafe { core::slice::from_raw_parts_mut(self.start.as_ptr(), self.length) }
    }

    /// Where it lies.
    pub(crate) fn region(&self) -> maps::Region {
        let start = self.start.addr().get();
        maps::Region { start, end: start + self.length * size_of::<T>() }
    }
}

impl<T: Plain> Drop for Buffer<T> {
    fn drop(&mut self) {
        // SAFETY: the whole mapping of `new`, to which nothing refers once the value goes.
        unsafe { sys::unmap_pages(self.start.cast(), self.length * size_of::<T>()) };
    }
}

/// What [`read_all`] reads into.
pub(crate) fn chunk() -> Result<Buffer<u8>, SearchError> {
    Buffer::new((CHUNK + 1) * sys::page_size())
}

/// Reads all memory that may hold a value of the program, a chunk at a time and with `overlap` bytes of the one before it, until
/// `visit` wants no more: it gets the region that a chunk is of, where the chunk begins, and its bytes.
pub(crate) fn read_all(
    buffer: &mut Buffer<u8>,
    most: usize,
    overlap: usize,
    visit: &mut dyn FnMut(maps::Region, usize, &[u8]) -> bool,
) -> Result<(), SearchError> {
    let pages = maps::Pages::new();
    let regions = maps::regions().ok_or(SearchError::NotAllowed)?;
    let size: usize = regions.iter().map(|region| region.end - region.start).sum();
    if size > MOST_ADDRESSES && !pages.skips_quickly() {
        return Err(SearchError::TooMuchMemory);
    }
    let mut left = most;
    let mut was_read = false;
    let mut ranges = Vec::with_capacity(1024);
    for region in regions {
        let mut at = region.start;
        let mut before = 0;
        while at < region.end {
            ranges.clear();
            at = pages.present(at, region.end, &mut ranges);
            for range in &ranges {
                left = left.checked_sub(range.end - range.start).ok_or(SearchError::TooMuchMemory)?;
                for from in (range.start..range.end).step_by(CHUNK * pages.size) {
                    let to = range.end.min(from + CHUNK * pages.size);
                    let early = if before == from { overlap } else { 0 };
                    before = to;
                    match read(buffer, from - early, to, pages.size, &mut |from, bytes| visit(region, from, bytes)) {
                        Some(true) => was_read = true,
                        Some(false) => return Ok(()),
                        None => {}
                    }
                }
            }
        }
    }
    if was_read { Ok(()) } else { Err(SearchError::NotAllowed) }
}

/// Reads one range, at most as long as the buffer: whether `visit` wants more, `None` where nothing could be read.
pub(crate) fn read(
    buffer: &mut Buffer<u8>,
    from: usize,
    to: usize,
    page: usize,
    visit: &mut dyn FnMut(usize, &[u8]) -> bool,
) -> Option<bool> {
    if sys::read_untrusted(from, &mut buffer.all()[..to - from]) {
        return Some(visit(from, &buffer.all()[..to - from]));
    }
    // A page that cannot be read, behind the end of a file for example, cannot hold a value either.
    let mut wants_more = None;
    for at in (from..to).step_by(page) {
        let length = page.min(to - at);
        if wants_more != Some(false) && sys::read_untrusted(at, &mut buffer.all()[..length]) {
            wants_more = Some(visit(at, &buffer.all()[..length]));
        }
    }
    wants_more
}
