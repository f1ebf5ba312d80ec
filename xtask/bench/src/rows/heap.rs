//! The tracked allocator beside the one that it wraps, and beside AddressSanitizer's.

use super::{Row, time};
use crate::figure::{Bin::Heap, Side};

/// What is done, as `bin/heap.rs` names it.
const WORK: &[(&str, &str)] = &[
    ("pair_16", "a block of 16 bytes made and freed"),
    ("pair_64", "64 bytes"),
    ("pair_256", "256 bytes"),
    ("pair_1024", "1 KiB"),
    ("pair_4096", "4 KiB"),
    ("pair_65536", "64 KiB"),
    ("pair_1048576", "1 MiB"),
    ("batch_16", "1000 blocks of 16 bytes made, then freed"),
    ("batch_64", "1000 of 64 bytes"),
    ("batch_256", "1000 of 256 bytes"),
    ("batch_1024", "1000 of 1 KiB"),
    ("grow", "one step of a vector that doubles from 8 bytes to 1 MiB"),
    ("two_threads", "pairs of up to 520 bytes on two threads at once"),
];

pub(super) fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for (work, what) in WORK {
        let tracked = |side: Side| time(Heap, side, format!("tracked_{work}"));
        let system = |side: Side| time(Heap, side, format!("system_{work}"));
        rows.push(Row::new(format!("heap_{work}_unchecked"), *what, tracked(Side::Unchecked), system(Side::Unchecked)));
        rows.push(Row::new(format!("heap_{work}_off"), *what, tracked(Side::Off), system(Side::Off)));
        rows.push(Row::new(format!("heap_{work}_cheap"), *what, tracked(Side::Cheap), system(Side::Cheap)));
        rows.push(Row::new(format!("heap_{work}_full"), *what, tracked(Side::Full), system(Side::Full)));
        rows.push(Row::new(format!("heap_{work}_asan"), *what, tracked(Side::Full), system(Side::Asan)));
    }
    rows.push(Row::new(
        "heap_lookup",
        "which of 10,000 blocks an address is in, beside a BTreeMap of them",
        time(Heap, Side::Cheap, "lookup"),
        time(Heap, Side::Cheap, "lookup_by_tree"),
    ));
    rows
}
