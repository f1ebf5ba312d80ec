//! The quick way of a vector that C follows: what is asked of the buffers is found out once, not for each.

use super::{Pass, Place, Unusual, alignment, memory};
use crate::alloc::map::{MAP, SEEN};
use crate::check::aliasing::{Range, Ranges};
use crate::desc::{Direction, Expr, ExtentDesc, Nullability, PointerDesc};
use crate::path::Path;

/// Structures with pointers to buffers, in memory that can be read.
#[derive(Clone, Copy)]
pub(super) struct Vector<'d> {
    pointer: &'d PointerDesc,
    /// What C does with a buffer that says nothing of it.
    innermost: Direction,
    path: Path,
    addr: usize,
    count: usize,
}

/// One pointer of each structure.
struct Column<'d> {
    buffer: &'d PointerDesc,
    direction: Direction,
    /// Which of the structure's pointers it is, and where.
    number: usize,
    offset: usize,
    length: Length,
    /// Whether the buffers are vectors.
    leads_on: bool,
}

/// How long a buffer is.
#[derive(Clone, Copy)]
enum Length {
    Unknown,
    Fixed(usize),
    /// As many of so many bytes as the word says that is there in the structure.
    Word(usize, usize),
    /// The same with a shorter integer.
    Integer {
        offset: usize,
        width: usize,
        unit: usize,
    },
}

/// What all buffers span together.
#[derive(Clone, Copy)]
pub(super) struct Span {
    low: usize,
    high: usize,
    is_written: bool,
    /// Whether one of them lies neither above nor below all before it: they may overlap each other then.
    is_mixed: bool,
}

impl Span {
    pub(super) const NONE: Self = Self { low: usize::MAX, high: 0, is_written: false, is_mixed: false };

    #[inline]
    fn add(&mut self, addr: usize, bytes: usize, is_written: bool) {
        let end = addr.saturating_add(bytes);
        self.is_written |= is_written;
        self.is_mixed |= self.is_written && addr < self.high && self.low < end;
        self.low = self.low.min(addr);
        self.high = self.high.max(end);
    }

    /// As the range of an argument.
    fn range(&self) -> Option<Range> {
        let bytes = self.high.checked_sub(self.low)?;
        Some(Range { addr: self.low, bytes, path: Path::RESULT, written: self.is_written })
    }

    /// Whether the buffers are apart from each other and from these arguments.
    pub(super) fn is_apart(&self, arguments: &[Range]) -> bool {
        let Some(all) = self.range() else { return true };
        !self.is_mixed && !arguments.iter().any(|other| all.clashes(other))
    }
}

impl<'d> Vector<'d> {
    /// `bytes` bytes of structures at `addr`.
    pub(super) fn of(pointer: &'d PointerDesc, path: Path, addr: usize, bytes: usize) -> Result<Self, Unusual> {
        let innermost = pointer.flow.ok_or(Unusual)?;
        // The last element may be cut off: the walk knows.
        let count = bytes.checked_div(pointer.size).filter(|count| count * pointer.size == bytes).ok_or(Unusual)?;
        Ok(Self { pointer, innermost, path, addr, count })
    }

    /// How many pointers there are.
    fn len(&self) -> usize {
        self.count.saturating_mul(self.pointer.slots().len())
    }

    fn columns(&self) -> impl Iterator<Item = Result<Column<'d>, Unusual>> {
        self.pointer.slots().iter().enumerate().map(move |(number, slot)| {
            let buffer = &slot.pointer;
            let direction = if buffer.direction == Direction::Unknown { self.innermost } else { buffer.direction };
            let leads_on = direction != Direction::Out && !buffer.slots().is_empty();
            // A structure of vectors is followed, what these lead to is the walk's.
            if buffer.flow.is_some() != leads_on || leads_on && !self.path.is_param() {
                return Err(Unusual);
            }
            if buffer.is_sensitive || !self.has_words(slot.offset) {
                return Err(Unusual);
            }
            Ok(Column {
                buffer,
                direction,
                number,
                offset: slot.offset,
                length: self.length(buffer, slot.base)?,
                leads_on,
            })
        })
    }

    /// Whether a structure has so many bytes there.
    fn has(&self, offset: usize, width: usize) -> bool {
        offset.checked_add(width).is_some_and(|end| end <= self.pointer.size)
    }

    /// Whether each structure has an aligned word there.
    fn has_words(&self, offset: usize) -> bool {
        const WORD: usize = size_of::<usize>();
        self.has(offset, WORD) && (self.addr + offset).is_multiple_of(WORD) && self.pointer.size.is_multiple_of(WORD)
    }

    /// The length of what a pointer leads to, by fields of the structure that begins at `base` in an element.
    fn length(&self, buffer: &PointerDesc, base: usize) -> Result<Length, Unusual> {
        let (expr, unit) = match &buffer.extent {
            ExtentDesc::One => return Ok(Length::Fixed(buffer.size)),
            ExtentDesc::Unknown | ExtentDesc::NullTerminated => return Ok(Length::Unknown),
            ExtentDesc::Count(expr) => (expr, buffer.size),
            ExtentDesc::Bytes(expr) => (expr, 1),
        };
        match expr {
            Expr::Const(value) => {
                let bytes = usize::try_from(*value).ok().and_then(|count| count.checked_mul(unit));
                bytes.filter(|bytes| isize::try_from(*bytes).is_ok()).map(Length::Fixed).ok_or(Unusual)
            }
            Expr::Field { offset, width, .. } if usize::from(*width) == size_of::<usize>() => {
                if self.has_words(base + offset) { Ok(Length::Word(base + offset, unit)) } else { Err(Unusual) }
            }
            Expr::Field { offset, width, .. } if self.has(base + offset, usize::from(*width)) => {
                Ok(Length::Integer { offset: base + offset, width: usize::from(*width), unit })
            }
            _ => Err(Unusual),
        }
    }

    #[inline]
    fn element(&self, index: usize) -> usize {
        self.addr + index * self.pointer.size
    }

    /// The buffers whose length is known, for a comparison of each with each.
    pub(super) fn gather(&self, into: &mut Ranges) -> Result<(), Unusual> {
        into.reserve(self.len());
        for column in self.columns() {
            let column = column?;
            for index in 0..self.count {
                let (addr, bytes) = column.buffer_of(self.element(index))?;
                if let Some(bytes) = bytes.filter(|bytes| addr != 0 && *bytes != 0) {
                    let path = self.path.step(index, column.number);
                    into.push(Range { addr, bytes, path, written: column.direction.is_written() });
                }
            }
        }
        Ok(())
    }
}

