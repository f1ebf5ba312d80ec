//! What C keeps instead of a Rust value: numbers, and the table behind them.

#[cfg(not(loom))]
pub(crate) mod handle;
#[cfg(not(loom))]
pub(crate) mod origin;
mod slot;
pub(crate) mod table;
