//! Refuses typed forms that their function cannot be called by.

use super::Checker;
use crate::diag::codes;
use crate::form::{self, Flaw};
use crate::lower::endings;
use crate::model::{Form, Function, Ty};
use crate::plan::{Failure, FormPlan};

impl Checker<'_> {
    /// A form's function must be declared, and its parameters must be what is left of it.
    pub(super) fn form(&mut self, form: &Form) {
        let name = &self.function.name;
        let flaw = match form::plan(self.header, self.function, form) {
            Err(flaw) => flaw,
            Ok(plan) => {
                if let Some(of) = self.unlooked_at(&plan) {
                    let message =
                        format!("what `{name}` calls first cannot be called so: the result of `{of}` would be lost");
                    let help = "write `#[success(…)]`, which is asked of both results";
                    self.push(codes::FORM, self.own_place(), message, help);
                }
                return;
            }
        };
        let called = form::target(self.header, form).map(|of| &self.header.functions[of.0]);
        let (message, help) = match flaw {
            Flaw::Undeclared => (
                format!("`{name}` is a form of `{}`, which is not declared here", form.of),
                format!("declare `{}` beside it, or check the spelling", form.of),
            ),
            Flaw::NoParameter(param) => (
                format!("`{}` has no parameter `{param}` that `{name}` could fix", form.of),
                called.map_or_else(String::new, known),
            ),
            Flaw::Twice(param) => (format!("`{name}` fixes `{param}` twice"), "keep one of the two".into()),
            Flaw::Count { left, is_variadic } => {
                let more = if is_variadic { " or more" } else { "" };
                (
                    format!(
                        "`{name}` has {} parameters, and {left}{more} of `{}` are left to give",
                        self.function.params.len(),
                        form.of
                    ),
                    "declare the parameters that are not fixed, in order".into(),
                )
            }
            Flaw::Before(why) => (
                format!("what `{name}` calls first cannot be called so: {why}"),
                "name a function declared here, with parameters of the form and constants".into(),
            ),
            Flaw::NoCast(param) => (
                format!("`{param}` has a type that no constant can be turned into"),
                "leave it as a parameter of the form".into(),
            ),
        };
        self.push(codes::FORM, self.own_place(), message, help);
    }

    /// A function that is called first, whose result nothing is asked of.
    fn unlooked_at(&self, plan: &FormPlan) -> Option<&str> {
        if matches!(endings::told(self.contract, self.function), Failure::Compared(..)) {
            return None;
        }
        let others = plan.before.iter().filter(|before| before.of != plan.of);
        let mut others = others.map(|before| &self.header.functions[before.of.0]);
        others.find(|called| called.result != Ty::Void).map(|called| called.name.as_str())
    }
}

fn known(called: &Function) -> String {
    let names: Vec<&str> = called.params.iter().map(|param| param.name.as_str()).collect();
    format!("its parameters are {}", names.join(", "))
}
