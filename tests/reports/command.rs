//! The command `pinned-ffi`, which another package builds.

use super::without_settings;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// `pinned-ffi` with these arguments.
pub(crate) fn pinned_ffi(arguments: &[&str]) -> Command {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    let mut command = without_settings(BUILT.get_or_init(build));
    command.args(arguments);
    command
}

/// Where the command is; Cargo has made it already where the whole workspace is tested with all features.
fn build() -> PathBuf {
    let output = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--package", "pinned-ffi-codegen", "--all-features", "--bin", "pinned-ffi"])
        .arg("--message-format=json")
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let executable = String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter_map(|message| message["executable"].as_str().map(Path::new).map(Path::to_owned))
        .find(|path| path.file_name().is_some_and(|name| name == "pinned-ffi"));
    executable.expect("cargo names what it has built")
}
