//! Counts over all functions of an audit.

use super::FunctionReport;
use serde::Serialize;
use std::collections::BTreeMap;

/// Counts over a whole header.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Functions in all.
    pub functions: usize,
    /// Those without a wrapper.
    pub skipped: usize,
    /// Those whose calls are not checked, because somebody says so.
    pub unchecked: usize,
    /// Pointer parameters of those with one.
    pub pointers: usize,
    /// Those of them whose contract leaves nothing open.
    pub complete: usize,
    /// Those of them of which only rules over names and types say something.
    pub inferred: usize,
    /// Those of them of which nobody says more than the type does.
    pub unknown: usize,
    /// Parameters that are structures by value with pointers inside, which calls do not look at.
    pub by_value: usize,
    /// Facts by source, without the names behind the colon.
    pub sources: BTreeMap<String, usize>,
}

/// Counts.
pub(super) fn of(functions: &[FunctionReport]) -> Summary {
    let mut summary = Summary { functions: functions.len(), ..Summary::default() };
    for function in functions {
        if function.skipped.is_some() {
            summary.skipped += 1;
            continue;
        }
        summary.unchecked += usize::from(function.policy.iter().any(|word| word.starts_with("unchecked(")));
        summary.by_value += function.params.iter().filter(|param| !param.by_value.is_empty()).count();
        for param in function.params.iter().filter(|param| param.pointer) {
            summary.pointers += 1;
            summary.complete += usize::from(param.missing.is_empty());
            let said: Vec<&String> = param.sources.values().filter(|source| *source != "default").collect();
            summary.unknown += usize::from(said.is_empty());
            summary.inferred +=
                usize::from(!said.is_empty() && said.iter().all(|source| source.starts_with("inferred:")));
            for source in param.sources.values() {
                let kind = source.split(':').next().unwrap_or(source);
                *summary.sources.entry(kind.to_owned()).or_default() += 1;
            }
        }
    }
    summary
}
