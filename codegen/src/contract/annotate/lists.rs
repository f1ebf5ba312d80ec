//! What stands between the parentheses of the longer words.

use crate::contract::axes::{Direction, Extent, Nullability};
use crate::contract::callback::{Callback, Scope, Threads};
use crate::contract::condition::{Condition, Constant};
use crate::contract::escape::{Case, End, Escape, Retention};
use crate::contract::expr::Expr;
use crate::contract::value::{Origin, Value};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::spanned::Spanned;

/// `forever`, `by = x`, `at = n`, `until = [f, g(on(success))]`, `idle_after = [h]`, `whole`, `free = f`, `when(a == B)`, `on(success)`.
#[derive(Default)]
pub(super) struct Keeping {
    forever: bool,
    kept: Retention,
    free: Option<String>,
    when: Vec<Condition>,
}

/// Calls `entry` with each key of a list separated by commas.
fn entries(
    input: ParseStream<'_>,
    mut entry: impl FnMut(&syn::Ident, ParseStream<'_>) -> syn::Result<()>,
) -> syn::Result<()> {
    while !input.is_empty() {
        let key = input.call(syn::Ident::parse_any)?;
        entry(&key, input)?;
        if !input.is_empty() {
            input.parse::<syn::Token![,]>()?;
        }
    }
    Ok(())
}

fn name(input: ParseStream<'_>) -> syn::Result<String> {
    input.parse::<syn::Token![=]>()?;
    input.call(syn::Ident::parse_any).map(|name| name.to_string())
}

/// A number, or the name of a constant.
fn constant(input: ParseStream<'_>) -> syn::Result<Constant> {
    input.parse::<syn::Token![=]>()?;
    let is_negative = input.parse::<Option<syn::Token![-]>>()?.is_some();
    if is_negative || input.peek(syn::LitInt) {
        let number: i128 = input.parse::<syn::LitInt>()?.base10_parse()?;
        return Ok(Constant::Number(if is_negative { -number } else { number }));
    }
    input.call(syn::Ident::parse_any).map(|name| Constant::Name(name.to_string()))
}

fn names(input: ParseStream<'_>) -> syn::Result<Vec<String>> {
    input.parse::<syn::Token![=]>()?;
    let list: syn::ExprArray = input.parse()?;
    list.elems
        .iter()
        .map(|item| match item {
            syn::Expr::Path(path) if path.path.get_ident().is_some() => Ok(path.to_token_stream().to_string()),
            other => Err(syn::Error::new_spanned(other, "the name of a function")),
        })
        .collect()
}

/// Functions that end something, each with its condition.
fn ends(input: ParseStream<'_>) -> syn::Result<Vec<End>> {
    input.parse::<syn::Token![=]>()?;
    let list: syn::ExprArray = input.parse()?;
    let end = |item: &syn::Expr| {
        let (function, on_success) = match item {
            syn::Expr::Call(call) if call.args == syn::parse_quote!(on(success)) => (&*call.func, true),
            function => (function, false),
        };
        match function {
            syn::Expr::Path(path) if path.path.get_ident().is_some() => {
                Ok(End { function: path.to_token_stream().to_string(), on_success })
            }
            other => Err(syn::Error::new_spanned(other, "the name of a function, or `function(on(success))`")),
        }
    };
    list.elems.iter().map(end).collect()
}

fn argument<T: Parse>(input: ParseStream<'_>) -> syn::Result<T> {
    let content;
    syn::parenthesized!(content in input);
    let value = content.parse()?;
    if content.is_empty() { Ok(value) } else { Err(content.error("one argument")) }
}

impl Parse for Keeping {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut list = Self::default();
        entries(input, |key, input| {
            match key.to_string().as_str() {
                "forever" => list.forever = true,
                "by" => list.kept.by = Some(name(input)?),
                "at" => list.kept.at = Some(name(input)?),
                "free" => list.free = Some(name(input)?),
                "until" => list.kept.until = ends(input)?,
                "idle_after" => list.kept.idle_after = names(input)?,
                "whole" => list.kept.is_whole = true,
                "when" => list.when.push(Condition::from_syntax(&argument::<syn::Expr>(input)?)?),
                "on" => {
                    let word: syn::Ident = argument(input)?;
                    list.when.push(match word.to_string().as_str() {
                        "success" => Condition::Success,
                        "failure" => Condition::Failure,
                        _ => return Err(syn::Error::new(word.span(), "expected success or failure")),
                    });
                }
                _ => {
                    return Err(syn::Error::new(
                        key.span(),
                        "expected forever, by, at, until, idle_after, whole, free, when or on",
                    ));
                }
            }
            Ok(())
        })?;
        Ok(list)
    }
}

impl Keeping {
    pub(super) fn escape(self, word: &str, attribute: &syn::Attribute) -> syn::Result<Escape> {
        let refuse = |message| Err(syn::Error::new(attribute.path().span(), message));
        let is_kept = self.forever || self.kept != Retention::default();
        let escape = match word {
            "noescape" if is_kept || self.free.is_some() => return refuse("noescape takes conditions only"),
            "noescape" => Escape::Call,
            "transfer" if is_kept => return refuse("transfer takes `free` and conditions only"),
            "transfer" => Escape::Transfer { free: self.free },
            _ if self.free.is_some() => return refuse("what is retained is not freed by C: write `transfer`"),
            _ if self.forever && !self.kept.until.is_empty() => return refuse("what is kept forever has no end"),
            _ if !self.forever && self.kept.until.is_empty() => return refuse("until which function, or forever?"),
            _ => Escape::Retained(self.kept),
        };
        Ok(if self.when.is_empty() { escape } else { Escape::Cases(vec![Case { when: self.when, escape }]) })
    }
}

