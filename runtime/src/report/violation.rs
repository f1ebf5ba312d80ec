//! A violation as plain data: what a hook gets and what both renderings are made of.

use super::code::Code;
use crate::addr::{Addr, Extent};
use core::panic::Location;

/// One broken rule, with every place involved.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// The rule.
    pub code: Code,
    /// The C function.
    pub function: Option<&'static str>,
    /// The parameter, by its C name.
    pub parameter: Option<&'static str>,
    /// Where in the arguments: `iov[2].iov_base`.
    pub path: Option<String>,
    /// What is wrong, in one sentence without a final period.
    pub message: String,
    /// The pointer itself.
    pub address: Option<Addr>,
    /// What C does with the memory: `reads`, `writes`, `reads and writes`.
    pub access: Option<&'static str>,
    /// The length the contract declares for it, in bytes.
    pub declared: Option<usize>,
    /// The Rust block it points into, where known.
    pub block: Option<Block>,
    /// Where the block was pinned by hand.
    pub pinned_at: Option<&'static Location<'static>>,
    /// Every pin that the violation is about, where it is about several.
    pub pins: Vec<PinAt>,
    /// The stack that broke the rule, innermost frame first, where it was no call: a second free. Kept at level full.
    pub broken_at: Vec<String>,
    /// The Rust call site.
    pub called_at: Option<&'static Location<'static>>,
    /// What to do about it.
    pub help: String,
    /// Further remarks: what could not be checked, and why.
    pub notes: Vec<String>,
}

impl Violation {
    /// A broken rule, with nothing known of it but this.
    #[cfg(any(debug_assertions, feature = "checked"))]
    pub(crate) fn new(code: Code, message: String, help: String) -> Self {
        Self {
            code,
            function: None,
            parameter: None,
            path: None,
            message,
            address: None,
            access: None,
            declared: None,
            block: None,
            pinned_at: None,
            pins: Vec::new(),
            broken_at: Vec::new(),
            called_at: None,
            help,
            notes: Vec::new(),
        }
    }
}

/// One pin, and what it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PinAt {
    /// Where it was made.
    pub site: &'static Location<'static>,
    /// The block that it holds.
    pub block: Block,
    /// The stack that made it, innermost frame first; empty where it was not kept (level full keeps it).
    pub stack: Vec<String>,
}

/// A block of the tracked allocator.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Block {
    /// Start and length as allocated.
    pub extent: Extent,
    /// Whether the program has freed it.
    pub freed: bool,
    /// The stack that allocated it, innermost frame first; empty where it was not kept (level full keeps it).
    pub allocated_at: Vec<String>,
    /// The stack that freed it.
    pub freed_at: Vec<String>,
}
