//! Decides in which order headers are read, joined and bound.

use super::Builder;
use super::names::{bad_option, pattern, suggest};
use super::reading::{self, Asked, Read};
use crate::bindings::{Bindings, CFile};
use crate::config::{self, ClangArgs};
use crate::contract::infer::Rules;
use crate::contract::{Fact, Policies, Source, file, pack};
use crate::diag::{Diagnostic, Diagnostics, Place, codes};
use crate::emit::{Style, paths::Paths};
use crate::form::header::Forms;
use crate::layout;
use crate::model::{Function, Header, Safety};
use crate::phase::Phase;
use crate::pipeline;
use crate::read::{self, FnTokens, Tokens, aliases, bindgen, block, items, merge, params, sources, transparent};
use crate::shim::{self, Shim};
use std::collections::BTreeSet;

impl Builder {
    /// The whole way from headers to bindings.
    pub(super) fn run(&self, watch: &mut dyn FnMut(Phase)) -> Result<Bindings, Diagnostics> {
        watch(Phase::Reading);
        let rules = Rules::without(&self.no_infer)?;
        let args = self.all_args();
        let allow = pattern(self.allow.as_deref(), "allow")?;
        let safe = pattern(self.safe.as_deref(), "safe")?;
        let wanted = |name: &str| allow.as_ref().is_none_or(|allow| allow.is_match(name));
        let mut said = self.said()?;
        // Without a choice of functions everything is bound, and which forms there are follows from what is declared.
        let mut forms = Forms::gather(&mut said, &|name: &str| allow.is_some() && !self.no_packs && wanted(name));
        let prefix = self.shim_prefix.as_deref().unwrap_or(shim::PREFIX);
        let macros: Vec<Shim> =
            self.shim_macros.iter().map(|text| Shim::of_macro(text, prefix)).collect::<Result<_, _>>()?;
        let needs = allow.as_ref().map(|_| forms.needs()).unwrap_or_default();
        let select = bindgen::Select {
            functions: self.allow.as_ref().map(|allow| match self.has_shims() {
                true => format!("{allow}|{prefix}.*"),
                false => allow.clone(),
            }),
            types: needs.types,
            vars: needs.vars,
            layout_tests: !self.no_layout_tests,
            ..bindgen::Select::default()
        };
        let asked = Asked { args: &args, select: &select, macros: &macros, prefix };
        let (read, stamps) = self.read_steadily(&asked)?;
        let Read { mut sources, raw, text, shims, files } = read;
        sources.rules = rules;
        watch(Phase::Translating);
        let file = reading::items(&text?, &raw)?;
        watch(Phase::Deciding);
        let (mut header, mut tokens) = items::read(file);
        merge::join_redirected(&mut header, &mut tokens, &raw);
        transparent::open(&mut header, &mut tokens, &raw);
        shim::refuse_functions(&macros, &header)?;
        shim::rename(&shims, &mut header, &mut tokens);
        merge::merge(&mut header, &raw, &wanted);
        shim::declare(&shims, &mut header);
        let packs = if self.no_packs { pack::none() } else { pack::shipped() };
        sources.packs = packs;
        let commented = merge::commented_names(&raw);
        let names =
            |function: &Function| packs.parameter_names(function).or_else(|| commented.get(function.c_name()).cloned());
        params::name_params(&mut header, &mut tokens, &names);
        merge::mark(&header, &mut tokens);
        let mut diagnostics = Diagnostics::new();
        self.apply_contracts(said, &mut header, &mut tokens, &mut diagnostics);
        if allow.is_none() && !self.no_packs {
            let declared: BTreeSet<&str> = header.functions.iter().map(Function::c_name).collect();
            forms.add_packs(&|name: &str| declared.contains(name));
        }
        forms.add(&mut header, &mut tokens, &mut diagnostics);
        self.refuse_missing(&raw, &header)?;
        diagnostics.barrier()?;
        sources.policies = self.policies(&header)?;
        sources.declared = sources::declared(&raw);
        file::ask_for_signatures(&sources.files, &mut header);
        if let Some(safe) = safe {
            for function in header.functions.iter_mut().filter(|function| safe.is_match(&function.name)) {
                function.safety = Safety::Safe;
            }
        }
        aliases::spell_out(&mut header, &mut tokens);
        params::avoid_constants(&mut tokens, &self.beside);
        let style = self.style()?;
        self.refuse_taken(&style, &tokens)?;
        let output = pipeline::run_with(header, tokens, &sources, &style)?;
        let layout = layout::asserts(&raw.records);
        let shim = (!shims.is_empty()).then(|| self.c_file(&shims, &args));
        Ok(Bindings { output, files, layout, stamps, is_formatted: !self.unformatted, shim })
    }

