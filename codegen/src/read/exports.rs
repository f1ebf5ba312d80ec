//! Reads the files of a crate of Rust: which functions are exported, and the types that they may need.

use super::text_file::TextFile;
use crate::diag::{Diagnostic, Diagnostics, codes};
use quote::ToTokens;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What the files of a crate say.
#[derive(Debug, Default)]
pub struct Crate {
    /// Every file, in the order read.
    pub files: Vec<PathBuf>,
    /// Exported functions in the order of the files.
    pub functions: Vec<(syn::ItemFn, Place)>,
    /// Structures and unions with C's layout, by name.
    pub records: BTreeMap<String, Record>,
    /// Enumerations with C's layout, by name.
    pub enumerations: BTreeMap<String, Enumeration>,
    /// Aliases of types, by name.
    pub aliases: BTreeMap<String, syn::ItemType>,
}

/// A structure or union with C's layout.
#[derive(Debug)]
pub struct Record {
    /// `struct` or `union`
    pub keyword: &'static str,
    /// Its fields in order.
    pub fields: Vec<(String, syn::Type)>,
}

/// An enumeration with C's layout.
#[derive(Debug)]
pub struct Enumeration {
    /// `C`, or a number of Rust's.
    pub layout: String,
    /// Its values in order, where the text tells them.
    pub values: Vec<(String, Option<i128>)>,
    /// Whether it has our attribute, so that what C passes is looked at.
    pub is_known: bool,
}

/// Where an item stands.
#[derive(Clone, Debug, Default)]
pub struct Place {
    /// The file.
    pub file: PathBuf,
    /// The condition on it or on a module around it.
    pub condition: Option<String>,
}

/// Reads a crate from its root file on.
///
/// # Errors
///
/// A file that is not there or is no Rust, with the place.
pub fn read(root: &Path) -> Result<Crate, Diagnostics> {
    let mut read = Crate::default();
    let folder = root.parent().map(Path::to_path_buf).unwrap_or_default();
    file(root, &folder, None, &mut read)?;
    Ok(read)
}

/// Takes `#[pinned_ffi(…)]` off, by whatever path it is named.
pub fn take_ours(attrs: &mut Vec<syn::Attribute>) -> Vec<syn::Attribute> {
    let (ours, others) = attrs.drain(..).partition(is_ours);
    *attrs = others;
    ours
}

/// The lines of an item's documentation.
pub fn documentation(attrs: &[syn::Attribute]) -> Vec<String> {
    let texts = attrs.iter().filter_map(|attribute| match &attribute.meta {
        syn::Meta::NameValue(syn::MetaNameValue {
            path,
            value: syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }),
            ..
        }) if path.is_ident("doc") => Some(text.value()),
        _ => None,
    });
    texts.flat_map(|text| text.split('\n').map(|line| line.trim().to_owned()).collect::<Vec<_>>()).collect()
}

fn is_ours(attribute: &syn::Attribute) -> bool {
    attribute.path().segments.last().is_some_and(|last| last.ident == "pinned_ffi")
}

/// `folder` is where the files of this file's modules lie.
fn file(path: &Path, folder: &Path, condition: Option<String>, read: &mut Crate) -> Result<(), Diagnostics> {
    let text = TextFile::read(&path.to_string_lossy(), &[PathBuf::new()], "file of the crate")?.text;
    let parsed = syn::parse_file(&text).map_err(|error| {
        let mut diagnostics = Diagnostics::new();
        for one in error {
            let place = crate::diag::Place::Token(one.span());
            diagnostics.push(
                Diagnostic::new(codes::FILE, place, format!("{} is no Rust: {one}", path.display()))
                    .help("see what `cargo check` says of it"),
            );
        }
        diagnostics.in_file(path)
    })?;
    read.files.push(path.to_path_buf());
    items(parsed.items, path, folder, &condition, read)
}

fn items(
    items: Vec<syn::Item>,
    path: &Path,
    folder: &Path,
    outer: &Option<String>,
    read: &mut Crate,
) -> Result<(), Diagnostics> {
    for item in items {
        match item {
            syn::Item::Fn(item) if item.attrs.iter().any(is_export) => {
                let place = Place { file: path.to_path_buf(), condition: condition(&item.attrs, outer) };
                read.functions.push((item, place));
            }
            syn::Item::Struct(item) if is_repr_c(&item.attrs) && item.generics.params.is_empty() => {
                read.records.insert(item.ident.to_string(), record("struct", item.fields));
            }
            syn::Item::Union(item) if is_repr_c(&item.attrs) && item.generics.params.is_empty() => {
                read.records.insert(item.ident.to_string(), record("union", syn::Fields::Named(item.fields)));
            }
            syn::Item::Enum(item) => {
                if let Some(layout) = crate::enumeration::layout(&item.attrs) {
                    read.enumerations.insert(item.ident.to_string(), enumeration(layout, &item));
                }
            }
            syn::Item::Type(item) if item.generics.params.is_empty() => {
                read.aliases.insert(item.ident.to_string(), item);
            }
            syn::Item::Mod(module) => self::module(module, path, folder, outer, read)?,
            _ => {}
        }
    }
    Ok(())
}

