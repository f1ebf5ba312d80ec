//! What a header or an extern block declares, as plain data. Immutable once `read::merge` has built it.
//!
//! Holds neither syntax trees nor anything of the C front end: Rust tokens stay in `read::Tokens`, by the same index.

mod attr;
mod func;
mod ty;

pub use attr::{Access, FieldAttr, HeaderAttr};
pub use func::{FnId, Form, Function, Param, Safety};
pub use ty::{Pointer, PointerKind, Ty};

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::OnceLock;

/// Everything read.
#[derive(Clone, Debug, Default)]
pub struct Header {
    /// Functions in the order declared; a [`FnId`] is an index.
    pub functions: Vec<Function>,
    /// Structures and unions.
    pub records: Vec<Record>,
    /// `typedef`s: what the alias stands for.
    pub aliases: BTreeMap<String, Ty>,
    /// What was declared and cannot be bound.
    pub skipped: Vec<Skipped>,
    /// Where records are, made at the first question.
    pub places: Places,
}

/// Places of records by name; records may still be added after the first question.
#[derive(Clone, Debug, Default)]
pub struct Places(OnceLock<HashMap<String, usize>>);

impl Header {
    /// The record with this name.
    pub fn record(&self, name: &str) -> Option<&Record> {
        let places = self.places.0.get_or_init(|| {
            // The first of a name counts, as in a search.
            let named = self.records.iter().enumerate().rev().map(|(at, record)| (record.name.clone(), at));
            named.collect()
        });
        let known = places.get(name).and_then(|at| self.records.get(*at)).filter(|record| record.name == name);
        if known.is_some() || places.len() == self.records.len() {
            return known;
        }
        // Records came after the first question.
        self.records.iter().find(|record| record.name == name)
    }

    /// `ty` with aliases followed.
    pub fn resolve<'a>(&'a self, ty: &'a Ty) -> &'a Ty {
        let mut ty = ty;
        // Aliases of aliases end; a cycle cannot be written in C.
        for _ in 0..64 {
            match ty {
                Ty::Named(name) => match self.aliases.get(name) {
                    Some(target) => ty = target,
                    None => return ty,
                },
                _ => return ty,
            }
        }
        ty
    }

    /// Whether the type is a number of which not every one is a value, or holds some. Which member of a union is in use nobody
    /// knows.
    pub fn holds_numbers(&self, ty: &Ty) -> bool {
        self.leads_to_numbers(ty, &mut BTreeSet::new())
    }

    /// As [`holds_numbers`](Self::holds_numbers), but for records that were looked into already: one may be in another many times.
    fn leads_to_numbers<'a>(&'a self, ty: &'a Ty, seen: &mut BTreeSet<&'a str>) -> bool {
        match self.resolve(ty) {
            Ty::Bool | Ty::Unicode => true,
            Ty::Array(element, _) => self.leads_to_numbers(element, seen),
            Ty::Named(name) => {
                let record = self.record(name).filter(|record| !record.is_union && seen.insert(name));
                record.is_some_and(|record| record.fields.iter().any(|field| self.leads_to_numbers(&field.ty, seen)))
            }
            _ => false,
        }
    }
}

/// A structure or union.
#[derive(Clone, Debug)]
pub struct Record {
    /// Its Rust name.
    pub name: String,
    /// Whether the members share one place.
    pub is_union: bool,
    /// Declared in C but not defined: only C makes such values.
    pub is_opaque: bool,
    /// Members in order; empty for opaque records.
    pub fields: Vec<Field>,
}

/// A member.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its Rust name.
    pub name: String,
    /// Its type.
    pub ty: Ty,
    /// What the header itself says.
    pub attrs: Vec<FieldAttr>,
}

/// A function that is declared and cannot be bound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// The C name.
    pub name: String,
    /// Why.
    pub reason: String,
    /// Whether the untouched declaration is still there to call.
    pub passes_through: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_through_records_that_are_in_others_many_times() {
        let record = |number: usize, ty: Ty| {
            let field = |name: &str| Field { name: name.into(), ty: ty.clone(), attrs: Vec::new() };
            let fields = vec![field("a"), field("b")];
            Record { name: format!("r{number}"), is_union: false, is_opaque: false, fields }
        };
        let named = |number: usize| Ty::Named(format!("r{number}"));
        for (innermost, expected) in [(Ty::Number, false), (Ty::Array(Box::new(Ty::Bool), Some(2)), true)] {
            let mut records = vec![record(0, innermost)];
            records.extend((1..=60).map(|number| record(number, named(number - 1))));
            let mut header = Header { records, ..Header::default() };
            assert_eq!(header.holds_numbers(&named(60)), expected);
            header.records[30].is_union = true;
            assert!(!header.holds_numbers(&named(60)));
        }
    }
}
