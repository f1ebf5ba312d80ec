//! Which offsets of fields follow from sizes and alignments by the rules of `repr(C)`, so that nobody need assert them.
//!
//! An `offset_of!` costs rustc a third of a function's declaration, and a header's structures have hundreds of fields. Where
//! clang has put each field of a structure just where `repr(C)` puts it, sizes and alignments say all: those of records are
//! asserted anyway, and those of the numbers that took part are given back to be.

use super::called;
use super::layouts::Layout;
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::{BTreeMap, BTreeSet};

/// Takes out what follows, and gives the assertions that it follows from.
pub(super) fn reduce(file: &syn::File, layouts: &mut [Layout]) -> Vec<TokenStream> {
    let mut types = Types::of(file, layouts);
    let records = file.items.iter().filter_map(|item| match item {
        syn::Item::Struct(item) => Some((item.ident.to_string(), &item.attrs, Some(&item.fields))),
        syn::Item::Union(item) => Some((item.ident.to_string(), &item.attrs, None)),
        _ => None,
    });
    let mut used = BTreeSet::new();
    for (name, _, fields) in records.filter(|(_, attrs, _)| is_plain(attrs)) {
        let Some(layout) = layouts.iter_mut().find(|layout| layout.is_of(&name)) else { continue };
        types.used.clear();
        // All members of a union begin where it does.
        let follows = fields.is_none_or(|fields| follows(&name, fields, layout, &mut types).is_some());
        if follows {
            layout.forget_offsets();
            used.append(&mut types.used);
        }
    }
    used.into_iter().map(assertion).collect()
}

/// Whether `repr(C)` alone says how a record is laid out.
fn is_plain(attrs: &[syn::Attribute]) -> bool {
    let mut words = attrs.iter().filter(|attribute| attribute.path().is_ident("repr"));
    let is_c = |attribute: &syn::Attribute| attribute.parse_args::<syn::Ident>().is_ok_and(|word| word == "C");
    words.next().is_some_and(is_c) && words.next().is_none()
}

/// Lays the fields out one after the other, and compares.
fn follows(record: &str, fields: &syn::Fields, layout: &Layout, types: &mut Types<'_>) -> Option<()> {
    let (mut end, mut most) = (0_u64, 1_u64);
    for field in fields {
        let (size, align) = types.layout(&field.ty, 0)?;
        let offset = end.checked_next_multiple_of(align)?;
        let name = field.ident.as_ref()?.to_string();
        if layout.offset(record, &name).is_some_and(|told| told != offset) {
            return None;
        }
        (end, most) = (offset.checked_add(size)?, most.max(align));
    }
    let is_same = layout.is(end.checked_next_multiple_of(most)?, most);
    is_same.then_some(())
}

/// A number whose layout targets differ in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Number {
    Short,
    Int,
    Long,
    Address,
    Fixed32,
    Fixed64,
    Float,
    Double,
}

impl Number {
    /// The number of this name, as C has it on most machines of today; where it is another one, nothing follows from it.
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "i16" | "u16" | "c_short" | "c_ushort" => Number::Short,
            "c_int" | "c_uint" => Number::Int,
            "c_long" | "c_ulong" => Number::Long,
            "usize" | "isize" => Number::Address,
            "i32" | "u32" => Number::Fixed32,
            "i64" | "u64" | "c_longlong" | "c_ulonglong" => Number::Fixed64,
            "f32" | "c_float" => Number::Float,
            "f64" | "c_double" => Number::Double,
            _ => return None,
        })
    }

    /// Its size, which is its alignment.
    fn size(self) -> u64 {
        match self {
            Number::Short => 2,
            Number::Int | Number::Fixed32 | Number::Float => 4,
            Number::Long | Number::Address | Number::Fixed64 | Number::Double => 8,
        }
    }
}

