//! What cargo builds for the bench, and where it lies.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};

/// The folder of the workspace.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// How programs of this package are built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Build {
    Unchecked,
    Checked,
    /// Unchecked, with AddressSanitizer in Rust and in the C that is compiled along.
    Asan,
}

impl Build {
    fn name(self) -> &'static str {
        match self {
            Self::Unchecked => "unchecked",
            Self::Checked => "checked",
            Self::Asan => "asan",
        }
    }

    /// Where cargo builds it. With and without checks in one folder: what they share, above all the C of the libraries, is built
    /// once, and nothing of one makes the other anew.
    fn target(self) -> PathBuf {
        root().join("target/bench").join(match self {
            Self::Unchecked | Self::Checked => "programs",
            Self::Asan => self.name(),
        })
    }

    /// Builds programs, and gives the folder that has them. For several threads.
    pub(crate) fn programs(self, programs: &[&str], more_features: &[&str]) -> Result<PathBuf, String> {
        // Of two builds in one folder the second replaces the programs of the first.
        static ONE_FOLDER: Mutex<()> = Mutex::new(());
        let _alone = matches!(self, Self::Unchecked | Self::Checked)
            .then(|| ONE_FOLDER.lock().unwrap_or_else(PoisonError::into_inner));
        let target = self.target();
        let mut call = command(&["build", "--release", "-p", "pinned-ffi-bench"]);
        call.arg("--target-dir").arg(&target);
        for program in programs {
            call.args(["--bin", program]);
        }
        let mut features = more_features.to_vec();
        let mut folder = target.clone();
        match self {
            Self::Unchecked => {}
            Self::Checked => features.push("checked"),
            Self::Asan => {
                let host = host()?;
                // Cargo prefers the encoded variable, and what is asked for here is meant.
                call.env_remove("CARGO_ENCODED_RUSTFLAGS").env("RUSTC_BOOTSTRAP", "1");
                call.env("RUSTFLAGS", "-Zsanitizer=address").args(["--target", &host]);
                // The build scripts of all C code read it.
                call.env("CFLAGS", "-fsanitize=address");
                folder.push(host);
            }
        }
        call.args(["--features", &features.join(",")]);
        eprintln!("bench: building {}, {}", programs.join(", "), self.name());
        run(&mut call)?;
        let built = folder.join("release");
        if target.ends_with(self.name()) {
            return Ok(built);
        }
        let own = root().join("target/bench").join(self.name());
        let copy = |program: &&str| std::fs::copy(built.join(program), own.join(program));
        std::fs::create_dir_all(&own)
            .and_then(|()| programs.iter().try_for_each(|program| copy(program).map(drop)))
            .map_err(|error| format!("{}: {error}", own.display()))?;
        Ok(own)
    }
}

/// A library or a program, as cargo says where it is: built in a folder of `target/bench`, or where cargo builds anyway.
pub(crate) fn artifact(folder: Option<&str>, target: &str, words: &[&str]) -> Result<PathBuf, String> {
    let mut call = command(&["build", "--message-format=json"]);
    call.args(words);
    if let Some(folder) = folder {
        call.arg("--target-dir").arg(root().join("target/bench").join(folder));
    }
    eprintln!("bench: building {target}");
    let said = run(&mut call)?;
    let lines = said.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let of_target = |message: &serde_json::Value| {
        message["reason"] == "compiler-artifact" && message["target"]["name"].as_str() == Some(target)
    };
    let file = |message: serde_json::Value| {
        let files = message["filenames"].as_array()?;
        let is_wanted = |file: &&str| file.ends_with(".rlib") || Some(*file) == message["executable"].as_str();
        files.iter().filter_map(|file| file.as_str()).find(is_wanted).map(PathBuf::from)
    };
    let found = lines.filter(of_target).filter_map(file).next_back();
    found.ok_or_else(|| format!("cargo says nothing of `{target}`"))
}

fn command(words: &[&str]) -> Command {
    let mut call = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    call.args(words).arg("--quiet").current_dir(root());
    call
}

fn run(call: &mut Command) -> Result<String, String> {
    let output = call.output().map_err(|error| format!("cargo: {error}"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    Err(format!("cargo fails:\n{}", String::from_utf8_lossy(&output.stderr)))
}

/// The compiler.
pub(crate) fn rustc() -> Command {
    Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
}

fn host() -> Result<String, String> {
    let output = rustc().arg("-vV").output().map_err(|error| format!("rustc: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).ok_or_else(|| "rustc does not say for which host it is".to_owned())
}
