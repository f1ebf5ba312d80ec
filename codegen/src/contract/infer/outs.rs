//! Which pointers lead to places that C fills.

use super::Findings;
use super::index::{Arg, Index, Subject};
use super::lengths::Measured;
use super::shape::{Base, Shape};
use super::{names, strings, words};
use crate::contract::value::{Origin, Value};
use crate::contract::{Claim, Direction, Expr, Extent, Nullability};

/// Verbs of functions that fill what they are given.
const GETTERS: &[&str] = &[
    "get",
    "query",
    "fetch",
    "read",
    "load",
    "recv",
    "receive",
    "compute",
    "calculate",
    "lookup",
    "find",
    "to",
    "at",
    "next",
    "first",
    "last",
    "nth",
    "prev",
    "parse",
    "decode",
    "convert",
    "peek",
    "extents",
    "measure",
    "transform",
    "from",
    "pop",
    "dup",
    "intersect",
    "union",
    "current",
    "info",
    "finish",
    "stat",
    "split",
    "scan",
    "list",
    "begin",
    "extract",
    "poll",
    "try",
    "append",
    "map",
    "mapped",
    "search",
    "prepend",
    "insert",
    "create",
    "init",
    "invert",
    "multiply",
    "children",
    "parent",
    "bounds",
    "wait",
    "steal",
];
/// Verbs of functions that take what they are given.
pub(super) const SETTERS: &[&str] = &[
    "set", "add", "put", "push", "draw", "render", "free", "clear", "remove", "send", "write", "emit", "store",
    "update", "apply", "show", "unset", "destroy", "release", "unref", "delete", "register", "allocate",
];
/// Verbs of functions that change a pointer in place.
const CHANGERS: &[&str] = &[
    "clear", "set", "add", "remove", "replace", "take", "swap", "free", "exchange", "atomic", "weak", "lock", "unlock",
    "once", "init", "advance", "skip",
];
/// Names of memory that C fills.
pub(super) const FILLED: &[&str] =
    &["buf", "buffer", "out", "outbuf", "dest", "dst", "output", "result", "res", "ret", "return", "digest", "target"];

/// Words of the types of what holds many things.
const COLLECTIONS: &[&str] = &[
    "list",
    "slist",
    "array",
    "vector",
    "hash",
    "table",
    "hashtable",
    "map",
    "dict",
    "set",
    "queue",
    "tree",
    "params",
    "headers",
    "variant",
];

/// Names of memory that C reads.
const SOURCES: &[&str] = &["src", "source", "input", "inbuf"];

/// Adds who writes, where the type leaves it open.
pub(super) fn apply(index: &Index<'_>, subject: &Subject<'_>, measured: &[Option<Measured>], out: &mut Findings<'_>) {
    for (at, arg) in subject.params.iter().enumerate() {
        if !arg.shape.is_mut() || arg.shape.is_bounded {
            continue;
        }
        match (arg.shape.depth(), arg.shape.base) {
            (1, Base::Int(_) | Base::Bool | Base::Enum | Base::Float) => {
                scalar(index, subject, at, arg, measured, out);
            }
            (1, Base::Record) => record(index, subject, at, arg, measured[at].as_ref(), out),
            (1, Base::Function) => place(at, Direction::Out, "out-pointer", "a place for a function", out),
            (1, Base::Byte) if measured.iter().flatten().any(|known| known.by == at) => {
                place(at, Direction::Out, "out-scalar", "the length of what C gives", out);
            }
            (1, Base::Void | Base::Byte | Base::Char) => buffer(subject, at, arg, measured[at].as_ref(), out),
            (depth, _) if depth >= 2 => pointer(index, subject, at, arg, measured, out),
            _ => {}
        }
    }
}

fn place(at: usize, direction: Direction, rule: &'static str, reason: impl Into<String>, out: &mut Findings<'_>) {
    let reason = reason.into();
    out.claim(at, Claim::Direction(direction), rule, reason.clone());
    out.claim(at, Claim::Extent(Extent::One), rule, reason);
}

