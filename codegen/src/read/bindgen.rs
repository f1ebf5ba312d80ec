//! Decides how bindgen is run: on the same text, arguments and libclang as the attribute reader, with fixed options.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::clang;
use super::layouts::{self, Layout};
use super::libclang::Libclang;
use super::{markdown, tags};
use crate::config::{ClangArgs, WrapperSource};

/// What bindgen asks about comments.
#[derive(Debug)]
struct Comments;

impl ::bindgen::callbacks::ParseCallbacks for Comments {
    fn process_comment(&self, comment: &str) -> Option<String> {
        Some(markdown::of_comment(comment))
    }
}

/// Which items bindgen is asked for, as regular expressions over C names; nothing at all means every item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Select {
    /// The functions.
    pub functions: Option<String>,
    /// The types.
    pub types: Option<String>,
    /// The variables and constants.
    pub vars: Option<String>,
    /// Whether items that chosen items need come along.
    pub recursive: bool,
    /// Whether the size, alignment and offsets of each structure are asserted.
    pub layout_tests: bool,
    /// Whether functions share a block where they can: a quarter of bindgen's time, and [`items`](super::items) does it too.
    pub one_block: bool,
    /// Whether types have `struct_`, `union_` or `enum_` in front of their tag, whatever they stand in.
    pub prefixed: bool,
}

impl Default for Select {
    fn default() -> Self {
        Self {
            functions: None,
            types: None,
            vars: None,
            recursive: true,
            layout_tests: true,
            one_block: false,
            prefixed: false,
        }
    }
}

/// Runs bindgen on `source` and gives its items, or what it said.
pub fn read(source: &WrapperSource, args: &ClangArgs, lib: &Libclang, select: &Select) -> Result<Written, String> {
    parse(&text(source, args, lib, select)?)
}

/// Runs bindgen on `source` and gives what it wrote, unformatted, or what it said. In a macro only rustc's thread may ask.
///
/// The result depends on nothing but the arguments and the headers: no comment names a version or a path.
pub fn text(source: &WrapperSource, args: &ClangArgs, lib: &Libclang, select: &Select) -> Result<String, String> {
    // bindgen takes the library attached to its thread, and looks for one of its own only when there is none.
    let _attached = lib.handle.attach();
    match catch_unwind(AssertUnwindSafe(|| generate(source, args, lib, select))) {
        Ok(text) => text,
        Err(panic) => Err(format!("bindgen panicked: {}", panic_text(panic.as_ref()))),
    }
}

/// As [`text`], with a name of its own for each type: C may call two by one name, and Rust may not.
pub fn distinct_text(
    source: &WrapperSource,
    args: &ClangArgs,
    lib: &Libclang,
    select: &Select,
) -> Result<String, String> {
    let text = text(source, args, lib, select)?;
    if !tags::may_collide(&text) {
        return Ok(text);
    }
    tags::settle(&self::text(source, args, lib, &Select { prefixed: true, ..select.clone() })?)
}

/// What bindgen wrote.
#[derive(Debug)]
pub struct Written {
    /// All of it but what it asserts about layouts.
    pub file: syn::File,
    /// What it asserts about layouts.
    pub layouts: Vec<Layout>,
}

/// Parses what bindgen wrote, on the thread that needs its tokens.
pub fn parse(text: &str) -> Result<Written, String> {
    let says = |error: &dyn std::fmt::Display| format!("bindgen wrote what does not parse: {error}");
    let (items, layouts) = layouts::split(text.parse().map_err(|error: proc_macro2::LexError| says(&error))?);
    Ok(Written { file: syn::parse2(items).map_err(|error| says(&error))?, layouts })
}

fn generate(source: &WrapperSource, args: &ClangArgs, lib: &Libclang, select: &Select) -> Result<String, String> {
    // Outside a build script bindgen assumes a Rust older than edition 2024.
    let target = ::bindgen::RustTarget::stable(85, 0).map_err(|error| error.to_string())?;
    let mut builder = ::bindgen::builder()
        // What the other reader takes for attributes would stop this one.
        .header_contents(&source.name, &(clang::renamed() + &source.text))
        .clang_args(lib.extra_args.iter().chain(&args.args))
        // Otherwise a clang on the search path would add directories only bindgen looks into.
        .detect_include_paths(false)
        .rust_target(target)
        .rust_edition(::bindgen::RustEdition::Edition2024)
        .formatter(::bindgen::Formatter::None)
        // The same types without std: the bindings fit a crate that has none.
        .use_core()
        .disable_header_comment()
        // Errors were told by the other reader; warnings of a library's header are not the user's.
        .clang_arg("-w")
        .merge_extern_blocks(select.one_block)
        .c_naming(select.prefixed)
        .wrap_unsafe_ops(true)
        .layout_tests(select.layout_tests)
        .generate_comments(true)
        .parse_callbacks(Box::new(Comments))
        .prepend_enum_name(false)
        .allowlist_recursively(select.recursive);
    if select.prefixed {
        // A structure inside another has a tag like any other.
        builder = builder.disable_nested_struct_naming();
    }
    if let Some(functions) = &select.functions {
        builder = builder.allowlist_function(functions);
    }
    if let Some(types) = &select.types {
        let types = if select.prefixed { format!("(?:struct_|union_|enum_)?(?:{types})") } else { types.clone() };
        builder = builder.allowlist_type(types);
    }
    if let Some(vars) = &select.vars {
        builder = builder.allowlist_var(vars);
    }
    builder.generate().map(|bindings| bindings.to_string()).map_err(|error| error.to_string().trim_end().to_owned())
}

fn panic_text(panic: &(dyn Any + Send)) -> &str {
    match (panic.downcast_ref::<String>(), panic.downcast_ref::<&str>()) {
        (Some(text), _) => text,
        (None, Some(text)) => text,
        (None, None) => "for a reason it did not put into words",
    }
}
