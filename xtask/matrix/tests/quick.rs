//! Every program and its fixed twin at off, cheap and full, against `tests/matrix/rows.tsv`.

use pinned_ffi_matrix::judge::{self, Verdict};
use pinned_ffi_matrix::process;
use pinned_ffi_matrix::rows::{self, Row};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

fn programs() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_programs"))
}

/// The rows whose programs are built: without feature `libraries` some are not.
fn built() -> Vec<Row> {
    let listed = process::run(programs(), &["list"], &[], Duration::from_secs(30)).expect("the list").stdout;
    let listed: BTreeSet<&str> = listed.lines().collect();
    rows::bugs().expect("rows.tsv").into_iter().filter(|row| listed.contains(row.name.as_str())).collect()
}

/// Runs `work` for every row on two threads, and gives what it complains of.
fn complaints(work: impl Fn(&Row) -> Vec<String> + Sync) -> String {
    let rows = built();
    let (next, all) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(row) = rows.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let found = work(row);
                    all.lock().expect("nobody panics with it").extend(found);
                }
            });
        }
    });
    all.into_inner().expect("nobody panics with it").join("\n")
}

#[test]
fn every_program_has_a_row() {
    let listed = process::run(programs(), &["list"], &[], Duration::from_secs(30)).expect("the list").stdout;
    let known: BTreeSet<String> = rows::bugs().expect("rows.tsv").into_iter().map(|row| row.name).collect();
    let missing: Vec<&str> = listed.lines().filter(|name| !known.contains(*name)).collect();
    assert!(missing.is_empty(), "no row in tests/matrix/rows.tsv: {missing:?}");
    if cfg!(feature = "libraries") {
        assert_eq!(listed.lines().count(), known.len(), "a row without a program");
    }
}

#[test]
fn bugs_are_found_at_the_levels_that_the_table_says() {
    let wrong = complaints(|row| {
        let mut wrong = Vec::new();
        for (level, expected) in [("off", false), ("cheap", row.cheap), ("full", row.full)] {
            match judge::ours(programs(), row, level) {
                Ok(Verdict::Found) if level == "off" => wrong.push(format!("{}: a report at off", row.name)),
                // More than the table says is good news; `cargo xtask matrix` asks for the table's edit.
                Ok(verdict) if expected && verdict != Verdict::Found => {
                    wrong.push(format!("{} at {level}: {}", row.name, verdict.word()));
                }
                Ok(_) => {}
                Err(error) => wrong.push(error),
            }
        }
        wrong
    });
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn fixed_twins_are_silent_at_every_level() {
    let wrong = complaints(|row| {
        let mut wrong = Vec::new();
        for level in ["off", "cheap", "full"] {
            match judge::of_twin(programs(), row, level) {
                Ok(None) => {}
                Ok(Some(said)) => wrong.push(format!("{} fixed, at {level}: {said}", row.name)),
                Err(error) => wrong.push(error),
            }
        }
        wrong
    });
    assert!(wrong.is_empty(), "{wrong}");
}
