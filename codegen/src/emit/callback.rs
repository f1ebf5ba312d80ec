//! Closures that C calls: their bounds, where they lie, and when they are C's.

use super::hygiene::{Params, erased, hidden, local};
use super::idiomatic::arithmetic;
use super::shape::{generic, parts};
use super::{Style, trampoline};
use crate::contract::CalledForm;
use crate::model::Ty;
use crate::plan::{Argument, CallPlan, CallbackPlan, Callers, Failure, Hold};
use crate::read::Tokens;
use crate::read::block::{pointee, shape};
use crate::read::called;
use proc_macro2::TokenStream;
use quote::quote;

/// A closure among the parameters of a function.
pub(super) struct Closure<'a> {
    pub(super) index: usize,
    pub(super) plan: &'a CallbackPlan,
    ty: &'a syn::Type,
    pub(super) pointer: &'a syn::TypeFnPtr,
}

/// The closure of a parameter; `check` has seen that its type is spelt out.
fn closure<'a>(plan: &'a CallPlan, params: &Params<'a>, index: usize, tokens: &'a Tokens) -> Option<Closure<'a>> {
    let Argument::Callback(callback) = &parts(plan).0[index] else { return None };
    let ty = called::resolved(tokens, params.types[index])?;
    Some(Closure { index, plan: callback, ty, pointer: called::spelt(ty)? })
}

/// The closures that lie in one body with this one.
fn group<'a>(plan: &'a CallPlan, params: &Params<'a>, of: &Closure<'a>, tokens: &'a Tokens) -> Vec<Closure<'a>> {
    let all = (0..params.types.len()).filter_map(|index| closure(plan, params, index, tokens));
    all.filter(|other| {
        other.index == of.index || (of.plan.userdata.is_some() && other.plan.userdata == of.plan.userdata)
    })
    .collect()
}

