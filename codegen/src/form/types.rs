//! The types of typed forms in generated bindings: what a name such as `c_int` or `flock` stands for there.

use proc_macro2::Span;
use std::collections::BTreeSet;
use syn::visit_mut::{self, VisitMut};

/// What bindings declare.
#[derive(Debug, Default)]
pub(super) struct Known {
    types: BTreeSet<String>,
    constants: BTreeSet<String>,
}

impl Known {
    pub(super) fn of(items: &[syn::Item]) -> Self {
        let mut known = Self::default();
        for item in items {
            match item {
                syn::Item::Struct(item) => drop(known.types.insert(item.ident.to_string())),
                syn::Item::Union(item) => drop(known.types.insert(item.ident.to_string())),
                syn::Item::Enum(item) => drop(known.types.insert(item.ident.to_string())),
                syn::Item::Type(item) => drop(known.types.insert(item.ident.to_string())),
                syn::Item::Const(item) => drop(known.constants.insert(item.ident.to_string())),
                _ => {}
            }
        }
        known
    }

    pub(super) fn constant(&self, name: &str) -> bool {
        self.constants.contains(name)
    }

    pub(super) fn constants(&self) -> impl Iterator<Item = &str> {
        self.constants.iter().map(String::as_str)
    }

    /// Spells a type as the bindings do.
    ///
    /// # Errors
    ///
    /// The first name that they do not have.
    pub(super) fn resolve(&self, ty: &mut syn::Type) -> Result<(), syn::Ident> {
        let mut resolve = Resolve { known: self, unknown: None };
        resolve.visit_type_mut(ty);
        resolve.unknown.map_or(Ok(()), Err)
    }
}

/// The names in a type that only a header can declare.
pub(super) fn names(ty: &syn::Type) -> BTreeSet<String> {
    let known = Known::default();
    let mut ty = ty.clone();
    let mut names = BTreeSet::new();
    // Each round names one more.
    while let Err(name) = known_with(&known, &names).resolve(&mut ty) {
        if !names.insert(name.to_string()) {
            break;
        }
    }
    names
}

fn known_with(known: &Known, names: &BTreeSet<String>) -> Known {
    Known { types: known.types.union(names).cloned().collect(), constants: BTreeSet::new() }
}

struct Resolve<'a> {
    known: &'a Known,
    unknown: Option<syn::Ident>,
}

impl VisitMut for Resolve<'_> {
    fn visit_type_path_mut(&mut self, ty: &mut syn::TypePath) {
        visit_mut::visit_type_path_mut(self, ty);
        // A longer path is the user's own.
        if ty.qself.is_some() || ty.path.leading_colon.is_some() || ty.path.segments.len() != 1 {
            return;
        }
        let Some(last) = ty.path.segments.first() else { return };
        let (ident, name) = (last.ident.clone(), last.ident.to_string());
        if self.known.types.contains(&name) {
            return;
        }
        let prefix: &[&str] = match name.as_str() {
            "c_void" | "c_char" | "c_schar" | "c_uchar" | "c_short" | "c_ushort" | "c_int" | "c_uint" | "c_long"
            | "c_ulong" | "c_longlong" | "c_ulonglong" | "c_float" | "c_double" => &["std", "os", "raw"],
            "Option" => &["std", "option"],
            _ => &[],
        };
        if !prefix.is_empty() {
            let before = prefix.iter().map(|name| syn::PathSegment::from(syn::Ident::new(name, Span::call_site())));
            ty.path.segments = before.chain(ty.path.segments.iter().cloned()).collect();
            ty.path.leading_colon = Some(<syn::Token![::]>::default());
            return;
        }
        match number(&name) {
            Some(number) => ty.path = syn::Ident::new(number, Span::call_site()).into(),
            None => drop(self.unknown.get_or_insert(ident)),
        }
    }
}

/// The number of Rust's that a name stands for where no header declares it: bindgen writes these so.
fn number(name: &str) -> Option<&'static str> {
    Some(match name {
        "size_t" | "usize" | "uintptr_t" => "usize",
        "ssize_t" | "isize" | "intptr_t" | "ptrdiff_t" => "isize",
        "uint8_t" | "u8" => "u8",
        "uint16_t" | "u16" => "u16",
        "uint32_t" | "u32" => "u32",
        "uint64_t" | "u64" => "u64",
        "int8_t" | "i8" => "i8",
        "int16_t" | "i16" => "i16",
        "int32_t" | "i32" => "i32",
        "int64_t" | "i64" => "i64",
        "f32" => "f32",
        "f64" => "f64",
        "bool" => "bool",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use quote::ToTokens;

    fn resolved(known: &[&str], ty: &str) -> Result<String, String> {
        let items: Vec<syn::Item> =
            known.iter().map(|name| syn::parse_str(&format!("pub type {name} = u8;")).expect("an item")).collect();
        let mut ty: syn::Type = syn::parse_str(ty).expect("a type");
        Known::of(&items).resolve(&mut ty).map_err(|name| name.to_string())?;
        Ok(ty.to_token_stream().to_string().replace(' ', ""))
    }

    #[test]
    fn names_of_packs_are_spelt_as_bindings_spell_them() {
        assert_eq!(resolved(&[], "*const c_char"), Ok("*const::std::os::raw::c_char".into()));
        assert_eq!(resolved(&[], "size_t"), Ok("usize".into()));
        assert_eq!(resolved(&["size_t"], "*mut size_t"), Ok("*mutsize_t".into()));
        assert_eq!(resolved(&["flock"], "*mut flock"), Ok("*mutflock".into()));
        assert_eq!(resolved(&[], "*mut flock"), Err("flock".into()));
        let callback = "Option<unsafe extern \"C\" fn(*mut c_void, a: CURL)>";
        assert_eq!(resolved(&[], callback), Err("CURL".into()));
        let found = names(&syn::parse_str(callback).expect("a type"));
        assert_eq!(found.into_iter().collect::<Vec<_>>(), ["CURL"]);
    }
}
