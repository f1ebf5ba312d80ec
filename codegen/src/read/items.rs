//! Reads bindgen's output back: foreign functions, records and aliases; everything else is kept as it is.

use super::bindgen::Written;
use super::layouts::Layout;
use super::{Tokens, align, block, follows, tags};
use crate::diag::Diagnostics;
use crate::model::{Field, Header, Record, Ty};
use std::collections::BTreeSet;

/// Reads a whole generated file.
pub fn read(Written { mut file, mut layouts }: Written) -> (Header, Tokens) {
    let mut header = Header::default();
    let mut tokens = Tokens::default();
    // Generated code has none of the mistakes that a person can make in a block.
    let mut ignored = Diagnostics::new();
    align::restore(&mut file, &mut layouts);
    tokens.offsets = layouts.iter().flat_map(Layout::places).collect();
    let numbers = follows::reduce(&file, &mut layouts);
    let twice = constants_twice(&file);
    let mut blocks: Vec<syn::ItemForeignMod> = Vec::new();
    for item in file.items {
        match item {
            syn::Item::Const(ref constant) if twice.contains(&constant.ident) && is_plain(constant) => {}
            syn::Item::ForeignMod(foreign) => {
                // bindgen gives each function a block of its own.
                let same = |block: &&mut syn::ItemForeignMod| block.abi == foreign.abi && block.attrs == foreign.attrs;
                match blocks.iter_mut().find(same) {
                    Some(block) => block.items.extend(foreign.items),
                    None => blocks.push(foreign),
                }
            }
            syn::Item::Struct(ref record) => {
                header.records.push(record_of(&record.ident, &record.fields, false));
                tokens.items.push(item);
            }
            syn::Item::Union(ref record) => {
                let fields = syn::Fields::Named(record.fields.clone());
                header.records.push(record_of(&record.ident, &fields, true));
                tokens.items.push(item);
            }
            syn::Item::Type(ref alias) => {
                header.aliases.insert(alias.ident.to_string(), block::shape(&alias.ty));
                tokens.items.push(item);
            }
            other => {
                // bindgen's way to say that an enumeration has another name.
                if let Some((alias, target)) = tags::alias(&other) {
                    header.aliases.insert(alias.to_string(), Ty::Named(target.to_string()));
                }
                tokens.items.push(other);
            }
        }
    }
    for block in blocks {
        block::add(&mut header, &mut tokens, block, &mut ignored);
    }
    tokens.layouts = layouts.iter().map(Layout::arguments).chain(numbers).collect();
    (header, tokens)
}

/// Names that bindgen gave to two constants: a macro and a member of an unnamed enum, as in
/// `enum { A = 0 #define A A }`.
fn constants_twice(file: &syn::File) -> BTreeSet<syn::Ident> {
    let mut seen = BTreeSet::new();
    let names = file.items.iter().filter_map(|item| match item {
        syn::Item::Const(constant) if constant.ident != "_" => Some(&constant.ident),
        _ => None,
    });
    names.filter(|name| !seen.insert(*name)).cloned().collect()
}

/// Whether a constant has a number's type: the macro, where a member of an enum has the enum's.
fn is_plain(constant: &syn::ItemConst) -> bool {
    matches!(block::shape(&constant.ty), Ty::Number | Ty::Bool)
}

fn record_of(name: &syn::Ident, fields: &syn::Fields, is_union: bool) -> Record {
    // bindgen writes an incomplete structure as one private, empty array.
    let is_opaque = fields.len() == 1
        && fields.iter().all(|field| {
            field.ident.as_ref().is_some_and(|name| name == "_unused")
                && matches!(&field.ty, syn::Type::Array(array) if is_zero(&array.len))
        });
    let fields = if is_opaque {
        Vec::new()
    } else {
        fields
            .iter()
            .enumerate()
            .map(|(number, field)| Field {
                name: block::field_name(number, field),
                ty: member(&field.ty),
                attrs: Vec::new(),
            })
            .collect()
    };
    Record { name: name.to_string(), is_union, is_opaque, fields }
}

fn is_zero(length: &syn::Expr) -> bool {
    matches!(length, syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Int(length), .. }) if length.base10_digits() == "0")
}

/// bindgen's helpers for bitfields, flexible arrays and unions hold no pointer, or one of their argument's.
fn member(ty: &syn::Type) -> Ty {
    if let syn::Type::Path(path) = ty
        && let Some(last) = path.path.segments.last()
    {
        match last.ident.to_string().as_str() {
            "__BindgenBitfieldUnit" | "__IncompleteArrayField" => return Ty::Number,
            "ManuallyDrop" | "__BindgenUnionField" => return Ty::Other,
            _ => {}
        }
    }
    block::shape(ty)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_enumeration_by_another_name_is_a_number() {
        let text = "pub type color = ::std::os::raw::c_uint; pub use self::color as ecol; pub struct s { pub e: ecol }";
        let written = Written { file: syn::parse_str(text).expect("it parses"), layouts: Vec::new() };
        let (header, tokens) = read(written);
        assert_eq!(*header.resolve(&header.records[0].fields[0].ty), Ty::Number);
        assert_eq!(tokens.items.len(), 3);
    }
}
