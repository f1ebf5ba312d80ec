//! Reads with libclang what bindgen drops: attributes, nullability, array bounds, comments and record layouts.
//!
//! From the top: what a reading gives ([`RawAttrs`] and its parts), [`read`], the walk over the tree, the texts
//! (attributes, comments) and, last, the thin layer that keeps libclang's pointers behind lifetimes.

#![allow(non_upper_case_globals, reason = "libclang names its constants")]

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ffi::{CStr, CString, c_char, c_int, c_uint, c_void};
use std::fmt;
use std::marker::PhantomData;
use std::path::{Path, PathBuf};
use std::ptr;
use std::sync::Arc;

use clang_sys::*;

use super::libclang::Libclang;
use crate::config::{self, ClangArgs, WrapperSource};

/// Everything this reader found in one translation unit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RawAttrs {
    /// The functions in source order, one per name: redeclarations are united in the first one.
    pub functions: Vec<RawFn>,
    /// The structs and unions in source order, one per name: a definition replaces declarations.
    pub records: Vec<RawRecord>,
    /// Every header that was read: absolute, sorted, without duplicates and without the wrapper itself.
    pub files: Vec<PathBuf>,
    /// What libclang warned about.
    pub warnings: Vec<ClangDiagnostic>,
}

/// A function as its declarations together describe it.
#[derive(Clone, Debug, PartialEq)]
pub struct RawFn {
    /// The name in C.
    pub name: String,
    /// The parameters in order.
    pub params: Vec<RawParam>,
    /// The result.
    pub result: RawType,
    /// The attributes on the function, including those on its result.
    pub attrs: Vec<RawAttr>,
    /// The documentation or ordinary comment attached to it, without comment markers.
    pub comment: Option<String>,
    /// For each parameter, what a Doxygen `\param[in]` says about it.
    pub param_directions: Vec<Option<Direction>>,
    /// Where the first declaration is.
    pub location: RawLocation,
    /// Whether it ends in `...`.
    pub variadic: bool,
    /// Whether it was declared with `()` only, so that nothing is known of its parameters.
    pub no_prototype: bool,
    /// Whether the headers hold its body.
    pub defined: bool,
    /// Whether a library can hold it.
    pub linkage: RawLinkage,
    /// Whether it is declared in the wrapper, or in a header the wrapper names, and not only further down.
    pub in_main_includes: bool,
}

/// One parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct RawParam {
    /// Its name, when the declaration gives one.
    pub name: Option<String>,
    /// Its type as written: an array stays an array.
    pub ty: RawType,
    /// The attributes on the parameter itself.
    pub attrs: Vec<RawAttr>,
    /// The bound, when it is written as an array.
    pub array: Option<ArrayBound>,
}

/// How many elements an array parameter is written to have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArrayBound {
    /// `a[static 4]`: at least that many, and never null.
    Static(u64),
    /// `a[4]`: C does not enforce it.
    Fixed(u64),
    /// `a[n]`: the text of the expression.
    Variable(String),
    /// `a[]`.
    Incomplete,
}

/// A C type, as far as code around a call must know it.
#[derive(Clone, Debug, PartialEq)]
pub struct RawType {
    /// As written.
    pub spelling: String,
    /// With typedefs resolved.
    pub canonical: String,
    /// What sort of type it is once typedefs are resolved.
    pub kind: RawTypeKind,
    /// `_Nonnull` and its kin, or what `#pragma clang assume_nonnull` adds.
    pub nullability: Option<Nullability>,
    /// What a pointer points to, or what an array holds.
    pub pointee: Option<Box<RawType>>,
    /// Whether it is `const` itself; for a pointer look at its pointee.
    pub is_const: bool,
    /// Whether it is declared but not defined.
    pub incomplete: bool,
    /// Whether the parameter with this type is `noescape`.
    pub noescape: bool,
}

/// The sorts of type code around a call tells apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RawTypeKind {
    /// `void`.
    Void,
    /// `_Bool`.
    Bool,
    /// Any integer, `char` included.
    Int {
        /// Its width.
        bits: u32,
        /// Whether it holds negative values.
        signed: bool,
    },
    /// Any floating-point number.
    Float,
    /// An enumeration.
    Enum,
    /// A pointer to data.
    Pointer,
    /// A pointer to a function, or a function written as a parameter.
    FunctionPointer,
    /// A struct or union.
    Record {
        /// The name in [`RawRecord::name`].
        name: String,
    },
    /// An array.
    Array,
    /// Anything else: complex numbers, vectors, blocks.
    Other,
}

/// Whether null is a value of a pointer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nullability {
    /// `_Nonnull`.
    Nonnull,
    /// `_Nullable`.
    Nullable,
    /// `_Null_unspecified`.
    Unspecified,
}

/// An attribute, whatever spelling or macro it came from. Parameter numbers count from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RawAttr {
    /// Never null: these parameters; empty means the one it stands on, or all.
    Nonnull(Vec<u32>),
    /// The result is never null.
    ReturnsNonnull,
    /// The pointer is not kept after the call.
    Noescape,
    /// What the callee does through a pointer.
    Access {
        /// Reading, writing or neither.
        mode: AccessMode,
        /// The pointer.
        pointer: u32,
        /// The parameter that counts its elements.
        size: Option<u32>,
    },
    /// The result is fresh memory.
    Malloc,
    /// The result is given back to this function.
    Dealloc {
        /// The function that takes it back.
        function: String,
        /// The parameter of that function.
        argument: Option<u32>,
    },
    /// The product of these parameters is the size of the result.
    AllocSize(Vec<u32>),
    /// The result must not be ignored.
    WarnUnusedResult,
    /// It does not return.
    Noreturn,
    /// The arguments as written, such as `printf, 1, 2`.
    Format(String),
    /// The parameter, or the one it stands on, ends in a zero.
    NullTerminatedStringArg(Option<u32>),
    /// The number of elements, an expression over its neighbours.
    CountedBy(String),
    /// The number of bytes, an expression over its neighbours.
    SizedBy(String),
    /// The callback's parameter, then what each argument of the callback is: a parameter, or -1 for unknown.
    Callback(Vec<i32>),
    /// Not to be used any more.
    Deprecated,
    /// The string of an `annotate` that is not ours.
    Annotate(String),
    /// Any other, as clang prints it.
    Other(String),
}

/// The modes of the `access` attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccessMode {
    /// `read_only`.
    ReadOnly,
    /// `write_only`.
    WriteOnly,
    /// `read_write`.
    ReadWrite,
    /// `none`.
    None,
}

/// What Doxygen's `\param[..]` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// `[in]`.
    In,
    /// `[out]`.
    Out,
    /// `[in,out]`.
    InOut,
}

/// How a function can be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RawLinkage {
    /// By its symbol.
    External,
    /// Not at all from outside: it is `static`.
    StaticInline,
    /// Only if some library happens to emit it.
    Inline,
}

/// A place in a header.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawLocation {
    /// The header, absolute.
    pub file: PathBuf,
    /// From 1.
    pub line: u32,
    /// From 1, in bytes.
    pub column: u32,
}

/// A struct or union.
#[derive(Clone, Debug, PartialEq)]
pub struct RawRecord {
    /// Its tag, or the typedef of one without a tag, or `outer::anonymous_1` for one without either.
    pub name: String,
    /// Struct or union.
    pub kind: RecordKind,
    /// Whether it is defined; if not, there are no fields, size or alignment.
    pub complete: bool,
    /// In bytes.
    pub size: u64,
    /// In bytes.
    pub align: u64,
    /// The fields in order.
    pub fields: Vec<RawField>,
    /// The comment attached to it, without comment markers.
    pub comment: Option<String>,
    /// Where it is defined, or else declared.
    pub location: RawLocation,
}

/// The two kinds of record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordKind {
    /// `struct`.
    Struct,
    /// `union`.
    Union,
}

/// A field.
#[derive(Clone, Debug, PartialEq)]
pub struct RawField {
    /// Its name; padding bit-fields and anonymous records have none.
    pub name: Option<String>,
    /// Its type.
    pub ty: RawType,
    /// Its distance from the start of the record, in bits.
    pub offset_bits: u64,
    /// The width of a bit-field.
    pub bit_width: Option<u32>,
    /// Whether it is an array without length at the end.
    pub flexible_array: bool,
    /// The attributes on it.
    pub attrs: Vec<RawAttr>,
    /// The comment attached to it, without comment markers.
    pub comment: Option<String>,
}

/// One thing libclang said about the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClangDiagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// libclang's words.
    pub message: String,
    /// The file, as libclang names it.
    pub file: Option<PathBuf>,
    /// From 1; 0 without a file.
    pub line: u32,
    /// From 1; 0 without a file.
    pub column: u32,
}

/// How bad a [`ClangDiagnostic`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The tree is right nevertheless.
    Warning,
    /// The tree is wrong.
    Error,
    /// The tree ends here.
    Fatal,
}

impl ClangDiagnostic {
    fn fatal(message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Fatal,
            message: message.into(),
            file: None,
            line: 0,
            column: 0,
        }
    }
}

impl fmt::Display for ClangDiagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(file) = &self.file {
            write!(f, "{}:{}:{}: ", file.display(), self.line, self.column)?;
        }
        let severity = match self.severity {
            Severity::Warning => "warning",
            Severity::Error => "error",
            Severity::Fatal => "fatal error",
        };
        write!(f, "{severity}: {}", self.message)
    }
}

/// Reads `source`, or gives every error libclang has to say about it.
///
/// One error is enough to give nothing: after an error libclang's tree is silently wrong, not just shorter.
pub fn read(
    source: &WrapperSource,
    args: &ClangArgs,
    lib: &Libclang,
) -> Result<RawAttrs, Vec<ClangDiagnostic>> {
    let args: Vec<String> = lib.extra_args.iter().chain(&args.args).cloned().collect();
    read_with(&lib.handle.attach(), source, args)
}

