//! PF025, invalid-result: null that cannot be, an address or a number that its type forbids, a text that is no UTF-8, memory that
//! it was not borrowed from.

use super::budget::LONGEST_TEXT;
use super::eval::{self, Scope};
use super::memory::{self, Window};
use super::{Rule, memory::Place};
use crate::alloc::map::MAP;
use crate::alloc::reentry;
use crate::desc::{FnDesc, MapKind};
use crate::word::Word;

/// What is wrong with a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Invalid {
    /// A `bool` of this value.
    NoBool(usize),
    /// A number that is no value of this type.
    NoValue(i128, &'static str),
    /// Null.
    Null,
    /// No multiple of this.
    Misaligned(usize),
    /// A text that is no UTF-8 from this offset on.
    NoUtf8(usize),
    /// Not in the memory of this parameter, nor of another one of which the same is said.
    Elsewhere(usize),
}

/// The rule broken by what C returned.
pub(crate) fn violated(desc: &FnDesc, words: &[Word], result: Word) -> Option<Rule> {
    let (returned, addr) = (&desc.returned, result.addr());
    if returned.is_bool {
        return (addr > 1).then_some(Rule::Invalid(Invalid::NoBool(addr)));
    }
    if let Some(values) = returned.values {
        let number = result.number();
        return (!(values.has)(number)).then_some(Rule::Invalid(Invalid::NoValue(number, values.name)));
    }
    if addr == 0 {
        return returned.is_nonnull.then_some(Rule::Invalid(Invalid::Null));
    }
    if !addr.is_multiple_of(returned.align) {
        return Some(Rule::Invalid(Invalid::Misaligned(returned.align)));
    }
    let sources = || (0..words.len()).filter(|index| returned.into >> index & 1 == 1);
    // Where one of them is of unknown length the result may be there.
    let is_elsewhere = |index: usize| range(desc, words, index).is_some_and(|(start, end)| addr < start || addr > end);
    if let Some(first) = sources().next()
        && sources().all(is_elsewhere)
    {
        return Some(Rule::Invalid(Invalid::Elsewhere(first)));
    }
    let offset = if returned.is_utf8 { not_utf8(addr)? } else { return None };
    Some(Rule::Invalid(Invalid::NoUtf8(offset)))
}

/// Where a text stops being UTF-8, as far as it is looked at.
fn not_utf8(addr: usize) -> Option<usize> {
    const PAGE: usize = 4096;
    let text = reentry::once(|| {
        let mut text = Vec::new();
        // What follows in another page need not be there.
        while text.len() < LONGEST_TEXT {
            let at = addr + text.len();
            let room = (PAGE - at % PAGE).min(LONGEST_TEXT - text.len());
            let window = Window::new(memory::locate_readable(at), at, room);
            let bytes = (at..at + room).map_while(|at| window.peek(at, 1)).map(|byte| byte as u8);
            let before = text.len();
            text.extend(bytes.take_while(|byte| *byte != 0));
            if text.len() < before + room {
                return (text, true);
            }
        }
        (text, false)
    });
    let (text, is_whole) = text?;
    let error = core::str::from_utf8(&text).err()?;
    // Of what was cut off the last character may be a part.
    (is_whole || error.error_len().is_some()).then(|| error.valid_up_to())
}

