//! `cargo xtask matrix`.
fn main() {}
