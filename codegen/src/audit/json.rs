//! The audit as data, and what each axis is called in it: the form that `pinned-ffi audit --format json` prints.

use super::learned::{LearnedFacts, LearnedFunction, LearnedReport};
use super::summary::{self, Summary};
use super::{settled, spell};
use crate::analyze::{Facts, by_value};
use crate::check::missing;
use crate::contract::axes::spoken_name;
use crate::contract::{
    Contracts, Direction, Escape, Expr, Extent, Fact, FnContract, Nullability, Origin, ParamContract, Scope,
};
use crate::model::{Function, Header, Ty};
use crate::pipeline::Output;
use crate::read::FnTokens;
use serde::Serialize;
use std::collections::BTreeMap;

/// The version of the form. Keys may be added without a new number.
pub const SCHEMA: u32 = 1;

/// The audit of a header.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// [`SCHEMA`].
    pub schema: u32,
    /// Every function, those that cannot be wrapped included.
    pub functions: Vec<FunctionReport>,
    /// Counts over all of them.
    pub summary: Summary,
    /// What programs have shown, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub learned: Option<LearnedReport>,
}

/// One function.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FunctionReport {
    /// Its name in C.
    pub name: String,
    /// Why there is no wrapper, where there is none.
    pub skipped: Option<String>,
    /// Its parameters in order; none for a function that could not even be declared.
    pub params: Vec<ParamReport>,
    /// What it gives back.
    pub result: ResultReport,
    /// Where it is declared, `header:line:column`, with the header as `#include` names it.
    pub location: Option<String>,
    /// How its calls are checked, in the words of the contract language, where not as others are: `unchecked("why")`.
    pub policy: Vec<String>,
    /// What calls of it have shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub learned: Option<LearnedFunction>,
}

/// One parameter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ParamReport {
    /// Its name.
    pub name: String,
    /// Its type as Rust spells it.
    #[serde(rename = "type")]
    pub ty: String,
    /// Whether it is a pointer, to data or to a function, once aliases are followed, or a number that is an address.
    pub pointer: bool,
    /// Whether it is such a number.
    pub address: bool,
    /// `in`, `out`, `inout` or `unknown`.
    pub direction: &'static str,
    /// Whether null is legal, where that is known.
    pub nullable: Option<bool>,
    /// How much it stands for.
    pub extent: ExtentReport,
    /// `call`, `retained`, `transfer` or `unknown`; the strongest of several cases.
    pub escape: &'static str,
    /// What a callback gets handed, and for how long.
    pub callback: Option<CallbackReport>,
    /// Whether C follows the pointers inside.
    pub flow_through: bool,
    /// Who says so, by axis: `attribute`, `file`, `pack:NAME`, `header`, `gir`, `inferred:RULE`, `default`.
    pub sources: BTreeMap<&'static str, String>,
    /// The words it was said in, by axis.
    pub reasons: BTreeMap<&'static str, String>,
    /// Whether it is C's own memory, a handle.
    pub opaque: bool,
    /// What the pointer means that it points to.
    pub pointee: Option<String>,
    /// Of a structure passed by value, the pointers inside: calls do not look at them. `*` where they are not known.
    pub by_value: Vec<String>,
    /// The axes that nobody said anything about, of those that a safe function needs.
    pub missing: Vec<&'static str>,
    /// What calls have shown of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub learned: Option<LearnedFacts>,
}

/// How much memory a pointer stands for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExtentReport {
    /// `one`, `count`, `bytes`, `null_terminated` or `unknown`.
    pub kind: &'static str,
    /// The parameter that says how many, or the text of the expression.
    pub by: Option<String>,
    /// 0: of what the pointer points to. 1: of what the pointer stored there points to, as in `int list(item ***, size_t *)`.
    pub level: u8,
    /// `null` for an array of pointers that is guessed to end with null; its kind is `count`, by nothing.
    pub until: Option<&'static str>,
}

/// What a callback means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CallbackReport {
    /// The parameter that it gets handed.
    pub userdata: Option<String>,
    /// `call`, `async`, `notified` or `forever`.
    pub scope: Option<&'static str>,
    /// What ends it.
    pub destroy: Option<String>,
}

