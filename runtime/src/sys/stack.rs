//! The return addresses of the calling stack: by the unwinder, and from then on by remembering the way that it took.
//!
//! The unwinder reads tables for every frame, thousands of instructions; at level full a stack is kept for every block.
//! What it finds is a chain: the place on the stack where a return address is, that address, and the place of the next.
//! Such a step is true of every later stack that has the same return address at the same place, for both are what the
//! tables speak of. Not where a function aligns its frame, whose size depends on its caller's then: no step over such a
//! one is remembered. (One of C's that takes memory off the stack by `alloca` may break this; only the text of a report
//! would suffer.) The steps of all threads are one table: stacks that a thread leaves are used by the next. What was
//! walked by steps once is a chain of its own, which is compared at one go.

use super::MAX_FRAMES;
use crate::sync::plain::{AtomicUsize, Ordering};
use chains::Beginning;
use core::ffi::c_void;

mod chains;
mod steps;

/// Frames that the unwinder finds below the caller of `numbered`: its own and those of the two that it calls.
const OWN: usize = 3;

/// The number of the calling stack; `number` gives one to the return addresses, innermost first, of a stack that has none yet.
/// Neither allocates nor resolves symbols.
///
/// A function of its own frame: the walk begins where the return address to its caller is.
#[inline(never)]
pub(crate) fn numbered(number: fn(&[usize]) -> u32) -> u32 {
    let local = 0_u8;
    let here = core::hint::black_box(&raw const local).addr();
    match met_before(here) {
        Some(number) => number,
        // Looked at, so that this is no jump: the unwinder is to find this frame.
        None => core::hint::black_box(numbered_by_a_walk(here, number)),
    }
}

/// Of a stack whose chain is remembered.
#[inline(always)]
fn met_before(here: usize) -> Option<u32> {
    let first = first_place(here)?;
    let mut place = first;
    let mut frames = [0; chains::LOOKS[0]];
    let mut met = Beginning::default();
    for frame in &mut frames {
        *frame = return_address(place);
        let key = steps::key(place, *frame);
        met = met.and(key);
        place += steps::distance(key).filter(|distance| *distance != steps::END)?;
    }
    chains::find(met, &frames, first)
}

#[inline(never)]
fn numbered_by_a_walk(here: usize, number: fn(&[usize]) -> u32) -> u32 {
    let mut walk = StepByStep::default();
    match walk.go(here) {
        Known::Number(number) => number,
        Known::Steps => {
            let number = number(walk.frames());
            chains::remember(&walk.beginnings, walk.frames(), &walk.places[..walk.filled], number);
            number
        }
        Known::Not => number(by_the_unwinder(here, &mut walk.addresses)),
    }
}

#[cold]
#[inline(never)]
fn by_the_unwinder(here: usize, frames: &mut [usize; MAX_FRAMES]) -> &[usize] {
    let mut walk = Walk { frames, filled: 0, below: OWN, here, before: None, is_at_end: false };
    // SAFETY: `visit` matches the callback type of the Itanium C++ ABI, and `walk` outlives the call.
    let code = unsafe { _Unwind_Backtrace(visit, (&raw mut walk).cast()) };
    if (walk.is_at_end || code == END_OF_STACK && walk.filled < MAX_FRAMES)
        && let Some((place, address)) = walk.before
    {
        steps::remember(steps::key(place, address), steps::END);
    }
    let filled = walk.filled;
    &frames[..filled]
}

/// A walk by the unwinder.
struct Walk<'a> {
    frames: &'a mut [usize; MAX_FRAMES],
    filled: usize,
    /// How many frames of ours are still to come: those below the caller of `numbered`.
    below: usize,
    here: usize,
    /// The place and the address of the frame before, where its place is known.
    before: Option<(usize, usize)>,
    is_at_end: bool,
}

