//! The text dump of each pass: sorted, stable, and what the snapshots hold.

use crate::analyze::{self, Facts, PointeeFacts};
use crate::check::missing;
use crate::contract::{Contracts, Direction, Errno, Fact, Filled, Flow, Nested, Nullability, ParamContract};
use crate::model::{Header, Ty};
use crate::plan::{CallPlan, Signature};
use std::fmt::Write as _;

/// What was declared.
pub fn model(header: &Header) -> String {
    let mut out = String::new();
    for function in &header.functions {
        let dots = if function.is_variadic { ", …" } else { "" };
        let params: Vec<String> =
            function.params.iter().map(|param| format!("{}: {:?}", param.name, param.ty)).collect();
        // Writing to a String cannot fail, here and below.
        let _ = writeln!(out, "fn {}({}{dots}) -> {:?}", function.name, params.join(", "), function.result);
        if let Some(link_name) = &function.link_name {
            let _ = writeln!(out, "  symbol {link_name}");
        }
        if let Some(form) = &function.form {
            let fixed: Vec<String> = form.fixed.iter().map(|(name, value)| format!(", {name} = {value}")).collect();
            let _ = writeln!(out, "  form of {}{}", form.of, fixed.concat());
        }
        let _ = writeln!(out, "  asked {:?}", function.safety);
        for attr in &function.attrs {
            let _ = writeln!(out, "  header says {attr:?}");
        }
    }
    for record in &header.records {
        let kind = match (record.is_opaque, record.is_union) {
            (true, _) => "opaque",
            (false, true) => "union",
            (false, false) => "struct",
        };
        let _ = writeln!(out, "{kind} {}", record.name);
        for field in &record.fields {
            let _ = writeln!(out, "  {}: {:?}", field.name, field.ty);
        }
    }
    for skipped in &header.skipped {
        let how = if skipped.passes_through { "passes through" } else { "skipped" };
        let _ = writeln!(out, "{how} {}: {}", skipped.name, skipped.reason);
    }
    out
}

/// Pointers inside types.
pub fn facts(facts: &Facts) -> String {
    let mut out = String::new();
    for (name, fact) in facts {
        match fact {
            PointeeFacts::Flat => {
                let _ = writeln!(out, "{name}: flat");
            }
            PointeeFacts::Unknown => {
                let _ = writeln!(out, "{name}: unknown");
            }
            PointeeFacts::Fields(slots) => {
                let _ = writeln!(out, "{name}:");
                for slot in slots {
                    let index = slot.index.map(|index| format!("[{index}]")).unwrap_or_default();
                    let _ = writeln!(out, "  {}{index} -> {:?}", slot.path.join("."), slot.pointee);
                }
            }
        }
    }
    out
}

/// One fact: what, from whom, in which words.
fn line<T>(out: &mut String, axis: &str, fact: &Option<Fact<T>>, spell: impl Fn(&T) -> String) {
    if let Some(fact) = fact {
        let _ = writeln!(out, "    {axis}: {} [{}: {}]", spell(&fact.value), fact.source, fact.reason);
    }
}

/// What each pointer means, who says so, and in which words.
pub fn contracts(header: &Header, contracts: &Contracts) -> String {
    let mut out = String::new();
    for (function, contract) in header.functions.iter().zip(&contracts.functions) {
        let _ = writeln!(out, "{}", function.name);
        line(&mut out, "errno", &contract.errno, |errno| {
            match errno {
                Errno::Value => "-1, else the result",
                Errno::Void => "-1, else nothing",
                Errno::Null => "null",
            }
            .into()
        });
        line(&mut out, "may_alias", &contract.may_alias, |()| "yes".into());
        line(&mut out, "beyond", &contract.beyond, Clone::clone);
        for fact in &contract.returns {
            let _ = writeln!(out, "    returns: {} [{}]", fact.value, fact.source);
        }
        line(&mut out, "success", &contract.success, ToString::to_string);
        line(&mut out, "nested", &contract.policy.nested, ToString::to_string);
        line(&mut out, "guarded", &contract.policy.guarded, ToString::to_string);
        line(&mut out, "unchecked", &contract.policy.unchecked, Clone::clone);
        line(&mut out, "calls_back", &contract.policy.calls_back, ToString::to_string);
        for note in &contract.overruled {
            let _ = writeln!(out, "    overruled: {note}");
        }
        for (param, facts) in function.params.iter().zip(&contract.params) {
            let is_told = facts.callback.is_some() || facts.extent.is_some() || facts.pointer.is_some();
            if header.resolve(&param.ty).as_pointer().is_none() && !is_told {
                continue;
            }
            let _ = writeln!(out, "  {}", facts.name);
            axes(&mut out, facts);
        }
    }
    for record in contracts.records.iter().filter(|record| header.record(&record.name).is_some()) {
        if !record.fields.is_empty() {
            let _ = writeln!(out, "members of {}", record.name);
        }
        for (name, facts) in &record.fields {
            let _ = writeln!(out, "  {name}");
            axes(&mut out, facts);
        }
    }
    out
}

/// The axes of one parameter or field.
fn axes(out: &mut String, facts: &ParamContract) {
    line(out, "direction", &facts.direction, |value| direction(*value).into());
    line(out, "nullability", &facts.nullability, |value| {
        match value {
            Nullability::Nonnull => "nonnull",
            Nullability::Nullable => "nullable",
        }
        .into()
    });
    line(out, "extent", &facts.extent, ToString::to_string);
    line(out, "filled", &facts.filled, |value| match value {
        Filled::Return => "return".into(),
        Filled::Expr(expr) => expr.to_string(),
    });
    line(out, "escape", &facts.escape, ToString::to_string);
    line(out, "flow_through", &facts.flow, |value| match value {
        Flow::Through(innermost) => direction(*innermost).into(),
        Flow::Foreign => "foreign".into(),
        Flow::Ignored => "none".into(),
    });
    line(out, "opaque", &facts.opaque, |()| "yes".into());
    line(out, "pointer", &facts.pointer, |()| "a number that is an address".into());
    line(out, "callback", &facts.callback, ToString::to_string);
    line(out, "pointee", &facts.pointee, ToString::to_string);
}

