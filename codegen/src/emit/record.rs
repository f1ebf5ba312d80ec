//! The pointer map of a record, as an impl of `Pointee`.

use super::{Style, describe, open};
use crate::analyze::{Facts, PointeeFacts, SlotFact};
use crate::contract::axes::enforced;
use crate::contract::{Contracts, Direction, Expr, Extent, Flow, Nullability, ParamContract};
use crate::model::{Field, Header, Record, Ty};
use crate::read::Tokens;
use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use std::collections::{BTreeMap, BTreeSet};

/// The types of records' fields, by record and field, and where the fields lie, if the file asserts it.
pub(super) type FieldTypes<'a> = BTreeMap<(String, String), (&'a syn::Type, Option<u64>)>;

/// What is looked up about the records of a file, found once.
pub(super) struct Records<'a> {
    types: FieldTypes<'a>,
    /// A generic record is bindgen's own helper, or needs parameters we do not know.
    generic: BTreeSet<String>,
}

impl<'a> Records<'a> {
    pub(super) fn of(tokens: &'a Tokens) -> Self {
        let mut records = Self { types: FieldTypes::new(), generic: BTreeSet::new() };
        for item in &tokens.items {
            let (ident, generics) = match item {
                syn::Item::Struct(item) => {
                    let fields = of_fields(&item.ident.to_string(), &item.fields).into_iter();
                    records.types.extend(fields.map(|(key, (ty, _))| {
                        let offset = tokens.offsets.get(&key).copied();
                        (key, (ty, offset))
                    }));
                    (&item.ident, &item.generics)
                }
                syn::Item::Union(item) => (&item.ident, &item.generics),
                _ => continue,
            };
            if !generics.params.is_empty() {
                records.generic.insert(ident.to_string());
            }
        }
        records
    }
}

/// `unsafe impl Pointee for T { … }` for a record of the header; nothing for those of which nothing is known.
pub(super) fn pointee(
    header: &Header,
    known: &Records<'_>,
    facts: &Facts,
    contracts: &Contracts,
    record: &Record,
    style: &Style,
) -> TokenStream {
    if known.generic.contains(&record.name) {
        return TokenStream::new();
    }
    let ty = format_ident!("{}", record.name).into_token_stream();
    let map = style.paths.pointer_map();
    // Which member of a union is in use nobody knows.
    let is_number = |field: &Field| !record.is_union && header.holds_numbers(&field.ty);
    let numbers = open::fields(record, &known.types, is_number, &ty, style);
    let slots = slots(header, &known.types, facts, contracts, &record.name, &ty, style);
    let value = match (slots, numbers.as_slice()) {
        (None, []) => return TokenStream::new(),
        (None, numbers) => quote!(&#map::unknown().holding(&[#(#numbers),*])),
        (Some(slots), []) if slots.is_empty() => quote!(#map::FLAT),
        (Some(slots), []) => quote!(&#map::fields(&[#(#slots),*])),
        (Some(slots), numbers) if slots.is_empty() => quote!(&#map::flat().holding(&[#(#numbers),*])),
        (Some(slots), numbers) => quote!(&#map::fields(&[#(#slots),*]).holding(&[#(#numbers),*])),
    };
    impl_of(&ty, &value, style)
}

/// The types of one record's fields.
pub fn of_fields<'a>(record: &str, fields: &'a syn::Fields) -> FieldTypes<'a> {
    fields
        .iter()
        .enumerate()
        .map(|(number, field)| ((record.to_owned(), crate::read::block::field_name(number, field)), (&field.ty, None)))
        .collect()
}

/// The impls of records; nothing for those of which nothing is known.
pub fn impls(mut impls: Vec<TokenStream>, style: &Style) -> TokenStream {
    impls.retain(|tokens| !tokens.is_empty());
    if impls.is_empty() {
        return TokenStream::new();
    }
    let (no_map, any_passed) = (style.paths.no_map(), style.paths.any_passed());
    quote! {
        #[allow(clippy::all, clippy::pedantic, clippy::nursery)]
        #[allow(clippy::undocumented_unsafe_blocks, deprecated, unused_braces, unused_parens)]
        const _: () = {
            #[allow(unused_imports)]
            use #no_map as _;
            #[allow(unused_imports)]
            use #any_passed as _;
            #(#impls)*
        };
    }
}

pub(super) fn impl_of(ty: &TokenStream, value: &TokenStream, style: &Style) -> TokenStream {
    let (pointee, map) = (style.paths.pointee(), style.paths.pointer_map());
    quote! {
        unsafe impl #pointee for #ty {
            const MAP: &'static #map = #value;
        }
    }
}

/// The pointers inside; `None` where they are not known.
pub(super) fn slots(
    header: &Header,
    types: &FieldTypes<'_>,
    facts: &Facts,
    contracts: &Contracts,
    name: &str,
    ty: &TokenStream,
    style: &Style,
) -> Option<Vec<TokenStream>> {
    let slots = match facts.get(name) {
        Some(PointeeFacts::Flat) => &[][..],
        Some(PointeeFacts::Fields(slots)) => slots,
        Some(PointeeFacts::Unknown) | None => return None,
    };
    let slots = slots.iter().filter(|slot| !is_opaque(contracts, slot));
    Some(slots.map(|slot| self::slot(header, types, contracts, slot, ty, style)).collect())
}

/// Whether a field is nobody's to look at: reserved, or C's own.
fn is_opaque(contracts: &Contracts, slot: &SlotFact) -> bool {
    contract_of(contracts, slot).is_some_and(|facts| enforced(&facts.opaque).is_some())
}

/// What is said of a slot's field.
fn contract_of<'a>(contracts: &'a Contracts, slot: &SlotFact) -> Option<&'a ParamContract> {
    let own_name = slot.path.last().map_or("", String::as_str);
    let record = contracts.record(&slot.record)?;
    record.fields.iter().find(|(field, _)| field == own_name).map(|(_, facts)| facts)
}

