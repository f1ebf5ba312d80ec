//! Static assertions in C about the layout of records: what the Rust side asserts, said to the C compiler.

use crate::read::clang::{RawRecord, RawTypeKind};
use std::fmt::Write as _;

/// One assertion for the size and alignment of each record that C can name, and one for each named field's offset.
pub(crate) fn asserts(records: &[RawRecord]) -> String {
    let mut out = String::new();
    for record in records.iter().filter(|record| record.complete && !is_compilers_own(record)) {
        let Some(name) = &record.c_name else { continue };
        let _ = writeln!(out, "_Static_assert(sizeof({name}) == {}, \"size of {name}\");", record.size);
        // A typedef may ask for more alignment than the structure that it names.
        if name.contains(' ') {
            let _ = writeln!(out, "_Static_assert(_Alignof({name}) == {}, \"alignment of {name}\");", record.align);
        }
        for name in record.fields.iter().filter_map(|field| field.name.as_ref()) {
            // A macro of that name would be read instead of the field.
            let _ = writeln!(out, "#undef {name}");
        }
        for field in &record.fields {
            let Some(field_name) = field.name.as_ref().filter(|_| field.bit_width.is_none()) else { continue };
            if field.ty.kind == RawTypeKind::Other {
                continue;
            }
            let _ = writeln!(
                out,
                "_Static_assert(__builtin_offsetof({name}, {field_name}) == {}, \"{name}.{field_name}\");",
                field.offset_bits / 8
            );
        }
    }
    out
}

/// Whether a record comes from the headers of libclang, such as its `max_align_t`: another compiler has its own.
fn is_compilers_own(record: &RawRecord) -> bool {
    let folders: Vec<_> = record.location.file.iter().filter_map(|part| part.to_str()).collect();
    folders
        .windows(3)
        .any(|part| part[0] == "clang" && part[2] == "include" && part[1].starts_with(|c: char| c.is_ascii_digit()))
}
