//! What is compared with what, and how far it should reach: DESIGN 9's table, a row each.

/// Where a figure comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Figure {
    /// A program of ours with the checks compiled in, at level cheap.
    Checked(&'static str),
    /// The same at level off of the build: no checks compiled in.
    Unchecked(&'static str),
    /// Go's.
    Go(&'static str),
}

impl Figure {
    /// Its name in the program's output.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Figure::Checked(name) | Figure::Unchecked(name) | Figure::Go(name) => name,
        }
    }

    /// What people read.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Figure::Checked(_) => "ours, checked",
            Figure::Unchecked(_) => "ours, unchecked",
            Figure::Go(_) => "Go",
        }
    }
}

/// One comparison.
pub(crate) struct Row {
    pub(crate) name: &'static str,
    pub(crate) what: &'static str,
    pub(crate) ours: Figure,
    pub(crate) against: Figure,
    /// The largest ratio that is good enough.
    pub(crate) reach: f64,
}

const SEVENTH: f64 = 1.0 / 7.0;

const fn row(name: &'static str, what: &'static str, ours: Figure, against: Figure, reach: f64) -> Row {
    Row { name, what, ours, against, reach }
}

/// All of them.
pub(crate) const ROWS: &[Row] = &[
    row("pin_once", "pin and unpin one block", Figure::Checked("pin_once"), Figure::Go("pin_once"), SEVENTH),
    row(
        "pin_twice",
        "the same block twice in one pinner",
        Figure::Checked("pin_twice"),
        Figure::Go("pin_twice"),
        SEVENTH,
    ),
    row("pin_twice_growth", "twice beside once", Figure::Checked("pin_twice"), Figure::Checked("pin_once"), 2.2),
    row("pin_batch", "1000 blocks in one pinner", Figure::Checked("pin_batch"), Figure::Go("pin_batch"), SEVENTH),
    row(
        "pin_batch_twice",
        "1000 blocks twice",
        Figure::Checked("pin_batch_twice"),
        Figure::Go("pin_batch_twice"),
        SEVENTH,
    ),
    row(
        "pin_batch_growth",
        "1000 twice beside once",
        Figure::Checked("pin_batch_twice"),
        Figure::Checked("pin_batch"),
        2.2,
    ),
    row(
        "pin_many_growth",
        "a block of 100,000 twice beside one of 10,000",
        Figure::Checked("pin_many_twice"),
        Figure::Checked("pin_few_twice"),
        2.0,
    ),
    row(
        "pin_parallel",
        "one block each, on all cores",
        Figure::Checked("pin_parallel"),
        Figure::Go("pin_parallel"),
        SEVENTH,
    ),
    row("is_pinned", "whether a pinned block is", Figure::Checked("is_pinned"), Figure::Go("is_pinned"), 1.0),
    row("is_not_pinned", "whether another one is", Figure::Checked("is_not_pinned"), Figure::Go("is_not_pinned"), 1.0),
    row("handle", "a handle made, read and removed", Figure::Checked("handle"), Figure::Go("handle"), 1.0),
    row(
        "pin_or_copy_64",
        "64 bytes pinned beside copied to C and back",
        Figure::Checked("pin_64"),
        Figure::Checked("copy_64"),
        2.0,
    ),
    row("pin_or_copy_1024", "1024 bytes", Figure::Checked("pin_1024"), Figure::Checked("copy_1024"), 1.0),
    row("pin_or_copy_4096", "4096 bytes", Figure::Checked("pin_4096"), Figure::Checked("copy_4096"), 0.5),
    row("pin_or_copy_65536", "65536 bytes", Figure::Checked("pin_65536"), Figure::Checked("copy_65536"), 0.1),
    row(
        "pin_unchecked",
        "pin and unpin without checks, beside holding the owner",
        Figure::Unchecked("pin_owner"),
        Figure::Unchecked("hold_owner"),
        1.25,
    ),
];
