//! Lengths as expressions over the arguments of a call, or over the fields of a structure.

/// An expression over parameters, or over the fields of the structure a slot lies in.
///
/// Evaluated in 128 bits, so that overflow of the C type is seen rather than wrapped.
#[derive(Clone, Copy, Debug)]
pub enum Expr {
    /// A literal.
    Const(u64),
    /// The value of a parameter.
    Param(u8),
    /// The unsigned integer that a pointer parameter points to, read at the call; nothing where it is null.
    Deref(u8),
    /// What the function returned; nothing before it has.
    Result,
    /// An integer field beside the slot.
    Field {
        /// Offset in the structure.
        offset: usize,
        /// Width in bytes.
        width: u8,
        /// Whether the C type is signed.
        signed: bool,
    },
    /// Two expressions and an operator.
    Binary(Op, &'static Expr, &'static Expr),
}

/// Arithmetic of [`Expr`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// `a + b`
    Add,
    /// `a - b`
    Sub,
    /// `a * b`
    Mul,
    /// `a / b`, nothing for a zero divisor.
    Div,
    /// The smaller one.
    Min,
}

/// An integer type that an extent inside a structure may be made of.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` cannot be a length",
    note = "`counted_by` and `sized_by` name integer fields of the same structure"
)]
pub trait FieldInt {
    /// Width in bytes.
    const WIDTH: u8;
    /// Whether it has a sign.
    const SIGNED: bool;
}

macro_rules! field_ints {
    ($signed:literal => $($ty:ty),*) => {$(
        impl FieldInt for $ty {
            const WIDTH: u8 = size_of::<$ty>() as u8;
            const SIGNED: bool = $signed;
        }
    )*};
}

field_ints!(false => u8, u16, u32, u64, usize);
field_ints!(true => i8, i16, i32, i64, isize);

/// The integer field of type `T` at `offset`.
pub const fn field<T: FieldInt>(offset: usize) -> Expr {
    Expr::Field { offset, width: T::WIDTH, signed: T::SIGNED }
}
