//! Whether a tool has found the bug of a program.

use crate::process::{self, Ended};
use crate::rows::Row;
use std::path::Path;
use std::time::Duration;

/// What came of a program under a tool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The tool has reported the bug.
    Found,
    /// It has said nothing, or something else.
    Missed,
    /// A signal ended the program, and nobody said why.
    Crash,
    /// The tool is not there, or cannot run this program.
    NotApplicable,
}

impl Verdict {
    /// As tables and JSON have it.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Found => "found",
            Verdict::Missed => "missed",
            Verdict::Crash => "crash",
            Verdict::NotApplicable => "n/a",
        }
    }
}

/// A level, as `PINNED_FFI_CHECK` spells it.
pub type Level = &'static str;

const LIMIT: Duration = Duration::from_secs(30);
/// Valgrind is slow, and slower on a busy machine.
const LONG: Duration = Duration::from_secs(120);

/// The codes of our reports in what a program said, in order.
pub fn codes(stderr: &str) -> Vec<&str> {
    let reports = stderr.split("error[").skip(1);
    reports.filter_map(|report| report.split_once(']')).map(|(code, _)| code).filter(|code| is_code(code)).collect()
}

fn is_code(word: &str) -> bool {
    word.strip_prefix("PF")
        .is_some_and(|digits| digits.len() == 3 && digits.bytes().all(|digit| digit.is_ascii_digit()))
}

/// Runs a program under one of our levels.
///
/// # Errors
///
/// Says why it could not be run, or that it did not end.
pub fn ours(programs: &Path, row: &Row, level: Level) -> Result<Verdict, String> {
    let ended = ended(process::run(programs, &[&row.name], &[("PINNED_FFI_CHECK", level)], LIMIT)?, row, level)?;
    Ok(of_ours(&ended, row))
}

fn of_ours(ended: &Ended, row: &Row) -> Verdict {
    found_or(codes(&ended.stderr).iter().any(|code| row.codes.iter().any(|known| known == code)), ended)
}

/// What the fixed variant says at a level, if it is not silent.
///
/// # Errors
///
/// Says why it could not be run, or that it did not end.
pub fn of_twin(programs: &Path, row: &Row, level: Level) -> Result<Option<String>, String> {
    let words = [row.name.as_str(), "fixed"];
    let ended = ended(process::run(programs, &words, &[("PINNED_FFI_CHECK", level)], LIMIT)?, row, level)?;
    Ok((!ended.is_silent()).then(|| format!("{:?}\n{}{}", ended.status, ended.stdout, ended.stderr)))
}

/// Runs a program that was built with AddressSanitizer.
///
/// # Errors
///
/// Says why it could not be run, or that it did not end.
pub fn address_sanitizer(programs: &Path, row: &Row, is_fixed: bool) -> Result<Verdict, String> {
    let options = format!("detect_leaks={}:abort_on_error=0", u8::from(row.is_leak()));
    let settings = [("ASAN_OPTIONS", options.as_str()), ("PINNED_FFI_CHECK", "off")];
    let ended = ended(process::run(programs, &words(row, is_fixed), &settings, LIMIT)?, row, "asan")?;
    let says = |tool: &str| ended.stderr.contains(&format!("ERROR: {tool}: "));
    Ok(found_or(says("AddressSanitizer") || row.is_leak() && says("LeakSanitizer"), &ended))
}

/// Runs the plain program under Valgrind.
///
/// # Errors
///
/// Says why it could not be run, or that it did not end.
pub fn valgrind(valgrind: &Path, programs: &Path, row: &Row, is_fixed: bool) -> Result<Verdict, String> {
    let leaks = if row.is_leak() { "--leak-check=full" } else { "--leak-check=no" };
    let programs = programs.to_string_lossy();
    let mut all = vec!["-q", leaks, "--show-leak-kinds=definite", "--errors-for-leak-kinds=definite"];
    // The programs have a malloc of their own, which is to be replaced like glibc's.
    all.extend(["--soname-synonyms=somalloc=NONE", "--error-exitcode=99", &*programs]);
    all.extend(words(row, is_fixed));
    let ended = ended(process::run(valgrind, &all, &[("PINNED_FFI_CHECK", "off")], LONG)?, row, "valgrind")?;
    Ok(found_or(ended.stderr.lines().any(is_error_of_valgrind), &ended))
}

fn words(row: &Row, is_fixed: bool) -> Vec<&str> {
    let mut words = vec![row.name.as_str()];
    words.extend(is_fixed.then_some("fixed"));
    words
}

/// How errors of memcheck begin. That a signal has ended the program is no error of its own.
const HEADINGS: [&str; 9] = [
    "Invalid ",
    "Conditional jump",
    "Use of uninitialised",
    "Mismatched ",
    "Source and destination overlap",
    "Syscall param",
    "Jump to the invalid",
    "Argument ",
    "realloc() with",
];

fn is_error_of_valgrind(line: &str) -> bool {
    let Some((pid, rest)) = line.strip_prefix("==").and_then(|line| line.split_once("== ")) else { return false };
    pid.bytes().all(|digit| digit.is_ascii_digit())
        && (HEADINGS.iter().any(|heading| rest.starts_with(heading)) || rest.contains("definitely lost in"))
}

fn found_or(is_found: bool, ended: &Ended) -> Verdict {
    match (is_found, ended.is_crash()) {
        (true, _) => Verdict::Found,
        (false, true) => Verdict::Crash,
        (false, false) => Verdict::Missed,
    }
}

fn ended(ended: Ended, row: &Row, tool: &str) -> Result<Ended, String> {
    if ended.status.is_none() {
        return Err(format!("{} under {tool} did not end in time", row.name));
    }
    Ok(ended)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::process::ExitStatusExt;
    use std::process::ExitStatus;

    #[test]
    fn only_a_report_that_is_about_the_bug_counts() {
        let row = Row {
            name: "one".to_owned(),
            class: "C01".to_owned(),
            codes: vec!["PF002".to_owned(), "PF020".to_owned()],
            cheap: true,
            full: true,
            reason: String::new(),
        };
        let judged = |stderr: &str, status: i32| {
            let status = Some(ExitStatus::from_raw(status));
            of_ours(&Ended { status, stdout: String::new(), stderr: stderr.to_owned() }, &row)
        };
        assert_eq!(judged("thread panicked:\nerror[PF020]: kept\n", 101 << 8), Verdict::Found);
        assert_eq!(judged("error[PF020]: kept\n", 6), Verdict::Found);
        assert_eq!(judged("error[PF003]: something else\nerror[PF]: PF002\n", 0), Verdict::Missed);
        assert_eq!(judged("", 11), Verdict::Crash);
        assert_eq!(codes("error[PF003]: a\n\nerror[PF0044]: b error[PF044]: c"), ["PF003", "PF044"]);
    }

    #[test]
    fn what_valgrind_says_of_memory_is_an_error() {
        assert!(is_error_of_valgrind("==12== Invalid read of size 1"));
        assert!(is_error_of_valgrind("==12== 500 bytes in 1 blocks are definitely lost in loss record 1 of 2"));
        assert!(!is_error_of_valgrind("==12==    at 0x484417B: free (in /usr/lib/x.so)"));
        assert!(!is_error_of_valgrind("==12== Process terminating with default action of signal 11 (SIGSEGV)"));
        assert!(!is_error_of_valgrind("Invalid number"));
    }
}
