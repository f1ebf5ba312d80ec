//! Which names are those of lengths, and what they measure by their words.

use super::index::Arg;
use super::learn::Conventions;
use super::shape::Base;
use super::words::{self, Relation};

/// Names that are lengths by themselves.
const BARE: &[&str] = &[
    "n", "len", "length", "size", "count", "cnt", "nbytes", "nbyte", "num", "sz", "nelem", "nelems", "nmemb", "nitems",
    "capacity", "siz",
];
/// Last words of a length that names what it measures.
const SUFFIXES: &[&str] = &["len", "length", "size", "count", "cnt", "sz", "nbytes", "bytes", "n", "capacity"];
/// First words of a length that names what it counts.
pub(super) const PREFIXES: &[&str] = &["n", "num", "nr", "no", "count", "number", "len", "size"];
/// Plurals that are one number all the same.
pub(super) const NO_COUNTS: &[&str] = &[
    "flags",
    "attrs",
    "attributes",
    "bits",
    "options",
    "opts",
    "mods",
    "modifiers",
    "caps",
    "events",
    "args",
    "params",
    "hints",
    "secs",
    "seconds",
    "msecs",
    "usecs",
    "millis",
    "minutes",
    "hours",
    "days",
    "months",
    "years",
    "degrees",
    "radians",
    "ticks",
    "permissions",
    "features",
    "conditions",
    "rights",
    "types",
    "settings",
    "bytes",
];
/// Words that say which of several numbers a length is.
const QUALIFIERS: &[&str] = &["actual", "total", "real"];
/// What a length may measure without saying which parameter.
pub(super) const ANY: &[&str] = &[
    "buf",
    "buffer",
    "byte",
    "char",
    "character",
    "item",
    "element",
    "elem",
    "elt",
    "data",
    "max",
    "maximum",
    "array",
    "out",
    "output",
    "in",
    "input",
    "entry",
    "entr",
    "member",
];

/// A length's name, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Length {
    /// What it measures; empty for a bare name.
    pub(super) stem: Vec<String>,
    /// Whether the name alone says that it is a length.
    pub(super) is_certain: bool,
    /// Whether it says so in front: `n_keys`.
    pub(super) is_prefixed: bool,
    /// Whether it is a bare plural: `channels`.
    pub(super) is_plural: bool,
    /// The number at the end of a bare name, which the pointer bears as well: `mem1, size1`.
    pub(super) number: String,
}

impl Length {
    /// How closely it speaks of a pointer.
    pub(super) fn relation(&self, pointer: &Arg) -> Option<Relation> {
        if self.number.is_empty() {
            return words::relation(&self.stem, &pointer.words);
        }
        let is_same = pointer.plain.strip_suffix(&self.number).is_some_and(|rest| !rest.is_empty());
        is_same.then_some(Relation::Exact)
    }
}

impl Length {
    /// Whether it begins with the first letter of the pointer and nothing else: `out, olen`.
    pub(super) fn is_initial_of(&self, pointer: &Arg) -> bool {
        let [stem] = self.stem.as_slice() else { return false };
        let is_memory = matches!(pointer.shape.base, Base::Void | Base::Char | Base::Byte);
        stem.len() == 1
            && is_memory
            && pointer.shape.depth() == 1
            && !self.is_prefixed
            && pointer.plain.starts_with(&**stem)
    }
}

/// Takes a parameter's name apart, where it is that of a length.
pub(super) fn length(arg: &Arg, conventions: &Conventions) -> Option<Length> {
    // A byte may be a length by a plain name, and so may the place for one.
    let is_byte = arg.shape.base == Base::Byte
        && (arg.shape.depth() == 0 || arg.shape.is_mut())
        && arg.words.last().is_some_and(|word| matches!(word.as_str(), "len" | "length" | "size" | "count"));
    if !(matches!(arg.shape.base, Base::Int(_)) || is_byte) || arg.shape.depth() > 1 {
        return None;
    }
    let mut name: Vec<String> = arg.words.clone();
    while name.len() > 1 && name.last().is_some_and(|word| words::is_decoration(word) || word == "left") {
        name.pop();
    }
    // Vala: `ids_length1`, the length of the first dimension.
    if let [_, .., last] = name.as_mut_slice()
        && last.strip_suffix('1').is_some_and(|rest| matches!(rest, "length" | "len" | "size" | "count"))
    {
        last.pop();
    }
    let length = |stem: &[String], is_certain, is_prefixed| {
        Some(Length { stem: stem.to_vec(), is_certain, is_prefixed, is_plural: false, number: String::new() })
    };
    let found = |stem: &[String], is_prefixed| length(stem, true, is_prefixed);
    match name.as_slice() {
        [] => None,
        [word] if BARE.contains(&word.as_str()) || conventions.bare.contains(word) => found(&[], false),
        [word] if word == "max" => found(&name, false),
        [word] if word == "bytes" && arg.shape.depth() == 0 => found(&name, false),
        [word] => {
            let (bare, number) = word.split_at(word.trim_end_matches(|c: char| c.is_ascii_digit()).len());
            if BARE.contains(&bare) {
                return found(&[], false).map(|length| Length { number: number.to_owned(), ..length });
            }
            // `maxlen`, `bufsize`: what it measures is a word for any memory.
            let guess = |stem: &str, is_prefixed| length(&[stem.to_owned()], ANY.contains(&stem), is_prefixed);
            let end = ["length", "count", "bytes", "size", "siz", "len", "cnt", "num"];
            if word == "argc" || word == "argcp" {
                return guess("arg", true);
            }
            if let Some(stem) = end.iter().find_map(|end| word.strip_suffix(end)).filter(|stem| !stem.is_empty()) {
                return guess(stem, false);
            }
            let start = ["num", "n"].iter().find_map(|start| word.strip_prefix(start)).filter(|stem| stem.len() > 1);
            if let Some(stem) = start {
                return guess(stem, true);
            }
            let counts = arg.is_plural && arg.shape.depth() == 0 && !NO_COUNTS.contains(&word.as_str());
            let plural = || Some(Length { is_plural: true, ..guess(words::singular(word), false)? });
            if counts { plural() } else { None }
        }
        // `actual_length` is the length of something, not of what is actual.
        [first, last] if QUALIFIERS.contains(&first.as_str()) && BARE.contains(&last.as_str()) => found(&[], false),
        [first, .., last] => {
            if PREFIXES.contains(&first.as_str()) || conventions.prefixes.contains(first) {
                let rest = if name[1] == "of" { 2 } else { 1 };
                return if name.len() == rest { None } else { found(&name[rest..], true) };
            }
            // `extra_fds, extra_nfds`
            let joined = last.strip_prefix('n').filter(|rest| rest.len() > 2 && words::is_plural(rest));
            if let Some(rest) = joined.filter(|_| !SUFFIXES.contains(&last.as_str())) {
                let mut stem = name[..name.len() - 1].to_vec();
                stem.push(rest.to_owned());
                return length(&stem, false, true);
            }
            let is_suffix = SUFFIXES.contains(&last.as_str()) || conventions.suffixes.contains(last);
            if is_suffix { found(&name[..name.len() - 1], false) } else { None }
        }
    }
}
