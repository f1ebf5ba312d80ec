//! What lies behind one argument before the call and after it, as far as it is known to be the argument's.

use crate::alloc::fill::BLANK;
use crate::alloc::map::MAP;
use crate::check::budget;
use crate::check::memory::{self, Place};
use crate::desc::{MapKind, PointerDesc};
use crate::sys::{self, modules};

/// How sure it is where the memory ends, and who may write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A block of Rust's, pinned for the call: all of it is the argument's, and only C writes it.
    Block { start: usize, end: usize },
    /// On the stack: the first element is the argument's; what lies behind it may be a neighbour.
    Stack,
    /// A constant: nobody writes it.
    Constant,
    /// C's memory, a static, or nothing that is known.
    Elsewhere,
}

/// An argument's memory before the call.
#[derive(Debug)]
pub(super) struct Memory {
    index: usize,
    addr: usize,
    /// The size of an element, 1 for `void`.
    size: usize,
    is_flat: bool,
    /// Whether each element may be a pointer, and nothing else.
    holds_pointers: bool,
    kind: Kind,
    before: Vec<u8>,
}

/// What the call did to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// Nothing that can be told for sure.
    Unknown,
    /// Not one byte.
    None,
    /// The last changed element ends so many bytes from the start.
    Written {
        end: usize,
        /// Whether it is known how far C wrote: the whole block was looked at.
        is_whole: bool,
        /// Whether all that changed had never been written before.
        was_blank: bool,
    },
}

/// A text, as far as it can be told from other bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Text {
    /// There is no zero, or what stands before it is no text.
    No,
    /// So many characters before the zero.
    Of(usize),
    /// Nothing that can be told for sure.
    Unknown,
}

/// The memory after the call.
#[derive(Debug)]
pub(super) struct After {
    pub(super) change: Change,
    /// What lies in the part that changed.
    pub(super) digest: u64,
    /// The first element as a number.
    pub(super) number: Option<u64>,
    /// The pointer that C has stored in the first element.
    pub(super) stored: Option<usize>,
}

impl Memory {
    pub(super) fn before(index: usize, desc: &PointerDesc, addr: usize, frame: usize, is_pinned: bool) -> Self {
        let size = desc.size.max(1);
        let (kind, room) = match memory::locate(addr, frame) {
            // What C owns from now on it may free, with nobody to hold it back.
            Place::Heap(block) if is_pinned && !block.is_freed() && !desc.is_transferred => {
                let extent = MAP.extent(&block);
                let (start, end) = (extent.start.0, extent.start.0 + extent.bytes);
                (Kind::Block { start, end }, end.saturating_sub(addr))
            }
            Place::Stack { end } => (Kind::Stack, (end - addr).min(budget::STACK_LEARNT.max(size))),
            Place::Unknown if modules::is_constant(addr, size) => (Kind::Constant, budget::TEXT_LEARNT),
            _ => (Kind::Elsewhere, budget::TEXT_LEARNT),
        };
        let is_flat = desc.map.is_none_or(|map| matches!(map().kind, MapKind::Flat));
        let before = read(addr, room.min(budget::MEMORY_LEARNT));
        // Of a handle of C's nothing is known but how wide it is; whether a number is an address its value tells.
        let may_hold = desc.map.is_some_and(|map| match map().kind {
            MapKind::Fields(slots) => matches!(slots, [slot] if slot.is_bare()),
            MapKind::Unknown => true,
            MapKind::Flat => false,
        });
        let holds_pointers = size == size_of::<usize>() && may_hold;
        Self { index, addr, size, is_flat, holds_pointers, kind, before }
    }

    pub(super) fn index(&self) -> usize {
        self.index
    }

    pub(super) fn is_block(&self) -> bool {
        self.block().is_some()
    }

    /// The part of a block that the argument stands for.
    pub(super) fn block(&self) -> Option<(usize, usize)> {
        match self.kind {
            Kind::Block { end, .. } if end > self.addr => Some((self.addr, end)),
            _ => None,
        }
    }

    /// The part of a block that pointers of C's may lead to. glibc's own lists lead to the chunk behind a block, whose first bytes
    /// are the last ones of the block (malloc/malloc.c, "boundary tags"): those say nothing of who keeps the block.
    pub(super) fn searched(&self) -> Option<(usize, usize)> {
        const WORD: usize = size_of::<usize>();
        let Kind::Block { start, end } = self.kind else { return None };
        let chunk = (end - start + WORD).next_multiple_of(2 * WORD).max(4 * WORD);
        let behind = start + chunk - 2 * WORD;
        self.block().map(|(from, end)| (from, end.min(behind).max(from + 1)))
    }

    /// How many bytes there are, where that is known.
    pub(super) fn room(&self) -> Option<usize> {
        self.block().map(|(start, end)| end - start)
    }