/// What a wrapper begins with where C may call Rust before it returns, so that a panic may have to wait for it.
pub(super) fn around(plan: &CallPlan, style: &Style) -> Option<TokenStream> {
    let takes_closure = parts(plan).0.iter().any(|argument| matches!(argument, Argument::Callback(_)));
    match plan.calls_back {
        Some(false) if !takes_closure => {
            let (quiet, caller, name) = (style.paths.no_callback(), hidden("caller"), &plan.c_name);
            Some(quote!(#quiet::begin(#name, #caller)))
        }
        calls_back => (takes_closure || calls_back == Some(true)).then(|| {
            let waiting = style.paths.waiting();
            quote!(#waiting::begin())
        }),
    }
}

/// Whether a panic goes on through C: where both of C's functions say `C-unwind`, and the wrapper is on the stack of the call.
fn unwinds(plan: &CallPlan, closure: &Closure<'_>, tokens: &Tokens) -> bool {
    let of = plan.form.as_ref().map_or(plan.function, |form| form.of);
    let says =
        |abi: Option<&syn::Abi>| abi.and_then(|abi| abi.name.as_ref()).is_some_and(|name| name.value() == "C-unwind");
    closure.plan.callers == Callers::Own
        && matches!(closure.plan.hold, Hold::Call | Hold::Here)
        && says(closure.pointer.abi.as_ref())
        && says(Some(&tokens.blocks[tokens.functions[of.0].block].abi))
}

/// The bound of a closure, and its type as a parameter.
pub(super) fn bound(
    plan: &CallPlan,
    params: &Params<'_>,
    index: usize,
    tokens: &Tokens,
    style: &Style,
) -> Option<(TokenStream, TokenStream)> {
    let closure = closure(plan, params, index, tokens)?;
    let generic = generic(index);
    let bound = bound_of(&closure, style);
    let ty = if closure.plan.is_optional { quote!(::core::option::Option<#generic>) } else { quote!(#generic) };
    Some((quote!(#generic: #bound), ty))
}

pub(super) fn bound_of(closure: &Closure<'_>, style: &Style) -> TokenStream {
    if closure.plan.callers == Callers::Signal {
        let (safe, types) = (style.paths.signal_safe(), closure.pointer.inputs.iter().map(|input| &input.ty));
        return quote!(#safe<(#(#types,)*)>);
    }
    let arguments = closure.pointer.inputs.iter().zip(&closure.plan.called).filter_map(|(input, param)| {
        let ty = &input.ty;
        let is_mut = param.is_mut.then(|| quote!(mut));
        let given = match &param.form {
            CalledForm::Userdata | CalledForm::LengthOf => return None,
            CalledForm::Plain => return Some(quote!(#ty)),
            CalledForm::Slice { in_bytes, .. } => {
                let element = unwritten(element(ty, *in_bytes), param.is_out);
                quote!(&#is_mut [#element])
            }
            CalledForm::Text => quote!(&::core::ffi::CStr),
            CalledForm::Object => {
                let target = pointee(ty);
                let target = unwritten(quote!(#target), param.is_out);
                quote!(&#is_mut #target)
            }
            CalledForm::Handle => {
                let (handle, target) = (style.paths.handle_ref(), pointee(ty));
                quote!(#handle<'_, #target>)
            }
        };
        Some(if param.is_nullable { quote!(::core::option::Option<#given>) } else { given })
    });
    let output = &closure.pointer.output;
    let (kind, more) = match (closure.plan.hold, closure.plan.callers) {
        (Hold::Item, _) => {
            (quote!(Fn), quote!(+ ::core::marker::Copy + ::core::marker::Send + ::core::marker::Sync + 'static))
        }
        (Hold::Once, _) => (quote!(FnOnce), quote!(+ ::core::marker::Send + 'static)),
        (Hold::Call | Hold::Here, Callers::Any | Callers::Signal) => (quote!(Fn), quote!(+ ::core::marker::Sync)),
        (Hold::Call | Hold::Here, Callers::One) => (quote!(FnMut), quote!(+ ::core::marker::Send)),
        (Hold::Call | Hold::Here, Callers::Own) => (quote!(FnMut), quote!()),
        (_, Callers::Any | Callers::Signal) => {
            (quote!(Fn), quote!(+ ::core::marker::Send + ::core::marker::Sync + 'static))
        }
        (_, Callers::One) => (quote!(FnMut), quote!(+ ::core::marker::Send + 'static)),
        (_, Callers::Own) => (quote!(FnMut), quote!(+ 'static)),
    };
    quote!(::core::ops::#kind(#(#arguments),*) #output #more)
}

/// The types of what a closure gives to C: its result, and what it may write.
pub(super) fn given_to_c(plan: &CallPlan, params: &Params<'_>, index: usize, tokens: &Tokens) -> Vec<syn::Type> {
    let Some(closure) = closure(plan, params, index, tokens) else { return Vec::new() };
    let written = closure.pointer.inputs.iter().zip(&closure.plan.called).filter(|(_, param)| param.is_mut);
    let written = written.filter_map(|(input, param)| match param.form {
        CalledForm::Object | CalledForm::Slice { in_bytes: false, .. } => pointee(&input.ty).cloned(),
        _ => None,
    });
    let result = match &closure.pointer.output {
        syn::ReturnType::Type(_, ty) if !matches!(**ty, syn::Type::Never(_)) => Some((**ty).clone()),
        _ => None,
    };
    written.filter(|ty| shape(ty) != Ty::Void).chain(result).map(|ty| erased(&ty)).collect()
}

/// The element type of a slice that C hands over: bytes for `void`, and where it is counted in bytes.
pub(super) fn element(ty: &syn::Type, in_bytes: bool) -> TokenStream {
    match (pointee(ty), shape(ty)) {
        (Some(target), Ty::Pointer(pointer)) if *pointer.pointee != Ty::Void && !in_bytes => quote!(#target),
        _ => quote!(::core::primitive::u8),
    }
}

/// The type of memory that a closure gets: what nobody has written yet is no value.
pub(super) fn unwritten(ty: TokenStream, is_out: bool) -> TokenStream {
    if is_out { quote!(::core::mem::MaybeUninit<#ty>) } else { ty }
}

/// The type of what lies in a body: the closures, and behind them lengths that were known when they were given.
pub(super) fn tuple(group: &[Closure<'_>]) -> TokenStream {
    let types = group.iter().map(|closure| {
        let generic = generic(closure.index);
        if closure.plan.is_optional { quote!(::core::option::Option<#generic>) } else { quote!(#generic) }
    });
    let count = group.iter().map(|closure| closure.plan.lengths.len()).sum();
    let count = proc_macro2::Literal::usize_unsuffixed(count);
    let lengths = has_lengths(group).then(|| quote!([::core::primitive::i128; #count]));
    quote!((#(#types,)* #lengths))
}

fn has_lengths(group: &[Closure<'_>]) -> bool {
    group.iter().any(|closure| !closure.plan.lengths.is_empty())
}

/// Those lengths, in the order of the closures. One that cannot be, by an overflow, is below zero, and refused when C calls.
fn lengths(group: &[Closure<'_>], params: &Params<'_>) -> Option<TokenStream> {
    let all = group.iter().flat_map(|closure| &closure.plan.lengths).map(|(_, length)| {
        let length = arithmetic(length, params);
        quote!((|| -> ::core::option::Option<::core::primitive::i128> { ::core::option::Option::Some(#length) })().unwrap_or(-1))
    });
    has_lengths(group).then(|| quote!([#(#all),*]))
}

pub(super) fn who(index: usize) -> syn::Ident {
    hidden(&format!("WHO_{index}"))
}

pub(super) fn called_name(index: usize) -> syn::Ident {
    hidden(&format!("called_{index}"))
}

pub(super) fn slot(index: usize) -> syn::Ident {
    hidden(&format!("SLOT_{index}"))
}

fn generics_of(group: &[Closure<'_>]) -> TokenStream {
    let names = group.iter().map(|closure| generic(closure.index));
    quote!(<#(#names),*>)
}

/// The statements that make a closure C's function; the closure itself is put aside for its body.
pub(super) fn eval(plan: &CallPlan, params: &Params<'_>, index: usize, tokens: &Tokens, style: &Style) -> TokenStream {
    let Some(closure) = closure(plan, params, index, tokens) else { return TokenStream::new() };
    let group = group(plan, params, &closure, tokens);
    let (ident, ty) = (params.idents[index], params.types[index]);
    let (aside, name, caller) = (local(ident, "closure"), called_name(index), hidden("caller"));
    let unwinds = unwinds(plan, &closure, tokens);
    let trampoline = trampoline::of(plan, &closure, &group, unwinds, style);
    let generics = generics_of(&group);
    let there = quote!(#name::#generics);
    let some = if called::is_option(closure.ty) { quote!(::core::option::Option::Some(#there)) } else { there };
    let pointer = if closure.plan.is_optional {
        quote!(if #aside.is_some() { #some } else { ::core::option::Option::None })
    } else {
        some
    };
    let lies = match closure.plan.hold {
        Hold::Item => {
            let item = style.paths.item();
            if closure.plan.is_optional { quote!(#aside.map(#item);) } else { quote!(#item(#aside);) }
        }
        Hold::Here => {
            let (body, filled, slot) = (local(ident, "body"), local(ident, "here"), slot(index));
            let (new, here) = (style.paths.body(), style.paths.here());
            let lengths = lengths(&group, params);
            quote! {
                let #body = #new::new((#aside, #lengths), #caller);
                let #filled = #here::fill(&#slot, &#body);
            }
        }
        _ => TokenStream::new(),
    };
    let slot = (closure.plan.hold == Hold::Here).then(|| {
        let slot = slot(index);
        quote! {
            ::std::thread_local! {
                static #slot: ::core::cell::Cell<::core::primitive::usize> = const { ::core::cell::Cell::new(0) };
            }
        }
    });
    quote! {
        #slot
        #trampoline
        let #aside = #ident;
        let #ident: #ty = #pointer;
        #lies
    }
}

/// The statements that put closures where they lie, and give C what it hands to them.
pub(super) fn eval_userdata(
    plan: &CallPlan,
    params: &Params<'_>,
    index: usize,
    tokens: &Tokens,
    style: &Style,
) -> TokenStream {
    let Argument::Userdata { of, hold, .. } = &parts(plan).0[index] else { return TokenStream::new() };
    let paths = &style.paths;
    let (ident, ty, caller) = (params.idents[index], params.types[index], hidden("caller"));
    let closures = of.iter().map(|index| local(params.idents[*index], "closure"));
    let first = of.first().and_then(|index| closure(plan, params, *index, tokens));
    let lengths = first.as_ref().and_then(|first| lengths(&group(plan, params, first, tokens), params));
    let closures = quote!((#(#closures,)* #lengths));
    let is_given = is_given(plan, params, of);
    let who = who(of[0]);
    let body = local(ident, "body");
    match hold {
        Hold::Call => {
            let (new, scoped, lent) = (paths.body(), paths.scoped(), local(ident, "lent"));
            quote! {
                let #body = #new::new(#closures, #caller);
                let #lent = #scoped::lend(&#who, &#body);
                let #ident: #ty = #lent.userdata().cast();
            }
        }
        Hold::Kept => {
            let (keep, kept) = (paths.keep_closure(), local(ident, "kept"));
            let is_sent = first.is_some_and(|closure| closure.plan.callers != Callers::Own);
            quote! {
                let (mut #kept, #ident) = #keep(&#who, (#is_given).then(|| #closures), #is_sent, #caller);
                let #ident: #ty = #ident.cast();
            }
        }
        _ => {
            let (new, given) = (paths.given(), local(ident, "given"));
            quote! {
                let mut #given = (#is_given).then(|| #new::new(&#who, #closures, #caller));
                let #ident: #ty = match &#given {
                    ::core::option::Option::Some(#given) => #given.userdata().cast(),
                    ::core::option::Option::None => ::core::ptr::null_mut(),
                };
            }
        }
    }
}

/// Whether at least one of these closures is there.
fn is_given(plan: &CallPlan, params: &Params<'_>, of: &[usize]) -> TokenStream {
    let is_optional = |index: &usize| matches!(&parts(plan).0[*index], Argument::Callback(plan) if plan.is_optional);
    if !of.iter().all(is_optional) {
        return quote!(true);
    }
    let each = of.iter().map(|index| local(params.idents[*index], "closure"));
    quote!(#(#each.is_some())||*)
}

/// The statements that make the destroy function.
pub(super) fn eval_destroy(
    plan: &CallPlan,
    params: &Params<'_>,
    index: usize,
    of: usize,
    tokens: &Tokens,
    style: &Style,
) -> TokenStream {
    let Some(closure) = closure(plan, params, of, tokens) else { return TokenStream::new() };
    let group = group(plan, params, &closure, tokens);
    let (ident, ty) = (params.idents[index], params.types[index]);
    let (name, userdata, who) = (hidden(&format!("destroyed_{index}")), hidden("userdata"), who(of));
    let bounds = group.iter().map(|closure| {
        let (generic, bound) = (generic(closure.index), bound_of(closure, style));
        quote!(#generic: #bound)
    });
    let (destroy, tuple, generics) = (style.paths.destroy(), tuple(&group), generics_of(&group));
    // The body was put away by then; what C gets stands for it.
    let given = closure.plan.userdata.map(|index| params.idents[index]);
    quote! {
        unsafe extern "C" fn #name<#(#bounds),*>(#userdata: *mut ::core::ffi::c_void) {
            unsafe { #destroy::<#tuple>(&#who, #userdata) }
        }
        let #ident: #ty = if #given.is_null() {
            ::core::option::Option::None
        } else {
            ::core::option::Option::Some(#name::#generics)
        };
    }
}

/// Closures that go to C for good, by the parameter of their userdata.
pub(super) fn given<'a>(plan: &'a CallPlan) -> impl Iterator<Item = (usize, &'a [usize])> + 'a {
    parts(plan).0.iter().enumerate().filter_map(|(index, argument)| match argument {
        Argument::Userdata { of, hold: Hold::Once | Hold::Destroyed | Hold::Forever, .. } => Some((index, &of[..])),
        _ => None,
    })
}

/// Right before the call: C may have them from there on.
pub(super) fn lend(plan: &CallPlan, params: &Params<'_>) -> TokenStream {
    let each = given(plan).map(|(index, _)| local(params.idents[index], "given"));
    quote!(#(if let ::core::option::Option::Some(__given) = &mut #each { __given.lend(); })*)
}

/// Right after the call: they are C's, or the call has failed and nobody has them.
pub(super) fn settle(plan: &CallPlan, params: &Params<'_>) -> TokenStream {
    let each = given(plan).map(|(index, of)| {
        let is_ended = of.iter().any(
            |index| matches!(&parts(plan).0[*index], Argument::Callback(callback) if callback.destroys_on_failure),
        );
        let success = hidden("success");
        let is_cs = if plan.told == Failure::Never || is_ended { quote!(true) } else { quote!(#success) };
        let given = local(params.idents[index], "given");
        quote!(if let ::core::option::Option::Some(__given) = #given { __given.settle(#is_cs); })
    });
    quote!(#(#each)*)
}

/// A wrapper that waits for what C calls.
pub(super) fn waiting(body: TokenStream, begin: &TokenStream) -> TokenStream {
    let (waiting, returned) = (hidden("waiting"), hidden("returned"));
    quote! {
        let #waiting = #begin;
        let #returned = { #body };
        #waiting.end();
        #returned
    }
}
