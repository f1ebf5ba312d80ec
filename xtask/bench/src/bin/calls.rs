//! Calls of C, measured: each kind of argument through a wrapper, and bare.
//!
//! A bare call does by hand what the wrapper's caller need not: a vector is filled, an owner kept, a panic caught.

use libc::{c_int, iovec};
use pinned_ffi::Pinner;
use pinned_ffi_bench::Bench;
use std::hint::black_box;
use std::sync::Arc;
use work::raw;

#[path = "../work.rs"]
mod work;

#[global_allocator]
static ALLOC: pinned_ffi::TrackedAlloc = pinned_ffi::TrackedAlloc::system();

/// Calls of a callback by one call of C.
const TIMES: c_int = 100;
/// As `readv` of a file system gets them.
const BUFFER: usize = 4096;

fn entry(buffer: &mut [u8]) -> iovec {
    iovec { iov_base: buffer.as_mut_ptr().cast(), iov_len: buffer.len() }
}

fn buffers(count: usize) -> Vec<Vec<u8>> {
    (0..count).map(|_| vec![1; BUFFER]).collect()
}

/// Numbers, a slice, a text, room for output.
fn single(bench: &Bench) {
    // SAFETY: a number.
    bench.figure("scalar_bare", 1, || _ = black_box(unsafe { raw::work_scalar(black_box(1)) }));
    // SAFETY: a number.
    bench.figure("scalar", 1, || _ = black_box(unsafe { work::work_scalar(black_box(1)) }));

    let numbers = Box::new([1; 16]);
    bench.figure("slice_bare", 1, || {
        let numbers = black_box(&numbers[..]);
        // SAFETY: a slice and its length.
        black_box(unsafe { raw::work_slice(numbers.as_ptr(), numbers.len()) });
    });
    bench.figure("slice_as_in_c", 1, || {
        let numbers = black_box(&numbers[..]);
        // SAFETY: a slice and its length.
        black_box(unsafe { work::slice_as_in_c(numbers.as_ptr(), numbers.len()) });
    });
    bench.figure("slice", 1, || _ = black_box(work::work_slice(black_box(&numbers[..]))));

    let bytes = vec![1_u8; BUFFER];
    bench.figure("bytes_bare", 1, || {
        let bytes = black_box(&bytes[..]);
        // SAFETY: a slice and its length.
        black_box(unsafe { raw::work_bytes(bytes.as_ptr().cast(), bytes.len()) });
    });
    bench.figure("bytes", 1, || _ = black_box(work::work_bytes(black_box(&bytes[..]))));

    let text = std::ffi::CString::new("a name of some length").expect("no zero");
    // SAFETY: a text.
    bench.figure("text_bare", 1, || _ = black_box(unsafe { raw::work_text(black_box(&text).as_ptr()) }));
    bench.figure("text", 1, || _ = black_box(work::work_text(black_box(&text))));

    let mut room = vec![0_u8; BUFFER];
    bench.figure("out_bare", 1, || {
        let room = black_box(&mut room[..]);
        // SAFETY: a slice and its length.
        let filled = unsafe { raw::work_fill(room.as_mut_ptr().cast(), room.len()) };
        // What the wrapper does in every build.
        assert!(black_box(filled) <= room.len());
    });
    bench.figure("out", 1, || _ = black_box(work::work_fill(black_box(&mut room[..]))));
}

