//! The arguments of an idiomatic wrapper: how each becomes C's, and how lengths are compared.

use super::Style;
use super::hygiene::{Params, hidden, local};
use super::shape::{buffer_element, out_type, parts};
use crate::contract::Nullability;
use crate::contract::expr::Op;
use crate::plan::{Argument, CallPlan, ExprPlan, ExtentPlan, Failure};
use crate::read::Tokens;
use crate::read::block::pointee;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

/// How an argument is evaluated.
pub(super) enum Eval {
    /// Statements in front of what follows.
    Statements(TokenStream),
    /// A call whose last argument is a closure around what follows.
    Closure {
        /// The function that is called.
        head: TokenStream,
        /// Its first argument, and the name of the closure's parameter.
        argument: syn::Ident,
        /// Statements at the start of the body.
        statements: TokenStream,
    },
}

/// The statements that turn one idiomatic argument into C's, under the parameter's own name.
pub(super) fn eval(plan: &CallPlan, params: &Params<'_>, index: usize, tokens: &Tokens, style: &Style) -> Eval {
    let paths = &style.paths;
    let (arguments, _) = parts(plan);
    let (ident, ty) = (params.idents[index], params.types[index]);
    let len = local(ident, "len");
    Eval::Statements(match &arguments[index] {
        Argument::Keep => TokenStream::new(),
        Argument::Callback(_) => super::callback::eval(plan, params, index, tokens, style),
        Argument::Userdata { .. } => super::callback::eval_userdata(plan, params, index, tokens, style),
        Argument::Destroy(of) => super::callback::eval_destroy(plan, params, index, *of, tokens, style),
        Argument::LengthOf(buffers) | Argument::Cell(buffers) => {
            let lens: Vec<_> = buffers.iter().map(|buffer| local(params.idents[*buffer], "len")).collect();
            let (first, rest) = (&lens[0], &lens[1..]);
            let differ = refusal(plan, params, paths.differ(), style);
            let over = refusal(plan, params, paths.over_count(), style);
            if let Argument::Cell(_) = &arguments[index] {
                let (cell, target) = (local(ident, "cell"), pointee(ty));
                return Eval::Statements(quote! {
                    #(if #first != #rest { #differ })*
                    let ::core::result::Result::Ok(mut #cell) = <#target as ::core::convert::TryFrom<::core::primitive::usize>>::try_from(#first) else { #over };
                    let #ident: #ty = &raw mut #cell;
                });
            }
            quote! {
                #(if #first != #rest { #differ })*
                let ::core::result::Result::Ok(#ident) = <#ty as ::core::convert::TryFrom<::core::primitive::usize>>::try_from(#first) else { #over };
            }
        }
        Argument::Slice(loan) => {
            let start = start(loan.is_mut);
            if loan.is_optional {
                let null = null(loan.is_mut);
                quote! {
                    let (#ident, #len): (#ty, ::core::primitive::usize) = match #ident {
                        ::core::option::Option::Some(#ident) => { let #len = #ident.len(); (#ident.#start().cast(), #len) }
                        ::core::option::Option::None => (#null, 0),
                    };
                }
            } else {
                quote! {
                    let #len = #ident.len();
                    let #ident: #ty = #ident.#start().cast();
                }
            }
        }
        Argument::Array(loan, _) => {
            let start = start(loan.is_mut);
            optional(loan.is_optional, ident, ty, loan.is_mut, quote!(#ident.#start().cast()))
        }
        Argument::OutBuf => {
            let (bound, capacity) = (paths.out_buf(), local(ident, "buf"));
            let element = buffer_element(ty, plan, index);
            quote! {
                let mut #capacity = #ident;
                let (#ident, #len) = #bound::<#element>::parts(&mut #capacity);
                let #ident: #ty = #ident.cast();
            }
        }
        Argument::Vector { is_mut, base, len: length } => {
            let (bound, method) = if *is_mut {
                (paths.vectored_mut(), quote!(with_vector_mut))
            } else {
                (paths.vectored(), quote!(with_vector))
            };
            let target = pointee(ty);
            let (base, length) = (format_ident!("{}", base), format_ident!("{}", length));
            let raw_slice = paths.raw_slice();
            return Eval::Closure {
                head: quote!(#bound::#method),
                argument: ident.clone(),
                statements: quote! {
                    // The vector is passed as the C structure, so both must be laid out alike.
                    const _: () = {
                        ::core::assert!(::core::mem::size_of::<#target>() == ::core::mem::size_of::<#raw_slice>());
                        ::core::assert!(::core::mem::offset_of!(#target, #base) == ::core::mem::offset_of!(#raw_slice, base));
                        ::core::assert!(::core::mem::offset_of!(#target, #length) == ::core::mem::offset_of!(#raw_slice, len));
                    };
                    let #len = #ident.len();
                    let #ident: #ty = #ident.as_ptr().cast_mut().cast();
                },
            };
        }
        Argument::Object(loan) => {
            let value = if loan.is_mut {
                quote!(::core::ptr::from_mut(#ident).cast())
            } else {
                quote!(::core::ptr::from_ref(#ident).cast_mut().cast())
            };
            optional(loan.is_optional, ident, ty, loan.is_mut, value)
        }
        Argument::OutValue(count) => {
            let (value, target) = (local(ident, "value"), out_type(params, plan, index, *count));
            quote! {
                let mut #value = ::core::mem::MaybeUninit::<#target>::uninit();
                let #ident: #ty = #value.as_mut_ptr().cast();
            }
        }
        Argument::OutPointer(_) => {
            let (value, target) = (local(ident, "value"), pointee(ty));
            // Null, so that a C function that stores nothing has given nothing.
            quote! {
                let mut #value: #target = ::core::ptr::null_mut();
                let #ident: #ty = &raw mut #value;
            }
        }
        Argument::InPlace { is_optional, .. } => {
            optional(*is_optional, ident, ty, true, quote!(#ident.as_ref().as_ptr().cast()))
        }
        Argument::Handle { is_optional } => optional(*is_optional, ident, ty, true, quote!(#ident.as_ptr())),
        Argument::Retained(retained) => super::kept::eval(plan, params, index, retained, style),
        Argument::Taken { .. } => quote!(let #ident: #ty = #ident.into_raw();),
        Argument::OutObject { is_optional } => {
            optional(*is_optional, ident, ty, true, quote!(#ident.as_mut_ptr().cast()))
        }
        Argument::Str { is_optional } => {
            optional(*is_optional, ident, ty, false, quote!(#ident.as_ptr().cast_mut().cast()))
        }
    })
}

fn optional(is_optional: bool, ident: &syn::Ident, ty: &syn::Type, is_mut: bool, value: TokenStream) -> TokenStream {
    if is_optional {
        let null = null(is_mut);
        quote! {
            let #ident: #ty = match #ident {
                ::core::option::Option::Some(#ident) => #value,
                ::core::option::Option::None => #null,
            };
        }
    } else {
        quote!(let #ident: #ty = #value;)
    }
}

fn start(is_mut: bool) -> TokenStream {
    if is_mut { quote!(as_mut_ptr) } else { quote!(as_ptr) }
}

fn null(is_mut: bool) -> TokenStream {
    if is_mut { quote!(::core::ptr::null_mut()) } else { quote!(::core::ptr::null()) }
}

/// What happens when lengths cannot be passed on: an error where the function has one, else a panic.
fn refusal(plan: &CallPlan, params: &Params<'_>, error: TokenStream, style: &Style) -> TokenStream {
    let (_, result) = parts(plan);
    match result.map(|result| &result.failure) {
        Some(Failure::Errno | Failure::ErrnoNull) => {
            let error = super::result::error(plan, params, quote!(#error()), style);
            quote!(return ::core::result::Result::Err(#error))
        }
        _ => {
            let refuse = style.paths.refuse();
            quote!(#refuse(#error()))
        }
    }
}

/// The comparison of a buffer's length with an expression over arguments that stay.
pub(super) fn fits(plan: &CallPlan, params: &Params<'_>, index: usize, style: &Style) -> TokenStream {
    let Some(pointer) = &plan.params[index].pointer else { return TokenStream::new() };
    let (ExtentPlan::Count(expr) | ExtentPlan::Bytes(expr)) = &pointer.extent else { return TokenStream::new() };
    let len = local(params.idents[index], "len");
    let refuse = refusal(plan, params, style.paths.differ(), style);
    let needed = arithmetic(expr, params);
    let ident = params.idents[index];
    // Null stands for no buffer at all, where the contract allows it.
    let needed_name = hidden("needed");
    let given = (pointer.nullability == Some(Nullability::Nullable)).then(|| quote!(!#ident.is_null() &&));
    quote! {
        let #needed_name = (|| -> ::core::option::Option<::core::primitive::i128> { ::core::option::Option::Some(#needed) })();
        if #given !::core::matches!(#needed_name, ::core::option::Option::Some(#needed_name) if 0 <= #needed_name && #needed_name <= #len as ::core::primitive::i128) {
            #refuse
        }
    }
}

/// The expression in 128 bits, `?` where it overflows.
pub(super) fn arithmetic(expr: &ExprPlan, params: &Params<'_>) -> TokenStream {
    match expr {
        ExprPlan::Const(value) => {
            let value = proc_macro2::Literal::u64_unsuffixed(*value);
            quote!((#value as ::core::primitive::i128))
        }
        ExprPlan::Param(index) => {
            let ident = params.idents[*index];
            quote!((#ident as ::core::primitive::i128))
        }
        ExprPlan::Deref(index) => {
            let ident = params.idents[*index];
            quote!((unsafe { *#ident } as ::core::primitive::i128))
        }
        ExprPlan::Result => {
            let result = hidden("result");
            quote!((#result as ::core::primitive::i128))
        }
        ExprPlan::Binary(op, left, right) => operation(*op, &arithmetic(left, params), &arithmetic(right, params)),
    }
}

/// An operation in 128 bits, `?` where it overflows.
pub(super) fn operation(op: Op, left: &TokenStream, right: &TokenStream) -> TokenStream {
    match op {
        Op::Add => quote!(#left.checked_add(#right)?),
        Op::Sub => quote!(#left.checked_sub(#right)?),
        Op::Mul => quote!(#left.checked_mul(#right)?),
        Op::Div => quote!(#left.checked_div(#right)?),
        Op::Min => quote!((if #left < #right { #left } else { #right })),
    }
}
