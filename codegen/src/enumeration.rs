//! `#[pinned_ffi]` on an enumeration: which numbers C may pass for it.

use crate::diag::{Diagnostic, Diagnostics, Place, codes};
use crate::emit::paths::Paths;
use crate::options::Options;
use proc_macro2::TokenStream;
use quote::quote;
use syn::spanned::Spanned;

/// Types of numbers that `repr` may name.
const NUMBERS: &[&str] = &["u8", "i8", "u16", "i16", "u32", "i32", "u64", "i64", "usize", "isize"];

/// How C sees an enumeration: `C` for its own, else the number; nothing where the layout is Rust's.
pub(crate) fn layout(attrs: &[syn::Attribute]) -> Option<String> {
    let mut found = None;
    for attribute in attrs.iter().filter(|attribute| attribute.path().is_ident("repr")) {
        let list = attribute.meta.require_list().ok()?;
        for token in list.tokens.clone() {
            let word = token.to_string();
            // `repr(C, u8)` of an enumeration without data is that number.
            if NUMBERS.contains(&word.as_str()) || (word == "C" && found.is_none()) {
                found = Some(word);
            }
        }
    }
    found
}

/// `#[pinned_ffi]` on an enumeration without data: it has no pointers, and numbers that are none of its values are refused where
/// C passes them to an exported function.
///
/// # Errors
///
/// An enumeration that C does not have, or whose layout is not C's.
pub fn expand_enum(item: &syn::ItemEnum, options: &Options) -> Result<TokenStream, Diagnostics> {
    crate::doors::is_plain(options)?;
    let mut diagnostics = Diagnostics::new();
    let name = item.ident.to_string();
    let mut refuse = |span, message: String, help: String| {
        diagnostics.push(Diagnostic::new(codes::WRONG_ITEM, Place::Token(span), message).help(help));
    };
    let layout = layout(&item.attrs);
    if layout.is_none() {
        let message = format!("the layout of `{name}` is not C's");
        refuse(
            item.ident.span(),
            message,
            format!("write `#[repr(C)]` before `enum {name}`, or a number as `#[repr(u8)]`"),
        );
    }
    if !item.generics.params.is_empty() {
        let message = format!("`{name}` is generic, and an enumeration of C's is one type");
        refuse(item.generics.span(), message, "take the parameters away".into());
    }
    if item.variants.is_empty() {
        let message = format!("`{name}` has no value, and C could pass nothing for it");
        refuse(item.ident.span(), message, "write its values".into());
    }
    if let Some(variant) = item.variants.iter().find(|variant| !matches!(variant.fields, syn::Fields::Unit)) {
        let message = format!("`{name}::{}` has data, and enumerations of C's have none", variant.ident);
        refuse(variant.ident.span(), message, "pass a number and a union in a `#[repr(C)]` structure".into());
    }
    diagnostics.barrier()?;
    let paths = Paths::new(options.krate.clone());
    let (enumeration, pointee, map) = (paths.enumeration(), paths.pointee(), paths.pointer_map());
    let is_signed = layout.is_none_or(|layout| layout == "C" || layout.starts_with('i'));
    let ident = &item.ident;
    let numbers = item.variants.iter().map(|variant| {
        let conditions = variant.attrs.iter().filter(|attribute| attribute.path().is_ident("cfg"));
        let variant = &variant.ident;
        quote!(#(#conditions)* { #ident::#variant as ::core::primitive::i128 })
    });
    let conditions = item.attrs.iter().filter(|attribute| attribute.path().is_ident("cfg"));
    Ok(quote! {
        #item
        #(#conditions)*
        #[allow(clippy::all, clippy::pedantic, clippy::nursery, clippy::undocumented_unsafe_blocks, deprecated)]
        const _: () = {
            unsafe impl #pointee for #ident {
                const MAP: &'static #map = #map::FLAT;
            }
            unsafe impl #enumeration for #ident {
                const NUMBERS: &'static [::core::primitive::i128] = &[#(#numbers),*];
                const NAME: &'static ::core::primitive::str = #name;
                const IS_SIGNED: ::core::primitive::bool = #is_signed;
            }
        };
    })
}
