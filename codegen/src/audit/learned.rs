//! The part of an audit that programs have shown: what was seen, what is proposed, what does not fit.

use serde::Serialize;

/// What is said of a whole audit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LearnedReport {
    /// How many runs of programs were watched.
    pub runs: usize,
    /// How many calls are enough to propose something.
    pub enough: u64,
    /// Functions whose calls were watched, and that these headers do not declare.
    pub elsewhere: Vec<String>,
    /// Functions that have other parameters there than here.
    pub other_params: Vec<String>,
}

/// What is said of a function.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LearnedFunction {
    /// How many calls were watched.
    pub calls: u64,
    /// A declaration to copy, where something is proposed.
    pub line: Option<String>,
}

/// What is said of a parameter or a result.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LearnedFacts {
    /// What was seen, in words.
    pub evidence: Vec<String>,
    /// Words of a contract that fit all that was seen.
    pub proposed: Vec<Proposal>,
    /// What is known and does not fit what was seen.
    pub contradictions: Vec<String>,
    /// Why nothing is proposed on an axis that is open.
    pub open: Vec<String>,
}

/// A word of a contract, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Proposal {
    /// `direction`, `nullable`, `extent`, `filled`, `escape`, `pointee` or `result`.
    pub axis: &'static str,
    /// In the attribute language: `counted_by(n)`.
    pub word: String,
    /// What was seen.
    pub reason: String,
}
