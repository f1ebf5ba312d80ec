//! What the rules found at a call, in words.

use super::compiled::{Site, notes, of_block, of_bytes, place_of};
use super::{Code, Violation};
use crate::addr::Addr;
use crate::alloc::map::MAP;
use crate::check::memory::Place;
use crate::check::result::Invalid;
use crate::check::{Finding, Rule};
use crate::desc::{Direction, FnDesc};
use crate::pin::tables;

/// What the rules found at a call.
#[cold]
pub(crate) fn of_call(desc: &'static FnDesc, findings: &[Finding], location: Site) -> Vec<Violation> {
    findings.iter().map(|finding| of_finding(desc, finding, location)).collect()
}

pub(super) fn of_finding(desc: &'static FnDesc, finding: &Finding, location: Site) -> Violation {
    let path = finding.path.spell(desc);
    let parameter = desc.params.get(finding.path.param_index()).map(|param| param.name);
    let param = parameter.unwrap_or("?");
    let function = desc.name;
    let block = match finding.place {
        Place::Heap(block) => Some(of_block(block.start(), block.is_freed(), MAP.extent(&block))),
        Place::Stack { .. } | Place::DeadStack | Place::Unknown => None,
    };
    let nested = parameter.is_some() && path != param;
    let declared = finding.bytes;
    let (code, what, help) = match finding.rule {
        Rule::UnpinnedNested => (
            Code::Pf001,
            format!("`{param}` holds a pointer to Rust memory that is not pinned, `{path}`"),
            format!(
                "pin it for as long as C uses it: `pinner.pin(owner)` on a `pinned_ffi::Pinner`; or, if C follows \
                 it only during the call, mark the parameter `#[flow_through] {param}`"
            ),
        ),
        Rule::Freed => (
            Code::Pf002,
            format!("`{path}` points into a freed block"),
            if nested {
                format!("keep the owner of `{path}` alive until `{function}` returns, or take it out of `{param}`")
            } else {
                format!("keep the owner of `{path}` alive until `{function}` returns")
            },
        ),
        Rule::DeadStack => (
            Code::Pf002,
            format!("`{path}` points into a stack frame that has returned"),
            format!("keep the value that `{path}` points to in a variable of the caller, or on the heap"),
        ),
        Rule::PastEnd => (
            Code::Pf003,
            format!("`{path}` is declared longer than the memory behind it"),
            format!("pass the length that `{path}` really has, or make the buffer that long"),
        ),
        Rule::Overflow => (
            Code::Pf003,
            format!("the declared length of `{path}` does not fit in memory"),
            format!("check the length arguments of `{function}`: their product or sum overflows"),
        ),
        Rule::Unterminated { bytes } => (
            Code::Pf004,
            format!("`{path}` has no terminating zero in the {bytes} bytes up to the end of its block"),
            format!("end what `{path}` points to with a zero: `CString::new(…)`, or `c\"…\"` for a literal"),
        ),
        Rule::Null => (
            Code::Pf005,
            format!("`{path}` is null, and C dereferences it"),
            format!("pass a valid pointer, or a length of 0; if null is legal here, mark it `#[nullable] {param}`"),
        ),
        Rule::Misaligned { align } => (
            Code::Pf006,
            format!("`{path}` is not aligned to {align} bytes as its C type demands"),
            format!(
                "allocate it as its own type instead of casting a byte buffer: addresses must be multiples of {align}"
            ),
        ),
        Rule::Moved { from, site } => (
            Code::Pf008,
            format!("`{path}` was moved: C knows it at {}, since the call at {site}", Addr(from)),
            format!(
                "put it where it stays before C sees it, in a `Box` or behind `Box::pin(AddressSensitive::new(…))`, and pass \
                 `{path}` from there to every call"
            ),
        ),
        Rule::Overfilled { filled } => (
            Code::Pf023,
            format!("C says that it has filled {} of `{path}`, which is shorter", of_bytes(filled)),
            format!(
                "take no more of it than there is; if `{function}` tells how much there would have been, say \
                 `#[may_exceed] {param}`"
            ),
        ),
        Rule::Unwritten { offset } => (
            Code::Pf024,
            format!("C has not written `{path}` at offset {offset}, which it says it has filled"),
            format!(
                "do not take it as initialised: look at when `{function}` fills less, and say how much in \
                 `#[filled_by(…)] {param}`"
            ),
        ),
        Rule::Invalid(invalid) => {
            let (what, help) = of_result(desc, invalid);
            (Code::Pf025, what, help)
        }
        Rule::NoValue { number, ty, offset } => {
            let (what, help) = of_number(desc, finding, number, ty, offset);
            (Code::Pf025, what, help)
        }
        Rule::Kept { at } => (
            Code::Pf020,
            format!("C has kept `{path}`, which its contract lends for the call only"),
            format!(
                "if C may keep it, say how long: `#[retained(by = …, until = […])] {param}`; else look at {}",
                place_of(at)
            ),
        ),
        Rule::ConstModified { offset } => (
            Code::Pf021,
            format!("C has written `{path}` at offset {offset}, which it promised only to read"),
            format!(
                "if C may write it, say `#[inout] {param}` and pass memory that may be written; else report it to \
                 the library"
            ),
        ),
        Rule::WrittenPastEnd { after } => (
            Code::Pf022,
            format!("C has written behind the end of `{path}`, {} from there", of_bytes(after)),
            format!("pass the length that `{path}` really has, or make it as long as C expects"),
        ),
        Rule::WrittenBeforeStart { before } => (
            Code::Pf022,
            format!("C has written in front of `{path}`, {} from there", of_bytes(before)),
            format!("look at how `{function}` computes where it writes in `{path}`"),
        ),
        Rule::Aliased { other } => {
            let other = other.spell(desc);
            (
                Code::Pf007,
                format!("`{path}` is written and overlaps `{other}`"),
                format!(
                    "give `{path}` and `{other}` memory of their own; if C allows the overlap, mark the function `#[may_alias]`"
                ),
            )
        }
    };
    Violation {
        code,
        function: Some(function),
        parameter,
        path: Some(path),
        message: format!("`{function}`: {what}"),
        address: Some(Addr(finding.addr)),
        access: match finding.direction {
            Direction::In => Some("reads"),
            Direction::Out => Some("writes"),
            Direction::InOut => Some("reads and writes"),
            Direction::Unknown => None,
        },
        declared,
        pinned_at: block.as_ref().and_then(|block| tables::first_site(block.extent.start.0)),
        pins: Vec::new(),
        broken_at: Vec::new(),
        notes: notes(block.as_ref()),
        block,
        called_at: Some(location),
        help,
    }
}

