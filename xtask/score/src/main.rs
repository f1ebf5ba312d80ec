//! `cargo xtask score`: contracts inferred from headers alone, against `.gir` files and against the shipped packs.

#![forbid(unsafe_code)]

mod gir;
mod install;
mod list;
mod packed;
mod python;
mod table;
mod tally;

use list::{Entry, Group};
use pinned_ffi_codegen::Builder;
use pinned_ffi_codegen::audit::{Report, report};
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::{Command, ExitCode};
use table::Row;
use tally::Score;

const USAGE: &str = "usage: cargo xtask score [--install] [--only PATTERN] [--misses FILE]";

/// Libraries with a `.gir`.
const LIBRARIES: &str = include_str!("../libraries.tsv");
/// Lengths that a `.gir` does not tell, though they are right.
const JUDGED: &str = include_str!("../judged.tsv");
/// Libraries with a pack.
const PACKED: &str = include_str!("../packed.tsv");

/// What the command line asks for.
#[derive(Default)]
struct Asked {
    install: bool,
    only: Option<String>,
    misses: Option<PathBuf>,
}

fn main() -> ExitCode {
    match parse(std::env::args().skip(1)).and_then(|asked| run(&asked)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

fn parse(mut words: impl Iterator<Item = String>) -> Result<Asked, String> {
    let mut asked = Asked::default();
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or_else(|| format!("{word} needs a value\n{USAGE}"));
        match word.as_str() {
            "--install" => asked.install = true,
            "--only" => asked.only = Some(value()?),
            "--misses" => asked.misses = Some(value()?.into()),
            _ => return Err(format!("unknown word {word}\n{USAGE}")),
        }
    }
    Ok(asked)
}

/// Scores every library; whether each group reaches what is asked of it.
fn run(asked: &Asked) -> Result<bool, String> {
    let mut entries = list::parse(LIBRARIES, false)?;
    entries.extend(list::parse(PACKED, true)?);
    if let Some(only) = &asked.only {
        entries.retain(|entry| entry.name.contains(only.as_str()));
        if entries.is_empty() {
            return Err(format!("no library has `{only}` in its name"));
        }
    }
    if asked.install {
        install::install(&entries);
    }
    let mut rows = Vec::new();
    let mut misses = String::new();
    for (number, entry) in entries.iter().enumerate() {
        eprint!("[{}/{}] {} ", number + 1, entries.len(), entry.name);
        match score(entry) {
            Ok((seen, score)) => {
                eprintln!("{seen} functions");
                for miss in &score.misses {
                    // Writing to a String cannot fail.
                    let _ = writeln!(misses, "{}\t{}\t{miss}", entry.group.word(), entry.name);
                }
                rows.push(Row { name: entry.name.clone(), group: entry.group, seen, score });
            }
            Err(reason) => eprintln!("skipped: {reason}"),
        }
    }
    if let Some(path) = &asked.misses {
        std::fs::write(path, misses).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    print!("{}", table::text(&rows));
    // Of a part of the list nothing is asked.
    Ok(asked.only.is_some() || table::short(&rows).iter().inspect(|line| println!("{line}")).count() == 0)
}

/// How many functions were compared, and what came of it; or why that cannot be done here.
fn score(entry: &Entry) -> Result<(usize, Score), String> {
    let flags = flags(entry)?;
    let mut score = Score::default();
    if entry.group == Group::Packed {
        let (with, without) = (audit(entry, &flags, true)?, audit(entry, &flags, false)?);
        let seen = packed::compare(&entry.name, &without, &with, &mut score);
        return Ok((seen, score));
    }
    let path = format!("/usr/share/gir-1.0/{}.gir", entry.name);
    let text = std::fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
    let truth = gir::truth(&text).map_err(|error| format!("{path}: {error}"))?;
    let report = audit(entry, &flags, true)?;
    let seen = gir::compare(&report, &truth, &list::judged(JUDGED, &entry.name), &mut score);
    python::agree(&report, &path, seen, &score)?;
    Ok((seen, score))
}

fn audit(entry: &Entry, flags: &[String], with_packs: bool) -> Result<Report, String> {
    let mut builder = Builder::new().clang_args(flags).packs(with_packs).layout_tests(false).docs(false);
    for header in &entry.headers {
        builder = builder.header(header);
    }
    Ok(report(&builder.generate().map_err(|errors| errors.to_string())?.output))
}

/// What pkg-config says of the library, and what its row adds.
fn flags(entry: &Entry) -> Result<Vec<String>, String> {
    let mut flags = entry.flags.clone();
    if !entry.pkg_config.is_empty() {
        let output = Command::new("pkg-config")
            .arg("--cflags")
            .args(&entry.pkg_config)
            .output()
            .map_err(|error| format!("pkg-config: {error}"))?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            return Err(said.lines().next().unwrap_or("pkg-config fails").to_owned());
        }
        flags.extend(String::from_utf8_lossy(&output.stdout).split_whitespace().map(str::to_owned));
    }
    Ok(flags)
}
