//! The heap, measured: the tracked allocator beside the one that it wraps, in one process.

use pinned_ffi::{TrackedAlloc, pin_count};
use pinned_ffi_bench::{Bench, Numbers};
use std::alloc::{GlobalAlloc, Layout, System};
use std::collections::BTreeMap;
use std::hint::black_box;
use std::sync::Barrier;
use std::time::Instant;

#[global_allocator]
static ALLOC: TrackedAlloc = TrackedAlloc::system();

/// Blocks that are alive at once.
const BATCH: usize = 1000;

fn layout(bytes: usize) -> Layout {
    Layout::from_size_align(bytes, 8).expect("a size and an alignment")
}

/// A block, with its first byte written: memory that nobody touches is free of cost.
fn allocate<A: GlobalAlloc>(heap: &A, layout: Layout) -> *mut u8 {
    // SAFETY: the size is not 0.
    let block = unsafe { heap.alloc(layout) };
    assert!(!block.is_null());
    // SAFETY: a block of at least one byte, and nobody else has it.
    unsafe { block.write(1) };
    black_box(block)
}

/// # Safety
///
/// The block is of this heap and layout, and is not used again.
unsafe fn free<A: GlobalAlloc>(heap: &A, block: *mut u8, layout: Layout) {
    // SAFETY: the caller's promise.
    unsafe { heap.dealloc(black_box(block), layout) };
}

fn figures<A: GlobalAlloc + Sync>(bench: &Bench, who: &str, heap: &A) {
    for bytes in [16, 64, 256, 1024, 4096, 65536, 1 << 20] {
        let layout = layout(bytes);
        bench.figure(&format!("{who}_pair_{bytes}"), 1, || {
            let block = allocate(heap, layout);
            // SAFETY: it was just made.
            unsafe { free(heap, block, layout) };
        });
    }
    for bytes in [16, 64, 256, 1024] {
        let layout = layout(bytes);
        let mut blocks = Vec::with_capacity(BATCH);
        bench.figure(&format!("{who}_batch_{bytes}"), BATCH, || {
            blocks.extend((0..BATCH).map(|_| allocate(heap, layout)));
            for block in blocks.drain(..) {
                // SAFETY: it was made above, once.
                unsafe { free(heap, block, layout) };
            }
        });
    }
    // As a `Vec` of bytes that grows from 8 to 1 MiB.
    bench.figure(&format!("{who}_grow"), 17, || {
        let mut bytes = 8;
        let mut block = allocate(heap, layout(bytes));
        while bytes < 1 << 20 {
            // SAFETY: of this heap, with the layout it has now.
            block = unsafe { heap.realloc(block, layout(bytes), bytes * 2) };
            assert!(!black_box(block).is_null());
            bytes *= 2;
        }
        // SAFETY: with the layout it has now.
        unsafe { free(heap, block, layout(bytes)) };
    });
    bench.value(&format!("{who}_two_threads"), || two_threads(heap));
}

/// Nanoseconds of wall time for a pair, while another thread does the same.
fn two_threads<A: GlobalAlloc + Sync>(heap: &A) -> f64 {
    const THREADS: usize = 2;
    const PAIRS: usize = 500_000;
    let start = Barrier::new(THREADS);
    let spans: Vec<(Instant, Instant)> = std::thread::scope(|scope| {
        let work = || {
            let mut numbers = Numbers(3);
            let layouts: Vec<Layout> = (0..64).map(|_| layout(8 + numbers.next(512))).collect();
            start.wait();
            let started = Instant::now();
            for turn in 0..PAIRS {
                let layout = layouts[turn % layouts.len()];
                let block = allocate(heap, layout);
                // SAFETY: it was just made.
                unsafe { free(heap, block, layout) };
            }
            (started, Instant::now())
        };
        let threads: Vec<_> = (0..THREADS).map(|_| scope.spawn(work)).collect();
        threads.into_iter().map(|thread| thread.join().expect("it does not panic")).collect()
    });
    // From the first that began to the last that ended.
    let began = spans.iter().map(|span| span.0).min().expect("two threads");
    let ended = spans.iter().map(|span| span.1).max().expect("two threads");
    (ended - began).as_nanos() as f64 / (PAIRS * THREADS) as f64
}

/// Which block an address inside is in: ours, and what a program would write for itself.
fn lookups(bench: &Bench) {
    const LIVE: usize = 10_000;
    let mut numbers = Numbers(5);
    let blocks: Vec<Vec<u8>> = (0..LIVE).map(|_| vec![0; 32 + numbers.next(256)]).collect();
    let inside: Vec<*const u8> =
        (0..1024).map(|_| &blocks[numbers.next(LIVE)]).map(|block| &raw const block[block.len() / 2]).collect();
    bench.figure("lookup", inside.len(), || {
        for at in &inside {
            black_box(pin_count(black_box(*at)));
        }
    });
    bench.figure_of("lookup_by_tree", inside.len(), || {
        let tree: BTreeMap<usize, usize> = blocks.iter().map(|block| (block.as_ptr().addr(), block.len())).collect();
        let inside = &inside;
        move || {
            for at in inside {
                let at = black_box(*at).addr();
                let found = tree.range(..=at).next_back().filter(|(start, len)| at - **start < **len);
                assert!(black_box(found).is_some());
            }
        }
    });
}

fn main() {
    let bench = Bench::from_args();
    figures(&bench, "system", &System);
    figures(&bench, "tracked", &ALLOC);
    lookups(&bench);
}
