//! The call inside a wrapper: the declared function, and for a typed form the constants in their places.

use super::hygiene::Params;
use super::{Style, describe};
use crate::contract::Constant;
use crate::plan::{CallPlan, Cast, FormArgument};
use crate::read::Tokens;
use proc_macro2::{Literal, Span, TokenStream};
use quote::quote;

/// `raw::f(a, b)`, where `f` is what the wrapper is one of.
///
/// `lender` is the call under way, where arguments go through it.
pub(super) fn call(
    tokens: &Tokens,
    plan: &CallPlan,
    params: &Params<'_>,
    lender: Option<&syn::Ident>,
    style: &Style,
) -> TokenStream {
    let raw = &style.raw;
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
        let ident = &tokens.functions[plan.function.0].item.sig.ident;
        return quote!(#raw::#ident(#(#idents),*));
    };
    let called = &tokens.functions[form.of.0].item;
    let types = Params::of(called).types;
    let ident = &called.sig.ident;
    let arguments = form.arguments.iter().map(|argument| match argument {
        FormArgument::Given(index) => idents[*index].clone(),
        FormArgument::Fixed { param, value, cast } => fixed(value, *cast, types[*param]),
    });
    quote!(#raw::#ident(#(#arguments),*))
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
