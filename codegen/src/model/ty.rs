//! The shape of a type, as far as contracts depend on it.

/// A type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ty {
    /// `void`
    Void,
    /// A number or an enumeration: no pointer inside.
    Number,
    /// `bool`: a byte of which most values are none.
    Bool,
    /// Rust's `char`: a number of which some values are none.
    Unicode,
    /// C's `char`.
    Char,
    /// One byte, `unsigned char` and its like.
    Byte,
    /// A pointer to data.
    Pointer(Pointer),
    /// A pointer to a function, nullable or not.
    FnPointer,
    /// That many of one type.
    Array(Box<Ty>, Option<usize>),
    /// A record, an alias, or a name nothing is known of.
    Named(String),
    /// Anything else.
    Other,
}

/// A pointer to data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pointer {
    /// How it is spelt in Rust.
    pub kind: PointerKind,
    /// Whether the type lets C write.
    pub is_mut: bool,
    /// What it points to.
    pub pointee: Box<Ty>,
}

/// How a pointer is spelt in Rust.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PointerKind {
    /// `*const T`, `*mut T`
    Raw,
    /// `&T`, `&mut T`, `NonNull<T>`: never null.
    NonNull,
    /// The same in an `Option`.
    Nullable,
}

impl Ty {
    /// The pointer, where it is one.
    pub fn as_pointer(&self) -> Option<&Pointer> {
        match self {
            Ty::Pointer(pointer) => Some(pointer),
            _ => None,
        }
    }
}
