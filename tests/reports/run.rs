//! `pinned-ffi run` around commands of every kind.

use super::command::pinned_ffi;
use super::{folder, lines, of_kind, output, text};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::os::fd::{FromRawFd as _, OwnedFd};
use std::process::{Command, Stdio};

const PROGRAM: &str = env!("CARGO_BIN_EXE_reports_program");

/// The exit code and what was said on standard error.
fn run(arguments: &[&str]) -> (Option<i32>, String) {
    let done = output(&mut pinned_ffi(&[&["run"], arguments].concat()));
    (done.status.code(), text(&done.stderr))
}

#[test]
fn a_bug_is_told_once_with_its_count_and_process() {
    let (code, said) = run(&["--", PROGRAM, "again", "42"]);
    assert_eq!(code, Some(99), "{said}");
    assert!(said.starts_with("error[PF005]: `readv`: `iov[0].iov_base` is null, and C dereferences it\n"), "{said}");
    assert_eq!(said.matches("error[").count(), 1, "{said}");
    assert!(said.contains("\n   = called at: tests/reports/program.rs:"), "{said}");
    assert!(said.contains("\n   = seen: 42 times, by reports_program (process "), "{said}");
    let end =
        "\npinned-ffi: 1 bug, seen 42 times, in 1 checked process\n   = help: `pinned-ffi explain PF005` tells more\n";
    assert!(said.ends_with(end), "{said}");
    assert!(!said.contains('\u{1b}'), "no colour where nobody looks: {said}");
}

#[test]
fn all_processes_are_gathered_also_those_that_are_killed_or_forked() {
    let (_folder, path) = folder();
    let json = path.to_str().expect("the path is text");
    let script = r#"
        "$0" again 3 & "$0" killed 12 &
        "$0" fork; "$0" two; "$0" clean
        wait
        true"#;
    // Again: what was there before is replaced.
    for _ in 0..2 {
        let (code, said) = run(&["--json", json, "--", "sh", "-c", script, PROGRAM]);
        assert_eq!(code, Some(99), "{said}");
        assert_eq!(said.matches("error[PF005]: ").count(), 2, "{said}");
        // 3, 5 with the child's, 1, and of the killed one what it had counted: 1 and 10.
        assert!(said.contains("\n   = seen: 20 times or more, by reports_program (5 processes)\n"), "{said}");
        assert!(said.contains("\n   = seen: once, by reports_program (process "), "{said}");
        assert!(said.contains("\npinned-ffi: 2 bugs, seen 21 times, in 5 checked processes\n"), "{said}");
        assert_eq!(of_kind(&lines(&path), "process").len(), 5);
    }
    let converted = output(&mut pinned_ffi(&["report", json]));
    assert!(text(&converted.stdout).contains("pinned-ffi: 2 bugs, seen 21 times, in 5 checked processes\n"));
    let converted = output(&mut pinned_ffi(&["report", json, "--format", "json"]));
    let gathered: serde_json::Value = serde_json::from_slice(&converted.stdout).expect("it is JSON");
    let seen: Vec<_> = gathered["bugs"].as_array().into_iter().flatten().map(|bug| bug["seen"].as_u64()).collect();
    assert_eq!((&gathered["schema"], seen.len()), (&1.into(), 2), "{gathered}");
    assert!(seen.contains(&Some(1)) && seen.contains(&Some(20)), "{gathered}");
}

#[test]
fn a_file_of_something_else_is_no_file_without_reports() {
    let (_folder, path) = folder();
    let name = path.to_str().expect("the path is text");
    for (content, is_right) in [("[functions.f]\nsafe = true\n", false), ("\u{fffd}\n", false), ("", true)] {
        std::fs::write(&path, content).expect("the folder can be written");
        let said = output(&mut pinned_ffi(&["report", name]));
        assert_eq!(said.status.success(), is_right, "{content:?}: {}", text(&said.stderr));
        let told = text(&said.stderr).contains(&format!("error: no line of {name} is a line of reports"));
        assert_eq!(told, !is_right, "{content:?}: {}", text(&said.stderr));
    }
}

