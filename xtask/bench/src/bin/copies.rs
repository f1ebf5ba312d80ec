//! Buffers of several sizes given to C for a while: each pinned, or copied to C's memory and back.

use pinned_ffi::{CVec, scope};
use pinned_ffi_bench::Bench;
use std::hint::black_box;

#[global_allocator]
static ALLOC: pinned_ffi::TrackedAlloc = pinned_ffi::TrackedAlloc::system();

/// Buffers in one turn.
const BUFFERS: usize = 64;

fn main() {
    let bench = Bench::from_args();
    for bytes in [64, 512, 1024, 2048, 4096, 16384, 65536] {
        let buffers = || (0..BUFFERS).map(|_| vec![1_u8; bytes]).collect::<Vec<_>>();
        bench.figure_of(&format!("pin_{bytes}"), BUFFERS, || {
            let mut buffers = buffers();
            move || {
                scope(|s| {
                    for buffer in &mut buffers {
                        black_box(s.pin(&mut buffer[..]).as_ptr());
                    }
                });
            }
        });
        bench.figure_of(&format!("copy_{bytes}"), BUFFERS, || {
            let mut buffers = buffers();
            move || {
                for buffer in &mut buffers {
                    let of_c = black_box(CVec::from_slice(buffer));
                    buffer.copy_from_slice(&of_c);
                }
            }
        });
    }
}
