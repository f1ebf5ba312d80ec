//! A pointer and a length that may measure it, and what their names and types say of each other.

use super::index::{Arg, Index, Subject, type_words};
use super::names::Length;
use super::shape::Base;
use super::words::{self, Relation};

/// Names of the size of one element, and of how many there are.
const SIZES: &[&str] = &["size", "sz", "width"];
const COUNTS: &[&str] = &["n", "nmemb", "nitems", "nelem", "nelems", "count", "num"];
/// Words of what goes in, and of what comes out.
const SIDES: [&[&str]; 2] =
    [&["in", "input", "inbuf", "src", "source"], &["out", "output", "outbuf", "dest", "dst", "destination", "target"]];

/// A pointer and a length that may measure it.
#[derive(Clone, Copy)]
pub(super) struct Pair<'a> {
    /// The header.
    pub(super) index: &'a Index<'a>,
    /// The function.
    pub(super) subject: &'a Subject<'a>,
    /// Its parameters as lengths.
    pub(super) lengths: &'a [Option<Length>],
    /// How closely the length speaks of each parameter.
    pub(super) related: &'a [Option<Relation>],
    /// The pointer.
    pub(super) pointer: usize,
    /// The length.
    pub(super) by: usize,
    /// The length, taken apart.
    pub(super) length: &'a Length,
}

impl Pair<'_> {
    /// The pointer.
    pub(super) fn arg(&self) -> &Arg {
        &self.subject.params[self.pointer]
    }

    /// The length.
    pub(super) fn size(&self) -> &Arg {
        &self.subject.params[self.by]
    }

    /// Whether the length stands behind a pointer.
    pub(super) fn is_deref(&self) -> bool {
        self.size().shape.depth() == 1
    }

    /// Whether the pointer is a place for another one.
    pub(super) fn is_stored(&self) -> bool {
        self.arg().shape.depth() >= 2 && self.arg().shape.is_mut()
    }

    /// Whether the length says nothing but that it counts bytes: `n_bytes`.
    pub(super) fn counts_bytes(&self) -> bool {
        matches!(self.length.stem.as_slice(), [only] if words::singular(only) == "byte")
    }

    /// Whether the pointer leads to one that C moves along bytes it only reads: `parse(const unsigned char **in, long len)`.
    pub(super) fn is_window(&self) -> bool {
        let shape = &self.arg().shape;
        let is_read = shape.base == Base::Byte && shape.depth() == 2 && !shape.is_inner_mut();
        self.is_stored() && is_read && !self.arg().is_plural && !self.is_deref() && self.by == self.pointer + 1
    }

    /// Whether both speak of the same side: `source, dest, input_size`.
    pub(super) fn is_same_side(&self) -> bool {
        side(&self.arg().words).is_some_and(|of| side(&self.length.stem) == Some(of))
    }

    /// Whether the function is one of those that work on memory whatever it holds: `memcpy`, `wmemset`.
    pub(super) fn is_in_memory(&self) -> bool {
        let ends = ["memcpy", "memmove", "mempcpy", "memset", "memcmp", "memchr"];
        let name = self.subject.function.c_name();
        ends.iter().any(|end| name.ends_with(end))
    }

    /// Whether the length's type names the structure that it is the length of: `struct sockaddr *, socklen_t`.
    pub(super) fn has_type_of_length(&self) -> bool {
        let [of, rest @ ..] = &*type_words(&self.size().shape.name) else { return false };
        let stem = of.strip_suffix("len").or_else(|| of.strip_suffix("size")).filter(|stem| stem.len() > 2);
        let arg = &self.arg().shape;
        rest.is_empty() && arg.points_to(Base::Record) && stem.is_some_and(|stem| arg.last.starts_with(stem))
    }

    /// Whether the type of what the pointer leads to has the name of what the length counts: `n_vertices, const vertex *`.
    pub(super) fn counts_type(&self) -> bool {
        let arg = self.arg();
        let is_read = !arg.shape.is_mut() || arg.is_plural;
        let is_element = arg.shape.depth() == 1 && matches!(arg.shape.base, Base::Record | Base::Enum);
        let counts = self.length.is_prefixed || self.size().words.last().is_some_and(|word| word == "count");
        let Some(counted) = self.length.stem.last().filter(|_| is_read && is_element && counts && !self.is_deref())
        else {
            return false;
        };
        // The first word is the library's.
        let words = type_words(&arg.shape.name);
        words.iter().skip(1).any(|word| words::singular(word) == words::singular(counted))
    }

    /// The other one of a bare size and a bare count beside each other: `fread(void *ptr, size, nmemb)`.
    pub(super) fn times(&self) -> Option<usize> {
        let is = |at: usize, names: &[&str]| {
            let arg = self.subject.params.get(at);
            arg.is_some_and(|arg| arg.shape.is_integer() && names.contains(&arg.plain.as_str()))
        };
        let next = self.by + 1;
        let is_pair = is(self.by, SIZES) && is(next, COUNTS) || is(self.by, COUNTS) && is(next, SIZES);
        (is_pair && self.arg().shape.points_to(Base::Void) && self.by > self.pointer).then_some(next)
    }
}

/// Whether words speak of what goes in, 0, or of what comes out, 1.
pub(super) fn side(words: &[String]) -> Option<usize> {
    SIDES.iter().position(|side| words::has(words, side))
}
