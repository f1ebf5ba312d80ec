//! What names and types suggest: each rule has a name, its facts are shown, and wrappers never act on them.

use super::axes::{Claim, Extent, FnContract, Source};
use super::expr::Expr;
use crate::diag::Place;
use crate::model::{Function, Header, Param, Ty};

/// The rules, by the name that `sources` show.
pub const RULES: &[(&str, &str)] = &[
    ("opaque-handle", "a pointer to a structure that is declared but not defined is C's own memory"),
    ("pointer-then-size", "a pointer followed by an integer named like a length is counted by it"),
    ("const-char-string", "a `const char *` that no length follows is a C string"),
];

/// Adds what the rules suggest where nothing stronger stands.
pub fn apply(contract: &mut FnContract, function: &Function, header: &Header) {
    for index in 0..function.params.len() {
        let Ty::Pointer(pointer) = &function.params[index].ty else { continue };
        let facts = &mut contract.params[index];
        let pointee = header.resolve(&pointer.pointee);
        if let Ty::Named(name) = pointee
            && header.record(name).is_some_and(|record| record.is_opaque)
        {
            facts.claim(Claim::Opaque, Source::Inferred("opaque-handle"), "declared, not defined", &Place::Unknown);
            continue;
        }
        let mut extent = |extent, rule| {
            facts.claim(Claim::Extent(extent), Source::Inferred(rule), rule, &Place::Unknown);
        };
        match function.params.get(index + 1).filter(|next| is_length(next)) {
            Some(next) => {
                let length = Expr::Name(next.name.clone());
                let is_bytes = matches!(pointee, Ty::Void | Ty::Char | Ty::Byte);
                let length = if is_bytes { Extent::Bytes(length) } else { Extent::Count(length) };
                extent(length, "pointer-then-size");
            }
            None if !pointer.is_mut && *pointee == Ty::Char => extent(Extent::NullTerminated, "const-char-string"),
            None => {}
        }
    }
}

/// Whether a parameter's name says that it counts what stands before it.
fn is_length(param: &Param) -> bool {
    let is_integer = matches!(param.ty, Ty::Number | Ty::Named(_));
    let name = param.name.trim_matches('_').to_ascii_lowercase();
    is_integer
        && (matches!(
            name.as_str(),
            "n" | "len" | "length" | "size" | "count" | "cnt" | "nbytes" | "nbyte" | "num" | "sz"
        ) || ["_len", "_length", "_size", "_count", "len", "cnt", "size"].iter().any(|end| name.ends_with(end))
            || ["n_", "num_", "nr_"].iter().any(|start| name.starts_with(start)))
}
