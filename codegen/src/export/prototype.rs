//! The prototype of an exported function, with its contract: in attributes where C has one, in a comment always.

use super::{CType, Exported};
use crate::contract::axes::{enforced, spoken_name};
use crate::contract::{Direction, Expr, Extent, FnContract, Nullability, ParamContract, Source};
use crate::diag::Diagnostics;
use crate::model::{Pointer, Ty};
use std::fmt::Write as _;

/// Words that a parameter in C or C++ cannot be called.
const KEYWORDS: &[&str] = &[
    "auto",
    "bool",
    "case",
    "catch",
    "char",
    "class",
    "default",
    "delete",
    "do",
    "double",
    "export",
    "float",
    "goto",
    "inline",
    "int",
    "long",
    "namespace",
    "new",
    "operator",
    "private",
    "protected",
    "public",
    "register",
    "restrict",
    "short",
    "signed",
    "sizeof",
    "switch",
    "template",
    "this",
    "throw",
    "typedef",
    "union",
    "unsigned",
    "using",
    "virtual",
    "void",
    "volatile",
];

/// An attribute that compilers of C have, under a name that stands for nothing where they have not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Known {
    /// The macro's name.
    pub(super) macro_name: &'static str,
    /// The attribute's name.
    pub(super) attribute: &'static str,
    /// Which compilers have it.
    pub(super) condition: &'static str,
}

pub(super) const NONNULL: Known =
    Known { macro_name: "PINNED_FFI_NONNULL", attribute: "nonnull", condition: "defined(__GNUC__)" };
pub(super) const ACCESS: Known = Known {
    macro_name: "PINNED_FFI_ACCESS",
    attribute: "access",
    condition: "defined(__GNUC__) && !defined(__clang__) && __GNUC__ >= 10",
};
pub(super) const STRING: Known = Known {
    macro_name: "PINNED_FFI_STRING",
    attribute: "null_terminated_string_arg",
    condition: "defined(__GNUC__) && !defined(__clang__) && __GNUC__ >= 14",
};
/// Has no arguments.
pub(super) const RETURNS_NONNULL: Known =
    Known { macro_name: "PINNED_FFI_RETURNS_NONNULL", attribute: "returns_nonnull", condition: "defined(__GNUC__)" };

/// A prototype and what it needs.
#[cfg_attr(not(feature = "clang"), expect(dead_code, reason = "headers have more of it than documentation"))]
pub(super) struct Prototype {
    /// `int64_t sum(const int32_t *values, size_t n)`
    pub(super) declaration: String,
    /// Each with its arguments, none for a bare word.
    pub(super) attributes: Vec<(Known, String)>,
    /// The contract, a line for each parameter, the result and the panic.
    pub(super) contract: Vec<String>,
    /// The types in it.
    pub(super) types: Vec<CType>,
}

impl Prototype {
    /// As C reads it.
    #[cfg(feature = "clang")]
    pub(super) fn text(&self) -> String {
        let mut out = self.declaration.clone();
        for (known, arguments) in &self.attributes {
            // Writing to a String cannot fail, here and below.
            let _ = write!(out, "\n    {}", known.macro_name);
            if !arguments.is_empty() {
                let _ = write!(out, "({arguments})");
            }
        }
        out + ";"
    }
}

/// The prototype as documentation of the function in Rust.
pub(super) fn documented(exported: &Exported) -> Result<String, Diagnostics> {
    let prototype = of(exported)?;
    let mut out = format!("\nC calls it as\n\n```c\n{};\n```\n", prototype.declaration);
    if !prototype.contract.is_empty() {
        let _ = write!(out, "\n* {}\n", prototype.contract.join("\n* "));
    }
    Ok(out)
}

/// The prototype of a function.
pub(super) fn of(exported: &Exported) -> Result<Prototype, Diagnostics> {
    let sig = &exported.item.sig;
    let function = &exported.header.functions[0];
    let contract = exported.contract();
    let mut diagnostics = Diagnostics::new();
    let mut types = Vec::new();
    let mut params = Vec::new();
    for (input, param) in sig.inputs.iter().zip(&function.params) {
        let syn::FnArg::Typed(input) = input else { continue };
        match CType::of_param(&input.ty) {
            Ok(ty) => {
                params.push(ty.declare(&c_name(&param.name)));
                types.push(ty);
            }
            Err(why) => diagnostics.push(why.told("parameter")),
        }
    }
    let result = match &sig.output {
        syn::ReturnType::Default => CType::Void,
        syn::ReturnType::Type(_, ty) => CType::of_result(ty).unwrap_or_else(|why| {
            diagnostics.push(why.told("result"));
            CType::Void
        }),
    };
    diagnostics.barrier()?;
    let params = if params.is_empty() { "void".to_owned() } else { params.join(", ") };
    let declaration = result.declare(&format!("{}({params})", exported.c_name));
    types.push(result);
    let mut attributes = Vec::new();
    for (index, facts) in contract.params.iter().enumerate() {
        if let Ty::Pointer(pointer) = &function.params[index].ty {
            attributes.extend(of_pointer(exported, index, pointer, facts));
        }
    }
    if contract.result(false).nullability == Some(Nullability::Nonnull) {
        attributes.push((RETURNS_NONNULL, String::new()));
    }
    Ok(Prototype { declaration, attributes, contract: lines(exported, contract), types })
}

