//! A panic in code that C called, and that nobody can resume, in words (PF031): in every build.

use super::sink;
use crate::carry::Entry;

const HELP: &str = "let code that C calls give an error back, or catch the panic there: it cannot unwind through C";

/// Tells that the process ends because of a panic that said `said`.
#[cold]
pub(crate) fn unwound(entry: &Entry, said: &str) {
    let Entry { function, callback, given_at } = *entry;
    let who = match callback {
        Some(callback) => format!("the callback `{callback}` of `{function}`"),
        None => format!("the exported `{function}`"),
    };
    // The rest stands above, where the panic was told.
    let said = said.lines().next().unwrap_or_default();
    let message = format!("{who} panicked on a thread where no wrapper waits that could resume it: {said}");
    #[cfg(any(debug_assertions, feature = "checked"))]
    if crate::mode::level() != crate::mode::Level::Off {
        super::log(vec![super::Violation {
            function: Some(function),
            parameter: callback,
            called_at: given_at,
            ..super::Violation::new(super::Code::Pf031, message, HELP.into())
        }]);
        return;
    }
    let at = given_at.map(|at| format!("\n  --> {at}")).unwrap_or_default();
    sink::print(&format!("error[PF031]: {message}{at}\n   = rule: unwound-callback\n   = help: {HELP}"));
}
