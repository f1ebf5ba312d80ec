//! Programs that measure figures of their own: built, run in turns, and read; and their instructions counted.

use crate::cargo::{Build, root};
use crate::figure::{Bin, Figure, Side};
use crate::figures::Figures;
use crate::go;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where each program is, or why it is not.
#[derive(Default)]
struct Built {
    folders: BTreeMap<Build, Result<PathBuf, String>>,
    go: BTreeMap<Bin, Result<PathBuf, String>>,
}

fn build_of(side: Side) -> Option<Build> {
    match side {
        Side::Unchecked => Some(Build::Unchecked),
        Side::Off | Side::Cheap | Side::Full => Some(Build::Checked),
        Side::Asan => Some(Build::Asan),
        Side::Go => None,
    }
}

impl Built {
    /// Builds what figures need. Only a missing peer is no error.
    fn new(wanted: &[Figure]) -> Result<Self, String> {
        let mut needed: BTreeMap<Build, BTreeSet<Bin>> = BTreeMap::new();
        let mut built = Self::default();
        for figure in wanted {
            let (Figure::Time(bin, side, _) | Figure::Count(bin, side, _)) = figure else { continue };
            match build_of(*side) {
                Some(build) => drop(needed.entry(build).or_default().insert(*bin)),
                None => drop(built.go.entry(*bin).or_insert_with(|| go::build(*bin))),
            }
        }
        for (build, bins) in needed {
            let names: Vec<&str> = bins.into_iter().map(Bin::name).collect();
            let folder = build.programs(&names, &[]);
            if build != Build::Asan {
                folder.clone()?;
            }
            built.folders.insert(build, folder);
        }
        Ok(built)
    }

    fn program(&self, bin: Bin, side: Side) -> Result<PathBuf, String> {
        match build_of(side) {
            Some(build) => self.folders[&build].clone().map(|folder| folder.join(bin.name())),
            None => self.go[&bin].clone(),
        }
    }
}

/// Measures all figures of such programs.
pub(crate) fn measure(wanted: &[Figure], rounds: usize, figures: &mut Figures) -> Result<(), String> {
    let built = Built::new(wanted)?;
    let timed: Vec<(&Figure, Bin, Side, &str)> = wanted
        .iter()
        .filter_map(|figure| match figure {
            Figure::Time(bin, side, name) => Some((figure, *bin, *side, name.as_str())),
            _ => None,
        })
        .collect();
    for round in 0..if timed.is_empty() { 0 } else { rounds } {
        eprintln!("bench: round {} of {rounds}", round + 1);
        // A process for each figure: what one leaves behind on the heap is not the next one's matter. What is compared
        // stands side by side.
        for (figure, bin, side, name) in &timed {
            match built.program(*bin, *side) {
                Ok(program) => figures.add(figure, once(&program, *side, name)?),
                Err(why) => figures.miss(figure, &why),
            }
        }
    }
    let counted: Vec<&Figure> = wanted.iter().filter(|figure| matches!(figure, Figure::Count(..))).collect();
    if !counted.is_empty() {
        eprintln!("bench: counting instructions");
    }
    for figure in counted {
        if let Figure::Count(bin, side, name) = figure {
            match built.program(*bin, *side).and_then(|program| instructions(&program, *side, name)) {
                Ok(count) => figures.add(figure, count),
                Err(why) => figures.miss(figure, &why),
            }
        }
    }
    Ok(())
}

/// A program of a side, with the settings that the side means and no others.
fn command(program: &Path, side: Side) -> Command {
    let mut call = Command::new(program);
    settings(&mut call, side);
    call
}

fn settings(call: &mut Command, side: Side) {
    for variable in ["PINNED_FFI_REPORT", "PINNED_FFI_SAMPLE", "PINNED_FFI_PIN_LIMIT", "PINNED_FFI_ON_VIOLATION"] {
        call.env_remove(variable);
    }
    call.env("PINNED_FFI_CHECK", side.level()).env("GODEBUG", "cgocheck=1").env("ASAN_OPTIONS", "detect_leaks=0");
}

/// One run of one figure: the nanoseconds of one operation.
fn once(program: &Path, side: Side, name: &str) -> Result<f64, String> {
    let output =
        command(program, side).arg(name).output().map_err(|error| format!("{}: {error}", program.display()))?;
    let (text, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    if !output.status.success() || !errors.is_empty() {
        return Err(format!("{} {name} ({}) failed or reported: {errors}", program.display(), side.label()));
    }
    let said = text.trim().strip_prefix(name).and_then(|ns| ns.trim().parse().ok());
    said.ok_or_else(|| format!("{} says `{text}` of `{name}`", program.display()))
}

/// Instructions of one run of a figure: of many, less those of few.
fn instructions(program: &Path, side: Side, name: &str) -> Result<f64, String> {
    const FEW: u64 = 100;
    const MANY: u64 = 1100;
    let count = |times: u64| -> Result<f64, String> {
        let mut call = Command::new("valgrind");
        settings(&mut call, side);
        call.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]).arg(program);
        call.args(["--count", name, &times.to_string()]).current_dir(root());
        let output = call.output().map_err(|_| "valgrind is not installed".to_owned())?;
        let said = String::from_utf8_lossy(&output.stderr);
        let collected = said.lines().find_map(|line| line.split_once("Collected : ")).map(|(_, count)| count.trim());
        let collected = collected.filter(|_| output.status.success()).and_then(|count| count.parse().ok());
        collected.ok_or_else(|| format!("callgrind counts nothing of `{name}`: {said}"))
    };
    // What happens once, and not each time, is no instruction of one run.
    Ok(((count(MANY)? - count(FEW)?) / (MANY - FEW) as f64).round())
}
