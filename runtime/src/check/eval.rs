//! Evaluates the extents of contracts over the arguments of a call or the fields of a structure.

use super::bounds;
use super::memory::{self, Window};
use crate::desc::{Direction, Expr, ExtentDesc, Op, ParamDesc, PointerDesc};
use crate::word::Word;

/// What the names in an expression stand for.
#[derive(Clone, Copy)]
pub(crate) enum Scope<'a> {
    /// The arguments of the call.
    Params {
        /// Their values.
        words: &'a [Word],
        /// Their descriptions.
        params: &'static [ParamDesc],
        /// What the function returned, when it has.
        result: Option<Word>,
    },
    /// The fields beside a pointer in a structure.
    Fields {
        /// The memory that holds the structure.
        window: &'a Window,
        /// Address of the structure.
        element: usize,
    },
}

/// A length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bytes {
    Known(usize),
    /// Not stated, not readable, or negative: C takes a negative length for a sentinel or an error.
    Unknown,
    /// Larger than any object can be.
    Overflow,
}

/// The declared length of the memory behind a pointer.
pub(crate) fn bytes(desc: &PointerDesc, scope: Scope<'_>) -> Bytes {
    let (expr, unit) = match &desc.extent {
        ExtentDesc::One => return Bytes::Known(desc.size),
        ExtentDesc::Count(expr) => (expr, desc.size),
        ExtentDesc::Bytes(expr) => (expr, 1),
        ExtentDesc::Unknown | ExtentDesc::NullTerminated => return Bytes::Unknown,
    };
    let Some(count) = value(expr, scope) else { return Bytes::Unknown };
    if count < 0 {
        return Bytes::Unknown;
    }
    match count.checked_mul(unit as i128).and_then(|bytes| isize::try_from(bytes).ok()) {
        Some(bytes) => Bytes::Known(bytes.unsigned_abs()),
        None => Bytes::Overflow,
    }
}

/// The value of an expression; `None` where a part of it cannot be read.
pub(crate) fn value(expr: &Expr, scope: Scope<'_>) -> Option<i128> {
    match (expr, scope) {
        (Expr::Const(value), _) => Some(i128::from(*value)),
        (Expr::Param(index), Scope::Params { words, .. }) => words.get(usize::from(*index)).map(|word| word.number()),
        (Expr::Result, Scope::Params { result, .. }) => result.map(Word::number),
        (Expr::Deref(index), Scope::Params { words, params, result }) => {
            let index = usize::from(*index);
            let pointer = params.get(index)?.pointer.as_ref()?;
            // What C only writes says nothing before it has.
            if pointer.direction == Direction::Out && result.is_none() {
                return None;
            }
            let addr = words.get(index)?.addr();
            if addr == 0 || !addr.is_multiple_of(pointer.align.max(1)) {
                return None;
            }
            // The pointer itself is checked as an argument; here only readable memory is read.
            let place = memory::locate_readable(addr);
            if bounds::violated(place, addr, Some(pointer.size)).is_some() {
                return None;
            }
            let window = Window::new(place, addr, pointer.size);
            window.peek(addr, pointer.size).map(i128::from)
        }
        (Expr::Field { offset, width, signed }, Scope::Fields { window, element }) => {
            let bits = window.peek(element + offset, usize::from(*width))?;
            let unused = 64 - 8 * u32::from(*width);
            Some(if *signed { i128::from(((bits << unused) as i64) >> unused) } else { i128::from(bits) })
        }
        (Expr::Binary(op, left, right), _) => {
            let (left, right) = (value(left, scope)?, value(right, scope)?);
            match op {
                Op::Add => left.checked_add(right),
                Op::Sub => left.checked_sub(right),
                Op::Mul => left.checked_mul(right),
                Op::Div => left.checked_div(right),
                Op::Min => Some(left.min(right)),
            }
        }
        (Expr::Param(_) | Expr::Deref(_) | Expr::Result, Scope::Fields { .. })
        | (Expr::Field { .. }, Scope::Params { .. }) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desc::PointerMap;

    fn with(extent: ExtentDesc, numbers: &[i64]) -> Bytes {
        static PARAMS: [ParamDesc; 2] = [ParamDesc::scalar("a"), ParamDesc::scalar("b")];
        use crate::word::AsWord;
        let words: Vec<Word> = numbers.iter().map(AsWord::as_word).collect();
        let desc = PointerDesc { extent, ..PointerDesc::to::<u32>(|| PointerMap::FLAT) };
        bytes(&desc, Scope::Params { words: &words, params: &PARAMS, result: None })
    }

    #[test]
    fn a_number_is_read_only_where_all_of_it_lies_in_the_block() {
        use crate::alloc::map::MAP;
        static PARAMS: [ParamDesc; 1] = [ParamDesc::pointer("n", PointerDesc::to::<u64>(|| PointerMap::FLAT))];
        #[repr(align(16))]
        struct Aligned([u64; 4]);
        let block = Box::new(Aligned([5; 4]));
        let start = block.0.as_ptr().expose_provenance();
        assert!(MAP.insert(start, 20));
        let read = |addr| {
            let scope = Scope::Params { words: &[Word::from_addr(addr)], params: &PARAMS, result: None };
            value(&Expr::Deref(0), scope)
        };
        assert_eq!((read(start), read(start + 8), read(start + 16)), (Some(5), Some(5), None));
        MAP.remove(start, 20);
    }

    #[test]
    fn lengths() {
        assert_eq!(with(ExtentDesc::One, &[]), Bytes::Known(4));
        assert_eq!(with(ExtentDesc::Count(Expr::Param(0)), &[3]), Bytes::Known(12));
        assert_eq!(with(ExtentDesc::Bytes(Expr::Param(1)), &[3, 7]), Bytes::Known(7));
        assert_eq!(with(ExtentDesc::Count(Expr::Param(0)), &[-1]), Bytes::Unknown);
        assert_eq!(with(ExtentDesc::Count(Expr::Param(0)), &[i64::MAX]), Bytes::Overflow);
        assert_eq!(with(ExtentDesc::Count(Expr::Param(5)), &[1]), Bytes::Unknown);
        static A: Expr = Expr::Param(0);
        static B: Expr = Expr::Param(1);
        assert_eq!(with(ExtentDesc::Bytes(Expr::Binary(Op::Mul, &A, &B)), &[6, 7]), Bytes::Known(42));
        assert_eq!(with(ExtentDesc::Bytes(Expr::Binary(Op::Min, &A, &B)), &[6, 7]), Bytes::Known(6));
        assert_eq!(with(ExtentDesc::Bytes(Expr::Binary(Op::Sub, &A, &B)), &[6, 7]), Bytes::Unknown);
        assert_eq!(with(ExtentDesc::Bytes(Expr::Binary(Op::Div, &A, &B)), &[6, 0]), Bytes::Unknown);
        let huge = ExtentDesc::Bytes(Expr::Binary(Op::Mul, &A, &B));
        assert_eq!(with(huge, &[i64::MAX, i64::MAX]), Bytes::Overflow);
    }
}
