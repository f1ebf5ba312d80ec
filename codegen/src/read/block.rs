//! Reads an extern block: what it declares, and the attributes that are ours.

use super::{BlockTokens, FieldTokens, FnTokens, Tokens, called};
use crate::contract::annotate::{FormOf, is_contract};
use crate::contract::limits;
use crate::diag::{Diagnostic, Diagnostics, Place, closest, codes};
use crate::model::{Form, Function, Header, Param, Pointer, PointerKind, Safety, Ty};
use quote::ToTokens;
use std::collections::BTreeMap;
use syn::spanned::Spanned;

/// Attributes that may stand on a parameter beside ours.
const FOREIGN_ON_PARAMETERS: &[&str] = &["cfg", "cfg_attr", "allow", "expect", "warn", "deny", "forbid", "doc"];

/// Reads one block.
///
/// # Errors
///
/// Functions declared twice, and attributes on parameters that nobody knows.
pub fn read(block: syn::ItemForeignMod) -> Result<(Header, Tokens), Diagnostics> {
    let mut header = Header::default();
    let mut tokens = Tokens::default();
    let mut diagnostics = Diagnostics::new();
    add(&mut header, &mut tokens, block, &mut diagnostics);
    refuse_duplicates(&header, &tokens, &mut diagnostics);
    diagnostics.barrier()?;
    Ok((header, tokens))
}

/// Adds a block to what was read before.
pub(super) fn add(header: &mut Header, tokens: &mut Tokens, block: syn::ItemForeignMod, diagnostics: &mut Diagnostics) {
    let number = tokens.blocks.len();
    let mut others = Vec::new();
    for item in block.items {
        match item {
            syn::ForeignItem::Fn(item) => {
                let (function, item) = function(item, number, diagnostics);
                header.functions.push(function);
                tokens.functions.push(item);
            }
            other => others.push(other),
        }
    }
    // What stands at the block's beginning means the same before it, where it is written.
    let outer = |attribute| syn::Attribute { style: syn::AttrStyle::Outer, ..attribute };
    let attrs = block.attrs.into_iter().map(outer).collect();
    tokens.blocks.push(BlockTokens { attrs, unsafety: block.unsafety, abi: block.abi, others });
}

