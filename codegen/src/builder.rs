//! `Builder`: whole headers, for build scripts, the command, and the macro.

mod generate;
mod names;
mod reading;

pub(crate) use names::plain_names;

use crate::bindings::Bindings;
use crate::contract::{Guarded, Nested};
use crate::diag::Diagnostics;
use crate::phase::Phase;

/// Reads C headers and writes pinned and checked wrappers for their functions.
///
/// ```no_run
/// // build.rs
/// fn main() -> Result<(), Box<dyn std::error::Error>> {
///     let out = std::path::PathBuf::from(std::env::var("OUT_DIR")?).join("uio.rs");
///     pinned_ffi_codegen::Builder::new()
///         .header("sys/uio.h")
///         .allow("readv|writev")
///         .safe("readv|writev")
///         .generate()?
///         .write(&out)?;
///     Ok(())
/// }
/// ```
///
/// The output depends on headers, contracts and these options alone: it may be checked in.
#[derive(Clone, Debug, Default)]
pub struct Builder {
    headers: Vec<String>,
    defines: Vec<String>,
    allow: Option<String>,
    safe: Option<String>,
    clang_args: Vec<String>,
    contracts: Vec<String>,
    contract_files: Vec<String>,
    girs: Vec<String>,
    shim: Option<String>,
    shim_macros: Vec<String>,
    shim_prefix: Option<String>,
    raw_module: Option<String>,
    runtime: Option<String>,
    no_docs: bool,
    c_abi: bool,
    no_layout_tests: bool,
    unformatted: bool,
    no_infer: Vec<String>,
    no_packs: bool,
    nested: Option<Nested>,
    /// Patterns, with the reason of each.
    unchecked: Vec<(String, String)>,
    guarded: Vec<(String, Guarded)>,
    /// Values that stand beside the bindings.
    beside: Vec<String>,
}

impl Builder {
    /// No headers yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a header: a file relative to the current folder or the package, or a name that the compiler finds, as in `#include <…>`.
    #[must_use]
    pub fn header(mut self, header: impl Into<String>) -> Self {
        self.headers.push(header.into());
        self
    }

    /// Adds `#define NAME` or `#define NAME VALUE` (from `NAME=VALUE`) in front of the headers.
    #[must_use]
    pub fn define(mut self, define: impl Into<String>) -> Self {
        self.defines.push(define.into());
        self
    }

    /// Binds only functions whose whole name matches this regular expression, and the types they need.
    #[must_use]
    pub fn allow(mut self, pattern: impl Into<String>) -> Self {
        self.allow = join(self.allow, &pattern.into());
        self
    }

    /// Gives matching functions the idiomatic signature, as `safe fn` does; their contracts must be complete.
    #[must_use]
    pub fn safe(mut self, pattern: impl Into<String>) -> Self {
        self.safe = join(self.safe, &pattern.into());
        self
    }

    /// Adds arguments for clang: `-I…`, `-D…`.
    #[must_use]
    pub fn clang_args<S: AsRef<str>>(mut self, args: impl IntoIterator<Item = S>) -> Self {
        self.clang_args.extend(args.into_iter().map(|arg| arg.as_ref().to_owned()));
        self
    }

    /// Adds contracts in the attribute language, as an extern block: the strongest source.
    ///
    /// Functions are found by name and parameters by position; types are not compared.
    ///
    /// ```
    /// let builder = pinned_ffi_codegen::Builder::new().header("mine.h").contracts(
    ///     r#"unsafe extern "C" {
    ///         safe fn fill(#[out] #[sized_by(len)] #[noescape] to: *mut c_void, len: size_t);
    ///     }"#,
    /// );
    /// # let _ = builder;
    /// ```
    #[must_use]
    pub fn contracts(mut self, block: impl Into<String>) -> Self {
        self.contracts.push(block.into());
        self
    }

