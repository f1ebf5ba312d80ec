//! Gives parameters of a transparent union the type of its first member: so they are passed, and so contracts see a pointer.
//!
//! glibc declares `bind` and its like with `__CONST_SOCKADDR_ARG`, which is such a union under `_GNU_SOURCE`.

use super::clang::RawAttrs;
use super::merge::bindgens_name;
use super::{Tokens, block};
use crate::model::Header;
use std::collections::{BTreeMap, BTreeSet};

/// Rewrites every parameter whose type is a transparent union.
pub fn open(header: &mut Header, tokens: &mut Tokens, raw: &RawAttrs) {
    let transparent: BTreeSet<String> =
        raw.records.iter().filter(|record| record.transparent).map(|record| bindgens_name(&record.name)).collect();
    let first: BTreeMap<String, syn::Type> = tokens
        .items
        .iter()
        .filter_map(|item| match item {
            syn::Item::Union(item) if transparent.contains(&item.ident.to_string()) => {
                Some((item.ident.to_string(), item.fields.named.first()?.ty.clone()))
            }
            _ => None,
        })
        .collect();
    if first.is_empty() {
        return;
    }
    for (function, tokens) in header.functions.iter_mut().zip(&mut tokens.functions) {
        for (param, input) in function.params.iter_mut().zip(&mut tokens.item.sig.inputs) {
            let syn::FnArg::Typed(input) = input else { continue };
            let syn::Type::Path(path) = &*input.ty else { continue };
            let name = path.path.segments.last().map(|last| last.ident.to_string());
            if let Some(ty) = name.and_then(|name| first.get(&name)) {
                param.ty = block::shape(ty);
                *input.ty = ty.clone();
            }
        }
    }
}
