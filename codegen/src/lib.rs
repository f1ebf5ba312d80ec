//! Reads C headers and extern blocks, works out what each pointer means, and writes pinned and checked wrappers.
//!
//! Three doors, one pipeline (`pipeline.rs`):
//!
//! * [`expand_block`], [`expand_struct`], [`expand_union`] and [`expand_enum`] serve `#[pinned_ffi]`; they need no libclang.
//! * [`expand_fn`] serves it on a function that C calls, and `Exports` writes the header of all of them.
//! * [`Builder`] serves build scripts and the `pinned-ffi` command.
//! * [`expand_header`] serves `#[pinned_ffi(header = "…")]` on a module.
//!
//! Headers need feature `clang`.

#![cfg_attr(not(feature = "clang"), forbid(unsafe_code))]

// Whether we run inside rustc, where tokens belong to one thread.
#[cfg(feature = "clang")]
extern crate proc_macro;

pub mod analyze;
#[cfg(feature = "audit")]
pub mod audit;
#[cfg(feature = "clang")]
mod bindings;
#[cfg(feature = "clang")]
mod builder;
#[cfg(feature = "clang")]
pub mod cache;
pub mod callback;
pub mod check;
#[cfg(feature = "clang")]
pub mod config;
pub mod contract;
pub mod diag;
mod doors;
pub mod dump;
pub mod emit;
mod enumeration;
pub mod explain;
pub mod export;
pub mod form;
pub mod given;
#[cfg(feature = "clang")]
mod layout;
#[cfg(all(feature = "audit", feature = "reports", feature = "clang"))]
pub mod learned;
pub mod lower;
pub mod model;
pub mod options;
#[cfg(feature = "clang")]
pub mod output;
#[cfg(feature = "clang")]
mod phase;
pub mod pipeline;
pub mod plan;
pub mod read;
#[cfg(feature = "reports")]
pub mod reports;
#[cfg(feature = "clang")]
pub mod shim;

#[cfg(feature = "clang")]
pub use bindings::Bindings;
#[cfg(feature = "clang")]
pub use builder::Builder;
pub use contract::{Guarded, Nested};
#[cfg(feature = "clang")]
pub use doors::expand_header;
pub use doors::{expand_block, expand_struct, expand_union, needs_header_feature, plain, wrong_item};
pub use enumeration::expand_enum;
pub use export::expand_fn;
#[cfg(feature = "clang")]
pub use export::{Exports, ExportsHeader};
#[cfg(feature = "clang")]
pub use phase::Phase;
