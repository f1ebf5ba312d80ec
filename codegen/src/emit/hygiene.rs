//! Names in emitted code that no name of the user's can be mistaken for, and types as a static may hold them.

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