/// The assertion about one number.
fn assertion(number: Number) -> TokenStream {
    let (name, ty) = match number {
        Number::Short => ("i16", quote!(::core::primitive::i16)),
        Number::Int => ("c_int", quote!(::core::ffi::c_int)),
        Number::Long => ("c_long", quote!(::core::ffi::c_long)),
        Number::Address => ("usize", quote!(::core::primitive::usize)),
        Number::Fixed32 => ("i32", quote!(::core::primitive::i32)),
        Number::Fixed64 => ("i64", quote!(::core::primitive::i64)),
        Number::Float => ("f32", quote!(::core::primitive::f32)),
        Number::Double => ("f64", quote!(::core::primitive::f64)),
    };
    let size = proc_macro2::Literal::u64_unsuffixed(number.size());
    let message = format!("C lays out `{name}` otherwise here than where this was generated");
    quote!(::<#ty>(#message, #size, #size, &[], &[]))
}

/// Sizes and alignments of the types of a file.
struct Types<'a> {
    aliases: BTreeMap<String, &'a syn::Type>,
    records: BTreeMap<String, (u64, u64)>,
    /// The numbers that were asked for.
    used: BTreeSet<Number>,
}

impl<'a> Types<'a> {
    fn of(file: &'a syn::File, layouts: &[Layout]) -> Self {
        let aliases = file.items.iter().filter_map(|item| match item {
            syn::Item::Type(alias) => Some((alias.ident.to_string(), &*alias.ty)),
            _ => None,
        });
        Self {
            aliases: aliases.collect(),
            records: layouts.iter().filter_map(Layout::whole).collect(),
            used: BTreeSet::new(),
        }
    }

    /// Size and alignment; `None` where they are not known here.
    fn layout(&mut self, ty: &syn::Type, depth: u32) -> Option<(u64, u64)> {
        if depth > 64 {
            return None;
        }
        // A null function is `None`, and as wide as a pointer.
        if matches!(ty, syn::Type::Ptr(_)) || called::spelt(ty).is_some() {
            return Some(self.number(Number::Address));
        }
        match ty {
            syn::Type::Array(array) => {
                let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Int(length), .. }) = &array.len else { return None };
                let (size, align) = self.layout(&array.elem, depth + 1)?;
                Some((size.checked_mul(length.base10_parse().ok()?)?, align))
            }
            syn::Type::Path(path) => {
                let last = path.path.segments.last()?;
                let name = last.ident.to_string();
                if let syn::PathArguments::AngleBracketed(arguments) = &last.arguments {
                    // bindgen's bitfields are as their storage.
                    return match arguments.args.first() {
                        Some(syn::GenericArgument::Type(storage)) if name == "__BindgenBitfieldUnit" => {
                            self.layout(storage, depth + 1)
                        }
                        _ => None,
                    };
                }
                if path.path.get_ident().is_some() {
                    if let Some(known) = self.records.get(&name) {
                        return Some(*known);
                    }
                    if let Some(target) = self.aliases.get(&name).copied() {
                        return self.layout(target, depth + 1);
                    }
                }
                match name.as_str() {
                    "u8" | "i8" | "bool" | "c_char" | "c_schar" | "c_uchar" => Some((1, 1)),
                    _ => Number::named(&name).map(|number| self.number(number)),
                }
            }
            _ => None,
        }
    }

    fn number(&mut self, number: Number) -> (u64, u64) {
        self.used.insert(number);
        (number.size(), number.size())
    }
}

#[cfg(test)]
mod tests {
    use super::super::bindgen;
    use quote::quote;

    /// What is asserted of these records in the end.
    fn reduced(records: proc_macro2::TokenStream) -> Vec<String> {
        let bindgen::Written { file, mut layouts } = bindgen::parse(&records.to_string()).expect("items");
        let numbers = super::reduce(&file, &mut layouts);
        let all = layouts.iter().map(super::Layout::arguments).chain(numbers);
        all.map(|arguments| arguments.to_string().replace(' ', "")).collect()
    }

