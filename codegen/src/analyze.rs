//! Which types hold pointers, and where: a fixed point over records.
//!
//! ```text
//! Unknown      nothing is known: incomplete types, unions with a pointer arm, names from elsewhere
//!    |
//! Fields       exactly these pointers
//!    |
//! Flat         no pointer inside
//! ```
//!
//! A record is as high as its highest field. Facts only ever rise, so the rounds end.

use crate::model::{Header, PointerKind, Ty};
use std::collections::BTreeMap;

/// Elements of an array of pointers that are listed one by one; a longer array is `Unknown`.
const MAX_ARRAY: usize = 32;
/// Pointers of one record, nested records included; more is `Unknown`. Paths have six bits for them.
const MAX_SLOTS: usize = 60;

/// What is known of the pointers inside a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PointeeFacts {
    /// No pointer inside.
    Flat,
    /// Exactly these.
    Fields(Vec<SlotFact>),
    /// Nothing is known.
    Unknown,
}

/// A pointer inside a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlotFact {
    /// The fields that lead to it, outermost first.
    pub path: Vec<String>,
    /// The element, where the last field is an array.
    pub index: Option<usize>,
    /// The record whose field it is: where its contract stands.
    pub record: String,
    /// What it points to.
    pub pointee: Ty,
    /// Whether the type lets C write there.
    pub is_mut: bool,
}

/// The facts of each record, by name.
pub type Facts = BTreeMap<String, PointeeFacts>;

/// Works out the facts of all records.
pub fn analyze(header: &Header) -> Facts {
    let mut facts: Facts = header
        .records
        .iter()
        .map(|record| {
            let start = if record.is_opaque { PointeeFacts::Unknown } else { PointeeFacts::Flat };
            (record.name.clone(), start)
        })
        .collect();
    // Each round lets facts rise through one more level of records by value.
    for _ in 0..=header.records.len() {
        let next: Facts = header
            .records
            .iter()
            .map(|record| {
                let fact = if record.is_opaque {
                    PointeeFacts::Unknown
                } else if record.is_union {
                    union_of(header, record, &facts)
                } else {
                    fields_of(header, record, &facts)
                };
                (record.name.clone(), fact)
            })
            .collect();
        if next == facts {
            break;
        }
        facts = next;
    }
    facts
}

/// The facts of any type.
pub fn of_type(header: &Header, ty: &Ty, facts: &Facts) -> PointeeFacts {
    match header.resolve(ty) {
        Ty::Number | Ty::Bool | Ty::Unicode | Ty::Char | Ty::Byte | Ty::FnPointer => PointeeFacts::Flat,
        Ty::Array(element, _) => match of_type(header, element, facts) {
            PointeeFacts::Flat => PointeeFacts::Flat,
            _ => PointeeFacts::Unknown,
        },
        Ty::Named(name) => facts.get(name).cloned().unwrap_or(PointeeFacts::Unknown),
        // A bare pointer is described by the runtime itself.
        Ty::Pointer(_) | Ty::Void | Ty::Other => PointeeFacts::Unknown,
    }
}

/// The pointers inside a structure that is passed by value, by their paths; `*` where nobody knows which are there.
pub fn by_value(header: &Header, ty: &Ty, facts: &Facts) -> Vec<String> {
    let Ty::Named(name) = header.resolve(ty) else { return Vec::new() };
    match header.record(name).and_then(|record| facts.get(&record.name)) {
        None | Some(PointeeFacts::Flat) => Vec::new(),
        Some(PointeeFacts::Unknown) => vec!["*".into()],
        Some(PointeeFacts::Fields(slots)) => slots.iter().map(SlotFact::spelt).collect(),
    }
}

impl SlotFact {
    /// `msg_hdr.msg_iov`, `fds[2]`
    fn spelt(&self) -> String {
        let index = self.index.map(|index| format!("[{index}]")).unwrap_or_default();
        self.path.join(".") + &index
    }
}

/// A union without pointers is flat; with one, which member is in use is not known.
fn union_of(header: &Header, record: &crate::model::Record, facts: &Facts) -> PointeeFacts {
    let all_flat = record.fields.iter().all(|field| of_type(header, &field.ty, facts) == PointeeFacts::Flat);
    if all_flat { PointeeFacts::Flat } else { PointeeFacts::Unknown }
}

