//! What names and types suggest: each rule has a name, its facts are shown, and wrappers never act on them.
//!
//! `index` is made once for a header; then every rule looks at every function. Rules that speak first keep their word,
//! so the order in `apply` is from plain evidence to mere habit. CONTRACTS.md tells what each of them says.

mod borrowed;
mod callbacks;
mod docs;
mod elsewhere;
mod ended;
mod handles;
mod index;
mod learn;
mod lengths;
mod lifecycle;
mod names;
mod never;
mod notation;
mod outs;
mod pair;
mod rules;
mod shape;
mod sizes;
mod strings;
#[cfg(all(test, feature = "clang"))]
mod testing;
mod words;

pub use rules::{RULES, Rules};

use super::axes::{Claim, Fact, FnContract, Source};
use super::value::Value;
use crate::diag::Place;
use crate::model::Header;
use crate::read::Tokens;
use index::{Index, Subject};
use lifecycle::Lifecycles;

/// Adds what the rules suggest where nothing stronger stands; `contracts` go with `header.functions`.
pub fn apply(contracts: &mut [FnContract], header: &Header, tokens: &Tokens, rules: &Rules) {
    if rules.is_silent() {
        return;
    }
    let index = Index::new(header, tokens);
    let lifecycles = Lifecycles::new(&index);
    for (subject, contract) in index.subjects.iter().zip(contracts) {
        let measured = lengths::measure(&index, subject);
        let mut out = Findings { subject, contract, rules, lifecycles: &lifecycles };
        docs::apply(subject, &mut out);
        notation::apply(subject, &mut out);
        handles::apply(&index, subject, &mut out);
        callbacks::apply(subject, &mut out);
        strings::apply(&index, subject, &measured, &mut out);
        sizes::apply(&index, subject, &measured, &mut out);
        outs::apply(&index, subject, &measured, &mut out);
        lifecycle::apply(&index, subject, &mut out);
        borrowed::apply(&index, subject, &mut out);
    }
}

/// Where rules put what they find about one function.
struct Findings<'a> {
    subject: &'a Subject<'a>,
    contract: &'a mut FnContract,
    rules: &'a Rules,
    lifecycles: &'a Lifecycles,
}

impl Findings<'_> {
    /// A claim about a parameter; where its type says as much, the type speaks.
    fn claim(&mut self, at: usize, claim: Claim, rule: &'static str, reason: impl Into<String>) {
        let Some(shape) = self.subject.params.get(at).map(|arg| &arg.shape) else { return };
        let is_settled = match claim {
            Claim::Direction(_) => shape.is_pointer() && !shape.is_mut(),
            Claim::Nullability(_) | Claim::Extent(_) => shape.is_bounded,
            _ => false,
        };
        if !is_settled
            && self.rules.is_on(rule)
            && let Some(facts) = self.contract.params.get_mut(at)
        {
            facts.claim(claim, Source::Inferred(rule), &reason.into(), &Place::Unknown);
        }
    }

    /// A claim about the result.
    fn returns(&mut self, value: Value, rule: &'static str, reason: impl Into<String>) {
        if self.rules.is_on(rule) {
            self.contract.returns.push(Fact::new(value, Source::Inferred(rule), reason.into()));
        }
    }

    /// The function that ends a record, where one is known.
    fn destroyer(&self, record: &str) -> Option<String> {
        self.lifecycles.destroyer(record)
    }
}

#[cfg(all(test, feature = "clang"))]
mod tests {
    use super::testing::{read, spell};
    use super::*;
    use std::fmt::Write as _;
    use std::time::{Duration, Instant};

    #[test]
    fn functions_are_looked_at_once_each() {
        let mut text = String::new();
        for at in 0..2_000 {
            // Writing to a String cannot fail.
            let _ = write!(
                text,
                "fn lib_box{at}_read(b: *mut box_, buf: *mut u8, buf_len: size_t, n_keys: c_int, keys: *const *const c_char,
                 func: data_func, user_data: *mut c_void, error: *mut *mut pair) -> *const c_char;"
            );
        }
        let (header, tokens) = read(&text);
        let mut contracts: Vec<FnContract> = header.functions.iter().map(FnContract::new).collect();
        let start = Instant::now();
        apply(&mut contracts, &header, &tokens, &Rules::all());
        let took = start.elapsed();
        assert!(spell(&contracts[7]).contains("buf: out sized_by(buf_len)"), "{}", spell(&contracts[7]));
        println!("{} functions in {took:?}", contracts.len());
        // Ten times what a build without optimisation needs on a slow machine: only a quadratic scan takes longer.
        assert!(took < Duration::from_secs(4), "{took:?}");
    }
}
