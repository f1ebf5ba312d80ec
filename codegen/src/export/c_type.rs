//! Types of Rust in C's words, and which have none.

use crate::diag::{Diagnostic, Place, codes};
use quote::ToTokens;
use syn::spanned::Spanned;

/// A type of C.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CType {
    /// `void`
    Void,
    /// A number, as C spells it.
    Number(&'static str),
    /// A name from elsewhere: a structure, a union, an alias.
    Named(String),
    /// A pointer to data.
    Pointer {
        /// To what.
        to: Box<CType>,
        /// Whether it is a pointer to const.
        is_const: bool,
    },
    /// That many of one type, in a structure.
    Array(Box<CType>, String),
    /// A pointer to a function.
    Function {
        /// What it takes.
        params: Vec<CType>,
        /// What it gives.
        result: Box<CType>,
    },
}

/// Why a type has no counterpart in C.
#[derive(Debug)]
pub struct NoCType {
    span: proc_macro2::Span,
    spelt: String,
    why: &'static str,
    help: String,
}

impl NoCType {
    fn new(ty: &syn::Type, why: &'static str, help: impl Into<String>) -> Box<Self> {
        Box::new(Self { span: ty.span(), spelt: spell(ty), why, help: help.into() })
    }

    /// As a diagnostic; `what` is a parameter or a result.
    pub(super) fn told(self, what: &str) -> Diagnostic {
        let message = format!("no {what} of C's can be `{}`: {}", self.spelt, self.why);
        Diagnostic::new(codes::NO_C_TYPE, Place::Token(self.span), message).help(self.help)
    }
}

type Result<T> = std::result::Result<T, Box<NoCType>>;

impl CType {
    /// The type of a parameter, which must be able to hold whatever C passes.
    ///
    /// # Errors
    ///
    /// As [`CType::of`]; and types that are never null.
    pub fn of_param(ty: &syn::Type) -> Result<Self> {
        const NULL: &str = "C may pass null, which it cannot be";
        match bare(ty) {
            syn::Type::Reference(reference) if !is_fat(&reference.elem) => {
                let word = if reference.mutability.is_some() { "mut" } else { "const" };
                let help = format!("take `*{word} {}`, and say `#[nonnull]`", spell(&reference.elem));
                Err(NoCType::new(ty, NULL, help))
            }
            syn::Type::FnPtr(_) => Err(NoCType::new(ty, NULL, format!("take `Option<{}>`", spell(ty)))),
            syn::Type::Path(path) if last_is(path, "NonNull") => {
                let help = format!("take `Option<{}>`, or a raw pointer with `#[nonnull]`", spell(ty));
                Err(NoCType::new(ty, NULL, help))
            }
            ty => Self::of(ty),
        }
    }

    /// The type of a result.
    ///
    /// # Errors
    ///
    /// As [`CType::of`].
    pub fn of_result(ty: &syn::Type) -> Result<Self> {
        match bare(ty) {
            syn::Type::Tuple(tuple) if tuple.elems.is_empty() => Ok(Self::Void),
            syn::Type::Never(_) => Ok(Self::Void),
            ty => Self::of(ty),
        }
    }

    /// The type of a value, by its spelling.
    ///
    /// # Errors
    ///
    /// What C has no word for.
    pub fn of(ty: &syn::Type) -> Result<Self> {
        match bare(ty) {
            syn::Type::Ptr(pointer) => {
                let is_const = matches!(pointer.mutability, syn::PointerMutability::Const(_));
                Self::pointer(ty, &pointer.elem, is_const)
            }
            syn::Type::Reference(reference) => Self::pointer(ty, &reference.elem, reference.mutability.is_none()),
            syn::Type::FnPtr(function) => Self::function(ty, function),
            syn::Type::Path(path) if path.qself.is_none() => Self::named(ty, path),
            syn::Type::Array(array) => Err(NoCType::new(
                ty,
                "C passes arrays by their address",
                format!("take `*const {}` with `#[counted_by(…)]`, or a `#[repr(C)]` structure", spell(&array.elem)),
            )),
            syn::Type::Tuple(_) => Err(NoCType::new(
                ty,
                "the layout of a tuple is Rust's own",
                "write a `#[repr(C)]` structure with its parts",
            )),
            _ => Err(NoCType::new(
                ty,
                "C has nothing like it",
                "take numbers, raw pointers, and `#[repr(C)]` structures",
            )),
        }
    }

    /// The type of a structure's field, where arrays have their place.
    ///
    /// # Errors
    ///
    /// As [`CType::of`].
    pub fn of_field(ty: &syn::Type) -> Result<Self> {
        match bare(ty) {
            syn::Type::Array(array) => {
                Ok(Self::Array(Box::new(Self::of_field(&array.elem)?), array.len.to_token_stream().to_string()))
            }
            ty => Self::of(ty),
        }
    }

