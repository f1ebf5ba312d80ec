//! The numbers inside a type of which not every one is a value, one after the other.

use super::{DEEPEST, Field, PointerMap};
use crate::desc::ValuesDesc;
use core::ops::ControlFlow;

/// A number inside a structure.
pub(crate) struct Found<'a> {
    /// Its offset from the start of the structure.
    pub(crate) offset: usize,
    /// Which numbers are values.
    pub(crate) values: &'static ValuesDesc,
    /// The fields that lead to it, each with its element.
    fields: &'a [Option<(&'static Field, usize)>],
}

impl Found<'_> {
    /// The fields as C programmers write them: `.pairs[2].is_open`.
    pub(crate) fn spell(&self) -> String {
        let mut text = String::new();
        for (field, element) in self.fields.iter().flatten() {
            field.spell(*element, &mut text);
        }
        text
    }
}

impl PointerMap {
    /// Goes to each number inside, by offset from `base` on, until `look` breaks.
    pub(crate) fn each_number<B>(
        &self,
        base: usize,
        look: &mut impl FnMut(&Found<'_>) -> ControlFlow<B>,
    ) -> ControlFlow<B> {
        visit(self, base, &mut [None; DEEPEST], 0, look)
    }
}

fn visit<B>(
    map: &PointerMap,
    base: usize,
    fields: &mut [Option<(&'static Field, usize)>; DEEPEST],
    depth: usize,
    look: &mut impl FnMut(&Found<'_>) -> ControlFlow<B>,
) -> ControlFlow<B> {
    for field in map.numbers.iter().filter(|field| field.holds_numbers()) {
        for element in 0..field.times() {
            let offset = base + field.at(element);
            let Some(place) = fields.get_mut(depth) else { return ControlFlow::Continue(()) };
            *place = Some((field, element));
            match field.values {
                Some(values) => look(&Found { offset, values, fields: &fields[..=depth] })?,
                None => visit(field.map, offset, fields, depth + 1, look)?,
            }
        }
    }
    ControlFlow::Continue(())
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;
    use crate::call::enumeration::Passed;
    use core::mem::offset_of;

    #[repr(C)]
    struct Inner {
        number: u32,
        flags: [bool; 2],
    }
    #[repr(C)]
    struct Outer {
        letter: char,
        pairs: [Inner; 2],
        other: u64,
    }
    const INNER: &PointerMap = &PointerMap::flat().holding(&[Field::new(
        "flags",
        offset_of!(Inner, flags),
        Passed::<bool>::VALUES,
        PointerMap::FLAT,
    )
    .array::<bool>(2)]);
    const OUTER: &PointerMap = &PointerMap::flat().holding(&[
        Field::new("letter", 0, Passed::<char>::VALUES, PointerMap::FLAT),
        Field::new("pairs", offset_of!(Outer, pairs), None, INNER).array::<Inner>(2),
        Field::new("other", offset_of!(Outer, other), None, PointerMap::FLAT),
    ]);

    #[test]
    fn every_number_of_a_structure_in_turn() {
        const {
            assert!(OUTER.holds_numbers() && !PointerMap::FLAT.holds_numbers() && !PointerMap::UNKNOWN.holds_numbers());
        };
        let mut found = Vec::new();
        let all = OUTER.each_number(100, &mut |number| {
            found.push((number.offset - 100, number.values.name, number.spell()));
            if found.len() == 4 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        let flag = |at: usize, index: usize| (8 + 8 * at + index, "bool", format!(".pairs[{at}].flags[{index}]"));
        assert_eq!(found, [(0, "char", ".letter".to_owned()), flag(0, 0), flag(0, 1), flag(1, 0)]);
        assert_eq!(all, ControlFlow::Break(()));
    }
}