    /// What is asked of the checks of calls: of all functions, and of those that a pattern names.
    fn policies(&self, header: &Header) -> Result<Policies, Diagnostics> {
        let mut policies = Policies { nested: self.nested, ..Policies::default() };
        let names = || header.functions.iter().map(|function| function.name.as_str());
        for (text, reason) in &self.unchecked {
            let matched = pattern(Some(text), "unchecked")?;
            for name in names().filter(|name| matched.as_ref().is_some_and(|pattern| pattern.is_match(name))) {
                let fact = Fact::new(reason.clone(), Source::Attribute, format!("unchecked({reason:?})"));
                policies.of(name).unchecked.get_or_insert(fact);
            }
        }
        for (text, guarded) in &self.guarded {
            let matched = pattern(Some(text), "guarded")?;
            for name in names().filter(|name| matched.as_ref().is_some_and(|pattern| pattern.is_match(name))) {
                let fact = Fact::new(*guarded, Source::Attribute, format!("guarded({guarded})"));
                policies.of(name).guarded.get_or_insert(fact);
            }
        }
        Ok(policies)
    }

    fn has_shims(&self) -> bool {
        self.shim.is_some() || !self.shim_macros.is_empty()
    }

    /// The pattern of `shim`, as written and as read.
    pub(super) fn asked(&self, prefix: &str) -> Result<Option<(&str, regex::Regex)>, Diagnostics> {
        if syn::parse_str::<syn::Ident>(prefix).is_err() {
            return Err(bad_option("shim_prefix", prefix, "the start of a name"));
        }
        let matched = pattern(self.shim.as_deref(), "shim")?;
        Ok(self.shim.as_deref().zip(matched))
    }

    /// The C file that defines the shims, behind the same defines and headers.
    fn c_file(&self, shims: &[Shim], args: &ClangArgs) -> CFile {
        let folders = config::package_dirs_from_env();
        let mut text = String::from("/* Generated by pinned-ffi: functions that headers hold, as symbols. */\n");
        text.push_str(&self.defines());
        for header in &self.headers {
            let is_file = read::find_file(header, &folders).is_some();
            text.push_str(&if is_file { format!("#include \"{header}\"\n") } else { format!("#include <{header}>\n") });
        }
        text.push('\n');
        text.push_str(&shim::definitions(shims));
        CFile { text, args: args.args.clone(), folders }
    }

    fn defines(&self) -> String {
        self.defines.iter().map(|define| format!("#define {}\n", define.replacen('=', " ", 1))).collect()
    }

    /// A type of the header may not have the name of a module that stands beside it.
    fn refuse_taken(&self, style: &Style, tokens: &Tokens) -> Result<(), Diagnostics> {
        let is_taken = |module: &syn::Ident| {
            tokens.items.iter().any(|item| match item {
                syn::Item::Struct(item) => item.ident == *module,
                syn::Item::Union(item) => item.ident == *module,
                syn::Item::Enum(item) => item.ident == *module,
                syn::Item::Type(item) => item.ident == *module,
                _ => false,
            })
        };
        if !is_taken(&style.raw) {
            return Ok(());
        }
        let message =
            format!("the header has a type `{0}`, and the untouched declarations stand in a module `{0}`", style.raw);
        Err(Diagnostic::new(codes::BAD_OPTION, Place::Unknown, message)
            .help("choose another name with `raw_module`: `.raw_module(\"declared\")`, `--raw-module declared`, `raw = declared`")
            .into())
    }

    fn style(&self) -> Result<Style, Diagnostics> {
        let raw = self.raw_module.as_deref().unwrap_or("raw");
        let raw = syn::parse_str(raw).map_err(|_| bad_option("raw_module", raw, "a Rust name"))?;
        let runtime = self
            .runtime
            .as_deref()
            .map(|path| {
                let is_plain = |parsed: &syn::Path| parsed.segments.iter().all(|segment| segment.arguments.is_none());
                syn::parse_str(path).ok().filter(is_plain).ok_or_else(|| bad_option("runtime", path, "a path"))
            })
            .transpose()?;
        Ok(Style { paths: Paths::new(runtime), raw, c_abi: self.c_abi, docs: !self.no_docs, own_module: true })
    }

    pub(super) fn all_args(&self) -> ClangArgs {
        let mut args = ClangArgs::from_env();
        args.args.extend(self.clang_args.iter().cloned());
        args
    }

    /// What the user's blocks say, in order.
    fn said(&self) -> Result<Vec<(Function, FnTokens)>, Diagnostics> {
        let mut said = Vec::new();
        for text in &self.contracts {
            let block: syn::ItemForeignMod = syn::parse_str(text).map_err(|error| {
                Diagnostics::from(
                    Diagnostic::new(codes::MALFORMED, Place::Token(error.span()), format!("contracts: {error}"))
                        .help("write `unsafe extern \"C\" { fn name(#[attribute] parameter: type); }`"),
                )
            })?;
            let (header, tokens) = block::read(block)?;
            said.extend(header.functions.into_iter().zip(tokens.functions));
        }
        Ok(said)
    }

    /// Moves the user's contracts onto the declared functions.
    fn apply_contracts(
        &self,
        said: Vec<(Function, FnTokens)>,
        header: &mut Header,
        tokens: &mut Tokens,
        diagnostics: &mut Diagnostics,
    ) {
        for (said, said_tokens) in said {
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
            params::rename(function, &mut item.item, said.params.iter().map(|param| param.name.clone()));
            item.contract_attrs = said_tokens.contract_attrs;
            item.param_attrs = said_tokens.param_attrs;
        }
    }
}