    fn pointer(whole: &syn::Type, to: &syn::Type, is_const: bool) -> Result<Self> {
        if is_fat(to) {
            let help = "take a pointer to the first element and a length, with `#[counted_by(…)]`";
            return Err(NoCType::new(whole, "it is a pointer with a length, and C's have none", help));
        }
        // What is behind it may be Rust's own: then C knows no more of it than its name.
        let to = match (Self::of_field(to), bare(to)) {
            (Ok(to), _) => to,
            (Err(_), syn::Type::Path(path)) => match path.path.segments.last() {
                Some(last) if last.arguments.is_none() => Self::Named(last.ident.to_string()),
                _ => Self::Void,
            },
            (Err(_), _) => Self::Void,
        };
        Ok(Self::Pointer { to: Box::new(to), is_const })
    }

    fn function(ty: &syn::Type, function: &syn::TypeFnPtr) -> Result<Self> {
        let abi = function.abi.as_ref().map(|abi| abi.name.as_ref().map_or_else(|| "C".to_owned(), syn::LitStr::value));
        if !abi.is_some_and(|abi| abi == "C" || abi == "C-unwind") || function.variadic.is_some() {
            return Err(NoCType::new(ty, "its ABI is not C's", "write `unsafe extern \"C\" fn(…)`"));
        }
        let params = function.inputs.iter().map(|input| Self::of(&input.ty)).collect::<Result<_>>()?;
        let result = match &function.output {
            syn::ReturnType::Default => Self::Void,
            syn::ReturnType::Type(_, ty) => Self::of_result(ty)?,
        };
        Ok(Self::Function { params, result: Box::new(result) })
    }

    fn named(ty: &syn::Type, path: &syn::TypePath) -> Result<Self> {
        let Some(last) = path.path.segments.last() else { return Ok(Self::Void) };
        let name = last.ident.to_string();
        let argument = match &last.arguments {
            syn::PathArguments::None => None,
            syn::PathArguments::AngleBracketed(list) => match (list.args.len(), list.args.first()) {
                (1, Some(syn::GenericArgument::Type(inner))) => Some(inner),
                _ => None,
            },
            _ => None,
        };
        match (name.as_str(), argument) {
            ("Option", Some(inner)) if may_be_absent(inner) => Self::of(inner),
            ("NonNull", Some(inner)) => Self::pointer(ty, inner, false),
            ("Box", Some(inner)) => {
                let help = format!(
                    "take or give `*mut {}`, made by `Box::into_raw`; of a result say `#[returns(owned, free = …)]`",
                    spell(inner)
                );
                Err(NoCType::new(ty, "C cannot drop it", help))
            }
            ("String" | "str" | "CString" | "OsString" | "PathBuf", None) => Err(NoCType::new(
                ty,
                "its layout is Rust's own",
                "take `*const c_char` with `#[null_terminated]`; give what `CString::into_raw` gives, with \
                 `#[returns(owned, free = …)]`",
            )),
            ("char", None) => Err(NoCType::new(
                ty,
                "C may pass any number, and not each is a `char`",
                "take `u32` and `char::from_u32`",
            )),
            ("u128" | "i128", None) => Err(NoCType::new(ty, "ISO C has no number of 128 bits", "pass two of 64")),
            (_, None) if last.arguments.is_none() => Ok(number(&name).unwrap_or_else(|| Self::Named(name.clone()))),
            _ => Err(NoCType::new(
                ty,
                "its layout is Rust's own",
                "give a raw pointer to it, or its parts in a `#[repr(C)]` structure",
            )),
        }
    }

    /// The declaration of `name` as this type: `const char *name`, `void (*name)(int)`.
    pub fn declare(&self, name: &str) -> String {
        let spaced = |word: &str| if name.is_empty() { word.to_owned() } else { format!("{word} {name}") };
        match self {
            Self::Void => spaced("void"),
            Self::Number(word) => spaced(word),
            Self::Named(word) => spaced(word),
            Self::Pointer { to, is_const } => match &**to {
                Self::Array(..) | Self::Function { .. } => to.declare(&format!("(*{name})")),
                // `const` of a pointer stands behind its star.
                Self::Pointer { .. } if *is_const => to.declare(&format!("const *{name}")),
                plain => format!("{}{}", if *is_const { "const " } else { "" }, plain.declare(&format!("*{name}"))),
            },
            Self::Array(of, length) => of.declare(&format!("{name}[{length}]")),
            Self::Function { params, result } => {
                let params: Vec<String> = params.iter().map(|param| param.declare("")).collect();
                let params = if params.is_empty() { "void".to_owned() } else { params.join(", ") };
                result.declare(&format!("(*{name})({params})"))
            }
        }
    }

    /// Every name in it, and whether the whole type must be known, not only that there is one.
    pub fn names<'a>(&'a self, needs_whole: bool, visit: &mut impl FnMut(&'a str, bool)) {
        match self {
            Self::Void | Self::Number(_) => {}
            Self::Named(name) => visit(name, needs_whole),
            Self::Pointer { to, .. } => to.names(matches!(**to, Self::Array(..)), visit),
            Self::Array(of, _) => of.names(needs_whole, visit),
            Self::Function { params, result } => {
                params.iter().for_each(|param| param.names(false, visit));
                result.names(false, visit);
            }
        }
    }
}

