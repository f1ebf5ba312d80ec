//! The rules by name, and which of them are asked.

use crate::diag::{Diagnostic, Diagnostics, Place, closest, codes};
use std::collections::BTreeSet;

/// Every rule: the name that `sources` show, and what it says.
pub const RULES: &[(&str, &str)] = &[
    ("doxygen-direction", "a comment says `[in]`, `[out]` or `[in,out]` of a parameter"),
    ("docs-hint", "a comment says `(out)`, or that a parameter may be null, or ends with a zero"),
    ("array-notation", "a parameter written as `a[4]` or `a[n]` has that many elements"),
    ("opaque-handle", "a pointer to a structure that is declared but not defined is C's own memory"),
    ("handle-by-use", "a defined structure that only functions of its own make and take is C's own memory"),
    ("callback-data", "a function pointer gets handed the `void *` behind it, until the destroy function behind that"),
    ("data-before-callback", "the only `void *`, right before function pointers that take one, is handed to them"),
    (
        "data-and-destroy",
        "a function that takes a `void *` alone and gives nothing back ends the data that it stands behind",
    ),
    ("const-char-string", "a `const char *` that no length follows is a C string"),
    ("char-string", "a `char *` with the name of a text and no length is a C string"),
    ("text-or-length", "a text with a signed length may be given up to its end, and so a C string always may"),
    ("string-array", "a pointer to `char *` with the name of many is an array of C strings that ends with null"),
    ("pointer-then-size", "a pointer followed by an integer named like a length is counted by it"),
    ("count-before-pointer", "an integer named like a count in front of a pointer to many counts them"),
    ("named-size", "a length that bears a pointer's name measures it, wherever it stands"),
    ("distant-size", "the only length of a function measures its only buffer"),
    ("counted-by-type", "a count that names the type of what lies beside it counts that, as does one with such a type"),
    ("size-before-destroy", "a number between memory and the function that ends it is its size"),
    (
        "memory-function",
        "a function that is called like memcpy or wmemset works on as many elements as its last number says",
    ),
    ("counted-elsewhere", "a type that is counted by a number of the same things in three functions is so in others"),
    ("result-length", "a place for a length that measures no parameter measures the result"),
    ("out-error", "the last parameter, a place for a record named `error`, is filled on failure"),
    ("out-array", "a place for a pointer with a place for a length is filled with an array"),
    ("out-scalar", "a pointer to one number that is not const is filled"),
    ("out-pointer", "a pointer to a pointer that is not const is filled"),
    ("out-record", "a pointer to a structure of numbers, or to one that a getter takes, is filled"),
    ("out-buffer", "a buffer with a length that a getter takes is filled"),
    ("made-and-ended", "what X_new gives belongs to the caller until X_free, which takes it over"),
    ("init-and-ended", "X_init fills a structure that X_deinit takes"),
    ("borrowed-result", "a `const` pointer or handle that X_get gives belongs to the X it was asked of"),
];

/// Which rules are asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Rules {
    off: BTreeSet<String>,
}

impl Rules {
    /// Every rule.
    pub fn all() -> Self {
        Self::default()
    }

    /// Every rule but these; `all` stands for every one.
    ///
    /// # Errors
    ///
    /// Names that no rule has.
    pub fn without(names: &[String]) -> Result<Self, Diagnostics> {
        let mut rules = Self::all();
        let mut diagnostics = Diagnostics::new();
        for name in names {
            let Err(near) = rules.switch_off(name) else { continue };
            let known: Vec<&str> = RULES.iter().map(|(rule, _)| *rule).collect();
            let message = format!("no rule of inference is called `{name}`");
            let help = near
                .map_or_else(|| format!("rules are {}", known.join(", ")), |near| format!("did you mean `{near}`?"));
            diagnostics.push(Diagnostic::new(codes::BAD_OPTION, Place::Unknown, message).help(help));
        }
        diagnostics.barrier()?;
        Ok(rules)
    }

    /// Switches a rule off; `all` switches every rule off.
    ///
    /// # Errors
    ///
    /// A name that no rule has: the rule whose name is nearest, if one is near.
    pub fn switch_off(&mut self, name: &str) -> Result<(), Option<&'static str>> {
        if name == "all" {
            self.off.extend(RULES.iter().map(|(rule, _)| (*rule).to_owned()));
            return Ok(());
        }
        if !RULES.iter().any(|(rule, _)| *rule == name) {
            return Err(closest(name, RULES.iter().map(|(rule, _)| *rule)));
        }
        self.off.insert(name.to_owned());
        Ok(())
    }

    /// Whether a rule is asked.
    pub fn is_on(&self, name: &str) -> bool {
        !self.off.contains(name)
    }

    /// Whether none is.
    pub fn is_silent(&self) -> bool {
        RULES.iter().all(|(rule, _)| !self.is_on(rule))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_switched_off_by_name() {
        let mut rules = Rules::all();
        assert!(rules.is_on("out-error"));
        assert_eq!(rules.switch_off("out-error"), Ok(()));
        assert!(!rules.is_on("out-error") && rules.is_on("out-scalar") && !rules.is_silent());
        assert_eq!(rules.switch_off("out-eror"), Err(Some("out-error")));
        assert_eq!(rules.switch_off("all"), Ok(()));
        assert!(rules.is_silent());
    }
}