#[test]
fn the_exit_code_tells_what_happened() {
    let (_folder, path) = folder();
    std::fs::write(&path, "no program").expect("the folder can be written");
    let not_a_program = path.to_str().expect("the path is text");
    for (command, code, end) in [
        (&[PROGRAM, "clean"][..], 0, "pinned-ffi: no reports from 1 checked process\n"),
        (&[PROGRAM, "two", "8"], 7, "`pinned-ffi explain PF005` tells more\n"),
        (&[PROGRAM, "killed"], 128 + 9, "`pinned-ffi explain PF005` tells more\n"),
        (&["true"], 98, "make `pinned_ffi::TrackedAlloc` the `#[global_allocator]`\n"),
        (&["false"], 1, "make `pinned_ffi::TrackedAlloc` the `#[global_allocator]`\n"),
        (
            &["no-such-command-anywhere"],
            127,
            "cannot run `no-such-command-anywhere`: No such file or directory (os error 2)\n",
        ),
        (&[not_a_program], 126, "Permission denied (os error 13)\n"),
    ] {
        let (found, said) = run(&[&["--"], command].concat());
        assert_eq!(found, Some(code), "{command:?}: {said}");
        assert!(said.ends_with(end), "{command:?}: {said}");
        assert_eq!(said.contains("pinned-ffi: no process ran with checks\n"), end.contains("TrackedAlloc"), "{said}");
    }
}

#[test]
fn levels_and_policies_reach_the_processes() {
    let (code, said) = run(&["--on-violation", "panic", "--level", "full", "--", PROGRAM, "again", "3"]);
    assert_eq!(code, Some(101), "{said}");
    assert!(said.contains("= seen: once, by") && said.contains("panicked at"), "{said}");
    let (code, said) = run(&["--on-violation", "abort", PROGRAM, "again", "3"]);
    assert_eq!(code, Some(128 + libc::SIGABRT), "{said}");
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    let elsewhere = "cd / && \"$0\" freed";
    let done = output(pinned_ffi(&["run", "--level", "full", "--", "sh", "-c", elsewhere, PROGRAM]).current_dir(root));
    let (code, said) = (done.status.code(), text(&done.stderr));
    assert_eq!(code, Some(99), "{said}");
    // Paths are seen from where the command was given, not from where the program was.
    assert!(said.contains(": tests/reports/program.rs:") && !said.contains("/tests/reports/program.rs"), "{said}");
    assert!(
        said.contains("free_here") && said.contains("free_there") && said.contains("2 bugs, seen 6 times"),
        "{said}"
    );
}

#[test]
fn standard_input_and_output_are_the_commands() {
    let mut command = pinned_ffi(&["run", "--", "sh", "-c", "cat; \"$0\" again >&2", PROGRAM]);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command was built");
    child.stdin.take().expect("it is piped").write_all(b"through\n").expect("it reads");
    let done = child.wait_with_output().expect("it ends");
    assert_eq!((text(&done.stdout).as_str(), done.status.code()), ("through\n", Some(99)));
    assert_eq!(text(&done.stderr).matches("error[PF005]").count(), 1);
}

#[test]
fn paths_with_spaces_and_other_folders() {
    let (folder, path) = folder();
    let program = folder.path().join("a program");
    std::fs::copy(PROGRAM, &program).expect("the folder can be written");
    let mut command = pinned_ffi(&["run", "--json", "reports.jsonl", "--", "./a program", "again"]);
    let done = output(command.current_dir(folder.path()));
    assert_eq!(done.status.code(), Some(99), "{}", text(&done.stderr));
    assert!(text(&done.stderr).contains("by a program (process "), "{}", text(&done.stderr));
    assert_eq!(of_kind(&lines(&path), "violation").len(), 1);
}

#[test]
fn a_folder_that_is_deleted_meanwhile_loses_no_later_report() {
    let script = r#""$0" two; rm -r "$PINNED_FFI_REPORT"; "$0" again"#;
    let (code, said) = run(&["--", "sh", "-c", script, PROGRAM]);
    assert_eq!(code, Some(99), "{said}");
    assert!(
        said.ends_with("pinned-ffi: 1 bug, seen once\n   = help: `pinned-ffi explain PF005` tells more\n"),
        "{said}"
    );
}

