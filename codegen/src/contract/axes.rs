//! The axes of a contract and what can be said on each; illegal values cannot be written down.

use super::expr::Expr;
use crate::diag::Place;
use crate::model::{Function, Pointer, PointerKind, Ty};

/// Where a fact comes from, strongest first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// An attribute the user wrote, or a call on the builder.
    Attribute,
    /// A contract pack shipped with the crate.
    Pack(&'static str),
    /// An attribute in the header.
    Header,
    /// A rule over names and types; shown, never enforced.
    Inferred(&'static str),
    /// Nobody said anything.
    Default,
}

impl std::fmt::Display for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Source::Attribute => f.write_str("attribute"),
            Source::Pack(name) => write!(f, "pack:{name}"),
            Source::Header => f.write_str("header"),
            Source::Inferred(rule) => write!(f, "inferred:{rule}"),
            Source::Default => f.write_str("default"),
        }
    }
}

/// A decided value, with where it comes from and why.
#[derive(Clone, Debug)]
pub struct Fact<T> {
    /// The value.
    pub value: T,
    /// Who said so.
    pub source: Source,
    /// The words it was said in.
    pub reason: String,
    /// Where it was said.
    pub place: Place,
}

impl<T> Fact<T> {
    /// A fact.
    pub fn new(value: T, source: Source, reason: impl Into<String>) -> Self {
        Self { value, source, reason: reason.into(), place: Place::Unknown }
    }

    /// Whether wrappers may act on it.
    pub fn is_enforced(&self) -> bool {
        !matches!(self.source, Source::Inferred(_))
    }
}

/// The value of a fact that wrappers may act on.
pub fn enforced<T>(fact: &Option<Fact<T>>) -> Option<&T> {
    fact.as_ref().filter(|fact| fact.is_enforced()).map(|fact| &fact.value)
}

/// Who writes the memory during the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// C reads.
    In,
    /// C writes.
    Out,
    /// Both.
    InOut,
}

/// Whether null is legal while the extent is not empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nullability {
    /// Never null.
    Nonnull,
    /// Null has a meaning.
    Nullable,
}

/// How much memory the pointer stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Extent {
    /// One object.
    One,
    /// That many elements.
    Count(Expr),
    /// That many bytes.
    Bytes(Expr),
    /// Up to and with the first zero.
    NullTerminated,
}

/// How much of an out buffer is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filled {
    /// As much as the function returns.
    Return,
    /// As much as the expression says after the call.
    Expr(Expr),
}

/// How long C keeps the pointer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Escape {
    /// For the call.
    Call,
    /// Beyond it.
    Retained {
        /// The handle that keeps it.
        by: Option<String>,
        /// The functions that end it; empty for ever.
        until: Vec<String>,
    },
    /// It belongs to C now.
    Transfer {
        /// The function that frees it.
        free: Option<String>,
    },
}

/// Whether C follows the pointers inside during the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// It does; the direction is that of the innermost data.
    Through(Direction),
    /// They are addresses of another process: never looked at.
    Foreign,
}

/// How failure is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Errno {
    /// -1, and success carries the result.
    Value,
    /// -1, and success carries nothing.
    Void,
    /// Null.
    Null,
}

/// One statement of an attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// `#[input]`, `#[out]`, `#[inout]`
    Direction(Direction),
    /// `#[nonnull]`, `#[nullable]`
    Nullability(Nullability),
    /// `#[one]`, `#[counted_by(…)]`, `#[sized_by(…)]`, `#[null_terminated]`
    Extent(Extent),
    /// `#[filled_by(…)]`
    Filled(Filled),
    /// `#[noescape]`, `#[retained(…)]`, `#[transfer(…)]`
    Escape(Escape),
    /// `#[flow_through]`
    Flow(Flow),
    /// `#[opaque]`, `#[address]`
    Opaque,
    /// `#[may_exceed]`
    MayExceed,
    /// `#[callback(…)]`: kept as written; callbacks pass through as they are today.
    Callback(String),
    /// `#[errno]`
    Errno(Errno),
    /// `#[may_alias]`
    MayAlias,
    /// `#[returns(…)]`: kept as written.
    Returns(String),
    /// `#[unsafe_beyond_pointers("…")]`
    Beyond(String),
    /// `#[idiomatic]`
    Idiomatic,
}

