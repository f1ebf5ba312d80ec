//! What a flow-through call allocates, and that allocator hooks never call back into the allocator.

use pinned_ffi::TrackedAlloc;
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::ffi::c_int;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

thread_local! {
    static DEPTH: Cell<usize> = const { Cell::new(0) };
    static COUNT: Cell<usize> = const { Cell::new(0) };
}

static DEEPEST: AtomicUsize = AtomicUsize::new(0);

/// Counts what reaches the system's allocator on this thread, and how deep such calls nest.
struct Counting;

impl Counting {
    fn inside<R>(body: impl FnOnce() -> R) -> R {
        let depth = DEPTH.try_with(|depth| depth.replace(depth.get() + 1) + 1).unwrap_or(1);
        DEEPEST.fetch_max(depth, Ordering::Relaxed);
        let result = body();
        let _ = DEPTH.try_with(|depth| depth.set(depth.get() - 1));
        result
    }
}

// SAFETY: every call goes to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let _ = COUNT.try_with(|count| count.set(count.get() + 1));
        // SAFETY: the caller's promises are passed on.
        Self::inside(|| unsafe { System.alloc(layout) })
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: the caller's promises are passed on.
        Self::inside(|| unsafe { System.dealloc(block, layout) });
    }
}

/// Hooks of the tracked allocator around everything, to see nesting from outside.
struct Outer(TrackedAlloc<Counting>);

static OUTER_DEEPEST: AtomicUsize = AtomicUsize::new(0);

thread_local! {
    static OUTER_DEPTH: Cell<usize> = const { Cell::new(0) };
}

impl Outer {
    fn inside<R>(body: impl FnOnce() -> R) -> R {
        let depth = OUTER_DEPTH.try_with(|depth| depth.replace(depth.get() + 1) + 1).unwrap_or(1);
        OUTER_DEEPEST.fetch_max(depth, Ordering::Relaxed);
        let result = body();
        let _ = OUTER_DEPTH.try_with(|depth| depth.set(depth.get() - 1));
        result
    }
}

// SAFETY: every call goes to the tracked allocator as it came.
unsafe impl GlobalAlloc for Outer {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promises are passed on.
        Self::inside(|| unsafe { self.0.alloc(layout) })
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: the caller's promises are passed on.
        Self::inside(|| unsafe { self.0.dealloc(block, layout) });
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        // SAFETY: the caller's promises are passed on.
        Self::inside(|| unsafe { self.0.realloc(block, layout, new_size) })
    }
}

#[global_allocator]
static ALLOC: Outer = Outer(TrackedAlloc::new(Counting));

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    safe fn readv(fd: c_int, iov: *const libc::iovec, iovcnt: c_int) -> isize;
}

/// The level is the whole process's.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

fn allocations(body: impl FnOnce()) -> usize {
    let before = COUNT.with(Cell::get);
    body();
    COUNT.with(Cell::get) - before
}

fn zeros() -> c_int {
    // SAFETY: a C string.
    let fd = unsafe { libc::open(c"/dev/zero".as_ptr(), libc::O_RDONLY) };
    assert!(fd >= 0);
    fd
}

#[test]
fn a_flow_through_call_allocates_nothing_up_to_sixteen_buffers() {
    let _alone = alone();
    let fd = zeros();
    for level in [pinned_ffi::Level::Off, pinned_ffi::Level::Cheap, pinned_ffi::Level::Full] {
        pinned_ffi::set_level(level);
        for count in [0, 1, 8, 15, 16] {
            let mut buffers = vec![[1_u8; 3]; count];
            // The very first call on this thread counts as well.
            let made = allocations(|| assert_eq!(readv(fd, &mut buffers).expect("zeros never end"), 3 * count));
            // What full compares after the call is kept on the heap.
            assert!(made == 0 || level == pinned_ffi::Level::Full, "{made} for {count} buffers at {}", level.name());
            assert!(buffers.iter().all(|buffer| *buffer == [0; 3]));
        }
        let mut buffers = vec![[1_u8; 3]; 17];
        let made = allocations(|| assert_eq!(readv(fd, &mut buffers).expect("zeros never end"), 51));
        assert!(made >= 1, "beyond sixteen the vector is built on the heap");
    }
}

/// Also where a pinner has been used before, and where its owners are boxes that it drops.
#[test]
fn the_first_eight_pins_allocate_nothing_and_storage_is_kept() {
    let _alone = alone();
    let boxes = || (0..1000_u64).map(Box::new).collect::<Vec<_>>();
    let mut pinner = pinned_ffi::Pinner::new();
    let mut pin = |mut owners: Vec<Box<u64>>, count: usize| {
        owners.truncate(count);
        let made = allocations(|| {
            for owner in owners.drain(..) {
                pinner.pin(owner);
            }
            assert_eq!(pinner.len(), count);
        });
        pinner.unpin();
        pinner.unpin();
        assert!(pinner.is_empty());
        made
    };
    // The table of this thread's pins is mapped by the system.
    assert_eq!(pin(boxes(), 8), 0);
    assert!(pin(boxes(), 9) > 0);
    assert!(pin(boxes(), 1000) > 0);
    assert_eq!((pin(boxes(), 1000), pin(boxes(), 8)), (0, 0), "its storage is kept");
    let borrowed = boxes();
    let made = allocations(|| {
        let mut pinner = pinned_ffi::Pinner::new();
        borrowed[..8].iter().for_each(|one| _ = pinner.pin(&**one));
        assert_eq!(pinner.len(), 8);
    });
    assert_eq!(made, 0);
}

#[test]
fn hooks_never_nest() {
    let _alone = alone();
    pinned_ffi::set_level(pinned_ffi::Level::Full);
    std::thread::scope(|scope| {
        for thread in 0..4 {
            scope.spawn(move || {
                let mut kept = Vec::new();
                for round in 0..5000_usize {
                    kept.push(vec![round as u8; 1 + round * (thread + 3) % 700]);
                    if round % 3 == 0 {
                        kept.swap_remove(round / 7 % kept.len());
                    }
                    if let Some(block) = kept.last_mut() {
                        block.extend_from_slice(&[1; 40]);
                    }
                }
                assert!(kept.iter().all(|block| block.len() > 40 || block.iter().all(|byte| *byte == block[0])));
            });
        }
    });
    assert_eq!(DEEPEST.load(Ordering::Relaxed), 1, "the inner allocator is never called from inside itself");
    assert_eq!(OUTER_DEEPEST.load(Ordering::Relaxed), 1, "a hook never allocates");
}
