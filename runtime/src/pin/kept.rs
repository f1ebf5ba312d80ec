//! Memory that C keeps after raw calls, whose owners nobody has: by which call, for whom, and until when.
//!
//! A note is made before the call and counts once C has returned: a call that ends it meanwhile, on another thread or in a
//! callback, finds it. The table holds addresses in disguise, so that a search of memory does not take them for C's.

use super::stored::Lent;
use crate::alloc::map::{MAP, SEEN};
use crate::check::budget;
use crate::check::memory::{self, Place};
use crate::desc::kept::known;
use crate::desc::{FnDesc, KeepDesc, KeeperDesc, KeptDesc};
use crate::path::Path;
use crate::sync::SpinLock;
use crate::sync::plain::{AtomicU16, AtomicUsize, Ordering};
use crate::word::Word;
use core::panic::Location;

/// How many notes there may be at once. What is kept beyond is not watched.
pub(crate) const MOST: usize = 4096;
/// How many pointers of one call are noted.
const OF_ONE_CALL: usize = 4;
/// How many pointers into dead frames one call tells of.
const TOLD: usize = 4;
const BUCKETS: usize = 2048;

/// What C keeps.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kept {
    /// By which argument of which call.
    pub(crate) lent: Lent,
    keep: &'static KeepDesc,
}

impl Kept {
    /// The callback whose data it is, if it is one's.
    pub(crate) fn callback(&self) -> Option<&'static str> {
        self.lent.desc.params.get(usize::from(self.keep.callback?)).map(|param| param.name)
    }

    /// The functions that end it; empty for ever.
    pub(crate) fn until(&self) -> &'static str {
        self.keep.until
    }
}

#[derive(Clone, Copy)]
struct Note {
    kept: Kept,
    more: More,
}

/// The numbers of a note.
#[derive(Clone, Copy)]
struct More {
    /// Tells it from notes that were in its slot before.
    number: usize,
    /// In which of the keeper's places, where it has several.
    at: u64,
    /// In disguise, like all addresses here; 0 stands for the process.
    keeper: usize,
    addr: usize,
    /// The block that it leads into; 0 of the stack.
    block: usize,
    /// Whether the call has returned, and C has it.
    is_sure: bool,
}

impl core::ops::Deref for Note {
    type Target = More;

    fn deref(&self) -> &More {
        &self.more
    }
}

/// All zeros while it is empty: it costs nothing in a program's file.
struct Table {
    kept: [Option<Kept>; MOST],
    more: [More; MOST],
    /// No note lies here or behind.
    end: usize,
    count: usize,
}

const EMPTY: More = More { number: 0, at: 0, keeper: 0, addr: 0, block: 0, is_sure: false };

static TABLE: SpinLock<Table> = SpinLock::new(Table { kept: [None; MOST], more: [EMPTY; MOST], end: 0, count: 0 });
static COUNT: AtomicUsize = AtomicUsize::new(0);
/// How many notes there are of the blocks of a bucket: nearly all frees ask for no more.
static OF_BLOCKS: [AtomicU16; BUCKETS] = [const { AtomicU16::new(0) }; BUCKETS];

fn of_block(start: usize) -> &'static AtomicU16 {
    &OF_BLOCKS[(start >> 4 ^ start >> 15) % BUCKETS]
}

impl Table {
    fn add(&mut self, note: Note) -> Option<(usize, usize)> {
        let free = self.kept[..self.end].iter().position(Option::is_none).unwrap_or(self.end);
        *self.kept.get_mut(free)? = Some(note.kept);
        self.count += 1;
        self.more[free] = More { number: self.count, ..note.more };
        if note.block != 0 {
            of_block(!note.block).fetch_add(1, Ordering::Relaxed);
        }
        self.end = self.end.max(free + 1);
        COUNT.fetch_add(1, Ordering::Relaxed);
        Some((free, self.count))
    }

    fn remove(&mut self, place: usize) {
        if self.kept[place].take().is_none() {
            return;
        }
        let block = self.more[place].block;
        if block != 0 {
            of_block(!block).fetch_sub(1, Ordering::Relaxed);
        }
        COUNT.fetch_sub(1, Ordering::Relaxed);
        while self.end > 0 && self.kept[self.end - 1].is_none() {
            self.end -= 1;
        }
    }

    fn at(&self, place: usize) -> Option<Note> {
        self.kept[place].map(|kept| Note { kept, more: self.more[place] })
    }

    fn notes(&self) -> impl Iterator<Item = (usize, Note)> {
        (0..self.end).filter_map(|place| Some((place, self.at(place)?)))
    }

    fn remove_all(&mut self, is_it: impl Fn(&Note) -> bool) {
        for place in 0..self.end {
            if self.at(place).as_ref().is_some_and(&is_it) {
                self.remove(place);
            }
        }
    }

