//! PF025 of memory that C writes: a number that its type has no value for.

use super::bounds;
use super::budget::{self, MOST_VALUES};
use super::eval::{self, Bytes, Scope};
use super::memory::{self, Window};
use super::{Finding, Rule};
use crate::desc::{FnDesc, PointerDesc, ValuesDesc};
use crate::path::Path;
use crate::word::Word;

/// Parameters that are looked at: those of a call that is looked at afterwards.
const PARAMS: usize = 8;

/// What lay before a call where C writes such numbers, one argument behind the other. What C leaves as it was it has not written:
/// on the way to an error, or where there is room for more than it has to say.
#[derive(Clone, Copy, Debug)]
pub(super) struct Held {
    held: [u8; MOST_VALUES],
    /// How many bytes of each parameter's memory.
    bytes: [u8; PARAMS],
}

/// A parameter with such memory, and how much of it is looked at.
struct Part<'a> {
    pointer: &'a PointerDesc,
    values: &'static ValuesDesc,
    addr: usize,
    bytes: usize,
}

impl Part<'_> {
    /// Its numbers as bits, with the offset of each; `None` for one that cannot be read.
    fn numbers(&self) -> impl Iterator<Item = (usize, Option<u64>)> {
        let place = memory::locate_readable(self.addr);
        // Where more is declared than there is, the rule on that has spoken, and nothing is read.
        let is_there = bounds::violated(place, self.addr, Some(self.bytes)).is_none();
        let bytes = if is_there { self.bytes } else { 0 };
        let window = Window::new(place, self.addr, bytes);
        let (addr, size) = (self.addr, self.values.size);
        (0..bytes).step_by(size.max(1)).map(move |offset| (offset, window.peek(addr + offset, size)))
    }
}

impl Held {
    /// Nothing.
    pub(super) const NONE: Self = Self { held: [0; MOST_VALUES], bytes: [0; PARAMS] };

    /// What lies there now.
    pub(super) fn of(desc: &FnDesc, words: &[Word]) -> Self {
        let mut all = Self::NONE;
        let scope = Scope::Params { words, params: desc.params, result: None };
        let mut from = 0;
        for index in 0..desc.params.len().min(PARAMS) {
            let Some(mut part) = part(desc, words, index, 0) else { continue };
            let Bytes::Known(bytes) = eval::bytes(part.pointer, scope) else { continue };
            let room = MOST_VALUES - from;
            if bytes > room {
                budget::too_many_values();
            }
            let bytes = bytes.min(room);
            part.bytes = bytes - bytes % part.values.size.max(1);
            let mut held = all.held.get_mut(from..).unwrap_or_default().chunks_exact_mut(part.values.size.max(1));
            let mut read = 0;
            for (bits, place) in part.numbers().map_while(|(_, bits)| bits).zip(&mut held) {
                place.copy_from_slice(bits.to_le_bytes().get(..part.values.size).unwrap_or_default());
                read += part.values.size;
            }
            all.bytes[index] = read as u8;
            from += read;
        }
        all
    }

    /// What C has written there that is no value; the first of each argument.
    pub(super) fn violated(&self, desc: &FnDesc, words: &[Word]) -> Vec<Finding> {
        let mut findings = Vec::new();
        let mut from = 0;
        for index in 0..desc.params.len().min(PARAMS) {
            let bytes = usize::from(self.bytes[index]);
            let held = self.held.get(from..from + bytes).unwrap_or_default();
            from += bytes;
            let Some(part) = part(desc, words, index, bytes) else { continue };
            let is_written = |offset: usize, bits: u64| {
                let before = held.get(offset..offset + part.values.size);
                before.is_some_and(|before| bits.to_le_bytes().get(..part.values.size) != Some(before))
            };
            let wrong = part.numbers().find_map(|(offset, bits)| {
                let bits = bits.filter(|bits| is_written(offset, *bits))?;
                let number = part.values.number(bits);
                (!(part.values.has)(number)).then_some((offset, number))
            });
            if let Some((offset, number)) = wrong {
                let rule = Rule::NoValue { number, ty: part.values.name, offset };
                let (path, addr, direction) = (Path::param(index), part.addr, part.pointer.direction);
                let place = memory::locate_readable(addr);
                findings.push(Finding { rule, path, addr, bytes: Some(bytes), direction, place });
            }
        }
        findings
    }
}

fn part<'a>(desc: &'a FnDesc, words: &[Word], index: usize, bytes: usize) -> Option<Part<'a>> {
    let pointer = desc.params.get(index)?.pointer.as_ref()?;
    let (values, addr) = (pointer.values?, words.get(index)?.addr());
    (addr != 0).then_some(Part { pointer, values, addr, bytes })
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;
    use crate::call::enumeration::Passed;
    use crate::desc::{Expr, ParamDesc, PointerMap};
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

    #[test]
    fn behind_the_bound_all_is_legal_and_the_rest_is_looked_at() {
        let mut flags = [0; MOST_VALUES + 1];
        assert_eq!(found(&mut flags, &mut 0, |flags, letter| (flags[MOST_VALUES], *letter) = (2, 0xd800)), []);
        let mut flags = [0; MOST_VALUES - 4];
        let told = found(&mut flags, &mut 0, |flags, letter| (flags[MOST_VALUES - 5], *letter) = (2, 0xd800));
        assert_eq!(told.len(), 2);
    }
}
