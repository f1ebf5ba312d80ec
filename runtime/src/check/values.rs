//! PF025 of memory that C writes: a number that its type has no value for.

use super::bounds;
use super::budget::{self, MOST_VALUES};
use super::eval::{self, Bytes, Scope};
use super::memory::{self, Window};
use super::{Finding, Rule};
use crate::desc::{FnDesc, PointerDesc, ValuesDesc};
use crate::path::Path;
use crate::word::Word;
use core::ops::ControlFlow;

/// Parameters that are looked at: those of a call that is looked at afterwards.
const PARAMS: usize = 8;

/// What lay before a call where C writes such numbers, one behind the other. What C leaves as it was it has not written: on the
/// way to an error, or where there is room for more than it has to say.
#[derive(Clone, Copy, Debug)]
pub(super) struct Held {
    held: [u8; MOST_VALUES],
    /// How many bytes of each parameter's numbers.
    bytes: [u8; PARAMS],
    /// How much of its memory they are in: whole elements.
    spans: [u32; PARAMS],
}

/// A parameter with such memory, and how much there is of it.
struct Part<'a> {
    pointer: &'a PointerDesc,
    addr: usize,
    bytes: usize,
}

/// One number there: its offset, which numbers are values, and its bits.
struct Number {
    offset: usize,
    values: &'static ValuesDesc,
    bits: u64,
}

impl Part<'_> {
    /// The size of an element.
    fn element(&self) -> usize {
        self.pointer.values.map_or(self.pointer.size, |values| values.size).max(1)
    }

    /// Goes to each number, as far as they can be read, until `look` breaks.
    fn each<B>(&self, mut look: impl FnMut(Number) -> ControlFlow<B>) -> Option<B> {
        let place = memory::locate_readable(self.addr);
        // Where more is declared than there is, the rule on that has spoken, and nothing is read.
        if bounds::violated(place, self.addr, Some(self.bytes)).is_some() {
            return None;
        }
        let window = Window::new(place, self.addr, self.bytes);
        let mut look = |offset: usize, values: &'static ValuesDesc| match window.peek(self.addr + offset, values.size) {
            Some(bits) => look(Number { offset, values, bits }).map_break(Some),
            None => ControlFlow::Break(None),
        };
        let size = self.element();
        // Whole elements alone.
        for offset in (0..self.bytes / size * size).step_by(size) {
            let found = match (self.pointer.values, self.pointer.map) {
                (Some(values), _) => look(offset, values),
                (None, Some(map)) => map().each_number(offset, &mut |number| look(number.offset, number.values)),
                (None, None) => return None,
            };
            if let ControlFlow::Break(found) = found {
                return found;
            }
        }
        None
    }
}

impl Held {
    /// Nothing.
    pub(super) const NONE: Self = Self { held: [0; MOST_VALUES], bytes: [0; PARAMS], spans: [0; PARAMS] };

    /// What lies there now.
    pub(super) fn of(desc: &FnDesc, words: &[Word]) -> Self {
        let mut all = Self::NONE;
        let scope = Scope::Params { words, params: desc.params, result: None };
        let mut from = 0;
        for index in 0..desc.params.len().min(PARAMS) {
            let Some(mut part) = part(desc, words, index) else { continue };
            let Bytes::Known(bytes) = eval::bytes(part.pointer, scope) else { continue };
            part.bytes = bytes;
            let (before, mut last) = (from, 0);
            let is_full = part.each(|number| {
                let size = number.values.size;
                let Some(place) = all.held.get_mut(from..from + size) else { return ControlFlow::Break(()) };
                place.copy_from_slice(number.bits.to_le_bytes().get(..size).unwrap_or_default());
                from += size;
                last = number.offset;
                ControlFlow::Continue(())
            });
            if is_full.is_some() {
                budget::too_many_values();
            }
            let span = (last / part.element() + 1) * part.element();
            (all.bytes[index], all.spans[index]) = ((from - before) as u8, u32::try_from(span).unwrap_or(0));
        }
        all
    }

    /// What C has written there that is no value; the first of each argument.
    pub(super) fn violated(&self, desc: &FnDesc, words: &[Word]) -> Vec<Finding> {
        let mut findings = Vec::new();
        let mut held = self.held.as_slice();
        for index in 0..desc.params.len().min(PARAMS) {
            let (mut before, others) = held.split_at_checked(usize::from(self.bytes[index])).unwrap_or_default();
            held = others;
            if before.is_empty() {
                continue;
            }
            let Some(mut part) = part(desc, words, index) else { continue };
            // As far as it was looked at before the call: what C has made of the lengths meanwhile is no matter.
            part.bytes = self.spans[index] as usize;
            let wrong = part.each(|number| -> ControlFlow<Option<(Number, i128)>> {
                let size = number.values.size;
                let Some((was, more)) = before.split_at_checked(size) else { return ControlFlow::Break(None) };
                before = more;
                let is_written = number.bits.to_le_bytes().get(..size) != Some(was);
                let value = number.values.number(number.bits);
                let is_wrong = is_written && !(number.values.has)(value);
                if is_wrong { ControlFlow::Break(Some((number, value))) } else { ControlFlow::Continue(()) }
            });
            if let Some(Some((Number { offset, values, .. }, number))) = wrong {
                let rule = Rule::NoValue { number, ty: values.name, offset };
                let (path, addr, direction) = (Path::param(index), part.addr, part.pointer.direction);
                let place = memory::locate_readable(addr);
                findings.push(Finding { rule, path, addr, bytes: Some(part.bytes), direction, place });
            }
        }
        findings
    }
}

