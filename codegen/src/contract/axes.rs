//! The axes of a contract and what can be said on each; illegal values cannot be written down.

use super::callback::Callback;
use super::condition::Success;
use super::escape::Escape;
use super::expr::Expr;
use super::overlay::Overruled;
use super::policy::{Guarded, Nested, Policy};
use super::value::Value;
use crate::diag::Place;
use crate::model::{Function, Header, Pointer, PointerKind, Ty};

/// Where a fact comes from, strongest first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// An attribute the user wrote, or a call on the builder.
    Attribute,
    /// The user's contract file.
    File,
    /// A contract pack shipped with the crate.
    Pack(&'static str),
    /// An attribute in the header.
    Header,
    /// A GObject-Introspection file.
    Gir,
    /// A rule over names and types; shown, never enforced.
    Inferred(&'static str),
    /// Nobody said anything.
    Default,
}

impl Source {
    /// Whether the user wrote it, and so can be at fault.
    pub fn is_users(&self) -> bool {
        matches!(self, Source::Attribute | Source::File)
    }
}

impl std::fmt::Display for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Source::Attribute => f.write_str("attribute"),
            Source::File => f.write_str("file"),
            Source::Pack(name) => write!(f, "pack:{name}"),
            Source::Header => f.write_str("header"),
            Source::Gir => f.write_str("gir"),
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

impl Direction {
    /// The attribute that says it.
    pub fn attribute(self) -> &'static str {
        match self {
            Direction::In => "input",
            Direction::Out => "out",
            Direction::InOut => "inout",
        }
    }
}

impl std::fmt::Display for Nullability {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Nullability::Nonnull => "nonnull",
            Nullability::Nullable => "nullable",
        })
    }
}

impl std::fmt::Display for Extent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Extent::One => f.write_str("one"),
            Extent::Count(expr) => write!(f, "counted_by({expr})"),
            Extent::Bytes(expr) => write!(f, "sized_by({expr})"),
            Extent::NullTerminated => f.write_str("null_terminated"),
        }
    }
}

/// Whether C follows the pointers inside during the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// It does; the direction is that of the innermost data.
    Through(Direction),
    /// They are addresses of another process: never looked at.
    Foreign,
    /// C leaves them alone in this call: they may be stale.
    Ignored,
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
    /// `#[pointer]`
    Pointer,
    /// `#[address_sensitive]`
    AddressSensitive(Sensitivity),
    /// `#[callback(…)]`
    Callback(Callback),
    /// `#[pointee(…)]`
    Pointee(Value),
    /// `#[errno]`
    Errno(Errno),
    /// `#[may_alias]`
    MayAlias,
    /// `#[returns(…)]`
    Returns(Value),
    /// `#[success(…)]`
    Success(Success),
    /// `#[form_of(…)]`: taken by the reader.
    Form,
    /// `#[unsafe_beyond_pointers("…")]`
    Beyond(String),
    /// `#[nested(…)]`
    Nested(Nested),
    /// `#[guarded(…)]`
    Guarded(Guarded),
    /// `#[unchecked("…")]`
    Unchecked(String),
    /// `#[calls_back]`, `#[nocallback]`
    CallsBack(bool),
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
    /// It is a number that is an address.
    pub pointer: Option<Fact<()>>,
    /// C knows the structure by its address: it may not move.
    pub address_sensitive: Option<Sensitivity>,
    /// A callback's contract.
    pub callback: Option<Fact<Callback>>,
    /// The pointer that it points to.
    pub pointee: Option<Fact<Value>>,
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
    /// What is said of the result, the strongest source first.
    pub returns: Vec<Fact<Value>>,
    /// What tells success, where `errno` does not.
    pub success: Option<Fact<Success>>,
    /// Why no pointer contract makes it safe.
    pub beyond: Option<Fact<String>>,
    /// How its calls are checked.
    pub policy: Policy,
    /// What weaker sources say and stronger ones contradict; for display.
    pub overruled: Vec<Overruled>,
}

/// How a structure that may not move is lent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sensitivity {
    /// To one call at a time.
    Alone,
    /// To several threads at once: C takes care.
    Shared,
}

/// The contracts of a record's fields.
#[derive(Clone, Debug, Default)]
pub struct RecordContract {
    /// Its name.
    pub name: String,
    /// C knows such a structure by its address.
    pub address_sensitive: Option<Sensitivity>,
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
    /// Whether wrappers leave it alone: somebody said so, or its type cannot be made by Rust.
    pub fn is_opaque(&self) -> bool {
        self.opaque.as_ref().is_some_and(|fact| fact.is_enforced() || fact.source == Source::Inferred("opaque-handle"))
    }

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
            Claim::Pointee(value) => set(&mut self.pointee, value, source, reason, place),
            Claim::MayExceed => self.may_exceed = true,
            Claim::Pointer => set(&mut self.pointer, (), source, reason, place),
            Claim::AddressSensitive(sensitivity) => self.address_sensitive = Some(sensitivity),
            Claim::Errno(_)
            | Claim::MayAlias
            | Claim::Returns(_)
            | Claim::Success(_)
            | Claim::Beyond(_)
            | Claim::Nested(_)
            | Claim::Guarded(_)
            | Claim::Unchecked(_)
            | Claim::CallsBack(_)
            | Claim::Idiomatic
            | Claim::Form => return false,
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
    /// What is known of the result, all sources together; guesses only when asked for.
    pub fn result(&self, with_guesses: bool) -> Value {
        let mut all = Value::default();
        for fact in self.returns.iter().filter(|fact| with_guesses || fact.is_enforced()) {
            all.fill_from(&fact.value);
        }
        all
    }

    /// Fills in what the types alone say, last of all sources.
    pub fn settle_defaults(&mut self, function: &Function, header: &Header) {
        for (contract, param) in self.params.iter_mut().zip(&function.params) {
            if let Ty::Pointer(pointer) = header.resolve(&param.ty) {
                contract.settle_from_type(pointer);
            }
        }
    }
}
