//! How lengths are named in the header at hand, learnt from all of its functions.

use super::elsewhere::{self, Counts};
use super::index::{Arg, Subject};
use super::names;
use super::shape::Base;
use std::collections::{BTreeMap, HashSet};

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
    /// How types are counted.
    pub(super) counts: Counts,
}

impl Conventions {
    /// Looks at every integer beside a pointer.
    pub(super) fn learn(subjects: &[Subject<'_>]) -> Self {
        let mut suffixes: BTreeMap<&str, usize> = BTreeMap::new();
        let mut prefixes: BTreeMap<&str, usize> = BTreeMap::new();
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
                        *suffixes.entry(word).or_default() += 1;
                    }
                    if let Some(word) = arg.words.strip_suffix(pointer.words.as_slice()).and_then(only) {
                        *prefixes.entry(word).or_default() += 1;
                    }
                }
                if arg.words.len() == 1 {
                    let seen = bare.entry(&arg.words[0]).or_default();
                    seen.0 += 1;
                    seen.1 += usize::from(before.is_some_and(is_bytes));
                }
            }
        }
        let habits = |counts: BTreeMap<&str, usize>| {
            let often = counts.into_iter().filter(|(word, count)| *count >= HABIT && !is_other(word));
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
        learnt
    }
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
