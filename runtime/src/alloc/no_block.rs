//! Whether an address that is freed can be a block at all: of what nobody knows as one.

use super::c_blocks::{self, CBlock};
use super::pending::{self, Kind, NoBlock};
use super::{fill, stack_here};
use crate::check::memory::{self, Place};

/// How far in front of an address the block is looked for in whose middle it may be: fields of a structure, parts of a text. A look
/// takes some nanoseconds for each possible start.
const BEFORE: usize = 4096;

/// Whether no allocator can have given this address, which is recorded; false where that is not certain. The block that starts
/// there, if there is one, is not known: C may have had it before its calls passed by, or with the rules off.
#[cold]
pub(super) fn is_certain(addr: usize) -> bool {
    let Some((kind, block)) = judge(addr) else { return false };
    match block {
        Some(block) => pending::record_of_c(Kind::NoBlock(kind), block, stack_here()),
        None => pending::record(Kind::NoBlock(kind), addr, 0, stack_here()),
    }
    true
}

fn judge(addr: usize) -> Option<(NoBlock, Option<CBlock>)> {
    if addr == fill::POISON_WORD {
        return Some((NoBlock::Poison, None));
    }
    if let Some(block) = c_blocks::near(addr, BEFORE) {
        return Some((NoBlock::Part(addr - block.start), Some(block)));
    }
    if !addr.is_multiple_of(c_blocks::ALIGN) {
        return Some((NoBlock::Misaligned, None));
    }
    // Another thread's stack may be memory of malloc's, and what lies below the frames may be a coroutine's.
    matches!(memory::locate_readable(addr), Place::Stack { .. }).then_some((NoBlock::Stack, None))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_a_block_and_what_can() {
        let local = [0_u128; 4];
        let local = core::hint::black_box(&local).as_ptr().addr();
        assert_eq!(judge(local), Some((NoBlock::Stack, None)));
        assert_eq!(judge(local + 4), Some((NoBlock::Misaligned, None)));
        assert_eq!(judge(fill::POISON_WORD), Some((NoBlock::Poison, None)));
        // Addresses that nobody has: nothing is read.
        let start = 0x20_0000_0000;
        let block = CBlock::new(start, 8000, 0);
        c_blocks::insert(block);
        assert_eq!(judge(start + 13), Some((NoBlock::Part(13), Some(block))));
        assert_eq!(judge(start + 4096), Some((NoBlock::Part(4096), Some(block))));
        assert_eq!(judge(start + 4112), None, "too far to be looked for");
        assert_eq!((judge(start - 16), judge(start + 8000)), (None, None));
        c_blocks::take(start);
        assert_eq!(judge(start + 16), None, "nothing is known of it");
    }
}