/// A number that C wrote, and that is no value.
fn of_number(desc: &'static FnDesc, finding: &Finding, number: i128, ty: &str, offset: usize) -> (String, String) {
    let path = finding.path.spell(desc);
    let pointer = desc.params.get(finding.path.param_index()).and_then(|param| param.pointer.as_ref());
    match pointer.and_then(|pointer| pointer.number_at(offset)) {
        Some(field) => (
            format!("C has written {number} as a `{ty}` into `{path}{field}`, and there is no such value"),
            format!("give the field the type of a plain number, and look at it before a `{ty}` is made of it"),
        ),
        None => (
            format!("C has written {number} as a `{ty}` into `{path}` at offset {offset}, and there is no such value"),
            format!(
                "pass memory of a plain number for `{path}`, and look at what C wrote before a `{ty}` is made of it"
            ),
        ),
    }
}

/// What is wrong with a result, and what settles it.
fn of_result(desc: &'static FnDesc, invalid: Invalid) -> (String, String) {
    let function = desc.name;
    match invalid {
        Invalid::NoBool(value) => (
            format!("C returned {value} as a `bool`, which is 0 or 1"),
            format!(
                "declare what `{function}` really returns, `c_int` or a byte, and compare it with 0; the wrapper takes all but 0 \
                 for `true`"
            ),
        ),
        Invalid::NoValue(number, ty) => (
            format!("C returned {number} as a `{ty}`, and there is no such value"),
            format!(
                "declare the number that `{function}` really returns, and look at it before a `{ty}` is made of it; or add what \
                 is missing to `{ty}`"
            ),
        ),
        Invalid::NoUtf8(offset) => (
            format!("C returned a text that is no UTF-8 at offset {offset}, and its contract says that it is"),
            format!(
                "take it as bytes, or by `CStr::to_string_lossy`, and leave `utf8` out of the `returns(…)` of `{function}`"
            ),
        ),
        Invalid::Null => (
            "C returned null, and its contract says that it never does".into(),
            format!("look at when `{function}` fails, and say `nullable` in its `returns(…)`"),
        ),
        Invalid::Misaligned(align) => (
            format!("C returned an address that is no multiple of {align}, which its type demands"),
            format!("read it byte by byte (`ptr::read_unaligned`), or declare what `{function}` really returns"),
        ),
        Invalid::Elsewhere(from) => {
            let from = desc.params.get(from).map_or("?", |param| param.name);
            (
                format!("C returned an address outside the memory of `{from}`, from which it is borrowed"),
                format!("say where else it may point, in `returns(…)` of `{function}`: it lives as long as that"),
            )
        }
    }
}
