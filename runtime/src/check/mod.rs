//! The rules of a call, one file each; this one walks the arguments and asks them.
//!
//! Each rule is a pure function over what the walk found out. The walk reads program memory only
//! where it is known to be readable, or through the kernel.

pub(crate) mod after;
pub(crate) mod aliasing;
pub(crate) mod alignment;
pub(crate) mod bounds;
pub(crate) mod budget;
pub(crate) mod const_modified;
pub(crate) mod count;
pub(crate) mod eval;
pub(crate) mod liveness;
pub(crate) mod memory;
pub(crate) mod moved;
pub(crate) mod nested;
pub(crate) mod nullness;
pub(crate) mod past_end;
pub(crate) mod quick;
pub(crate) mod result;
mod rule;
pub(crate) mod terminator;
pub(crate) mod unwritten;
mod values;

use crate::alloc::map::{Block, MAP, SEEN};
use crate::desc::{Direction, Escape, ExtentDesc, FnDesc, PointerDesc};
use crate::mode::{self, Level};
use crate::path::Path;
use crate::pin::{self, log::CallPins};
use crate::sys::modules;
use crate::watch::Watched;
use crate::word::Word;
use aliasing::{Range, Ranges};
use budget::{Bound, Cuts};
use const_modified::Before;
use core::panic::Location;
use eval::Scope;
use memory::{Place, Window};
pub(crate) use rule::{Finding, Rule};
use terminator::Search;

/// Which way data goes behind a pointer in this call: at its own level, and at the innermost one.
#[derive(Clone, Copy)]
struct Way {
    direction: Direction,
    flow: Option<Direction>,
}

/// What a walk has come to; empty lists allocate nothing.
pub(crate) struct Walked {
    pub(crate) findings: Vec<Finding>,
    /// Memory to look at again after the call: at level full.
    pub(crate) watched: Vec<Watched>,
    /// What a short argument held: at level cheap.
    pub(crate) before: Option<Before>,
    /// The bounds that it has reached.
    pub(crate) cuts: Cuts,
}

/// Checks one call's arguments, logging the blocks they point to.
pub(crate) struct Walk<'a> {
    pins: Option<&'a CallPins>,
    /// Lowest live address of this thread's stack: a frame below it has returned.
    frame: usize,
    location: &'static Location<'static>,
    ranges: Ranges,
    wants_ranges: bool,
    /// Whether a live block counts as pinned.
    takes_live: bool,
    /// Below this address the stack was a function's that has given a result.
    gone: Option<usize>,
    /// How many more pointers inside arguments are looked at.
    inside: u32,
    /// How many more pointers behind pinned blocks are looked at.
    behind: u32,
    /// How far a terminating zero is looked for.
    longest_text: usize,
    cuts: Cuts,
    findings: Vec<Finding>,
    /// Memory to look at again after the call: at level full.
    watched: Option<Vec<Watched>>,
    /// The function that is called, where a short argument is looked at again: at level cheap.
    reads: Option<&'static FnDesc>,
    before: Option<Before>,
}

impl<'a> Walk<'a> {
    fn new(pins: Option<&'a CallPins>, frame: usize, location: &'static Location<'static>) -> Self {
        let is_full = mode::level() == Level::Full;
        Self {
            pins,
            frame,
            location,
            ranges: Ranges::new(),
            wants_ranges: false,
            takes_live: false,
            gone: None,
            inside: if is_full { u32::MAX } else { budget::MOST_INSIDE },
            behind: budget::MOST_BEHIND,
            longest_text: if is_full { usize::MAX } else { budget::LONGEST_TEXT },
            cuts: Cuts::default(),
            findings: Vec::new(),
            watched: None,
            reads: None,
            before: None,
        }
    }

    fn done(self) -> Walked {
        self.cuts.count();
        let (watched, before) = (self.watched.unwrap_or_default(), self.before);
        Walked { findings: self.findings, watched, before, cuts: self.cuts }
    }

    /// Walks values that are about to be stored where C finds them: `bytes` bytes of what `desc` says, at `start`.
    #[track_caller]
    pub(crate) fn stored(desc: &PointerDesc, start: usize, bytes: usize) -> Walked {
        let mut walk = Self::new(None, 0, Location::caller());
        let way = Way { direction: Direction::Unknown, flow: None };
        walk.inside(desc, way, Path::param(0), start, bytes, memory::locate_readable(start));
        walk.done()
    }

    /// Walks a result of Rust's on its way to C: `bytes` bytes of what `desc` says, at `start`. What lies on the stack below
    /// `frame` is gone.
    #[track_caller]
    pub(crate) fn given(desc: &PointerDesc, is_kept: bool, start: usize, bytes: usize, frame: usize) -> Walked {
        let mut walk = Self { takes_live: is_kept, gone: Some(frame), ..Self::new(None, frame, Location::caller()) };
        let way = Way { direction: Direction::Unknown, flow: None };
        walk.inside(desc, way, Path::RESULT, start, bytes, memory::locate_readable(start));
        walk.done()
    }

