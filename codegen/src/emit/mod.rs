//! Plans become tokens: a match on steps and nothing else. Every decision was made in `lower`.

mod callback;
mod describe;
mod export;
mod form;
mod given;
mod hygiene;
mod idiomatic;
mod kept;
mod open;
pub mod paths;
mod raw;
mod record;
mod result;
mod shape;
mod signature;
mod thunk;
mod trampoline;
mod watched;
mod words;
mod wrapper;

pub use export::export;
pub use open::item as record_item;
pub use record::{impls as record_impls, of_fields as record_types};

use crate::analyze::Facts;
use crate::contract::Contracts;
use crate::model::Header;
use crate::plan::CallPlan;
use crate::read::Tokens;
use paths::Paths;
use proc_macro2::TokenStream;
use quote::quote;

/// The agreement with the runtime that emitted code asserts; `tests/contract.rs` compares it with the runtime's.
pub const SCHEMA: u32 = 9;

/// How the output is arranged.
#[derive(Clone, Debug)]
pub struct Style {
    /// The runtime's name.
    pub paths: Paths,
    /// The module that holds the untouched declarations.
    pub raw: syn::Ident,
    /// Whether wrappers with C's signature have C's ABI, too.
    pub c_abi: bool,
    /// Whether functions get their contract as documentation.
    pub docs: bool,
    /// Whether the output is a file or module of its own, so that its functions may share a table.
    pub own_module: bool,
}

/// Everything: items kept as they are, the raw module, wrappers, pointer maps.
pub fn emit(
    header: &Header,
    tokens: &Tokens,
    facts: &Facts,
    contracts: &Contracts,
    plans: &[CallPlan],
    style: &Style,
) -> TokenStream {
    let items = &tokens.items;
    let raw = raw::module(header, tokens, plans, style);
    let mut types = style.own_module.then(|| words::Types::of(header, tokens));
    let wrapped: Vec<&CallPlan> = plans.iter().filter(|plan| !plan.is_bare()).collect();
    // Wrappers of a header stand one module further in.
    let paths = if style.own_module { style.paths.deeper() } else { style.paths.clone() };
    let inner = Style { paths, ..style.clone() };
    let mut wrappers: Vec<TokenStream> =
        wrapped.iter().map(|plan| wrapper::wrapper(tokens, plan, &mut types, &inner)).collect();
    if style.own_module {
        let entry = types.as_ref().map(|types| types.entry(&inner)).unwrap_or_default();
        wrappers = vec![wrapper::module(tokens, &wrapped, &wrappers, &entry)];
    }
    let table = types.map(|types| types.table(style));
    let known = record::Records::of(tokens);
    let records = header.records.iter().map(|record| record::pointee(header, &known, facts, contracts, record, style));
    let records = record::impls(records.collect(), style);
    let schema = style.paths.assert_schema();
    let layouts = layouts(tokens, style);
    quote! {
        #schema
        #(#items)*
        #layouts
        #raw
        #(#wrappers)*
        #table
        #records
    }
}

/// All records are laid out as C has them: one constant, since each would cost rustc as much as two comparisons.
fn layouts(tokens: &Tokens, style: &Style) -> TokenStream {
    if tokens.layouts.is_empty() {
        return TokenStream::new();
    }
    let laid_out = style.paths.laid_out();
    let layouts = tokens.layouts.iter().map(|arguments| quote!(laid_out #arguments;));
    quote! {
        const _: () = {
            use #laid_out;
            #(#layouts)*
        };
    }
}