fn read_with(
    attached: &Attached,
    source: &WrapperSource,
    mut args: Vec<String>,
) -> Result<RawAttrs, Vec<ClangDiagnostic>> {
    // bindgen appends these by itself, and both must read the same.
    args.extend(config::bindgen_extra_clang_args_from_env());
    let dir =
        config::current_dir_from_env().map_err(|error| vec![ClangDiagnostic::fatal(error)])?;
    let main = dir.join(&source.name).display().to_string();
    let prelude = dir.join(PRELUDE_NAME).display().to_string();

    let mut unsaved = vec![
        (main.clone(), source.text.clone()),
        (prelude.clone(), prelude_text()),
    ];
    unsaved.extend(glibc_with_attributes(attached, &main, &args)?);
    args.splice(
        0..0,
        [
            "-include".to_owned(),
            prelude.clone(),
            "-fparse-all-comments".to_owned(),
        ],
    );
    // Headers with a few annotations would otherwise be told about every pointer without one.
    args.push("-Wno-nullability-completeness".to_owned());

    let unit = Unit::parse(attached, &main, &unsaved, &args)?;
    let (errors, mut warnings): (Vec<_>, Vec<_>) = unit
        .diagnostics()
        .into_iter()
        .partition(|diagnostic| diagnostic.severity > Severity::Warning);
    if !errors.is_empty() {
        return Err(errors);
    }
    warnings.retain(|warning| !about_prelude(&warning.message));

    let includes = unit
        .cursor()
        .children(|kind| kind == CXCursor_InclusionDirective);
    let direct = includes
        .iter()
        .filter(|cursor| cursor.in_main_file())
        .filter_map(Cursor::included_file);
    let mut walk = Walk {
        unit: &unit,
        direct: direct.collect(),
        paths: HashMap::new(),
        functions: HashMap::new(),
        records: HashMap::new(),
        out: RawAttrs::default(),
    };
    walk.declarations(unit.cursor());
    let files = unit
        .files()
        .into_iter()
        .filter(|file| *file != main && *file != prelude);
    let files: BTreeSet<PathBuf> = files.map(|file| absolute(&file)).collect();
    walk.out.files = files.into_iter().collect();
    walk.out.warnings = warnings;
    Ok(walk.out)
}

const PRELUDE_NAME: &str = "pinned_ffi_prelude.h";
const MARK: &str = "pinned_ffi:";

/// Attribute names clang drops or refuses, and the word this reader knows each by.
///
/// As function-like macros they leave `__has_attribute(counted_by)` alone. `access` and `malloc` without underscores
/// are also functions of libc and must not be macros.
const RENAMED: &[(&str, &str)] = &[
    ("counted_by", "counted_by"),
    ("__counted_by__", "counted_by"),
    ("counted_by_or_null", "counted_by"),
    ("__counted_by_or_null__", "counted_by"),
    ("sized_by", "sized_by"),
    ("__sized_by__", "sized_by"),
    ("sized_by_or_null", "sized_by"),
    ("__sized_by_or_null__", "sized_by"),
    ("null_terminated_string_arg", "null_terminated_string_arg"),
    (
        "__null_terminated_string_arg__",
        "null_terminated_string_arg",
    ),
    ("__access__", "access"),
    ("__malloc__", "dealloc"),
];

/// Whole-attribute macros of the Linux user headers, which define them as nothing unless they are defined already.
const WRAPPED: &[(&str, &str)] = &[
    ("__counted_by", "counted_by"),
    ("__counted_by_le", "counted_by"),
    ("__counted_by_be", "counted_by"),
    ("__counted_by_ptr", "counted_by"),
    ("__sized_by", "sized_by"),
];

fn prelude_text() -> String {
    let mut text = String::from("#pragma clang system_header\n");
    for (name, word) in RENAMED {
        text.push_str(&format!(
            "#define {name}(...) annotate(\"{MARK}{word}:\" #__VA_ARGS__)\n"
        ));
    }
    for (name, word) in WRAPPED {
        text.push_str(&format!(
            "#define {name}(...) __attribute__((annotate(\"{MARK}{word}:\" #__VA_ARGS__)))\n"
        ));
    }
    text
}

fn about_prelude(message: &str) -> bool {
    let names = RENAMED.iter().chain(WRAPPED).map(|(name, _)| name);
    message.ends_with("macro redefined")
        && names
            .into_iter()
            .any(|name| message.contains(&format!("'{name}'")))
}

/// Follows glibc's own definitions at the end of its `sys/cdefs.h`; clang claims to be GCC 4.2 and gets none of them.
const GLIBC_ATTRIBUTES: &str = r#"
#ifdef __attr_access
# undef __attr_access
# define __attr_access(x) __attribute__ ((annotate ("pinned_ffi:access:" #x)))
# undef __fortified_attr_access
# define __fortified_attr_access(a, o, s) __attribute__ ((annotate ("pinned_ffi:access:" #a "," #o "," #s)))
# undef __attr_access_none
# define __attr_access_none(o) __attribute__ ((annotate ("pinned_ffi:access:none," #o)))
# undef __attr_dealloc
# define __attr_dealloc(f, i) __attribute__ ((annotate ("pinned_ffi:dealloc:" #f "," #i)))
# undef __attr_dealloc_free
# define __attr_dealloc_free __attribute__ ((annotate ("pinned_ffi:dealloc:free,1")))
# undef __attribute_alloc_size__
# define __attribute_alloc_size__(x) __attribute__ ((annotate ("pinned_ffi:alloc_size:" #x)))
#endif
"#;

/// The glibc header that defines attribute macros, with definitions clang keeps.
///
/// It is replaced in memory and not included first, because including any glibc header early would fix the
/// feature-test macros that a wrapper or a header defines for itself.
fn glibc_with_attributes(
    attached: &Attached,
    main: &str,
    args: &[String],
) -> Result<Option<(String, String)>, Vec<ClangDiagnostic>> {
    let probe = "#if __has_include(<sys/cdefs.h>)\n#include <sys/cdefs.h>\n#endif\n";
    let unit = Unit::parse(attached, main, &[(main.to_owned(), probe.to_owned())], args)?;
    let Some(path) = unit
        .files()
        .into_iter()
        .find(|file| file.ends_with("sys/cdefs.h"))
    else {
        return Ok(None);
    };
    let Ok(text) = std::fs::read_to_string(&path) else {
        return Ok(None);
    };
    Ok(text
        .contains("__attr_access")
        .then(|| (path, text + GLIBC_ATTRIBUTES)))
}

struct Walk<'u> {
    unit: &'u Unit<'u>,
    /// The files the wrapper itself includes.
    direct: HashSet<String>,
    paths: HashMap<String, PathBuf>,
    /// Where in `out` each name is.
    functions: HashMap<String, usize>,
    records: HashMap<String, usize>,
    out: RawAttrs,
}

impl<'u> Walk<'u> {
    fn declarations(&mut self, parent: Cursor<'u>) {
        for cursor in parent.children(|kind| {
            // Preprocessing cursors come along and there are thousands.
            kind < CXCursor_PreprocessingDirective
        }) {
            match cursor.kind() {
                CXCursor_FunctionDecl => self.function(cursor),
                CXCursor_StructDecl | CXCursor_UnionDecl => self.record(cursor),
                CXCursor_LinkageSpec | CXCursor_UnexposedDecl => self.declarations(cursor),
                _ => {}
            }
        }
    }

    fn location(&mut self, cursor: Cursor<'u>) -> RawLocation {
        let (file, line, column, _) = cursor.location();
        let file = self
            .paths
            .entry(file)
            .or_insert_with_key(|file| absolute(file))
            .clone();
        RawLocation { file, line, column }
    }

    fn function(&mut self, cursor: Cursor<'u>) {
        let name = cursor.spelling();
        let ty = cursor.ty();
        let args = cursor.arguments();
        let params: Vec<RawParam> = args.iter().map(|arg| self.param(*arg)).collect();
        let attrs = self.attrs(cursor, Some(&ty));
        let comment = cursor.raw_comment();
        let no_prototype = ty.kind() == CXType_FunctionNoProto;
        let func = RawFn {
            param_directions: cursor.directions(&params),
            params,
            result: raw_type(cursor.result()),
            attrs,
            comment: comment
                .map(|text| clean_comment(&text))
                .filter(|text| !text.is_empty()),
            location: self.location(cursor),
            variadic: ty.is_variadic() && !no_prototype,
            no_prototype,
            defined: cursor.is_definition(),
            linkage: match cursor.storage() {
                CX_SC_Static => RawLinkage::StaticInline,
                CX_SC_Extern => RawLinkage::External,
                _ if cursor.is_inline() => RawLinkage::Inline,
                _ => RawLinkage::External,
            },
            in_main_includes: cursor.in_main_file() || self.direct.contains(&cursor.location().0),
            name: name.clone(),
        };
        match self.functions.get(&name) {
            Some(&at) => unite(&mut self.out.functions[at], func),
            None => {
                self.functions.insert(name, self.out.functions.len());
                self.out.functions.push(func);
            }
        }
    }

    fn param(&self, cursor: Cursor<'u>) -> RawParam {
        let attrs = self.attrs(cursor, None);
        let mut ty = raw_type(cursor.ty());
        ty.noescape = attrs.contains(&RawAttr::Noescape);
        let array = array_bound(cursor.ty());
        RawParam {
            name: non_empty(cursor.spelling()),
            ty,
            attrs,
            array,
        }
    }

