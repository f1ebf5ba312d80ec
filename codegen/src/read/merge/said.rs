//! What clang saw on functions and fields, in the model's words and with the names that the Rust declaration has.

use crate::model::{Access, FieldAttr, Function, HeaderAttr, Record};
use crate::read::clang::{
    AccessMode, ArrayBound, Direction, Nullability, RawAttr, RawFn, RawRecord, RawType, RawTypeKind,
};

/// Adds what a declaration says of the function, its parameters and its result.
pub(super) fn of_function(function: &mut Function, raw: &RawFn) {
    let mut attrs = Vec::new();
    for attr in &raw.attrs {
        convert(attr, None, &mut attrs);
    }
    attrs.extend(match raw.result.nullability {
        Some(Nullability::Nonnull) => Some(HeaderAttr::ReturnsNonnull),
        Some(Nullability::Nullable) => Some(HeaderAttr::ReturnsNullable),
        Some(Nullability::Unspecified) | None => None,
    });
    for (index, param) in raw.params.iter().enumerate() {
        for attr in &param.attrs {
            convert(attr, Some(index), &mut attrs);
        }
        match param.ty.nullability {
            Some(Nullability::Nonnull) => attrs.push(HeaderAttr::Nonnull(index)),
            Some(Nullability::Nullable) => attrs.push(HeaderAttr::Nullable(index)),
            Some(Nullability::Unspecified) | None => {}
        }
        if param.ty.noescape {
            attrs.push(HeaderAttr::Noescape(index));
        }
        match &param.array {
            Some(ArrayBound::Static(count)) => attrs.push(HeaderAttr::AtLeast(index, count.to_string())),
            Some(ArrayBound::StaticVariable(text)) => attrs.push(HeaderAttr::AtLeast(index, text.clone())),
            // An array of one is how C passes an object whose type is an array.
            Some(ArrayBound::Fixed(0 | 1)) | None => {}
            Some(ArrayBound::Fixed(count)) => attrs.push(HeaderAttr::Array(index, Some(count.to_string()))),
            Some(ArrayBound::Variable(text)) => attrs.push(HeaderAttr::Array(index, Some(text.clone()))),
            Some(ArrayBound::Incomplete) => attrs.push(HeaderAttr::Array(index, None)),
        }
    }
    for (index, direction) in raw.param_directions.iter().enumerate() {
        let access = match direction {
            Some(Direction::In) => Access::Read,
            Some(Direction::Out) => Access::Write,
            Some(Direction::InOut) => Access::ReadWrite,
            None => continue,
        };
        attrs.push(HeaderAttr::Documented(index, access));
    }
    let names: Vec<(&str, &str)> = raw
        .params
        .iter()
        .zip(&function.params)
        .filter_map(|(raw, param)| Some((raw.name.as_deref()?, param.name.as_str())))
        .collect();
    for text in attrs.iter_mut().filter_map(HeaderAttr::expression_mut) {
        *text = respelled(text, &names);
    }
    for attr in attrs {
        if !function.attrs.contains(&attr) {
            function.attrs.push(attr);
        }
    }
}

/// Adds what a structure's definition says of its members.
pub(super) fn of_record(record: &mut Record, raw: &RawRecord) {
    let rust_name = |c: &str| {
        let fields = record.fields.iter().map(|field| field.name.as_str());
        // bindgen puts an underscore behind what Rust reserves.
        fields.into_iter().find(|rust| *rust == c || rust.strip_suffix('_') == Some(c)).map(str::to_owned)
    };
    let names: Vec<(String, String)> = raw
        .fields
        .iter()
        .filter_map(|field| field.name.clone())
        .filter_map(|name| rust_name(&name).map(|rust| (name, rust)))
        .collect();
    let names: Vec<(&str, &str)> = names.iter().map(|(c, rust)| (c.as_str(), rust.as_str())).collect();
    for raw in &raw.fields {
        let Some((_, rust)) = names.iter().find(|(c, _)| Some(*c) == raw.name.as_deref()) else { continue };
        let mut attrs = of_type(&raw.ty);
        for attr in &raw.attrs {
            match attr {
                RawAttr::Nonnull(numbers) if numbers.is_empty() => attrs.push(FieldAttr::Nonnull),
                RawAttr::CountedBy(text) => attrs.push(FieldAttr::CountedBy(respelled(text, &names))),
                RawAttr::SizedBy(text) => attrs.push(FieldAttr::SizedBy(respelled(text, &names))),
                RawAttr::CountedByOrNull(text) => {
                    attrs.extend([FieldAttr::CountedBy(respelled(text, &names)), FieldAttr::Nullable]);
                }
                RawAttr::SizedByOrNull(text) => {
                    attrs.extend([FieldAttr::SizedBy(respelled(text, &names)), FieldAttr::Nullable]);
                }
                RawAttr::NullTerminatedStringArg(None) => attrs.push(FieldAttr::NullTerminated),
                _ => {}
            }
        }
        // An array without length is no pointer: it is there as long as the structure, with a number of elements.
        if raw.flexible_array {
            attrs.retain(|attr| matches!(attr, FieldAttr::CountedBy(_)));
        } else if !matches!(raw.ty.kind, RawTypeKind::Pointer) {
            attrs.clear();
        }
        if let Some(field) = record.fields.iter_mut().find(|field| field.name == *rust) {
            field.attrs = attrs;
        }
    }
}

