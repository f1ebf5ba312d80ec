//! Refuses typed forms that their function cannot be called by.

use super::Checker;
use crate::diag::codes;
use crate::form::{self, Flaw};
use crate::model::{Form, Function};

impl Checker<'_> {
    /// A form's function must be declared, and its parameters must be what is left of it.
    pub(super) fn form(&mut self, form: &Form) {
        let Err(flaw) = form::plan(self.header, self.function, form) else { return };
        let name = &self.function.name;
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
}

fn known(called: &Function) -> String {
    let names: Vec<&str> = called.params.iter().map(|param| param.name.as_str()).collect();
    format!("its parameters are {}", names.join(", "))
}