    /// The numbers of a note, if it is still there.
    fn get(&mut self, place: usize, number: usize) -> Option<&mut More> {
        self.kept[place]?;
        Some(&mut self.more[place]).filter(|more| more.number == number)
    }
}

/// `None` where a signal handler has interrupted who has the table, or a hook waits for another process's thread.
fn with_table<R>(body: impl FnOnce(&mut Table) -> R) -> Option<R> {
    TABLE.with_patience(body)
}

/// Whether C keeps anything that is noted.
#[inline]
pub(crate) fn has_any() -> bool {
    COUNT.load(Ordering::Relaxed) != 0
}

/// Who has C keep the block that starts at `start`. For allocator hooks: asks for no memory.
pub(crate) fn find(start: usize) -> Option<Kept> {
    if !has_any() || of_block(start).load(Ordering::Relaxed) == 0 {
        return None;
    }
    let found = with_table(|table| {
        let is_it = |(_, note): &(usize, Note)| note.is_sure && note.block == !start;
        table.notes().find(is_it).map(|(_, note)| note.kept)
    });
    found.flatten()
}

/// What another call of the same function, and one after which C does not look at it, ends. Before C runs.
pub(crate) fn replace(desc: &KeptDesc, words: &[Word]) {
    for keep in desc.keeps {
        let Some(keeper) = keeper(keep, words) else { continue };
        let at = keep.at.map(|at| known(words, at).map(place));
        let addr = known(words, keep.param).map(|word| !word.addr());
        with_table(|table| {
            table.remove_all(|note| {
                let is_same_place = at.is_none_or(|at| at.is_none_or(|at| at == note.at));
                note.kept.keep.kind == keep.kind
                    && note.keeper == keeper
                    && is_same_place
                    && (keep.replaces || Some(note.addr) == addr)
            });
        });
    }
    end(desc, words, false);
}

/// What the contract says that C has up to this call. Before C runs: it may free what it lets go of.
pub(crate) fn end_certain(desc: &KeptDesc, words: &[Word]) {
    end(desc, words, true);
}

/// All that a call ends, where no rule speaks.
#[cold]
pub(crate) fn end_quietly(desc: &FnDesc, words: &[Word]) {
    if let Some(kept) = desc.kept {
        replace(kept, words);
        end_certain(kept, words);
    }
}

/// C lets go of all that `keeper` has through one of `kinds`, by a call without a wrapper.
pub(crate) fn end_of(keeper: usize, kinds: &[u64]) {
    if has_any() {
        with_table(|table| table.remove_all(|note| note.keeper == !keeper && kinds.contains(&note.kept.keep.kind)));
    }
}

fn end(desc: &KeptDesc, words: &[Word], is_certain: bool) {
    for end in desc.ends.iter().filter(|end| end.is_certain == is_certain) {
        let keeper = end.keeper.and_then(|keeper| known(words, keeper)).map(|word| !word.addr());
        let at = end.at.and_then(|at| known(words, at)).map(place);
        let is_it = |note: &Note| {
            end.kinds.contains(&note.kept.keep.kind)
                && keeper.is_none_or(|keeper| note.keeper == keeper)
                && at.is_none_or(|at| note.at == at)
        };
        let is_given = |note: &Note| words.iter().any(|word| word.is_known() && note.addr == !word.addr());
        with_table(|table| {
            // A function that gets one of them, and no keeper, ends that one.
            let is_one_given = end.keeper.is_none() && table.notes().any(|(_, note)| is_it(&note) && is_given(&note));
            table.remove_all(|note| is_it(note) && (!is_one_given || is_given(note)));
        });
    }
}

/// What C keeps of stack frames that have returned, and may use in this call. Each is told once.
pub(crate) fn dead(desc: &KeptDesc, words: &[Word], frame: usize) -> Vec<Kept> {
    let may_use = |note: &Note| {
        note.is_sure
            && note.block == 0
            && if note.keeper == !0 {
                desc.looks
            } else {
                words.iter().any(|word| word.is_known() && note.keeper == !word.addr())
            }
    };
    let mut candidates = [None; TOLD];
    with_table(|table| {
        // Of many those that are lowest on the stack: they are dead first.
        for (place, note) in table.notes().filter(|(_, note)| may_use(note)) {
            if let Some(free) = candidates.iter_mut().find(|slot| slot.is_none()) {
                *free = Some((place, note));
            } else if let Some(highest) = candidates.iter_mut().flatten().min_by_key(|(_, note)| note.addr)
                && highest.1.addr < note.addr
            {
                *highest = (place, note);
            }
        }
    });
    let is_dead = |(_, note): &(usize, Note)| matches!(memory::locate(!note.addr, frame), Place::DeadStack);
    let dead: Vec<(usize, Note)> = candidates.into_iter().flatten().filter(is_dead).collect();
    with_table(|table| {
        for (place, note) in &dead {
            if table.get(*place, note.number).is_some() {
                table.remove(*place);
            }
        }
    });
    dead.into_iter().map(|(_, note)| note.kept).collect()
}