fn of_type(ty: &RawType) -> Vec<FieldAttr> {
    match ty.nullability {
        Some(Nullability::Nonnull) => vec![FieldAttr::Nonnull],
        Some(Nullability::Nullable) => vec![FieldAttr::Nullable],
        Some(Nullability::Unspecified) | None => Vec::new(),
    }
}

/// One attribute; those on a parameter know which, the others name it, counting from 1.
fn convert(attr: &RawAttr, on: Option<usize>, out: &mut Vec<HeaderAttr>) {
    let index = |number: u32| (number as usize).checked_sub(1);
    match attr {
        RawAttr::Nonnull(numbers) if numbers.is_empty() => {
            out.push(on.map_or(HeaderAttr::NonnullAll, HeaderAttr::Nonnull));
        }
        RawAttr::Nonnull(numbers) => out.extend(numbers.iter().filter_map(|n| index(*n)).map(HeaderAttr::Nonnull)),
        RawAttr::ReturnsNonnull => out.push(HeaderAttr::ReturnsNonnull),
        RawAttr::Noescape => out.extend(on.map(HeaderAttr::Noescape)),
        RawAttr::Access { mode, pointer, size } => {
            let mode = match mode {
                AccessMode::ReadOnly => Access::Read,
                AccessMode::WriteOnly => Access::Write,
                AccessMode::ReadWrite => Access::ReadWrite,
                AccessMode::None => Access::None,
            };
            if let Some(pointer) = index(*pointer) {
                out.push(HeaderAttr::Access { mode, pointer, size: size.and_then(index) });
            }
        }
        RawAttr::CountedBy(text) => out.push(counted(on, text)),
        RawAttr::SizedBy(text) => out.push(sized(on, text)),
        RawAttr::CountedByOrNull(text) => {
            out.extend([counted(on, text), on.map_or(HeaderAttr::ReturnsNullable, HeaderAttr::Nullable)]);
        }
        RawAttr::SizedByOrNull(text) => {
            out.extend([sized(on, text), on.map_or(HeaderAttr::ReturnsNullable, HeaderAttr::Nullable)]);
        }
        RawAttr::NullTerminatedStringArg(number) => {
            out.extend(number.and_then(index).or(on).map(HeaderAttr::NullTerminated));
        }
        RawAttr::Malloc => out.push(HeaderAttr::Malloc(None)),
        // What gives a block back as one of many arguments, as `realloc` and `freopen` may, is no release function.
        RawAttr::Dealloc { function, argument } => {
            out.push(HeaderAttr::Malloc(Some(function.clone()).filter(|_| argument.is_none_or(|number| number == 1))));
        }
        RawAttr::AllocSize(numbers) => {
            let factors: Option<Vec<usize>> = numbers.iter().map(|number| index(*number)).collect();
            out.extend(factors.filter(|factors| !factors.is_empty()).map(HeaderAttr::AllocSize));
        }
        RawAttr::WarnUnusedResult => out.push(HeaderAttr::MustUse),
        RawAttr::Callback(numbers) => {
            let mut places = numbers.iter().map(|number| u32::try_from(*number).ok().and_then(index));
            if let Some(Some(function)) = places.next() {
                out.push(HeaderAttr::Callback(function, places.collect()));
            }
        }
        // Other attributes say nothing about a pointer.
        _ => {}
    }
}

/// Elements of a parameter, or of the result.
fn counted(on: Option<usize>, text: &str) -> HeaderAttr {
    match on {
        Some(index) => HeaderAttr::CountedBy(index, text.to_owned()),
        None => HeaderAttr::ReturnsCountedBy(text.to_owned()),
    }
}

/// Bytes of a parameter, or of the result.
fn sized(on: Option<usize>, text: &str) -> HeaderAttr {
    match on {
        Some(index) => HeaderAttr::SizedBy(index, text.to_owned()),
        None => HeaderAttr::ReturnsSizedBy(text.to_owned()),
    }
}

/// An expression with other names, all at once: `a` for `b` and `b` for `a` is possible.
pub(in crate::read) fn respelled(text: &str, names: &[(&str, &str)]) -> String {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(is_part) {
        out.push_str(&rest[..start]);
        let end = rest[start..].find(|c| !is_part(c)).map_or(rest.len(), |length| start + length);
        let word = &rest[start..end];
        out.push_str(names.iter().find(|(from, _)| *from == word).map_or(word, |(_, to)| to));
        rest = &rest[end..];
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::respelled;

    #[test]
    fn names_change_all_at_once() {
        let names = [("__n", "n"), ("a", "b"), ("b", "a")];
        assert_eq!(respelled("__n * 2 + a*b", &names), "n * 2 + b*a");
        assert_eq!(respelled("__n2 + ab", &names), "__n2 + ab");
        assert_eq!(respelled("", &names), "");
    }
}
