//! Reads contract attributes: on extern blocks, in packs, on structures. One spelling for all three.

use super::axes::{
    Claim, Direction, Errno, Escape, Extent, Fact, Filled, Flow, FnContract, Nullability, ParamContract,
    RecordContract, Source,
};
use super::expr::Expr;
use crate::diag::{Diagnostic, Diagnostics, Place, closest, codes};
use crate::model::Function;
use crate::read::{FieldTokens, FnTokens};
use quote::ToTokens;
use syn::parse::{Parse, ParseStream};
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
    "callback",
];

/// Words that may stand on a function.
pub const ON_FUNCTIONS: &[&str] = &["errno", "may_alias", "returns", "unsafe_beyond_pointers", "idiomatic"];

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
        function_claim(contract, claim, source.clone(), attribute);
    }
    for (index, attributes) in tokens.param_attrs.iter().enumerate() {
        let is_pointer = function.params[index].ty.as_pointer().is_some();
        for attribute in attributes {
            let Some(claim) = read(attribute, ON_PARAMETERS, "a parameter", diagnostics) else { continue };
            if !is_pointer && !matches!(claim, Claim::Callback(_) | Claim::Opaque) && !may_hide_pointer(function, index)
            {
                diagnostics.push(
                    Diagnostic::new(
                        codes::NOT_A_POINTER,
                        Place::Token(attribute.path().span()),
                        format!("`{}` is not a pointer", function.params[index].name),
                    )
                    .help("take the attribute away, or put it on the pointer it belongs to"),
                );
                continue;
            }
            param_claim(&mut contract.params[index], claim, source.clone(), attribute, diagnostics);
        }
    }
}

/// Whether a type that is no pointer by its spelling may be one by its alias.
fn may_hide_pointer(function: &Function, index: usize) -> bool {
    matches!(function.params[index].ty, crate::model::Ty::Named(_) | crate::model::Ty::Other)
}

/// The contract of a record from the attributes of its fields.
pub fn record(name: &str, fields: &[FieldTokens], diagnostics: &mut Diagnostics) -> RecordContract {
    let mut contract = RecordContract { name: name.to_owned(), fields: Vec::new() };
    for field in fields {
        let mut facts = ParamContract { name: field.name.clone(), ..ParamContract::default() };
        for attribute in &field.contract_attrs {
            if let Some(claim) = read(attribute, ON_PARAMETERS, "a field", diagnostics) {
                param_claim(&mut facts, claim, Source::Attribute, attribute, diagnostics);
            }
        }
        if !field.contract_attrs.is_empty() {
            contract.fields.push((field.name.clone(), facts));
        }
    }
    contract
}

/// A second attribute on the same axis contradicts the first.
fn param_claim(
    contract: &mut ParamContract,
    claim: Claim,
    source: Source,
    attribute: &syn::Attribute,
    diagnostics: &mut Diagnostics,
) {
    let taken = match &claim {
        Claim::Direction(_) => contract.direction.as_ref().map(|fact| fact.reason.clone()),
        Claim::Nullability(_) => contract.nullability.as_ref().map(|fact| fact.reason.clone()),
        Claim::Extent(_) => contract.extent.as_ref().map(|fact| fact.reason.clone()),
        Claim::Escape(_) => contract.escape.as_ref().map(|fact| fact.reason.clone()),
        Claim::Flow(_) => contract.flow.as_ref().map(|fact| fact.reason.clone()),
        Claim::Filled(_) => contract.filled.as_ref().map(|fact| fact.reason.clone()),
        _ => None,
    };
    let words = spelling(attribute);
    if let Some(first) = taken {
        diagnostics.push(
            Diagnostic::new(
                codes::CONTRADICTION,
                Place::Token(attribute.path().span()),
                format!("`{words}` contradicts `{first}` on `{}`", contract.name),
            )
            .help("keep the one that the C function means"),
        );
        return;
    }
    contract.claim(claim, source, &words, &Place::Token(attribute.path().span()));
}