/// The contract of a parameter or field.
#[derive(Clone, Debug, Default)]
pub struct ParamContract {
    /// The name that reports print.
    pub name: String,
    /// Who writes.
    pub direction: Option<Fact<Direction>>,
    /// Null or not.
    pub nullability: Option<Fact<Nullability>>,
    /// How much.
    pub extent: Option<Fact<Extent>>,
    /// How much of it is filled.
    pub filled: Option<Fact<Filled>>,
    /// How long.
    pub escape: Option<Fact<Escape>>,
    /// Pointers inside.
    pub flow: Option<Fact<Flow>>,
    /// C's own memory: exempt from checks.
    pub opaque: Option<Fact<()>>,
    /// The filled length may be larger than the buffer: the result was cut off.
    pub may_exceed: bool,
    /// A callback's contract, as written.
    pub callback: Option<Fact<String>>,
}

/// The contract of a function.
#[derive(Clone, Debug, Default)]
pub struct FnContract {
    /// One for each parameter.
    pub params: Vec<ParamContract>,
    /// How failure is told.
    pub errno: Option<Fact<Errno>>,
    /// Whether arguments may overlap.
    pub may_alias: Option<Fact<()>>,
    /// What is said of the result, as written.
    pub returns: Vec<Fact<String>>,
    /// Why no pointer contract makes it safe.
    pub beyond: Option<Fact<String>>,
}

/// The contracts of a record's fields.
#[derive(Clone, Debug, Default)]
pub struct RecordContract {
    /// Its name.
    pub name: String,
    /// By field name.
    pub fields: Vec<(String, ParamContract)>,
}

impl FnContract {
    /// Nothing decided yet.
    pub fn new(function: &Function) -> Self {
        let params = function
            .params
            .iter()
            .map(|param| ParamContract { name: spoken_name(&param.name).to_owned(), ..ParamContract::default() })
            .collect();
        Self { params, ..Self::default() }
    }
}

/// A parameter's name without what the language or the C library reserves.
pub fn spoken_name(name: &str) -> &str {
    let name = name.strip_prefix("r#").unwrap_or(name);
    let bare = name.trim_start_matches('_');
    if bare.is_empty() { name } else { bare }
}

impl ParamContract {
    /// Records a claim where nothing stronger stands. `false` when the claim is none of a parameter.
    pub fn claim(&mut self, claim: Claim, source: Source, reason: &str, place: &Place) -> bool {
        fn set<T>(slot: &mut Option<Fact<T>>, value: T, source: Source, reason: &str, place: &Place) {
            if slot.is_none() {
                *slot = Some(Fact { value, source, reason: reason.to_owned(), place: place.clone() });
            }
        }
        match claim {
            Claim::Direction(value) => set(&mut self.direction, value, source, reason, place),
            Claim::Nullability(value) => set(&mut self.nullability, value, source, reason, place),
            Claim::Extent(value) => set(&mut self.extent, value, source, reason, place),
            Claim::Filled(value) => set(&mut self.filled, value, source, reason, place),
            Claim::Escape(value) => set(&mut self.escape, value, source, reason, place),
            Claim::Flow(value) => set(&mut self.flow, value, source, reason, place),
            Claim::Opaque => set(&mut self.opaque, (), source, reason, place),
            Claim::Callback(value) => set(&mut self.callback, value, source, reason, place),
            Claim::MayExceed => self.may_exceed = true,
            Claim::Errno(_) | Claim::MayAlias | Claim::Returns(_) | Claim::Beyond(_) | Claim::Idiomatic => {
                return false;
            }
        }
        true
    }

    /// What the type alone says: `const` means C reads, a reference is never null.
    pub fn settle_from_type(&mut self, pointer: &Pointer) {
        let mut default = |claim, reason| {
            self.claim(claim, Source::Default, reason, &Place::Unknown);
        };
        if !pointer.is_mut {
            default(Claim::Direction(Direction::In), "pointer to const");
        }
        match pointer.kind {
            PointerKind::NonNull => default(Claim::Nullability(Nullability::Nonnull), "a reference is never null"),
            PointerKind::Nullable => default(Claim::Nullability(Nullability::Nullable), "an Option"),
            PointerKind::Raw => {}
        }
        if pointer.kind != PointerKind::Raw {
            default(Claim::Extent(Extent::One), "a reference is one object");
        }
    }
}

impl FnContract {
    /// Fills in what the types alone say, last of all sources.
    pub fn settle_defaults(&mut self, function: &Function) {
        for (contract, param) in self.params.iter_mut().zip(&function.params) {
            if let Ty::Pointer(pointer) = &param.ty {
                contract.settle_from_type(pointer);
            }
        }
    }
}
