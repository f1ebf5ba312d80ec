//! Legal calls of real libraries at level full: runs the tests that make them, each in a process of its own, and gathers reports.

use crate::progress::in_parallel;
use crate::table::Told;
use pinned_ffi_matrix::rows::Legal;
use pinned_ffi_matrix::{judge, process, root};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

const LIMIT: Duration = Duration::from_secs(120);

/// Every call with what was reported.
pub(crate) fn run(calls: &[Legal]) -> Result<Vec<Told>, String> {
    if calls.is_empty() {
        return Ok(Vec::new());
    }
    let targets: BTreeSet<&str> = calls.iter().map(|call| call.target.as_str()).collect();
    eprintln!("matrix: building the tests that make legal calls");
    let programs = build(&targets)?;
    // Several calls may be made by one test.
    let tests: BTreeSet<(&str, &str)> = calls.iter().map(|call| (call.target.as_str(), call.test.as_str())).collect();
    let tests: Vec<(&str, &str)> = tests.into_iter().collect();
    let reports = in_parallel("legal tests", &tests, |(target, test)| {
        let program = programs.get(*target).ok_or_else(|| format!("no target {target} was built"))?;
        Ok(((*target, *test), reports(program, test)?))
    })?;
    let reports: BTreeMap<(&str, &str), Vec<String>> = reports.into_iter().collect();
    let of = |call: &Legal| reports.get(&(call.target.as_str(), call.test.as_str())).cloned().unwrap_or_default();
    Ok(calls
        .iter()
        .map(|call| Told { name: call.name.clone(), library: call.library.clone(), reports: of(call) })
        .collect())
}

/// The codes that a test reports; that it fails is told as well.
fn reports(program: &Path, test: &str) -> Result<Vec<String>, String> {
    let words = [test, "--exact", "--nocapture", "--test-threads=1"];
    let settings = [("PINNED_FFI_LEGAL_CHILD", test), ("PINNED_FFI_CHECK", "full"), ("PINNED_FFI_ON_VIOLATION", "log")];
    let ended = process::run(program, &words, &settings, LIMIT)?;
    let told = format!("{}{}", ended.stdout, ended.stderr);
    let mut reports: Vec<String> = judge::codes(&told).into_iter().map(str::to_owned).collect();
    if !ended.status.is_some_and(|status| status.success()) {
        reports.push(format!("`{test}` failed"));
    } else if !told.contains("1 passed") {
        reports.push(format!("there is no test `{test}`"));
    }
    Ok(reports)
}

/// The programs of these targets.
fn build(targets: &BTreeSet<&str>) -> Result<BTreeMap<String, PathBuf>, String> {
    let mut call = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    call.args(["test", "--quiet", "-p", "pinned-ffi-tests", "--all-features", "--no-run"]);
    call.arg("--message-format=json-render-diagnostics");
    targets.iter().for_each(|target| {
        call.args(["--test", target]);
    });
    let output = call.current_dir(root()).output().map_err(|error| format!("cargo: {error}"))?;
    if !output.status.success() {
        return Err(format!("the legal tests do not build:\n{}", String::from_utf8_lossy(&output.stderr)));
    }
    let lines = String::from_utf8_lossy(&output.stdout).into_owned();
    let messages = lines.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    Ok(messages
        .filter_map(|message| {
            let name = message["target"]["name"].as_str()?;
            Some((name.to_owned(), PathBuf::from(message["executable"].as_str()?)))
        })
        .collect())
}
