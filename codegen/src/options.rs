//! The arguments of `#[pinned_ffi(…)]`.

use crate::contract::Nested;
use crate::diag::{Diagnostic, Diagnostics, Place, closest, codes};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::punctuated::Punctuated;

/// What may be written in the parentheses.
const KEYS: &[&str] = &[
    "crate",
    "raw",
    "abi",
    "nested",
    "export",
    "on_panic",
    "header",
    "allow",
    "safe",
    "define",
    "clang_args",
    "contract_file",
    "gir",
    "no_infer",
];

/// What the user asks for.
#[derive(Clone, Debug)]
pub struct Options {
    /// `crate = path`: the runtime's name, where it was renamed.
    pub krate: Option<syn::Path>,
    /// `raw = name`: the module of untouched declarations.
    pub raw: syn::Ident,
    /// `abi = "C"`: wrappers with C's signature have C's ABI too, and can be function pointers; a report then aborts.
    pub c_abi: bool,
    /// `nested = "live"`: of pointers inside arguments only dead ones are reported; and where it stands.
    pub nested: Option<(Nested, proc_macro2::Span)>,
    /// `header = "sys/uio.h"`, or a list of them.
    pub headers: Vec<String>,
    /// `allow = "readv|writev"`: functions, as a regular expression.
    pub allow: Option<String>,
    /// `safe = "readv"`: functions that get the idiomatic signature.
    pub safe: Option<String>,
    /// `define = "_GNU_SOURCE"`, in front of the headers.
    pub defines: Vec<String>,
    /// `clang_args = ["-I/opt/x"]`
    pub clang_args: Vec<String>,
    /// `contract_file = "mine.toml"`, or a list of them.
    pub contract_files: Vec<String>,
    /// `gir = "/usr/share/gir-1.0/GLib-2.0.gir"`, or a list of them.
    pub girs: Vec<String>,
    /// `no_infer = "rule|rule"`: rules of inference to leave out, or `all`.
    pub no_infer: Vec<String>,
    /// `export`, or `export = "c_name"`: the function is one that C calls.
    pub export: Option<Export>,
    /// `on_panic = -1`: what C gets where an exported function panics.
    pub on_panic: Option<(syn::Expr, proc_macro2::Span)>,
    /// The first option that is about wrappers of C's functions, and where it stands.
    pub for_wrappers: Option<(String, proc_macro2::Span)>,
    /// The first option that only a module may have, and where it stands.
    pub for_modules: Option<(String, proc_macro2::Span)>,
    /// Where the headers were named.
    pub span: proc_macro2::Span,
}

/// That a function is for C to call.
#[derive(Clone, Debug)]
pub struct Export {
    /// Its name there, where it is not the name in Rust.
    pub name: Option<String>,
    /// Where the word stands.
    pub span: proc_macro2::Span,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            krate: None,
            raw: quote::format_ident!("raw"),
            c_abi: false,
            nested: None,
            headers: Vec::new(),
            allow: None,
            safe: None,
            defines: Vec::new(),
            clang_args: Vec::new(),
            contract_files: Vec::new(),
            girs: Vec::new(),
            no_infer: Vec::new(),
            export: None,
            on_panic: None,
            for_wrappers: None,
            for_modules: None,
            span: proc_macro2::Span::call_site(),
        }
    }
}

/// One `key = value`.
struct Entry {
    key: syn::Ident,
    value: Value,
}

enum Value {
    Texts(Vec<syn::LitStr>),
    Path(syn::Path),
    Expr(syn::Expr),
    Nothing,
}

impl Options {
    /// Reads the tokens in the parentheses.
    ///
    /// # Errors
    ///
    /// Keys that do not exist, and values of the wrong kind, each at its token.
    pub fn parse(tokens: proc_macro2::TokenStream) -> Result<Self, Diagnostics> {
        let entries = syn::parse::Parser::parse2(
            |input: ParseStream<'_>| Punctuated::<Entry, syn::Token![,]>::parse_terminated_with(input, entry),
            tokens,
        )
        .map_err(|error| {
            Diagnostic::new(codes::BAD_OPTION, Place::Token(error.span()), error.to_string())
                .help("write `#[pinned_ffi]`, `#[pinned_ffi(header = \"sys/uio.h\", allow = \"readv\")]` or `#[pinned_ffi(crate = my_name)]`")
        })?;
        let mut options = Self::default();
        let mut diagnostics = Diagnostics::new();
        for entry in entries {
            if let Err(diagnostic) = options.set(entry) {
                diagnostics.push(*diagnostic);
            }
        }
        diagnostics.barrier()?;
        Ok(options)
    }

