//! Reports: each bug once, what lines of JSON and SARIF hold, `pinned-ffi run` around many processes, and events.

mod command;
mod repeats;
mod run;
mod sarif;

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The program whose reports they are, with no settings but those given.
fn program(arguments: &[&str], settings: &[(&str, &str)]) -> Command {
    let mut command = without_settings(env!("CARGO_BIN_EXE_reports_program"));
    command.args(arguments).envs(settings.iter().copied());
    command
}

/// A command that does not see the settings of whoever runs the test.
fn without_settings(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(program);
    for variable in ["CHECK", "ON_VIOLATION", "REPORT", "PIN_LIMIT"] {
        command.env_remove(format!("PINNED_FFI_{variable}"));
    }
    for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(variable);
    }
    command.env("RUST_BACKTRACE", "0");
    command
}

fn output(command: &mut Command) -> Output {
    command.output().expect("the program was built")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A folder whose name needs care, and a path in it.
fn folder() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::Builder::new().prefix("with space ").tempdir().expect("a temporary folder");
    let path = folder.path().join("reports.jsonl");
    (folder, path)
}

/// The lines of a file, each a JSON object.
fn lines(path: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(path).expect("the file was written");
    text.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect()
}

fn of_kind<'v>(lines: &'v [Value], kind: &str) -> Vec<&'v Value> {
    lines.iter().filter(|line| line["kind"] == kind).collect()
}
