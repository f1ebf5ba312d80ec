//! Addresses and extents as integers: used to look things up, never dereferenced.

use core::fmt;

/// An address. Comparing and adding is all it can do.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Addr(pub usize);

impl fmt::Debug for Addr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:#x}", self.0)
    }
}

impl fmt::Display for Addr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:#x}", self.0)
    }
}

/// `bytes` bytes from `start` on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// First byte.
    pub start: Addr,
    /// Length in bytes.
    pub bytes: usize,
}

impl Extent {
    /// The address behind the last byte; saturates at the end of the address space.
    pub fn end(&self) -> usize {
        self.start.0.saturating_add(self.bytes)
    }

    /// Whether both have a byte in common. An empty extent overlaps nothing.
    pub fn overlaps(&self, other: &Extent) -> bool {
        self.bytes != 0 && other.bytes != 0 && self.start.0 < other.end() && other.start.0 < self.end()
    }
}