    fn set(&mut self, entry: Entry) -> Result<(), Box<Diagnostic>> {
        let span = entry.key.span();
        let key = entry.key.unraw().to_string();
        let refuse = |what: &str| {
            Box::new(Diagnostic::new(codes::BAD_OPTION, Place::Token(span), format!("`{key}` takes {what}")))
        };
        let texts = |entry: Entry| match entry.value {
            Value::Texts(texts) => Ok(texts.iter().map(syn::LitStr::value).collect::<Vec<_>>()),
            _ => Err(refuse("a string, or a list of strings")),
        };
        let one = |entry: Entry| match texts(entry).ok().as_deref() {
            Some([text]) => Ok(Some(text.clone())),
            _ => Err(refuse("one string")),
        };
        match key.as_str() {
            "crate" | "export" | "on_panic" => {}
            "raw" | "abi" | "nested" => {
                self.for_wrappers.get_or_insert((key.clone(), span));
            }
            other if KEYS.contains(&other) => {
                self.for_modules.get_or_insert((key.clone(), span));
            }
            _ => {}
        }
        match key.as_str() {
            "crate" => match entry.value {
                Value::Path(path) => self.krate = Some(path),
                Value::Texts(texts) => {
                    let path = texts.first().map(syn::LitStr::parse).transpose().ok().flatten();
                    self.krate = Some(path.ok_or_else(|| refuse("a path"))?);
                }
                _ => return Err(refuse("a path")),
            },
            "export" => {
                let name = match entry.value {
                    Value::Nothing => None,
                    _ => one(entry)?,
                };
                self.export = Some(Export { name, span });
            }
            "on_panic" => match entry.value {
                Value::Expr(value) => self.on_panic = Some((value, span)),
                _ => return Err(refuse("the value that C gets")),
            },
            "raw" => match entry.value {
                Value::Path(path) => self.raw = path.get_ident().cloned().ok_or_else(|| refuse("a name"))?,
                _ => return Err(refuse("a name, without quotes")),
            },
            "header" => {
                self.span = span;
                self.headers = texts(entry)?;
            }
            "abi" => match one(entry)?.as_deref() {
                Some("C") => self.c_abi = true,
                Some("Rust") => self.c_abi = false,
                _ => return Err(refuse("\"C\" or \"Rust\"")),
            },
            "nested" => {
                let nested = one(entry)?.as_deref().and_then(Nested::from_word);
                self.nested = Some((nested.ok_or_else(|| refuse("\"strict\" or \"live\""))?, span));
            }
            "allow" => self.allow = one(entry)?,
            "safe" => self.safe = one(entry)?,
            "define" => self.defines = texts(entry)?,
            "clang_args" => self.clang_args = texts(entry)?,
            "contract_file" => self.contract_files = texts(entry)?,
            "gir" => self.girs = texts(entry)?,
            "no_infer" => {
                self.no_infer = one(entry)?.iter().flat_map(|rules| rules.split('|')).map(str::to_owned).collect();
            }
            other => {
                let diagnostic =
                    Diagnostic::new(codes::BAD_OPTION, Place::Token(span), format!("there is no option `{other}`"));
                return Err(Box::new(match closest(other, KEYS.iter().copied()) {
                    Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                    None => diagnostic.help(format!("options are {}", KEYS.join(", "))),
                }));
            }
        }
        Ok(())
    }
}

fn entry(input: ParseStream<'_>) -> syn::Result<Entry> {
    let key = input.call(syn::Ident::parse_any)?;
    if key == "export" && !input.peek(syn::Token![=]) {
        return Ok(Entry { key, value: Value::Nothing });
    }
    input.parse::<syn::Token![=]>()?;
    let value = if key == "on_panic" {
        Value::Expr(input.parse()?)
    } else if input.peek(syn::LitStr) {
        Value::Texts(vec![input.parse()?])
    } else if input.peek(syn::token::Bracket) {
        let content;
        syn::bracketed!(content in input);
        Value::Texts(Punctuated::<syn::LitStr, syn::Token![,]>::parse_terminated(&content)?.into_iter().collect())
    } else {
        Value::Path(input.call(syn::Path::parse_mod_style)?)
    };
    Ok(Entry { key, value })
}
