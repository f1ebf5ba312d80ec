//! Which pins made by hand nobody can end any more, because their holder is nowhere (PF012).

use super::mark::{self, HolderId};
use super::search::{self, SearchError};
use super::{profile, tables};
use crate::addr::Extent;
use core::panic::Location;
use std::collections::BTreeMap;

/// The pins of one holder that is out of reach.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LeakedHolder {
    /// Its pins, by address.
    pub pins: Vec<LeakedPin>,
}

/// A pin that nobody can end.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LeakedPin {
    /// The block: its start, and its length as allocated.
    pub extent: Extent,
    /// Where it was pinned.
    pub site: &'static Location<'static>,
    /// The stack that pinned it, 0 where it was not kept.
    pub(crate) stack: u32,
}

/// The pins made by hand that nobody can end any more: their [`Pinner`](crate::Pinner), [`Pinned`](crate::Pinned) or
/// [`Scope`](crate::Scope) is nowhere in memory. What the program finds at its end is reported as PF012.
///
/// A holder counts as there while its bytes are in any memory that the program still has: statics, thread-locals, any stack, a
/// live block of the Rust heap, C's memory. So a holder that was forgotten by value is found. One in a block that is itself
/// leaked (`Box::leak`, a cycle of `Rc`s, a forgotten `Vec` of holders) is not, for its memory lives on, and somebody may have a
/// way to it that memory does not show. An old copy of a holder's bytes, in a frame that has not returned yet or in memory that C
/// has freed, hides a leak as well. What is given is never a false alarm, unless a program keeps a holder where it cannot be
/// read: encrypted, in memory without read access, on a suspended coroutine's stack that lies on this thread's own stack below
/// the caller.
///
/// Pins said to be meant with `forever`, and those that a parent process made before a fork, are not among them. Takes
/// milliseconds, and more where much memory is in use; with other threads running it looks several times. Empty in unchecked
/// builds and without a [`TrackedAlloc`](crate::TrackedAlloc).
///
/// ```
/// # #[global_allocator]
/// # static ALLOC: pinned_ffi::TrackedAlloc = pinned_ffi::TrackedAlloc::system();
/// fn careless() {
///     let mut pinner = pinned_ffi::Pinner::new();
///     pinner.pin(vec![0_u8; 64]);
///     std::mem::forget(pinner);
/// }
///
/// careless();
/// for holder in pinned_ffi::leaked_pins()? {
///     println!("{} bytes pinned at {} for ever", holder.pins[0].extent.bytes, holder.pins[0].site);
/// }
/// # Ok::<(), pinned_ffi::SearchError>(())
/// ```
///
/// # Errors
///
/// When the search was not complete; then nothing is known of any holder.
#[inline(never)]
pub fn leaked_pins() -> Result<Vec<LeakedHolder>, SearchError> {
    // Whatever lies below this frame is the search's own.
    let frame = 0_u8;
    let frame = core::ptr::from_ref(core::hint::black_box(&frame)).addr();
    seen_from(frame)
}

/// As [`leaked_pins`], with the stack below `frame` left out.
pub(crate) fn seen_from(frame: usize) -> Result<Vec<LeakedHolder>, SearchError> {
    if !crate::mode::COMPILED || tables::total() == 0 {
        return Ok(Vec::new());
    }
    let held = by_holder();
    if held.is_empty() {
        return Ok(Vec::new());
    }
    let holders: Vec<HolderId> = held.keys().copied().collect();
    let missing = search::missing(&holders, frame, search::MOST_BYTES)?;
    if missing.is_empty() {
        return Ok(Vec::new());
    }
    // Whoever let go meanwhile has taken the mark off first.
    let mut still = by_holder();
    let found = missing.iter().filter_map(|holder| still.remove(holder));
    Ok(found.map(|pins| LeakedHolder { pins }).collect())
}

/// The pins of this process that somebody is expected to end, each with its holder.
fn by_holder() -> BTreeMap<HolderId, Vec<LeakedPin>> {
    let mut held: BTreeMap<HolderId, Vec<LeakedPin>> = BTreeMap::new();
    for found in tables::all() {
        let pin = found.pin;
        if pin.holder != HolderId::NOBODY && pin.generation == mark::generation() {
            let leaked = LeakedPin { extent: profile::extent(found.start), site: pin.site, stack: pin.stack };
            let pins = held.entry(pin.holder).or_default();
            pins.extend(core::iter::repeat_n(leaked, found.count as usize));
        }
    }
    held
}
