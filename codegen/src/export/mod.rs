//! Exported functions: what `#[pinned_ffi(export)]` makes of a function that C calls.

mod c_type;
#[cfg(feature = "clang")]
mod header;
mod prototype;
mod refuse;

pub use c_type::CType;
#[cfg(feature = "clang")]
pub use header::{Exports, ExportsHeader};

use crate::analyze;
use crate::contract::{Contracts, FnContract, Source, annotate};
use crate::diag::{Diagnostic, Diagnostics, Place, codes};
use crate::emit::{self, Style, paths::Paths};
use crate::model::Header;
use crate::options::Options;
use crate::plan::{CallPlan, Inside};
use crate::read::block;
use crate::read::{BlockTokens, Tokens};
use crate::{check, lower};
use proc_macro2::TokenStream;
use quote::quote;

/// A function that C calls.
#[derive(Clone, Debug)]
pub struct Exported {
    /// The function as written, without our attributes.
    pub item: syn::ItemFn,
    /// Its name in C.
    pub c_name: String,
    /// What it declares: one function.
    pub header: Header,
    /// The tokens of that.
    pub tokens: Tokens,
    /// What its pointers mean.
    pub contracts: Contracts,
    /// What C gets where it panics; nothing where a panic ends the process, or the result is nothing.
    pub on_panic: Option<syn::Expr>,
    /// Whether a panic goes on into C.
    pub unwinds: bool,
}

impl Exported {
    /// Reads a function and its contract. Packs are about functions of C's, and are not asked.
    ///
    /// # Errors
    ///
    /// What cannot be exported, and what is wrong with its contract, together.
    pub fn read(item: syn::ItemFn, options: &Options) -> Result<Self, Diagnostics> {
        let mut diagnostics = Diagnostics::new();
        refuse::options(options, &mut diagnostics);
        refuse::item(&item, options, &mut diagnostics);
        // A part that does not belong here makes nonsense of what depends on it.
        diagnostics.barrier()?;
        let mut diagnostics = Diagnostics::new();
        let declared = syn::ForeignItemFn {
            attrs: item.attrs.clone(),
            vis: item.vis.clone(),
            modifiers: Default::default(),
            sig: item.sig.clone(),
            semi_token: syn::token::Semi::default(),
        };
        let (mut function, tokens) = block::function(declared, 0, &mut diagnostics);
        refuse::contracts(&tokens, &mut diagnostics);
        let c_name = options.export.as_ref().and_then(|export| export.name.clone());
        let c_name = c_name.unwrap_or_else(|| function.c_name().to_owned());
        function.declared = Some(c_name.clone());
        let mut contract = FnContract::new(&function);
        annotate::apply(&mut contract, &function, &tokens, Source::Attribute, &mut diagnostics);
        let header = Header { functions: vec![function], ..Header::default() };
        contract.settle_defaults(&header.functions[0], &header);
        let unwinds = refuse::abi(&item) == Some("C-unwind");
        let tokens = Tokens {
            functions: vec![tokens],
            blocks: vec![BlockTokens {
                attrs: Vec::new(),
                unsafety: None,
                abi: syn::parse_quote!(extern "C"),
                others: Vec::new(),
            }],
            ..Tokens::default()
        };
        let contracts = Contracts { functions: vec![contract], ..Contracts::default() };
        diagnostics.barrier()?;
        check::check(&header, &tokens, &analyze::analyze(&header), &contracts)?;
        let on_panic = options.on_panic.as_ref().map(|(value, _)| value.clone());
        let syn::Item::Fn(item) = crate::plain(syn::Item::Fn(item)) else {
            unreachable!("taking attributes off leaves a function one")
        };
        Ok(Self { item, c_name, header, tokens, contracts, on_panic, unwinds })
    }

    /// What the runtime is told of it.
    pub fn plan(&self) -> CallPlan {
        let mut plan = lower::lower(&self.header, &self.contracts).remove(0);
        // The memory is C's to begin with: nobody copies it.
        plan.params.iter_mut().for_each(|param| param.is_lent = false);
        // What Rust gives and writes is a value of its type.
        plan.returned.is_value = false;
        plan.params
            .iter_mut()
            .filter_map(|param| param.pointer.as_mut())
            .for_each(|pointer| (pointer.holds_values, pointer.holds_inside) = (false, Inside::No));
        plan
    }

    /// What is said of its pointers.
    pub fn contract(&self) -> &FnContract {
        &self.contracts.functions[0]
    }
}

/// `#[pinned_ffi(export)]` on a function: the function as it is, and a symbol through which C calls it.
///
/// # Errors
///
/// What cannot be exported, and what is wrong with its contract.
pub fn expand_fn(item: syn::ItemFn, options: &Options) -> Result<TokenStream, Diagnostics> {
    if options.export.is_none() {
        return Err(crate::wrong_item(&syn::Item::Fn(item)));
    }
    let exported = Exported::read(item, options)?;
    let style = Style {
        paths: Paths::new(options.krate.clone()),
        raw: options.raw.clone(),
        c_abi: true,
        docs: true,
        own_module: false,
    };
    let symbol = emit::export(&exported, &exported.plan(), &style);
    let prototype = prototype::documented(&exported)?;
    let item = &exported.item;
    Ok(quote! {
        #[doc = #prototype]
        #item
        #symbol
    })
}

/// `export` and `on_panic` on anything but a function.
pub(crate) fn is_for_functions(options: &Options) -> Result<(), Diagnostics> {
    let export = options.export.as_ref().map(|export| ("export", export.span));
    match export.or(options.on_panic.as_ref().map(|(_, span)| ("on_panic", *span))) {
        None => Ok(()),
        Some((key, span)) => Err(Diagnostic::new(
            codes::BAD_OPTION,
            Place::Token(span),
            format!("`{key}` is for a function of Rust's that C calls"),
        )
        .help("put it on the `fn` itself, with its body")
        .into()),
    }
}
