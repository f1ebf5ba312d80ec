//! Reports as events of the crate `tracing` (feature `tracing`).

use super::seen::Seen;
use super::sink::is_told_of;
use super::{Violation, identity};
use core::panic::Location;
use core::sync::atomic::{AtomicBool, Ordering};

static IS_OVER: AtomicBool = AtomicBool::new(false);

/// From here on there are no events: the process ends.
pub(super) fn stop() {
    IS_OVER.store(true, Ordering::Relaxed);
}

/// Tells the first violation of a bug, and of its repeats those that are counted in lines: an event each.
///
/// Never from allocator hooks or signal handlers, and with the rules off, so that a subscriber may call C. At the end of the
/// process nothing is told: subscribers keep buffers of threads that are gone by then.
pub(super) fn tell(violation: &Violation, seen: &Seen) {
    let repeats = match seen {
        Seen::First(_) => 0,
        Seen::Again(_, repeats) | Seen::Uncounted(repeats) if is_told_of(*repeats) => *repeats,
        Seen::Again(..) | Seen::Uncounted(_) => return,
    };
    if IS_OVER.load(Ordering::Relaxed) {
        return;
    }
    let site = |site: Option<&'static Location<'static>>| site.map(ToString::to_string);
    let first = |stack: Option<&Vec<String>>| stack.and_then(|stack| stack.first()).cloned();
    let block = violation.block.as_ref();
    let address = violation.address.map(tracing::field::display);
    let (called_at, pinned_at) = (site(violation.called_at), site(violation.pinned_at));
    let (allocated_at, freed_at) =
        (first(block.map(|block| &block.allocated_at)), first(block.map(|block| &block.freed_at)));
    crate::unchecked(|| {
        tracing::error!(
            target: "pinned_ffi",
            code = violation.code.as_str(),
            rule = violation.code.rule(),
            id = %identity::Spelt(identity::of(violation)),
            repeats,
            function = violation.function,
            parameter = violation.parameter,
            path = violation.path.as_deref(),
            address,
            called_at,
            pinned_at,
            allocated_at,
            freed_at,
            help = %violation.help,
            "{}",
            violation.message
        );
    });
}