fn part<'a>(desc: &'a FnDesc, words: &[Word], index: usize) -> Option<Part<'a>> {
    let pointer = desc.params.get(index)?.pointer.as_ref()?;
    let addr = words.get(index)?.addr();
    ((pointer.values.is_some() || pointer.holds_numbers) && addr != 0).then_some(Part { pointer, addr, bytes: 0 })
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;
    use crate::call::enumeration::Passed;
    use crate::desc::{Expr, Field, ParamDesc, PointerMap};
    use crate::word::AsWord;

    const fn out<T>(values: Option<&'static ValuesDesc>) -> PointerDesc {
        PointerDesc::to::<T>(|| PointerMap::FLAT).out().holding(values)
    }

    static DESC: FnDesc = FnDesc::new(
        "f",
        &[
            ParamDesc::pointer("flags", out::<bool>(Passed::<bool>::VALUES).counted_by(Expr::Param(1))),
            ParamDesc::scalar("n"),
            ParamDesc::pointer("letter", out::<char>(Passed::<char>::VALUES).one()),
        ],
    );

    fn found(flags: &mut [u8], letter: &mut u32, call: impl FnOnce(&mut [u8], &mut u32)) -> Vec<(String, i128, usize)> {
        let words = [
            Word::from_addr(flags.as_mut_ptr().expose_provenance()),
            flags.len().as_word(),
            Word::from_addr(core::ptr::from_mut(letter).expose_provenance()),
        ];
        let held = Held::of(&DESC, &words);
        call(core::hint::black_box(flags), core::hint::black_box(letter));
        let told = held.violated(&DESC, &words).into_iter().map(|finding| match finding.rule {
            Rule::NoValue { number, ty, offset } => (ty.to_owned(), number, offset),
            other => panic!("{other:?}"),
        });
        told.collect()
    }

    #[test]
    fn what_c_wrote_counts_and_what_was_there_does_not() {
        assert_eq!(found(&mut [0, 9, 1], &mut 0xffff_ffff, |_, _| ()), []);
        assert_eq!(found(&mut [9, 9, 9], &mut 7, |flags, letter| (flags[2], *letter) = (1, 0x1f600)), []);
        let told = found(&mut [9, 9, 9], &mut 7, |flags, letter| (flags[1], flags[2], *letter) = (2, 3, 0xd800));
        assert_eq!(told, [("bool".to_owned(), 2, 1), ("char".to_owned(), 0xd800, 0)]);
    }

    #[repr(C)]
    struct Entry {
        number: u32,
        is_open: u8,
        letter: u32,
    }

    static ENTRY: PointerMap = PointerMap::flat().holding(&[
        Field::new("is_open", core::mem::offset_of!(Entry, is_open), Passed::<bool>::VALUES, PointerMap::FLAT),
        Field::new("letter", core::mem::offset_of!(Entry, letter), Passed::<char>::VALUES, PointerMap::FLAT),
    ]);
    static ENTRIES: FnDesc = FnDesc::new(
        "g",
        &[
            ParamDesc::pointer(
                "entries",
                PointerDesc::to::<Entry>(|| &ENTRY).out().holding_inside(true).counted_by(Expr::Param(1)),
            ),
            ParamDesc::scalar("n"),
        ],
    );

    #[test]
    fn numbers_inside_structures() {
        let told = |call: &dyn Fn(&mut [Entry])| {
            let mut entries: [Entry; 9] = core::array::from_fn(|_| Entry { number: 77, is_open: 77, letter: !0 });
            let start = entries.as_mut_ptr().expose_provenance();
            let words = [Word::from_addr(start), entries.len().as_word()];
            let held = Held::of(&ENTRIES, &words);
            call(core::hint::black_box(&mut entries));
            held.violated(&ENTRIES, &words)
                .into_iter()
                .map(|finding| match finding.rule {
                    Rule::NoValue { number, ty, offset } => (number, ty, offset),
                    other => panic!("{other:?}"),
                })
                .collect::<Vec<_>>()
        };
        assert_eq!(told(&|_| ()), [], "C has written nothing");
        assert_eq!(told(&|entries| entries[0] = Entry { number: 2, is_open: 1, letter: 65 }), []);
        assert_eq!(told(&|entries| entries[1].is_open = 2), [(2, "bool", 12 + 4)]);
        assert_eq!(told(&|entries| entries[5].letter = 0xd800), [(0xd800, "char", 5 * 12 + 8)]);
        // 5 bytes of each entry: 32 are those of six, and the flag of the seventh.
        assert_eq!(told(&|entries| entries[6].is_open = 2), [(2, "bool", 6 * 12 + 4)]);
        assert_eq!(told(&|entries| (entries[6].letter, entries[7].is_open) = (0xd800, 2)), []);
        let pointer = ENTRIES.params[0].pointer.expect("a pointer");
        assert_eq!(pointer.number_at(12 + 4).as_deref(), Some("[1].is_open"));
        assert_eq!(pointer.number_at(12), None);
    }

    #[test]
    fn behind_the_bound_all_is_legal_and_the_rest_is_looked_at() {
        let mut flags = [0; MOST_VALUES + 1];
        assert_eq!(found(&mut flags, &mut 0, |flags, letter| (flags[MOST_VALUES], *letter) = (2, 0xd800)), []);
        let mut flags = [0; MOST_VALUES - 4];
        let told = found(&mut flags, &mut 0, |flags, letter| (flags[MOST_VALUES - 5], *letter) = (2, 0xd800));
        assert_eq!(told.len(), 2);
    }
}
