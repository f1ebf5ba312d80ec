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
    /// `a[static n]`: at least that many elements.
    AtLeast(usize, u64),
    /// Doxygen's `[in]`, `[out]`, `[in,out]`.
    Documented(usize, Access),
    /// The result is fresh memory, freed by that function if named.
    Malloc(Option<String>),
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
