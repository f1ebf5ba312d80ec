//! The programs that are measured: built, run in turns, and read.

use crate::go;
use crate::rows::{Figure, Row};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What is run for a kind of figure, or why it cannot be.
pub(crate) struct Program {
    kind: &'static str,
    program: Result<PathBuf, String>,
}

/// Medians by program and name.
pub(crate) struct Figures {
    medians: HashMap<(&'static str, String), f64>,
    missing: HashMap<&'static str, String>,
}

fn kind(figure: Figure) -> &'static str {
    match figure {
        Figure::Checked(_) => "checked",
        Figure::Unchecked(_) => "unchecked",
        Figure::Go(_) => "go",
    }
}

impl Figures {
    pub(crate) fn get(&self, figure: &Figure) -> Option<f64> {
        self.medians.get(&(kind(*figure), figure.name().to_owned())).copied()
    }

    /// Why there is none.
    pub(crate) fn missing(&self, figure: &Figure) -> String {
        self.missing.get(kind(*figure)).cloned().unwrap_or_else(|| format!("no figure `{}`", figure.name()))
    }
}

/// The folder of the workspace.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Builds what the rows need.
pub(crate) fn build(rows: &[&Row]) -> Result<Vec<Program>, String> {
    let mut kinds: Vec<&'static str> = rows.iter().flat_map(|row| [kind(row.ours), kind(row.against)]).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
        .into_iter()
        .map(|kind| Ok(Program { kind, program: if kind == "go" { go::build() } else { Ok(ours(kind)?) } }))
        .collect()
}

/// Our own program, with or without checks: two builds in two folders, so that none makes the other anew.
fn ours(kind: &str) -> Result<PathBuf, String> {
    eprintln!("bench: building the {kind} program");
    let target = root().join("target/bench").join(kind);
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut call = Command::new(cargo);
    call.args(["build", "--quiet", "--release", "-p", "pinned-ffi-bench", "--bin", "pins", "--target-dir"])
        .arg(&target);
    if kind == "checked" {
        call.args(["--features", "checked"]);
    }
    let status = call.current_dir(root()).status().map_err(|error| format!("cargo: {error}"))?;
    if !status.success() {
        return Err(format!("the {kind} program does not build"));
    }
    Ok(target.join("release/pins"))
}

/// Runs them in turns.
pub(crate) fn measure(programs: &[Program], rounds: usize) -> Result<Figures, String> {
    let mut all: HashMap<(&'static str, String), Vec<f64>> = HashMap::new();
    let mut missing = HashMap::new();
    for round in 0..rounds {
        eprintln!("bench: round {} of {rounds}", round + 1);
        for program in programs {
            let path = match &program.program {
                Ok(path) => path,
                Err(why) => {
                    missing.insert(program.kind, why.clone());
                    continue;
                }
            };
            for (name, ns) in once(path)? {
                all.entry((program.kind, name)).or_default().push(ns);
            }
        }
    }
    let medians = all.into_iter().map(|(key, values)| (key, median(values))).collect();
    Ok(Figures { medians, missing })
}

/// One run: a line for each figure, its name and the nanoseconds of one operation.
fn once(program: &Path) -> Result<Vec<(String, f64)>, String> {
    let output = Command::new(program)
        .env_remove("PINNED_FFI_CHECK")
        .output()
        .map_err(|error| format!("{}: {error}", program.display()))?;
    let text = String::from_utf8_lossy(&output.stdout);
    if !output.status.success() {
        return Err(format!("{} failed: {}", program.display(), String::from_utf8_lossy(&output.stderr)));
    }
    let read = |line: &str| {
        let (name, ns) = line.split_once(' ')?;
        Some((name.to_owned(), ns.parse().ok()?))
    };
    text.lines().map(|line| read(line).ok_or_else(|| format!("{} said `{line}`", program.display()))).collect()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

#[cfg(test)]
mod tests {
    use super::median;

    #[test]
    fn the_middle_one() {
        assert_eq!(median(vec![9.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(vec![4.0]), 4.0);
    }
}
