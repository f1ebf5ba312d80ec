//! What was learned, for people: what is known of each parameter beside what was seen, and the line to copy.

use crate::audit::{FunctionReport, LearnedFacts, ParamReport, Report, ResultReport};
use std::fmt::Write as _;

/// All functions whose calls were watched.
pub fn text(report: &Report) -> String {
    let mut out = String::new();
    let Some(learned) = &report.learned else { return out };
    // Writing to a String cannot fail, here and below.
    let runs = if learned.runs == 1 { "1 run".to_owned() } else { format!("{} runs", learned.runs) };
    let _ = writeln!(out, "\nlearned from {runs}; nothing of it is in force before you copy it");
    for function in report.functions.iter().filter(|function| function.learned.is_some()) {
        of_function(&mut out, function);
    }
    for name in &learned.other_params {
        let _ = writeln!(out, "note: `{name}` has other parameters in the program than in these headers");
    }
    if !learned.elsewhere.is_empty() {
        let _ = writeln!(out, "note: not in these headers: {}", learned.elsewhere.join(", "));
    }
    let facts = || {
        report.functions.iter().flat_map(|function| {
            function.params.iter().map(|param| &param.learned).chain([&function.result.learned]).flatten()
        })
    };
    let proposed: usize = facts().map(|facts| facts.proposed.len()).sum();
    let wrong: usize = facts().map(|facts| facts.contradictions.len()).sum();
    let _ = writeln!(out, "{proposed} words proposed, {wrong} contradictions");
    out
}

fn of_function(out: &mut String, function: &FunctionReport) {
    let Some(learned) = &function.learned else { return };
    let calls = if learned.calls == 1 { "1 call".to_owned() } else { format!("{} calls", learned.calls) };
    let _ = writeln!(out, "{}: {calls}", function.name);
    for param in &function.params {
        if let Some(facts) = &param.learned {
            let _ = writeln!(out, "  {}: {}", param.name, known(param));
            self::facts(out, facts);
        }
    }
    if let Some(facts) = &function.result.learned {
        let _ = writeln!(out, "  result: {}", known_of_result(&function.result));
        self::facts(out, facts);
    }
    if let Some(line) = &learned.line {
        let _ = writeln!(out, "  {line}");
    }
}

fn facts(out: &mut String, facts: &LearnedFacts) {
    for (number, seen) in facts.evidence.iter().enumerate() {
        let _ = writeln!(out, "    {} {seen}", if number == 0 { "seen:" } else { "     " });
    }
    for proposal in &facts.proposed {
        let _ = writeln!(out, "    proposed: {} ({})", proposal.word, proposal.reason);
    }
    for why in &facts.open {
        let _ = writeln!(out, "    open: {why}");
    }
    for wrong in &facts.contradictions {
        let _ = writeln!(out, "    contradiction: {wrong}");
    }
}

/// What is known of a parameter, each fact with its source.
fn known(param: &ParamReport) -> String {
    let extent = match (param.extent.kind, &param.extent.by) {
        ("unknown", _) => None,
        ("count", Some(by)) => Some(format!("counted_by({by})")),
        ("bytes", Some(by)) => Some(format!("sized_by({by})")),
        (kind, _) => Some(kind.to_owned()),
    };
    let nullability = param.nullable.map(|nullable| if nullable { "nullable" } else { "nonnull" }.to_owned());
    let word = |word: &str| (word != "unknown").then(|| word.to_owned());
    let axes = [
        ("direction", word(param.direction)),
        ("nullable", nullability),
        ("extent", extent),
        ("escape", word(param.escape)),
        ("opaque", param.opaque.then(|| "opaque".to_owned())),
    ];
    let said: Vec<String> = axes
        .into_iter()
        .filter_map(|(axis, word)| Some((axis, word?)))
        .map(|(axis, word)| format!("{word} [{}]", param.sources.get(axis).map_or("default", String::as_str)))
        .collect();
    if said.is_empty() { "nothing is known".to_owned() } else { said.join(", ") }
}

fn known_of_result(result: &ResultReport) -> String {
    match &result.text {
        Some(text) => format!("{text} [{}]", result.sources.join(", ")),
        None => "nothing is known".to_owned(),
    }
}

/// The function as a line of an extern block with all that is proposed; `None` where nothing is.
pub(super) fn line(function: &FunctionReport) -> Option<String> {
    let words = |facts: &Option<LearnedFacts>| -> Vec<String> {
        facts.iter().flat_map(|facts| &facts.proposed).map(|proposal| format!("#[{}] ", proposal.word)).collect()
    };
    let params: Vec<Vec<String>> = function.params.iter().map(|param| words(&param.learned)).collect();
    let of_result = words(&function.result.learned);
    if of_result.is_empty() && params.iter().all(Vec::is_empty) {
        return None;
    }
    let params: Vec<String> = function
        .params
        .iter()
        .zip(params)
        .map(|(param, words)| format!("{}{}: {}", words.concat(), name(&param.name), param.ty))
        .collect();
    let result = if function.result.ty == "()" { String::new() } else { format!(" -> {}", function.result.ty) };
    Some(format!("{}fn {}({}){result};", of_result.concat(), function.name, params.join(", ")))
}

/// A name as Rust takes it.
fn name(name: &str) -> String {
    if syn::parse_str::<syn::Ident>(name).is_ok() { name.to_owned() } else { format!("r#{name}") }
}