/// What a function gives back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ResultReport {
    /// Its type as Rust spells it; `()` for none.
    #[serde(rename = "type")]
    pub ty: String,
    /// Whether it is a pointer, once aliases are followed.
    pub pointer: bool,
    /// `owned`, `borrowed`, `static`, `until` or `unknown`; the first of several.
    pub origin: &'static str,
    /// The parameter that it borrows from.
    pub borrowed: Option<String>,
    /// The function that releases it.
    pub free: Option<String>,
    /// The functions that end it.
    pub until: Vec<String>,
    /// Whether it may be null, where that is known.
    pub nullable: Option<bool>,
    /// How much it stands for.
    pub extent: ExtentReport,
    /// Whether failure is told by `errno`.
    pub errno: bool,
    /// Everything said of it, in the words of the contract language.
    pub text: Option<String>,
    /// Who says so, the strongest first.
    pub sources: Vec<String>,
    /// What calls have shown of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub learned: Option<LearnedFacts>,
}

/// The audit of everything that the passes made of a header.
pub fn report(output: &Output) -> Report {
    let Output { header, tokens, contracts, facts: records, .. } = output;
    let Contracts { functions: facts, .. } = contracts;
    let reasons: BTreeMap<&str, &str> =
        header.skipped.iter().map(|skipped| (skipped.name.as_str(), skipped.reason.as_str())).collect();
    let mut functions: Vec<FunctionReport> = header
        .functions
        .iter()
        .zip(&tokens.functions)
        .zip(facts)
        .map(|((function, tokens), facts)| {
            let skipped = reasons.get(function.name.as_str()).or_else(|| reasons.get(function.c_name()));
            function_of(header, records, function, tokens, facts, skipped.map(|reason| (*reason).to_owned()))
        })
        .collect();
    functions.extend(header.skipped.iter().filter(|skipped| !skipped.passes_through).map(|skipped| FunctionReport {
        name: skipped.name.clone(),
        skipped: Some(skipped.reason.clone()),
        params: Vec::new(),
        result: ResultReport::unknown(),
        location: None,
        policy: Vec::new(),
        learned: None,
    }));
    let summary = summary::of(&functions);
    Report { schema: SCHEMA, functions, summary, learned: None }
}

fn function_of(
    header: &Header,
    records: &Facts,
    function: &Function,
    tokens: &FnTokens,
    facts: &FnContract,
    skipped: Option<String>,
) -> FunctionReport {
    let inputs = tokens.item.sig.inputs.iter().filter_map(|input| match input {
        syn::FnArg::Typed(input) => Some(spell::ty(&input.ty)),
        syn::FnArg::Receiver(_) => None,
    });
    let params = function
        .params
        .iter()
        .zip(&facts.params)
        .zip(inputs)
        .map(|((param, facts), ty)| ParamReport {
            by_value: by_value(header, &param.ty, records),
            ..param_of(header, facts, ty, header.resolve(&param.ty))
        })
        .collect();
    let ty = match &tokens.item.sig.output {
        syn::ReturnType::Default => "()".to_owned(),
        syn::ReturnType::Type(_, ty) => spell::ty(ty),
    };
    let result = result_of(facts, ty, is_pointer(header.resolve(&function.result)));
    FunctionReport {
        name: function.c_name().to_owned(),
        skipped,
        params,
        result,
        location: function.portable_location.clone(),
        policy: facts.policy.words(),
        learned: None,
    }
}

fn is_pointer(ty: &Ty) -> bool {
    matches!(ty, Ty::Pointer(_) | Ty::FnPointer)
}

fn param_of(header: &Header, facts: &ParamContract, ty: String, shape: &Ty) -> ParamReport {
    let facts = &settled::settled(facts, shape);
    let mut sources = BTreeMap::new();
    let mut reasons = BTreeMap::new();
    let mut said = |axis, fact: Option<(String, &str)>| {
        if let Some((source, reason)) = fact {
            sources.insert(axis, source);
            reasons.insert(axis, reason.to_owned());
        }
    };
    said("direction", origin(&facts.direction));
    said("nullable", origin(&facts.nullability));
    said("extent", origin(&facts.extent));
    said("filled", origin(&facts.filled));
    said("escape", origin(&facts.escape));
    said("flow_through", origin(&facts.flow));
    said("opaque", origin(&facts.opaque));
    said("pointer", origin(&facts.pointer));
    said("callback", origin(&facts.callback));
    said("pointee", origin(&facts.pointee));
    let callback = facts.callback.as_ref().map(|fact| CallbackReport {
        userdata: fact.value.userdata.as_deref().map(|name| spoken_name(name).to_owned()),
        scope: fact.value.scope.map(Scope::word),
        destroy: fact.value.destroy.as_deref().map(|name| spoken_name(name).to_owned()),
    });
    ParamReport {
        name: facts.name.clone(),
        ty,
        pointer: is_pointer(shape) || facts.pointer.is_some(),
        address: facts.pointer.is_some(),
        direction: match facts.direction.as_ref().map(|fact| fact.value) {
            Some(Direction::In) => "in",
            Some(Direction::Out) => "out",
            Some(Direction::InOut) => "inout",
            None => "unknown",
        },
        nullable: facts.nullability.as_ref().map(|fact| fact.value == Nullability::Nullable),
        extent: extent(header, facts, shape),
        escape: escape(facts.escape.as_ref().map(|fact| &fact.value)),
        callback,
        flow_through: facts.flow.is_some(),
        sources,
        reasons,
        opaque: facts.opaque.is_some(),
        pointee: facts.pointee.as_ref().map(|fact| fact.value.to_string()),
        by_value: Vec::new(),
        missing: missing(facts, shape),
        learned: None,
    }
}

