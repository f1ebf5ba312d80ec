//! The pins of calls under way: one log per thread, written without a lock, read by whoever frees a block that C has seen.

use crate::alloc::map::MAP;
use crate::desc::FnDesc;
use crate::path::Path;
use crate::sync::plain::{AtomicBool, AtomicPtr, AtomicU32, AtomicU64, AtomicUsize, Ordering, fence};
use crate::sys;
use core::panic::Location;

mod seen;

pub(crate) use seen::{Seen, calls, is_timed, set_timed};

/// Pins of one chunk; the first chunk is part of the log.
const CHUNK: usize = 256;
/// Chunks of one thread: 16,384 pins. Further ones are not logged: a free during the call is then missed.
const CHUNKS: usize = 64;
/// Checked calls under way on one thread, callbacks included. Deeper ones log no pins.
const CALLS: usize = 64;

#[repr(C)]
struct Chunk {
    blocks: [AtomicUsize; CHUNK],
    paths: [AtomicU64; CHUNK],
}

impl Chunk {
    #[inline]
    fn set(&self, at: usize, start: usize, path: Path) {
        self.blocks[at].store(start, Ordering::Relaxed);
        self.paths[at].store(path.to_bits(), Ordering::Relaxed);
    }
}

#[repr(C)]
struct CallRecord {
    first_pin: AtomicUsize,
    desc: AtomicPtr<FnDesc>,
    location: AtomicPtr<Location<'static>>,
    // When it began (sys::coarse_nanoseconds), 0 where nobody asked for it.
    since: AtomicU64,
    // Goes up with each call; odd while the record is written.
    version: AtomicU64,
}

/// The log of one thread. Mapped once, never unmapped; a later thread takes over a finished thread's.
#[repr(C)]
struct Log {
    owned: AtomicBool,
    thread: AtomicU32,
    next: AtomicPtr<Log>,
    pins: AtomicUsize,
    calls: AtomicUsize,
    records: [CallRecord; CALLS],
    more: [AtomicPtr<Chunk>; CHUNKS],
    first: Chunk,
}

/// All logs, newest first. Only ever grows at the head.
static LOGS: AtomicPtr<Log> = AtomicPtr::new(core::ptr::null_mut());

/// A pin found in some thread's log.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CallPin {
    /// The C function under way.
    pub(crate) desc: &'static FnDesc,
    /// The argument that points to the block.
    pub(crate) path: Path,
    /// Where the call was made.
    pub(crate) location: &'static Location<'static>,
}

struct Owned(&'static Log);

impl Owned {
    fn claim() -> Option<Self> {
        let mut next = LOGS.load(Ordering::Acquire);
        // SAFETY: the list holds mapped logs that are never unmapped; a Log is all atomics.
        while let Some(log) = unsafe { next.as_ref() } {
            if !log.owned.load(Ordering::Relaxed)
                && log.owned.compare_exchange(false, true, Ordering::Acquire, Ordering::Relaxed).is_ok()
            {
                log.thread.store(sys::thread_id(), Ordering::Relaxed);
                return Some(Self(log));
            }
            next = log.next.load(Ordering::Acquire);
        }
        let pages = sys::map_pages(size_of::<Log>())?.cast::<Log>();
        // SAFETY: fresh zeroed pages of that size; zero is valid for every atomic inside.
        let log: &'static Log = unsafe { pages.as_ref() };
        log.owned.store(true, Ordering::Relaxed);
        log.thread.store(sys::thread_id(), Ordering::Relaxed);
        let mut head = LOGS.load(Ordering::Relaxed);
        loop {
            log.next.store(head, Ordering::Relaxed);
            match LOGS.compare_exchange_weak(head, pages.as_ptr(), Ordering::AcqRel, Ordering::Relaxed) {
                Ok(_) => return Some(Self(log)),
                Err(now) => head = now,
            }
        }
    }
}

impl Drop for Owned {
    fn drop(&mut self) {
        self.0.calls.store(0, Ordering::Release);
        self.0.pins.store(0, Ordering::Release);
        self.0.owned.store(false, Ordering::Release);
    }
}

thread_local! {
    static LOG: Option<Owned> = Owned::claim();
}

/// What a call has in its thread's log; taken out again when it ends.
#[derive(Debug)]
pub(crate) struct CallPins {
    log: &'static Log,
    pins: usize,
    calls: usize,
    // A log belongs to its thread.
    _not_send: core::marker::PhantomData<*const ()>,
}

impl core::fmt::Debug for Log {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Log").field("pins", &self.pins).field("calls", &self.calls).finish_non_exhaustive()
    }
}

impl CallPins {
    /// Opens the record of a call. `None` late in a thread's life or when calls nest too deep: nothing is logged then.
    pub(crate) fn open(desc: &'static FnDesc, location: &'static Location<'static>) -> Option<Self> {
        let since = if is_timed() { sys::coarse_nanoseconds() } else { 0 };
        Self::open_since(desc, location, since)
    }