extern "C" fn visit(context: *mut c_void, walk: *mut c_void) -> i32 {
    // SAFETY: the unwinder hands back the pointer that `by_the_unwinder` gave it, during that call.
    let walk = unsafe { &mut *walk.cast::<Walk<'_>>() };
    if let Some(below) = walk.below.checked_sub(1) {
        walk.below = below;
        return NO_REASON;
    }
    if walk.filled == MAX_FRAMES {
        return END_OF_STACK;
    }
    let mut is_interrupted = 0;
    // SAFETY: `context` is the unwinder's own, valid for this callback.
    let address = unsafe { _Unwind_GetIPInfo(context, &raw mut is_interrupted) };
    if address == 0 {
        // Behind the outermost frame; libgcc tells of it, others do not.
        walk.is_at_end = true;
        return END_OF_STACK;
    }
    let place = if is_interrupted == 0 { place_of(context, address) } else { None };
    match (walk.filled, walk.before, place) {
        (0, _, Some(place)) => begins(place.wrapping_sub(walk.here)),
        (_, Some((before, its_address)), Some(place)) if place > before && !aligns_its_frame(its_address) => {
            steps::remember(steps::key(before, its_address), place.wrapping_sub(before));
        }
        _ => {}
    }
    walk.before = place.map(|place| (place, address));
    walk.frames[walk.filled] = address;
    walk.filled += 1;
    NO_REASON
}

/// Where a call leaves its return address: below the frame of the caller. Known of this architecture only.
#[cfg(target_arch = "x86_64")]
fn place_of(context: *mut c_void, address: usize) -> Option<usize> {
    // SAFETY: as for the address.
    let frame = unsafe { _Unwind_GetCFA(context) };
    let place = frame.wrapping_sub(size_of::<usize>());
    (frame != 0 && place.is_multiple_of(size_of::<usize>()) && return_address(place) == address).then_some(place)
}

/// Whether the function that is returned to has rounded its stack pointer down, `and rsp, -n`, where it begins.
#[cfg(target_arch = "x86_64")]
fn aligns_its_frame(address: usize) -> bool {
    const BEGINNING: usize = 64;
    let code = core::ptr::with_exposed_provenance_mut::<c_void>(address - 1);
    // SAFETY: asks for the function with this code; any address may be asked for.
    let start = unsafe { _Unwind_FindEnclosingFunction(code) };
    let bytes = address.wrapping_sub(start.addr());
    if start.is_null() || bytes > isize::MAX as usize {
        return true;
    }
    // SAFETY: from the first byte of the function on, at most up to the call in it: code that is mapped, and never changes.
    let code = unsafe { core::slice::from_raw_parts(start.cast::<u8>(), bytes.min(BEGINNING)) };
    // REX.W, `and` with a short or a long constant, and `rsp`.
    code.windows(3).any(|bytes| matches!(bytes, [0x48, 0x83 | 0x81, 0xe4]))
}

#[cfg(not(target_arch = "x86_64"))]
fn aligns_its_frame(_address: usize) -> bool {
    true
}

#[cfg(not(target_arch = "x86_64"))]
fn place_of(_context: *mut c_void, _address: usize) -> Option<usize> {
    None
}

/// What is at a place of a return address.
fn return_address(place: usize) -> usize {
    // SAFETY: a word of this thread's stack above the live frame of `numbered`: a frame that the unwinder has just
    // read there, or one that follows a return address in the place where the unwinder found that frame after it.
    unsafe { core::ptr::with_exposed_provenance::<usize>(place).read_volatile() }
}

/// From a local of `numbered` to its return address: 0 while unknown, 1 where it is not always the same.
static BEGINNING: AtomicUsize = AtomicUsize::new(0);
const VARIES: usize = 1;

/// Where the innermost return address is, once that is known.
#[inline]
fn first_place(here: usize) -> Option<usize> {
    let beginning = BEGINNING.load(Ordering::Relaxed);
    (beginning > VARIES).then(|| here.wrapping_add(beginning))
}

#[cold]
fn begins(distance: usize) {
    if let Err(known) = BEGINNING.compare_exchange(0, distance, Ordering::Relaxed, Ordering::Relaxed)
        && known != distance
    {
        BEGINNING.store(VARIES, Ordering::Relaxed);
    }
}

/// What is known of a stack without the unwinder.
enum Known {
    Number(u32),
    Steps,
    Not,
}

/// A walk by steps.
#[derive(Default)]
struct StepByStep {
    filled: usize,
    addresses: [usize; MAX_FRAMES],
    places: [usize; MAX_FRAMES],
    beginnings: [Beginning; chains::LOOKS.len()],
}

impl StepByStep {
    fn frames(&self) -> &[usize] {
        &self.addresses[..self.filled]
    }

    fn go(&mut self, here: usize) -> Known {
        let Some(first) = first_place(here) else { return Known::Not };
        let mut place = first;
        let mut met = Beginning::default();
        loop {
            let address = return_address(place);
            self.addresses[self.filled] = address;
            self.places[self.filled] = place;
            self.filled += 1;
            if self.filled == MAX_FRAMES {
                return Known::Steps;
            }
            let key = steps::key(place, address);
            let Some(distance) = steps::distance(key) else { return Known::Not };
            if distance == steps::END {
                return Known::Steps;
            }
            place += distance;
            met = met.and(key);
            if let Some(look) = chains::LOOKS.iter().position(|look| *look == self.filled) {
                // The first look was `met_before`'s.
                if look > 0
                    && let Some(number) = chains::find(met, self.frames(), first)
                {
                    return Known::Number(number);
                }
                self.beginnings[look] = met;
            }
        }
    }
}

const NO_REASON: i32 = 0;
const END_OF_STACK: i32 = 5;

// std links the platform's unwinder wherever panics unwind; these are its stable C interface
// (Itanium C++ ABI, level I, and what GCC's and LLVM's add for frames that a signal interrupted).
unsafe extern "C" {
    fn _Unwind_Backtrace(visit: extern "C" fn(*mut c_void, *mut c_void) -> i32, argument: *mut c_void) -> i32;
    fn _Unwind_GetIPInfo(context: *mut c_void, is_interrupted: *mut i32) -> usize;
    #[cfg(target_arch = "x86_64")]
    fn _Unwind_GetCFA(context: *mut c_void) -> usize;
    #[cfg(target_arch = "x86_64")]
    fn _Unwind_FindEnclosingFunction(code: *mut c_void) -> *mut c_void;
}

#[cfg(all(test, not(loom)))]
mod tests;
