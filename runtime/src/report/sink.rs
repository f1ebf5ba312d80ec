//! Where a report goes: a hook, events, a file of JSON lines, standard error; and what happens then.

#[cfg(feature = "tracing")]
use super::events;
use super::lines::Lines;
use super::seen::{self, Repeated, Seen, Where};
use super::{identity, json, render, violation::Violation};
use crate::alloc::reentry;
use crate::mode::{self, OnViolation};
use crate::sync::SpinLock;
use core::sync::atomic::{AtomicU64, Ordering};
use std::io::Write as _;
use std::sync::Arc;

type Hook = Arc<dyn Fn(&Violation) -> Action + Send + Sync>;

static HOOK: SpinLock<Option<Hook>> = SpinLock::new(None);

/// What a hook wants to happen after it saw a violation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// As if there were no hook: write the report and follow `PINNED_FFI_ON_VIOLATION`.
    Default,
    /// Nothing more; the call goes on.
    Continue,
}

/// Installs a function that sees every violation first, instead of the one before it.
///
/// Called outside C and outside allocator hooks, on the thread that reached a safe point, with the
/// rules off, so it may allocate, lock and call C itself, or install another hook. It may still run on other threads for a
/// moment after it was replaced.
///
/// ```
/// pinned_ffi::set_hook(|violation| {
///     eprintln!("{}", pinned_ffi::report::text(violation));
///     pinned_ffi::report::Action::Continue
/// });
/// # pinned_ffi::clear_hook();
/// ```
pub fn set_hook(hook: impl Fn(&Violation) -> Action + Send + Sync + 'static) {
    replace(Some(Arc::new(hook)));
}

/// Takes the hook away.
pub fn clear_hook() {
    replace(None);
}

/// The hook before is dropped when the lock is free again: that is the program's code.
fn replace(hook: Option<Hook>) {
    drop(HOOK.with(|before| core::mem::replace(before, hook)));
}

pub(crate) fn around_fork(is_before: bool) {
    if is_before { HOOK.hold() } else { HOOK.let_go() }
}

/// Tells the violations to everyone; gives the text to panic with, where that is the policy.
pub(super) fn deliver(violations: &[Violation]) -> Option<String> {
    let policy = mode::on_violation();
    let mut texts = Vec::new();
    for violation in violations {
        // It runs without the lock, so that it may take its time.
        let action = match HOOK.with(|hook| hook.clone()) {
            Some(hook) => crate::unchecked(|| hook(violation)),
            None => Action::Default,
        };
        let (seen, is_gathered) = record(violation);
        if action == Action::Continue {
            continue;
        }
        // What stops somebody is told each time.
        let is_turn = seen.take_turn();
        if policy != OnViolation::Log || is_turn && !is_gathered {
            texts.push(aside(|| render::text(violation)));
        } else {
            count_untold(&seen);
        }
    }
    if texts.is_empty() {
        return None;
    }
    let text = texts.join("\n");
    match policy {
        OnViolation::Panic => Some(text),
        OnViolation::Log => {
            print(&text);
            None
        }
        OnViolation::Abort => {
            print(&text);
            std::process::abort()
        }
    }
}

/// Tells the violations and comes back, also to places that must not unwind. No hook sees them.
pub(super) fn print_only(violations: &[Violation]) {
    let policy = mode::on_violation();
    for violation in violations {
        let (seen, is_gathered) = record(violation);
        let is_turn = seen.take_turn();
        if policy == OnViolation::Abort || is_turn && !(is_gathered && policy == OnViolation::Log) {
            print(&aside(|| render::text(violation)));
        } else {
            count_untold(&seen);
        }
    }
    if policy == OnViolation::Abort && !violations.is_empty() {
        std::process::abort()
    }
}

