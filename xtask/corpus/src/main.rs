//! `cargo xtask corpus LIST`: every function of every header becomes a wrapper, or is skipped with its reason.

#![deny(unsafe_op_in_unsafe_fn)]

mod check;
mod child;
mod declared;
mod layout;
mod list;
mod packages;
mod process;
mod report;
mod row;

use std::path::PathBuf;
use std::process::ExitCode;

/// What the command line asks for.
struct Asked {
    list: PathBuf,
    out: Option<PathBuf>,
    install: bool,
    only: Option<String>,
    runs: usize,
}

fn main() -> ExitCode {
    let mut words: Vec<String> = std::env::args().skip(1).collect();
    if words.first().is_some_and(|word| word == child::WORD) {
        return child::run(&words.split_off(1));
    }
    match parse(words).and_then(|asked| run(&asked)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

const USAGE: &str = "usage: cargo xtask corpus LIST [--out FILE.json] [--install] [--only PATTERN] [--runs N]";

fn parse(words: Vec<String>) -> Result<Asked, String> {
    let mut asked = Asked { list: PathBuf::new(), out: None, install: false, only: None, runs: 3 };
    let mut words = words.into_iter();
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or_else(|| format!("{word} needs a value\n{USAGE}"));
        match word.as_str() {
            "--out" => asked.out = Some(value()?.into()),
            "--only" => asked.only = Some(value()?),
            "--runs" => {
                asked.runs = value()?.parse().ok().filter(|runs| *runs > 0).ok_or("--runs takes a number from 1")?;
            }
            "--install" => asked.install = true,
            _ if word.starts_with('-') => return Err(format!("unknown option {word}\n{USAGE}")),
            _ if asked.list.as_os_str().is_empty() => asked.list = word.into(),
            _ => return Err(format!("one list, not also {word}\n{USAGE}")),
        }
    }
    if asked.list.as_os_str().is_empty() {
        return Err(format!("no list is named\n{USAGE}"));
    }
    Ok(asked)
}

/// Runs every row; whether all that are installed passed.
fn run(asked: &Asked) -> Result<bool, String> {
    let text = std::fs::read_to_string(&asked.list).map_err(|error| format!("{}: {error}", asked.list.display()))?;
    let mut entries = list::parse(&text)?;
    if let Some(only) = &asked.only {
        entries.retain(|entry| entry.packages.iter().any(|package| package.contains(only.as_str())));
        if entries.is_empty() {
            return Err(format!("no package of {} has `{only}` in its name", asked.list.display()));
        }
    }
    if asked.install {
        packages::install(&entries)?;
    }
    let tools = check::Tools::find()?;
    let mut rows = Vec::new();
    for (number, entry) in entries.iter().enumerate() {
        eprint!("[{}/{}] {} ", number + 1, entries.len(), entry.title());
        let row = row::run(entry, &tools, asked.runs);
        eprintln!("{}", row.verdict());
        rows.push(row);
        // Written as it grows: a run that is cut short leaves what it has.
        if let Some(out) = &asked.out {
            std::fs::write(out, report::json(&rows)).map_err(|error| format!("{}: {error}", out.display()))?;
        }
    }
    print!("{}", report::table(&rows));
    Ok(rows.iter().all(|row| row.missing.is_some() || row.ok))
}
