//! `cargo xtask matrix`: small programs with a bug each against pinned-ffi's levels, AddressSanitizer and Valgrind; legal calls at full.

#![forbid(unsafe_code)]

mod legal;
mod programs;
mod progress;
mod table;

use pinned_ffi_matrix::judge::{self, Verdict};
use pinned_ffi_matrix::rows::{self, Row};
use programs::Programs;
use progress::in_parallel;
use std::path::PathBuf;
use std::process::ExitCode;
use table::{Judged, Told};

struct Options {
    names: Vec<String>,
    json: Option<PathBuf>,
    has_libraries: bool,
}

fn options() -> Result<Options, String> {
    let mut options = Options { names: Vec::new(), json: None, has_libraries: true };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        match word.as_str() {
            "--json" => options.json = Some(words.next().ok_or("`--json` needs a file")?.into()),
            "--without-libraries" => options.has_libraries = false,
            name if !name.starts_with('-') => options.names.push(name.to_owned()),
            other => return Err(format!("`{other}` is no option; usage: matrix [NAME ...] [--json FILE]")),
        }
    }
    Ok(options)
}

/// Runs everything; gives whether all is as `tests/matrix` says.
fn run() -> Result<bool, String> {
    let options = options()?;
    let is_wanted =
        |name: &str| options.names.is_empty() || options.names.iter().any(|part| name.contains(part.as_str()));
    let bugs: Vec<Row> = rows::bugs()?.into_iter().filter(|row| is_wanted(&row.name)).collect();
    let calls: Vec<rows::Legal> = rows::legal()?.into_iter().filter(|call| is_wanted(&call.name)).collect();
    if bugs.is_empty() && calls.is_empty() {
        return Err(format!("no program and no call has {} in its name", options.names.join(" or ")));
    }
    let programs = if bugs.is_empty() { None } else { Some(programs::build(options.has_libraries)?) };
    let judged = match &programs {
        Some(programs) => in_parallel("programs", &bugs, |row| of_row(programs, row))?,
        None => Vec::new(),
    };
    let told = if options.has_libraries { legal::run(&calls)? } else { Vec::new() };
    table::print(&judged, &told, programs.as_ref().map_or(&[], |programs| &programs.missing), options.has_libraries);
    if let Some(file) = options.json {
        let text = table::json(&judged, &told)?;
        std::fs::write(&file, text).map_err(|error| format!("{}: {error}", file.display()))?;
    }
    let complaints = complaints(&judged, &told);
    complaints.iter().for_each(|complaint| eprintln!("error: {complaint}"));
    Ok(complaints.is_empty())
}

/// One program under every tool.
fn of_row(programs: &Programs, row: &Row) -> Result<Judged, String> {
    let mut judged = Judged::new(row);
    if !programs.built.contains(&row.name) {
        return Ok(judged);
    }
    judged.none = judge::ours(&programs.plain, row, "off")?;
    judged.cheap = judge::ours(&programs.plain, row, "cheap")?;
    judged.full = judge::ours(&programs.plain, row, "full")?;
    for level in ["off", "cheap", "full"] {
        judged.twin.extend(judge::of_twin(&programs.plain, row, level)?.map(|said| format!("at {level}: {said}")));
    }
    // A tool that says the same of the fixed variant has not found the bug.
    let against_twin = |judge: &dyn Fn(bool) -> Result<Verdict, String>| -> Result<Verdict, String> {
        let verdict = judge(false)?;
        if verdict == Verdict::Found && judge(true)? == Verdict::Found { Ok(Verdict::Missed) } else { Ok(verdict) }
    };
    if let Some(program) = &programs.asan {
        judged.asan = against_twin(&|is_fixed| judge::address_sanitizer(program, row, is_fixed))?;
    }
    if let Some(program) = &programs.asan_rust {
        judged.asan_rust = against_twin(&|is_fixed| judge::address_sanitizer(program, row, is_fixed))?;
    }
    if let Some(valgrind) = &programs.valgrind {
        judged.valgrind = against_twin(&|is_fixed| judge::valgrind(valgrind, &programs.plain, row, is_fixed))?;
    }
    Ok(judged)
}

/// What is worse than `tests/matrix` says.
fn complaints(judged: &[Judged], told: &[Told]) -> Vec<String> {
    let mut complaints = Vec::new();
    for one in judged.iter().filter(|one| one.none != Verdict::NotApplicable) {
        for (level, is_expected, verdict) in [("cheap", one.row.cheap, one.cheap), ("full", one.row.full, one.full)] {
            if is_expected && verdict != Verdict::Found {
                complaints.push(format!(
                    "{} at {level}: {}, and tests/matrix/rows.tsv says found",
                    one.row.name,
                    verdict.word()
                ));
            }
        }
        complaints.extend(one.twin.iter().map(|said| format!("{} fixed, {said}", one.row.name)));
    }
    complaints.extend(
        told.iter()
            .filter(|call| !call.reports.is_empty())
            .map(|call| format!("{}: {}", call.name, call.reports.join(", "))),
    );
    complaints
}

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_worse_than_expected_is_told_and_what_is_better_is_not() {
        let row = rows::bugs().expect("rows.tsv").into_iter().find(|row| row.full && !row.cheap).expect("one");
        let mut judged = Judged::new(&row);
        assert!(complaints(&[judged.clone()], &[]).is_empty(), "not built");
        (judged.none, judged.cheap, judged.full) = (Verdict::Missed, Verdict::Found, Verdict::Found);
        assert!(complaints(&[judged.clone()], &[]).is_empty());
        judged.full = Verdict::Crash;
        judged.twin.push("at full: error[PF003]".to_owned());
        assert_eq!(complaints(&[judged], &[]).len(), 2);
        let mut call = Told { name: "readv".to_owned(), library: "glibc".to_owned(), reports: Vec::new() };
        assert!(complaints(&[], &[call.clone()]).is_empty());
        call.reports.push("PF001".to_owned());
        assert_eq!(complaints(&[], &[call]), ["readv: PF001"]);
    }
}
