//! GObject-Introspection: which function of a `.gir` file is which of the header, and what it says of it.

mod claims;
mod parse;
mod types;

pub use parse::parse;

use super::axes::{Claim, Direction, Extent, Fact, FnContract, Nullability, Source};
use super::callback::Scope;
use super::overlay::Overruled;
use super::value::{Origin, Value};
use super::{Declared, Escape};
use crate::diag::{Diagnostic, Diagnostics, Place, codes};
use crate::model::{Function, Header};
use std::collections::BTreeMap;
use types::{GirType, Types};

/// The introspection files, read: their functions by C name, and their types.
#[derive(Clone, Debug, Default)]
pub struct Introspection {
    functions: BTreeMap<String, GirFn>,
    types: Types,
    namespaces: Vec<Namespace>,
}

/// One file.
#[derive(Clone, Debug)]
struct Namespace {
    /// `GLib-2.0`.
    name: String,
    at: Place,
    functions: Vec<String>,
}

/// A function; parameters as C counts them, the instance first, without the `GError **` at the end.
#[derive(Clone, Debug)]
struct GirFn {
    at: Place,
    params: Vec<GirParam>,
    has_instance: bool,
    result: GirParam,
    throws: bool,
    is_constructor: bool,
    /// Bindings of other languages use it; if not, nobody has looked at its annotations.
    is_introspectable: bool,
    doc: String,
}

/// A parameter, or a result.
#[derive(Clone, Debug, Default)]
struct GirParam {
    name: String,
    ty: GirType,
    way: Way,
    caller_allocates: bool,
    transfer: Transfer,
    is_nullable: bool,
    is_optional: bool,
    scope: Option<Scope>,
    closure: Option<usize>,
    destroy: Option<usize>,
    doc: String,
}

/// `direction`: of the argument, not of what it points to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Way {
    #[default]
    In,
    Out,
    InOut,
}

/// `transfer-ownership`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Transfer {
    #[default]
    None,
    Container,
    Full,
}

impl Introspection {
    /// What is known of a function; `None` where nothing is.
    pub(super) fn contract(&self, function: &Function, header: &Header) -> Option<FnContract> {
        let known = self.functions.get(function.c_name())?;
        let mut contract = FnContract::new(function);
        let count = known.params.len() + usize::from(known.throws);
        if count != function.params.len() {
            contract.overruled.push(Overruled {
                on: None,
                source: Source::Gir,
                words: format!("{count} parameters"),
                winner: Source::Header,
                kept: format!("{} parameters", function.params.len()),
            });
            return Some(contract);
        }
        let facts = claims::Claims { types: &self.types, known, function, header };
        for (index, param) in contract.params.iter_mut().enumerate().take(known.params.len()) {
            for (claim, words) in facts.param(index) {
                param.claim(claim, Source::Gir, &words, &known.at);
            }
        }
        if known.throws
            && let Some(error) = contract.params.last_mut()
        {
            for (claim, words) in error_location() {
                error.claim(claim, Source::Gir, words, &known.at);
            }
        }
        if let Some((value, reason)) = facts.result() {
            contract.returns.push(Fact { value, source: Source::Gir, reason, place: known.at.clone() });
        }
        Some(contract)
    }

    /// Refuses a file that describes none of what the headers declare: it is the wrong one.
    pub(super) fn refuse_strangers(&self, header: &Header, declared: &Declared, diagnostics: &mut Diagnostics) {
        for namespace in &self.namespaces {
            let is_declared = |name: &String| {
                declared.functions.contains(name) || header.functions.iter().any(|function| function.c_name() == name)
            };
            if namespace.functions.iter().any(is_declared) {
                continue;
            }
            diagnostics.push(
                Diagnostic::new(
                    codes::INTROSPECTION,
                    namespace.at.clone(),
                    format!("none of the {} functions of {} is declared", namespace.functions.len(), namespace.name),
                )
                .help("name the `.gir` file of the library whose header is read, or take it away"),
            );
        }
    }
}

/// The last parameter of what `throws`. C reads it first, because an error may not be stored over another one: it has
/// to be null before the call, so that it is no mere `out`.
fn error_location() -> [(Claim, &'static str); 5] {
    let error = Value {
        origins: vec![Origin::Owned { free: Some("g_error_free".into()) }],
        nullability: Some(Nullability::Nullable),
        extent: Some(Extent::One),
        ..Value::default()
    };
    [
        (Claim::Direction(Direction::InOut), "throws"),
        (Claim::Nullability(Nullability::Nullable), "throws"),
        (Claim::Extent(Extent::One), "throws"),
        (Claim::Escape(Escape::Call), "throws"),
        (Claim::Pointee(error), "throws"),
    ]
}
