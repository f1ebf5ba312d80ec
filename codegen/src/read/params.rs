//! Decides what parameters are called: by a pack, by the header, and so that Rust takes the name for nothing else.

use super::Tokens;
use super::merge::said;
use crate::model::{Function, Header, HeaderAttr};
use std::collections::BTreeSet;

/// Gives parameters with reserved or missing names those that `names` knows, or their own without underscores.
pub fn name_params(header: &mut Header, tokens: &mut Tokens, names: &dyn Fn(&Function) -> Option<Vec<String>>) {
    for (function, tokens) in header.functions.iter_mut().zip(&mut tokens.functions) {
        let is_reserved = |name: &str| name.starts_with('_') || name.starts_with("arg");
        if !function.params.iter().any(|param| is_reserved(&param.name)) {
            continue;
        }
        let known = names(function);
        let spoken: Vec<String> = function
            .params
            .iter()
            .enumerate()
            .map(|(index, param)| match &known {
                Some(known) if is_reserved(&param.name) => known[index].clone(),
                _ => spoken(&param.name),
            })
            .collect();
        let distinct: BTreeSet<&String> = spoken.iter().collect();
        if distinct.len() == spoken.len() {
            rename(function, &mut tokens.item, spoken.into_iter());
        }
    }
}

/// The name of a constant or a global, which Rust takes in a pattern for that value.
pub fn constant(item: &syn::Item) -> Option<&syn::Ident> {
    match item {
        syn::Item::Const(item) => Some(&item.ident),
        syn::Item::Static(item) => Some(&item.ident),
        // Of a type without named fields the name is a value.
        syn::Item::Struct(item) if !matches!(item.fields, syn::Fields::Named(_)) => Some(&item.ident),
        _ => None,
    }
}

/// The names that an item beside the bindings may give a value: its own, and every name that it imports.
pub fn values(item: &syn::Item) -> Vec<String> {
    fn imported(tree: &syn::UseTree, names: &mut Vec<String>) {
        match tree {
            syn::UseTree::Path(path) => imported(&path.tree, names),
            syn::UseTree::Name(name) => names.push(name.ident.to_string()),
            syn::UseTree::Rename(rename) => names.push(rename.rename.to_string()),
            syn::UseTree::Group(group) => group.items.iter().for_each(|tree| imported(tree, names)),
            // Nobody can know what is behind it.
            _ => {}
        }
    }
    let mut names: Vec<String> = constant(item).map(ToString::to_string).into_iter().collect();
    if let syn::Item::Use(item) = item {
        imported(&item.tree, &mut names);
    }
    names
}

/// Renames parameters in the declarations that a wrapper could not bind: those named like a constant of the header, or
/// of what stands beside the bindings. The contracts keep C's names.
pub fn avoid_constants(tokens: &mut Tokens, beside: &[String]) {
    let mut taken: BTreeSet<syn::Ident> = tokens.items.iter().filter_map(constant).cloned().collect();
    taken.extend(beside.iter().filter_map(|name| syn::parse_str(name).ok()));
    let others = tokens.blocks.iter().flat_map(|block| &block.others);
    taken.extend(others.filter_map(|item| match item {
        syn::ForeignItem::Static(item) => Some(item.ident.clone()),
        _ => None,
    }));
    for function in &mut tokens.functions {
        let mut own: BTreeSet<syn::Ident> = BTreeSet::new();
        let inputs = function.item.sig.inputs.iter_mut().filter_map(|input| match input {
            syn::FnArg::Typed(input) => Some(&mut *input.pat),
            syn::FnArg::Receiver(_) => None,
        });
        let mut clashing = Vec::new();
        for pattern in inputs {
            let syn::Pat::Ident(pattern) = pattern else { continue };
            if taken.contains(&pattern.ident) {
                clashing.push(&mut pattern.ident);
            } else {
                own.insert(pattern.ident.clone());
            }
        }
        for ident in clashing {
            let mut name = format!("{}_", syn::ext::IdentExt::unraw(&*ident));
            loop {
                let free = syn::Ident::new(&name, ident.span());
                if !taken.contains(&free) && own.insert(free.clone()) {
                    *ident = free;
                    break;
                }
                name.push('_');
            }
        }
    }
}

/// A name without the underscores that C reserves, where that is still a name.
fn spoken(name: &str) -> String {
    let bare = name.trim_start_matches('_').trim_end_matches('_');
    if bare != name && syn::parse_str::<syn::Ident>(bare).is_ok() { bare.to_owned() } else { name.to_owned() }
}

/// Names all parameters anew.
pub fn rename(function: &mut Function, item: &mut syn::ForeignItemFn, names: impl Iterator<Item = String>) {
    let inputs = item.sig.inputs.iter_mut().filter_map(|input| match input {
        syn::FnArg::Typed(input) => Some(input),
        syn::FnArg::Receiver(_) => None,
    });
    let mut renamed = Vec::new();
    for ((param, input), name) in function.params.iter_mut().zip(inputs).zip(names) {
        if let Ok(ident) = syn::parse_str::<syn::Ident>(&name) {
            *input.pat = syn::parse_quote!(#ident);
            renamed.push((std::mem::replace(&mut param.name, name.clone()), name));
        }
    }
    let renamed: Vec<(&str, &str)> = renamed.iter().map(|(from, to)| (from.as_str(), to.as_str())).collect();
    for text in function.attrs.iter_mut().filter_map(HeaderAttr::expression_mut) {
        *text = said::respelled(text, &renamed);
    }
}

#[cfg(test)]
mod tests {
    use super::values;

    #[test]
    fn items_give_names_to_values() {
        let names = |text: &str| values(&syn::parse_str(text).expect("an item"));
        assert_eq!(names("static n: i32 = 0;"), ["n"]);
        assert_eq!(names("const LIMIT: i32 = 0;"), ["LIMIT"]);
        assert_eq!(names("struct Unit;"), ["Unit"]);
        assert_eq!(names("use crate::limits::{n, first::{self as f, last}};"), ["n", "f", "last"]);
        assert_eq!(names("use crate::limits::*;"), Vec::<String>::new());
        assert_eq!(names("struct Named { n: i32 }"), Vec::<String>::new());
        assert_eq!(names("fn n() {}"), Vec::<String>::new());
    }
}
