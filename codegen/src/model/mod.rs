//! What a header or an extern block declares, as plain data. Immutable once `read::merge` has built it.
//!
//! Holds neither syntax trees nor anything of the C front end: Rust tokens stay in `read::Tokens`, by the same index.

mod attr;
mod func;
mod ty;

pub use attr::{Access, FieldAttr, HeaderAttr};
pub use func::{FnId, Form, Function, Param, Safety};
pub use ty::{Pointer, PointerKind, Ty};

use std::collections::{BTreeMap, HashMap};
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
        match self.resolve(ty) {
            Ty::Bool | Ty::Unicode => true,
            Ty::Array(element, _) => self.holds_numbers(element),
            Ty::Named(name) => self.record(name).is_some_and(|record| {
                !record.is_union && record.fields.iter().any(|field| self.holds_numbers(&field.ty))
            }),
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
