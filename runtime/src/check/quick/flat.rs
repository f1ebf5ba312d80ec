//! The quick way of a function whose arguments are all flat: as the way of any function, with nothing left to find out of it.

use super::plan::{Arg, Length, Simple};
use super::{Input, Unusual};
use crate::alloc::map::{Block, MAP, SEEN};
use crate::check::aliasing::Range;
use crate::check::budget::{LONGEST_INPUT, LONGEST_TEXT};
use crate::check::memory::{self, Place};
use crate::pin::log::OpenLog;
use crate::word::Word;

/// A call on this way. In one place, so that a look at an argument keeps little else at hand.
struct Way<'a> {
    words: &'a [Word],
    log: OpenLog,
    frame: usize,
    /// Whether short input is to be looked at again, and none was found yet.
    remembers: bool,
    input: Option<Input>,
}

/// As [`super::pass`].
#[inline(always)]
pub(crate) fn pass(plan: Simple<'_>, words: &[Word], log: OpenLog, frame: usize) -> Result<Option<Input>, Unusual> {
    let mut way = Way { words, log, frame, remembers: plan.reads_only(), input: None };
    for arg in plan.args() {
        way.one(arg)?;
    }
    if plan.may_clash() && has_clash(plan, words) { Err(Unusual) } else { Ok(way.input) }
}

impl Way<'_> {
    /// Looks at one argument, and pins its block.
    #[inline(never)]
    fn one(&mut self, arg: Arg) -> Result<(), Unusual> {
        let bytes = arg.bytes(self.words)?;
        let addr = self.words.get(arg.index()).ok_or(Unusual)?.addr();
        if addr == 0 || bytes == Some(0) {
            return if arg.is_nonnull() && bytes != Some(0) { Err(Unusual) } else { Ok(()) };
        }
        if !arg.is_aligned(addr) {
            return Err(Unusual);
        }
        let Some((block, left)) = MAP.find_live(addr) else { return self.elsewhere(arg, addr, bytes) };
        if bytes.unwrap_or(0) > left || arg.is_text() && !memory::has_zero(addr, left.min(LONGEST_TEXT)) {
            return Err(Unusual);
        }
        self.hold(arg, &block);
        self.remember(arg, addr, bytes);
        Ok(())
    }

    /// The same for a pointer that does not lead to the start of a live block.
    #[inline(never)]
    fn elsewhere(&mut self, arg: Arg, addr: usize, bytes: Option<usize>) -> Result<(), Unusual> {
        match memory::locate(addr, self.frame) {
            Place::Heap(block) => {
                let is_right = !block.is_freed()
                    && bytes.is_none_or(|bytes| MAP.covers(&block, addr, bytes))
                    && (!arg.is_text() || memory::has_zero_byte(&block, addr, LONGEST_TEXT));
                if !is_right {
                    return Err(Unusual);
                }
                self.hold(arg, &block);
            }
            Place::Stack { end } => {
                if bytes.is_some_and(|bytes| addr.checked_add(bytes).is_none_or(|last| last > end)) {
                    return Err(Unusual);
                }
            }
            Place::DeadStack => return Err(Unusual),
            // Of such memory nobody knows whether it is there when the call has returned.
            Place::Unknown => return Ok(()),
        }
        self.remember(arg, addr, bytes);
        Ok(())
    }

    #[inline(always)]
    fn hold(&self, arg: Arg, block: &Block) {
        if arg.is_transferred() {
            return;
        }
        if !block.is_seen() {
            see(block.start());
        }
        self.log.pin(block.start(), arg.path());
    }

    /// Has a short argument that is right looked at again.
    #[inline]
    fn remember(&mut self, arg: Arg, addr: usize, bytes: Option<usize>) {
        // What belongs to C may be gone when the call returns.
        if self.remembers
            && !arg.is_transferred()
            && let Some(bytes) = bytes.filter(|bytes| *bytes <= LONGEST_INPUT)
        {
            self.remembers = false;
            self.input = Some(Input { path: arg.path(), addr, bytes });
        }
    }
}

/// The first call that is given the block.
#[cold]
#[inline(never)]
fn see(start: usize) {
    MAP.set_flags(start, SEEN);
}

impl Arg {
    #[inline]
    fn bytes(self, words: &[Word]) -> Result<Option<usize>, Unusual> {
        match self.length() {
            Length::Unknown => Ok(None),
            Length::Fixed(bytes) => Ok(Some(bytes)),
            Length::Counted(index, unit) => {
                let count = words.get(index).and_then(|word| word.small());
                let bytes = count.and_then(|count| count.checked_mul(unit));
                bytes.filter(|bytes| isize::try_from(*bytes).is_ok()).map(Some).ok_or(Unusual)
            }
        }
    }

    /// The memory that it stands for; none where that is not known, and where there is none.
    fn range(self, words: &[Word]) -> Option<Range> {
        let addr = words.get(self.index())?.addr();
        let bytes = self.bytes(words).ok().flatten().filter(|bytes| addr != 0 && *bytes != 0)?;
        Some(Range { addr, bytes, path: self.path(), written: self.is_written() })
    }
}

/// Whether two arguments overlap of which one is written.
fn has_clash(plan: Simple<'_>, words: &[Word]) -> bool {
    plan.args().enumerate().any(|(number, arg)| {
        arg.range(words).is_some_and(|range| {
            plan.args().take(number).any(|other| other.range(words).is_some_and(|other| range.clashes(&other)))
        })
    })
}
