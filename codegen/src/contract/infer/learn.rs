//! How lengths are named in the header at hand, learnt from all of its functions.

use super::elsewhere::{self, Counts};
use super::index::{Arg, Subject};
use super::names;
use super::shape::Base;
use std::collections::{BTreeMap, HashSet};

/// Words, each with the names of the pointers that it stands beside.
type Seen<'a> = BTreeMap<&'a str, Vec<&'a str>>;

/// From how many functions on a word is a habit of the library.
const HABIT: usize = 3;

/// Words that a library uses in the names of its lengths.
#[derive(Clone, Debug, Default)]
pub(super) struct Conventions {
    /// What stands behind a pointer's name: `len` in `key_len`.
    pub(super) suffixes: HashSet<String>,
    /// What stands in front of it: `n` in `n_keys`.
    pub(super) prefixes: HashSet<String>,
    /// Whole names that stand right behind a buffer, again and again.
    pub(super) bare: HashSet<String>,
    /// Libraries, by the first word of their functions, that hand over most texts with a length beside them.
    pub(super) measured_texts: HashSet<String>,
    /// Whether texts come with lengths of a type that has a sign for its own sake: then less than zero means something.
    pub(super) has_end_marks: bool,
    /// How types are counted.
    pub(super) counts: Counts,
}

impl Conventions {
    /// Looks at every integer beside a pointer.
    pub(super) fn learn(subjects: &[Subject<'_>]) -> Self {
        let mut suffixes = Seen::new();
        let mut prefixes = Seen::new();
        let mut bare: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for subject in subjects {
            for (index, arg) in subject.params.iter().enumerate() {
                if !arg.shape.is_integer() {
                    continue;
                }
                let before = index.checked_sub(1).map(|before| &subject.params[before]);
                let after = subject.params.get(index + 1);
                for pointer in [before, after].into_iter().flatten().filter(|arg| arg.shape.is_pointer()) {
                    if let Some(word) = arg.words.strip_prefix(pointer.words.as_slice()).and_then(only) {
                        suffixes.entry(word).or_default().push(&pointer.plain);
                    }
                    if let Some(word) = arg.words.strip_suffix(pointer.words.as_slice()).and_then(only) {
                        prefixes.entry(word).or_default().push(&pointer.plain);
                    }
                }
                if arg.words.len() == 1 {
                    let seen = bare.entry(&arg.words[0]).or_default();
                    seen.0 += 1;
                    seen.1 += usize::from(before.is_some_and(is_bytes));
                }
            }
        }
        // `tlv_offset, *offset` everywhere is a pair of names; a word for lengths goes with several pointers.
        let habits = |seen: Seen<'_>| {
            let is_several = |names: &[&str]| names.iter().any(|name| *name != names[0]);
            let often =
                seen.into_iter().filter(|(word, names)| names.len() >= HABIT && is_several(names) && !is_other(word));
            often.map(|(word, _)| word.to_owned()).collect()
        };
        // A bare name that stands elsewhere as often is an index, a flag, or anything.
        let bare = bare
            .into_iter()
            .filter(|(word, (all, beside))| *beside >= 2 * HABIT && beside * 10 >= all * 9 && !is_other(word))
            .map(|(word, _)| word.to_owned())
            .collect();
        let counts = elsewhere::learn(subjects);
        let mut learnt =
            Self { suffixes: habits(suffixes), prefixes: habits(prefixes), bare, counts, ..Self::default() };
        learnt.measured_texts = measured_texts(subjects, &learnt);
        learnt.has_end_marks = has_end_marks(subjects);
        learnt
    }
}

/// Whether three functions or more have an `ssize_t` right behind a text. In other headers an `int` is a plain length.
fn has_end_marks(subjects: &[Subject<'_>]) -> bool {
    let has_mark = |subject: &&Subject<'_>| {
        subject.params.iter().zip(subject.params.iter().skip(1)).any(|(text, length)| {
            text.shape.points_to(Base::Char)
                && !text.shape.is_mut()
                && length.shape.is_integer()
                && length.has_end_mark()
        })
    };
    subjects.iter().filter(has_mark).count() >= HABIT
}

fn measured_texts(subjects: &[Subject<'_>], lengths: &Conventions) -> HashSet<String> {
    let mut texts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for subject in subjects {
        let Some(library) = subject.words.first() else { continue };
        for (at, arg) in subject.params.iter().enumerate() {
            if !arg.shape.points_to(Base::Char) || arg.shape.is_mut() || arg.shape.is_bounded {
                continue;
            }
            let next = subject.params.get(at + 1).filter(|next| next.shape.is_integer());
            let is_measured = next.is_some_and(|next| names::length(next, lengths).is_some());
            let (measured, alone) = texts.entry(library).or_default();
            *(if is_measured { measured } else { alone }) += 1;
        }
    }
    let most = texts.into_iter().filter(|(_, (measured, alone))| *measured >= 2 * HABIT && measured > alone);
    most.map(|(library, _)| library.to_owned()).collect()
}

fn only(words: &[String]) -> Option<&str> {
    match words {
        [word] => Some(word),
        _ => None,
    }
}

fn is_bytes(arg: &Arg) -> bool {
    arg.shape.points_to(Base::Void) || arg.shape.points_to(Base::Byte)
}

/// Words that stand beside a pointer's name without counting anything.
fn is_other(word: &str) -> bool {
    matches!(
        word,
        "flags"
            | "flag"
            | "type"
            | "id"
            | "idx"
            | "index"
            | "offset"
            | "pos"
            | "position"
            | "mode"
            | "fd"
            | "stride"
            | "handle"
            | "start"
            | "end"
            | "first"
            | "last"
            | "x"
            | "y"
            | "width"
            | "height"
            | "row"
            | "column"
            | "time"
            | "value"
            | "format"
            | "version"
            | "key"
            | "quark"
            | "priority"
            | "domain"
            | "code"
            | "mask"
            | "align"
    ) || word.chars().all(|c| c.is_ascii_digit())
}
