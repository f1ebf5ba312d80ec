//! The table of rules: code, name, and what each one says.

/// A rule of checked mode. Codes are stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Code {
    /// Memory given to C holds a pointer to Rust memory that nothing keeps in place.
    Pf001,
    /// A pointer into a freed block, or into a stack frame that has returned.
    Pf002,
    /// The declared extent leaves the block.
    Pf003,
    /// No terminating zero in the block where C reads up to one.
    Pf004,
    /// Null where C dereferences it.
    Pf005,
    /// An address that the C type does not allow.
    Pf006,
    /// Two arguments overlap where one of them is written.
    Pf007,
    /// A structure that C knows by its address was used at another one.
    Pf008,
    /// A block was freed while pinned.
    Pf010,
    /// A block was reallocated while pinned.
    Pf011,
    /// Pins whose holder is out of reach: nobody can end them.
    Pf012,
    /// More pins at once than the limit allows.
    Pf013,
    /// A callback was given a handle that stands for no value, or for one of another type.
    Pf014,
    /// C still holds a pointer after the call, and no contract allows it.
    Pf020,
    /// C wrote memory that it promised only to read.
    Pf021,
    /// Memory behind the declared extent, or behind a block, was written.
    Pf022,
    /// C says that it has filled more than there is.
    Pf023,
    /// C left memory as it was that its contract says it has written.
    Pf024,
    /// C returned what its contract says it never returns.
    Pf025,
    /// Rust code that C called gave C a pointer to Rust memory that nothing keeps in place.
    Pf026,
    /// A pointer to Rust memory that nothing keeps in place was to be stored into C's memory.
    Pf027,
    /// C called a closure that is gone, or with userdata that stands for none.
    Pf030,
    /// Rust code that C called panicked, and no wrapper waits that could resume the panic.
    Pf031,
    /// C called a closure on a thread that may not call it.
    Pf032,
    /// C called a closure while it ran.
    Pf033,
    /// A C function called Rust, and its contract says that it does not.
    Pf034,
    /// C freed a block of Rust's, or Rust one of C's.
    Pf040,
    /// A block was freed with another length or alignment than it was allocated with.
    Pf041,
    /// A block was freed twice.
    Pf042,
    /// A freed block was written.
    Pf043,
    /// C used memory that it was lent for a call, after the call.
    Pf044,
    /// A block of C's, or one that C was lent, that nobody can free any more.
    Pf045,
}

impl Code {
    /// `PF001` and so on.
    pub fn as_str(self) -> &'static str {
        match self {
            Code::Pf001 => "PF001",
            Code::Pf002 => "PF002",
            Code::Pf003 => "PF003",
            Code::Pf004 => "PF004",
            Code::Pf005 => "PF005",
            Code::Pf006 => "PF006",
            Code::Pf007 => "PF007",
            Code::Pf008 => "PF008",
            Code::Pf010 => "PF010",
            Code::Pf011 => "PF011",
            Code::Pf012 => "PF012",
            Code::Pf013 => "PF013",
            Code::Pf014 => "PF014",
            Code::Pf020 => "PF020",
            Code::Pf021 => "PF021",
            Code::Pf022 => "PF022",
            Code::Pf023 => "PF023",
            Code::Pf024 => "PF024",
            Code::Pf025 => "PF025",
            Code::Pf026 => "PF026",
            Code::Pf027 => "PF027",
            Code::Pf030 => "PF030",
            Code::Pf031 => "PF031",
            Code::Pf032 => "PF032",
            Code::Pf033 => "PF033",
            Code::Pf034 => "PF034",
            Code::Pf040 => "PF040",
            Code::Pf041 => "PF041",
            Code::Pf042 => "PF042",
            Code::Pf043 => "PF043",
            Code::Pf044 => "PF044",
            Code::Pf045 => "PF045",
        }
    }

    /// The rule in words, `dangling-argument` and so on.
    pub fn rule(self) -> &'static str {
        match self {
            Code::Pf001 => "unpinned-nested-pointer",
            Code::Pf002 => "dangling-argument",
            Code::Pf003 => "length-out-of-bounds",
            Code::Pf004 => "missing-terminator",
            Code::Pf005 => "null-argument",
            Code::Pf006 => "misaligned-argument",
            Code::Pf007 => "aliased-arguments",
            Code::Pf008 => "moved-struct",
            Code::Pf010 => "freed-while-pinned",
            Code::Pf011 => "reallocated-while-pinned",
            Code::Pf012 => "pin-leak",
            Code::Pf013 => "pin-limit",
            Code::Pf014 => "stale-handle",
            Code::Pf020 => "retained-after-call",
            Code::Pf021 => "const-modified",
            Code::Pf022 => "written-past-end",
            Code::Pf023 => "count-out-of-range",
            Code::Pf024 => "unwritten-out",
            Code::Pf025 => "invalid-result",
            Code::Pf026 => "unpinned-result",
            Code::Pf027 => "unpinned-store",
            Code::Pf030 => "callback-after-end",
            Code::Pf031 => "unwound-callback",
            Code::Pf032 => "callback-on-wrong-thread",
            Code::Pf033 => "callback-reentered",
            Code::Pf034 => "callback-in-nocallback",
            Code::Pf040 => "foreign-free",
            Code::Pf041 => "layout-mismatch",
            Code::Pf042 => "double-free",
            Code::Pf043 => "wrote-after-free",
            Code::Pf044 => "accessed-after-return",
            Code::Pf045 => "lost-block",
        }
    }
}

impl core::fmt::Display for Code {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.as_str())
    }
}
