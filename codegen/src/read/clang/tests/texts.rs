//! Decides how texts must be taken apart that no header of a test holds.

use super::access;
use crate::read::clang::attrs::{Counting, attribute, marked};
use crate::read::clang::comments::clean_comment;
use crate::read::clang::text::{declaration_text, printed_attributes};
use crate::read::clang::types::array_bound_of;
use crate::read::clang::{AccessMode, ArrayBound, RawAttr};

#[test]
fn texts_are_taken_apart_with_care() {
    assert_eq!(
        printed_attributes("int f(int *p __attribute__((noescape))) __attribute__((a(\"),(\"), b)) [[gnu::c(1)]]"),
        ["a(\"),(\")", "b", "gnu::c(1)"]
    );
    assert_eq!(printed_attributes("__attribute__((unclosed(1"), ["unclosed(1"]);
    assert_eq!(attribute("gnu::__nonnull__ (1, 2)", Counting::Source), Some(RawAttr::Nonnull(vec![1, 2])));
    assert_eq!(attribute("access(sideways, 1)", Counting::Source), Some(RawAttr::Other("access(sideways, 1)".into())));
    assert_eq!(marked("counted_by", "(a + b)"), RawAttr::CountedBy("(a + b)".to_owned()));
    assert_eq!(marked("access", "(__read_only__, 1)"), access(AccessMode::ReadOnly, 1, None));
    assert_eq!(declaration_text("int f(void) /* ; */ // {\n;rest").trim(), "int f(void)");
    assert_eq!(array_bound_of("int[restrict static n + 1][2]"), Some(ArrayBound::StaticVariable("n + 1".to_owned())));
    for (raw, clean) in [
        ("/* a */", "a"),
        ("/** a\n *  b\n **/", "a\n b"),
        ("//! a\n//! b", "a\nb"),
        ("/*****\n * a\n *****/", "a"),
        ("/**/", ""),
    ] {
        assert_eq!(clean_comment(raw), clean, "{raw}");
    }
}
