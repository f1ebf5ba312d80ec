//! What an idiomatic wrapper gives back: C's result, filled buffers, and parameters that became results.

use super::given::{self, amount};
use super::hygiene::{Params, hidden, local};
use super::shape::{buffer_element, generic, out_type, parts, together};
use super::{Style, signature};
use crate::contract::{Comparison, Constant};
use crate::plan::{Amount, Argument, CallPlan, Failure, Given, GivenOrigin, ResultPlan, ResultValue};
use crate::read::Tokens;
use crate::read::block::pointee;
use crate::read::called;
use proc_macro2::TokenStream;
use quote::quote;

/// C's type.
fn c_type(item: &syn::ForeignItemFn) -> TokenStream {
    match &item.sig.output {
        syn::ReturnType::Default => quote!(()),
        syn::ReturnType::Type(_, ty) => quote!(#ty),
    }
}

/// What C's result points to, as written.
fn c_target(item: &syn::ForeignItemFn) -> syn::Type {
    match &item.sig.output {
        syn::ReturnType::Type(_, ty) => pointee(ty).cloned().unwrap_or_else(|| (**ty).clone()),
        syn::ReturnType::Default => syn::parse_quote!(()),
    }
}

/// What an out parameter's pointer points to, as written.
fn stored_target(params: &Params<'_>, index: usize) -> syn::Type {
    let inner = pointee(params.types[index]);
    inner.and_then(pointee).or(inner).cloned().unwrap_or_else(|| params.types[index].clone())
}

/// The type behind the arrow.
pub(super) fn ty(
    plan: &CallPlan,
    params: &Params<'_>,
    item: &syn::ForeignItemFn,
    tokens: &Tokens,
    style: &Style,
) -> TokenStream {
    let c_result = c_type(item);
    let (arguments, Some(result)) = parts(plan) else { return c_result };
    let mut carried = Vec::new();
    match (&result.value, &result.failure) {
        (ResultValue::Nothing, _) => {}
        (ResultValue::Plain, Failure::Errno) => {
            let errno_return = style.paths.errno_return();
            carried.push(quote!(<#c_result as #errno_return>::Success));
        }
        (ResultValue::Plain, _) => carried.push(c_result.clone()),
        (ResultValue::Pointer(given), _) => carried.push(given::ty(given, &c_target(item), tokens, style)),
    }
    for (index, _) in &result.filled {
        let (generic, bound) = (generic(*index), style.paths.out_buf());
        let element = buffer_element(params.types[*index], plan, *index);
        carried.push(quote!(<#generic as #bound<#element>>::Filled));
    }
    for (index, argument) in arguments.iter().enumerate() {
        match argument {
            Argument::OutValue(count) => carried.push(out_type(params, plan, index, *count)),
            Argument::OutPointer(given) => {
                carried.push(given::ty(given, &stored_target(params, index), tokens, style));
            }
            _ => {}
        }
    }
    let carried = together(carried);
    let owner = result.given_back.map(|index| signature::owner(params, index, &arguments[index], tokens, style));
    match (&result.failure, owner) {
        (Failure::Never, _) => carried,
        (Failure::Errno | Failure::ErrnoNull, None) => quote!(::std::io::Result<#carried>),
        (Failure::Errno | Failure::ErrnoNull, Some(owner)) => {
            quote!(::core::result::Result<#carried, (#owner, ::std::io::Error)>)
        }
        (Failure::Compared(..), None) => quote!(::core::result::Result<#carried, #c_result>),
        (Failure::Compared(..), Some(owner)) => quote!(::core::result::Result<#carried, (#owner, #c_result)>),
    }
}

/// The error, with the owner that comes back.
pub(super) fn error(plan: &CallPlan, params: &Params<'_>, error: TokenStream, style: &Style) -> TokenStream {
    let (_, Some(ResultPlan { given_back: Some(index), .. })) = parts(plan) else { return error };
    let (owned, ident, nonnull) = (style.paths.owned(), params.idents[*index], style.paths.nonnull());
    // The same pointer that the owner gave up above, and C has not taken it.
    quote!((#nonnull(unsafe { #owned::from_raw(#ident) }), #error))
}

/// The result.
pub(super) fn ret(
    plan: &CallPlan,
    params: &Params<'_>,
    item: &syn::ForeignItemFn,
    tokens: &Tokens,
    style: &Style,
) -> TokenStream {
    let result = hidden("result");
    let (_, Some(how)) = parts(plan) else { return quote!(#result) };
    let released = released(plan, params, tokens, style);
    let error = |value| {
        let value = error(plan, params, value, style);
        if released.is_empty() { value } else { quote!({ #(::core::mem::drop(#released);)* #value }) }
    };
    match &how.failure {
        Failure::Never => together(carried(plan, how, params, item, tokens, style)),
        Failure::Errno => by_errno(plan, how, params, item, tokens, style),
        Failure::ErrnoNull => {
            let carried = together(carried(plan, how, params, item, tokens, style));
            let failed = error(quote!(::std::io::Error::last_os_error()));
            quote! {
                if #result.is_null() {
                    ::core::result::Result::Err(#failed)
                } else {
                    ::core::result::Result::Ok(#carried)
                }
            }
        }
        Failure::Compared(comparison, constant) => {
            let carried = together(carried(plan, how, params, item, tokens, style));
            let (holds, failed) = (holds(plan, tokens, *comparison, constant), error(quote!(#result)));
            quote! {
                if #holds {
                    ::core::result::Result::Ok(#carried)
                } else {
                    ::core::result::Result::Err(#failed)
                }
            }
        }
    }
}

fn by_errno(
    plan: &CallPlan,
    how: &ResultPlan,
    params: &Params<'_>,
    item: &syn::ForeignItemFn,
    tokens: &Tokens,
    style: &Style,
) -> TokenStream {
    let paths = &style.paths;
    let (result, count, failed) = (hidden("result"), hidden("count"), hidden("error"));
    let carried = carried(plan, how, params, item, tokens, style);
    let io_result = if carried.is_empty() { paths.io_result_unit() } else { paths.io_result() };
    let is_plain = matches!((carried.as_slice(), &how.value), ([], _) | ([_], ResultValue::Plain));
    let released = released(plan, params, tokens, style);
    if is_plain && how.given_back.is_none() && released.is_empty() {
        return quote!(#io_result(#result));
    }
    let carried = together(carried);
    let failed_value = error(plan, params, quote!(#failed), style);
    quote! {
        match #io_result(#result) {
            ::core::result::Result::Ok(#count) => ::core::result::Result::Ok(#carried),
            ::core::result::Result::Err(#failed) => {
                #(::core::mem::drop(#released);)*
                ::core::result::Result::Err(#failed_value)
            }
        }
    }
}

/// What C has stored for the caller though the call fails.
fn released(plan: &CallPlan, params: &Params<'_>, tokens: &Tokens, style: &Style) -> Vec<TokenStream> {
    let stored = parts(plan).0.iter().enumerate().filter_map(|(index, argument)| match argument {
        Argument::OutPointer(given) if given.is_always && matches!(given.origin, GivenOrigin::Owned(_)) => {
            let given = Given { is_nullable: true, ..given.clone() };
            let value = local(params.idents[index], "value");
            Some(given::value(&given, &quote!(#value), &stored_target(params, index), params, tokens, style))
        }
        _ => None,
    });
    stored.collect()
}

/// What success carries, in order: C's result, filled buffers, out parameters.
fn carried(
    plan: &CallPlan,
    how: &ResultPlan,
    params: &Params<'_>,
    item: &syn::ForeignItemFn,
    tokens: &Tokens,
    style: &Style,
) -> Vec<TokenStream> {
    let paths = &style.paths;
    let (arguments, _) = parts(plan);
    let (result, count) = (hidden("result"), hidden("count"));
    let mut carried = Vec::new();
    match (&how.value, &how.failure) {
        (ResultValue::Nothing, _) => {}
        (ResultValue::Plain, Failure::Errno) => carried.push(quote!(#count)),
        (ResultValue::Plain, _) => carried.push(quote!(#result)),
        (ResultValue::Pointer(given), _) => {
            carried.push(given::value(given, &quote!(#result), &c_target(item), params, tokens, style));
        }
    }
    for (index, filled) in &how.filled {
        let bound = paths.out_buf();
        let (buffer, len) = (local(params.idents[*index], "buf"), local(params.idents[*index], "len"));
        let element = buffer_element(params.types[*index], plan, *index);
        let reported = if *filled == Amount::Result && how.failure == Failure::Errno {
            let filled = paths.filled();
            quote!(#filled(#count as ::core::primitive::usize, #len))
        } else {
            let (filled_amount, amount) = (paths.filled_amount(), amount(filled, params));
            quote!(#filled_amount(#amount, #len))
        };
        // Outside the block: a length may be read there, which is a proof of its own.
        let filled = hidden("filled");
        carried.push(quote!({ let #filled = #reported; unsafe { #bound::<#element>::filled(#buffer, #filled) } }));
    }
    for (index, argument) in arguments.iter().enumerate() {
        let value = local(params.idents[index], "value");
        match argument {
            Argument::OutValue(_) => carried.push(quote!(unsafe { #value.assume_init() })),
            Argument::OutPointer(given) => {
                let target = stored_target(params, index);
                carried.push(given::value(given, &quote!(#value), &target, params, tokens, style));
            }
            _ => {}
        }
    }
    carried
}

/// The comparison that success fulfils.
pub(super) fn holds(plan: &CallPlan, tokens: &Tokens, comparison: Comparison, constant: &Constant) -> TokenStream {
    let result = hidden("result");
    let output = &tokens.functions[plan.function.0].item.sig.output;
    let gives_function = matches!(output, syn::ReturnType::Type(_, ty)
        if called::resolved(tokens, ty).is_some_and(called::is_option));
    // Of a function the address counts, and its absence is 0.
    let result = if gives_function {
        quote!(#result.map_or(0, |__at| __at as *const () as ::core::primitive::isize as ::core::primitive::i128))
    } else {
        quote!((#result as ::core::primitive::i128))
    };
    let constant = match constant {
        Constant::Number(number) => {
            let number = proc_macro2::Literal::i128_unsuffixed(*number);
            quote!(#number)
        }
        Constant::Name(name) => {
            // At the function, so that rustc points there when the name means nothing.
            let span = tokens.functions[plan.function.0].item.sig.ident.span();
            let name = syn::Ident::new(name, span);
            quote!((#name as ::core::primitive::i128))
        }
    };
    match comparison {
        Comparison::Equal => quote!(#result == #constant),
        Comparison::Different => quote!(#result != #constant),
        Comparison::Less => quote!(#result < #constant),
        Comparison::AtMost => quote!(#result <= #constant),
        Comparison::More => quote!(#result > #constant),
        Comparison::AtLeast => quote!(#result >= #constant),
        Comparison::AnyBit => quote!(#result & #constant != 0),
    }
}
