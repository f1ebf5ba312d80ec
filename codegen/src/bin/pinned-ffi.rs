//! The `pinned-ffi` command: bindings, headers of exports, audits of contracts, runs in checked mode, pages on codes, completions for shells.

#![forbid(unsafe_code)]

#[path = "../cli/places.rs"]
mod places;
#[path = "../cli/progress.rs"]
mod progress;
#[path = "../cli/report.rs"]
mod report;
#[path = "../cli/run.rs"]
mod run;

use clap::{Args, CommandFactory as _, Parser, Subcommand, ValueEnum};
use pinned_ffi_codegen::learned::{self, Learned};
use pinned_ffi_codegen::{Bindings, Builder, Exports, Guarded, Nested, Phase, audit, cache, dump, explain, output};
use progress::Progress;
use std::error::Error;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Calling C from Rust with pinned arguments and pointer checks.
#[derive(Debug, Parser)]
#[command(name = "pinned-ffi", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write bindings for a header
    Generate(Generate),
    /// Show every pointer parameter with its contract and where that comes from
    Audit(Audit),
    /// Write the C header of functions with `#[pinned_ffi(export)]`
    Export(Export),
    /// Run a command in checked mode and tell what all its processes report
    Run(run::Run),
    /// Convert the JSON lines of reports
    Report(report::Report),
    /// Tell what a diagnostic (PB…) or a rule (PF…) means; all of them without a code
    Explain {
        /// The code, such as PB005 or PF001
        code: Option<String>,
    },
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

#[derive(Debug, Args)]
struct Input {
    /// A header, as a file or as in `#include <…>`; may be given again
    #[arg(long, required = true)]
    header: Vec<String>,
    /// `NAME` or `NAME=VALUE`, defined in front of the headers
    #[arg(long)]
    define: Vec<String>,
    /// Functions to bind, as a regular expression over whole names
    #[arg(long)]
    allow: Vec<String>,
    /// Functions that get the idiomatic signature
    #[arg(long)]
    safe: Vec<String>,
    /// An argument for clang, such as -I/opt/include
    #[arg(long, allow_hyphen_values = true)]
    clang_arg: Vec<String>,
    /// Contracts in the attribute language, as an extern block
    #[arg(long)]
    contracts: Vec<String>,
    /// A contract file (TOML); may be given again
    #[arg(long)]
    contract_file: Vec<String>,
    /// A GObject-Introspection file; may be given again
    #[arg(long)]
    gir: Vec<String>,
    /// `static inline` functions to bind through a C file, as a regular expression
    #[arg(long)]
    shim: Vec<String>,
    /// A macro to bind through the same file, as a prototype: 'int WIFEXITED(int status)'
    #[arg(long)]
    shim_macro: Vec<String>,
    /// What that file's symbols begin with
    #[arg(long)]
    shim_prefix: Option<String>,
    /// The name of the module of untouched declarations
    #[arg(long)]
    raw_module: Option<String>,
    /// The path of the runtime in the bindings
    #[arg(long)]
    runtime: Option<String>,
    /// A rule of inference to leave out, or `all`
    #[arg(long, value_name = "RULE")]
    no_infer: Vec<String>,
    /// Leave the shipped contract packs out
    #[arg(long)]
    no_packs: bool,
    /// A constant or static that stands in the module with the bindings: no parameter gets its name
    #[arg(long, value_name = "NAME")]
    beside: Vec<String>,
    /// Which unpinned targets of pointers inside arguments are reported: all, or dead ones alone
    #[arg(long, value_enum)]
    nested: Option<NestedWord>,
    /// Functions whose calls are not checked, as a regular expression, and why
    #[arg(long, value_name = "FUNCTIONS=REASON", value_parser = functions_and_reason)]
    unchecked: Vec<(String, String)>,
    /// Functions whose calls all get copies between guard pages at level full
    #[arg(long, value_name = "FUNCTIONS")]
    guarded_always: Vec<String>,
    /// Functions whose calls get no such copies
    #[arg(long, value_name = "FUNCTIONS")]
    guarded_never: Vec<String>,
    /// Give wrappers with C's signature C's ABI, too; a report then aborts
    #[arg(long)]
    c_abi: bool,
}