    /// The same, with the time.
    #[inline]
    pub(crate) fn open_since(desc: &'static FnDesc, location: &'static Location<'static>, since: u64) -> Option<Self> {
        let log = LOG.try_with(|log| log.as_ref().map(|owned| owned.0)).ok().flatten()?;
        let calls = log.calls.load(Ordering::Relaxed);
        let pins = log.pins.load(Ordering::Relaxed);
        let record = log.records.get(calls)?;
        let version = record.version.load(Ordering::Relaxed);
        record.version.store(version + 1, Ordering::Relaxed);
        fence(Ordering::Release);
        record.since.store(since, Ordering::Relaxed);
        record.first_pin.store(pins, Ordering::Relaxed);
        record.desc.store(core::ptr::from_ref(desc).cast_mut(), Ordering::Relaxed);
        record.location.store(core::ptr::from_ref(location).cast_mut(), Ordering::Relaxed);
        record.version.store(version + 2, Ordering::Release);
        log.calls.store(calls + 1, Ordering::Release);
        Some(Self { log, pins, calls, _not_send: core::marker::PhantomData })
    }

    /// How many checked calls of this thread it is within.
    #[inline]
    pub(crate) fn depth(&self) -> usize {
        self.calls
    }

    /// Logs that the call's argument at `path` points into the block starting at `start`.
    #[inline]
    pub(crate) fn pin(&self, start: usize, path: Path) {
        self.log().pin(start, path);
    }

    /// The log that it writes.
    #[inline]
    pub(crate) fn log(&self) -> OpenLog {
        OpenLog { log: self.log, _not_send: core::marker::PhantomData }
    }

    /// What this call has logged, in order.
    #[cfg(test)]
    pub(crate) fn logged(&self) -> Vec<(usize, Path)> {
        let pin = |at: usize| {
            let (chunk, at) = (self.log.chunk(at / CHUNK).expect("a chunk in use"), at % CHUNK);
            (chunk.blocks[at].load(Ordering::Relaxed), Path::from_bits(chunk.paths[at].load(Ordering::Relaxed)))
        };
        (self.pins..self.log.pins.load(Ordering::Relaxed)).map(pin).collect()
    }

    /// Whether this call itself has logged the block.
    pub(crate) fn holds(&self, start: usize) -> bool {
        let end = self.log.pins.load(Ordering::Relaxed);
        (self.pins..end).any(|at| {
            self.log.chunk(at / CHUNK).is_some_and(|chunk| chunk.blocks[at % CHUNK].load(Ordering::Relaxed) == start)
        })
    }
}

/// The log of a thread while the innermost of its calls is being checked.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OpenLog {
    log: &'static Log,
    // A log belongs to its thread.
    _not_send: core::marker::PhantomData<*const ()>,
}

impl OpenLog {
    /// As [`CallPins::pin`].
    #[inline]
    pub(crate) fn pin(self, start: usize, path: Path) {
        let at = self.log.pins.load(Ordering::Relaxed);
        if at >= CHUNK {
            return self.pin_more(at, start, path);
        }
        self.log.first.set(at, start, path);
        self.log.pins.store(at + 1, Ordering::Release);
    }

    #[inline(never)]
    fn pin_more(self, at: usize, start: usize, path: Path) {
        let Some(chunk) = self.log.chunk(at / CHUNK) else { return };
        chunk.set(at % CHUNK, start, path);
        self.log.pins.store(at + 1, Ordering::Release);
    }
}

impl Drop for CallPins {
    #[inline]
    fn drop(&mut self) {
        // Calls end in the order of a stack, so cutting off the end is enough.
        self.log.pins.store(self.pins, Ordering::Release);
        self.log.calls.store(self.calls, Ordering::Release);
    }
}

impl Log {
    #[inline]
    fn chunk(&self, number: usize) -> Option<&Chunk> {
        if number == 0 {
            return Some(&self.first);
        }
        let entry = self.more.get(number)?;
        let mut chunk = entry.load(Ordering::Acquire);
        if chunk.is_null() {
            // Only the owner appends, so nobody races to install; readers look at logged pins only.
            chunk = sys::map_pages(size_of::<Chunk>())?.as_ptr().cast();
            entry.store(chunk, Ordering::Release);
        }
        // SAFETY: mapped above or earlier, never unmapped, all atomics.
        unsafe { chunk.as_ref() }
    }

    /// The length of the block that the pin at `at` holds, 0 where that is not known any more.
    fn bytes_at(&self, at: usize) -> usize {
        let chunks = &self.more;
        let chunk = match at / CHUNK {
            0 => Some(&self.first),
            // SAFETY: mapped by `chunk` or null, never unmapped, all atomics.
            number => chunks.get(number).and_then(|entry| unsafe { entry.load(Ordering::Acquire).as_ref() }),
        };
        let start = chunk.map_or(0, |chunk| chunk.blocks[at % CHUNK].load(Ordering::Relaxed));
        MAP.find(start).map_or(0, |block| MAP.extent(&block).bytes)
    }