    /// Says which values stand in the module beside the bindings: no parameter can have the name of one.
    #[must_use]
    pub fn beside(mut self, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.beside.extend(names.into_iter().map(Into::into));
        self
    }

    /// Adds a contract file (TOML, see `CONTRACTS.md`), relative to the package or the current folder.
    ///
    /// It stands below attributes, above packs. The build watches it.
    #[must_use]
    pub fn contract_file(mut self, path: impl Into<String>) -> Self {
        self.contract_files.push(path.into());
        self
    }

    /// Adds a GObject-Introspection file (`.gir`): it stands below the header's own attributes, above guesses.
    ///
    /// Types that it takes from another namespace are known when that one's file is added as well.
    #[must_use]
    pub fn gir(mut self, path: impl Into<String>) -> Self {
        self.girs.push(path.into());
        self
    }

    /// Binds `static inline` functions whose whole name matches, through a C file: [`Bindings::shim_c`].
    ///
    /// ```no_run
    /// // build.rs
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let bindings = pinned_ffi_codegen::Builder::new()
    ///     .header("mine.h")
    ///     .shim("mine_inline")
    ///     .shim_macro("int WIFEXITED(int status)")
    ///     .generate()?;
    /// let c = bindings.shim_c();
    /// # let _ = c;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn shim(mut self, pattern: impl Into<String>) -> Self {
        self.shim = join(self.shim, &pattern.into());
        self
    }

    /// Binds a macro through the same C file, as the function of this prototype: `int WIFEXITED(int status)`.
    #[must_use]
    pub fn shim_macro(mut self, prototype: impl Into<String>) -> Self {
        self.shim_macros.push(prototype.into());
        self
    }

    /// What the C file's symbols begin with, `pinned_ffi_shim_` by default: two libraries must not define one symbol.
    #[must_use]
    pub fn shim_prefix(mut self, prefix: &str) -> Self {
        self.shim_prefix = Some(prefix.to_owned());
        self
    }

    /// Names the module of untouched declarations, `raw` by default.
    #[must_use]
    pub fn raw_module(mut self, name: &str) -> Self {
        self.raw_module = Some(name.to_owned());
        self
    }

    /// Names the runtime, `::pinned_ffi` by default.
    #[must_use]
    pub fn runtime(mut self, path: &str) -> Self {
        self.runtime = Some(path.to_owned());
        self
    }

    /// Whether wrappers with C's signature have C's ABI too, so that they coerce to function pointers of C.
    ///
    /// A report cannot unwind through such a wrapper: it ends the process.
    #[must_use]
    pub fn c_abi(mut self, c_abi: bool) -> Self {
        self.c_abi = c_abi;
        self
    }

    /// Says which unpinned targets of pointers inside arguments are reported, for all functions that say nothing else.
    ///
    /// [`Nested::Live`] is for a drop-in whose callers were written before there were pins: a live block is taken for one that
    /// stays, and a freed one is still reported. A word on the function (`#[nested(strict)]`) comes before it.
    #[must_use]
    pub fn nested(mut self, nested: Nested) -> Self {
        self.nested = Some(nested);
        self
    }

    /// Leaves the calls of matching functions unchecked in every build, and says why, in their documentation and in audits.
    ///
    /// ```
    /// let builder = pinned_ffi_codegen::Builder::new()
    ///     .header("mine.h")
    ///     .unchecked("mine_peek|mine_poke", "called for every byte of a stream");
    /// # let _ = builder;
    /// ```
    #[must_use]
    pub fn unchecked(mut self, pattern: impl Into<String>, reason: impl Into<String>) -> Self {
        self.unchecked.push((pattern.into(), reason.into()));
        self
    }

    /// Says which calls of matching functions get copies between guard pages at level full: all, or none. Of other functions
    /// some do.
    #[must_use]
    pub fn guarded(mut self, pattern: impl Into<String>, guarded: Guarded) -> Self {
        self.guarded.push((pattern.into(), guarded));
        self
    }

    /// Switches a rule of inference off, by a name of [`RULES`](crate::contract::infer::RULES); `all` stands for every rule.
    ///
    /// Inferred facts are shown in audits and never enforced, so this changes no wrapper.
    #[must_use]
    pub fn without_rule(mut self, rule: impl Into<String>) -> Self {
        self.no_infer.push(rule.into());
        self
    }

    /// Whether the shipped contract packs speak; they do by default. Without them an audit shows what headers and rules say alone.
    #[must_use]
    pub fn packs(mut self, packs: bool) -> Self {
        self.no_packs = !packs;
        self
    }

    /// Whether functions get their contract as documentation; they do by default.
    #[must_use]
    pub fn docs(mut self, docs: bool) -> Self {
        self.no_docs = !docs;
        self
    }

    /// Whether size, alignment and offsets of every structure are asserted in the output; they are by default.
    #[must_use]
    pub fn layout_tests(mut self, layout_tests: bool) -> Self {
        self.no_layout_tests = !layout_tests;
        self
    }

    /// Whether the output is formatted; it is by default. Formatting takes about as long as everything else.
    #[must_use]
    pub fn format(mut self, format: bool) -> Self {
        self.unformatted = !format;
        self
    }

    /// Everything that the output depends on beside the headers, as text.
    pub fn fingerprint(&self) -> String {
        format!("{} {:?} {:?}", env!("PINNED_FFI_CODEGEN_HASH"), self, self.all_args())
    }

    /// The arguments of the command that does the same, for a helper process.
    pub fn command_line(&self) -> Vec<String> {
        let mut args = vec!["generate".to_owned()];
        let mut add = |option: &str, values: &mut dyn Iterator<Item = &String>| {
            for value in values {
                args.push(format!("--{option}={value}"));
            }
        };
        add("header", &mut self.headers.iter());
        add("define", &mut self.defines.iter());
        add("allow", &mut self.allow.iter());
        add("safe", &mut self.safe.iter());
        add("clang-arg", &mut self.clang_args.iter());
        add("contracts", &mut self.contracts.iter());
        add("contract-file", &mut self.contract_files.iter());
        add("gir", &mut self.girs.iter());
        add("shim", &mut self.shim.iter());
        add("shim-macro", &mut self.shim_macros.iter());
        add("shim-prefix", &mut self.shim_prefix.iter());
        add("raw-module", &mut self.raw_module.iter());
        add("runtime", &mut self.runtime.iter());
        add("no-infer", &mut self.no_infer.iter());
        add("beside", &mut self.beside.iter());
        add("nested", &mut self.nested.map(|nested| nested.to_string()).iter());
        let unchecked: Vec<String> =
            self.unchecked.iter().map(|(pattern, reason)| format!("{pattern}={reason}")).collect();
        add("unchecked", &mut unchecked.iter());
        for (pattern, guarded) in &self.guarded {
            add(&format!("guarded-{guarded}"), &mut std::iter::once(pattern));
        }
        if self.no_packs {
            args.push("--no-packs".into());
        }
        if self.c_abi {
            args.push("--c-abi".into());
        }
        args
    }

    /// Reads the headers and runs every pass.
    ///
    /// # Errors
    ///
    /// All that is wrong: libclang missing, what clang says of the headers, names that no header
    /// declares, contracts.
    pub fn generate(&self) -> Result<Bindings, Diagnostics> {
        self.generate_watched(&mut |_| {})
    }

    /// Does what [`generate`](Self::generate) does, and tells `watch` what begins.
    ///
    /// # Errors
    ///
    /// The same.
    pub fn generate_watched(&self, watch: &mut dyn FnMut(Phase)) -> Result<Bindings, Diagnostics> {
        self.run(watch)
    }
}

fn join(before: Option<String>, pattern: &str) -> Option<String> {
    Some(before.map_or_else(|| pattern.to_owned(), |before| format!("{before}|{pattern}")))
}
