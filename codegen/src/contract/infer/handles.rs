//! Which structures are C's own memory, looked into by C alone.

use super::Findings;
use super::index::{Index, Subject};
use super::shape::Base;
use crate::contract::Claim;

/// Adds which pointers are handles.
pub(super) fn apply(index: &Index<'_>, subject: &Subject<'_>, out: &mut Findings<'_>) {
    for (at, arg) in subject.params.iter().enumerate() {
        if !arg.shape.points_to(Base::Record) || arg.shape.is_bounded {
            continue;
        }
        let Some(record) = index.record(&arg.shape) else { continue };
        if record.is_opaque {
            out.claim(at, Claim::Opaque, "opaque-handle", "declared, not defined");
        } else if record.is_object() && record.results > 0 && record.is_shared {
            let words = format!("{} functions of its own, never passed by value", record.methods);
            out.claim(at, Claim::Opaque, "handle-by-use", words);
        }
    }
}

#[cfg(all(test, feature = "clang"))]
mod tests {
    use super::super::testing::{infer, said, spell};

    #[test]
    fn handles_by_declaration_and_by_use() {
        assert_eq!(said("fn f(b: *mut box_);"), "b: opaque");
        assert_eq!(said("fn f(p: *const point);"), "");
        let item = "fn item_new() -> *mut item; fn item_show(i: *mut item); fn item_hide(i: *mut item);";
        assert_eq!(spell(&infer(item, &[])[1]), "i: opaque");
        assert_eq!(spell(&infer(item, &["handle-by-use"])[1]), "");
        // By value it is an ordinary structure.
        assert_eq!(spell(&infer(&format!("{item} fn item_copy(i: item);"), &[])[1]), "");
    }
}