fn scalar(
    index: &Index<'_>,
    subject: &Subject<'_>,
    at: usize,
    arg: &Arg,
    measured: &[Option<Measured>],
    out: &mut Findings<'_>,
) {
    if measured[at].is_some() {
        let is_getter = words::has(&subject.verbs, GETTERS) && !words::has(&subject.verbs, SETTERS);
        if is_getter || words::has(&arg.words, FILLED) {
            out.claim(at, Claim::Direction(Direction::Out), "out-buffer", "an array of numbers that a getter fills");
        }
        return;
    }
    // The room in a buffer goes in, the length of what C stores comes out.
    if let Some(known) = measured.iter().flatten().find(|known| known.by == at) {
        let direction = if known.is_inner && arg.plain != "argc" { Direction::Out } else { Direction::InOut };
        return place(at, direction, "out-scalar", "the length of what C gives", out);
    }
    let is_getter = words::has(&subject.verbs, GETTERS) && !words::has(&subject.verbs, &["set", "atomic"]);
    let is_length = names::length(arg, &index.conventions).is_some_and(|length| length.is_certain);
    let may_be_many = matches!(arg.shape.base, Base::Int(_) | Base::Float);
    if arg.is_array && !words::has(&subject.verbs, SETTERS) {
        return out.claim(
            at,
            Claim::Direction(Direction::Out),
            "out-buffer",
            "an array of numbers that is not `const`",
        );
    }
    if may_be_many && arg.is_plural && !is_getter && !is_length {
        return;
    }
    if at == 0 && !is_getter {
        return place(at, Direction::InOut, "out-scalar", "a number that C changes in place", out);
    }
    let is_changed = words::has(&arg.words, &["inout", "state", "iter"]) || words::has(&subject.verbs, &["atomic"]);
    let direction = if is_changed { Direction::InOut } else { Direction::Out };
    place(at, direction, "out-scalar", "a pointer to one number that C may write", out);
}

fn pointer(
    index: &Index<'_>,
    subject: &Subject<'_>,
    at: usize,
    arg: &Arg,
    measured: &[Option<Measured>],
    out: &mut Findings<'_>,
) {
    let is_error = arg.shape.depth() == 2
        && arg.shape.base == Base::Record
        && matches!(arg.plain.as_str(), "error" | "err" | "errors")
        && at + 1 == subject.params.len();
    if is_error {
        place(at, Direction::Out, "out-error", "the last parameter, for an error", out);
        out.claim(at, Claim::Nullability(Nullability::Nullable), "out-error", "who does not ask gets no error");
        let value = Value {
            origins: vec![Origin::Owned { free: out.destroyer(&arg.shape.last) }],
            nullability: Some(Nullability::Nullable),
            ..Value::default()
        };
        out.claim(at, Claim::Pointee(value), "out-error", "null without an error");
        return;
    }
    let is_getter = words::has(&subject.verbs, GETTERS);
    if let Some(known) = &measured[at] {
        if !known.is_inner {
            return;
        }
        let is_moved = !known.is_deref && known.by > at;
        let is_changed = is_moved || subject.params[known.by].plain == "argc";
        let direction = if is_changed { Direction::InOut } else { Direction::Out };
        place(at, direction, "out-array", "a place for an array, with a place for its length", out);
        let by = subject.params[known.by].name.clone();
        let by = if known.is_deref { Expr::Deref(by) } else { Expr::Name(by) };
        let is_bytes = arg.shape.depth() == 2 && matches!(arg.shape.base, Base::Void | Base::Byte | Base::Char);
        let extent = if is_bytes { Extent::Bytes(by) } else { Extent::Count(by) };
        let value = Value { extent: Some(extent), ..Value::default() };
        out.claim(at, Claim::Pointee(value), known.rule, "its length is stored beside it");
        return;
    }
    if strings::is_string_array(index, subject, arg) {
        return;
    }
    // A list of many things is one list: `**out_users, **headers`.
    let is_one = is_decorated(arg) || is_collection(&arg.shape);
    if arg.is_plural && !is_getter && !is_one && arg.shape.depth() == 2 {
        return;
    }
    let is_changed = !is_getter && (at == 0 || words::has(&subject.verbs, CHANGERS));
    let direction = if is_changed { Direction::InOut } else { Direction::Out };
    place(at, direction, "out-pointer", "a place for a pointer", out);
    if arg.shape.depth() == 2 && arg.shape.base == Base::Char && direction == Direction::Out {
        let value = Value { extent: Some(Extent::NullTerminated), ..Value::default() };
        out.claim(at, Claim::Pointee(value), "out-pointer", "a place for a string");
    }
}

