//! What a function has C keep, and what it ends, as contracts say it: of memory that nothing but raw pointers lead to.

use crate::word::Word;

/// What is kept and ended by calls of a function.
#[derive(Debug)]
pub struct KeptDesc {
    /// What C keeps after a call.
    pub keeps: &'static [KeepDesc],
    /// What C lets go of by a call.
    pub ends: &'static [EndDesc],
    /// Whether a call may use what C keeps for the process.
    pub looks: bool,
    /// How a call that has C keep something is told from one that fails.
    pub success: SuccessDesc,
}

/// A pointer that C keeps.
#[derive(Debug)]
pub struct KeepDesc {
    /// The parameter.
    pub param: u8,
    /// Tells this parameter from all others that C keeps.
    pub kind: u64,
    /// For whom.
    pub keeper: KeeperDesc,
    /// The parameter that says in which of the keeper's places.
    pub at: Option<u8>,
    /// Whether another call for the same keeper, and in the same place, ends it.
    pub replaces: bool,
    /// The callback whose data it is, if it is one's.
    pub callback: Option<u8>,
    /// The functions that end it, for a report; empty for ever.
    pub until: &'static str,
    /// All of these must hold of the arguments.
    pub when: &'static [WhenDesc],
}

/// For whom C keeps a pointer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeeperDesc {
    /// Nobody in particular.
    Process,
    /// What this parameter names.
    Param(u8),
    /// What the call gives.
    Result,
}

/// A condition on an argument.
#[derive(Debug)]
pub struct WhenDesc {
    /// The parameter.
    pub param: u8,
    /// How it is compared.
    pub comparison: Comparison,
    /// With what.
    pub constant: i64,
    /// Whether the comparison must hold, or must not.
    pub holds: bool,
}

/// What C lets go of by a call.
#[derive(Debug)]
pub struct EndDesc {
    /// The parameters through which C got it.
    pub kinds: &'static [u64],
    /// The parameter that says for whom it was kept; `None` where that may be anybody.
    pub keeper: Option<u8>,
    /// The parameter that says in which place; `None` where it may be any.
    pub at: Option<u8>,
    /// Whether the contract says that C has it up to this call.
    pub is_certain: bool,
}

/// How success is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SuccessDesc {
    /// Not at all.
    Untold,
    /// By a result other than -1.
    NotMinusOne,
    /// By a result other than null.
    NotNull,
    /// By a comparison of the result.
    Compared(Comparison, i64),
}

/// How a number is compared with a constant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `==`
    Equal,
    /// `!=`
    Different,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    More,
    /// `>=`
    AtLeast,
    /// `&`: any of these bits is set.
    AnyBit,
}

impl Comparison {
    fn holds(self, left: i128, right: i128) -> bool {
        match self {
            Comparison::Equal => left == right,
            Comparison::Different => left != right,
            Comparison::Less => left < right,
            Comparison::AtMost => left <= right,
            Comparison::More => left > right,
            Comparison::AtLeast => left >= right,
            Comparison::AnyBit => left & right != 0,
        }
    }
}

impl WhenDesc {
    /// Whether it is met; an argument whose value is not known meets nothing.
    pub(crate) fn is_met(&self, words: &[Word]) -> bool {
        known(words, self.param).is_some_and(|word| {
            // A function or an address is compared as the number that C makes of the constant: -1 has all bits set.
            let constant = i128::from(self.constant);
            let is_equal = word.number() == constant || word.number() == i128::from(self.constant as u64);
            let holds = match self.comparison {
                Comparison::Equal => is_equal,
                Comparison::Different => !is_equal,
                other => other.holds(word.number(), constant),
            };
            holds == self.holds
        })
    }
}

impl SuccessDesc {
    /// Whether a call with this result has succeeded, as far as it tells.
    pub(crate) fn is_told_by(self, result: Option<Word>) -> bool {
        match (self, result) {
            (SuccessDesc::Untold, _) => true,
            (_, None) => false,
            (SuccessDesc::NotMinusOne, Some(result)) => result.number() != -1,
            (SuccessDesc::NotNull, Some(result)) => result.addr() != 0,
            (SuccessDesc::Compared(comparison, constant), Some(result)) => {
                comparison.holds(result.number(), i128::from(constant))
            }
        }
    }
}

/// An argument, where its value is known.
pub(crate) fn known(words: &[Word], param: u8) -> Option<Word> {
    words.get(usize::from(param)).copied().filter(|word| word.is_known())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::word::Probe;

    #[test]
    fn conditions_ask_for_values_that_are_known() {
        let when = |comparison, constant, holds| WhenDesc { param: 0, comparison, constant, holds };
        let nothing: *const u8 = core::ptr::null();
        let all_bits: *const u8 = core::ptr::without_provenance(usize::MAX);
        let (zero, minus) = ([Probe(&nothing).word()], [Probe(&all_bits).word()]);
        assert!(when(Comparison::Equal, 0, true).is_met(&zero));
        assert!(!when(Comparison::Equal, 0, true).is_met(&minus));
        assert!(when(Comparison::Equal, -1, true).is_met(&minus), "SQLITE_TRANSIENT is an address");
        assert!(!when(Comparison::Equal, -1, false).is_met(&minus));
        assert!(when(Comparison::AnyBit, 4, false).is_met(&[Probe(&3_u32).word()]));
        assert!(!when(Comparison::Equal, 0, true).is_met(&[Word::NONE]), "not known to be 0");
        assert!(!when(Comparison::Equal, 0, false).is_met(&[]));
    }

    #[test]
    fn success_is_what_the_result_tells() {
        let word = |number: i32| Some(Probe(&number).word());
        assert!(SuccessDesc::Untold.is_told_by(None));
        assert!(SuccessDesc::NotMinusOne.is_told_by(word(0)) && !SuccessDesc::NotMinusOne.is_told_by(word(-1)));
        assert!(!SuccessDesc::NotNull.is_told_by(word(0)) && !SuccessDesc::NotNull.is_told_by(None));
        let is_zero = SuccessDesc::Compared(Comparison::Equal, 0);
        assert!(is_zero.is_told_by(word(0)) && !is_zero.is_told_by(word(5)));
    }
}
