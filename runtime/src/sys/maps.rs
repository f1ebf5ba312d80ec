//! What the kernel tells a process of itself: its memory, with the pages that are there, and its threads.

use std::fs::File;
use std::os::unix::fs::FileExt as _;

/// A range of readable memory of this process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Region {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// Every range that may hold a value of the program: what can be written, and anonymous memory that could be once. Devices are
/// left out, for reading them may do something. `None` where the system does not say.
pub(crate) fn regions() -> Option<Vec<Region>> {
    let text = std::fs::read("/proc/self/maps").ok()?;
    Some(String::from_utf8_lossy(&text).lines().filter_map(parse).collect())
}

/// One line: `start-end rwxp offset device inode   path`.
fn parse(line: &str) -> Option<Region> {
    let mut fields = line.split_ascii_whitespace();
    let (start, end) = fields.next()?.split_once('-')?;
    let access = fields.next()?.as_bytes();
    let inode = fields.nth(2)?;
    let path = fields.next().unwrap_or_default();
    let is_device = path.starts_with("/dev/") && !path.starts_with("/dev/shm/") && !path.starts_with("/dev/zero");
    let holds_values = access.get(1) == Some(&b'w') || inode == "0";
    let is_kernels = matches!(path, "[vvar]" | "[vvar_vclock]" | "[vdso]" | "[vsyscall]");
    if access.first() != Some(&b'r') || !holds_values || is_device || is_kernels {
        return None;
    }
    Some(Region { start: usize::from_str_radix(start, 16).ok()?, end: usize::from_str_radix(end, 16).ok()? })
}

/// How many threads the process has; `None` where the system does not say.
pub(crate) fn threads() -> Option<usize> {
    Some(std::fs::read_dir("/proc/self/task").ok()?.count())
}

/// What a thread of this process is called; `None` when there is no such thread, or the system does not say.
pub(crate) fn thread_name(id: u32) -> Option<String> {
    let name = std::fs::read(format!("/proc/self/task/{id}/comm")).ok()?;
    Some(String::from_utf8_lossy(&name).trim_end().to_owned())
}

/// Which pages hold something: memory that was never touched need not be read.
pub(crate) struct Pages {
    file: Option<File>,
    pub(crate) size: usize,
}

/// What is asked of `PAGEMAP_SCAN`, as Linux lays it out (linux/fs.h, `struct pm_scan_arg`).
#[cfg(target_os = "linux")]
#[repr(C)]
struct ScanArg {
    size: u64,
    flags: u64,
    start: u64,
    end: u64,
    walk_end: u64,
    vec: u64,
    vec_len: u64,
    max_pages: u64,
    category_inverted: u64,
    category_mask: u64,
    category_anyof_mask: u64,
    return_mask: u64,
}

/// A range that `PAGEMAP_SCAN` found (linux/fs.h, `struct page_region`).
#[cfg(target_os = "linux")]
#[derive(Clone, Copy, Default)]
#[repr(C)]
struct Found {
    start: u64,
    end: u64,
    categories: u64,
}

impl Pages {
    /// Pages that one question is about, where the kernel has no better way.
    const MOST: usize = 512;
    /// Ranges that one answer holds.
    #[cfg(target_os = "linux")]
    const RANGES: usize = 64;

    /// Asks the kernel; where it does not answer, every page counts as there.
    pub(crate) fn new() -> Self {
        Self { file: File::open("/proc/self/pagemap").ok(), size: super::page_size() }
    }

    /// Adds the ranges from `start` on that are in memory or swapped out, up to an address before `end` or `end` itself: where
    /// to go on.
    pub(crate) fn present(&self, start: usize, end: usize, ranges: &mut Vec<Region>) -> usize {
        self.scan(start, end, ranges).unwrap_or_else(|| self.look(start, end, ranges))
    }

    /// Whether memory that was never touched costs next to no time, however much of it there is.
    pub(crate) fn skips_quickly(&self) -> bool {
        let here = core::ptr::from_ref(self).addr() / self.size * self.size;
        self.scan(here, here + self.size, &mut Vec::new()).is_some()
    }

    /// By one question for all of a range, as Linux 6.7 and later answers it; `None` elsewhere.
    #[cfg(target_os = "linux")]
    fn scan(&self, start: usize, end: usize, ranges: &mut Vec<Region>) -> Option<usize> {
        use std::os::fd::AsRawFd as _;
        /// `_IOWR('f', 16, struct pm_scan_arg)`
        const PAGEMAP_SCAN: u64 = 3 << 30 | (size_of::<ScanArg>() as u64) << 16 | (b'f' as u64) << 8 | 16;
        const PRESENT_OR_SWAPPED: u64 = 1 << 3 | 1 << 4;
        let mut found = [Found::default(); Self::RANGES];
        let mut arg = ScanArg {
            size: size_of::<ScanArg>() as u64,
            flags: 0,
            start: start as u64,
            end: end as u64,
            walk_end: 0,
            vec: found.as_mut_ptr().expose_provenance() as u64,
            vec_len: found.len() as u64,
            max_pages: 0,
            category_inverted: 0,
            category_mask: 0,
            category_anyof_mask: PRESENT_OR_SWAPPED,
            return_mask: PRESENT_OR_SWAPPED,
        };
        let file = self.file.as_ref()?;
        // SAFETY: the kernel writes `walk_end` and at most `vec_len` ranges to `vec`, both locals that outlive the call; it reads
        // and writes nothing else (Documentation/admin-guide/mm/pagemap.rst). A kernel without it answers ENOTTY.
        let count = unsafe { libc::ioctl(file.as_raw_fd(), PAGEMAP_SCAN as _, &raw mut arg) };
        let found = found.get(..usize::try_from(count).ok()?)?;
        ranges.extend(found.iter().map(|range| Region { start: range.start as usize, end: range.end as usize }));
        // A kernel that does not move on would keep the caller for ever.
        Some(arg.walk_end as usize).filter(|until| *until > start)
    }

