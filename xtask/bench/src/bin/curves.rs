//! How cost grows: with buffers in a vector, pins, live blocks and threads.
//!
//! Figures are for one buffer, pin, pair or look-up, so that a flat line is what one wants.

use pinned_ffi::{Pinner, TrackedAlloc, pin_count};
use pinned_ffi_bench::{Bench, Numbers};
use std::alloc::{GlobalAlloc, Layout, System};
use std::hint::black_box;
use std::sync::Barrier;

#[path = "../work.rs"]
mod work;

#[global_allocator]
static ALLOC: TrackedAlloc = TrackedAlloc::system();

/// Of a buffer, and of a live block.
const BYTES: usize = 64;
/// Blocks that are exchanged, and addresses that are looked up, in one turn.
const TURN: usize = 1000;

/// Live blocks of a heap, some of which are exchanged for new ones in each turn.
struct Live<'a, A: GlobalAlloc> {
    heap: &'a A,
    blocks: Vec<*mut u8>,
    numbers: Numbers,
}

const LAYOUT: Layout = Layout::new::<[u64; BYTES / 8]>();

impl<'a, A: GlobalAlloc> Live<'a, A> {
    fn new(heap: &'a A, count: usize) -> Self {
        // SAFETY: the size is not 0.
        let blocks = (0..count).map(|_| unsafe { heap.alloc(LAYOUT) }).collect();
        Self { heap, blocks, numbers: Numbers(7) }
    }

    fn turn(&mut self) {
        for _ in 0..TURN {
            let at = self.numbers.next(self.blocks.len());
            // SAFETY: made by this heap with this layout, and replaced below.
            unsafe { self.heap.dealloc(self.blocks[at], LAYOUT) };
            // SAFETY: the size is not 0.
            self.blocks[at] = black_box(unsafe { self.heap.alloc(LAYOUT) });
        }
    }
}

impl<A: GlobalAlloc> Drop for Live<'_, A> {
    fn drop(&mut self) {
        for block in self.blocks.drain(..) {
            // SAFETY: made by this heap with this layout.
            unsafe { self.heap.dealloc(block, LAYOUT) };
        }
    }
}

fn blocks(bench: &Bench) {
    for n in [1, 10, 100, 1000, 10_000, 100_000, 1_000_000] {
        bench.figure_of(&format!("live_{n}"), TURN, || {
            let mut live = Live::new(&ALLOC, n);
            move || live.turn()
        });
        bench.figure_of(&format!("live_{n}_system"), TURN, || {
            let mut live = Live::new(&System, n);
            move || live.turn()
        });
        bench.figure_of(&format!("lookup_{n}"), TURN, || {
            let mut live = Live::new(&ALLOC, n);
            move || {
                for _ in 0..TURN {
                    let at = live.numbers.next(live.blocks.len());
                    black_box(pin_count(live.blocks[at].wrapping_add(BYTES / 2)));
                }
            }
        });
    }
}

fn buffers(count: usize) -> Vec<Vec<u8>> {
    (0..count).map(|_| vec![1; BYTES]).collect()
}

fn pins(bench: &Bench) {
    for n in [1, 10, 100, 1000, 10_000, 100_000] {
        bench.figure_of(&format!("pins_{n}"), n, || {
            let buffers = buffers(n);
            move || {
                let mut pinner = Pinner::new();
                for buffer in &buffers {
                    black_box(pinner.pin(&buffer[..]));
                }
                pinner.unpin();
            }
        });
    }
}

fn flow(bench: &Bench) {
    for n in [1, 4, 16, 64, 256, 1024, 4096] {
        bench.figure_of(&format!("flow_{n}"), n, || {
            let mut buffers = buffers(n);
            move || _ = black_box(work::work_vector(black_box(&mut buffers[..])))
        });
        bench.figure_of(&format!("flow_{n}_bare"), n, || {
            let mut buffers = buffers(n);
            let mut vector: Vec<libc::iovec> = Vec::new();
            move || {
                vector.clear();
                let entry = |buffer: &mut Vec<u8>| libc::iovec { iov_base: buffer.as_mut_ptr().cast(), iov_len: BYTES };
                vector.extend(buffers.iter_mut().map(entry));
                let count = libc::c_int::try_from(vector.len()).expect("small");
                // SAFETY: `n` entries that name buffers of ours.
                black_box(unsafe { work::raw::work_vector(black_box(vector.as_ptr()), count) });
            }
        });
    }
}

/// What many threads do at once: pins of blocks of their own, pairs on the heap, checked calls.
fn threads(bench: &Bench) {
    for count in [1, 2, 4, 8, 16, 32, 64] {
        bench.value(&format!("threads_{count}"), || together(count));
    }
}

/// Nanoseconds of processor time of one operation. Who waits for a lock burns it.
fn together(threads: usize) -> f64 {
    const OPERATIONS: usize = 256_000;
    let each = OPERATIONS / threads;
    let start = Barrier::new(threads);
    let spent = std::thread::scope(|scope| {
        let work = || {
            let block = vec![1_u8; BYTES];
            start.wait();
            let before = processor_time();
            let mut pinner = Pinner::new();
            for _ in 0..each {
                black_box(pinner.pin(&block[..]));
                pinner.unpin();
                black_box(Box::new([0_u8; BYTES]));
                black_box(work::work_bytes(black_box(&block)));
            }
            processor_time() - before
        };
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        threads.into_iter().map(|thread| thread.join().expect("it does not panic")).sum::<f64>()
    });
    spent / (each * threads) as f64
}

/// Of this thread, in nanoseconds.
fn processor_time() -> f64 {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: a clock that every Linux has, and a place for the time.
    assert_eq!(unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &raw mut time) }, 0);
    time.tv_sec as f64 * 1e9 + time.tv_nsec as f64
}

/// What a curve that grows with the square looks like: the test of growth must see it.
fn square(bench: &Bench) {
    for n in [100, 1000] {
        bench.figure_of(&format!("square_{n}"), n, || {
            let numbers: Vec<usize> = (0..n).collect();
            move || {
                for one in &numbers {
                    black_box(numbers.iter().filter(|other| black_box(**other) < *one).count());
                }
            }
        });
    }
}

fn main() {
    let bench = Bench::from_args();
    blocks(&bench);
    pins(&bench);
    flow(&bench);
    threads(&bench);
    square(&bench);
}
