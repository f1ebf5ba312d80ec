//! What idiomatic signatures ask of an owner that C keeps: that its end is told, and that nothing else has a hold on it.

use super::Checker;
use crate::contract::axes::enforced;
use crate::contract::{Flow, Origin, Retention};
use crate::diag::codes;
use crate::given;
use crate::lower::endings;
use crate::model::Ty;

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
}