    #[cfg(not(target_os = "linux"))]
    fn scan(&self, _start: usize, _end: usize, _ranges: &mut Vec<Region>) -> Option<usize> {
        None
    }

    /// Page by page.
    fn look(&self, start: usize, end: usize, ranges: &mut Vec<Region>) -> usize {
        let count = ((end - start) / self.size).min(Self::MOST);
        let until = start + count.max(1) * self.size;
        let mut entries = [0_u8; Self::MOST * 8];
        let wanted = &mut entries[..count * 8];
        let read = self.file.as_ref().map(|file| file.read_exact_at(wanted, (start / self.size * 8) as u64));
        if !matches!(read, Some(Ok(()))) {
            ranges.push(Region { start, end: until.min(end) });
            return until;
        }
        for (number, entry) in wanted.chunks_exact(8).enumerate() {
            // Bit 63: in memory, bit 62: swapped out (proc_pid_pagemap(5)); both are in the top byte.
            let top = if cfg!(target_endian = "little") { entry[7] } else { entry[0] };
            let page = start + number * self.size;
            match ranges.last_mut() {
                _ if top & 0xc0 == 0 => {}
                Some(last) if last.end == page => last.end = page + self.size,
                _ => ranges.push(Region { start: page, end: page + self.size }),
            }
        }
        until
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn lines_of_the_kernels_list() {
        let region = |start, end| Some(Region { start, end });
        assert_eq!(parse("1000-3000 rw-p 00000000 00:00 0"), region(0x1000, 0x3000));
        assert_eq!(parse("1000-3000 rw-p 00000000 00:00 0          [heap]"), region(0x1000, 0x3000));
        assert_eq!(
            parse("1000-3000 r--p 00000000 00:00 0 "),
            region(0x1000, 0x3000),
            "written before it was protected"
        );
        assert_eq!(parse("1000-3000 rw-s 00000000 00:01 1027 /memfd:x (deleted)"), region(0x1000, 0x3000));
        assert_eq!(parse("1000-3000 rw-s 00000000 00:01 7 /dev/shm/a"), region(0x1000, 0x3000));
        assert_eq!(parse("1000-3000 r--p 00000000 fe:00 12 /usr/lib/libc.so.6"), None);
        assert_eq!(parse("1000-3000 rw-s 00000000 00:05 7 /dev/dri/card0"), None);
        assert_eq!(parse("1000-3000 ---p 00000000 00:00 0"), None);
        assert_eq!(parse("1000-3000 r--p 00000000 00:00 0          [vvar]"), None);
        assert_eq!(parse("nonsense"), None);
    }

    #[test]
    fn this_process() {
        let local = core::hint::black_box(5_u8);
        let here = core::ptr::from_ref(&local).addr();
        let regions = regions().expect("Linux lists them");
        let holds = |addr: usize| regions.iter().any(|region| (region.start..region.end).contains(&addr));
        assert!(holds(here) && !holds(0x10), "{local}");
        assert!(threads().is_some_and(|count| count >= 1));
    }

    #[test]
    fn touched_pages_are_there_and_others_are_not() {
        const COUNT: usize = 2000;
        let pages = Pages::new();
        let start = crate::sys::map_pages(COUNT * pages.size).expect("memory");
        for page in [0, 1, 2, 700, 1999] {
            // SAFETY: inside the mapping.
            unsafe { start.as_ptr().wrapping_add(page * pages.size).write(1) };
        }
        let (first, end) = (start.addr().get(), start.addr().get() + COUNT * pages.size);
        let ask = |present: &dyn Fn(usize, &mut Vec<Region>) -> usize| {
            let (mut at, mut ranges) = (first, Vec::new());
            while at < end {
                at = present(at, &mut ranges);
            }
            ranges.iter().map(|range| (range.end - range.start) / pages.size).sum::<usize>()
        };
        // Huge pages may bring neighbours with them.
        assert!((5..=COUNT).contains(&ask(&|at, ranges| pages.present(at, end, ranges))));
        assert!((5..=COUNT).contains(&ask(&|at, ranges| pages.look(at, end, ranges))));
        assert_eq!(ask(&|at, ranges| Pages { file: None, ..pages }.present(at, end, ranges)), COUNT);
        // SAFETY: the mapping made above, whole, and not used after this.
        unsafe { crate::sys::unmap_pages(start, COUNT * pages.size) };
    }
}
