//! Whole programs: built for each way of running them, run in turns, timed as processes, their output compared.

use crate::cargo::Build;
use crate::figure::{Figure, Load, Way};
use crate::figures::Figures;
use crate::rows::HEAVY;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::ScopedJoinHandle;
use std::time::Instant;

/// Rounds of all of them, each of which takes half a minute.
const ROUNDS: usize = 7;

/// A way that can be run: the program, what stands before it, and the level.
struct Ready {
    program: PathBuf,
    before: &'static [&'static str],
    level: &'static str,
}

/// Builds and measures what is wanted, if anything.
pub(crate) fn measure(wanted: &[Figure], rounds: usize, figures: &mut Figures) -> Result<(), String> {
    let mut runs: BTreeSet<(Way, Load)> = BTreeSet::new();
    for figure in wanted {
        match figure {
            Figure::Load(way, load) => drop(runs.insert((*way, *load))),
            Figure::Mean(way) => runs.extend(HEAVY.iter().map(|load| (*way, *load))),
            _ => {}
        }
    }
    let mut ready = BTreeMap::new();
    let ways: BTreeSet<Way> = runs.iter().map(|(way, _)| *way).collect();
    // Side by side: each builds SQLite, which takes one processor a minute.
    let prepared: Vec<(Way, Result<Ready, String>)> = std::thread::scope(|scope| {
        let threads: Vec<_> = ways.into_iter().map(|way| (way, scope.spawn(move || prepare(way)))).collect();
        let result = |thread: ScopedJoinHandle<'_, _>| thread.join().unwrap_or_else(|_| Err("a panic".to_owned()));
        threads.into_iter().map(|(way, thread)| (way, result(thread))).collect()
    });
    for (way, prepared) in prepared {
        match prepared {
            Ok(program) => drop(ready.insert(way, program)),
            Err(why) => {
                let of_way = |figure: &&Figure| match figure {
                    Figure::Load(its, _) | Figure::Mean(its) => *its == way,
                    _ => false,
                };
                wanted.iter().filter(of_way).for_each(|figure| figures.miss(figure, &why));
            }
        }
    }
    let mut said: BTreeMap<&str, String> = BTreeMap::new();
    let rounds = rounds.min(ROUNDS);
    for round in 0..if ready.is_empty() { 0 } else { rounds } {
        eprintln!("bench: whole programs, round {} of {rounds}", round + 1);
        for (way, load) in &runs {
            // Minutes each, and far from the others.
            if *way == Way::Valgrind && round > 0 {
                continue;
            }
            let Some(program) = ready.get(way) else { continue };
            let (milliseconds, output) = once(program, load)?;
            let first = said.entry(load.name).or_insert_with(|| output.clone());
            if *first != output {
                return Err(format!("`{}` printed {output:?} as {}, and {first:?} before", load.name, way.name()));
            }
            figures.add(&Figure::Load(*way, *load), milliseconds);
        }
    }
    for figure in wanted {
        if let Figure::Mean(way) = figure {
            let of_loads: Option<Vec<&[f64]>> =
                HEAVY.iter().map(|load| figures.rounds(&Figure::Load(*way, *load))).collect();
            let means: Vec<f64> = of_loads.iter().flat_map(|loads| means(loads)).collect();
            means.into_iter().for_each(|mean| figures.add(figure, mean));
        }
    }
    Ok(())
}

/// The geometric mean of all programs, for each round.
fn means(loads: &[&[f64]]) -> Vec<f64> {
    let rounds = loads.iter().map(|rounds| rounds.len()).min().unwrap_or(0);
    let mean = |round: usize| loads.iter().map(|rounds| rounds[round].ln()).sum::<f64>() / loads.len() as f64;
    (0..rounds).map(|round| mean(round).exp()).collect()
}

fn prepare(way: Way) -> Result<Ready, String> {
    let build = |build: Build| Ok::<PathBuf, String>(build.programs(&["loads"], &["libraries"])?.join("loads"));
    let ready = |program, level| Ready { program, before: &[], level };
    Ok(match way {
        Way::Plain => ready(build(Build::Unchecked)?, "off"),
        Way::Cheap => ready(build(Build::Checked)?, "cheap"),
        Way::Full => ready(build(Build::Checked)?, "full"),
        Way::Asan => ready(sanitized(build(Build::Asan)?)?, "off"),
        Way::Valgrind => {
            let program = build(Build::Unchecked)?;
            let works = Command::new("valgrind").arg("--version").output().is_ok_and(|output| output.status.success());
            if !works {
                return Err("valgrind is not installed".to_owned());
            }
            Ready { program, before: &["valgrind", "--quiet"], level: "off" }
        }
    })
}

/// The program, if AddressSanitizer is in both libraries: they read a byte too many.
fn sanitized(program: PathBuf) -> Result<PathBuf, String> {
    for (which, function) in ["adler32", "sqlite3_complete"].into_iter().enumerate() {
        let mut call = Command::new(&program);
        call.args(["overrun", &which.to_string()]).env("ASAN_OPTIONS", "detect_leaks=0");
        let output = call.output().map_err(|error| format!("{}: {error}", program.display()))?;
        let said = String::from_utf8_lossy(&output.stderr);
        if !said.contains("AddressSanitizer: heap-buffer-overflow") || !said.contains(function) {
            return Err(format!("AddressSanitizer is not in `{function}`"));
        }
    }
    Ok(program)
}

/// Milliseconds of one run, and what it printed.
fn once(ready: &Ready, load: &Load) -> Result<(f64, String), String> {
    let mut words = ready.before.iter().map(Path::new).chain([ready.program.as_path()]);
    let mut call = Command::new(words.next().expect("the program"));
    call.args(words).args(load.arguments).env("PINNED_FFI_CHECK", ready.level);
    let started = Instant::now();
    let output = call.output().map_err(|error| format!("{}: {error}", ready.program.display()))?;
    let milliseconds = started.elapsed().as_secs_f64() * 1e3;
    let errors = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() || !errors.is_empty() {
        return Err(format!("{} {} failed or reported: {errors}", ready.program.display(), load.name));
    }
    Ok((milliseconds, String::from_utf8_lossy(&output.stdout).into_owned()))
}

#[cfg(test)]
mod tests {
    use super::means;

    #[test]
    fn the_geometric_mean_of_each_round() {
        let means = means(&[&[1.0, 2.0], &[4.0, 8.0, 9.0]]);
        assert_eq!(means.len(), 2);
        assert!((means[0] - 2.0).abs() < 1e-9 && (means[1] - 4.0).abs() < 1e-9, "{means:?}");
    }
}
