//! What closures leave on the heap when a program ends: nothing, in Valgrind's words and not in ours.

use std::process::{Command, Output};

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn no_closure_is_left_when_the_program_ends() {
    let valgrind = |case: &str| {
        Command::new("valgrind")
            .args(["-q", "--leak-check=full", "--errors-for-leak-kinds=definite,indirect", "--error-exitcode=99"])
            .args([env!("CARGO_BIN_EXE_cases"), case])
            .env("PINNED_FFI_CHECK", "cheap")
            .env("PINNED_FFI_ON_VIOLATION", "log")
            .env_remove("PINNED_FFI_REPORT")
            .output()
    };
    let Ok(leaky) = valgrind("a_box_each_time") else { return println!("skipped: there is no valgrind") };
    assert_eq!(leaky.status.code(), Some(99), "it sees what is lost: {}", said(&leaky));
    for case in [
        "a_closure_that_replaces_itself",
        "a_closure_that_registers_another",
        "a_closure_shared_by_threads",
        "a_closure_entered_again",
        "a_drop_that_panics_while_c_destroys",
        "a_closure_that_takes_itself_back",
        "a_closure_that_replaces_itself_and_panics",
        "a_closure_for_one_call_that_gives_the_next",
        "a_failed_call_that_destroys",
        "a_panic_while_another_unwinds",
        "destroyed_by_another_thread_while_it_runs",
        "many_closures_at_once",
        "called_after_its_call",
        "called_after_its_end",
        "called_twice",
        "called_while_it_runs",
        "destroyed_by_a_failed_call",
        "destroyed_twice",
        "jumped_out_of",
    ] {
        let output = valgrind(case).expect("it was there before");
        assert!(output.status.success(), "{case}: {}", said(&output));
    }
}
