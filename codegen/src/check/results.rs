//! What an idiomatic signature asks of handles, of results, and of pointers that C stores: that Rust's types can say whose they are.

use super::Checker;
use crate::contract::axes::enforced;
use crate::contract::{Constant, Direction, Expr, Extent, Filled, Keeping, Nullability};
use crate::diag::{Place, closest, codes};
use crate::given::{self, Refusal};
use crate::model::{PointerKind, Safety, Ty};
use crate::plan::{Given, GivenOrigin};

impl Checker<'_> {
    fn is_safe(&self) -> bool {
        self.function.safety == Safety::Safe
    }

    fn unsafe_help(&self) -> String {
        format!("write `#[idiomatic] fn {}`, which stays unsafe to call", self.function.name)
    }

    /// Whether the result tells success, or nothing can fail.
    pub(super) fn tells_success(&self) -> bool {
        let by_result = self.contract.success.is_some() && self.function.result.as_pointer().is_none();
        let has_errno = self.contract.errno.as_ref().is_some_and(|errno| {
            errno.value != crate::contract::Errno::Null || self.function.result.as_pointer().is_some()
        });
        has_errno || by_result || self.function.result == Ty::Void
    }

    /// A parameter that is C's own.
    pub(super) fn handle(&mut self, index: usize, asked: &str) {
        let name = self.function.params[index].name.clone();
        let place = self.param_place(index);
        if !given::is_handle(self.header, self.function, self.contract, index) {
            if self.is_safe() {
                let message = format!(
                    "`{name}` is a handle without a type of its own: safe code could pass any other pointer for it"
                );
                let help = format!(
                    "declare it as a raw pointer to a structure of its own, or write `#[idiomatic] fn {}`",
                    self.function.name
                );
                self.push(codes::NO_IDIOM, place, message, help);
            }
            return;
        }
        let facts = &self.contract.params[index];
        // A pack that is silent says that C does not keep it; others have only said that it is C's own.
        let is_packed =
            facts.opaque.as_ref().is_some_and(|fact| matches!(fact.source, crate::contract::Source::Pack(_)));
        let releases = given::is_release(self.contracts, self.function);
        let keeping = Keeping::of(facts, self.function.form.as_ref());
        if self.is_safe() && releases && !matches!(keeping, Keeping::Taken { .. } | Keeping::Depends(_)) {
            let message = format!("`{}` releases `{name}`, and its contract lends it only", self.function.name);
            self.push(codes::CONTRADICTION, place, message, format!("write `#[transfer]` before `{name}`"));
            return;
        }
        match keeping {
            Keeping::Call => {}
            Keeping::Unknown if is_packed || !self.is_safe() => {}
            Keeping::Unknown => {
                let message = format!(
                    "the contract of `{name}` does not say whether C keeps or releases it, so `{}` cannot be a `{asked}`",
                    self.function.name
                );
                let help = format!(
                    "write `#[noescape]` before `{name}`, or `#[transfer(free = function)]` where C takes it over"
                );
                self.push(codes::INCOMPLETE, place, message, help);
            }
            // An owner may be leaked, and its release function is never called then: what C keeps must be used on
            // behalf of that owner alone.
            Keeping::Until { kept, on_success } => {
                if !self.is_safe() || self.is_kept_by_owner(kept.by.as_deref(), &kept.ends()) {
                    return;
                }
                if kept.by.as_deref() != Some("result") {
                    self.kept(index, &kept, on_success, asked);
                } else {
                    let message = format!("C keeps `{name}` after the call, and not for an owner that the call gives");
                    let help = format!(
                        "write `#[retained(by = result, until = [function])]` where the result keeps it and `function` releases that, or write `#[idiomatic] fn {}`",
                        self.function.name
                    );
                    self.push(codes::NO_IDIOM, place, message, help);
                }
            }
            Keeping::Taken { free, on_success } => self.taken(&name, place, free.as_deref(), on_success, releases),
            Keeping::Depends(case) if self.is_safe() => {
                let message = format!("C may keep `{name}` after the call: {case}");
                let help = self.unsafe_help();
                self.push(codes::NO_IDIOM, place, message, help);
            }
            Keeping::Depends(_) => {}
        }
    }

    fn taken(&mut self, name: &str, place: Place, free: Option<&str>, on_success: bool, releases: bool) {
        let own = releases.then(|| self.function.c_name().to_owned());
        match free.map(str::to_owned).or(own) {
            Some(free) => {
                if let Err(refusal) = given::release(self.header, self.function, &free) {
                    self.refuse(&format!("`{name}`"), place.clone(), refusal);
                }
            }
            None => {
                let message = format!("C takes `{name}` over, and its contract does not say which owners are meant");
                let help = format!(
                    "write `#[transfer(free = function)]` before `{name}`, with the function that would release it"
                );
                self.push(codes::INCOMPLETE, place.clone(), message, help);
            }
        }
        if on_success && (!self.tells_success() || self.function.result == Ty::Void) {
            let message = format!("C takes `{name}` over on success, and nothing says what success is");
            self.push(
                codes::INCOMPLETE,
                place,
                message,
                "write `#[success(result == 0)]` or `#[errno]` before the function",
            );
        }
    }

    fn refuse(&mut self, what: &str, place: Place, refusal: Refusal) {
        self.push(refusal.code, place, format!("{what} {}", refusal.message), refusal.help);
    }

    /// Whether the keeper is the result, or what C stores in that parameter, and is released by one of these functions.
    fn is_kept_by_owner(&self, by: Option<&str>, until: &[&str]) -> bool {
        let position = |name: &str| self.function.params.iter().position(|param| param.name == name);
        let given = match by {
            None => return false,
            Some(name) => match position(name) {
                Some(index) => given::stored(self.header, self.function, self.contract, index),
                None => given::result(self.header, self.function, self.contract),
            },
        };
        match given {
            Some(Ok(Given { origin: GivenOrigin::Owned(free), .. })) => {
                let free = &self.header.functions[free.0];
                until.iter().any(|end| *end == free.name || *end == free.c_name())
            }
            _ => false,
        }
    }

    /// The result, and what is stored in out parameters.
    pub(super) fn results(&mut self, asked: &str) {
        self.success();
        let place = self.result_place();
        let value = self.contract.result(false);
        if self.is_safe() && value.is_until() && self.function.result.as_pointer().is_some() {
            let message = format!("what `{}` gives ends with another call, which no lifetime says", self.function.name);
            let help = self.unsafe_help();
            self.push(codes::NO_IDIOM, place.clone(), message, help);
        }
        let name = format!("the result of `{}`", self.function.name);
        if let Some(given) = given::result(self.header, self.function, self.contract) {
            self.given(&name, place, given);
        }
        for index in 0..self.function.params.len() {
            let Some(given) = given::stored(self.header, self.function, self.contract, index) else { continue };
            let (name, place) = (self.function.params[index].name.clone(), self.param_place(index));
            if enforced(&self.contract.params[index].pointee).is_some_and(|value| value.is_until()) && self.is_safe() {
                let message = format!("what C stores in `{name}` ends with another call, which no lifetime says");
                let help = self.unsafe_help();
                self.push(codes::NO_IDIOM, place.clone(), message, help);
            }
            if !self.tells_success() {
                let message = format!(
                    "`{name}` is part of what a `{asked}` gives, and nothing says when `{}` has succeeded",
                    self.function.name
                );
                let help = "write `#[success(result == 0)]` or `#[errno]` before the function";
                self.push(codes::INCOMPLETE, place.clone(), message, help);
            }
            self.given(&format!("what C stores in `{name}`"), place, given);
        }
    }

    fn result_place(&self) -> Place {
        let place = self.contract.returns.first().map(|fact| fact.place.clone());
        match place {
            Some(Place::Unknown) | None => self.own_place(),
            Some(place) => place,
        }
    }

    fn given(&mut self, name: &str, place: Place, given: Result<Given, Refusal>) {
        let given = match given {
            Ok(given) => given,
            // Told where the names are looked up.
            Err(refusal) if refusal.code == codes::UNKNOWN_NAME => return,
            Err(refusal) => return self.refuse(name, place, refusal),
        };
        for index in given.ties {
            let param = &self.function.params[index];
            let facts = &self.contract.params[index];
            let is_lent = matches!(&param.ty, Ty::Pointer(pointer) if pointer.kind == PointerKind::Raw)
                && enforced(&facts.flow).is_none()
                && given::stored(self.header, self.function, self.contract, index).is_none()
                && !matches!(Keeping::of(facts, self.function.form.as_ref()), Keeping::Taken { .. })
                && (facts.opaque.is_none() || given::is_handle(self.header, self.function, self.contract, index));
            if !is_lent {
                let message = format!(
                    "{name} borrows from `{}`, which the signature does not lend as a plain borrow",
                    param.name
                );
                self.push(codes::NO_IDIOM, place.clone(), message, "declare it `fn`");
            }
        }
        if let crate::plan::Shape::Slice(amount) = &given.shape {
            let mut read = Vec::new();
            amount.derefs(&mut |index| read.push(index));
            for index in read {
                self.deref(index, &place, true);
            }
        }
    }

    /// Lengths that are read from an argument's memory.
    pub(super) fn derefs(&mut self, expr: &Expr, place: &Place, after: bool) {
        match expr {
            Expr::Const(_) | Expr::Name(_) => {}
            Expr::Deref(name) => {
                if let Some(index) = self.function.params.iter().position(|param| param.name == *name) {
                    self.deref(index, place, after);
                }
            }
            Expr::Binary(_, left, right) => {
                self.derefs(left, place, after);
                self.derefs(right, place, after);
            }
        }
    }

    /// A length is read through a pointer that the wrapper itself has, to memory that holds a number by then.
    fn deref(&mut self, index: usize, place: &Place, after: bool) {
        let (param, facts) = (&self.function.params[index], &self.contract.params[index]);
        let is_number = matches!(&param.ty, Ty::Pointer(pointer) if pointer.kind == PointerKind::Raw
            && matches!(self.header.resolve(&pointer.pointee), Ty::Number | Ty::Byte | Ty::Named(_)));
        let is_written = match enforced(&facts.direction) {
            Some(Direction::In | Direction::InOut) => true,
            // Only after a call that succeeded, and where the contract says that it is written then.
            Some(Direction::Out) => {
                let is_filled = matches!(enforced(&facts.filled), Some(Filled::Expr(Expr::Const(1))));
                after && is_filled && self.tells_success() && self.function.result != Ty::Void
            }
            None => false,
        };
        let is_one = matches!(enforced(&facts.extent), Some(Extent::One)) && facts.opaque.is_none();
        let is_there = enforced(&facts.nullability) != Some(&Nullability::Nullable);
        if is_number && is_written && is_one && is_there {
            return;
        }
        let message = format!("a length is read from `*{}`, which may be null or hold no number by then", param.name);
        let attributes = match enforced(&facts.direction) {
            Some(Direction::Out) if after => "#[filled_by(1)]",
            _ => "#[inout] #[one] #[nonnull]",
        };
        let help = format!("write `{attributes}` before `{}`, or declare it `fn`", param.name);
        self.push(codes::NO_IDIOM, place.clone(), message, help);
    }

    /// A named constant must be declared, where what is declared is known.
    fn success(&mut self) {
        let Some(success) = &self.contract.success else { return };
        let Constant::Name(name) = &success.value.constant else { return };
        // What stands around a block is not known here: there rustc finds the name, or says that it does not.
        let is_block = self.function.location.is_none();
        if is_block || self.function.result.as_pointer().is_some() || self.constants.contains(name) {
            return;
        }
        let place = match &success.place {
            Place::Unknown => self.own_place(),
            place => place.clone(),
        };
        let message = format!("success is told by `{name}`, which the bindings do not declare");
        let help = match closest(name, self.constants.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "write its number".into(),
        };
        self.push(codes::UNKNOWN_NAME, place, message, help);
    }
}
