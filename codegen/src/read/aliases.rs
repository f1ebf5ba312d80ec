//! Spells out pointers behind aliases (`typedef struct x *x_t`) where a function is asked for in its idiomatic form.
//!
//! A signature of Rust's types is made from what a pointer leads to, so that must be seen. C's signature keeps the name.

use super::{Tokens, block};
use crate::model::{Header, Safety};
use std::collections::BTreeMap;

/// Rewrites parameters and results of the functions that are to get an idiomatic form.
pub fn spell_out(header: &mut Header, tokens: &mut Tokens) {
    let aliases: BTreeMap<String, &syn::Type> = tokens
        .items
        .iter()
        .filter_map(|item| match item {
            syn::Item::Type(alias) => Some((alias.ident.to_string(), &*alias.ty)),
            _ => None,
        })
        .collect();
    for (function, tokens) in header.functions.iter_mut().zip(&mut tokens.functions) {
        if function.safety == Safety::Raw {
            continue;
        }
        let signature = &mut tokens.item.sig;
        for (param, input) in function.params.iter_mut().zip(&mut signature.inputs) {
            if let syn::FnArg::Typed(input) = input
                && let Some(spelt) = pointer(&input.ty, &aliases)
            {
                param.ty = block::shape(&spelt);
                *input.ty = spelt;
            }
        }
        if let syn::ReturnType::Type(_, ty) = &mut signature.output
            && let Some(spelt) = pointer(ty, &aliases)
        {
            function.result = block::shape(&spelt);
            **ty = spelt;
        }
    }
}

/// The type with every alias of a pointer replaced, on each level; `None` where there is none.
fn pointer(ty: &syn::Type, aliases: &BTreeMap<String, &syn::Type>) -> Option<syn::Type> {
    match ty {
        syn::Type::Ptr(outer) => {
            let elem = Box::new(pointer(&outer.elem, aliases)?);
            Some(syn::Type::Ptr(syn::TypePtr { elem, ..outer.clone() }))
        }
        syn::Type::Path(_) => {
            let target = behind(ty, aliases)?;
            Some(pointer(target, aliases).unwrap_or_else(|| target.clone()))
        }
        _ => None,
    }
}

/// The pointer that an alias stands for, through aliases of it.
fn behind<'a>(ty: &'a syn::Type, aliases: &BTreeMap<String, &'a syn::Type>) -> Option<&'a syn::Type> {
    let mut ty = ty;
    // Aliases of aliases end; a cycle cannot be written in C.
    for _ in 0..64 {
        match ty {
            syn::Type::Ptr(_) => return Some(ty),
            syn::Type::Path(path) => ty = *aliases.get(&path.path.segments.last()?.ident.to_string())?,
            _ => return None,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::spell_out;
    use crate::model::{Safety, Ty};
    use crate::read::{bindgen, items};
    use quote::ToTokens;

    #[test]
    fn only_pointers_of_idiomatic_functions_are_spelt_out() {
        let text = "
            pub struct box_ { _unused: [u8; 0] }
            pub type box_t = *mut box_;
            pub type handle = box_t;
            pub type count = u32;
            unsafe extern \"C\" {
                pub fn a(b: handle, out: *mut box_t, n: count) -> *const handle;
                pub fn b(b: handle) -> handle;
            }";
        let (mut header, mut tokens) = items::read(bindgen::parse(text).expect("declarations"));
        header.functions[0].safety = Safety::Safe;
        spell_out(&mut header, &mut tokens);
        let signature = |at: usize| tokens.functions[at].item.sig.to_token_stream().to_string().replace(' ', "");
        assert_eq!(signature(0), "fna(b:*mutbox_,out:*mut*mutbox_,n:count)->*const*mutbox_");
        assert_eq!(signature(1), "fnb(b:handle)->handle");
        assert!(header.functions[0].params[0].ty.as_pointer().is_some());
        assert_eq!(header.functions[0].params[2].ty, Ty::Named("count".into()));
        assert_eq!(header.functions[1].params[0].ty, Ty::Named("handle".into()));
    }
}
