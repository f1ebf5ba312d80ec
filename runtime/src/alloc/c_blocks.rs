//! The blocks of C's allocator, live and freed a while ago, where the program has its calls pass by (`interpose.rs`).

use crate::sync::SpinLock;
use crate::sys;
use crate::sys::maps::Region;
use core::num::NonZeroU32;
use core::ptr::NonNull;

/// A block that C's allocator gave to somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CBlock {
    pub(crate) start: usize,
    pub(crate) bytes: usize,
    /// The stack that asked for it, 0 where none was kept.
    pub(crate) stack: u32,
    /// Once it is freed: one more than the stack that did. glibc does not have its memory back yet.
    freed: Option<NonZeroU32>,
}

impl CBlock {
    /// A live block.
    pub(crate) fn new(start: usize, bytes: usize, stack: u32) -> Self {
        Self { start, bytes, stack, freed: None }
    }

    /// The stack that freed it, 0 where none was kept.
    pub(crate) fn freed_by(&self) -> u32 {
        self.freed.map_or(0, |freed| freed.get() - 1)
    }

    /// Whether it is freed.
    pub(crate) fn is_freed(&self) -> bool {
        self.freed.is_some()
    }

    fn freed(self, stack: u32) -> Self {
        Self { freed: Some(NonZeroU32::MIN.saturating_add(stack)), ..self }
    }

    fn is_live(&self) -> bool {
        self.start != 0 && self.freed.is_none()
    }

    fn holds(&self, addr: usize) -> bool {
        self.start != 0 && (self.start..self.start + self.bytes).contains(&addr)
    }
}

const NONE: CBlock = CBlock { start: 0, bytes: 0, stack: 0, freed: None };

/// What every block of glibc's begins at a multiple of (malloc(3)).
pub(crate) const ALIGN: usize = 2 * size_of::<usize>();

const SHARDS: usize = 16;
/// Places of a shard's first table; a shard that fills up gets a table twice as large.
const FIRST: usize = 1 << 10;
/// The longest table of a shard. Blocks beyond that are not known, which is no error.
const LONGEST: usize = 1 << 22;

/// A hash table with open addresses in mapped memory: an allocator cannot ask itself for memory.
struct Shard {
    /// Address of the first place, 0 while there is no table.
    table: usize,
    places: usize,
    filled: usize,
}

static SHARD: [SpinLock<Shard>; SHARDS] = [const { SpinLock::new(Shard { table: 0, places: 0, filled: 0 }) }; SHARDS];

fn spread(start: usize) -> usize {
    (start >> 4).wrapping_mul(0x9e37_79b9_7f4a_7c15_u64 as usize)
}

fn shard_of(start: usize) -> &'static SpinLock<Shard> {
    &SHARD[spread(start) >> (usize::BITS - SHARDS.trailing_zeros())]
}

impl Shard {
    fn table(&mut self) -> &mut [CBlock] {
        if self.table == 0 {
            return &mut [];
        }
        let first = core::ptr::with_exposed_provenance_mut(self.table);
        // SAFETY: mapped by `grow` with this many places, all of them written or zero, which is a valid block; the lock around
        // the shard makes it this reference's alone.
        unsafe { core::slice::from_raw_parts_mut(first, self.places) }
    }

    /// The place of a block, or the free one where it would stand.
    fn place(table: &[CBlock], start: usize) -> usize {
        let mask = table.len() - 1;
        let mut at = spread(start) >> 8 & mask;
        while table[at].start != start && table[at].start != 0 {
            at = (at + 1) & mask;
        }
        at
    }

    fn insert(&mut self, block: CBlock) {
        if (self.filled + 1) * 4 > self.places * 3 && !self.grow() {
            return;
        }
        let table = self.table();
        let at = Self::place(table, block.start);
        let is_new = table[at].start == 0;
        table[at] = block;
        self.filled += usize::from(is_new);
    }

    fn grow(&mut self) -> bool {
        let places = if self.places == 0 { FIRST } else { self.places * 2 };
        if places > LONGEST {
            return false;
        }
        let Some(fresh) = sys::map_pages(places * size_of::<CBlock>()) else { return false };
        let mut larger = Shard { table: fresh.as_ptr().expose_provenance(), places, filled: 0 };
        for block in self.table().iter().filter(|block| block.start != 0) {
            larger.insert(*block);
        }
        let old = NonNull::new(core::ptr::with_exposed_provenance_mut::<u8>(self.table));
        let bytes = self.places * size_of::<CBlock>();
        *self = larger;
        if let Some(old) = old {
            // SAFETY: the table from before, whole; nobody else has its address.
            unsafe { sys::unmap_pages(old, bytes) };
        }
        true
    }