fn module(
    module: syn::ItemMod,
    path: &Path,
    folder: &Path,
    outer: &Option<String>,
    read: &mut Crate,
) -> Result<(), Diagnostics> {
    let condition = condition(&module.attrs, outer);
    // What is there in tests alone is no part of the library.
    if condition.as_deref().is_some_and(|condition| condition.contains("cfg(test)")) {
        return Ok(());
    }
    let name = module.ident.to_string();
    let name = name.strip_prefix("r#").unwrap_or(&name);
    let inner = folder.join(name);
    if let Some((_, content)) = module.content {
        return items(content, path, &inner, &condition, read);
    }
    let named = module.attrs.iter().find_map(|attribute| match &attribute.meta {
        syn::Meta::NameValue(syn::MetaNameValue {
            path,
            value: syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }),
            ..
        }) if path.is_ident("path") => Some(text.value()),
        _ => None,
    });
    if let Some(named) = named {
        let at = path.parent().map(Path::to_path_buf).unwrap_or_default().join(named);
        let folder = at.parent().map(Path::to_path_buf).unwrap_or_default();
        return file(&at, &folder, condition, read);
    }
    let beside = folder.join(format!("{name}.rs"));
    let at = if beside.is_file() { beside } else { inner.join("mod.rs") };
    if !at.is_file() && condition.is_some() {
        // A build with that condition may make it.
        return Ok(());
    }
    file(&at, &inner, condition, read)
}

/// Whether it is `#[pinned_ffi(export …)]`.
fn is_export(attribute: &syn::Attribute) -> bool {
    let syn::Meta::List(list) = &attribute.meta else { return false };
    let mut after_comma = true;
    is_ours(attribute)
        && list.tokens.clone().into_iter().any(|token| {
            let is_key = after_comma && token.to_string() == "export";
            after_comma = token.to_string() == ",";
            is_key
        })
}

/// All conditions that must hold, as they are written.
fn condition(attrs: &[syn::Attribute], outer: &Option<String>) -> Option<String> {
    let own = attrs.iter().filter(|attribute| attribute.path().is_ident("cfg"));
    let own = own.map(|attribute| attribute.meta.to_token_stream().to_string().replace(" (", "("));
    let all: Vec<String> = outer.iter().cloned().chain(own).collect();
    (!all.is_empty()).then(|| all.join(" and "))
}

fn is_repr_c(attrs: &[syn::Attribute]) -> bool {
    attrs.iter().filter(|attribute| attribute.path().is_ident("repr")).any(|attribute| {
        attribute
            .meta
            .require_list()
            .is_ok_and(|list| list.tokens.clone().into_iter().all(|token| token.to_string() == "C"))
    })
}

fn enumeration(layout: String, item: &syn::ItemEnum) -> Enumeration {
    let mut next = Some(0);
    let values = item.variants.iter().map(|variant| {
        let value = variant.discriminant.as_ref().map_or(next, |(_, value)| literal(value));
        next = value.map(|value| value + 1);
        (variant.ident.to_string(), value)
    });
    Enumeration { layout, values: values.collect(), is_known: item.attrs.iter().any(is_ours) }
}

/// The number of a literal; nothing for what only the compiler can tell.
fn literal(value: &syn::Expr) -> Option<i128> {
    match value {
        syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Int(number), .. }) => number.base10_parse().ok(),
        syn::Expr::Unary(syn::ExprUnary { op: syn::UnOp::Neg(_), expr, .. }) => {
            literal(expr).map(|number: i128| -number)
        }
        syn::Expr::Paren(inner) => literal(&inner.expr),
        syn::Expr::Group(inner) => literal(&inner.expr),
        _ => None,
    }
}

fn record(keyword: &'static str, fields: syn::Fields) -> Record {
    let fields = fields.into_iter().enumerate().map(|(number, field)| {
        let name = field.ident.as_ref().map_or_else(|| format!("_{number}"), ToString::to_string);
        (name, field.ty)
    });
    Record { keyword, fields: fields.collect() }
}
