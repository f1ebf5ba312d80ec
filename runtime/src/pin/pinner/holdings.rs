//! What a pinner keeps beside its pins.

use super::{BlockPin, Few, Owner, Stored};

/// The owners, and what has no room in place.
pub(super) struct Holdings {
    // Those owners that do something when they are dropped.
    pub(super) owners: Few<Owner>,
    // What has no room in place, and what few pinners have.
    pub(super) rest: Option<Box<Rest>>,
}

/// What a pinner keeps on the heap.
#[derive(Default)]
pub(super) struct Rest {
    pub(super) pins: Vec<BlockPin>,
    pub(super) owners: Vec<Owner>,
    pub(super) stored: Vec<Stored>,
}

impl Holdings {
    #[inline]
    pub(super) const fn none() -> Self {
        Self { owners: Few::new(), rest: None }
    }

    /// Whether there is one owner in place at most, and nothing else.
    #[inline]
    pub(super) fn is_little(&self) -> bool {
        self.owners.len() <= 1 && self.rest.is_none()
    }
}
