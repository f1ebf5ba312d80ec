//! Contracts: what each pointer means, one enum per axis, every fact with its source and reason.

pub mod annotate;
pub mod axes;
pub mod callback;
pub mod condition;
pub mod escape;
pub mod expr;
pub mod file;
pub mod from_header;
#[cfg(feature = "clang")]
pub mod gir;
pub mod infer;
pub mod keeping;
pub(crate) mod limits;
pub mod naming;
pub mod overlay;
pub mod pack;
pub mod policy;
pub mod value;

pub use axes::{
    Claim, Direction, Errno, Extent, Fact, Filled, Flow, FnContract, Nullability, ParamContract, RecordContract,
    Sensitivity, Source,
};
pub use callback::{Callback, CalledForm, CalledParam, Count, Scope, Threads};
pub use condition::{Comparison, Condition, Constant, Success};
pub use escape::{Case, End, Escape, Retention};
pub use expr::Expr;
pub use keeping::Keeping;
pub use overlay::Overruled;
pub use policy::{Guarded, Nested, Policies, Policy};
pub use value::{Origin, Value};

use crate::diag::Diagnostics;
use crate::form;
use crate::model::{Header, Pointer, Ty};
use crate::read::Tokens;
use std::collections::{BTreeMap, BTreeSet};

/// The contracts of a header's functions, by [`FnId`](crate::model::FnId), and of its records, by name.
#[derive(Clone, Debug, Default)]
pub struct Contracts {
    /// One for each function.
    pub functions: Vec<FnContract>,
    /// Contracts of fields.
    pub records: Vec<RecordContract>,
    /// Structures that C knows by their address: by a word on the structure or on any parameter of its type, or because
    /// some call keeps the structure on its own behalf.
    pub address_sensitive: BTreeMap<String, Sensitivity>,
}

impl Contracts {
    /// The fields of an iovec-like structure behind a pointer: one pointer to bytes, and their length.
    pub fn vector_fields(&self, pointer: &Pointer) -> Option<(&str, &str)> {
        let Ty::Named(name) = &*pointer.pointee else { return None };
        let fields = &self.record(name)?.fields;
        let measured: Vec<_> = fields.iter().filter(|(_, facts)| axes::enforced(&facts.extent).is_some()).collect();
        match measured.as_slice() {
            [(base, facts)] => match axes::enforced(&facts.extent)? {
                Extent::Bytes(Expr::Name(len)) => Some((base, len)),
                _ => None,
            },
            _ => None,
        }
    }

    /// The contract of a record's fields.
    pub fn record(&self, name: &str) -> Option<&RecordContract> {
        self.records.iter().find(|record| record.name == name)
    }
}

/// What users give in files, beside attributes.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// Contract files, in the order given.
    pub files: Vec<file::ContractFile>,
    /// Introspection files: they are for headers, and come with their readers.
    #[cfg(feature = "clang")]
    pub introspection: gir::Introspection,
    /// What the headers declare, bound or not: a contract for it is no mistake.
    pub declared: Declared,
    /// The rules of inference that may speak.
    pub rules: infer::Rules,
    /// The packs that may speak.
    pub packs: pack::Packs,
    /// How calls are to be checked, where no word on the function says it.
    pub policies: Policies,
}

/// Names that headers declare.
#[derive(Clone, Debug, Default)]
pub struct Declared {
    /// Functions.
    pub functions: BTreeSet<String>,
    /// Structures and unions.
    pub records: BTreeSet<String>,
}

