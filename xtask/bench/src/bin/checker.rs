//! Single parts of the checker, measured: calls whose contract asks for one of them, with 4 KiB of memory.

use libc::{c_void, size_t};
use pinned_ffi_bench::Bench;
use std::hint::black_box;
use std::time::Instant;

#[global_allocator]
static ALLOC: pinned_ffi::TrackedAlloc = pinned_ffi::TrackedAlloc::system();

const BYTES: usize = 4096;

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    /// C may keep the pointer, so it gets no copy: the bytes are compared where they are (PF021).
    #[link_name = "work_bytes"]
    fn digest(
        #[input]
        #[sized_by(n)]
        bytes: *const c_void,
        n: size_t,
    ) -> size_t;
    /// The same of what C fills: fences are looked at (PF022), and what was left as it was (PF024).
    #[link_name = "work_fill"]
    fn canary(
        #[out]
        #[sized_by(n)]
        #[filled_by(return)]
        room: *mut c_void,
        n: size_t,
    ) -> size_t;
    #[guarded(never)]
    #[link_name = "work_bytes"]
    fn copy(
        #[input]
        #[sized_by(n)]
        #[noescape]
        bytes: *const c_void,
        n: size_t,
    ) -> size_t;
    #[guarded(always)]
    #[link_name = "work_bytes"]
    fn guard(
        #[input]
        #[sized_by(n)]
        #[noescape]
        bytes: *const c_void,
        n: size_t,
    ) -> size_t;
    /// One call in so many searches static memory for pointers that C has kept (PF020): these are timed alone.
    #[link_name = "work_bytes"]
    fn scan(
        #[input]
        #[sized_by(n)]
        bytes: *const c_void,
        n: size_t,
    ) -> size_t;
}

/// Calls from one search to the next (`EVERY` in `runtime/src/watch/guard.rs`).
const EVERY: usize = 256;

fn main() {
    let bench = Bench::from_args();
    let bytes = vec![1_u8; BYTES];
    let mut room = vec![0_u8; BYTES];
    let at = bytes.as_ptr().cast::<c_void>();
    // What anybody pays who looks at the bytes once.
    bench.figure("memcpy", 1, || black_box(&mut room[..]).copy_from_slice(black_box(&bytes)));
    // SAFETY: a buffer and its length.
    bench.figure("bare", 1, || _ = black_box(unsafe { raw::copy(black_box(at), BYTES) }));
    // SAFETY: a buffer and its length.
    bench.figure("digest", 1, || _ = black_box(unsafe { digest(black_box(at), BYTES) }));
    bench.figure("canary", 1, || {
        // SAFETY: a buffer and its length.
        black_box(unsafe { canary(black_box(room.as_mut_ptr().cast()), BYTES) });
    });
    // SAFETY: a buffer and its length.
    bench.figure("copy", 1, || _ = black_box(unsafe { copy(black_box(at), BYTES) }));
    // SAFETY: a buffer and its length.
    bench.figure("guard", 1, || _ = black_box(unsafe { guard(black_box(at), BYTES) }));
    bench.value("scan", || {
        let mut searched = Vec::new();
        for call in 0..EVERY * 32 {
            let started = Instant::now();
            // SAFETY: a buffer and its length.
            black_box(unsafe { scan(black_box(at), BYTES) });
            let taken = started.elapsed().as_nanos() as f64;
            if call > 0 && call % EVERY == 0 {
                searched.push(taken);
            }
        }
        searched.sort_by(f64::total_cmp);
        searched[searched.len() / 2]
    });
}