/// The contracts of a header for a person: one block per function, a line per pointer, the sources behind it.
pub fn audit(header: &Header, records: &Facts, contracts: &Contracts) -> String {
    let mut out = String::new();
    let (mut pointers, mut complete, mut by_value) = (0, 0, 0);
    for (function, contract) in header.functions.iter().zip(&contracts.functions) {
        let errno = if contract.errno.is_some() { ", errno" } else { "" };
        let policy: Vec<String> = contract.policy.words().iter().map(|word| format!(", {word}")).collect();
        let _ = writeln!(out, "{}{errno}{}", function.name, policy.concat());
        for (param, facts) in function.params.iter().zip(&contract.params) {
            let shape = header.resolve(&param.ty);
            if !matches!(shape, Ty::Pointer(_) | Ty::FnPointer) && facts.pointer.is_none() {
                let inside = analyze::by_value(header, &param.ty, records);
                if !inside.is_empty() {
                    by_value += 1;
                    let _ = writeln!(out, "  {}: by value; not looked at inside: {}", facts.name, inside.join(", "));
                }
                continue;
            }
            let missing = missing(facts, shape);
            // What passes through has no wrapper, and is counted as skipped.
            pointers += usize::from(!function.is_variadic);
            complete += usize::from(!function.is_variadic && missing.is_empty());
            let mut words: Vec<String> = Vec::new();
            let mut sources: Vec<String> = Vec::new();
            fn add<T>(
                words: &mut Vec<String>,
                sources: &mut Vec<String>,
                fact: &Option<Fact<T>>,
                spell: impl Fn(&T) -> String,
            ) {
                if let Some(fact) = fact {
                    words.push(spell(&fact.value));
                    sources.push(fact.source.to_string());
                }
            }
            add(&mut words, &mut sources, &facts.opaque, |()| "opaque".into());
            add(&mut words, &mut sources, &facts.pointer, |()| "pointer".into());
            add(&mut words, &mut sources, &facts.direction, |value| direction(*value).into());
            add(&mut words, &mut sources, &facts.nullability, |value| format!("{value:?}").to_lowercase());
            add(&mut words, &mut sources, &facts.extent, ToString::to_string);
            add(&mut words, &mut sources, &facts.flow, |value| match value {
                Flow::Through(innermost) => format!("flow_through({})", direction(*innermost)),
                Flow::Foreign => "flow_through(foreign)".into(),
                Flow::Ignored => "flow_through(none)".into(),
            });
            add(&mut words, &mut sources, &facts.callback, |_| "callback".into());
            sources.sort();
            sources.dedup();
            let missing =
                if missing.is_empty() { String::new() } else { format!("  <- incomplete: {}", missing.join(", ")) };
            let _ = writeln!(out, "  {}: {} [{}]{missing}", facts.name, words.join(", "), sources.join(", "));
        }
        for note in &contract.overruled {
            let _ = writeln!(out, "  note: {note}");
        }
    }
    for skipped in &header.skipped {
        let how = if skipped.passes_through { "passes through" } else { "skipped" };
        let _ = writeln!(out, "{} {how}: {}", skipped.name, skipped.reason);
    }
    let unchecked = contracts.functions.iter().filter(|contract| contract.policy.unchecked.is_some()).count();
    let forms = header.functions.iter().filter(|function| function.form.is_some()).count();
    let typed = if forms == 0 { String::new() } else { format!(", {forms} typed forms") };
    let unchecked = if unchecked == 0 { String::new() } else { format!(", {unchecked} unchecked") };
    let by_value =
        if by_value == 0 { String::new() } else { format!(", {by_value} structures by value with pointers inside") };
    let _ = writeln!(
        out,
        "{} functions{typed}{unchecked}, {pointers} pointer parameters, {complete} with a complete contract{by_value}",
        header.functions.len() - forms
    );
    out
}

fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::In => "in",
        Direction::Out => "out",
        Direction::InOut => "inout",
    }
}

/// The wrappers.
pub fn plans(plans: &[CallPlan]) -> String {
    let mut out = String::new();
    for plan in plans {
        let _ = writeln!(out, "{}", plan.c_name);
        match &plan.signature {
            Signature::C => {
                let _ = writeln!(out, "  signature: C");
            }
            Signature::Idiomatic { is_safe, arguments, result } => {
                let _ = writeln!(out, "  signature: idiomatic, {}", if *is_safe { "safe" } else { "unsafe" });
                for (param, argument) in plan.params.iter().zip(arguments) {
                    let _ = writeln!(out, "    {}: {argument:?}", param.name);
                }
                let _ = writeln!(out, "    -> {result:?}");
            }
        }
        for param in &plan.params {
            if let Some(pointer) = &param.pointer {
                let _ = writeln!(out, "  {}: {pointer:?}", param.name);
            }
        }
        if plan.nested == Nested::Live {
            let _ = writeln!(out, "  nested: live");
        }
        if let Some(guarded) = plan.guarded {
            let _ = writeln!(out, "  guarded: {guarded}");
        }
        if let Some(form) = &plan.form {
            let _ = writeln!(out, "  calls: {form:?}");
        }
        if !plan.watch.is_empty() {
            let _ = writeln!(out, "  watched: {:?}", plan.watch);
        }
        let _ = writeln!(out, "  steps: {:?}", plan.steps);
    }
    out
}