impl Column<'_> {
    /// The buffer of the structure that is there, and how many bytes it has.
    #[inline(always)]
    fn buffer_of(&self, element: usize) -> Result<(usize, Option<usize>), Unusual> {
        // SAFETY: an aligned word within an element, all of which lies in a live block or a live frame.
        let addr = unsafe { memory::word(element + self.offset) };
        let bytes = match self.length {
            Length::Unknown => None,
            Length::Fixed(bytes) => Some(bytes),
            Length::Word(offset, unit) => {
                // SAFETY: as above.
                let count = unsafe { memory::word(element + offset) };
                // What has a sign and is below zero is too large here.
                let bytes = count.checked_mul(unit).filter(|bytes| isize::try_from(*bytes).is_ok());
                Some(bytes.ok_or(Unusual)?)
            }
            Length::Integer { offset, width, unit } => {
                // SAFETY: within an element, as above.
                let count = unsafe { memory::field(element + offset, width) }.ok_or(Unusual)?;
                // What may have a sign and be below zero is unusual.
                let is_below = count >> (8 * width - 1) != 0;
                let bytes = count.checked_mul(unit).filter(|bytes| isize::try_from(*bytes).is_ok() && !is_below);
                Some(bytes.ok_or(Unusual)?)
            }
        };
        Ok((addr, bytes))
    }
}

impl<'d> Pass<'d> {
    /// Looks at all buffers of a vector, and pins their blocks.
    pub(super) fn vector(&mut self, vector: Vector<'d>) -> Result<(), Unusual> {
        self.inside = self.inside.checked_sub(vector.len()).ok_or(Unusual)?;
        for column in vector.columns() {
            self.column(&vector, &column?)?;
        }
        self.vectors += 1;
        self.vector = Some(vector);
        Ok(())
    }

    #[inline(never)]
    fn column(&mut self, vector: &Vector<'d>, column: &Column<'d>) -> Result<(), Unusual> {
        let (log, buffer) = (self.pins.log(), column.buffer);
        let is_nonnull = buffer.nullability == Nullability::Nonnull;
        let is_text = matches!(buffer.extent, ExtentDesc::NullTerminated);
        let is_written = column.direction.is_written();
        let mut span = self.span;
        for index in 0..vector.count {
            let (addr, bytes) = column.buffer_of(vector.element(index))?;
            if addr == 0 || bytes == Some(0) {
                if addr == 0 && is_nonnull && bytes != Some(0) {
                    return Err(Unusual);
                }
                continue;
            }
            let path = vector.path.step(index, column.number);
            match MAP.find_live(addr).filter(|_| !is_text) {
                Some((block, left)) => {
                    if bytes.unwrap_or(0) > left || !alignment::is_satisfied(addr, buffer.align) {
                        return Err(Unusual);
                    }
                    if !buffer.is_transferred {
                        if !block.is_seen() {
                            MAP.set_flags(block.start(), SEEN);
                        }
                        log.pin(block.start(), path);
                    }
                }
                None => {
                    let place = self.look(buffer, column.direction, path, addr, bytes)?;
                    if column.leads_on && !matches!(place, Some(Place::Heap(_) | Place::Stack { .. })) {
                        return Err(Unusual);
                    }
                }
            }
            if let Some(bytes) = bytes
                && !self.may_alias
            {
                span.add(addr, bytes, is_written);
            }
            if column.leads_on {
                self.span = span;
                self.vector(Vector::of(buffer, path, addr, bytes.ok_or(Unusual)?)?)?;
                span = self.span;
            }
        }
        self.span = span;
        Ok(())
    }
}
