//! Shows the project to a newcomer: contracts of a header, a checked call on a real file, a bug and its report.

use std::process::ExitCode;
use std::time::Instant;

use crate::run::{self, Cmd, Env, Result, say};
use crate::setup;

/// What the report of the broken program must contain.
const REPORT: &[&str] = &["PF002", "readv", "iov", "iov[2].iov_base", "allocated", "freed", "called", "help:"];

/// `cargo xtask demo`.
pub(crate) fn run(words: &[String]) -> Result<ExitCode> {
    run::no_arguments("demo", words)?;
    let start = Instant::now();
    heading("0", "set-up", "Reading C headers needs libclang; it is found, or got once.");
    let env = setup::ready()?;
    say("setup: building; the first time takes a minute or two");
    tool(&env, "build").run()?;
    Cmd::cargo().args(&["build", "-p", "vectored", "--bins"]).envs(&env).run()?;
    contracts(&env)?;
    real_file(&env)?;
    broken(&env)?;
    say(&format!("\ndemo: ok ({:.1} s)", start.elapsed().as_secs_f64()));
    Ok(ExitCode::SUCCESS)
}

/// Step 1: what is known about each pointer of two functions.
fn contracts(env: &Env) -> Result<()> {
    heading(
        "1",
        "the contracts",
        "For each pointer in the system's <sys/uio.h>: what C may do with it, and how we know.",
    );
    tool(env, "run").args(&["--", "audit", "--header", "sys/uio.h", "--allow", "readv|writev"]).run()
}

/// Step 2: a file read through the wrapper that was made from the header.
fn real_file(env: &Env) -> Result<()> {
    heading(
        "2",
        "a real file, read and compared",
        "One readv fills eight Vec<u8> in place, every pointer checked, nothing copied.",
    );
    example(env, "vectored").run()
}

/// Step 3: the same program with a bug, which must be caught and told in full.
fn broken(env: &Env) -> Result<()> {
    heading(
        "3",
        "the broken twin",
        "The third buffer is freed before the call; C would write into freed memory. It must not get that far.",
    );
    let call = example(env, "vectored-broken");
    run::note("Running", "vectored-broken, which must fail");
    let output = call.capture()?;
    let printed = String::from_utf8_lossy(&output.stdout);
    let report = String::from_utf8_lossy(&output.stderr);
    for text in [&printed, &report] {
        if !text.trim().is_empty() {
            say(text.trim_end());
        }
    }
    if output.status.success() {
        return Err("demo: the broken program ended well; its bug was not caught".to_owned());
    }
    let missing = missing(&report);
    if missing.is_empty() {
        return Ok(());
    }
    Err(format!("demo: the report does not contain {}", missing.join(", ")))
}

/// The parts of [`REPORT`] that `report` lacks, in backticks.
fn missing(report: &str) -> Vec<String> {
    REPORT.iter().filter(|part| !report.contains(**part)).map(|part| format!("`{part}`")).collect()
}

/// The command line tool, built or run with the same features, so that it is built once.
fn tool(env: &Env, verb: &str) -> Cmd {
    let call = Cmd::cargo().arg(verb).envs(env);
    let call = if verb == "run" { call.args(&["--quiet"]) } else { call };
    call.args(&["-p", "pinned-ffi-codegen", "--features", "cli", "--bin", "pinned-ffi"])
}

/// One of the example's two programs, with every check on.
fn example(env: &Env, name: &str) -> Cmd {
    Cmd::cargo().args(&["run", "--quiet", "-p", "vectored", "--bin", name]).envs(env).env("PINNED_FFI_CHECK", "full")
}

/// The heading of a step, with a sentence on what it shows.
fn heading(number: &str, title: &str, sentence: &str) {
    say(&format!("\n{number}. {title}\n   {sentence}\n"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_report_lacks_nothing() {
        let report = "error[PF002]: readv, parameter iov: iov[2].iov_base\n\
                      allocated at a.rs:1\nfreed at a.rs:2\ncalled at a.rs:3\nhelp: keep it";
        assert!(missing(report).is_empty());
    }

    #[test]
    fn a_report_names_what_it_lacks() {
        let report = "error[PF002]: readv, parameter iov: iov[2].iov_base\n\
                      allocated at a.rs:1\ncalled at a.rs:3\nhelp: keep it";
        assert_eq!(missing(report), ["`freed`"]);
    }
}
