//! The symbol through which C calls an exported function: checks in, the function, checks out, panics kept from C.

use super::hygiene::{erased, hidden};
use super::{Style, describe, wrapper};
use crate::contract::Origin;
use crate::export::Exported;
use crate::model::{Param, Ty};
use crate::plan::CallPlan;
use crate::read::block::pointee;
use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};

/// The symbol, beside the function itself.
pub fn export(exported: &Exported, plan: &CallPlan, style: &Style) -> TokenStream {
    let paths = &style.paths;
    let item = &exported.item;
    let function = &exported.tokens.functions[0].item;
    let types: Vec<syn::Type> = function
        .sig
        .inputs
        .iter()
        .filter_map(|input| match input {
            syn::FnArg::Typed(input) => Some(erased(&input.ty)),
            syn::FnArg::Receiver(_) => None,
        })
        .collect();
    // A parameter may have the function's own name.
    let names: Vec<syn::Ident> = (0..types.len()).map(|index| hidden(&format!("argument{index}"))).collect();
    let (ident, output) = (&item.sig.ident, &item.sig.output);
    let conditions = item.attrs.iter().filter(|attribute| attribute.path().is_ident("cfg"));
    let (schema, no_word, no_map) = (paths.assert_schema(), paths.no_word(), paths.no_map());
    let arguments = quote!(#(#names),*);
    let passed = function_params(exported).zip(&types).zip(&names);
    let (inputs, taken): (Vec<_>, Vec<_>) =
        passed.map(|((param, ty), name)| taken(exported, param, ty, name, style)).unzip();
    let call = quote!(unsafe { #ident(#arguments) });
    let body = match is_checked(plan, exported) {
        true => checked(exported, plan, &types, &names, &call, style),
        false => call,
    };
    let body = quote!(#(#taken)* #body);
    let symbol = format_ident!("__pinned_ffi_export_{}", exported.c_name);
    let c_name = &exported.c_name;
    let abi = if exported.unwinds { quote!("C-unwind") } else { quote!("C") };
    let body = if exported.unwinds { body } else { caught(exported, &body, style) };
    quote! {
        #(#conditions)*
        #[allow(clippy::all, clippy::pedantic, clippy::nursery, clippy::undocumented_unsafe_blocks)]
        const _: () = {
            #schema
            #[allow(unused_imports)]
            use #no_map as _;
            #[allow(unused_imports)]
            use #no_word as _;
            #[unsafe(export_name = #c_name)]
            #[deny(improper_ctypes_definitions)]
            #[allow(unused_unsafe, unsafe_code, unreachable_code, non_snake_case, deprecated)]
            unsafe extern #abi fn #symbol(#(#names: #inputs),*) #output {
                #body
            }
        };
    }
}

fn function_params(exported: &Exported) -> impl Iterator<Item = &Param> {
    exported.header.functions[0].params.iter()
}

/// A parameter's type at the symbol, and how the function's value is made of it: what C passes for a name may be none of its
/// values, where that is an enumeration's.
fn taken(
    exported: &Exported,
    param: &Param,
    ty: &syn::Type,
    name: &syn::Ident,
    style: &Style,
) -> (TokenStream, Option<TokenStream>) {
    if !matches!(param.ty, Ty::Named(_) | Ty::Bool | Ty::Unicode) {
        return (quote!(#ty), None);
    }
    let (passed, any_passed) = (style.paths.passed(), style.paths.any_passed());
    let (c_name, called, is_carried) = (&exported.c_name, &param.name, is_carried(exported));
    let caller = quote_spanned!(exported.item.sig.ident.span()=> ::core::panic::Location::caller());
    let take = quote! {
        let #name: #ty = {
            #[allow(unused_imports)]
            use #any_passed as _;
            unsafe { #passed::<#ty>::take(#name, #c_name, #called, #is_carried, #caller) }
        };
    };
    (quote!(::core::mem::MaybeUninit<#ty>), Some(take))
}

/// Whether a rule has anything to look at.
fn is_checked(plan: &CallPlan, exported: &Exported) -> bool {
    let is_unchecked = exported.contract().policy.unchecked.is_some();
    !is_unchecked && (plan.params.iter().any(|param| param.is_read) || plan.reads_result() || gives(exported))
}

/// Whether the result may lead somewhere.
fn gives(exported: &Exported) -> bool {
    !matches!(
        exported.header.functions[0].result,
        Ty::Void | Ty::Number | Ty::Unicode | Ty::Char | Ty::Byte | Ty::FnPointer
    )
}

fn checked(
    exported: &Exported,
    plan: &CallPlan,
    types: &[syn::Type],
    names: &[syn::Ident],
    call: &TokenStream,
    style: &Style,
) -> TokenStream {
    let paths = &style.paths;
    let (desc, export, word, probe) = (paths.export_desc(), paths.export(), paths.word(), paths.probe());
    let result = match &exported.item.sig.output {
        syn::ReturnType::Type(_, ty) => Some(erased(ty)),
        syn::ReturnType::Default => None,
    };
    let function = describe::function(plan, types, result.as_ref(), style);
    let (map, gives) = given(exported, result.as_ref(), style);
    let widths = wrapper::widths(plan, types);
    let words = plan.params.iter().zip(names).map(|(param, name)| match param.is_read {
        true => quote!(#probe(&#name).word()),
        false => quote!(#word::NONE),
    });
    let entered = hidden("entered");
    let returned = hidden("returned");
    // Reports name the function's own place: C has none that Rust could know.
    let caller = quote_spanned!(exported.item.sig.ident.span()=> ::core::panic::Location::caller());
    quote! {
        #map
        #widths
        static __DESC: #desc = #desc::new(#function) #gives;
        let #entered = unsafe { #export::enter(&__DESC, &[#(#words),*], #caller) };
        let #returned = #call;
        #entered.leave(&#returned, #probe(&#returned).word());
        #returned
    }
}

/// What the runtime is told of pointers in the result: the map of a pointer, and the words that name it.
fn given(exported: &Exported, result: Option<&syn::Type>, style: &Style) -> (TokenStream, TokenStream) {
    let paths = &style.paths;
    let value = exported.contract().result(false);
    let Some(result) = result.filter(|_| gives(exported) && !value.is_opaque) else {
        return (TokenStream::new(), TokenStream::new());
    };
    let (pointer_desc, probe) = (paths.pointer_desc(), paths.map_probe());
    // Whoever says whose it is has seen to it that it stays.
    let is_kept = value.origins.iter().any(|origin| {
        matches!(origin, Origin::Owned { .. } | Origin::Borrowed { .. } | Origin::Static | Origin::Until { .. })
    });
    let kept = is_kept.then(|| quote!(.kept()));
    let is_pointer = matches!(exported.header.functions[0].result, Ty::Pointer(_));
    match pointee(result).filter(|_| is_pointer) {
        Some(target) => {
            let (pointer_map, slot) = (paths.pointer_map(), paths.slot());
            let is_void =
                matches!(&exported.header.functions[0].result, Ty::Pointer(pointer) if *pointer.pointee == Ty::Void);
            let behind = match is_void {
                true => quote!(#pointer_desc::void()),
                false => quote!(#pointer_desc::to::<#target>(#probe::<#target>::map)),
            };
            let map = quote! {
                static __RESULT: #pointer_map = #pointer_map::fields(&[#slot::new("*", 0, #behind)]);
            };
            (map, quote!(.gives(#pointer_desc::to::<#result>(|| &__RESULT).one()) #kept))
        }
        None => (TokenStream::new(), quote!(.gives(#pointer_desc::to::<#result>(#probe::<#result>::map).one()) #kept)),
    }
}

/// Whether C gets a value at a panic.
fn is_carried(exported: &Exported) -> bool {
    let has_value = exported.on_panic.is_some() || exported.header.functions[0].result == Ty::Void;
    has_value
        && !exported.unwinds
        && !matches!(&exported.item.sig.output, syn::ReturnType::Type(_, ty) if matches!(**ty, syn::Type::Never(_)))
}

/// The body with panics kept from C: carried to the wrapper that waits. Without a value to give in their place they end at the
/// symbol's ABI, and the process with them.
fn caught(exported: &Exported, body: &TokenStream, style: &Style) -> TokenStream {
    let paths = &style.paths;
    let (entry, carry) = (paths.entry(), paths.carry());
    let on_panic = match (&exported.on_panic, &exported.header.functions[0].result) {
        (Some(value), _) => quote!(#value),
        (None, Ty::Void) => quote!(()),
        (None, _) => return body.clone(),
    };
    let ty = match &exported.item.sig.output {
        syn::ReturnType::Type(_, ty) if !matches!(**ty, syn::Type::Never(_)) => quote!(#ty),
        // What never returns has no other type to give: it ends the process as well.
        syn::ReturnType::Type(..) => return body.clone(),
        syn::ReturnType::Default => quote!(()),
    };
    let c_name = &exported.c_name;
    let caller = quote_spanned!(exported.item.sig.ident.span()=> ::core::panic::Location::caller());
    quote! {
        const __ON_PANIC: #ty = #on_panic;
        let __entry = #entry { function: #c_name, callback: ::core::option::Option::None, given_at: ::core::option::Option::Some(#caller) };
        #carry(&__entry, __ON_PANIC, || { #body })
    }
}