/// The extent that a reader asks for: for a place where C stores an array, that of the array.
fn extent(header: &Header, facts: &ParamContract, shape: &Ty) -> ExtentReport {
    let own = facts.extent.as_ref();
    let stored = facts.pointee.as_ref().and_then(|fact| fact.value.extent.as_ref());
    let is_array = |extent: &&Extent| matches!(extent, Extent::Count(_) | Extent::Bytes(_));
    if let (None | Some(Extent::One), Some(array)) = (own.map(|fact| &fact.value), stored.filter(is_array)) {
        return ExtentReport { level: 1, ..ExtentReport::of(Some(array)) };
    }
    let holds_pointers =
        shape.as_pointer().is_some_and(|pointer| matches!(header.resolve(&pointer.pointee), Ty::Pointer(_)));
    if holds_pointers && own.is_some_and(|fact| fact.value == Extent::NullTerminated && !fact.is_enforced()) {
        return ExtentReport { kind: "count", by: None, level: 0, until: Some("null") };
    }
    ExtentReport::of(own.map(|fact| &fact.value))
}

fn origin<T>(fact: &Option<Fact<T>>) -> Option<(String, &str)> {
    fact.as_ref().map(|fact| (fact.source.to_string(), fact.reason.as_str()))
}

fn escape(escape: Option<&Escape>) -> &'static str {
    match escape {
        None => "unknown",
        Some(Escape::Call) => "call",
        Some(Escape::Retained(_)) => "retained",
        Some(Escape::Transfer { .. }) => "transfer",
        Some(Escape::Cases(cases)) => {
            let words: Vec<&str> = cases.iter().map(|case| self::escape(Some(&case.escape))).collect();
            ["transfer", "retained", "call"].into_iter().find(|word| words.contains(word)).unwrap_or("unknown")
        }
    }
}

impl ExtentReport {
    fn of(extent: Option<&Extent>) -> Self {
        let (kind, by) = match extent {
            None => ("unknown", None),
            Some(Extent::One) => ("one", None),
            Some(Extent::NullTerminated) => ("null_terminated", None),
            Some(Extent::Count(expr)) => ("count", Some(expr)),
            Some(Extent::Bytes(expr)) => ("bytes", Some(expr)),
        };
        let by = by.map(|expr| match expr {
            Expr::Name(name) | Expr::Deref(name) => spoken_name(name).to_owned(),
            other => other.to_string(),
        });
        Self { kind, by, level: 0, until: None }
    }
}

impl ResultReport {
    fn unknown() -> Self {
        Self {
            ty: String::new(),
            pointer: false,
            origin: "unknown",
            borrowed: None,
            free: None,
            until: Vec::new(),
            nullable: None,
            extent: ExtentReport::of(None),
            errno: false,
            text: None,
            sources: Vec::new(),
            learned: None,
        }
    }
}

fn result_of(facts: &FnContract, ty: String, pointer: bool) -> ResultReport {
    let value = facts.result(true);
    let mut report = ResultReport { ty, pointer, errno: facts.errno.is_some(), ..ResultReport::unknown() };
    report.origin = match value.origins.first() {
        None => "unknown",
        Some(Origin::Owned { .. }) => "owned",
        Some(Origin::Borrowed { .. }) => "borrowed",
        Some(Origin::Static) => "static",
        Some(Origin::Until { .. }) => "until",
    };
    report.borrowed = value.origins.iter().find_map(|origin| match origin {
        Origin::Borrowed { from } => Some(spoken_name(from).to_owned()),
        _ => None,
    });
    report.free = value.free().map(ToOwned::to_owned);
    report.until = value
        .origins
        .iter()
        .find_map(|origin| match origin {
            Origin::Until { calls } => Some(calls.clone()),
            _ => None,
        })
        .unwrap_or_default();
    report.nullable = value.nullability.map(|value| value == Nullability::Nullable);
    report.extent = ExtentReport::of(value.extent.as_ref());
    report.text = Some(value.to_string()).filter(|text| !text.is_empty());
    report.sources = facts.returns.iter().map(|fact| fact.source.to_string()).collect();
    report
}
