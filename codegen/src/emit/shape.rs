//! The types that an idiomatic signature is made of, for both of its ends.

use super::hygiene::Params;
use crate::plan::{Argument, CallPlan, ResultPlan, Signature};
use crate::read::block::pointee;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

pub(super) fn parts(plan: &CallPlan) -> (&[Argument], ResultPlan) {
    match &plan.signature {
        Signature::Idiomatic { arguments, result, .. } => (arguments, *result),
        Signature::C => (&[], ResultPlan::Keep),
    }
}

pub(super) fn generic(index: usize) -> syn::Ident {
    format_ident!("__B{}", index)
}

/// The element type of a buffer: the target's, bytes for `void` and for buffers counted in bytes.
pub(super) fn element(ty: &syn::Type, plan: &CallPlan, index: usize, in_bytes: bool) -> TokenStream {
    let is_void = plan.params[index].pointer.as_ref().is_none_or(|pointer| pointer.is_void);
    match pointee(ty) {
        Some(target) if !is_void && !in_bytes => quote!(#target),
        _ => quote!(::core::primitive::u8),
    }
}

/// Parameters that have become part of the result.
pub(super) fn out_values(arguments: &[Argument]) -> impl Iterator<Item = (usize, Option<u64>)> + '_ {
    arguments.iter().enumerate().filter_map(|(index, argument)| match argument {
        Argument::OutValue(count) => Some((index, *count)),
        _ => None,
    })
}

pub(super) fn out_type(params: &Params<'_>, plan: &CallPlan, index: usize, count: Option<u64>) -> TokenStream {
    let element = element(params.types[index], plan, index, false);
    match count {
        Some(count) => {
            let count = proc_macro2::Literal::u64_unsuffixed(count);
            quote!([#element; #count])
        }
        None => element,
    }
}

/// Nothing, one thing, or a tuple.
pub(super) fn together(parts: Vec<TokenStream>) -> TokenStream {
    match parts.as_slice() {
        [one] => one.clone(),
        parts => quote!((#(#parts),*)),
    }
}
