//! What was learnt as lines of JSON: the names of their fields, and the file that they are added to.
//!
//! A line is one function's counts since this process wrote the line before; whoever reads adds them up. All lines of one
//! time are added in one write, so processes that share the file do not mix theirs.

use super::evidence::{Distinct, Evidence, Given, Length, Pointer, Source};
use crate::mode;
use crate::report;
use crate::report::json::quote;
use crate::sync::first;
use crate::sys::appended::Appended;
use core::fmt::{self, Write};
use core::sync::atomic::{AtomicBool, Ordering};
use std::sync::OnceLock;
use std::time::SystemTime;

/// Tells one run of a program from all others.
pub(super) fn name_of_run(process: u32) -> String {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    format!("{process}-{:x}", since.as_nanos())
}

/// Adds lines to the file that `PINNED_FFI_LEARN` names; the first error is told.
pub(super) fn append(text: &str) {
    static FILE: OnceLock<Option<Appended>> = OnceLock::new();
    static IS_TOLD: AtomicBool = AtomicBool::new(false);
    let Some(path) = mode::learn_path() else { return };
    let file = first(&FILE, || Appended::at(path));
    let error = match file.as_ref().map(|file| file.append(text.as_bytes())) {
        Some(Ok(())) => return,
        Some(Err(error)) => error.to_string(),
        None => "no file can have that name".to_owned(),
    };
    if !IS_TOLD.swap(true, Ordering::Relaxed) {
        report::say(&format!("pinned-ffi: cannot write {} for PINNED_FFI_LEARN: {error}", path.display()));
    }
}

/// Adds the line of one function.
pub(super) fn add(out: &mut String, run: &str, evidence: &Evidence) {
    // Writing to a String cannot fail.
    let _ = line(out, run, evidence);
}

fn line(out: &mut String, run: &str, evidence: &Evidence) -> fmt::Result {
    out.write_str("{\"schema\":1,\"kind\":\"learned\",\"function\":")?;
    quote(out, evidence.desc().name)?;
    out.write_str(",\"run\":")?;
    quote(out, run)?;
    write!(out, ",\"calls\":{},\"params\":[", evidence.calls)?;
    for (index, pointer) in evidence.params.iter().enumerate() {
        out.write_str(if index == 0 { "{\"name\":" } else { ",{\"name\":" })?;
        quote(out, evidence.desc().params[index].name)?;
        if let Some(pointer) = pointer {
            out.write_str(",\"pointer\":")?;
            of_pointer(out, evidence, pointer)?;
        }
        out.write_char('}')?;
    }
    out.write_str("],\"result\":")?;
    of_result(out, evidence, &evidence.given)?;
    out.write_str("}\n")
}

fn of_pointer(out: &mut String, evidence: &Evidence, pointer: &Pointer) -> fmt::Result {
    let counts = [
        ("size", pointer.size as u64),
        ("calls", pointer.calls),
        ("null", pointer.null),
        ("compared", pointer.compared),
        ("changed", pointer.changed),
        ("blank", pointer.blank),
        ("one_block", pointer.one_block),
        ("first_only", pointer.first_only),
        ("beyond_first", pointer.beyond_first),
        ("texts", pointer.texts),
        ("no_texts", pointer.no_texts),
        ("searched", pointer.searched),
        ("searched_heap", pointer.searched_heap),
        ("kept_static", pointer.kept_static),
        ("kept_heap", pointer.kept_heap),
    ];
    out.write_char('{')?;
    for (name, count) in counts {
        write!(out, "\"{name}\":{count},")?;
    }
    distinct(out, "contents", &pointer.contents)?;
    distinct(out, "written", &pointer.written)?;
    lengths(out, "lengths", evidence, &pointer.lengths)?;
    out.write_char(',')?;
    lengths(out, "fills", evidence, &pointer.fills)?;
    if pointer.stored.calls > 0 || !pointer.stored.freed.is_empty() || pointer.stored.again > 0 {
        out.write_str(",\"stored\":")?;
        of_result(out, evidence, &pointer.stored)?;
    }
    out.write_char('}')
}

/// A list of different values, and the comma behind it.
fn distinct(out: &mut String, name: &str, values: &Distinct) -> fmt::Result {
    write!(out, "\"{name}\":{:?},", values.values())
}

fn lengths(out: &mut String, name: &str, evidence: &Evidence, lengths: &[Length]) -> fmt::Result {
    write!(out, "\"{name}\":[")?;
    for (number, length) in lengths.iter().enumerate() {
        out.write_str(if number == 0 { "{\"of\":" } else { ",{\"of\":" })?;
        let name = |index: usize| evidence.desc().params[index].name;
        let of = match length.source {
            Source::Value(index) => name(index).to_owned(),
            Source::Before(index) | Source::After(index) => format!("*{}", name(index)),
            Source::Result => "return".to_owned(),
        };
        quote(out, &of)?;
        let Length { in_bytes, calls, exact, over, tight, short, as_text, .. } = length;
        write!(out, ",\"in_bytes\":{in_bytes},\"calls\":{calls},\"exact\":{exact},\"over\":{over},\"tight\":{tight},")?;
        write!(out, "\"short\":{short},\"as_text\":{as_text},\"values\":{:?}}}", length.values.values())?;
    }
    out.write_char(']')
}

fn of_result(out: &mut String, evidence: &Evidence, given: &Given) -> fmt::Result {
    let counts = [
        ("calls", given.calls),
        ("null", given.null),
        ("constant", given.constant),
        ("static", given.in_static),
        ("block", given.block),
        ("elsewhere", given.elsewhere),
        ("again", given.again),
    ];
    out.write_char('{')?;
    for (name, count) in counts {
        write!(out, "\"{name}\":{count},")?;
    }
    distinct(out, "values", &given.values)?;
    out.write_str("\"into\":{")?;
    let into = evidence.desc().params.iter().zip(&given.into).filter(|(_, count)| **count > 0);
    for (number, (param, count)) in into.enumerate() {
        out.write_str(if number == 0 { "" } else { "," })?;
        quote(out, param.name)?;
        write!(out, ":{count}")?;
    }
    out.write_char('}')?;
    for (name, list) in [("freed", &given.freed), ("last", &given.last)] {
        write!(out, ",\"{name}\":[")?;
        for (number, (function, parameter, count)) in list.iter().enumerate() {
            out.write_str(if number == 0 { "{\"function\":" } else { ",{\"function\":" })?;
            quote(out, *function)?;
            out.write_str(",\"parameter\":")?;
            quote(out, *parameter)?;
            write!(out, ",\"count\":{count}}}")?;
        }
        out.write_char(']')?;
    }
    out.write_char('}')
}
