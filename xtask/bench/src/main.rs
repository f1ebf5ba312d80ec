//! `cargo xtask bench`: what pins and checks cost beside Go, plain builds, AddressSanitizer and Valgrind, as ratios of one run.
//!
//! Programs are built once, run in turns, and compared by the median of their rounds: the machine may be busy.

#![forbid(unsafe_code)]

mod go;
mod loads;
mod programs;
mod rows;

use rows::{ROWS, Row};
use serde::Serialize;
use std::path::PathBuf;
use std::process::ExitCode;

/// Rounds of every program.
const ROUNDS: usize = 9;

struct Options {
    name: Option<String>,
    json: Option<PathBuf>,
    rounds: usize,
    has_libraries: bool,
}

fn options() -> Result<Options, String> {
    let mut options = Options { name: None, json: None, rounds: ROUNDS, has_libraries: true };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or_else(|| format!("`{word}` needs a value"));
        match word.as_str() {
            "--json" => options.json = Some(value()?.into()),
            "--rounds" => {
                let rounds = value()?;
                options.rounds = rounds.parse().ok().filter(|rounds| *rounds > 0).ok_or("`--rounds` needs a number")?;
            }
            "--without-libraries" => options.has_libraries = false,
            name if !name.starts_with('-') && options.name.is_none() => options.name = Some(name.to_owned()),
            other => return Err(format!("`{other}` is no option; usage: bench [NAME] [--json FILE] [--rounds N]")),
        }
    }
    Ok(options)
}

/// A row as measured.
#[derive(Serialize)]
struct Measured {
    name: &'static str,
    what: &'static str,
    ours: Option<f64>,
    theirs: Option<f64>,
    against: String,
    ratio: Option<f64>,
    unit: &'static str,
    spread: Option<f64>,
    reach: Option<f64>,
    ok: Option<bool>,
    note: Option<String>,
}

#[derive(Serialize)]
struct Report {
    rounds: usize,
    rows: Vec<Measured>,
}

fn run() -> Result<Report, String> {
    let options = options()?;
    let wanted: Vec<&Row> = ROWS
        .iter()
        .filter(|row| options.name.as_ref().is_none_or(|name| row.name.starts_with(name.as_str())))
        .collect();
    if wanted.is_empty() {
        let names: Vec<&str> = ROWS.iter().map(|row| row.name).collect();
        return Err(format!("no row begins like that; there are {}", names.join(", ")));
    }
    let mut figures = programs::Figures::default();
    let programs = programs::build(&wanted)?;
    programs::measure(&programs, options.rounds, &mut figures)?;
    loads::measure(&wanted, options.rounds, options.has_libraries, &mut figures)?;
    let rows = wanted.into_iter().map(|row| measured(row, &figures)).collect();
    let report = Report { rounds: options.rounds, rows };
    if let Some(file) = options.json {
        let text = serde_json::to_string_pretty(&report).map_err(|error| error.to_string())?;
        std::fs::write(&file, text + "\n").map_err(|error| format!("{}: {error}", file.display()))?;
    }
    Ok(report)
}

fn measured(row: &Row, figures: &programs::Figures) -> Measured {
    let (ours, against) = (figures.get(&row.ours), figures.get(&row.against));
    let ratio = ours.zip(against).map(|(ours, against)| ours / against);
    let note = match (ours, against) {
        (Some(_), None) => Some(figures.missing(&row.against)),
        (None, _) => Some(figures.missing(&row.ours)),
        _ => None,
    };
    Measured {
        name: row.name,
        what: row.what,
        ours,
        theirs: against,
        against: row.against.label().to_owned(),
        ratio,
        unit: row.ours.unit(),
        spread: figures.spread(&row.ours, &row.against),
        reach: row.reach,
        ok: ratio.zip(row.reach).map(|(ratio, reach)| ratio <= reach),
        note,
    }
}

fn main() -> ExitCode {
    let report = match run() {
        Ok(report) => report,
        Err(message) => {
            eprintln!("error: {message}");
            return ExitCode::FAILURE;
        }
    };
    let number = |value: Option<f64>, digits: usize| value.map_or("-".to_owned(), |value| format!("{value:.digits$}"));
    println!("{:<24} {:>12} {:>12}    {:>8} {:>7} {:>8}  ", "row", "ours", "theirs", "ratio", "spread", "reach");
    for row in &report.rows {
        let verdict = match (row.ok, &row.note) {
            (Some(true), _) => "ok".to_owned(),
            (Some(false), _) => "not reached".to_owned(),
            (None, Some(note)) => format!("skipped: {note}"),
            (None, None) => String::new(),
        };
        println!(
            "{:<24} {:>12} {:>12} {} {:>8} {:>6}% {:>8}  {verdict}",
            row.name,
            number(row.ours, 2),
            number(row.theirs, 2),
            row.unit,
            number(row.ratio, 3),
            number(row.spread.map(|spread| spread * 100.0), 0),
            number(row.reach, 3),
        );
        println!("  {}, against {}", row.what, row.against);
    }
    ExitCode::SUCCESS
}
