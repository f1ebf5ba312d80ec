//! Whole programs: built for each way of running them, run in turns, timed as processes, their output compared.

use crate::programs::{Figures, cargo_build, root};
use crate::rows::{Figure, Load, Row, Way};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// A way that can be run: the program, what stands before it, and the level.
struct Ready {
    program: PathBuf,
    before: &'static [&'static str],
    level: &'static str,
}

/// Builds and measures what the rows want, if anything.
pub(crate) fn measure(rows: &[&Row], rounds: usize, has_libraries: bool, figures: &mut Figures) -> Result<(), String> {
    let wanted: BTreeSet<(Way, Load)> = rows
        .iter()
        .flat_map(|row| [row.ours, row.against])
        .filter_map(|figure| if let Figure::Load(way, load) = figure { Some((way, load)) } else { None })
        .collect();
    let mut ready = BTreeMap::new();
    for way in wanted.iter().map(|(way, _)| *way).collect::<BTreeSet<_>>() {
        let found = if has_libraries { prepare(way) } else { Err("zlib and sqlite3 are not installed".to_owned()) };
        match found {
            Ok(program) => drop(ready.insert(way, program)),
            Err(why) => figures.miss(way.name(), why),
        }
    }
    let mut said: BTreeMap<&str, String> = BTreeMap::new();
    for round in 0..if ready.is_empty() { 0 } else { rounds } {
        eprintln!("bench: whole programs, round {} of {rounds}", round + 1);
        for (way, load) in &wanted {
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
    Ok(())
}

fn prepare(way: Way) -> Result<Ready, String> {
    let ready = |program, level| Ready { program, before: &[], level };
    Ok(match way {
        Way::Plain => ready(build("unchecked", &[], None)?, "off"),
        Way::Cheap => ready(build("checked", &["checked"], None)?, "cheap"),
        Way::Full => ready(build("checked", &["checked"], None)?, "full"),
        Way::Asan => ready(build("asan", &[], Some(&host()?))?, "off"),
        Way::Valgrind => {
            let program = build("unchecked", &[], None)?;
            let works = Command::new("valgrind").arg("--version").output().is_ok_and(|output| output.status.success());
            if !works {
                return Err("valgrind is not installed".to_owned());
            }
            Ready { program, before: &["valgrind", "--quiet"], level: "off" }
        }
    })
}

/// The program, built in a folder of its own. With a target, Rust's code is built for AddressSanitizer.
fn build(folder: &str, features: &[&str], sanitized_for: Option<&str>) -> Result<PathBuf, String> {
    let mut features = features.to_vec();
    features.push("libraries");
    let mut settings: Vec<(&str, &str)> = Vec::new();
    let mut more: Vec<&str> = Vec::new();
    if let Some(host) = sanitized_for {
        settings.extend([("RUSTC_BOOTSTRAP", "1"), ("RUSTFLAGS", "-Zsanitizer=address")]);
        more.extend(["--target", host]);
    }
    let target = root().join("target/bench").join(folder);
    cargo_build("loads", &target, &features, &more, &settings)?;
    Ok(target.join(sanitized_for.unwrap_or_default()).join("release/loads"))
}

fn host() -> Result<String, String> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).arg("-vV").output().map_err(|error| format!("rustc: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).ok_or_else(|| "rustc does not say for which host it is".to_owned())
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