/// What C's attributes can say of a parameter. Silence is right where they say more than is meant.
fn of_pointer(exported: &Exported, index: usize, pointer: &Pointer, facts: &ParamContract) -> Vec<(Known, String)> {
    if facts.is_opaque() {
        return Vec::new();
    }
    let number = index + 1;
    let extent = enforced(&facts.extent);
    let is_one = matches!(extent, Some(Extent::One | Extent::NullTerminated));
    let may_be_null = enforced(&facts.nullability) != Some(&Nullability::Nonnull);
    let mut out = Vec::new();
    // C's `nonnull` holds for empty memory, too, where ours does not.
    if !may_be_null && (is_one || extent.is_none()) {
        out.push((NONNULL, number.to_string()));
    }
    // The attribute takes null for an error, but where a length of 0 says that nothing is there.
    let word = match enforced(&facts.direction) {
        Some(Direction::In) => Some("read_only"),
        Some(Direction::Out) if pointer.is_mut => Some("write_only"),
        Some(Direction::InOut) if pointer.is_mut => Some("read_write"),
        _ => None,
    };
    let is_counted_in_its_unit =
        |in_bytes: bool| !in_bytes || matches!(*pointer.pointee, Ty::Void | Ty::Byte | Ty::Char);
    let size = match extent {
        Some(Extent::Count(Expr::Name(name))) if is_counted_in_its_unit(false) => Some(name),
        Some(Extent::Bytes(Expr::Name(name))) if is_counted_in_its_unit(true) => Some(name),
        _ => None,
    };
    let size = size.and_then(|name| exported.header.functions[0].params.iter().position(|param| param.name == *name));
    match (word, size) {
        (Some(word), Some(size)) => out.push((ACCESS, format!("{word}, {number}, {}", size + 1))),
        (Some(word), None) if is_one && !may_be_null => out.push((ACCESS, format!("{word}, {number}"))),
        _ => {}
    }
    let is_text = matches!(extent, Some(Extent::NullTerminated)) && *pointer.pointee == Ty::Char;
    if is_text && enforced(&facts.direction) != Some(&Direction::Out) {
        out.push((STRING, number.to_string()));
    }
    out
}

/// The contract in its own words.
fn lines(exported: &Exported, contract: &FnContract) -> Vec<String> {
    let mut lines = Vec::new();
    for (param, facts) in exported.header.functions[0].params.iter().zip(&contract.params) {
        let mut words = Vec::new();
        if let Some(fact) = &facts.direction {
            words.push(fact.value.attribute().to_owned());
        }
        let said = [
            facts.pointer.as_ref().map(|fact| (&fact.source, &fact.reason)),
            facts.nullability.as_ref().map(|fact| (&fact.source, &fact.reason)),
            facts.extent.as_ref().map(|fact| (&fact.source, &fact.reason)),
            facts.filled.as_ref().map(|fact| (&fact.source, &fact.reason)),
            facts.escape.as_ref().map(|fact| (&fact.source, &fact.reason)),
            facts.flow.as_ref().map(|fact| (&fact.source, &fact.reason)),
            facts.opaque.as_ref().map(|fact| (&fact.source, &fact.reason)),
            facts.callback.as_ref().map(|fact| (&fact.source, &fact.reason)),
            facts.pointee.as_ref().map(|fact| (&fact.source, &fact.reason)),
        ];
        words.extend(
            said.into_iter()
                .flatten()
                .filter(|(source, _)| **source == Source::Attribute)
                .map(|(_, words)| words.clone()),
        );
        if !words.is_empty() {
            lines.push(format!("{}: {}", c_name(&param.name), words.join(", ")));
        }
    }
    lines.extend(contract.returns.iter().map(|fact| format!("result: {}", fact.value)));
    let function_words = [
        contract.errno.as_ref().map(|fact| &fact.reason),
        contract.success.as_ref().map(|fact| &fact.reason),
        contract.may_alias.as_ref().map(|fact| &fact.reason),
        contract.beyond.as_ref().map(|fact| &fact.reason),
    ];
    lines.extend(function_words.into_iter().flatten().cloned());
    let result_is_nothing = exported.header.functions[0].result == Ty::Void;
    lines.push(match &exported.on_panic {
        _ if exported.unwinds => "a panic unwinds through the caller".into(),
        Some(value) => {
            format!("a panic returns {}", quote::ToTokens::to_token_stream(value).to_string().replace("- ", "-"))
        }
        None if result_is_nothing => "a panic returns".into(),
        None => "a panic ends the process".into(),
    });
    lines
}

/// A parameter's name that C and C++ take.
fn c_name(name: &str) -> String {
    let name = spoken_name(name);
    if KEYWORDS.contains(&name) { format!("{name}_") } else { name.to_owned() }
}
