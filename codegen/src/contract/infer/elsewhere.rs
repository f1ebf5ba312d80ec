//! Which pointers are counted in one function as their type is counted in many others of the header.

use super::index::{Arg, Index, Subject};
use super::lengths::{Measured, may_be_array};
use super::names::{NO_COUNTS, PREFIXES};
use super::shape::Base;
use std::collections::{BTreeMap, HashSet};

/// In how many functions a count has to stand behind such pointers, to be one elsewhere.
const HABIT: usize = 3;

/// For each type, by its name, the words with which its counts end.
pub(super) type Counts = BTreeMap<String, HashSet<String>>;

/// Learns from pointers with a number of things right behind them: `position, channels`.
pub(super) fn learn(subjects: &[Subject<'_>]) -> Counts {
    let mut seen: BTreeMap<(&str, &str), HashSet<usize>> = BTreeMap::new();
    for (at, subject) in subjects.iter().enumerate() {
        for (pointer, count) in subject.params.iter().zip(subject.params.iter().skip(1)) {
            if let Some(word) = count_word(count).filter(|_| is_element(pointer)) {
                seen.entry((&pointer.shape.name, word)).or_default().insert(at);
            }
        }
    }
    let mut counts = Counts::new();
    for ((of, word), _) in seen.into_iter().filter(|(_, functions)| functions.len() >= HABIT) {
        counts.entry(of.to_owned()).or_default().insert(word.to_owned());
    }
    counts
}

/// Adds them where nothing else measures the pointer, and only one number can be meant.
pub(super) fn fill(index: &Index<'_>, subject: &Subject<'_>, measured: &mut [Option<Measured>]) {
    for (at, arg) in subject.params.iter().enumerate() {
        let Some(known) = index.conventions.counts.get(&arg.shape.name).filter(|_| is_element(arg)) else { continue };
        if measured[at].is_some() || !may_be_array(index, subject, at) {
            continue;
        }
        let is_count = |count: &&(usize, &Arg)| count_word(count.1).is_some_and(|word| known.contains(word));
        let all: Vec<(usize, &Arg)> = subject.params.iter().enumerate().collect();
        // `from_position, from_channels`, or `from, from_channels`.
        let goes_with = |count: &&(usize, &Arg)| {
            let front = front(count.1);
            !front.is_empty() && (front == self::front(arg) || front == arg.words)
        };
        let named = only(all.iter().filter(is_count).filter(goes_with));
        if let Some(by) = named.or_else(|| only(all.iter().filter(is_count))) {
            let rule = "counted-elsewhere";
            measured[at] = Some(Measured { by, is_deref: false, is_inner: false, times: None, is_named: false, rule });
        }
    }
}

fn only<'a>(mut counts: impl Iterator<Item = &'a (usize, &'a Arg)>) -> Option<usize> {
    let (by, _) = counts.next()?;
    if counts.next().is_none() { Some(*by) } else { None }
}

fn front(arg: &Arg) -> &[String] {
    arg.words.split_last().map_or(&[], |(_, front)| front)
}

/// The last word of a number of things. `n_values` says itself what it counts: values, and nothing beside them.
fn count_word(arg: &Arg) -> Option<&str> {
    let word = arg.words.last().filter(|_| arg.shape.is_integer() && arg.is_plural)?;
    let says_what = arg.words.len() > 1 && PREFIXES.contains(&arg.words[0].as_str());
    if says_what || NO_COUNTS.contains(&word.as_str()) { None } else { Some(word) }
}

/// Whether its type has a name that says what the elements are; plain numbers and bytes are anything.
fn is_element(arg: &Arg) -> bool {
    arg.shape.depth() == 1 && matches!(arg.shape.base, Base::Enum | Base::Record)
}

#[cfg(all(test, feature = "clang"))]
mod tests {
    use super::super::testing::{infer, spell};

    const HABIT: &str = "fn a(at: *const place, channels: c_int); fn b(at: *const place, channels: c_int);
         fn c(at: *const place, from_channels: c_int);";

    fn last(header: &str, function: &str, off: &[&str]) -> String {
        let place = "fn z(at: *const place, level: c_int);";
        let all = infer(&format!("{header} {place} {function}"), off);
        spell(all.last().expect("functions"))
    }

    #[test]
    fn a_type_is_counted_as_it_is_elsewhere() {
        for (function, expected) in [
            (
                "fn d(channels: c_int, from: *const place, to: *const place);",
                "from: counted_by(channels); to: counted_by(channels)",
            ),
            (
                "fn d(from: *const place, from_channels: c_int, to: *const place, to_channels: c_int);",
                "from: counted_by(from_channels); to: counted_by(to_channels)",
            ),
            (
                "fn d(in_channels: c_int, in_position: *const place, out_channels: c_int, out_position: *const place);",
                "in_position: counted_by(in_channels); out_position: counted_by(out_channels)",
            ),
            // Two numbers and no words that go with one, something else that is counted, another type.
            ("fn d(channels: c_int, out_channels: c_int, to: *const place);", ""),
            ("fn d(rates: c_int, to: *const place);", ""),
            ("fn d(channels: c_int, to: *const pair);", ""),
        ] {
            assert_eq!(last(HABIT, function, &[]), expected, "{function}");
        }
        let function = "fn d(channels: c_int, from: *const place);";
        assert_eq!(last(HABIT, function, &["counted-elsewhere"]), "");
        // What says itself what it counts is no evidence for what stands beside it.
        let counted = HABIT.replace("channels: c_int", "n_values: c_int");
        assert_eq!(last(&counted, "fn d(n_values: c_int, from: *const place);", &[]), "");
        // Twice is no habit.
        let twice = HABIT.rsplit_once("fn c").expect("three functions").0;
        assert_eq!(last(twice, function, &[]), "");
    }
}
