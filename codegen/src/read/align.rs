//! Gives back the alignment that bindgen loses: a structure around a vector type must say it itself.
//!
//! bindgen writes what libclang knows as assertions beside each structure, and where a field is a vector
//! (`__attribute__((vector_size(8)))`, an array in bindgen's output) they do not hold. The assertion names the number.

use std::collections::BTreeMap;

/// Adds `#[repr(align(N))]` to structures and unions whose fields ask for less than their assertion.
pub(super) fn restore(file: &mut syn::File) {
    let asserted: BTreeMap<String, u64> = file.items.iter().filter_map(assertion).flatten().collect();
    let aliases: BTreeMap<String, syn::Type> = file
        .items
        .iter()
        .filter_map(|item| match item {
            syn::Item::Type(alias) => Some((alias.ident.to_string(), (*alias.ty).clone())),
            _ => None,
        })
        .collect();
    for item in &mut file.items {
        let (attrs, ident, fields): (_, _, Vec<&syn::Type>) = match item {
            syn::Item::Struct(item) => {
                (&mut item.attrs, &item.ident, item.fields.iter().map(|field| &field.ty).collect())
            }
            syn::Item::Union(item) => {
                (&mut item.attrs, &item.ident, item.fields.named.iter().map(|field| &field.ty).collect())
            }
            _ => continue,
        };
        let Some(wanted) = asserted.get(&ident.to_string()) else { continue };
        if has_alignment(attrs) {
            continue;
        }
        let natural = fields.iter().try_fold(1, |most, ty| Some(most.max(align_of(ty, &aliases, &asserted, 0)?)));
        if natural.is_some_and(|natural| natural < *wanted) {
            let align = proc_macro2::Literal::u64_unsuffixed(*wanted);
            attrs.push(syn::parse_quote!(#[repr(align(#align))]));
        }
    }
}

/// `["Alignment of X"][align_of::<X>() - 8usize];` in a `const _`.
fn assertion(item: &syn::Item) -> Option<Vec<(String, u64)>> {
    let syn::Item::Const(constant) = item else { return None };
    let syn::Expr::Block(block) = &*constant.expr else { return None };
    let found = block.block.stmts.iter().filter_map(|statement| {
        let syn::Stmt::Expr(syn::Expr::Index(index), _) = statement else { return None };
        let syn::Expr::Array(text) = &*index.expr else { return None };
        let Some(syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. })) = text.elems.first() else {
            return None;
        };
        let name = text.value().strip_prefix("Alignment of ")?.to_owned();
        let syn::Expr::Binary(difference) = &*index.index else { return None };
        let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Int(align), .. }) = &*difference.right else { return None };
        Some((name, align.base10_parse().ok()?))
    });
    Some(found.collect())
}

fn has_alignment(attrs: &[syn::Attribute]) -> bool {
    attrs.iter().any(|attribute| {
        let syn::Meta::List(list) = &attribute.meta else { return false };
        let words = list.tokens.to_string();
        attribute.path().is_ident("repr") && (words.contains("align") || words.contains("packed"))
    })
}

/// The alignment of a field's type; `None` where it is not known here.
fn align_of(
    ty: &syn::Type,
    aliases: &BTreeMap<String, syn::Type>,
    asserted: &BTreeMap<String, u64>,
    depth: u32,
) -> Option<u64> {
    if depth > 64 {
        return None;
    }
    match ty {
        syn::Type::Array(array) => align_of(&array.elem, aliases, asserted, depth + 1),
        syn::Type::Path(path) => {
            let name = path.path.segments.last()?.ident.to_string();
            match name.as_str() {
                "u8" | "i8" | "bool" | "c_char" | "c_schar" | "c_uchar" => Some(1),
                "u16" | "i16" | "c_short" | "c_ushort" => Some(2),
                "u32" | "i32" | "f32" | "c_int" | "c_uint" | "c_float" => Some(4),
                "__IncompleteArrayField" => None,
                _ => match (asserted.get(&name), aliases.get(&name)) {
                    (Some(align), _) => Some(*align),
                    (None, Some(target)) => align_of(target, aliases, asserted, depth + 1),
                    // Wider numbers are aligned as the target says; where they take part nothing is added.
                    (None, None) => None,
                },
            }
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use quote::ToTokens;

    #[test]
    fn only_where_the_fields_ask_for_less() {
        let mut file: syn::File = syn::parse_quote! {
            pub type v8 = [::std::os::raw::c_schar; 8usize];
            #[repr(C)] pub union lost { pub s: [i8; 8usize], pub v: v8 }
            const _: () = { ["Alignment of lost"][::std::mem::align_of::<lost>() - 8usize]; };
            #[repr(C)] pub struct kept { pub a: i32 }
            const _: () = { ["Alignment of kept"][::std::mem::align_of::<kept>() - 4usize]; };
            #[repr(C)] pub struct unknown { pub a: u64 }
            const _: () = { ["Alignment of unknown"][::std::mem::align_of::<unknown>() - 16usize]; };
            #[repr(C)] pub struct outer { pub a: lost }
            const _: () = { ["Alignment of outer"][::std::mem::align_of::<outer>() - 8usize]; };
        };
        super::restore(&mut file);
        let text = file.to_token_stream().to_string();
        assert_eq!(text.matches("align (8)").count(), 1, "{text}");
        assert!(text.contains("# [repr (align (8))] pub union lost"), "{text}");
    }
}
