//! Reads contract attributes: on extern blocks, in packs, on structures. One spelling for all three.

mod called;
mod lists;
pub(super) mod words;

pub use lists::FormOf;

use super::axes::{Claim, Extent, Fact, FnContract, ParamContract, RecordContract, Sensitivity, Source};
use super::callback::Callback;
use super::escape::Escape;
use super::expr::Expr;
use super::limits;
use crate::diag::{Diagnostic, Diagnostics, Place, closest, codes};
use crate::model::{Function, Param, Ty};
use crate::read::{FieldTokens, FnTokens};
use quote::ToTokens;
use syn::spanned::Spanned;

/// Words that may stand on a parameter or field.
pub const ON_PARAMETERS: &[&str] = &[
    "input",
    "out",
    "inout",
    "nonnull",
    "nullable",
    "one",
    "counted_by",
    "sized_by",
    "null_terminated",
    "filled_by",
    "noescape",
    "retained",
    "transfer",
    "flow_through",
    "opaque",
    "address",
    "may_exceed",
    "pointer",
    "address_sensitive",
    "callback",
    "pointee",
];

/// Words that may stand on a function.
pub const ON_FUNCTIONS: &[&str] = &[
    "errno",
    "success",
    "may_alias",
    "returns",
    "unsafe_beyond_pointers",
    "nested",
    "guarded",
    "unchecked",
    "calls_back",
    "nocallback",
    "idiomatic",
    "form_of",
];

/// Whether an attribute is ours.
pub fn is_contract(attribute: &syn::Attribute) -> bool {
    attribute.path().get_ident().is_some_and(|ident| ON_PARAMETERS.iter().chain(ON_FUNCTIONS).any(|word| ident == word))
}

/// Adds what the user's attributes say to a contract.
pub fn apply(
    contract: &mut FnContract,
    function: &Function,
    tokens: &FnTokens,
    source: Source,
    diagnostics: &mut Diagnostics,
) {
    for attribute in &tokens.contract_attrs {
        let Some(claim) = read(attribute, ON_FUNCTIONS, "a function", diagnostics) else { continue };
        function_claim(contract, Said::by(attribute, claim, source.clone()), diagnostics);
    }
    for (index, attributes) in tokens.param_attrs.iter().enumerate() {
        let is_pointer = attributes.iter().any(|attribute| attribute.path().is_ident("pointer"));
        for attribute in attributes {
            let Some(claim) = read(attribute, ON_PARAMETERS, "a parameter", diagnostics) else { continue };
            let claim = match (claim, tokens.called.get(index)) {
                (Claim::Callback(callback), Some(Some(ty))) => {
                    let called = called::read(ty, callback.userdata.as_deref(), &function.params, diagnostics);
                    let has_result = matches!(ty.output, syn::ReturnType::Type(..));
                    Claim::Callback(Callback { called, has_result, ..callback })
                }
                (claim, _) => claim,
            };
            if let Err((message, help)) = fits(function, index, &claim, is_pointer) {
                let place = Place::Token(attribute.path().span());
                diagnostics.push(Diagnostic::new(codes::NOT_A_POINTER, place, message).help(help));
                continue;
            }
            param_claim(&mut contract.params[index], Said::by(attribute, claim, source.clone()), diagnostics);
        }
    }
}

/// Whether a parameter's type can have this said of it: it is a pointer, or may be one by its alias, or is a number that
/// `is_pointer` says is one. Else what is wrong, and the edit that mends it.
pub(super) fn fits(
    function: &Function,
    index: usize,
    claim: &Claim,
    is_pointer: bool,
) -> Result<(), (String, &'static str)> {
    let Param { name, ty } = &function.params[index];
    let of_memory = |claim: &Claim| match claim {
        Claim::Direction(_) | Claim::Nullability(_) | Claim::Filled(_) | Claim::Escape(_) | Claim::MayExceed => true,
        Claim::Extent(extent) => matches!(extent, Extent::Bytes(_) | Extent::NullTerminated),
        _ => false,
    };
    match (ty, claim) {
        (Ty::Pointer(_), Claim::Pointer) => {
            Err((format!("`{name}` is a pointer by its type: `pointer` is for numbers"), "take `pointer` away"))
        }
        (Ty::Pointer(_) | Ty::Named(_) | Ty::Other, _) | (_, Claim::Callback(_) | Claim::Opaque) => Ok(()),
        (Ty::FnPointer, Claim::Nullability(_)) => Ok(()),
        (Ty::Number, Claim::Pointer) => Ok(()),
        (Ty::Number, claim) if is_pointer && of_memory(claim) => Ok(()),
        (Ty::Number, _) if is_pointer => Err((
            format!("`{name}` is a number, and nothing says what it points to"),
            "say how many bytes there are, `sized_by(n)`, or declare it as a pointer",
        )),
        (Ty::Number, _) => Err((
            format!("`{name}` is not a pointer"),
            "take it away, or put it on the pointer it belongs to; `pointer` beside it says that the number is an address",
        )),
        _ => Err((format!("`{name}` is not a pointer"), "take it away, or put it on the pointer it belongs to")),
    }
}

