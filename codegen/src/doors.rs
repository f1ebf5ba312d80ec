//! The doors of the macro: a block, a structure, a module with a header.

use crate::analyze;
use crate::contract::{Contracts, Policies, Sources, annotate, pack};
use crate::diag::{Diagnostic, Diagnostics, Place, codes};
use crate::emit::{self, Style, paths::Paths};
use crate::model::{Field, Header, Record};
use crate::options::Options;
use crate::pipeline;
use crate::read::block;
#[cfg(feature = "clang")]
use crate::read::params;
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::spanned::Spanned;

/// How the output of a macro is arranged.
fn style(options: &Options) -> Style {
    Style {
        paths: Paths::new(options.krate.clone()),
        raw: options.raw.clone(),
        c_abi: options.c_abi,
        docs: true,
        own_module: false,
    }
}

/// `#[pinned_ffi]` on an extern block: a wrapper for each function, and the block itself in a module `raw`.
///
/// # Errors
///
/// What is wrong with the block or its contracts. The caller gives the block back beside the
/// errors, so that nothing else breaks.
pub fn expand_block(block: syn::ItemForeignMod, options: &Options) -> Result<TokenStream, Diagnostics> {
    header_options_are_for_modules(options)?;
    let (header, tokens) = block::read(block)?;
    let policies = Policies { nested: options.nested.map(|(nested, _)| nested), ..Policies::default() };
    Ok(pipeline::run_with(header, tokens, &Sources { policies, ..Sources::default() }, &style(options))?.code)
}