    /// What stands on a declaration: from its attribute cursors, its printed form, its type and its text.
    fn attrs(&self, cursor: Cursor<'u>, function: Option<&Type<'u>>) -> Vec<RawAttr> {
        let mut attrs = Vec::new();
        let mut add = |attr: RawAttr| {
            if !attrs.contains(&attr) {
                attrs.push(attr);
            }
        };
        let mut unexposed = false;
        for child in cursor.children(|kind| {
            (CXCursor_UnexposedAttr..CXCursor_PreprocessingDirective).contains(&kind)
        }) {
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
                CXCursor_AsmLabelAttr => {
                    add(RawAttr::Other(format!("asm({:?})", child.spelling())))
                }
                _ => {}
            }
        }
        // Printing sees through macros; the tokens of an attribute are none or the wrong ones there.
        let printed = if unexposed {
            cursor.pretty()
        } else {
            String::new()
        };
        for text in printed_attributes(&printed) {
            if let Some(attr) = attribute(&text, Counting::Printed) {
                add(attr);
            }
        }
        if let Some(ty) = function {
            // Not returning is part of the function's type and not printed among its attributes.
            if ty.spelling().contains("noreturn")
                || printed.split_whitespace().any(|word| word == "_Noreturn")
            {
                add(RawAttr::Noreturn);
            }
            for text in cursor.source_attributes(self.unit, "access") {
                if let Some(attr @ RawAttr::Access { .. }) = attribute(&text, Counting::Source) {
                    add(attr);
                }
            }
        }
        attrs
    }

    fn record(&mut self, cursor: Cursor<'u>) {
        let name = record_name(cursor);
        let complete = cursor.is_definition();
        let known = self.records.get(&name).copied();
        if known.is_some_and(|at| self.out.records[at].complete || !complete) {
            return;
        }
        let ty = cursor.ty();
        let mut fields: Vec<RawField> = ty
            .fields()
            .into_iter()
            .map(|field| self.field(field))
            .collect();
        let is_struct = cursor.kind() == CXCursor_StructDecl;
        if let Some(last) = fields.last_mut() {
            let empty = array_bound_of(&last.ty.canonical);
            last.flexible_array = is_struct
                && last.ty.kind == RawTypeKind::Array
                && matches!(empty, Some(ArrayBound::Incomplete | ArrayBound::Fixed(0)));
        }
        let record = RawRecord {
            kind: if is_struct {
                RecordKind::Struct
            } else {
                RecordKind::Union
            },
            complete,
            size: if complete { ty.size().unwrap_or(0) } else { 0 },
            align: if complete { ty.align().unwrap_or(0) } else { 0 },
            fields,
            comment: cursor
                .raw_comment()
                .map(|text| clean_comment(&text))
                .filter(|text| !text.is_empty()),
            location: self.location(cursor),
            name: name.clone(),
        };
        match known {
            Some(at) => self.out.records[at] = record,
            None => {
                self.records.insert(name, self.out.records.len());
                self.out.records.push(record);
            }
        }
        for inner in
            cursor.children(|kind| kind == CXCursor_StructDecl || kind == CXCursor_UnionDecl)
        {
            self.record(inner);
        }
    }

    fn field(&self, cursor: Cursor<'u>) -> RawField {
        let comment = cursor.raw_comment();
        RawField {
            // Newer versions call an anonymous member by its place.
            name: non_empty(cursor.spelling()).filter(|name| !name.contains(['(', ' '])),
            ty: raw_type(cursor.ty()),
            offset_bits: cursor.offset_bits(),
            bit_width: cursor.bit_width(),
            flexible_array: false,
            attrs: self.attrs(cursor, None),
            comment: comment
                .map(|text| clean_comment(&text))
                .filter(|text| !text.is_empty()),
        }
    }
}

fn unite(first: &mut RawFn, other: RawFn) {
    let add_attrs = |attrs: &mut Vec<RawAttr>, more: Vec<RawAttr>| {
        for attr in more {
            if !attrs.contains(&attr) {
                attrs.push(attr);
            }
        }
    };
    let prefer = |kept: &mut RawType, new: RawType| {
        kept.nullability = kept.nullability.or(new.nullability);
        kept.incomplete &= new.incomplete;
        kept.noescape |= new.noescape;
        if let (Some(kept), Some(new)) = (&mut kept.pointee, new.pointee) {
            kept.nullability = kept.nullability.or(new.nullability);
            kept.incomplete &= new.incomplete;
        }
    };
    add_attrs(&mut first.attrs, other.attrs);
    if first.no_prototype && !other.no_prototype {
        first.params = other.params;
        first.param_directions = other.param_directions;
        first.variadic = other.variadic;
        first.no_prototype = false;
    } else {
        for (param, new) in first.params.iter_mut().zip(other.params) {
            param.name = param.name.take().or(new.name);
            param.array = match (param.array.take(), new.array) {
                (None | Some(ArrayBound::Incomplete), Some(bound)) => Some(bound),
                (bound, _) => bound,
            };
            add_attrs(&mut param.attrs, new.attrs);
            prefer(&mut param.ty, new.ty);
        }
        for (direction, new) in first
            .param_directions
            .iter_mut()
            .zip(other.param_directions)
        {
            *direction = direction.or(new);
        }
    }
    prefer(&mut first.result, other.result);
    first.comment = first.comment.take().or(other.comment);
    first.defined |= other.defined;
    first.in_main_includes |= other.in_main_includes;
    // One declaration without `inline` makes the compiler emit the symbol.
    if other.linkage == RawLinkage::External && first.linkage == RawLinkage::Inline {
        first.linkage = RawLinkage::External;
    }
}

fn raw_type(ty: Type<'_>) -> RawType {
    let canonical = ty.canonical();
    let sugar = ty.without_names();
    let int = |signed| RawTypeKind::Int {
        bits: u32::try_from(canonical.size().unwrap_or(0) * 8).unwrap_or(0),
        signed,
    };
    let is_function = |kind| matches!(kind, CXType_FunctionProto | CXType_FunctionNoProto);
    let kind = match canonical.kind() {
        CXType_Void => RawTypeKind::Void,
        CXType_Bool => RawTypeKind::Bool,
        CXType_Char_U | CXType_UChar | CXType_Char16 | CXType_Char32 | CXType_UShort
        | CXType_UInt | CXType_ULong | CXType_ULongLong | CXType_UInt128 => int(false),
        CXType_Char_S | CXType_SChar | CXType_WChar | CXType_Short | CXType_Int | CXType_Long
        | CXType_LongLong | CXType_Int128 => int(true),
        CXType_Float | CXType_Double | CXType_LongDouble | CXType_Float128 | CXType_Half
        | CXType_Float16 => RawTypeKind::Float,
        CXType_Enum => RawTypeKind::Enum,
        CXType_Pointer if is_function(canonical.pointee().kind()) => RawTypeKind::FunctionPointer,
        CXType_Pointer => RawTypeKind::Pointer,
        kind if is_function(kind) => RawTypeKind::FunctionPointer,
        CXType_Record => RawTypeKind::Record {
            name: record_name(canonical.declaration()),
        },
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
        canonical: canonical.spelling(),
        nullability: ty.nullability(),
        pointee: pointee.map(|pointee| Box::new(raw_type(pointee))),
        is_const: canonical.is_const(),
        incomplete: matches!(kind, RawTypeKind::Record { .. } | RawTypeKind::Enum)
            && canonical.size().is_none(),
        noescape: false,
        kind,
    }
}

fn array_bound(ty: Type<'_>) -> Option<ArrayBound> {
    // The spelling has `static` and the expression, the canonical type has neither but sees through typedefs.
    match array_bound_of(&ty.spelling()) {
        Some(bound) if ty.kind() != CXType_Typedef => Some(bound).filter(|_| ty.is_array()),
        _ if ty.is_array() => array_bound_of(&ty.canonical().spelling()),
        _ => None,
    }
}

/// The outermost bound in a type such as `int[static 4][2]`.
fn array_bound_of(spelling: &str) -> Option<ArrayBound> {
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
        Err(_) => ArrayBound::Variable(text.to_owned()),
    })
}

fn record_name(decl: Cursor<'_>) -> String {
    let named = |name: &str| !name.is_empty() && !name.contains(['(', ' ']);
    let tag = decl.spelling();
    if named(&tag) {
        return tag;
    }
    let spelling = decl.ty().spelling();
    let typedef = spelling
        .trim_start_matches("struct ")
        .trim_start_matches("union ");
    if named(typedef) {
        return typedef.to_owned();
    }
    let parent = decl.parent();
    if matches!(parent.kind(), CXCursor_StructDecl | CXCursor_UnionDecl) {
        let records =
            parent.children(|kind| kind == CXCursor_StructDecl || kind == CXCursor_UnionDecl);
        let unnamed = records
            .into_iter()
            .filter(|record| !named(&record.spelling()));
        let number = unnamed.take_while(|record| !record.is(decl)).count() + 1;
        return format!("{}::anonymous_{number}", record_name(parent));
    }
    let (_, line, column, _) = decl.location();
    format!("anonymous_at_{line}_{column}")
}

/// Whether an attribute's text is what clang prints or what the header says; they count differently.
#[derive(Clone, Copy, PartialEq)]
enum Counting {
    Printed,
    Source,
}

/// Reads one attribute such as `nonnull(1, 2)`, in any of its spellings.
fn attribute(text: &str, counting: Counting) -> Option<RawAttr> {
    let (name, args) = match text.split_once('(') {
        Some((name, rest)) => (
            name,
            rest.rsplit_once(')').map_or(rest, |(args, _)| args).trim(),
        ),
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
        "access" | "alloc_size" | "counted_by" | "sized_by" | "null_terminated_string_arg" => {
            marked(name, args)
        }
        "counted_by_or_null" => marked("counted_by", args),
        "sized_by_or_null" => marked("sized_by", args),
        _ => RawAttr::Other(text.trim().to_owned()),
    })
}