/// Adds a claim on a whole function, where nothing stronger stands.
pub(super) fn function_claim(contract: &mut FnContract, claim: Claim, source: Source, attribute: &syn::Attribute) {
    let reason = spelling(attribute);
    let place = Place::Token(attribute.path().span());
    match claim {
        Claim::Errno(value) => {
            contract.errno.get_or_insert(Fact { value, source, reason, place });
        }
        Claim::MayAlias => {
            contract.may_alias.get_or_insert(Fact { value: (), source, reason, place });
        }
        Claim::Beyond(value) => {
            contract.beyond.get_or_insert(Fact { value, source, reason, place });
        }
        Claim::Returns(value) => contract.returns.push(Fact { value, source, reason, place }),
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
    match claim(&name, attribute) {
        Ok(claim) => Some(claim),
        Err(error) => {
            diagnostics.push(
                Diagnostic::new(codes::MALFORMED, Place::Token(error.span()), error.to_string())
                    .help(format!("write {}", example(&name))),
            );
            None
        }
    }
}

fn claim(name: &str, attribute: &syn::Attribute) -> syn::Result<Claim> {
    let expr = || attribute.parse_args::<syn::Expr>().and_then(|expr| Expr::from_syntax(&expr));
    let bare = |claim| attribute.meta.require_path_only().map(|_| claim);
    match name {
        "input" => bare(Claim::Direction(Direction::In)),
        "out" => bare(Claim::Direction(Direction::Out)),
        "inout" => bare(Claim::Direction(Direction::InOut)),
        "nonnull" => bare(Claim::Nullability(Nullability::Nonnull)),
        "nullable" => bare(Claim::Nullability(Nullability::Nullable)),
        "one" => bare(Claim::Extent(Extent::One)),
        "null_terminated" => bare(Claim::Extent(Extent::NullTerminated)),
        "counted_by" => expr().map(|expr| Claim::Extent(Extent::Count(expr))),
        "sized_by" => expr().map(|expr| Claim::Extent(Extent::Bytes(expr))),
        "filled_by" => {
            let tokens = attribute.meta.require_list()?.tokens.to_string();
            if tokens == "return" {
                Ok(Claim::Filled(Filled::Return))
            } else {
                expr().map(Filled::Expr).map(Claim::Filled)
            }
        }
        "noescape" => bare(Claim::Escape(Escape::Call)),
        "retained" | "transfer" => {
            attribute.parse_args::<Options>().and_then(|options| options.escape(name, attribute))
        }
        "flow_through" => {
            if matches!(attribute.meta, syn::Meta::Path(_)) {
                return Ok(Claim::Flow(Flow::Through(Direction::In)));
            }
            let word: syn::Ident = attribute.parse_args_with(syn::Ident::parse_any_ident)?;
            match word.to_string().as_str() {
                "input" | "in" => Ok(Claim::Flow(Flow::Through(Direction::In))),
                "out" => Ok(Claim::Flow(Flow::Through(Direction::Out))),
                "inout" => Ok(Claim::Flow(Flow::Through(Direction::InOut))),
                "foreign" => Ok(Claim::Flow(Flow::Foreign)),
                _ => Err(syn::Error::new(word.span(), "the direction of the innermost data is in, out or inout")),
            }
        }
        "opaque" | "address" => bare(Claim::Opaque),
        "may_exceed" => bare(Claim::MayExceed),
        "callback" => Ok(Claim::Callback(attribute.meta.require_list()?.tokens.to_string())),
        "errno" => {
            if matches!(attribute.meta, syn::Meta::Path(_)) {
                return Ok(Claim::Errno(Errno::Value));
            }
            let word: syn::Ident = attribute.parse_args()?;
            match word.to_string().as_str() {
                "void" => Ok(Claim::Errno(Errno::Void)),
                "null" => Ok(Claim::Errno(Errno::Null)),
                _ => {
                    Err(syn::Error::new(word.span(), "success carries the result, or `void`; failure is -1 or `null`"))
                }
            }
        }
        "may_alias" => bare(Claim::MayAlias),
        "returns" => Ok(Claim::Returns(attribute.meta.require_list()?.tokens.to_string())),
        "unsafe_beyond_pointers" => attribute.parse_args::<syn::LitStr>().map(|reason| Claim::Beyond(reason.value())),
        "idiomatic" => bare(Claim::Idiomatic),
        _ => Err(syn::Error::new(attribute.path().span(), "no contract")),
    }
}

fn example(name: &str) -> &'static str {
    match name {
        "counted_by" => "`#[counted_by(n)]`, with the parameter that counts the elements",
        "sized_by" => "`#[sized_by(n)]`, with the parameter that counts the bytes",
        "filled_by" => "`#[filled_by(return)]`, or the expression that tells how much was written",
        "retained" => "`#[retained(forever)]`, or `#[retained(by = handle, until = [end_function])]`",
        "transfer" => "`#[transfer(free = function)]`",
        "flow_through" => "`#[flow_through]`, or `#[flow_through(out)]` where C writes the innermost data",
        "errno" => "`#[errno]`, `#[errno(void)]` or `#[errno(null)]`",
        "unsafe_beyond_pointers" => "`#[unsafe_beyond_pointers(\"reason\")]`",
        "returns" => "`#[returns(static)]`, `#[returns(borrowed = p)]` or `#[returns(owned, free = f)]`",
        "callback" => "`#[callback(userdata = p, scope = call)]`",
        _ => "it without arguments",
    }
}