#[derive(Debug, Args)]
struct Generate {
    #[command(flatten)]
    input: Input,
    /// Where to write; standard output without it
    #[arg(long, short)]
    output: Option<PathBuf>,
    /// Where to write the C file that --shim and --shim-macro ask for
    #[arg(long)]
    shim_output: Option<PathBuf>,
    /// Write nothing; fail when the file differs from what would be written
    #[arg(long, requires = "output")]
    check: bool,
    /// A folder for the text dump of each pass
    #[arg(long)]
    dump: Option<PathBuf>,
    /// Print an entry of the macro's cache instead of a file
    #[arg(long, hide = true)]
    cache_entry: bool,
}

#[derive(Debug, Args)]
struct Audit {
    #[command(flatten)]
    input: Input,
    /// As text for people, as JSON for programs, or as one HTML page
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// A file that programs with PINNED_FFI_LEARN have written; may be given again
    #[arg(long, value_name = "FILE")]
    learned: Vec<String>,
    /// Where to write; standard output without it
    #[arg(long, short)]
    output: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct Export {
    /// The crate's root file, such as src/lib.rs
    root: PathBuf,
    /// A header that the written one includes; may be given again
    #[arg(long)]
    include: Vec<String>,
    /// Where to write; standard output without it
    #[arg(long, short)]
    output: Option<PathBuf>,
    /// Write nothing; fail when the file differs from what would be written
    #[arg(long, requires = "output")]
    check: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Text,
    Json,
    Html,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum NestedWord {
    Strict,
    Live,
}

fn functions_and_reason(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((functions, reason)) if !functions.is_empty() && !reason.trim().is_empty() => {
            Ok((functions.to_owned(), reason.to_owned()))
        }
        _ => Err("write the functions, `=`, and why: 'peek|poke=called for every byte'".into()),
    }
}

impl Input {
    /// Runs the builder under a progress bar, which stands at the writing when this is back.
    fn generate(self) -> Result<(Bindings, Progress), Box<dyn Error>> {
        let progress = Progress::new(self.header.len());
        let bindings = self.builder().generate_watched(&mut |phase| progress.begin(phase))?;
        progress.begin(Phase::Writing);
        Ok((bindings, progress))
    }

