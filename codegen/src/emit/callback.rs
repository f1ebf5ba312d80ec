//! Closures that C calls: their bounds, the functions that C gets for them, and where they lie during the call.

use super::Style;
use super::hygiene::{Params, hidden, local};
use super::shape::{generic, parts};
use crate::contract::{CalledForm, CalledParam, Constant};
use crate::model::Ty;
use crate::plan::{Argument, CallPlan, CallbackPlan, Callers, Failure, Hold};
use crate::read::Tokens;
use crate::read::block::{pointee, shape};
use crate::read::called;
use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

/// A closure among the parameters of a function.
struct Closure<'a> {
    index: usize,
    plan: &'a CallbackPlan,
    ty: &'a syn::Type,
    pointer: &'a syn::TypeFnPtr,
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

/// Whether C may call Rust before the wrapper returns, so that a panic may have to wait for it.
pub(super) fn waits(plan: &CallPlan) -> bool {
    parts(plan).0.iter().any(|argument| matches!(argument, Argument::Callback(_)))
}

/// The bound of a closure, and its type as a parameter.
pub(super) fn bound(
    plan: &CallPlan,
    params: &Params<'_>,
    index: usize,
    tokens: &Tokens,
) -> Option<(TokenStream, TokenStream)> {
    let closure = closure(plan, params, index, tokens)?;
    let generic = generic(index);
    let bound = bound_of(&closure);
    let ty = if closure.plan.is_optional { quote!(::core::option::Option<#generic>) } else { quote!(#generic) };
    Some((quote!(#generic: #bound), ty))
}

fn bound_of(closure: &Closure<'_>) -> TokenStream {
    let arguments = closure.pointer.inputs.iter().zip(&closure.plan.called).filter_map(|(input, param)| {
        let ty = &input.ty;
        let is_mut = param.is_mut.then(|| quote!(mut));
        let given = match &param.form {
            CalledForm::Userdata | CalledForm::LengthOf => return None,
            CalledForm::Plain => return Some(quote!(#ty)),
            CalledForm::Slice { in_bytes, .. } => {
                let element = element(ty, *in_bytes);
                quote!(&#is_mut [#element])
            }
            CalledForm::Text => quote!(&::core::ffi::CStr),
            CalledForm::Object => {
                let target = pointee(ty);
                quote!(&#is_mut #target)
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
        (Hold::Call | Hold::Here, Callers::Any) => (quote!(Fn), quote!(+ ::core::marker::Sync)),
        (Hold::Call | Hold::Here, Callers::One) => (quote!(FnMut), quote!(+ ::core::marker::Send)),
        (Hold::Call | Hold::Here, Callers::Own) => (quote!(FnMut), quote!()),
        (_, Callers::Any) => (quote!(Fn), quote!(+ ::core::marker::Send + ::core::marker::Sync + 'static)),
        (_, Callers::One) => (quote!(FnMut), quote!(+ ::core::marker::Send + 'static)),
        (_, Callers::Own) => (quote!(FnMut), quote!(+ 'static)),
    };
    quote!(::core::ops::#kind(#(#arguments),*) #output #more)
}

/// The element type of a slice that C hands over: bytes for `void`, and where it is counted in bytes.
fn element(ty: &syn::Type, in_bytes: bool) -> TokenStream {
    match (pointee(ty), shape(ty)) {
        (Some(target), Ty::Pointer(pointer)) if *pointer.pointee != Ty::Void && !in_bytes => quote!(#target),
        _ => quote!(::core::primitive::u8),
    }
}

fn tuple(group: &[Closure<'_>]) -> TokenStream {
    let types = group.iter().map(|closure| {
        let generic = generic(closure.index);
        if closure.plan.is_optional { quote!(::core::option::Option<#generic>) } else { quote!(#generic) }
    });
    quote!((#(#types,)*))
}

fn who(index: usize) -> syn::Ident {
    hidden(&format!("WHO_{index}"))
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

/// The function that C gets for a closure, and the name that reports give it.
fn trampoline(plan: &CallPlan, closure: &Closure<'_>, group: &[Closure<'_>], style: &Style) -> TokenStream {
    let paths = &style.paths;
    let (name, who) = (called_name(closure.index), who(closure.index));
    let bounds = group.iter().map(|closure| {
        let (generic, bound) = (generic(closure.index), bound_of(closure));
        quote!(#generic: #bound)
    });
    let inputs: Vec<syn::Ident> = (0..closure.pointer.inputs.len()).map(|at| hidden(&format!("a{at}"))).collect();
    let types = closure.pointer.inputs.iter().map(|input| &input.ty);
    let (output, abi, unsafety) = (&closure.pointer.output, &closure.pointer.abi, &closure.pointer.unsafety);
    let tuple = tuple(group);
    let on_panic = on_panic(closure);
    let arguments = arguments(closure, &inputs, style);
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
    let userdata = closure.plan.called.iter().position(|param| param.form == CalledForm::Userdata);
    let userdata = userdata.map(|at| &inputs[at]);
    let run_mut = {
        let pick = if is_optional { quote!(#closures.#place #as_mut) } else { quote!(&mut #closures.#place) };
        let pick = missing(pick);
        quote!(|#closures| { #pick #this(#(#arguments),*) })
    };
    let call = match (closure.plan.hold, closure.plan.callers) {
        (Hold::Item, _) => {
            let (call_item, generic) = (paths.call_item(), generic(closure.index));
            quote!(#call_item::<#generic, _>(&#who, || #on_panic, |#this| #this(#(#arguments),*)))
        }
        (Hold::Here, _) => {
            let (call_here, slot) = (paths.call_here(), slot(closure.index));
            quote!(#call_here::<#tuple, _>(&#who, &#slot, || #on_panic, #run_mut))
        }
        (Hold::Once, _) => {
            let call_once = paths.call_once();
            let pick = missing(quote!(#closures.#place));
            quote!(#call_once::<#tuple, _>(&#who, #userdata.cast(), || #on_panic, |#closures| { #pick #this(#(#arguments),*) }))
        }
        (_, Callers::Any) => {
            let call_shared = paths.call_shared();
            let pick = if is_optional { quote!(#closures.#place #as_ref) } else { quote!(&#closures.#place) };
            let pick = missing(pick);
            quote!(#call_shared::<#tuple, _>(&#who, #userdata.cast(), || #on_panic, |#closures| { #pick #this(#(#arguments),*) }))
        }
        (_, callers) => {
            let (call, kind) = (paths.call_closure(), paths.callers());
            let callers = if callers == Callers::Own { quote!(Own) } else { quote!(One) };
            quote!(#call::<#tuple, _>(&#who, #userdata.cast(), #kind::#callers, || #on_panic, #run_mut))
        }
    };
    let entry = entry(plan, closure.index, style);
    quote! {
        #entry
        #unsafety #abi fn #name<#(#bounds),*>(#(#inputs: #types),*) #output {
            unsafe { #call }
        }
    }
}

fn called_name(index: usize) -> syn::Ident {
    hidden(&format!("called_{index}"))
}

fn slot(index: usize) -> syn::Ident {
    hidden(&format!("SLOT_{index}"))
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
fn arguments(closure: &Closure<'_>, inputs: &[syn::Ident], style: &Style) -> Vec<TokenStream> {
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
                let (element, count) = (element(&closure.pointer.inputs[at].ty, *in_bytes), &inputs[*count]);
                let slice = if param.is_mut { paths.called_slice_mut() } else { paths.called_slice() };
                let slice = quote!(#slice::<#element>(#input.cast(), #count as ::core::primitive::i128));
                let or_empty = paths.called_elements();
                Some(if param.is_nullable {
                    slice
                } else {
                    quote!(#or_empty(#slice, #count as ::core::primitive::i128, #name))
                })
            }
            CalledForm::Text => {
                let text = paths.called_text();
                Some(needed(quote!(#text(#input))))
            }
            CalledForm::Object => {
                let object = if param.is_mut { paths.called_object_mut() } else { paths.called_object() };
                Some(needed(quote!(#object(#input))))
            }
        }
    };
    closure.plan.called.iter().enumerate().filter_map(one).collect()
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
    let trampoline = trampoline(plan, &closure, &group, style);
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
            quote! {
                let #body = #new::new((#aside,), #caller);
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
    let closures = quote!((#(#closures,)*));
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
            let is_sent = of
                .first()
                .and_then(|index| closure(plan, params, *index, tokens))
                .is_some_and(|closure| closure.plan.callers != Callers::Own);
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
        let (generic, bound) = (generic(closure.index), bound_of(closure));
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
pub(super) fn waiting(body: TokenStream, style: &Style) -> TokenStream {
    let (begin, waiting, result) = (style.paths.waiting(), hidden("waiting"), format_ident!("__returned"));
    quote! {
        let #waiting = #begin::begin();
        let #result = { #body };
        #waiting.end();
        #result
    }
}
