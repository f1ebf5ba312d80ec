//! Accepts what the snapshot and ui tests print now as what they shall print.

use std::fs;
use std::process::ExitCode;

use crate::run::{self, Cmd, Result, say};
use crate::setup;

/// The test targets of `pinned-ffi-tests` that compare with files, and can write them.
const TARGETS: &[&str] = &["snapshots", "ui", "expanded"];

/// `cargo xtask bless [TARGET ...]`.
pub(crate) fn run(words: &[String]) -> Result<ExitCode> {
    let manifest = run::root().join("tests/Cargo.toml");
    let manifest =
        fs::read_to_string(&manifest).map_err(|error| format!("cannot read {}: {error}", manifest.display()))?;
    let declared = targets(&manifest);
    let known = declared.join(", ");
    let wanted: Vec<&str> = if words.is_empty() {
        // A target of the table that is not there (any more) is no reason to bless nothing.
        TARGETS.iter().copied().filter(|name| declared.iter().any(|target| target == name)).collect()
    } else {
        words.iter().map(String::as_str).collect()
    };
    if wanted.is_empty() {
        return Err(format!("none of {} is a test target; there are: {known}", TARGETS.join(", ")));
    }
    if let Some(stranger) = wanted.iter().find(|name| !declared.iter().any(|target| target == *name)) {
        return Err(format!("no test target `{stranger}` in tests/Cargo.toml; there are: {known}"));
    }
    let env = setup::ready()?;
    let mut call = Cmd::cargo()
        .args(&["test", "-p", "pinned-ffi-tests", "--all-features", "--no-fail-fast"])
        .envs(&env)
        .env("PINNED_FFI_BLESS", "1")
        .env("TRYBUILD", "overwrite");
    for target in wanted {
        call = call.args(&["--test", target]);
    }
    call.run()?;
    say("bless: done; read the change with `git diff tests examples` before you commit it");
    Ok(ExitCode::SUCCESS)
}

/// The names in the `[[test]]` tables of a manifest.
fn targets(manifest: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut inside = false;
    for line in manifest.lines().map(str::trim) {
        if line.starts_with('[') {
            inside = line == "[[test]]";
        } else if inside
            && let Some((key, value)) = line.split_once('=')
            && key.trim() == "name"
        {
            names.push(value.trim().trim_matches('"').to_owned());
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_read_from_the_manifest() {
        let manifest =
            "[package]\nname = \"t\"\n\n[[test]]\nname = \"ui\"\npath = \"ui.rs\"\n\n[[bin]]\nname = \"no\"\n";
        assert_eq!(targets(manifest), ["ui"]);
        assert!(targets("[package]\nname = \"t\"\n").is_empty());
    }
}
