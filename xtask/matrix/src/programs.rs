//! Builds the programs: plain, with AddressSanitizer in Rust, and with it in C as well; finds Valgrind.

use pinned_ffi_matrix::{process, root};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// What there is to run.
pub(crate) struct Programs {
    /// With our checks compiled in.
    pub(crate) plain: PathBuf,
    /// The names that it knows.
    pub(crate) built: BTreeSet<String>,
    /// With AddressSanitizer in Rust and in our C.
    pub(crate) asan: Option<PathBuf>,
    /// With AddressSanitizer in Rust only.
    pub(crate) asan_rust: Option<PathBuf>,
    pub(crate) valgrind: Option<PathBuf>,
    /// Which tool is not there, and why.
    pub(crate) missing: Vec<String>,
}

/// Builds what is not built.
pub(crate) fn build(has_libraries: bool) -> Result<Programs, String> {
    let features = if has_libraries { "checked,libraries" } else { "checked" };
    eprintln!("matrix: building the plain programs");
    let plain = cargo(&root().join("target"), None, features, &[])?;
    let listed = process::run(&plain, &["list"], &[("PINNED_FFI_CHECK", "off")], Duration::from_secs(30))?.stdout;
    let built = listed.lines().map(str::to_owned).collect();
    let mut missing = Vec::new();
    let mut tell = |tool: &str, found: Result<PathBuf, String>| match found {
        Ok(program) => Some(program),
        Err(reason) => {
            missing.push(format!("{tool}: n/a, {reason}"));
            None
        }
    };
    let asan_rust = tell("asan_rust", sanitized("target/asan", has_libraries, &[]));
    let asan = match &asan_rust {
        Some(_) => tell("asan", sanitized("target/asan-c", has_libraries, &[("PINNED_FFI_MATRIX_C", "address")])),
        None => tell("asan", Err("as for asan_rust".to_owned())),
    };
    let valgrind = tell("valgrind", in_path("valgrind").ok_or_else(|| "it is not installed".to_owned()));
    Ok(Programs { plain, built, asan, asan_rust, valgrind, missing })
}

/// The programs under AddressSanitizer, without our checks; or why there are none.
fn sanitized(target: &str, has_libraries: bool, more: &[(&str, &str)]) -> Result<PathBuf, String> {
    let host = host()?;
    let sysroot = text(Command::new(rustc()).args(["--print", "sysroot"]))?;
    let runtime = Path::new(sysroot.trim()).join("lib/rustlib").join(&host).join("lib");
    let has_runtime = std::fs::read_dir(&runtime).is_ok_and(|entries| {
        entries.flatten().any(|entry| entry.file_name().to_string_lossy().ends_with("_rt.asan.a"))
    });
    if !has_runtime {
        return Err(format!("the toolchain has no runtime of AddressSanitizer for {host}"));
    }
    eprintln!("matrix: building the programs with AddressSanitizer{}", if more.is_empty() { "" } else { ", C too" });
    let mut settings = vec![("RUSTC_BOOTSTRAP", "1"), ("RUSTFLAGS", "-Zsanitizer=address")];
    settings.extend(more);
    cargo(&root().join(target), Some(&host), if has_libraries { "libraries" } else { "" }, &settings)
}

fn cargo(target: &Path, host: Option<&str>, features: &str, settings: &[(&str, &str)]) -> Result<PathBuf, String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut call = Command::new(cargo);
    call.args([
        "build",
        "--quiet",
        "--release",
        "-p",
        "pinned-ffi-matrix",
        "--bin",
        "programs",
        "--features",
        features,
    ]);
    call.arg("--target-dir").arg(target).envs(settings.iter().copied()).current_dir(root());
    if settings.iter().any(|(key, _)| *key == "RUSTFLAGS") {
        // Cargo prefers the encoded variable, and what is asked for here is meant.
        call.env_remove("CARGO_ENCODED_RUSTFLAGS");
    }
    let mut folder = target.to_path_buf();
    if let Some(host) = host {
        call.args(["--target", host]);
        folder.push(host);
    }
    let output = call.output().map_err(|error| format!("cargo: {error}"))?;
    if !output.status.success() {
        return Err(format!("the programs do not build:\n{}", String::from_utf8_lossy(&output.stderr)));
    }
    Ok(folder.join("release/programs"))
}

fn host() -> Result<String, String> {
    let version = text(Command::new(rustc()).arg("-vV"))?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).ok_or_else(|| "rustc does not say for which host it is".to_owned())
}

fn rustc() -> std::ffi::OsString {
    std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into())
}

fn text(command: &mut Command) -> Result<String, String> {
    let output = command.output().map_err(|error| format!("{}: {error}", command.get_program().to_string_lossy()))?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn in_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}
