//! One report for each bug, and a bound on all of them.

use super::{folder, lines, of_kind, output, program, text};

const LOG: (&str, &str) = ("PINNED_FFI_ON_VIOLATION", "log");

#[test]
fn a_bug_is_told_once_and_counted() {
    let (_folder, path) = folder();
    let settings = [LOG, ("PINNED_FFI_REPORT", path.to_str().expect("the path is text"))];
    let told = output(&mut program(&["again", "42"], &settings));
    let stderr = text(&told.stderr);
    assert!(told.status.success(), "{stderr}");
    assert_eq!(stderr.matches("error[PF005]: `readv`: `iov[0].iov_base` is null").count(), 1, "{stderr}");
    assert_eq!(stderr.matches("error[").count(), 1, "{stderr}");
    let last = stderr.lines().last().unwrap_or_default();
    assert!(last.starts_with("pinned-ffi: PF005 at tests/reports/program.rs:"), "{stderr}");
    assert!(last.ends_with(" was seen 41 more times"), "{stderr}");

    let lines = lines(&path);
    assert!(lines.iter().all(|line| line["schema"] == 1 && line["process"].is_u64()), "{lines:?}");
    let violations = of_kind(&lines, "violation");
    let counts = of_kind(&lines, "count");
    assert_eq!((violations.len(), violations[0]["path"].as_str()), (1, Some("iov[0].iov_base")));
    assert!(violations[0]["rendered"].as_str().is_some_and(|text| stderr.starts_with(text)), "{lines:?}");
    // At powers of ten, should the process be killed, and at the end.
    let repeats: Vec<_> = counts.iter().map(|count| count["repeats"].as_u64()).collect();
    assert_eq!(repeats, [Some(1), Some(10), Some(41)]);
    assert!(counts.iter().all(|count| count["id"] == violations[0]["id"] && count["code"] == "PF005"), "{lines:?}");
    assert_eq!(counts[0]["at"], violations[0]["called_at"]);
}

#[test]
fn two_bugs_are_two_and_one_that_comes_once_is_not_counted() {
    let told = output(&mut program(&["two"], &[LOG]));
    let stderr = text(&told.stderr);
    assert_eq!(stderr.matches("error[PF005]: ").count(), 2, "{stderr}");
    assert!(!stderr.contains("was seen"), "{stderr}");
}

#[test]
fn without_a_way_to_go_on_each_is_told() {
    let told = output(&mut program(&["again", "3"], &[]));
    assert_eq!(told.status.code(), Some(101));
    let stderr = text(&told.stderr);
    assert_eq!(stderr.matches("error[PF005]: ").count(), 1, "{stderr}");
    assert!(!stderr.contains("was seen"), "{stderr}");
}

#[test]
fn what_hooks_find_is_told_apart_by_stacks() {
    let full = [LOG, ("PINNED_FFI_CHECK", "full")];
    let told = output(&mut program(&["freed"], &full));
    let stderr = text(&told.stderr);
    assert!(told.status.success(), "{stderr}");
    assert_eq!(stderr.matches("error[PF010]: ").count(), 2, "{stderr}");
    for function in ["free_here", "free_there"] {
        assert!(stderr.contains(function), "{stderr}");
    }
    assert_eq!(stderr.matches(" was seen 2 more times").count(), 2, "{stderr}");
}

/// A storm fills neither memory nor disk: see `PINNED_FFI_REPORT` in the README for the bounds.
#[test]
fn a_storm_of_bugs_is_bounded() {
    let (_folder, path) = folder();
    let settings = [LOG, ("PINNED_FFI_REPORT", path.to_str().expect("the path is text"))];
    let told = output(&mut program(&["storm", "20000"], &settings));
    let stderr = text(&told.stderr);
    assert!(told.status.success(), "{stderr}");
    assert_eq!(stderr.matches("error[PF005]: `f").count(), 1024);
    let last = stderr.lines().last().unwrap_or_default();
    assert_eq!(last, "pinned-ffi: 18976 more violations after the first 1024 bugs were counted, not told");
    let lines = lines(&path);
    assert_eq!(of_kind(&lines, "violation").len(), 1024);
    let counts = of_kind(&lines, "count");
    assert!(counts.iter().all(|count| count["id"].is_null()), "{counts:?}");
    let repeats: Vec<_> = counts.iter().map(|count| count["repeats"].as_u64().unwrap_or_default()).collect();
    assert_eq!(repeats, [1, 10, 100, 1_000, 10_000, 18_976]);
}

