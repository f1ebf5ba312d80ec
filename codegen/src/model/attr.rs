//! What a header says by attributes: Clang's, GCC's, glibc's, in one vocabulary. Parameters count from 0.

/// One attribute of a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HeaderAttr {
    /// The parameter is never null.
    Nonnull(usize),
    /// The parameter may be null (`_Nullable`).
    Nullable(usize),
    /// All pointer parameters are never null.
    NonnullAll,
    /// The result is never null.
    ReturnsNonnull,
    /// The result may be null (`_Nullable`).
    ReturnsNullable,
    /// The result has that many elements, as an expression in C.
    ReturnsCountedBy(String),
    /// The result has that many bytes, as an expression in C.
    ReturnsSizedBy(String),
    /// The result has as many bytes as the product of these parameters says.
    AllocSize(Vec<usize>),
    /// The result must not be ignored.
    MustUse,
    /// A parameter that is called back, and what it gets handed: parameters, where that is known.
    Callback(usize, Vec<Option<usize>>),
    /// The parameter is not kept after the call.
    Noescape(usize),
    /// GCC's `access`: how the memory is used, and the parameter that counts its elements.
    Access {
        /// Who writes.
        mode: Access,
        /// The pointer.
        pointer: usize,
        /// The count of elements (bytes for `void *`).
        size: Option<usize>,
    },
    /// `counted_by`: elements, as an expression in C.
    CountedBy(usize, String),
    /// `sized_by`: bytes, as an expression in C.
    SizedBy(usize, String),
    /// The parameter is a C string.
    NullTerminated(usize),
    /// `a[static n]`: at least that many elements, as an expression in C.
    AtLeast(usize, String),
    /// `a[]`, `a[4]`, `a[n]`: an array by its notation, and how many elements that names, as an expression in C.
    Array(usize, Option<String>),
    /// Doxygen's `[in]`, `[out]`, `[in,out]`.
    Documented(usize, Access),
    /// The result is fresh memory, freed by that function if named.
    Malloc(Option<String>),
}

impl HeaderAttr {
    /// The expression in it.
    pub fn expression_mut(&mut self) -> Option<&mut String> {
        match self {
            Self::CountedBy(_, text)
            | Self::SizedBy(_, text)
            | Self::AtLeast(_, text)
            | Self::ReturnsCountedBy(text)
            | Self::ReturnsSizedBy(text) => Some(text),
            Self::Array(_, text) => text.as_mut(),
            _ => None,
        }
    }
}

/// One attribute of a member of a structure; expressions name members beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldAttr {
    /// Never null.
    Nonnull,
    /// May be null.
    Nullable,
    /// `counted_by`: elements; on a pointer, or on an array without length.
    CountedBy(String),
    /// `sized_by`: bytes.
    SizedBy(String),
    /// A C string.
    NullTerminated,
}

/// How memory is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Only read.
    Read,
    /// Only written.
    Write,
    /// Both.
    ReadWrite,
    /// Neither.
    None,
}
