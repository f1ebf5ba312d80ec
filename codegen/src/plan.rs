//! The plan of a wrapper: what is described to the runtime, and the steps it takes. All decisions are made here.

mod callback;
mod form;
mod kept;
mod pointer;
mod watched;

pub use callback::{CallbackPlan, Callers, Hold};
pub use form::{BeforePlan, Cast, FormArgument, FormPlan};
pub use kept::{Ending, Keeper, Retained, RetainedForm};
pub use pointer::{ExprPlan, ExtentPlan, Inside, Keeps, PointerPlan};
pub use watched::{Told, WatchPlan, WatchedEnd, WatchedKeep, When};

use crate::contract::expr::Op;
use crate::contract::{Comparison, Constant, Guarded, Nested};
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
    /// Which pointers inside arguments are reported.
    pub nested: Nested,
    /// Which calls at level full get guarded copies; some, where nobody says.
    pub guarded: Option<Guarded>,
    /// Which signature the wrapper has.
    pub signature: Signature,
    /// The steps, in order.
    pub steps: Vec<Step>,
    /// Documentation of the contract, one line each.
    pub docs: Vec<String>,
    /// What a typed form calls.
    pub form: Option<FormPlan>,
    /// How a call that succeeds is told from one that fails.
    pub told: Failure,
    /// What C lets go of by the call.
    pub ends: Vec<Ending>,
    /// What is watched of what C keeps by raw calls.
    pub watch: WatchPlan,
    /// What the runtime is told of the result.
    pub returned: ReturnedPlan,
    /// Whether the call runs callbacks that C was given before: known that it does, known that it does not.
    pub calls_back: Option<bool>,
}

/// A result's description: what must hold of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReturnedPlan {
    /// Whether it is a number or a pointer, which a rule can look at.
    pub is_word: bool,
    /// Whether it shows something of a contract, where a program's calls are learnt from.
    pub is_told: bool,
    /// Whether it is a `bool`, which Rust must not make of what C gives before a rule has looked.
    pub is_bool: bool,
    /// Whether it may be a number of which Rust must not make a value before a rule has looked: the type decides.
    pub is_value: bool,
    /// Whether it is never null.
    pub is_nonnull: bool,
    /// Whether it points to elements of its type, which are aligned.
    pub is_aligned: bool,
    /// Whether it is a text of UTF-8.
    pub is_utf8: bool,
    /// The parameters into whose memory it points, where it points nowhere else.
    pub borrowed: Vec<usize>,
}

impl ReturnedPlan {
    /// Whether there is anything to look at.
    #[must_use]
    pub fn is_checked(&self) -> bool {
        self.is_bool || self.is_value || self.is_nonnull || self.is_aligned || self.is_utf8 || !self.borrowed.is_empty()
    }
}

impl CallPlan {
    /// Whether a rule looks at the result.
    #[must_use]
    pub fn reads_result(&self) -> bool {
        let fills = |param: &ParamPlan| param.pointer.as_ref().is_some_and(|pointer| pointer.filled.is_some());
        self.returned.is_word && (self.returned.is_checked() || self.watch.asks_result || self.params.iter().any(fills))
    }

    /// Whether a call has nothing to look at but whether what C keeps is still there.
    #[must_use]
    pub fn is_glanced(&self) -> bool {
        matches!(self.signature, Signature::C)
            && self.watch.keeps.is_empty()
            && !self.reads_result()
            && self.params.iter().all(|param| param.pointer.is_none())
    }

    /// Whether a call has nothing else to look at but whether its result is a value, where the type says that it may be none.
    #[must_use]
    pub fn is_glanced_but_for_its_value(&self) -> bool {
        self.returned.is_value
            && matches!(self.signature, Signature::C)
            && self.watch.keeps.is_empty()
            && !self.watch.asks_result
            && self.params.iter().all(|param| param.pointer.is_none())
    }

    /// Whether the runtime gets to know the result: a rule looks at it, or there may be something to learn from it.
    #[must_use]
    pub fn tells_result(&self) -> bool {
        self.reads_result() || self.returned.is_word && self.returned.is_told
    }

    /// Whether a call has nothing to look at and nothing to translate: C's own declaration says as much as a wrapper.
    #[must_use]
    pub fn is_bare(&self) -> bool {
        matches!(self.signature, Signature::C)
            && self.form.is_none()
            && self.ends.is_empty()
            && self.watch.is_empty()
            && self.calls_back.is_none()
            && !self.tells_result()
            && self.params.iter().all(|param| !param.is_given())
    }
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
    /// Whether the runtime gets its value although no rule looks at it: there may be something to learn from it.
    pub is_told: bool,
    /// Whether C may get the address of a copy in its place: the runtime decides at each call.
    pub is_lent: bool,
}

