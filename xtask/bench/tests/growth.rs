//! Cost grows no faster than what there is: instructions of one buffer, pin, pair and look-up among few and among many.

use std::process::Command;

/// Exchanges and look-ups in one turn of the program.
const TURN: usize = 1000;

/// A curve: its figures, two sizes, and how many of what is counted one turn does; 0 is as many as the size says.
struct Curve {
    figure: &'static str,
    few: usize,
    many: usize,
    each: usize,
    /// Turns that come first: at level full the first eight calls of a function are looked at more closely.
    first: usize,
}

const CURVES: &[Curve] = &[
    Curve { figure: "flow", few: 16, many: 1024, each: 0, first: 8 },
    Curve { figure: "pins", few: 100, many: 10_000, each: 0, first: 1 },
    Curve { figure: "live", few: 100, many: 10_000, each: TURN, first: 1 },
    Curve { figure: "lookup", few: 100, many: 10_000, each: TURN, first: 1 },
];

/// The largest exponent of the cost of one: it may double where there is a hundred times as much, as what sorts does.
const MOST: f64 = 0.15;

/// Instructions of the program for so many turns of a figure, as callgrind collects them.
fn collected(level: &str, figure: &str, turns: usize) -> f64 {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null", env!("CARGO_BIN_EXE_curves"), "--count", figure])
        .arg(turns.to_string())
        .env("PINNED_FFI_CHECK", level)
        .env_remove("PINNED_FFI_REPORT")
        .env_remove("PINNED_FFI_SAMPLE")
        .output()
        .expect("valgrind runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{figure} at {level}: {said}");
    let count = said.lines().find_map(|line| line.split_once("Collected : ")).map(|(_, count)| count.trim());
    count.and_then(|count| count.parse().ok()).unwrap_or_else(|| panic!("no count in {said}"))
}

impl Curve {
    /// Instructions of one at a size, without what is done once.
    fn of_one(&self, level: &str, n: usize) -> f64 {
        const TURNS: usize = 2;
        let name = format!("{}_{n}", self.figure);
        let turns = collected(level, &name, self.first + TURNS) - collected(level, &name, self.first);
        turns / TURNS as f64 / if self.each == 0 { n } else { self.each } as f64
    }

    /// As which power of the size the cost of one grows.
    fn exponent(&self, level: &str) -> f64 {
        let (few, many) = (self.of_one(level, self.few), self.of_one(level, self.many));
        let exponent = (many / few).ln() / (self.many as f64 / self.few as f64).ln();
        println!(
            "{} at {level}: {few:.0} instructions at {}, {many:.0} at {}: the cost of one grows as n^{exponent:.2}",
            self.figure, self.few, self.many
        );
        exponent
    }
}

fn has_valgrind() -> bool {
    let is_there = Command::new("valgrind").arg("--version").output().is_ok_and(|output| output.status.success());
    if !is_there {
        println!("skipped: valgrind is not installed");
    }
    is_there
}

#[test]
fn no_curve_is_steeper_than_a_line() {
    if !has_valgrind() {
        return;
    }
    for level in ["cheap", "full"] {
        for curve in CURVES {
            let exponent = curve.exponent(level);
            assert!(exponent <= MOST, "{} at {level} grows as n^{:.2}", curve.figure, 1.0 + exponent);
        }
    }
}

#[test]
fn a_square_is_seen() {
    if !has_valgrind() {
        return;
    }
    let exponent = Curve { figure: "square", few: 100, many: 1000, each: 0, first: 1 }.exponent("off");
    assert!((0.9..1.1).contains(&exponent), "the square of the program grows as n^{:.2}", 1.0 + exponent);
}
