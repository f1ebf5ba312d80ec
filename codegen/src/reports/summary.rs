//! What many processes have reported, as text for people: each bug once, and one line about all of them.

use super::{Bug, Gathered};
use anstyle::Style;
use std::fmt::Write as _;

/// Programs that are named for one bug.
const PROGRAMS: usize = 3;

/// How parts of the text look on a terminal.
#[derive(Clone, Copy, Debug, Default)]
pub struct Look {
    /// Of `error[…]`.
    pub error: Style,
    /// Of a message.
    pub message: Style,
    /// Of what a line is about, such as `help`.
    pub label: Style,
}

/// The summary; ends with a line break. Empty where no process has reported or was checked.
pub fn text(gathered: &Gathered, look: Look) -> String {
    let mut out = String::new();
    for bug in &gathered.bugs {
        for line in rendered(bug).lines() {
            styled(&mut out, line, look);
        }
        styled(&mut out, &format!("   = seen: {}", seen(bug)), look);
        out.push('\n');
    }
    for (line, count) in [
        ("violations were counted, not told: their processes had seen too many bugs before", gathered.untold),
        ("lines of reports were not understood", gathered.broken_lines as u64),
    ] {
        if count > 0 {
            // Writing to a String cannot fail, here and below.
            let _ = writeln!(out, "pinned-ffi: {count} {line}");
        }
    }
    if let Some(line) = untracked(gathered) {
        let _ = writeln!(out, "pinned-ffi: {line}");
        styled(
            &mut out,
            "   = help: make `pinned_ffi::TrackedAlloc` the `#[global_allocator]`: without it, freed blocks and lengths of heap \
             blocks are not checked",
            look,
        );
    }
    if let Some(line) = last(gathered) {
        let _ = writeln!(out, "pinned-ffi: {line}");
        if let Some(bug) = gathered.bugs.first() {
            styled(&mut out, &format!("   = help: `pinned-ffi explain {}` tells more", bug.first.code), look);
        }
    }
    out
}

/// The report as its process would have printed it.
fn rendered(bug: &Bug) -> String {
    if bug.first.rendered.is_empty() {
        format!("error[{}]: {}\n   = help: {}", bug.first.code, bug.first.message, bug.first.help)
    } else {
        bug.first.rendered.clone()
    }
}

/// Adds a line of a report, with what a terminal shows of it.
fn styled(out: &mut String, line: &str, look: Look) {
    let of = |style: Style, text: &str| format!("{style}{text}{style:#}");
    let styled = match (line.split_once("]: "), line.strip_prefix("   = ").and_then(|rest| rest.split_once(": "))) {
        (Some((code, message)), _) if line.starts_with("error[") => {
            format!("{}: {}", of(look.error, &format!("{code}]")), of(look.message, message))
        }
        (_, Some((label, text))) => format!("   = {}: {text}", of(look.label, label)),
        _ => line.to_owned(),
    };
    out.push_str(&styled);
    out.push('\n');
}

/// `42 times, by app (7, 8), other (9)`.
fn seen(bug: &Bug) -> String {
    let mut programs: Vec<(&str, Vec<u32>)> = Vec::new();
    for seen in &bug.seen_by {
        let name = seen.program.rsplit('/').next().unwrap_or_default();
        match programs.iter_mut().find(|(known, _)| *known == name) {
            Some((_, processes)) => processes.push(seen.process),
            None => programs.push((name, vec![seen.process])),
        }
    }
    let named: Vec<String> = programs.iter().take(PROGRAMS).map(|(name, processes)| program(name, processes)).collect();
    let more = programs.len().saturating_sub(PROGRAMS);
    let more = if more > 0 { format!(" and {}", count(more as u64, "more program")) } else { String::new() };
    let or_more = if bug.or_more { " or more" } else { "" };
    format!("{}{or_more}, by {}{more}", times(bug.seen), named.join(", "))
}

