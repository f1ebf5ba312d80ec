//! `Builder`: whole headers, for build scripts, the command, and the macro.

mod reading;

use crate::bindings::Bindings;
use crate::config::ClangArgs;
use crate::contract::infer::Rules;
use crate::contract::{file, pack};
use crate::diag::{Diagnostic, Diagnostics, Place, closest, codes};
use crate::emit::{Style, paths::Paths};
use crate::layout;
use crate::model::{Header, Safety};
use crate::phase::Phase;
use crate::pipeline;
use crate::read::{Tokens, block, clang, items, merge, sources};

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
    raw_module: Option<String>,
    runtime: Option<String>,
    no_docs: bool,
    c_abi: bool,
    no_layout_tests: bool,
    unformatted: bool,
    no_infer: Vec<String>,
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

    /// Switches a rule of inference off, by a name of [`RULES`](crate::contract::infer::RULES); `all` stands for every rule.
    ///
    /// Inferred facts are shown in audits and never enforced, so this changes no wrapper.
    #[must_use]
    pub fn without_rule(mut self, rule: impl Into<String>) -> Self {
        self.no_infer.push(rule.into());
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
        add("raw-module", &mut self.raw_module.iter());
        add("runtime", &mut self.runtime.iter());
        add("no-infer", &mut self.no_infer.iter());
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
        watch(Phase::Reading);
        let rules = Rules::without(&self.no_infer)?;
        let (read, stamps) = self.read_steadily()?;
        let reading::Read { mut sources, raw, text, files } = read;
        sources.rules = rules;
        watch(Phase::Translating);
        let file = reading::items(&text?, &raw)?;
        watch(Phase::Deciding);
        let (mut header, mut tokens) = items::read(file);
        let allow = pattern(self.allow.as_deref(), "allow")?;
        let safe = pattern(self.safe.as_deref(), "safe")?;
        let wanted = |name: &str| allow.as_ref().is_none_or(|allow| allow.is_match(name));
        merge::join_redirected(&mut header, &mut tokens, &raw);
        merge::merge(&mut header, &raw, &wanted);
        merge::name_params(&mut header, &mut tokens, &pack::parameter_names);
        self.refuse_missing(&raw, &header)?;
        self.apply_contracts(&mut header, &mut tokens)?;
        sources.declared = sources::declared(&raw);
        file::ask_for_signatures(&sources.files, &mut header);
        if let Some(safe) = safe {
            for function in header.functions.iter_mut().filter(|function| safe.is_match(&function.name)) {
                function.safety = Safety::Safe;
            }
        }
        let output = pipeline::run_with(header, tokens, &sources, &self.style()?)?;
        let layout = layout::asserts(&raw.records);
        Ok(Bindings { output, files, layout, stamps, is_formatted: !self.unformatted })
    }

    fn style(&self) -> Result<Style, Diagnostics> {
        let raw = self.raw_module.as_deref().unwrap_or("raw");
        let raw = syn::parse_str(raw).map_err(|_| bad_option("raw_module", raw, "a Rust name"))?;
        let runtime = self
            .runtime
            .as_deref()
            .map(|path| syn::parse_str(path).map_err(|_| bad_option("runtime", path, "a path")))
            .transpose()?;
        Ok(Style { paths: Paths::new(runtime), raw, c_abi: self.c_abi, docs: !self.no_docs, own_module: true })
    }

    fn all_args(&self) -> ClangArgs {
        let mut args = ClangArgs::from_env();
        args.args.extend(self.clang_args.iter().cloned());
        args
    }

    /// Each plain name in `allow` and `safe` must be declared: a name that matches nothing is a spelling mistake.
    fn refuse_missing(&self, raw: &clang::RawAttrs, header: &Header) -> Result<(), Diagnostics> {
        let mut diagnostics = Diagnostics::new();
        let declared: Vec<&str> = raw.functions.iter().map(|function| function.name.as_str()).collect();
        for (option, pattern) in [("allow", &self.allow), ("safe", &self.safe)] {
            for name in pattern.iter().flat_map(|pattern| plain_names(pattern)) {
                if declared.contains(&name) {
                    continue;
                }
                let diagnostic = Diagnostic::new(
                    codes::NOT_DECLARED,
                    Place::Unknown,
                    format!("`{option}` names `{name}`, which {} does not declare", self.headers.join(", ")),
                );
                diagnostics.push(suggest(diagnostic, name, &declared));
            }
        }
        let bound: Vec<&str> = header.functions.iter().map(|function| function.name.as_str()).collect();
        for name in self.safe.iter().flat_map(|pattern| plain_names(pattern)) {
            if declared.contains(&name) && !bound.contains(&name) {
                diagnostics.push(
                    Diagnostic::new(
                        codes::NOT_DECLARED,
                        Place::Unknown,
                        format!("`safe` names `{name}`, which `allow` leaves out, or which cannot be bound"),
                    )
                    .help(format!("add `{name}` to `allow`")),
                );
            }
        }
        if diagnostics.is_empty() && self.allow.is_some() && header.functions.is_empty() && header.skipped.is_empty() {
            diagnostics.push(
                Diagnostic::new(
                    codes::NOT_DECLARED,
                    Place::Unknown,
                    format!("no function of {} matches `allow`", self.headers.join(", ")),
                )
                .help("the whole name must match; write `curl_.*` for all that start so"),
            );
        }
        diagnostics.barrier()
    }

    /// Moves the user's contracts onto the declared functions.
    fn apply_contracts(&self, header: &mut Header, tokens: &mut Tokens) -> Result<(), Diagnostics> {
        let mut diagnostics = Diagnostics::new();
        for text in &self.contracts {
            let block: syn::ItemForeignMod = syn::parse_str(text).map_err(|error| {
                Diagnostics::from(
                    Diagnostic::new(codes::MALFORMED, Place::Token(error.span()), format!("contracts: {error}"))
                        .help("write `unsafe extern \"C\" { fn name(#[attribute] parameter: type); }`"),
                )
            })?;
            let (said, said_tokens) = block::read(block)?;
            for (said, said_tokens) in said.functions.into_iter().zip(said_tokens.functions) {
                let names: Vec<&str> = header.functions.iter().map(|function| function.name.as_str()).collect();
                let Some(index) = names.iter().position(|name| *name == said.name) else {
                    let diagnostic = Diagnostic::new(
                        codes::NOT_DECLARED,
                        Place::Token(said_tokens.item.sig.ident.span()),
                        format!(
                            "a contract is given for `{}`, which {} does not declare",
                            said.name,
                            self.headers.join(", ")
                        ),
                    );
                    diagnostics.push(suggest(diagnostic, &said.name, &names));
                    continue;
                };
                let (function, item) = (&mut header.functions[index], &mut tokens.functions[index]);
                if function.params.len() != said.params.len() {
                    diagnostics.push(Diagnostic::new(
                        codes::NOT_DECLARED,
                        Place::Token(said_tokens.item.sig.ident.span()),
                        format!(
                            "the contract of `{}` has {} parameters, the header declares {}",
                            said.name,
                            said.params.len(),
                            function.params.len()
                        ),
                    ));
                    continue;
                }
                function.safety = said.safety;
                merge::rename(function, &mut item.item, said.params.iter().map(|param| param.name.clone()));
                item.contract_attrs = said_tokens.contract_attrs;
                item.param_attrs = said_tokens.param_attrs;
            }
        }
        diagnostics.barrier()
    }
}