    /// Walks all arguments of a call.
    pub(crate) fn run(
        desc: &'static FnDesc,
        words: &'a [Word],
        pins: Option<&'a CallPins>,
        frame: usize,
        location: &'static Location<'static>,
    ) -> Walked {
        // Memory that is only read may overlap as it likes.
        let writes =
            |pointer: &PointerDesc| pointer.direction.is_written() || pointer.flow.is_some_and(Direction::is_written);
        let wants_ranges = !desc.may_alias && desc.params.iter().filter_map(|param| param.pointer.as_ref()).any(writes);
        let watched = (mode::level() == Level::Full).then(Vec::new);
        // What is looked at again must stay where it is until then.
        let reads = pins.filter(|_| watched.is_none()).map(|_| desc);
        let mut walk =
            Self { wants_ranges, takes_live: desc.takes_live, watched, reads, ..Self::new(pins, frame, location) };
        for (index, param) in desc.params.iter().enumerate() {
            if let (Some(pointer), Some(word)) = (&param.pointer, words.get(index)) {
                let scope = Scope::Params { words, params: desc.params, result: None };
                let way = Way { direction: pointer.direction, flow: pointer.flow };
                walk.pointer(pointer, way, Path::param(index), word.addr(), scope);
            }
        }
        if walk.wants_ranges
            && let Some((range, other)) = aliasing::first_overlap(walk.ranges.as_mut_slice())
        {
            let place = memory::locate(range.addr, frame);
            let rule = Rule::Aliased { other: other.path };
            let direction = if range.written { Direction::Out } else { Direction::In };
            walk.findings.push(Finding {
                rule,
                path: range.path,
                addr: range.addr,
                bytes: Some(range.bytes),
                direction,
                place,
            });
        }
        walk.done()
    }

    /// One pointer at any level: the rules in the order in which a failure makes the next ones moot.
    fn pointer(&mut self, desc: &PointerDesc, way: Way, path: Path, addr: usize, scope: Scope<'_>) {
        let direction = way.direction;
        let bytes = match eval::bytes(desc, scope) {
            eval::Bytes::Known(bytes) => Some(bytes),
            eval::Bytes::Unknown => None,
            // Null with any length is a question, not a buffer: `EVP_DigestSign(ctx, NULL, &len, …)`.
            eval::Bytes::Overflow if addr == 0 => None,
            eval::Bytes::Overflow => {
                self.find(Rule::Overflow, path, addr, None, direction, Place::Unknown);
                return;
            }
        };
        if addr == 0 {
            if nullness::is_violated(desc, bytes) {
                self.find(Rule::Null, path, addr, bytes, direction, Place::Unknown);
            }
            return;
        }
        // Length 0 makes any other pointer legal: empty Rust slices dangle.
        if bytes == Some(0) {
            return;
        }
        if !alignment::is_satisfied(addr, desc.align) {
            self.find(Rule::Misaligned { align: desc.align }, path, addr, bytes, direction, Place::Unknown);
            return;
        }
        let place = memory::locate(addr, self.frame);
        let broken = liveness::violated(place)
            .or_else(|| bounds::violated(place, addr, bytes))
            .or_else(|| self.unterminated(desc, direction, place, addr));
        if let Some(rule) = broken {
            self.find(rule, path, addr, bytes, direction, place);
            return;
        }
        // What belongs to C from here on may be freed by C before the call returns.
        if let Place::Heap(block) = place
            && !desc.is_transferred
        {
            self.pin(block, path);
        }
        // Whether C has let go of it nobody says: that nothing leads there is no loss, then.
        if let Place::Heap(block) = place
            && self.watched.is_some()
            && (desc.is_transferred || desc.escape != Escape::Call)
        {
            MAP.note_keepable(block.start());
        }
        if desc.is_sensitive
            && let Some(rule) = moved::violated(addr, desc.size, direction, place, self.location)
        {
            self.find(rule, path, addr, bytes, direction, place);
            return;
        }
        if let Some(watched) = &mut self.watched
            && watched.len() < budget::MOST_WATCHED
            && let Some(what) = Watched::of(desc, direction, path, addr, bytes, place)
        {
            // Where there is no memory, the memory of this argument is not looked at again.
            if watched.try_reserve(1).is_ok() {
                watched.push(what);
            } else {
                self.cuts.add(Bound::Memory);
            }
        }
        if let Some(function) = self.reads
            && self.before.is_none()
            && direction == Direction::In
            && !desc.is_transferred
        {
            self.before = Before::of(function, path, addr, bytes, place);
        }
        if self.wants_ranges
            && let Some(bytes) = bytes
        {
            self.ranges.push(Range { addr, bytes, path, written: direction.is_written() });
        }
        if let Some(bytes) = bytes {
            self.inside(desc, way, path, addr, bytes, place);
        }
    }

    fn unterminated(&mut self, desc: &PointerDesc, direction: Direction, place: Place, addr: usize) -> Option<Rule> {
        match terminator::search(desc, direction, place, addr, self.longest_text) {
            Search::Fine => None,
            Search::Missing(rule) => Some(rule),
            Search::CutShort => {
                self.cuts.add(Bound::Text);
                None
            }
        }
    }

