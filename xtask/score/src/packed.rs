//! An audit without packs against the same one with them.
//!
//! A pack says everything of its functions: a claim where it says nothing of the kind is wrong.

use crate::tally::{Axis, Score, is_out, measured_by, user_data};
use pinned_ffi_codegen::audit::{FunctionReport, ParamReport, Report};
use std::collections::BTreeMap;

/// Scores it; how many functions the pack knows.
pub(crate) fn compare(pack: &str, without: &Report, with: &Report, score: &mut Score) -> usize {
    // Typed forms bear the name of their function, and stand behind it.
    let truth: BTreeMap<&str, &FunctionReport> = with
        .functions
        .iter()
        .rev()
        .filter(|function| is_packed(function, pack))
        .map(|function| (&*function.name, function))
        .collect();
    let mut seen = 0;
    for function in &without.functions {
        let Some(wanted) = truth.get(&*function.name) else { continue };
        seen += 1;
        for (param, known) in function.params.iter().zip(&wanted.params) {
            // A length that is no parameter of its own, such as 26 or `n * 2`, is none that a rule could find.
            score.tell(
                Axis::Array,
                function,
                param,
                place(measured_by(param), function),
                place(measured_by(known), wanted),
            );
            let text = |param: &ParamReport| (param.extent.kind == "null_terminated").then_some(());
            score.tell(Axis::String, function, param, text(param), text(known));
            // What C may as well read is `inout` in a pack wherever nothing is said.
            if known.direction == "out" {
                score.tell(Axis::Out, function, param, is_out(param).then_some(()), Some(()));
            }
            score.tell(
                Axis::Callback,
                function,
                param,
                place(user_data(param), function),
                place(user_data(known), wanted),
            );
        }
    }
    seen
}

/// Whether the pack, or a part of it, speaks of some parameter. Headers include others, which are scored with their own pack.
fn is_packed(function: &FunctionReport, pack: &str) -> bool {
    let is_it = |source: &String| {
        let named = source.strip_prefix("pack:").and_then(|name| name.strip_prefix(pack));
        named.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let mut sources = function.params.iter().flat_map(|param| param.sources.values());
    function.skipped.is_none() && sources.any(is_it)
}

/// Names differ where the header has none: places do not.
fn place(name: Option<&str>, function: &FunctionReport) -> Option<usize> {
    function.params.iter().position(|param| Some(&*param.name) == name)
}
