//! The functions that C gets for closures.

use super::Style;
use super::callback::{Closure, bound_of, called_name, element, slot, tuple, unwritten, who};
use super::hygiene::hidden;
use super::shape::generic;
use crate::contract::{CalledForm, CalledParam, Constant, Count};
use crate::model::Ty;
use crate::plan::{CallPlan, Callers, Hold};
use crate::read::block::shape;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// The function that C gets for a closure, and the name that reports give it.
pub(super) fn of(
    plan: &CallPlan,
    closure: &Closure<'_>,
    group: &[Closure<'_>],
    unwinds: bool,
    style: &Style,
) -> TokenStream {
    let paths = &style.paths;
    let (name, who) = (called_name(closure.index), who(closure.index));
    let bounds = group.iter().map(|closure| {
        let (generic, bound) = (generic(closure.index), bound_of(closure, style));
        quote!(#generic: #bound)
    });
    let inputs: Vec<syn::Ident> = (0..closure.pointer.inputs.len()).map(|at| hidden(&format!("a{at}"))).collect();
    let types = closure.pointer.inputs.iter().map(|input| &input.ty);
    let (output, abi, unsafety) = (&closure.pointer.output, &closure.pointer.abi, &closure.pointer.unsafety);
    let tuple = tuple(group);
    let on_panic = on_panic(closure);
    let arguments = arguments(closure, group, &inputs, style);
    let (closures, this) = (hidden("closures"), hidden("closure"));
    let place = Literal::usize_unsuffixed(closure.plan.place);
    let is_optional = closure.plan.is_optional;
    let missing = |pick: TokenStream| {
        if is_optional {
            quote!(let ::core::option::Option::Some(#this) = #pick else { return #on_panic };)
        } else {
            quote!(let #this = #pick;)
        }
    };
    let as_mut = is_optional.then(|| quote!(.as_mut()));
    let as_ref = is_optional.then(|| quote!(.as_ref()));
    let userdata = closure.plan.called.iter().zip(&inputs).find(|(param, _)| param.is_userdata());
    let userdata = userdata.map(|(param, input)| match &param.asked {
        Some(function) => {
            let (raw, function) = (&style.raw, syn::Ident::new(function, proc_macro2::Span::call_site()));
            // Of one of the handle's types: libuv's are all structures that begin alike.
            quote!(#raw::#function((#input).cast()))
        }
        None => quote!(#input),
    });
    let run_mut = {
        let pick = if is_optional { quote!(#closures.#place #as_mut) } else { quote!(&mut #closures.#place) };
        let pick = missing(pick);
        quote!(|#closures| { #pick #this(#(#arguments),*) })
    };
    let call = match (closure.plan.hold, closure.plan.callers) {
        (Hold::Item, Callers::Signal) => {
            let (run, generic) = (paths.call_in_signal(), generic(closure.index));
            quote!(#run::<#generic, _>((#(#inputs,)*)))
        }
        (Hold::Item, _) => {
            let (call_item, generic) = (paths.call_item(), generic(closure.index));
            quote!(#call_item::<#generic, _>(&#who, || #on_panic, |#this| #this(#(#arguments),*)))
        }
        (Hold::Here, _) => {
            let call_here = if unwinds { paths.call_here_unwinding() } else { paths.call_here() };
            let slot = slot(closure.index);
            quote!(#call_here::<#tuple, _>(&#who, &#slot, || #on_panic, #run_mut))
        }
        (Hold::Once, _) => {
            let call_once = paths.call_once();
            let pick = missing(quote!(#closures.#place));
            quote!(#call_once::<#tuple, _>(&#who, #userdata.cast(), || #on_panic, |#closures| { #pick #this(#(#arguments),*) }))
        }
        (_, Callers::Any | Callers::Signal) => {
            let call_shared = paths.call_shared();
            let pick = if is_optional { quote!(#closures.#place #as_ref) } else { quote!(&#closures.#place) };
            let pick = missing(pick);
            quote!(#call_shared::<#tuple, _>(&#who, #userdata.cast(), || #on_panic, |#closures| { #pick #this(#(#arguments),*) }))
        }
        (_, callers) => {
            let call = if unwinds { paths.call_unwinding() } else { paths.call_closure() };
            let kind = paths.callers();
            let callers = if callers == Callers::Own { quote!(Own) } else { quote!(One) };
            quote!(#call::<#tuple, _>(&#who, #userdata.cast(), #kind::#callers, || #on_panic, #run_mut))
        }
    };
    // In a signal handler nothing is told.
    let entry = (closure.plan.callers != Callers::Signal).then(|| entry(plan, closure.index, style));
    quote! {
        #entry
        #unsafety #abi fn #name<#(#bounds),*>(#(#inputs: #types),*) #output {
            unsafe { #call }
        }
    }
}

/// The value that C gets where a closure panics.
fn on_panic(closure: &Closure<'_>) -> TokenStream {
    let syn::ReturnType::Type(_, ty) = &closure.pointer.output else { return quote!(()) };
    let value = match &closure.plan.on_panic {
        Some(Constant::Name(name)) => {
            let name = syn::Ident::new(name, proc_macro2::Span::call_site());
            return quote!((#name as #ty));
        }
        Some(Constant::Number(number)) => i64::try_from(*number).unwrap_or_default(),
        None => 0,
    };
    let value = Literal::i64_suffixed(value);
    match shape(ty) {
        Ty::Pointer(_) => quote!((#value as ::core::primitive::usize as #ty)),
        _ if matches!(&**ty, syn::Type::Path(path) if path.path.is_ident("bool")) => quote!((#value != 0)),
        _ => quote!((#value as #ty)),
    }
}

fn entry(plan: &CallPlan, index: usize, style: &Style) -> TokenStream {
    let (entry, who) = (style.paths.entry(), who(index));
    let (function, callback) = (&plan.c_name, &plan.params[index].name);
    quote! {
        static #who: #entry = #entry {
            function: #function,
            callback: ::core::option::Option::Some(#callback),
            given_at: ::core::option::Option::None,
        };
    }
}

/// What the closure gets of what C hands over.
fn arguments(closure: &Closure<'_>, group: &[Closure<'_>], inputs: &[syn::Ident], style: &Style) -> Vec<TokenStream> {
    // Lengths that were known before lie behind the closures, in their order.
    let held = |at: usize| {
        let before = group.iter().take_while(|other| other.index != closure.index);
        let before: usize = before.map(|other| other.plan.lengths.len()).sum();
        let own = closure.plan.lengths.iter().position(|(index, _)| *index == at).unwrap_or_default();
        let (closures, place) = (hidden("closures"), Literal::usize_unsuffixed(group.len()));
        let index = Literal::usize_unsuffixed(before + own);
        quote!(#closures.#place[#index])
    };
    let one = |(at, param): (usize, &CalledParam)| {
        let paths = &style.paths;
        let (input, name) = (&inputs[at], &param.name);
        let needed = |value: TokenStream| {
            if param.is_nullable {
                return value;
            }
            let nonnull = paths.called_nonnull();
            quote!(#nonnull(#value, #name))
        };
        match &param.form {
            CalledForm::Userdata | CalledForm::LengthOf => None,
            CalledForm::Plain => Some(quote!(#input)),
            CalledForm::Slice { count, in_bytes } => {
                let element = unwritten(element(&closure.pointer.inputs[at].ty, *in_bytes), param.is_out);
                let count = match count {
                    Count::Called(count) => {
                        let count = &inputs[*count];
                        quote!(#count as ::core::primitive::i128)
                    }
                    Count::Given(_) => held(at),
                };
                let slice = if param.is_mut { paths.called_slice_mut() } else { paths.called_slice() };
                let slice = quote!(#slice::<#element>(#input.cast(), #count));
                let or_empty = paths.called_elements();
                Some(if param.is_nullable { slice } else { quote!(#or_empty(#slice, #count, #name)) })
            }
            CalledForm::Text => {
                let text = paths.called_text();
                Some(needed(quote!(#text(#input))))
            }
            CalledForm::Handle => {
                let handle = paths.given_handle();
                Some(needed(quote!(#handle(#input))))
            }
            CalledForm::Object => {
                let object = if param.is_mut { paths.called_object_mut() } else { paths.called_object() };
                let cast = param.is_out.then(|| quote!(.cast::<::core::mem::MaybeUninit<_>>()));
                Some(needed(quote!(#object(#input #cast))))
            }
        }
    };
    closure.plan.called.iter().enumerate().filter_map(one).collect()
}
