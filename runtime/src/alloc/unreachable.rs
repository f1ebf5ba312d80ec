//! Which live blocks nothing leads to any more: those of C's allocator, and those of Rust's that C was lent for calls (PF045).
//!
//! Memory counts as in use unless it is sure that it is not, so that a block that somebody can reach is never told. Every word that
//! lies anywhere but in the blocks in question leads somewhere: on the stack, in a register, in static memory, in blocks of Rust's
//! that C has never seen, in what C's allocator has given back. What leads only from one lost block to the next does not count.

use super::c_blocks;
use super::map::{FREED, GRANULE, MAP, PINNED, SEEN};
use crate::addr::{Addr, Extent};
use crate::mode::{self, Level};
use crate::pin::reading::{self, Buffer, Plain};
use crate::pin::search::{self, SearchError};
use crate::pin::{log, mark};
use crate::sys;
use crate::sys::maps::Region;
use std::time::Duration;

/// More blocks than this are not looked at.
const MOST_BLOCKS: usize = 1 << 22;
const WORD: usize = size_of::<usize>();

/// A live block that nothing leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LostBlock {
    /// Its start, and its length as allocated.
    pub extent: Extent,
    /// Whether C's allocator gave it; else it is Rust's, and C was lent it.
    pub is_cs: bool,
    /// The stack that allocated it, 0 where it was not kept.
    pub(crate) stack: u32,
}

/// A block in question.
#[derive(Clone, Copy)]
struct Entry {
    start: usize,
    bytes: usize,
    stack: u32,
    is_cs: bool,
    is_reached: bool,
    /// Whether another block that is not reached leads here.
    is_behind: bool,
}

// SAFETY: numbers and `false`; nothing to drop.
unsafe impl Plain for Entry {}

/// The live blocks that nothing leads to any more: those of C's allocator, in a program with
/// [`interpose_malloc!`](crate::interpose_malloc), and at level full those of Rust's that C was lent for checked calls, by
/// `noescape`. What the program finds at its end, at level full, is reported as PF045.
///
/// A block counts as reached while a word that leads into it lies anywhere in memory or in a register of this thread: a stale copy
/// hides a loss. Of blocks that lead to one another only the first is given. Memory that was leaked on purpose (`Box::leak`) and
/// that C has never seen, or may keep, is none of this; what C was lent and is to stay, keep in a static. A pointer
/// that only the kernel has (`epoll_data`) or that is disguised cannot be found: such a block is given, and is none.
///
/// Reads all memory in use: takes milliseconds, and more where there is much. Empty in a forked child, which does not have what
/// its parent's threads had in registers, in unchecked builds, and without a [`TrackedAlloc`](crate::TrackedAlloc).
///
/// # Errors
///
/// When the search was not complete: other threads run, or there is too much memory. Then nothing is known of any block.
#[inline(never)]
pub fn lost_blocks() -> Result<Vec<LostBlock>, SearchError> {
    if !mode::COMPILED || !super::is_installed() || mark::generation() != 0 {
        return Ok(Vec::new());
    }
    // What this function's callers have in registers is from here on in this frame; what lies below it is the search's own.
    let mut registers = sys::registers().ok_or(SearchError::NotAllowed)?;
    let frame = core::ptr::from_mut(core::hint::black_box(&mut registers)).addr();
    let found = super::reentry::once(|| lost(frame)).unwrap_or(Err(SearchError::NotAllowed));
    core::hint::black_box(&registers);
    found
}

#[inline(never)]
fn lost(frame: usize) -> Result<Vec<LostBlock>, SearchError> {
    // A thread that was joined is among the kernel's for some moments more.
    if !search::is_alone() {
        std::thread::sleep(Duration::from_millis(2));
    }
    if !search::is_alone() {
        return Err(SearchError::OtherThreads);
    }
    log::wipe();
    let mut buffer = reading::chunk()?;
    let mut search = Search::of(&mut buffer)?;
    if search.count == 0 {
        return Ok(Vec::new());
    }
    let stack = sys::stack_bounds().map(|(lowest, _)| Region { start: lowest, end: frame });
    let own = search.own(&buffer);
    reading::read_all(&mut buffer, search::MOST_BYTES, 0, &mut |_, from, bytes| {
        search.roots(from, bytes, stack, &own);
        true
    })?;
    search.spread(&mut buffer);
    Ok(search.unreached(&mut buffer))
}

struct Search {
    /// The blocks in question, by their start.
    blocks: Buffer<Entry>,
    count: usize,
    lowest: usize,
    highest: usize,
    /// Numbers of blocks that are reached and were not looked into.
    waiting: Buffer<u32>,
    waits: usize,
}

