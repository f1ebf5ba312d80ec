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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alloc::sites;

    /// What the unwinder alone says of the same stack.
    #[inline(never)]
    fn theirs() -> Vec<usize> {
        extern "C" fn visit(context: *mut c_void, frames: *mut c_void) -> i32 {
            // SAFETY: the vector below, during the call.
            let frames = unsafe { &mut *frames.cast::<Vec<usize>>() };
            // SAFETY: the unwinder's own.
            let address = unsafe { _Unwind_GetIPInfo(context, &mut 0) };
            if address != 0 {
                frames.push(address);
            }
            NO_REASON
        }
        let mut frames: Vec<usize> = Vec::new();
        // SAFETY: the callback's type is right, and the vector outlives the call.
        unsafe { _Unwind_Backtrace(visit, (&raw mut frames).cast()) };
        frames
    }

    #[inline(never)]
    fn ours() -> Vec<usize> {
        let kept = sites::frames(sites::capture());
        assert!(!kept.is_empty());
        kept
    }

    /// Both from one frame, at a depth of calls.
    #[inline(never)]
    fn at_depth(depth: usize, padding: &mut [u8; 48]) -> (Vec<usize>, Vec<usize>) {
        padding[depth % 48] += 1;
        if depth == 0 {
            return (ours(), theirs());
        }
        let mut more = [padding[0]; 48];
        let both = at_depth(depth - 1, &mut more);
        core::hint::black_box(&more);
        both
    }

    #[test]
    fn the_way_remembered_is_the_unwinders() {
        for _ in 0..3 {
            for depth in [0, 1, 2, 7, 3, 40, 0] {
                let (ours, unwinder) = at_depth(depth, &mut [0; 48]);
                // The innermost frames are the helpers' own.
                let from = |frames: &[usize], skipped: usize| frames.iter().skip(skipped).copied().collect::<Vec<_>>();
                let (ours, mut unwinder) = (from(&ours, 2), from(&unwinder, 2));
                unwinder.truncate(ours.len());
                assert!(ours.len() > 3 && ours == unwinder, "{depth}: {ours:x?} {unwinder:x?}");
            }
        }
    }

    /// A stack of its own for each number, by the way of calls.
    #[inline(never)]
    fn of_number(number: usize, bits: u32, what: fn() -> u32) -> u32 {
        // Two places of a call, so that each bit tells two stacks apart.
        let found = match (bits, number >> bits.saturating_sub(1) & 1) {
            (0, _) => what(),
            (_, 0) => core::hint::black_box(of_number(number, bits - 1, what)),
            (_, _) => core::hint::black_box(0) + of_number(number, bits - 1, what) + core::hint::black_box(0),
        };
        core::hint::black_box(found)
    }

    #[cfg(target_arch = "x86_64")]
    #[test]
    fn a_stack_that_is_met_again_is_not_walked() {
        const SEEN: u32 = 77;
        const TWICE: u32 = 78;
        static WALKS: AtomicUsize = AtomicUsize::new(0);
        fn first(frames: &[usize]) -> u32 {
            WALKS.fetch_add(1, Ordering::Relaxed);
            assert!(frames.len() > 5);
            SEEN
        }
        fn never(_: &[usize]) -> u32 {
            TWICE
        }
        // By the unwinder, by steps, as a chain; from one place, which a loop of known length may not be.
        for walks in core::hint::black_box(vec![1, 2, 2, 2]) {
            let number = core::hint::black_box(of_number)(0, 6, || core::hint::black_box(numbered(first)));
            assert_eq!((number, WALKS.load(Ordering::Relaxed)), (SEEN, walks));
        }
        assert!(BEGINNING.load(Ordering::Relaxed) > VARIES);
        // Another innermost frame is another stack.
        assert_eq!(of_number(0, 6, || core::hint::black_box(numbered(never))), TWICE);
    }

    #[test]
    fn more_stacks_than_chains_have_room_are_told_apart() {
        let rounds: Vec<Vec<u32>> = (0..core::hint::black_box(4))
            .map(|_| (0..512).map(|number| of_number(number, 9, || core::hint::black_box(sites::capture()))).collect())
            .collect();
        assert_eq!(rounds[0].iter().collect::<std::collections::BTreeSet<_>>().len(), 512);
        assert!(rounds.iter().all(|ids| *ids == rounds[0]));
    }

    #[repr(align(128))]
    struct Wide([u8; 128]);

    /// Its frame begins at a multiple of 128, wherever that of its caller is.
    #[inline(never)]
    fn aligned() -> (Vec<usize>, Vec<usize>) {
        let wide = Wide([1; 128]);
        let both = at_depth(1, &mut [wide.0[5]; 48]);
        core::hint::black_box(&wide.0);
        both
    }

    #[inline(never)]
    fn padded<const N: usize>() -> (Vec<usize>, Vec<usize>) {
        let padding = [1_u8; N];
        let both = aligned();
        core::hint::black_box(&padding);
        both
    }

    #[cfg(target_arch = "x86_64")]
    #[test]
    fn frames_that_align_themselves_are_left_to_the_unwinder() {
        for _ in 0..3 {
            for (ours, unwinder) in [padded::<8>(), padded::<24>(), padded::<40>(), padded::<72>(), padded::<104>()] {
                assert_eq!(ours[2..], unwinder[2..ours.len()]);
                assert!(ours.iter().any(|address| aligns_its_frame(*address)), "{ours:x?}");
                assert!(!ours.iter().all(|address| aligns_its_frame(*address)), "{ours:x?}");
            }
        }
    }

    /// Threads write the table at once, each with a stack of its own.
    #[test]
    fn many_threads_see_their_own_stacks() {
        std::thread::scope(|threads| {
            for first in 0..4 {
                threads.spawn(move || {
                    for round in 0..200 {
                        let (ours, unwinder) = at_depth((first * 3 + round) % 11, &mut [0; 48]);
                        assert_eq!(ours[2..], unwinder[2..ours.len()], "{round}");
                    }
                });
            }
        });
    }
}
