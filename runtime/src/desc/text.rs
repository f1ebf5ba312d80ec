//! Descriptions as text: what wrappers of whole headers carry, one literal each, read at the first checked call.
//!
//! A literal costs the compiler next to nothing, where twelve thousand constants of nested structures cost minutes.
//!
//! ```text
//! description = name { "!" | "~" | "+" | "-" | "?" } ["@" result] { " " parameter }
//!                                                     arguments may overlap; nested(live); guarded(always), (never);
//!                                                     C may use what it keeps
//! result      = [digits "."] ["b"] ["n"] ["u"] { "p" digits "." }
//!                                                     its type, a bool, nonnull, UTF-8, the parameters in whose memory it is
//! parameter   = name                                  not looked at
//!             | name "=" ("s" | "u")                  a number, signed or not
//!             | name "*" [digits "."] { mark }        a pointer; its type's place in the file's table, none for void
//! mark        = "<" | ">" | "^"                       in, out, inout
//!             | "n" | "o"                             nonnull, nullable
//!             | "1" | "z" | "[" expr "]" | "{" expr "}"   one, null-terminated, elements, bytes
//!             | "~" ("<" | ">" | "^")                 C follows the pointers inside
//!             | "x"                                   the pointers inside are not looked at
//!             | "t"                                   the memory belongs to C from the call on
//!             | "c" | "k"                             C keeps the pointer for the call only, or longer
//!             | "s"                                   C knows the structure by its address
//!             | ("f" | "F") expr                      so much is filled; `F`: or would have been
//!             | "b" | "h"                             C writes `bool`s there, or structures that hold numbers
//! expr        = "r"                                   the result
//!             | "#" digits "." | "p" digits "." | "d" digits "." | op expr expr,   op one of + - * / m
//! ```

use super::{Direction, Expr, FnDesc, Guards, KeptDesc, Op, ParamDesc, PointerDesc, PointerMap, SuccessDesc};
use crate::call::enumeration::Passed;

/// A type that parameters of a file point to.
#[derive(Clone, Copy, Debug)]
pub struct TypeDesc {
    size: usize,
    align: usize,
    map: fn() -> &'static PointerMap,
}

impl TypeDesc {
    /// The type `T`, with the pointers inside it.
    pub const fn of<T>(map: fn() -> &'static PointerMap) -> Self {
        Self { size: size_of::<T>(), align: align_of::<T>(), map }
    }
}

/// A description that was read, and how its arguments are taken.
#[derive(Debug)]
pub(crate) struct Known {
    pub(crate) desc: FnDesc,
    /// For each parameter: signed, unsigned or an address; `None` where no word is given.
    pub(crate) words: Vec<Option<bool>>,
}

/// A function that may use what C keeps, and has it keep nothing and end nothing.
static LOOKS: KeptDesc = KeptDesc { keeps: &[], ends: &[], looks: true, success: SuccessDesc::Untold };

/// Reads a description; `None` for what the generator never writes.
pub(crate) fn read(text: &'static str, types: &'static [TypeDesc]) -> Option<Known> {
    let mut parts = text.split(' ');
    let head = parts.next()?;
    let (head, returned) = head.split_once('@').map_or((head, None), |(head, returned)| (head, Some(returned)));
    let name = head.trim_end_matches(['!', '~', '+', '-', '?']);
    let is_marked = |mark: char| head.get(name.len()..).is_some_and(|marks| marks.contains(mark));
    let mut params = Vec::new();
    let mut words = Vec::new();
    for part in parts {
        let (param, word) = parameter(part, types)?;
        params.push(param);
        words.push(word);
    }
    let guards = match (is_marked('+'), is_marked('-')) {
        (true, _) => Guards::Always,
        (false, true) => Guards::Never,
        (false, false) => Guards::Sometimes,
    };
    let bare = FnDesc::new(name, Vec::leak(params));
    let kept = is_marked('?').then_some(&LOOKS);
    let desc = FnDesc { may_alias: is_marked('!'), takes_live: is_marked('~'), guards, kept, ..bare };
    let desc = match returned {
        Some(returned) => result(desc, returned, types)?,
        None => desc,
    };
    Some(Known { desc, words })
}

