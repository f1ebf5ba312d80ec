//! `cargo xtask bench`: what pins and checks cost beside C, Go, bindgen, AddressSanitizer and Valgrind, as ratios of one run.
//!
//! Programs are built once, run in turns, and compared by the median of their rounds: the machine may be busy.

#![forbid(unsafe_code)]

mod bindings;
mod cargo;
mod compiled;
mod figure;
mod figures;
mod go;
mod loads;
mod plot;
mod programs;
mod report;
mod rows;

use figure::Figure;
use report::Report;
use rows::Row;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::ExitCode;

/// Rounds of every program.
const ROUNDS: usize = 9;

struct Options {
    name: Option<String>,
    json: Option<PathBuf>,
    markdown: Option<PathBuf>,
    rounds: usize,
}

fn options() -> Result<Options, String> {
    let mut options = Options { name: None, json: None, markdown: None, rounds: ROUNDS };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or_else(|| format!("`{word}` needs a value"));
        match word.as_str() {
            "--json" => options.json = Some(value()?.into()),
            "--markdown" => options.markdown = Some(value()?.into()),
            "--rounds" => {
                let rounds = value()?;
                options.rounds = rounds.parse().ok().filter(|rounds| *rounds > 0).ok_or("`--rounds` needs a number")?;
            }
            name if !name.starts_with('-') && options.name.is_none() => options.name = Some(name.to_owned()),
            other => {
                return Err(format!(
                    "`{other}` is no option; usage: bench [NAME] [--json FILE] [--markdown FILE] [--rounds N]"
                ));
            }
        }
    }
    Ok(options)
}

fn run() -> Result<Report, String> {
    let options = options()?;
    let all = rows::all();
    let is_wanted = |row: &&Row| options.name.as_ref().is_none_or(|name| row.name.starts_with(name.as_str()));
    let rows: Vec<Row> = all.iter().filter(is_wanted).cloned().collect();
    if rows.is_empty() {
        let names: Vec<&str> = all.iter().map(|row| row.name.as_str()).collect();
        return Err(format!("no row begins like that; there are {}", names.join(", ")));
    }
    // What is compared stands side by side.
    let mut seen = BTreeSet::new();
    let wanted: Vec<Figure> = rows.iter().flat_map(|row| [&row.ours, &row.theirs]).cloned().collect();
    let wanted: Vec<Figure> = wanted.into_iter().filter(|figure| seen.insert(figure.clone())).collect();
    let mut figures = figures::Figures::default();
    programs::measure(&wanted, options.rounds, &mut figures)?;
    loads::measure(&wanted, options.rounds, &mut figures)?;
    bindings::measure(&wanted, options.rounds, &mut figures)?;
    compiled::measure(&wanted, options.rounds, &mut figures)?;
    let report = Report::new(options.rounds, &rows, &figures);
    if let Some(file) = options.json {
        let text = serde_json::to_string_pretty(&report).map_err(|error| error.to_string())?;
        std::fs::write(&file, text + "\n").map_err(|error| format!("{}: {error}", file.display()))?;
    }
    if let Some(file) = options.markdown {
        std::fs::write(&file, report.markdown()).map_err(|error| format!("{}: {error}", file.display()))?;
    }
    if let Some(picture) = plot::svg(&figures) {
        let file = cargo::root().join("target/bench/curves.svg");
        std::fs::write(&file, picture).map_err(|error| format!("{}: {error}", file.display()))?;
        eprintln!("bench: curves are in target/bench/curves.svg");
    }
    Ok(report)
}

fn main() -> ExitCode {
    match run() {
        Ok(report) => {
            print!("{}", report.table());
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}