/// Numbers that both languages know under these names.
fn number(name: &str) -> Option<CType> {
    const NUMBERS: &[(&str, &str)] = &[
        ("u8", "uint8_t"),
        ("i8", "int8_t"),
        ("u16", "uint16_t"),
        ("i16", "int16_t"),
        ("u32", "uint32_t"),
        ("i32", "int32_t"),
        ("u64", "uint64_t"),
        ("i64", "int64_t"),
        ("usize", "size_t"),
        ("isize", "intptr_t"),
        ("f32", "float"),
        ("f64", "double"),
        ("bool", "bool"),
        ("c_char", "char"),
        ("c_schar", "signed char"),
        ("c_uchar", "unsigned char"),
        ("c_short", "short"),
        ("c_ushort", "unsigned short"),
        ("c_int", "int"),
        ("c_uint", "unsigned int"),
        ("c_long", "long"),
        ("c_ulong", "unsigned long"),
        ("c_longlong", "long long"),
        ("c_ulonglong", "unsigned long long"),
        ("c_float", "float"),
        ("c_double", "double"),
        ("size_t", "size_t"),
        ("ssize_t", "ssize_t"),
        ("off_t", "off_t"),
        ("pid_t", "pid_t"),
        ("uid_t", "uid_t"),
        ("gid_t", "gid_t"),
        ("mode_t", "mode_t"),
    ];
    if name == "c_void" {
        return Some(CType::Void);
    }
    NUMBERS.iter().find(|(rust, _)| *rust == name).map(|(_, c)| CType::Number(c))
}

/// Whether an `Option` of it is a pointer that may be null.
fn may_be_absent(inner: &syn::Type) -> bool {
    match bare(inner) {
        syn::Type::FnPtr(_) | syn::Type::Reference(_) => true,
        syn::Type::Path(path) => last_is(path, "NonNull"),
        _ => false,
    }
}

fn last_is(path: &syn::TypePath, name: &str) -> bool {
    path.path.segments.last().is_some_and(|last| last.ident == name)
}

/// Whether a pointer to it has more than an address.
fn is_fat(to: &syn::Type) -> bool {
    match bare(to) {
        syn::Type::Slice(_) | syn::Type::TraitObject(_) => true,
        syn::Type::Path(path) => last_is(path, "str") || last_is(path, "CStr") || last_is(path, "Path"),
        _ => false,
    }
}

fn bare(ty: &syn::Type) -> &syn::Type {
    match ty {
        syn::Type::Paren(inner) => bare(&inner.elem),
        syn::Type::Group(inner) => bare(&inner.elem),
        ty => ty,
    }
}

/// The type as people write it.
fn spell(ty: &syn::Type) -> String {
    let text = ty.to_token_stream().to_string();
    let text =
        ["< ", " <", " >", " ::", ":: ", "& ", " ,"].iter().fold(text, |text, apart| text.replace(apart, apart.trim()));
    text.replace("* const", "*const").replace("* mut", "*mut").replace(" (", "(").replace("( ", "(").replace(" )", ")")
}

#[cfg(test)]
mod tests {
    use super::CType;

    fn declared(ty: &str) -> String {
        let ty = syn::parse_str(ty).expect("a type");
        match CType::of_param(&ty) {
            Ok(ty) => ty.declare("x"),
            Err(why) => why.told("parameter").message,
        }
    }

    #[test]
    fn types_are_spelt_as_c_does() {
        for (rust, c) in [
            ("c_int", "int x"),
            ("std::ffi::c_ulong", "unsigned long x"),
            ("*const u8", "const uint8_t *x"),
            ("*mut c_void", "void *x"),
            ("*const *const c_char", "const char *const *x"),
            ("*mut *const c_char", "const char **x"),
            ("*mut [i32; 4]", "int32_t (*x)[4]"),
            ("Option<NonNull<Thing>>", "Thing *x"),
            ("Option<&Thing>", "const Thing *x"),
            ("*mut Vec<u8>", "void *x"),
            ("Option<unsafe extern \"C\" fn(*mut c_void, i32) -> bool>", "bool (*x)(void *, int32_t)"),
            ("Option<extern \"C\" fn()>", "void (*x)(void)"),
            ("Pair", "Pair x"),
        ] {
            assert_eq!(declared(rust), c, "{rust}");
        }
    }

    #[test]
    fn what_c_has_no_word_for_is_refused() {
        for (rust, why) in [
            ("&Thing", "C may pass null"),
            ("NonNull<u8>", "C may pass null"),
            ("extern \"C\" fn()", "C may pass null"),
            ("&[u8]", "it is a pointer with a length"),
            ("*const str", "it is a pointer with a length"),
            ("String", "its layout is Rust's own"),
            ("Vec<u8>", "its layout is Rust's own"),
            ("Option<u32>", "its layout is Rust's own"),
            ("Box<Thing>", "C cannot drop it"),
            ("(i32, i32)", "the layout of a tuple"),
            ("[u8; 4]", "C passes arrays by their address"),
            ("Option<fn()>", "its ABI is not C's"),
            ("char", "not each is a `char`"),
            ("impl Fn()", "C has nothing like it"),
        ] {
            assert!(declared(rust).contains(why), "{rust}: {}", declared(rust));
        }
    }
}
