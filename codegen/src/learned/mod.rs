//! What programs have shown of functions (`PINNED_FFI_LEARN`), read from files and set beside what is known of them.
//!
//! Nothing here changes a contract: a person copies what is proposed, or does not.

mod compare;
mod line;
mod propose;
pub mod text;

pub use line::{Evidence, Given, Handed, Length, Param, Pointer};

use crate::audit::{FunctionReport, LearnedFacts, LearnedFunction, LearnedReport, Proposal, Report};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::read::text_file::TextFile;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// So many calls are enough to propose something.
pub const ENOUGH: u64 = 16;
/// So many of them must show what is proposed, where not all can.
pub const SEVERAL: u64 = 8;
/// With so many different values: from one value nothing is learnt.
pub const DIFFERENT: usize = 4;

/// The counts of all files, by function.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Learned {
    /// By the function's name in C.
    pub functions: BTreeMap<String, Evidence>,
    /// The runs of programs that wrote the lines.
    pub runs: BTreeSet<String>,
}

impl Learned {
    /// Reads files, named relative to one of `folders` or absolutely, and adds up their lines.
    ///
    /// # Errors
    ///
    /// Files that cannot be read (PB015) and lines that no program writes (PB020), all together.
    pub fn read(names: &[String], folders: &[PathBuf]) -> Result<Self, Diagnostics> {
        let (mut learned, mut diagnostics) = (Self::default(), Diagnostics::new());
        for name in names {
            match TextFile::read(name, folders, "file of what was learned") {
                Ok(file) => learned.add(&file, &mut diagnostics),
                Err(errors) => diagnostics.extend(errors),
            }
        }
        diagnostics.barrier()?;
        Ok(learned)
    }

    /// Adds the lines of one file; what is wrong with them goes to `diagnostics`.
    pub fn add(&mut self, file: &TextFile, diagnostics: &mut Diagnostics) {
        let mut offset = 0;
        for text in file.text.split_inclusive('\n') {
            let start = offset;
            offset += text.len();
            if text.trim().is_empty() {
                continue;
            }
            let wrong = |at: usize, message: String| {
                Diagnostic::new(codes::LEARNED_FILE, file.place(start + at), message)
                    .help("take the line out, or the whole file away: programs with PINNED_FFI_LEARN write it anew")
            };
            let line = match line::read(text.trim_end()) {
                Ok(line) => line,
                Err(error) => {
                    diagnostics.push(wrong(error.at, error.message));
                    continue;
                }
            };
            let (run, evidence) = (line.run, line.evidence);
            let name = evidence.function.clone();
            match self.functions.get_mut(&name) {
                None => {
                    self.functions.insert(name, evidence);
                }
                Some(before) if before.has_params_of(&evidence) => before.merge(evidence),
                Some(_) => {
                    diagnostics.push(wrong(0, format!("`{name}` has other parameters here than in a line before")));
                    continue;
                }
            }
            self.runs.insert(run);
        }
    }

    /// Sets what was learned beside what a report says is known.
    pub fn explain(&self, report: &mut Report) {
        let mut elsewhere: BTreeSet<&str> = self.functions.keys().map(String::as_str).collect();
        let mut other_params = Vec::new();
        for function in report.functions.iter_mut().filter(|function| function.skipped.is_none()) {
            let Some(evidence) = self.functions.get(&function.name) else { continue };
            elsewhere.remove(function.name.as_str());
            if evidence.params.len() == function.params.len() {
                explain(evidence, function);
            } else {
                other_params.push(function.name.clone());
            }
        }
        report.learned = Some(LearnedReport {
            runs: self.runs.len(),
            enough: ENOUGH,
            elsewhere: elsewhere.into_iter().map(ToOwned::to_owned).collect(),
            other_params,
        });
    }
}

fn explain(evidence: &Evidence, function: &mut FunctionReport) {
    // Lines call parameters as the program's bindings do; the header's names are by position.
    let names: Vec<(String, String)> = evidence
        .params
        .iter()
        .zip(&function.params)
        .map(|(seen, known)| (seen.name.clone(), known.name.clone()))
        .collect();
    let evidence = evidence.renamed(&names);
    for (seen, known) in evidence.params.iter().zip(&mut function.params) {
        let Some(pointer) = seen.pointer.as_ref().filter(|_| known.pointer && !known.ty.contains("fn(")) else {
            continue;
        };
        let mut facts = propose::of_pointer(pointer, known);
        facts.contradictions = compare::of_pointer(pointer, known);
        known.learned = Some(facts);
    }
    if function.result.pointer && evidence.result.calls > 0 {
        let mut facts = propose::of_result(&evidence.result, &function.result);
        facts.contradictions = compare::of_result(&evidence.result, &function.result);
        function.result.learned = Some(facts);
    }
    function.learned = Some(LearnedFunction { calls: evidence.calls, line: text::line(function) });
}