    /// Whether all that is the argument's was looked at.
    fn is_whole(&self) -> bool {
        self.room() == Some(self.before.len())
    }

    /// Whether a pointer leads into the same object, or right behind it.
    pub(super) fn holds(&self, addr: usize) -> bool {
        match self.kind {
            Kind::Block { start, end } => (start..=end).contains(&addr),
            Kind::Stack => (self.addr..self.addr + self.size).contains(&addr),
            Kind::Constant | Kind::Elsewhere => match self.text() {
                Text::Of(length) => (self.addr..=self.addr + length).contains(&addr),
                Text::No | Text::Unknown => addr == self.addr,
            },
        }
    }

    /// What tells one argument from another: as much of it as is the argument's for sure.
    pub(super) fn digest(&self) -> u64 {
        let own = match (self.kind, self.text()) {
            (Kind::Block { .. }, _) => self.before.len().min(budget::TEXT_LEARNT),
            (_, Text::Of(length)) => length,
            _ => self.size.min(self.before.len()),
        };
        digest(&self.before[..own])
    }

    /// The first element, if it may be a number.
    pub(super) fn number(&self) -> Option<u64> {
        number(&self.before, self.size).filter(|_| self.is_flat && self.size >= 4)
    }

    /// Whether it is text: only bytes are, and on the stack and elsewhere the zero may be a neighbour's.
    pub(super) fn text(&self) -> Text {
        if self.size != 1 {
            return Text::No;
        }
        let is_cut = !self.is_whole();
        match self.before.iter().position(|byte| *byte == 0) {
            None if is_cut => Text::Unknown,
            None => Text::No,
            Some(length) => {
                let is_plain = |c: char| !c.is_control() || matches!(c, '\t' | '\n' | '\r');
                match core::str::from_utf8(&self.before[..length]) {
                    Ok(text) if text.chars().all(is_plain) => Text::Of(length),
                    _ => Text::No,
                }
            }
        }
    }

    /// Looks again.
    pub(super) fn after(&self) -> After {
        let nothing = |change| After { change, digest: 0, number: None, stored: None };
        match self.kind {
            Kind::Elsewhere => return nothing(Change::Unknown),
            Kind::Constant => return nothing(Change::None),
            Kind::Block { .. } | Kind::Stack => {}
        }
        let now = read(self.addr, self.before.len());
        if now.len() != self.before.len() || now.is_empty() {
            return nothing(Change::Unknown);
        }
        let differs = |at: &usize| now[*at] != self.before[*at];
        let number = number(&now, self.size).filter(|_| self.is_flat && self.size >= 4);
        let (Some(first), Some(last)) = ((0..now.len()).find(differs), (0..now.len()).rev().find(differs)) else {
            // Behind what was looked at C may have written.
            let is_sure = self.is_whole() || self.kind == Kind::Stack;
            let change = if is_sure { Change::None } else { Change::Unknown };
            return After { number, ..nothing(change) };
        };
        if self.kind == Kind::Stack && last >= self.size {
            return After { number, ..nothing(Change::Unknown) };
        }
        let end = (last + 1).next_multiple_of(self.size).min(now.len());
        let was_blank = self.is_block() && self.before[first..=last].iter().all(|byte| *byte == BLANK);
        let change = Change::Written { end, is_whole: self.is_whole(), was_blank };
        let has_stored = self.holds_pointers && first < self.size;
        let stored = if has_stored { address_at_start(&now) } else { None };
        After { change, digest: digest(&now[first..=last]), number, stored }
    }
}

/// As much as can be read from `addr` on, page by page.
fn read(addr: usize, bytes: usize) -> Vec<u8> {
    const PAGE: usize = 4096;
    let mut into = vec![0_u8; bytes];
    if sys::read_untrusted(addr, &mut into) {
        return into;
    }
    let mut read = 0;
    while read < bytes {
        let part = (PAGE - (addr + read) % PAGE).min(bytes - read);
        if !sys::read_untrusted(addr + read, &mut into[read..read + part]) {
            break;
        }
        read += part;
    }
    into.truncate(read);
    into
}

/// An integer of C's, as wide as the element.
fn number(bytes: &[u8], size: usize) -> Option<u64> {
    match size {
        4 => Some(u64::from(u32::from_ne_bytes(bytes.get(..4)?.try_into().ok()?))),
        8 => Some(u64::from_ne_bytes(bytes.get(..8)?.try_into().ok()?)),
        _ => None,
    }
}

/// The address that stands first.
fn address_at_start(bytes: &[u8]) -> Option<usize> {
    Some(usize::from_ne_bytes(bytes.get(..size_of::<usize>())?.try_into().ok()?))
}

/// FNV-1a: the same in every process, so that files of several runs can be put together.
fn digest(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |digest, byte| (digest ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}
