//! Joins what bindgen wrote with what clang saw: attributes by name, and whatever bindgen left out as skipped.

pub(super) mod said;

use super::Tokens;
use super::clang::{RawAttrs, RawFn, RawLinkage, RawRecord};
use crate::model::{Function, Header, HeaderAttr, Skipped, Ty};
use std::collections::{BTreeMap, BTreeSet};

/// Adds attributes, locations and skipped functions to a header; `wanted` says which functions were asked for.
pub fn merge(header: &mut Header, raw: &RawAttrs, wanted: &dyn Fn(&str) -> bool) {
    let by_name: BTreeMap<&str, &RawFn> =
        raw.functions.iter().map(|function| (function.name.as_str(), function)).collect();
    for function in &mut header.functions {
        // bindgen changes a name that Rust reserves, and then keeps the symbol; a symbol that the header changes
        // (`__asm__("name")`) is no declared name.
        let symbol = function.link_name.as_deref().unwrap_or(&function.name);
        let known = by_name.get(function.name.as_str()).or_else(|| by_name.get(symbol));
        if let Some(raw) = known.or_else(|| by_name.get(function.name.trim_end_matches('_'))) {
            function.declared = Some(raw.name.clone());
            describe(function, raw);
        }
    }
    let records: BTreeMap<String, &RawRecord> =
        raw.records.iter().map(|record| (bindgens_name(&record.name), record)).collect();
    for record in &mut header.records {
        // A prefix tells a tag from a typedef of that name.
        let prefix = if record.is_union { "union_" } else { "struct_" };
        let tag = || records.get(record.name.strip_prefix(prefix)?);
        if let Some(raw) = records.get(&record.name).or_else(tag) {
            said::of_record(record, raw);
        }
    }
    let bound: BTreeSet<&str> = header.functions.iter().map(Function::c_name).collect();
    let mut skipped = Vec::new();
    for function in &raw.functions {
        if wanted(&function.name) && !bound.contains(function.name.as_str()) {
            skipped.push(Skipped { name: function.name.clone(), reason: reason(function), passes_through: false });
        }
    }
    header.skipped.append(&mut skipped);
    for function in header.functions.iter().filter(|function| function.is_variadic) {
        header.skipped.push(Skipped {
            name: function.c_name().to_owned(),
            reason: "variadic: a function with `...` cannot be defined on stable Rust".into(),
            passes_through: true,
        });
    }
}

/// The names of the parameters of functions that name them in comments alone, each of them and each once.
pub fn commented_names(raw: &RawAttrs) -> BTreeMap<&str, Vec<String>> {
    let names = |function: &RawFn| -> Option<Vec<String>> {
        let names: Vec<String> = function.params.iter().map(|param| param.commented.clone()).collect::<Option<_>>()?;
        let distinct: BTreeSet<&String> = names.iter().collect();
        (!names.is_empty() && distinct.len() == names.len()).then_some(names)
    };
    raw.functions.iter().filter_map(|function| Some((function.name.as_str(), names(function)?))).collect()
}

/// Joins the two functions that bindgen makes of one name where the header redirects it to another symbol after a first
/// declaration (`fscanf` in glibc): the name stays, with the symbol that C code would call.
pub fn join_redirected(header: &mut Header, tokens: &mut Tokens, raw: &RawAttrs) {
    let declared: BTreeSet<&str> = raw.functions.iter().map(|function| function.name.as_str()).collect();
    let places: BTreeMap<String, usize> =
        header.functions.iter().enumerate().map(|(place, function)| (function.name.clone(), place)).collect();
    let mut gone = BTreeSet::new();
    for place in 0..header.functions.len() {
        let function = &header.functions[place];
        let base = function.name.trim_end_matches(|c: char| c.is_ascii_digit());
        let is_second =
            function.link_name.is_some() && base != function.name && !declared.contains(function.name.as_str());
        let Some(&first) = places.get(base).filter(|first| is_second && **first != place) else { continue };
        header.functions[first].link_name = function.link_name.clone();
        let ident = tokens.functions[first].item.sig.ident.clone();
        let mut item = tokens.functions[place].clone();
        item.item.sig.ident = ident;
        tokens.functions[first] = item;
        gone.insert(place);
    }
    let mut place = 0;
    header.functions.retain(|_| {
        place += 1;
        !gone.contains(&(place - 1))
    });
    let mut place = 0;
    tokens.functions.retain(|_| {
        place += 1;
        !gone.contains(&(place - 1))
    });
}

/// What bindgen calls a record: it numbers those without a name, and keeps off Rust's words.
pub(super) fn bindgens_name(name: &str) -> String {
    let name = name.replace("::anonymous_", "__bindgen_ty_");
    if syn::parse_str::<syn::Ident>(&name).is_ok() { name } else { name + "_" }
}

/// Why bindgen wrote no declaration.
fn reason(function: &RawFn) -> String {
    match function.linkage {
        RawLinkage::StaticInline | RawLinkage::Inline => inline_reason(function),
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

/// Why a function of the header itself has no symbol, and what makes one.
fn inline_reason(function: &RawFn) -> String {
    if function.variadic {
        return "static inline, with `...`: the library has no symbol to link to".into();
    }
    format!("static inline: the library has no symbol to link to; `.shim(\"{}\")` makes one", function.name)
}

fn describe(function: &mut Function, raw: &RawFn) {
    function.location = Some(format!("{}:{}:{}", raw.location.file.display(), raw.location.line, raw.location.column));
    function.portable_location = Some(format!("{}:{}:{}", raw.location.header, raw.location.line, raw.location.column));
    function.docs.clone_from(&raw.comment);
    said::of_function(function, raw);
}

/// Puts what Rust has a word of its own for on the declarations.
pub fn mark(header: &Header, tokens: &mut Tokens) {
    for (function, tokens) in header.functions.iter().zip(&mut tokens.functions) {
        let is_marked = tokens.item.attrs.iter().any(|attribute| attribute.path().is_ident("must_use"));
        // Without a result there is nothing to use.
        if function.attrs.contains(&HeaderAttr::MustUse) && !is_marked && function.result != Ty::Void {
            tokens.item.attrs.push(syn::parse_quote!(#[must_use]));
        }
    }
}
