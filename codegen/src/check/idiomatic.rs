//! What `safe fn` and `#[idiomatic]` ask of a contract: that it leaves nothing open, and that safe code can forge nothing.

use super::Checker;
use crate::analyze::{PointeeFacts, of_type};
use crate::callback;
use crate::contract::axes::enforced;
use crate::contract::{Direction, Expr, Extent, Filled, Keeping};
use crate::diag::{Diagnostic, codes};
use crate::given;
use crate::model::{PointerKind, Safety, Ty};
use crate::plan::Argument;

impl Checker<'_> {
    /// What `safe fn` and `#[idiomatic]` ask for.
    pub(super) fn idiomatic(&mut self) {
        let asked = match self.function.safety {
            Safety::Safe => "safe fn",
            Safety::Idiomatic | Safety::Raw => "#[idiomatic]",
        };
        let place = self.own_place();
        let name = self.function.name.clone();
        if self.function.is_variadic {
            self.push(
                codes::VARIADIC,
                place,
                format!("`{name}` is variadic and cannot be a `{asked}`"),
                "declare it `fn`: it passes through untouched",
            );
            return;
        }
        if let (Safety::Safe, Some(beyond)) = (self.function.safety, &self.contract.beyond) {
            let message = format!("`{name}` cannot be a `safe fn`: {}", beyond.value);
            self.push(
                codes::INCOMPLETE,
                place,
                message,
                format!("write `#[idiomatic] fn {name}`, which stays unsafe to call"),
            );
        }
        for index in 0..self.function.params.len() {
            self.idiomatic_param(index, asked);
        }
        self.results(asked);
    }

    fn idiomatic_param(&mut self, index: usize, asked: &str) {
        let contract = &self.contract.params[index];
        let param = &self.function.params[index];
        let place = self.param_place(index);
        let name = &param.name;
        let is_safe = self.function.safety == Safety::Safe;
        match callback::argument(self.header, self.function, self.contract, index) {
            Some(Argument::Callback(plan)) => return self.called(index, &plan),
            Some(_) => return,
            None => {}
        }
        // Of what goes with a callback nothing is asked; what is wrong is told at the callback.
        let goes_along = self.contract.params.iter().filter_map(|facts| facts.callback.as_ref()).any(|fact| {
            let names = [&fact.value.userdata, &fact.value.destroy];
            (is_safe || fact.source.is_users()) && names.into_iter().flatten().any(|other| other == name)
        });
        if goes_along {
            return;
        }
        let is_users = contract.callback.as_ref().is_some_and(|fact| fact.source.is_users());
        let ty = self.header.resolve(&param.ty);
        // Whoever calls a type of another name a callback knows what it is.
        let is_callback = *ty == Ty::FnPointer || is_users && matches!(ty, Ty::Named(_));
        if is_callback && (is_safe || is_users) {
            if let Some((message, help)) = callback::refusal(self.header, self.function, self.contract, index) {
                self.push(
                    codes::INCOMPLETE,
                    place,
                    format!("{message}: `{}` cannot be a `{asked}`", self.function.name),
                    help,
                );
            }
            return;
        }
        let pointer = match (&param.ty, self.header.resolve(&param.ty)) {
            (Ty::Pointer(pointer), _) => pointer,
            // Those of headers were spelt out before; what else stands behind a name nobody has looked at.
            (_, Ty::Pointer(_)) if is_safe => {
                let message = format!("`{name}` is a pointer behind an alias: it has no idiomatic form yet");
                let help = format!("write `#[idiomatic] fn {}`, which stays unsafe to call", self.function.name);
                self.push(codes::NO_IDIOM, place, message, help);
                return;
            }
            _ if contract.pointer.is_some() => {
                let message = format!("`{name}` is an address in a number, which has no idiomatic form");
                let help = format!("declare it as a pointer, or write `fn {}`", self.function.name);
                self.push(codes::NO_IDIOM, place, message, help);
                return;
            }
            _ => return,
        };
        if contract.is_opaque() {
            self.handle(index, asked);
            return;
        }
        let is_given = given::stored(self.header, self.function, self.contract, index).is_some();
        let holds_pointers = matches!(*pointer.pointee, Ty::Pointer(_))
            || matches!(of_type(self.header, &pointer.pointee, self.facts), PointeeFacts::Fields(_));
        let is_vector = matches!(enforced(&contract.extent), Some(Extent::Count(Expr::Name(_))))
            && contract.flow.is_some()
            && self.contracts.vector_fields(pointer).is_some();
        let keeping = Keeping::of(contract, self.function.form.as_ref());
        if pointer.kind != PointerKind::Raw
            && (!matches!(keeping, Keeping::Unknown | Keeping::Call) || contract.address_sensitive.is_some())
        {
            let message = format!("`{name}` is a reference, which ends with the call, and its contract says more");
            self.push(codes::NO_IDIOM, place, message, "declare it as a raw pointer");
            return;
        }
        let sensitive = match self.header.resolve(&pointer.pointee) {
            Ty::Named(name) => self.contracts.address_sensitive.contains_key(name),
            _ => false,
        };
        let is_one = matches!(enforced(&contract.extent), Some(Extent::One) | None);
        if (contract.address_sensitive.is_some() && !sensitive) || (sensitive && !is_one) {
            let message =
                format!("`{name}` may not move, and only one object of a structure's type can be taken pinned");
            self.push(codes::NO_IDIOM, place, message, "declare it `fn`");
            return;
        }
        let is_kept_by_another =
            matches!(&keeping, Keeping::Until { kept, .. } if kept.by.as_deref() != Some(name.as_str()));
        if sensitive && (pointer.kind != PointerKind::Raw || is_kept_by_another) {
            let message = format!("`{name}` may not move, and C has it for longer than a borrow says");
            self.push(codes::NO_IDIOM, place, message, "declare it `fn`, as a raw pointer");
            return;
        }
        if pointer.kind != PointerKind::Raw && !matches!(enforced(&contract.extent), Some(Extent::One)) {
            let message = format!("`{name}` is a reference to one object, and its contract says more");
            self.push(codes::NO_IDIOM, place, message, "declare it as a raw pointer");
            return;
        }
        if matches!(enforced(&contract.extent), Some(Extent::NullTerminated))
            && (*self.header.resolve(&pointer.pointee) != Ty::Char
                || enforced(&contract.direction) == Some(&Direction::Out)
                || enforced(&contract.direction) == Some(&Direction::InOut))
        {
            let message = format!("`{name}` is null-terminated, and not a `const char *` that C only reads");
            self.push(codes::NO_IDIOM, place, message, "declare it `fn`");
            return;
        }
        if is_safe && holds_pointers && !is_vector && !is_given {
            let message = format!("`{name}` points to memory that holds pointers, which safe code can make up");
            let help = format!("write `#[idiomatic] fn {}`, which stays unsafe to call", self.function.name);
            self.push(codes::NO_IDIOM, place, message, help);
            return;
        }
        let mut missing = Vec::new();
        if enforced(&contract.extent).is_none() {
            missing.push(match &contract.extent {
                Some(guess) => (
                    "how much memory it stands for",
                    format!("#[{}]", guess.value),
                    Some(format!("{} suggests it, and guesses are never enforced", guess.source)),
                ),
                None => ("how much memory it stands for", suggested_extent(pointer), None),
            });
        }
        if enforced(&contract.direction).is_none() {
            missing.push(("who writes it", "#[input]`, `#[out]` or `#[inout]".into(), None));
        }
        if enforced(&contract.escape).is_none() {
            missing.push(("whether C keeps it after the call", "#[noescape]".into(), None));
        }
        for (what, attribute, note) in missing {
            let mut diagnostic = Diagnostic::new(
                codes::INCOMPLETE,
                place.clone(),
                format!(
                    "the contract of `{name}` does not say {what}, so `{}` cannot be a `{asked}`",
                    self.function.name
                ),
            )
            .help(format!("write `{attribute}` before `{name}`"));
            if let Some(note) = note {
                diagnostic = diagnostic.note(note);
            }
            self.diagnostics.push(diagnostic);
        }
        match Keeping::of(contract, self.function.form.as_ref()) {
            Keeping::Unknown | Keeping::Call => {}
            Keeping::Until { kept, .. } if kept.by.as_deref() == Some(name) => {
                if is_safe {
                    let message = format!("C keeps `{name}` itself, which may be dropped before C has let go");
                    let help = format!("write `#[idiomatic] fn {}`, which stays unsafe to call", self.function.name);
                    self.push(codes::NO_IDIOM, place.clone(), message, help);
                }
            }
            Keeping::Until { kept, on_success } => self.kept(index, &kept, on_success, asked),
            Keeping::Taken { .. } => {
                let message = format!("C takes `{name}` over: a `{asked}` cannot borrow it");
                self.push(codes::NO_IDIOM, place.clone(), message, "declare it `fn`");
            }
            Keeping::Depends(case) => {
                let message = format!("C may keep `{name}` after the call, so a `{asked}` cannot borrow it: {case}");
                let help = "declare it `fn`, or write a typed form with the case's arguments fixed (`form_of`)";
                self.push(codes::NO_IDIOM, place.clone(), message, help);
            }
        }
        if let Some(Extent::Count(expr) | Extent::Bytes(expr)) = enforced(&contract.extent) {
            self.derefs(expr, &place, false);
        }
        if let Some(Filled::Expr(expr)) = enforced(&contract.filled) {
            self.derefs(expr, &place, true);
        }
    }
}

fn suggested_extent(pointer: &crate::model::Pointer) -> String {
    match *pointer.pointee {
        Ty::Void => "#[sized_by(…)]".into(),
        Ty::Char => "#[null_terminated]`, `#[counted_by(…)]` or `#[one]".into(),
        _ => "#[counted_by(…)]` or `#[one]".into(),
    }
}
