//! Pins and handles, measured.

use pinned_ffi::{Handle, Pinned, Pinner, pin_count};
use pinned_ffi_bench::Bench;
use std::hint::black_box;
use std::time::Instant;

#[global_allocator]
static ALLOC: pinned_ffi::TrackedAlloc = pinned_ffi::TrackedAlloc::system();

#[expect(clippy::vec_box, reason = "blocks of their own are what is pinned")]
fn blocks(count: usize) -> Vec<Box<[u64; 8]>> {
    (0..count).map(|_| Box::new([1; 8])).collect()
}

fn pin_all(blocks: &[Box<[u64; 8]>], times: usize) {
    let mut pinner = Pinner::new();
    for block in blocks {
        for _ in 0..times {
            black_box(pinner.pin(&**block));
        }
    }
    pinner.unpin();
}

fn main() {
    let bench = Bench::from_args();
    let one = blocks(1);
    let mut pinner = Pinner::new();
    bench.figure("pin_once", 1, || {
        black_box(pinner.pin(&*one[0]));
        pinner.unpin();
    });
    bench.figure("pin_twice", 1, || {
        black_box(pinner.pin(&*one[0]));
        black_box(pinner.pin(&*one[0]));
        pinner.unpin();
    });
    drop(pinner);
    let thousand = blocks(1000);
    bench.figure("pin_batch", 1, || pin_all(&thousand, 1));
    bench.figure("pin_batch_twice", 1, || pin_all(&thousand, 2));
    for (name, count) in [("pin_few_twice", 10_000), ("pin_many_twice", 100_000)] {
        bench.figure_of(name, count, || {
            let many = blocks(count);
            move || pin_all(&many, 2)
        });
    }
    bench.value("pin_parallel", parallel);

    let mut pinner = Pinner::new();
    pinner.pin(&*one[0]);
    bench.figure("is_pinned", 1, || {
        black_box(pin_count(black_box(&raw const *one[0])) > 0);
    });
    bench.figure("is_not_pinned", 1, || {
        black_box(pin_count(black_box(&raw const *thousand[500])) > 0);
    });
    drop(pinner);

    bench.figure("handle", 1, || {
        let handle = Handle::new(black_box(7_u64));
        black_box(handle.get()).expect("it is there");
        handle.remove().expect("it is there");
    });

    bench.figure("pin_owner", 1, || {
        let mut pinner = Pinner::new();
        black_box(pinner.pin(black_box(Box::new([1_u64; 8]))));
    });
    bench.figure("pinned_owner", 1, || {
        let owner = Pinned::new(black_box(Box::new([1_u64; 8])));
        black_box(owner.as_ptr());
    });
    bench.figure("hold_owner", 1, || {
        let owner = black_box(Box::new([1_u64; 8]));
        black_box(&raw const *owner);
    });
}

/// Wall time of one operation with all cores at it.
fn parallel() -> f64 {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let count = 4_000_000;
    let started = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                let one = blocks(1);
                let mut pinner = Pinner::new();
                for _ in 0..count {
                    black_box(pinner.pin(&*one[0]));
                    pinner.unpin();
                }
            });
        }
    });
    started.elapsed().as_nanos() as f64 / (count * cores) as f64
}
