//! Pointers that were about to be stored into C's memory, in words (PF027, and PF002 where the block is freed).

use super::compiled::{notes, of_block};
use super::{Code, Violation};
use crate::addr::Addr;
use crate::alloc::map::MAP;
use crate::check::memory::Place;
use crate::check::{Finding, Rule, Walked};
use crate::desc::PointerDesc;
use crate::pin::tables;
use core::panic::Location;

/// What a walk over `name`, one `element` or several, has found.
#[cold]
pub(crate) fn of_stored(
    name: &'static str,
    element: &PointerDesc,
    walked: Walked,
    called_at: &'static Location<'static>,
) -> Vec<Violation> {
    let mut violations: Vec<Violation> =
        walked.findings.iter().map(|finding| of_finding(name, element, finding, called_at)).collect();
    if let (Some(last), Some(note)) = (violations.last_mut(), walked.cuts.note()) {
        last.notes.push(note);
    }
    violations
}

fn of_finding(
    name: &str,
    element: &PointerDesc,
    finding: &Finding,
    called_at: &'static Location<'static>,
) -> Violation {
    let path = finding.path.spell_in(name, Some(element));
    let block = match finding.place {
        Place::Heap(block) => Some(of_block(block.start(), block.is_freed(), MAP.extent(&block))),
        Place::Stack { .. } | Place::DeadStack | Place::Unknown => None,
    };
    let (code, message, help) = if finding.rule == Rule::Freed {
        (
            Code::Pf002,
            format!("`{path}` points into a freed block, and is to be stored where C finds it"),
            format!("store null, or keep the owner of `{path}` alive and pinned for as long as C may follow it"),
        )
    } else {
        (
            Code::Pf027,
            format!("`{path}` points to Rust memory that is not pinned, and is to be stored where C finds it"),
            "pin it for as long as C may follow it: store what `pinner.pin(owner)` of a `pinned_ffi::Pinner` gives; \
             `pinner.store` takes it out again when the pin ends"
                .to_owned(),
        )
    };
    Violation {
        path: Some(path),
        address: Some(Addr(finding.addr)),
        pinned_at: block.as_ref().and_then(|block| tables::first_site(block.extent.start.0)),
        notes: notes(block.as_ref()),
        block,
        called_at: Some(called_at),
        ..Violation::new(code, message, help)
    }
}
