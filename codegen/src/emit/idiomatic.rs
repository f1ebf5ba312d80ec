//! The idiomatic signature: types, conversions of arguments, conversion of the result.

use super::Style;
use super::hygiene::{Params, erased, hidden, local};
use super::shape::{element, generic, out_type, out_values, parts, together};
use crate::contract::Nullability;
use crate::contract::expr::Op;
use crate::plan::{Argument, CallPlan, ExprPlan, ExtentPlan, Loan, ResultPlan};
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

/// Everything behind the function's name.
pub(super) fn signature(
    params: &Params<'_>,
    arguments: &[Argument],
    result: ResultPlan,
    plan: &CallPlan,
    item: &syn::ForeignItemFn,
    style: &Style,
) -> TokenStream {
    let paths = &style.paths;
    let mut generics: Vec<TokenStream> = item.sig.generics.params.iter().map(|param| quote!(#param)).collect();
    let mut inputs = Vec::new();
    for (index, argument) in arguments.iter().enumerate() {
        let (ident, ty) = (params.idents[index], params.types[index]);
        let optional = |is_optional: bool, ty: TokenStream| {
            if is_optional { quote!(::core::option::Option<#ty>) } else { ty }
        };
        let borrow = |loan: &Loan, target: TokenStream| {
            let ty = if loan.is_mut { quote!(&mut #target) } else { quote!(&#target) };
            optional(loan.is_optional, ty)
        };
        inputs.push(match argument {
            Argument::Keep => quote!(#ident: #ty),
            Argument::LengthOf(_) | Argument::OutValue(_) => continue,
            Argument::Slice(loan) => {
                let element = element(ty, plan, index, loan.in_bytes);
                let ty = borrow(loan, quote!([#element]));
                quote!(#ident: #ty)
            }
            Argument::Array(loan, count) => {
                let element = element(ty, plan, index, loan.in_bytes);
                let count = proc_macro2::Literal::u64_unsuffixed(*count);
                let ty = borrow(loan, quote!([#element; #count]));
                quote!(#ident: #ty)
            }
            Argument::OutBuf => {
                let element = element(ty, plan, index, false);
                let (generic, bound) = (generic(index), paths.out_buf());
                generics.push(quote!(#generic: #bound<#element>));
                quote!(#ident: #generic)
            }
            Argument::Vector { is_mut, .. } => {
                let generic = generic(index);
                let bound = if *is_mut { paths.vectored_mut() } else { paths.vectored() };
                generics.push(quote!(#generic: #bound));
                quote!(#ident: #generic)
            }
            Argument::Object(loan) => {
                let element = element(ty, plan, index, false);
                let ty = borrow(loan, element);
                quote!(#ident: #ty)
            }
            Argument::OutObject { is_optional } => {
                let element = element(ty, plan, index, false);
                let ty = optional(*is_optional, quote!(&mut ::core::mem::MaybeUninit<#element>));
                quote!(#ident: #ty)
            }
            Argument::Str { is_optional } => {
                let ty = optional(*is_optional, quote!(&::core::ffi::CStr));
                quote!(#ident: #ty)
            }
        });
    }
    let c_result = match &item.sig.output {
        syn::ReturnType::Default => quote!(()),
        syn::ReturnType::Type(_, ty) => quote!(#ty),
    };
    let mut carried: Vec<TokenStream> = Vec::new();
    match result {
        ResultPlan::Keep | ResultPlan::IoUnit => {}
        ResultPlan::Io => {
            let errno_return = paths.errno_return();
            carried.push(quote!(<#c_result as #errno_return>::Success));
        }
        ResultPlan::IoFilled(index) => {
            let (generic, bound) = (generic(index), paths.out_buf());
            let element = element(params.types[index], plan, index, false);
            carried.push(quote!(<#generic as #bound<#element>>::Filled));
        }
    }
    carried.extend(out_values(arguments).map(|(index, count)| out_type(params, plan, index, count)));
    let output = match result {
        ResultPlan::Keep => quote!(#c_result),
        ResultPlan::Io | ResultPlan::IoUnit | ResultPlan::IoFilled(_) => {
            let carried = together(carried);
            quote!(::std::io::Result<#carried>)
        }
    };
    let generics = (!generics.is_empty()).then(|| quote!(<#(#generics),*>));
    quote!(#generics (#(#inputs),*) -> #output)
}

/// Compile-time proof that a `safe fn` takes no pointer that safe code could make up.
pub(super) fn flat_arguments(plan: &CallPlan, params: &Params<'_>, style: &Style) -> TokenStream {
    let probe = style.paths.map_probe();
    let (arguments, _) = parts(plan);
    let asserts = arguments.iter().enumerate().filter_map(|(index, argument)| {
        let ty = &erased(params.types[index]);
        let target = match argument {
            Argument::LengthOf(_) | Argument::Vector { .. } | Argument::Str { .. } => return None,
            Argument::Keep if plan.params[index].pointer.is_some() => element(ty, plan, index, false),
            Argument::Keep => quote!(#ty),
            Argument::Slice(loan) | Argument::Array(loan, _) | Argument::Object(loan) => {
                element(ty, plan, index, loan.in_bytes)
            }
            Argument::OutValue(_) => element(ty, plan, index, false),
            Argument::OutBuf | Argument::OutObject { .. } => return None,
        };
        let message = format!(
            "`{}` may hold a pointer, which safe code can make up: put `#[pinned_ffi]` on its type if it holds none, or write `#[idiomatic] fn`",
            plan.params[index].name
        );
        Some(quote!(::core::assert!(#probe::<#target>::IS_FLAT, #message);))
    });
    let asserts: Vec<TokenStream> = asserts.collect();
    let no_map = style.paths.no_map();
    // An item: a `const` block would be looked at only where the function is used.
    if asserts.is_empty() {
        return TokenStream::new();
    }
    quote! {
        const _: () = {
            #[allow(unused_imports)]
            use #no_map as _;
            #(#asserts)*
        };
    }
}

/// The statements that turn one idiomatic argument into C's, under the parameter's own name.
pub(super) fn eval(plan: &CallPlan, params: &Params<'_>, index: usize, style: &Style) -> Eval {
    let paths = &style.paths;
    let (arguments, _) = parts(plan);
    let (ident, ty) = (params.idents[index], params.types[index]);
    let len = local(ident, "len");
    Eval::Statements(match &arguments[index] {
        Argument::Keep => TokenStream::new(),
        Argument::LengthOf(buffers) => {
            let lens: Vec<_> = buffers.iter().map(|buffer| local(params.idents[*buffer], "len")).collect();
            let (first, rest) = (&lens[0], &lens[1..]);
            let differ = refusal(plan, paths.differ(), style);
            let over = refusal(plan, paths.over_count(), style);
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
            let element = element(ty, plan, index, false);
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
fn refusal(plan: &CallPlan, error: syn::Path, style: &Style) -> TokenStream {
    let (_, result) = parts(plan);
    if result == ResultPlan::Keep {
        let refuse = style.paths.refuse();
        quote!(#refuse(#error()))
    } else {
        quote!(return ::core::result::Result::Err(#error()))
    }
}

/// The comparison of a buffer's length with an expression over arguments that stay.
pub(super) fn fits(plan: &CallPlan, params: &Params<'_>, index: usize, style: &Style) -> TokenStream {
    let Some(pointer) = &plan.params[index].pointer else { return TokenStream::new() };
    let (ExtentPlan::Count(expr) | ExtentPlan::Bytes(expr)) = &pointer.extent else { return TokenStream::new() };
    let len = local(params.idents[index], "len");
    let refuse = refusal(plan, style.paths.differ(), style);
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
fn arithmetic(expr: &ExprPlan, params: &Params<'_>) -> TokenStream {
    match expr {
        ExprPlan::Const(value) => {
            let value = proc_macro2::Literal::u64_unsuffixed(*value);
            quote!((#value as ::core::primitive::i128))
        }
        ExprPlan::Param(index) | ExprPlan::Deref(index) => {
            let ident = params.idents[*index];
            quote!((#ident as ::core::primitive::i128))
        }
        ExprPlan::Binary(op, left, right) => {
            let (left, right) = (arithmetic(left, params), arithmetic(right, params));
            match op {
                Op::Add => quote!(#left.checked_add(#right)?),
                Op::Sub => quote!(#left.checked_sub(#right)?),
                Op::Mul => quote!(#left.checked_mul(#right)?),
                Op::Div => quote!(#left.checked_div(#right)?),
                Op::Min => quote!((if #left < #right { #left } else { #right })),
            }
        }
    }
}
