//! The programs of the pages of `pinned-ffi explain`, one per run, chosen by code and heading: `PF001 Bad`.

#![allow(
    warnings,
    clippy::all,
    clippy::pedantic,
    clippy::undocumented_unsafe_blocks,
    reason = "pages are written for people"
)]
#![allow(clippy::multiple_unsafe_ops_per_block, reason = "as above")]

mod preludes;

use preludes::common;

#[global_allocator]
static ALLOC: pinned_ffi::TrackedAlloc = pinned_ffi::TrackedAlloc::system();

pinned_ffi::interpose_malloc!();

#[link(name = "explained", kind = "static", modifiers = "+whole-archive")]
unsafe extern "C" {}

include!(concat!(env!("OUT_DIR"), "/explained.rs"));

fn main() -> std::process::ExitCode {
    let name = std::env::args().skip(1).collect::<Vec<_>>().join(" ");
    if name == "list" {
        PROGRAMS.iter().for_each(|(name, _)| println!("{name}"));
        return std::process::ExitCode::SUCCESS;
    }
    let Some((_, run)) = PROGRAMS.iter().find(|(known, _)| *known == name) else {
        return std::process::ExitCode::from(2);
    };
    run();
    std::process::ExitCode::SUCCESS
}
