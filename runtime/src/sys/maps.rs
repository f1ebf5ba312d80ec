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

impl Pages {
    /// Pages that one question is about.
    pub(crate) const MOST: usize = 64;

    /// Asks the kernel; where it does not answer, every page counts as there.
    pub(crate) fn new() -> Self {
        Self { file: File::open("/proc/self/pagemap").ok(), size: super::page_size() }
    }

    /// For each of the `count` pages from `start` on, whether it is in memory or swapped out.
    pub(crate) fn present(&self, start: usize, count: usize) -> [bool; Self::MOST] {
        let mut entries = [0_u8; Self::MOST * 8];
        let wanted = &mut entries[..count.min(Self::MOST) * 8];
        let read = self.file.as_ref().map(|file| file.read_exact_at(wanted, (start / self.size * 8) as u64));
        if !matches!(read, Some(Ok(()))) {
            return [true; Self::MOST];
        }
        let mut present = [false; Self::MOST];
        for (entry, present) in entries.chunks_exact(8).zip(&mut present) {
            // Bit 63: in memory, bit 62: swapped out (proc_pid_pagemap(5)); little-endian or big, they are in the top byte.
            let top = if cfg!(target_endian = "little") { entry[7] } else { entry[0] };
            *present = top & 0xc0 != 0;
        }
        present
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
        let pages = Pages::new();
        assert!(pages.present(here / pages.size * pages.size, 1)[0]);
    }
}
