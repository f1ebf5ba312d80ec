//! The module of untouched declarations, and what passes through it.

use super::{Style, given, wrapper};
use crate::model::{FnId, Header};
use crate::plan::CallPlan;
use crate::read::Tokens;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use std::collections::BTreeMap;
use syn::visit_mut::{self, VisitMut};

/// `pub mod raw { … }` with every declared function, static and type, with what releases owners, and re-exports of what has no wrapper.
pub(super) fn module(header: &Header, tokens: &Tokens, plans: &[CallPlan], style: &Style) -> TokenStream {
    if tokens.blocks.is_empty() {
        return TokenStream::new();
    }
    let raw = &style.raw;
    let tags = given::tags(tokens, plans, &Style { paths: style.paths.deeper(), ..style.clone() });
    let bare: BTreeMap<FnId, &CallPlan> =
        plans.iter().filter(|plan| plan.is_bare()).map(|plan| (plan.function, plan)).collect();
    let blocks = tokens.blocks.iter().enumerate().map(|(number, block)| {
        // A typed form is no symbol.
        let declared = header.functions.iter().zip(&tokens.functions).enumerate();
        let declared = declared.filter(|(_, (function, tokens))| function.form.is_none() && tokens.block == number);
        let functions = declared.map(|(index, (_, function))| {
            let docs = bare.get(&FnId(index)).map(|plan| wrapper::docs(&function.item, plan, style));
            let item = declaration(&function.item, style);
            quote!(#docs #item)
        });
        let others = block.others.iter().map(|item| {
            let mut item = item.clone();
            let vis = match &mut item {
                syn::ForeignItem::Static(item) => std::mem::replace(&mut item.vis, syn::Visibility::Inherited),
                syn::ForeignItem::Type(item) => std::mem::replace(&mut item.vis, syn::Visibility::Inherited),
                _ => syn::Visibility::Inherited,
            };
            Deeper.visit_foreign_item_mut(&mut item);
            match &mut item {
                syn::ForeignItem::Static(item) => item.vis = outward(&vis),
                syn::ForeignItem::Type(item) => item.vis = outward(&vis),
                _ => {}
            }
            quote!(#item)
        });
        // Edition 2024 asks for the word, and every edition allows it.
        let unsafety = block.unsafety.map_or_else(|| quote!(unsafe), |unsafety| quote!(#unsafety));
        let (attrs, abi) = (&block.attrs, &block.abi);
        quote! {
            #(#attrs)*
            #unsafety #abi {
                #(#functions)*
                #(#others)*
            }
        }
    });
    let passing: Vec<TokenStream> = tokens
        .blocks
        .iter()
        .flat_map(|block| {
            block.others.iter().filter_map(move |item| {
                let (vis, ident, attrs) = match item {
                    syn::ForeignItem::Static(item) => (&item.vis, &item.ident, &item.attrs),
                    syn::ForeignItem::Type(item) => (&item.vis, &item.ident, &item.attrs),
                    _ => return None,
                };
                Some(pass(vis, ident, attrs.iter().chain(&block.attrs), raw))
            })
        })
        .collect();
    let has_no_wrapper = |index: &usize| header.functions[*index].is_variadic || bare.contains_key(&FnId(*index));
    let functions = names(tokens, (0..header.functions.len()).filter(has_no_wrapper).map(FnId), raw);
    // The type names of the block are those of the module around it.
    let doc = " The declarations as C has them, untouched and unchecked.";
    quote! {
        #[doc = #doc]
        #[allow(non_camel_case_types, non_snake_case, non_upper_case_globals, dead_code, unreachable_pub, missing_docs)]
        #[allow(clippy::all, clippy::pedantic, clippy::nursery)]
        pub mod #raw {
            #[allow(unused_imports)]
            use super::*;
            #(#blocks)*
            #(#tags)*
        }
        #(#passing)*
        #functions
    }
}

/// A function as it stands in the module.
fn declaration(item: &syn::ForeignItemFn, style: &Style) -> TokenStream {
    // Whoever names it here has the words; what has no wrapper of its own keeps them.
    let kept = |attribute: &&syn::Attribute| item.sig.variadic.is_some() || !attribute.path().is_ident("doc");
    let attrs = item.attrs.iter().filter(kept);
    if style.own_module {
        // bindgen writes public functions, and no relative paths.
        let (vis, signature) = (&item.vis, &item.sig);
        return quote!(#(#attrs)* #vis #signature;);
    }
    let mut moved = item.clone();
    moved.attrs = attrs.cloned().collect();
    // Its visibility moves by rules of its own.
    let vis = std::mem::replace(&mut moved.vis, syn::Visibility::Inherited);
    Deeper.visit_foreign_item_fn_mut(&mut moved);
    moved.vis = outward(&vis);
    quote!(#moved)
}

/// Names functions of an inner module here: one `use` for all that are public in every configuration.
pub(super) fn names(tokens: &Tokens, functions: impl Iterator<Item = FnId>, module: &syn::Ident) -> TokenStream {
    let mut public = Vec::new();
    let mut others = Vec::new();
    for declared in functions.map(|function| &tokens.functions[function.0]) {
        let (vis, ident) = (&declared.item.vis, &declared.item.sig.ident);
        let attrs = || declared.item.attrs.iter().chain(&tokens.blocks[declared.block].attrs);
        if matches!(vis, syn::Visibility::Public(_)) && !attrs().any(|attribute| attribute.path().is_ident("cfg")) {
            public.push(ident);
        } else {
            others.push(pass(vis, ident, attrs(), module));
        }
    }
    let public = (!public.is_empty()).then(|| {
        quote! {
            #[doc(inline)]
            #[allow(unused_imports, deprecated)]
            pub use self::#module::{#(#public),*};
        }
    });
    quote!(#public #(#others)*)
}

/// A re-export of what has no wrapper.
fn pass<'a>(
    vis: &syn::Visibility,
    ident: &syn::Ident,
    attrs: impl Iterator<Item = &'a syn::Attribute>,
    raw: &syn::Ident,
) -> TokenStream {
    let conditions = attrs.filter(|attribute| attribute.path().is_ident("cfg"));
    quote! {
        #(#conditions)*
        #[allow(unused_imports, deprecated)]
        #vis use self::#raw::#ident;
    }
}

/// A visibility as seen from one module further in.
fn outward(vis: &syn::Visibility) -> syn::Visibility {
    match vis {
        syn::Visibility::Public(_) => vis.clone(),
        syn::Visibility::Restricted(restricted) if restricted.path.is_ident("crate") => vis.clone(),
        syn::Visibility::Restricted(restricted) if restricted.path.is_ident("super") => {
            syn::parse_quote!(pub(in super::super))
        }
        syn::Visibility::Restricted(restricted) if restricted.in_token.is_some() => {
            let mut moved = restricted.clone();
            Deeper.visit_path_mut(&mut moved.path);
            syn::Visibility::Restricted(moved)
        }
        _ => syn::parse_quote!(pub(super)),
    }
}

/// Moves one path one module further in.
pub(super) fn deepen(path: &mut syn::Path) {
    Deeper.visit_path_mut(path);
}

/// Moves relative paths one module further in: `self::T` becomes `super::T`, `super::T` becomes `super::super::T`.
struct Deeper;

impl VisitMut for Deeper {
    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        visit_mut::visit_path_mut(self, path);
        let Some(first) = path.segments.first_mut().filter(|_| path.leading_colon.is_none()) else { return };
        if first.ident == "self" {
            first.ident = format_ident!("super", span = first.ident.span());
        } else if first.ident == "super" {
            let segment = first.clone();
            path.segments.insert(0, segment);
        }
    }
}
