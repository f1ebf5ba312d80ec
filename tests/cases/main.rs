//! The program behind `runtime.rs`: one case per run, chosen by name.

#![allow(clippy::multiple_unsafe_ops_per_block, reason = "the cases misuse pointers on purpose")]
#![allow(clippy::useless_vec, reason = "blocks must lie on the heap")]

mod legal;
mod wrappers;
mod wrong;

use std::process::ExitCode;

#[global_allocator]
static ALLOC: pinned_ffi::TrackedAlloc = pinned_ffi::TrackedAlloc::system();

/// A case: its name and what it does.
type Case = (&'static str, fn());

fn main() -> ExitCode {
    let name = std::env::args().nth(1).unwrap_or_default();
    match wrong::CASES.iter().chain(legal::CASES).find(|(known, _)| *known == name) {
        Some((_, run)) => {
            run();
            println!("done");
            ExitCode::SUCCESS
        }
        None => {
            for (known, _) in wrong::CASES {
                println!("wrong {known}");
            }
            for (known, _) in legal::CASES {
                println!("legal {known}");
            }
            ExitCode::from(if name == "list" { 0 } else { 2 })
        }
    }
}