/// Reads what the prelude and glibc's redefinitions wrote into an annotation.
fn marked(word: &str, text: &str) -> RawAttr {
    let text = text.trim();
    let inner = text
        .strip_prefix('(')
        .and_then(|text| text.strip_suffix(')'))
        .unwrap_or(text);
    let known = match word {
        "access" => access(inner),
        "dealloc" => {
            let mut args = list(inner);
            let function = args
                .next()
                .unwrap_or_default()
                .trim_start_matches("__builtin_")
                .to_owned();
            Some(RawAttr::Dealloc {
                function,
                argument: args.next().and_then(|arg| arg.parse().ok()),
            })
        }
        "alloc_size" => Some(RawAttr::AllocSize(numbers(inner))),
        "counted_by" => Some(RawAttr::CountedBy(text.to_owned())),
        "sized_by" => Some(RawAttr::SizedBy(text.to_owned())),
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
    Some(RawAttr::Access {
        mode,
        pointer,
        size: args.next().and_then(|size| size.parse().ok()),
    })
}

fn list(args: &str) -> impl Iterator<Item = &str> {
    args.split(',')
        .map(|arg| plain(arg.trim()))
        .filter(|arg| !arg.is_empty())
}

fn numbers(args: &str) -> Vec<u32> {
    list(args).filter_map(|arg| arg.parse().ok()).collect()
}

fn plain(name: &str) -> &str {
    match name
        .strip_prefix("__")
        .and_then(|name| name.strip_suffix("__"))
    {
        Some(plain) if !plain.is_empty() => plain,
        _ => name,
    }
}

/// The attributes in a printed declaration that belong to it and not to its parameters.
fn printed_attributes(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text;
    let mut depth = 0;
    while let Some(c) = rest.chars().next() {
        let starts = ["__attribute__((", "__attribute((", "__attribute__ ((", "[["];
        if let Some(start) = starts
            .into_iter()
            .find(|start| depth == 0 && rest.starts_with(start))
        {
            let (inside, after) = balanced(&rest[start.len() - 1..]);
            found.extend(split_arguments(inside));
            // The outer bracket closes right after the inner one.
            rest = after.trim_start().get(1..).unwrap_or_default();
            continue;
        }
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            '"' | '\'' => {
                rest = after_literal(rest);
                continue;
            }
            _ => {}
        }
        rest = &rest[c.len_utf8()..];
    }
    found
}

/// Splits `(inside) after` at the parenthesis or bracket that closes the first one.
fn balanced(text: &str) -> (&str, &str) {
    let mut depth = 0;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => {
                depth -= 1;
                if depth == 0 {
                    return (&text[1..at], &text[at + 1..]);
                }
            }
            '"' | '\'' => {
                at = text.len() - after_literal(&text[at..]).len();
                continue;
            }
            _ => {}
        }
        at += c.len_utf8();
    }
    (text.get(1..).unwrap_or_default(), "")
}

fn after_literal(text: &str) -> &str {
    let mut chars = text.char_indices();
    let Some((_, quote)) = chars.next() else {
        return text;
    };
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => drop(chars.next()),
            _ if c == quote => return &text[at + 1..],
            _ => {}
        }
    }
    ""
}

fn split_arguments(text: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let mut depth = 0;
    let mut start = 0;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(text[start..at].trim().to_owned());
                start = at + 1;
            }
            '"' | '\'' => {
                at = text.len() - after_literal(&text[at..]).len();
                continue;
            }
            _ => {}
        }
        at += c.len_utf8();
    }
    parts.push(text[start..].trim().to_owned());
    parts.retain(|part| !part.is_empty());
    parts
}

/// The text of a declaration without its comments, up to the `;` or the body.
fn declaration_text(source: &str) -> String {
    let mut text = String::new();
    let mut rest = source;
    let mut depth = 0;
    while let Some(c) = rest.chars().next() {
        if rest.starts_with("/*") {
            rest = rest.find("*/").map_or("", |end| &rest[end + 2..]);
            text.push(' ');
            continue;
        }
        if rest.starts_with("//") {
            rest = rest.find('\n').map_or("", |end| &rest[end..]);
            continue;
        }
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            ';' | '{' if depth <= 0 => break,
            '"' => {
                let after = after_literal(rest);
                text.push_str(&rest[..rest.len() - after.len()]);
                rest = after;
                continue;
            }
            _ => {}
        }
        text.push(c);
        rest = &rest[c.len_utf8()..];
    }
    text
}

fn clean_comment(raw: &str) -> String {
    let mut lines = Vec::new();
    for line in raw.lines() {
        let mut line = line.trim();
        line = line.strip_suffix("*/").unwrap_or(line).trim_end();
        for marker in [
            "/**<", "/*!<", "///<", "//!<", "/**", "/*!", "///", "//!", "/*", "//", "*",
        ] {
            if let Some(rest) = line.strip_prefix(marker) {
                line = rest.trim_start_matches(['*', '/']);
                break;
            }
        }
        lines.push(line.strip_prefix(' ').unwrap_or(line).trim_end());
    }
    let text = lines.join("\n");
    text.trim_matches('\n').trim().to_owned()
}

fn non_empty(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}

fn absolute(file: &str) -> PathBuf {
    let path = Path::new(file);
    path.canonicalize()
        .or_else(|_| std::path::absolute(path))
        .unwrap_or_else(|_| path.to_owned())
}

/// Tells whether this libclang reads C as it is, or what it said instead.
pub(super) fn self_test(handle: &Handle, extra_args: &[String]) -> Result<(), String> {
    let missing = handle.missing_functions();
    if !missing.is_empty() {
        return Err(format!("it is too old: it has no {}", missing.join(", ")));
    }
    let mut text = String::from(
        "#include <stddef.h>\n#include <stdarg.h>\nsize_t pinned_ffi_probe(const char *p);\n",
    );
    if cfg!(target_vendor = "apple") {
        // There the compiler's headers and the system's come from different places, and both are needed.
        text.insert_str(0, "#include <sys/types.h>\n");
    }
    let source = WrapperSource {
        name: "pinned_ffi_probe.h".to_owned(),
        text,
    };
    let read =
        read_with(&handle.attach(), &source, extra_args.to_vec()).map_err(|diagnostics| {
            diagnostics
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join("; ")
        })?;
    match read
        .functions
        .iter()
        .find(|function| function.name == "pinned_ffi_probe")
    {
        Some(probe) if matches!(probe.result.kind, RawTypeKind::Int { signed: false, .. }) => {
            Ok(())
        }
        Some(probe) => Err(format!("it read size_t as {}", probe.result.canonical)),
        None => Err("it did not see a function".to_owned()),
    }
}

/// The loaded library, to be attached to each thread that reads.
#[derive(Clone)]
pub(super) struct Handle(Arc<SharedLibrary>);

impl fmt::Debug for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Handle").field(&self.0.path()).finish()
    }
}

impl Handle {
    /// Loads the library clang-sys finds; its address stays valid because the caller has opened it for good.
    pub(super) fn load() -> Result<Self, String> {
        load_manually().map(|library| Self(Arc::new(library)))
    }

    pub(super) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(super) fn version(&self) -> String {
        let _attached = self.attach();
        // SAFETY: the library is attached.
        let version = unsafe { clang_getClangVersion() };
        // SAFETY: the library is attached, and the string was just handed over.
        unsafe { owned(version) }
    }

    /// Makes every libclang call of this thread, bindgen's included, go to this library until the guard is dropped.
    pub(super) fn attach(&self) -> Attached {
        Attached {
            previous: set_library(Some(Arc::clone(&self.0))),
            _this_thread: PhantomData,
        }
    }

    /// Functions used here that an old library may not have; clang-sys panics when one is called all the same.
    fn missing_functions(&self) -> Vec<&'static str> {
        let functions = &self.0.functions;
        let needed = [
            (
                "clang_getFileContents",
                functions.clang_getFileContents.is_some(),
            ),
            (
                "clang_getCursorPrettyPrinted",
                functions.clang_getCursorPrettyPrinted.is_some(),
            ),
            (
                "clang_Type_getModifiedType",
                functions.clang_Type_getModifiedType.is_some(),
            ),
            (
                "clang_Type_getNullability",
                functions.clang_Type_getNullability.is_some(),
            ),
            (
                "clang_Type_visitFields",
                functions.clang_Type_visitFields.is_some(),
            ),
            (
                "clang_Cursor_getParsedComment",
                functions.clang_Cursor_getParsedComment.is_some(),
            ),
        ];
        needed
            .into_iter()
            .filter(|(_, there)| !there)
            .map(|(name, _)| name)
            .collect()
    }
}

/// While this lives, this thread has a library attached.
pub(super) struct Attached {
    previous: Option<Arc<SharedLibrary>>,
    // clang-sys remembers the library per thread.
    _this_thread: PhantomData<*const ()>,
}

impl Drop for Attached {
    fn drop(&mut self) {
        // Whoever attached another library to this thread, such as a plain bindgen run, finds it again.
        set_library(self.previous.take());
    }
}

/// Takes over a string of libclang.
///
/// # Safety
///
/// A library is attached, and `string` was just handed over by it.
unsafe fn owned(string: CXString) -> String {
    // SAFETY: the caller vouches for the string, which is not disposed of yet.
    let text = unsafe { clang_getCString(string) };
    let copy = if text.is_null() {
        String::new()
    } else {
        // SAFETY: libclang ends its strings with a zero, and this one lives until the next call.
        unsafe { CStr::from_ptr(text) }
            .to_string_lossy()
            .into_owned()
    };
    // SAFETY: the string is ours and is not used any more.
    unsafe { clang_disposeString(string) };
    copy
}