    fn find(&mut self, start: usize) -> Option<&mut CBlock> {
        let table = self.table();
        if table.is_empty() {
            return None;
        }
        let at = Self::place(table, start);
        Some(&mut table[at]).filter(|found| found.start != 0 && found.start == start)
    }

    fn take(&mut self, start: usize) -> Option<CBlock> {
        let found = *self.find(start)?;
        let table = self.table();
        let mask = table.len() - 1;
        let mut hole = Self::place(table, start);
        // Those behind it move up, so that nobody's way to his place leads over a hole.
        let mut at = (hole + 1) & mask;
        while table[at].start != 0 {
            let home = spread(table[at].start) >> 8 & mask;
            if (at.wrapping_sub(home) & mask) >= (at.wrapping_sub(hole) & mask) {
                table[hole] = table[at];
                hole = at;
            }
            at = (at + 1) & mask;
        }
        table[hole] = NONE;
        self.filled -= 1;
        Some(found)
    }
}

/// Makes a block known.
pub(crate) fn insert(block: CBlock) {
    shard_of(block.start).with(|shard| shard.insert(block));
}

/// Forgets the live block that starts at `start`, if it is one. Waits for a search that looks at it: afterwards it may be freed.
pub(crate) fn take(start: usize) -> Option<CBlock> {
    shard_of(start).with(|shard| {
        shard.find(start).filter(|block| block.is_live())?;
        shard.take(start)
    })
}

/// What [`mark_freed`] has found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Marked {
    /// It was live, and is freed now.
    Now(CBlock),
    /// It is freed already.
    Before(CBlock),
    /// No block that is known starts there.
    Unknown,
}

/// Says that the block that starts at `start` is freed, while its memory stays. Waits for a search that looks at it.
pub(crate) fn mark_freed(start: usize, stack: u32) -> Marked {
    shard_of(start).with(|shard| match shard.find(start) {
        Some(block) if block.is_live() => {
            *block = block.freed(stack);
            Marked::Now(*block)
        }
        Some(block) => Marked::Before(*block),
        None => Marked::Unknown,
    })
}

/// Forgets a freed block, whose memory glibc gets back.
pub(crate) fn forget_freed(start: usize) -> Option<CBlock> {
    shard_of(start).with(|shard| {
        shard.find(start).filter(|block| !block.is_live())?;
        shard.take(start)
    })
}

/// The live block that starts at `start`, if it is one.
pub(crate) fn starting_at(start: usize) -> Option<CBlock> {
    known_at(start).filter(CBlock::is_live)
}

/// The block that starts at `start`, live or freed, if it is one.
pub(crate) fn known_at(start: usize) -> Option<CBlock> {
    shard_of(start).with(|shard| shard.find(start).copied())
}

/// The block that an address lies in, live or freed, if it begins up to so many bytes before: a look for each place where one may.
pub(crate) fn near(addr: usize, most: usize) -> Option<CBlock> {
    let first = addr - addr % ALIGN;
    let starts = (0..=most).step_by(ALIGN).map_while(|back| first.checked_sub(back));
    starts.filter_map(known_at).next().filter(|block| block.holds(addr))
}

/// The block that an address lies in. Looks at all of them: for reports.
pub(crate) fn around(addr: usize) -> Option<CBlock> {
    let holds = |block: &&CBlock| block.holds(addr);
    SHARD.iter().find_map(|shard| shard.with(|shard| shard.table().iter().find(holds).copied()))
}

/// Shows every live block. Nothing here may ask for memory.
pub(crate) fn for_each(mut look: impl FnMut(CBlock)) {
    for shard in &SHARD {
        shard.with(|shard| shard.table().iter().filter(|block| block.is_live()).for_each(|block| look(*block)));
    }
}

/// The memory of the tables, in which the address of every block stands.
pub(crate) fn tables() -> [Region; SHARDS] {
    core::array::from_fn(|number| {
        SHARD[number].with(|shard| Region { start: shard.table, end: shard.table + shard.places * size_of::<CBlock>() })
    })
}

/// A word in a block of C's that leads into one of the wanted ranges.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Hit {
    /// Where the word lies.
    pub(crate) at: usize,
    /// Which range it leads into.
    pub(crate) range: usize,
}

/// The words in C's blocks that lead into one of these ranges: as many as `found` has room for, and at most `most` bytes are
/// looked at. Gives their number, and whether all blocks were looked at.
///
/// While a block is looked at its shard is locked, so that nobody can free it; so nothing here asks for memory.
pub(crate) fn words_into(ranges: &[Region], most: usize, found: &mut [Hit]) -> (usize, bool) {
    let (Some(lowest), Some(highest)) =
        (ranges.iter().map(|range| range.start).min(), ranges.iter().map(|range| range.end).max())
    else {
        return (0, true);
    };
    let mut filled = 0;
    let mut left = most;
    let mut is_whole = true;
    for shard in &SHARD {
        shard.with(|shard| {
            for block in shard.table().iter().filter(|block| block.is_live()) {
                if block.bytes > left {
                    is_whole = false;
                    continue;
                }
                left -= block.bytes;
                look_through(*block, |at, word| {
                    if word < lowest || word >= highest || filled == found.len() {
                        return;
                    }
                    if let Some(range) = ranges.iter().position(|range| (range.start..range.end).contains(&word)) {
                        found[filled] = Hit { at, range };
                        filled += 1;
                    }
                });
            }
        });
    }
    (filled, is_whole && filled < found.len())
}

