//! How cost grows with n: a row for each size, and which of them make a picture.

use super::{Row, time};
use crate::figure::{Bin::Curves, Figure, Side};
use crate::figure::{Part, Whose};

/// Functions of a made-up header, by the name that its figures have.
pub(crate) const SIZES: &[(usize, &str)] =
    &[(10, "10 functions"), (100, "100 functions"), (1000, "1000 functions"), (12_000, "12000 functions")];

/// A line of a picture: its label, and from a size to a figure.
type Line = (&'static str, fn(usize) -> Figure);

/// One picture: cost of one against how many.
pub(crate) struct Panel {
    pub(crate) title: &'static str,
    pub(crate) of: &'static str,
    pub(crate) sizes: &'static [usize],
    pub(crate) lines: &'static [Line],
}

fn cheap(name: String) -> Figure {
    time(Curves, Side::Cheap, name)
}

fn go(name: String) -> Figure {
    time(Curves, Side::Go, name)
}

/// The pictures.
pub(crate) const PANELS: &[Panel] = &[
    Panel {
        title: "flow-through call",
        of: "buffers of a vector",
        sizes: &[1, 4, 16, 64, 256, 1024, 4096],
        lines: &[
            ("cheap", |n| cheap(format!("flow_{n}"))),
            ("full", |n| time(Curves, Side::Full, format!("flow_{n}"))),
            ("bare call", |n| cheap(format!("flow_{n}_bare"))),
            ("Go, Pinner and cgocheck=1", |n| go(format!("flow_{n}"))),
        ],
    },
    Panel {
        title: "pin and unpin",
        of: "pins in one Pinner",
        sizes: &[1, 10, 100, 1000, 10_000, 100_000],
        lines: &[("cheap", |n| cheap(format!("pins_{n}"))), ("Go", |n| go(format!("pins_{n}")))],
    },
    Panel {
        title: "allocate and free",
        of: "live blocks",
        sizes: &[1, 10, 100, 1000, 10_000, 100_000, 1_000_000],
        lines: &[
            ("cheap", |n| cheap(format!("live_{n}"))),
            ("full", |n| time(Curves, Side::Full, format!("live_{n}"))),
            ("the system's", |n| cheap(format!("live_{n}_system"))),
            ("look-up, cheap", |n| cheap(format!("lookup_{n}"))),
        ],
    },
    Panel {
        title: "pin, call, allocate at once",
        of: "threads on all cores (processor time)",
        sizes: &[1, 2, 4, 8, 16, 32, 64],
        lines: &[
            ("cheap", |n| cheap(format!("threads_{n}"))),
            ("full", |n| time(Curves, Side::Full, format!("threads_{n}"))),
        ],
    },
];

pub(super) fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for n in PANELS[0].sizes {
        let what = format!("a call with {n} buffers of 64 bytes, for each buffer");
        rows.push(Row::new(format!("curve_flow_{n}"), &*what, cheap(format!("flow_{n}")), go(format!("flow_{n}"))));
        let (full, bare) = (time(Curves, Side::Full, format!("flow_{n}")), cheap(format!("flow_{n}_bare")));
        rows.push(Row::new(format!("curve_flow_{n}_full"), "the same at full, beside the bare call", full, bare));
    }
    for n in PANELS[1].sizes {
        let what = format!("a pin of {n}");
        rows.push(Row::new(format!("curve_pins_{n}"), what, cheap(format!("pins_{n}")), go(format!("pins_{n}"))));
    }
    for n in PANELS[2].sizes {
        let what = format!("a block exchanged among {n}");
        let system = || cheap(format!("live_{n}_system"));
        rows.push(Row::new(format!("curve_live_{n}"), &*what, cheap(format!("live_{n}")), system()));
        let full = time(Curves, Side::Full, format!("live_{n}"));
        rows.push(Row::new(format!("curve_live_{n}_full"), what, full, system()));
        let (lookup, first) = (cheap(format!("lookup_{n}")), cheap("lookup_1".to_owned()));
        rows.push(Row::new(
            format!("curve_lookup_{n}"),
            format!("a look-up among {n} blocks beside one"),
            lookup,
            first,
        ));
    }
    for n in PANELS[3].sizes {
        for (side, level) in [(Side::Cheap, "cheap"), (Side::Full, "full")] {
            let figure = |n: usize| time(Curves, side, format!("threads_{n}"));
            let what = format!("processor time of a pin, a call and a block on {n} threads, beside 1");
            rows.push(Row::new(format!("curve_threads_{n}_{level}"), what, figure(*n), figure(1)));
        }
    }
    for (n, name) in SIZES {
        let of = |part: Part, whose: Whose| Figure::Bindings(part, whose, name);
        for (part, verb) in [(Part::Generate, "generate"), (Part::Check, "typecheck")] {
            let what = format!("{verb} a header of {n} functions");
            rows.push(Row::new(format!("curve_{verb}_{n}"), what, of(part, Whose::Ours), of(part, Whose::Bindgen)));
        }
    }
    rows
}