fn join(before: Option<String>, pattern: &str) -> Option<String> {
    Some(before.map_or_else(|| pattern.to_owned(), |before| format!("{before}|{pattern}")))
}

/// The names of a pattern that is nothing but names: `readv|writev`.
fn plain_names(pattern: &str) -> impl Iterator<Item = &str> {
    let is_plain = pattern.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '|');
    pattern.split('|').filter(move |name| is_plain && !name.is_empty())
}

/// The whole name must match.
fn pattern(pattern: Option<&str>, option: &str) -> Result<Option<regex::Regex>, Diagnostics> {
    pattern
        .map(|pattern| {
            regex::Regex::new(&format!("^(?:{pattern})$"))
                .map_err(|_| bad_option(option, pattern, "a regular expression"))
        })
        .transpose()
}

fn bad_option(option: &str, value: &str, wanted: &str) -> Diagnostics {
    Diagnostic::new(codes::BAD_OPTION, Place::Unknown, format!("`{option}` takes {wanted}, not `{value}`")).into()
}

fn suggest(diagnostic: Diagnostic, name: &str, candidates: &[&str]) -> Diagnostic {
    match closest(name, candidates.iter().copied()) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None => diagnostic.help("check the spelling, and whether a `#define` such as _GNU_SOURCE must come first"),
    }
}