fn result(mut desc: FnDesc, text: &'static str, types: &'static [TypeDesc]) -> Option<FnDesc> {
    let mut marks = Marks(text);
    if let Some(index) = marks.number() {
        desc = desc.returns_aligned_to(types.get(usize::try_from(index).ok()?)?.align);
    }
    while let Some(mark) = marks.next() {
        desc = match mark {
            'b' => desc.returns_bool(),
            'n' => desc.returns_nonnull(),
            'u' => desc.returns_utf8(),
            'p' => desc.returns_into(usize::try_from(marks.number()?).ok()?),
            _ => return None,
        };
    }
    Some(desc)
}

fn parameter(text: &'static str, types: &'static [TypeDesc]) -> Option<(ParamDesc, Option<bool>)> {
    let Some(at) = text.find(['*', '=']) else { return Some((ParamDesc::scalar(text), None)) };
    let (name, rest) = text.split_at(at);
    let mut marks = Marks(rest.get(1..)?);
    if rest.starts_with('=') {
        return Some((ParamDesc::scalar(name), Some(marks.next()? == 's')));
    }
    let mut pointer = match marks.number() {
        Some(index) => {
            let ty = types.get(usize::try_from(index).ok()?)?;
            PointerDesc::sized(ty.size, ty.align, Some(ty.map))
        }
        None => PointerDesc::void(),
    };
    while let Some(mark) = marks.next() {
        pointer = match mark {
            '<' => pointer.input(),
            '>' => pointer.out(),
            '^' => pointer.inout(),
            'n' => pointer.nonnull(),
            'o' => pointer.nullable(),
            '1' => pointer.one(),
            'z' => pointer.null_terminated(),
            '[' => {
                let count = marks.expr()?;
                marks.next().filter(|end| *end == ']')?;
                pointer.counted_by(count)
            }
            '{' => {
                let bytes = marks.expr()?;
                marks.next().filter(|end| *end == '}')?;
                pointer.sized_by(bytes)
            }
            '~' => pointer.flow_through(direction(marks.next()?)?),
            'x' => PointerDesc { map: None, ..pointer },
            't' => pointer.transferred(),
            'c' => pointer.noescape(),
            'k' => pointer.retained(),
            's' => pointer.address_sensitive(),
            'b' => pointer.holding(Passed::<bool>::VALUES),
            'h' => pointer.holding_inside(true),
            'f' => pointer.filled_by(marks.expr()?),
            'F' => pointer.filled_by(marks.expr()?).may_exceed(),
            _ => return None,
        };
    }
    Some((ParamDesc::pointer(name, pointer), Some(false)))
}

fn direction(mark: char) -> Option<Direction> {
    match mark {
        '<' => Some(Direction::In),
        '>' => Some(Direction::Out),
        '^' => Some(Direction::InOut),
        _ => None,
    }
}

