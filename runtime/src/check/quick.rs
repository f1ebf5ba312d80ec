//! How most calls go at level cheap: flat arguments in live memory, nothing to report. Where anything is unusual the walk is
//! asked instead, and only the walk reports.

use super::aliasing::{self, Range, Ranges};
use super::budget::{LONGEST_INPUT, LONGEST_TEXT, MOST_INSIDE};
use super::memory::{self, Place};
use super::terminator::{self, Search};
use super::{alignment, bounds, liveness};
use crate::alloc::map::{MAP, SEEN};
use crate::desc::{Direction, Expr, ExtentDesc, FnDesc, Nullability, PointerDesc, Slot};
use crate::path::Path;
use crate::pin::log::CallPins;
use crate::word::Word;
pub(crate) use flat::pass as pass_simple;
pub(crate) use plan::Plan;
pub(super) use plan::is_read_only;

mod flat;
mod plan;

/// Arguments whose ranges are compared here; with more the walk does it.
const FEW: usize = 4;

/// What is looked at again when the call has returned: the first short argument of a function that writes nothing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Input {
    pub(super) path: Path,
    pub(super) addr: usize,
    pub(super) bytes: usize,
}

/// The walk is to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unusual;

/// The length of an argument, as far as it is simple to say.
enum Length {
    Bytes(usize),
    Unknown,
}

struct Pass<'a> {
    pins: &'a CallPins,
    frame: usize,
    may_alias: bool,
    arguments: [Range; FEW],
    filled: usize,
    /// What all buffers of a vector span together.
    buffers: Option<Range>,
    /// Whether one of them lies neither above nor below all before it: then those that were gathered are sorted.
    is_mixed: bool,
    gathered: Ranges,
    /// How many more pointers inside arguments are looked at.
    inside: usize,
}

/// Pins the arguments of a call, if no rule is broken and each argument is of the usual kind. Where the walk is to look pins may
/// be logged that it logs again. Gives what is looked at again.
#[inline]
pub(crate) fn pass(desc: &FnDesc, words: &[Word], pins: &CallPins, frame: usize) -> Result<Option<Input>, Unusual> {
    match desc.plan.of(desc) {
        Some(plan) => pass_simple(plan, words, pins.log(), frame),
        None => pass_any(desc, words, pins, frame),
    }
}

/// The same, of a function with whatever arguments.
#[inline(never)]
fn pass_any(desc: &FnDesc, words: &[Word], pins: &CallPins, frame: usize) -> Result<Option<Input>, Unusual> {
    let none = Range { addr: 0, bytes: 0, path: Path::RESULT, written: false };
    let arguments = [none; FEW];
    let inside = MOST_INSIDE as usize;
    let mut pass = Pass {
        pins,
        frame,
        may_alias: desc.may_alias,
        arguments,
        filled: 0,
        buffers: None,
        is_mixed: false,
        gathered: Ranges::new(),
        inside,
    };
    let (mut reads_only, mut input) = (true, None);
    for (index, (param, word)) in desc.params.iter().zip(words).enumerate() {
        let Some(pointer) = &param.pointer else { continue };
        let direction = pointer.direction;
        reads_only &= is_read_only(pointer);
        let slots = if plan::is_flat(pointer) || direction == Direction::Out { &[] } else { pointer.slots() };
        if !slots.is_empty() && pointer.flow.is_none() {
            return Err(Unusual);
        }
        let number = |expr: &Expr| match expr {
            Expr::Const(value) => usize::try_from(*value).ok(),
            Expr::Param(index) => words.get(usize::from(*index)).and_then(|word| word.small()),
            _ => None,
        };
        let bytes = length(pointer, number)?;
        let path = Path::param(index);
        let Some(place) = pass.one(pointer, direction, path, word.addr(), &bytes)? else { continue };
        let Length::Bytes(bytes) = bytes else { continue };
        let is_known = matches!(place, Place::Heap(_) | Place::Stack { .. });
        if !slots.is_empty() {
            if !is_known {
                return Err(Unusual);
            }
            pass.vector(pointer, slots, path, word.addr(), bytes)?;
        }
        // What belongs to C may be gone when the call returns.
        if input.is_none() && is_known && !pointer.is_transferred && bytes <= LONGEST_INPUT {
            input = Some(Input { path, addr: word.addr(), bytes });
        }
    }
    if !pass.is_apart() {
        return Err(Unusual);
    }
    Ok(input.filter(|_| reads_only))
}

