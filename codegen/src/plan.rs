//! The plan of a wrapper: what is described to the runtime, and the steps it takes. All decisions are made here.

use crate::contract::expr::Op;
use crate::contract::{Constant, Direction, Nullability};
use crate::model::FnId;

/// A wrapper.
#[derive(Clone, Debug)]
pub struct CallPlan {
    /// Of which function.
    pub function: FnId,
    /// The C name that reports print.
    pub c_name: String,
    /// What the runtime is told of each parameter.
    pub params: Vec<ParamPlan>,
    /// Whether arguments may overlap.
    pub may_alias: bool,
    /// Which signature the wrapper has.
    pub signature: Signature,
    /// The steps, in order.
    pub steps: Vec<Step>,
    /// Documentation of the contract, one line each.
    pub docs: Vec<String>,
    /// What a typed form calls.
    pub form: Option<FormPlan>,
}

/// The call of a typed form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormPlan {
    /// The function that it is one of.
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

/// A parameter's description.
#[derive(Clone, Debug)]
pub struct ParamPlan {
    /// The name that reports print.
    pub name: String,
    /// Its contract as a pointer, if it is one that is checked.
    pub pointer: Option<PointerPlan>,
    /// Whether a rule looks at its value.
    pub is_read: bool,
}

/// A pointer's description.
#[derive(Clone, Debug)]
pub struct PointerPlan {
    /// Whether it points to `void`.
    pub is_void: bool,
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
#[derive(Clone, Debug)]
pub enum ExprPlan {
    /// A literal.
    Const(u64),
    /// A parameter.
    Param(usize),
    /// What a parameter points to.
    Deref(usize),
    /// An operation.
    Binary(Op, Box<ExprPlan>, Box<ExprPlan>),
}

/// Which signature.
#[derive(Clone, Debug)]
pub enum Signature {
    /// C's own, unsafe.
    C,
    /// Rust's.
    Idiomatic {
        /// Whether it is safe to call.
        is_safe: bool,
        /// What becomes of each C parameter.
        arguments: Vec<Argument>,
        /// What becomes of the result.
        result: ResultPlan,
    },
}

/// What becomes of a C parameter in the idiomatic signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Argument {
    /// Taken as it is.
    Keep,
    /// Gone: computed from the length of these buffers.
    LengthOf(Vec<usize>),
    /// `&[T]`, `&mut [T]`; bytes for `void`.
    Slice(Loan),
    /// `&[T; N]`, `&mut [T; N]`
    Array(Loan, u64),
    /// Any output buffer.
    OutBuf,
    /// Any vector of buffers.
    Vector {
        /// Whether C writes the buffers.
        is_mut: bool,
        /// The field that points to a buffer, at offset 0.
        base: String,
        /// The field that holds its length in bytes, behind it.
        len: String,
    },
    /// `&T`, `&mut T`
    Object(Loan),
    /// Gone: part of the result, `T` or `[T; N]`, written whole on success.
    OutValue(Option<u64>),
    /// `&mut MaybeUninit<T>`
    OutObject {
        /// Whether it may be left out.
        is_optional: bool,
    },
    /// `&CStr`
    Str {
        /// Whether it may be left out.
        is_optional: bool,
    },
}

/// How a borrow is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loan {
    /// Whether C writes.
    pub is_mut: bool,
    /// Whether it may be left out.
    pub is_optional: bool,
    /// Counted in bytes whatever the type.
    pub in_bytes: bool,
}

/// What becomes of the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResultPlan {
    /// Given as it is.
    Keep,
    /// `io::Result` of the number.
    Io,
    /// `io::Result<()>`
    IoUnit,
    /// `io::Result` of what the output buffer gives back.
    IoFilled(usize),
}

/// A step of a wrapper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Turn an idiomatic argument into C's.
    Eval(usize),
    /// Check the extent of a buffer whose length stays an argument.
    Fits(usize),
    /// Check all arguments and pin their blocks.
    Enter,
    /// The bare call.
    Call,
    /// Release the pins.
    Leave,
    /// Turn the result into Rust's.
    Return,
}