impl ParamPlan {
    /// Whether the runtime gets its value, where that is a number or an address.
    #[must_use]
    pub fn is_given(&self) -> bool {
        self.is_read || self.is_told
    }

    /// Whether it is a number that is checked as an address.
    #[must_use]
    pub fn holds_address(&self) -> bool {
        self.pointer.as_ref().is_some_and(|pointer| pointer.is_number)
    }
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
    /// `Pin<&mut AddressSensitive<T>>`, or shared
    InPlace {
        /// Whether several calls may have it at once.
        is_shared: bool,
        /// Whether it may be left out.
        is_optional: bool,
    },
    /// Gone: part of the result, `T` or `[T; N]`, written whole on success.
    OutValue(Option<u64>),
    /// Gone: part of the result, the pointer that C stores there.
    OutPointer(Given),
    /// Gone: the capacity of these buffers going in, how much is filled coming out.
    Cell(Vec<usize>),
    /// `Ref<'_, T>`
    Handle {
        /// Whether it may be left out.
        is_optional: bool,
    },
    /// `Owned<'_, T, F>`: C has it from here on.
    Taken {
        /// The function that releases such.
        free: FnId,
        /// Only where the call succeeds; else it comes back with the error.
        on_success: bool,
    },
    /// `impl Retain<T>` and its kin: C has the owner until it lets go.
    Retained(Retained),
    /// A closure.
    Callback(CallbackPlan),
    /// Gone: what C hands to these closures.
    Userdata {
        /// Which.
        of: Vec<usize>,
        /// Where they lie.
        hold: Hold,
        /// For whom C keeps them, where calls end them.
        retained: Option<Retained>,
    },
    /// Gone: lets go of this closure.
    Destroy(usize),
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResultPlan {
    /// How failure is told.
    pub failure: Failure,
    /// What success carries of C's own result.
    pub value: ResultValue,
    /// Output buffers that are given back filled, and how far, in the order of parameters.
    pub filled: Vec<(usize, Amount)>,
    /// The owner that comes back with the error.
    pub given_back: Option<usize>,
}

/// How failure is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Not at all.
    Never,
    /// -1 and `errno`: an `io::Result`.
    Errno,
    /// Null and `errno`: an `io::Result`.
    ErrnoNull,
    /// By a comparison that success fulfils: a `Result` whose error is C's own result.
    Compared(Comparison, Constant),
}

/// What success carries of C's own result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResultValue {
    /// The result as it is; for a count with `errno`, as unsigned.
    Plain,
    /// Nothing.
    Nothing,
    /// A pointer whose meaning is known.
    Pointer(Given),
}

/// A pointer from C whose meaning is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// Whose it is.
    pub origin: GivenOrigin,
    /// What it stands for.
    pub shape: Shape,
    /// Nobody says that the memory has been written: `MaybeUninit`.
    pub is_blank: bool,
    /// Null has a meaning.
    pub is_nullable: bool,
    /// C stores it also where the call fails.
    pub is_always: bool,
    /// Parameters whose borrow it must not outlive; for none it lives as long as the process.
    pub ties: Vec<usize>,
}

/// Whose memory it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GivenOrigin {
    /// The caller's, who releases it by this function.
    Owned(FnId),
    /// Somebody else's.
    Borrowed,
}

/// What a pointer from C stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// C's own: `Ref`, `Owned`.
    Handle,
    /// `&T`
    Object,
    /// `&CStr`
    Text,
    /// `&[T]`, bytes for `void`, of that length.
    Slice(Amount),
}

/// A number after the call, over parameter numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Amount {
    /// A literal.
    Const(u64),
    /// A parameter.
    Param(usize),
    /// What a parameter points to by then.
    Deref(usize),
    /// What C returned.
    Result,
    /// An operation.
    Binary(Op, Box<Amount>, Box<Amount>),
}

impl Amount {
    /// Calls `visit` with each parameter whose target is read.
    pub fn derefs(&self, visit: &mut impl FnMut(usize)) {
        match self {
            Amount::Deref(index) => visit(*index),
            Amount::Const(_) | Amount::Param(_) | Amount::Result => {}
            Amount::Binary(_, left, right) => {
                left.derefs(visit);
                right.derefs(visit);
            }
        }
    }
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
    /// Give owners to the registry, and let go of those that the call has ended.
    Settle,
    /// Release the pins.
    Leave,
    /// Turn the result into Rust's.
    Return,
}
