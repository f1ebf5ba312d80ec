//! Go's tests of cgo's pointer checks, of its Pinner, of PtrGuard and of Handle, told again as the situations that they are; `rows.tsv` lists them all.

mod calls;
mod cgo;
mod check;
mod handle;
mod pinner;
mod ptrguard;

use pinned_ffi::TrackedAlloc;

#[global_allocator]
static ALLOC: TrackedAlloc = TrackedAlloc::system();
