//! Where a report goes: a hook, a file of JSON lines, standard error; and what happens then.

use super::{render, violation::Violation};
use crate::mode::{self, OnViolation};
use std::io::Write as _;
use std::sync::{Mutex, PoisonError, RwLock};

type Hook = Box<dyn Fn(&Violation) -> Action + Send + Sync>;

static HOOK: RwLock<Option<Hook>> = RwLock::new(None);
static FILE: Mutex<Option<std::fs::File>> = Mutex::new(None);

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
/// rules off, so it may allocate, lock and call C itself.
///
/// ```
/// pinned_ffi::set_hook(|violation| {
///     eprintln!("{}", pinned_ffi::report::text(violation));
///     pinned_ffi::report::Action::Continue
/// });
/// # pinned_ffi::clear_hook();
/// ```
pub fn set_hook(hook: impl Fn(&Violation) -> Action + Send + Sync + 'static) {
    *HOOK.write().unwrap_or_else(PoisonError::into_inner) = Some(Box::new(hook));
}

/// Takes the hook away.
pub fn clear_hook() {
    *HOOK.write().unwrap_or_else(PoisonError::into_inner) = None;
}

/// Tells the violations to everyone; gives the text to panic with, where that is the policy.
pub(super) fn deliver(violations: &[Violation]) -> Option<String> {
    let mut texts = Vec::new();
    for violation in violations {
        let action = match &*HOOK.read().unwrap_or_else(PoisonError::into_inner) {
            Some(hook) => crate::unchecked(|| hook(violation)),
            None => Action::Default,
        };
        append(violation);
        if action == Action::Default {
            texts.push(render::text(violation));
        }
    }
    if texts.is_empty() {
        return None;
    }
    let text = texts.join("\n");
    match mode::on_violation() {
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

/// Writes the report to standard error and nothing else: for places that must not unwind.
pub(super) fn print_only(violations: &[Violation]) {
    for violation in violations {
        append(violation);
        print(&render::text(violation));
    }
    if mode::on_violation() == OnViolation::Abort && !violations.is_empty() {
        std::process::abort()
    }
}

pub(super) fn print(text: &str) {
    // A report must not fail because standard error is closed.
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// Appends the JSON line, if a file is asked for. One write per line, so that processes sharing a file do not mix.
fn append(violation: &Violation) {
    let Some(path) = mode::report_path() else { return };
    let mut file = FILE.lock().unwrap_or_else(PoisonError::into_inner);
    if file.is_none() {
        match std::fs::OpenOptions::new().create(true).append(true).open(path) {
            Ok(opened) => *file = Some(opened),
            Err(error) => {
                print(&format!("pinned-ffi: cannot open {} for reports: {error}", path.display()));
                return;
            }
        }
    }
    if let Some(file) = file.as_mut() {
        let mut line = render::json(violation);
        line.push('\n');
        if let Err(error) = file.write_all(line.as_bytes()) {
            print(&format!("pinned-ffi: cannot write to {}: {error}", path.display()));
        }
    }
}
