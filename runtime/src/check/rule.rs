//! What a rule found, as data.

use super::memory::Place;
use super::result::Invalid;
use crate::desc::Direction;
use crate::path::Path;
use core::panic::Location;

/// What a rule found. Told in full by `report`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Finding {
    pub(crate) rule: Rule,
    pub(crate) path: Path,
    pub(crate) addr: usize,
    /// Declared length in bytes, where known.
    pub(crate) bytes: Option<usize>,
    pub(crate) direction: Direction,
    pub(crate) place: Place,
}

/// What the rules of a call say: before it, and at level full after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rule {
    /// PF001
    UnpinnedNested,
    /// PF002, a freed block
    Freed,
    /// PF002, a stack frame that has returned
    DeadStack,
    /// PF003
    PastEnd,
    /// PF003, the expression does not fit an address space
    Overflow,
    /// PF004
    Unterminated {
        /// How much of the block is behind the pointer.
        bytes: usize,
    },
    /// PF005
    Null,
    /// PF006
    Misaligned {
        /// The alignment wanted.
        align: usize,
    },
    /// PF007
    Aliased {
        /// The other argument.
        other: Path,
    },
    /// PF008
    Moved {
        /// Where C knows it.
        from: usize,
        /// The call that made it known there.
        site: &'static Location<'static>,
    },
    /// PF023
    Overfilled {
        /// How many bytes C says it has filled.
        filled: usize,
    },
    /// PF024
    Unwritten {
        /// The first byte that C has not written.
        offset: usize,
    },
    /// PF025, of a result
    Invalid(Invalid),
    /// PF025, in memory that C writes
    NoValue {
        /// The number that C wrote.
        number: i128,
        /// The type that has no such value.
        ty: &'static str,
        /// Where, in bytes from the start.
        offset: usize,
    },
    /// PF020
    Kept {
        /// Where C stored the pointer.
        at: usize,
    },
    /// PF021
    ConstModified {
        /// The first byte that C changed.
        offset: usize,
    },
    /// PF022, behind the end
    WrittenPastEnd {
        /// How far behind the end.
        after: usize,
    },
    /// PF022, in front of the start
    WrittenBeforeStart {
        /// How far in front.
        before: usize,
    },
}
