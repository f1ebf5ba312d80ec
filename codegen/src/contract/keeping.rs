//! What C does with a pointer after one call: lets go of it, keeps it, or takes it over, all cases together.

use super::axes::{ParamContract, enforced};
use super::condition::{Condition, Constant};
use super::escape::{Case, Escape, Retention};
use crate::model::Form;

/// What becomes of a pointer, as far as a signature can tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Keeping {
    /// Nobody says.
    Unknown,
    /// C lets go of it in every case.
    Call,
    /// C keeps it.
    Until {
        /// On whose behalf, and until when: C uses it in calls that get `by`, and in no others.
        kept: Retention,
        /// Only where the call succeeds.
        on_success: bool,
    },
    /// C takes it over.
    Taken {
        /// The function that releases it, where the contract names one.
        free: Option<String>,
        /// Only where the call succeeds.
        on_success: bool,
    },
    /// It depends, and this case is not like the others.
    Depends(String),
}

impl Keeping {
    /// What the contract of a parameter says, with the arguments of a typed form put in.
    pub fn of(contract: &ParamContract, form: Option<&Form>) -> Self {
        match enforced(&contract.escape) {
            None => Keeping::Unknown,
            Some(Escape::Cases(cases)) => of_cases(&settled(cases, form)),
            Some(always) => of_one(always),
        }
    }
}

impl Escape {
    /// The function that releases what C takes over, in the first case that names one.
    pub fn free(&self) -> Option<&str> {
        match self {
            Escape::Transfer { free } => free.as_deref(),
            Escape::Cases(cases) => cases.iter().find_map(|case| case.escape.free()),
            Escape::Call | Escape::Retained(_) => None,
        }
    }
}

fn of_one(escape: &Escape) -> Keeping {
    match escape {
        Escape::Call => Keeping::Call,
        Escape::Retained(kept) => Keeping::Until { kept: kept.clone(), on_success: false },
        Escape::Transfer { free } => Keeping::Taken { free: free.clone(), on_success: false },
        Escape::Cases(cases) => of_cases(cases),
    }
}

/// The cases that can still happen; the first that holds always is the last that counts.
fn settled(cases: &[Case], form: Option<&Form>) -> Vec<Case> {
    let mut left = Vec::new();
    for case in cases {
        let mut open = Vec::new();
        let mut holds = true;
        for condition in &case.when {
            match decided(condition, form) {
                Some(true) => {}
                Some(false) => holds = false,
                None => open.push(condition.clone()),
            }
        }
        if !holds {
            continue;
        }
        let is_last = open.is_empty();
        left.push(Case { when: open, escape: case.escape.clone() });
        if is_last {
            break;
        }
    }
    left
}

fn decided(condition: &Condition, form: Option<&Form>) -> Option<bool> {
    form?.fixed.iter().find_map(|(name, value)| {
        let constant = value.parse().map_or_else(|_| Constant::Name(value.clone()), Constant::Number);
        condition.decided(name, &constant)
    })
}

fn of_cases(cases: &[Case]) -> Keeping {
    let told = |outcome: &Condition| cases.iter().find(|case| case.when == [outcome.clone()]).map(|case| &case.escape);
    let rest = cases.iter().find(|case| case.when.is_empty()).map(|case| &case.escape);
    let is_complete = rest.is_some() || (told(&Condition::Success).is_some() && told(&Condition::Failure).is_some());
    if let Some(odd) = cases.iter().find(|case| case.escape != Escape::Call) {
        // C takes or keeps it, but not where the call fails.
        let on_failure = told(&Condition::Failure).or(rest);
        match (told(&Condition::Success).or(rest), on_failure, cases.len() <= 2) {
            (Some(Escape::Transfer { free }), Some(Escape::Call), true) => {
                return Keeping::Taken { free: free.clone(), on_success: true };
            }
            (Some(Escape::Retained(kept)), Some(Escape::Call), true) => {
                return Keeping::Until { kept: kept.clone(), on_success: true };
            }
            _ => {}
        }
        return match (cases, rest) {
            ([_], Some(always)) => of_one(always),
            _ => Keeping::Depends(spell(odd)),
        };
    }
    if is_complete { Keeping::Call } else { Keeping::Depends("no case for what is left".into()) }
}

/// A case in the words of its attribute.
fn spell(case: &Case) -> String {
    let when: Vec<String> = case.when.iter().map(ToString::to_string).collect();
    if when.is_empty() {
        format!("`{}` otherwise", case.escape)
    } else {
        format!("`{}` when {}", case.escape, when.join(" and "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::{Comparison, Fact, Source};

    fn of(cases: Vec<Case>, fixed: &[(&str, &str)]) -> Keeping {
        let escape = Some(Fact::new(Escape::Cases(cases), Source::Attribute, ""));
        let contract = ParamContract { escape, ..ParamContract::default() };
        let fixed = fixed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Keeping::of(&contract, Some(&Form { of: "f".into(), fixed, before: Vec::new() }))
    }

    fn when(name: &str, value: &str) -> Condition {
        let constant = Constant::Name(value.into());
        Condition::Argument { name: name.into(), comparison: Comparison::Equal, constant }
    }

    fn taken() -> Escape {
        Escape::Transfer { free: None }
    }

    #[test]
    fn fixed_arguments_decide_cases() {
        let cases = || {
            vec![
                Case { when: vec![when("d", "COPY")], escape: Escape::Call },
                Case { when: Vec::new(), escape: taken() },
            ]
        };
        assert_eq!(of(cases(), &[("d", "COPY")]), Keeping::Call);
        assert_eq!(of(cases(), &[("d", "KEEP")]), Keeping::Taken { free: None, on_success: false });
        assert_eq!(of(cases(), &[]), Keeping::Depends("`transfer` otherwise".into()));
    }

    #[test]
    fn what_is_left_must_be_said() {
        let copies = Case { when: vec![when("d", "COPY")], escape: Escape::Call };
        assert!(matches!(of(vec![copies], &[]), Keeping::Depends(_)));
        let outcome = |when, escape| Case { when: vec![when], escape };
        let both = vec![outcome(Condition::Success, Escape::Call), outcome(Condition::Failure, Escape::Call)];
        assert_eq!(of(both, &[]), Keeping::Call);
    }

    #[test]
    fn a_failed_call_gives_back() {
        let success = Case { when: vec![Condition::Success], escape: taken() };
        let rest = Case { when: Vec::new(), escape: Escape::Call };
        assert_eq!(of(vec![success.clone(), rest], &[]), Keeping::Taken { free: None, on_success: true });
        assert!(matches!(of(vec![success], &[]), Keeping::Depends(_)));
    }
}
