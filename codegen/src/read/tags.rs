//! Decides what types are called where a header has two of one name, as in `typedef struct list item; struct item { … };`.
//!
//! C keeps tags and typedefs apart, and so two types may share a name; bindgen gives both that name, which Rust refuses.
//! So it is asked again for names with `struct_`, `union_` and `enum_` in front, and these are taken off where nothing else
//! has the name.

use proc_macro2::{Group, Ident, Literal, TokenStream, TokenTree};
use quote::ToTokens as _;
use std::collections::{BTreeMap, BTreeSet};

/// What bindgen says in front of a type's name, where it asserts its layout.
const HEADINGS: &[&str] = &["Size of ", "Alignment of ", "Offset of field: "];

/// Whether some name may stand for two types; text in a comment can look like one of them.
pub(super) fn may_collide(text: &str) -> bool {
    let mut seen = BTreeSet::new();
    let defined = text.match_indices("pub ").filter_map(|(at, word)| {
        let rest = &text[at + word.len()..];
        let rest = ["struct ", "union ", "type ", "enum "].iter().find_map(|word| rest.strip_prefix(word))?;
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        Some(&rest[..end])
    });
    defined.into_iter().any(|name| !seen.insert(name))
}

/// The name of a type that an item defines.
fn defined(item: &syn::Item) -> Option<&Ident> {
    match item {
        syn::Item::Struct(item) => Some(&item.ident),
        syn::Item::Union(item) => Some(&item.ident),
        syn::Item::Enum(item) => Some(&item.ident),
        syn::Item::Type(item) => Some(&item.ident),
        syn::Item::Use(_) => alias(item).map(|(alias, _)| alias),
        _ => None,
    }
}

