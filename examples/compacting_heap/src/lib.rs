//! A heap that moves its blocks together, and what it takes to give such memory to C.
//!
//! Rust's own allocators never move a block, so a pin of pinned-ffi keeps somebody from freeing or resizing it. Under a moving
//! collector a pin has to do more, and that is what the proposal of Go's pinner was argued about: while C has an address, the
//! block must stay, and so must not be many, or the heap cannot be made compact. This example is such a heap in small.
//!
//! * Blocks are known by [`Handle`]s, because their addresses change. A handle of a freed block is stale, for good.
//! * [`Heap::compact`] moves blocks to the front, and fills holes in front of pinned ones as far as something fits.
//! * [`Heap::pin`] gives a [`PinnedBlock`], and while it is there the block does not move. It implements
//!   [`StableAddr`](pinned_ffi::StableAddr), pinned-ffi's promise of memory that stays. So [`Pinner::pin`](pinned_ffi::Pinner::pin)
//!   takes it beside vectors and boxes, and unpinning the pinner lets this heap move the block again.
//! * A pinned block cannot be read or written by Rust, since C may be writing there.
//! * [`Compaction`] tells for each pin how many free bytes it keeps apart from the rest.
//!
//! ```
//! use compacting_heap::{Error, Heap};
//! use pinned_ffi::Pinner;
//!
//! let heap = Heap::new(4096);
//! let (gap, block) = (heap.alloc(100)?, heap.alloc(200)?);
//! heap.write(block, &[7; 200])?;
//! heap.free(gap)?;
//!
//! let mut pinner = Pinner::new();
//! let address = pinner.pin(heap.pin(block)?);
//! assert_eq!(heap.read(block), Err(Error::Pinned));
//! let compaction = heap.compact();
//! assert_eq!((compaction.moved_blocks, compaction.stuck[0].bytes), (0, 112), "the gap stays in front of the pinned block");
//!
//! pinner.unpin();
//! assert_eq!(heap.compact().moved_blocks, 1);
//! assert_ne!(heap.pin(block)?.as_ptr().addr(), address.addr());
//! assert_eq!(heap.read(block)?, [7; 200]);
//! # Ok::<(), Error>(())
//! ```
//!
//! `cargo run -p compacting-heap` prints what pins cost, and has C read into a pinned block while the heap is compacted around it.
//!
//! # What keeps it sound
//!
//! The memory is one allocation of cells, so moving a block is safe code, and C may write through an address while Rust has the
//! heap. There is one `unsafe` line, the promise of `StableAddr`; its proof is the design: `plan.rs` never moves a pinned
//! block, a freed block keeps its place until its last pin goes, and a pin keeps the memory itself alive.

mod heap;
mod pinned;
mod plan;

pub use heap::{Compaction, Error, Handle, Heap, Stuck};
pub use pinned::PinnedBlock;