/// Reads one function, and takes its contract attributes off.
pub(crate) fn function(
    mut item: syn::ForeignItemFn,
    block: usize,
    diagnostics: &mut Diagnostics,
) -> (Function, FnTokens) {
    let (contract_attrs, attrs): (Vec<_>, Vec<_>) = item.attrs.drain(..).partition(is_contract);
    item.attrs = attrs;
    let is_idiomatic = contract_attrs.iter().any(|attribute| attribute.path().is_ident("idiomatic"));
    let safety = match item.sig.safety {
        syn::Safety::Safe(_) => Safety::Safe,
        _ if is_idiomatic => Safety::Idiomatic,
        _ => Safety::Raw,
    };
    // The declaration itself stays unsafe to call: what makes it safe is the wrapper.
    if matches!(item.sig.safety, syn::Safety::Safe(_)) {
        item.sig.safety = syn::Safety::Default;
    }
    let link_name = item.attrs.iter().find_map(link_name);
    let mut params = Vec::new();
    let mut param_attrs = Vec::new();
    let mut called = Vec::new();
    for (index, input) in item.sig.inputs.iter_mut().enumerate() {
        // A receiver cannot stand in an extern block; rustc says so.
        let syn::FnArg::Typed(input) = input else { continue };
        let mut ours = Vec::new();
        input.attrs.retain(|attribute| {
            if is_contract(attribute) {
                ours.push(attribute.clone());
                return false;
            }
            let name = attribute.path().to_token_stream().to_string();
            if FOREIGN_ON_PARAMETERS.contains(&name.as_str()) {
                if name.starts_with("cfg") {
                    conditional(attribute, "parameter", "the function", diagnostics);
                }
                return true;
            }
            unknown_attribute(attribute, &name, diagnostics);
            false
        });
        let name = match &*input.pat {
            syn::Pat::Ident(ident) => ident.ident.to_string(),
            // `_: T`: the wrapper needs a name.
            _ => {
                let name = format!("arg{}", index + 1);
                let ident = syn::Ident::new(&name, input.pat.span());
                *input.pat = syn::parse_quote!(#ident);
                name
            }
        };
        called.push(called::take(&mut input.ty));
        params.push(Param { name, ty: shape(&input.ty) });
        param_attrs.push(ours);
    }
    let result = match &item.sig.output {
        syn::ReturnType::Default => Ty::Void,
        syn::ReturnType::Type(_, ty) => shape(ty),
    };
    let function = Function {
        name: item.sig.ident.to_string(),
        link_name,
        declared: None,
        params,
        result,
        is_variadic: item.sig.variadic.is_some(),
        safety,
        attrs: Vec::new(),
        form: contract_attrs.iter().find_map(form),
        docs: None,
        location: None,
        portable_location: None,
    };
    (function, FnTokens { item, contract_attrs, param_attrs, called, block })
}

/// `#[form_of(f, p = C)]`; one that cannot be read is told with the other contracts.
fn form(attribute: &syn::Attribute) -> Option<Form> {
    if !attribute.path().is_ident("form_of") {
        return None;
    }
    let few = attribute.meta.require_list().is_ok_and(|list| limits::are_few(&list.tokens));
    let list: FormOf = few.then(|| attribute.parse_args().ok())??;
    let fixed = list.fixed.into_iter().map(|(name, value)| (name, value.to_string())).collect();
    let before = list
        .before
        .into_iter()
        .map(|(function, arguments)| (function, arguments.into_iter().map(|argument| argument.to_string()).collect()));
    Some(Form { of: list.of, fixed, before: before.collect() })
}

/// `cfg` inside an item is not evaluated before an attribute macro sees it.
pub fn conditional(attribute: &syn::Attribute, what: &str, whole: &str, diagnostics: &mut Diagnostics) {
    diagnostics.push(
        Diagnostic::new(
            codes::WRONG_ITEM,
            Place::Token(attribute.path().span()),
            format!("a conditional {what}: its condition is not known here"),
        )
        .help(format!("declare {whole} twice, each with its own `#[cfg(…)]`")),
    );
}

fn unknown_attribute(attribute: &syn::Attribute, name: &str, diagnostics: &mut Diagnostics) {
    let words = crate::contract::annotate::ON_PARAMETERS;
    let mut diagnostic = Diagnostic::new(
        codes::UNKNOWN_ATTRIBUTE,
        Place::Token(attribute.path().span()),
        format!("`{name}` is no contract of a parameter"),
    )
    .note(format!("a parameter may have {}", words.join(", ")));
    if let Some(near) = closest(name, words.iter().copied()) {
        diagnostic = diagnostic.help(format!("write `#[{near}]`"));
    }
    diagnostics.push(diagnostic);
}

/// `#[link_name = "x"]`, also as `#[unsafe(link_name = "x")]`; the mark `\u{1}` that keeps a name as it is does not count.
fn link_name(attribute: &syn::Attribute) -> Option<String> {
    let pair = match &attribute.meta {
        syn::Meta::NameValue(pair) if pair.path.is_ident("link_name") => pair.clone(),
        syn::Meta::List(list) if list.path.is_ident("unsafe") => list.parse_args::<syn::MetaNameValue>().ok()?,
        _ => return None,
    };
    if !pair.path.is_ident("link_name") {
        return None;
    }
    match &pair.value {
        syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(name), .. }) => {
            Some(name.value().trim_start_matches('\u{1}').to_owned())
        }
        _ => None,
    }
}

fn refuse_duplicates(header: &Header, tokens: &Tokens, diagnostics: &mut Diagnostics) {
    let mut seen = BTreeMap::new();
    for (index, function) in header.functions.iter().enumerate() {
        let attrs = &tokens.functions[index].item.attrs;
        if attrs.iter().any(|attribute| attribute.path().is_ident("cfg") || attribute.path().is_ident("cfg_attr")) {
            continue;
        }
        if seen.insert(&function.name, index).is_some() {
            diagnostics.push(
                Diagnostic::new(
                    codes::DUPLICATE,
                    Place::Token(tokens.functions[index].item.sig.ident.span()),
                    format!("`{}` is declared twice", function.name),
                )
                .help("take one of the two away"),
            );
        }
    }
}

/// The contract attributes of a structure's fields; takes nothing away.
pub fn field_tokens(fields: &syn::Fields) -> Vec<FieldTokens> {
    fields
        .iter()
        .enumerate()
        .map(|(number, field)| FieldTokens {
            name: field_name(number, field),
            contract_attrs: field.attrs.iter().filter(|attribute| is_contract(attribute)).cloned().collect(),
        })
        .collect()
}

