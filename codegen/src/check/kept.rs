//! What idiomatic signatures ask of an owner that C keeps: that its end is told, and that nothing else has a hold on it.

use super::Checker;
use crate::contract::axes::enforced;
use crate::contract::{Flow, FnContract, Origin, Retention};
use crate::diag::codes;
use crate::given;
use crate::lower::endings;
use crate::model::{Function, Safety, Ty};
use crate::plan::Failure;

impl Checker<'_> {
    /// An owner goes to C: somebody must hear of its end.
    pub(super) fn kept(&mut self, index: usize, kept: &Retention, on_success: bool, asked: &str) {
        let place = self.param_place(index);
        let (name, function) = (self.function.params[index].name.clone(), self.function.name.clone());
        if !kept.until.is_empty() && !endings::has_end(self.header, self.function, kept) {
            let ends = kept.ends().join("` or `");
            let first = kept.ends().first().copied().unwrap_or_default().to_owned();
            let message =
                format!("C keeps `{name}` until `{ends}`, and no such function that tells for whom is declared here");
            let mut declared = self
                .header
                .functions
                .iter()
                .filter(|function| kept.ends().iter().any(|end| endings::is_called(function, end)));
            let help = match self.function.location {
                _ if kept.by.is_none() && declared.next().is_some() => {
                    "say for whom C keeps it: `by = parameter`, or `by = result`".into()
                }
                Some(_) => format!("let `allow` include `{first}`, and name its header"),
                None => format!("declare `fn {first}(…)` in the same block"),
            };
            self.push(codes::NOT_DECLARED, place.clone(), message, help);
        }
        self.names_of_keepers(index, kept);
        for end in kept.until.iter().filter(|end| end.on_success) {
            let named = self.header.functions.iter().zip(&self.contracts.functions);
            let mut named = named.filter(|(other, _)| endings::is_called(other, &end.function));
            let tells = |(other, contract): &(&Function, &FnContract)| {
                other.result == Ty::Void || endings::told(contract, other) != Failure::Never
            };
            let is_declared = named.clone().next().is_some();
            if is_declared && !named.any(|pair| tells(&pair)) {
                let message = format!("`{}` ends it on success, and nothing says what its success is", end.function);
                let help = format!("write `#[success(result == 0)]` or `#[errno]` before `fn {}`", end.function);
                self.push(codes::INCOMPLETE, place.clone(), message, help);
            }
        }
        let is_kept_by_result = kept.by.as_deref() == Some("result");
        if is_kept_by_result && self.function.result.as_pointer().is_none() {
            let message = format!("C keeps `{name}` for what `{function}` gives, which is no pointer");
            self.push(codes::CONTRADICTION, place.clone(), message, "name the parameter: `by = handle`");
        }
        if on_success && !is_kept_by_result && (!self.tells_success() || self.function.result == Ty::Void) {
            let message = format!("C keeps `{name}` on success, and nothing says what success is");
            let help = "write `#[success(result == 0)]` or `#[errno]` before the function";
            self.push(codes::INCOMPLETE, place.clone(), message, help);
        }
        // Where this call leaves the pointers inside alone, what later ones do with them is up to the caller.
        if matches!(enforced(&self.contract.params[index].flow), Some(Flow::Through(_))) {
            let message = format!("C keeps what `{name}` points to, and follows the pointers in it");
            self.push(codes::NO_IDIOM, place.clone(), message, "declare it `fn`, and pin the owners with a `Pinner`");
        }
        let is_lent_on = |origin: &Origin| matches!(origin, Origin::Borrowed { from } if *from == name);
        let given = self.contract.result(false).origins.iter().any(is_lent_on)
            && !matches!(given::result(self.header, self.function, self.contract), None | Some(Err(_)));
        if given {
            let message = format!("what `{function}` gives is part of `{name}`, which a `{asked}` gives away");
            self.push(codes::NO_IDIOM, place, message, "declare it `fn`");
        }
    }

    /// What tells for whom C keeps something, and where, must be the same for the same thing, for as long as it is kept.
    fn names_of_keepers(&mut self, index: usize, kept: &Retention) {
        let position = |name: &String| self.function.params.iter().position(|param| param.name == *name);
        let is_told_by_address = |index: usize| {
            let facts = &self.contract.params[index];
            match self.header.resolve(&self.function.params[index].ty) {
                Ty::Pointer(pointer) => {
                    let is_sensitive = matches!(self.header.resolve(&pointer.pointee),
                        Ty::Named(name) if self.contracts.address_sensitive.contains_key(name));
                    !facts.is_opaque() && !is_sensitive
                }
                Ty::Number | Ty::Bool | Ty::Unicode | Ty::Byte | Ty::Char | Ty::Named(_) => false,
                _ => true,
            }
        };
        let mut wrong = Vec::new();
        if let Some(by) = &kept.by
            && let Some(by_index) = position(by)
            // Whoever calls an unsafe function may vouch that it does not move.
            && (by_index == index || (is_told_by_address(by_index) && self.function.safety == Safety::Safe))
        {
            wrong.push(format!("`{by}` is no handle: its address says nothing of what C keeps something for"));
        }
        if let Some(at) = &kept.at {
            match position(at) {
                None => wrong.push(format!("`{at}` is no parameter: the place is told before the call")),
                Some(place) if Some(at) == kept.by.as_ref() || is_told_by_address(place) => {
                    wrong.push(format!("`{at}` tells no place: it must be a number or a handle"));
                }
                Some(_) => {}
            }
        }
        for message in wrong {
            let place = self.param_place(index);
            self.push(
                codes::CONTRADICTION,
                place,
                message,
                "name a handle with `by`, a number with `at`, or declare it `fn`",
            );
        }
    }
}
