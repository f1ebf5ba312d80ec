//! The table of diagnostics: each code with its title. Codes are stable; a removed one is never used again.

/// What a diagnostic is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Code {
    /// `PB001` and so on.
    pub id: &'static str,
    /// The kind of mistake, in a few words.
    pub title: &'static str,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $id:literal, $title:literal;)*) => {
        $($(#[$doc])* pub const $name: Code = Code { id: $id, title: $title };)*
        /// All codes, in order.
        pub const ALL: &[Code] = &[$($name),*];
    };
}

codes! {
    /// An attribute that is no contract.
    UNKNOWN_ATTRIBUTE = "PB001", "unknown contract attribute";
    /// An attribute whose arguments cannot be read.
    MALFORMED = "PB002", "malformed contract";
    /// A contract names a parameter or field that does not exist.
    UNKNOWN_NAME = "PB003", "unknown name in a contract";
    /// Two facts that cannot both hold.
    CONTRADICTION = "PB004", "contradicting contract";
    /// `safe fn` where a pointer's contract leaves something open.
    INCOMPLETE = "PB005", "incomplete contract";
    /// A variadic function cannot have a wrapper.
    VARIADIC = "PB006", "variadic function";
    /// The attribute stands on an item it cannot work on.
    WRONG_ITEM = "PB007", "wrong item";
    /// The same function twice.
    DUPLICATE = "PB008", "declared twice";
    /// No idiomatic form for this type.
    NO_IDIOM = "PB009", "no idiomatic form";
    /// A name asked for that no header declares.
    NOT_DECLARED = "PB010", "not declared";
    /// The C compiler refuses the header.
    C_ERROR = "PB011", "C error";
    /// libclang is missing or does not work.
    NO_LIBCLANG = "PB012", "libclang is missing";
    /// An option of the attribute or the builder that cannot be read.
    BAD_OPTION = "PB013", "bad option";
    /// A contract on something that is not a pointer.
    NOT_A_POINTER = "PB014", "not a pointer";
    /// A file cannot be read or written.
    FILE = "PB015", "file";
    /// A contract file that is no TOML, or not of this schema.
    CONTRACT_FILE = "PB016", "contract file";
    /// An introspection file that cannot be read, or has nothing to say of these headers.
    INTROSPECTION = "PB017", "introspection file";
    /// A typed form that its function cannot be called by.
    FORM = "PB018", "typed form";
    /// A function asked for through a C file that cannot be made so.
    SHIM = "PB019", "shim";
    /// A file of what was learned has a line that no program writes.
    LEARNED_FILE = "PB020", "learned file";
    /// An exported function has a type that C does not have.
    NO_C_TYPE = "PB030", "no type of C's";
}
