//! The checker under stress: re-entered, interrupted, forked, out of memory, out of stack; each case a process of its own.

use std::os::unix::process::ExitStatusExt as _;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// A case that is not over by then hangs.
const PATIENCE: Duration = Duration::from_secs(120);

fn run(case: &str, level: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_stress_program"));
    for variable in ["PINNED_FFI_REPORT", "PINNED_FFI_PIN_LIMIT", "PINNED_FFI_SAMPLE"] {
        command.env_remove(variable);
    }
    command.env("PINNED_FFI_CHECK", level).env("PINNED_FFI_ON_VIOLATION", "log").env("RUST_BACKTRACE", "0");
    let mut child =
        command.arg(case).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the program was built");
    let begin = Instant::now();
    while child.try_wait().expect("a child").is_none() {
        if begin.elapsed() > PATIENCE {
            child.kill().expect("it is there");
            panic!("{case} at {level} hangs");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    child.wait_with_output().expect("it has ended")
}

/// The case comes to its end at each level; where checks are on it tells these reports, and nothing else.
fn ends_with(case: &str, codes: &[&str]) {
    for level in ["off", "cheap", "full"] {
        let output = run(case, level);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{case} at {level}: {:?}\n{said}", output.status);
        let told: Vec<&str> = said
            .lines()
            .filter_map(|line| line.strip_prefix("error[")?.split_once(']'))
            .map(|(code, _)| code)
            .collect();
        assert_eq!(told, if level == "off" { &[] } else { codes }, "{case} at {level}: {said}");
    }
}

#[test]
fn hooks_are_reentered_by_the_allocator_below() {
    ends_with("hooks_reentered", &["PF002"]);
}

#[test]
fn an_allocator_without_memory_is_passed_on() {
    ends_with("out_of_memory", &["PF002"]);
}

#[test]
fn signals_arrive_inside_hooks() {
    ends_with("signals_during_hooks", &["PF002"]);
    // Where a check would ask for memory of an allocator that was interrupted, there is none, and the end says so.
    let said = String::from_utf8_lossy(&run("signals_during_hooks", "full").stderr).into_owned();
    let told = said
        .lines()
        .find_map(|line| line.strip_prefix("pinned-ffi: ")?.split_once(" calls were not checked: made by a signal"));
    assert!(told.is_some_and(|(calls, _)| calls.parse::<u64>().is_ok_and(|calls| calls > 100)), "{said}");
}

#[test]
fn a_program_with_threads_forks_and_execs() {
    ends_with("fork_and_exec", &["PF002"]);
}

#[test]
fn threads_exit_with_blocks_and_pins() {
    ends_with("threads_exit", &[]);
}

#[test]
fn pins_end_with_the_thread_that_has_their_holder() {
    ends_with("holders_that_end_with_their_thread", &[]);
    ends_with("freed_under_a_holder_that_ends_with_its_thread", &["PF010"]);
}

#[test]
fn pins_are_listed_while_others_pin() {
    ends_with("listed_while_others_pin", &[]);
}

#[test]
fn a_program_forks_while_others_report() {
    ends_with("forked_while_others_report", &["PF002"]);
}

#[test]
fn a_program_forks_while_others_pin() {
    ends_with("forked_while_others_pin", &[]);
}

#[test]
fn a_million_blocks_are_known() {
    ends_with("million_blocks", &["PF002"]);
}

#[test]
fn libraries_come_and_go_between_calls() {
    ends_with("libraries_come_and_go", &["PF002"]);
}

#[test]
fn a_hook_panics() {
    for level in ["cheap", "full"] {
        let output = run("panic_in_the_hook", level);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{level}: {said}");
        // The last call has no hook, and is another place of the same bug: told or counted, as the policy says.
        assert!(said.matches("error[").count() <= 1 && !said.contains("does not like"), "{level}: {said}");
    }
}

#[test]
fn a_wrong_call_while_panicking_is_told() {
    for level in ["off", "cheap", "full"] {
        let output = run("wrong_call_while_panicking", level);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{level}: {said}");
        assert_eq!(said.matches("error[PF002]").count(), usize::from(level != "off"), "{level}: {said}");
        assert!(said.contains("the first panic"), "{said}");
    }
}

#[test]
fn the_stack_overflows_and_std_says_so() {
    for case in ["stack_overflow", "stack_overflow_of_a_thread"] {
        let name = if case == "stack_overflow" { "main" } else { "deep" };
        for level in ["off", "cheap", "full"] {
            let output = run(case, level);
            let said = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.signal(), Some(6), "{case} at {level}: {said}");
            assert!(said.contains(&format!("thread '{name}'")), "{case} at {level}: {said}");
            assert!(said.contains("has overflowed its stack"), "{case} at {level}: {said}");
            assert!(!said.contains("error["), "{case} at {level}: {said}");
        }
    }
}