    fn builder(self) -> Builder {
        let mut builder = Builder::new().clang_args(self.clang_arg).c_abi(self.c_abi).packs(!self.no_packs);
        for header in self.header {
            builder = builder.header(header);
        }
        for define in self.define {
            builder = builder.define(define);
        }
        for allow in self.allow {
            builder = builder.allow(allow);
        }
        for safe in self.safe {
            builder = builder.safe(safe);
        }
        for contracts in self.contracts {
            builder = builder.contracts(contracts);
        }
        for file in self.contract_file {
            builder = builder.contract_file(file);
        }
        for file in self.gir {
            builder = builder.gir(file);
        }
        for rule in self.no_infer {
            builder = builder.without_rule(rule);
        }
        builder = builder.beside(self.beside);
        if let Some(nested) = self.nested {
            builder = builder.nested(match nested {
                NestedWord::Strict => Nested::Strict,
                NestedWord::Live => Nested::Live,
            });
        }
        for (functions, reason) in self.unchecked {
            builder = builder.unchecked(functions, reason);
        }
        for functions in self.guarded_always {
            builder = builder.guarded(functions, Guarded::Always);
        }
        for functions in self.guarded_never {
            builder = builder.guarded(functions, Guarded::Never);
        }
        for names in self.shim {
            builder = builder.shim(names);
        }
        for prototype in self.shim_macro {
            builder = builder.shim_macro(prototype);
        }
        if let Some(prefix) = self.shim_prefix {
            builder = builder.shim_prefix(&prefix);
        }
        if let Some(name) = self.raw_module {
            builder = builder.raw_module(&name);
        }
        if let Some(path) = self.runtime {
            builder = builder.runtime(&path);
        }
        builder
    }
}

fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Generate(generate) => run_generate(generate),
        Command::Audit(audit) => run_audit(audit),
        Command::Export(asked) => run_export(asked),
        Command::Run(asked) => return run::run(&asked),
        Command::Report(asked) => report::report(&asked),
        Command::Explain { code } => run_explain(code.as_deref()),
        Command::Completions { shell } => run_completions(shell),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run_generate(generate: Generate) -> Result<(), Box<dyn Error>> {
    let (bindings, progress) = generate.input.generate()?;
    if let Some(folder) = &generate.dump {
        bindings.write_dumps(folder)?;
    }
    if generate.cache_entry {
        let Bindings { output, files, .. } = bindings;
        return print(&cache::render(&cache::Cached { code: output.code.to_string(), files }));
    }
    if let (Some(path), Some(text), false) = (&generate.shim_output, bindings.shim_c(), generate.check) {
        output::write(path, &text)?;
    }
    let text = bindings.text();
    drop(progress);
    put(&text, generate.output.as_deref(), generate.check, "headers")
}

fn run_export(asked: Export) -> Result<(), Box<dyn Error>> {
    let exports = asked.include.into_iter().fold(Exports::new(asked.root), Exports::include);
    put(exports.generate()?.text(), asked.output.as_deref(), asked.check, "files")
}

/// Writes what `sources` give, or compares it with what was written.
fn put(text: &str, path: Option<&Path>, is_check: bool, sources: &str) -> Result<(), Box<dyn Error>> {
    match (path, is_check) {
        (None, _) => print(text),
        (Some(path), false) => Ok(output::write(path, text)?),
        (Some(path), true) if output::is_same(path, text) => Ok(()),
        (Some(path), true) => Err(format!(
            "error: {} is not what these {sources} give\n  = help: run the command without --check",
            path.display()
        )
        .into()),
    }
}

fn run_audit(asked: Audit) -> Result<(), Box<dyn Error>> {
    let names: Vec<String> = asked.input.header.iter().map(|header| title(header)).collect();
    let learned = match &*asked.learned {
        [] => None,
        names => Some(Learned::read(names, &[std::env::current_dir()?])?),
    };
    let (bindings, progress) = asked.input.generate()?;
    let output = &bindings.output;
    let mut report = audit::report(output);
    if let Some(learned) = &learned {
        learned.explain(&mut report);
    }
    let json = || serde_json::to_string(&report).map(|text| text + "\n");
    let text = match asked.format {
        Format::Text => dump::audit(&output.header, &output.facts, &output.contracts) + &learned::text::text(&report),
        Format::Json => json()?,
        Format::Html => audit::html::page(&json()?, &names),
    };
    drop(progress);
    match &asked.output {
        None => print(&text),
        Some(path) => Ok(output::write(path, &text)?),
    }
}

/// What a page calls a header: as `#include` does, or by its file alone, wherever that lies.
fn title(header: &str) -> String {
    let path = Path::new(header);
    match path.file_name() {
        Some(file) if path.is_absolute() || path.is_file() => file.to_string_lossy().into_owned(),
        _ => header.to_owned(),
    }
}

fn run_explain(code: Option<&str>) -> Result<(), Box<dyn Error>> {
    match code {
        None => print(&explain::list()),
        Some(code) => print(explain::page(code)?.text),
    }
}

fn run_completions(shell: clap_complete::Shell) -> Result<(), Box<dyn Error>> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "pinned-ffi", &mut script);
    print(&String::from_utf8_lossy(&script))
}

/// Prints; a reader that went away is no error.
fn print(text: &str) -> Result<(), Box<dyn Error>> {
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}