/// Calls a libclang function on values that a [`Unit`] lends out.
macro_rules! ask {
    ($function:ident($($arg:expr),*)) => {
        // SAFETY: cursors, types, files and comments are only reachable through a `Unit`, whose lifetime they carry
        // and which holds an attached library; libclang answers any such value, null ones included.
        unsafe { $function($($arg),*) }
    };
    (String: $function:ident($($arg:expr),*)) => {{
        let string = ask!($function($($arg),*));
        // SAFETY: the string was just handed over, by the library attached while the `Unit` lives.
        unsafe { owned(string) }
    }};
}

/// A parsed translation unit.
struct Unit<'a> {
    index: CXIndex,
    raw: CXTranslationUnit,
    _attached: PhantomData<&'a Attached>,
}

impl Drop for Unit<'_> {
    fn drop(&mut self) {
        // SAFETY: the unit is ours, and what it lent out cannot outlive it.
        unsafe { clang_disposeTranslationUnit(self.raw) };
        // SAFETY: the index is ours, and its only unit is gone.
        unsafe { clang_disposeIndex(self.index) };
    }
}

impl<'a> Unit<'a> {
    fn parse(
        _attached: &'a Attached,
        main: &str,
        files: &[(String, String)],
        args: &[String],
    ) -> Result<Self, Vec<ClangDiagnostic>> {
        let c_string = |text: &str| {
            let text = CString::new(text);
            text.map_err(|_| {
                vec![ClangDiagnostic::fatal(
                    "a clang argument or file name holds a zero byte",
                )]
            })
        };
        let name = c_string(main)?;
        let args: Vec<CString> = args
            .iter()
            .map(|arg| c_string(arg))
            .collect::<Result<_, _>>()?;
        let args: Vec<*const c_char> = args.iter().map(|arg| arg.as_ptr()).collect();
        let names: Vec<CString> = files
            .iter()
            .map(|(name, _)| c_string(name))
            .collect::<Result<_, _>>()?;
        let mut unsaved: Vec<CXUnsavedFile> = files
            .iter()
            .zip(&names)
            .map(|((_, text), name)| CXUnsavedFile {
                Filename: name.as_ptr(),
                Contents: text.as_ptr().cast(),
                Length: text.len() as _,
            })
            .collect();
        let flags = CXTranslationUnit_DetailedPreprocessingRecord
            | CXTranslationUnit_IncludeAttributedTypes
            | CXTranslationUnit_VisitImplicitAttributes;
        // SAFETY: a library is attached.
        let index = unsafe { clang_createIndex(0, 0) };
        let mut raw = ptr::null_mut();
        // SAFETY: all pointers are to values that live until this call returns, with the lengths given; libclang
        // copies what it keeps.
        let code = unsafe {
            clang_parseTranslationUnit2(
                index,
                name.as_ptr(),
                args.as_ptr(),
                args.len() as c_int,
                unsaved.as_mut_ptr(),
                unsaved.len() as c_uint,
                flags,
                &mut raw,
            )
        };
        if code == CXError_Success && !raw.is_null() {
            return Ok(Self {
                index,
                raw,
                _attached: PhantomData,
            });
        }
        // SAFETY: the index is ours and has no unit.
        unsafe { clang_disposeIndex(index) };
        let why = match code {
            CXError_Crashed => "libclang crashed while reading it",
            CXError_InvalidArguments => "libclang refused the call",
            CXError_ASTReadError => "libclang could not read a precompiled header",
            _ => "libclang gave no reason; an argument may be wrong",
        };
        Err(vec![ClangDiagnostic {
            file: Some(PathBuf::from(main)),
            ..ClangDiagnostic::fatal(why)
        }])
    }

    fn cursor(&self) -> Cursor<'_> {
        Cursor {
            raw: ask!(clang_getTranslationUnitCursor(self.raw)),
            unit: PhantomData,
        }
    }

    /// The names of all files that were read.
    fn files(&self) -> Vec<String> {
        extern "C" fn push(file: CXFile, _: *mut CXSourceLocation, _: c_uint, data: *mut c_void) {
            // SAFETY: the data is the vector below, which nothing else uses during the visit.
            unsafe { &mut *data.cast::<Vec<CXFile>>() }.push(file);
        }
        let mut files: Vec<CXFile> = Vec::new();
        ask!(clang_getInclusions(
            self.raw,
            push,
            ptr::from_mut(&mut files).cast()
        ));
        files.into_iter().map(file_name).collect()
    }

    fn diagnostics(&self) -> Vec<ClangDiagnostic> {
        let mut all = Vec::new();
        for number in 0..ask!(clang_getNumDiagnostics(self.raw)) {
            let diagnostic = ask!(clang_getDiagnostic(self.raw, number));
            let severity = match ask!(clang_getDiagnosticSeverity(diagnostic)) {
                CXDiagnostic_Warning => Some(Severity::Warning),
                CXDiagnostic_Error => Some(Severity::Error),
                CXDiagnostic_Fatal => Some(Severity::Fatal),
                _ => None,
            };
            if let Some(severity) = severity {
                let message = ask!(String: clang_getDiagnosticSpelling(diagnostic));
                let location = ask!(clang_getDiagnosticLocation(diagnostic));
                let (file, line, column, _) = place(location, clang_getFileLocation);
                all.push(ClangDiagnostic {
                    severity,
                    message,
                    file: non_empty(file).map(PathBuf::from),
                    line,
                    column,
                });
            }
            // SAFETY: the diagnostic is ours and is not used any more.
            unsafe { clang_disposeDiagnostic(diagnostic) };
        }
        all
    }

    fn text(&self, file: &str) -> Option<&str> {
        let name = CString::new(file).ok()?;
        let file = ask!(clang_getFile(self.raw, name.as_ptr()));
        if file.is_null() {
            return None;
        }
        let mut size = 0;
        let text = ask!(clang_getFileContents(self.raw, file, &mut size));
        if text.is_null() {
            return None;
        }
        // SAFETY: the unit keeps the buffer, of this size, as long as it lives.
        std::str::from_utf8(unsafe { std::slice::from_raw_parts(text.cast(), size) }).ok()
    }
}

fn file_name(file: CXFile) -> String {
    if file.is_null() {
        String::new()
    } else {
        ask!(String: clang_getFileName(file))
    }
}

type Locate = unsafe fn(CXSourceLocation, *mut CXFile, *mut c_uint, *mut c_uint, *mut c_uint);

fn place(location: CXSourceLocation, locate: Locate) -> (String, u32, u32, u32) {
    let (mut file, mut line, mut column, mut offset) = (ptr::null_mut(), 0, 0, 0);
    ask!(locate(
        location,
        &mut file,
        &mut line,
        &mut column,
        &mut offset
    ));
    (file_name(file), line, column, offset)
}

#[derive(Clone, Copy)]
struct Cursor<'u> {
    raw: CXCursor,
    unit: PhantomData<&'u CXTranslationUnit>,
}

impl<'u> Cursor<'u> {
    fn with(self, raw: CXCursor) -> Self {
        Self { raw, ..self }
    }