/// The memory that an argument leads to: its whole block, for C may go on behind a declared part of it; else what is declared.
/// One past the end belongs to it.
fn range(desc: &FnDesc, words: &[Word], index: usize) -> Option<(usize, usize)> {
    let pointer = desc.params.get(index)?.pointer.as_ref()?;
    let addr = words.get(index)?.addr();
    // Null may mean what an earlier call was given; and a structure may own what the result points to.
    let is_flat = pointer.map.map_or(pointer.size == 1, |map| matches!(map().kind, MapKind::Flat));
    if addr == 0 || !is_flat {
        return None;
    }
    if let Place::Heap(block) = memory::locate_readable(addr) {
        let extent = MAP.extent(&block);
        return Some((extent.start.0, extent.start.0 + extent.bytes));
    }
    let scope = Scope::Params { words, params: desc.params, result: None };
    match eval::bytes(pointer, scope) {
        eval::Bytes::Known(bytes) => Some((addr, addr + bytes)),
        eval::Bytes::Unknown | eval::Bytes::Overflow => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desc::{ParamDesc, PointerDesc};

    #[test]
    fn texts_that_are_no_utf8() {
        static UTF8: FnDesc = FnDesc::new("f", &[]).returns_utf8();
        let judged = |text: &[u8]| violated(&UTF8, &[], Word::from_addr(text.as_ptr().expose_provenance()));
        let no = |offset| Some(Rule::Invalid(Invalid::NoUtf8(offset)));
        assert_eq!((judged(b"abc\0"), judged("grün\0\u{ff}".as_bytes()), judged(b"\0\xff")), (None, None, None));
        assert_eq!((judged(b"a\xffb\0"), judged(b"ab\xc3\0\xbc")), (no(1), no(2)));
        let long: Vec<u8> = "ä".repeat(LONGEST_TEXT).into_bytes();
        assert_eq!(judged(&[b"x".as_slice(), &long, b"\0"].concat()), None, "cut within a character");
        let mut broken = vec![b'a'; LONGEST_TEXT + 9];
        broken[LONGEST_TEXT - 1] = 0xff;
        assert_eq!(judged(&broken), no(LONGEST_TEXT - 1));
        assert_eq!(violated(&UTF8, &[], Word::from_addr(0)), None);
        assert_eq!(violated(&UTF8, &[], Word::from_addr(0x10)), None, "nothing that can be read");
    }

    #[test]
    fn results_that_cannot_be() {
        static PARAMS: [ParamDesc; 2] = [
            ParamDesc::pointer("text", PointerDesc::void().null_terminated()),
            ParamDesc::pointer("pair", PointerDesc::void().sized_by(crate::desc::Expr::Const(8))),
        ];
        static PLAIN: FnDesc = FnDesc::new("f", &PARAMS);
        static NONNULL: FnDesc = FnDesc::new("f", &PARAMS).returns_nonnull().returns_aligned::<u32>();
        static INTO_PAIR: FnDesc = FnDesc::new("f", &PARAMS).returns_into(1);
        static INTO_EITHER: FnDesc = FnDesc::new("f", &PARAMS).returns_into(0).returns_into(1);
        static BOOL: FnDesc = FnDesc::new("f", &PARAMS).returns_bool();
        let words = [Word::from_addr(0x100), Word::from_addr(0x200)];
        let judged = |desc: &FnDesc, addr: usize| violated(desc, &words, Word::from_addr(addr));
        assert_eq!(judged(&PLAIN, 0), None);
        assert_eq!(judged(&PLAIN, 3), None);
        assert_eq!((judged(&BOOL, 0), judged(&BOOL, 1)), (None, None));
        assert_eq!(judged(&BOOL, 2), Some(Rule::Invalid(Invalid::NoBool(2))));
        assert_eq!(judged(&NONNULL, 0), Some(Rule::Invalid(Invalid::Null)));
        assert_eq!(judged(&NONNULL, 6), Some(Rule::Invalid(Invalid::Misaligned(4))));
        assert_eq!(judged(&NONNULL, 8), None);
        assert_eq!(judged(&INTO_PAIR, 0), None, "nothing was found");
        assert_eq!(judged(&INTO_PAIR, 0x208), None, "one past the end");
        assert_eq!(judged(&INTO_PAIR, 0x209), Some(Rule::Invalid(Invalid::Elsewhere(1))));
        assert_eq!(judged(&INTO_PAIR, 0x1ff), Some(Rule::Invalid(Invalid::Elsewhere(1))));
        assert_eq!(judged(&INTO_EITHER, 0x209), None, "nobody knows how long the text is");
    }
}