fn program(name: &str, processes: &[u32]) -> String {
    let name = if name.is_empty() { "a program without a name" } else { name };
    match processes {
        [process] => format!("{name} (process {process})"),
        many => format!("{name} ({} processes)", many.len()),
    }
}

/// What is said of processes without the tracked allocator.
fn untracked(gathered: &Gathered) -> Option<String> {
    let mut names: Vec<&str> = gathered
        .checked()
        .filter(|process| !process.tracked)
        .map(|process| process.program.rsplit('/').next().unwrap_or_default())
        .collect();
    names.sort_unstable();
    names.dedup();
    let first = names.first()?;
    let more = names.len() - 1;
    let more = if more > 0 { format!(" and {}", count(more as u64, "more program")) } else { String::new() };
    let verb = if names.len() == 1 { "runs" } else { "run" };
    Some(format!("{first}{more} {verb} without the tracked allocator"))
}

fn last(gathered: &Gathered) -> Option<String> {
    let checked = gathered.checked().count() as u64;
    let of = |processes: u64| count(processes, "checked process").replace("processs", "processes");
    if gathered.bugs.is_empty() {
        return (checked > 0).then(|| format!("no reports from {}", of(checked)));
    }
    let (bugs, seen) = (gathered.bugs.len() as u64, gathered.bugs.iter().map(|bug| bug.seen).sum());
    let of = if checked > 0 { format!(", in {}", of(checked)) } else { String::new() };
    Some(format!("{}, seen {}{of}", count(bugs, "bug"), times(seen)))
}

fn times(number: u64) -> String {
    if number == 1 { "once".into() } else { count(number, "time") }
}

fn count(number: u64, unit: &str) -> String {
    if number == 1 { format!("1 {unit}") } else { format!("{number} {unit}s") }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{OTHER, PARENT};
    use super::*;

    #[test]
    fn each_bug_is_told_once() {
        let gathered = Gathered::read([PARENT, OTHER]);
        assert_eq!(
            text(&gathered, Look::default()),
            "error[PF001]: m\n   = help: h\n   = seen: once, by other (process 9)\n\n\
             error[PF002]: `readv`: freed\n  --> src/main.rs:7:5\n   = help: keep the owner alive\n   \
             = seen: 6 times or more, by app (2 processes), other (process 9)\n\n\
             pinned-ffi: 5 violations were counted, not told: their processes had seen too many bugs before\n\
             pinned-ffi: other runs without the tracked allocator\n   \
             = help: make `pinned_ffi::TrackedAlloc` the `#[global_allocator]`: without it, freed blocks and lengths of heap \
             blocks are not checked\n\
             pinned-ffi: 2 bugs, seen 7 times, in 2 checked processes\n   \
             = help: `pinned-ffi explain PF001` tells more\n"
        );
    }

    #[test]
    fn a_clean_run_says_how_many_processes_were_checked() {
        let first = PARENT.lines().next().unwrap_or_default().to_owned() + "\n";
        let said = text(&Gathered::read([first.as_str()]), Look::default());
        assert_eq!(said, "pinned-ffi: no reports from 1 checked process\n");
        assert_eq!(text(&Gathered::read([]), Look::default()), "");
        let off = first.replace("cheap", "off");
        assert_eq!(text(&Gathered::read([off.as_str()]), Look::default()), "", "its rules were off");
    }

    #[test]
    fn styles_go_around_what_they_are_for() {
        let (error, label) = (Style::new().bold(), Style::new().underline());
        let said = text(&Gathered::read([PARENT]), Look { error, message: Style::new(), label });
        assert!(said.starts_with("\u{1b}[1merror[PF002]\u{1b}[0m: `readv`: freed\n  --> src/main.rs:7:5\n"), "{said}");
        assert!(said.contains("\n   = \u{1b}[4mhelp\u{1b}[0m: keep the owner alive\n"), "{said}");
    }
}
