//! The types that an idiomatic signature is made of, for both of its ends.

use super::hygiene::Params;
use crate::plan::{Argument, CallPlan, ExtentPlan, ResultPlan, Signature};
use crate::read::block::pointee;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

pub(super) fn parts(plan: &CallPlan) -> (&[Argument], Option<&ResultPlan>) {
    match &plan.signature {
        Signature::Idiomatic { arguments, result, .. } => (arguments, Some(result)),
        Signature::C => (&[], None),
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

/// The element type of an output buffer: bytes where its extent is in bytes.
pub(super) fn buffer_element(ty: &syn::Type, plan: &CallPlan, index: usize) -> TokenStream {
    let in_bytes =
        plan.params[index].pointer.as_ref().is_some_and(|pointer| matches!(pointer.extent, ExtentPlan::Bytes(_)));
    element(ty, plan, index, in_bytes)
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
