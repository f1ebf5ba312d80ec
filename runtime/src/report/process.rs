//! What reports say of the process that they come from.

use crate::mode;
use crate::sync::first;
use std::sync::OnceLock;

/// The program, and where it was when it was first asked.
#[derive(Debug)]
pub(crate) struct Process {
    /// The file of the program.
    pub(super) program: String,
    /// The folder that paths in stacks count from.
    pub(super) folder: String,
}

static KNOWN: OnceLock<Process> = OnceLock::new();
static UNKNOWN: Process = Process { program: String::new(), folder: String::new() };

impl Process {
    pub(super) fn known() -> &'static Self {
        first(&KNOWN, || Self {
            program: mode::program().map_or_else(String::new, |path| path.display().to_string()),
            folder: mode::current_dir().map_or_else(String::new, |path| path.display().to_string()),
        })
    }

    /// As [`known`](Self::known), for a signal handler: what was found out before.
    pub(crate) fn known_before() -> &'static Self {
        KNOWN.get().unwrap_or(&UNKNOWN)
    }
}
