//! Decides what the declarations of one function say together.

use super::raw::{ArrayBound, RawAttr, RawFn, RawLinkage, RawType};

/// Adds to the first declaration what another one says beyond it.
pub(super) fn unite(first: &mut RawFn, other: RawFn) {
    let add_attrs = |attrs: &mut Vec<RawAttr>, more: Vec<RawAttr>| {
        for attr in more {
            if !attrs.contains(&attr) {
                attrs.push(attr);
            }
        }
    };
    let prefer = |kept: &mut RawType, new: RawType| {
        kept.nullability = kept.nullability.or(new.nullability);
        kept.incomplete &= new.incomplete;
        kept.noescape |= new.noescape;
        if let (Some(kept), Some(new)) = (&mut kept.pointee, new.pointee) {
            kept.nullability = kept.nullability.or(new.nullability);
            kept.incomplete &= new.incomplete;
        }
    };
    add_attrs(&mut first.attrs, other.attrs);
    if first.no_prototype && !other.no_prototype {
        first.params = other.params;
        first.param_directions = other.param_directions;
        first.variadic = other.variadic;
        first.no_prototype = false;
    } else {
        for (param, new) in first.params.iter_mut().zip(other.params) {
            param.name = param.name.take().or(new.name);
            param.commented = param.commented.take().or(new.commented);
            param.array = match (param.array.take(), new.array) {
                (None | Some(ArrayBound::Incomplete), Some(bound)) => Some(bound),
                (bound, _) => bound,
            };
            add_attrs(&mut param.attrs, new.attrs);
            prefer(&mut param.ty, new.ty);
        }
        for (direction, new) in first.param_directions.iter_mut().zip(other.param_directions) {
            *direction = direction.or(new);
        }
    }
    prefer(&mut first.result, other.result);
    first.comment = first.comment.take().or(other.comment);
    first.defined |= other.defined;
    first.in_main_includes |= other.in_main_includes;
    // One declaration without `inline` makes the compiler emit the symbol.
    if other.linkage == RawLinkage::External && first.linkage == RawLinkage::Inline {
        first.linkage = RawLinkage::External;
    }
}
