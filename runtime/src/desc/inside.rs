//! What lies inside a type, by offset: its pointers, and numbers of which not every one is a value.

mod numbers;

use super::{PointerDesc, ValuesDesc};
use core::fmt::Write as _;

/// What lies inside a type.
#[derive(Debug)]
pub struct PointerMap {
    /// What is known of the pointers.
    pub kind: MapKind,
    /// The fields that are such numbers or may hold some; those of unions are not among them.
    numbers: &'static [Field],
    /// Whether any does.
    holds_numbers: bool,
}

/// How much is known of the pointers inside a type: `Flat < Fields < Unknown`.
#[derive(Clone, Copy, Debug)]
pub enum MapKind {
    /// No pointer inside.
    Flat,
    /// Exactly these, structures by value included with their offsets added up.
    Fields(&'static [Slot]),
    /// Not known; the memory is not looked into.
    Unknown,
}

/// Pointers of one type, of structures in it as well; more is `Unknown`. Paths have six bits for them.
const MOST_SLOTS: usize = 60;

impl PointerMap {
    /// A type without pointers.
    pub const FLAT: &'static PointerMap = &PointerMap::flat();
    /// A type of which nothing is known.
    pub const UNKNOWN: &'static PointerMap = &PointerMap::unknown();

    const fn with(kind: MapKind) -> Self {
        Self { kind, numbers: &[], holds_numbers: false }
    }

    /// A type without pointers.
    pub const fn flat() -> Self {
        Self::with(MapKind::Flat)
    }

    /// A type of whose pointers nothing is known.
    pub const fn unknown() -> Self {
        Self::with(MapKind::Unknown)
    }

    /// A type with exactly these pointers inside.
    pub const fn fields(slots: &'static [Slot]) -> Self {
        Self::with(MapKind::Fields(slots))
    }

    /// These fields are numbers that may be no values, or may hold some.
    pub const fn holding(mut self, numbers: &'static [Field]) -> Self {
        self.numbers = numbers;
        let mut index = 0;
        while index < numbers.len() {
            self.holds_numbers = self.holds_numbers || numbers[index].holds_numbers();
            index += 1;
        }
        self
    }

    /// How many pointers there are, with those inside the fields; 0 where that is too many, or not known.
    pub const fn count(own: &[Slot], fields: &[Field]) -> usize {
        let (mut count, mut index) = (own.len(), 0);
        while index < fields.len() {
            count = match fields[index].map.kind {
                MapKind::Flat => count,
                MapKind::Fields(slots) => count.saturating_add(slots.len().saturating_mul(fields[index].times())),
                MapKind::Unknown => usize::MAX,
            };
            index += 1;
        }
        if count > MOST_SLOTS { 0 } else { count }
    }

    /// A structure's own pointers, and behind them those inside its fields: [`count`](Self::count) says how many.
    pub const fn gather<const N: usize>(own: &'static [Slot], fields: &'static [Field]) -> [Slot; N] {
        let mut all = [Slot::new("", 0, PointerDesc::void()); N];
        let mut filled = 0;
        while filled < own.len() && filled < N {
            all[filled] = own[filled];
            filled += 1;
        }
        let mut index = 0;
        while index < fields.len() {
            let (field, slots, mut time) = (&fields[index], fields[index].map.slots(), 0);
            // Of memory without pointers there may be much.
            while !slots.is_empty() && time < field.times() && filled < N {
                let mut inner = 0;
                while inner < slots.len() && filled < N {
                    all[filled] = slots[inner].inside(field, time);
                    filled += 1;
                    inner += 1;
                }
                time += 1;
            }
            index += 1;
        }
        all
    }

    /// A structure with its [gathered](Self::gather) pointers.
    pub const fn of(own: &[Slot], gathered: &'static [Slot], fields: &'static [Field]) -> Self {
        let mut is_known = gathered.len() >= own.len();
        let mut index = 0;
        while index < fields.len() {
            let inner = fields[index].map.slots().len();
            is_known = is_known && !matches!(fields[index].map.kind, MapKind::Unknown);
            // Where there are too many, none was gathered.
            is_known = is_known && (inner == 0 || fields[index].times() == 0 || !gathered.is_empty());
            index += 1;
        }
        let kind = match (is_known, gathered.is_empty()) {
            (false, _) => MapKind::Unknown,
            (true, true) => MapKind::Flat,
            (true, false) => MapKind::Fields(gathered),
        };
        Self::with(kind)
    }

