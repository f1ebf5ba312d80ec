//! What the quick way asks of each argument of a function, worked out once, where all of its arguments are flat.

use super::FEW;
use crate::desc::{Direction, Expr, ExtentDesc, FnDesc, MapKind, Nullability, PointerDesc};
use crate::path::Path;
use crate::sync::plain::{AtomicU64, Ordering};

/// A function of which no argument leads further: each is a number or a pointer to so much memory.
///
/// Whoever comes first writes it, without a lock and without memory of its own, for a call may be made by the handler of a
/// signal; who comes at the same time writes the same.
#[derive(Debug)]
pub(crate) struct Plan {
    state: AtomicU64,
    // What is asked of a pointer, and how many bytes its length counts in.
    args: [[AtomicU64; 2]; FEW],
}

/// As much of `state` as says whether it is worked out, and whether there is one.
const KNOWN: u64 = 1;
const SIMPLE: u64 = 1 << 1;
/// C writes nothing that it is given.
const READS_ONLY: u64 = 1 << 2;
/// Two arguments may clash: one of them is written, and nobody said that they may overlap.
const MAY_CLASH: u64 = 1 << 3;
const COUNT: u32 = 8;

/// What a simple function asks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Simple<'p> {
    state: u64,
    args: &'p [[AtomicU64; 2]],
}

/// What is asked of one pointer: two numbers of eight bits, the binary logarithm of its alignment in six more, and these.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arg {
    asked: u64,
    unit: usize,
}

/// The parameter with the count.
const COUNT_AT: u32 = 8;
const ALIGN_AT: u32 = 16;
const FIXED: u64 = 1 << 24;
const COUNTED: u64 = 1 << 25;
const NONNULL: u64 = 1 << 26;
const WRITTEN: u64 = 1 << 27;
/// No pin holds it, for it is C's from the call on.
const TRANSFERRED: u64 = 1 << 28;
/// A zero byte ends it.
const TEXT: u64 = 1 << 29;

/// How many bytes an argument is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Length {
    Unknown,
    Fixed(usize),
    /// As many of this size as the parameter says.
    Counted(usize, usize),
}

impl Plan {
    /// One that nobody has worked out.
    pub(crate) const fn new() -> Self {
        Self { state: AtomicU64::new(0), args: [const { [const { AtomicU64::new(0) }; 2] }; FEW] }
    }

    /// What `desc`, whose plan it is, asks; `None` for a function whose arguments take a closer look.
    #[inline]
    pub(crate) fn of(&self, desc: &FnDesc) -> Option<Simple<'_>> {
        let mut state = self.state.load(Ordering::Acquire);
        if state == 0 {
            state = self.work_out(desc);
        }
        let args = self.args.get(..(state >> COUNT) as usize)?;
        (state & SIMPLE != 0).then_some(Simple { state, args })
    }

    #[cold]
    fn work_out(&self, desc: &FnDesc) -> u64 {
        let state = KNOWN | self.write(desc).unwrap_or(0);
        self.state.store(state, Ordering::Release);
        state
    }

    fn write(&self, desc: &FnDesc) -> Option<u64> {
        let (mut count, mut known, mut has_written, mut reads_only) = (0, 0, false, true);
        for (index, param) in desc.params.iter().enumerate() {
            let Some(pointer) = &param.pointer else { continue };
            let arg = Arg::of(index, pointer)?;
            let [asked, unit] = self.args.get(count)?;
            asked.store(arg.asked, Ordering::Relaxed);
            unit.store(arg.unit as u64, Ordering::Relaxed);
            count += 1;
            if arg.asked & (FIXED | COUNTED) != 0 {
                known += 1;
                has_written |= arg.is_written();
            }
            reads_only &= is_read_only(pointer);
        }
        let mark = |is: bool, mark: u64| if is { mark } else { 0 };
        let may_clash = !desc.may_alias && known > 1 && has_written;
        Some(SIMPLE | mark(reads_only, READS_ONLY) | mark(may_clash, MAY_CLASH) | (count as u64) << COUNT)
    }
}

