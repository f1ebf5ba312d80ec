//! Blocks that nobody can free any more, in words (PF045).

use super::compiled::{notes, of_bytes, stack};
use super::{Block, Code, Violation};
use crate::alloc::unreachable::LostBlock;
use crate::pin::search::SearchError;
use std::collections::BTreeMap;

/// The blocks that nothing leads to: one violation for all that were allocated at the same place.
#[cold]
pub(crate) fn of_unreachable(lost: &[LostBlock]) -> Vec<Violation> {
    let mut alike: BTreeMap<(bool, u32), Vec<&LostBlock>> = BTreeMap::new();
    for block in lost {
        alike.entry((block.is_cs, block.stack)).or_default().push(block);
    }
    alike.into_values().filter_map(|blocks| of_alike(&blocks)).collect()
}

fn of_alike(blocks: &[&LostBlock]) -> Option<Violation> {
    let first = blocks.first()?;
    let total = of_bytes(blocks.iter().map(|block| block.extent.bytes).sum());
    let whose = if first.is_cs { "of C's" } else { "that C was lent" };
    let what = match blocks.len() {
        1 => format!("a block {whose} was never freed, and nothing leads to it any more: {total}"),
        count => format!("{count} blocks {whose} were never freed, and nothing leads to them any more: {total}"),
    };
    let help = if first.is_cs {
        "free it with the function of the library that gave it; what is to stay for good, keep in a static"
    } else {
        "take it back with the function that made it a pointer, `from_raw` for `into_raw`; what is to stay for good, keep in a static"
    };
    let block = Block { extent: first.extent, freed: false, allocated_at: stack(first.stack), freed_at: Vec::new() };
    let notes = notes(Some(&block));
    Some(Violation { block: Some(block), notes, ..Violation::new(Code::Pf045, what, help.into()) })
}

/// Why nothing is said of lost blocks.
#[cold]
pub(crate) fn unreached(error: SearchError) -> String {
    format!("pinned-ffi: whether blocks are lost (PF045) was not found out: {error}")
}