/// Decides every contract: sources in order, the strongest first; a fact that is there stays.
///
/// # Errors
///
/// Attributes that cannot be read, and files that do not fit the header, together.
pub fn decide(header: &Header, tokens: &Tokens, sources: &Sources) -> Result<Contracts, Diagnostics> {
    let mut diagnostics = Diagnostics::new();
    file::refuse_undeclared(sources, header, &mut diagnostics);
    #[cfg(feature = "clang")]
    sources.introspection.refuse_strangers(header, &sources.declared, &mut diagnostics);
    let packs = sources.packs;
    let mut functions: Vec<FnContract> = header.functions.iter().map(FnContract::new).collect();
    // Typed forms last: they take over what is decided of their function.
    let (forms, declared): (Vec<usize>, Vec<usize>) =
        (0..header.functions.len()).partition(|index| header.functions[*index].form.is_some());
    for index in declared.into_iter().chain(forms) {
        let function = &header.functions[index];
        let mut contract = FnContract::new(function);
        annotate::apply(&mut contract, function, &tokens.functions[index], Source::Attribute, &mut diagnostics);
        sources.policies.named(&function.name, &mut contract.policy);
        if let Some(given) = file::function(&sources.files, function, &mut diagnostics) {
            contract.lay_over(&given);
        }
        match &function.form {
            Some(form) => {
                if let Ok(parts) = form::parts(header, function, form) {
                    match packs.form(function) {
                        Some(entry) => pack::apply(&mut contract, function, entry),
                        None => form::inherit(&mut contract, header, function, &parts, &functions[parts.of.0]),
                    }
                    form::decide(&mut contract, header, function, &parts);
                }
            }
            None => {
                if let Some(entry) = packs.function(function) {
                    pack::apply(&mut contract, function, entry);
                }
                naming::apply(&mut contract, function, header);
                from_header::apply(&mut contract, function, header);
            }
        }
        #[cfg(feature = "clang")]
        if let Some(given) = sources.introspection.contract(function, header) {
            contract.lay_over(&given);
        }
        sources.policies.general(&mut contract.policy);
        functions[index] = contract;
    }
    infer::apply(&mut functions, header, tokens, &sources.rules);
    for (contract, function) in functions.iter_mut().zip(&header.functions) {
        contract.settle_defaults(function, header);
    }
    let mut records: Vec<RecordContract> = Vec::new();
    for (name, attrs) in &tokens.records {
        records.push(annotate::record(name, attrs, &mut diagnostics));
    }
    file::records(&sources.files, header, packs, &mut records, &mut diagnostics);
    for record in &header.records {
        if let Some(entry) = packs.record(&record.name)
            && !records.iter().any(|known| known.name == record.name && !known.fields.is_empty())
        {
            records.retain(|known| known.name != record.name);
            records.push(entry.clone());
        }
    }
    // A block declares no structures: what its parameters point to is known by name only.
    for param in header.functions.iter().flat_map(|function| &function.params) {
        if let Some(Ty::Named(name)) = param.ty.as_pointer().map(|pointer| &*pointer.pointee)
            && header.record(name).is_none()
            && !records.iter().any(|known| known.name == *name)
            && let Some(entry) = packs.record(name)
        {
            records.push(entry.clone());
        }
    }
    from_header::records(header, &mut records);
    diagnostics.barrier()?;
    let address_sensitive = address_sensitive(header, &functions, &records);
    Ok(Contracts { functions, records, address_sensitive })
}

/// The structures that may not move, by name.
fn address_sensitive(
    header: &Header,
    functions: &[FnContract],
    records: &[RecordContract],
) -> BTreeMap<String, Sensitivity> {
    let mut found: BTreeMap<String, Sensitivity> =
        records.iter().filter_map(|record| Some((record.name.clone(), record.address_sensitive?))).collect();
    for (function, contract) in header.functions.iter().zip(functions) {
        for (param, facts) in function.params.iter().zip(&contract.params) {
            let Some(Ty::Named(name)) = param.ty.as_pointer().map(|pointer| header.resolve(&pointer.pointee)) else {
                continue;
            };
            let keeping = Keeping::of(facts, function.form.as_ref());
            let is_own = matches!(&keeping, Keeping::Until { kept, .. } if kept.by.as_deref() == Some(&*param.name));
            if let Some(sensitivity) = facts.address_sensitive.or(is_own.then_some(Sensitivity::Alone)) {
                found.entry(name.clone()).or_insert(sensitivity);
            }
        }
    }
    found
}
