//! How most calls go at level cheap: flat arguments in live memory, nothing to report. Where anything is unusual the walk is
//! asked instead, and only the walk reports.

use super::aliasing::{self, Range, Ranges};
use super::budget::{LONGEST_INPUT, LONGEST_TEXT, MOST_INSIDE};
use super::memory::{self, Place};
use super::terminator::{self, Search};
use super::{alignment, bounds, liveness};
use crate::alloc::map::{MAP, SEEN};
use crate::desc::{Direction, Expr, ExtentDesc, FnDesc, Nullability, PointerDesc};
use crate::path::Path;
use crate::pin::log::CallPins;
use crate::word::Word;
pub(crate) use flat::pass as pass_simple;
pub(crate) use plan::Plan;
pub(super) use plan::is_read_only;
use vector::{Span, Vector};

mod flat;
mod plan;
mod vector;

/// Arguments whose ranges are compared here; with more the walk does it.
const FEW: usize = 4;

/// What is looked at again when the call has returned: the first short argument of a function that writes nothing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Input {
    pub(crate) path: Path,
    pub(crate) addr: usize,
    pub(crate) bytes: usize,
}

impl Input {
    /// None.
    pub(crate) const NONE: Self = Self { path: Path::RESULT, addr: 0, bytes: 0 };

    /// Whether it is one: of nothing nobody asks.
    #[inline]
    pub(crate) fn is_any(&self) -> bool {
        self.bytes != 0
    }
}

/// The walk is to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unusual;

struct Pass<'a> {
    pins: &'a CallPins,
    frame: usize,
    may_alias: bool,
    arguments: [Range; FEW],
    filled: usize,
    /// What all buffers of vectors span together, and the last vector.
    span: Span,
    vectors: usize,
    vector: Option<Vector<'a>>,
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
        span: Span::NONE,
        vectors: 0,
        vector: None,
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
        let Some(place) = pass.look(pointer, direction, path, word.addr(), bytes)? else { continue };
        let Some(bytes) = bytes else { continue };
        if !pass.may_alias {
            pass.add(Range { addr: word.addr(), bytes, path, written: direction.is_written() })?;
        }
        let is_known = matches!(place, Place::Heap(_) | Place::Stack { .. });
        if !slots.is_empty() {
            if !is_known {
                return Err(Unusual);
            }
            pass.vector(Vector::of(pointer, path, word.addr(), bytes)?)?;
        }
        // What belongs to C may be gone when the call returns.
        if input.is_none() && is_known && !pointer.is_transferred && bytes <= LONGEST_INPUT {
            input = Some(Input { path, addr: word.addr(), bytes });
        }
    }
    if !pass.is_apart()? {
        return Err(Unusual);
    }
    Ok(input.filter(|_| reads_only))
}

impl Pass<'_> {
    /// Asks the rules of one pointer, and pins its block. `None` where it leads nowhere, legally.
    fn look(
        &self,
        pointer: &PointerDesc,
        direction: Direction,
        path: Path,
        addr: usize,
        bytes: Option<usize>,
    ) -> Result<Option<Place>, Unusual> {
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
        Ok(Some(place))
    }

    /// Looks for an overlap with the arguments before.
    #[inline]
    fn add(&mut self, range: Range) -> Result<(), Unusual> {
        if self.arguments[..self.filled].iter().any(|other| range.clashes(other)) {
            return Err(Unusual);
        }
        *self.arguments.get_mut(self.filled).ok_or(Unusual)? = range;
        self.filled += 1;
        Ok(())
    }

    /// Whether the buffers are apart from each other and from the arguments.
    #[inline]
    fn is_apart(&mut self) -> Result<bool, Unusual> {
        let arguments = &self.arguments[..self.filled];
        if self.span.is_apart(arguments) {
            return Ok(true);
        }
        let (1, Some(vector)) = (self.vectors, self.vector) else { return Ok(false) };
        let mut gathered = Ranges::new();
        vector.gather(&mut gathered)?;
        arguments.iter().for_each(|argument| gathered.push(*argument));
        Ok(aliasing::first_overlap(gathered.as_mut_slice()).is_none())
    }
}

/// How many bytes an argument has, where the contract says it and that is simple to find out.
#[inline]
fn length(pointer: &PointerDesc, number: impl Fn(&Expr) -> Option<usize>) -> Result<Option<usize>, Unusual> {
    let (expr, unit) = match &pointer.extent {
        ExtentDesc::One => return Ok(Some(pointer.size)),
        ExtentDesc::Unknown | ExtentDesc::NullTerminated => return Ok(None),
        ExtentDesc::Count(expr) => (expr, pointer.size),
        ExtentDesc::Bytes(expr) => (expr, 1),
    };
    let bytes = number(expr).and_then(|count| count.checked_mul(unit));
    bytes.filter(|bytes| isize::try_from(*bytes).is_ok()).map(Some).ok_or(Unusual)
}

#[cfg(all(test, target_os = "linux"))]
mod tests;
