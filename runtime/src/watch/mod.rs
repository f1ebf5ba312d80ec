//! What C does with the memory of its arguments, seen when it returns. Level full only.
//!
//! Where the contract allows it, C gets the address of a copy, so that nobody else can be who wrote it, and what C does wrong
//! hits nothing of the program. Else the memory is looked at where it is.

pub(crate) mod copy;
pub(crate) mod fault;
pub(crate) mod guard;
pub(crate) mod kept;
mod memory;

use crate::alloc::map::{Block, MAP};
use crate::alloc::{self, reentry};
use crate::check::memory::Place;
use crate::check::{Finding, Rule, budget, const_modified, past_end, unwritten};
use crate::desc::{Direction, Escape, ExtentDesc, FnDesc, MapKind, PointerDesc};
use crate::path::Path;
use crate::pin::stored::{self, Lent};
use crate::sys::{maps, modules};
use copy::Copy;
use core::panic::Location;
use kept::Scan;

/// The longest memory of one argument that is copied; what is longer is looked at only where it ends.
const MOST: usize = 256 << 10;
const WORD: usize = size_of::<usize>();

/// Memory that a call was given, as the walk found it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Watched {
    pub(crate) path: Path,
    pub(crate) addr: usize,
    pub(crate) bytes: usize,
    pub(crate) direction: Direction,
    pub(crate) place: Place,
    pub(crate) escape: Escape,
    /// Whether it has no pointers inside.
    pub(crate) is_flat: bool,
    /// Size of one element.
    size: usize,
    /// Whether C says when it returns how much of it is filled.
    is_filled: bool,
    /// Whether C takes it for so many elements, and not for one object that may be more than its bytes.
    pub(crate) is_buffer: bool,
}

impl Watched {
    /// What the walk found behind a pointer, if its length is known and it is the program's own.
    pub(crate) fn of(
        desc: &PointerDesc,
        direction: Direction,
        path: Path,
        addr: usize,
        bytes: Option<usize>,
        place: Place,
    ) -> Option<Self> {
        let room = match place {
            Place::Heap(block) => {
                let extent = MAP.extent(&block);
                (extent.start.0 + extent.bytes).checked_sub(addr)?
            }
            Place::Stack { end } => end.checked_sub(addr)?,
            // A constant, perhaps: `Watch::begin` asks.
            Place::Unknown if direction == Direction::In && desc.escape == Escape::Call => bytes?,
            Place::DeadStack | Place::Unknown => return None,
        };
        let is_text = matches!(desc.extent, ExtentDesc::NullTerminated) && desc.size == 1;
        let bytes = match bytes {
            Some(bytes) => bytes,
            // SAFETY: a live block, or this thread's live stack, up to its end.
            None if is_text && direction == Direction::In => unsafe { memory::text_bytes(addr, room) }?,
            None => return None,
        };
        Some(Self {
            path,
            addr,
            bytes,
            direction,
            place,
            escape: if desc.is_transferred { Escape::Longer } else { desc.escape },
            is_flat: desc.map.is_none_or(|map| matches!(map().kind, MapKind::Flat)),
            size: desc.size,
            is_filled: desc.filled.is_some() && direction == Direction::Out,
            is_buffer: is_text || matches!(desc.extent, ExtentDesc::Count(_) | ExtentDesc::Bytes(_)),
        })
    }

    fn end(&self) -> usize {
        self.addr + self.bytes
    }

    /// What lies there now.
    fn now(&self) -> Vec<u8> {
        // SAFETY: `of` has seen that it lies in a live block or on this thread's live stack, or `begin` that it is a constant of a
        // loaded file; the call under way pins the block, so it is there until the call is left, and so is the file, whose memory
        // the call has as an argument.
        unsafe { memory::read(self.addr, self.bytes) }
    }

    /// Writes what C has written elsewhere.
    fn set(&self, offset: usize, bytes: &[u8]) {
        debug_assert!(offset + bytes.len() <= self.bytes);
        // SAFETY: mapped, as for `now`, and C may write it by the call's contract.
        unsafe { memory::write(self.addr + offset, bytes) };
    }

    fn overlaps(&self, other: &Watched) -> bool {
        self.addr < other.end() && other.addr < self.end()
    }

    /// Whether it can be read only, as `begin` has seen of all that is neither heap nor stack.
    fn is_constant(&self) -> bool {
        matches!(self.place, Place::Unknown)
    }

    fn block(&self) -> Option<Block> {
        match self.place {
            Place::Heap(block) => Some(block),
            Place::Stack { .. } | Place::DeadStack | Place::Unknown => None,
        }
    }
}

/// One argument's memory during the call.
#[derive(Debug)]
struct Item {
    what: Watched,
    /// What lay there before the call; empty where nobody will ask.
    before: Vec<u8>,
    copy: Option<Copy>,
}

/// All memory of one call.
#[derive(Debug)]
pub(crate) struct Watch {
    desc: &'static FnDesc,
    location: &'static Location<'static>,
    items: Vec<Item>,
    scan: Option<Scan>,
}

