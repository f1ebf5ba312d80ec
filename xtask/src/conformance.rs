//! `cargo xtask conformance`: the tests of Go's that ours tell again, each with what came of it.

use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitCode;

use crate::run::{self, Result};
use crate::setup;

/// One line of the list.
struct Row {
    theirs: String,
    ours: String,
    remark: String,
}

/// Runs the tests, and prints a table; fails when a row's test fails or is not there, and when a test is in no row.
pub(crate) fn run(words: &[String]) -> Result<ExitCode> {
    run::no_arguments("conformance", words)?;
    let env = setup::ready()?;
    let path = run::root().join("tests/conformance/rows.tsv");
    let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let rows = parse(&text)?;
    // One thread: a report of one test must not stand in the line of another.
    let args = ["test", "-p", "pinned-ffi-tests", "--test", "conformance", "--", "--test-threads=1"];
    let output = run::Cmd::cargo().args(&args).envs(&env).capture()?;
    let results = results(&String::from_utf8_lossy(&output.stdout));
    if results.is_empty() {
        return Err(format!("the tests did not run\n{}", String::from_utf8_lossy(&output.stderr)));
    }
    let ui =
        |name: &str| ["rs", "stderr"].iter().all(|end| run::root().join(format!("tests/ui/{name}.{end}")).is_file());
    let (lines, is_good) = judge(&rows, &results, &ui);
    for line in lines {
        run::say(&line);
    }
    Ok(if is_good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn parse(text: &str) -> Result<Vec<Row>> {
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let mut parts = line.splitn(3, '\t').map(|part| part.trim().to_owned());
            match (parts.next(), parts.next()) {
                (Some(theirs), Some(ours)) if !ours.is_empty() => {
                    Ok(Row { theirs, ours, remark: parts.next().unwrap_or_default() })
                }
                _ => Err(format!("tests/conformance/rows.tsv: no test is named in `{line}`")),
            }
        })
        .collect()
}

/// Whether each test passed, from what the test program printed.
fn results(stdout: &str) -> BTreeMap<String, bool> {
    let mut results = BTreeMap::new();
    for line in stdout.lines() {
        if let Some((name, result)) = line.strip_prefix("test ").and_then(|line| line.split_once(" ... ")) {
            results.insert(name.to_owned(), result.ends_with("ok"));
        }
    }
    results
}

/// The table, and whether every row holds.
fn judge(rows: &[Row], results: &BTreeMap<String, bool>, ui: &dyn Fn(&str) -> bool) -> (Vec<String>, bool) {
    let mut lines = Vec::new();
    let mut counts = BTreeMap::<&str, usize>::new();
    let mut is_good = true;
    for row in rows {
        let result = match (row.ours.as_str(), row.ours.strip_prefix("ui:")) {
            ("-", _) => "n/a",
            (_, Some(name)) if ui(name) => "compile error",
            (_, Some(_)) => "MISSING",
            (name, None) => match results.get(name) {
                Some(true) => "ok",
                Some(false) => "FAILED",
                None => "MISSING",
            },
        };
        is_good &= !matches!(result, "FAILED" | "MISSING");
        *counts.entry(result).or_default() += 1;
        lines.push(format!("{:<42}{:<42}{result:<15}{}", row.theirs, row.ours, row.remark).trim_end().to_owned());
    }
    let listed: BTreeSet<&str> = rows.iter().map(|row| row.ours.as_str()).collect();
    for name in results.keys().filter(|name| !listed.contains(name.as_str())) {
        is_good = false;
        lines.push(format!("{:<42}{name:<42}NOT LISTED", ""));
    }
    let counts: Vec<String> = counts.iter().map(|(result, count)| format!("{count} {result}")).collect();
    lines.push(format!("{} rows: {}", rows.len(), counts.join(", ")));
    (lines, is_good)
}

#[cfg(test)]
mod tests {
    use super::{judge, parse, results};

    #[test]
    fn a_row_must_have_a_test_that_passed_and_a_test_a_row() {
        let rows =
            parse("# a remark\nOne\ta::one\t\nTwo\ta::two\tas there\nThree\tui:three\nFour\t-\tno\n").expect("rows");
        let good = results("test a::one ... ok\ntest a::two ... some output\u{20}ok\n");
        let (lines, is_good) = judge(&rows, &good, &|name| name == "three");
        assert!(is_good, "{lines:?}");
        assert_eq!(lines[4], "4 rows: 1 compile error, 1 n/a, 2 ok");
        for wrong in ["test a::one ... ok\n", "test a::one ... FAILED\ntest a::two ... ok\n"] {
            assert!(!judge(&rows, &results(wrong), &|_| true).1);
        }
        assert!(!judge(&rows, &good, &|_| false).1, "the ui test is gone");
        let more = results("test a::one ... ok\ntest a::two ... ok\ntest a::new ... ok\n");
        let (lines, is_good) = judge(&rows, &more, &|_| true);
        assert!(!is_good && lines.iter().any(|line| line.contains("a::new") && line.contains("NOT LISTED")));
        assert!(parse("Alone\n").is_err());
    }
}