/// A field's name, its number in a tuple structure.
pub fn field_name(number: usize, field: &syn::Field) -> String {
    field.ident.as_ref().map_or_else(|| number.to_string(), syn::Ident::to_string)
}

/// The shape of a Rust type, by its spelling.
pub fn shape(ty: &syn::Type) -> Ty {
    match ty {
        syn::Type::Ptr(pointer) => Ty::Pointer(Pointer {
            kind: PointerKind::Raw,
            is_mut: matches!(pointer.mutability, syn::PointerMutability::Mut(_)),
            pointee: Box::new(shape(&pointer.elem)),
        }),
        syn::Type::Reference(reference) => Ty::Pointer(Pointer {
            kind: PointerKind::NonNull,
            is_mut: reference.mutability.is_some(),
            pointee: Box::new(shape(&reference.elem)),
        }),
        syn::Type::Paren(inner) => shape(&inner.elem),
        syn::Type::Group(inner) => shape(&inner.elem),
        syn::Type::FnPtr(_) => Ty::FnPointer,
        syn::Type::Tuple(tuple) if tuple.elems.is_empty() => Ty::Void,
        syn::Type::Never(_) => Ty::Void,
        syn::Type::Array(array) => {
            let length = match &array.len {
                syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Int(length), .. }) => length.base10_parse().ok(),
                _ => None,
            };
            Ty::Array(Box::new(shape(&array.elem)), length)
        }
        syn::Type::Path(path) if path.qself.is_none() => path.path.segments.last().map_or(Ty::Other, named),
        _ => Ty::Other,
    }
}

fn named(segment: &syn::PathSegment) -> Ty {
    let argument = match &segment.arguments {
        syn::PathArguments::AngleBracketed(arguments) => match (arguments.args.len(), arguments.args.first()) {
            (1, Some(syn::GenericArgument::Type(ty))) => Some(ty),
            _ => None,
        },
        _ => None,
    };
    match (segment.ident.to_string().as_str(), argument) {
        ("c_void", _) => Ty::Void,
        ("c_char", _) => Ty::Char,
        ("u8" | "i8" | "c_uchar" | "c_schar", _) => Ty::Byte,
        (
            "u16" | "i16" | "u32" | "i32" | "u64" | "i64" | "u128" | "i128" | "usize" | "isize" | "f32" | "f64"
            | "c_short" | "c_ushort" | "c_int" | "c_uint" | "c_long" | "c_ulong" | "c_longlong" | "c_ulonglong"
            | "c_float" | "c_double" | "size_t" | "ssize_t" | "off_t" | "off64_t" | "socklen_t" | "pid_t" | "uid_t"
            | "gid_t" | "mode_t",
            None,
        ) => Ty::Number,
        ("bool", None) => Ty::Bool,
        ("char", None) => Ty::Unicode,
        ("NonNull", Some(inner)) => {
            Ty::Pointer(Pointer { kind: PointerKind::NonNull, is_mut: true, pointee: Box::new(shape(inner)) })
        }
        ("Option", Some(inner)) => match shape(inner) {
            Ty::Pointer(pointer) if pointer.kind == PointerKind::NonNull => {
                Ty::Pointer(Pointer { kind: PointerKind::Nullable, ..pointer })
            }
            Ty::FnPointer => Ty::FnPointer,
            _ => Ty::Other,
        },
        (name, None) => Ty::Named(name.to_owned()),
        _ => Ty::Other,
    }
}

/// What a pointer type points to, as written: `T` of `*const T`, `&mut T`, `Option<NonNull<T>>`.
pub fn pointee(ty: &syn::Type) -> Option<&syn::Type> {
    match ty {
        syn::Type::Ptr(pointer) => Some(&pointer.elem),
        syn::Type::Reference(reference) => Some(&reference.elem),
        syn::Type::Paren(inner) => pointee(&inner.elem),
        syn::Type::Group(inner) => pointee(&inner.elem),
        syn::Type::Path(path) => match &path.path.segments.last()?.arguments {
            syn::PathArguments::AngleBracketed(arguments) => match arguments.args.first()? {
                syn::GenericArgument::Type(inner) if path.path.segments.last()?.ident == "Option" => pointee(inner),
                syn::GenericArgument::Type(inner) => Some(inner),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}
