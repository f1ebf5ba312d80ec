//! The call inside a wrapper: the declared function, and for a typed form the constants in their places.

use super::hygiene::{Params, hidden};
use super::{Style, describe, result};
use crate::contract::Constant;
use crate::plan::{BeforePlan, CallPlan, Cast, Failure, FormArgument};
use crate::read::block::pointee;
use crate::read::called;
use crate::read::{FnTokens, Tokens};
use proc_macro2::{Literal, Span, TokenStream};
use quote::{ToTokens, quote};

/// `raw::f(a, b)`, where `f` is what the wrapper is one of; for a `bool` its byte.
///
/// `lender` is the call under way, where arguments go through it.
pub(super) fn call(
    tokens: &Tokens,
    plan: &CallPlan,
    params: &Params<'_>,
    lender: Option<&syn::Ident>,
    style: &Style,
) -> TokenStream {
    let idents: Vec<TokenStream> = (params.idents.iter().enumerate())
        .map(|(index, ident)| match lender {
            Some(lender) if describe::lent(plan, params.types[index], index) => {
                let index = Literal::usize_unsuffixed(index);
                quote!(#lender.lend(#index, #ident))
            }
            _ => quote!(#ident),
        })
        .collect();
    let Some(form) = &plan.form else {
        return called(plan, &tokens.functions[plan.function.0], &idents, tokens, style);
    };
    let function = &tokens.functions[form.of.0];
    let types = Params::of(&function.item).types;
    let given = |index: usize, wanted| as_wanted(&idents[index], params.types[index], wanted, tokens);
    let arguments = form.arguments.iter().enumerate().map(|(at, argument)| match argument {
        FormArgument::Given(index) => given(*index, types.get(at).copied()),
        FormArgument::Fixed { param, value, cast } => fixed(value, *cast, types[*param]),
    });
    let mut call = called(plan, function, &arguments.collect::<Vec<_>>(), tokens, style);
    for first in form.before.iter().rev() {
        call = behind(plan, params, first, &idents, &call, tokens, style);
    }
    call
}

/// One call first, then the rest; where the first fails, its result is the form's.
fn behind(
    plan: &CallPlan,
    params: &Params<'_>,
    first: &BeforePlan,
    idents: &[TokenStream],
    rest: &TokenStream,
    tokens: &Tokens,
    style: &Style,
) -> TokenStream {
    let function = &tokens.functions[first.of.0];
    let types = Params::of(&function.item).types;
    let given = |index: usize, wanted| as_wanted(&idents[index], params.types[index], wanted, tokens);
    let arguments = first.arguments.iter().enumerate().map(|(at, argument)| match argument {
        FormArgument::Given(index) => given(*index, types.get(at).copied()),
        FormArgument::Fixed { param, value, cast } => fixed(value, *cast, types[*param]),
    });
    let (raw, ident) = (&style.raw, &function.item.sig.ident);
    let call = quote!(#raw::#ident(#(#arguments),*));
    match &plan.told {
        Failure::Compared(comparison, constant) if matches!(function.item.sig.output, syn::ReturnType::Type(..)) => {
            let (result, holds) = (hidden("result"), result::holds(plan, tokens, *comparison, constant));
            // Two numbers of C's may be of two types.
            let own = plan.form.as_ref().map(|form| &tokens.functions[form.of.0].item.sig.output);
            let spelling = |ty: &syn::ReturnType| ty.to_token_stream().to_string();
            let is_other = own.is_some_and(|own| spelling(own) != spelling(&function.item.sig.output));
            let failed = if is_other { quote!(#result as _) } else { quote!(#result) };
            quote!({
                let #result = #call;
                if #holds { #rest } else { #failed }
            })
        }
        _ => quote!({
            #call;
            #rest
        }),
    }
}

/// An argument as its function declares it. A form may know more of what a pointer leads to: the elements that are sorted, or a
/// handle's own type; and so may its callbacks. To C that is one and the same.
fn as_wanted(ident: &TokenStream, given: &syn::Type, wanted: Option<&syn::Type>, tokens: &Tokens) -> TokenStream {
    // What goes in for `...` has the type that the form says.
    let Some(wanted) = wanted else { return ident.clone() };
    let spelling = |ty: &dyn ToTokens| ty.to_token_stream().to_string();
    if let (Some(given), Some(wanted)) = (pointee(given), pointee(wanted)) {
        return if spelling(given) == spelling(wanted) { ident.clone() } else { quote!(#ident.cast()) };
    }
    let function = |ty| called::resolved(tokens, ty).and_then(called::spelt);
    let (Some(of_form), Some(of_function)) = (function(given), function(wanted)) else { return ident.clone() };
    let is_other = |(left, right): (&syn::NamedArg, &syn::NamedArg)| {
        pointee(&left.ty).is_some() && pointee(&right.ty).is_some() && spelling(&left.ty) != spelling(&right.ty)
    };
    let differs = of_form.inputs.len() == of_function.inputs.len()
        && of_form.inputs.iter().zip(&of_function.inputs).any(is_other);
    if differs { quote!(::core::mem::transmute::<#given, #wanted>(#ident)) } else { ident.clone() }
}

/// The declared function with these arguments. Of a `bool` it gives the byte, of what may be an enumeration the bits: where a rule
/// looks at it, C's function is declared once more, for there must be no `bool` of another value than 0 and 1.
fn called(
    plan: &CallPlan,
    function: &FnTokens,
    arguments: &[TokenStream],
    tokens: &Tokens,
    style: &Style,
) -> TokenStream {
    let (raw, ident) = (&style.raw, &function.item.sig.ident);
    let bare = quote!(#raw::#ident(#(#arguments),*));
    let uninit = quote!(::core::mem::MaybeUninit);
    let (looked_at, from_value) = match &function.item.sig.output {
        _ if plan.returned.is_bool => (quote!(::core::primitive::u8), quote!(#bare as ::core::primitive::u8)),
        syn::ReturnType::Type(_, ty) if plan.returned.is_value => (quote!(#uninit<#ty>), quote!(#uninit::new(#bare))),
        _ => return bare,
    };
    let (attrs, mut signature) = (&function.item.attrs, function.item.sig.clone());
    let link_name = attrs.iter().find(|attribute| attribute.path().is_ident("link_name"));
    let symbol = syn::ext::IdentExt::unraw(ident).to_string();
    let link_name = link_name.map_or_else(|| quote!(#[link_name = #symbol]), |given| quote!(#given));
    signature.ident = hidden("bits");
    signature.output = syn::parse_quote!(-> #looked_at);
    let (abi, bits, compiled) = (&tokens.blocks[function.block].abi, &signature.ident, style.paths.compiled());
    quote! {
        if #compiled {
            #[allow(clashing_extern_declarations, improper_ctypes)]
            unsafe #abi {
                #link_name
                #signature;
            }
            #bits(#(#arguments),*)
        } else {
            #from_value
        }
    }
}

fn fixed(value: &Constant, cast: Cast, ty: &syn::Type) -> TokenStream {
    let number = number(value);
    match cast {
        Cast::Number => quote!(#number as _),
        Cast::Address => quote!(#number as isize as #ty),
        Cast::Absent => quote!(::core::option::Option::None),
        // A function that is none: the library compares it with the constant.
        Cast::Transmute => quote!(::core::mem::transmute::<*const (), #ty>(#number as isize as *const ())),
    }
}

fn number(value: &Constant) -> TokenStream {
    match value {
        Constant::Number(value) => {
            let value = i64::try_from(*value).map_or_else(|_| Literal::i128_suffixed(*value), Literal::i64_suffixed);
            quote!(#value)
        }
        Constant::Name(name) => {
            let ident = syn::Ident::new(name, Span::call_site());
            quote!(#ident)
        }
    }
}