impl Watch {
    /// Before the call; `None` where there is nothing to watch.
    pub(crate) fn begin(
        desc: &'static FnDesc,
        location: &'static Location<'static>,
        watched: Vec<Watched>,
        words: &[crate::word::Word],
    ) -> Option<Box<Self>> {
        if watched.is_empty() {
            return None;
        }
        if !has_room(&watched) {
            budget::out_of_memory();
            return None;
        }
        // What is allocated here is no block of the program's.
        reentry::once(|| {
            let looks_closely = guard::is_turn(desc);
            let is_known = |what: &Watched| {
                !what.is_constant() || looks_closely && what.is_flat && modules::is_constant(what.addr, what.bytes)
            };
            let watched: Vec<Watched> = watched.into_iter().filter(is_known).collect();
            let guards = guard::is_wanted(desc, looks_closely);
            let items: Vec<Item> = watched
                .iter()
                .map(|what| {
                    let is_lent = desc.lends && can_be_lent(what, &watched, words);
                    let copy =
                        is_lent.then(|| Copy::new(what, guards, Lent { desc, path: what.path, location })).flatten();
                    let stays = what.direction == Direction::In && what.is_flat && is_written_nowhere(what, &watched);
                    let wants_before = what.bytes <= MOST && (copy.is_some() || stays);
                    let before = match (&copy, wants_before) {
                        // What C does not write is seen by this, and stays as it was in the program's memory.
                        (Some(copy), _) if what.is_filled => copy.spoil(),
                        (_, true) => what.now(),
                        (_, false) => Vec::new(),
                    };
                    Item { what: *what, before, copy }
                })
                .collect();
            let scan = looks_closely.then(|| Scan::before(items.iter().filter_map(wanted_place))).flatten();
            Box::new(Self { desc, location, items, scan })
        })
    }

    /// The function.
    pub(crate) fn desc(&self) -> &'static FnDesc {
        self.desc
    }

    /// Where it was called.
    pub(crate) fn location(&self) -> &'static Location<'static> {
        self.location
    }

    /// Which address C is to get for a parameter.
    pub(crate) fn lend(&self, index: usize, addr: usize) -> usize {
        let path = Path::param(index);
        let mut copies = self.items.iter().filter(|item| item.what.path == path && item.what.addr == addr);
        copies.find_map(|item| item.copy.as_ref()).map_or(addr, Copy::start)
    }

    /// What an address in a copy means: the same place in the memory that was copied. One past the end is such a place.
    pub(crate) fn found(&self, addr: usize) -> usize {
        let within = |item: &&Item| {
            item.copy.as_ref().is_some_and(|copy| (copy.start()..=copy.start() + item.what.bytes).contains(&addr))
        };
        match self.items.iter().find(within) {
            Some(Item { what, copy: Some(copy), .. }) => what.addr + (addr - copy.start()),
            _ => addr,
        }
    }

    /// After the call: the program's memory is as C wants it, and what C did wrong is told.
    ///
    /// `filled` says how many bytes of a parameter's memory C has filled.
    pub(crate) fn end(mut self: Box<Self>, filled: impl Fn(usize) -> Option<i128>) -> Vec<Finding> {
        let desc = self.desc;
        let location = self.location;
        let found = reentry::once(|| {
            let mut found = Vec::new();
            self.translate();
            let kept = self.scan.take().map(|scan| scan.after(self.items.iter().filter_map(wanted_place)));
            for item in &mut self.items {
                let what = item.what;
                let rule = match item.copy.take() {
                    Some(copy) => {
                        let filled = filled(what.path.param_index()).filter(|_| what.is_filled);
                        let rule = past_end::of_copy(&copy)
                            .or_else(|| const_modified::of(&what, &item.before, &copy.now(), true))
                            .or_else(|| unwritten::violated(&copy.filled(filled?), what.size));
                        // Also what C must not write: without the copy it would have.
                        if what.is_filled {
                            // Between the fields of a structure C need not write.
                            copy.give_back_over_pattern(&what, filled.filter(|_| what.size <= 1));
                        } else if !what.is_constant() {
                            copy.give_back(&what, &item.before);
                        }
                        let held = kept::stores_of(kept.as_deref(), what.path, what.escape);
                        copy.end();
                        rule.or(held.map(|at| Rule::Kept { at }))
                    }
                    None => {
                        let held = kept::stores_of(kept.as_deref(), what.path, what.escape);
                        if let (Some(at), Some(block), Escape::Unknown) = (held, what.block(), what.escape) {
                            stored::remember(at, block.start(), Lent { desc, path: what.path, location });
                        } else if let (Some(at), Place::Stack { .. }) = (held, what.place) {
                            stored::remember_frame(at, what.addr, what.bytes, Lent { desc, path: what.path, location });
                        }
                        in_place(&what, &item.before)
                            .or(held.filter(|_| what.escape == Escape::Call).map(|at| Rule::Kept { at }))
                    }
                };
                if let Some(rule) = rule {
                    let place = if matches!(rule, Rule::Kept { .. }) { what.place } else { relocated(what.place) };
                    found.push((rule, what, place));
                }
            }
            found
        });
        // Findings live longer than the flag under which the rest was allocated.
        let _ = reentry::once(|| drop(self));
        found
            .into_iter()
            .flatten()
            .map(|(rule, what, place)| Finding {
                rule,
                path: what.path,
                addr: what.addr,
                bytes: Some(what.bytes),
                direction: what.direction,
                place,
            })
            .collect()
    }

    /// Pointers that C stored in the program's memory and that lead into a copy lead into the memory that was copied.
    fn translate(&self) {
        if self.items.iter().all(|item| item.copy.is_none()) {
            return;
        }
        for item in self
            .items
            .iter()
            .filter(|item| item.copy.is_none() && !item.what.is_flat && item.what.direction.is_written())
        {
            let first = item.what.addr.next_multiple_of(WORD) - item.what.addr;
            let now = item.what.now();
            for (number, word) in now.get(first..).unwrap_or_default().chunks_exact(WORD).enumerate() {
                let word = usize::from_ne_bytes(word.try_into().unwrap_or_default());
                let meant = self.found(word);
                if meant != word {
                    item.what.set(first + number * WORD, &meant.to_ne_bytes());
                }
            }
        }
    }
}

