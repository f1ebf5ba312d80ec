//! What the header's own attributes say, as facts.

use super::axes::{Claim, Direction, Extent, Fact, FnContract, Nullability, Source};
use super::escape::Escape;
use super::expr::Expr;
use super::value::{Origin, Value};
use crate::diag::Place;
use crate::model::{Access, Function, HeaderAttr, Ty};

/// Adds the header's attributes where nothing stronger stands.
pub fn apply(contract: &mut FnContract, function: &Function) {
    let place = function.location.clone().map_or(Place::Unknown, Place::Header);
    let params = &mut contract.params;
    let mut claim = |index: usize, claim: Claim, words: &str| {
        if let (Some(facts), Some(Ty::Pointer(_))) =
            (params.get_mut(index), function.params.get(index).map(|param| &param.ty))
        {
            facts.claim(claim, Source::Header, words, &place);
        }
    };
    for attr in &function.attrs {
        match attr {
            HeaderAttr::Nonnull(index) => claim(*index, Claim::Nullability(Nullability::Nonnull), "nonnull"),
            HeaderAttr::Nullable(index) => claim(*index, Claim::Nullability(Nullability::Nullable), "_Nullable"),
            HeaderAttr::NonnullAll => {
                for index in 0..function.params.len() {
                    claim(index, Claim::Nullability(Nullability::Nonnull), "nonnull");
                }
            }
            HeaderAttr::Noescape(index) => claim(*index, Claim::Escape(Escape::Call), "noescape"),
            HeaderAttr::CountedBy(index, text) => {
                if let Some(expr) = Expr::from_text(text) {
                    claim(*index, Claim::Extent(Extent::Count(expr)), "counted_by");
                }
            }
            HeaderAttr::SizedBy(index, text) => {
                if let Some(expr) = Expr::from_text(text) {
                    claim(*index, Claim::Extent(Extent::Bytes(expr)), "sized_by");
                }
            }
            HeaderAttr::NullTerminated(index) => {
                claim(*index, Claim::Extent(Extent::NullTerminated), "null_terminated_string_arg");
            }
            HeaderAttr::AtLeast(index, count) => {
                claim(*index, Claim::Extent(Extent::Count(Expr::Const(*count))), "[static n]");
                claim(*index, Claim::Nullability(Nullability::Nonnull), "[static n]");
            }
            HeaderAttr::Access { mode, pointer, size } => {
                if let Some(direction) = direction(*mode) {
                    claim(*pointer, Claim::Direction(direction), "access");
                }
                if let Some(size) = size.and_then(|size| function.params.get(size)) {
                    let expr = Expr::Name(size.name.clone());
                    let is_void = matches!(
                        function.params.get(*pointer).map(|param| &param.ty),
                        Some(Ty::Pointer(pointer)) if *pointer.pointee == Ty::Void
                    );
                    let extent = if is_void { Extent::Bytes(expr) } else { Extent::Count(expr) };
                    claim(*pointer, Claim::Extent(extent), "access");
                }
            }
            // Comments are prose: `infer::docs` reads them.
            HeaderAttr::Documented(..) => {}
            HeaderAttr::ReturnsNonnull => {
                let value = Value { nullability: Some(Nullability::Nonnull), ..Value::default() };
                contract.returns.push(Fact::new(value, Source::Header, "returns_nonnull"));
            }
            HeaderAttr::Malloc(free) => {
                let value = Value { origins: vec![Origin::Owned { free: free.clone() }], ..Value::default() };
                contract.returns.push(Fact::new(value, Source::Header, "malloc"));
            }
        }
    }
}

fn direction(access: Access) -> Option<Direction> {
    match access {
        Access::Read => Some(Direction::In),
        Access::Write => Some(Direction::Out),
        Access::ReadWrite => Some(Direction::InOut),
        Access::None => None,
    }
}
