//! The file that is learnt into: added to by one run after another and by many at once, or not to be written.

use super::{audit, file, function, line, program, report, run, text};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

fn lines(path: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(path).expect("the file is there");
    assert!(text.ends_with('\n'), "the last line has an end");
    text.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
}

fn calls(report: &Value, name: &str) -> u64 {
    function(report, name)["learned"]["calls"].as_u64().unwrap_or_default()
}

#[test]
fn a_second_run_adds_to_the_first() {
    let (_folder, path) = file();
    for runs in [1, 2] {
        run(&path, &["10"], &[]);
        let report = report(&path, &[]);
        assert_eq!(report["learned"]["runs"], runs);
        assert_eq!((calls(&report, "learn_sum"), calls(&report, "learn_make")), (10 * runs, 20 * runs));
        // Ten calls are too few, and twenty are enough.
        let said = line(&report, "learn_sum");
        assert_eq!(said.is_some_and(|line| line.contains("#[counted_by(n)]")), runs == 2, "{said:?}");
        assert_eq!(line(&report, "learn_rare"), None);
    }
}

#[test]
fn processes_at_once_share_a_file() {
    let (_folder, path) = file();
    let children: Vec<_> =
        (0..6).map(|_| program(&path, &["20"], &[]).spawn().expect("the program was built")).collect();
    for mut child in children {
        assert!(child.wait().expect("it can be waited for").success());
    }
    let all = lines(&path);
    let runs: BTreeSet<&str> = all.iter().filter_map(|line| line["run"].as_str()).collect();
    assert_eq!(runs.len(), 6);
    let report = report(&path, &[]);
    assert_eq!((&report["learned"]["runs"], calls(&report, "learn_sum")), (&6.into(), 120));
    assert!(line(&report, "learn_add").is_some_and(|line| line.contains("#[inout] #[counted_by(n)] #[noescape]")));
}

#[test]
fn a_forked_child_writes_its_own_calls_only() {
    let (_folder, path) = file();
    run(&path, &["fork"], &[]);
    let report = report(&path, &[]);
    // Ten before the fork, and five on either side of it.
    assert_eq!((&report["learned"]["runs"], calls(&report, "learn_sum")), (&2.into(), 20));
}

#[test]
fn threads_share_what_they_learn() {
    let (_folder, path) = file();
    run(&path, &["threads"], &[]);
    assert_eq!(calls(&report(&path, &[]), "learn_sum"), 4 * 50);
}

#[test]
fn a_file_that_cannot_be_written_is_told_once_and_nothing_else_changes() {
    let (folder, _) = file();
    let path = folder.path().join("no such folder").join("learned.jsonl");
    let said = run(&path, &[], &[]);
    let wanted = format!(
        "pinned-ffi: cannot write {} for PINNED_FFI_LEARN: No such file or directory (os error 2)\n",
        path.display()
    );
    assert_eq!(text(&said.stderr), wanted);
}

#[test]
fn nothing_is_learnt_without_the_variable_and_at_off() {
    let (_folder, path) = file();
    let off = run(&path, &[], &[("PINNED_FFI_CHECK", "off")]);
    assert_eq!(text(&off.stderr), "pinned-ffi: PINNED_FFI_LEARN learns nothing while PINNED_FFI_CHECK=off\n");
    let without = program(&path, &[], &[]).env_remove("PINNED_FFI_LEARN").output().expect("the program was built");
    assert!(without.status.success() && without.stderr.is_empty());
    assert!(!path.exists());
}

#[test]
fn bad_files_are_told_with_code_and_place() {
    let (folder, path) = file();
    run(&path, &[], &[]);
    let good = std::fs::read_to_string(&path).expect("it was written");
    let first = good.lines().next().expect("a line");
    let other_params = first.replacen("\"name\":\"values\"", "\"name\":\"numbers\"", 1).replacen(
        "\"name\":\"data\"",
        "\"name\":\"bytes\"",
        1,
    );
    assert_ne!(first, other_params);
    let cut = &first[..first.len() / 2];
    for (bad, place, message) in [
        (cut.to_owned(), format!(":2:{}", cut.len()), "no line of what was learned: EOF while parsing"),
        (first.replacen("\"calls\":", "\"calls\":-", 1), ":2:".into(), "no line of what was learned: invalid value"),
        ("{\"schema\":1,\"kind\":\"violation\"}".into(), ":2:1".into(), "reports are read by `pinned-ffi report`"),
        (first.replacen("\"schema\":1", "\"schema\":2", 1), ":2:1".into(), "the line is of schema 2"),
        ("[]".into(), ":2:".into(), "no line of what was learned: "),
        (other_params, ":2:1".into(), "has other parameters here than in a line before"),
    ] {
        std::fs::write(&path, format!("{first}\n{bad}\n")).expect("the file can be written");
        let output = audit(&path, &[]);
        let said = text(&output.stderr);
        assert!(!output.status.success() && output.stdout.is_empty(), "{said}");
        assert!(said.starts_with("error[PB020]: ") && said.contains(message), "{said}");
        assert!(said.contains(&format!("learned.jsonl{place}")), "{said}");
        assert!(said.contains("help: take the line out, or the whole file away"), "{said}");
    }
    let said = text(&audit(&folder.path().join("nowhere.jsonl"), &[]).stderr);
    assert!(said.starts_with("error[PB015]: the file of what was learned "), "{said}");
    std::fs::write(&path, b"\xff\xfe").expect("the file can be written");
    let said = text(&audit(&path, &[]).stderr);
    assert!(said.starts_with("error[PB015]: the file of what was learned is not UTF-8"), "{said}");
}
