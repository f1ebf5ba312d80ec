//! `TrackedAlloc` as the global allocator: contents and addresses against a model, with pins, from several threads.

#![allow(clippy::multiple_unsafe_ops_per_block, reason = "raw blocks are what is tested")]

use pinned_ffi::{Handle, Pinned, Pinner, TrackedAlloc, pin_count, pins, scope};
use proptest::prelude::*;
use std::alloc::{Layout, alloc, alloc_zeroed, dealloc, realloc};

#[global_allocator]
static ALLOC: TrackedAlloc = TrackedAlloc::system();

/// A live block: its address, layout, and the byte it is filled with.
#[derive(Clone, Copy, Debug)]
struct Block {
    start: *mut u8,
    layout: Layout,
    fill: u8,
}

impl Block {
    fn fill(self, from: usize) {
        for at in from..self.layout.size() {
            // SAFETY: inside a live block of our own.
            unsafe { self.start.add(at).write(self.fill) };
        }
    }

    fn check(self, until: usize) {
        for at in 0..until {
            // SAFETY: inside a live block of our own, filled before.
            assert_eq!(unsafe { self.start.add(at).read() }, self.fill, "{self:?} at {at}");
        }
    }
}

#[derive(Clone, Copy, Debug)]
enum Step {
    Alloc { size: usize, align: usize, zeroed: bool },
    Free(usize),
    Realloc(usize, usize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let size = prop_oneof![6 => 1_usize..100, 6 => 1_usize..5000, 1 => 1_usize..300_000];
    let step = prop_oneof![
        3 => (size.clone(), 0_u32..9, any::<bool>()).prop_map(|(size, align, zeroed)| Step::Alloc { size, align: 1 << align, zeroed }),
        2 => any::<usize>().prop_map(Step::Free),
        2 => (any::<usize>(), size).prop_map(|(which, size)| Step::Realloc(which, size)),
    ];
    prop::collection::vec(step, 0..200)
}

fn run(steps: &[Step]) {
    let mut live: Vec<Block> = Vec::new();
    for (number, step) in steps.iter().enumerate() {
        match *step {
            Step::Alloc { size, align, zeroed } => {
                let layout = Layout::from_size_align(size, align).expect("a small power of two");
                // SAFETY: the layout is not empty.
                let start = unsafe { if zeroed { alloc_zeroed(layout) } else { alloc(layout) } };
                assert!(!start.is_null() && start.addr().is_multiple_of(align));
                if zeroed {
                    Block { start, layout, fill: 0 }.check(size);
                }
                let block = Block { start, layout, fill: number as u8 };
                // Nobody else's memory: not even a byte of a live block.
                for other in &live {
                    let (a, b) = (start.addr(), other.start.addr());
                    assert!(a + size <= b || b + other.layout.size() <= a, "{block:?} overlaps {other:?}");
                }
                block.fill(0);
                live.push(block);
            }
            Step::Free(which) if !live.is_empty() => {
                let block = live.swap_remove(which % live.len());
                block.check(block.layout.size());
                // SAFETY: a live block of our own with its layout.
                unsafe { dealloc(block.start, block.layout) };
            }
            Step::Realloc(which, size) if !live.is_empty() => {
                let which = which % live.len();
                let block = live[which];
                // SAFETY: a live block of our own with its layout; the new size is not zero.
                let start = unsafe { realloc(block.start, block.layout, size) };
                assert!(!start.is_null());
                let layout = Layout::from_size_align(size, block.layout.align()).expect("a small power of two");
                let moved = Block { start, layout, fill: block.fill };
                moved.check(size.min(block.layout.size()));
                moved.fill(block.layout.size().min(size));
                live[which] = moved;
            }
            Step::Free(_) | Step::Realloc(..) => {}
        }
    }
    for block in live {
        block.check(block.layout.size());
        // SAFETY: a live block of our own with its layout.
        unsafe { dealloc(block.start, block.layout) };
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn memory_is_what_an_allocator_promises(steps in steps()) {
        run(&steps);
    }

    #[test]
    fn from_several_threads(lists in prop::collection::vec(steps(), 4)) {
        std::thread::scope(|scope| {
            for steps in &lists {
                scope.spawn(|| run(steps));
            }
        });
    }
}

#[test]
fn pins_add_up_and_end() {
    let owner = vec![1_u8; 100].into_boxed_slice();
    let inside = owner.as_ptr().wrapping_add(77);
    let (mut first, mut second) = (Pinner::new(), Pinner::new());
    first.pin(&owner[..]);
    assert_eq!(pin_count(inside), 1, "the whole block is pinned");
    second.pin(&owner[..]);
    second.pin(&owner[50..]);
    assert_eq!(pin_count(inside), 3);
    second.unpin();
    assert_eq!(pin_count(inside), 1);
    second.unpin();
    drop(first);
    assert_eq!(pin_count(inside), 0);
    static FIXED: u8 = 1;
    let mut third = Pinner::new();
    third.pin(&FIXED);
    assert_eq!((pin_count(&raw const FIXED), third.len()), (0, 1), "statics need no pin");
}

#[test]
fn threads_pin_the_same_blocks_side_by_side() {
    let owners: Vec<Box<u64>> = (0..64).map(Box::new).collect();
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let owners = &owners;
            scope.spawn(move || {
                for round in 0..500 {
                    let mut pinner = Pinner::new();
                    for owner in owners.iter().skip(thread + round % 16).step_by(7) {
                        pinner.pin(&**owner);
                        assert!(pin_count(&raw const **owner) >= 1);
                    }
                }
            });
        }
    });
    assert!(owners.iter().all(|owner| pin_count(&raw const **owner) == 0));
}