pub(super) fn print(text: &str) {
    // A report must not fail because standard error is closed.
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// Counts a violation, and gives its bug a line where it is the first. Comes back with whether somebody who gathers reports has
/// got a line about this bug.
fn record(violation: &Violation) -> (Seen, bool) {
    let recorded = aside(|| {
        seen::prepare();
        let id = identity::of(violation);
        let seen = seen::note(id, violation.code, || place(violation));
        let is_gathered =
            Lines::wanted().is_some_and(|lines| is_written(violation, id, &seen, lines) && lines.is_gathered());
        (seen, is_gathered)
    });
    #[cfg(feature = "tracing")]
    events::tell(violation, &recorded.0);
    recorded
}

fn is_written(violation: &Violation, id: u64, seen: &Seen, lines: &Lines) -> bool {
    match seen {
        Seen::First(_) => lines.add(json::of_violation(violation, id, &render::text(violation))),
        Seen::Again(bug, repeats) if is_told_of(*repeats) => bug.repeated().is_none_or(|bug| lines.add(of_count(&bug))),
        Seen::Uncounted(others) if is_told_of(*others) => lines.add(json::of_count(None, None, "", *others)),
        Seen::Again(..) | Seen::Uncounted(_) => true,
    }
}

/// Runs `body` with blocks of its own: tracked ones would drive the program's out of quarantine just when it goes on with one.
fn aside<R>(body: impl Fn() -> R) -> R {
    reentry::once(&body).unwrap_or_else(body)
}

/// Violations that would have been printed, had there been a place to count their bugs.
static UNTOLD: AtomicU64 = AtomicU64::new(0);

fn count_untold(seen: &Seen) {
    if matches!(seen, Seen::Uncounted(_)) {
        UNTOLD.fetch_add(1, Ordering::Relaxed);
    }
}

/// How often a bug was seen is told at the end, and at these numbers, should there be no end.
pub(super) fn is_told_of(repeats: u64) -> bool {
    repeats > 0 && 10_u64.pow(repeats.ilog10()) == repeats
}

fn of_count(bug: &Repeated) -> String {
    json::of_count(Some(bug.id), Some(bug.code), &bug.at.to_string(), bug.repeats)
}

/// Where a violation is, in few words.
fn place(violation: &Violation) -> Where {
    let block = violation.block.as_ref();
    let stacks =
        [Some(&violation.broken_at), block.map(|block| &block.freed_at), block.map(|block| &block.allocated_at)];
    match (violation.called_at.or(violation.pinned_at), stacks.into_iter().flatten().find_map(|stack| stack.first())) {
        (Some(site), _) => Where::Site(site),
        (None, Some(frame)) => Where::Frame(frame.as_str().into()),
        (None, None) => Where::Unknown,
    }
}

/// When the process begins to be checked.
pub(crate) fn begin() {
    // Whoever gathers reports is to know that this process was checked, and a path counts from the folder of the start.
    let _ = Lines::wanted();
}

/// Finds out what a signal handler needs for a report of its own, and must not ask for.
pub(crate) fn prepare_for_handlers() {
    seen::prepare();
    let _ = Lines::wanted();
}

/// When the process begins to end: from here on reports are text and lines alone.
pub(crate) fn ending() {
    #[cfg(feature = "tracing")]
    events::stop();
}

/// When the process ends, and all else is told: how often each bug was seen again.
#[cold]
pub(crate) fn end() {
    let (bugs, others) = seen::repeated();
    let lines = Lines::wanted_before();
    let is_silent = lines.is_some_and(Lines::is_gathered) && mode::on_violation() == OnViolation::Log;
    for bug in &bugs {
        let is_written = is_told_of(bug.repeats) || lines.is_some_and(|lines| lines.add(of_count(bug)));
        if bug.is_printed && !(is_silent && is_written) {
            let at = bug.at.to_string();
            let at = if at.is_empty() { at } else { format!(" at {at}") };
            let more = if bug.repeats == 1 { "once more".to_owned() } else { format!("{} more times", bug.repeats) };
            print(&format!("pinned-ffi: {}{at} was seen {more}", bug.code));
        }
    }
    if others > 0 {
        let is_written =
            is_told_of(others) || lines.is_some_and(|lines| lines.add(json::of_count(None, None, "", others)));
        // In the child of a fork some are the parent's.
        let untold = UNTOLD.load(Ordering::Relaxed).min(others);
        if untold > 0 && !(is_silent && is_written) {
            let bugs = seen::BUGS;
            print(&format!("pinned-ffi: {untold} more violations after the first {bugs} bugs were counted, not told"));
        }
    }
    if let Some(lines) = lines.filter(|lines| lines.is_gathered()) {
        lines.add(json::of_end());
    }
}

#[cfg(test)]
mod tests {
    use super::is_told_of;

    #[test]
    fn powers_of_ten_are_told() {
        let told: Vec<u64> = (0..=1_000_000).filter(|repeats| is_told_of(*repeats)).collect();
        assert_eq!(told, [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000]);
    }
}