    #[test]
    fn what_follows_is_not_asserted() {
        let all = reduced(quote! {
            pub type word = ::core::ffi::c_uint;
            #[repr(C)] #[derive(Clone)]
            pub struct inner { pub c: ::core::ffi::c_char, pub w: word }
            #[allow(clippy::identity_op)]
            const _: () = {
                ["Size of inner"][::core::mem::size_of::<inner>() - 8usize];
                ["Alignment of inner"][::core::mem::align_of::<inner>() - 4usize];
                ["Offset of field: inner::c"][::core::mem::offset_of!(inner, c) - 0usize];
                ["Offset of field: inner::w"][::core::mem::offset_of!(inner, w) - 4usize];
            };
            #[repr(C)]
            pub struct outer {
                pub first: [inner; 3usize],
                pub call: ::core::option::Option<unsafe extern "C" fn(arg1: u16)>,
                pub _bitfield_align_1: [u16; 0],
                pub _bitfield_1: __BindgenBitfieldUnit<[u8; 2usize]>,
                pub last: bool,
            }
            #[allow(clippy::identity_op)]
            const _: () = {
                ["Size of outer"][::core::mem::size_of::<outer>() - 40usize];
                ["Alignment of outer"][::core::mem::align_of::<outer>() - 8usize];
                ["Offset of field: outer::first"][::core::mem::offset_of!(outer, first) - 0usize];
                ["Offset of field: outer::call"][::core::mem::offset_of!(outer, call) - 24usize];
                ["Offset of field: outer::last"][::core::mem::offset_of!(outer, last) - 34usize];
            };
            #[repr(C)]
            pub union both { pub i: inner, pub p: *mut both }
            #[allow(clippy::identity_op)]
            const _: () = {
                ["Size of both"][::core::mem::size_of::<both>() - 8usize];
                ["Alignment of both"][::core::mem::align_of::<both>() - 8usize];
                ["Offset of field: both::i"][::core::mem::offset_of!(both, i) - 0usize];
                ["Offset of field: both::p"][::core::mem::offset_of!(both, p) - 0usize];
            };
        });
        assert!(all.iter().all(|arguments| arguments.ends_with("&[],&[])")), "{all:#?}");
        let of: Vec<&str> = all.iter().filter_map(|arguments| arguments.split(['<', '>']).nth(1)).collect();
        let numbers = ["::core::primitive::i16", "::core::ffi::c_int", "::core::primitive::usize"];
        assert_eq!(of, [&["inner", "outer", "both"][..], &numbers].concat());
        assert!(all[0].ends_with(",8,4,&[],&[])") && all[1].ends_with(",40,8,&[],&[])"), "{all:#?}");
    }

    #[test]
    fn what_does_not_follow_is_asserted() {
        for (record, offset) in [
            // Packed and aligned by words.
            (
                quote!(
                    #[repr(C, packed)]
                    pub struct r {
                        pub c: u8,
                        pub w: u32,
                    }
                ),
                1_usize,
            ),
            (
                quote!(
                    #[repr(C)]
                    #[repr(align(8))]
                    pub struct r {
                        pub c: u8,
                        pub w: u32,
                    }
                ),
                4,
            ),
            // Elsewhere than `repr(C)` puts it.
            (
                quote!(
                    #[repr(C)]
                    pub struct r {
                        pub c: u8,
                        pub w: u32,
                    }
                ),
                8,
            ),
            // Of what is not known here.
            (
                quote!(
                    #[repr(C)]
                    pub struct r {
                        pub c: u8,
                        pub w: u128,
                    }
                ),
                16,
            ),
            (
                quote!(
                    #[repr(C)]
                    pub struct r {
                        pub c: u8,
                        pub w: other,
                    }
                ),
                4,
            ),
            (
                quote!(
                    #[repr(C)]
                    pub struct r {
                        pub c: u32,
                        pub w: __IncompleteArrayField<u32>,
                    }
                ),
                4,
            ),
        ] {
            let all = reduced(quote! {
                #record
                #[allow(clippy::identity_op)]
                const _: () = {
                    ["Size of r"][::core::mem::size_of::<r>() - 8usize];
                    ["Alignment of r"][::core::mem::align_of::<r>() - 4usize];
                    ["Offset of field: r::w"][::core::mem::offset_of!(r, w) - #offset];
                };
            });
            assert_eq!(all.len(), 1, "{all:#?}");
            assert!(all[0].ends_with(&format!("&[::core::mem::offset_of!(r,w)],&[{offset}])")), "{all:#?}");
        }
        // Fields that follow, in a structure of another size or alignment.
        for (size, align) in [(12_usize, 4_usize), (8, 8), (8, 2)] {
            let all = reduced(quote! {
                #[repr(C)] pub struct r { pub c: u8, pub w: u32 }
                #[allow(clippy::identity_op)]
                const _: () = {
                    ["Size of r"][::core::mem::size_of::<r>() - #size];
                    ["Alignment of r"][::core::mem::align_of::<r>() - #align];
                    ["Offset of field: r::w"][::core::mem::offset_of!(r, w) - 4usize];
                };
            });
            assert!(all.len() == 1 && all[0].contains("offset_of!(r,w)"), "{all:#?}");
        }
    }
}
