//! How many pins made by hand may stand at once before somebody is told (PF013).

use super::{log, tables};
use crate::mode;
use crate::sync::plain::{AtomicBool, AtomicU32, AtomicUsize, Ordering};

/// How many pins made by hand may stand at once: so many, and so many more for each checked call under way on any thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PinLimit {
    /// Pins while no call is under way.
    pub base: usize,
    /// More for each call under way.
    pub per_call: usize,
}

impl PinLimit {
    /// In force where nobody says otherwise: 1,048,576 pins, and 65,536 more for each call under way.
    pub const DEFAULT: Self = Self { base: 1 << 20, per_call: 1 << 16 };

    fn with(self, calls: usize) -> usize {
        self.base.saturating_add(self.per_call.saturating_mul(calls))
    }
}

impl Default for PinLimit {
    fn default() -> Self {
        Self::DEFAULT
    }
}

// The stride is 0 while nobody has asked the environment.
static BASE: AtomicUsize = AtomicUsize::new(PinLimit::DEFAULT.base);
static PER_CALL: AtomicUsize = AtomicUsize::new(PinLimit::DEFAULT.per_call);
static STRIDE: AtomicU32 = AtomicU32::new(0);
static IS_EXCEEDED: AtomicBool = AtomicBool::new(false);
static IS_TOLD: AtomicBool = AtomicBool::new(false);

/// The limit in force: what [`set_pin_limit`] set, or `PINNED_FFI_PIN_LIMIT=base+per_call`, or [`PinLimit::DEFAULT`].
pub fn pin_limit() -> PinLimit {
    stride();
    PinLimit { base: BASE.load(Ordering::Relaxed), per_call: PER_CALL.load(Ordering::Relaxed) }
}

/// Sets how many pins may stand at once before rule PF013 speaks. It speaks once; after this, once more.
///
/// Nothing is refused: a pin above the limit holds as any other does. To count costs next to nothing, for each thread
/// counts its own; the sum is looked at where a thread has 256 pins more than at the last look, or earlier where the limit is
/// below a million, so with 64 threads the rule may speak up to a 64th of the limit late.
///
/// ```
/// use pinned_ffi::{PinLimit, pin_limit, set_pin_limit};
/// let before = pin_limit();
/// set_pin_limit(PinLimit { base: 10_000, per_call: 64 });
/// assert_eq!(pin_limit().base, 10_000);
/// # set_pin_limit(before);
/// ```
pub fn set_pin_limit(limit: PinLimit) {
    BASE.store(limit.base, Ordering::Relaxed);
    PER_CALL.store(limit.per_call, Ordering::Relaxed);
    STRIDE.store(stride_of(limit.base), Ordering::Relaxed);
    tables::look_soon();
    IS_EXCEEDED.store(false, Ordering::Relaxed);
    IS_TOLD.store(false, Ordering::Relaxed);
}

/// After how many pins of one thread the sum is looked at.
#[inline]
pub(super) fn stride() -> u32 {
    match STRIDE.load(Ordering::Relaxed) {
        0 => {
            set_pin_limit(mode::pin_limit_asked().unwrap_or(PinLimit::DEFAULT));
            STRIDE.load(Ordering::Relaxed)
        }
        stride => stride,
    }
}

/// With 64 threads, all of them together are at most a 64th of the limit late.
fn stride_of(base: usize) -> u32 {
    (base / 4096).clamp(1, 256) as u32
}

/// Compares the sum of all pins with the limit, and remembers where it is over. Gives how many more pins this thread may have
/// before the next look; above the base, where only calls under way allow that many, none.
#[cold]
pub(super) fn look() -> u32 {
    let total = tables::total();
    let limit = pin_limit();
    if total > limit.base && total > limit.with(log::calls_under_way()) && mode::level() != mode::Level::Off {
        IS_EXCEEDED.store(!IS_TOLD.load(Ordering::Relaxed), Ordering::Relaxed);
    }
    if total > limit.base && !IS_TOLD.load(Ordering::Relaxed) { 0 } else { stride() }
}

/// Whether somebody should be told.
#[inline]
pub(crate) fn is_exceeded() -> bool {
    IS_EXCEEDED.load(Ordering::Relaxed)
}

/// Whether the caller is the one who tells it.
#[cold]
pub(crate) fn take() -> bool {
    IS_EXCEEDED.store(false, Ordering::Relaxed);
    !IS_TOLD.swap(true, Ordering::Relaxed)
}

/// Pins made by hand now, and calls under way now.
pub(crate) fn counts() -> (usize, usize) {
    (tables::total(), log::calls_under_way())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_limits_are_looked_at_each_time() {
        assert_eq!([0, 5, 4096, 40_960, 1 << 20, usize::MAX].map(stride_of), [1, 1, 1, 10, 256, 256]);
        assert_eq!(PinLimit { base: 5, per_call: 3 }.with(2), 11);
        assert_eq!(PinLimit { base: usize::MAX, per_call: usize::MAX }.with(9), usize::MAX);
    }
}
