//! What is said of a pointer once it is known what measures it, and of a result with a length.

use super::Findings;
use super::index::{Arg, Index, Subject};
use super::lengths::Measured;
use super::names;
use super::shape::Base;
use crate::contract::expr::Op;
use crate::contract::value::Value;
use crate::contract::{Claim, Expr, Extent};

/// Adds extents.
pub(super) fn apply(index: &Index<'_>, subject: &Subject<'_>, measured: &[Option<Measured>], out: &mut Findings<'_>) {
    for (at, known) in measured.iter().enumerate() {
        let Some(known) = known.as_ref().filter(|known| !known.is_inner) else { continue };
        let (arg, by) = (&subject.params[at], &subject.params[known.by]);
        // A negative length has a meaning of its own here: neither count nor text.
        let is_open = !known.is_named
            && by.shape.base == Base::Int(true)
            && matches!(arg.shape.base, Base::Int(_))
            && matches!(arg.plain.as_str(), "str" | "string" | "text");
        if is_open {
            continue;
        }
        let expr = if known.is_deref { Expr::Deref(by.name.clone()) } else { Expr::Name(by.name.clone()) };
        let expr = match known.times {
            Some(of) => Expr::Binary(Op::Mul, Box::new(expr), Box::new(Expr::Name(subject.params[of].name.clone()))),
            None => expr,
        };
        // `sockaddr *addr, socklen_t addrlen`: one structure of several sizes.
        let is_variant = arg.shape.base == Base::Record && !arg.is_plural && !by.is_plural && is_size(by);
        let is_memory = matches!(arg.shape.base, Base::Void | Base::Char | Base::Byte);
        let is_bytes = arg.shape.depth() == 1 && (is_memory || is_variant);
        let extent = if is_bytes { Extent::Bytes(expr) } else { Extent::Count(expr) };
        let how = if known.is_named { "is named after it" } else { "measures it by its place" };
        out.claim(at, Claim::Extent(extent), known.rule, format!("`{}` {how}", by.name));
    }
    result(index, subject, measured, out);
}

/// Whether its name is that of a size in bytes and not of a count.
fn is_size(length: &Arg) -> bool {
    ["len", "length", "size", "sz"].iter().any(|end| length.plain.ends_with(end))
}

/// `T **list(handle, size_t *length)`: the length is that of the result.
fn result(index: &Index<'_>, subject: &Subject<'_>, measured: &[Option<Measured>], out: &mut Findings<'_>) {
    let shape = &subject.result;
    let is_array =
        shape.is_pointer() && shape.base != Base::Function && !(shape.depth() == 1 && shape.base == Base::Record);
    if !is_array {
        return;
    }
    let mut free = subject.params.iter().enumerate().filter(|(at, arg)| {
        arg.shape.depth() == 1
            && arg.shape.is_mut()
            && names::length(arg, &index.conventions).is_some_and(|length| length.is_certain)
            && !measured.iter().flatten().any(|known| known.by == *at)
    });
    if let (Some((_, only)), None) = (free.next(), free.next()) {
        let by = Expr::Deref(only.name.clone());
        let is_bytes = shape.depth() == 1 && matches!(shape.base, Base::Void | Base::Char | Base::Byte);
        let extent = if is_bytes { Extent::Bytes(by) } else { Extent::Count(by) };
        let value = Value { extent: Some(extent), ..Value::default() };
        out.returns(value, "result-length", format!("`{}` measures no parameter", only.name));
    }
}

#[cfg(all(test, feature = "clang"))]
mod tests {
    use super::super::testing::said;

    #[test]
    fn a_free_length_is_that_of_the_result() {
        assert_eq!(
            said("fn box_list(b: *mut box_, length: *mut size_t) -> *mut *mut c_char;"),
            "b: opaque; length: out; -> counted_by(*length)"
        );
        assert_eq!(said("fn box_next(b: *mut box_, length: *mut size_t) -> *mut box_;"), "b: opaque; length: out");
        assert_eq!(
            said("fn box_read(b: *mut box_, to: *mut *mut u8, length: *mut size_t) -> *mut u8;"),
            "b: opaque; to: out pointee(sized_by(*length)); length: out"
        );
    }
}