/// The other name that an item gives a type, and the type's: `pub type item = struct_item;`, `pub use self::enum_kind as kind;`.
pub(super) fn alias(item: &syn::Item) -> Option<(&Ident, &Ident)> {
    match item {
        syn::Item::Type(alias) => match &*alias.ty {
            syn::Type::Path(path) => Some((&alias.ident, path.path.get_ident()?)),
            _ => None,
        },
        syn::Item::Use(item) => match &item.tree {
            syn::UseTree::Path(path) if path.ident == "self" => match &*path.tree {
                syn::UseTree::Rename(name) => Some((&name.rename, &name.ident)),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}

/// Takes the prefixes off again, but where a typedef or another tag has the name.
pub(super) fn settle(text: &str) -> Result<String, String> {
    let says = |error: &dyn std::fmt::Display| format!("bindgen wrote what does not parse: {error}");
    let mut file = syn::parse_file(text).map_err(|error| says(&error))?;
    let tags = tags(&file);
    // `typedef struct item item;` says nothing where both are one name.
    file.items.retain(|item| {
        alias(item).is_none_or(|(alias, tag)| tags.get(&tag.to_string()).is_none_or(|plain| alias != plain))
    });
    Ok(rename(file.into_token_stream(), &tags).to_string())
}

/// The names with a prefix that can go without, and what they are then.
fn tags(file: &syn::File) -> BTreeMap<String, String> {
    let types: Vec<(String, &syn::Item)> =
        file.items.iter().filter_map(|item| Some((defined(item)?.to_string(), item))).collect();
    let mut wanted: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, item) in &types {
        let prefix = match item {
            syn::Item::Struct(_) => "struct_",
            syn::Item::Union(_) => "union_",
            _ => "enum_",
        };
        // What Rust has a word for had a name with `_` behind it.
        let plain = name.strip_prefix(prefix).filter(|plain| !plain.is_empty());
        if let Some(plain) = plain {
            let plain = if syn::parse_str::<Ident>(plain).is_ok() { plain.to_owned() } else { format!("{plain}_") };
            wanted.entry(plain).or_default().push(name.clone());
        }
    }
    let is_other = |plain: &str, tag: &str| {
        types.iter().any(|(name, item)| name == plain && alias(item).is_none_or(|(_, of)| of != tag))
    };
    wanted
        .into_iter()
        .filter_map(|(plain, tags)| match tags.as_slice() {
            [tag] if !is_other(&plain, tag) => Some((tag.clone(), plain)),
            _ => None,
        })
        .collect()
}

/// The same tokens with other names, also where an assertion says of which type it is.
fn rename(tokens: TokenStream, names: &BTreeMap<String, String>) -> TokenStream {
    let renamed = tokens.into_iter().map(|tree| match tree {
        TokenTree::Group(group) => {
            let mut inner = Group::new(group.delimiter(), rename(group.stream(), names));
            inner.set_span(group.span());
            TokenTree::Group(inner)
        }
        TokenTree::Ident(ident) => match names.get(&ident.to_string()) {
            Some(name) => TokenTree::Ident(Ident::new(name, ident.span())),
            None => TokenTree::Ident(ident),
        },
        TokenTree::Literal(literal) => TokenTree::Literal(heading(&literal, names).unwrap_or(literal)),
        other => other,
    });
    renamed.collect()
}

fn heading(literal: &Literal, names: &BTreeMap<String, String>) -> Option<Literal> {
    let text = literal.to_string();
    let text = text.strip_prefix('"')?.strip_suffix('"')?;
    let (heading, rest) = HEADINGS.iter().find_map(|heading| Some((*heading, text.strip_prefix(heading)?)))?;
    let (name, field) = rest.split_once("::").map_or((rest, None), |(name, field)| (name, Some(field)));
    let name = names.get(name)?;
    let field = field.map(|field| format!("::{field}")).unwrap_or_default();
    Some(Literal::string(&format!("{heading}{name}{field}")))
}

#[cfg(test)]
mod tests {
    use super::{may_collide, settle};

    /// What bindgen writes with prefixes for `struct item` beside `typedef struct list item`.
    const PREFIXED: &str = r#"
        #[repr(C)] pub struct struct_list { pub next: *mut struct_list }
        const _: () = { ["Size of struct_list"][::core::mem::size_of::<struct_list>() - 8usize]; };
        pub type item = struct_list;
        #[repr(C)] pub struct struct_item { pub a: struct_plain, pub b: enum_colour }
        const _: () = { ["Offset of field: struct_item::a"][::core::mem::offset_of!(struct_item, a) - 0usize]; };
        #[doc = " Goes with its alias."]
        pub type plain = struct_plain;
        #[doc = " Of struct_plain."]
        #[repr(C)] pub struct struct_plain { pub c: i32 }
        pub type enum_colour = u32;
        pub type enum_kind = u32;
        pub use self::enum_kind as kind;
        unsafe extern "C" { pub fn f(a: *mut item, b: *mut struct_item, c: struct_plain); }
    "#;

    #[test]
    fn a_prefix_stays_where_the_name_is_taken() {
        let text = settle(PREFIXED).expect("it parses");
        let flat = text.replace(' ', "");
        assert!(flat.contains("pubstructlist{pubnext:*mutlist}"), "{text}");
        assert!(flat.contains("pubtypeitem=list;"), "{text}");
        assert!(flat.contains("pubstructstruct_item{puba:plain,pubb:colour}"), "{text}");
        assert!(flat.contains("\"Sizeoflist\"") && flat.contains("\"Offsetoffield:struct_item::a\""), "{text}");
        assert!(!flat.contains("pubtypeplain") && !text.contains("Goes with its alias"), "{text}");
        assert!(flat.contains("pubtypekind=u32;") && !text.contains("use"), "{text}");
        assert!(text.contains("Of struct_plain."), "what people read stays as it is: {text}");
        assert!(flat.contains("fnf(a:*mutitem,b:*mutstruct_item,c:plain)"), "{text}");
        assert!(!may_collide(&text), "{text}");
    }

    #[test]
    fn names_twice_are_seen() {
        assert!(may_collide("pub type item = list ; pub struct item { }"));
        assert!(!may_collide(
            "pub type item = list ; pub struct item2 { } pub fn item ( ) ; pub const item : u32 = 1 ;"
        ));
    }
}