#[test]
fn every_kind_of_pin_counts_and_ends() {
    let owner = vec![1_u8; 100];
    let at = owner.as_ptr();
    let pinned = Pinned::new(owner);
    assert_eq!(pin_count(at.wrapping_add(99)), 1);
    let owner = pinned.unpin();
    assert_eq!((pin_count(at), owner.as_ptr()), (0, at));
    let mut owner = owner;
    scope(|s| {
        // The pin is the scope's: what it gives may go at once.
        s.pin(&mut owner[10..20]);
        assert_eq!(pin_count(at), 1);
        scope(|inner| {
            inner.own(vec![2_u8; 8]);
            assert_eq!((inner.len(), s.len()), (1, 1));
        });
        assert_eq!(pin_count(at), 1);
    });
    assert_eq!(pin_count(at), 0);
    let panic = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        scope(|s| {
            s.pin(&owner[..]);
            assert_eq!(pin_count(at), 1);
            std::panic::panic_any(7_u8)
        })
    }));
    let panic: Result<(), _> = panic;
    assert_eq!(panic.expect_err("it panicked").downcast_ref::<u8>(), Some(&7));
    assert_eq!(pin_count(at), 0);
    let handle = Handle::new([3_u64; 4]);
    let mut pinner = Pinner::new();
    let value = handle.pin(&mut pinner).expect("it is there");
    assert_eq!(pin_count(value), 1);
    drop(handle.remove());
    // SAFETY: the pinner has a share of the value.
    assert_eq!((pin_count(value), unsafe { value.read() }), (1, [3; 4]));
    pinner.unpin();
}

#[test]
fn a_pointer_into_an_unpinned_block_is_not_stored() {
    let mut block = vec![1_u8; 32];
    let mut slot = std::ptr::null_mut::<u8>();
    let at = block.as_mut_ptr();
    let mut pinner = Pinner::new();
    let refused = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        // SAFETY: the slot outlives the pinner.
        unsafe { pinner.store(&raw mut slot, at) };
    }));
    let panic = refused.expect_err("nobody has pinned it");
    assert!(
        panic
            .downcast_ref::<String>()
            .is_some_and(|text| text.starts_with("error[PF027]: `pointer` points to Rust memory that is not pinned"))
    );
    assert!(slot.is_null());
    pinner.pin(block);
    // SAFETY: as above.
    unsafe { pinner.store(&raw mut slot, at) };
    assert_eq!(slot, at);
    drop(pinner);
    assert!(slot.is_null());
}

#[test]
fn pins_are_listed_with_their_places() {
    let blocks: Vec<Vec<u8>> = (1..=500).map(|number| vec![0; 1000 + number]).collect();
    let mut pinner = Pinner::new();
    let here = line!() + 2;
    for block in &blocks {
        pinner.pin(&block[..]);
    }
    let again = Pinned::new(&blocks[7][..]);
    let listed = pins();
    for (number, block) in blocks.iter().enumerate() {
        let at = block.as_ptr().addr();
        let found = listed.iter().find(|pinned| pinned.extent.start.0 == at).expect("every block is listed");
        assert_eq!((found.extent.bytes, found.pins), (1001 + number, if number == 7 { 2 } else { 1 }));
        assert_eq!((found.sites[0].file(), found.sites[0].line()), (file!(), here));
        assert_eq!(found.sites.len(), found.pins as usize);
    }
    assert!(listed.is_sorted_by_key(|pinned| pinned.extent.start.0));
    drop((pinner, again));
    let left = pins();
    assert!(blocks.iter().all(|block| !left.iter().any(|pinned| pinned.extent.start.0 == block.as_ptr().addr())));
}

/// Small blocks have a range of addresses, of which a program with a limit (`ulimit -v`) does not know.
#[cfg(target_os = "linux")]
#[test]
fn a_limit_on_address_space_is_left_to_the_program() {
    const NAME: &str = "a_limit_on_address_space_is_left_to_the_program";
    const IS_LIMITED: &str = "PINNED_FFI_TEST_IS_LIMITED";
    // What AddressSanitizer needs for itself is more.
    if std::env::var_os("ASAN_OPTIONS").is_some() {
        return;
    }
    if std::env::var_os(IS_LIMITED).is_some() {
        let small = std::hint::black_box(vec![7_u8; 40]);
        let mut large: Vec<u8> = Vec::new();
        large.try_reserve_exact(4 << 30).expect("four of six GiB");
        assert_eq!((std::hint::black_box(&large).capacity(), small[39]), (4 << 30, 7));
        return;
    }
    let output = std::process::Command::new("sh")
        .args(["-c", "ulimit -v 6291456 && exec \"$0\" --exact \"$1\""])
        .arg(std::env::current_exe().expect("this program"))
        .arg(NAME)
        .env(IS_LIMITED, "1")
        .output()
        .expect("a shell");
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && told.contains("1 passed"), "{told}{}", String::from_utf8_lossy(&output.stderr));
}