/// Only arguments are looked at as addresses where their type is a number.
pub(super) fn pointer_in_a_field(name: &str, place: Place) -> Diagnostic {
    let message = format!("`{name}` is a field, and numbers inside structures are not followed");
    Diagnostic::new(codes::NOT_A_POINTER, place, message).help("declare the field as a pointer")
}

/// A claim with the words it was made in, by whom, and where: in an attribute, or in a file.
pub(super) struct Said {
    pub(super) claim: Claim,
    pub(super) words: String,
    pub(super) source: Source,
    pub(super) place: Place,
}

impl Said {
    fn by(attribute: &syn::Attribute, claim: Claim, source: Source) -> Self {
        Self { claim, words: spelling(attribute), source, place: Place::Token(attribute.path().span()) }
    }
}

/// The contract of a record from the attributes of its fields.
pub fn record(name: &str, fields: &[FieldTokens], diagnostics: &mut Diagnostics) -> RecordContract {
    let mut contract = RecordContract { name: name.to_owned(), ..RecordContract::default() };
    for field in fields {
        let mut facts = ParamContract { name: field.name.clone(), ..ParamContract::default() };
        for attribute in &field.contract_attrs {
            if let Some(claim) = read(attribute, ON_PARAMETERS, "a field", diagnostics) {
                if claim == Claim::Pointer {
                    diagnostics.push(pointer_in_a_field(&field.name, Place::Token(attribute.path().span())));
                    continue;
                }
                param_claim(&mut facts, Said::by(attribute, claim, Source::Attribute), diagnostics);
            }
        }
        if !field.contract_attrs.is_empty() {
            contract.fields.push((field.name.clone(), facts));
        }
    }
    contract
}

/// What a structure's own attributes say of where it may lie.
pub fn sensitivity(attributes: &[syn::Attribute], diagnostics: &mut Diagnostics) -> Option<Sensitivity> {
    let attribute = attributes.iter().find(|attribute| attribute.path().is_ident("address_sensitive"))?;
    words::sensitivity(attribute).map_err(|error| diagnostics.extend(error.into())).ok()
}

/// A second word on the same axis contradicts the first.
pub(super) fn param_claim(contract: &mut ParamContract, said: Said, diagnostics: &mut Diagnostics) {
    let Said { claim, words, source, place } = said;
    let taken = match &claim {
        Claim::Direction(_) => contract.direction.as_ref().map(|fact| fact.reason.clone()),
        Claim::Nullability(_) => contract.nullability.as_ref().map(|fact| fact.reason.clone()),
        Claim::Extent(_) => contract.extent.as_ref().map(|fact| fact.reason.clone()),
        Claim::Escape(_) => contract.escape.as_ref().map(|fact| fact.reason.clone()),
        Claim::Flow(_) => contract.flow.as_ref().map(|fact| fact.reason.clone()),
        Claim::Filled(_) => contract.filled.as_ref().map(|fact| fact.reason.clone()),
        Claim::Callback(_) => contract.callback.as_ref().map(|fact| fact.reason.clone()),
        Claim::Pointee(_) => contract.pointee.as_ref().map(|fact| fact.reason.clone()),
        _ => None,
    };
    // Further cases of the same axis add up; two that hold always do not.
    if let (Claim::Escape(new), Some(fact)) = (&claim, &mut contract.escape)
        && fact.source == source
        && (matches!(new, Escape::Cases(_)) || matches!(fact.value, Escape::Cases(_)))
    {
        fact.value = fact.value.clone().or_else(new.clone());
        fact.reason = format!("{}; {words}", fact.reason);
        return;
    }
    if let Some(first) = taken {
        diagnostics.push(
            Diagnostic::new(
                codes::CONTRADICTION,
                place,
                format!("`{words}` contradicts `{first}` on `{}`", contract.name),
            )
            .help("keep the one that the C function means"),
        );
        return;
    }
    contract.claim(claim, source, &words, &place);
}