/// Whether its name says in front or behind that it is a place: `out_users`, `users_out`.
fn is_decorated(arg: &Arg) -> bool {
    let is_first = arg.words.len() > 1 && matches!(arg.words[0].as_str(), "out" | "ret" | "return");
    is_first || arg.words.last().is_some_and(|word| words::is_decoration(word))
}

/// Whether a record holds many others by its kind.
pub(super) fn is_collection(shape: &Shape) -> bool {
    shape.base == Base::Record && words::has(&words::words(&shape.last), COLLECTIONS)
}

fn record(
    index: &Index<'_>,
    subject: &Subject<'_>,
    at: usize,
    arg: &Arg,
    measured: Option<&Measured>,
    out: &mut Findings<'_>,
) {
    let Some(record) = index.record(&arg.shape) else { return };
    let is_init = |verb: Option<&String>| verb.is_some_and(|verb| verb == "init");
    if subject.is_receiver(at) && subject.verbs.first().is_some_and(|verb| verb == "from") && !record.is_opaque {
        return place(at, Direction::Out, "out-record", "a structure made from something else", out);
    }
    if subject.is_receiver(at) && (is_init(subject.verbs.first()) || is_init(subject.verbs.last())) && !record.is_opaque
    {
        return place(at, Direction::Out, "out-record", "a structure that its init fills", out);
    }
    if record.is_opaque || subject.is_receiver(at) || record.is_shared {
        return;
    }
    let verbs = &subject.verbs;
    if measured.is_some_and(|known| known.is_deref) {
        let reason = "a structure with a place for its size";
        return out.claim(at, Claim::Direction(Direction::Out), "out-buffer", reason);
    }
    if measured.is_some() {
        if words::has(verbs, &["get", "query", "fetch", "read", "receive", "list"]) && !words::has(verbs, SETTERS) {
            out.claim(at, Claim::Direction(Direction::Out), "out-buffer", "an array of structures that a getter fills");
        }
        return;
    }
    // `forward(const iter *from, iter *start)`: where one is `const` and the other is not, the other is written.
    let has_const = subject.params.iter().any(|other| {
        other.shape.points_to(Base::Record) && !other.shape.is_mut() && other.shape.last == arg.shape.last
    });
    if at > 0 && has_const {
        return place(at, Direction::Out, "out-record", "a structure beside a `const` one of its type", out);
    }
    if words::has(&arg.words, FILLED) {
        return place(at, Direction::Out, "out-record", "a structure with the name of a result", out);
    }
    if words::has(verbs, SETTERS) && !words::has(verbs, &["get"]) {
        return;
    }
    if record.is_plain {
        let direction = if at == 0 { Direction::InOut } else { Direction::Out };
        place(at, direction, "out-record", "a structure of numbers that C may write", out);
    } else if at > 0 && words::has(verbs, GETTERS) {
        place(at, Direction::Out, "out-record", "a structure without an owner, filled by a getter", out);
    }
}

