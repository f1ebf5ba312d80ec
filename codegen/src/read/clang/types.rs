//! Decides what a C type is to code around a call: its [`RawType`], the bound of an array, the name of a record.

use clang_sys::{
    CXCursor_StructDecl, CXCursor_UnionDecl, CXType_Bool, CXType_Char_S, CXType_Char_U, CXType_Char16, CXType_Char32,
    CXType_ConstantArray, CXType_Double, CXType_Enum, CXType_Float, CXType_Float16, CXType_Float128,
    CXType_FunctionNoProto, CXType_FunctionProto, CXType_Half, CXType_IncompleteArray, CXType_Int, CXType_Int128,
    CXType_Long, CXType_LongDouble, CXType_LongLong, CXType_Pointer, CXType_Record, CXType_SChar, CXType_Short,
    CXType_Typedef, CXType_UChar, CXType_UInt, CXType_UInt128, CXType_ULong, CXType_ULongLong, CXType_UShort,
    CXType_VariableArray, CXType_Void, CXType_WChar,
};

use super::layer::{Cursor, Type};
use super::raw::{ArrayBound, RawType, RawTypeKind};

/// A type and what it points to or holds.
pub(super) fn raw_type(ty: Type<'_>) -> RawType {
    let canonical = ty.canonical();
    let sugar = ty.without_names();
    let int = |signed| RawTypeKind::Int { bits: u32::try_from(canonical.size().unwrap_or(0) * 8).unwrap_or(0), signed };
    let is_function = |kind| matches!(kind, CXType_FunctionProto | CXType_FunctionNoProto);
    let kind = match canonical.kind() {
        CXType_Void => RawTypeKind::Void,
        CXType_Bool => RawTypeKind::Bool,
        CXType_Char_U | CXType_UChar | CXType_Char16 | CXType_Char32 | CXType_UShort | CXType_UInt | CXType_ULong
        | CXType_ULongLong | CXType_UInt128 => int(false),
        CXType_Char_S | CXType_SChar | CXType_WChar | CXType_Short | CXType_Int | CXType_Long | CXType_LongLong
        | CXType_Int128 => int(true),
        CXType_Float | CXType_Double | CXType_LongDouble | CXType_Float128 | CXType_Half | CXType_Float16 => {
            RawTypeKind::Float
        }
        CXType_Enum => RawTypeKind::Enum,
        CXType_Pointer if is_function(canonical.pointee().kind()) => RawTypeKind::FunctionPointer,
        CXType_Pointer => RawTypeKind::Pointer,
        kind if is_function(kind) => RawTypeKind::FunctionPointer,
        CXType_Record => RawTypeKind::Record { name: record_name(canonical.declaration()) },
        CXType_ConstantArray | CXType_IncompleteArray | CXType_VariableArray => RawTypeKind::Array,
        _ => RawTypeKind::Other,
    };
    let pointee = match kind {
        RawTypeKind::Pointer => Some(sugar.pointee()),
        RawTypeKind::Array => Some(sugar.element()),
        _ => None,
    };
    RawType {
        spelling: ty.spelling(),
        // Spelt out, function types that take each other double in length with every typedef.
        canonical: if leads_to_function(canonical) { ty.spelling() } else { canonical.spelling() },
        nullability: ty.nullability(),
        pointee: pointee.map(|pointee| Box::new(raw_type(pointee))),
        is_const: canonical.is_const(),
        incomplete: matches!(kind, RawTypeKind::Record { .. } | RawTypeKind::Enum) && canonical.size().is_none(),
        noescape: false,
        kind,
    }
}

/// Whether a function type stands behind all pointers and arrays.
fn leads_to_function(canonical: Type<'_>) -> bool {
    let mut ty = canonical;
    loop {
        ty = match ty.kind() {
            CXType_Pointer => ty.pointee(),
            CXType_ConstantArray | CXType_IncompleteArray | CXType_VariableArray => ty.element(),
            kind => return matches!(kind, CXType_FunctionProto | CXType_FunctionNoProto),
        };
    }
}

/// The bound of a type that is an array, as written.
pub(super) fn array_bound(ty: Type<'_>) -> Option<ArrayBound> {
    // The spelling has `static` and the expression, the canonical type has neither but sees through typedefs.
    match array_bound_of(&ty.spelling()) {
        Some(bound) if ty.kind() != CXType_Typedef => Some(bound).filter(|_| ty.is_array()),
        _ if ty.is_array() => array_bound_of(&ty.canonical().spelling()),
        _ => None,
    }
}

/// The outermost bound in a type such as `int[static 4][2]`.
pub(super) fn array_bound_of(spelling: &str) -> Option<ArrayBound> {
    let start = spelling.find('[')?;
    let mut depth = 0;
    let end = spelling[start..].find(|c| {
        depth += i32::from(c == '[') - i32::from(c == ']');
        depth == 0
    })?;
    let mut text = spelling[start + 1..start + end].trim();
    let mut is_static = false;
    while let Some((word, rest)) = text.split_once(' ') {
        match word {
            "static" => is_static = true,
            "const" | "restrict" | "volatile" | "__restrict" => {}
            _ => break,
        }
        text = rest.trim();
    }
    Some(match text.parse() {
        Ok(length) if is_static => ArrayBound::Static(length),
        Ok(length) => ArrayBound::Fixed(length),
        Err(_) if text.is_empty() => ArrayBound::Incomplete,
        Err(_) if is_static => ArrayBound::StaticVariable(text.to_owned()),
        Err(_) => ArrayBound::Variable(text.to_owned()),
    })
}

/// The name a record goes by, as [`RawRecord::name`](super::RawRecord::name) says.
pub(super) fn record_name(decl: Cursor<'_>) -> String {
    let named = |name: &str| !name.is_empty() && !name.contains(['(', ' ']);
    let tag = decl.spelling();
    if named(&tag) {
        return tag;
    }
    let spelling = decl.ty().spelling();
    let typedef = spelling.trim_start_matches("struct ").trim_start_matches("union ");
    if named(typedef) {
        return typedef.to_owned();
    }
    let parent = decl.parent();
    if matches!(parent.kind(), CXCursor_StructDecl | CXCursor_UnionDecl) {
        let records = parent.children(|kind| kind == CXCursor_StructDecl || kind == CXCursor_UnionDecl);
        let unnamed = records.into_iter().filter(|record| !named(&record.spelling()));
        let number = unnamed.take_while(|record| !record.is(decl)).count() + 1;
        return format!("{}::anonymous_{number}", record_name(parent));
    }
    let (_, line, column, _) = decl.location();
    format!("anonymous_at_{line}_{column}")
}
