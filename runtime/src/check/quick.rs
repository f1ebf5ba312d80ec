//! How most calls go at level cheap: flat arguments in live memory, nothing to report. Where anything is unusual the walk is
//! asked instead, and only the walk reports.

use super::aliasing::overlaps;
use super::budget::{LONGEST_INPUT, LONGEST_TEXT};
use super::memory::{self, Place};
use super::terminator::{self, Search};
use super::{alignment, bounds, liveness};
use crate::alloc::map::{MAP, SEEN};
use crate::desc::{Direction, Expr, ExtentDesc, FnDesc, MapKind, Nullability, PointerDesc};
use crate::path::Path;
use crate::pin::log::CallPins;
use crate::word::Word;

/// Arguments whose ranges are compared here; with more the walk does it.
const FEW: usize = 4;

/// What is looked at again when the call has returned: the first short argument of a function that writes nothing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Input {
    pub(super) index: usize,
    pub(super) addr: usize,
    pub(super) bytes: usize,
    pub(super) place: Place,
}

/// The length of an argument, as far as it is simple to say.
enum Length {
    Bytes(usize),
    Unknown,
    /// The walk knows.
    Unusual,
}

/// Pins the arguments of a call, if no rule is broken and each argument is of the usual kind. `Err` where the walk is to look:
/// then pins may be logged that it logs again. `Ok` has what is looked at again.
#[inline]
pub(crate) fn pass(desc: &FnDesc, words: &[Word], pins: &CallPins, frame: usize) -> Result<Option<Input>, ()> {
    let mut ranges = [(0, 0, false); FEW];
    let (mut filled, mut is_read_only, mut input) = (0, true, None);
    for (index, (param, word)) in desc.params.iter().zip(words).enumerate() {
        let Some(pointer) = &param.pointer else { continue };
        let is_flat = pointer.map.is_none_or(|map| matches!(map().kind, MapKind::Flat));
        is_read_only &= pointer.direction == Direction::In && is_flat;
        if pointer.flow.is_some()
            || pointer.is_sensitive
            || !is_flat && pointer.direction != Direction::Out && !pointer.slots().is_empty()
        {
            return Err(());
        }
        let addr = word.addr();
        let bytes = match length(pointer, words) {
            Length::Bytes(bytes) => Some(bytes),
            Length::Unknown => None,
            Length::Unusual => return Err(()),
        };
        if addr == 0 {
            if pointer.nullability == Nullability::Nonnull && bytes != Some(0) {
                return Err(());
            }
            continue;
        }
        if bytes == Some(0) {
            continue;
        }
        if !alignment::is_satisfied(addr, pointer.align) {
            return Err(());
        }
        let place = memory::locate(addr, frame);
        if liveness::violated(place).is_some()
            || bounds::violated(place, addr, bytes).is_some()
            || matches!(pointer.extent, ExtentDesc::NullTerminated)
                && terminator::search(pointer, pointer.direction, place, addr, LONGEST_TEXT) != Search::Fine
        {
            return Err(());
        }
        if let Place::Heap(block) = place
            && !pointer.is_transferred
        {
            if !block.is_seen() {
                MAP.set_flags(block.start(), SEEN);
            }
            pins.pin(block.start(), Path::param(index));
        }
        let Some(bytes) = bytes else { continue };
        let range = (addr, bytes, pointer.direction.is_written());
        if !desc.may_alias {
            let place = ranges.get_mut(filled).ok_or(())?;
            *place = range;
            if ranges[..filled].iter().any(|other| (other.2 || range.2) && overlaps(*other, range)) {
                return Err(());
            }
            filled += 1;
        }
        let is_known = matches!(place, Place::Heap(_) | Place::Stack { .. });
        if input.is_none() && is_known && bytes <= LONGEST_INPUT {
            input = Some(Input { index, addr, bytes, place });
        }
    }
    Ok(input.filter(|_| is_read_only))
}

#[inline]
fn length(pointer: &PointerDesc, words: &[Word]) -> Length {
    let (expr, unit) = match &pointer.extent {
        ExtentDesc::One => return Length::Bytes(pointer.size),
        ExtentDesc::Unknown | ExtentDesc::NullTerminated => return Length::Unknown,
        ExtentDesc::Count(expr) => (expr, pointer.size),
        ExtentDesc::Bytes(expr) => (expr, 1),
    };
    let count = match expr {
        Expr::Const(value) => usize::try_from(*value).ok(),
        Expr::Param(index) => words.get(usize::from(*index)).and_then(|word| word.small()),
        _ => None,
    };
    let bytes = count.and_then(|count| count.checked_mul(unit)).filter(|bytes| isize::try_from(*bytes).is_ok());
    bytes.map_or(Length::Unusual, Length::Bytes)
}
