//! One pin of one block: taken at a place, given back once.

use super::PINS;
use crate::addr::Addr;
use crate::alloc::map::{MAP, PINNED};
use core::panic::Location;

/// A pin that ends with [`release`](Self::release) or with the value. In unchecked builds, and for memory that is not on the
/// Rust heap, it holds nothing.
pub(crate) struct BlockPin {
    start: Option<usize>,
    site: &'static Location<'static>,
}

impl BlockPin {
    /// Pins the block around an address once more.
    pub(crate) fn new(Addr(addr): Addr, site: &'static Location<'static>) -> Self {
        Self { start: crate::mode::COMPILED.then(|| pin(addr, site)).flatten(), site }
    }

    /// Ends the pin; a second time does nothing.
    pub(crate) fn release(&mut self) {
        if let Some(start) = self.start.take() {
            PINS.unpin(start, self.site, || MAP.clear_flags(start, PINNED));
        }
    }
}

impl Drop for BlockPin {
    fn drop(&mut self) {
        self.release();
    }
}

fn pin(addr: usize, site: &'static Location<'static>) -> Option<usize> {
    crate::call::arm_exit();
    let start = MAP.find(addr)?.start();
    let pinned = PINS.pin(start, site, || {
        MAP.set_flags(start, PINNED);
    });
    pinned.then_some(start)
}
