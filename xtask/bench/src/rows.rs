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
    Load(Way, Load),
}

/// A whole program, by what it is called with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Load {
    /// Of the figure.
    pub(crate) name: &'static str,
    what: &'static str,
    pub(crate) arguments: [&'static str; 2],
}

const fn program(name: &'static str, what: &'static str, arguments: [&'static str; 2]) -> Load {
    Load { name, what, arguments }
}

const ZLIB: Load = program("zlib", "text through deflate in pieces of 4 KiB", ["zlib", "64"]);
const SQLITE: Load = program("sqlite3", "rows put into SQLite and read again", ["sqlite3", "100000"]);
const TEXT: Load = program("text", "text cut into words on the heap", ["text", "10000000"]);
// For Valgrind, which takes minutes for the others.
const ZLIB_SMALL: Load = program("zlib_small", ZLIB.what, ["zlib", "4"]);
const SQLITE_SMALL: Load = program("sqlite3_small", SQLITE.what, ["sqlite3", "10000"]);
const TEXT_SMALL: Load = program("text_small", TEXT.what, ["text", "500000"]);

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
            Figure::Checked(name) | Figure::Unchecked(name) | Figure::Go(name) => name,
            Figure::Load(_, load) => load.name,
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
const fn load(name: &'static str, load: Load, ours: Way, against: Way, reach: Option<f64>) -> Row {
    Row { name, what: load.what, ours: Figure::Load(ours, load), against: Figure::Load(against, load), reach }
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
    row(
        "pin_unchecked",
        "pin and unpin without checks, beside holding the owner",
        Figure::Unchecked("pin_owner"),
        Figure::Unchecked("hold_owner"),
        1.25,
    ),
    load("zlib_cheap", ZLIB, Way::Cheap, Way::Plain, Some(1.1)),
    load("zlib_full", ZLIB, Way::Full, Way::Plain, None),
    load("zlib_full_asan", ZLIB, Way::Full, Way::Asan, Some(1.0)),
    load("zlib_full_valgrind", ZLIB_SMALL, Way::Full, Way::Valgrind, Some(1.0)),
    load("sqlite3_cheap", SQLITE, Way::Cheap, Way::Plain, Some(1.1)),
    load("sqlite3_full", SQLITE, Way::Full, Way::Plain, None),
    load("sqlite3_full_asan", SQLITE, Way::Full, Way::Asan, Some(1.0)),
    load("sqlite3_full_valgrind", SQLITE_SMALL, Way::Full, Way::Valgrind, Some(1.0)),
    load("text_cheap", TEXT, Way::Cheap, Way::Plain, Some(1.1)),
    load("text_full", TEXT, Way::Full, Way::Plain, None),
    load("text_full_asan", TEXT, Way::Full, Way::Asan, Some(1.0)),
    load("text_full_valgrind", TEXT_SMALL, Way::Full, Way::Valgrind, Some(1.0)),
];
