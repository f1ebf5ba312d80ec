//! Fields of a record of which the type alone is known here, and the compiler finds out what is inside.

use super::Style;
use super::hygiene::hidden;
use super::record::{FieldTypes, impl_of, member, slots};
use crate::analyze;
use crate::contract::Contracts;
use crate::contract::axes::enforced;
use crate::model::{Field, Header, Record, Ty};
use proc_macro2::{Group, TokenStream, TokenTree};
use quote::{ToTokens, quote};

/// The impl of `Pointee` for a structure or union of the user's, the one record of the header. Its fields may be structures,
/// enumerations and aliases that are names to us: their pointers and numbers are its own. Nothing where that of its own pointers
/// is too much.
pub fn item(
    header: &Header,
    types: &FieldTypes<'_>,
    contracts: &Contracts,
    ty: &TokenStream,
    is_union: bool,
    style: &Style,
) -> TokenStream {
    let [record] = header.records.as_slice() else { return TokenStream::new() };
    // How long they are nobody knows: C has no such structures by value.
    if types.values().any(|(ty, _)| is_unsized(ty)) {
        return TokenStream::new();
    }
    let said = contracts.record(&record.name);
    let is_left_out = |field: &Field| {
        let said = said.and_then(|said| said.fields.iter().find(|(name, _)| *name == field.name));
        said.is_some_and(|(_, facts)| enforced(&facts.opaque).is_some())
    };
    let is_asked = |field: &Field| !is_left_out(field) && (is_open(&field.ty) || header.holds_numbers(&field.ty));
    let asked = fields(record, types, is_asked, ty, style);
    let rest = record.fields.iter().filter(|field| !is_open(&field.ty)).cloned().collect();
    let rest = Header { records: vec![Record { fields: rest, ..record.clone() }], ..Header::default() };
    let facts = analyze::analyze(&rest);
    let Some(own) = slots(&rest, types, &facts, contracts, &record.name, ty, style) else { return TokenStream::new() };
    let (map, slot, field) = (style.paths.pointer_map(), style.paths.slot(), style.paths.record_field());
    // The user's lengths of arrays may have any name but these.
    let (known, ours, all) = (hidden("FIELDS"), hidden("OWN"), hidden("ALL"));
    // Which member of a union is in use nobody knows.
    let holding = (!is_union).then(|| quote!(.holding(#known)));
    let value = match (own.is_empty(), asked.is_empty()) {
        (true, true) => quote!(#map::FLAT),
        (false, true) => quote!(&#map::fields(&[#(#own),*])),
        (_, false) => quote!({
            const #known: &[#field] = &[#(#asked),*];
            const #ours: &[#slot] = &[#(#own),*];
            const #all: [#slot; #map::count(#ours, #known)] = #map::gather(#ours, #known);
            &#map::of(#ours, &#all, #known)#holding
        }),
    };
    impl_of(ty, &named(value, ty), style)
}

/// `Self` means nothing where the lists stand.
fn named(tokens: TokenStream, ty: &TokenStream) -> TokenStream {
    let name = |token: TokenTree| match token {
        TokenTree::Ident(ident) if ident == "Self" => ty.clone(),
        TokenTree::Group(group) => {
            let mut inner = Group::new(group.delimiter(), named(group.stream(), ty));
            inner.set_span(group.span());
            TokenTree::Group(inner).into()
        }
        other => other.into(),
    };
    tokens.into_iter().flat_map(name).collect()
}

/// Whether values of the type have no size of their own: a pointer to one is two words, the first of which is an address.
pub(super) fn is_unsized(ty: &syn::Type) -> bool {
    match ty {
        syn::Type::Slice(_) | syn::Type::TraitObject(_) => true,
        syn::Type::Path(path) => path.path.is_ident("str") || path.path.is_ident("CStr"),
        syn::Type::Paren(inner) => is_unsized(&inner.elem),
        syn::Type::Group(inner) => is_unsized(&inner.elem),
        _ => false,
    }
}

/// Whether nothing but the compiler knows what the type is.
fn is_open(ty: &Ty) -> bool {
    match ty {
        Ty::Named(_) | Ty::Other => true,
        Ty::Array(element, _) => is_open(element),
        _ => false,
    }
}

/// `Field::new("pair", offset_of!(…), Passed::<Pair>::VALUES, MapProbe::<Pair>::MAP)` for each field that is asked for.
pub(super) fn fields(
    record: &Record,
    types: &FieldTypes<'_>,
    is_asked: impl Fn(&Field) -> bool,
    ty: &TokenStream,
    style: &Style,
) -> Vec<TokenStream> {
    let paths = &style.paths;
    let (new, passed, probe) = (paths.record_field(), paths.passed(), paths.map_probe());
    let asked = record.fields.iter().filter(|field| is_asked(field));
    let fields = asked.filter_map(|field| {
        let (field_type, offset) = types.get(&(record.name.clone(), field.name.clone())).copied()?;
        let offset = match offset.map(proc_macro2::Literal::u64_unsuffixed) {
            Some(offset) => quote!(#offset),
            None => {
                let member = member(&field.name);
                quote!(::core::mem::offset_of!(#ty, #member))
            }
        };
        let spelt = field.name.replace("r#", "");
        let (element, lengths) = element(field_type);
        let length =
            lengths.into_iter().map(ToTokens::to_token_stream).reduce(|all, length| quote!((#all) * (#length)));
        let array = length.map(|length| quote!(.array::<#element>(#length)));
        Some(quote!(#new::new(#spelt, #offset, #passed::<#element>::VALUES, #probe::<#element>::MAP)#array))
    });
    fields.collect()
}

/// What an array is of in the end, and how many there are of each kind.
fn element(ty: &syn::Type) -> (&syn::Type, Vec<&syn::Expr>) {
    match ty {
        syn::Type::Array(array) => {
            let (inner, mut lengths) = element(&array.elem);
            lengths.push(&array.len);
            (inner, lengths)
        }
        syn::Type::Paren(inner) => element(&inner.elem),
        syn::Type::Group(inner) => element(&inner.elem),
        other => (other, Vec::new()),
    }
}
