//! Lays what a weaker source says under what stronger ones have said, and keeps what was overruled for display.

use super::axes::{Fact, FnContract, ParamContract, RecordContract, Source};
use super::policy::Policy;
use super::value::Value;
use std::fmt;

/// A fact that a stronger source contradicts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overruled {
    /// The parameter; `None` for the function itself.
    pub on: Option<String>,
    /// Who said it.
    pub source: Source,
    /// In these words.
    pub words: String,
    /// Who wins.
    pub winner: Source,
    /// With these words.
    pub kept: String,
}

impl fmt::Display for Overruled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(name) = &self.on {
            write!(f, "{name}: ")?;
        }
        write!(f, "{} says {}, {} says {} and wins", self.source, self.words, self.winner, self.kept)
    }
}

/// One axis: what is open is taken over, what differs is noted.
fn lay<T: Clone + PartialEq>(
    slot: &mut Option<Fact<T>>,
    weaker: &Option<Fact<T>>,
    on: Option<&str>,
    notes: &mut Vec<Overruled>,
) {
    match (&slot, weaker) {
        (None, weaker) => slot.clone_from(weaker),
        (Some(kept), Some(lost)) if kept.value != lost.value && kept.source != lost.source => notes.push(Overruled {
            on: on.map(str::to_owned),
            source: lost.source.clone(),
            words: lost.reason.clone(),
            winner: kept.source.clone(),
            kept: kept.reason.clone(),
        }),
        _ => {}
    }
}

impl ParamContract {
    fn lay_over(&mut self, weaker: &ParamContract, notes: &mut Vec<Overruled>) {
        let on = self.name.clone();
        let on = Some(on.as_str());
        lay(&mut self.direction, &weaker.direction, on, notes);
        lay(&mut self.nullability, &weaker.nullability, on, notes);
        lay(&mut self.extent, &weaker.extent, on, notes);
        lay(&mut self.filled, &weaker.filled, on, notes);
        lay(&mut self.escape, &weaker.escape, on, notes);
        lay(&mut self.flow, &weaker.flow, on, notes);
        lay(&mut self.opaque, &weaker.opaque, on, notes);
        lay(&mut self.pointer, &weaker.pointer, on, notes);
        lay(&mut self.callback, &weaker.callback, on, notes);
        lay(&mut self.pointee, &weaker.pointee, on, notes);
        self.may_exceed |= weaker.may_exceed;
        self.address_sensitive = self.address_sensitive.or(weaker.address_sensitive);
    }
}

impl Policy {
    fn lay_over(&mut self, weaker: &Policy, notes: &mut Vec<Overruled>) {
        lay(&mut self.nested, &weaker.nested, None, notes);
        lay(&mut self.guarded, &weaker.guarded, None, notes);
        lay(&mut self.unchecked, &weaker.unchecked, None, notes);
        lay(&mut self.calls_back, &weaker.calls_back, None, notes);
    }
}

impl FnContract {
    /// Takes over every axis of a weaker source that is still open; its parameters have our names.
    pub(super) fn lay_over(&mut self, weaker: &FnContract) {
        let mut notes = weaker.overruled.clone();
        lay(&mut self.errno, &weaker.errno, None, &mut notes);
        lay(&mut self.may_alias, &weaker.may_alias, None, &mut notes);
        lay(&mut self.beyond, &weaker.beyond, None, &mut notes);
        lay(&mut self.success, &weaker.success, None, &mut notes);
        self.policy.lay_over(&weaker.policy, &mut notes);
        for fact in &weaker.returns {
            let kept =
                self.returns.iter().find(|kept| kept.source != fact.source && disagree(&kept.value, &fact.value));
            notes.extend(kept.map(|kept| Overruled {
                on: None,
                source: fact.source.clone(),
                words: fact.reason.clone(),
                winner: kept.source.clone(),
                kept: kept.reason.clone(),
            }));
        }
        self.returns.extend(weaker.returns.iter().cloned());
        for (ours, theirs) in self.params.iter_mut().zip(&weaker.params) {
            ours.lay_over(theirs, &mut notes);
        }
        self.overruled.extend(notes);
    }
}

/// Whether two sources say different things of a result; what only one of them says is no difference.
fn disagree(kept: &Value, lost: &Value) -> bool {
    fn differ<T: PartialEq>(kept: Option<&T>, lost: Option<&T>) -> bool {
        matches!((kept, lost), (Some(kept), Some(lost)) if kept != lost)
    }
    let mut origins = kept.clone();
    origins.fill_from(lost);
    (!kept.origins.is_empty() && !lost.origins.is_empty() && origins.origins != lost.origins)
        || differ(kept.nullability.as_ref(), lost.nullability.as_ref())
        || differ(kept.extent.as_ref(), lost.extent.as_ref())
}

impl RecordContract {
    /// The same for the fields of a record.
    pub(super) fn lay_over(&mut self, weaker: &RecordContract) {
        self.address_sensitive = self.address_sensitive.or(weaker.address_sensitive);
        for (name, facts) in &weaker.fields {
            match self.fields.iter_mut().find(|(known, _)| known == name) {
                Some((_, known)) => known.lay_over(facts, &mut Vec::new()),
                None => self.fields.push((name.clone(), facts.clone())),
            }
        }
    }
}
