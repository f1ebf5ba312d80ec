//! Which functions make a record and which end it: pairs such as new and free, open and close, init and deinit.

use super::Findings;
use super::index::{Index, Subject, type_words};
use super::shape::Base;
use crate::contract::value::{Origin, Value};
use crate::contract::{Claim, Direction, Escape, Extent};
use std::collections::HashMap;

/// Last words of functions that make a record, with those that end it, the likeliest first.
const PAIRS: &[(&str, &[&str])] = &[
    ("new", &["unref", "free", "destroy", "delete", "release", "close"]),
    ("create", &["destroy", "unref", "free", "delete", "release", "close"]),
    ("open", &["close", "unref", "free", "destroy"]),
    ("alloc", &["free", "unref", "destroy", "release"]),
    ("ref", &["unref", "release"]),
    ("retain", &["release"]),
    ("acquire", &["release"]),
    ("copy", &["free", "unref", "destroy"]),
    ("dup", &["free", "unref", "destroy"]),
    ("clone", &["free", "unref", "destroy"]),
    ("init", &["free", "destroy", "cleanup", "close"]),
    ("connect", &["disconnect", "close", "unref"]),
];
/// First steps and last steps of memory that the caller owns.
const INITS: &[(&str, &[&str])] = &[(
    "init",
    &["deinit", "uninit", "clear", "fini", "finish", "end", "destroy", "cleanup", "unset", "free", "term", "done"],
)];
/// Last words of functions that end a record, the likeliest first.
const ENDS: &[&str] = &["unref", "free", "destroy", "close", "delete", "release"];

/// What ends each record.
#[derive(Debug, Default)]
pub(super) struct Lifecycles {
    /// By record: last words of the functions that end it, with the whole name.
    ends: HashMap<String, HashMap<String, String>>,
    /// By record: what it begins with, and so is one of.
    parents: HashMap<String, String>,
}

impl Lifecycles {
    /// Looks for functions that end what they take.
    pub(super) fn new(index: &Index<'_>) -> Self {
        let mut all = Self::default();
        for subject in &index.subjects {
            let Some(last) = subject.words.last() else { continue };
            let is_end = ENDS.contains(&last.as_str())
                || PAIRS.iter().chain(INITS).any(|(_, ends)| ends.contains(&last.as_str()));
            if is_end && subject.params.len() == 1 && subject.is_receiver(0) {
                let ends = all.ends.entry(subject.params[0].shape.last.clone()).or_default();
                ends.insert(last.clone(), subject.function.c_name().to_owned());
            }
        }
        // What takes any pointer ends the record of its name.
        for (name, record) in &index.uses {
            if let Some(parent) = &record.parent {
                all.parents.insert(name.clone(), parent.clone());
            }
            let prefix = type_words(name).join("_");
            for end in ENDS {
                let function = format!("{prefix}_{end}");
                if let Some(at) = index.by_name.get(function.as_str())
                    && matches!(index.subjects[*at].params.as_slice(), [only] if only.shape.points_to(Base::Void))
                {
                    all.ends.entry(name.clone()).or_default().insert((*end).to_owned(), function);
                }
            }
        }
        all
    }

    /// The function that ends a record, or what the record begins with.
    pub(super) fn destroyer(&self, record: &str) -> Option<String> {
        self.end(record, ENDS)
    }

    fn end(&self, record: &str, wanted: &[&str]) -> Option<String> {
        let mut record = record;
        for _ in 0..16 {
            if let Some(ends) = self.ends.get(record)
                && let Some(found) = wanted.iter().find_map(|end| ends.get(*end))
            {
                return Some(found.clone());
            }
            record = self.parents.get(record)?;
        }
        None
    }
}

/// Adds what is made and what is ended.
pub(super) fn apply(index: &Index<'_>, subject: &Subject<'_>, out: &mut Findings<'_>) {
    made(index, subject, out);
    let name = subject.function.c_name();
    let Some(first) = subject.params.first().filter(|arg| arg.shape.points_to(Base::Record)) else { return };
    let record = first.shape.last.clone();
    let is_pair = |wanted: &[&str]| out.lifecycles.end(&record, wanted);
    let Some(last) = subject.words.last() else { return };
    for (start, ends) in INITS {
        let is_ended = ends.iter().find_map(|end| is_pair(&[end]));
        if last == start
            && subject.is_receiver(0)
            && !subject.result.is_pointer()
            && let Some(end) = is_ended
        {
            let reason = format!("`{end}` ends it");
            out.claim(0, Claim::Direction(Direction::Out), "init-and-ended", reason.clone());
            out.claim(0, Claim::Extent(Extent::One), "init-and-ended", reason);
        }
    }
    let is_made = index.record(&first.shape).is_some_and(|record| record.results > 0);
    if is_made
        && subject.params.len() == 1
        && is_pair(ENDS).is_some()
        && ENDS.contains(&last.as_str())
        && is_known_end(out, &record, name)
    {
        out.claim(
            0,
            Claim::Escape(Escape::Transfer { free: None }),
            "made-and-ended",
            format!("`{name}` ends what it takes"),
        );
    }
}

fn is_known_end(out: &Findings<'_>, record: &str, name: &str) -> bool {
    out.lifecycles.ends.get(record).is_some_and(|ends| ends.values().any(|end| end == name))
}

fn made(index: &Index<'_>, subject: &Subject<'_>, out: &mut Findings<'_>) {
    let result = &subject.result;
    let is_known = result.points_to(Base::Record) && result.is_mut() && index.record(result).is_some();
    if !is_known {
        return;
    }
    // The last verb of the name: x_new_from_data is a new, x_get_copy a copy.
    let verb = subject.words.iter().rev().find_map(|word| PAIRS.iter().find(|(make, _)| make == word));
    let Some((make, ends)) = verb else { return };
    // A function that gives back what it takes makes nothing, but for one more reference.
    if *make == "init" && subject.params.first().is_some_and(|arg| arg.shape.last == result.last) {
        return;
    }
    if let Some(free) = out.lifecycles.end(&result.last, ends) {
        let value = Value { origins: vec![Origin::Owned { free: Some(free.clone()) }], ..Value::default() };
        out.returns(value, "made-and-ended", format!("`{make}` in its name, and `{free}` for what it gives"));
    }
}

#[cfg(all(test, feature = "clang"))]
mod tests {
    use super::super::testing::{infer, spell};

    #[test]
    fn what_is_made_is_ended() {
        let said = infer(
            "fn box_new() -> *mut box_; fn box_free(b: *mut box_); fn box_get_other(b: *mut box_) -> *mut box_;
             fn box_open(path: *const c_char) -> *mut box_; fn box_close(b: *mut box_);
             fn thing_new() -> *mut item;",
            &[],
        );
        let said: Vec<String> = said.iter().map(spell).collect();
        assert_eq!(
            said,
            [
                "-> owned, free = box_free",
                "b: opaque transfer",
                "b: opaque",
                "path: null_terminated; -> owned, free = box_close",
                "b: opaque transfer",
                ""
            ]
        );
    }

    #[test]
    fn a_structure_is_filled_by_its_init() {
        let said = infer("fn pair_init(p: *mut pair); fn pair_clear(p: *mut pair);", &["out-record"]);
        assert_eq!(spell(&said[0]), "p: out");
        let alone = infer("fn pair_init(p: *mut pair);", &["out-record"]);
        assert_eq!(spell(&alone[0]), "");
    }
}
