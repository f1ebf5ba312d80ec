//! The quick way of a function whose arguments are all flat: as the way of any function, with nothing left to find out of it.

use super::plan::{Arg, Length, Simple};
use super::{Input, Range, Unusual};
use crate::alloc::map::{MAP, SEEN};
use crate::check::budget::{LONGEST_INPUT, LONGEST_TEXT};
use crate::check::memory::{self, Place};
use crate::pin::log::CallPins;
use crate::word::Word;

/// As [`super::pass`].
#[inline]
pub(super) fn pass(plan: Simple<'_>, words: &[Word], pins: &CallPins, frame: usize) -> Result<Option<Input>, Unusual> {
    let mut input = None;
    for arg in plan.args() {
        let addr = words.get(arg.index()).ok_or(Unusual)?.addr();
        let bytes = arg.bytes(words)?;
        if addr == 0 {
            if arg.is_nonnull() && bytes != Some(0) {
                return Err(Unusual);
            }
            continue;
        }
        if bytes == Some(0) {
            continue;
        }
        if !arg.is_aligned(addr) {
            return Err(Unusual);
        }
        let place = memory::locate(addr, frame);
        match place {
            Place::Heap(block) => {
                if block.is_freed()
                    || bytes.is_some_and(|bytes| !MAP.covers(&block, addr, bytes))
                    || arg.is_text() && !memory::has_zero_byte(&block, addr, LONGEST_TEXT)
                {
                    return Err(Unusual);
                }
                if !arg.is_transferred() {
                    if !block.is_seen() {
                        MAP.set_flags(block.start(), SEEN);
                    }
                    pins.pin(block.start(), arg.path());
                }
            }
            Place::Stack { end } => {
                if bytes.is_some_and(|bytes| addr.checked_add(bytes).is_none_or(|last| last > end)) {
                    return Err(Unusual);
                }
            }
            Place::DeadStack => return Err(Unusual),
            Place::Unknown => continue,
        }
        if plan.reads_only()
            && input.is_none()
            && !arg.is_transferred()
            && let Some(bytes) = bytes.filter(|bytes| *bytes <= LONGEST_INPUT)
        {
            input = Some(Input { index: arg.index(), addr, bytes, place });
        }
    }
    if plan.may_clash() && has_clash(plan, words) {
        return Err(Unusual);
    }
    Ok(input)
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
        let start = words.get(self.index())?.addr();
        let bytes = self.bytes(words).ok().flatten().filter(|bytes| start != 0 && *bytes != 0)?;
        Some(Range { start, end: start.saturating_add(bytes), written: self.is_written() })
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
