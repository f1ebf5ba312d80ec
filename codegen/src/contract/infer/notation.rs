//! Which parameters are written as arrays, and how many elements that names.

use super::Findings;
use super::index::Subject;
use crate::contract::{Claim, Expr, Extent};
use crate::model::HeaderAttr;

/// Adds counts that stand in the declaration; C itself makes nothing of them.
pub(super) fn apply(subject: &Subject<'_>, out: &mut Findings<'_>) {
    for attr in &subject.function.attrs {
        let HeaderAttr::Array(at, Some(text)) = attr else { continue };
        let count = Expr::from_text(text).filter(|count| is_known(count, subject));
        if let Some(count) = count {
            out.claim(*at, Claim::Extent(Extent::Count(count)), "array-notation", format!("written as `[{text}]`"));
        }
    }
}

/// Whether a parameter is written as an array.
pub(super) fn is_array(attrs: &[HeaderAttr], at: usize) -> bool {
    attrs.iter().any(|attr| matches!(attr, HeaderAttr::Array(known, _) if *known == at))
}

/// Whether it consists of numbers and of integers beside the array.
fn is_known(count: &Expr, subject: &Subject<'_>) -> bool {
    match count {
        Expr::Const(_) => true,
        Expr::Name(name) => subject.params.iter().any(|arg| arg.name == *name && arg.shape.is_integer()),
        Expr::Deref(_) => false,
        Expr::Binary(_, left, right) => is_known(left, subject) && is_known(right, subject),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{infer_with, spell};
    use crate::model::HeaderAttr;

    #[test]
    fn counts_stand_in_the_declaration() {
        let said = |text: Option<&str>| {
            let array = HeaderAttr::Array(1, text.map(str::to_owned));
            spell(&infer_with("fn f(rows: c_int, values: *mut c_int, name: *const c_char);", &[array], &[]))
        };
        assert_eq!(said(Some("16")), "values: out counted_by(16); name: null_terminated");
        assert_eq!(said(Some("rows * 2")), "values: out counted_by(rows * 2); name: null_terminated");
        // Not const, so C writes it; a macro of the header, a pointer, or nothing says no number.
        assert_eq!(said(Some("SIZE")), "values: out; name: null_terminated");
        assert_eq!(said(Some("name")), "values: out; name: null_terminated");
        assert_eq!(said(None), "values: out; name: null_terminated");
    }

    #[test]
    fn an_array_without_a_count_is_one_of_those_that_a_count_in_front_measures() {
        let function = "fn f(n_states: c_int, states: *const c_int, value: *const pair);";
        assert_eq!(spell(&infer_with(function, &[], &[])), "states: counted_by(n_states)");
        let both = [HeaderAttr::Array(1, None), HeaderAttr::Array(2, None)];
        let expected = "states: counted_by(n_states); value: counted_by(n_states)";
        assert_eq!(spell(&infer_with(function, &both, &[])), expected);
        let off = infer_with("fn f(a: *const c_int);", &[HeaderAttr::Array(0, Some("2".into()))], &["array-notation"]);
        assert_eq!(spell(&off), "");
    }
}
