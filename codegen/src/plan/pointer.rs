//! What the runtime is told of a pointer.

use crate::contract::expr::Op;
use crate::contract::{Direction, Nullability};

/// A pointer's description.
#[derive(Clone, Debug)]
pub struct PointerPlan {
    /// Whether it points to `void`.
    pub is_void: bool,
    /// Whether it is a function, in an `Option`: nothing is asked but whether it is null.
    pub is_function: bool,
    /// Whether it is a number that holds an address.
    pub is_number: bool,
    /// Who writes; `None` is not known.
    pub direction: Option<Direction>,
    /// Null or not; `None` is unspecified.
    pub nullability: Option<Nullability>,
    /// How much.
    pub extent: ExtentPlan,
    /// Pointers inside that C follows, with the direction of the innermost data.
    pub flow: Option<Direction>,
    /// Whether the memory is not looked into whatever its type.
    pub is_foreign: bool,
    /// How long C may keep the pointer; `None` is not known.
    pub keeps: Option<Keeps>,
    /// Whether the call does not pin the memory: it belongs to C from the call on, in some case at least, or the registry pins it.
    pub is_transferred: bool,
    /// Whether C knows the structure by its address.
    pub is_sensitive: bool,
    /// How much of it C fills, in the unit of the extent, where the result says it.
    pub filled: Option<ExprPlan>,
    /// Whether that may be more than there is: the result was cut off.
    pub may_exceed: bool,
    /// Whether C may write numbers there that are no values of the element's type: the type decides.
    pub holds_values: bool,
    /// Whether it may write such numbers inside of the elements.
    pub holds_inside: Inside,
}

/// Whether there are numbers inside a type of which not every one is a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inside {
    /// None.
    No,
    /// The type decides.
    Open,
    /// There are.
    Yes,
}

impl ExprPlan {
    /// Whether it asks what the function returned.
    #[must_use]
    pub fn reads_result(&self) -> bool {
        match self {
            ExprPlan::Result => true,
            ExprPlan::Const(_) | ExprPlan::Param(_) | ExprPlan::Deref(_) => false,
            ExprPlan::Binary(_, left, right) => left.reads_result() || right.reads_result(),
        }
    }
}

/// How long C may keep a pointer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeps {
    /// Until the call returns.
    Call,
    /// Longer.
    Longer,
}

/// An extent over parameter numbers.
#[derive(Clone, Debug)]
pub enum ExtentPlan {
    /// Not known.
    Unknown,
    /// One element.
    One,
    /// Elements.
    Count(ExprPlan),
    /// Bytes.
    Bytes(ExprPlan),
    /// Up to the first zero.
    NullTerminated,
}

/// An expression over parameter numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExprPlan {
    /// A literal.
    Const(u64),
    /// A parameter.
    Param(usize),
    /// What a parameter points to.
    Deref(usize),
    /// What the function returned.
    Result,
    /// An operation.
    Binary(Op, Box<ExprPlan>, Box<ExprPlan>),
}
