//! Which results belong to the handle that they were asked of.

use super::Findings;
use super::index::{Index, Subject};
use super::shape::Base;
use super::words;
use crate::contract::Extent;
use crate::contract::value::{Origin, Value};

/// Words that say the result is the caller's own.
const OWNED: &[&str] =
    &["dup", "copy", "new", "create", "ref", "steal", "take", "alloc", "clone", "open", "make", "build", "finish"];

/// Adds what getters lend.
pub(super) fn apply(index: &Index<'_>, subject: &Subject<'_>, out: &mut Findings<'_>) {
    let Some(first) = subject.params.first() else { return };
    let is_asked = first.shape.points_to(Base::Record) && (subject.is_receiver(0) || index.is_handle(&first.shape));
    let is_getter = words::has(&subject.verbs, &["get", "peek", "name"]) && !words::has(&subject.verbs, OWNED);
    if !is_asked || !is_getter || subject.result.depth() != 1 {
        return;
    }
    let result = &subject.result;
    let is_text = result.base == Base::Char && !result.is_mut();
    let is_lent = result.base == Base::Record && !result.is_mut();
    let is_handle = index.is_handle(result) && words::has(&subject.verbs, &["peek"]);
    if is_text || is_lent || is_handle {
        let value = Value {
            origins: vec![Origin::Borrowed { from: first.name.clone() }],
            extent: is_text.then_some(Extent::NullTerminated),
            ..Value::default()
        };
        out.returns(value, "borrowed-result", format!("asked of `{}`, and not the caller's to change", first.name));
    }
}

#[cfg(all(test, feature = "clang"))]
mod tests {
    use super::super::testing::said;

    #[test]
    fn getters_lend() {
        assert_eq!(
            said("fn box_get_name(b: *mut box_) -> *const c_char;"),
            "b: opaque; -> borrowed = b, null_terminated"
        );
        assert_eq!(said("fn box_peek(b: *mut box_) -> *mut box_;"), "b: opaque; -> borrowed = b");
        // The caller's own, or nobody knows whose.
        assert_eq!(said("fn box_dup_name(b: *mut box_) -> *const c_char;"), "b: opaque");
        assert_eq!(said("fn box_get_name(b: *mut box_) -> *mut c_char;"), "b: opaque");
        assert_eq!(said("fn get_name(n: c_int) -> *const c_char;"), "");
    }
}
