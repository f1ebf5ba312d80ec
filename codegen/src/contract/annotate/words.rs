//! The words of the attribute language: what each may hold, and what it says.

use super::lists;
use crate::contract::axes::{Claim, Direction, Errno, Extent, Filled, Flow, Nullability, Sensitivity};
use crate::contract::condition::Success;
use crate::contract::escape::Escape;
use crate::contract::expr::Expr;
use crate::contract::policy::{Guarded, Nested};
use syn::ext::IdentExt;
use syn::spanned::Spanned;

/// What one word says; the same for attributes and for the keys of contract files.
pub(in crate::contract) fn claim(name: &str, attribute: &syn::Attribute) -> syn::Result<Claim> {
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
        "noescape" if matches!(attribute.meta, syn::Meta::Path(_)) => Ok(Claim::Escape(Escape::Call)),
        "transfer" if matches!(attribute.meta, syn::Meta::Path(_)) => {
            Ok(Claim::Escape(Escape::Transfer { free: None }))
        }
        "noescape" | "retained" | "transfer" => {
            attribute.parse_args::<lists::Keeping>().and_then(|list| list.escape(name, attribute)).map(Claim::Escape)
        }
        "flow_through" => {
            if matches!(attribute.meta, syn::Meta::Path(_)) {
                return Ok(Claim::Flow(Flow::Through(Direction::In)));
            }
            let word: syn::Ident = attribute.parse_args_with(syn::Ident::parse_any)?;
            match word.to_string().as_str() {
                "input" | "in" => Ok(Claim::Flow(Flow::Through(Direction::In))),
                "out" => Ok(Claim::Flow(Flow::Through(Direction::Out))),
                "inout" => Ok(Claim::Flow(Flow::Through(Direction::InOut))),
                "foreign" => Ok(Claim::Flow(Flow::Foreign)),
                "none" => Ok(Claim::Flow(Flow::Ignored)),
                _ => Err(syn::Error::new(
                    word.span(),
                    "the direction of the innermost data is in, out or inout; none where C leaves the pointers alone",
                )),
            }
        }
        "opaque" | "address" => bare(Claim::Opaque),
        "may_exceed" => bare(Claim::MayExceed),
        "pointer" => bare(Claim::Pointer),
        "address_sensitive" => sensitivity(attribute).map(Claim::AddressSensitive),
        "callback" => attribute.parse_args::<lists::Called>().map(|list| Claim::Callback(list.0)),
        "pointee" => attribute.parse_args::<lists::Given>().map(|list| Claim::Pointee(list.0)),
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
        "returns" => attribute.parse_args::<lists::Given>().map(|list| Claim::Returns(list.0)),
        "success" => {
            attribute.parse_args::<syn::Expr>().and_then(|expr| Success::from_syntax(&expr)).map(Claim::Success)
        }
        "form_of" => attribute.parse_args::<lists::FormOf>().map(|_| Claim::Form),
        "unsafe_beyond_pointers" => attribute.parse_args::<syn::LitStr>().map(|reason| Claim::Beyond(reason.value())),
        "nested" => word(attribute, Nested::from_word, "strict or live").map(Claim::Nested),
        "guarded" => word(attribute, Guarded::from_word, "always or never").map(Claim::Guarded),
        "unchecked" => attribute.parse_args::<syn::LitStr>().map(|reason| Claim::Unchecked(reason.value())),
        "calls_back" => bare(Claim::CallsBack(true)),
        "nocallback" => bare(Claim::CallsBack(false)),
        "idiomatic" => bare(Claim::Idiomatic),
        _ => Err(syn::Error::new(attribute.path().span(), "no contract")),
    }
}

/// The one word in the parentheses of an attribute.
fn word<T>(attribute: &syn::Attribute, read: impl Fn(&str) -> Option<T>, known: &str) -> syn::Result<T> {
    let word: syn::Ident = attribute.parse_args()?;
    read(&word.to_string()).ok_or_else(|| syn::Error::new(word.span(), format!("expected {known}")))
}

/// `#[address_sensitive]`, `#[address_sensitive(shared)]`
pub(super) fn sensitivity(attribute: &syn::Attribute) -> syn::Result<Sensitivity> {
    if matches!(attribute.meta, syn::Meta::Path(_)) {
        return Ok(Sensitivity::Alone);
    }
    let word: syn::Ident = attribute.parse_args()?;
    if word == "shared" { Ok(Sensitivity::Shared) } else { Err(syn::Error::new(word.span(), "expected shared")) }
}

pub(super) fn example(name: &str) -> &'static str {
    match name {
        "counted_by" => "`#[counted_by(n)]`, with the parameter that counts the elements",
        "sized_by" => "`#[sized_by(n)]`, with the parameter that counts the bytes",
        "filled_by" => "`#[filled_by(return)]`, or the expression that tells how much was written",
        "noescape" => "`#[noescape]`, or `#[noescape(when(flags & COPY))]`",
        "retained" => "`#[retained(forever)]`, or `#[retained(by = handle, until = [end_function])]`",
        "address_sensitive" => "`#[address_sensitive]`, or `#[address_sensitive(shared)]` where C itself locks it",
        "transfer" => "`#[transfer]` or `#[transfer(free = function)]`",
        "flow_through" => "`#[flow_through]`, or `#[flow_through(out)]` where C writes the innermost data",
        "errno" => "`#[errno]`, `#[errno(void)]` or `#[errno(null)]`",
        "unsafe_beyond_pointers" => "`#[unsafe_beyond_pointers(\"reason\")]`",
        "nested" => "`#[nested(live)]` or `#[nested(strict)]`",
        "guarded" => "`#[guarded(always)]` or `#[guarded(never)]`",
        "unchecked" => "`#[unchecked(\"reason\")]`",
        "returns" => "`#[returns(static)]`, `#[returns(borrowed = p)]` or `#[returns(owned, free = f)]`",
        "callback" => {
            "`#[callback(userdata = p, scope = call, destroy = f, on_panic = 0)]`, scope one of call, async, notified, forever"
        }
        "pointee" => "`#[pointee(null_terminated, owned, free = f)]`: what the pointer stored there means",
        "success" => "`#[success(result == 0)]`",
        "form_of" => "`#[form_of(function, parameter = CONSTANT)]`",
        _ => "it without arguments",
    }
}
