//! Decides which [`RawAttr`] each attribute is, whatever spelling, macro or annotation it came from.

use clang_sys::{
    CXCursor_AnnotateAttr, CXCursor_AsmLabelAttr, CXCursor_PreprocessingDirective, CXCursor_UnexposedAttr,
    CXCursor_WarnUnusedResultAttr,
};

use super::layer::{Cursor, Type, Unit};
use super::prelude::MARK;
use super::raw::{AccessMode, RawAttr};
use super::text::{declaration_text, printed_attributes};

/// What stands on a declaration: from its attribute cursors, its printed form, its type and its text.
pub(super) fn attrs<'u>(unit: &Unit<'_>, cursor: Cursor<'u>, function: Option<&Type<'u>>) -> Vec<RawAttr> {
    let mut attrs = Vec::new();
    let mut add = |attr: RawAttr| {
        if !attrs.contains(&attr) {
            attrs.push(attr);
        }
    };
    let mut unexposed = false;
    for child in cursor.children(|kind| (CXCursor_UnexposedAttr..CXCursor_PreprocessingDirective).contains(&kind)) {
        match child.kind() {
            CXCursor_UnexposedAttr => unexposed = true,
            CXCursor_AnnotateAttr => match child.spelling().strip_prefix(MARK) {
                Some(ours) => match ours.split_once(':') {
                    Some((word, text)) => add(marked(word, text)),
                    None => add(RawAttr::Annotate(ours.to_owned())),
                },
                None => add(RawAttr::Annotate(child.spelling())),
            },
            CXCursor_WarnUnusedResultAttr => add(RawAttr::WarnUnusedResult),
            CXCursor_AsmLabelAttr => add(RawAttr::Other(format!("asm({:?})", child.spelling()))),
            _ => {}
        }
    }
    // Printing sees through macros; the tokens of an attribute are none or the wrong ones there.
    let printed = if unexposed { cursor.pretty() } else { String::new() };
    for text in printed_attributes(&printed) {
        if let Some(attr) = attribute(&text, Counting::Printed) {
            add(attr);
        }
    }
    if let Some(ty) = function {
        // Not returning is part of the function's type and not printed among its attributes.
        if ty.spelling().contains("noreturn") || printed.split_whitespace().any(|word| word == "_Noreturn") {
            add(RawAttr::Noreturn);
        }
        for text in source_attributes(unit, cursor, "access") {
            if let Some(attr @ RawAttr::Access { .. }) = attribute(&text, Counting::Source) {
                add(attr);
            }
        }
    }
    attrs
}

/// Attributes named `name` written out on this declaration, which clang may have dropped.
fn source_attributes(unit: &Unit<'_>, cursor: Cursor<'_>, name: &str) -> Vec<String> {
    let Some((file, start)) = cursor.source(unit) else {
        return Vec::new();
    };
    let text = declaration_text(file.get(start..).unwrap_or_default());
    if !text.contains(name) {
        return Vec::new();
    }
    let mut texts = printed_attributes(&text.replace("__attribute__ ", "__attribute__"));
    // `[[gnu::access(…)]]` as well.
    texts.retain(|text| {
        text.split('(').next().and_then(|head| head.rsplit("::").next()).is_some_and(|head| head.trim() == name)
    });
    texts
}

/// Whether an attribute's text is what clang prints or what the header says; they count differently.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Counting {
    Printed,
    Source,
}

/// Reads one attribute such as `nonnull(1, 2)`, in any of its spellings.
pub(super) fn attribute(text: &str, counting: Counting) -> Option<RawAttr> {
    let (name, args) = match text.split_once('(') {
        Some((name, rest)) => (name, rest.rsplit_once(')').map_or(rest, |(args, _)| args).trim()),
        None => (text, ""),
    };
    let name = plain(name.trim().rsplit("::").next().unwrap_or_default());
    Some(match name {
        "" => return None,
        "nonnull" => RawAttr::Nonnull(numbers(args)),
        "returns_nonnull" => RawAttr::ReturnsNonnull,
        "noescape" => RawAttr::Noescape,
        "malloc" if args.is_empty() => RawAttr::Malloc,
        "malloc" => marked("dealloc", args),
        "warn_unused_result" | "nodiscard" => RawAttr::WarnUnusedResult,
        "noreturn" | "_Noreturn" => RawAttr::Noreturn,
        "format" => RawAttr::Format(list(args).collect::<Vec<_>>().join(", ")),
        "callback" => RawAttr::Callback(
            // Clang prints the parameters from 0 on, the source counts from 1.
            list(args)
                .map(|arg| match arg.parse::<i32>() {
                    Ok(number) if number >= 0 => number + i32::from(counting == Counting::Printed),
                    _ => -1,
                })
                .collect(),
        ),
        "deprecated" => RawAttr::Deprecated,
        // Its cursor gives the string without the printing's quotes.
        "annotate" => return None,
        "access"
        | "alloc_size"
        | "counted_by"
        | "sized_by"
        | "counted_by_or_null"
        | "sized_by_or_null"
        | "null_terminated_string_arg" => marked(name, args),
        _ => RawAttr::Other(text.trim().to_owned()),
    })
}

/// Reads what the prelude and glibc's redefinitions wrote into an annotation.
pub(super) fn marked(word: &str, text: &str) -> RawAttr {
    let text = text.trim();
    let inner = text.strip_prefix('(').and_then(|text| text.strip_suffix(')')).unwrap_or(text);
    let known = match word {
        "access" => access(inner),
        "dealloc" => {
            let mut args = list(inner);
            let function = args.next().unwrap_or_default().trim_start_matches("__builtin_").to_owned();
            Some(RawAttr::Dealloc { function, argument: args.next().and_then(|arg| arg.parse().ok()) })
        }
        "alloc_size" => Some(RawAttr::AllocSize(numbers(inner))),
        "counted_by" => Some(RawAttr::CountedBy(text.to_owned())),
        "sized_by" => Some(RawAttr::SizedBy(text.to_owned())),
        "counted_by_or_null" => Some(RawAttr::CountedByOrNull(text.to_owned())),
        "sized_by_or_null" => Some(RawAttr::SizedByOrNull(text.to_owned())),
        "null_terminated_string_arg" => Some(RawAttr::NullTerminatedStringArg(inner.parse().ok())),
        _ => None,
    };
    known.unwrap_or_else(|| RawAttr::Other(format!("{word}({inner})")))
}

fn access(args: &str) -> Option<RawAttr> {
    let mut args = list(args);
    let mode = match args.next()? {
        "read_only" => AccessMode::ReadOnly,
        "write_only" => AccessMode::WriteOnly,
        "read_write" => AccessMode::ReadWrite,
        "none" => AccessMode::None,
        _ => return None,
    };
    let pointer = args.next()?.parse().ok()?;
    Some(RawAttr::Access { mode, pointer, size: args.next().and_then(|size| size.parse().ok()) })
}

fn list(args: &str) -> impl Iterator<Item = &str> {
    args.split(',').map(|arg| plain(arg.trim())).filter(|arg| !arg.is_empty())
}

fn numbers(args: &str) -> Vec<u32> {
    list(args).filter_map(|arg| arg.parse().ok()).collect()
}

fn plain(name: &str) -> &str {
    match name.strip_prefix("__").and_then(|name| name.strip_suffix("__")) {
        Some(plain) if !plain.is_empty() => plain,
        _ => name,
    }
}
