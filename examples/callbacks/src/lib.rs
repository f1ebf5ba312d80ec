//! SQLite with closures of Rust's as its functions, orders and hooks, and libc's sort with one as its comparison.

/// SQLite, from its own header and the pack.
#[cfg(sqlite3)]
#[allow(
    missing_docs,
    non_camel_case_types,
    non_snake_case,
    non_upper_case_globals,
    dead_code,
    clippy::undocumented_unsafe_blocks
)]
pub mod c {
    include!(concat!(env!("OUT_DIR"), "/sqlite3.rs"));
}

#[cfg(sqlite3)]
mod database;

#[cfg(sqlite3)]
pub use database::{Database, NO_FINAL, NO_STEP, Value, rows_in};

/// What to say where there is no SQLite.
pub const SKIPPED: &str = "skipped: sqlite3: sqlite3.h was not installed when this was built";