#[test]
fn what_cannot_be_gathered_or_written_is_told() {
    let (code, said) = run(&["--", "sh", "-c", r#"rm -r "$PINNED_FFI_REPORT""#]);
    assert_eq!(code, Some(125), "{said}");
    assert!(said.starts_with("error: cannot read reports from "), "{said}");
    let (code, said) = run(&["--sarif", "/dev/null/x.sarif", "--", PROGRAM, "again"]);
    assert_eq!(code, Some(125), "{said}");
    assert!(said.contains("/dev/null/x.sarif"), "{said}");
    // What was found is not lost for it, and neither is the other file.
    assert!(said.starts_with("error[PF005]: ") && said.contains("\npinned-ffi: 1 bug, seen "), "{said}");
    let (_folder, path) = folder();
    let sarif = path.to_str().expect("the path is text");
    let (code, said) = run(&["--json", "/dev/null/x.jsonl", "--sarif", sarif, "--", PROGRAM, "again"]);
    assert_eq!(code, Some(125), "{said}");
    assert!(said.contains("/dev/null/x.jsonl"), "{said}");
    let written = std::fs::read_to_string(&path).expect("the file was written");
    assert!(written.contains("\"PF005\"") && written.contains("\"2.1.0\""), "{written}");
}

#[test]
fn signals_reach_the_command_and_the_summary_comes_all_the_same() {
    let mut command = pinned_ffi(&["run", "--", PROGRAM, "waiting"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the command was built");
    let mut ready = String::new();
    BufReader::new(child.stdout.take().expect("it is piped")).read_line(&mut ready).expect("it writes");
    assert_eq!(ready, "ready\n");
    let process = i32::try_from(child.id()).expect("it is one");
    // SAFETY: a child of this process that nobody has waited for.
    assert_eq!(unsafe { libc::kill(process, libc::SIGTERM) }, 0);
    let done = child.wait_with_output().expect("it ends");
    assert_eq!(done.status.code(), Some(128 + libc::SIGTERM), "{}", text(&done.stderr));
    assert!(text(&done.stderr).contains("1 bug, seen once, in 1 checked process"), "{}", text(&done.stderr));
}

/// As under `nohup`.
#[test]
fn a_signal_that_is_ignored_is_ignored_by_the_command_as_well() {
    let command = pinned_ffi(&[]);
    let inner = "kill -HUP $$ && echo alive";
    let script = format!("trap '' HUP; exec \"$0\" run -- sh -c '{inner}'");
    let done = output(super::without_settings("sh").args(["-c", &script]).arg(command.get_program()));
    assert_eq!((text(&done.stdout).as_str(), done.status.code()), ("alive\n", Some(98)), "{}", text(&done.stderr));
    // These tests may themselves run under `nohup`.
    // SAFETY: the default action (signal(2)).
    unsafe { libc::signal(libc::SIGHUP, libc::SIG_DFL) };
    let (code, said) = run(&["--", "sh", "-c", inner]);
    assert_eq!(code, Some(128 + libc::SIGHUP), "{said}");
}

/// What a command writes to standard error, where that is a terminal.
fn on_a_terminal(command: &mut Command) -> String {
    let (mut master, mut slave) = (-1, -1);
    let null = std::ptr::null_mut();
    // SAFETY: room for two descriptors; no name and no settings are asked for (openpty(3)).
    let failed = unsafe { libc::openpty(&raw mut master, &raw mut slave, null, null.cast(), null.cast()) };
    assert_eq!(failed, 0, "{}", std::io::Error::last_os_error());
    // SAFETY: openpty has just made it, for this function alone.
    let slave = unsafe { OwnedFd::from_raw_fd(slave) };
    // SAFETY: as above.
    let mut master = std::fs::File::from(unsafe { OwnedFd::from_raw_fd(master) });
    let mut child = command.env("TERM", "xterm").stderr(slave).spawn().expect("the command was built");
    // This process must not keep the other end open.
    command.stderr(Stdio::null());
    let mut said = Vec::new();
    // The end of a terminal is an error.
    let _ = master.read_to_end(&mut said);
    child.wait().expect("it ends");
    text(&said)
}

#[test]
fn colours_are_for_terminals_and_for_those_who_want_them() {
    let run = || pinned_ffi(&["run", "--", PROGRAM, "again"]);
    let coloured = "\u{1b}[1m\u{1b}[31merror[PF005]\u{1b}[0m: \u{1b}[1m`readv`: ";
    assert!(on_a_terminal(&mut run()).contains(coloured));
    let plain = on_a_terminal(run().env("NO_COLOR", "1"));
    assert!(plain.contains("error[PF005]: `readv`: ") && !plain.contains('\u{1b}'), "{plain}");
    let forced = output(run().env("CLICOLOR_FORCE", "1"));
    assert!(text(&forced.stderr).contains(coloured), "{}", text(&forced.stderr));
}