    fn of_type(self, raw: CXType) -> Type<'u> {
        Type { raw, from: self }
    }

    fn kind(self) -> CXCursorKind {
        self.raw.kind
    }

    fn is(self, other: Self) -> bool {
        ask!(clang_equalCursors(self.raw, other.raw)) != 0
    }

    fn children(self, wanted: fn(CXCursorKind) -> bool) -> Vec<Self> {
        struct Found {
            wanted: fn(CXCursorKind) -> bool,
            cursors: Vec<CXCursor>,
        }
        extern "C" fn push(
            cursor: CXCursor,
            _: CXCursor,
            data: CXClientData,
        ) -> CXChildVisitResult {
            // SAFETY: the data is the value below, which nothing else uses during the visit.
            let found = unsafe { &mut *data.cast::<Found>() };
            if (found.wanted)(cursor.kind) {
                found.cursors.push(cursor);
            }
            CXChildVisit_Continue
        }
        let mut found = Found {
            wanted,
            cursors: Vec::new(),
        };
        ask!(clang_visitChildren(
            self.raw,
            push,
            ptr::from_mut(&mut found).cast()
        ));
        found
            .cursors
            .into_iter()
            .map(|raw| self.with(raw))
            .collect()
    }

    fn spelling(self) -> String {
        ask!(String: clang_getCursorSpelling(self.raw))
    }

    fn ty(self) -> Type<'u> {
        self.of_type(ask!(clang_getCursorType(self.raw)))
    }

    fn result(self) -> Type<'u> {
        self.of_type(ask!(clang_getCursorResultType(self.raw)))
    }

    fn parent(self) -> Self {
        self.with(ask!(clang_getCursorSemanticParent(self.raw)))
    }

    fn arguments(self) -> Vec<Self> {
        let count = ask!(clang_Cursor_getNumArguments(self.raw)).max(0);
        (0..count as c_uint)
            .map(|number| self.with(ask!(clang_Cursor_getArgument(self.raw, number))))
            .collect()
    }

    /// File, line, column and offset; in a macro, those of its use.
    fn location(self) -> (String, u32, u32, u32) {
        place(
            ask!(clang_getCursorLocation(self.raw)),
            clang_getExpansionLocation,
        )
    }

    fn in_main_file(&self) -> bool {
        let location = ask!(clang_getCursorLocation(self.raw));
        ask!(clang_Location_isFromMainFile(location)) != 0
    }

    fn included_file(&self) -> Option<String> {
        non_empty(file_name(ask!(clang_getIncludedFile(self.raw))))
    }

    fn is_definition(self) -> bool {
        ask!(clang_isCursorDefinition(self.raw)) != 0
    }

    fn is_inline(self) -> bool {
        ask!(clang_Cursor_isFunctionInlined(self.raw)) != 0
    }

    fn storage(self) -> CX_StorageClass {
        ask!(clang_Cursor_getStorageClass(self.raw))
    }

    fn offset_bits(self) -> u64 {
        u64::try_from(ask!(clang_Cursor_getOffsetOfField(self.raw))).unwrap_or(0)
    }

    fn bit_width(self) -> Option<u32> {
        let is_bit_field = ask!(clang_Cursor_isBitField(self.raw)) != 0;
        u32::try_from(ask!(clang_getFieldDeclBitWidth(self.raw)))
            .ok()
            .filter(|_| is_bit_field)
    }

    fn raw_comment(self) -> Option<String> {
        non_empty(ask!(String: clang_Cursor_getRawCommentText(self.raw)))
    }

    fn directions(self, params: &[RawParam]) -> Vec<Option<Direction>> {
        let mut directions = vec![None; params.len()];
        let comment = ask!(clang_Cursor_getParsedComment(self.raw));
        for number in 0..ask!(clang_Comment_getNumChildren(comment)) {
            let part = ask!(clang_Comment_getChild(comment, number));
            if ask!(clang_Comment_getKind(part)) != CXComment_ParamCommand
                || ask!(clang_ParamCommandComment_isDirectionExplicit(part)) == 0
            {
                continue;
            }
            let name = ask!(String: clang_ParamCommandComment_getParamName(part));
            let param = params
                .iter()
                .position(|param| param.name.as_deref() == Some(name.as_str()));
            if let Some(direction) = param.and_then(|at| directions.get_mut(at)) {
                *direction = match ask!(clang_ParamCommandComment_getDirection(part)) {
                    CXCommentParamPassDirection_In => Some(Direction::In),
                    CXCommentParamPassDirection_Out => Some(Direction::Out),
                    CXCommentParamPassDirection_InOut => Some(Direction::InOut),
                    _ => None,
                };
            }
        }
        directions
    }

    fn pretty(self) -> String {
        let policy = ask!(clang_getCursorPrintingPolicy(self.raw));
        ask!(clang_PrintingPolicy_setProperty(
            policy,
            CXPrintingPolicy_TerseOutput,
            1
        ));
        let text = ask!(String: clang_getCursorPrettyPrinted(self.raw, policy));
        // SAFETY: the policy is ours and is not used any more.
        unsafe { clang_PrintingPolicy_dispose(policy) };
        text
    }

    /// Attributes named `name` written out on this declaration, which clang may have dropped.
    fn source_attributes(self, unit: &Unit<'_>, name: &str) -> Vec<String> {
        let range = ask!(clang_getCursorExtent(self.raw));
        let (file, _, _, offset) =
            place(ask!(clang_getRangeStart(range)), clang_getExpansionLocation);
        let Some(source) = unit
            .text(&file)
            .and_then(|text| text.get(offset as usize..))
        else {
            return Vec::new();
        };
        let text = declaration_text(source);
        if !text.contains(name) {
            return Vec::new();
        }
        let mut texts = printed_attributes(&text.replace("__attribute__ ", "__attribute__"));
        texts.retain(|text| text.starts_with(name));
        texts
    }
}

#[derive(Clone, Copy)]
struct Type<'u> {
    raw: CXType,
    from: Cursor<'u>,
}

impl<'u> Type<'u> {
    fn with(self, raw: CXType) -> Self {
        Self { raw, ..self }
    }

    fn kind(self) -> CXTypeKind {
        self.raw.kind
    }

    fn spelling(self) -> String {
        ask!(String: clang_getTypeSpelling(self.raw))
    }

    fn canonical(self) -> Self {
        self.with(ask!(clang_getCanonicalType(self.raw)))
    }

    fn pointee(self) -> Self {
        self.with(ask!(clang_getPointeeType(self.raw)))
    }

    fn element(self) -> Self {
        self.with(ask!(clang_getArrayElementType(self.raw)))
    }

