//! What `pinned-ffi report` and `run` make of the lines of JSON that processes have written.

use crate::places;
use anstyle::{AnsiColor, Style};
use clap::{Args, ValueEnum};
use pinned_ffi_codegen::output;
use pinned_ffi_codegen::reports::Gathered;
use pinned_ffi_codegen::reports::sarif::{self, Invocation, Surroundings};
use pinned_ffi_codegen::reports::summary::{self, Look};
use std::error::Error;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Arguments of `pinned-ffi report`.
#[derive(Debug, Args)]
pub(crate) struct Report {
    /// A file of JSON lines (PINNED_FFI_REPORT, run --json), or a folder of them; may be given again
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// As text for people, as SARIF 2.1.0, or as JSON with each bug once
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Where to write; standard output without it
    #[arg(long, short)]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Text,
    Sarif,
    Json,
}

/// Converts.
pub(crate) fn report(asked: &Report) -> Result<(), Box<dyn Error>> {
    let mut texts = Vec::new();
    for path in &asked.files {
        texts.extend(lines(path)?);
    }
    let gathered = Gathered::read(texts.iter().map(String::as_str));
    // The wrong file, it seems, and nobody is to take it for one without reports.
    if gathered.broken_lines > 0 && gathered.bugs.is_empty() && gathered.processes.is_empty() {
        let files: Vec<String> = asked.files.iter().map(|path| path.display().to_string()).collect();
        return Err(format!("error: no line of {} is a line of reports", files.join(", ")).into());
    }
    let text = match asked.format {
        Format::Text => {
            let look = if asked.output.is_none() { look() } else { Look::default() };
            let text = summary_of(&gathered, look);
            if text.is_empty() { "pinned-ffi: no reports\n".to_owned() } else { text }
        }
        Format::Sarif => sarif_of(&gathered, None)?,
        Format::Json => serde_json::to_string(&gathered)? + "\n",
    };
    match &asked.output {
        Some(path) => Ok(output::write(path, &text)?),
        None => match anstream::stdout().lock().write_all(text.as_bytes()) {
            Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.into()),
            _ => Ok(()),
        },
    }
}

/// The text of a file, or of each file in a folder.
pub(crate) fn lines(path: &Path) -> Result<Vec<String>, Box<dyn Error>> {
    let failed =
        |path: &Path, error: std::io::Error| format!("error: cannot read reports from {}: {error}", path.display());
    let read = |path: &Path| match std::fs::read(path) {
        Ok(bytes) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
        Err(error) => Err(failed(path, error)),
    };
    if !path.is_dir() {
        return Ok(vec![read(path)?]);
    }
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(path).map_err(|error| failed(path, error))? {
        let entry = entry.map_err(|error| failed(path, error))?.path();
        if entry.extension().is_some_and(|extension| extension == "jsonl") {
            paths.push(entry);
        }
    }
    paths.sort();
    Ok(paths.iter().map(|path| read(path)).collect::<Result<_, _>>()?)
}

/// The reports for people, with paths as seen from the current folder.
pub(crate) fn summary_of(gathered: &Gathered, look: Look) -> String {
    let text = summary::text(gathered, look);
    match std::env::current_dir() {
        Ok(here) => text.replace(&format!("{}/", here.display()), ""),
        Err(_) => text,
    }
}

/// The reports as SARIF.
pub(crate) fn sarif_of(gathered: &Gathered, invocation: Option<Invocation>) -> Result<String, Box<dyn Error>> {
    let here = std::env::current_dir()?;
    let find = |file: &str, folder: &str| places::find(file, folder, &here);
    let surroundings = Surroundings { folder: places::folder_uri(&here), find: &find, invocation };
    Ok(serde_json::to_string_pretty(&sarif::log(gathered, &surroundings))? + "\n")
}

/// Colours, which the stream takes away again where they are not wanted: no terminal, `NO_COLOR`, `CLICOLOR=0`.
pub(crate) fn look() -> Look {
    let bold = Style::new().bold();
    Look { error: bold.fg_color(Some(AnsiColor::Red.into())), message: bold, label: bold }
}
