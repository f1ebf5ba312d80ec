//! The description of a function of Rust's that C calls: as of one of C's, and what its result leads to.

use super::{FnDesc, PointerDesc};

/// One exported function. In its contract it is Rust that reads and writes, and C that passes.
#[derive(Debug)]
pub struct ExportDesc {
    /// Its parameters, and what must hold of its result.
    pub function: FnDesc,
    /// The result as one object in memory, where there may be pointers in it.
    pub gives: Option<PointerDesc>,
    /// Whether somebody is said to keep what the result leads to: then only freed memory is wrong.
    pub is_kept: bool,
}

impl ExportDesc {
    /// A function whose result leads nowhere. Pointers inside what C passes may lead to whatever lives.
    pub const fn new(function: FnDesc) -> Self {
        Self { function: function.nested_live(), gives: None, is_kept: false }
    }

    /// There may be pointers in the result.
    pub const fn gives(mut self, result: PointerDesc) -> Self {
        self.gives = Some(result);
        self
    }

    /// The contract says who keeps what they lead to.
    pub const fn kept(mut self) -> Self {
        self.is_kept = true;
        self
    }
}
