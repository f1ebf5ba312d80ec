//! What the rules found at an exported function, in words: there C passes, and Rust gives (PF026 among others).

use super::compiled::{Site, of_bytes};
use super::finding::of_finding;
use super::{Code, Violation};
use crate::check::result::Invalid;
use crate::check::{Finding, Rule};
use crate::desc::ExportDesc;
use crate::path::Path;

/// What the rules found when C called the function, or when it gave its result.
#[cold]
pub(crate) fn of_export(desc: &'static ExportDesc, findings: &[Finding], location: Site) -> Vec<Violation> {
    findings.iter().map(|finding| of_one(desc, finding, location)).collect()
}

fn of_one(desc: &'static ExportDesc, finding: &Finding, location: Site) -> Violation {
    let function = desc.function.name;
    let base = of_finding(&desc.function, finding, location);
    let is_given = finding.path.param_index() == Path::RESULT.param_index();
    let path = match &desc.gives {
        Some(result) if is_given => finding.path.spell_in("the result", Some(result)),
        _ => base.path.clone().unwrap_or_default(),
    };
    let said =
        if is_given { of_result(desc, &finding.rule, &path) } else { of_argument(function, &finding.rule, &path) };
    let (code, message, help) = match said {
        Some((code, what, help)) => (code, format!("`{function}`: {what}"), help),
        None => (base.code, base.message, base.help),
    };
    let mut notes = base.notes;
    notes.push(format!("C called `{function}`, which stands at the place above"));
    Violation { code, message, help, path: Some(path), access: None, notes, ..base }
}

/// What C has passed; nothing where it is said as of a call.
fn of_argument(function: &str, rule: &Rule, path: &str) -> Option<(Code, String, String)> {
    Some(match rule {
        Rule::Freed => (
            Code::Pf002,
            format!("C has passed `{path}`, which points into a freed block of Rust's"),
            format!(
                "take it from C before its owner goes, or keep the owner for as long as C may pass it to `{function}`"
            ),
        ),
        Rule::DeadStack => (
            Code::Pf002,
            format!("C has passed `{path}`, which points into a stack frame that has returned"),
            "look at where C has it from: the memory must live until the call is over".into(),
        ),
        Rule::Null => (
            Code::Pf005,
            format!("C has passed null as `{path}`"),
            format!(
                "pass a valid pointer, or a length of 0; if null is legal here, say `#[nullable] {path}` and look for it"
            ),
        ),
        Rule::Unterminated { bytes } => (
            Code::Pf004,
            format!("`{path}` has no terminating zero in the {bytes} bytes up to the end of its block"),
            format!("end what C passes as `{path}` with a zero, or take a length beside it: `#[counted_by(…)]`"),
        ),
        Rule::Overfilled { filled } => (
            Code::Pf023,
            format!("it says that it has filled {} of `{path}`, which is shorter", of_bytes(*filled)),
            format!("give C no larger number than `{path}` has room for"),
        ),
        _ => return None,
    })
}

/// What the function gives to C.
fn of_result(desc: &'static ExportDesc, rule: &Rule, path: &str) -> Option<(Code, String, String)> {
    // The result itself is no name in the program; a part of it is one.
    let spelt = if path == "the result" { path.to_owned() } else { format!("`{path}`") };
    Some(match rule {
        Rule::UnpinnedNested => (
            Code::Pf026,
            format!("{spelt} points to Rust memory that is not pinned, and goes to C"),
            "pin it for as long as C may use it: give what `pinner.pin(owner)` of a `pinned_ffi::Pinner` gives; or say who keeps \
             it: `#[returns(owned, free = f)]` where C gives it back, `#[returns(borrowed = p)]`, `#[returns(static)]`"
                .into(),
        ),
        Rule::Freed => (
            Code::Pf002,
            format!("{spelt} points into a freed block, and goes to C"),
            "keep the owner beyond the function: a value that is dropped at its end takes its memory along; \
             `Box::into_raw` and `CString::into_raw` give it to C"
                .into(),
        ),
        Rule::DeadStack => (
            Code::Pf002,
            format!("{spelt} points into the function's own stack frame, and goes to C"),
            "put the value on the heap or into a static, or write it where C says".into(),
        ),
        Rule::Invalid(Invalid::Null) => (
            Code::Pf025,
            "it gives C null, and its contract says that it never does".into(),
            "give a valid pointer, or say `nullable` in its `returns(…)`, so that C looks for it".into(),
        ),
        Rule::Invalid(Invalid::Misaligned(align)) => (
            Code::Pf025,
            format!("it gives C an address that is no multiple of {align}, which its type demands"),
            "give an address of that type's own, or declare what it really is".into(),
        ),
        Rule::Invalid(Invalid::Elsewhere(from)) => {
            let from = desc.function.params.get(*from).map_or("?", |param| param.name);
            (
                Code::Pf025,
                format!("it gives C an address outside the memory of `{from}`, from which it is borrowed"),
                "say where else it may point, in its `returns(…)`: C uses it for as long as that".into(),
            )
        }
        _ => return None,
    })
}

/// C has passed a number that is no value of the enumeration.
#[cold]
pub(crate) fn of_stranger(
    function: &'static str,
    parameter: &'static str,
    ty: &'static str,
    number: i128,
    location: Site,
) -> Violation {
    Violation {
        function: Some(function),
        parameter: Some(parameter),
        called_at: Some(location),
        notes: vec![format!("C called `{function}`, which stands at the place above")],
        ..Violation::new(
            Code::Pf025,
            format!("`{function}`: C has passed {number} as `{parameter}`, which is no `{ty}`"),
            format!(
                "pass one of the numbers of `{ty}`; take an integer where C may pass others, and look at it in Rust"
            ),
        )
    }
}
