//! The idiomatic signature: generics, Rust's types, and the proof that safe code can forge none of them.

use super::given::{back_lifetime, lifetime, tag, ties};
use super::hygiene::{Params, erased};
use super::shape::{buffer_element, element, generic, parts};
use super::{Style, result};
use crate::plan::{Argument, CallPlan, Loan, Retained, RetainedForm};
use crate::read::Tokens;
use crate::read::block::pointee;
use proc_macro2::TokenStream;
use quote::quote;

/// Everything behind the function's name.
pub(super) fn of(
    plan: &CallPlan,
    params: &Params<'_>,
    item: &syn::ForeignItemFn,
    tokens: &Tokens,
    style: &Style,
) -> TokenStream {
    let paths = &style.paths;
    let (arguments, _) = parts(plan);
    let ties = ties(plan);
    let mut generics: Vec<TokenStream> = Vec::new();
    if !ties.is_empty() {
        let life = lifetime();
        generics.push(quote!(#life));
    }
    if arguments.iter().any(|argument| matches!(argument, Argument::Taken { on_success: true, .. })) {
        let life = back_lifetime();
        generics.push(quote!(#life));
    }
    generics.extend(item.sig.generics.params.iter().map(|param| quote!(#param)));
    let mut inputs = Vec::new();
    for (index, argument) in arguments.iter().enumerate() {
        let (ident, ty) = (params.idents[index], params.types[index]);
        let life = ties.contains(&index).then(lifetime);
        let ty = match argument {
            Argument::LengthOf(_) | Argument::Cell(_) | Argument::OutValue(_) | Argument::OutPointer(_) => continue,
            Argument::Userdata { .. } | Argument::Destroy(_) => continue,
            Argument::Callback(_) => match super::callback::bound(plan, params, index, tokens, style) {
                Some((bound, ty)) => {
                    generics.push(bound);
                    ty
                }
                None => quote!(#ty),
            },
            Argument::Keep => quote!(#ty),
            Argument::OutBuf => {
                let (generic, bound, element) = (generic(index), paths.out_buf(), buffer_element(ty, plan, index));
                generics.push(quote!(#generic: #bound<#element>));
                quote!(#generic)
            }
            Argument::Vector { is_mut, .. } => {
                let generic = generic(index);
                let bound = if *is_mut { paths.vectored_mut() } else { paths.vectored() };
                generics.push(quote!(#generic: #bound));
                quote!(#generic)
            }
            Argument::Retained(retained) => {
                let (bound, ty) = super::kept::bound(plan, params, index, retained, style);
                generics.push(bound);
                ty
            }
            Argument::Taken { .. } => owner(params, index, argument, tokens, style),
            borrowed => borrow(plan, params, index, borrowed, life.as_ref(), style),
        };
        inputs.push(quote!(#ident: #ty));
    }
    let output = result::ty(plan, params, item, tokens, style);
    let generics = (!generics.is_empty()).then(|| quote!(<#(#generics),*>));
    quote!(#generics (#(#inputs),*) -> #output)
}

/// The type of an owner that a call takes over.
pub(super) fn owner(
    params: &Params<'_>,
    index: usize,
    argument: &Argument,
    tokens: &Tokens,
    style: &Style,
) -> TokenStream {
    let Argument::Taken { free, on_success } = argument else { return TokenStream::new() };
    let (owned, target, tag) = (style.paths.owned(), pointee(params.types[index]), tag(tokens, *free, style));
    let life = if *on_success { back_lifetime() } else { syn::parse_quote!('_) };
    quote!(#owned<#life, #target, #tag>)
}

/// The type of an argument that is lent.
fn borrow(
    plan: &CallPlan,
    params: &Params<'_>,
    index: usize,
    argument: &Argument,
    life: Option<&syn::Lifetime>,
    style: &Style,
) -> TokenStream {
    let ty = params.types[index];
    let element = |in_bytes| element(ty, plan, index, in_bytes);
    let optional = |is_optional: bool, ty: TokenStream| {
        if is_optional { quote!(::core::option::Option<#ty>) } else { ty }
    };
    let lend = |loan: &Loan, target: TokenStream| {
        let ty = if loan.is_mut { quote!(&#life mut #target) } else { quote!(&#life #target) };
        optional(loan.is_optional, ty)
    };
    match argument {
        Argument::Slice(loan) => {
            let element = element(loan.in_bytes);
            lend(loan, quote!([#element]))
        }
        Argument::Array(loan, count) => {
            let (element, count) = (element(loan.in_bytes), proc_macro2::Literal::u64_unsuffixed(*count));
            lend(loan, quote!([#element; #count]))
        }
        Argument::Object(loan) => lend(loan, element(false)),
        Argument::InPlace { is_shared, is_optional } => {
            let (sensitive, element) = (style.paths.address_sensitive(), element(false));
            let is_mut = (!is_shared).then(|| quote!(mut));
            optional(*is_optional, quote!(::core::pin::Pin<&#life #is_mut #sensitive<#element>>))
        }
        Argument::OutObject { is_optional } => {
            let element = element(false);
            optional(*is_optional, quote!(&#life mut ::core::mem::MaybeUninit<#element>))
        }
        Argument::Str { is_optional } => optional(*is_optional, quote!(&#life ::core::ffi::CStr)),
        Argument::Handle { is_optional } => {
            let (handle_ref, target) = (style.paths.handle_ref(), pointee(ty));
            let life = life.cloned().unwrap_or_else(|| syn::parse_quote!('_));
            optional(*is_optional, quote!(#handle_ref<#life, #target>))
        }
        _ => quote!(#ty),
    }
}

fn is_void(plan: &CallPlan, index: usize) -> bool {
    plan.params[index].pointer.as_ref().is_none_or(|pointer| pointer.is_void)
}

/// Compile-time proof that a `safe fn` takes no pointer that safe code could make up.
pub(super) fn flat_arguments(plan: &CallPlan, params: &Params<'_>, tokens: &Tokens, style: &Style) -> TokenStream {
    let probe = style.paths.map_probe();
    let (arguments, _) = parts(plan);
    let asserts = arguments.iter().enumerate().filter_map(|(index, argument)| {
        let ty = &erased(params.types[index]);
        let name = &plan.params[index].name;
        let target = match argument {
            Argument::LengthOf(_) | Argument::Vector { .. } | Argument::Str { .. } => return None,
            Argument::Cell(_) | Argument::OutPointer(_) => return None,
            Argument::Callback(_) | Argument::Userdata { .. } | Argument::Destroy(_) => return None,
            Argument::Retained(Retained { form: RetainedForm::Text, .. }) => return None,
            Argument::Handle { .. }
            | Argument::Taken { .. }
            | Argument::Retained(Retained { form: RetainedForm::Handle, .. }) => {
                let (probe, target) = (style.paths.handle_probe(), pointee(ty));
                let message = format!(
                    "`{name}` is a handle without a type of its own, so another library's could be passed: give it one, or write `#[idiomatic] fn`"
                );
                return Some(quote!(::core::assert!(#probe::<#target>::IS_TYPED, #message);));
            }
            Argument::Keep if plan.params[index].pointer.is_some() => element(ty, plan, index, false),
            Argument::Keep => quote!(#ty),
            Argument::Slice(Loan { in_bytes: true, .. })
            | Argument::Retained(Retained { form: RetainedForm::Slice { in_bytes: true }, .. })
                if !is_void(plan, index) =>
            {
                let target = pointee(ty);
                let message = format!(
                    "`{name}` is counted in bytes and its elements are larger, so a slice of bytes may not be aligned for them: count elements, or write `#[idiomatic] fn`"
                );
                return Some(quote!(::core::assert!(::core::mem::align_of::<#target>() == 1, #message);));
            }
            Argument::Slice(loan) | Argument::Array(loan, _) | Argument::Object(loan) => {
                element(ty, plan, index, loan.in_bytes)
            }
            Argument::Retained(Retained { form, .. }) => {
                element(ty, plan, index, *form == RetainedForm::Slice { in_bytes: true })
            }
            Argument::OutValue(_) | Argument::InPlace { .. } => element(ty, plan, index, false),
            Argument::OutBuf | Argument::OutObject { .. } => return None,
        };
        let message = format!(
            "`{name}` may hold a pointer, which safe code can make up: put `#[pinned_ffi]` on its type if it holds none, or write `#[idiomatic] fn`"
        );
        Some(quote!(::core::assert!(#probe::<#target>::IS_FLAT, #message);))
    });
    let given = (0..arguments.len()).flat_map(|index| {
        let name = &plan.params[index].name;
        let message = format!(
            "what `{name}` gives C may hold a pointer, which safe code can make up: say `input` where it only reads, put \
             `#[pinned_ffi]` on the type if it holds none, or write `#[idiomatic] fn`"
        );
        let types = super::callback::given_to_c(plan, params, index, tokens);
        types.into_iter().map(|ty| quote!(::core::assert!(#probe::<#ty>::IS_FLAT, #message);)).collect::<Vec<_>>()
    });
    let asserts: Vec<TokenStream> = asserts.chain(given).collect();
    let (no_map, typed_handle) = (style.paths.no_map(), style.paths.typed_handle());
    // An item: a `const` block would be looked at only where the function is used.
    if asserts.is_empty() {
        return TokenStream::new();
    }
    let has_handle = arguments.iter().any(|argument| {
        let is_kept = matches!(argument, Argument::Retained(Retained { form: RetainedForm::Handle, .. }));
        is_kept || matches!(argument, Argument::Handle { .. } | Argument::Taken { .. })
    });
    let typed_handle = has_handle.then(|| {
        quote! {
            #[allow(unused_imports)]
            use #typed_handle as _;
        }
    });
    quote! {
        const _: () = {
            #[allow(unused_imports)]
            use #no_map as _;
            #typed_handle
            #(#asserts)*
        };
    }
}
