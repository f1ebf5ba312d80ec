//! What handles and callbacks mean on the axes that nobody needs to speak of.

use crate::contract::{Direction, Escape, Extent, Fact, ParamContract, Retention, Scope, Source};
use crate::model::Ty;

/// A parameter with what a handle and a callback mean on the axes that nobody needs to speak of: one object of C's, which
/// C uses as its type allows, and one function, kept for as long as its scope says.
pub(super) fn settled(facts: &ParamContract, shape: &Ty) -> ParamContract {
    let mut all = facts.clone();
    let (source, reason) = match (&facts.opaque, &facts.callback) {
        (Some(fact), _) if fact.is_enforced() => (&fact.source, &fact.reason),
        (None, Some(fact)) if fact.is_enforced() => (&fact.source, &fact.reason),
        _ => return all,
    };
    fn settle<T>(slot: &mut Option<Fact<T>>, value: T, source: &Source, reason: &str) {
        // A guess about memory that nobody may look into is none.
        if slot.as_ref().is_none_or(|fact| !fact.is_enforced()) {
            *slot = Some(Fact::new(value, source.clone(), reason));
        }
    }
    let is_written = shape.as_pointer().is_some_and(|pointer| pointer.is_mut);
    let direction = if is_written { Direction::InOut } else { Direction::In };
    settle(&mut all.direction, direction, source, reason);
    settle(&mut all.extent, Extent::One, source, reason);
    let kept = match facts.callback.as_ref().and_then(|fact| fact.value.scope) {
        None | Some(Scope::Call) => Escape::Call,
        Some(Scope::Async | Scope::Notified | Scope::Forever) => Escape::Retained(Retention::default()),
    };
    settle(&mut all.escape, kept, source, reason);
    all
}