/// All aligned words of a block that cannot be freed meanwhile.
fn look_through(block: CBlock, mut visit: impl FnMut(usize, usize)) {
    const WORD: usize = size_of::<usize>();
    let mut some = [0_usize; 128];
    let words = block.bytes / WORD;
    for first in (0..words).step_by(some.len()) {
        let count = some.len().min(words - first);
        let from = core::ptr::with_exposed_provenance::<usize>(block.start + first * WORD);
        // SAFETY: live, for whoever frees it takes it out of the locked shard first; a copy of bytes that another thread may be
        // writing is the C library's to make, not the compiler's (memcpy(3)).
        unsafe { libc::memcpy(some.as_mut_ptr().cast(), from.cast(), count * WORD) };
        for (number, word) in some[..count].iter().enumerate() {
            visit(block.start + (first + number) * WORD, *word);
        }
    }
}

/// Takes or gives back the locks of this file, around a fork.
pub(crate) fn around_fork(is_before: bool) {
    for shard in &SHARD {
        if is_before { shard.hold() } else { shard.let_go() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    /// Against a map of std, over many more blocks than the first table holds. Addresses that nobody has: nothing is read.
    #[test]
    fn blocks_come_and_go_as_in_a_map() {
        let mut shard = Shard { table: 0, places: 0, filled: 0 };
        let mut model = HashMap::new();
        let mut state = 7_u64;
        let mut random = move || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize
        };
        for round in 0..40_000 {
            let start = (1 + random() % 6_000) * 16;
            if random() % 3 == 0 {
                assert_eq!(shard.take(start), model.remove(&start), "round {round}");
            } else {
                let block = CBlock::new(start, random() % 100, 3);
                shard.insert(block);
                model.insert(start, block);
            }
            assert_eq!(shard.filled, model.len());
        }
        for (start, block) in model {
            assert_eq!(shard.take(start), Some(block));
        }
        assert_eq!((shard.filled, shard.take(16)), (0, None));
    }

    #[test]
    fn pointers_in_blocks_are_found() {
        let target = Box::new([1_u8; 40]);
        let range = Region { start: target.as_ptr().addr(), end: target.as_ptr().addr() + 40 };
        let mut holder = vec![0_usize; 300].into_boxed_slice();
        holder[299] = range.start + 39;
        holder[7] = range.end;
        let start = holder.as_mut_ptr().expose_provenance();
        insert(CBlock::new(start, 300 * 8 + 5, 0));
        let mut found = [Hit::default(); 4];
        let nowhere = Region { start: 8, end: 9 };
        assert_eq!(words_into(&[nowhere, range], 1 << 20, &mut found), (1, true));
        assert_eq!(found[0], Hit { at: start + 299 * 8, range: 1 });
        assert_eq!(words_into(&[range], 100, &mut found), (0, false), "too much to look through");
        assert_eq!(take(start).map(|block| block.bytes), Some(2405));
        assert_eq!(words_into(&[range], 1 << 20, &mut found).0, 0);
    }

    /// At addresses that nobody has: nothing is read.
    #[test]
    fn a_freed_block_is_known_until_its_memory_goes_and_is_no_live_one() {
        let start = 0x10_0000_0000;
        let live = CBlock::new(start, 100, 7);
        let freed = live.freed(9);
        assert_eq!((live.is_freed(), freed.is_freed(), freed.freed_by()), (false, true, 9));
        assert_eq!(mark_freed(start, 9), Marked::Unknown);
        insert(live);
        assert_eq!((known_at(start), starting_at(start), forget_freed(start)), (Some(live), Some(live), None));
        assert_eq!((near(start + 99, 4096), near(start + 100, 4096), near(start + 99, 64)), (Some(live), None, None));
        assert_eq!((mark_freed(start, 9), mark_freed(start, 8)), (Marked::Now(freed), Marked::Before(freed)));
        assert_eq!((known_at(start), starting_at(start), take(start)), (Some(freed), None, None));
        assert_eq!(near(start + 3, 4096), Some(freed));
        let mut shown = 0;
        for_each(|block| shown += usize::from(block.start == start));
        assert_eq!((shown, forget_freed(start), known_at(start)), (0, Some(freed), None));
    }
}
