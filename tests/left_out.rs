//! What is left out of checks, and said to be: what lies behind a bound, and calls that a sample leaves alone.

use std::process::{Command, Output};

fn run(case: &str, level: &str, settings: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cases"));
    command.arg(case).env("PINNED_FFI_CHECK", level).env("RUST_BACKTRACE", "0");
    for variable in ["PINNED_FFI_ON_VIOLATION", "PINNED_FFI_REPORT", "PINNED_FFI_PIN_LIMIT", "PINNED_FFI_SAMPLE"] {
        command.env_remove(variable);
    }
    command.envs(settings.iter().copied()).output().expect("the program behind the cases was built")
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Each case that is too much to look at: what is said at its end, at cheap with a report file and at full.
const BOUNDED: &[(&str, &str, &str)] = &[
    (
        "ring_of_pins",
        "pinned-ffi: 1 check was cut short: 1 after 4 pinned blocks behind one another\n",
        "pinned-ffi: 1 check was cut short: 1 after 4 pinned blocks behind one another\n",
    ),
    (
        "table_behind_a_pin",
        "pinned-ffi: 1 check was cut short: 1 after 4096 pointers behind pinned blocks\n",
        "pinned-ffi: 1 check was cut short: 1 after 4096 pointers behind pinned blocks\n",
    ),
    ("long_vector", "pinned-ffi: 1 check was cut short: 1 after 65536 pointers inside the arguments\n", ""),
    (
        "kept_by_too_many",
        "pinned-ffi: 1 check was cut short: 1 after 4096 pointers that C keeps\n",
        "pinned-ffi: 1 check was cut short: 1 after 4096 pointers that C keeps\n",
    ),
    ("long_text", "pinned-ffi: 1 check was cut short: 1 after 4096 bytes of a text\n", ""),
];

#[test]
fn checks_that_are_cut_short_are_counted_and_no_error() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("reports.jsonl").display().to_string();
    for (case, at_cheap, at_full) in BOUNDED {
        for (level, settings, said) in [
            ("off", &[("PINNED_FFI_REPORT", path.as_str())][..], ""),
            ("cheap", &[][..], ""),
            ("cheap", &[("PINNED_FFI_REPORT", path.as_str())][..], at_cheap),
            ("full", &[][..], at_full),
        ] {
            let output = run(case, level, settings);
            assert!(output.status.success(), "{case} at {level}: {}", stderr(&output));
            assert_eq!(stderr(&output), said, "{case} at {level}");
        }
    }
    assert!(!std::path::Path::new(&path).exists(), "nothing was reported");
}

#[test]
fn a_report_says_that_the_rest_was_not_looked_at() {
    let note = "   = note: the check was cut short after 65536 pointers inside the arguments";
    let text = stderr(&run("freed_in_a_long_vector", "cheap", &[]));
    assert!(text.contains("error[PF002]: `writev`: `iov[0].iov_base` points into a freed block"), "{text}");
    assert_eq!(text.matches(note).count(), 1, "{text}");
    let text = stderr(&run("freed_in_a_long_vector", "full", &[]));
    assert!(text.contains("error[PF002]: `writev`") && !text.contains("cut short"), "{text}");
}

/// How many of ten thousand calls are checked.
fn checked(level: &str, sample: &str) -> (i32, String) {
    let output = run("ten_thousand_calls", level, &[("PINNED_FFI_SAMPLE", sample)]);
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    let count = printed.lines().find_map(|line| line.strip_prefix("checked ")?.parse().ok());
    (count.unwrap_or_else(|| panic!("{level} {sample}: {printed} {}", stderr(&output))), stderr(&output))
}

#[test]
fn one_call_in_so_many_is_checked() {
    for level in ["cheap", "full"] {
        for all in ["1/1", " 1 / 1 ", ""] {
            assert_eq!(checked(level, all), (10_000, String::new()), "{all:?} at {level}");
        }
        // Six standard deviations.
        let (count, said) = checked(level, "1/10");
        assert!((820..=1180).contains(&count) && said.is_empty(), "{count} at {level}: {said}");
        let (count, _) = checked(level, "1/1000");
        assert!((1..=30).contains(&count), "{count} at {level}");
    }
    assert_eq!(checked("off", "1/1").0, 0);
}

#[test]
fn a_sample_that_cannot_be_read_is_told_and_all_is_checked() {
    for wrong in ["10", "1/0", "2/3", "1/x", "1/-4", "1/4294967296", "1/2/3"] {
        let (count, said) = checked("cheap", wrong);
        assert_eq!(count, 10_000, "{wrong}");
        let told =
            format!("pinned-ffi: PINNED_FFI_SAMPLE={wrong:?} is not one of 1/1, 1/2, 1/3 and so on; taking 1/1\n");
        assert_eq!(said, told);
    }
}

/// Calls are left out, and nothing else: pins by hand keep their meaning, legal programs stay silent.
#[test]
fn a_sample_changes_no_pins_and_no_results() {
    let rare = [("PINNED_FFI_SAMPLE", "1/4000000000")];
    for (case, code) in [("freed_while_pinned", "PF010"), ("forgotten_pinned", "PF012"), ("pinned_after_free", "PF002")]
    {
        let text = stderr(&run(case, "cheap", &rare));
        assert!(text.contains(&format!("error[{code}]: ")), "{case}: {text}");
    }
    let output = run("null_buffer", "cheap", &rare);
    assert!(output.status.success() && stderr(&output).is_empty(), "{}", stderr(&output));
    for case in ["pinned_nested", "messages", "errno_survives", "freed_after_the_call", "threads"] {
        for level in ["cheap", "full"] {
            let output = run(case, level, &[("PINNED_FFI_SAMPLE", "1/2")]);
            assert!(output.status.success() && stderr(&output).is_empty(), "{case}: {}", stderr(&output));
        }
    }
}