    fn find(&self, start: usize) -> Option<CallPin> {
        let end = self.pins.load(Ordering::Acquire);
        let at = (0..end).find(|at| {
            self.chunk(at / CHUNK).is_some_and(|chunk| chunk.blocks[at % CHUNK].load(Ordering::Relaxed) == start)
        })?;
        let path = Path::from_bits(self.chunk(at / CHUNK)?.paths[at % CHUNK].load(Ordering::Relaxed));
        let calls = self.calls.load(Ordering::Acquire).min(CALLS);
        let record =
            self.records[..calls].iter().rev().find(|record| record.first_pin.load(Ordering::Relaxed) <= at)?;
        // SAFETY: only `open` stores here, from a reference to a static.
        let desc = unsafe { record.desc.load(Ordering::Relaxed).as_ref() }?;
        // SAFETY: only `open` stores here, from a reference to a static.
        let location = unsafe { record.location.load(Ordering::Relaxed).as_ref() }?;
        Some(CallPin { desc, path, location })
    }
}

/// Wipes what calls that are over have left in the logs, so that a search for pointers does not find it. For a process of one
/// thread.
pub(crate) fn wipe() {
    for log in logs() {
        for at in log.pins.load(Ordering::Acquire)..CHUNK * CHUNKS {
            let more = log.more.get(at / CHUNK);
            if at >= CHUNK && more.is_none_or(|more| more.load(Ordering::Acquire).is_null()) {
                break;
            }
            if let Some(chunk) = log.chunk(at / CHUNK) {
                chunk.blocks[at % CHUNK].store(0, Ordering::Relaxed);
            }
        }
    }
}

/// A call under way, on any thread, that was given the block starting at `start`.
///
/// Safe inside an allocator hook: reads atomics only.
pub(crate) fn find(start: usize) -> Option<CallPin> {
    logs().find_map(|log| log.find(start))
}

/// Every log there is.
fn logs() -> impl Iterator<Item = &'static Log> {
    let mut next = LOGS.load(Ordering::Acquire);
    core::iter::from_fn(move || {
        // SAFETY: as in `claim`.
        let log = unsafe { next.as_ref() }?;
        next = log.next.load(Ordering::Acquire);
        Some(log)
    })
}

/// How many checked calls are under way, on all threads.
pub(crate) fn calls_under_way() -> usize {
    logs().map(|log| log.calls.load(Ordering::Relaxed)).sum()
}

/// In the child of a fork: the logs of the parent's other threads are nobody's, and this thread has another number.
#[cfg_attr(not(target_os = "linux"), allow(dead_code, reason = "called by handlers that only Linux has"))]
pub(crate) fn forked() {
    let own = LOG.try_with(|log| log.as_ref().map(|owned| owned.0)).ok().flatten();
    for log in logs() {
        if own.is_some_and(|own| core::ptr::eq(own, log)) {
            log.thread.store(sys::thread_id(), Ordering::Relaxed);
        } else {
            log.calls.store(0, Ordering::Relaxed);
            log.pins.store(0, Ordering::Relaxed);
            log.owned.store(false, Ordering::Release);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static DESC: FnDesc = FnDesc::new("f", &[]);

    #[test]
    fn logs_nest_like_calls_and_other_threads_see_them() {
        let outer = CallPins::open(&DESC, Location::caller()).expect("this thread has a log");
        for number in 0..3 * CHUNK {
            outer.pin(0x7000_0000 + number * 16, Path::param(1));
        }
        {
            let inner = CallPins::open(&DESC, Location::caller()).expect("room for a second call");
            inner.pin(0x6000_0000, Path::param(2));
            assert!(inner.holds(0x6000_0000));
            assert!(!inner.holds(0x7000_0000), "that one is the outer call's");
            let found = std::thread::spawn(|| find(0x6000_0000).map(|pin| pin.path)).join().expect("no panic");
            assert_eq!(found, Some(Path::param(2)));
        }
        assert!(find(0x6000_0000).is_none());
        let last = 0x7000_0000 + (3 * CHUNK - 1) * 16;
        assert_eq!(find(last).map(|pin| pin.path), Some(Path::param(1)));
        drop(outer);
        assert!(find(last).is_none());
    }

    #[test]
    fn calls_nested_too_deep_log_nothing() {
        let mut open = Vec::new();
        while let Some(call) = CallPins::open(&DESC, Location::caller()) {
            open.push(call);
        }
        assert_eq!(open.len(), CALLS);
        while open.pop().is_some() {}
        assert!(CallPins::open(&DESC, Location::caller()).is_some());
    }
}