impl Pass<'_> {
    /// Asks the rules of one pointer, and pins its block. `None` where it leads nowhere, legally.
    #[inline]
    fn one(
        &mut self,
        pointer: &PointerDesc,
        direction: Direction,
        path: Path,
        addr: usize,
        bytes: &Length,
    ) -> Result<Option<Place>, Unusual> {
        let bytes = match bytes {
            Length::Bytes(bytes) => Some(*bytes),
            Length::Unknown => None,
        };
        if pointer.is_sensitive {
            return Err(Unusual);
        }
        if addr == 0 {
            let is_wrong = pointer.nullability == Nullability::Nonnull && bytes != Some(0);
            return if is_wrong { Err(Unusual) } else { Ok(None) };
        }
        if bytes == Some(0) {
            return Ok(None);
        }
        let place = memory::locate(addr, self.frame);
        if !alignment::is_satisfied(addr, pointer.align)
            || liveness::violated(place).is_some()
            || bounds::violated(place, addr, bytes).is_some()
            || matches!(pointer.extent, ExtentDesc::NullTerminated)
                && terminator::search(pointer, direction, place, addr, LONGEST_TEXT) != Search::Fine
        {
            return Err(Unusual);
        }
        if let Place::Heap(block) = place
            && !pointer.is_transferred
        {
            if !block.is_seen() {
                MAP.set_flags(block.start(), SEEN);
            }
            self.pins.pin(block.start(), path);
        }
        if let Some(bytes) = bytes
            && !self.may_alias
        {
            self.add(Range { addr, bytes, path, written: direction.is_written() })?;
        }
        Ok(Some(place))
    }

    /// Looks for an overlap with what was there before, as far as that is simple.
    #[inline]
    fn add(&mut self, range: Range) -> Result<(), Unusual> {
        if range.path.is_param() {
            if self.arguments[..self.filled].iter().any(|other| range.clashes(other)) {
                return Err(Unusual);
            }
            *self.arguments.get_mut(self.filled).ok_or(Unusual)? = range;
            self.filled += 1;
            return Ok(());
        }
        self.gathered.push(range);
        let Some(all) = &mut self.buffers else {
            self.buffers = Some(range);
            return Ok(());
        };
        self.is_mixed |= all.clashes(&range);
        let end = all.end().max(range.end());
        all.addr = all.addr.min(range.addr);
        all.bytes = end - all.addr;
        all.written |= range.written;
        Ok(())
    }

    /// The buffers of a vector that C follows: `bytes` bytes of structures at `addr`, in memory that can be read.
    fn vector(
        &mut self,
        pointer: &PointerDesc,
        slots: &[Slot],
        path: Path,
        addr: usize,
        bytes: usize,
    ) -> Result<(), Unusual> {
        let Some(innermost) = pointer.flow else { return Err(Unusual) };
        // The last element may be cut off: the walk knows.
        let count = bytes.checked_div(pointer.size).filter(|count| count * pointer.size == bytes).ok_or(Unusual)?;
        self.inside = self.inside.checked_sub(count.saturating_mul(slots.len())).ok_or(Unusual)?;
        if !self.may_alias {
            self.gathered.reserve(count * slots.len() + FEW);
        }
        for (number, slot) in slots.iter().enumerate() {
            let buffer = &slot.pointer;
            let direction = if buffer.direction == Direction::Unknown { innermost } else { buffer.direction };
            if buffer.flow.is_some() || direction != Direction::Out && !buffer.slots().is_empty() {
                return Err(Unusual);
            }
            let fits = |offset: usize, width: usize| offset.checked_add(width).is_some_and(|end| end <= pointer.size);
            if !fits(slot.offset, size_of::<usize>()) {
                return Err(Unusual);
            }
            for index in 0..count {
                let element = addr + index * pointer.size;
                // SAFETY: within an element, all of which lies in a live block or a live frame.
                let target = unsafe { memory::field(element + slot.offset, size_of::<usize>()) }.ok_or(Unusual)?;
                let number_of = |expr: &Expr| match expr {
                    Expr::Const(value) => usize::try_from(*value).ok(),
                    Expr::Field { offset, width, .. } if fits(*offset, usize::from(*width)) => {
                        // SAFETY: as above. What has a sign and is below zero is too large here, or unusual where it is short.
                        unsafe { memory::field(element + offset, usize::from(*width)) }
                            .filter(|value| *width == 8 || value >> (8 * width - 1) == 0)
                            .filter(|value| isize::try_from(*value).is_ok())
                    }
                    _ => None,
                };
                let bytes = length(buffer, number_of)?;
                self.one(buffer, direction, path.step(index, number), target, &bytes)?;
            }
        }
        Ok(())
    }

    /// Whether the buffers are apart from each other and from the arguments.
    #[inline]
    fn is_apart(&mut self) -> bool {
        let Some(all) = &self.buffers else { return true };
        let arguments = &self.arguments[..self.filled];
        if !self.is_mixed && !arguments.iter().any(|other| all.clashes(other)) {
            return true;
        }
        arguments.iter().for_each(|argument| self.gathered.push(*argument));
        aliasing::first_overlap(self.gathered.as_mut_slice()).is_none()
    }
}

#[inline]
fn length(pointer: &PointerDesc, number: impl Fn(&Expr) -> Option<usize>) -> Result<Length, Unusual> {
    let (expr, unit) = match &pointer.extent {
        ExtentDesc::One => return Ok(Length::Bytes(pointer.size)),
        ExtentDesc::Unknown | ExtentDesc::NullTerminated => return Ok(Length::Unknown),
        ExtentDesc::Count(expr) => (expr, pointer.size),
        ExtentDesc::Bytes(expr) => (expr, 1),
    };
    let bytes = number(expr).and_then(|count| count.checked_mul(unit));
    bytes.filter(|bytes| isize::try_from(*bytes).is_ok()).map(Length::Bytes).ok_or(Unusual)
}

#[cfg(all(test, target_os = "linux"))]
mod tests;
