//! Calling C from Rust with pinned arguments and cgocheck-style pointer checks, on stable Rust.
//!
//! `#[pinned_ffi]` on an extern block, a build script, or a header named in an attribute give a
//! wrapper for each C function. A wrapper has the C signature (`fn`) or an idiomatic one (`safe fn`),
//! keeps the memory of its arguments in place for the call, and in checked builds tells what is
//! wrong with a pointer before C can act on it.
//!
//! ```
//! use std::ffi::{c_int, c_void};
//!
//! #[pinned_ffi::pinned_ffi]
//! unsafe extern "C" {
//!     fn write(fd: c_int, buf: *const c_void, count: usize) -> isize;
//! }
//!
//! fn main() {
//!     // The contract of `write` comes with the crate; the call is the C signature, checked.
//!     let text = b"";
//!     assert_eq!(unsafe { write(1, text.as_ptr().cast(), text.len()) }, 0);
//! }
//! ```
//!
//! # One call, both ways
//!
//! 1. The wrapper hands its static description (`desc.rs`) and its arguments as words (`word.rs`) to
//!    [`private::Call::enter`]. At level off, or inside [`unchecked`], that is all.
//! 2. `check/` walks the arguments: null, alignment, the heap map (`alloc/map.rs`), bounds, then the
//!    pointers inside, level by level where the contract says flow-through. Each block found is
//!    logged as pinned by this call (`pin/log.rs`).
//! 3. What a rule finds becomes a [`report::Violation`], is told, and unless the policy says
//!    otherwise the wrapper panics: C has not run.
//! 4. The bare C function runs. Should anybody free or move one of the blocks meanwhile, the hooks
//!    of [`TrackedAlloc`] see the log, keep the memory, and note the violation.
//! 5. [`private::Call::leave`] takes the pins out of the log, frees what waited for them, and
//!    reports what the hooks noted. `errno` is as C left it.
//!
//! # Pin
//!
//! No collector moves memory in Rust. A pin on a block means: its owner stays alive, the block is
//! not moved, freed or reallocated, its length is frozen, and who asked for it is on record. For a
//! borrow that lasts as long as the call the borrow checker proves this already, and the pin costs
//! nothing; pins are for what types cannot see: pointers inside C structures, and pointers that C keeps.
//! What C uses until it says that it is done belongs to an operation: see [`completion`].
//!
//! # Checked mode
//!
//! Compiled in when debug assertions are on or the feature `checked` is set; otherwise a wrapper is
//! the bare call, instruction for instruction. Compiled in, the environment decides at start:
//!
//! | variable | values |
//! |---|---|
//! | `PINNED_FFI_CHECK` | `off`, `cheap` (default), `full` |
//! | `PINNED_FFI_ON_VIOLATION` | `panic` (default), `abort`, `log`; or [`set_hook`] |
//! | `PINNED_FFI_REPORT` | a file for JSON lines, or a folder for a file of each process; see [`report::json`] |
//! | `PINNED_FFI_SAMPLE` | `1/N`: one call in N is checked, see [`set_sample`] |
//! | `PINNED_FFI_PIN_LIMIT` | `base+per_call`, see [`set_pin_limit`] |
//!
//! Rules that need to know the program's blocks need [`TrackedAlloc`] as global allocator. Unknown
//! memory is never an error.

#![cfg_attr(loom, allow(dead_code, unused_imports, reason = "loom models use the tables alone"))]
#![cfg_attr(
    not(any(debug_assertions, feature = "checked")),
    allow(dead_code, unused_imports, reason = "unchecked builds keep the types of the checks, not their code")
)]

#[cfg(not(loom))]
mod addr;
#[cfg(not(loom))]
mod alloc;
#[cfg(not(loom))]
pub mod buf;
#[cfg(not(loom))]
mod call;
#[cfg(not(loom))]
mod carry;
#[cfg(not(loom))]
mod check;
#[cfg(not(loom))]
mod closure;
#[cfg(not(loom))]
mod cmem;
pub mod completion;
#[cfg(not(loom))]
mod desc;
#[cfg(not(loom))]
mod exit;
#[cfg(all(target_os = "linux", not(loom)))]
mod fork;
#[cfg(not(loom))]
mod given;
#[cfg(not(loom))]
mod handle;
#[cfg(not(loom))]
mod learn;
#[cfg(not(loom))]
mod mode;
#[cfg(not(loom))]
mod outcome;
#[cfg(not(loom))]
mod path;
mod pin;
#[cfg(not(loom))]
mod pointee;
#[cfg(not(loom))]
#[doc(hidden)]
pub mod private;
#[cfg(not(loom))]
pub mod report;
mod retain;
#[cfg(not(loom))]
mod sample;
#[cfg(not(loom))]
mod store;
mod sync;
mod sys;
#[cfg(not(loom))]
mod unchecked;
mod userdata;
#[cfg(not(loom))]
mod watch;
#[cfg(not(loom))]
mod word;

#[cfg(not(loom))]
pub use exports::*;

#[cfg(not(loom))]
mod exports {
    pub use crate::addr::{Addr, Extent};
    pub use crate::alloc::TrackedAlloc;
    pub use crate::alloc::unreachable::{LostBlock, lost_blocks};
    pub use crate::closure::signal::{AssertSignalSafe, SignalSafe};
    pub use crate::cmem::{CBox, CText, CVec, Free};
    pub use crate::given::OwnedData;
    pub use crate::handle::{Owned, Ref, Release};
    pub use crate::mode::{
        COMPILED, Level, OnViolation, level, on_violation, sample, set_level, set_on_violation, set_sample,
    };
    pub use crate::pin::limit::{PinLimit, pin_limit, set_pin_limit};
    pub use crate::pin::lost::{LeakedHolder, LeakedPin, leaked_pins};
    pub use crate::pin::pinned::Pinned;
    pub use crate::pin::pinner::{Pinner, pin_count};
    pub use crate::pin::profile::{PinnedBlock, pins};
    pub use crate::pin::scope::{Borrow, Scope, ScopedPin, scope};
    pub use crate::pin::search::SearchError;
    pub use crate::pin::sensitive::AddressSensitive;
    pub use crate::pin::stable::StableAddr;
    pub use crate::pin::under_way::{CallUnderWay, calls, time_calls};
    pub use crate::pointee::Pointee;
    #[cfg(feature = "pprof")]
    pub use crate::report::pprof::pprof;
    pub use crate::report::{clear_hook, set_hook};
    pub use crate::retain::lent::{Lent, Loan};
    pub use crate::retain::owner::{AssertSend, Nothing, Retain, RetainHandle, RetainMut, RetainText};
    pub use crate::store::{store, store_slice};
    pub use crate::unchecked::unchecked;
    pub use crate::userdata::handle::{Handle, HandleError};
    #[cfg(feature = "macros")]
    pub use pinned_ffi_macros::pinned_ffi;
}
