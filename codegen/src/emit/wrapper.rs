//! One wrapper: signature, steps, documentation.

use super::hygiene::{Params, erased, free, hidden};
use super::words::{self, Literal, Types};
use super::{Style, callback, describe, form, idiomatic, kept, raw, result, signature, watched};
use crate::plan::{CallPlan, ParamPlan, Signature, Step};
use crate::read::Tokens;
use proc_macro2::TokenStream;
use quote::quote;

/// Attributes of a declaration that its wrapper keeps.
const KEPT: &[&str] = &["cfg", "must_use", "deprecated", "allow", "expect", "inline", "cold"];

/// The wrapper of one function.
pub(super) fn wrapper(tokens: &Tokens, plan: &CallPlan, table: &mut Option<Types<'_>>, style: &Style) -> TokenStream {
    let function = &tokens.functions[plan.function.0];
    let item = &function.item;
    let params = Params::of(item);
    let attrs = item.attrs.iter().filter(|attribute| KEPT.iter().any(|kept| attribute.path().is_ident(kept)));
    let conditions = tokens.blocks[function.block].attrs.iter().filter(|attribute| attribute.path().is_ident("cfg"));
    let docs = docs(item, plan, style);
    let (vis, ident, output) = (&item.vis, &item.sig.ident, &item.sig.output);
    let (idents, types) = (&params.idents, &params.types);
    let lifetimes = item.sig.generics.params.iter();
    let described = match (&plan.signature, table) {
        (Signature::C, Some(table))
            if item.sig.generics.params.is_empty() && plan.ends.is_empty() && plan.calls_back != Some(false) =>
        {
            words::literal(plan, &params, tokens, table).map(|described| (described, table))
        }
        _ => None,
    };
    if let Some((described, table)) = described {
        return short(&described, table, tokens, plan, &params, &docs, style);
    }
    let mut steps = body(tokens, plan, &params, style);
    if let Some(around) = callback::around(plan, style) {
        steps = callback::waiting(steps, &around);
    }
    // Taken here: inside a closure the caller would be the closure's own.
    let proof = matches!(plan.signature, Signature::Idiomatic { is_safe: true, .. })
        .then(|| signature::flat_arguments(plan, &params, tokens, style));
    let (no_word, no_map) = (style.paths.no_word(), style.paths.no_map());
    let holds = |param: &ParamPlan| param.pointer.as_ref().is_some_and(|pointer| pointer.holds_values);
    let any_passed = (plan.returned.is_value || plan.params.iter().any(holds)).then(|| {
        let any_passed = style.paths.any_passed();
        quote! {
            #[allow(unused_imports)]
            use #any_passed as _;
        }
    });
    let caller = hidden("caller");
    let allowed = (!style.own_module).then(|| allowed(plan.form.is_some()));
    let body = quote! {
        #[allow(unused_imports)]
        use #no_map as _;
        #[allow(unused_imports)]
        use #no_word as _;
        #any_passed
        #proof
        let #caller = ::core::panic::Location::caller();
        #steps
    };
    // rustc allows callers to be tracked through its own ABI only.
    let c_abi = style.c_abi && matches!(plan.signature, Signature::C);
    let track_caller = (!c_abi).then(|| quote!(#[track_caller]));
    let head = quote! {
        #(#conditions)*
        #docs
        #(#attrs)*
        #[inline]
        #track_caller
        #allowed
    };
    match &plan.signature {
        Signature::C => {
            let abi = c_abi.then(|| quote!(extern "C"));
            let generics = (item.sig.generics.params.is_empty())
                .then(TokenStream::new)
                .unwrap_or_else(|| quote!(<#(#lifetimes),*>));
            quote! {
                #head
                #vis unsafe #abi fn #ident #generics (#(#idents: #types),*) #output {
                    #body
                }
            }
        }
        Signature::Idiomatic { is_safe, .. } => {
            let signature = signature::of(plan, &params, item, tokens, style);
            let safety = (!is_safe).then(|| quote!(unsafe));
            quote! {
                #head
                #vis #safety fn #ident #signature {
                    #body
                }
            }
        }
    }
}

/// What no lint should say of generated code; once for a module of wrappers, since every mention costs rustc time.
fn allowed(has_forms: bool) -> TokenStream {
    // The constants of typed forms happen to have the type that they are cast to.
    let casts = has_forms.then(|| quote!(#[allow(trivial_casts, trivial_numeric_casts)]));
    quote! {
        #[allow(non_snake_case, deprecated, unreachable_code, unused_variables, unused_parens, irrefutable_let_patterns)]
        #[allow(clippy::all, clippy::pedantic, clippy::nursery)]
        #[allow(clippy::undocumented_unsafe_blocks, clippy::multiple_unsafe_ops_per_block)]
        #casts
    }
}

/// The wrappers of a file of its own: in a module that allows what they need, and named beside the types.
pub(super) fn module(
    tokens: &Tokens,
    plans: &[&CallPlan],
    wrappers: &[TokenStream],
    entry: &TokenStream,
) -> TokenStream {
    if wrappers.is_empty() {
        return TokenStream::new();
    }
    let allowed = allowed(plans.iter().any(|plan| plan.form.is_some()));
    let module = free("__pinned_ffi_wrappers", tokens);
    let names = raw::names(tokens, plans.iter().map(|plan| plan.function), &module);
    quote! {
        #allowed
        mod #module {
            #[allow(unused_imports)]
            use super::*;
            #entry
            #(#wrappers)*
        }
        #names
    }
}

/// The user's own words, then ours: one string where the user's are text, as few tokens as can be.
pub(super) fn docs(item: &syn::ForeignItemFn, plan: &CallPlan, style: &Style) -> TokenStream {
    let own: Vec<&syn::Attribute> = item.attrs.iter().filter(|attribute| attribute.path().is_ident("doc")).collect();
    let mut lines: Vec<String> = Vec::new();
    let mut others = Vec::new();
    for attribute in own {
        match &attribute.meta {
            syn::Meta::NameValue(syn::MetaNameValue {
                value: syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }),
                ..
            }) => lines.push(text.value()),
            _ => others.push(attribute),
        }
    }
    if style.docs && !plan.docs.is_empty() {
        // A blank line parts the user's own words from ours.
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(plan.docs.iter().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") }));
    }
    let text = lines.join("\n");
    let text = (!text.is_empty()).then(|| quote!(#[doc = #text]));
    let is_renamed =
        style.docs && syn::ext::IdentExt::unraw(&item.sig.ident) != plan.c_name && !plan.c_name.contains('"');
    let c_name = &plan.c_name;
    let alias = is_renamed.then(|| quote!(#[doc(alias = #c_name)]));
    quote!(#text #(#others)* #alias)
}

/// The steps, innermost last: a vector of buffers lives in a closure around what follows it.
fn body(tokens: &Tokens, plan: &CallPlan, params: &Params<'_>, style: &Style) -> TokenStream {
    let declared = tokens;
    let mut closures = Vec::new();
    let mut tokens = TokenStream::new();
    for step in &plan.steps {
        match step {
            Step::Eval(index) => match idiomatic::eval(plan, params, *index, declared, style) {
                idiomatic::Eval::Statements(statements) => tokens.extend(statements),
                idiomatic::Eval::Closure { head, argument, statements } => {
                    closures.push((std::mem::take(&mut tokens), head, argument));
                    tokens.extend(statements);
                }
            },
            Step::Fits(index) => tokens.extend(idiomatic::fits(plan, params, *index, style)),
            Step::Enter => {
                tokens.extend(enter(plan, params, &declared.functions[plan.function.0].item, style));
            }
            Step::Call => {
                let (result, lender) = (hidden("result"), hidden("call"));
                let call = form::call(declared, plan, params, Some(&lender), style);
                let item = &declared.functions[plan.function.0].item;
                // What C found in a copy means the memory that was copied.
                let is_lent = plan.params.iter().any(|param| param.is_lent);
                let found = (gives_pointer(item) && is_lent).then(|| quote!(let #result = #lender.found(#result);));
                let lend = kept::lend(plan, params, style);
                let given = callback::lend(plan, params);
                tokens.extend(quote! {
                    #lend
                    #given
                    let #result = unsafe { #call };
                    #found
                });
            }
            Step::Settle => tokens.extend(kept::settle(plan, params, declared, style)),
            Step::Leave => {
                let (call, result) = (hidden("call"), hidden("result"));
                tokens.extend(if plan.returned.is_bool {
                    quote!(let #result = #call.leave_giving(#result) != 0;)
                } else if let (true, Some(ty)) =
                    (plan.returned.is_value, result_type(&declared.functions[plan.function.0].item))
                {
                    let (passed, c_name) = (style.paths.passed(), &plan.c_name);
                    quote!(let #result: #ty = unsafe { #passed::<#ty>::leave(#call, #result, #c_name) };)
                } else if plan.reads_result() {
                    quote!(let #result = #call.leave_giving(#result);)
                } else if plan.tells_result() {
                    let probe = style.paths.probe();
                    quote!(let #result = #call.leave_telling(#probe(&#result).word(), #result);)
                } else {
                    quote!(#call.leave();)
                });
            }
            Step::Return => {
                tokens.extend(result::ret(plan, params, &declared.functions[plan.function.0].item, declared, style))
            }
        }
    }
    while let Some((before, head, argument)) = closures.pop() {
        tokens = quote! { #before #head(#argument, |#argument| { #tokens }) };
    }
    tokens
}

/// The type behind the arrow, as C declares it.
fn result_type(item: &syn::ForeignItemFn) -> Option<&syn::Type> {
    match &item.sig.output {
        syn::ReturnType::Type(_, ty) => Some(ty),
        syn::ReturnType::Default => None,
    }
}

fn enter(plan: &CallPlan, params: &Params<'_>, item: &syn::ForeignItemFn, style: &Style) -> TokenStream {
    let paths = &style.paths;
    let (fn_desc, call, word, probe) = (paths.fn_desc(), paths.call(), paths.word(), paths.probe());
    let types: Vec<syn::Type> = params.types.iter().map(|ty| erased(ty)).collect();
    let result = result_type(item).map(erased);
    let desc = describe::function(plan, &types, result.as_ref(), style);
    let words = plan.params.iter().zip(&params.idents).zip(&types).map(|((param, ident), ty)| match &param.pointer {
        // A bare function has an address, whatever is said of it.
        Some(pointer) if pointer.is_function && is_bare_function(ty) => {
            quote!(#probe(&(#ident as *const ::core::ffi::c_void)).word())
        }
        Some(pointer) if pointer.is_function => {
            let nowhere = quote!(::core::ptr::null::<::core::ffi::c_void>());
            quote!(#probe(&#ident.map_or(#nowhere, |__at| __at as *const ::core::ffi::c_void)).word())
        }
        _ if param.is_given() => quote!(#probe(&#ident).word()),
        _ => quote!(#word::NONE),
    });
    let widths = widths(plan, &types);
    let (name, caller) = (hidden("call"), hidden("caller"));
    let words = quote!(&[#(#words),*]);
    let call = match &result {
        _ if plan.is_glanced() => quote!(#call::glance(&__DESC, #words, #caller)),
        Some(ty) if plan.is_glanced_but_for_its_value() => {
            let passed = paths.passed();
            quote! {
                if #passed::<#ty>::VALUES.is_some() {
                    #call::enter(&__DESC, #words, #caller)
                } else {
                    #call::glance(&__DESC, #words, #caller)
                }
            }
        }
        _ => quote!(#call::enter(&__DESC, #words, #caller)),
    };
    quote! {
        #widths
        static __DESC: #fn_desc = #desc;
        let #name = unsafe { #call };
    }
}

/// Numbers that hold an address are as wide as one.
pub(super) fn widths(plan: &CallPlan, types: &[syn::Type]) -> TokenStream {
    let addresses = plan.params.iter().zip(types).filter(|(param, _)| param.holds_address());
    let widths = addresses.map(|(param, ty)| {
        let message = format!("`{}` is too narrow for an address, or too wide", param.name);
        quote!(
            const _: () = ::core::assert!(::core::mem::size_of::<#ty>() == ::core::mem::size_of::<usize>(), #message);
        )
    });
    widths.collect()
}

/// Whether a type is that of a function, and not an `Option` of one.
pub(super) fn is_bare_function(ty: &syn::Type) -> bool {
    match ty {
        syn::Type::FnPtr(_) => true,
        syn::Type::Paren(inner) => is_bare_function(&inner.elem),
        syn::Type::Group(inner) => is_bare_function(&inner.elem),
        _ => false,
    }
}

/// Whether C gives a pointer, as far as the type shows it.
fn gives_pointer(item: &syn::ForeignItemFn) -> bool {
    matches!(result_type(item), Some(syn::Type::Ptr(_)))
}

/// A wrapper with C's signature in a file of its own: one expression around one literal.
fn short(
    Literal { text, words, gives, thunk }: &Literal,
    table: &mut Types<'_>,
    tokens: &Tokens,
    plan: &CallPlan,
    params: &Params<'_>,
    docs: &TokenStream,
    style: &Style,
) -> TokenStream {
    let item = &tokens.functions[plan.function.0].item;
    let attrs = item.attrs.iter().filter(|attribute| KEPT.iter().any(|kept| attribute.path().is_ident(kept)));
    let (vis, ident, output) = (&item.vis, &item.sig.ident, &item.sig.output);
    let (idents, types) = (&params.idents, &params.types);
    // A typed form without an argument to look at has nothing to check; but a panic of what C calls is waited for.
    let has_any = plan.params.iter().any(ParamPlan::is_given)
        || plan.tells_result()
        || !plan.watch.is_empty()
        || plan.calls_back == Some(true);
    let body = match thunk {
        Some(thunk) if has_any => {
            let (raw, through) = (&style.raw, table.thunk(*thunk, tokens));
            let kept = thunk.is_kept.then(|| watched::kept(&plan.watch, style)).into_iter();
            quote!(#through(#text, #(#kept,)* #raw::#ident, #(#idents),*))
        }
        _ if has_any => {
            let (enter, call) = (table.enter(), form::call(tokens, plan, params, None, style));
            let leave = if *gives { quote!(leave_giving) } else { quote!(leave_with) };
            let made = plan.returned.is_bool.then(|| quote!(!= 0));
            quote!(#enter(#text, [#(#words),*]).#leave(#call) #made)
        }
        _ => form::call(tokens, plan, params, None, style),
    };
    let (abi, track_caller) =
        if style.c_abi { (quote!(extern "C"), quote!()) } else { (quote!(), quote!(#[track_caller])) };
    quote! {
        #(#attrs)*
        #docs
        #[inline]
        #track_caller
        #vis unsafe #abi fn #ident(#(#idents: #types),*) #output {
            unsafe { #body }
        }
    }
}
