//! The return addresses of the calling stack: by the unwinder, and from then on by remembering the way that it took.
//!
//! The unwinder reads tables for every frame, thousands of instructions; at level full a stack is kept for every block.
//! What it finds is a chain: the place on the stack where a return address is, that address, and the place of the next.
//! Such a step is true of every later stack that has the same return address at the same place, for both are what the
//! tables speak of. Not where a function aligns its frame, whose size depends on its caller's then: no step over such a
//! one is remembered. (One of C's that takes memory off the stack by `alloca` may break this; only the text of a report
//! would suffer.) The steps of all threads are one table: stacks that a thread leaves are used by the next.

use super::MAX_FRAMES;
use crate::sync::plain::{AtomicU64, AtomicUsize, Ordering};
use core::ffi::c_void;

/// Return addresses of the calling stack, innermost first. Neither allocates nor resolves symbols.
///
/// A function of its own frame: the walk begins where the return address to its caller is.
#[inline(never)]
pub(crate) fn raw_frames(into: &mut [usize; MAX_FRAMES]) -> usize {
    let local = 0_u8;
    let here = core::hint::black_box(&raw const local).addr();
    if let Some(filled) = remembered(here, into) {
        return filled;
    }
    let mut walk = Walk { frames: into, filled: 0, is_below: true, here, before: None, is_at_end: false };
    // SAFETY: `visit` matches the callback type of the Itanium C++ ABI, and `walk` outlives the call.
    let code = unsafe { _Unwind_Backtrace(visit, (&raw mut walk).cast()) };
    if (walk.is_at_end || code == END_OF_STACK && walk.filled < MAX_FRAMES)
        && let Some((place, address)) = walk.before
    {
        remember(place, address, END);
    }
    walk.filled
}

/// A walk by the unwinder.
struct Walk<'a> {
    frames: &'a mut [usize; MAX_FRAMES],
    filled: usize,
    /// Whether the frame of `raw_frames` itself is still to come.
    is_below: bool,
    here: usize,
    /// The place and the address of the frame before, where its place is known.
    before: Option<(usize, usize)>,
    is_at_end: bool,
}

extern "C" fn visit(context: *mut c_void, walk: *mut c_void) -> i32 {
    // SAFETY: the unwinder hands back the pointer that `raw_frames` gave it, during that call.
    let walk = unsafe { &mut *walk.cast::<Walk<'_>>() };
    if core::mem::take(&mut walk.is_below) {
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
            remember(before, its_address, place.wrapping_sub(before));
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
    // SAFETY: a word of this thread's stack above the live frame of `raw_frames`: a frame that the unwinder has just
    // read there, or one that follows a return address in the place where the unwinder found that frame after it.
    unsafe { core::ptr::with_exposed_provenance::<usize>(place).read_volatile() }
}

/// From a local of `raw_frames` to its return address: 0 while unknown, 1 where it is not always the same.
static BEGINNING: AtomicUsize = AtomicUsize::new(0);
const VARIES: usize = 1;

#[cold]
fn begins(distance: usize) {
    if let Err(known) = BEGINNING.compare_exchange(0, distance, Ordering::Relaxed, Ordering::Relaxed)
        && known != distance
    {
        BEGINNING.store(VARIES, Ordering::Relaxed);
    }
}

/// A step, written by many without a lock: two halves of different steps do not fit each other.
struct Step {
    /// What the distance and the key of the step make together.
    check: AtomicU64,
    /// How far it is to the next place; not where that is, which a search of static memory would take for a pointer.
    distance: AtomicUsize,
}

const STEPS: usize = 1 << 14;
static TABLE: [Step; STEPS] = [const { Step { check: AtomicU64::new(0), distance: AtomicUsize::new(0) } }; STEPS];

/// In place of a distance: the outermost frame.
const END: usize = 0;
/// The largest frame that is stepped over.
const FARTHEST: usize = 1 << 20;

/// Never 0, which a free entry has.
fn key(place: usize, address: usize) -> u64 {
    let mixed =
        (place as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (address as u64).wrapping_mul(0xc2b2_ae3d_27d4_eb4f);
    (mixed ^ (mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9) | 1
}

fn entry(key: u64) -> &'static Step {
    &TABLE[(key >> 40) as usize % STEPS]
}

/// Towards the outside only, so that a walk ends.
fn remember(place: usize, address: usize, distance: usize) {
    if distance > FARTHEST {
        return;
    }
    let key = key(place, address);
    let entry = entry(key);
    entry.distance.store(distance, Ordering::Relaxed);
    entry.check.store(key ^ distance as u64, Ordering::Relaxed);
}

/// The whole stack, where every step of it is known.
fn remembered(here: usize, into: &mut [usize; MAX_FRAMES]) -> Option<usize> {
    let beginning = BEGINNING.load(Ordering::Relaxed);
    if beginning <= VARIES {
        return None;
    }
    let mut place = here.wrapping_add(beginning);
    for (filled, frame) in into.iter_mut().enumerate() {
        let address = return_address(place);
        *frame = address;
        if filled + 1 == MAX_FRAMES {
            break;
        }
        let key = key(place, address);
        let entry = entry(key);
        let distance = entry.distance.load(Ordering::Relaxed);
        if entry.check.load(Ordering::Relaxed) != key ^ distance as u64 {
            return None;
        }
        if distance == END {
            return Some(filled + 1);
        }
        place += distance;
    }
    Some(MAX_FRAMES)
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

    /// What the unwinder alone says of the same stack.
    #[inline(never)]
    fn by_the_unwinder() -> Vec<usize> {
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
        let mut frames = [0; MAX_FRAMES];
        let filled = raw_frames(&mut frames);
        frames[..filled].to_vec()
    }

    /// Both from one frame, at a depth of calls.
    #[inline(never)]
    fn at_depth(depth: usize, padding: &mut [u8; 48]) -> (Vec<usize>, Vec<usize>) {
        padding[depth % 48] += 1;
        if depth == 0 {
            return (ours(), by_the_unwinder());
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

    #[cfg(target_arch = "x86_64")]
    #[test]
    fn the_second_walk_needs_no_unwinder() {
        let mut frames = [0; MAX_FRAMES];
        let mut again = [0; MAX_FRAMES];
        let walks: Vec<_> = [&mut frames, &mut again].into_iter().map(raw_frames).collect();
        assert_eq!((walks[0], &frames), (walks[1], &again));
        assert!(BEGINNING.load(Ordering::Relaxed) > VARIES);

        assert!(TABLE.iter().any(|step| step.check.load(Ordering::Relaxed) != 0));
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
