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
    /// Whether there are more of them.
    is_deeper: bool,
}

impl Found<'_> {
    /// The fields as C programmers write them: `.pairs[2].is_open`.
    pub(crate) fn spell(&self) -> String {
        let mut text = String::new();
        for (field, element) in self.fields.iter().flatten() {
            field.spell(*element, &mut text);
        }
        if self.is_deeper {
            text.push_str(".…");
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
            if let Some(place) = fields.get_mut(depth) {
                *place = Some((field, element));
            }
            let named = depth.saturating_add(1).min(DEEPEST);
            match field.values {
                Some(values) => look(&Found { offset, values, fields: &fields[..named], is_deeper: depth >= DEEPEST })?,
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

    #[test]
    fn none_of_them_and_many_around_them() {
        const NONE: &PointerMap =
            &PointerMap::flat()
                .holding(&[Field::new("flags", 0, Passed::<bool>::VALUES, PointerMap::FLAT).array::<bool>(0)]);
        assert!(!NONE.holds_numbers());
        const fn around(field: &'static [Field]) -> PointerMap {
            PointerMap::flat().holding(field)
        }
        const A: &PointerMap = &around(&[Field::new("a", 1, Passed::<bool>::VALUES, PointerMap::FLAT)]);
        const B: &PointerMap = &around(&[Field::new("b", 1, None, A)]);
        const C: &PointerMap = &around(&[Field::new("c", 1, None, B)]);
        const D: &PointerMap = &around(&[Field::new("d", 1, None, C)]);
        const E: &PointerMap =
            &around(&[Field::new("e", 1, None, D), Field::new("f", 9, Passed::<bool>::VALUES, NONE)]);
        let mut found = Vec::new();
        let end: ControlFlow<()> = E.each_number(0, &mut |number| {
            found.push((number.offset, number.spell()));
            ControlFlow::Continue(())
        });
        assert_eq!(end, ControlFlow::Continue(()));
        assert_eq!(found, [(5, ".e.d.c.b.…".to_owned()), (9, ".f".to_owned())]);
    }
}
