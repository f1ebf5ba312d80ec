//! `static inline` functions and macros: which are asked for, and the C file that makes symbols of them.

mod prototype;

use crate::diag::{Diagnostic, Diagnostics, Place, closest, codes};
use crate::model::Header;
use crate::read::Tokens;
use crate::read::clang::{RawAttrs, RawFn, RawLinkage, RawParam, RawType, RawTypeKind};

/// What the symbols begin with, unless told otherwise.
pub const PREFIX: &str = "pinned_ffi_shim_";

/// A function of the C file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shim {
    /// What it calls, and the name in Rust.
    pub name: String,
    /// Its own name.
    pub symbol: String,
    /// The type of its result, in C.
    result: String,
    params: Vec<ShimParam>,
    /// The prototype that the user wrote, for a macro.
    asked: Option<String>,
}

/// A parameter in C.
#[derive(Clone, Debug, PartialEq, Eq)]
struct ShimParam {
    name: String,
    /// The parameter as declared.
    declaration: String,
}

impl Shim {
    /// A function for a macro, from the prototype that it would have.
    ///
    /// # Errors
    ///
    /// What is no prototype with a name for each parameter.
    pub fn of_macro(text: &str, prefix: &str) -> Result<Self, Diagnostics> {
        prototype::read(text, prefix).map_err(|why| {
            Diagnostic::new(codes::SHIM, Place::Unknown, format!("`shim_macro` cannot take `{text}`: {why}"))
                .help("write the prototype that the macro would have: `int WIFEXITED(int status)`")
                .into()
        })
    }

    /// A function for a `static inline` one; `None` where C has no spelling for one of its types.
    fn of_inline(function: &RawFn, prefix: &str) -> Option<Self> {
        let params = function
            .params
            .iter()
            .enumerate()
            .map(|(index, param)| {
                let name = param.name.clone().unwrap_or_else(|| format!("arg{}", index + 1));
                Some(ShimParam { declaration: format!("{} {name}", param_type(param)?), name })
            })
            .collect::<Option<_>>()?;
        let (name, symbol) = (function.name.clone(), format!("{prefix}{}", function.name));
        Some(Self { name, symbol, result: spelling(&function.result)?, params, asked: None })
    }

    /// As declared, without an end.
    fn head(&self) -> String {
        let params: Vec<&str> = self.params.iter().map(|param| param.declaration.as_str()).collect();
        let params = if params.is_empty() { "void".into() } else { params.join(", ") };
        format!("{} {}({params})", self.result, self.symbol)
    }

    fn definition(&self) -> String {
        let names: Vec<&str> = self.params.iter().map(|param| param.name.as_str()).collect();
        let give = if self.result == "void" { "" } else { "return " };
        format!("{};\n{} {{ {give}{}({}); }}\n", self.head(), self.head(), self.name, names.join(", "))
    }
}

/// Declarations, for a reader of headers.
pub fn declarations(shims: &[Shim]) -> String {
    shims.iter().map(|shim| shim.head() + ";\n").collect()
}

/// Definitions, for a compiler.
pub fn definitions(shims: &[Shim]) -> String {
    shims.iter().map(Shim::definition).collect()
}

/// What is asked for by name: a pattern over whole names, as written and read.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// As written.
    pub text: &'a str,
    /// As read.
    pub pattern: &'a regex::Regex,
    /// What symbols begin with.
    pub prefix: &'a str,
}