fn slot(
    header: &Header,
    types: &FieldTypes<'_>,
    contracts: &Contracts,
    slot: &SlotFact,
    ty: &TokenStream,
    style: &Style,
) -> TokenStream {
    let paths = &style.paths;
    let (slot_path, desc) = (paths.slot(), paths.pointer_desc());
    let fields: Vec<syn::Member> = slot.path.iter().map(|field| member(field)).collect();
    let Some((last, outer)) = fields.split_last() else { return TokenStream::new() };
    let spelt = slot.path.join(".").replace("r#", "");
    let name = match slot.index {
        Some(index) => format!("{spelt}[{index}]"),
        None => spelt,
    };
    let own_name = slot.path.last().map_or("", String::as_str);
    let field = types.get(&(slot.record.clone(), own_name.to_owned())).copied();
    // Each `offset_of!` costs rustc as much as two parameters of a function.
    let asserted = field.and_then(|(_, offset)| offset).filter(|_| outer.is_empty());
    let start = match asserted.map(proc_macro2::Literal::u64_unsuffixed) {
        Some(offset) => quote!(#offset),
        None => quote!(::core::mem::offset_of!(#ty, #(#outer.)*#last)),
    };
    let offset = match slot.index {
        Some(index) => {
            let index = proc_macro2::Literal::usize_unsuffixed(index);
            quote!(#start + #index * ::core::mem::size_of::<*const ()>())
        }
        None => start,
    };
    let field_type = field.map(|(ty, _)| ty);
    let target = field_type.and_then(target_of);
    let is_void = *header.resolve(&slot.pointee) == Ty::Void;
    let start = match target {
        Some(target) if !is_void && !open::is_unsized(target) => {
            let probe = paths.map_probe();
            quote!(#desc::to::<#target>(#probe::<#target>::map))
        }
        _ => quote!(#desc::void()),
    };
    let contract = contract_of(contracts, slot);
    let mut methods = TokenStream::new();
    if let Some(facts) = contract {
        methods.extend(match enforced(&facts.nullability) {
            Some(Nullability::Nonnull) => quote!(.nonnull()),
            Some(Nullability::Nullable) => quote!(.nullable()),
            None => quote!(),
        });
        methods.extend(match enforced(&facts.extent) {
            Some(Extent::One) => quote!(.one()),
            Some(Extent::NullTerminated) => quote!(.null_terminated()),
            Some(Extent::Count(expr)) => {
                expr_of(types, slot, outer, expr, ty, style).map(|expr| quote!(.counted_by(#expr))).unwrap_or_default()
            }
            Some(Extent::Bytes(expr)) => {
                expr_of(types, slot, outer, expr, ty, style).map(|expr| quote!(.sized_by(#expr))).unwrap_or_default()
            }
            None => quote!(),
        });
        if facts.flow.is_none()
            && let Some(direction) = enforced(&facts.direction)
        {
            methods.extend(describe::direction_method(Some(*direction)));
        }
        // The vector inside is read; only the innermost data goes the way the call says.
        if let Some(Flow::Through(_)) = enforced(&facts.flow) {
            let direction = describe::direction(Direction::In, paths);
            methods.extend(quote!(.input().flow_through(#direction)));
        }
    }
    quote!(#slot_path::new(#name, #offset, #start #methods))
}

/// A field as written behind a dot.
pub(super) fn member(name: &str) -> syn::Member {
    match name.parse::<usize>() {
        Ok(number) => syn::Member::Unnamed(number.into()),
        Err(_) => syn::Member::Named(match name.strip_prefix("r#") {
            Some(raw) => syn::Ident::new_raw(raw, proc_macro2::Span::call_site()),
            None => format_ident!("{}", name),
        }),
    }
}

/// What a field points to, as written; for an array its elements.
fn target_of(ty: &syn::Type) -> Option<&syn::Type> {
    match ty {
        syn::Type::Array(array) => target_of(&array.elem),
        other => crate::read::block::pointee(other),
    }
}

/// An expression over the fields beside the slot; `None` where a field is not known.
fn expr_of(
    types: &FieldTypes<'_>,
    slot: &SlotFact,
    outer: &[syn::Member],
    expr: &Expr,
    ty: &TokenStream,
    style: &Style,
) -> Option<TokenStream> {
    let paths = &style.paths;
    let path = paths.expr();
    Some(match expr {
        Expr::Const(value) => {
            let value = proc_macro2::Literal::u64_unsuffixed(*value);
            quote!(#path::Const(#value))
        }
        Expr::Name(name) => {
            let (field_type, _) = types.get(&(slot.record.clone(), name.clone()))?;
            let (name, field) = (member(name), paths.field());
            quote!(#field::<#field_type>(::core::mem::offset_of!(#ty, #(#outer.)*#name)))
        }
        Expr::Deref(_) => return None,
        Expr::Binary(op, left, right) => {
            let op = describe::op(*op, paths);
            let left = expr_of(types, slot, outer, left, ty, style)?;
            let right = expr_of(types, slot, outer, right, ty, style)?;
            quote!(#path::Binary(#op, &#left, &#right))
        }
    })
}