/// `#[pinned_ffi]` on a `#[repr(C)]` structure: its pointer map, from its fields and their contracts.
///
/// # Errors
///
/// A structure whose layout is not C's, and what is wrong with its contracts.
pub fn expand_struct(mut item: syn::ItemStruct, options: &Options) -> Result<TokenStream, Diagnostics> {
    let given = Given { kind: "struct", ident: &item.ident, generics: &item.generics, attrs: &item.attrs };
    let map = expand_record(&given, &mut item.fields, options)?;
    Ok(quote!(#item #map))
}

/// `#[pinned_ffi]` on a `#[repr(C)]` union: its pointer map, in which every pointer counts, whichever member is in use.
///
/// # Errors
///
/// As for a structure.
pub fn expand_union(mut item: syn::ItemUnion, options: &Options) -> Result<TokenStream, Diagnostics> {
    let given = Given { kind: "union", ident: &item.ident, generics: &item.generics, attrs: &item.attrs };
    let mut fields = syn::Fields::Named(item.fields.clone());
    let map = expand_record(&given, &mut fields, options)?;
    if let syn::Fields::Named(fields) = fields {
        item.fields = fields;
    }
    Ok(quote!(#item #map))
}

/// A structure or union as it is given, without its fields.
struct Given<'a> {
    kind: &'static str,
    ident: &'a syn::Ident,
    generics: &'a syn::Generics,
    attrs: &'a [syn::Attribute],
}

/// The pointer map; our attributes are taken from the fields.
fn expand_record(given: &Given<'_>, fields: &mut syn::Fields, options: &Options) -> Result<TokenStream, Diagnostics> {
    header_options_are_for_modules(options)?;
    let name = given.ident.to_string();
    let mut diagnostics = Diagnostics::new();
    if let Some((_, span)) = options.nested {
        let message = "`nested` is about calls, and a structure has none";
        diagnostics.push(
            Diagnostic::new(codes::BAD_OPTION, Place::Token(span), message)
                .help("put it on the extern block or the module whose functions take the structure"),
        );
    }
    if !given.attrs.iter().any(is_repr_c) {
        diagnostics.push(
            Diagnostic::new(
                codes::WRONG_ITEM,
                Place::Token(given.ident.span()),
                format!("the layout of `{name}` is not C's"),
            )
            .help(format!("write `#[repr(C)]` before `{} {name}`", given.kind)),
        );
    }
    if !given.generics.params.is_empty() {
        diagnostics.push(
            Diagnostic::new(
                codes::WRONG_ITEM,
                Place::Token(given.generics.span()),
                format!("`{name}` is generic: its pointers differ from use to use"),
            )
            .help("implement `pinned_ffi::Pointee` by hand for each type that C sees"),
        );
    }
    for attribute in fields.iter().flat_map(|field| &field.attrs) {
        if attribute.path().is_ident("cfg") || attribute.path().is_ident("cfg_attr") {
            block::conditional(attribute, "field", "the structure", &mut diagnostics);
        }
    }
    let mut contract = annotate::record(&name, &block::field_tokens(fields), &mut diagnostics);
    diagnostics.barrier()?;
    if let (true, Some(known)) = (contract.fields.is_empty(), pack::shipped().record(&name)) {
        contract = known.clone();
    }
    for field in fields.iter_mut() {
        field.attrs.retain(|attribute| !annotate::is_contract(attribute));
    }
    let members = fields
        .iter()
        .enumerate()
        .map(|(number, field)| Field {
            name: block::field_name(number, field),
            ty: block::shape(&field.ty),
            attrs: Vec::new(),
        })
        .collect();
    // Of a union whoever writes the attribute says that its pointers count.
    let record = Record { name: name.clone(), is_union: false, is_opaque: false, fields: members };
    let header = Header { records: vec![record], ..Header::default() };
    let facts = analyze::analyze(&header);
    let contracts = Contracts { functions: Vec::new(), records: vec![contract], ..Contracts::default() };
    crate::check::check(&header, &crate::read::Tokens::default(), &facts, &contracts)?;
    let types = emit::record_types(&name, fields);
    let ident = given.ident;
    let style = style(options);
    let is_union = given.kind == "union";
    let map = emit::record_item(&header, &types, &contracts, &quote!(#ident), is_union, &style);
    Ok(emit::record_impls(vec![map], &style))
}

/// Options that are about calls or headers say nothing of a type.
pub(crate) fn is_plain(options: &Options) -> Result<(), Diagnostics> {
    header_options_are_for_modules(options)?;
    let Some((_, span)) = options.nested else { return Ok(()) };
    Err(Diagnostic::new(codes::BAD_OPTION, Place::Token(span), "`nested` is about calls, and a type has none")
        .help("put it on the extern block or the module whose functions take the type")
        .into())
}

fn is_repr_c(attribute: &syn::Attribute) -> bool {
    attribute.path().is_ident("repr")
        && attribute.meta.require_list().is_ok_and(|list| {
            list.tokens.clone().into_iter().any(|token| token.to_string() == "C" || token.to_string() == "transparent")
        })
}

/// `#[pinned_ffi]` on anything else.
pub fn wrong_item(item: &syn::Item) -> Diagnostics {
    let what = match item {
        syn::Item::Fn(_) => "a function",
        syn::Item::Trait(_) => "a trait",
        syn::Item::Impl(_) => "an impl",
        syn::Item::Mod(_) => "a module without `header = …`",
        syn::Item::Static(_) | syn::Item::Const(_) => "a value",
        _ => "this item",
    };
    let span = match item {
        syn::Item::Fn(item) => item.sig.ident.span(),
        syn::Item::Mod(item) => item.ident.span(),
        other => {
            other.to_token_stream().into_iter().next().map_or_else(proc_macro2::Span::call_site, |token| token.span())
        }
    };
    let help = match item {
        syn::Item::Mod(_) => "name the header: `#[pinned_ffi(header = \"sys/uio.h\", allow = \"readv\")]`",
        syn::Item::Fn(_) => {
            "write `#[pinned_ffi(export)]` on a function that C calls; one of C's is declared in `unsafe extern \"C\" { … }`"
        }
        _ => {
            "put it on `unsafe extern \"C\" { … }`, on a `#[repr(C)]` struct, union or enum, or on a module with `header = \"…\"`"
        }
    };
    Diagnostic::new(codes::WRONG_ITEM, Place::Token(span), format!("`#[pinned_ffi]` cannot work on {what}"))
        .help(help)
        .into()
}

fn header_options_are_for_modules(options: &Options) -> Result<(), Diagnostics> {
    crate::export::is_for_functions(options)?;
    let Some((key, span)) = &options.for_modules else { return Ok(()) };
    Err(Diagnostic::new(
        codes::BAD_OPTION,
        Place::Token(*span),
        format!("`{key}` belongs on a module with `header = …`: here the item itself says what is declared"),
    )
    .help("write `#[pinned_ffi(header = \"…\")] mod name {}`")
    .into())
}

/// `#[pinned_ffi(header = "…")]` on a module: the bindings of the header, inside the module.
///
/// Extern blocks inside the module are contracts for what the header declares, in the attribute
/// language; `safe fn` in them asks for the idiomatic signature. Other items stay.
/// A second expansion with the same headers comes from the cache beside the build's output.
///
/// # Errors
///
/// Everything that can be wrong with headers and contracts; libclang missing.
#[cfg(feature = "clang")]
pub fn expand_header(module: syn::ItemMod, options: &Options) -> Result<TokenStream, Diagnostics> {
    crate::export::is_for_functions(options)?;
    let mut builder = crate::Builder::new();
    for header in &options.headers {
        builder = builder.header(header);
    }
    for define in &options.defines {
        builder = builder.define(define);
    }
    if let Some(allow) = &options.allow {
        builder = builder.allow(allow);
    }
    if let Some(safe) = &options.safe {
        builder = builder.safe(safe);
    }
    for file in &options.contract_files {
        builder = builder.contract_file(file);
    }
    for file in &options.girs {
        builder = builder.gir(file);
    }
    for rule in &options.no_infer {
        builder = builder.without_rule(rule);
    }
    builder = builder.clang_args(&options.clang_args).raw_module(&options.raw.to_string());
    builder = builder.c_abi(options.c_abi);
    if let Some((nested, _)) = options.nested {
        builder = builder.nested(nested);
    }
    if let Some(krate) = &options.krate {
        builder = builder.runtime(&krate.to_token_stream().to_string());
    }
    // Extern blocks inside the module are contracts: the header has the declarations.
    let (blocks, own): (Vec<syn::Item>, Vec<syn::Item>) = module
        .content
        .map(|(_, items)| items)
        .unwrap_or_default()
        .into_iter()
        .partition(|item| matches!(item, syn::Item::ForeignMod(_)));
    builder = builder.beside(own.iter().flat_map(params::values));
    for block in blocks {
        builder = builder.contracts(block.to_token_stream().to_string());
    }
    let cached = crate::cache::through(&builder).map_err(|diagnostics| diagnostics.at(options.span))?;
    let code: TokenStream = cached.code.parse().map_err(|_| {
        Diagnostic::new(codes::FILE, Place::Token(options.span), "the cached bindings cannot be read")
            .help("remove the folder `pinned-ffi-cache` in the target directory")
    })?;
    // An edit of a header rebuilds the crate: rustc tracks what is included.
    let tracked = cached.files.iter().map(|file| file.to_string_lossy().into_owned());
    let (attrs, vis, ident) = (&module.attrs, &module.vis, &module.ident);
    Ok(quote! {
        #(#attrs)*
        #[allow(non_camel_case_types, non_snake_case, non_upper_case_globals, dead_code, missing_docs, missing_debug_implementations)]
        #[allow(clippy::all, clippy::pedantic, clippy::nursery)]
        #vis mod #ident {
            #(const _: &[u8] = ::core::include_bytes!(#tracked);)*
            #code
            #(#own)*
        }
    })
}

/// `header = …` where the crate was built without the feature that reads headers.
pub fn needs_header_feature(options: &Options) -> Diagnostics {
    Diagnostic::new(codes::BAD_OPTION, Place::Token(options.span), "this build of pinned-ffi cannot read headers")
        .help("write `pinned-ffi = { version = \"…\", features = [\"header\"] }` in Cargo.toml")
        .into()
}

/// An item without our attributes, as plain Rust.
pub fn plain(mut item: syn::Item) -> syn::Item {
    match &mut item {
        syn::Item::ForeignMod(block) => {
            // A second declaration would be one more error, about the same mistake.
            let mut seen = std::collections::BTreeSet::new();
            block.items.retain(|item| match item {
                syn::ForeignItem::Fn(item) => {
                    item.attrs.iter().any(|attribute| attribute.path().is_ident("cfg"))
                        || seen.insert(item.sig.ident.to_string())
                }
                _ => true,
            });
            for item in &mut block.items {
                let syn::ForeignItem::Fn(item) = item else { continue };
                if matches!(item.sig.safety, syn::Safety::Safe(_)) && block.unsafety.is_none() {
                    item.sig.safety = syn::Safety::Default;
                }
                item.attrs.retain(|attribute| !annotate::is_contract(attribute));
                for input in &mut item.sig.inputs {
                    if let syn::FnArg::Typed(input) = input {
                        // Attributes nobody knows were told already.
                        input.attrs.clear();
                        crate::read::called::strip(&mut input.ty);
                    }
                }
            }
        }
        syn::Item::Fn(item) => {
            item.attrs.retain(|attribute| !annotate::is_contract(attribute));
            for input in &mut item.sig.inputs {
                if let syn::FnArg::Typed(input) = input {
                    input.attrs.retain(|attribute| !annotate::is_contract(attribute));
                }
            }
        }
        syn::Item::Struct(item) => {
            for field in &mut item.fields {
                field.attrs.retain(|attribute| !annotate::is_contract(attribute));
            }
        }
        syn::Item::Union(item) => {
            for field in &mut item.fields.named {
                field.attrs.retain(|attribute| !annotate::is_contract(attribute));
            }
        }
        _ => {}
    }
    item
}
