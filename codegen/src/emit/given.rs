//! Pointers from C as Rust's types, and the types that release them.

use super::Style;
use super::hygiene::{Params, hidden};
use crate::plan::{Amount, Argument, CallPlan, Given, GivenOrigin, ResultValue, Shape, Signature};
use crate::read::{FnTokens, Tokens};
use proc_macro2::{Span, TokenStream};
use quote::quote;
use std::collections::BTreeSet;

/// The lifetime of what a call gives, and of the arguments that it must not outlive.
pub(super) fn lifetime() -> syn::Lifetime {
    syn::Lifetime::new("'__given", Span::mixed_site())
}

/// The lifetime of an owner that comes back with an error.
pub(super) fn back_lifetime() -> syn::Lifetime {
    syn::Lifetime::new("'__back", Span::mixed_site())
}

/// `raw::fclose` as a type.
pub(super) fn tag(tokens: &Tokens, free: crate::model::FnId, style: &Style) -> TokenStream {
    let (raw, ident) = (&style.raw, &tokens.functions[free.0].item.sig.ident);
    quote!(#raw::#ident)
}

/// Everything that a wrapper's results give as pointers.
pub(super) fn all(plan: &CallPlan) -> impl Iterator<Item = &Given> + '_ {
    let (arguments, result) = match &plan.signature {
        Signature::Idiomatic { arguments, result, .. } => (arguments.as_slice(), Some(&result.value)),
        Signature::C => (&[][..], None),
    };
    let stored = arguments.iter().filter_map(|argument| match argument {
        Argument::OutPointer(given) => Some(given),
        _ => None,
    });
    let result = result.and_then(|value| match value {
        ResultValue::Pointer(given) => Some(given),
        _ => None,
    });
    stored.chain(result)
}

/// Parameters that something given borrows from.
pub(super) fn ties(plan: &CallPlan) -> BTreeSet<usize> {
    all(plan).flat_map(|given| given.ties.iter().copied()).collect()
}

