//! What an idiomatic wrapper gives back: C's result, filled buffers, and parameters that became results.

use super::Style;
use super::hygiene::{Params, hidden, local};
use super::shape::{element, out_values, parts, together};
use crate::plan::{CallPlan, ResultPlan};
use proc_macro2::TokenStream;
use quote::quote;

/// The result.
pub(super) fn ret(plan: &CallPlan, params: &Params<'_>, style: &Style) -> TokenStream {
    let paths = &style.paths;
    let (result, count, error) = (hidden("result"), hidden("count"), hidden("error"));
    let (arguments, kind) = parts(plan);
    let mut carried: Vec<TokenStream> = match kind {
        ResultPlan::Keep => return quote!(#result),
        ResultPlan::IoUnit => Vec::new(),
        ResultPlan::Io => vec![quote!(#count)],
        ResultPlan::IoFilled(index) => {
            let (filled, bound) = (paths.filled(), paths.out_buf());
            let (buffer, len) = (local(params.idents[index], "buf"), local(params.idents[index], "len"));
            let element = element(params.types[index], plan, index, false);
            let count = quote!(#filled(#count as ::core::primitive::usize, #len));
            vec![quote!(unsafe { #bound::<#element>::filled(#buffer, #count) })]
        }
    };
    carried.extend(out_values(arguments).map(|(index, _)| {
        let value = local(params.idents[index], "value");
        quote!(unsafe { #value.assume_init() })
    }));
    let io_result = if kind == ResultPlan::IoUnit { paths.io_result_unit() } else { paths.io_result() };
    let is_plain = out_values(arguments).next().is_none() && !matches!(kind, ResultPlan::IoFilled(_));
    if is_plain {
        return quote!(#io_result(#result));
    }
    let carried = together(carried);
    quote! {
        match #io_result(#result) {
            ::core::result::Result::Ok(#count) => ::core::result::Result::Ok(#carried),
            ::core::result::Result::Err(#error) => ::core::result::Result::Err(#error),
        }
    }
}