    /// Whether there are numbers that may be no values.
    pub const fn holds_numbers(&self) -> bool {
        self.holds_numbers
    }

    /// The slots, none for flat and unknown types.
    pub const fn slots(&self) -> &'static [Slot] {
        match self.kind {
            MapKind::Fields(slots) => slots,
            MapKind::Flat | MapKind::Unknown => &[],
        }
    }
}

/// How many fields of a path are named; C's own are rarely three. Further in `…` stands for the rest.
const DEEPEST: usize = 4;

/// A pointer inside a structure.
#[derive(Clone, Copy, Debug)]
pub struct Slot {
    /// Field path as written in C, `msg_hdr.msg_iov` for structures by value.
    pub name: &'static str,
    /// The fields around it that are structures by themselves, outermost first, each with its element.
    outer: [Option<(&'static Field, usize)>; DEEPEST],
    /// Whether there are more of them.
    is_deeper: bool,
    /// Where the structure begins that it is a field of: the offsets in its extent count from there.
    pub(crate) base: usize,
    /// Offset of the pointer in bytes.
    pub offset: usize,
    /// What it points to. `flow` set means: the inner type itself is marked flow-through.
    pub pointer: PointerDesc,
}

impl Slot {
    /// The field `name` at `offset`.
    pub const fn new(name: &'static str, offset: usize, pointer: PointerDesc) -> Self {
        Self { name, outer: [None; DEEPEST], is_deeper: false, base: 0, offset, pointer }
    }

    /// The same as part of a field, of whose elements it is in that one.
    const fn inside(mut self, field: &'static Field, element: usize) -> Self {
        let by = field.at(element);
        self.offset += by;
        self.base += by;
        let mut index = DEEPEST - 1;
        self.is_deeper = self.is_deeper || self.outer[index].is_some();
        while index > 0 {
            self.outer[index] = self.outer[index - 1];
            index -= 1;
        }
        self.outer[0] = Some((field, element));
        self
    }

    /// Whether it is a type that is a pointer itself.
    pub(crate) fn is_bare(&self) -> bool {
        self.name == "*" && self.outer[0].is_none()
    }

    /// The fields that lead to it, as C programmers write them: `.hdr.parts[1].base`.
    pub(crate) fn spell(&self) -> String {
        let mut text = String::new();
        for (field, element) in self.outer.iter().flatten() {
            field.spell(*element, &mut text);
        }
        if self.is_deeper {
            text.push_str(".…");
        }
        if self.name != "*" {
            text.push('.');
            text.push_str(self.name);
        }
        text
    }
}

/// A field of which emitted code knows the type alone: what is inside is found out by the compiler.
#[derive(Debug)]
pub struct Field {
    name: &'static str,
    offset: usize,
    /// Which numbers are values, where it is a number.
    values: Option<&'static ValuesDesc>,
    map: &'static PointerMap,
    /// How many there are, and from one to the next in bytes; `None` for a field that is no array.
    array: Option<(usize, usize)>,
}

impl Field {
    /// The field `name` at `offset`.
    pub const fn new(
        name: &'static str,
        offset: usize,
        values: Option<&'static ValuesDesc>,
        map: &'static PointerMap,
    ) -> Self {
        Self { name, offset, values, map, array: None }
    }

    /// It is an array of so many `T`.
    pub const fn array<T>(mut self, count: usize) -> Self {
        self.array = Some((count, size_of::<T>()));
        self
    }

    const fn times(&self) -> usize {
        match self.array {
            Some((count, _)) => count,
            None => 1,
        }
    }

    /// The offset of an element.
    const fn at(&self, element: usize) -> usize {
        match self.array {
            Some((_, stride)) => self.offset + element * stride,
            None => self.offset,
        }
    }

    const fn holds_numbers(&self) -> bool {
        self.times() > 0 && (self.values.is_some() || self.map.holds_numbers)
    }

    fn spell(&self, element: usize, text: &mut String) {
        text.push('.');
        text.push_str(self.name);
        if self.array.is_some() {
            // Writing to a String cannot fail.
            let _ = write!(text, "[{element}]");
        }
    }
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;
    use crate::desc::{ExtentDesc, field};
    use core::mem::offset_of;

    #[repr(C)]
    struct Part {
        len: u32,
        base: *const u8,
    }
    #[repr(C)]
    struct Pack {
        parts: [Part; 2],
        name: *const u8,
        data: *mut u8,
    }
    const PART: &PointerMap = &PointerMap::fields(&[Slot::new(
        "base",
        offset_of!(Part, base),
        PointerDesc::void().sized_by(field::<u32>(offset_of!(Part, len))),
    )]);
    const BARE: &PointerMap = &PointerMap::fields(&[Slot::new("*", 0, PointerDesc::void())]);
    const FIELDS: &[Field] = &[
        Field::new("parts", offset_of!(Pack, parts), None, PART).array::<Part>(2),
        Field::new("data", offset_of!(Pack, data), None, BARE),
    ];
    const OWN: &[Slot] = &[Slot::new("name", offset_of!(Pack, name), PointerDesc::void())];
    const SLOTS: [Slot; PointerMap::count(OWN, FIELDS)] = PointerMap::gather(OWN, FIELDS);
    const PACK: &PointerMap = &PointerMap::of(OWN, &SLOTS, FIELDS);

    #[test]
    fn pointers_of_fields_are_the_structures() {
        let found: Vec<_> = PACK.slots().iter().map(|slot| (slot.spell(), slot.offset, slot.base)).collect();
        let told = |name: &str, offset, base| (name.to_owned(), offset, base);
        assert_eq!(
            found,
            [told(".name", 32, 0), told(".parts[0].base", 8, 0), told(".parts[1].base", 24, 16), told(".data", 40, 40),]
        );
        assert!(matches!(PACK.slots()[2].pointer.extent, ExtentDesc::Bytes(_)));
        // Once more around it.
        const AROUND: &[Field] = &[Field::new("pack", 8, None, PACK)];
        const GATHERED: [Slot; PointerMap::count(&[], AROUND)] = PointerMap::gather(&[], AROUND);
        assert_eq!(
            (GATHERED[2].spell().as_str(), GATHERED[2].offset, GATHERED[2].base),
            (".pack.parts[1].base", 32, 24)
        );
    }

    #[test]
    fn what_is_not_known_or_too_much() {
        const fn of<const N: usize>(fields: &'static [Field], slots: &'static [Slot; N]) -> PointerMap {
            PointerMap::of(&[], slots, fields)
        }
        const UNKNOWN: &[Field] = &[Field::new("a", 0, None, PointerMap::UNKNOWN), Field::new("b", 8, None, BARE)];
        const NONE: [Slot; PointerMap::count(&[], UNKNOWN)] = PointerMap::gather(&[], UNKNOWN);
        assert!(matches!(const { &of(UNKNOWN, &NONE) }.kind, MapKind::Unknown) && NONE.is_empty());
        const MANY: &[Field] = &[Field::new("a", 0, None, BARE).array::<usize>(MOST_SLOTS + 1)];
        const FEW: [Slot; PointerMap::count(&[], MANY)] = PointerMap::gather(&[], MANY);
        assert!(matches!(const { &of(MANY, &FEW) }.kind, MapKind::Unknown) && FEW.is_empty());
        const FLAT: &[Field] =
            &[Field::new("a", 0, None, PointerMap::FLAT), Field::new("b", 8, None, BARE).array::<u8>(0)];
        const EMPTY: [Slot; PointerMap::count(&[], FLAT)] = PointerMap::gather(&[], FLAT);
        assert!(matches!(const { &of(FLAT, &EMPTY) }.kind, MapKind::Flat));
    }
}
