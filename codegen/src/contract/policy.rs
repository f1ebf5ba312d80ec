//! How the calls of a function are checked: how strictly, with which copies, or not at all. Nothing here is about what C does.

use super::axes::{Fact, Source};
use crate::diag::Place;
use std::collections::BTreeMap;
use std::fmt;

/// Which unpinned targets of the pointers inside an argument are reported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Nested {
    /// All (PF001).
    #[default]
    Strict,
    /// Those alone that are freed (PF002): for code from before there were pins.
    Live,
}

impl Nested {
    /// The words, in attributes, options and files.
    pub const WORDS: &'static [&'static str] = &["strict", "live"];

    /// What a word says.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "strict" => Some(Self::Strict),
            "live" => Some(Self::Live),
            _ => None,
        }
    }
}

impl fmt::Display for Nested {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Strict => "strict",
            Self::Live => "live",
        })
    }
}

/// Which calls at level full give C copies between guard pages, where some do by default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guarded {
    /// Every call.
    Always,
    /// No call.
    Never,
}

impl Guarded {
    /// What a word says.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "always" => Some(Self::Always),
            "never" => Some(Self::Never),
            _ => None,
        }
    }
}

impl fmt::Display for Guarded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Always => "always",
            Self::Never => "never",
        })
    }
}

/// What is said of one function.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    /// Which nested pointers are reported.
    pub nested: Option<Fact<Nested>>,
    /// Which calls get guarded copies.
    pub guarded: Option<Fact<Guarded>>,
    /// Why its calls are not checked at all.
    pub unchecked: Option<Fact<String>>,
    /// Whether calls run callbacks that C was given before.
    pub calls_back: Option<Fact<bool>>,
}

impl Policy {
    /// Takes over from another function what is open here.
    pub fn fill_from(&mut self, known: &Policy) {
        self.nested = self.nested.take().or_else(|| known.nested.clone());
        self.guarded = self.guarded.take().or_else(|| known.guarded.clone());
        self.unchecked = self.unchecked.take().or_else(|| known.unchecked.clone());
        self.calls_back = self.calls_back.take().or_else(|| known.calls_back.clone());
    }

    /// Of a pack: its tokens are nobody's.
    pub(super) fn forget_places(&mut self) {
        fn forget<T>(fact: &mut Option<Fact<T>>) {
            if let Some(fact) = fact {
                fact.place = Place::Unknown;
            }
        }
        forget(&mut self.nested);
        forget(&mut self.guarded);
        forget(&mut self.unchecked);
        forget(&mut self.calls_back);
    }

    /// The words of the contract language that say it.
    pub fn words(&self) -> Vec<String> {
        let nested = self.nested.as_ref().map(|fact| format!("nested({})", fact.value));
        let guarded = self.guarded.as_ref().map(|fact| format!("guarded({})", fact.value));
        let unchecked = self.unchecked.as_ref().map(|fact| format!("unchecked({:?})", fact.value));
        let calls_back = self.calls_back.as_ref();
        let calls_back = calls_back.map(|fact| if fact.value { "calls_back" } else { "nocallback" }.to_owned());
        [nested, guarded, unchecked, calls_back].into_iter().flatten().collect()
    }
}

/// What options say, of everything or of functions by name. The words on a function itself come before them.
#[derive(Clone, Debug, Default)]
pub struct Policies {
    /// For all functions of which nobody says it.
    pub nested: Option<Nested>,
    /// By name.
    pub functions: BTreeMap<String, Policy>,
}

impl Policies {
    /// Adds what a call on the builder says of one function.
    #[cfg(feature = "clang")]
    pub(crate) fn of(&mut self, function: &str) -> &mut Policy {
        self.functions.entry(function.to_owned()).or_default()
    }

    /// What options say of one function by its name: as strong as its own attributes, and read after them.
    pub(super) fn named(&self, function: &str, policy: &mut Policy) {
        if let Some(known) = self.functions.get(function) {
            policy.fill_from(known);
        }
    }

    /// What options say of all functions: weaker than any word on one of them.
    pub(super) fn general(&self, policy: &mut Policy) {
        if let Some(nested) = self.nested {
            let fact = || Fact::new(nested, Source::Attribute, format!("nested = \"{nested}\""));
            policy.nested.get_or_insert_with(fact);
        }
    }
}