/// What is left of a parameter's text.
struct Marks(&'static str);

impl Marks {
    fn next(&mut self) -> Option<char> {
        let mut chars = self.0.chars();
        let next = chars.next()?;
        self.0 = chars.as_str();
        Some(next)
    }

    /// Digits with a dot behind them; without the dot they are marks, as the `1` of one object, and stay.
    fn number(&mut self) -> Option<u64> {
        let end = self.0.find(|c: char| !c.is_ascii_digit())?;
        let (digits, rest) = self.0.split_at(end);
        let rest = rest.strip_prefix('.')?;
        let number = digits.parse().ok()?;
        self.0 = rest;
        Some(number)
    }

    fn expr(&mut self) -> Option<Expr> {
        let param = |marks: &mut Self| marks.number().and_then(|index| u8::try_from(index).ok());
        let op = match self.next()? {
            '#' => return self.number().map(Expr::Const),
            'p' => return param(self).map(Expr::Param),
            'd' => return param(self).map(Expr::Deref),
            'r' => return Some(Expr::Result),
            '+' => Op::Add,
            '-' => Op::Sub,
            '*' => Op::Mul,
            '/' => Op::Div,
            'm' => Op::Min,
            _ => return None,
        };
        let left: &'static Expr = Box::leak(Box::new(self.expr()?));
        let right: &'static Expr = Box::leak(Box::new(self.expr()?));
        Some(Expr::Binary(op, left, right))
    }
}

/// The extent in words, for tests.
#[cfg(test)]
fn extent(pointer: &PointerDesc) -> String {
    format!("{:?}", pointer.extent)
}

#[cfg(test)]
mod tests {
    use super::super::{Escape, ExtentDesc};
    use super::*;

    static TYPES: [TypeDesc; 2] =
        [TypeDesc::of::<u32>(|| PointerMap::FLAT), TypeDesc::of::<[usize; 2]>(|| PointerMap::UNKNOWN)];

    #[test]
    fn what_the_generator_writes() {
        let known = read("readv fd iov*1.<n[p2.]~> iovcnt=s", &TYPES).expect("it is in order");
        assert_eq!((known.desc.name, known.desc.may_alias), ("readv", false));
        assert_eq!((known.desc.takes_live, known.desc.guards), (false, Guards::Sometimes));
        assert_eq!(known.words, [None, Some(false), Some(true)]);
        let iov = known.desc.params[1].pointer.expect("a pointer");
        assert_eq!((iov.size, iov.align, iov.direction), (16, 8, Direction::In));
        assert_eq!(iov.nullability, super::super::Nullability::Nonnull);
        assert_eq!(extent(&iov), "Count(Param(2))");
        assert_eq!(iov.flow, Some(Direction::Out));
        let known = read("memmove! to*>{+p2.#12.} from*<{mp2.d1.} n=u", &TYPES).expect("it is in order");
        assert!(known.desc.may_alias);
        assert_eq!(
            extent(&known.desc.params[0].pointer.expect("a pointer")),
            "Bytes(Binary(Add, Param(2), Const(12)))"
        );
        assert_eq!(extent(&known.desc.params[1].pointer.expect("a pointer")), "Bytes(Binary(Min, Param(2), Deref(1)))");
        let known = read("f s*0.ozc one*0.^1k other*1.x1", &TYPES).expect("it is in order");
        assert!(matches!(known.desc.params[0].pointer.expect("a pointer").extent, ExtentDesc::NullTerminated));
        assert!(matches!(known.desc.params[1].pointer.expect("a pointer").extent, ExtentDesc::One));
        assert!(known.desc.params[2].pointer.expect("a pointer").map.is_none());
        let escapes = known.desc.params.iter().map(|param| param.pointer.expect("a pointer").escape);
        assert_eq!(escapes.collect::<Vec<_>>(), [Escape::Call, Escape::Longer, Escape::Unknown]);
        let void = read("f p*1", &TYPES).expect("it is in order").desc.params[0].pointer.expect("a pointer");
        assert!(matches!(void.extent, ExtentDesc::One) && void.map.is_none() && void.size == 1);
        let known = read("g!@0.np1. s*0.1s to*>{p2.c}fr n=u", &TYPES);
        assert!(known.is_none(), "marks do not stand in an extent");
        let known = read("g!@0.np1. s*0.1s to*>{p2.}cF*r#4. n=u", &TYPES).expect("it is in order");
        let desc = &known.desc;
        assert!(desc.may_alias && desc.looks_after && desc.name == "g");
        let returned = desc.returned;
        assert_eq!((returned.is_nonnull, returned.align, returned.into), (true, 4, 2));
        assert!(desc.params[0].pointer.expect("a pointer").is_sensitive);
        let to = desc.params[1].pointer.expect("a pointer");
        assert!(to.may_exceed && matches!(to.filled, Some(Expr::Binary(Op::Mul, Expr::Result, Expr::Const(4)))));
        for (text, may_alias, takes_live, guards) in [
            ("f~ a", false, true, Guards::Sometimes),
            ("f!~+ a", true, true, Guards::Always),
            ("f- a", false, false, Guards::Never),
        ] {
            let desc = read(text, &TYPES).expect("it is in order").desc;
            assert_eq!((desc.name, desc.may_alias, desc.takes_live, desc.guards), ("f", may_alias, takes_live, guards));
        }
        let flag = read("f flag*0.>1b", &TYPES).expect("it is in order").desc;
        assert_eq!(flag.params[0].pointer.expect("a pointer").values.map(|values| values.name), Some("bool"));
        assert!(flag.looks_after);
        assert!(read("f@b n=u", &TYPES).expect("it is in order").desc.returned.is_bool);
        let text = read("f@nup0. s*0.z", &TYPES).expect("it is in order").desc.returned;
        assert!(text.is_utf8 && text.is_nonnull && text.into == 1);
        assert_eq!(read("f", &TYPES).expect("it is in order").desc.params.len(), 0);
    }

    #[test]
    fn what_it_does_not_write() {
        for text in [
            "",
            "f a*9.",
            "f a*0.[p1.",
            "f a*0.[q1.]",
            "f a*?",
            "f a*0.~n",
            "f a=",
            "f a*0.{+p0.}",
            "f@q",
            "f@p",
            "f@9.",
            "f a*f",
        ] {
            assert!(read(text, &TYPES).is_none_or(|known| known.desc.name.is_empty()), "{text}");
        }
    }
}
