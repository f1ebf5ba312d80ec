//! `cargo xtask conformance`: the tests of Go's that ours tell again, each with what came of it, at each level where there are levels.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use crate::run::{self, Result};
use crate::setup;

/// The tests of a row that runs at each level, by the end of their names.
const LEVELS: [&str; 3] = ["off", "cheap", "full"];

/// One line of the list.
struct Row {
    theirs: String,
    ours: String,
    remark: String,
}

/// What became of one test.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Outcome {
    passed: bool,
    /// What it printed behind `outcome: `, if anything: what was reported.
    said: String,
}

/// A row with what came of it.
struct Judged<'a> {
    row: &'a Row,
    result: &'static str,
    /// What was reported at each of [`LEVELS`], where the row has levels.
    levels: Option<[String; 3]>,
}

/// Runs the tests, and prints a table; fails when a row's test fails or is not there, and when a test is in no row.
pub(crate) fn run(words: &[String]) -> Result<ExitCode> {
    let file = match words {
        [] => None,
        [option, file] if option == "--json" => {
            Some(std::path::absolute(file).map_err(|error| format!("{file}: {error}"))?)
        }
        _ => return Err("conformance takes `--json FILE` or nothing".into()),
    };
    let env = setup::ready()?;
    let path = run::root().join("tests/conformance/rows.tsv");
    let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let rows = parse(&text)?;
    // One thread: a report of one test must not stand in the line of another.
    let args = ["test", "-p", "pinned-ffi-tests", "--test", "conformance", "--", "--test-threads=1", "--show-output"];
    let output = run::Cmd::cargo().args(&args).envs(&env).capture()?;
    let outcomes = outcomes(&String::from_utf8_lossy(&output.stdout));
    if outcomes.is_empty() {
        return Err(format!("the tests did not run\n{}", String::from_utf8_lossy(&output.stderr)));
    }
    let ui = refused(&rows, &env)?;
    let judged: Vec<Judged<'_>> = rows.iter().map(|row| judge(row, &outcomes, &ui)).collect();
    let unlisted = unlisted(&rows, &outcomes);
    for line in table(&judged, &unlisted) {
        run::say(&line);
    }
    if let Some(file) = file {
        write(&file, &json(&judged, &unlisted))?;
    }
    let is_good = unlisted.is_empty() && judged.iter().all(Judged::is_good);
    Ok(if is_good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Compiles the programs that must not compile, and says of each whether it was refused with its message.
fn refused(rows: &[Row], env: &run::Env) -> Result<BTreeMap<String, bool>> {
    let names: BTreeSet<&str> = rows.iter().filter_map(|row| row.ours.strip_prefix("ui:")).collect();
    let mut compile = run::Cmd::cargo()
        .args(&["test", "-p", "pinned-ffi-tests", "--test", "ui", "--", "messages_and_programs"])
        .envs(env)
        // Who blesses messages does so elsewhere.
        .env("TRYBUILD", "wip")
        .env("NO_COLOR", "1");
    for name in names {
        compile = compile.arg(format!("trybuild=ui/{name}.rs"));
    }
    Ok(refusals(&String::from_utf8_lossy(&compile.capture()?.stderr)))
}

/// What trybuild printed of each program.
fn refusals(stderr: &str) -> BTreeMap<String, bool> {
    let told = stderr.lines().filter_map(|line| line.strip_prefix("test ui/")?.split_once(".rs"));
    // Between the two stands what is expected, where other programs must compile.
    told.filter_map(|(name, rest)| Some((name.to_owned(), rest.split_once(" ... ")?.1.trim() == "ok"))).collect()
}

fn write(file: &PathBuf, text: &str) -> Result<()> {
    std::fs::write(file, text).map_err(|error| format!("{}: {error}", file.display()))
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

/// What became of each test, from what the test program printed: the results, and behind them the output of each.
fn outcomes(stdout: &str) -> BTreeMap<String, Outcome> {
    let mut outcomes = BTreeMap::<String, Outcome>::new();
    let mut speaker = String::new();
    for line in stdout.lines() {
        if let Some((name, result)) = line.strip_prefix("test ").and_then(|line| line.split_once(" ... ")) {
            outcomes.entry(name.to_owned()).or_default().passed = result.ends_with("ok");
        } else if let Some(name) = line.strip_prefix("---- ").and_then(|line| line.strip_suffix(" stdout ----")) {
            name.clone_into(&mut speaker);
        } else if let (Some(said), Some(outcome)) = (line.strip_prefix("outcome: "), outcomes.get_mut(&speaker)) {
            said.clone_into(&mut outcome.said);
        }
    }
    outcomes
}

/// What came of a row.
fn judge<'a>(row: &'a Row, outcomes: &BTreeMap<String, Outcome>, ui: &BTreeMap<String, bool>) -> Judged<'a> {
    let judged = |result| Judged { row, result, levels: None };
    match (row.ours.as_str(), row.ours.strip_prefix("ui:")) {
        ("-", _) => judged("n/a"),
        (_, Some(name)) => judged(match ui.get(name) {
            Some(true) => "compile error",
            Some(false) => "FAILED",
            None => "MISSING",
        }),
        (name, None) => match (outcomes.get(name), LEVELS.map(|level| outcomes.get(&format!("{name}::{level}")))) {
            (Some(outcome), _) => judged(if outcome.passed { "ok" } else { "FAILED" }),
            (None, [Some(off), Some(cheap), Some(full)]) => {
                let all = [off, cheap, full];
                let result = if all.iter().all(|outcome| outcome.passed) { "ok" } else { "FAILED" };
                Judged { row, result, levels: Some(all.map(|outcome| outcome.said.clone())) }
            }
            (None, _) => judged("MISSING"),
        },
    }
}

/// Tests that stand in no row.
fn unlisted<'a>(rows: &[Row], outcomes: &'a BTreeMap<String, Outcome>) -> Vec<&'a str> {
    let listed: BTreeSet<&str> = rows.iter().map(|row| row.ours.as_str()).collect();
    let is_listed = |name: &str| {
        let of_a_level = name.rsplit_once("::").filter(|(_, level)| LEVELS.contains(level));
        listed.contains(name) || of_a_level.is_some_and(|(row, _)| listed.contains(row))
    };
    outcomes.keys().map(String::as_str).filter(|name| !is_listed(name)).collect()
}

