//! What cannot be exported: C has no generic functions, no futures, no methods.

use super::CType;
use crate::diag::{Diagnostic, Diagnostics, Place, codes};
use crate::options::Options;
use crate::read::FnTokens;
use syn::spanned::Spanned;

/// Words of contracts that are about calls of C's functions.
const OF_CALLS: &[&str] = &["idiomatic", "form_of", "nested", "guarded"];

/// Options that say nothing of an exported function.
pub(super) fn options(options: &Options, diagnostics: &mut Diagnostics) {
    let other = options.for_modules.as_ref().or(options.for_wrappers.as_ref());
    if let Some((key, span)) = other {
        let message = format!("`{key}` is about wrappers of C's functions, and here C calls Rust");
        diagnostics.push(
            Diagnostic::new(codes::BAD_OPTION, Place::Token(*span), message)
                .help("an exported function may have `export`, `on_panic` and `crate`"),
        );
    }
    if let Some(export) = &options.export
        && let Some(name) = &export.name
        && !is_c_name(name)
    {
        let message = format!("`{name}` is no name that C can call");
        diagnostics.push(
            Diagnostic::new(codes::BAD_OPTION, Place::Token(export.span), message)
                .help("write letters, digits and `_`, the first no digit"),
        );
    }
}

/// Parts of the function itself.
pub(super) fn item(item: &syn::ItemFn, options: &Options, diagnostics: &mut Diagnostics) {
    let (sig, name) = (&item.sig, item.sig.ident.to_string());
    let mut refuse = |code, span, message: String, help: String| {
        diagnostics.push(Diagnostic::new(code, Place::Token(span), message).help(help));
    };
    if !sig.generics.params.is_empty() {
        refuse(
            codes::WRONG_ITEM,
            sig.generics.span(),
            format!("`{name}` is generic, and a symbol of C's is one function"),
            "export a function for each type that C needs, which calls this one".into(),
        );
    }
    if let Some(token) = &sig.asyncness {
        refuse(
            codes::WRONG_ITEM,
            token.span(),
            format!("`{name}` is async: it gives a future, which C cannot poll"),
            "export a function that blocks on it, or one that starts it and tells C by a callback".into(),
        );
    }
    if let Some(variadic) = &sig.variadic {
        refuse(
            codes::VARIADIC,
            variadic.span(),
            format!("`{name}` is variadic: what `...` stands for has no contract"),
            "take the arguments as an array and its length".into(),
        );
    }
    if let Some(written) = &sig.abi
        && abi(item).is_none()
    {
        refuse(
            codes::WRONG_ITEM,
            written.span(),
            format!("`{name}` has an ABI that is not C's"),
            "write `extern \"C-unwind\" fn` where a panic may go on into C, else `fn` alone".into(),
        );
    }
    for attribute in item.attrs.iter().filter(|attribute| names_symbol(attribute)) {
        refuse(
            codes::WRONG_ITEM,
            attribute.span(),
            format!("`{name}` gets its symbol from `export`; there would be two of them"),
            "take this attribute away; `export = \"name\"` gives another name".into(),
        );
    }
    if let Some(receiver) = sig.receiver() {
        refuse(
            codes::WRONG_ITEM,
            receiver.span(),
            format!("`{name}` is a method, and C has none"),
            "export a function outside the `impl` that takes a pointer to the value, and calls the method".into(),
        );
    }
    for input in &sig.inputs {
        if let syn::FnArg::Typed(input) = input
            && let Err(why) = CType::of_param(&input.ty)
        {
            diagnostics.push(why.told("parameter"));
        }
    }
    let result = match &sig.output {
        syn::ReturnType::Default => None,
        syn::ReturnType::Type(_, ty) => CType::of_result(ty).map_err(|why| diagnostics.push(why.told("result"))).ok(),
    };
    if let Some((value, span)) = &options.on_panic {
        let is_nothing = matches!(sig.output, syn::ReturnType::Default) || result == Some(CType::Void);
        let said = if abi(item) == Some("C-unwind") {
            Some(("a panic of an `extern \"C-unwind\" fn` goes on into C", "take `on_panic` away, or write `fn`"))
        } else if is_nothing {
            Some(("there is no result that C could get", "take `on_panic` away: the panic is told without it"))
        } else {
            None
        };
        if let Some((message, help)) = said {
            let value = quote::ToTokens::to_token_stream(value);
            diagnostics.push(
                Diagnostic::new(codes::CONTRADICTION, Place::Token(*span), format!("`on_panic = {value}`: {message}"))
                    .help(help),
            );
        }
    }
}

/// Words that say how Rust calls C.
pub(super) fn contracts(tokens: &FnTokens, diagnostics: &mut Diagnostics) {
    for attribute in &tokens.contract_attrs {
        let Some(word) = OF_CALLS.iter().find(|word| attribute.path().is_ident(word)) else { continue };
        let message = format!("`{word}` says how Rust calls C, and here C calls Rust");
        diagnostics.push(
            Diagnostic::new(codes::UNKNOWN_ATTRIBUTE, Place::Token(attribute.path().span()), message)
                .help("take the attribute away"),
        );
    }
}

/// `C` or `C-unwind`; `C` where nothing is written, for the symbol has it.
pub(super) fn abi(item: &syn::ItemFn) -> Option<&'static str> {
    let name = match &item.sig.abi {
        None => return Some("C"),
        Some(abi) => abi.name.as_ref().map_or_else(|| "C".to_owned(), syn::LitStr::value),
    };
    ["C", "C-unwind"].into_iter().find(|known| **known == name)
}

/// `#[no_mangle]`, `#[export_name = "x"]`, also inside `unsafe(…)`.
fn names_symbol(attribute: &syn::Attribute) -> bool {
    let is_one = |path: &syn::Path| path.is_ident("no_mangle") || path.is_ident("export_name");
    match &attribute.meta {
        syn::Meta::List(list) if list.path.is_ident("unsafe") => {
            list.parse_args::<syn::Meta>().is_ok_and(|inner| is_one(inner.path()))
        }
        meta => is_one(meta.path()),
    }
}

fn is_c_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}
