//! Whole programs: plain, at each level, with AddressSanitizer, in Valgrind.

use super::Row;
use crate::figure::{Figure, Load, Way};

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
const TREE: Load = program("tree", "trees of boxes built, walked and dropped", ["tree", "60"]);
const JSON: Load = program("json", "JSON read into values, changed and written", ["json", "60"]);
const GROW: Load = program("grow", "vectors of all sizes that grow by pushing", ["grow", "300"]);
const MAP: Load = program("map", "maps from texts to vectors, filled and emptied", ["map", "30"]);

/// Programs that live on the heap.
pub(crate) const HEAVY: &[Load] = &[TEXT, TREE, JSON, GROW, MAP];

/// What one of them may cost at cheap, and all together.
const WORST: f64 = 1.3;
const MEAN: f64 = 1.05;

pub(super) fn rows() -> Vec<Row> {
    let row = |name: &str, load: Load, ours: Way, theirs: Way| {
        Row::new(name, load.what, Figure::Load(ours, load), Figure::Load(theirs, load))
    };
    let mut rows = vec![
        row("zlib_cheap", ZLIB, Way::Cheap, Way::Plain).ratio(1.1),
        row("zlib_full", ZLIB, Way::Full, Way::Plain),
        row("zlib_full_asan", ZLIB, Way::Full, Way::Asan).ratio(1.0),
        row("zlib_full_valgrind", ZLIB_SMALL, Way::Full, Way::Valgrind).ratio(1.0),
        row("sqlite3_cheap", SQLITE, Way::Cheap, Way::Plain).ratio(1.1),
        row("sqlite3_full", SQLITE, Way::Full, Way::Plain),
        row("sqlite3_full_asan", SQLITE, Way::Full, Way::Asan).ratio(1.0),
        row("sqlite3_full_valgrind", SQLITE_SMALL, Way::Full, Way::Valgrind).ratio(1.0),
        row("text_cheap", TEXT, Way::Cheap, Way::Plain).ratio(1.1),
        row("text_full", TEXT, Way::Full, Way::Plain),
        // Its C is libc's alone, which AddressSanitizer replaces either way.
        row("text_full_asan", TEXT, Way::Full, Way::Asan).ratio(1.0),
        row("text_full_valgrind", TEXT_SMALL, Way::Full, Way::Valgrind).ratio(1.0),
    ];
    for load in HEAVY {
        rows.push(row(&format!("heavy_{}_cheap", load.name), *load, Way::Cheap, Way::Plain).ratio(WORST));
    }
    let what = "programs that live on the heap, the geometric mean";
    rows.push(Row::new("heavy_mean_cheap", what, Figure::Mean(Way::Cheap), Figure::Mean(Way::Plain)).ratio(MEAN));
    rows
}
