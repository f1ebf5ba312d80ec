//! Where what is known does not fit what was seen.

use super::line::{Given, Pointer};
use super::propose::is_weak;
use crate::audit::{ParamReport, ResultReport};

/// What is known of a parameter and was seen to be otherwise.
pub(super) fn of_pointer(seen: &Pointer, known: &ParamReport) -> Vec<String> {
    let mut wrong = Vec::new();
    // Inside a handle everything is C's own.
    if known.opaque || known.callback.is_some() {
        return wrong;
    }
    let mut add = |axis: &str, said: String, seen: String| {
        let source = known.sources.get(axis).map_or("default", String::as_str);
        let guess = if is_weak(source) && source != "default" { ", a guess" } else { "" };
        wrong.push(format!("{said} [{source}{guess}]: {seen}"));
    };
    if known.direction == "in" && seen.changed > 0 {
        add("direction", "in".into(), format!("changed in {} of {} calls", seen.changed, seen.compared));
    }
    if known.nullable == Some(false) && seen.null > 0 {
        add("nullable", "nonnull".into(), format!("null in {} of {} calls", seen.null, seen.calls));
    }
    if let ("count" | "bytes", Some(by)) = (known.extent.kind, &known.extent.by) {
        let is_named = |of: &str| of.trim_start_matches('*') == by.trim_start_matches('*');
        let in_bytes = known.extent.kind == "bytes" && seen.size > 1;
        let said = format!("{} by {by}", if known.extent.kind == "count" { "counted" } else { "sized" });
        for length in seen.lengths.iter().filter(|length| is_named(&length.of) && length.in_bytes == in_bytes) {
            if length.over > 0 {
                let more = format!("more than the memory in {} of {} calls", length.over, length.calls);
                add("extent", said.clone(), more);
            }
            if length.short > 0 {
                add("extent", said.clone(), format!("C wrote more in {} of {} calls", length.short, length.calls));
            }
        }
    }
    if known.extent.kind == "one" && known.extent.level == 0 && seen.beyond_first > 0 && seen.size > 1 {
        add("extent", "one".into(), format!("C wrote more in {} of {} calls", seen.beyond_first, seen.changed));
    }
    let kept = seen.kept_static;
    if known.escape == "call" && kept > 0 {
        let seen = format!("C had a pointer to it after {kept} of {} searched calls", seen.searched);
        add("escape", "noescape".into(), seen);
    }
    wrong
}

/// What is known of a result and was seen to be otherwise.
pub(super) fn of_result(seen: &Given, known: &ResultReport) -> Vec<String> {
    let mut wrong = Vec::new();
    let source = known.sources.first().map_or("default", String::as_str);
    let mut add = |said: String, seen: String| wrong.push(format!("{said} [{source}]: {seen}"));
    let given = seen.calls - seen.null.min(seen.calls);
    if known.nullable == Some(false) && seen.null > 0 {
        add("nonnull".into(), format!("null in {} of {} calls", seen.null, seen.calls));
    }
    if let ("borrowed", Some(from)) = (known.origin, &known.borrowed) {
        // Of C's own memory nobody knows how far it reaches, so only a result that is surely elsewhere counts.
        let other: u64 = seen.into.iter().filter(|(name, _)| *name != from).map(|(_, count)| *count).sum();
        let surely = other.saturating_add(seen.constant);
        if surely > 0 && !seen.into.contains_key(from) {
            add(format!("borrowed = {from}"), format!("elsewhere in {surely} of {given} calls"));
        }
    }
    if let ("owned", Some(free)) = (known.origin, &known.free) {
        for other in seen.freed.iter().filter(|other| other.function != *free) {
            let gone = format!("gone after `{}` got it in {} of {given} calls", other.function, other.count);
            add(format!("owned, free = {free}"), gone);
        }
        if seen.constant > 0 {
            add(format!("owned, free = {free}"), format!("a constant in {} of {given} calls", seen.constant));
        }
    }
    wrong
}
