//! What the runtime watches of what C keeps by raw calls, which take no owners.

use super::Keeper;
use crate::contract::Comparison;

/// What is watched at calls of a function.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WatchPlan {
    /// What C keeps.
    pub keeps: Vec<WatchedKeep>,
    /// What C lets go of.
    pub ends: Vec<WatchedEnd>,
    /// Whether C may use what it keeps for the process.
    pub looks: bool,
    /// How success is told, where that counts: the comparison of the result.
    pub success: Option<Told>,
    /// Whether the result counts.
    pub asks_result: bool,
}

/// How success is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// By a result other than -1.
    NotMinusOne,
    /// By a result other than null.
    NotNull,
    /// By a comparison of the result.
    Compared(Comparison, i64),
}

/// A pointer that C keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WatchedKeep {
    /// The parameter.
    pub param: usize,
    /// Tells it from all others that C keeps.
    pub kind: u64,
    /// For whom.
    pub keeper: Keeper,
    /// The parameter that says in which of the keeper's places.
    pub at: Option<usize>,
    /// Whether another call for the same keeper, and in the same place, ends it.
    pub replaces: bool,
    /// The callback whose data it is, if it is one's.
    pub callback: Option<usize>,
    /// The functions that end it.
    pub until: Vec<String>,
    /// All of these must hold.
    pub when: Vec<When>,
}

/// A condition on an argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct When {
    /// The parameter.
    pub param: usize,
    /// How it is compared.
    pub comparison: Comparison,
    /// With what.
    pub constant: i64,
    /// Whether the comparison must hold, or must not.
    pub holds: bool,
}

/// What C lets go of by a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WatchedEnd {
    /// The parameters through which C got it.
    pub kinds: Vec<u64>,
    /// The parameter that says for whom; none where it may be anybody.
    pub keeper: Option<usize>,
    /// The parameter that says in which place; none where it may be any.
    pub at: Option<usize>,
    /// Whether the contract says that C has it up to this call.
    pub is_certain: bool,
}

impl WatchPlan {
    /// Whether there is nothing to watch.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.keeps.is_empty() && self.ends.is_empty() && !self.looks
    }
}