/// `userdata = p, scope = call, destroy = f`.
pub(super) struct Called(pub(super) Callback);

impl Parse for Called {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut callback = Callback::default();
        entries(input, |key, input| {
            match key.to_string().as_str() {
                "userdata" => callback.userdata = Some(name(input)?),
                "destroy" => callback.destroy = Some(name(input)?),
                "scope" => {
                    let word = name(input)?;
                    callback.scope =
                        Some(Scope::from_word(&word).ok_or_else(|| {
                            syn::Error::new(key.span(), "the scope is call, async, notified or forever")
                        })?);
                }
                "destroys_on_failure" => callback.destroys_on_failure = true,
                "on_panic" => callback.on_panic = Some(constant(input)?),
                "thread" => {
                    let word = name(input)?;
                    callback.threads = Some(Threads::from_word(&word).ok_or_else(|| {
                        syn::Error::new(key.span(), "the thread is same_thread, any_thread or signal")
                    })?);
                }
                _ => {
                    return Err(syn::Error::new(
                        key.span(),
                        "expected userdata, scope, destroy, destroys_on_failure, on_panic or thread",
                    ));
                }
            }
            Ok(())
        })?;
        Ok(Self(callback))
    }
}

/// What a pointer that C gives means.
pub(super) struct Given(pub(super) Value);

impl Parse for Given {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut value = Value::default();
        let mut free = None;
        entries(input, |key, input| {
            let expr = |input| argument::<syn::Expr>(input).and_then(|expr| Expr::from_syntax(&expr));
            match key.to_string().as_str() {
                "owned" => value.origins.push(Origin::Owned { free: None }),
                "free" => free = Some((name(input)?, key.span())),
                "borrowed" => value.origins.push(Origin::Borrowed { from: name(input)? }),
                "static" => value.origins.push(Origin::Static),
                "until" => value.origins.push(Origin::Until { calls: names(input)? }),
                "nonnull" => value.nullability = Some(Nullability::Nonnull),
                "nullable" => value.nullability = Some(Nullability::Nullable),
                "one" => value.extent = Some(Extent::One),
                "null_terminated" => value.extent = Some(Extent::NullTerminated),
                // Of no other text anybody says how long it is.
                "utf8" => (value.is_utf8, value.extent) = (true, Some(Extent::NullTerminated)),
                "counted_by" => value.extent = Some(Extent::Count(expr(input)?)),
                "sized_by" => value.extent = Some(Extent::Bytes(expr(input)?)),
                "input" => value.direction = Some(Direction::In),
                "out" => value.direction = Some(Direction::Out),
                "inout" => value.direction = Some(Direction::InOut),
                "opaque" => value.is_opaque = true,
                "advances" => value.advances = true,
                "always" => value.always = true,
                "reallocated" => value.reallocated = true,
                "pointee" => value.pointee = Some(Box::new(argument::<Given>(input)?.0)),
                _ => {
                    return Err(syn::Error::new(
                        key.span(),
                        "expected owned, free, borrowed, static, until, nonnull, nullable, one, null_terminated, \
                         utf8, counted_by, sized_by, input, out, inout, opaque, advances, always, reallocated or \
                         pointee",
                    ));
                }
            }
            Ok(())
        })?;
        if let Some((free, span)) = free {
            let owned = value.origins.iter_mut().find(|origin| matches!(origin, Origin::Owned { .. }));
            *owned.ok_or_else(|| syn::Error::new(span, "`free` needs `owned` before it"))? =
                Origin::Owned { free: Some(free) };
        }
        Ok(Self(value))
    }
}

/// `function, parameter = CONSTANT, before(other(parameter, CONSTANT)), …`: the declaration is a typed form of another function.
pub struct FormOf {
    /// The C function.
    pub of: String,
    /// Its parameters that are fixed, with their values.
    pub fixed: Vec<(String, Constant)>,
    /// Calls that are made first.
    pub before: Vec<(String, Vec<Constant>)>,
}

impl Parse for FormOf {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let of = input.call(syn::Ident::parse_any)?.to_string();
        let mut fixed = Vec::new();
        let mut before = Vec::new();
        if !input.is_empty() {
            input.parse::<syn::Token![,]>()?;
        }
        entries(input, |key, input| {
            // A parameter may be called so.
            if key == "before" && input.peek(syn::token::Paren) {
                let calls;
                syn::parenthesized!(calls in input);
                for call in calls.parse_terminated(syn::Expr::parse, syn::Token![,])? {
                    before.push(self::call(&call)?);
                }
                return Ok(());
            }
            input.parse::<syn::Token![=]>()?;
            fixed.push((key.to_string(), Constant::from_syntax(&input.parse()?)?));
            Ok(())
        })?;
        Ok(Self { of, fixed, before })
    }
}

/// `f(parameter, 1, CONSTANT)`
fn call(call: &syn::Expr) -> syn::Result<(String, Vec<Constant>)> {
    if let syn::Expr::Call(call) = call
        && let syn::Expr::Path(function) = &*call.func
    {
        let arguments = call.args.iter().map(Constant::from_syntax).collect::<syn::Result<_>>()?;
        return Ok((function.path.require_ident()?.to_string(), arguments));
    }
    Err(syn::Error::new_spanned(call, "expected the call of a function by its name"))
}
