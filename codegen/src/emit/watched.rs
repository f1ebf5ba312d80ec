//! The description of what C keeps by raw calls, as tokens.

use super::Style;
use crate::contract::Comparison;
use crate::plan::{Keeper, Told, WatchPlan, WatchedEnd, WatchedKeep, When};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// `.keeping(&KeptDesc { … })`
pub(super) fn keeping(plan: &WatchPlan, style: &Style) -> TokenStream {
    if plan.is_empty() {
        return TokenStream::new();
    }
    let kept = kept(plan, style);
    quote!(.keeping(#kept))
}

/// `&KeptDesc { … }`
pub(super) fn kept(plan: &WatchPlan, style: &Style) -> TokenStream {
    let (kept_desc, success_desc) = (style.paths.kept_desc(), style.paths.success_desc());
    let keeps = plan.keeps.iter().map(|kept| keep(kept, style));
    let ends = plan.ends.iter().map(|ended| end(ended, style));
    let looks = plan.looks;
    let success = match plan.success {
        None => quote!(#success_desc::Untold),
        Some(Told::NotMinusOne) => quote!(#success_desc::NotMinusOne),
        Some(Told::NotNull) => quote!(#success_desc::NotNull),
        Some(Told::Compared(sign, constant)) => {
            let (sign, constant) = (comparison(sign, style), Literal::i64_unsuffixed(constant));
            quote!(#success_desc::Compared(#sign, #constant))
        }
    };
    quote!(&#kept_desc { keeps: &[#(#keeps),*], ends: &[#(#ends),*], looks: #looks, success: #success })
}

/// The statement before a release that no wrapper makes.
pub(super) fn end_release(plan: &WatchPlan, style: &Style) -> TokenStream {
    let of_handle = plan.ends.iter().filter(|end| end.keeper == Some(0) && end.at.is_none());
    let kinds: Vec<u64> = of_handle.flat_map(|end| end.kinds.iter().copied()).collect();
    if kinds.is_empty() {
        return TokenStream::new();
    }
    let end_kept = style.paths.end_kept();
    quote!(#end_kept(__at as ::core::primitive::usize, &[#(#kinds),*]);)
}

fn keep(kept: &WatchedKeep, style: &Style) -> TokenStream {
    let (keep_desc, keeper_desc) = (style.paths.keep_desc(), style.paths.keeper_desc());
    let keeper = match kept.keeper {
        Keeper::Process => quote!(#keeper_desc::Process),
        Keeper::Param(by) => {
            let by = index(by);
            quote!(#keeper_desc::Param(#by))
        }
        Keeper::Result => quote!(#keeper_desc::Result),
    };
    let when = kept.when.iter().map(|when| condition(when, style));
    let (param, kind, replaces) = (index(kept.param), kept.kind, kept.replaces);
    let (at, callback) = (optional(kept.at), optional(kept.callback));
    let until: Vec<String> = kept.until.iter().map(|function| format!("`{function}`")).collect();
    let until = until.join(" or ");
    quote!(#keep_desc {
        param: #param, kind: #kind, keeper: #keeper, at: #at, replaces: #replaces, callback: #callback, until: #until,
        when: &[#(#when),*]
    })
}

fn end(ended: &WatchedEnd, style: &Style) -> TokenStream {
    let end_desc = style.paths.end_desc();
    let (kinds, keeper, at, is_certain) = (&ended.kinds, optional(ended.keeper), optional(ended.at), ended.is_certain);
    quote!(#end_desc { kinds: &[#(#kinds),*], keeper: #keeper, at: #at, is_certain: #is_certain })
}

fn condition(when: &When, style: &Style) -> TokenStream {
    let when_desc = style.paths.when_desc();
    let (param, sign, holds) = (index(when.param), comparison(when.comparison, style), when.holds);
    let constant = Literal::i64_unsuffixed(when.constant);
    quote!(#when_desc { param: #param, comparison: #sign, constant: #constant, holds: #holds })
}

fn comparison(sign: Comparison, style: &Style) -> TokenStream {
    let path = style.paths.comparison();
    let variant = match sign {
        Comparison::Equal => quote!(Equal),
        Comparison::Different => quote!(Different),
        Comparison::Less => quote!(Less),
        Comparison::AtMost => quote!(AtMost),
        Comparison::More => quote!(More),
        Comparison::AtLeast => quote!(AtLeast),
        Comparison::AnyBit => quote!(AnyBit),
    };
    quote!(#path::#variant)
}

fn optional(param: Option<usize>) -> TokenStream {
    match param {
        Some(param) => {
            let param = index(param);
            quote!(::core::option::Option::Some(#param))
        }
        None => quote!(::core::option::Option::None),
    }
}

/// What does not fit names no parameter, and is known to nobody.
fn index(param: usize) -> Literal {
    Literal::u8_unsuffixed(u8::try_from(param).unwrap_or(u8::MAX))
}
