//! Contract files: which functions and fields the entries of a file are about, and what that gives.

#[cfg(feature = "clang")]
mod parse;
#[cfg(feature = "clang")]
mod schema;

#[cfg(feature = "clang")]
pub use parse::parse;

use super::annotate::{self, Said};
use super::axes::{Claim, FnContract, ParamContract, RecordContract, Source, spoken_name};
use super::{Sources, pack};
use crate::diag::{Diagnostic, Diagnostics, Place, closest, codes};
use crate::model::{Function, Header, Safety, Ty};

/// A contract file, read.
#[derive(Clone, Debug, Default)]
pub struct ContractFile {
    functions: Vec<Given>,
    records: Vec<Given>,
}

/// What a file says of one function or one record.
#[derive(Clone, Debug)]
struct Given {
    name: Named,
    words: Vec<Word>,
    /// Parameters or fields.
    members: Vec<(Named, Vec<Word>)>,
    safety: Option<Safety>,
}

/// A name in a file.
#[derive(Clone, Debug)]
struct Named {
    name: String,
    at: Place,
}

/// A word of the attribute language in a file.
#[derive(Clone, Debug)]
struct Word {
    claim: Claim,
    words: String,
    at: Place,
}

impl Word {
    fn said(&self) -> Said {
        Said { claim: self.claim.clone(), words: self.words.clone(), source: Source::File, place: self.at.clone() }
    }
}

#[cfg(feature = "clang")]
impl Given {
    fn new(name: Named) -> Self {
        Self { name, words: Vec::new(), members: Vec::new(), safety: None }
    }
}

/// What the files say of one function; `None` where they say nothing.
pub(super) fn function(
    files: &[ContractFile],
    function: &Function,
    diagnostics: &mut Diagnostics,
) -> Option<FnContract> {
    let mut contract = None;
    for given in files.iter().flat_map(|file| &file.functions).filter(|given| is_about(given, function)) {
        let contract = contract.get_or_insert_with(|| FnContract::new(function));
        for word in &given.words {
            annotate::function_claim(contract, word.said(), diagnostics);
        }
        for (name, words) in &given.members {
            let Some(index) = parameter(function, &name.name) else {
                let names: Vec<&str> = function.params.iter().map(|param| param.name.as_str()).collect();
                diagnostics.push(unknown(name, &function.name, "parameter", &names));
                continue;
            };
            let is_pointer = words.iter().any(|word| word.claim == Claim::Pointer);
            for word in words {
                match annotate::fits(function, index, &word.claim, is_pointer) {
                    Ok(()) => annotate::param_claim(&mut contract.params[index], word.said(), diagnostics),
                    Err((message, help)) => {
                        let message = format!("in `{}`: {message}", function.name);
                        diagnostics.push(Diagnostic::new(codes::NOT_A_POINTER, word.at.clone(), message).help(help));
                    }
                }
            }
        }
    }
    contract
}

fn is_about(given: &Given, function: &Function) -> bool {
    given.name.name == function.c_name() || given.name.name == function.name
}

/// The parameter of this name, or at this position.
fn parameter(function: &Function, key: &str) -> Option<usize> {
    let by_name = function.params.iter().position(|param| param.name == key);
    let by_spoken_name = || function.params.iter().position(|param| spoken_name(&param.name) == key);
    let by_position = || key.parse().ok().filter(|index| *index < function.params.len());
    by_name.or_else(by_spoken_name).or_else(by_position)
}

fn unknown(name: &Named, owner: &str, what: &str, known: &[&str]) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(codes::UNKNOWN_NAME, name.at.clone(), format!("`{owner}` has no {what} `{}`", name.name));
    match closest(&name.name, known.iter().copied()) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None if known.is_empty() => diagnostic.help("take it away"),
        None => diagnostic.help(format!("its {what}s are {}", known.join(", "))),
    }
}

/// Adds what the files say of fields to what attributes say; a pack stands below both.
pub(super) fn records(
    files: &[ContractFile],
    header: &Header,
    packs: pack::Packs,
    records: &mut Vec<RecordContract>,
    diagnostics: &mut Diagnostics,
) {
    for given in files.iter().flat_map(|file| &file.records) {
        let Some(record) = record(header, &given.name.name) else { continue };
        let mut contract = RecordContract { name: record.name.clone(), ..RecordContract::default() };
        for (name, words) in &given.members {
            if !record.fields.iter().any(|field| field.name == name.name) {
                let names: Vec<&str> = record.fields.iter().map(|field| field.name.as_str()).collect();
                diagnostics.push(unknown(name, &record.name, "field", &names));
                continue;
            }
            let mut facts = ParamContract { name: name.name.clone(), ..ParamContract::default() };
            for word in words {
                if word.claim == Claim::Pointer {
                    diagnostics.push(annotate::pointer_in_a_field(&name.name, word.at.clone()));
                    continue;
                }
                annotate::param_claim(&mut facts, word.said(), diagnostics);
            }
            contract.fields.push((name.name.clone(), facts));
        }
        match records.iter_mut().find(|known| known.name == record.name) {
            Some(known) => known.lay_over(&contract),
            None => records.push(contract),
        }
    }
    for contract in records.iter_mut() {
        let is_given = files
            .iter()
            .flat_map(|file| &file.records)
            .any(|given| record(header, &given.name.name).is_some_and(|record| record.name == contract.name));
        if let Some(known) = packs.record(&contract.name).filter(|_| is_given) {
            contract.lay_over(known);
        }
    }
}

/// The record of this name, or that a `typedef` of this name stands for.
fn record<'a>(header: &'a Header, name: &str) -> Option<&'a crate::model::Record> {
    header.record(name).or_else(|| match header.resolve(header.aliases.get(name)?) {
        Ty::Named(name) => header.record(name),
        _ => None,
    })
}

/// Refuses entries for what no header declares.
pub(super) fn refuse_undeclared(sources: &Sources, header: &Header, diagnostics: &mut Diagnostics) {
    for file in &sources.files {
        for given in &file.functions {
            let is_bound = header.functions.iter().any(|function| is_about(given, function));
            let is_declared = sources.declared.functions.contains(&given.name.name);
            if !is_bound && !is_declared {
                let bound = header.functions.iter().map(Function::c_name);
                // What is bound is nearer to what is meant than whatever the system's headers hold.
                let near = closest(&given.name.name, bound)
                    .or_else(|| closest(&given.name.name, sources.declared.functions.iter().map(String::as_str)));
                diagnostics.push(undeclared(&given.name, "function", near));
            }
        }
        for given in &file.records {
            let name = &given.name.name;
            if record(header, name).is_none() && !sources.declared.records.contains(name) {
                let bound = header.records.iter().map(|record| record.name.as_str());
                diagnostics.push(undeclared(&given.name, "record", closest(name, bound)));
            }
        }
    }
}

fn undeclared(name: &Named, what: &str, near: Option<&str>) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        codes::NOT_DECLARED,
        name.at.clone(),
        format!("a contract is given for the {what} `{}`, which no header declares", name.name),
    );
    match near {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None => diagnostic.help("check the spelling, and whether a `#define` such as _GNU_SOURCE must come first"),
    }
}

/// Gives functions the signatures that the files ask for; one that attributes asked for stays.
pub fn ask_for_signatures(files: &[ContractFile], header: &mut Header) {
    for given in files.iter().flat_map(|file| &file.functions) {
        let Some(safety) = given.safety else { continue };
        for function in header.functions.iter_mut().filter(|function| is_about(given, function)) {
            if function.safety == Safety::Raw {
                function.safety = safety;
            }
        }
    }
}
