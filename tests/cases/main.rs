//! The program behind `runtime.rs`: one case per run, chosen by name.

#![allow(clippy::multiple_unsafe_ops_per_block, reason = "the cases misuse pointers on purpose")]
#![allow(clippy::useless_vec, reason = "blocks must lie on the heap")]
#![allow(clashing_extern_declarations, reason = "a function of C's is bound wrongly")]

mod addresses;
mod after;
mod attacked;
mod closures;
mod held;
mod legal;
mod lost;
mod pins;
mod policy;
mod raw_kept;
mod unreached;
mod values;
mod watched;
mod watched_legal;
mod wrappers;
mod wrong;

use std::process::ExitCode;

#[global_allocator]
static ALLOC: pinned_ffi::TrackedAlloc = pinned_ffi::TrackedAlloc::system();

/// A case: its name and what it does.
type Case = (&'static str, fn());

const WRONG: &[&[Case]] = &[
    wrong::CASES,
    addresses::WRONG,
    lost::WRONG,
    held::WRONG,
    pins::WRONG,
    watched::WRONG,
    after::WRONG,
    values::WRONG,
    policy::WRONG,
    attacked::WRONG,
    closures::WRONG,
    raw_kept::WRONG,
];
const WRONG_AT_FULL: &[&[Case]] =
    &[watched::WRONG_AT_FULL, after::WRONG_AT_FULL, policy::WRONG_AT_FULL, unreached::WRONG_AT_FULL];
const LEGAL: &[&[Case]] = &[
    legal::CASES,
    addresses::LEGAL,
    lost::LEGAL,
    held::LEGAL,
    pins::LEGAL,
    watched_legal::LEGAL,
    after::LEGAL,
    values::LEGAL,
    policy::LEGAL,
    unreached::LEGAL,
    attacked::LEGAL,
    closures::LEGAL,
    raw_kept::LEGAL,
];
const OTHERS: &[&[Case]] = &[
    policy::BOUNDED,
    raw_kept::BOUNDED,
    policy::COUNTED,
    &[("freed_in_a_long_vector", policy::freed_in_a_long_vector)],
];

fn main() -> ExitCode {
    let name = std::env::args().nth(1).unwrap_or_default();
    match WRONG
        .iter()
        .chain(WRONG_AT_FULL)
        .chain(LEGAL)
        .chain(OTHERS)
        .flat_map(|cases| cases.iter())
        .find(|(known, _)| *known == name)
    {
        Some((_, run)) => {
            run();
            println!("done");
            ExitCode::SUCCESS
        }
        None => {
            for (known, _) in WRONG.concat() {
                println!("wrong {known}");
            }
            for (known, _) in WRONG_AT_FULL.concat() {
                println!("full {known}");
            }
            for (known, _) in LEGAL.concat() {
                println!("legal {known}");
            }
            ExitCode::from(if name == "list" { 0 } else { 2 })
        }
    }
}
