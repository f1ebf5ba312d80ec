//! Which pointers to characters are C strings, and which pointers to pointers are arrays of them.

use super::Findings;
use super::ended::is_unnamed;
use super::index::{Arg, Index, Subject};
use super::lengths::Measured;
use super::shape::Base;
use super::{names, words};
use crate::contract::value::Value;
use crate::contract::{Claim, Direction, Extent, Nullability};

/// Names of memory that is not text, or that C fills.
const BUFFERS: &[&str] = &[
    "buf", "buffer", "data", "bytes", "byte", "blob", "out", "outbuf", "inbuf", "dest", "dst", "output", "result",
    "ret", "return", "contents", "content", "mem", "memory", "raw", "chunk", "pixels", "digest", "hash", "block", "in",
    "src", "source", "input", "payload", "packet", "ptr", "image", "address", "addr", "array", "chars", "end",
    "endptr", "c", "ch",
];

/// Names of arrays of strings that end with null.
const STRVS: &[&str] = &["strv", "argv", "envp", "env", "environ", "strings", "dirs", "lines"];

/// Adds what characters mean.
pub(super) fn apply(index: &Index<'_>, subject: &Subject<'_>, measured: &[Option<Measured>], out: &mut Findings<'_>) {
    for (at, arg) in subject.params.iter().enumerate() {
        if arg.shape.is_bounded || arg.shape.base != Base::Char {
            continue;
        }
        match arg.shape.depth() {
            1 => one(index, subject, at, arg, measured, out),
            2 => several(index, subject, at, arg, measured[at].as_ref(), out),
            _ => {}
        }
    }
}

fn one(
    index: &Index<'_>,
    subject: &Subject<'_>,
    at: usize,
    arg: &Arg,
    measured: &[Option<Measured>],
    out: &mut Findings<'_>,
) {
    if let Some(measured) = &measured[at] {
        if is_terminated_anyway(index, subject, arg, measured) {
            let by = &subject.params[measured.by].name;
            out.claim(
                at,
                Claim::Extent(Extent::NullTerminated),
                "text-or-length",
                format!("text, and `{by}` may be negative"),
            );
        }
        return;
    }
    // `prefix, n`: the first n of them, or all up to the end; nobody knows.
    // So with two texts in front of it: `s1, s2, n`.
    let is_count = |next: usize| {
        let is_free = !measured.iter().flatten().any(|known| known.by == next);
        let is_named = |next: &Arg| matches!(next.plain.as_str(), "n" | "count" | "num") && next.shape.is_integer();
        is_free && subject.params.get(next).is_some_and(is_named)
    };
    let is_twin = subject.params.get(at + 1).is_some_and(|next| {
        let base = |arg: &Arg| arg.plain.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
        next.shape.points_to(Base::Char) && (base(next) == base(arg) || next.plain.len() == 1 && arg.plain.len() == 1)
    });
    let is_cut = is_count(at + 1) || is_twin && is_count(at + 2) && subject.params[at + 2].plain == "n";
    if is_cut {
        return;
    }
    // `source, char *dest, int output_size`: memory by its name, beside other memory, with its length unknown.
    let is_memory = is_buffer(arg)
        && subject.params.iter().enumerate().any(|(other, beside)| {
            let is_place = beside.shape.depth() == 1 && beside.shape.is_mut();
            other != at && is_place && matches!(beside.shape.base, Base::Char | Base::Byte) && is_buffer(beside)
        });
    if is_memory {
        return;
    }
    if !arg.shape.is_mut() {
        out.claim(at, Claim::Extent(Extent::NullTerminated), "const-char-string", "`const char *` without a length");
        return;
    }
    let has_length = subject
        .params
        .iter()
        .any(|other| names::length(other, &index.conventions).is_some_and(|length| length.is_certain));
    // `print(char *str, const char *format)`: a text that is read, and so the other one may be a place for one.
    let is_read = |other: &Arg| other.shape.points_to(Base::Char) && !other.shape.is_mut();
    let may_be_place = at == 0 && subject.params.iter().any(is_read);
    if !is_buffer(arg) && !is_unnamed(arg) && !has_length && !may_be_place {
        out.claim(
            at,
            Claim::Extent(Extent::NullTerminated),
            "char-string",
            "`char *` by the name of a text, without a length",
        );
    }
}

/// Whether a name is that of memory, and not of a text.
pub(super) fn is_buffer(arg: &Arg) -> bool {
    words::has(&arg.words, BUFFERS)
}

