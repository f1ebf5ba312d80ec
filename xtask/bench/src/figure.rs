//! What can be measured: a name for each figure, and where it comes from.

/// A program of this package that measures figures of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Bin {
    Pins,
    Calls,
    Copies,
    Heap,
    Checker,
    Curves,
}

impl Bin {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Pins => "pins",
            Self::Calls => "calls",
            Self::Copies => "copies",
            Self::Heap => "heap",
            Self::Checker => "checker",
            Self::Curves => "curves",
        }
    }
}

/// How such a program is built and run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Side {
    /// No checks compiled in.
    Unchecked,
    /// Compiled in, and off.
    Off,
    Cheap,
    Full,
    /// No checks compiled in, and Rust's part with AddressSanitizer, whose allocator is the system's then.
    Asan,
    /// Go's program of the same name.
    Go,
}

impl Side {
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Unchecked => "ours, unchecked",
            Self::Off => "ours, off",
            Self::Cheap => "ours, cheap",
            Self::Full => "ours, full",
            Self::Asan => "AddressSanitizer",
            Self::Go => "Go",
        }
    }

    /// Of `PINNED_FFI_CHECK`.
    pub(crate) fn level(self) -> &'static str {
        match self {
            Self::Cheap => "cheap",
            Self::Full => "full",
            Self::Unchecked | Self::Off | Self::Asan | Self::Go => "off",
        }
    }
}

/// A whole program, by what it is called with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Load {
    /// Of the figure.
    pub(crate) name: &'static str,
    pub(crate) what: &'static str,
    pub(crate) arguments: [&'static str; 2],
}

/// How a whole program is built and run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Way {
    /// No checks compiled in.
    Plain,
    Cheap,
    Full,
    /// The plain program with AddressSanitizer, in Rust and in the libraries.
    Asan,
    /// The plain program in Valgrind's memcheck.
    Valgrind,
}

impl Way {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Cheap => "cheap",
            Self::Full => "full",
            Self::Asan => "AddressSanitizer",
            Self::Valgrind => "Valgrind",
        }
    }
}

/// What is measured of bindings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Part {
    /// Making them, in a process of its own.
    Generate,
    /// The most memory of that.
    Memory,
    /// Type-checking them.
    Check,
    /// A program that has them: its size without symbols.
    Binary,
    /// The same: how long rustc takes to build it, optimised.
    Build,
    /// Compiling a file that has the attribute, or what it expands to.
    Expand,
}

/// Whose bindings, or in which state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Whose {
    Ours,
    Bindgen,
    /// None at all.
    Nobody,
    /// None, and the runtime that ours need.
    Runtime,
    CheckedRuntime,
    /// Ours where nothing is kept from before, and where everything is.
    First,
    Second,
    /// Ours with the checks compiled in.
    Checked,
}

impl Whose {
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Ours => "ours",
            Self::Bindgen => "bindgen",
            Self::Nobody => "none",
            Self::Runtime => "the runtime alone",
            Self::CheckedRuntime => "the checked runtime alone",
            Self::First => "the first time",
            Self::Second => "the second time",
            Self::Checked => "ours, checked",
        }
    }
}

/// Where a figure comes from.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Figure {
    /// Time of one operation.
    Time(Bin, Side, String),
    /// Its instructions, as Valgrind counts them.
    Count(Bin, Side, String),
    /// A whole program.
    Load(Way, Load),
    /// The geometric mean of the programs that live on the heap.
    Mean(Way),
    /// Of the bindings of a header, or of all headers together.
    Bindings(Part, Whose, &'static str),
}

impl Figure {
    /// What people read.
    pub(crate) fn label(&self) -> &'static str {
        match self {
            Self::Time(_, Side::Cheap, name) if name.ends_with("_bare") => "the bare call",
            Self::Time(_, Side::Full, name) if name.ends_with("_bare") => "the bare call",
            Self::Time(Bin::Heap | Bin::Curves, _, name) if name.starts_with("system") || name.ends_with("_system") => {
                "the system's"
            }
            Self::Count(_, _, name) if name.ends_with("_bare") => "the bare call",
            Self::Time(_, side, _) | Self::Count(_, side, _) => side.label(),
            Self::Load(way, _) | Self::Mean(way) => way.name(),
            Self::Bindings(_, whose, _) => whose.label(),
        }
    }

    /// What is counted.
    pub(crate) fn unit(&self) -> &'static str {
        match self {
            Self::Time(..) => "ns",
            Self::Count(..) => "instr",
            Self::Load(..) | Self::Mean(..) => "ms",
            Self::Bindings(part, ..) => match part {
                Part::Generate | Part::Check | Part::Build | Part::Expand => "ms",
                Part::Memory | Part::Binary => "KiB",
            },
        }
    }
}
