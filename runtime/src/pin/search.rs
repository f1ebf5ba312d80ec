//! Where in memory the holders of pins are: looks for their marks in everything that the program still has.
//!
//! What counts as still there: static memory, thread-local memory, stacks, live blocks of the Rust heap, and all that is C's.
//! What does not: freed Rust blocks, this thread's stack below its frames, and the stack of a thread that has ended, where that
//! is sure. An old copy of a mark elsewhere hides a loss; that is the careful side.

use super::mark::HolderId;
use super::reading::{self, Buffer};
use super::wanted::Wanted;
use crate::alloc::map::MAP;
use crate::sync::SpinLock;
use crate::sys::{self, maps};
use std::time::Duration;

/// The most memory that one search looks at, in bytes. Pages that were never touched do not count.
pub(crate) const MOST_BYTES: usize = 1 << 30;

/// Up to so many marks are looked for one after another, more of them all at once.
const FEW: usize = 32;

/// How often memory is searched while other threads may move what is searched.
const PASSES: usize = 4;

/// Why a search has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SearchError {
    /// The process has more memory in use than a search looks at (1 GiB).
    TooMuchMemory,
    /// The system does not say which memory there is, or does not let it be read.
    NotAllowed,
    /// Other threads run, and what they have in registers cannot be seen.
    OtherThreads,
}

impl core::fmt::Display for SearchError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            SearchError::TooMuchMemory => "more than 1 GiB of memory is in use, and a search stops there",
            SearchError::NotAllowed => "the system does not show this process its own memory",
            SearchError::OtherThreads => "other threads run, and what they have in registers cannot be seen",
        })
    }
}

impl std::error::Error for SearchError {}

/// Those of `holders` that are nowhere, seen from a frame at `frame`.
pub(super) fn missing(holders: &[HolderId], frame: usize, most: usize) -> Result<Vec<HolderId>, SearchError> {
    let mut wanted = Wanted::new(holders);
    // A thread that was joined is among the kernel's for some moments more.
    if !is_alone() {
        std::thread::sleep(Duration::from_millis(1));
    }
    for pass in 0..PASSES {
        if wanted.left == 0 {
            break;
        }
        let alone = is_alone();
        // Once at every address: a packed structure may lie anywhere. With one thread nothing moves between two passes, but
        // blocks that the first one found freed may have left the quarantine.
        let step = match (pass, alone) {
            (1, true) => Step::Odd,
            (1, false) => Step::Every,
            _ => Step::Aligned,
        };
        let mut buffer = reading::chunk()?;
        Pass { wanted: &mut wanted, frame, alone, step, own: buffer.region() }.run(&mut buffer, most)?;
        if alone && pass > 0 {
            break;
        }
        // Another thread may just have moved a holder to where the search had been.
        if !alone {
            std::thread::sleep(Duration::from_millis(1 << pass));
        }
    }
    wanted.shorten();
    Ok(wanted.missing)
}

/// Whether the process has no other thread.
pub(crate) fn is_alone() -> bool {
    maps::threads() == Some(1)
}

/// The addresses that one walk looks at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    /// Multiples of eight.
    Aligned,
    /// All.
    Every,
    /// All others than multiples of eight.
    Odd,
}

/// One walk over all memory.
struct Pass<'a> {
    wanted: &'a mut Wanted,
    frame: usize,
    alone: bool,
    step: Step,
    /// Where the walk has what it reads.
    own: maps::Region,
}

impl Pass<'_> {
    fn run(&mut self, buffer: &mut Buffer<u8>, most: usize) -> Result<(), SearchError> {
        let stack = sys::stack_bounds().filter(|(lowest, end)| (*lowest..*end).contains(&self.frame));
        // What begins before a chunk and ends in it, where marks may stand anywhere.
        let overlap = if self.step == Step::Aligned { 0 } else { 7 };
        reading::read_all(buffer, most, overlap, &mut |region, from, bytes| {
            let finished = if self.alone { finished_in(region) } else { None };
            self.words(from, bytes, stack, finished);
            self.wanted.left > 0
        })
    }

    /// Looks at the words of what was read from `from` on.
    fn words(&mut self, from: usize, bytes: &[u8], stack: Option<(usize, usize)>, finished: Finished) {
        let Self { wanted, step, .. } = self;
        let mut hits: Vec<(usize, HolderId)> = Vec::new();
        if wanted.missing.len() <= FEW {
            let looks_at = |at: usize| match step {
                Step::Aligned => (from + at).is_multiple_of(8),
                Step::Every => true,
                Step::Odd => !(from + at).is_multiple_of(8),
            };
            for holder in &wanted.missing {
                let mark = (!holder.bits()).to_ne_bytes();
                let mut at = 0;
                while let Some(found) = find(&bytes[at..], &mark) {
                    at += found;
                    if looks_at(at) {
                        hits.push((at, *holder));
                    }
                    at += 1;
                }
            }
        } else if *step == Step::Aligned {
            for (number, word) in bytes.chunks_exact(8).enumerate() {
                if let Some(holder) = wanted.find(u64::from_ne_bytes(word.try_into().unwrap_or_default())) {
                    hits.push((number * 8, holder));
                }
            }
        } else {
            let mut word = 0;
            for (last, byte) in bytes.iter().enumerate() {
                // The word that ends here, as this machine reads it.
                word = if cfg!(target_endian = "little") {
                    word >> 8 | u64::from(*byte) << 56
                } else {
                    word << 8 | u64::from(*byte)
                };
                if let Some(holder) = wanted.find(word)
                    && let Some(at) = last.checked_sub(7)
                    && (*step == Step::Every || !(from + at).is_multiple_of(8))
                {
                    hits.push((at, holder));
                }
            }
        }
        for (offset, holder) in hits {
            if self.counts(from + offset, stack, finished) {
                self.wanted.take(holder);
            }
        }
    }

    /// Whether a mark at `addr` is one that somebody can still reach.
    fn counts(&self, addr: usize, stack: Option<(usize, usize)>, finished: Finished) -> bool {
        let within = |range: Option<(usize, usize)>| range.is_some_and(|(from, to)| (from..to).contains(&addr));
        if within(Some((self.own.start, self.own.end))) || within(stack.map(|(lowest, _)| (lowest, self.frame))) {
            return false;
        }
        match MAP.find(addr) {
            Some(block) => !block.is_freed(),
            None => !within(finished),
        }
    }
}

