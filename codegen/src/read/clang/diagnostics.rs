//! Decides how what libclang says about the source is kept and told.

use std::fmt;
use std::path::PathBuf;

/// One thing libclang said about the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClangDiagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// libclang's words.
    pub message: String,
    /// The file, as libclang names it.
    pub file: Option<PathBuf>,
    /// From 1; 0 without a file.
    pub line: u32,
    /// From 1; 0 without a file.
    pub column: u32,
}

/// How bad a [`ClangDiagnostic`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The tree is right nevertheless.
    Warning,
    /// The tree is wrong.
    Error,
    /// The tree ends here.
    Fatal,
}

impl ClangDiagnostic {
    /// An error without a place.
    pub(crate) fn fatal(message: impl Into<String>) -> Self {
        Self { severity: Severity::Fatal, message: message.into(), file: None, line: 0, column: 0 }
    }
}

impl fmt::Display for ClangDiagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(file) = &self.file {
            write!(f, "{}:{}:{}: ", file.display(), self.line, self.column)?;
        }
        let severity = match self.severity {
            Severity::Warning => "warning",
            Severity::Error => "error",
            Severity::Fatal => "fatal error",
        };
        write!(f, "{severity}: {}", self.message)
    }
}
