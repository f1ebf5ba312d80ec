//! The shape of a C type as rules see it: levels of pointers, and what stands at the end, aliases followed.

use crate::read::Tokens;
use quote::ToTokens;
use std::collections::{HashMap, HashSet};
use syn::Type;

/// What stands behind all pointers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Base {
    /// `void`
    Void,
    /// C's `char`.
    Char,
    /// One byte of any other name.
    Byte,
    /// An integer; whether it holds negative values.
    Int(bool),
    /// A truth value, by its type's name.
    Bool,
    /// An enumeration.
    Enum,
    /// A floating-point number.
    Float,
    /// A structure, a union, or a name nothing is known of.
    Record,
    /// A function; `*mut` levels do not count the pointer that it is.
    Function,
    /// Anything else.
    Other,
}

/// A type.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    /// For each pointer, outermost first, whether C may write there.
    pub(super) levels: Vec<bool>,
    /// What stands at the end.
    pub(super) base: Base,
    /// Its name: of the first alias that is no pointer, or of the record.
    pub(super) name: String,
    /// The name of the record or the alias of the function type.
    pub(super) last: String,
    /// Whether the first level is an array or a reference and so says more than a pointer.
    pub(super) is_bounded: bool,
}

/// The parameters of a function type.
#[derive(Clone, Debug)]
pub(super) struct Callback {
    /// Each with its name, where it has one.
    pub(super) params: Vec<(String, Shape)>,
    /// Whether it gives something back.
    pub(super) has_result: bool,
}

/// The aliases and enumerations of a header.
#[derive(Debug, Default)]
pub(super) struct Types<'a> {
    aliases: HashMap<String, &'a Type>,
    enums: HashSet<String>,
    /// Function types as text by the number of their parameters, which are three or more: shorter ones are alike by chance.
    functions: HashMap<usize, HashSet<String>>,
}

impl<'a> Types<'a> {
    /// Reads them from the items beside the functions.
    pub(super) fn new(tokens: &'a Tokens) -> Self {
        let mut types = Self::default();
        for item in &tokens.items {
            match item {
                syn::Item::Type(alias) => {
                    types.aliases.insert(alias.ident.to_string(), &alias.ty);
                    if let Some(function) = function_type(&alias.ty).filter(|function| function.inputs.len() > 2) {
                        let alike = types.functions.entry(function.inputs.len()).or_default();
                        alike.insert(signature(function.inputs.iter().map(|input| &input.ty)));
                    }
                }
                syn::Item::Const(constant) => {
                    if let Type::Path(path) = &*constant.ty
                        && let (1, Some(only)) = (path.path.segments.len(), path.path.segments.last())
                        && base(&only.ident.to_string()) == Base::Record
                    {
                        types.enums.insert(only.ident.to_string());
                    }
                }
                // The module of a Rust enumeration.
                syn::Item::Enum(item) => {
                    types.enums.insert(item.ident.to_string());
                }
                _ => {}
            }
        }
        types
    }

    /// Whether a function has the parameters of a function type.
    pub(super) fn is_callback(&self, function: &syn::Signature) -> bool {
        let types = function.inputs.iter().filter_map(|input| match input {
            syn::FnArg::Typed(input) => Some(&*input.ty),
            syn::FnArg::Receiver(_) => None,
        });
        self.functions.get(&function.inputs.len()).is_some_and(|alike| alike.contains(&signature(types)))
    }

    /// The shape of a type.
    pub(super) fn shape(&self, ty: &Type) -> Shape {
        let mut shape = Shape { base: Base::Other, ..Shape::void() };
        self.walk(ty, &mut shape, 0);
        shape
    }

    fn walk(&self, ty: &Type, shape: &mut Shape, depth: usize) {
        // Aliases of aliases end; a cycle cannot be written in C.
        if depth > 64 {
            return;
        }
        match ty {
            Type::Ptr(pointer) => {
                shape.levels.push(matches!(pointer.mutability, syn::PointerMutability::Mut(_)));
                shape.name.clear();
                self.walk(&pointer.elem, shape, depth + 1);
            }
            Type::Reference(reference) => {
                shape.is_bounded |= shape.levels.is_empty();
                shape.levels.push(reference.mutability.is_some());
                self.walk(&reference.elem, shape, depth + 1);
            }
            Type::Array(array) => {
                shape.is_bounded |= shape.levels.len() == 1;
                self.walk(&array.elem, shape, depth + 1);
            }
            Type::Paren(inner) => self.walk(&inner.elem, shape, depth + 1),
            Type::Group(inner) => self.walk(&inner.elem, shape, depth + 1),
            Type::FnPtr(_) => shape.base = Base::Function,
            Type::Tuple(tuple) if tuple.elems.is_empty() => shape.base = Base::Void,
            Type::Path(path) => {
                let Some(last) = path.path.segments.last() else { return };
                let name = last.ident.to_string();
                if let syn::PathArguments::AngleBracketed(arguments) = &last.arguments {
                    if let Some(syn::GenericArgument::Type(inner)) = arguments.args.first() {
                        if name == "NonNull" {
                            shape.is_bounded |= shape.levels.is_empty();
                            shape.levels.push(true);
                        }
                        self.walk(inner, shape, depth + 1);
                    }
                    return;
                }
                if shape.name.is_empty() {
                    shape.name.clone_from(&name);
                }
                if self.enums.contains(&name) {
                    shape.base = Base::Enum;
                    return;
                }
                match self.aliases.get(&name) {
                    Some(target) => {
                        shape.last = name;
                        self.walk(target, shape, depth + 1);
                    }
                    None => {
                        shape.base = base(&name);
                        if shape.base == Base::Record {
                            shape.last = name;
                        }
                    }
                }
                if matches!(shape.base, Base::Int(_) | Base::Byte) && is_truth(&shape.name) {
                    shape.base = Base::Bool;
                }
            }
            _ => {}
        }
    }

