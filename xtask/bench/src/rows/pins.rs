//! Pins and handles beside Go's, and twice beside once.

use super::{Row, time};
use crate::figure::{Bin::Pins, Figure, Side};

const SEVENTH: f64 = 1.0 / 7.0;
/// What a second pin of a block may cost.
const TWICE: f64 = 2.2;
/// What a pin among ten times as many may cost. A search through them would make it 10; above 1 is what is in no cache any more,
/// for the instructions are the same (the test `growth` counts them).
const LINEAR: f64 = 3.0;

pub(super) fn rows() -> Vec<Row> {
    let cheap = |name: &str| time(Pins, Side::Cheap, name);
    let with_go = |name: &str, what: &str| Row::new(name, what, cheap(name), time(Pins, Side::Go, name));
    let growth = |name: &str, what: &str, ours: &str, theirs: &str| Row::new(name, what, cheap(ours), cheap(theirs));
    let unchecked = |name: &str| time(Pins, Side::Unchecked, name);
    vec![
        with_go("pin_once", "pin and unpin one block").ratio(SEVENTH),
        with_go("pin_twice", "the same block twice in one pinner").ratio(SEVENTH),
        growth("pin_twice_growth", "twice beside once", "pin_twice", "pin_once").ratio(TWICE),
        with_go("pin_batch", "1000 blocks in one pinner").ratio(SEVENTH),
        with_go("pin_batch_twice", "1000 blocks twice").ratio(SEVENTH),
        growth("pin_batch_growth", "1000 twice beside once", "pin_batch_twice", "pin_batch").ratio(TWICE),
        growth("pin_many_growth", "a block of 100,000 twice beside one of 10,000", "pin_many_twice", "pin_few_twice")
            .ratio(LINEAR),
        with_go("pin_parallel", "one block each, on all cores").ratio(SEVENTH),
        with_go("is_pinned", "whether a pinned block is"),
        with_go("is_not_pinned", "whether another one is"),
        with_go("handle", "a handle made, read and removed"),
        Row::new(
            "pin_unchecked",
            "pin and unpin without checks, beside holding the owner",
            unchecked("pin_owner"),
            unchecked("hold_owner"),
        )
        .ratio(1.25),
        Row::new(
            "pinned_unchecked",
            "one owner in a `Pinned` without checks, beside holding it: instructions of all",
            Figure::Count(Pins, Side::Unchecked, "pinned_owner".into()),
            Figure::Count(Pins, Side::Unchecked, "hold_owner".into()),
        )
        .ratio(1.0),
    ]
}
