//! Calls through a wrapper beside bare ones, and vectors of buffers and closures beside Go's.

use super::{Row, time};
use crate::figure::{Bin::Calls, Figure, Side};

/// Each kind of argument, as `bin/calls.rs` names it, and what it is.
const SHAPES: &[(&str, &str, &str)] = &[
    ("scalar", "scalar_bare", "a number"),
    ("slice", "slice_bare", "a slice of 16 numbers"),
    ("slice_as_in_c", "slice_bare", "the same with C's signature"),
    ("bytes", "bytes_bare", "4 KiB of bytes"),
    ("text", "text_bare", "a text of 21 bytes"),
    ("out", "out_bare", "4 KiB of room for output"),
    ("vector_1", "vector_1_bare", "a vector of 1 buffer"),
    ("vector_8", "vector_8_bare", "a vector of 8 buffers"),
    ("vector_64", "vector_64_bare", "a vector of 64 buffers"),
    ("vector_1024", "vector_1024_bare", "a vector of 1024 buffers"),
    ("vector_64_held", "vector_64_held_bare", "64 buffers that stay pinned, the call alone"),
    ("message", "message_bare", "a message of 8 buffers and a name, pinned all along"),
    ("retained", "retained_bare", "64 bytes that C keeps until it gets others"),
    ("callback", "callback_bare", "100 calls of a closure by C, for each"),
    ("callback_once", "callback_once_bare", "a call of C that calls a closure once"),
];

/// Shapes without checks whose wrapper is nothing but the call.
const SAME: &[&str] = &["scalar", "slice", "slice_as_in_c", "bytes", "text", "out", "vector_64_held", "message"];

pub(super) fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for (shape, bare, what) in SHAPES {
        let count = |side: Side, name: &str| Figure::Count(Calls, side, name.into());
        let counted = Row::new(
            format!("call_{shape}_unchecked"),
            format!("{what}: instructions of all, without checks"),
            count(Side::Unchecked, shape),
            count(Side::Unchecked, bare),
        );
        rows.push(if SAME.contains(shape) { counted.ratio(1.0) } else { counted });
        for (side, level) in [(Side::Cheap, "cheap"), (Side::Full, "full")] {
            let row = Row::new(
                format!("call_{shape}_{level}"),
                format!("{what}, at {level}"),
                time(Calls, side, *shape),
                time(Calls, side, *bare),
            );
            rows.push(match (*shape, side) {
                ("slice" | "slice_as_in_c" | "bytes" | "callback", Side::Cheap) => row.more(10.0),
                _ => row,
            });
        }
    }
    rows.push(
        Row::new(
            "call_callback_time",
            "one of 100 calls of a closure by C, without checks, beside a trampoline by hand",
            time(Calls, Side::Unchecked, "callback"),
            time(Calls, Side::Unchecked, "callback_bare"),
        )
        .more(1.0),
    );
    for (shape, what) in [("callback", "one of 100 calls"), ("callback_once", "a call of C with one call")] {
        for (go, how) in
            [("", "an exported function that needs no data"), ("_handle", "one that finds its data by a cgo.Handle")]
        {
            let name = shape.replace("callback", &format!("callback{go}"));
            rows.push(
                Row::new(
                    format!("call_{name}_go"),
                    format!("{what} of a closure by C, at cheap; Go's: {how}"),
                    time(Calls, Side::Cheap, shape),
                    time(Calls, Side::Go, name.clone()),
                )
                .ratio(1.0),
            );
        }
    }
    for n in [1, 8, 64, 1024] {
        let go = || time(Calls, Side::Go, format!("vector_{n}"));
        rows.push(
            Row::new(
                format!("flow_{n}_go"),
                format!(
                    "fill, pin, check, call and unpin a vector of {n}, 4 KiB each, at cheap; Go's with Pinner and cgocheck=1"
                ),
                time(Calls, Side::Cheap, format!("vector_{n}")),
                go(),
            )
            .ratio(0.1),
        );
        rows.push(Row::new(
            format!("flow_{n}_pinner_go"),
            "the same with a Pinner in Rust as well",
            time(Calls, Side::Cheap, format!("vector_{n}_pinner")),
            go(),
        ));
        rows.push(Row::new(
            format!("flow_{n}_held_go"),
            "the call alone, with long-lived pins on both sides",
            time(Calls, Side::Cheap, format!("vector_{n}_held")),
            time(Calls, Side::Go, format!("vector_{n}_held")),
        ));
    }
    rows
}