fn fields_of(header: &Header, record: &crate::model::Record, facts: &Facts) -> PointeeFacts {
    let mut slots = Vec::new();
    for field in &record.fields {
        let slot = |pointee: &Ty, is_mut, index| SlotFact {
            path: vec![field.name.clone()],
            index,
            record: record.name.clone(),
            pointee: pointee.clone(),
            is_mut,
        };
        match header.resolve(&field.ty) {
            Ty::Pointer(pointer) => slots.push(slot(&pointer.pointee, pointer.is_mut, None)),
            Ty::Array(element, length) => match (header.resolve(element), length) {
                (Ty::Pointer(pointer), Some(length)) if *length <= MAX_ARRAY && pointer.kind == PointerKind::Raw => {
                    slots.extend((0..*length).map(|index| slot(&pointer.pointee, pointer.is_mut, Some(index))));
                }
                (element, _) if of_type(header, element, facts) == PointeeFacts::Flat => {}
                _ => return PointeeFacts::Unknown,
            },
            other => match of_type(header, other, facts) {
                PointeeFacts::Flat => {}
                PointeeFacts::Fields(inner) => slots.extend(inner.into_iter().map(|mut slot| {
                    slot.path.insert(0, field.name.clone());
                    slot
                })),
                PointeeFacts::Unknown => return PointeeFacts::Unknown,
            },
        }
    }
    match slots.len() {
        0 => PointeeFacts::Flat,
        1..=MAX_SLOTS => PointeeFacts::Fields(slots),
        _ => PointeeFacts::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Field, Pointer, Record};

    fn record(name: &str, fields: &[(&str, Ty)], is_union: bool) -> Record {
        let fields =
            fields.iter().map(|(name, ty)| Field { name: (*name).into(), ty: ty.clone(), attrs: Vec::new() }).collect();
        Record { name: name.into(), is_union, is_opaque: false, fields }
    }

    fn pointer() -> Ty {
        Ty::Pointer(Pointer { kind: PointerKind::Raw, is_mut: true, pointee: Box::new(Ty::Void) })
    }

    #[test]
    fn facts_rise_through_records_by_value() {
        let named = |name: &str| Ty::Named(name.into());
        let header = Header {
            records: vec![
                record("outer", &[("n", Ty::Number), ("m", named("middle"))], false),
                record("middle", &[("i", named("inner_t"))], false),
                record("inner", &[("p", pointer()), ("q", Ty::Array(Box::new(pointer()), Some(2)))], false),
                record("flat", &[("a", Ty::Array(Box::new(Ty::Number), Some(9)))], false),
                record("either", &[("n", Ty::Number), ("p", pointer())], true),
                record("numbers", &[("n", Ty::Number), ("f", named("flat"))], true),
                record("far", &[("x", named("elsewhere"))], false),
            ],
            aliases: [("inner_t".to_owned(), named("inner"))].into(),
            ..Header::default()
        };
        let facts = analyze(&header);
        let PointeeFacts::Fields(slots) = &facts["outer"] else { panic!("{:?}", facts["outer"]) };
        let paths: Vec<_> = slots.iter().map(|slot| (slot.path.join("."), slot.index)).collect();
        assert_eq!(paths, [("m.i.p".into(), None), ("m.i.q".into(), Some(0)), ("m.i.q".into(), Some(1))]);
        assert_eq!(slots[0].record, "inner");
        assert_eq!(facts["flat"], PointeeFacts::Flat);
        assert_eq!(facts["numbers"], PointeeFacts::Flat);
        assert_eq!(facts["either"], PointeeFacts::Unknown);
        assert_eq!(facts["far"], PointeeFacts::Unknown);
        assert_eq!(by_value(&header, &named("outer"), &facts), ["m.i.p", "m.i.q[0]", "m.i.q[1]"]);
        assert_eq!(by_value(&header, &named("either"), &facts), ["*"]);
        for nothing in [named("flat"), named("elsewhere"), Ty::Number, pointer()] {
            assert_eq!(by_value(&header, &nothing, &facts), [""; 0], "{nothing:?}");
        }
    }
}
