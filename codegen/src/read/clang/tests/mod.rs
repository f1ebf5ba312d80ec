//! Decides how the reader is tested: small texts and the system's headers, read with the libclang of this machine.

mod attributes;
mod comments;
mod library;
mod texts;
mod types;

use super::{AccessMode, RawAttr, RawAttrs, RawFn, RawRecord, read};
use crate::config::{ClangArgs, WrapperSource};
use crate::read::libclang::{self, Libclang};

/// The libclang of this machine; tests pass without one.
pub(super) fn lib() -> Option<Libclang> {
    match libclang::open() {
        Ok(lib) => Some(lib),
        Err(libclang::OpenError::NotFound(_)) => {
            println!("skipped: no libclang");
            None
        }
        Err(error) => panic!("{error}"),
    }
}

/// A wrapper with this text.
pub(super) fn wrapper(text: &str) -> WrapperSource {
    WrapperSource { name: "wrapper.h".to_owned(), text: text.to_owned() }
}

/// What is read from this text.
fn read_text(text: &str) -> Option<RawAttrs> {
    let read = read(&wrapper(text), &ClangArgs::default(), &lib()?);
    Some(read.unwrap_or_else(|errors| panic!("{errors:?}")))
}

/// The function with this name.
fn func<'r>(read: &'r RawAttrs, name: &str) -> &'r RawFn {
    let mut found = read.functions.iter().filter(|func| func.name == name);
    let func = found.next().unwrap_or_else(|| panic!("{name} was not read"));
    assert!(found.next().is_none(), "{name} was read twice");
    func
}

/// The record with this name.
fn record<'r>(read: &'r RawAttrs, name: &str) -> &'r RawRecord {
    let names: Vec<_> = read.records.iter().map(|record| &record.name).collect();
    let found = read.records.iter().find(|record| record.name == name);
    found.unwrap_or_else(|| panic!("{name} is not among {names:?}"))
}

/// An `access` attribute.
fn access(mode: AccessMode, pointer: u32, size: impl Into<Option<u32>>) -> RawAttr {
    RawAttr::Access { mode, pointer, size: size.into() }
}
