//! Everything that CI runs, as a table of steps; counts the tests and ends with their sum.

mod steps;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use crate::run::{Cmd, Env, Result, say};

/// How a step that did not fail went.
enum Ran {
    /// It was done.
    Done,
    /// It could not be done here, for this reason.
    Skipped(String),
}

/// One step: its name, whether `--quick` leaves it out, and what it does.
struct Step {
    /// The name in the table.
    name: &'static str,
    /// Whether it takes long and is left out by `--quick`.
    slow: bool,
    /// Runs it.
    run: fn(&mut Session) -> Result<Ran>,
}

/// The steps in order, cheap ones first.
const STEPS: &[Step] = &[
    Step { name: "set-up", slow: false, run: steps::set_up },
    Step { name: "format", slow: false, run: steps::format },
    Step { name: "tidy", slow: false, run: steps::tidy_rules },
    Step { name: "dependencies", slow: false, run: steps::dependencies },
    Step { name: "clippy", slow: false, run: steps::clippy },
    Step { name: "tests", slow: false, run: steps::tests_of_all },
    Step { name: "runtime alone", slow: false, run: steps::runtime_alone },
    Step { name: "loom", slow: true, run: steps::loom },
    Step { name: "address sanitizer", slow: true, run: steps::address_sanitizer },
    Step { name: "thread sanitizer", slow: true, run: steps::thread_sanitizer },
    Step { name: "documentation", slow: true, run: steps::documentation },
];

/// What the steps share.
#[derive(Default)]
struct Session {
    /// What set-up found necessary.
    env: Env,
    /// Which features are tested: all, unless libraries are missing.
    features: Vec<&'static str>,
    /// The tests counted in the current step.
    counts: Counts,
}

/// Numbers of tests, as cargo's test runner reports them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counts {
    /// Tests that passed.
    passed: u64,
    /// Tests that failed.
    failed: u64,
    /// Tests that were ignored.
    skipped: u64,
}

/// A line of the table at the end.
struct Row {
    /// The step's name.
    name: &'static str,
    /// `ok`, `FAILED: …` or `skipped: …`.
    result: String,
    /// How long it took.
    took: Duration,
    /// The tests that ran in it.
    counts: Counts,
}

/// `cargo xtask test [--quick] [--keep-going]`.
pub(crate) fn run(words: &[String]) -> Result<ExitCode> {
    let (mut quick, mut keep_going) = (false, false);
    for word in words {
        match word.as_str() {
            "--quick" => quick = true,
            "--keep-going" => keep_going = true,
            other => return Err(format!("`cargo xtask test` takes no argument `{other}`")),
        }
    }
    let mut session = Session::default();
    let mut rows = Vec::new();
    let mut sum = Counts::default();
    let mut failures = Vec::new();
    for step in STEPS.iter().filter(|step| !(quick && step.slow)) {
        say(&format!("\n== {} ==", step.name));
        session.counts = Counts::default();
        let start = Instant::now();
        let outcome = (step.run)(&mut session);
        let failed = outcome.is_err();
        let result = match outcome {
            Ok(Ran::Done) => "ok".to_owned(),
            Ok(Ran::Skipped(reason)) => format!("skipped: {reason}"),
            Err(reason) => {
                failures.push(format!("{}: {reason}", step.name));
                // A step can fail without a test that did; the sum must not call that a success.
                session.counts.failed = session.counts.failed.max(1);
                "FAILED".to_owned()
            }
        };
        if result != "ok" {
            say(&result);
        }
        sum.add(session.counts);
        rows.push(Row { name: step.name, result, took: start.elapsed(), counts: session.counts });
        if failed && !keep_going {
            break;
        }
    }
    show(&rows);
    for failure in &failures {
        say(&format!("error: {failure}"));
    }
    say(&format!("{} passed, {} failed, {} skipped", sum.passed, sum.failed, sum.skipped));
    Ok(if failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Prints the table of steps.
fn show(rows: &[Row]) {
    say(&format!("\n{:<20}{:>9}{:>8}  result", "step", "seconds", "tests"));
    for row in rows {
        let tests = row.counts.passed.saturating_add(row.counts.failed);
        let seconds = row.took.as_secs_f64();
        say(&format!("{:<20}{seconds:>9.1}{tests:>8}  {}", row.name, row.result));
    }
    let seconds = rows.iter().map(|row| row.took).sum::<Duration>().as_secs_f64();
    say(&format!("{:<20}{seconds:>9.1}\n", "all"));
}

impl Counts {
    /// Adds the numbers of `other`.
    fn add(&mut self, other: Self) {
        self.passed = self.passed.saturating_add(other.passed);
        self.failed = self.failed.saturating_add(other.failed);
        self.skipped = self.skipped.saturating_add(other.skipped);
    }

    /// Adds what a line of the test runner's output says; other lines say nothing.
    fn read(&mut self, line: &str) {
        let Some(result) = line.strip_prefix("test result: ") else {
            return;
        };
        for part in result.split(['.', ';']) {
            let mut words = part.split_whitespace();
            let number = words.next().and_then(|word| word.parse::<u64>().ok());
            if let (Some(number), Some(kind)) = (number, words.next()) {
                match kind {
                    "passed" => self.passed = self.passed.saturating_add(number),
                    "failed" => self.failed = self.failed.saturating_add(number),
                    "ignored" => self.skipped = self.skipped.saturating_add(number),
                    _ => {}
                }
            }
        }
    }
}

impl Session {
    /// A call of cargo with what set-up found necessary.
    fn cargo(&self, args: &[&str]) -> Cmd {
        Cmd::cargo().args(args).envs(&self.env)
    }

    /// Runs a call of `cargo test` in the open and counts; a run without any test is an error, because
    /// it means that a name has changed.
    fn count(&mut self, call: &Cmd) -> Result<Ran> {
        let counts = &mut self.counts;
        call.tee(&mut |line: &str| counts.read(line))?;
        if self.counts.passed == 0 {
            return Err("no test ran: has the target or the test been renamed?".to_owned());
        }
        Ok(Ran::Done)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read_from_the_result_lines_only() {
        let mut counts = Counts::default();
        counts.read("test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 3 filtered out; finished in 0.01s\n");
        counts.read("test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out\n");
        counts.read("said: test result: ok. 100 passed\n");
        counts.read("test passed ... ok\n");
        assert_eq!(counts, Counts { passed: 15, failed: 2, skipped: 1 });
    }
}
