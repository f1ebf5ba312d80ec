//! Which programs there are, what is expected of them, and how one is run and judged.

#![forbid(unsafe_code)]

pub mod judge;
pub mod process;
pub mod rows;

use std::path::{Path, PathBuf};

/// The folder of the workspace.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}