    /// The parameters of the function type behind an alias, or written out.
    pub(super) fn callback(&self, ty: &Type) -> Option<Callback> {
        let mut ty = ty;
        for _ in 0..64 {
            if let Some(function) = function_type(ty) {
                let named = function.inputs.iter().map(|input| {
                    let name = input.name.as_ref().map(|(name, _)| name.to_string()).unwrap_or_default();
                    (name, self.shape(&input.ty))
                });
                let has_result = !matches!(function.output, syn::ReturnType::Default);
                return Some(Callback { params: named.collect(), has_result });
            }
            ty = match ty {
                Type::Path(path) => self.aliases.get(&path.path.segments.last()?.ident.to_string())?,
                _ => return None,
            };
        }
        None
    }
}

/// The function type that a type is, in an `Option` or not.
fn function_type(ty: &Type) -> Option<&syn::TypeFnPtr> {
    match ty {
        Type::FnPtr(function) => Some(function),
        Type::Paren(inner) => function_type(&inner.elem),
        Type::Group(inner) => function_type(&inner.elem),
        Type::Path(path) => match &path.path.segments.last()?.arguments {
            syn::PathArguments::AngleBracketed(arguments) => match arguments.args.first()? {
                syn::GenericArgument::Type(inner) => function_type(inner),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}

fn signature<'a>(types: impl Iterator<Item = &'a Type>) -> String {
    let types: Vec<String> = types.map(|ty| ty.to_token_stream().to_string()).collect();
    types.join(", ")
}

fn is_truth(name: &str) -> bool {
    name.to_ascii_lowercase().contains("bool")
}

fn base(name: &str) -> Base {
    match name {
        "c_void" => Base::Void,
        "c_char" => Base::Char,
        "u8" | "i8" | "c_uchar" | "c_schar" | "uint8_t" | "int8_t" => Base::Byte,
        "bool" => Base::Bool,
        "f32" | "f64" | "c_float" | "c_double" => Base::Float,
        "i16" | "i32" | "i64" | "i128" | "isize" | "c_short" | "c_int" | "c_long" | "c_longlong" | "ssize_t"
        | "off_t" | "off64_t" | "pid_t" | "int16_t" | "int32_t" | "int64_t" | "intptr_t" => Base::Int(true),
        "u16" | "u32" | "u64" | "u128" | "usize" | "c_ushort" | "c_uint" | "c_ulong" | "c_ulonglong" | "size_t"
        | "socklen_t" | "uid_t" | "gid_t" | "mode_t" | "char" | "uint16_t" | "uint32_t" | "uint64_t" | "uintptr_t" => {
            Base::Int(false)
        }
        _ => Base::Record,
    }
}

impl Shape {
    /// That of nothing.
    pub(super) fn void() -> Self {
        Self { levels: Vec::new(), base: Base::Void, name: String::new(), last: String::new(), is_bounded: false }
    }

    /// How many pointers stand in front.
    pub(super) fn depth(&self) -> usize {
        self.levels.len()
    }

    /// Whether it is a pointer to data.
    pub(super) fn is_pointer(&self) -> bool {
        !self.levels.is_empty()
    }

    /// Whether it is a pointer to a function, and not to one of them.
    pub(super) fn is_function(&self) -> bool {
        self.levels.is_empty() && self.base == Base::Function
    }

    /// Whether it is one pointer to such a thing.
    pub(super) fn points_to(&self, base: Base) -> bool {
        self.levels.len() == 1 && self.base == base
    }

    /// Whether C may write what it points to.
    pub(super) fn is_mut(&self) -> bool {
        self.levels.first().copied().unwrap_or(false)
    }

    /// Whether C may write at the innermost level.
    pub(super) fn is_inner_mut(&self) -> bool {
        self.levels.last().copied().unwrap_or(false)
    }

    /// Whether it is an integer by value.
    pub(super) fn is_integer(&self) -> bool {
        self.levels.is_empty() && matches!(self.base, Base::Int(_))
    }

    /// Whether what stands at the end is a number of any kind.
    pub(super) fn is_scalar(&self) -> bool {
        matches!(self.base, Base::Int(_) | Base::Bool | Base::Enum | Base::Float)
    }
}
