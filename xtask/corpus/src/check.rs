//! Type-checks an output as a user's crate would: rustc, metadata only, against the built runtime.

use crate::process;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What type-checking needs.
pub(crate) struct Tools {
    runtime: PathBuf,
    pub(crate) folder: PathBuf,
}

/// What it took.
pub(crate) struct Checked {
    pub(crate) ms: f64,
    pub(crate) peak: u64,
    pub(crate) error: Option<String>,
}

impl Tools {
    /// Builds the runtime and makes a folder for the outputs.
    pub(crate) fn find() -> Result<Self, String> {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let ran = process::run(Command::new(cargo).args([
            "build",
            "-p",
            "pinned-ffi",
            "--no-default-features",
            "--message-format=json",
            "--quiet",
        ]))?;
        let runtime = ran
            .stdout
            .lines()
            .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
            .filter(|message| message["reason"] == "compiler-artifact" && message["target"]["name"] == "pinned_ffi")
            .filter_map(|message| {
                let files = message["filenames"].as_array()?.clone();
                files.iter().filter_map(|file| file.as_str()).find(|file| file.ends_with(".rlib")).map(PathBuf::from)
            })
            .next_back()
            .ok_or_else(|| format!("the runtime does not build: {}", ran.stderr))?;
        let folder = runtime
            .ancestors()
            .find(|folder| folder.file_name().is_some_and(|name| name == "debug"))
            .and_then(Path::parent)
            .unwrap_or(Path::new("target"))
            .join("corpus");
        std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        Ok(Self { runtime, folder })
    }

    /// Type-checks a file.
    pub(crate) fn check(&self, file: &Path) -> Result<Checked, String> {
        let text = std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
        let root = file.with_extension("lib.rs");
        let text = format!("#![allow(warnings)]\n{text}");
        std::fs::write(&root, text).map_err(|error| format!("{}: {error}", root.display()))?;
        let deps = self.runtime.parent().unwrap_or(Path::new(".")).to_owned();
        let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
        let ran = process::run(
            Command::new(rustc)
                .args(["--edition", "2024", "--crate-type", "lib", "--crate-name", "row", "--emit=metadata"])
                .args(["-C", "debug-assertions=on", "--cap-lints", "allow"])
                .arg("-o")
                .arg(file.with_extension("rmeta"))
                .arg("-L")
                .arg(format!("dependency={}", deps.display()))
                .arg("-L")
                .arg(format!("dependency={}", deps.join("deps").display()))
                .arg("--extern")
                .arg(format!("pinned_ffi={}", self.runtime.display()))
                .arg(&root),
        )?;
        let error = (!ran.success).then(|| {
            let first = ran.stderr.lines().find(|line| line.starts_with("error")).unwrap_or("rustc failed");
            format!("{}: {first}", root.display())
        });
        Ok(Checked { ms: ran.time.as_secs_f64() * 1e3, peak: ran.peak, error })
    }
}
