//! What a typed form passes to the function that it is a form of, and what it calls first.

use crate::contract::Constant;
use crate::model::FnId;

/// The call of a typed form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormPlan {
    /// The function that it is one of.
    pub of: FnId,
    /// Its arguments, in order.
    pub arguments: Vec<FormArgument>,
    /// Calls that are made first.
    pub before: Vec<BeforePlan>,
}

/// A call that a typed form makes first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BeforePlan {
    /// The function.
    pub of: FnId,
    /// Its arguments, in order.
    pub arguments: Vec<FormArgument>,
}

/// What a typed form passes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormArgument {
    /// A parameter of the form.
    Given(usize),
    /// A constant.
    Fixed {
        /// For this parameter of the function.
        param: usize,
        /// The constant.
        value: Constant,
        /// How it becomes the parameter's type.
        cast: Cast,
    },
}

/// How a constant becomes a parameter's type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cast {
    /// As one number becomes another.
    Number,
    /// As an address.
    Address,
    /// It is no function, or no reference.
    Absent,
    /// As the address of a function.
    Transmute,
}