impl Search {
    fn of(buffer: &mut Buffer<u8>) -> Result<Self, SearchError> {
        let (mut blocks, waiting) = (Buffer::new(MOST_BLOCKS)?, Buffer::new(MOST_BLOCKS)?);
        let mut count = 0;
        let all: &mut [Entry] = blocks.all();
        let mut add = |entry: Entry| {
            if let Some(place) = all.get_mut(count) {
                *place = entry;
            }
            count += 1;
        };
        let entry =
            |start, bytes, stack, is_cs| Entry { start, bytes, stack, is_cs, is_reached: false, is_behind: false };
        c_blocks::for_each(|block| add(entry(block.start, block.bytes.max(1), block.stack, true)));
        reading::read_all(buffer, search::MOST_BYTES, 0, &mut |_, from, bytes| {
            for start in (from.next_multiple_of(GRANULE)..from + bytes.len()).step_by(GRANULE) {
                let Some(flags) = MAP.flags(start) else { continue };
                // What is pinned by hand is somebody's, and PF012 tells where it is not.
                if mode::level() == Level::Full
                    && flags & SEEN != 0
                    && flags & (FREED | PINNED) == 0
                    && !MAP.is_keepable(start)
                    && let Some(block) = MAP.find_at_start(start)
                {
                    add(entry(start, MAP.extent(&block).bytes, MAP.stacks(start).allocated, false));
                }
            }
            true
        })?;
        let all = blocks.all().get_mut(..count).ok_or(SearchError::TooMuchMemory)?;
        all.sort_unstable_by_key(|entry| entry.start);
        let lowest = all.first().map_or(0, |entry| entry.start);
        let highest = all.last().map_or(0, |entry| entry.start + entry.bytes);
        Ok(Self { blocks, count, lowest, highest, waiting, waits: 0 })
    }

    fn blocks(&mut self) -> &mut [Entry] {
        &mut self.blocks.all()[..self.count]
    }

    /// The number of the block that an address lies in.
    fn find(&mut self, addr: usize) -> Option<usize> {
        if addr < self.lowest || addr >= self.highest {
            return None;
        }
        let blocks = self.blocks();
        let number = blocks.partition_point(|entry| entry.start <= addr).checked_sub(1)?;
        (addr < blocks[number].start + blocks[number].bytes).then_some(number)
    }

    /// Where addresses of blocks stand because the checks have them there.
    fn own(&self, buffer: &Buffer<u8>) -> Vec<Region> {
        let mut own = vec![self.blocks.region(), self.waiting.region(), buffer.region()];
        own.extend(c_blocks::tables());
        own
    }

    fn reach(&mut self, number: usize) {
        let entry = &mut self.blocks()[number];
        if !core::mem::replace(&mut entry.is_reached, true) {
            let at = self.waits;
            self.waiting.all()[at] = number as u32;
            self.waits += 1;
        }
    }

    /// Looks for words that lead to a block, in memory that is none of the blocks.
    fn roots(&mut self, from: usize, bytes: &[u8], dead: Option<Region>, own: &[Region]) {
        for (number, word) in bytes.chunks_exact(WORD).enumerate() {
            let Some(target) = self.find(usize::from_ne_bytes(word.try_into().unwrap_or_default())) else { continue };
            let addr = from + number * WORD;
            let is_in = |region: &Region| (region.start..region.end).contains(&addr);
            if self.blocks()[target].is_reached || dead.as_ref().is_some_and(is_in) || own.iter().any(is_in) {
                continue;
            }
            let is_freed = MAP.find(addr).is_some_and(|block| block.is_freed());
            if !is_freed && self.find(addr).is_none() {
                self.reach(target);
            }
        }
    }

    /// Looks into what is reached until nothing new is.
    fn spread(&mut self, buffer: &mut Buffer<u8>) {
        while let Some(last) = self.waits.checked_sub(1) {
            self.waits = last;
            let number = self.waiting.all()[last] as usize;
            self.each_target(number, buffer, |search, target| search.reach(target));
        }
    }

    /// Shows the blocks to which a block leads.
    fn each_target(&mut self, number: usize, buffer: &mut Buffer<u8>, mut visit: impl FnMut(&mut Self, usize)) {
        let Entry { start, bytes, .. } = self.blocks()[number];
        let (page, first, end) = (sys::page_size(), start.next_multiple_of(WORD), start + bytes);
        let room = buffer.all().len() / page * page;
        for from in (first..end).step_by(room) {
            reading::read(buffer, from, end.min(from + room), page, &mut |_, bytes| {
                for word in bytes.chunks_exact(WORD) {
                    let word = usize::from_ne_bytes(word.try_into().unwrap_or_default());
                    if let Some(target) = self.find(word) {
                        visit(self, target);
                    }
                }
                true
            });
        }
    }

    /// What was not reached: first what no other such block leads to, then one of each ring.
    fn unreached(&mut self, buffer: &mut Buffer<u8>) -> Vec<LostBlock> {
        for number in 0..self.count {
            if !self.blocks()[number].is_reached {
                self.each_target(number, buffer, |search, target| {
                    search.blocks()[target].is_behind |= target != number
                });
            }
        }
        let mut found = Vec::new();
        for takes_rings in [false, true] {
            for number in 0..self.count {
                let Entry { start, bytes, stack, is_cs, is_reached, is_behind } = self.blocks()[number];
                if !is_reached && (takes_rings || !is_behind) {
                    found.push(LostBlock { extent: Extent { start: Addr(start), bytes }, is_cs, stack });
                    self.reach(number);
                    self.spread(buffer);
                }
            }
        }
        found
    }
}
