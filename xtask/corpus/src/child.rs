//! One reading in a process of its own: bindgen alone, or all of ours; prints what it measured as JSON.

use pinned_ffi_codegen::Builder;
use pinned_ffi_codegen::config::{ClangArgs, WrapperSource};
use pinned_ffi_codegen::read::{bindgen, libclang};
use serde::{Deserialize, Serialize};
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::Instant;

/// The first word of a child's command line.
pub(crate) const WORD: &str = "--child";

/// What a child measured.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Measured {
    /// From the arguments to the finished text.
    pub(crate) ms: f64,
    /// When each phase began, in milliseconds.
    pub(crate) phases: Vec<(String, f64)>,
    /// C names of wrapped functions.
    pub(crate) wrapped: Vec<String>,
    /// C names of the rest, with the reason.
    pub(crate) skipped: Vec<(String, String)>,
    /// Static assertions in C about every structure.
    pub(crate) layout: String,
    /// The folder of libclang's own headers, where one was read.
    pub(crate) builtin: Option<String>,
}

/// `bindgen|ours HEADER OUTPUT ARGS…`
pub(crate) fn run(words: &[String]) -> ExitCode {
    let [what, header, output, args @ ..] = words else { return ExitCode::FAILURE };
    let done = match what.as_str() {
        "bindgen" => alone(header, output, args),
        _ => ours(header, output, args),
    };
    match done.and_then(|measured| serde_json::to_string(&measured).map_err(|error| error.to_string())) {
        Ok(json) => {
            println!("{json}");
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// The command line of a child.
pub(crate) fn command(what: &str, header: &str, output: &str, args: &[String]) -> Result<Command, String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let mut command = Command::new(program);
    command.args([WORD, what, header, output]).args(args);
    Ok(command)
}

fn alone(header: &str, output: &str, args: &[String]) -> Result<Measured, String> {
    let start = Instant::now();
    let lib = libclang::open().map_err(|error| error.to_string())?;
    let source = WrapperSource { name: "corpus.h".into(), text: format!("#include \"{header}\"\n") };
    let args = ClangArgs { args: args.to_vec() };
    // Ours has one block of functions, too.
    let select = bindgen::Select { one_block: true, ..bindgen::Select::default() };
    let text = bindgen::text(&source, &args, &lib, &select)?;
    std::fs::write(output, text).map_err(|error| format!("{output}: {error}"))?;
    Ok(Measured { ms: start.elapsed().as_secs_f64() * 1e3, ..Measured::default() })
}

fn ours(header: &str, output: &str, args: &[String]) -> Result<Measured, String> {
    let start = Instant::now();
    let mut phases = Vec::new();
    let bindings = Builder::new()
        .header(header)
        .clang_args(args)
        .format(false)
        .generate_watched(&mut |phase| phases.push((format!("{phase:?}"), start.elapsed().as_secs_f64() * 1e3)))
        .map_err(|diagnostics| diagnostics.to_string())?;
    phases.push(("Writing".into(), start.elapsed().as_secs_f64() * 1e3));
    std::fs::write(output, bindings.text()).map_err(|error| format!("{output}: {error}"))?;
    let ms = start.elapsed().as_secs_f64() * 1e3;
    let header = &bindings.output.header;
    let wrapped = header.functions.iter().filter(|function| !function.is_variadic && function.form.is_none());
    Ok(Measured {
        ms,
        phases,
        wrapped: wrapped.map(|function| function.c_name().to_owned()).collect(),
        skipped: header.skipped.iter().map(|skipped| (skipped.name.clone(), skipped.reason.clone())).collect(),
        layout: bindings.layout_asserts(),
        builtin: bindings.files.iter().find_map(|file| builtin(file)),
    })
}

/// The folder `clang/19/include` that a file lies in.
fn builtin(file: &Path) -> Option<String> {
    let folder = file.ancestors().find(|folder| {
        let of_clang = folder.parent().and_then(Path::parent);
        folder.ends_with("include") && of_clang.is_some_and(|of_clang| of_clang.ends_with("clang"))
    })?;
    Some(folder.to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::builtin;
    use std::path::Path;

    #[test]
    fn the_folder_of_clangs_own_headers() {
        let folder = builtin(Path::new("/usr/lib/llvm-19/lib/clang/19/include/__stdarg_va_list.h"));
        assert_eq!(folder.as_deref(), Some("/usr/lib/llvm-19/lib/clang/19/include"));
        assert_eq!(builtin(Path::new("/usr/include/stdio.h")), None);
        assert_eq!(builtin(Path::new("/usr/lib/llvm-19/include/clang-c/Index.h")), None);
    }
}