/// Text with a signed length: less than zero stands for "up to the end", so a C string always does.
fn is_terminated_anyway(index: &Index<'_>, subject: &Subject<'_>, arg: &Arg, measured: &Measured) -> bool {
    let length = &subject.params[measured.by];
    let is_signed = length.shape.base == Base::Int(true) && !measured.is_deref;
    // A length with the name of the pointer is asked for as such; but `ssize_t` has its sign for a meaning below zero.
    let is_named = length.words.len() > 1 && length.words[..length.words.len() - 1] == arg.words[..];
    let has_end_mark = length.has_end_mark();
    let is_own = is_named && (!has_end_mark || starts_inside(subject));
    // Memory with a size, and not with a length, is no text.
    let is_sized = is_buffer(arg) && matches!(length.words.last().map(String::as_str), Some("size" | "sz"));
    // `data` that is const and made of characters is text as often as not; then the kind of sign decides.
    let is_text = !is_buffer(arg)
        || arg.plain == "data" && has_end_mark
        || words::has(&subject.verbs, &["string", "text", "markup"]);
    // Who is told how many bytes were read has asked with bytes.
    let tells_bytes = subject
        .params
        .iter()
        .any(|other| other.shape.depth() == 1 && other.words.iter().map(String::as_str).eq(["bytes", "read"]));
    // Where texts come with their lengths as a habit, an array of characters is meant.
    let is_habit = subject.words.first().is_some_and(|library| index.conventions.measured_texts.contains(library));
    let is_meant = has_end_mark || index.conventions.has_end_marks;
    !arg.shape.is_mut() && is_signed && is_text && is_meant && !is_own && !is_sized && !tells_bytes && !is_habit
}

/// Whether another number says where in the text to begin.
fn starts_inside(subject: &Subject<'_>) -> bool {
    subject.params.iter().any(|other| {
        other.shape.is_integer() && words::has(&other.words, &["start", "offset", "position", "pos", "from"])
    })
}

fn several(
    index: &Index<'_>,
    subject: &Subject<'_>,
    at: usize,
    arg: &Arg,
    measured: Option<&Measured>,
    out: &mut Findings<'_>,
) {
    let strings = |nullability| Value { extent: Some(Extent::NullTerminated), nullability, ..Value::default() };
    if let Some(measured) = measured {
        // An array with a count: each of them a string.
        if !measured.is_inner && !arg.shape.is_inner_mut() {
            out.claim(at, Claim::Pointee(strings(None)), "string-array", "an array of `const char *` with a count");
        }
        return;
    }
    if is_string_array(index, subject, arg) {
        out.claim(at, Claim::Extent(Extent::NullTerminated), "string-array", "an array of strings without a count");
        let element = Value { direction: Some(Direction::In), ..strings(Some(Nullability::Nonnull)) };
        out.claim(at, Claim::Pointee(element), "string-array", "each element is a C string");
    }
}

/// Whether a pointer to pointers to characters is an array of strings, and not a place for one.
pub(super) fn is_string_array(_: &Index<'_>, subject: &Subject<'_>, arg: &Arg) -> bool {
    if arg.shape.depth() != 2 || arg.shape.base != Base::Char {
        return false;
    }
    // C writes no pointer there: `const char *const *`.
    if !arg.shape.is_mut() {
        return true;
    }
    let is_getter =
        words::has(&subject.verbs, &["get", "read", "load", "query", "parse", "fetch", "finish", "list", "split"]);
    let is_named = words::has(&arg.words, STRVS) || arg.plain.ends_with("strv") || arg.is_plural;
    let is_decorated = arg.words.last().is_some_and(|word| words::is_decoration(word));
    is_named && !is_decorated && (!is_getter || arg.shape.name.contains("trv"))
        || words::has(&arg.words, STRVS) && !is_decorated && !is_getter
}

#[cfg(all(test, feature = "clang"))]
mod tests {
    use super::super::testing::{infer, said, spell};

