//! cgo's pointer tests by their names there, and what goes beyond them: each case of `cgo/` in a process of its own, at each level.
//!
//! What is reported at level off is nothing, for every case; at cheap and full it is the same.

use std::process::{Command, Output};

/// What a case comes to at cheap and full.
#[derive(Clone, Copy)]
enum Outcome {
    Silent,
    /// The code, and what the report names.
    Reported(&'static str, &'static str),
}

use Outcome::{Reported, Silent};

fn run(case: &str, level: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cgo"));
    for variable in ["PINNED_FFI_ON_VIOLATION", "PINNED_FFI_REPORT", "PINNED_FFI_PIN_LIMIT", "PINNED_FFI_SAMPLE"] {
        command.env_remove(variable);
    }
    command.arg(case).env("PINNED_FFI_CHECK", level).env("RUST_BACKTRACE", "0");
    command.output().expect("the program behind the cases was built")
}

/// Runs one case at one level; prints what came of it for `cargo xtask conformance`.
fn judge(case: &str, level: &str, expected: Outcome) {
    let output = run(case, level);
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    let first = text.lines().find_map(|line| line.strip_prefix("error[")?.split_once("]: `"));
    println!("outcome: {}", first.map_or(if text.is_empty() { "silent" } else { "noise" }, |(code, _)| code));
    match expected {
        Reported(code, named) if level != "off" => {
            assert!(!output.status.success(), "{case} at {level} went on: {text}");
            assert_eq!(first.map(|(code, _)| code), Some(code), "{case} at {level}: {text}");
            assert!(text.contains(named), "{case} at {level} does not name {named}: {text}");
            assert!(text.contains("--> tests/cgo/"), "{case} at {level} does not name the place: {text}");
            let of_code = text.matches(&format!("error[{code}]")).count();
            // Where C called Rust and no wrapper waits, the violation's panic ends the process, which is told with its words.
            let of_ends = text.matches("error[PF031]: the exported").count();
            assert_eq!(text.matches("error[").count(), of_code + of_ends, "{case} at {level} says more: {text}");
        }
        Reported(..) | Silent => {
            assert!(output.status.success(), "{case} at {level}: {text}");
            assert!(text.is_empty(), "{case} at {level} said: {text}");
        }
    }
}

/// A module for each case, with a test for each level.
macro_rules! cases {
    ($($name:ident => $outcome:expr;)*) => {
        const NAMES: &[&str] = &[$(stringify!($name)),*];
        $(
            mod $name {
                use super::*;
                #[test]
                fn off() {
                    judge(stringify!($name), "off", $outcome);
                }
                #[test]
                fn cheap() {
                    judge(stringify!($name), "cheap", $outcome);
                }
                #[test]
                fn full() {
                    judge(stringify!($name), "full", $outcome);
                }
            }
        )*
    };
}

cases! {
    ptr1 => Reported("PF001", "`p.p`");
    ptr2 => Reported("PF001", "`p.p`");
    ptrfield => Reported("PF001", "`p` holds a pointer to Rust memory that is not pinned");
    sliceptr1 => Reported("PF001", "`p[0]`");
    sliceptr2 => Reported("PF001", "`p[1]`");
    var1 => Reported("PF001", "`p.inner.p`");
    passstringslice => Reported("PF001", "`p[0].p`");
    defer1 => Reported("PF001", "`p.p`");
    union1 => Reported("PF001", "`p.p`");
    slicedata => Reported("PF001", "`p[0]`");
    arraypointer2 => Reported("PF001", "`p[1]`");
    ok1 => Silent;
    ptrfieldok => Silent;
    sliceok1 => Silent;
    sliceok2 => Silent;
    sliceok3 => Silent;
    sliceok4 => Silent;
    varok => Silent;
    passstring => Silent;
    ptrdata1 => Silent;
    ptrdata2 => Silent;
    union2 => Silent;
    preemptduringcall => Silent;
    deadline => Silent;
    chanrecv => Silent;
    structfield => Silent;
    structfield2 => Silent;
    defer2 => Silent;
    buffer => Silent;
    finalizer => Silent;
    structfieldcast => Silent;
    stringdata => Silent;
    slicedata2 => Silent;
    arraypointer => Silent;
    barrier => Reported("PF027", "`value` points to Rust memory that is not pinned");
    barrierpinnedok => Silent;
    barrierstruct => Reported("PF027", "`value.p[7]`");
    barrierslice => Reported("PF027", "`values[2]`");
    barriergcprogarray => Reported("PF027", "`values[32768]`");
    barriergcprogarrayheap => Reported("PF027", "`values[0]`");
    barriergcprogstruct => Reported("PF027", "`value.p`");
    barriergcprogstructheap => Reported("PF027", "`values[0].p`");
    store_behind_pinned => Reported("PF027", "`value.inner.p`");
    store_freed => Reported("PF002", "`value` points into a freed block, and is to be stored");
    store_legal => Silent;
    pinner_store_unpinned => Reported("PF027", "`pointer` points to Rust memory");
    cbox_store => Reported("PF027", "`value.p`");
    cvec_store => Reported("PF027", "`value` points to Rust memory");
    export1 => Reported("PF026", "the result points to Rust memory that is not pinned");
    exportok => Silent;
    retstring => Reported("PF026", "`the result.p` points to Rust memory that is not pinned");
    depth_by_reference => Reported("PF001", "`p.inner.p`");
    depth_by_slice_element => Reported("PF001", "`p[1].inner.p`");
    depth_by_vector => Reported("PF001", "`p[0].inner.p`");
    depth_by_box => Reported("PF001", "`p.inner.p`");
    depth_by_field_address => Reported("PF001", "`p.inner.p`");
    depth_through_a_static => Reported("PF001", "`p.inner.p`");
    depth_all_pinned => Silent;
    nil_like_fields => Silent;
    spare_capacity_unpinned => Reported("PF001", "`p.p`");
    spare_capacity_pinned => Silent;
    stack_and_static_targets => Silent;
    length_zero => Silent;
    one_past_the_end => Silent;
    numbers_that_are_addresses => Silent;
    held_by_the_same_call => Silent;
}

#[test]
fn every_case_of_the_program_is_told() {
    let listed = String::from_utf8(run("list", "off").stdout).expect("names are text");
    let (mut listed, mut told): (Vec<&str>, Vec<&str>) = (listed.lines().collect(), NAMES.to_vec());
    listed.sort_unstable();
    told.sort_unstable();
    assert_eq!(listed, told);
}
