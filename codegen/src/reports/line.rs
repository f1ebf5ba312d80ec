//! The lines of JSON that processes write, field by field.

use serde::{Deserialize, Serialize};

/// A line of any kind.
#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum Line {
    Violation(Box<Violation>),
    Count(Count),
    Process(Process),
    End {
        process: u32,
    },
    /// A kind from a later version.
    #[serde(other)]
    Other,
}

/// A broken rule, with every place involved. Places are `file:line:column`, frames of stacks `file:line in function`.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
#[allow(missing_docs, reason = "the fields are those of `pinned_ffi::report::Violation`")]
pub struct Violation {
    pub id: String,
    pub code: String,
    pub rule: String,
    pub function: Option<String>,
    pub parameter: Option<String>,
    pub path: Option<String>,
    pub message: String,
    pub address: Option<String>,
    pub access: Option<String>,
    pub declared_bytes: Option<u64>,
    pub block: Option<Block>,
    pub pinned_at: Option<String>,
    pub pins: Vec<Pin>,
    pub broken_at: Vec<String>,
    pub called_at: Option<String>,
    pub help: String,
    pub notes: Vec<String>,
    /// The report for people.
    pub rendered: String,
    /// The process that wrote the line.
    pub process: u32,
    /// The file of its program.
    pub program: String,
    /// The folder that its paths count from.
    pub folder: String,
}

impl Violation {
    /// What bugs are sorted by.
    pub(super) fn order(&self) -> (&str, Option<&str>, Option<&str>, &str) {
        (&self.code, self.called_at.as_deref(), self.path.as_deref(), &self.id)
    }
}

/// A block of the tracked allocator.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
#[allow(missing_docs, reason = "the fields are those of `pinned_ffi::report::Block`")]
pub struct Block {
    pub start: String,
    pub bytes: u64,
    pub freed: bool,
    pub allocated_at: Vec<String>,
    pub freed_at: Vec<String>,
}

/// One pin, and what it holds.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
#[allow(missing_docs, reason = "the fields are those of `pinned_ffi::report::PinAt`")]
pub struct Pin {
    pub pinned_at: String,
    pub stack: Vec<String>,
    pub block: Block,
}

/// How often a process has seen a bug again so far; without an id, all violations that it did not tell apart.
#[derive(Clone, Debug, Deserialize)]
pub struct Count {
    /// The bug.
    pub id: Option<String>,
    /// How often, after the first time.
    pub repeats: u64,
    /// The process.
    pub process: u32,
    /// The file of its program.
    #[serde(default)]
    pub program: String,
}

/// A process that has checks.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Process {
    /// Its number.
    pub process: u32,
    /// The file of its program.
    pub program: String,
    /// The folder that it was started in.
    #[serde(default)]
    pub folder: String,
    /// `off`, `cheap` or `full`.
    pub level: String,
    /// Whether it has the tracked allocator.
    pub tracked: bool,
}
