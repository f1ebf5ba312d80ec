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

/// What was measured, round by round.
#[derive(Default)]
pub(crate) struct Figures {
    rounds: HashMap<(&'static str, String), Vec<f64>>,
    missing: HashMap<&'static str, String>,
}

fn kind(figure: Figure) -> &'static str {
    match figure {
        Figure::Checked(_) => "checked",
        Figure::Unchecked(_) => "unchecked",
        Figure::Go(_) => "go",
        Figure::Load(way, _) => way.name(),
    }
}

impl Figures {
    pub(crate) fn add(&mut self, figure: &Figure, value: f64) {
        self.rounds.entry((kind(*figure), figure.name().to_owned())).or_default().push(value);
    }

    /// The median.
    pub(crate) fn get(&self, figure: &Figure) -> Option<f64> {
        self.of(figure).map(|rounds| median(rounds.to_vec()))
    }

    fn of(&self, figure: &Figure) -> Option<&[f64]> {
        self.rounds.get(&(kind(*figure), figure.name().to_owned())).map(Vec::as_slice)
    }

    /// From the smallest to the largest ratio of two figures of the same round, in parts of the median one.
    pub(crate) fn spread(&self, ours: &Figure, theirs: &Figure) -> Option<f64> {
        let mut ratios: Vec<f64> =
            self.of(ours)?.iter().zip(self.of(theirs)?).map(|(ours, theirs)| ours / theirs).collect();
        ratios.sort_by(f64::total_cmp);
        Some((ratios.last()? - ratios.first()?) / ratios[ratios.len() / 2])
    }

    /// Notes why figures of a kind are not there.
    pub(crate) fn miss(&mut self, kind: &'static str, why: String) {
        self.missing.insert(kind, why);
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
    let figures = rows.iter().flat_map(|row| [row.ours, row.against]);
    let mut kinds: Vec<&'static str> = figures.filter(|figure| !matches!(figure, Figure::Load(..))).map(kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
        .into_iter()
        .map(|kind| Ok(Program { kind, program: if kind == "go" { go::build() } else { Ok(ours(kind)?) } }))
        .collect()
}

/// Our own program, with or without checks: two builds in two folders, so that none makes the other anew.
fn ours(kind: &str) -> Result<PathBuf, String> {
    let target = root().join("target/bench").join(kind);
    cargo_build("pins", &target, if kind == "checked" { &["checked"] } else { &[] }, &[], &[])?;
    Ok(target.join("release/pins"))
}

/// Builds a program of this package in a folder.
pub(crate) fn cargo_build(
    program: &str,
    target: &Path,
    features: &[&str],
    more: &[&str],
    settings: &[(&str, &str)],
) -> Result<(), String> {
    eprintln!("bench: building `{program}` in {}", target.file_name().unwrap_or_default().to_string_lossy());
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut call = Command::new(cargo);
    call.args(["build", "--quiet", "--release", "-p", "pinned-ffi-bench", "--bin", program, "--target-dir"])
        .arg(target)
        .args(["--features", &features.join(",")])
        .args(more)
        .envs(settings.iter().copied());
    if !settings.is_empty() {
        // Cargo prefers the encoded variable, and what is asked for here is meant.
        call.env_remove("CARGO_ENCODED_RUSTFLAGS");
    }
    let output = call.current_dir(root()).output().map_err(|error| format!("cargo: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!("`{program}` does not build:\n{}", String::from_utf8_lossy(&output.stderr)))
}

/// Runs them in turns.
pub(crate) fn measure(programs: &[Program], rounds: usize, figures: &mut Figures) -> Result<(), String> {
    for round in 0..if programs.is_empty() { 0 } else { rounds } {
        eprintln!("bench: round {} of {rounds}", round + 1);
        for program in programs {
            match &program.program {
                Ok(path) => {
                    for (name, ns) in once(path)? {
                        figures.rounds.entry((program.kind, name)).or_default().push(ns);
                    }
                }
                Err(why) => figures.miss(program.kind, why.clone()),
            }
        }
    }
    Ok(())
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
    use super::{Figures, median};
    use crate::rows::Figure;

    #[test]
    fn the_middle_one() {
        assert_eq!(median(vec![9.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(vec![4.0]), 4.0);
    }
    #[test]
    fn ratios_are_of_one_round() {
        let (ours, theirs) = (Figure::Checked("a"), Figure::Go("a"));
        let mut figures = Figures::default();
        // A busy machine: the second round took twice as long for both.
        [(10.0, 100.0), (20.0, 200.0), (11.0, 100.0)].iter().for_each(|(one, other)| {
            figures.add(&ours, *one);
            figures.add(&theirs, *other);
        });
        assert_eq!(figures.get(&ours), Some(11.0));
        let spread = figures.spread(&ours, &theirs).expect("both are there");
        assert!((spread - 0.1).abs() < 1e-9, "{spread}");
        assert_eq!(figures.spread(&ours, &Figure::Go("b")), None);
    }
}
