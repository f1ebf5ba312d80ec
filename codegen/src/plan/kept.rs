//! What C keeps by a call, and what it lets go of.

/// An owner that C keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retained {
    /// Of what.
    pub form: RetainedForm,
    /// Whether C writes.
    pub is_mut: bool,
    /// Whether it may be left out.
    pub is_optional: bool,
    /// For whom.
    pub keeper: Keeper,
    /// The parameter that tells in which of the keeper's places.
    pub at: Option<usize>,
    /// Tells this parameter from all others that keep owners.
    pub kind: u64,
    /// Only where the call succeeds.
    pub on_success: bool,
    /// Whether the same call for the same keeper, and in the same place, lets go of the one before.
    pub replaces: bool,
}

/// Of what an owner is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetainedForm {
    /// Elements.
    Slice {
        /// Counted in bytes whatever the type.
        in_bytes: bool,
    },
    /// One element.
    Object,
    /// A text with a zero at its end.
    Text,
    /// A handle of C's.
    Handle,
    /// Closures under one userdata.
    Closure,
}

/// For whom C keeps an owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeper {
    /// Nobody in particular.
    Process,
    /// What this parameter names.
    Param(usize),
    /// What the call gives.
    Result,
}

/// Owners that C lets go of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    /// The parameters through which it got them.
    pub kinds: Vec<u64>,
    /// The parameter that tells for whom they were kept; none for the process.
    pub keeper: Option<usize>,
    /// The parameter that tells in which place; none for all of them.
    pub at: Option<usize>,
    /// Only where the call succeeds.
    pub on_success: bool,
}
