//! What the pages of `pinned-ffi explain` show is true: each bad program reports its code, each good one nothing.

use std::process::{Command, Output, Stdio};

fn run(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_explained_program"));
    for variable in ["PINNED_FFI_REPORT", "PINNED_FFI_SAMPLE"] {
        command.env_remove(variable);
    }
    command
        .args(arguments)
        .env("PINNED_FFI_CHECK", "full")
        .env("PINNED_FFI_ON_VIOLATION", "log")
        .env("PINNED_FFI_PIN_LIMIT", "100+10")
        .stdin(Stdio::null())
        .output()
        .expect("the program was built")
}

#[test]
fn bad_programs_report_their_code_and_good_ones_nothing() {
    let listed = String::from_utf8(run(&["list"]).stdout).expect("names are text");
    let mut wrong = Vec::new();
    for name in listed.lines() {
        let (code, heading) = name.split_once(' ').expect("a code and a heading");
        let output = run(&[code, heading]);
        let said = String::from_utf8_lossy(&output.stderr);
        let told: Vec<&str> = said.lines().filter_map(|line| line.strip_prefix("error[")?.get(..5)).collect();
        let is_right = if heading == "Bad" {
            !told.is_empty() && told.iter().all(|told| *told == code)
        } else {
            output.status.success() && told.is_empty()
        };
        if !is_right {
            wrong.push(format!("{name}: {:?}\n{said}", output.status));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    assert_eq!(listed.lines().count() % 2, 0);
    assert!(listed.lines().count() >= 50, "{listed}");
}
