//! Owners that C keeps: how a wrapper takes them, gives them to the registry, and lets go of those that a call has ended.

use super::hygiene::{Params, hidden, local};
use super::shape::{element, generic, parts};
use super::{Style, callback};
use crate::plan::{Argument, CallPlan, Ending, Failure, Keeper, Retained, RetainedForm};
use crate::read::Tokens;
use crate::read::block::pointee;
use proc_macro2::TokenStream;
use quote::quote;

/// The bound of an owner, and its type as a parameter.
pub(super) fn bound(
    plan: &CallPlan,
    params: &Params<'_>,
    index: usize,
    retained: &Retained,
    style: &Style,
) -> (TokenStream, TokenStream) {
    let (paths, ty) = (&style.paths, params.types[index]);
    let of = |in_bytes| element(ty, plan, index, in_bytes);
    let bound = match (retained.form, retained.is_mut) {
        (RetainedForm::Text, _) => paths.retain_text(),
        // Its bounds are those of its closures.
        (RetainedForm::Closure, _) => TokenStream::new(),
        (RetainedForm::Handle, _) => {
            let (handle, target) = (paths.retain_handle(), pointee(ty));
            quote!(#handle<#target>)
        }
        (form, is_mut) => {
            let trait_of = if is_mut { paths.retain_mut() } else { paths.retain() };
            let element = of(matches!(form, RetainedForm::Slice { in_bytes: true }));
            quote!(#trait_of<#element>)
        }
    };
    let generic = generic(index);
    let ty = if retained.is_optional { quote!(::core::option::Option<#generic>) } else { quote!(#generic) };
    (quote!(#generic: #bound), ty)
}

/// The statements that put an owner where it stays, and take its address.
pub(super) fn eval(
    plan: &CallPlan,
    params: &Params<'_>,
    index: usize,
    retained: &Retained,
    style: &Style,
) -> TokenStream {
    let (paths, ident, ty) = (&style.paths, params.idents[index], params.types[index]);
    let (kept, len, caller) = (local(ident, "kept"), local(ident, "len"), hidden("caller"));
    let owner = if retained.is_optional { quote!(#ident) } else { quote!(::core::option::Option::Some(#ident)) };
    let slice = |in_bytes| {
        let keep = if retained.is_mut { paths.keep_slice_mut() } else { paths.keep_slice() };
        let element = element(ty, plan, index, in_bytes);
        quote!(#keep::<#element, _>(#owner, #caller))
    };
    let taken = match retained.form {
        RetainedForm::Slice { in_bytes } => {
            let slice = slice(in_bytes);
            quote!(let (mut #kept, #ident, #len) = #slice;)
        }
        RetainedForm::Object => {
            let (slice, object) = (slice(false), paths.keep_object());
            quote!(let (mut #kept, #ident) = #object(#slice);)
        }
        RetainedForm::Text => {
            let text = paths.keep_text();
            quote!(let (mut #kept, #ident) = #text(#owner, #caller);)
        }
        RetainedForm::Closure => TokenStream::new(),
        RetainedForm::Handle => {
            let (handle, target) = (paths.keep_handle(), pointee(ty));
            quote!(let (mut #kept, #ident) = #handle::<#target, _>(#owner, #caller);)
        }
    };
    quote! { #taken let #ident: #ty = #ident.cast(); }
}

/// What is said right before the call: from there on C may have the owners, and what it gets from there on is not ended by it.
pub(super) fn lend(plan: &CallPlan, params: &Params<'_>, style: &Style) -> TokenStream {
    let kept = owners(plan).map(|(index, _)| local(params.idents[index], "kept"));
    let began = (!plan.ends.is_empty()).then(|| {
        let (began, kept_now) = (hidden("began"), style.paths.kept_now());
        quote!(let #began = #kept_now();)
    });
    quote!(#began #(#kept.lend();)*)
}

/// What is said right after the call, before anything can unwind. What C has let go of is dropped at the end of the wrapper.
pub(super) fn settle(plan: &CallPlan, params: &Params<'_>, tokens: &Tokens, style: &Style) -> TokenStream {
    let is_told = plan.told != Failure::Never;
    let asks = |ending: &Ending| ending.on_success && is_told;
    let needs_success = is_told
        && (plan.ends.iter().any(asks) || owners(plan).next().is_some() || callback::given(plan).next().is_some());
    let success = hidden("success");
    let told = needs_success.then(|| {
        let succeeded = succeeded(plan, tokens);
        quote!(let #success: ::core::primitive::bool = #succeeded;)
    });
    let ends = plan.ends.iter().enumerate().map(|(number, ending)| {
        let released = hidden(&format!("ended_{number}"));
        let released_kept = release(ending, params, style);
        if asks(ending) {
            quote!(let #released = #success.then(|| #released_kept);)
        } else {
            quote!(let #released = #released_kept;)
        }
    });
    let keeps = owners(plan).map(|(index, retained)| {
        let (kept, old) = (local(params.idents[index], "kept"), local(params.idents[index], "old"));
        let (result, kind) = (hidden("result"), retained.kind);
        let at = place(retained.at, params, style);
        let keeper = match retained.keeper {
            Keeper::Process => quote!(0),
            Keeper::Param(by) => word(params, by, style),
            Keeper::Result => quote!(#result as ::core::primitive::usize),
        };
        // What fails may have left the one before in its place.
        let replaces = match (retained.replaces, is_told) {
            (true, true) => quote!(#success),
            (replaces, _) => quote!(#replaces),
        };
        let mut conditions = Vec::new();
        if retained.on_success && is_told {
            conditions.push(quote!(#success));
        }
        if retained.keeper == Keeper::Result {
            conditions.push(quote!(!#result.is_null()));
        }
        let keep = quote!(#kept.keep(#keeper, #kind, #at, #replaces));
        if conditions.is_empty() {
            quote!(let #old = #keep;)
        } else {
            quote!(let #old = if #(#conditions)&&* { #keep } else { #kept.back() };)
        }
    });
    let given = callback::settle(plan, params);
    quote! { #told #(#ends)* #(#keeps)* #given }
}

/// The same for owners of C's things, which end by a call without a wrapper.
pub(super) fn settle_release(plan: &CallPlan, tokens: &Tokens, style: &Style) -> TokenStream {
    let ends = plan.ends.iter().filter(|ending| ending.keeper == Some(0) && ending.at.is_none());
    let releases = ends.map(|ending| {
        let (release_kept, kinds) = (style.paths.release_kept(), &ending.kinds);
        let release = quote!(drop(#release_kept(__keeper, &[#(#kinds),*], ::core::option::Option::None, __began)););
        if ending.on_success {
            let succeeded = succeeded(plan, tokens);
            quote!(if #succeeded { #release })
        } else {
            release
        }
    });
    quote!(#(#releases)*)
}

fn release(ending: &Ending, params: &Params<'_>, style: &Style) -> TokenStream {
    let (release_kept, kinds, at) = (style.paths.release_kept(), &ending.kinds, place(ending.at, params, style));
    let keeper = ending.keeper.map_or_else(|| quote!(0), |by| word(params, by, style));
    let began = hidden("began");
    quote!(#release_kept(#keeper, &[#(#kinds),*], #at, #began))
}

fn owners(plan: &CallPlan) -> impl Iterator<Item = (usize, &Retained)> {
    let (arguments, _) = parts(plan);
    arguments.iter().enumerate().filter_map(|(index, argument)| match argument {
        Argument::Retained(retained) | Argument::Userdata { retained: Some(retained), .. } => Some((index, retained)),
        _ => None,
    })
}

fn word(params: &Params<'_>, index: usize, style: &Style) -> TokenStream {
    let (ident, keeper) = (params.idents[index], style.paths.keeper());
    quote!(#keeper(#ident))
}

fn place(at: Option<usize>, params: &Params<'_>, style: &Style) -> TokenStream {
    match at {
        Some(index) => {
            let (ident, place) = (params.idents[index], style.paths.place());
            quote!(::core::option::Option::Some(#place(#ident)))
        }
        None => quote!(::core::option::Option::None),
    }
}

/// Whether the call has succeeded, from C's own result.
fn succeeded(plan: &CallPlan, tokens: &Tokens) -> TokenStream {
    let result = hidden("result");
    match &plan.told {
        Failure::Never => quote!(true),
        Failure::Errno => quote!(#result as ::core::primitive::i128 != -1),
        Failure::ErrnoNull => quote!(!#result.is_null()),
        Failure::Compared(comparison, constant) => super::result::holds(plan, tokens, *comparison, constant),
    }
}
