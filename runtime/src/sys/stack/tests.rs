//! Stacks as remembered, beside what the unwinder says.

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
    if crate::mode::is_in_address_sanitizer() {
        return println!("skipped: its functions align their frames, over which no step is remembered");
    }
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
