//! What the wrappers of a header go through: a generic function for each number of arguments, which enters, calls C and leaves.
//!
//! One call is the least that a body can be to rustc: no casts, no methods, no array, and nothing to drop.

use super::hygiene::{Params, free};
use super::words::Types;
use super::{Style, callback};
use crate::plan::CallPlan;
use crate::read::{FnTokens, Tokens};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Thunk {
    arity: usize,
    /// Whether the runtime gets the result.
    gives: bool,
    /// Whether there is nothing to look at but whether what C keeps is still there.
    glances: bool,
    /// Whether it is told what C keeps and lets go of.
    pub(super) is_kept: bool,
    /// Whether a panic of what C calls waits for it.
    waits: bool,
}

impl Thunk {
    /// The one for a function; `None` where its arguments are not all numbers, pointers and callbacks that the runtime knows.
    pub(super) fn of(
        plan: &CallPlan,
        params: &Params<'_>,
        function: &FnTokens,
        tokens: &Tokens,
        types: &Types<'_>,
        gives: bool,
    ) -> Option<Self> {
        let is_c = tokens.blocks[function.block].abi.name.as_ref().is_some_and(|name| name.value() == "C");
        let result = match &function.item.sig.output {
            syn::ReturnType::Type(_, ty) => Some(&**ty),
            syn::ReturnType::Default => None,
        };
        let is_given = !gives || result.is_some_and(|ty| types.is_word(ty));
        let returns = !matches!(result, Some(syn::Type::Never(_)));
        let is_plain = plan.form.is_none() && !plan.returned.is_bool && is_c && returns && is_given;
        let is_known = is_plain && params.types.iter().all(|ty| types.is_word(ty));
        is_known.then(|| Self {
            arity: params.types.len(),
            gives,
            glances: !plan.watch.is_empty() && plan.is_glanced(),
            is_kept: !plan.watch.keeps.is_empty() || !plan.watch.ends.is_empty(),
            waits: plan.calls_back == Some(true),
        })
    }

    /// Its name in the file.
    pub(super) fn name(self, tokens: &Tokens) -> syn::Ident {
        let verb = if self.glances { "glance" } else { "call" };
        let giving = if self.gives { "_giving" } else { "" };
        let keeping = if self.is_kept { "_keeping" } else { "" };
        let waiting = if self.waits { "_waiting" } else { "" };
        free(&format!("__pinned_ffi_{verb}{giving}{keeping}{waiting}_{}", self.arity), tokens)
    }

    /// The function itself, which tells the runtime of the file's `table` of types.
    pub(super) fn item(self, name: &syn::Ident, table: &syn::Ident, style: &Style) -> TokenStream {
        let (call, as_word, kept_desc) = (style.paths.call(), style.paths.as_word(), style.paths.kept_desc());
        let arguments: Vec<syn::Ident> = (0..self.arity).map(|index| format_ident!("a{index}")).collect();
        let generics: Vec<syn::Ident> = (0..self.arity).map(|index| format_ident!("A{index}")).collect();
        let result = if self.gives { quote!(R: #as_word) } else { quote!(R) };
        let enter = if self.glances { quote!(glimpsed) } else { quote!(told) };
        let leave = if self.gives { quote!(leave_giving) } else { quote!(leave_with) };
        let (takes, kept) = if self.is_kept {
            (quote!(kept: &'static #kept_desc,), quote!(::core::option::Option::Some(kept)))
        } else {
            (quote!(), quote!(::core::option::Option::None))
        };
        let mut body = quote! {
            #call::#enter(text, &#table, #kept, &[#(#arguments.as_word()),*]).#leave(function(#(#arguments),*))
        };
        if self.waits {
            let waiting = style.paths.waiting();
            body = callback::waiting(body, &quote!(#waiting::begin()));
        }
        quote! {
            #[inline(always)]
            #[track_caller]
            unsafe fn #name<#(#generics: #as_word,)* #result>(
                text: &'static ::core::primitive::str,
                #takes
                function: unsafe extern "C" fn(#(#generics),*) -> R,
                #(#arguments: #generics),*
            ) -> R {
                unsafe { #body }
            }
        }
    }
}
