//! Shows what pins cost a heap that compacts, and lets C read into a pinned block while the heap is compacted around it.

use compacting_heap::{Compaction, Error, Handle, Heap};
use pinned_ffi::Pinner;
use std::ffi::{c_int, c_void};
use std::io;
use std::thread;
use std::time::{Duration, Instant};

#[global_allocator]
static ALLOC: pinned_ffi::TrackedAlloc = pinned_ffi::TrackedAlloc::system();

/// What the example calls of C; the contracts come with pinned-ffi.
mod c {
    use super::{c_int, c_void};

    #[pinned_ffi::pinned_ffi]
    unsafe extern "C" {
        /// Reads into memory that stays where it is.
        pub(super) fn read(fd: c_int, buf: *mut c_void, count: usize) -> isize;
        /// Writes from memory that stays where it is.
        pub(super) fn write(fd: c_int, buf: *const c_void, count: usize) -> isize;
        /// Both ends of a pipe.
        pub(super) fn pipe(pipefd: *mut c_int) -> c_int;
    }
}

const HEAP: usize = 64 << 10;
const BLOCKS: usize = 512;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    table()?;
    while_c_reads()?;
    println!("ok");
    Ok(())
}

/// A full heap of which every other block is freed, compacted with more and more pins in it.
fn table() -> Result<(), Error> {
    println!("a heap of {HEAP} bytes, {BLOCKS} blocks, every other one freed, then compacted:");
    println!(
        "{:>6} {:>14} {:>14} {:>16} {:>20}",
        "pins", "blocks moved", "bytes free", "in one piece", "kept apart by pins"
    );
    for pins in [0, 1, 4, 16, 64, 256] {
        let (heap, blocks) = half_empty()?;
        let mut pinner = Pinner::new();
        for pin in 0..pins {
            pinner.pin(heap.pin(blocks[blocks.len() - 1 - pin * blocks.len() / pins])?);
        }
        let Compaction { moved_blocks, free, largest, .. } = heap.compact();
        println!("{pins:>6} {moved_blocks:>14} {free:>14} {largest:>16} {:>20}", free - largest);
        pinner.unpin();
        assert_eq!(heap.compact().largest, free, "without pins all that is free is one piece");
    }
    println!("the same bytes are free each time, but pins keep them apart: they must be few, and short");
    Ok(())
}

/// The blocks that are left.
fn half_empty() -> Result<(Heap, Vec<Handle>), Error> {
    let heap = Heap::new(HEAP);
    let all = (0..BLOCKS).map(|_| heap.alloc(HEAP / BLOCKS)).collect::<Result<Vec<Handle>, Error>>()?;
    for gone in all.iter().step_by(2) {
        heap.free(*gone)?;
    }
    Ok((heap, all.into_iter().skip(1).step_by(2).collect()))
}

/// Another thread waits in `read` with a block of this heap, and the heap is compacted meanwhile.
fn while_c_reads() -> Result<(), Box<dyn std::error::Error>> {
    const TEXT: &[u8] = b"written by C into memory that did not move";
    let mut ends: [c_int; 2] = [-1; 2];
    // SAFETY: room for two descriptors.
    if unsafe { c::pipe(ends.as_mut_ptr()) } != 0 {
        return Err(io::Error::last_os_error().into());
    }
    let [from, to] = ends;
    let (heap, blocks) = half_empty()?;
    let (target, source) = (blocks[BLOCKS / 2 - 1], blocks[100]);
    heap.write(source, TEXT)?;

    let mut pinner = Pinner::new();
    let buffer = pinner.pin(heap.pin(target)?);
    let address = buffer.expose_provenance();
    let reader = thread::spawn(move || {
        let buffer = std::ptr::with_exposed_provenance_mut::<c_void>(address);
        // SAFETY: the block is pinned with at least that many bytes until this thread was joined, and nobody else uses it.
        unsafe { c::read(from, buffer, TEXT.len()) }
    });
    wait_until_blocked();
    for call in pinned_ffi::calls() {
        println!("`{}` waits, called at {}", call.function, call.called_at);
    }

    let around = heap.compact();
    println!(
        "compacted around it: {} blocks moved, {} bytes free before the pin",
        around.moved_blocks,
        before(&around, target)
    );
    {
        let mut text = Pinner::new();
        let text = text.pin(heap.pin(source)?);
        // SAFETY: pinned by the pinner above, which lives until the end of this block, and that long.
        let written = unsafe { c::write(to, text, TEXT.len()) };
        assert_eq!(usize::try_from(written)?, TEXT.len());
    }
    let read = reader.join().map_err(|_| "the reader panicked")?;
    assert_eq!(usize::try_from(read)?, TEXT.len());
    assert_eq!(heap.pin(target)?.as_ptr().addr(), address, "it stayed");
    pinner.unpin();

    let after = heap.compact();
    assert_ne!(heap.pin(target)?.as_ptr().addr(), address, "now it has moved");
    assert_eq!(heap.read(target)?.get(..TEXT.len()), Some(TEXT), "with what C wrote");
    println!("compacted after it: {} blocks moved, {} bytes free in one piece", after.moved_blocks, after.largest);
    Ok(())
}

fn before(compaction: &Compaction, handle: Handle) -> usize {
    compaction.stuck.iter().filter(|stuck| stuck.handle == handle).map(|stuck| stuck.bytes).sum()
}

/// Until the other thread is inside C, as far as checks are compiled in to tell.
fn wait_until_blocked() {
    let deadline = Instant::now() + Duration::from_millis(200);
    while pinned_ffi::calls().is_empty() && Instant::now() < deadline {
        thread::sleep(Duration::from_millis(1));
    }
}