/// The `static inline` functions that are asked for.
///
/// # Errors
///
/// Names that are none, and functions that C cannot call on behalf of another one.
pub fn select(raw: &RawAttrs, asked: Asked<'_>) -> Result<Vec<Shim>, Diagnostics> {
    let mut diagnostics = Diagnostics::new();
    let is_inline = |function: &&RawFn| function.linkage != RawLinkage::External;
    let inline: Vec<&RawFn> = raw.functions.iter().filter(is_inline).collect();
    let names: Vec<&str> = crate::builder::plain_names(asked.text).collect();
    let refuse = |message: String, help: String| Diagnostic::new(codes::SHIM, Place::Unknown, message).help(help);
    for name in &names {
        if inline.iter().any(|function| function.name == *name) {
            continue;
        }
        let message = format!("`shim` names `{name}`, which is no `static inline` function");
        let help = if raw.functions.iter().any(|function| function.name == *name) {
            format!("a library holds it: write `allow`, `.allow(\"{name}\")`")
        } else {
            match closest(name, inline.iter().map(|function| function.name.as_str())) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("for a macro write its prototype: `shim_macro(\"int {name}(int value)\")`"),
            }
        };
        diagnostics.push(refuse(message, help));
    }
    let mut shims = Vec::new();
    for function in inline.into_iter().filter(|function| asked.pattern.is_match(&function.name)) {
        let shim = (!function.variadic).then(|| Shim::of_inline(function, asked.prefix)).flatten();
        match shim {
            Some(shim) => shims.push(shim),
            // A pattern means those that can be had.
            None if !names.contains(&function.name.as_str()) => {}
            None if function.variadic => diagnostics.push(refuse(
                format!("`shim` names `{}`, whose further arguments C cannot pass on", function.name),
                "write a function of your own in C that takes what you need".into(),
            )),
            None => diagnostics.push(refuse(
                format!("`shim` names `{}`, which has a type without a name", function.name),
                "write a function of your own in C that takes what you need".into(),
            )),
        }
    }
    if diagnostics.is_empty() && shims.is_empty() {
        diagnostics.push(refuse(
            format!("no `static inline` function matches `shim`, `{}`", asked.text),
            "the whole name must match; `pinned-ffi audit` lists what is skipped".into(),
        ));
    }
    diagnostics.barrier()?;
    Ok(shims)
}

/// Macros that are functions as well would be declared twice.
pub fn refuse_functions(macros: &[Shim], header: &Header) -> Result<(), Diagnostics> {
    let mut diagnostics = Diagnostics::new();
    for shim in macros {
        if header.functions.iter().any(|function| function.name == shim.name && function.link_name.is_none()) {
            let message = format!("`shim_macro` names `{}`, which is a function that is bound already", shim.name);
            diagnostics.push(
                Diagnostic::new(codes::SHIM, Place::Unknown, message)
                    .help(format!("call `{}`, or leave it out of `allow`", shim.name)),
            );
        }
    }
    diagnostics.barrier()
}

/// Gives declared shims the names of what they call.
pub fn rename(shims: &[Shim], header: &mut Header, tokens: &mut Tokens) {
    for (function, tokens) in header.functions.iter_mut().zip(&mut tokens.functions) {
        let Some(shim) = shims.iter().find(|shim| shim.symbol == function.name) else { continue };
        let ident = syn::parse_str::<syn::Ident>(&shim.name).unwrap_or_else(|_| quote::format_ident!("{}_", shim.name));
        let symbol = &shim.symbol;
        function.name = ident.to_string();
        function.link_name = Some(symbol.clone());
        tokens.item.sig.ident = ident;
        tokens.item.attrs.push(syn::parse_quote!(#[link_name = #symbol]));
    }
}

/// What contracts, reports and audits call them: the name that the header has.
pub fn declare(shims: &[Shim], header: &mut Header) {
    for function in &mut header.functions {
        let symbol = function.link_name.as_deref();
        if let Some(shim) = shims.iter().find(|shim| Some(shim.symbol.as_str()) == symbol) {
            function.declared = Some(shim.name.clone());
            // For a macro the declaration is in text of ours: the place to look at is the user's own option.
            if let Some(asked) = &shim.asked {
                let place = format!("shim_macro `{asked}`");
                function.location = Some(place.clone());
                function.portable_location = Some(place);
            }
        }
    }
}

fn param_type(param: &RawParam) -> Option<String> {
    match (&param.ty.kind, &param.ty.pointee) {
        // An array is a pointer, and its length may name what only the header knows.
        (RawTypeKind::Array, Some(element)) => Some(format!("__typeof__({}) *", spelling(element)?)),
        _ => spelling(&param.ty),
    }
}

/// A type as C takes it before a name; words that only clang knows are left out.
fn spelling(ty: &RawType) -> Option<String> {
    let text = &ty.spelling;
    // `struct (unnamed at f.h:1:1)`
    if text.contains("(unnamed") || text.contains("(anonymous") || text.contains(" at ") {
        return None;
    }
    let words = ["_Nonnull", "_Nullable", "_Null_unspecified", "_Nullable_result"];
    let text = words.iter().rev().fold(text.clone(), |text, word| text.replace(word, ""));
    // `int (*)(int)`, `int (int)`, `int[4]`: the name would stand inside.
    Some(if text.contains(['(', '[']) { format!("__typeof__({})", text.trim()) } else { text.trim().to_owned() })
}