/// Vectors of buffers: borrowed by a `safe fn`, pinned one by one for the call, pinned all along.
fn vectors(bench: &Bench) {
    for n in [1, 8, 64, 1024] {
        let mut all = buffers(n);
        let mut vector: Vec<iovec> = Vec::with_capacity(n);
        let count = c_int::try_from(n).expect("small");
        bench.figure(&format!("vector_{n}_bare"), 1, || {
            vector.clear();
            vector.extend(all.iter_mut().map(|buffer| entry(buffer)));
            // SAFETY: `n` entries that name buffers of ours.
            black_box(unsafe { raw::work_vector(black_box(vector.as_ptr()), count) });
        });
        bench.figure(&format!("vector_{n}"), 1, || _ = black_box(work::work_vector(black_box(&mut all[..]))));
        // As in Go: one pinner, an entry and a pin for each buffer.
        bench.figure(&format!("vector_{n}_pinner"), 1, || {
            let mut pinner = Pinner::new();
            vector.clear();
            for buffer in &mut all {
                vector.push(iovec { iov_base: pinner.pin(&mut buffer[..]), iov_len: BUFFER });
            }
            // SAFETY: `n` entries that name pinned buffers.
            black_box(unsafe { work::vector_as_in_c(black_box(vector.as_ptr()), count) });
            pinner.unpin();
        });
        let mut pinner = Pinner::new();
        vector.clear();
        vector.extend(all.iter_mut().map(|buffer| iovec { iov_base: pinner.pin(&mut buffer[..]), iov_len: BUFFER }));
        bench.figure(&format!("vector_{n}_held_bare"), 1, || {
            // SAFETY: `n` entries that name pinned buffers.
            black_box(unsafe { raw::work_vector(black_box(vector.as_ptr()), count) });
        });
        bench.figure(&format!("vector_{n}_held"), 1, || {
            // SAFETY: `n` entries that name pinned buffers.
            black_box(unsafe { work::vector_as_in_c(black_box(vector.as_ptr()), count) });
        });
    }
}

/// A message of eight buffers, a name and nothing else, pinned all along.
fn message(bench: &Bench) {
    let (mut all, mut name) = (buffers(8), vec![1_u8; 16]);
    let mut vector: Vec<iovec> = all.iter_mut().map(|buffer| entry(buffer)).collect();
    let mut pinner = Pinner::new();
    all.iter_mut().for_each(|buffer| _ = pinner.pin(&mut buffer[..]));
    // SAFETY: numbers and null pointers.
    let mut message: libc::msghdr = unsafe { std::mem::zeroed() };
    message.msg_iovlen = vector.len();
    message.msg_iov = pinner.pin(&mut vector[..]).cast();
    message.msg_namelen = 16;
    message.msg_name = pinner.pin(&mut name[..]);
    // SAFETY: everything in the message is pinned.
    bench.figure("message_bare", 1, || _ = black_box(unsafe { raw::work_message(black_box(&raw const message)) }));
    // SAFETY: everything in the message is pinned.
    bench.figure("message", 1, || _ = black_box(unsafe { work::work_message(black_box(&raw const message)) }));
}

/// Memory that C keeps until it gets other memory.
fn retained(bench: &Bench) {
    let bytes: Arc<[u8]> = vec![1_u8; 64].into();
    let mut kept = None;
    bench.figure("retained_bare", 1, || {
        let owner = Arc::clone(black_box(&bytes));
        // SAFETY: the owner is kept until C has let go, which is the next call.
        unsafe { raw::work_keep(owner.as_ptr().cast(), owner.len()) };
        kept = Some(owner);
    });
    bench.figure("retained", 1, || work::work_keep(Arc::clone(black_box(&bytes))));
    work::work_keep(&[0_u8; 1][..]);
    drop(kept);
}

/// What a program without wrappers has: it catches panics, for they must not unwind into C.
unsafe extern "C" fn trampoline<F: FnMut(c_int) -> c_int>(data: *mut libc::c_void, number: c_int) -> c_int {
    // SAFETY: `data` is the closure that the caller of C has borrowed for the call.
    let closure = unsafe { &mut *data.cast::<F>() };
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| closure(number))).unwrap_or(0)
}

fn repeat_bare<F: FnMut(c_int) -> c_int>(times: c_int, mut closure: F) -> c_int {
    // SAFETY: the trampoline is of the closure's type, which outlives the call.
    unsafe { raw::work_repeat(times, Some(trampoline::<F>), (&raw mut closure).cast()) }
}

/// A closure that C calls.
fn callbacks(bench: &Bench) {
    let mut sum = 0_i64;
    for (suffix, times) in [("", TIMES), ("_once", 1)] {
        let each = usize::try_from(times).expect("small");
        bench.figure(&format!("callback{suffix}_bare"), each, || {
            let step = black_box(1);
            black_box(repeat_bare(black_box(times), |number| {
                sum += i64::from(number + step);
                0
            }));
        });
        bench.figure(&format!("callback{suffix}"), each, || {
            let step = black_box(1);
            black_box(work::work_repeat(black_box(times), |number| {
                sum += i64::from(number + step);
                0
            }));
        });
    }
    black_box(sum);
}

fn main() {
    let bench = Bench::from_args();
    single(&bench);
    vectors(&bench);
    message(&bench);
    retained(&bench);
    callbacks(&bench);
}