    /// The pointers inside the memory of a pointer.
    fn inside(&mut self, desc: &PointerDesc, way: Way, path: Path, addr: usize, bytes: usize, place: Place) {
        let direction = way.direction;
        let slots = desc.slots();
        // What C will overwrite without reading says nothing, whatever lies in it now.
        if slots.is_empty() || desc.size == 0 || direction == Direction::Out {
            return;
        }
        let mut window = Window::new(place, addr, bytes);
        for index in 0..bytes / desc.size {
            let element = addr + index * desc.size;
            for (number, slot) in slots.iter().enumerate() {
                let Some(left) = self.inside.checked_sub(1) else {
                    self.cuts.add(Bound::Inside);
                    return;
                };
                self.inside = left;
                let Some(target) = window.read(element + slot.offset, size_of::<usize>()) else { return };
                let target = target as usize;
                let path = path.step(index, number);
                let scope = Scope::Fields { window: &window, element: element + slot.base };
                match way.flow {
                    Some(innermost) => {
                        // A field that says which way it goes knows better than the call as a whole.
                        let own = slot.pointer.direction;
                        let direction = if own == Direction::Unknown { innermost } else { own };
                        let flow = slot.pointer.flow.map(|_| innermost);
                        self.pointer(&slot.pointer, Way { direction, flow }, path, target, scope);
                    }
                    None => self.kept(&slot.pointer, direction, path, target, scope, budget::DEEPEST),
                }
            }
        }
    }

    /// A pointer in memory that C is not said to follow, but may: what it points to must be kept in place, and so must what
    /// pinned memory points to in its turn. A block that the call was given is looked into as an argument.
    fn kept(
        &mut self,
        desc: &PointerDesc,
        direction: Direction,
        path: Path,
        target: usize,
        scope: Scope<'_>,
        deeper: u32,
    ) {
        let bytes = eval::bytes(desc, scope);
        if matches!(bytes, eval::Bytes::Known(0)) && !matches!(desc.extent, ExtentDesc::One) {
            return;
        }
        let slots = desc.slots();
        let is_looked_into = !slots.is_empty() && desc.size != 0 && desc.direction != Direction::Out;
        let (place, end) = if let Some(block) = MAP.find(target) {
            let held = self.takes_live || self.pins.is_some_and(|pins| pins.holds(block.start()));
            if let Some(rule) = nested::violated(block, held) {
                self.find(rule, path, target, None, direction, Place::Heap(block));
                return;
            }
            if !is_looked_into || !(self.takes_live || pin::is_pinned(&block)) {
                return;
            }
            let extent = MAP.extent(&block);
            (Place::Heap(block), extent.start.0 + extent.bytes)
        } else if is_looked_into
            && let Some(statics) = modules::own()
            && (statics.start..statics.end).contains(&target)
        {
            // A static stays where it is, and what it points to counts like what pinned memory points to.
            (Place::Unknown, statics.end)
        } else {
            if self.gone.is_some_and(|frame| matches!(memory::locate(target, frame), Place::DeadStack)) {
                self.find(Rule::DeadStack, path, target, None, direction, Place::DeadStack);
            }
            return;
        };
        if deeper == 0 {
            self.cuts.add(Bound::Depth);
            return;
        }
        // Of a length that nobody says one element is sure; of any other what lies in the block.
        let room = end.saturating_sub(target);
        let bytes = match bytes {
            eval::Bytes::Known(bytes) => bytes.min(room),
            eval::Bytes::Unknown | eval::Bytes::Overflow => desc.size.min(room),
        };
        let mut window = Window::new(place, target, bytes);
        for index in 0..bytes / desc.size {
            let element = target + index * desc.size;
            for (number, slot) in slots.iter().enumerate() {
                let Some(left) = self.behind.checked_sub(1) else {
                    self.cuts.add(Bound::Behind);
                    return;
                };
                self.behind = left;
                let Some(next) = window.read(element + slot.offset, size_of::<usize>()) else { return };
                let scope = Scope::Fields { window: &window, element: element + slot.base };
                self.kept(&slot.pointer, direction, path.step(index, number), next as usize, scope, deeper - 1);
            }
        }
    }

    fn pin(&mut self, block: Block, path: Path) {
        if let Some(pins) = self.pins {
            if !block.is_seen() {
                MAP.set_flags(block.start(), SEEN);
            }
            pins.pin(block.start(), path);
        }
    }

    #[cold]
    fn find(&mut self, rule: Rule, path: Path, addr: usize, bytes: Option<usize>, direction: Direction, place: Place) {
        // What C writes into a freed block now is this bug again, and is not told as another one.
        if let (Rule::Freed, Place::Heap(block)) = (rule, place) {
            MAP.set_flags(block.start(), SEEN);
        }
        if self.findings.len() < budget::MOST_FINDINGS {
            self.findings.push(Finding { rule, path, addr, bytes, direction, place });
        }
    }
}
