//! Where lines of JSON go: the file that `PINNED_FFI_REPORT` names, or a file of this process in the folder that it names.

use super::{json, process::Process, sink};
use crate::alloc;
use crate::mode;
use crate::sync::first;
use crate::sys::appended::Appended;
use core::sync::atomic::{AtomicBool, Ordering};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// The file, and whose it is.
pub(crate) struct Lines {
    file: Appended,
    path: PathBuf,
    is_gathered: bool,
    is_error_told: AtomicBool,
}

static LINES: OnceLock<Option<Lines>> = OnceLock::new();

impl Lines {
    /// The file, if one is asked for.
    pub(super) fn wanted() -> Option<&'static Self> {
        let path = mode::report_path()?;
        // What a signal handler is to say of the process is found out now, and so is the level, which the first line names.
        let _ = (Process::known(), mode::level());
        let open = || if path.is_dir() { Self::in_folder(path) } else { Self::new(path.clone(), false) };
        first(&LINES, open).as_ref()
    }

    /// As [`wanted`](Self::wanted), for a signal handler: if it was asked for before.
    pub(crate) fn wanted_before() -> Option<&'static Self> {
        LINES.get()?.as_ref()
    }

    /// Whether somebody gathers the lines of many processes, and tells them.
    pub(crate) fn is_gathered(&self) -> bool {
        self.is_gathered
    }

    /// Adds a line, which ends with a line break; `false` when that failed. For any place.
    pub(crate) fn append(&self, line: &[u8]) -> bool {
        self.file.append(line).is_ok()
    }

    /// Adds a line without its line break, and tells the first error.
    pub(super) fn add(&self, mut line: String) -> bool {
        line.push('\n');
        match self.file.append(line.as_bytes()) {
            Ok(()) => true,
            Err(error) => {
                if !self.is_error_told.swap(true, Ordering::Relaxed) {
                    sink::print(&format!("pinned-ffi: cannot open {} for reports: {error}", self.path.display()));
                }
                false
            }
        }
    }

    fn new(path: PathBuf, is_gathered: bool) -> Option<Self> {
        let file = Appended::at(&path)?;
        Some(Self { file, path, is_gathered, is_error_told: AtomicBool::new(false) })
    }

    /// A file of this process alone. Numbers of processes come again, so it may take more than one try.
    fn in_folder(folder: &Path) -> Option<Self> {
        let process = std::process::id();
        let mut lines = None;
        for number in 0..10_000 {
            lines = Self::new(folder.join(format!("{process}-{number}.jsonl")), true);
            if lines.as_ref()?.file.create().map_err(|error| error.kind()) != Err(std::io::ErrorKind::AlreadyExists) {
                break;
            }
        }
        let lines = lines?;
        lines.add(json::of_process(mode::level().name(), alloc::is_installed()));
        Some(lines)
    }
}