/// The notes of a call under way.
#[derive(Debug)]
pub(crate) struct Noted {
    desc: &'static KeptDesc,
    places: [Option<(usize, usize, KeeperDesc)>; OF_ONE_CALL],
}

impl Noted {
    /// Notes what the call is to have C keep; `None` where that is nothing.
    pub(crate) fn begin(
        function: &'static FnDesc,
        desc: &'static KeptDesc,
        words: &[Word],
        location: &'static Location<'static>,
        frame: usize,
    ) -> Option<Self> {
        let mut places = [None; OF_ONE_CALL];
        let notes =
            desc.keeps.iter().filter_map(|keep| Some((note(function, keep, words, location, frame)?, keep.keeper)));
        let mut count = 0;
        for ((note, keeper), slot) in notes.zip(&mut places) {
            let added = with_table(|table| table.add(note)).flatten();
            if added.is_none() {
                budget::kept_too_many();
            }
            *slot = added.map(|(place, number)| (place, number, keeper));
            count += usize::from(added.is_some());
        }
        (count > 0).then_some(Self { desc, places })
    }

    /// The call has returned: what it has had C keep counts from now on.
    pub(crate) fn settle(mut self, result: Option<Word>) {
        let has_succeeded = self.desc.success.is_told_by(result);
        for slot in &mut self.places {
            let Some((place, number, keeper)) = *slot else { continue };
            let keeper = match keeper {
                KeeperDesc::Process | KeeperDesc::Param(_) => None,
                KeeperDesc::Result => Some(result.filter(|word| word.is_known() && word.addr() != 0)),
            };
            if !has_succeeded || keeper == Some(None) {
                continue;
            }
            with_table(|table| {
                if let Some(note) = table.get(place, number) {
                    if let Some(Some(word)) = keeper {
                        note.keeper = !word.addr();
                    }
                    note.is_sure = true;
                }
            });
            *slot = None;
        }
    }
}

impl Drop for Noted {
    fn drop(&mut self) {
        for (place, number, _) in self.places.iter().flatten() {
            with_table(|table| {
                if table.get(*place, *number).is_some() {
                    table.remove(*place);
                }
            });
        }
    }
}

fn note(
    function: &'static FnDesc,
    keep: &'static KeepDesc,
    words: &[Word],
    location: &'static Location<'static>,
    frame: usize,
) -> Option<Note> {
    let addr = known(words, keep.param)?.addr();
    if addr == 0 || !keep.when.iter().all(|when| when.is_met(words)) {
        return None;
    }
    // Without a function there is nobody to be given the data.
    if let Some(callback) = keep.callback
        && known(words, callback)?.addr() == 0
    {
        return None;
    }
    let keeper = keeper(keep, words)?;
    let at = match keep.at {
        Some(at) => place(known(words, at)?),
        None => 0,
    };
    let block = match memory::locate(addr, frame) {
        Place::Heap(block) if !block.is_freed() => {
            MAP.set_flags(block.start(), SEEN)?;
            !block.start()
        }
        Place::Stack { .. } => 0,
        Place::Heap(_) | Place::DeadStack | Place::Unknown => return None,
    };
    let lent = Lent { desc: function, path: Path::param(usize::from(keep.param)), location };
    let more = More { at, keeper, addr: !addr, block, ..EMPTY };
    Some(Note { kept: Kept { lent, keep }, more })
}

/// For whom, in disguise; `None` where that is not known.
fn keeper(keep: &KeepDesc, words: &[Word]) -> Option<usize> {
    match keep.keeper {
        KeeperDesc::Process => Some(!0),
        KeeperDesc::Param(by) => known(words, by).map(|word| !word.addr()),
        // Known when the call returns. No handle has this address.
        KeeperDesc::Result => Some(!usize::MAX),
    }
}

fn place(word: Word) -> u64 {
    word.number() as u64
}

/// Where this file keeps its notes, as a range of static memory.
pub(crate) fn own_memory() -> (usize, usize) {
    let start = core::ptr::from_ref(&TABLE).addr();
    (start, start + size_of_val(&TABLE))
}

/// Takes or gives back the lock of this file, around a fork.
pub(crate) fn around_fork(is_before: bool) {
    if is_before { TABLE.hold() } else { TABLE.let_go() }
}