/// The type of something given; `target` is what the C pointer points to, as written.
pub(super) fn ty(given: &Given, target: &syn::Type, tokens: &Tokens, style: &Style) -> TokenStream {
    let life = if given.ties.is_empty() { syn::Lifetime::new("'static", Span::call_site()) } else { lifetime() };
    let element = element(given, target);
    let paths = &style.paths;
    let (handle_ref, owned, owned_data) = (paths.handle_ref(), paths.owned(), paths.owned_data());
    let inside = match given.shape {
        Shape::Handle | Shape::Object => quote!(#element),
        Shape::Text => quote!(::core::ffi::CStr),
        Shape::Slice(_) => quote!([#element]),
    };
    let ty = match (given.origin, &given.shape) {
        (GivenOrigin::Owned(free), Shape::Handle) => {
            let tag = tag(tokens, free, style);
            quote!(#owned<#life, #inside, #tag>)
        }
        (GivenOrigin::Owned(free), _) => {
            let tag = tag(tokens, free, style);
            quote!(#owned_data<#life, #inside, #tag>)
        }
        (GivenOrigin::Borrowed, Shape::Handle) => quote!(#handle_ref<#life, #inside>),
        (GivenOrigin::Borrowed, _) => quote!(&#life #inside),
    };
    if given.is_nullable { quote!(::core::option::Option<#ty>) } else { ty }
}

/// Elements of bytes are bytes, for `void` too; a handle keeps its type.
fn element(given: &Given, target: &syn::Type) -> TokenStream {
    let is_void = matches!(crate::read::block::shape(target), crate::model::Ty::Void);
    if given.shape == Shape::Handle {
        return quote!(#target);
    }
    let element = if is_void { quote!(::core::primitive::u8) } else { quote!(#target) };
    if given.is_blank { quote!(::core::mem::MaybeUninit<#element>) } else { element }
}

/// The conversion of C's pointer.
pub(super) fn value(
    given: &Given,
    pointer: &TokenStream,
    target: &syn::Type,
    params: &Params<'_>,
    tokens: &Tokens,
    style: &Style,
) -> TokenStream {
    let paths = &style.paths;
    let element = element(given, target);
    let tag = match given.origin {
        GivenOrigin::Owned(free) => Some(tag(tokens, free, style)),
        GivenOrigin::Borrowed => None,
    };
    let length = hidden("length");
    let made = match (&given.shape, tag) {
        (Shape::Handle, None) => {
            let handle = paths.given_handle();
            quote!(#handle::<#element>(#pointer))
        }
        (Shape::Handle, Some(tag)) => {
            let handle = paths.owned_handle();
            quote!(#handle::<#element, #tag>(#pointer))
        }
        (Shape::Text, None) => {
            let text = paths.given_text();
            quote!(#text(#pointer.cast()))
        }
        (Shape::Text, Some(tag)) => {
            let text = paths.owned_text();
            quote!(#text::<#tag>(#pointer.cast()))
        }
        (Shape::Object, None) => {
            let object = paths.given_object();
            quote!(#object::<#element>(#pointer.cast()))
        }
        (Shape::Object, Some(tag)) => {
            let object = paths.owned_object();
            quote!(#object::<#element, #tag>(#pointer.cast()))
        }
        (Shape::Slice(_), None) => {
            let slice = paths.given_slice();
            quote!(#slice::<#element>(#pointer.cast(), #length))
        }
        (Shape::Slice(_), Some(tag)) => {
            let slice = paths.owned_slice();
            quote!(#slice::<#element, #tag>(#pointer.cast(), #length))
        }
    };
    let made = match &given.shape {
        // Outside the block: a length may be read there, which is a proof of its own.
        Shape::Slice(amount) => {
            let amount = self::amount(amount, params);
            quote!({ let #length = #amount; unsafe { #made } })
        }
        _ => quote!(unsafe { #made }),
    };
    if given.is_nullable {
        made
    } else {
        let nonnull = paths.nonnull();
        quote!(#nonnull(#made))
    }
}

/// A number after the call in 128 bits, `None` where it overflows.
pub(super) fn amount(amount: &Amount, params: &Params<'_>) -> TokenStream {
    fn inner(amount: &Amount, params: &Params<'_>) -> TokenStream {
        match amount {
            Amount::Const(value) => {
                let value = proc_macro2::Literal::u64_unsuffixed(*value);
                quote!((#value as ::core::primitive::i128))
            }
            Amount::Param(index) => {
                let ident = params.idents[*index];
                quote!((#ident as ::core::primitive::i128))
            }
            Amount::Deref(index) => {
                let ident = params.idents[*index];
                quote!((unsafe { *#ident } as ::core::primitive::i128))
            }
            Amount::Result => {
                let result = hidden("result");
                quote!((#result as ::core::primitive::i128))
            }
            Amount::Binary(op, left, right) => {
                super::idiomatic::operation(*op, &inner(left, params), &inner(right, params))
            }
        }
    }
    let value = inner(amount, params);
    quote!((|| -> ::core::option::Option<::core::primitive::i128> { ::core::option::Option::Some(#value) })())
}

/// For each function that releases something: a type of its name, for the module of untouched declarations.
pub(super) fn tags(tokens: &Tokens, plans: &[CallPlan], style: &Style) -> Vec<TokenStream> {
    let mut releasing: BTreeSet<usize> = BTreeSet::new();
    for plan in plans {
        releasing.extend(all(plan).filter_map(|given| match given.origin {
            GivenOrigin::Owned(free) => Some(free.0),
            GivenOrigin::Borrowed => None,
        }));
        if let Signature::Idiomatic { arguments, .. } = &plan.signature {
            releasing.extend(arguments.iter().filter_map(|argument| match argument {
                Argument::Taken { free, .. } => Some(free.0),
                _ => None,
            }));
        }
    }
    let plan = |index: usize| plans.iter().find(|plan| plan.function.0 == index);
    releasing.into_iter().map(|index| release_impl(&tokens.functions[index], plan(index), tokens, style)).collect()
}

fn release_impl(function: &FnTokens, plan: Option<&CallPlan>, tokens: &Tokens, style: &Style) -> TokenStream {
    let ident = &function.item.sig.ident;
    let release = style.paths.release();
    let conditions: Vec<_> = function
        .item
        .attrs
        .iter()
        .chain(&tokens.blocks[function.block].attrs)
        .filter(|attribute| attribute.path().is_ident("cfg"))
        .collect();
    let doc = format!("How owners release what `{ident}` ends.");
    // What C keeps for it ends with it.
    let ends = plan.filter(|plan| !plan.ends.is_empty());
    let watched = plan.map(|plan| super::watched::end_release(&plan.watch, style));
    let call = match ends {
        None => quote!(#watched unsafe { #ident(__at.cast()); }),
        Some(plan) => {
            let (result, now) = (hidden("result"), style.paths.kept_now());
            let settle = super::kept::settle_release(plan, tokens, style);
            quote! {
                #watched
                let __keeper = __at as ::core::primitive::usize;
                let __began = #now();
                let #result = unsafe { #ident(__at.cast()) };
                #settle
            }
        }
    };
    quote! {
        #(#conditions)*
        #[doc = #doc]
        #[derive(Clone, Copy, Debug)]
        pub enum #ident {}
        #(#conditions)*
        #[allow(deprecated, unused_must_use, clippy::undocumented_unsafe_blocks)]
        unsafe impl #release for #ident {
            #[inline]
            unsafe fn release(__at: *mut ::core::ffi::c_void) {
                #call
            }
        }
    }
}