    fn declaration(self) -> Cursor<'u> {
        self.from.with(ask!(clang_getTypeDeclaration(self.raw)))
    }

    fn is_array(self) -> bool {
        matches!(
            self.canonical().kind(),
            CXType_ConstantArray | CXType_IncompleteArray | CXType_VariableArray
        )
    }

    fn is_const(self) -> bool {
        ask!(clang_isConstQualifiedType(self.raw)) != 0
    }

    fn is_variadic(self) -> bool {
        ask!(clang_isFunctionTypeVariadic(self.raw)) != 0
    }

    fn nullability(self) -> Option<Nullability> {
        match ask!(clang_Type_getNullability(self.raw)) {
            CXTypeNullability_NonNull => Some(Nullability::Nonnull),
            CXTypeNullability_Nullable => Some(Nullability::Nullable),
            CXTypeNullability_Unspecified => Some(Nullability::Unspecified),
            _ => None,
        }
    }

    /// In bytes; nothing for a type without a definition.
    fn size(self) -> Option<u64> {
        u64::try_from(ask!(clang_Type_getSizeOf(self.raw))).ok()
    }

    fn align(self) -> Option<u64> {
        u64::try_from(ask!(clang_Type_getAlignOf(self.raw))).ok()
    }

    /// This type with names and attributes taken off its outside only, so that those of its pointee stay.
    fn without_names(self) -> Self {
        let mut ty = self;
        loop {
            let inner = match ty.kind() {
                CXType_Pointer
                | CXType_ConstantArray
                | CXType_IncompleteArray
                | CXType_VariableArray => return ty,
                CXType_Typedef => ask!(clang_getTypedefDeclUnderlyingType(ty.declaration().raw)),
                CXType_Elaborated => ask!(clang_Type_getNamedType(ty.raw)),
                CXType_Attributed => ask!(clang_Type_getModifiedType(ty.raw)),
                _ => return ty.canonical(),
            };
            if inner.kind == CXType_Invalid {
                return ty.canonical();
            }
            ty = ty.with(inner);
        }
    }

    fn fields(self) -> Vec<Cursor<'u>> {
        extern "C" fn push(cursor: CXCursor, data: CXClientData) -> CXVisitorResult {
            // SAFETY: the data is the vector below, which nothing else uses during the visit.
            unsafe { &mut *data.cast::<Vec<CXCursor>>() }.push(cursor);
            CXVisit_Continue
        }
        let mut fields: Vec<CXCursor> = Vec::new();
        ask!(clang_Type_visitFields(
            self.raw,
            push,
            ptr::from_mut(&mut fields).cast()
        ));
        fields.into_iter().map(|raw| self.from.with(raw)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{bindgen, libclang};

    fn lib() -> Option<Libclang> {
        match libclang::open() {
            Ok(lib) => Some(lib),
            Err(libclang::OpenError::NotFound(_)) => {
                println!("skipped: no libclang");
                None
            }
            Err(error) => panic!("{error}"),
        }
    }

    fn wrapper(text: &str) -> WrapperSource {
        WrapperSource {
            name: "wrapper.h".to_owned(),
            text: text.to_owned(),
        }
    }

    fn read_text(text: &str) -> Option<RawAttrs> {
        let read = read(&wrapper(text), &ClangArgs::default(), &lib()?);
        Some(read.unwrap_or_else(|errors| panic!("{errors:?}")))
    }

    fn func<'r>(read: &'r RawAttrs, name: &str) -> &'r RawFn {
        let mut found = read.functions.iter().filter(|func| func.name == name);
        let func = found
            .next()
            .unwrap_or_else(|| panic!("{name} was not read"));
        assert!(found.next().is_none(), "{name} was read twice");
        func
    }

    fn record<'r>(read: &'r RawAttrs, name: &str) -> &'r RawRecord {
        let names: Vec<_> = read.records.iter().map(|record| &record.name).collect();
        let found = read.records.iter().find(|record| record.name == name);
        found.unwrap_or_else(|| panic!("{name} is not among {names:?}"))
    }

    fn access(mode: AccessMode, pointer: u32, size: impl Into<Option<u32>>) -> RawAttr {
        RawAttr::Access {
            mode,
            pointer,
            size: size.into(),
        }
    }

    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    #[test]
    fn glibc_says_what_gcc_would_hear() {
        let Some(read) = read_text(
            "#define _GNU_SOURCE\n#include <sys/uio.h>\n#include <unistd.h>\n#include <stdio.h>\n#include <stdlib.h>\n\
             #include <string.h>\n#include <sys/socket.h>\n#include <pthread.h>\n",
        ) else {
            return;
        };
        let attrs = |name: &str| func(&read, name).attrs.clone();
        assert!(attrs("readv").contains(&access(AccessMode::ReadOnly, 2, 3)));
        assert!(attrs("writev").contains(&access(AccessMode::ReadOnly, 2, 3)));
        assert!(attrs("read").contains(&access(AccessMode::WriteOnly, 2, 3)));
        assert!(attrs("pread").contains(&access(AccessMode::WriteOnly, 2, 3)));
        assert!(attrs("pthread_setspecific").contains(&access(AccessMode::None, 2, None)));
        let fclose = RawAttr::Dealloc {
            function: "fclose".to_owned(),
            argument: Some(1),
        };
        assert!(attrs("fopen").contains(&fclose) && attrs("fopen").contains(&RawAttr::Malloc));
        assert!(attrs("malloc").contains(&RawAttr::AllocSize(vec![1])));
        assert!(attrs("calloc").contains(&RawAttr::AllocSize(vec![1, 2])));
        assert!(attrs("strdup").contains(&RawAttr::Nonnull(vec![1])));
        assert!(attrs("memcpy").contains(&RawAttr::Nonnull(vec![1, 2])));
        assert!(attrs("abort").contains(&RawAttr::Noreturn));
        assert_eq!(attrs("recvmsg"), []);
        assert_eq!(attrs("getline"), []);
        assert_eq!(func(&read, "memcpy").params[2].ty.spelling, "size_t");
        assert_eq!(func(&read, "memcpy").result.canonical, "void *");
        assert!(func(&read, "printf").variadic && !func(&read, "puts").variadic);
        assert!(
            func(&read, "printf")
                .attrs
                .iter()
                .all(|attr| !matches!(attr, RawAttr::Other(_)))
        );
        let readv = func(&read, "readv");
        assert!(readv.in_main_includes && readv.location.file.ends_with("sys/uio.h"));
        assert_eq!(
            readv.params[1]
                .ty
                .pointee
                .as_ref()
                .map(|ty| ty.spelling.as_str()),
            Some("const struct iovec")
        );
        // Seen only with _GNU_SOURCE, which the wrapper defines after the prelude.
        func(&read, "pwritev2");
        let iovec = record(&read, "iovec");
        assert_eq!((iovec.size, iovec.fields.len()), (16, 2));
        assert!(read.files.iter().any(|file| file.ends_with("sys/cdefs.h")));
        assert!(
            read.files
                .iter()
                .all(|file| file.is_absolute() && file.exists())
        );
        assert_eq!(read.warnings, []);
    }

    #[test]
    fn attributes_are_read_in_every_spelling() {
        let Some(read) = read_text(
            r#"typedef unsigned long size_t;
#define NONNULL(...) __attribute__((__nonnull__(__VA_ARGS__)))
#define COUNTED(n) __attribute__((counted_by(n)))
#define BORROWED __attribute__((noescape))
void all(char *a, char *b) __attribute__((nonnull));
void two(char *a, int b, char *c) NONNULL(1, 3);
void one(char *a __attribute__((nonnull)), char *b);
char *fresh(size_t n, size_t m) __attribute__((returns_nonnull, malloc, alloc_size(1, 2), warn_unused_result));
void keep(int *p __attribute__((noescape)), void (*BORROWED cb)(void *), void *data);
void direct(char *p, int n) __attribute__((access(write_only, 1, 2)));
void under(char *p, int n) __attribute__((__access__(__read_write__, 1, 2), __access__ (none, 1)));
void counted(int n, int *p COUNTED(n * 2), void *q __attribute__((__sized_by__(n))));
void apple(int *COUNTED(n) p, int n);
void string(const char *s) __attribute__((null_terminated_string_arg(1)));
void *closed(void) __attribute__((__malloc__(all, 1)));
void call(void (*cb)(void *, int), void *data) __attribute__((callback(1, 2, __)));
int print(const char *f, ...) __attribute__((format(printf, 1, 2), deprecated("use \"x()\", not y)(")));
void gone(void) __attribute__((noreturn));
_Noreturn void gone11(void);
void noted(void) __attribute__((annotate("mine, (odd"), annotate("two"), visibility("default")));
void plain(char *p);
int renamed(void) __asm__("other_name");
int access(const char *name, int mode);
#if !__has_attribute(nonnull)
#error __has_attribute must go on working
#endif
"#,
        ) else {
            return;
        };
        let attrs = |name: &str| func(&read, name).attrs.clone();
        let param = |name: &str, number: usize| func(&read, name).params[number].attrs.clone();
        assert_eq!(attrs("all"), [RawAttr::Nonnull(vec![])]);
        assert_eq!(attrs("two"), [RawAttr::Nonnull(vec![1, 3])]);
        assert_eq!(
            (attrs("one"), param("one", 0), param("one", 1)),
            (vec![], vec![RawAttr::Nonnull(vec![])], vec![])
        );
        for attr in [
            RawAttr::ReturnsNonnull,
            RawAttr::Malloc,
            RawAttr::AllocSize(vec![1, 2]),
            RawAttr::WarnUnusedResult,
        ] {
            assert_eq!(
                attrs("fresh")
                    .iter()
                    .filter(|found| **found == attr)
                    .count(),
                1,
                "{attr:?}"
            );
        }
        assert_eq!(
            (param("keep", 0), param("keep", 2)),
            (vec![RawAttr::Noescape], vec![])
        );
        assert!(
            func(&read, "keep").params[0].ty.noescape && func(&read, "keep").params[1].ty.noescape
        );
        assert_eq!(
            func(&read, "keep").params[1].ty.kind,
            RawTypeKind::FunctionPointer
        );
        assert_eq!(attrs("direct"), [access(AccessMode::WriteOnly, 1, 2)]);
        assert_eq!(
            attrs("under"),
            [
                access(AccessMode::ReadWrite, 1, 2),
                access(AccessMode::None, 1, None)
            ]
        );
        assert_eq!(
            param("counted", 1),
            [RawAttr::CountedBy("n * 2".to_owned())]
        );
        assert_eq!(param("counted", 2), [RawAttr::SizedBy("n".to_owned())]);
        assert_eq!(param("apple", 0), [RawAttr::CountedBy("n".to_owned())]);
        assert_eq!(attrs("string"), [RawAttr::NullTerminatedStringArg(Some(1))]);
        assert_eq!(
            attrs("closed"),
            [RawAttr::Dealloc {
                function: "all".to_owned(),
                argument: Some(1)
            }]
        );
        assert_eq!(attrs("call"), [RawAttr::Callback(vec![1, 2, -1])]);
        assert_eq!(
            attrs("print"),
            [
                RawAttr::Format("printf, 1, 2".to_owned()),
                RawAttr::Deprecated
            ]
        );
        assert_eq!(attrs("gone"), [RawAttr::Noreturn]);
        assert_eq!(attrs("gone11"), [RawAttr::Noreturn]);
        let notes = ["mine, (odd", "two"].map(|text| RawAttr::Annotate(text.to_owned()));
        assert!(
            notes.iter().all(|note| attrs("noted").contains(note)),
            "{:?}",
            attrs("noted")
        );
        assert_eq!(attrs("plain"), []);
        assert_eq!(
            attrs("renamed"),
            [RawAttr::Other("asm(\"other_name\")".to_owned())]
        );
        assert_eq!(func(&read, "access").params.len(), 2);
    }

    #[test]
    fn types_keep_nullability_bounds_and_layout() {
        let Some(read) = read_text(
            r#"typedef struct node node;
typedef struct { int x; } point;
typedef int vec4[4];
enum color { RED };
struct opaque;
void arrays(int n, int a[static 4], int b[4], int c[n], int d[], vec4 e, int f[const static 2][3]);
node * _Nullable find(node * _Nonnull * _Nullable all, const char * _Nonnull name);
_Bool sorts(unsigned char u, long long l, double d, enum color e, point p, struct opaque *o, const int k,
            int (*f)(int), void *v, int g(void), signed char s);
struct node { struct node *next; unsigned a : 3, : 5, b : 8; union { int i; float f; };
              struct inner { char c; } in; int count; char tail[]; };
union either { char c[3]; long l; };
struct kept { int n; int *p __attribute__((counted_by(n))); };
int old();
int printf(const char *, ...);
static inline int twice(int x) { return 2 * x; }
inline int maybe(int x) { return x; }
#pragma clang assume_nonnull begin
void assumed(char *p);
#pragma clang assume_nonnull end
"#,
        ) else {
            return;
        };
        let params = |name: &str| &func(&read, name).params;
        let bounds: Vec<_> = params("arrays")
            .iter()
            .map(|param| param.array.clone())
            .collect();
        use ArrayBound::{Fixed, Incomplete, Static, Variable};
        let variable = Variable("n".to_owned());
        assert_eq!(
            bounds,
            [
                None,
                Some(Static(4)),
                Some(Fixed(4)),
                Some(variable),
                Some(Incomplete),
                Some(Fixed(4)),
                Some(Static(2))
            ]
        );
        assert!(
            params("arrays")[1..]
                .iter()
                .all(|param| param.ty.kind == RawTypeKind::Array)
        );

        let find = func(&read, "find");
        assert_eq!(find.result.nullability, Some(Nullability::Nullable));
        assert_eq!(find.params[0].ty.nullability, Some(Nullability::Nullable));
        let inner = find.params[0]
            .ty
            .pointee
            .as_ref()
            .and_then(|ty| ty.nullability);
        assert_eq!(inner, Some(Nullability::Nonnull));
        assert_eq!(find.params[1].ty.nullability, Some(Nullability::Nonnull));
        assert!(
            find.params[1]
                .ty
                .pointee
                .as_ref()
                .is_some_and(|ty| ty.is_const)
        );
        assert_eq!(
            params("assumed")[0].ty.nullability,
            Some(Nullability::Nonnull)
        );
        assert_eq!(read.warnings, []);

        let int = |bits, signed| RawTypeKind::Int { bits, signed };
        let kinds: Vec<_> = params("sorts")
            .iter()
            .map(|param| param.ty.kind.clone())
            .collect();
        let expected = [
            int(8, false),
            int(64, true),
            RawTypeKind::Float,
            RawTypeKind::Enum,
            RawTypeKind::Record {
                name: "point".to_owned(),
            },
            RawTypeKind::Pointer,
            int(32, true),
            RawTypeKind::FunctionPointer,
            RawTypeKind::Pointer,
            RawTypeKind::FunctionPointer,
            int(8, true),
        ];
        assert_eq!(kinds, expected);
        assert_eq!(func(&read, "sorts").result.kind, RawTypeKind::Bool);
        assert!(params("sorts")[6].ty.is_const);
        assert!(
            params("sorts")[5]
                .ty
                .pointee
                .as_ref()
                .is_some_and(|ty| ty.incomplete)
        );
        assert!(!record(&read, "opaque").complete);

        let node = record(&read, "node");
        let fields: Vec<_> = node
            .fields
            .iter()
            .map(|field| {
                (
                    field.name.as_deref(),
                    field.offset_bits,
                    field.bit_width,
                    field.flexible_array,
                )
            })
            .collect();
        let expected = [
            (Some("next"), 0, None, false),
            (Some("a"), 64, Some(3), false),
            (None, 67, Some(5), false),
            (Some("b"), 72, Some(8), false),
            (None, 96, None, false),
            (Some("in"), 128, None, false),
            (Some("count"), 160, None, false),
            (Some("tail"), 192, None, true),
        ];
        assert_eq!(fields, expected);
        assert_eq!(
            (node.kind, node.complete, node.size, node.align),
            (RecordKind::Struct, true, 24, 8)
        );
        assert_eq!(
            node.fields[4].ty.kind,
            RawTypeKind::Record {
                name: "node::anonymous_1".to_owned()
            }
        );
        assert_eq!(record(&read, "node::anonymous_1").kind, RecordKind::Union);
        assert_eq!(record(&read, "inner").size, 1);
        assert_eq!(record(&read, "point").fields.len(), 1);
        let either = record(&read, "either");
        assert_eq!((either.kind, either.size), (RecordKind::Union, 8));
        assert!(
            either
                .fields
                .iter()
                .all(|field| field.offset_bits == 0 && !field.flexible_array)
        );
        assert_eq!(
            record(&read, "kept").fields[1].attrs,
            [RawAttr::CountedBy("n".to_owned())]
        );

        assert!(func(&read, "printf").variadic);
        let old = func(&read, "old");
        assert!(old.no_prototype && !old.variadic);
        let twice = func(&read, "twice");
        assert_eq!(
            (twice.linkage, twice.defined),
            (RawLinkage::StaticInline, true)
        );
        assert_eq!(func(&read, "maybe").linkage, RawLinkage::Inline);
        assert_eq!((old.linkage, old.defined), (RawLinkage::External, false));
    }

    #[test]
    fn comments_lose_their_markers_and_keep_their_directions() {
        let Some(read) = read_text(
            r#"
/** Fills a buffer.
 *
 *  \param[out] buf where to
 *  @param[in] n how much
 *  @param[in,out] state kept
 *  @param flags no direction
 */
int fill(char *buf, int n, void *state, int flags);

/* An ordinary comment. */
int ordinary(void);

/// First line.
/// Second line.
int slashes(void);

int bare(void);

/** A pair. */
struct pair {
    int a; /**< the first */
    int b;
};
int fill(char *, int, void *, int) __attribute__((nonnull(1)));
"#,
        ) else {
            return;
        };
        let fill = func(&read, "fill");
        assert!(
            fill.comment
                .as_ref()
                .is_some_and(|text| text.starts_with("Fills a buffer.\n\n")),
            "{fill:?}"
        );
        assert_eq!(
            fill.param_directions,
            [
                Some(Direction::Out),
                Some(Direction::In),
                Some(Direction::InOut),
                None
            ]
        );
        assert_eq!(fill.attrs, [RawAttr::Nonnull(vec![1])]);
        assert_eq!(fill.params[0].name.as_deref(), Some("buf"));
        assert_eq!((fill.location.line, fill.location.column), (9, 5));
        assert_eq!(
            func(&read, "ordinary").comment.as_deref(),
            Some("An ordinary comment.")
        );
        assert_eq!(
            func(&read, "slashes").comment.as_deref(),
            Some("First line.\nSecond line.")
        );
        assert_eq!(func(&read, "bare").comment, None);
        let pair = record(&read, "pair");
        assert_eq!(pair.comment.as_deref(), Some("A pair."));
        assert_eq!(pair.fields[0].comment.as_deref(), Some("the first"));
        assert_eq!(pair.fields[1].comment, None);
    }

    #[test]
    fn errors_are_told_with_their_place() {
        let Some(lib) = lib() else { return };
        let errors = |text: &str, args: &[&str]| {
            let args = ClangArgs {
                args: args.iter().map(|arg| (*arg).to_owned()).collect(),
            };
            let error = bindgen::read(&wrapper(text), &args, &lib, &bindgen::Select::default());
            assert!(error.is_err(), "bindgen read {text}");
            read(&wrapper(text), &args, &lib).expect_err("the text has an error")
        };
        let two = errors(
            "int a(void);\nint b(unknown_t x);\nint c(void)\nint d(void);\n",
            &[],
        );
        assert_eq!(
            two.iter().map(|error| error.line).collect::<Vec<_>>(),
            [2, 3]
        );
        assert!(two[0].message.contains("unknown_t") && two[0].severity == Severity::Error);
        assert!(
            two[0]
                .file
                .as_ref()
                .is_some_and(|file| file.ends_with("wrapper.h"))
        );
        let missing = errors("\n#include <no/such/header.h>\n", &[]);
        assert_eq!(
            (missing.len(), missing[0].severity, missing[0].line),
            (1, Severity::Fatal, 2)
        );
        assert!(
            missing[0]
                .to_string()
                .contains("wrapper.h:2:10: fatal error: 'no/such/header.h' file not found")
        );
        assert!(!errors("", &["-no-such-flag"]).is_empty());
    }

    #[test]
    fn headers_named_by_the_wrapper_differ_from_those_below() {
        let Some(lib) = lib() else { return };
        let dir = std::env::temp_dir().join(format!("pinned-ffi-headers-{}", std::process::id()));
        std::fs::create_dir_all(&dir).expect("the temporary directory can be written");
        for (name, text) in [
            ("below.h", "#pragma once\nint below(void);\n"),
            ("twice.h", "#pragma once\nint both(void);\n"),
            (
                "top.h",
                "#define _GNU_SOURCE\n#include \"below.h\"\n#include \"twice.h\"\nint top(void);\n",
            ),
        ] {
            std::fs::write(dir.join(name), text).expect("the directory was just made");
        }
        let args = ClangArgs {
            args: vec![format!("-I{}", dir.display())],
        };
        let read = read(
            &wrapper("#include <top.h>\n#include <twice.h>\nint own(void);\n"),
            &args,
            &lib,
        );
        let read = read.expect("the headers are right");
        let direct: Vec<_> = read
            .functions
            .iter()
            .map(|func| (func.name.as_str(), func.in_main_includes))
            .collect();
        assert_eq!(
            direct,
            [
                ("below", false),
                ("both", true),
                ("top", true),
                ("own", true)
            ]
        );
        let names: Vec<_> = read
            .files
            .iter()
            .filter_map(|file| file.file_name())
            .collect();
        assert_eq!(names, ["below.h", "top.h", "twice.h"]);
        std::fs::remove_dir_all(&dir).expect("the directory was just made");
    }

    #[test]
    fn bindgen_reads_the_same_with_the_same_library_on_any_thread() {
        let Some(lib) = lib() else { return };
        let text = "#include <stddef.h>\n/** Says. */\nsize_t says(const char *words);\nstruct gone { int i; };\n";
        let select = bindgen::Select {
            functions: Some("says".to_owned()),
            ..bindgen::Select::default()
        };
        let run = || {
            let file = bindgen::read(&wrapper(text), &ClangArgs::default(), &lib, &select)
                .expect("the text is right");
            let read =
                read(&wrapper(text), &ClangArgs::default(), &lib).expect("the text is right");
            assert!(
                get_library().is_none(),
                "the thread is left as it was found"
            );
            (format!("{:?}", file.items), read)
        };
        let here = run();
        assert!(here.0.contains("says") && here.0.contains("Says.") && !here.0.contains("gone"));
        assert!(!here.0.contains("wrapper.h") && !here.0.contains("0.73"));
        std::thread::scope(|scope| {
            for thread in [scope.spawn(run), scope.spawn(run)] {
                assert_eq!(thread.join().expect("the thread does not panic"), here);
            }
        });
    }

    #[test]
    fn texts_are_taken_apart_with_care() {
        assert_eq!(
            printed_attributes(
                "int f(int *p __attribute__((noescape))) __attribute__((a(\"),(\"), b)) [[gnu::c(1)]]"
            ),
            ["a(\"),(\")", "b", "gnu::c(1)"]
        );
        assert_eq!(
            printed_attributes("__attribute__((unclosed(1"),
            ["unclosed(1"]
        );
        assert_eq!(
            attribute("gnu::__nonnull__ (1, 2)", Counting::Source),
            Some(RawAttr::Nonnull(vec![1, 2]))
        );
        assert_eq!(
            attribute("access(sideways, 1)", Counting::Source),
            Some(RawAttr::Other("access(sideways, 1)".into()))
        );
        assert_eq!(
            marked("counted_by", "(a + b)"),
            RawAttr::CountedBy("(a + b)".to_owned())
        );
        assert_eq!(
            marked("access", "(__read_only__, 1)"),
            access(AccessMode::ReadOnly, 1, None)
        );
        assert_eq!(
            declaration_text("int f(void) /* ; */ // {\n;rest").trim(),
            "int f(void)"
        );
        assert_eq!(
            array_bound_of("int[restrict static n + 1][2]"),
            Some(ArrayBound::Variable("n + 1".to_owned()))
        );
        for (raw, clean) in [
            ("/* a */", "a"),
            ("/** a\n *  b\n **/", "a\n b"),
            ("//! a\n//! b", "a\nb"),
            ("/*****\n * a\n *****/", "a"),
            ("/**/", ""),
        ] {
            assert_eq!(clean_comment(raw), clean, "{raw}");
        }
    }
}
