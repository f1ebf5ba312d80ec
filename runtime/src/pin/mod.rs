//! Who holds a block: pins made by hand in a table per thread, pins of calls under way in a log per thread.

pub(crate) mod mark;
pub(crate) mod table;

#[cfg(not(loom))]
pub(crate) mod block;
#[cfg(not(loom))]
pub(crate) mod few;
#[cfg(not(loom))]
pub(crate) mod kept;
#[cfg(not(loom))]
pub(crate) mod limit;
#[cfg(not(loom))]
pub(crate) mod log;
#[cfg(not(loom))]
pub(crate) mod lost;
#[cfg(not(loom))]
pub(crate) mod pinned;
#[cfg(not(loom))]
pub(crate) mod pinner;
#[cfg(not(loom))]
pub(crate) mod places;
#[cfg(not(loom))]
pub(crate) mod profile;
#[cfg(not(loom))]
pub(crate) mod reading;
#[cfg(not(loom))]
pub(crate) mod scope;
#[cfg(not(loom))]
pub(crate) mod search;
#[cfg(not(loom))]
pub(crate) mod sensitive;
#[cfg(not(loom))]
pub(crate) mod stable;
#[cfg(not(loom))]
pub(crate) mod stored;
#[cfg(not(loom))]
pub(crate) mod tables;
#[cfg(not(loom))]
pub(crate) mod under_way;
#[cfg(not(loom))]
pub(crate) mod wanted;

#[cfg(not(loom))]
pub(crate) use holders::{Holder, holder, is_pinned};

#[cfg(not(loom))]
mod holders {
    use super::{kept, log, tables};
    use crate::alloc::map::{Block, PINNED, SEEN};
    use core::panic::Location;

    /// What keeps a block where it is.
    #[derive(Clone, Copy, Debug)]
    pub(crate) enum Holder {
        /// A pin made by hand, at this place.
        Pinner(&'static Location<'static>),
        /// An argument of a call under way.
        Call(log::CallPin),
        /// C, since a raw call whose contract says so.
        Kept(kept::Kept),
    }

    /// Who holds the block that starts at `start` and has these flags, if anybody does.
    pub(crate) fn holder(start: usize, flags: u8) -> Option<Holder> {
        if flags & PINNED != 0
            && let Some(site) = tables::first_site(start)
        {
            return Some(Holder::Pinner(site));
        }
        if flags & SEEN == 0 {
            return None;
        }
        log::find(start).map(Holder::Call).or_else(|| kept::find(start).map(Holder::Kept))
    }
    /// Whether a pin made by hand holds the block.
    pub(crate) fn is_pinned(block: &Block) -> bool {
        block.was_pinned() && tables::is_pinned(block.start())
    }
}