/// Where `mark` begins in `bytes`, by the C library: its search is fast also where this crate is compiled without optimisation.
fn find(bytes: &[u8], mark: &[u8; 8]) -> Option<usize> {
    // SAFETY: both are borrowed for the call, with their lengths, and are only read (memmem(3)).
    let found = unsafe { libc::memmem(bytes.as_ptr().cast(), bytes.len(), mark.as_ptr().cast(), mark.len()) };
    (!found.is_null()).then(|| found.addr() - bytes.as_ptr().addr())
}

/// The stack of a thread that has ended, where a region is one.
type Finished = Option<(usize, usize)>;

const STACKS: usize = 64;

/// Stacks of threads that pinned something and have ended: the C library keeps some for later threads.
static FINISHED: SpinLock<([(usize, usize); STACKS], usize)> = SpinLock::new(([(0, 0); STACKS], 0));

/// The stack that this region is, whole. Only for a process of one thread: a later thread may have taken it over.
fn finished_in(region: maps::Region) -> Finished {
    FINISHED
        .with_patience(|(stacks, _)| stacks.iter().find(|stack| **stack != (0, 0) && stack.0 == region.start).copied())
        .flatten()
        .filter(|(_, end)| *end <= region.end)
}

/// Takes or gives back the lock of this file, around a fork.
pub(crate) fn around_fork(is_before: bool) {
    if is_before { FINISHED.hold() } else { FINISHED.let_go() }
}

struct Leaving;

impl Drop for Leaving {
    fn drop(&mut self) {
        let Some(stack) = sys::stack_bounds() else { return };
        FINISHED.with_patience(|(stacks, next)| {
            if !stacks.contains(&stack) {
                stacks[*next % STACKS] = stack;
                *next += 1;
            }
        });
    }
}

thread_local! {
    static LEAVING: Leaving = const { Leaving };
}

/// Remembers this thread's stack when the thread ends.
pub(super) fn watch_thread() {
    let _ = LEAVING.try_with(|_| ());
}

#[cfg(all(test, target_os = "linux", any(debug_assertions, feature = "checked")))]
mod tests {
    use super::super::mark::Mark;
    use super::*;

    /// What a search from here finds: everything of the callers counts.
    #[inline(never)]
    fn missing_now(holders: &[HolderId], most: usize) -> Result<Vec<HolderId>, SearchError> {
        let frame = 0_u8;
        missing(holders, core::ptr::from_ref(core::hint::black_box(&frame)).addr(), most)
    }

    /// A holder whose mark is in these bytes and, once this has returned, in no other memory that counts.
    #[inline(never)]
    fn hide(bytes: &mut [u8]) -> HolderId {
        let mut mark = Mark::none();
        let holder = mark.holder();
        bytes.copy_from_slice(&(!holder.bits()).to_ne_bytes());
        mark.clear();
        holder
    }

    #[test]
    fn marks_are_found_wherever_they_are_and_others_are_not() {
        let mut local = Mark::none();
        let mut boxed = Box::new(Mark::none());
        let (here, there) = (local.holder(), boxed.holder());
        let mut odd = vec![0_u8; 64];
        let in_bytes = hide(&mut odd[13..21]);
        let lost = hide(&mut odd[40..48]);
        odd[40..48].fill(0);
        assert_eq!(missing_now(&[here, lost, there, in_bytes], MOST_BYTES), Ok(vec![lost]));
        odd.fill(0);
        assert!(missing_now(&[in_bytes], MOST_BYTES).is_ok_and(|missing| missing == [in_bytes]));
        core::hint::black_box((&local, &boxed, &odd));
        assert_eq!(missing_now(&[lost], 100_000), Err(SearchError::TooMuchMemory));
        assert_eq!(missing_now(&[], MOST_BYTES), Ok(Vec::new()));
    }

    #[test]
    fn the_many_that_are_there_hide_no_missing_one() {
        let mut marks: Vec<Mark> = (0..50_000).map(|_| Mark::none()).collect();
        let mut holders: Vec<HolderId> = marks.iter_mut().map(Mark::holder).collect();
        let lost = {
            let mut mark = Mark::none();
            let lost = mark.holder();
            mark.clear();
            lost
        };
        holders.push(lost);
        assert_eq!(missing_now(&holders, MOST_BYTES), Ok(vec![lost]));
        core::hint::black_box(&marks);
    }
}
