//! Decides what a reading gives: [`RawAttrs`] and its parts, plain values without a trace of libclang.

use std::path::PathBuf;

use super::diagnostics::ClangDiagnostic;

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
    /// The one word of a comment behind its type: `int /* count */`.
    pub commented: Option<String>,
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
    /// `a[static n]`: the same, as the text of an expression.
    StaticVariable(String),
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
    /// The same as `CountedBy`, and null whatever the number says.
    CountedByOrNull(String),
    /// The same as `SizedBy`, and null whatever the number says.
    SizedByOrNull(String),
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
    /// The header as its first `#include` names it, or its file name where that is a path: the same on every machine.
    pub header: String,
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
    /// How C code names it, such as `struct iovec`; nothing for one without a name.
    pub c_name: Option<String>,
    /// Struct or union.
    pub kind: RecordKind,
    /// Whether it is defined; if not, there are no fields, size or alignment.
    pub complete: bool,
    /// Whether it is a union that is passed as its first member is (`transparent_union`).
    pub transparent: bool,
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
