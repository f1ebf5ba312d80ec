//! What a wrapper does for a closure that C calls.

use crate::contract::{CalledParam, Constant};
use crate::plan::ExprPlan;

/// A closure for a callback.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallbackPlan {
    /// Where it lies, and for how long.
    pub hold: Hold,
    /// Who calls it.
    pub callers: Callers,
    /// The parameter that C hands to it.
    pub userdata: Option<usize>,
    /// The parameter that ends it.
    pub destroy: Option<usize>,
    /// Whether C ends it also where the call fails.
    pub destroys_on_failure: bool,
    /// Which one it is of those under its userdata.
    pub place: usize,
    /// What C gets when it panics; zero where nobody says it.
    pub on_panic: Option<Constant>,
    /// Whether C gets something from it.
    pub has_result: bool,
    /// What C hands to it.
    pub called: Vec<CalledParam>,
    /// Lengths of what C hands to it that are known when it is given: the parameter of the callback, and the length.
    pub lengths: Vec<(usize, ExprPlan)>,
    /// Whether it may be left out.
    pub is_optional: bool,
}

/// Where a closure lies, and for how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// On the wrapper's stack.
    Call,
    /// The same, found through the thread.
    Here,
    /// Nowhere: there is nothing of it to hold.
    Item,
    /// On the heap until it was called.
    Once,
    /// On the heap until C destroys it.
    Destroyed,
    /// On the heap until a call ends it.
    Kept,
    /// On the heap for ever.
    Forever,
}

/// Who calls a closure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Callers {
    /// The thread that gave it: `FnMut`.
    Own,
    /// Any thread, one at a time: `FnMut + Send`.
    One,
    /// Any threads at once: `Fn + Send + Sync`.
    Any,
    /// Signal handlers: `SignalSafe`.
    Signal,
}
