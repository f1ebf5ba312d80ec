//! One header: generated, counted, type-checked, laid out, and timed beside bindgen alone.

use crate::check::Tools;
use crate::child::{self, Measured};
use crate::list::Entry;
use crate::{declared, layout, packages, process};
use std::collections::BTreeSet;
use std::path::Path;

/// What came of one line of the list.
#[derive(Debug, Default)]
pub(crate) struct Row {
    pub(crate) title: String,
    pub(crate) package: String,
    /// Packages that are not installed: the row says nothing.
    pub(crate) missing: Option<String>,
    /// Functions that the header declares, counted without our reader.
    pub(crate) declared: Option<usize>,
    pub(crate) wrapped: usize,
    pub(crate) skipped: Vec<(String, String)>,
    pub(crate) bindgen_ms: f64,
    pub(crate) ours_ms: f64,
    pub(crate) check_ms: f64,
    pub(crate) bindgen_check_ms: f64,
    /// The most memory of ours and of bindgen alone, in KiB.
    pub(crate) peak: (u64, u64),
    pub(crate) errors: Vec<String>,
    pub(crate) ok: bool,
}

impl Row {
    /// In a few words.
    pub(crate) fn verdict(&self) -> String {
        match (&self.missing, self.errors.first()) {
            (Some(missing), _) => format!("missing: {missing}"),
            (None, Some(error)) => format!("FAILED: {error}"),
            (None, None) => format!("ok: {} wrapped, {} skipped", self.wrapped, self.skipped.len()),
        }
    }
}

/// Does all of it; whatever goes wrong is in the row.
pub(crate) fn run(entry: &Entry, tools: &Tools, runs: usize) -> Row {
    let mut row = Row { title: entry.title(), package: entry.packages.join(" "), ..Row::default() };
    let missing = packages::missing(entry);
    if !missing.is_empty() {
        row.missing = Some(missing.join(" "));
        return row;
    }
    if let Err(error) = fill(&mut row, entry, tools, runs) {
        row.errors.push(error);
    }
    row.ok = row.errors.is_empty();
    row
}

fn fill(row: &mut Row, entry: &Entry, tools: &Tools, runs: usize) -> Result<(), String> {
    let mut args = packages::flags(entry)?;
    let name: String = row.title.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).take(80).collect();
    let path = |suffix: &str| tools.folder.join(format!("{name}{suffix}"));
    let text = |path: &Path| path.to_string_lossy().into_owned();
    let header = text(&path(".h"));
    std::fs::write(&header, &entry.prelude).map_err(|error| format!("{header}: {error}"))?;
    // `#include "x.h"` of the list means the package's, not a neighbour of our file.
    args.insert(0, "-iquote".into());
    args.insert(1, "/usr/include".into());
    let (alone, ours) = (path(".bindgen.rs"), path(".ours.rs"));
    let mut times = (Vec::new(), Vec::new());
    let mut measured = Measured::default();
    for _ in 0..runs {
        let (ran, result) = measure("bindgen", &header, &alone, &args)?;
        times.0.push(result.ms);
        row.peak.1 = row.peak.1.max(ran.peak);
        let (ran, result) = measure("ours", &header, &ours, &args)?;
        times.1.push(result.ms);
        row.peak.0 = row.peak.0.max(ran.peak);
        measured = result;
    }
    (row.bindgen_ms, row.ours_ms) = (median(&mut times.0), median(&mut times.1));
    row.wrapped = measured.wrapped.iter().collect::<BTreeSet<_>>().len();
    row.skipped = measured.skipped;
    count(row, &measured.wrapped, declared::functions(&header, &args, measured.builtin.as_deref())?);
    let mut times = (Vec::new(), Vec::new());
    for _ in 0..runs {
        let checked = tools.check(&alone)?;
        times.0.push(checked.ms);
        // What bindgen alone gets wrong is shown, and not held against it.
        let _ = (checked.error, checked.peak);
        let checked = tools.check(&ours)?;
        times.1.push(checked.ms);
        if let Some(error) = checked.error {
            row.errors.push(error);
            break;
        }
    }
    (row.bindgen_check_ms, row.check_ms) = (median(&mut times.0), median(&mut times.1));
    if let Err(error) = layout::check(&header, &measured.layout, &args, &text(&path(".layout.c"))) {
        row.errors.push(error);
    }
    Ok(())
}

fn measure(what: &str, header: &str, out: &Path, args: &[String]) -> Result<(process::Ran, Measured), String> {
    let ran = process::run(&mut child::command(what, header, &out.to_string_lossy(), args)?)?;
    if !ran.success {
        return Err(format!("{what}: {}", ran.stderr.trim().lines().take(3).collect::<Vec<_>>().join(" / ")));
    }
    let measured = serde_json::from_str(&ran.stdout).map_err(|error| format!("{what}: {error}"))?;
    Ok((ran, measured))
}

/// Nothing vanishes, and nothing is invented.
fn count(row: &mut Row, wrapped: &[String], declared: Option<BTreeSet<String>>) {
    let Some(declared) = declared else { return };
    row.declared = Some(declared.len());
    let accounted: BTreeSet<&str> =
        wrapped.iter().map(String::as_str).chain(row.skipped.iter().map(|(name, _)| name.as_str())).collect();
    let lost: Vec<&str> = declared.iter().map(String::as_str).filter(|name| !accounted.contains(name)).collect();
    let extra: Vec<&str> = accounted.iter().copied().filter(|name| !declared.contains(*name)).collect();
    for (what, names) in
        [("declared, and neither wrapped nor skipped", lost), ("wrapped or skipped, and not declared", extra)]
    {
        if let Some(first) = names.first() {
            row.errors.push(format!("{} functions are {what}: {first}", names.len()));
        }
    }
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or(0.0)
}
