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
    /// A whole program, run in one of the ways.
    Load(Way, &'static str),
}

/// How a whole program is built and run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Way {
    /// No checks compiled in.
    Plain,
    Cheap,
    Full,
    /// Rust's part of the plain program with AddressSanitizer; the libraries are the system's.
    Asan,
    /// The plain program in Valgrind's memcheck.
    Valgrind,
}

impl Way {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Way::Plain => "plain",
            Way::Cheap => "cheap",
            Way::Full => "full",
            Way::Asan => "AddressSanitizer",
            Way::Valgrind => "Valgrind",
        }
    }
}

impl Figure {
    /// Its name in the program's output.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Figure::Checked(name) | Figure::Unchecked(name) | Figure::Go(name) | Figure::Load(_, name) => name,
        }
    }

    /// What people read.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Figure::Checked(_) => "ours, checked",
            Figure::Unchecked(_) => "ours, unchecked",
            Figure::Go(_) => "Go",
            Figure::Load(way, _) => way.name(),
        }
    }

    /// What is counted.
    pub(crate) fn unit(self) -> &'static str {
        if matches!(self, Figure::Load(..)) { "ms" } else { "ns" }
    }
}

/// One comparison.
pub(crate) struct Row {
    pub(crate) name: &'static str,
    pub(crate) what: &'static str,
    pub(crate) ours: Figure,
    pub(crate) against: Figure,
    /// The largest ratio that is good enough; `None` where nothing is promised.
    pub(crate) reach: Option<f64>,
}

const SEVENTH: f64 = 1.0 / 7.0;

/// A row with a reach that was set before anything was measured.
const fn row(name: &'static str, what: &'static str, ours: Figure, against: Figure, reach: f64) -> Row {
    Row { name, what, ours, against, reach: Some(reach) }
}

/// A whole program in two ways.
const fn load(name: &'static str, load: &'static str, ours: Way, against: Way, reach: Option<f64>) -> Row {
    let what = match load.as_bytes()[0] {
        b'z' => "text through deflate in pieces of 4 KiB",
        b's' => "rows put into SQLite and read again",
        _ => "text cut into words on the heap",
    };
    Row { name, what, ours: Figure::Load(ours, load), against: Figure::Load(against, load), reach }
}

/// A row without: it is there to be read, such as from which size on a pin costs less than a copy.
const fn told(name: &'static str, what: &'static str, ours: Figure, against: Figure) -> Row {
    Row { name, what, ours, against, reach: None }
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
    told(
        "pin_many_growth",
        "a block of 100,000 twice beside one of 10,000",
        Figure::Checked("pin_many_twice"),
        Figure::Checked("pin_few_twice"),
    ),
    row(
        "pin_parallel",
        "one block each, on all cores",
        Figure::Checked("pin_parallel"),
        Figure::Go("pin_parallel"),
        SEVENTH,
    ),
    told("is_pinned", "whether a pinned block is", Figure::Checked("is_pinned"), Figure::Go("is_pinned")),
    told("is_not_pinned", "whether another one is", Figure::Checked("is_not_pinned"), Figure::Go("is_not_pinned")),
    told("handle", "a handle made, read and removed", Figure::Checked("handle"), Figure::Go("handle")),
    told(
        "pin_or_copy_64",
        "64 bytes pinned beside copied to C and back",
        Figure::Checked("pin_64"),
        Figure::Checked("copy_64"),
    ),
    told("pin_or_copy_1024", "1024 bytes", Figure::Checked("pin_1024"), Figure::Checked("copy_1024")),
    told("pin_or_copy_4096", "4096 bytes", Figure::Checked("pin_4096"), Figure::Checked("copy_4096")),
    told("pin_or_copy_65536", "65536 bytes", Figure::Checked("pin_65536"), Figure::Checked("copy_65536")),
    told(
        "pin_unchecked",
        "pin and unpin without checks, beside holding the owner",
        Figure::Unchecked("pin_owner"),
        Figure::Unchecked("hold_owner"),
    ),
    load("zlib_cheap", "zlib", Way::Cheap, Way::Plain, Some(1.1)),
    load("zlib_full", "zlib", Way::Full, Way::Plain, None),
    load("zlib_full_asan", "zlib", Way::Full, Way::Asan, Some(1.0)),
    load("zlib_full_valgrind", "zlib_small", Way::Full, Way::Valgrind, Some(1.0)),
    load("sqlite3_cheap", "sqlite3", Way::Cheap, Way::Plain, Some(1.1)),
    load("sqlite3_full", "sqlite3", Way::Full, Way::Plain, None),
    load("sqlite3_full_asan", "sqlite3", Way::Full, Way::Asan, Some(1.0)),
    load("sqlite3_full_valgrind", "sqlite3_small", Way::Full, Way::Valgrind, Some(1.0)),
    load("text_cheap", "text", Way::Cheap, Way::Plain, Some(1.1)),
    load("text_full", "text", Way::Full, Way::Plain, None),
    load("text_full_asan", "text", Way::Full, Way::Asan, Some(1.0)),
    load("text_full_valgrind", "text_small", Way::Full, Way::Valgrind, Some(1.0)),
];
