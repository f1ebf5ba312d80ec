//! Function pointers in declarations: their types with our attributes, and behind which names they stand.

use super::Tokens;

/// The function pointer, where a type is spelt as one or as an `Option` of one.
pub fn spelt(ty: &syn::Type) -> Option<&syn::TypeFnPtr> {
    match ty {
        syn::Type::FnPtr(pointer) => Some(pointer),
        syn::Type::Paren(inner) => spelt(&inner.elem),
        syn::Type::Group(inner) => spelt(&inner.elem),
        syn::Type::Path(path) => spelt(option(path)?),
        _ => None,
    }
}

/// Whether null is `None`.
pub fn is_option(ty: &syn::Type) -> bool {
    match ty {
        syn::Type::Paren(inner) => is_option(&inner.elem),
        syn::Type::Group(inner) => is_option(&inner.elem),
        syn::Type::Path(path) => option(path).is_some(),
        _ => false,
    }
}

fn option(path: &syn::TypePath) -> Option<&syn::Type> {
    let last = path.path.segments.last().filter(|last| last.ident == "Option")?;
    match &last.arguments {
        syn::PathArguments::AngleBracketed(arguments) => match arguments.args.first() {
            Some(syn::GenericArgument::Type(ty)) => Some(ty),
            _ => None,
        },
        _ => None,
    }
}

/// Takes our attributes off a function pointer's parameters, and gives its type with them.
pub(super) fn take(ty: &mut syn::Type) -> Option<syn::TypeFnPtr> {
    let whole = spelt(ty)?.clone();
    strip(ty);
    Some(whole)
}

/// Takes all attributes off a function pointer's parameters.
pub fn strip(ty: &mut syn::Type) {
    match ty {
        syn::Type::FnPtr(pointer) => pointer.inputs.iter_mut().for_each(|input| input.attrs.clear()),
        syn::Type::Paren(inner) => strip(&mut inner.elem),
        syn::Type::Group(inner) => strip(&mut inner.elem),
        syn::Type::Path(path) => {
            let arguments = path.path.segments.last_mut().map(|last| &mut last.arguments);
            if let Some(syn::PathArguments::AngleBracketed(arguments)) = arguments {
                for argument in &mut arguments.args {
                    if let syn::GenericArgument::Type(ty) = argument {
                        strip(ty);
                    }
                }
            }
        }
        _ => {}
    }
}

/// The type spelt out, where aliases of generated bindings stand for it.
pub fn resolved<'a>(tokens: &'a Tokens, ty: &'a syn::Type) -> Option<&'a syn::Type> {
    let mut ty = ty;
    // Aliases of aliases end; a cycle cannot be written in C.
    for _ in 0..64 {
        if spelt(ty).is_some() {
            return Some(ty);
        }
        let syn::Type::Path(path) = ty else { return None };
        let name = &path.path.segments.last()?.ident;
        ty = tokens.items.iter().find_map(|item| match item {
            syn::Item::Type(alias) if alias.ident == *name => Some(&*alias.ty),
            _ => None,
        })?;
    }
    None
}