/// `forever`, `by = x`, `until = [f, g]`, `free = f`.
#[derive(Default)]
struct Options {
    forever: bool,
    by: Option<String>,
    until: Vec<String>,
    free: Option<String>,
}

impl Parse for Options {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut options = Self::default();
        while !input.is_empty() {
            let key: syn::Ident = input.parse()?;
            if key == "forever" {
                options.forever = true;
            } else {
                input.parse::<syn::Token![=]>()?;
                match key.to_string().as_str() {
                    "by" => options.by = Some(input.parse::<syn::Ident>()?.to_string()),
                    "free" => options.free = Some(input.parse::<syn::Ident>()?.to_string()),
                    "until" => {
                        let list: syn::ExprArray = input.parse()?;
                        options.until = list.elems.iter().map(|name| name.to_token_stream().to_string()).collect();
                    }
                    _ => return Err(syn::Error::new(key.span(), "expected forever, by, until or free")),
                }
            }
            if !input.is_empty() {
                input.parse::<syn::Token![,]>()?;
            }
        }
        Ok(options)
    }
}

impl Options {
    fn escape(self, name: &str, attribute: &syn::Attribute) -> syn::Result<Claim> {
        let refuse = |message| Err(syn::Error::new(attribute.path().span(), message));
        match name {
            "transfer" => Ok(Claim::Escape(Escape::Transfer { free: self.free })),
            _ if self.forever && self.until.is_empty() => {
                Ok(Claim::Escape(Escape::Retained { by: self.by, until: Vec::new() }))
            }
            _ if self.forever => refuse("what is kept forever has no end"),
            _ if self.until.is_empty() => refuse("until which function, or forever?"),
            _ => Ok(Claim::Escape(Escape::Retained { by: self.by, until: self.until })),
        }
    }
}

/// `in` is a keyword, and a direction.
trait ParseAnyIdent {
    fn parse_any_ident(input: ParseStream<'_>) -> syn::Result<syn::Ident>;
}

impl ParseAnyIdent for syn::Ident {
    fn parse_any_ident(input: ParseStream<'_>) -> syn::Result<syn::Ident> {
        use syn::ext::IdentExt;
        input.call(syn::Ident::parse_any)
    }
}
