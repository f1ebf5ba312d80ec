//! Single parts of the checker with 4 KiB of memory, beside a copy of the same: what anybody pays who looks at it once.

use super::{Row, time};
use crate::figure::{Bin::Checker, Side};

const PARTS: &[(&str, &str)] = &[
    ("bare", "the call alone"),
    ("digest", "what C must not write, compared where it is"),
    ("canary", "fences around what C fills, and what it leaves"),
    ("copy", "a copy for C"),
    ("guard", "a copy between guard pages"),
    ("scan", "a search of static memory, before the call and after it"),
];

pub(super) fn rows() -> Vec<Row> {
    let figure = |name: &str| time(Checker, Side::Full, name);
    let row = |(name, what): &(&str, &str)| Row::new(format!("check_{name}"), *what, figure(name), figure("memcpy"));
    PARTS.iter().map(row).collect()
}
