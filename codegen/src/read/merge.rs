//! Joins what bindgen wrote with what clang saw: attributes by name, and whatever bindgen left out as skipped.

use super::Tokens;
use super::clang::{AccessMode, ArrayBound, Direction, Nullability, RawAttr, RawAttrs, RawFn, RawLinkage};
use crate::model::{Access, Function, Header, HeaderAttr, Skipped};
use std::collections::BTreeMap;

/// Adds attributes, locations and skipped functions to a header; `wanted` says which functions were asked for.
pub fn merge(header: &mut Header, raw: &RawAttrs, wanted: &dyn Fn(&str) -> bool) {
    let by_name: BTreeMap<&str, &RawFn> =
        raw.functions.iter().map(|function| (function.name.as_str(), function)).collect();
    for function in &mut header.functions {
        let symbol = function.link_name.as_deref().unwrap_or(&function.name);
        if let Some(raw) = by_name.get(symbol).or_else(|| by_name.get(function.name.as_str())) {
            describe(function, raw);
        }
    }
    let bound: BTreeMap<String, ()> = header
        .functions
        .iter()
        .flat_map(|function| [Some(function.name.clone()), function.link_name.clone()])
        .flatten()
        .map(|name| (name, ()))
        .collect();
    for function in &raw.functions {
        if wanted(&function.name) && !bound.contains_key(&function.name) {
            header.skipped.push(Skipped {
                name: function.name.clone(),
                reason: reason(function),
                passes_through: false,
            });
        }
    }
    for function in header.functions.iter().filter(|function| function.is_variadic) {
        header.skipped.push(Skipped {
            name: function.name.clone(),
            reason: "variadic: a function with `...` cannot be defined on stable Rust".into(),
            passes_through: true,
        });
    }
}

/// Why bindgen wrote no declaration.
fn reason(function: &RawFn) -> String {
    match function.linkage {
        RawLinkage::StaticInline | RawLinkage::Inline => "static inline: the library has no symbol to link to".into(),
        RawLinkage::External => {
            let by_value = function
                .params
                .iter()
                .map(|param| &param.ty)
                .chain([&function.result])
                .find(|ty| ty.incomplete && ty.pointee.is_none());
            match by_value {
                Some(ty) => format!("`{}` is passed by value and never defined", ty.spelling),
                None => "bindgen writes no declaration for it".into(),
            }
        }
    }
}

fn describe(function: &mut Function, raw: &RawFn) {
    function.location = Some(format!("{}:{}:{}", raw.location.file.display(), raw.location.line, raw.location.column));
    function.docs.clone_from(&raw.comment);
    let attrs = &mut function.attrs;
    for attr in &raw.attrs {
        convert(attr, None, attrs);
    }
    for (index, param) in raw.params.iter().enumerate() {
        for attr in &param.attrs {
            convert(attr, Some(index), attrs);
        }
        match param.ty.nullability {
            Some(Nullability::Nonnull) => attrs.push(HeaderAttr::Nonnull(index)),
            Some(Nullability::Nullable) => attrs.push(HeaderAttr::Nullable(index)),
            Some(Nullability::Unspecified) | None => {}
        }
        if param.ty.noescape {
            attrs.push(HeaderAttr::Noescape(index));
        }
        if let Some(ArrayBound::Static(count)) = param.array {
            attrs.push(HeaderAttr::AtLeast(index, count));
        }
    }
    for (index, direction) in raw.param_directions.iter().enumerate() {
        let access = match direction {
            Some(Direction::In) => Access::Read,
            Some(Direction::Out) => Access::Write,
            Some(Direction::InOut) => Access::ReadWrite,
            None => continue,
        };
        attrs.push(HeaderAttr::Documented(index, access));
    }
}

/// One attribute; those on a parameter know which, the others name it, counting from 1.
fn convert(attr: &RawAttr, on: Option<usize>, out: &mut Vec<HeaderAttr>) {
    let index = |number: u32| (number as usize).checked_sub(1);
    match attr {
        RawAttr::Nonnull(numbers) if numbers.is_empty() => {
            out.push(on.map_or(HeaderAttr::NonnullAll, HeaderAttr::Nonnull));
        }
        RawAttr::Nonnull(numbers) => out.extend(numbers.iter().filter_map(|n| index(*n)).map(HeaderAttr::Nonnull)),
        RawAttr::ReturnsNonnull => out.push(HeaderAttr::ReturnsNonnull),
        RawAttr::Noescape => out.extend(on.map(HeaderAttr::Noescape)),
        RawAttr::Access { mode, pointer, size } => {
            let mode = match mode {
                AccessMode::ReadOnly => Access::Read,
                AccessMode::WriteOnly => Access::Write,
                AccessMode::ReadWrite => Access::ReadWrite,
                AccessMode::None => Access::None,
            };
            if let Some(pointer) = index(*pointer) {
                out.push(HeaderAttr::Access { mode, pointer, size: size.and_then(index) });
            }
        }
        RawAttr::CountedBy(text) => out.extend(on.map(|on| HeaderAttr::CountedBy(on, text.clone()))),
        RawAttr::SizedBy(text) => out.extend(on.map(|on| HeaderAttr::SizedBy(on, text.clone()))),
        RawAttr::NullTerminatedStringArg(number) => {
            out.extend(number.and_then(index).or(on).map(HeaderAttr::NullTerminated));
        }
        RawAttr::Malloc => out.push(HeaderAttr::Malloc(None)),
        RawAttr::Dealloc { function, .. } => out.push(HeaderAttr::Malloc(Some(function.clone()))),
        // Other attributes say nothing about a pointer.
        _ => {}
    }
}

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
        let distinct: std::collections::BTreeSet<&String> = spoken.iter().collect();
        if distinct.len() == spoken.len() {
            rename(function, &mut tokens.item, spoken.into_iter());
        }
    }
}

/// A name without the underscores that C reserves, where that is still a name.
fn spoken(name: &str) -> String {
    let bare = name.trim_start_matches('_').trim_end_matches('_');
    if syn::parse_str::<syn::Ident>(bare).is_ok() { bare.to_owned() } else { name.to_owned() }
}

/// Names all parameters anew.
pub fn rename(function: &mut Function, item: &mut syn::ForeignItemFn, names: impl Iterator<Item = String>) {
    let inputs = item.sig.inputs.iter_mut().filter_map(|input| match input {
        syn::FnArg::Typed(input) => Some(input),
        syn::FnArg::Receiver(_) => None,
    });
    for ((param, input), name) in function.params.iter_mut().zip(inputs).zip(names) {
        if let Ok(ident) = syn::parse_str::<syn::Ident>(&name) {
            *input.pat = syn::parse_quote!(#ident);
            param.name = name;
        }
    }
}