    #[test]
    fn texts() {
        for (function, expected) in [
            ("fn f(path: *const c_char);", "path: null_terminated"),
            ("fn f(name: *mut c_char);", "name: null_terminated"),
            ("fn f(text: *const c_char, len: c_int);", "text: sized_by(len)"),
            ("fn f(text: *const c_char, len: isize);", "text: null_terminated"),
            (
                "fn f(str_: *const c_char, n: c_int, prefixes: *const point);",
                "str_: null_terminated; prefixes: counted_by(n)",
            ),
            ("fn f(a: *const c_char, n: size_t);", ""),
            // Memory, by its name or by a length that has no sign.
            ("fn f(buffer: *mut c_char);", ""),
            ("fn f(contents: *const c_char, len: c_int);", "contents: sized_by(len)"),
            ("fn f(text: *const c_char, len: size_t);", "text: sized_by(len)"),
            ("fn f(key: *const c_char, key_len: c_int);", "key: sized_by(key_len)"),
            // `ssize_t` has a sign so that -1 can stand for the end, unless a part of the text is meant.
            ("fn f(word: *const c_char, word_len: isize);", "word: null_terminated"),
            ("fn f(word: *const c_char, word_len: isize, start: c_int);", "word: sized_by(word_len)"),
            ("fn f(data: *const c_char, len: isize);", "data: null_terminated"),
            ("fn f(data: *const c_char, len: c_int);", "data: sized_by(len)"),
            ("fn f(data: *const c_char, size: c_int);", "data: sized_by(size)"),
            ("fn f(data: *const c_char, size: isize);", "data: sized_by(size)"),
        ] {
            assert_eq!(said(function), expected, "{function}");
        }
        // A library that gives nearly every text a length means arrays; another one in the same header does not.
        let mut habit: String = (0..6).map(|at| format!("fn hb_f{at}(text: *const c_char, len: c_int);")).collect();
        habit += "fn g_f(text: *const c_char, len: c_int); fn hb_open(path: *const c_char);";
        habit += MARKS;
        let habit = infer(&habit, &[]);
        assert_eq!(spell(&habit[0]), "text: sized_by(len)");
        assert_eq!(spell(&habit[6]), "text: null_terminated");
        assert_eq!(spell(&habit[7]), "path: null_terminated");
        let text = infer("fn f(text: *const c_char, len: isize);", &["text-or-length"]);
        assert_eq!(spell(&text[0]), "text: sized_by(len)");
    }

    /// Texts with a length that has a sign for its own sake.
    const MARKS: &str = "fn m1(text: *const c_char, len: isize); fn m2(text: *const c_char, len: isize);
         fn m3(text: *const c_char, len: isize);";

    #[test]
    fn a_sign_means_something_where_the_header_says_so() {
        let last = |marks: &str, function: &str| {
            let all = infer(&format!("{marks} {function}"), &[]);
            spell(all.last().expect("functions"))
        };
        let function = "fn f(text: *const c_char, len: c_int);";
        assert_eq!(last(MARKS, function), "text: null_terminated");
        assert_eq!(last("", function), "text: sized_by(len)");
        let twice = MARKS.rsplit_once("fn m3").expect("three functions").0;
        assert_eq!(last(twice, function), "text: sized_by(len)");
    }

    #[test]
    fn texts_that_may_be_something_else() {
        for (function, expected) in [
            // Memory beside memory.
            ("fn f(source: *const c_char, dest: *mut c_char, limit: c_int);", ""),
            ("fn f(source: *const c_char, limit: c_int);", "source: null_terminated"),
            // The first n of each.
            ("fn f(s1: *const c_char, s2: *const c_char, n: size_t);", ""),
            ("fn f(s1: *const c_char, s2: *const c_char, flags: c_int);", "s1: null_terminated; s2: null_terminated"),
            ("fn f(one: *const c_char, many: *const c_char, n: size_t);", "one: null_terminated"),
            // A place for what is made of the other.
            ("fn f(text: *mut c_char, format: *const c_char);", "format: null_terminated"),
            ("fn f(text: *mut c_char, format: c_int);", "text: null_terminated"),
        ] {
            assert_eq!(said(function), expected, "{function}");
        }
    }

    #[test]
    fn arrays_of_texts() {
        let element = "pointee(nonnull, null_terminated, input)";
        for (function, expected) in [
            ("fn f(argv: *const *const c_char);", format!("argv: null_terminated {element}")),
            ("fn f(strv: *mut *mut c_char);", format!("strv: null_terminated {element}")),
            (
                "fn f(names: *const *const c_char, n_names: c_int);",
                "names: counted_by(n_names) pointee(null_terminated)".into(),
            ),
            ("fn f(b: *mut box_, name: *mut *mut c_char);", "b: opaque; name: out pointee(null_terminated)".into()),
        ] {
            assert_eq!(said(function), expected, "{function}");
        }
    }
}
