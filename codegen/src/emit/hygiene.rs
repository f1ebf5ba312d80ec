//! Names in emitted code that no name of the user's can be mistaken for, and types as a static may hold them.

use crate::read::Tokens;
use proc_macro2::Span;
use syn::visit_mut::VisitMut;

/// The names and types of a declaration's parameters.
pub(super) struct Params<'a> {
    pub(super) idents: Vec<&'a syn::Ident>,
    pub(super) types: Vec<&'a syn::Type>,
}

impl<'a> Params<'a> {
    pub(super) fn of(item: &'a syn::ForeignItemFn) -> Self {
        let mut params = Self { idents: Vec::new(), types: Vec::new() };
        for input in &item.sig.inputs {
            // The reader gave every parameter a name.
            if let syn::FnArg::Typed(input) = input
                && let syn::Pat::Ident(ident) = &*input.pat
            {
                params.idents.push(&ident.ident);
                params.types.push(&input.ty);
            }
        }
        params
    }
}

/// A local of ours that no parameter can be mistaken for.
pub(super) fn hidden(what: &str) -> syn::Ident {
    syn::Ident::new(&format!("__{what}"), Span::mixed_site())
}

/// A local of ours beside a parameter.
pub(super) fn local(ident: &syn::Ident, what: &str) -> syn::Ident {
    let name = ident.to_string();
    hidden(&format!("{}_{what}", name.strip_prefix("r#").unwrap_or(&name)))
}

/// The name of an item of ours among those of the header.
pub(super) fn free(name: &str, tokens: &Tokens) -> syn::Ident {
    let functions = tokens.functions.iter().map(|function| &function.item.sig.ident);
    let others = tokens.blocks.iter().flat_map(|block| &block.others).filter_map(|item| match item {
        syn::ForeignItem::Static(item) => Some(&item.ident),
        syn::ForeignItem::Type(item) => Some(&item.ident),
        _ => None,
    });
    let items = tokens.items.iter().filter_map(|item| match item {
        syn::Item::Const(item) => Some(&item.ident),
        syn::Item::Enum(item) => Some(&item.ident),
        syn::Item::Mod(item) => Some(&item.ident),
        syn::Item::Static(item) => Some(&item.ident),
        syn::Item::Struct(item) => Some(&item.ident),
        syn::Item::Type(item) => Some(&item.ident),
        syn::Item::Union(item) => Some(&item.ident),
        _ => None,
    });
    let mut name = name.to_owned();
    // Hardly ever more than one round: nobody else uses such names.
    let taken: Vec<&syn::Ident> = functions.chain(others).chain(items).filter(|ident| **ident == name).collect();
    if !taken.is_empty() {
        name.push('_');
        return free(&name, tokens);
    }
    syn::Ident::new(&name, Span::call_site())
}

/// A type that may stand in a static: every lifetime is `'static`, which changes no layout.
pub(super) fn erased(ty: &syn::Type) -> syn::Type {
    struct Erase;
    impl VisitMut for Erase {
        fn visit_lifetime_mut(&mut self, lifetime: &mut syn::Lifetime) {
            if lifetime.ident != "_" {
                *lifetime = syn::Lifetime::new("'static", lifetime.span());
            }
        }
    }
    let mut ty = ty.clone();
    Erase.visit_type_mut(&mut ty);
    ty
}
