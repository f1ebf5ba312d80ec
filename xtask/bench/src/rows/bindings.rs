//! Bindings of real headers beside bindgen's: making them, type-checking them, what is left of them in a program.

use super::Row;
use crate::figure::{Figure, Part, Whose};

/// A header of the fixed list, as a line of a corpus list has it.
pub(crate) struct Header {
    pub(crate) name: &'static str,
    pub(crate) package: &'static str,
    pub(crate) pkg_config: &'static str,
    pub(crate) include: &'static str,
}

const fn header(name: &'static str, package: &'static str, pkg_config: &'static str, include: &'static str) -> Header {
    Header { name, package, pkg_config, include }
}

/// From small to large.
pub(crate) const HEADERS: &[Header] = &[
    header("bzlib", "libbz2-dev", "-", "bzlib.h"),
    header("zlib", "zlib1g-dev", "zlib", "zlib.h"),
    header("expat", "libexpat1-dev", "expat", "expat.h"),
    header("lzma", "liblzma-dev", "liblzma", "lzma.h"),
    header("sqlite3", "libsqlite3-dev", "sqlite3", "sqlite3.h"),
    header("curl", "libcurl4-openssl-dev", "libcurl", "curl/curl.h"),
    header("openssl", "libssl-dev", "openssl", "openssl/ssl.h"),
];

/// All of those that are installed, together.
pub(crate) const ALL: &str = "all headers";

pub(super) fn rows() -> Vec<Row> {
    let of = |part: Part, whose: Whose, header| Figure::Bindings(part, whose, header);
    let beside = |part: Part, header| (of(part, Whose::Ours, header), of(part, Whose::Bindgen, header));
    let mut rows = Vec::new();
    for name in HEADERS.iter().map(|header| header.name).chain([ALL]) {
        let suffix = if name == ALL { "all" } else { name };
        let (ours, theirs) = beside(Part::Generate, name);
        let generated = Row::new(format!("generate_{suffix}"), format!("bindings of {name} made"), ours, theirs);
        let (ours, theirs) = beside(Part::Check, name);
        let checked = Row::new(format!("typecheck_{suffix}"), format!("those of {name} type-checked"), ours, theirs);
        let (ours, theirs) = beside(Part::Memory, name);
        let memory = Row::new(format!("memory_{suffix}"), "the most memory while they were made", ours, theirs);
        rows.extend(if name == ALL {
            [generated.ratio(1.25), checked.ratio(1.5), memory]
        } else {
            [generated, checked, memory]
        });
    }
    let size = |whose: Whose, what| of(Part::Binary, whose, what);
    rows.extend([
        Row::new(
            "binary_unused",
            "a program with zlib's bindings that calls none, without checks",
            size(Whose::Ours, "unused"),
            size(Whose::Runtime, "unused"),
        )
        .more(0.0),
        Row::new(
            "binary_unused_checked",
            "the same with the checks compiled in",
            size(Whose::Checked, "unused"),
            size(Whose::CheckedRuntime, "unused"),
        )
        .more(0.0),
        Row::new(
            "binary_runtime",
            "the runtime in a program that calls nothing, without checks",
            size(Whose::Runtime, "unused"),
            size(Whose::Nobody, "unused"),
        ),
        Row::new(
            "binary_runtime_checked",
            "the same with the checks compiled in",
            size(Whose::CheckedRuntime, "unused"),
            size(Whose::Nobody, "unused"),
        ),
        Row::new(
            "binary_used",
            "a program that has all functions of zlib, without checks",
            size(Whose::Ours, "used"),
            size(Whose::Bindgen, "used"),
        ),
        Row::new(
            "binary_used_checked",
            "the same with the checks compiled in: all wrappers, and the checker",
            size(Whose::Checked, "used"),
            size(Whose::Bindgen, "used"),
        ),
    ]);
    let build = |whose: Whose, what| of(Part::Build, whose, what);
    rows.extend([
        Row::new(
            "build_unused",
            "a program with zlib's bindings that calls none built, without checks",
            build(Whose::Ours, "unused"),
            build(Whose::Bindgen, "unused"),
        ),
        Row::new(
            "build_used",
            "a program that has all functions of zlib built, without checks",
            build(Whose::Ours, "used"),
            build(Whose::Bindgen, "used"),
        ),
        Row::new(
            "build_used_checked",
            "the same with the checks compiled in",
            build(Whose::Checked, "used"),
            build(Whose::Bindgen, "used"),
        ),
    ]);
    let expand = |whose: Whose, what| of(Part::Expand, whose, what);
    rows.extend([
        Row::new(
            "expand_first",
            "a module with zlib's header compiled for the first time, beside the same as text",
            expand(Whose::First, "header"),
            expand(Whose::Ours, "header"),
        ),
        Row::new(
            "expand_second",
            "and for the second time",
            expand(Whose::Second, "header"),
            expand(Whose::Ours, "header"),
        ),
        Row::new(
            "expand_second_first",
            "the second time beside the first",
            expand(Whose::Second, "header"),
            expand(Whose::First, "header"),
        ),
        Row::new(
            "expand_block",
            "an extern block of 100 functions with the attribute, beside one without",
            expand(Whose::Ours, "block"),
            expand(Whose::Nobody, "block"),
        ),
    ]);
    rows
}