/// Whether there is memory for what is about to be asked for: who asks and gets none ends the process.
fn has_room(watched: &[Watched]) -> bool {
    // For the list itself, and what a search reads at once.
    const MORE: usize = 16 << 10;
    let bytes: usize = watched.iter().map(|what| what.bytes.min(MOST)).sum();
    let mut room: Vec<u8> = Vec::new();
    // Inside of a check nothing is watched anyway.
    let has_room = reentry::once(|| room.try_reserve_exact(2 * bytes + MORE).is_ok()).unwrap_or(true);
    core::hint::black_box(room.as_ptr());
    let _ = reentry::once(|| drop(room));
    has_room
}

/// Where pointers into an item's memory would lead, if C is not to keep any: the memory as C knows it.
fn wanted_place(item: &Item) -> Option<kept::Wanted> {
    // What can be kept for good may be kept.
    if item.what.escape == Escape::Longer || item.what.is_constant() {
        return None;
    }
    let (start, end) = match &item.copy {
        // A plain copy's memory was something else's before.
        Some(copy) => copy.is_fresh().then(|| (copy.start(), copy.start() + item.what.bytes))?,
        None => match (item.what.place, item.what.escape) {
            // What C leaves of the stack behind is told once the frame has gone, where nobody says that it uses it no more.
            (Place::Heap(_), _) | (Place::Stack { .. }, Escape::Unknown) => (item.what.addr, item.what.end()),
            _ => return None,
        },
    };
    Some(kept::Wanted { path: item.what.path, range: maps::Region { start, end } })
}

fn relocated(place: Place) -> Place {
    match place {
        // As it is now: flags have changed, and C may have freed it.
        Place::Heap(block) => MAP.find(block.start()).map_or(place, Place::Heap),
        other => other,
    }
}

/// Whether nobody could tell a copy from the memory itself.
fn can_be_lent(what: &Watched, all: &[Watched], words: &[crate::word::Word]) -> bool {
    // One object may be waited on, locked, or known by its address; one that C only fills is none yet.
    let is_plain = what.is_flat && (what.is_buffer || what.direction == Direction::Out);
    let is_apart = |other: &Watched| {
        other.path == what.path && other.addr == what.addr
            // A structure of the program's may point into the memory.
            || !other.overlaps(what) && (other.is_flat || other.direction == Direction::Out)
    };
    let points_into = |word: &crate::word::Word| (what.addr..=what.end()).contains(&word.addr());
    what.escape == Escape::Call
        && what.path.is_param()
        && is_plain
        && what.direction != Direction::Unknown
        && what.bytes <= MOST
        && all.iter().all(is_apart)
        && words.iter().filter(|word| points_into(word)).count() == 1
}

/// Whether no other argument lets C write into the same block.
fn is_written_nowhere(what: &Watched, all: &[Watched]) -> bool {
    let is_same_block = |other: &Watched| match (what.block(), other.block()) {
        (Some(block), Some(other)) => block.start() == other.start(),
        _ => what.overlaps(other),
    };
    all.iter().all(|other| other.direction == Direction::In || !is_same_block(other))
}

/// What C did wrong with memory that was not copied.
fn in_place(what: &Watched, before: &[u8]) -> Option<Rule> {
    if let Some(block) = what.block()
        && let Some(after) = alloc::evidence::broken_fence(&block)
    {
        return Some(Rule::WrittenPastEnd { after });
    }
    // Another thread may write what C only reads.
    if before.is_empty() {
        return None;
    }
    const_modified::of(what, before, &what.now(), false).filter(|_| maps::threads() == Some(1))
}
