//! The documentation of a wrapper: its contract as a table, and the duties of whoever calls it.

use super::idiomatic::spell_given;
use crate::contract::axes::enforced;
use crate::contract::{
    Direction, Errno, Escape, Extent, Fact, Flow, FnContract, Keeping, Nullability, Origin, ParamContract, Source,
};
use crate::given;
use crate::model::{Function, Header, Ty};
use crate::plan::{Argument, Failure, GivenOrigin, ResultValue, Signature};

/// The contract in words, one line each.
pub(super) fn of(header: &Header, function: &Function, contract: &FnContract, signature: &Signature) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(why) = &contract.policy.unchecked {
        lines.extend([format!("Calls are not checked, in any build: {}.", why.value), String::new()]);
    }
    lines.extend(pointers(header, function, contract, signature));
    lines
}

/// What is known of the pointers, and asked of the caller.
fn pointers(header: &Header, function: &Function, contract: &FnContract, signature: &Signature) -> Vec<String> {
    let mut lines = Vec::new();
    if matches!(signature, Signature::C) && !is_known(contract) {
        // A table of "not known" for thousands of functions helps nobody, and the compiler reads it every time.
        let has_pointer = function.params.iter().any(|param| matches!(header.resolve(&param.ty), Ty::Pointer(_)));
        let said = match has_pointer {
            true => "Nothing is known here of its pointers beyond their types: what the C library demands must hold.",
            false => "Nothing is known here of it beyond its types: what the C library demands must hold.",
        };
        return vec!["# Safety".into(), String::new(), said.into()];
    }
    table(function, contract, &mut lines);
    match signature {
        Signature::C => {
            section(&mut lines, "# Safety");
            lines.extend(duties(function, contract));
        }
        Signature::Idiomatic { is_safe, arguments, result } => {
            let owners = arguments.iter().filter_map(|argument| match argument {
                Argument::OutPointer(given) => Some(given),
                _ => None,
            });
            let of_result = match &result.value {
                ResultValue::Pointer(given) => Some(given),
                _ => None,
            };
            for given in of_result.into_iter().chain(owners) {
                lines.push(String::new());
                lines.push(match given.origin {
                    GivenOrigin::Owned(free) => {
                        let free = &header.functions[free.0].name;
                        format!("Gives {}; dropping it calls `{free}`.", spell_given(given))
                    }
                    GivenOrigin::Borrowed => format!("Gives {}.", spell_given(given)),
                });
            }
            if let Failure::Compared(..) = result.failure
                && let Some(success) = &contract.success
            {
                lines.push(String::new());
                lines.push(format!("Succeeds where `{}`; the error is what C returned.", success.value));
            }
            if arguments.iter().any(|argument| matches!(argument, Argument::Vector { .. })) {
                lines.push(String::new());
                lines.push(
                    "A slice of `IoSlice` or `IoSliceMut` is passed as it is. For other buffers the vector is built on \
                     the stack up to 16 of them, without allocating; beyond that in one heap allocation of 16 bytes per \
                     buffer. The buffers themselves are never copied."
                        .into(),
                );
            }
            if !is_safe {
                section(&mut lines, "# Safety");
                lines.extend(left_duties(header, function, contract, arguments));
            }
        }
    }
    if lines.first().is_some_and(String::is_empty) {
        lines.remove(0);
    }
    lines
}

/// Whether any source but the types says anything that is enforced.
fn is_known(contract: &FnContract) -> bool {
    fn told<T>(fact: &Option<Fact<T>>) -> bool {
        fact.as_ref().is_some_and(|fact| fact.is_enforced() && fact.source != Source::Default)
    }
    contract.params.iter().any(|facts| {
        told(&facts.direction)
            || told(&facts.nullability)
            || told(&facts.extent)
            || told(&facts.escape)
            || told(&facts.flow)
            || told(&facts.opaque)
            || told(&facts.callback)
            || told(&facts.pointee)
    }) || contract.beyond.is_some()
        || result_row(contract).is_some()
}

fn section(lines: &mut Vec<String>, heading: &str) {
    lines.extend([String::new(), heading.into(), String::new()]);
}

