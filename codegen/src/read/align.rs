//! Gives back the alignment that bindgen loses: a structure around a vector type must say it itself.
//!
//! bindgen writes what libclang knows as assertions beside each structure, and where a field is a vector
//! (`__attribute__((vector_size(8)))`, an array in bindgen's output) they do not hold. The assertion names the number.

use super::layouts::Layout;
use std::collections::BTreeMap;

/// Adds `#[repr(align(N))]` to structures and unions whose fields ask for less than their assertion.
pub(super) fn restore(file: &mut syn::File, layouts: &mut [Layout]) {
    blobs(file, layouts);
    let asserted = numbers(layouts, "Alignment of ");
    let aliases: BTreeMap<String, syn::Type> = file
        .items
        .iter()
        .filter_map(|item| match item {
            syn::Item::Type(alias) => Some((alias.ident.to_string(), (*alias.ty).clone())),
            _ => None,
        })
        .collect();
    for item in &mut file.items {
        let (attrs, ident, fields): (_, _, Vec<&syn::Type>) = match item {
            syn::Item::Struct(item) => {
                (&mut item.attrs, &item.ident, item.fields.iter().map(|field| &field.ty).collect())
            }
            syn::Item::Union(item) => {
                (&mut item.attrs, &item.ident, item.fields.named.iter().map(|field| &field.ty).collect())
            }
            _ => continue,
        };
        let Some(wanted) = asserted.get(&ident.to_string()) else { continue };
        if has_alignment(attrs) {
            continue;
        }
        let natural = fields.iter().try_fold(1, |most, ty| Some(most.max(align_of(ty, &aliases, &asserted, 0)?)));
        if natural.is_some_and(|natural| natural < *wanted) {
            let align = proc_macro2::Literal::u64_unsuffixed(*wanted);
            attrs.push(syn::parse_quote!(#[repr(align(#align))]));
        }
    }
}

/// Gives a structure that Rust cannot lay out as C does as that many bytes at that alignment: one that bindgen declares both
/// packed and aligned (rows of registers, wider than any number of Rust's), and one that C packs and aligns anew
/// (`packed, aligned(4)`), which bindgen takes for `packed(4)` although its fields follow each other without a gap.
fn blobs(file: &mut syn::File, layouts: &mut [Layout]) {
    let (sizes, alignments) = (numbers(layouts, "Size of "), numbers(layouts, "Alignment of "));
    for item in &mut file.items {
        let syn::Item::Struct(item) = item else { continue };
        let words: Vec<String> = item.attrs.iter().filter_map(repr).collect();
        let has = |word: &str| words.iter().any(|words| words.contains(word));
        let name = item.ident.to_string();
        let (Some(size), Some(align)) = (sizes.get(&name), alignments.get(&name)) else { continue };
        let layout =
            layouts.iter_mut().find(|layout| layout.number("Size of ").is_some_and(|(known, _)| known == name));
        let Some(layout) = layout.filter(|layout| has("packed") && (has("align") || is_tighter(item, layout, *align)))
        else {
            continue;
        };
        let (size, align) = (proc_macro2::Literal::u64_unsuffixed(*size), proc_macro2::Literal::u64_unsuffixed(*align));
        item.attrs.retain(|attribute| repr(attribute).is_none());
        item.attrs.push(syn::parse_quote!(#[repr(C, align(#align))]));
        item.fields = syn::Fields::Named(syn::parse_quote!({ pub _bindgen_opaque_blob: [u8; #size] }));
        layout.forget_offsets();
    }
}

/// Whether a pointer lies where a structure of that alignment, packed to it, would not put it.
fn is_tighter(item: &syn::ItemStruct, layout: &Layout, align: u64) -> bool {
    let pointers = item.fields.iter().filter(|field| matches!(field.ty, syn::Type::Ptr(_)));
    pointers.filter_map(|field| field.ident.as_ref()).any(|field| {
        let offset = layout.offset(&item.ident.to_string(), &field.to_string());
        offset.is_some_and(|offset| offset % align.min(8) != 0)
    })
}

/// What is asserted under a heading, by record.
fn numbers(layouts: &[Layout], heading: &str) -> BTreeMap<String, u64> {
    let numbers = layouts.iter().filter_map(|layout| layout.number(heading));
    numbers.map(|(name, number)| (name.to_owned(), number)).collect()
}

/// What stands in a `repr`.
fn repr(attribute: &syn::Attribute) -> Option<String> {
    match &attribute.meta {
        syn::Meta::List(list) if list.path.is_ident("repr") => Some(list.tokens.to_string()),
        _ => None,
    }
}

fn has_alignment(attrs: &[syn::Attribute]) -> bool {
    attrs.iter().filter_map(repr).any(|words| words.contains("align") || words.contains("packed"))
}

/// The alignment of a field's type; `None` where it is not known here.
fn align_of(
    ty: &syn::Type,
    aliases: &BTreeMap<String, syn::Type>,
    asserted: &BTreeMap<String, u64>,
    depth: u32,
) -> Option<u64> {
    if depth > 64 {
        return None;
    }
    match ty {
        syn::Type::Array(array) => align_of(&array.elem, aliases, asserted, depth + 1),
        syn::Type::Path(path) => {
            let name = path.path.segments.last()?.ident.to_string();
            match name.as_str() {
                "u8" | "i8" | "bool" | "c_char" | "c_schar" | "c_uchar" => Some(1),
                "u16" | "i16" | "c_short" | "c_ushort" => Some(2),
                "u32" | "i32" | "f32" | "c_int" | "c_uint" | "c_float" => Some(4),
                "__IncompleteArrayField" => None,
                _ => match (asserted.get(&name), aliases.get(&name)) {
                    (Some(align), _) => Some(*align),
                    (None, Some(target)) => align_of(target, aliases, asserted, depth + 1),
                    // Wider numbers are aligned as the target says; where they take part nothing is added.
                    (None, None) => None,
                },
            }
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::bindgen;
    use proc_macro2::TokenStream;
    use quote::{ToTokens, quote};

    fn restored(written: TokenStream) -> String {
        let bindgen::Written { mut file, mut layouts } = bindgen::parse(&written.to_string()).expect("items");
        super::restore(&mut file, &mut layouts);
        let layouts: TokenStream = layouts.iter().map(super::super::layouts::Layout::arguments).collect();
        format!("{} {layouts}", file.to_token_stream())
    }

    #[test]
    fn only_where_the_fields_ask_for_less() {
        let text = restored(quote! {
            pub type v8 = [::std::os::raw::c_schar; 8usize];
            #[repr(C)] pub union lost { pub s: [i8; 8usize], pub v: v8 }
            #[allow(clippy::identity_op)]
            const _: () = { ["Size of lost"][::std::mem::size_of::<lost>() - 8usize]; ["Alignment of lost"][::std::mem::align_of::<lost>() - 8usize]; };
            #[repr(C)] pub struct kept { pub a: i32 }
            #[allow(clippy::identity_op)]
            const _: () = { ["Size of kept"][::std::mem::size_of::<kept>() - 4usize]; ["Alignment of kept"][::std::mem::align_of::<kept>() - 4usize]; };
            #[repr(C)] pub struct unknown { pub a: u64 }
            #[allow(clippy::identity_op)]
            const _: () = { ["Size of unknown"][::std::mem::size_of::<unknown>() - 16usize]; ["Alignment of unknown"][::std::mem::align_of::<unknown>() - 16usize]; };
            #[repr(C)] pub struct outer { pub a: lost }
            #[allow(clippy::identity_op)]
            const _: () = { ["Size of outer"][::std::mem::size_of::<outer>() - 8usize]; ["Alignment of outer"][::std::mem::align_of::<outer>() - 8usize]; };
        });
        assert_eq!(text.matches("align (8)").count(), 1, "{text}");
        assert!(text.contains("# [repr (align (8))] pub union lost"), "{text}");
    }

    #[test]
    fn packed_and_aligned_anew_is_a_blob() {
        let text = restored(quote! {
            #[repr(C, packed(4))] #[derive(Clone)]
            pub struct anew { pub c: ::std::os::raw::c_char, pub p: *mut ::std::os::raw::c_int }
            #[allow(clippy::identity_op)]
            const _: () = {
                ["Size of anew"][::std::mem::size_of::<anew>() - 12usize];
                ["Alignment of anew"][::std::mem::align_of::<anew>() - 4usize];
                ["Offset of field: anew::p"][::std::mem::offset_of!(anew, p) - 1usize];
            };
            #[repr(C, packed(4))] pub struct pack { pub c: ::std::os::raw::c_char, pub p: *mut ::std::os::raw::c_int }
            #[allow(clippy::identity_op)]
            const _: () = {
                ["Size of pack"][::std::mem::size_of::<pack>() - 12usize];
                ["Alignment of pack"][::std::mem::align_of::<pack>() - 4usize];
                ["Offset of field: pack::p"][::std::mem::offset_of!(pack, p) - 4usize];
            };
        });
        assert!(
            text.contains("# [repr (C , align (4))] pub struct anew { pub _bindgen_opaque_blob : [u8 ; 12] }"),
            "{text}"
        );
        assert!(text.contains("# [repr (C , packed (4))] pub struct pack { pub c"), "{text}");
        assert!(!text.contains("offset_of ! (anew") && text.contains("offset_of ! (pack , p)"), "{text}");
    }

    #[test]
    fn packed_and_aligned_is_a_blob() {
        let text = restored(quote! {
            #[repr(C, packed(64))] #[repr(align(64))] #[derive(Clone)]
            pub struct tile { pub row: u16, pub rows: [i32; 256] }
            #[allow(clippy::identity_op)]
            const _: () = {
                ["Size of tile"][::std::mem::size_of::<tile>() - 1088usize];
                ["Alignment of tile"][::std::mem::align_of::<tile>() - 64usize];
                ["Offset of field: tile::rows"][::std::mem::offset_of!(tile, rows) - 64usize];
            };
        });
        assert!(!text.contains("packed") && !text.contains("Offset"), "{text}");
        assert!(text.contains("_bindgen_opaque_blob : [u8 ; 1088]") && text.contains("align (64)"), "{text}");
    }
}
