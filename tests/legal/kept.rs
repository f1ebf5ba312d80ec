//! Owners that real libraries keep: given away, alive exactly as long as the library uses them, and no report at any level.

#![allow(clippy::multiple_unsafe_ops_per_block, reason = "each test is one conversation with the library")]

mod support;

#[path = "kept/compression.rs"]
mod compression;
#[path = "kept/curl.rs"]
mod curl;
#[path = "kept/locks.rs"]
mod locks;
#[path = "kept/rocksdb.rs"]
mod rocksdb;
#[path = "kept/sqlite3.rs"]
mod sqlite3;
#[path = "kept/streams.rs"]
mod streams;

use pinned_ffi::{Retain, RetainMut};
use std::ffi::c_char;
use std::sync::Arc;

/// An owner that tells when it is dropped.
struct Loud {
    bytes: Box<[u8]>,
    _alive: Arc<()>,
}

/// Tells whether its owner is still there.
struct Ear(Arc<()>);

impl Loud {
    fn new(bytes: &[u8]) -> (Self, Ear) {
        let alive = Arc::new(());
        (Self { bytes: bytes.into(), _alive: Arc::clone(&alive) }, Ear(alive))
    }
}

impl Ear {
    fn is_alive(&self) -> bool {
        Arc::strong_count(&self.0) == 2
    }
}

// SAFETY: a boxed slice stays where it is, initialised, until the owner is dropped, and nobody else has it.
unsafe impl Retain<u8> for Loud {
    fn elements(&mut self) -> *const [u8] {
        &raw const *self.bytes
    }
}

// SAFETY: the box is the owner's alone.
unsafe impl RetainMut<u8> for Loud {
    fn elements_mut(&mut self) -> *mut [u8] {
        &raw mut *self.bytes
    }
}

// SAFETY: as for bytes.
unsafe impl Retain<c_char> for Loud {
    fn elements(&mut self) -> *const [c_char] {
        let bytes = &raw const *self.bytes;
        std::ptr::slice_from_raw_parts(bytes.cast(), bytes.len())
    }
}