impl<'p> Simple<'p> {
    /// The pointers, in order.
    #[inline]
    pub(super) fn args(self) -> impl Iterator<Item = Arg> + 'p {
        let arg = |[asked, unit]: &[AtomicU64; 2]| Arg {
            asked: asked.load(Ordering::Relaxed),
            unit: unit.load(Ordering::Relaxed) as usize,
        };
        self.args.iter().map(arg)
    }

    #[inline]
    pub(super) fn reads_only(self) -> bool {
        self.state & READS_ONLY != 0
    }

    #[inline]
    pub(super) fn may_clash(self) -> bool {
        self.state & MAY_CLASH != 0
    }
}

impl Arg {
    /// `None` where it takes a closer look.
    fn of(index: usize, pointer: &PointerDesc) -> Option<Self> {
        let leads_further = !is_flat(pointer) && pointer.direction != Direction::Out && !pointer.slots().is_empty();
        let align = pointer.align.max(1);
        if leads_further || pointer.is_sensitive || !align.is_power_of_two() {
            return None;
        }
        let is_filled = pointer.direction == Direction::Out;
        let mark = |is: bool, mark: u64| if is { mark } else { 0 };
        let (length, unit) = match pointer.extent {
            ExtentDesc::One => (FIXED, pointer.size),
            ExtentDesc::Unknown => (0, 0),
            // What C writes need not hold a zero yet.
            ExtentDesc::NullTerminated if is_filled => (0, 0),
            ExtentDesc::NullTerminated if pointer.size == 1 => (TEXT, 0),
            ExtentDesc::NullTerminated => return None,
            ExtentDesc::Count(count) => counted(count, pointer.size)?,
            ExtentDesc::Bytes(count) => counted(count, 1)?,
        };
        let asked = u64::from(u8::try_from(index).ok()?)
            | u64::from(align.trailing_zeros()) << ALIGN_AT
            | length
            | mark(pointer.nullability == Nullability::Nonnull, NONNULL)
            | mark(pointer.direction.is_written(), WRITTEN)
            | mark(pointer.is_transferred, TRANSFERRED);
        Some(Self { asked, unit })
    }

    /// Which parameter it is.
    #[inline]
    pub(super) fn index(self) -> usize {
        usize::from(self.asked as u8)
    }

    #[inline]
    pub(super) fn path(self) -> Path {
        Path::param(self.index())
    }

    #[inline]
    pub(super) fn length(self) -> Length {
        if self.asked & COUNTED != 0 {
            Length::Counted(usize::from((self.asked >> COUNT_AT) as u8), self.unit)
        } else if self.asked & FIXED != 0 {
            Length::Fixed(self.unit)
        } else {
            Length::Unknown
        }
    }

    #[inline]
    pub(super) fn is_aligned(self, addr: usize) -> bool {
        let align = 1_usize.wrapping_shl((self.asked >> ALIGN_AT) as u32 & 0xff);
        addr & (align - 1) == 0
    }

    #[inline]
    pub(super) fn is_nonnull(self) -> bool {
        self.asked & NONNULL != 0
    }

    #[inline]
    pub(super) fn is_written(self) -> bool {
        self.asked & WRITTEN != 0
    }

    #[inline]
    pub(super) fn is_transferred(self) -> bool {
        self.asked & TRANSFERRED != 0
    }

    #[inline]
    pub(super) fn is_text(self) -> bool {
        self.asked & TEXT != 0
    }
}

/// A length by this count, and its unit.
fn counted(count: Expr, unit: usize) -> Option<(u64, usize)> {
    match count {
        Expr::Const(count) => {
            let bytes = usize::try_from(count).ok()?.checked_mul(unit)?;
            isize::try_from(bytes).is_ok().then_some((FIXED, bytes))
        }
        Expr::Param(index) => Some((COUNTED | u64::from(index) << COUNT_AT, unit)),
        _ => None,
    }
}

/// Whether no pointer lies in the memory, as far as anybody knows.
pub(super) fn is_flat(pointer: &PointerDesc) -> bool {
    pointer.map.is_none_or(|map| matches!(map().kind, MapKind::Flat))
}

/// Whether C only reads it, all of it.
pub(in crate::check) fn is_read_only(pointer: &PointerDesc) -> bool {
    pointer.direction == Direction::In && is_flat(pointer) && pointer.flow.is_none()
}
