//! The program behind `conformance/cgo.rs`: one case of cgo's pointer tests per run, chosen by the name that it has there.

#![allow(clippy::multiple_unsafe_ops_per_block, reason = "the cases misuse pointers on purpose")]
#![allow(clippy::useless_vec, reason = "blocks must lie on the heap")]
#![allow(clashing_extern_declarations, reason = "one C function takes each form of argument")]

mod beyond;
mod exports;
mod fails;
mod passes;
mod stores;
mod types;

use std::process::ExitCode;

#[global_allocator]
static ALLOC: pinned_ffi::TrackedAlloc = pinned_ffi::TrackedAlloc::system();

/// A case: its name and what it does.
type Case = (&'static str, fn());

fn main() -> ExitCode {
    let name = std::env::args().nth(1).unwrap_or_default();
    let cases = [fails::CASES, passes::CASES, stores::CASES, exports::CASES, beyond::CASES].concat();
    if name == "list" {
        cases.iter().for_each(|(name, _)| println!("{name}"));
        return ExitCode::SUCCESS;
    }
    let Some((_, run)) = cases.iter().find(|(known, _)| *known == name) else { return ExitCode::from(2) };
    run();
    ExitCode::SUCCESS
}