fn table(function: &Function, contract: &FnContract, lines: &mut Vec<String>) {
    let is_told = |index: usize| {
        let facts = &contract.params[index];
        matches!(function.params[index].ty, Ty::Pointer(_))
            || facts.pointer.is_some()
            || facts.opaque.is_some()
            || facts.callback.is_some()
    };
    let mut rows: Vec<String> =
        (0..function.params.len()).filter(|index| is_told(*index)).map(|index| row(&contract.params[index])).collect();
    rows.extend(result_row(contract));
    if rows.is_empty() {
        return;
    }
    lines.push("# Contract".into());
    lines.push(String::new());
    lines.push("| parameter | C | null | extent | kept | ownership |".into());
    lines.push("|---|---|---|---|---|---|".into());
    lines.extend(rows);
}

fn result_row(contract: &FnContract) -> Option<String> {
    let value = contract.result(false);
    let failure = match (contract.errno.as_ref().map(|fact| fact.value), &contract.success) {
        (Some(Errno::Value | Errno::Void), _) => ", or -1 and `errno`".into(),
        (Some(Errno::Null), _) => ", or null and `errno`".into(),
        (None, Some(success)) => format!(", success is `{}`", success.value),
        (None, None) => String::new(),
    };
    if value == crate::contract::Value::default() && failure.is_empty() {
        return None;
    }
    let null = match value.nullability {
        Some(Nullability::Nonnull) => "no",
        Some(Nullability::Nullable) => "allowed",
        None => "",
    };
    let extent = value.extent.as_ref().map_or_else(String::new, |extent| format!("`{}`", extent));
    Some(format!("| result | gives{failure} | {null} | {extent} | | {} |", ownership(&value.origins)))
}

fn ownership(origins: &[Origin]) -> String {
    let spell = |origin: &Origin| match origin {
        Origin::Owned { free: Some(free) } => format!("the caller's, released by `{free}`"),
        Origin::Owned { free: None } => "the caller's".into(),
        Origin::Borrowed { from } => format!("belongs to `{from}`"),
        Origin::Static => "lives as long as the process".into(),
        Origin::Until { calls } => format!("valid until `{}`", calls.join("`, `")),
    };
    origins.iter().map(spell).collect::<Vec<_>>().join(", or ")
}

fn row(facts: &ParamContract) -> String {
    let kept = match enforced(&facts.escape) {
        Some(Escape::Call) => "no".into(),
        Some(Escape::Retained(kept)) if kept.until.is_empty() => "forever".into(),
        Some(Escape::Retained(kept)) => format!("until `{}`", kept.ends().join("`, `")),
        Some(Escape::Transfer { .. }) => "C owns it".into(),
        Some(cases) => cases.to_string(),
        None if facts.opaque.is_some() => String::new(),
        None => "not known".into(),
    };
    let owner = enforced(&facts.pointee).map_or_else(String::new, |value| ownership(&value.origins));
    if facts.opaque.is_some() {
        return format!("| `{}` | C's own memory | | | {kept} | {owner} |", facts.name);
    }
    if let Some(callback) = enforced(&facts.callback) {
        return format!("| `{}` | calls it back: `{callback}` | | | | |", facts.name);
    }
    let c = match enforced(&facts.direction) {
        Some(Direction::In) => "reads",
        Some(Direction::Out) => "writes",
        Some(Direction::InOut) => "reads and writes",
        None => "not known",
    };
    let c = match enforced(&facts.flow) {
        Some(Flow::Through(Direction::In)) => format!("{c}; reads what the pointers inside point to"),
        Some(Flow::Through(_)) => format!("{c}; writes what the pointers inside point to"),
        Some(Flow::Foreign) => format!("{c}; addresses of another process inside"),
        Some(Flow::Ignored) => format!("{c}; not what the pointers inside point to"),
        None => c.to_owned(),
    };
    let null = match enforced(&facts.nullability) {
        Some(Nullability::Nonnull) => "no",
        Some(Nullability::Nullable) => "allowed",
        None => "not known",
    };
    let extent = enforced(&facts.extent).map_or_else(|| "not known".into(), |extent| format!("`{}`", extent));
    format!("| `{}` | {c} | {null} | {extent} | {kept} | {owner} |", facts.name)
}

/// What the caller of a wrapper with C's signature must see to.
fn duties(function: &Function, contract: &FnContract) -> Vec<String> {
    let mut list = Vec::new();
    for (param, facts) in function.params.iter().zip(&contract.params) {
        match &param.ty {
            Ty::Pointer(_) => list.push(duty(facts)),
            Ty::FnPointer => list.push(function_duty(facts)),
            _ if facts.opaque.is_some() => list.push(duty(facts)),
            _ => {}
        }
    }
    let writes = contract.params.iter().any(|facts| {
        facts.opaque.is_none() && matches!(enforced(&facts.direction), Some(Direction::Out | Direction::InOut))
    });
    let pointers = function.params.iter().zip(&contract.params);
    let pointers = pointers.filter(|(param, facts)| param.ty.as_pointer().is_some() && facts.opaque.is_none()).count();
    if pointers > 1 && writes && contract.may_alias.is_none() {
        list.push("- What C writes must not overlap with what another argument points to.".into());
    }
    list.extend(left(contract));
    if list.is_empty() {
        list.push("Nothing is known to be asked of the caller, and nobody vouches that this is all.".into());
    }
    list
}