#[test]
fn a_child_counts_for_itself() {
    let (_folder, path) = folder();
    let settings = [LOG, ("PINNED_FFI_REPORT", path.to_str().expect("the path is text"))];
    let told = output(&mut program(&["fork"], &settings));
    let stderr = text(&told.stderr);
    assert!(told.status.success(), "{stderr}");
    assert_eq!(stderr.matches("error[").count(), 1, "{stderr}");
    assert_eq!(stderr.matches(" was seen 2 more times").count(), 2, "{stderr}");
    let lines = lines(&path);
    let violations = of_kind(&lines, "violation");
    assert_eq!(violations.len(), 1, "{lines:?}");
    let last = |is_parent: bool| {
        let of_process = |line: &&serde_json::Value| (line["process"] == violations[0]["process"]) == is_parent;
        of_kind(&lines, "count").into_iter().rfind(of_process).and_then(|count| count["repeats"].as_u64())
    };
    assert_eq!((last(true), last(false)), (Some(2), Some(2)), "{lines:?}");
}

#[test]
fn the_file_of_reports_is_the_one_of_the_start_and_is_made_again_when_it_is_deleted() {
    let (folder, path) = folder();
    let relative = [LOG, ("PINNED_FFI_REPORT", "reports.jsonl")];
    let told = output(program(&["moved"], &relative).current_dir(folder.path()));
    assert!(told.status.success(), "{}", text(&told.stderr));
    assert_eq!(of_kind(&lines(&path), "violation").len(), 1);
    std::fs::remove_file(&path).expect("it is there");

    let absolute = [LOG, ("PINNED_FFI_REPORT", path.to_str().expect("the path is text"))];
    let told = output(&mut program(&["deleted", path.to_str().expect("the path is text")], &absolute));
    assert!(told.status.success(), "{}", text(&told.stderr));
    let lines = lines(&path);
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert_eq!(lines[0]["function"], "read");
}

/// The handler behind guard pages, which may not ask for memory.
#[test]
fn what_a_signal_handler_finds_is_in_the_file() {
    for (case, code, is_stopped) in [
        ("written_far_behind_the_end", "PF022", false),
        ("read_behind_the_end", "PF003", false),
        ("read_after_return", "PF044", true),
    ] {
        for policy in ["log", "panic"] {
            let (_folder, path) = folder();
            let mut command = super::without_settings(env!("CARGO_BIN_EXE_cases"));
            let told = output(
                command
                    .arg(case)
                    .env("PINNED_FFI_CHECK", "full")
                    .env("PINNED_FFI_ON_VIOLATION", policy)
                    .env("PINNED_FFI_REPORT", &path),
            );
            let stderr = text(&told.stderr);
            assert_eq!(told.status.success(), policy == "log", "{case}: {stderr}");
            let lines = lines(&path);
            let violations = of_kind(&lines, "violation");
            assert_eq!(violations.len(), 1, "{case}: {lines:?}");
            let line = violations[0];
            assert_eq!((&line["schema"], line["code"].as_str()), (&1.into(), Some(code)), "{case}");
            assert!(line["message"].as_str().is_some_and(|message| message.starts_with("`watch_")), "{line}");
            assert!(line["called_at"].as_str().is_some_and(|at| at.starts_with("tests/cases/watched.rs:")), "{line}");
            assert!(line["program"].as_str().is_some_and(|program| program.ends_with("/cases")), "{line}");
            assert!(line["rendered"].as_str().is_some_and(|text| stderr.starts_with(text)), "{line} {stderr}");
            assert!(line["notes"][0].as_str().is_some_and(|note| note.starts_with("touched by: code at ")), "{line}");
            assert_eq!(line["notes"].as_array().map(Vec::len), Some(1 + usize::from(is_stopped)), "{line}");
            // Every field that other lines have.
            let told = output(&mut program(&["again"], &[LOG, ("PINNED_FFI_REPORT", path.to_str().expect("text"))]));
            assert!(told.status.success());
            let keys = |line: &serde_json::Value| -> Vec<String> {
                line.as_object().map(|object| object.keys().cloned().collect()).unwrap_or_default()
            };
            let other = &super::lines(&path)[1];
            assert_eq!(keys(line), keys(other));
        }
    }
}