impl Judged<'_> {
    fn is_good(&self) -> bool {
        !matches!(self.result, "FAILED" | "MISSING")
    }
}

/// How many rows came to each result.
fn counts(judged: &[Judged<'_>]) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for row in judged {
        *counts.entry(row.result).or_default() += 1;
    }
    counts
}

/// The table for people.
fn table(judged: &[Judged<'_>], unlisted: &[&str]) -> Vec<String> {
    let mut lines = Vec::new();
    for Judged { row, result, levels } in judged {
        let levels = match levels {
            Some([off, cheap, full]) => format!("{off:<7} {cheap:<7} {full:<7} "),
            None => " ".repeat(24),
        };
        let line = format!("{:<42}{:<42}{result:<15}{levels}{}", row.theirs, row.ours, row.remark);
        lines.push(line.trim_end().to_owned());
    }
    lines.extend(unlisted.iter().map(|name| format!("{:<42}{name:<42}NOT LISTED", "")));
    let counts: Vec<String> = counts(judged).iter().map(|(result, count)| format!("{count} {result}")).collect();
    lines.push(format!("{} rows: {}", judged.len(), counts.join(", ")));
    if judged.iter().any(|row| row.levels.is_some()) {
        lines.insert(0, format!("{:<99}{:<7} {:<7} {}", "", LEVELS[0], LEVELS[1], LEVELS[2]));
    }
    lines
}

/// The same for programs.
fn json(judged: &[Judged<'_>], unlisted: &[&str]) -> String {
    let mut out = String::from("{\"schema\":1,\"rows\":[");
    for (number, Judged { row, result, levels }) in judged.iter().enumerate() {
        let comma = if number > 0 { "," } else { "" };
        // Writing to a String cannot fail, here and below.
        let _ = write!(
            out,
            "{comma}\n{{\"name\":{},\"test\":{},\"result\":{},\"levels\":",
            quote(&row.theirs),
            if row.ours == "-" { "null".into() } else { quote(&row.ours) },
            quote(result)
        );
        match levels {
            Some(said) => {
                let said: Vec<String> =
                    LEVELS.iter().zip(said).map(|(level, said)| format!("{}:{}", quote(level), quote(said))).collect();
                let _ = write!(out, "{{{}}}", said.join(","));
            }
            None => out.push_str("null"),
        }
        let _ = write!(out, ",\"remark\":{}}}", quote(&row.remark));
    }
    let unlisted: Vec<String> = unlisted.iter().map(|name| quote(name)).collect();
    let counts: Vec<String> =
        counts(judged).iter().map(|(result, count)| format!("{}:{count}", quote(result))).collect();
    let _ = writeln!(out, "\n],\"unlisted\":[{}],\"counts\":{{{}}}}}", unlisted.join(","), counts.join(","));
    out
}

/// A string of JSON: our names and remarks have no control characters.
fn quote(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::{Judged, Row, json, judge, outcomes, parse, refusals, table, unlisted};

    fn judged<'a>(rows: &'a [Row], stdout: &str, compiled: &str) -> (Vec<Judged<'a>>, Vec<String>) {
        let (outcomes, ui) = (outcomes(stdout), &refusals(compiled));
        let unlisted = unlisted(rows, &outcomes).into_iter().map(str::to_owned).collect();
        (rows.iter().map(|row| judge(row, &outcomes, ui)).collect(), unlisted)
    }

    fn is_good((judged, unlisted): (Vec<Judged<'_>>, Vec<String>)) -> bool {
        unlisted.is_empty() && judged.iter().all(Judged::is_good)
    }

    #[test]
    fn a_row_must_have_a_test_that_passed_and_a_test_a_row() {
        let rows =
            parse("# a remark\nOne\ta::one\t\nTwo\ta::two\tas there\nThree\tui:three\nFour\t-\tno\n").expect("rows");
        let three = "   Compiling a\n\ntest ui/three.rs [should fail to compile] ... ok\n\n\n";
        let good = "test a::one ... ok\ntest a::two ... some output\u{20}ok\n";
        let (all, none) = judged(&rows, good, three);
        assert_eq!(table(&all, &[]).last().map(String::as_str), Some("4 rows: 1 compile error, 1 n/a, 2 ok"));
        assert!(is_good((all, none)));
        for wrong in ["test a::one ... ok\n", "test a::one ... FAILED\ntest a::two ... ok\n"] {
            assert!(!is_good(judged(&rows, wrong, three)));
        }
        for wrong in
            ["", "test ui/three.rs ... mismatch\n", "test ui/three.rs ... error\n", "test ui/thirty.rs ... ok\n"]
        {
            assert!(!is_good(judged(&rows, good, wrong)), "the program is gone, or its message another");
        }
        let more = "test a::one ... ok\ntest a::two ... ok\ntest a::new ... ok\n";
        let (all, unlisted) = judged(&rows, more, three);
        assert_eq!(unlisted, ["a::new"]);
        let lines = table(&all, &["a::new"]);
        assert!(lines.iter().any(|line| line.contains("a::new") && line.contains("NOT LISTED")), "{lines:?}");
        assert!(parse("Alone\n").is_err());
    }

    #[test]
    fn a_row_with_levels_has_a_test_for_each() {
        let rows = parse("one\ta::one\tsays \"so\"\n").expect("rows");
        let ran = "test a::one::cheap ... ok\ntest a::one::full ... ok\ntest a::one::off ... ok\n\nsuccesses:\n\n\
                   ---- a::one::cheap stdout ----\noutcome: PF001\n\n---- a::one::full stdout ----\noutcome: PF001\n\n\
                   ---- a::one::off stdout ----\noutcome: silent\n";
        let (all, unlisted) = judged(&rows, ran, "");
        assert!(unlisted.is_empty() && all[0].result == "ok");
        let lines = table(&all, &[]);
        assert!(lines[1].contains("silent  PF001   PF001   says"), "{lines:?}");
        let json = json(&all, &[]);
        assert_eq!(
            json,
            "{\"schema\":1,\"rows\":[\n{\"name\":\"one\",\"test\":\"a::one\",\"result\":\"ok\",\"levels\":{\"off\":\"silent\",\
             \"cheap\":\"PF001\",\"full\":\"PF001\"},\"remark\":\"says \\\"so\\\"\"}\n],\"unlisted\":[],\"counts\":{\"ok\":1}}\n"
        );
        let failed = ran.replace("one::full ... ok", "one::full ... FAILED");
        assert!(!is_good(judged(&rows, &failed, "")));
        let gone = ran.replace("test a::one::full ... ok\n", "");
        assert!(!is_good(judged(&rows, &gone, "")), "a level is missing");
    }
}
