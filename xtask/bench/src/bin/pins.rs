//! Pins and handles, measured: a line for each, its name and the nanoseconds of one operation.
//!
//! `pins NAME COUNT` runs one of them that often and says nothing: for tools that count instructions.

use pinned_ffi::{CVec, Handle, Pinner, pin_count, scope};
use std::hint::black_box;
use std::time::{Duration, Instant};

#[global_allocator]
static ALLOC: pinned_ffi::TrackedAlloc = pinned_ffi::TrackedAlloc::system();

/// How long one figure is measured.
const SPAN: Duration = Duration::from_millis(40);

/// Runs `body` with growing counts until it takes long enough; nanoseconds of one of `each` operations in a turn.
fn measure(name: &str, each: usize, mut body: impl FnMut()) {
    let mut words = std::env::args().skip(1);
    if let (Some(only), Some(count)) = (words.next(), words.next()) {
        let count = if only == name { count.parse().expect("a number") } else { 0 };
        return (0..count).for_each(|_| body());
    }
    let mut count = 1_usize;
    loop {
        let started = Instant::now();
        for _ in 0..count {
            body();
        }
        let taken = started.elapsed();
        if taken >= SPAN {
            println!("{name} {}", taken.as_nanos() as f64 / (count * each) as f64);
            return;
        }
        count =
            (count * 2).max((count as f64 * SPAN.as_nanos() as f64 * 1.2 / taken.as_nanos().max(1) as f64) as usize);
    }
}

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
    let one = blocks(1);
    let mut pinner = Pinner::new();
    measure("pin_once", 1, || {
        black_box(pinner.pin(&*one[0]));
        pinner.unpin();
    });
    measure("pin_twice", 1, || {
        black_box(pinner.pin(&*one[0]));
        black_box(pinner.pin(&*one[0]));
        pinner.unpin();
    });
    drop(pinner);
    let thousand = blocks(1000);
    measure("pin_batch", 1, || pin_all(&thousand, 1));
    measure("pin_batch_twice", 1, || pin_all(&thousand, 2));
    let many = blocks(100_000);
    measure("pin_few_twice", 10_000, || pin_all(&many[..10_000], 2));
    measure("pin_many_twice", many.len(), || pin_all(&many, 2));
    drop(many);
    parallel();

    let mut pinner = Pinner::new();
    pinner.pin(&*one[0]);
    measure("is_pinned", 1, || {
        black_box(pin_count(black_box(&raw const *one[0])) > 0);
    });
    measure("is_not_pinned", 1, || {
        black_box(pin_count(black_box(&raw const *thousand[500])) > 0);
    });
    drop(pinner);

    measure("handle", 1, || {
        let handle = Handle::new(black_box(7_u64));
        black_box(handle.get()).expect("it is there");
        handle.remove().expect("it is there");
    });

    copies();

    measure("pin_owner", 1, || {
        let mut pinner = Pinner::new();
        black_box(pinner.pin(black_box(Box::new([1_u64; 8]))));
    });
    measure("hold_owner", 1, || {
        let owner = black_box(Box::new([1_u64; 8]));
        black_box(&raw const *owner);
    });
}

/// Buffers of several sizes given to C for a while: each pinned, or copied to C's memory and back.
fn copies() {
    const BUFFERS: usize = 64;
    for bytes in [64, 1024, 4096, 65536] {
        let mut buffers: Vec<Vec<u8>> = (0..BUFFERS).map(|_| vec![1; bytes]).collect();
        measure(&format!("pin_{bytes}"), BUFFERS, || {
            scope(|s| {
                for buffer in &mut buffers {
                    black_box(s.pin(&mut buffer[..]).as_ptr());
                }
            });
        });
        measure(&format!("copy_{bytes}"), BUFFERS, || {
            for buffer in &mut buffers {
                let of_c = black_box(CVec::from_slice(buffer));
                buffer.copy_from_slice(&of_c);
            }
        });
    }
}

/// Wall time of one operation with all cores at it.
fn parallel() {
    if std::env::args().len() > 1 {
        return;
    }
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
    println!("pin_parallel {}", started.elapsed().as_nanos() as f64 / (count * cores) as f64);
}