fn buffer(subject: &Subject<'_>, at: usize, arg: &Arg, measured: Option<&Measured>, out: &mut Findings<'_>) {
    // `compress(dest, dest_len, char *source, source_len)`, `bz_write`, `bzwrite`: not `const`, and read all the same.
    if words::has(&arg.words, SOURCES) {
        return;
    }
    let is_setter = words::has(&subject.verbs, SETTERS) || subject.verbs.iter().any(|verb| verb.ends_with("write"));
    let is_getter = words::has(&subject.verbs, GETTERS);
    let is_filled = words::has(&arg.words, FILLED) || arg.words.last().is_some_and(|word| words::is_decoration(word));
    let is_asked = is_getter
        && words::has(&subject.verbs, &["get", "to", "read", "recv", "receive", "query"])
        && arg.shape.base != Base::Void;
    match measured {
        Some(_) if !is_setter && (is_filled || is_asked) => {
            out.claim(at, Claim::Direction(Direction::Out), "out-buffer", "a buffer that a getter fills");
        }
        Some(known) if known.is_deref => {
            out.claim(at, Claim::Direction(Direction::Out), "out-buffer", "a buffer with a place for its length");
        }
        None if is_getter && !is_setter && arg.shape.base == Base::Byte => {
            out.claim(
                at,
                Claim::Direction(Direction::Out),
                "out-scalar",
                "a number of one byte, or more, that a getter fills",
            );
        }
        None if words::has(&arg.words, &["out", "outbuf", "outbuffer", "output", "return", "ret"]) => {
            out.claim(at, Claim::Direction(Direction::Out), "out-buffer", "memory with the name of a result");
        }
        _ => {}
    }
}

#[cfg(all(test, feature = "clang"))]
mod tests {
    use super::super::testing::said;

    #[test]
    fn places_that_c_fills() {
        for (function, expected) in [
            ("fn box_size(b: *mut box_, width: *mut c_int, ok: *mut flag_bool);", "b: opaque; width: out; ok: out"),
            ("fn box_item(b: *mut box_, to: *mut *mut item);", "b: opaque; to: out"),
            ("fn box_get_extents(b: *mut box_, ink: *mut point);", "b: opaque; ink: out"),
            ("fn box_get_pair(b: *mut box_, pair: *mut pair);", "b: opaque; pair: out"),
            ("fn box_read(b: *mut box_, buf: *mut u8, len: size_t);", "b: opaque; buf: out sized_by(len)"),
            ("fn pair_from_text(p: *mut pair, text: *const c_char);", "p: out; text: null_terminated"),
            ("fn pair_to_text(p: *mut pair, n: c_int);", ""),
            ("fn item_init_first(i: *mut item, p: *const c_int);", "i: out"),
            ("fn box_forward(b: *mut box_, from: *const pair, start: *mut pair);", "b: opaque; start: out"),
            ("fn box_forward(b: *mut box_, start: *mut pair);", "b: opaque"),
            ("fn box_get_bits(b: *mut box_, value: *mut u8);", "b: opaque; value: out"),
            ("fn box_add(a: *const pair, b: *const pair, res: *mut pair);", "res: out"),
            ("fn box_set_bits(b: *mut box_, value: *mut u8);", "b: opaque"),
            ("fn box_all(b: *mut box_, out_users: *mut *mut item);", "b: opaque; out_users: out"),
            ("fn box_all(b: *mut box_, users: *mut *mut item);", "b: opaque"),
            ("fn box_all(b: *mut box_, users: *mut *mut item_list);", "b: opaque; users: out"),
            (
                "fn pack(dest: *mut c_char, dest_len: *mut c_uint, source: *mut c_char, source_len: c_uint);",
                "dest: out sized_by(*dest_len); dest_len: inout; source: sized_by(source_len)",
            ),
            // In place, given, or many.
            ("fn atomic_inc(counter: *mut c_int);", "counter: inout"),
            ("fn box_set_pair(b: *mut box_, pair: *mut pair);", "b: opaque"),
            ("fn box_draw(b: *mut box_, at: *mut point);", "b: opaque"),
            ("fn box_dash(b: *mut box_, widths: *mut c_int);", "b: opaque"),
            ("fn box_width(b: *mut box_, width: *const c_int);", "b: opaque"),
        ] {
            assert_eq!(said(function), expected, "{function}");
        }
    }

    #[test]
    fn errors_come_last() {
        let expected = "b: opaque; error: out pointee(owned, nullable)";
        assert_eq!(said("fn f(b: *mut box_, error: *mut *mut pair);"), expected);
        assert_eq!(said("fn f(error: *mut *mut pair, b: *mut box_);"), "error: inout; b: opaque");
    }
}