fn duty(facts: &ParamContract) -> String {
    let name = &facts.name;
    let keeping = Keeping::of(facts, None);
    let span = match &keeping {
        Keeping::Until { kept, .. } if kept.until.is_empty() => "for ever".into(),
        Keeping::Until { kept, on_success } => {
            let after = if *on_success { "for the whole call, and where it succeeds " } else { "" };
            match kept.ends().as_slice() {
                [end] => format!("{after}until `{end}` is called"),
                ends => format!("{after}until one of `{}` is called", ends.join("`, `")),
            }
        }
        _ => "for the whole call".to_owned(),
    };
    let after = match &keeping {
        Keeping::Taken { free: Some(free), .. } => format!(" C takes it over and releases it with `{free}`."),
        Keeping::Taken { free: None, .. } => " C takes it over.".into(),
        Keeping::Depends(_) => " How long C keeps it depends; the table says on what.".into(),
        Keeping::Unknown if facts.opaque.is_none() => " Whether C keeps it is not known.".into(),
        _ => String::new(),
    };
    let null = match enforced(&facts.nullability) {
        Some(Nullability::Nullable) => ", or null",
        _ => "",
    };
    if facts.opaque.is_some() {
        return format!("- `{name}` must be C's own, as C expects it there, alive {span}{null}.{after}");
    }
    let access = match enforced(&facts.direction) {
        Some(Direction::In) => "reads",
        Some(Direction::Out) => "writes",
        Some(Direction::InOut) | None => "reads and writes",
    };
    let what = match enforced(&facts.extent) {
        None => format!("valid for the {access} that C makes"),
        Some(Extent::One) => format!("valid for {access} of one object"),
        Some(Extent::Count(expr)) => format!("valid for {access} of `{expr}` elements"),
        Some(Extent::Bytes(expr)) => format!("valid for {access} of `{expr}` bytes"),
        Some(Extent::NullTerminated) => format!("valid for {access} up to and with a terminating zero"),
    };
    let inside = match enforced(&facts.flow) {
        Some(Flow::Through(Direction::In)) => " So must the pointers inside, for reads.",
        Some(Flow::Through(_)) => " So must the pointers inside, for writes.",
        Some(Flow::Foreign | Flow::Ignored) | None => "",
    };
    format!("- `{name}` must be {what} {span}{null}.{inside}{after}")
}

fn function_duty(facts: &ParamContract) -> String {
    let what = if facts.is_opaque() {
        "may be any function: C does not call it"
    } else {
        "must be a function that C may call"
    };
    format!("- `{}` {what}.", facts.name)
}

/// What an idiomatic signature leaves to the caller.
fn left_duties(header: &Header, function: &Function, contract: &FnContract, arguments: &[Argument]) -> Vec<String> {
    let mut list = Vec::new();
    for (index, facts) in contract.params.iter().enumerate() {
        match (&function.params[index].ty, &arguments[index]) {
            (_, Argument::Callback(_) | Argument::Userdata { .. } | Argument::Destroy(_)) => {}
            (Ty::FnPointer, _) => list.push(function_duty(facts)),
            (_, Argument::Keep) if facts.opaque.is_some() => list.push(duty(facts)),
            (_, Argument::Handle { .. }) if given::is_handle(header, function, contract, index) => {
                list.push(format!("- `{}` must be a handle that C expects there.", facts.name));
            }
            _ => {}
        }
    }
    for origin in contract.result(false).origins {
        if let Origin::Until { calls } = origin {
            list.push(format!("- The result must not be used any more once `{}` is called.", calls.join("` or `")));
        }
    }
    list.extend(left(contract));
    if list.is_empty() {
        list.push("The contract above must be true of the C function: the types vouch for the rest.".into());
    }
    list
}

fn left(contract: &FnContract) -> Option<String> {
    contract.beyond.as_ref().map(|beyond| format!("- Beyond pointers: {}.", beyond.value))
}