/// Adds a claim on a whole function; a second one on the same axis contradicts the first.
pub(super) fn function_claim(contract: &mut FnContract, said: Said, diagnostics: &mut Diagnostics) {
    fn set<T>(slot: &mut Option<Fact<T>>, fact: Fact<T>, diagnostics: &mut Diagnostics) {
        if let Some(first) = slot {
            diagnostics.push(
                Diagnostic::new(
                    codes::CONTRADICTION,
                    fact.place,
                    format!("`{}` contradicts `{}`", fact.reason, first.reason),
                )
                .help("keep the one that the C function means"),
            );
        } else {
            *slot = Some(fact);
        }
    }
    let Said { claim, words: reason, source, place } = said;
    match claim {
        Claim::Errno(value) => set(&mut contract.errno, Fact { value, source, reason, place }, diagnostics),
        Claim::MayAlias => set(&mut contract.may_alias, Fact { value: (), source, reason, place }, diagnostics),
        Claim::Nested(value) => set(&mut contract.policy.nested, Fact { value, source, reason, place }, diagnostics),
        Claim::Guarded(value) => set(&mut contract.policy.guarded, Fact { value, source, reason, place }, diagnostics),
        Claim::Unchecked(value) => {
            set(&mut contract.policy.unchecked, Fact { value, source, reason, place }, diagnostics);
        }
        Claim::CallsBack(value) => {
            set(&mut contract.policy.calls_back, Fact { value, source, reason, place }, diagnostics);
        }
        Claim::Beyond(value) => set(&mut contract.beyond, Fact { value, source, reason, place }, diagnostics),
        Claim::Returns(value) => contract.returns.push(Fact { value, source, reason, place }),
        Claim::Success(value) => set(&mut contract.success, Fact { value, source, reason, place }, diagnostics),
        // `#[idiomatic]` was taken by the reader: it is a signature, not a fact.
        _ => {}
    }
}

/// The attribute as written, without what surrounds it: `counted_by(n)`.
pub fn spelling(attribute: &syn::Attribute) -> String {
    let mut out = attribute.path().to_token_stream().to_string();
    match &attribute.meta {
        syn::Meta::Path(_) => {}
        syn::Meta::List(list) => {
            let inner = list.tokens.to_string();
            let tidy = syn::parse_str::<syn::Expr>(&inner)
                .ok()
                .and_then(|expr| Expr::from_syntax(&expr).ok())
                .map_or(inner, |expr| expr.to_string());
            out.push_str(&format!("({tidy})"));
        }
        syn::Meta::NameValue(pair) => out.push_str(&format!(" = {}", pair.value.to_token_stream())),
    }
    out
}

/// Reads one attribute; what cannot be read becomes a diagnostic.
pub(super) fn read(
    attribute: &syn::Attribute,
    words: &[&str],
    what: &str,
    diagnostics: &mut Diagnostics,
) -> Option<Claim> {
    let name = attribute.path().to_token_stream().to_string();
    if !words.contains(&name.as_str()) {
        let mut diagnostic = Diagnostic::new(
            codes::UNKNOWN_ATTRIBUTE,
            Place::Token(attribute.path().span()),
            format!("`{name}` is no contract of {what}"),
        )
        .note(format!("{what} may have {}", words.join(", ")));
        if let Some(near) = closest(&name, words.iter().copied()) {
            diagnostic = diagnostic.help(format!("write `#[{near}]`"));
        }
        diagnostics.push(diagnostic);
        return None;
    }
    let claim = match &attribute.meta {
        syn::Meta::List(list) if !limits::are_few(&list.tokens) => {
            Err(syn::Error::new(attribute.path().span(), format!("`{name}` is too long, or its brackets too deep")))
        }
        _ => words::claim(&name, attribute),
    };
    match claim {
        Ok(claim) => Some(claim),
        Err(error) => {
            diagnostics.push(
                Diagnostic::new(codes::MALFORMED, Place::Token(error.span()), error.to_string())
                    .help(format!("write {}", words::example(&name))),
            );
            None
        }
    }
}
