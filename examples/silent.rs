//! What the program of each example must show: nothing is reported at any level, and Valgrind has nothing to say.

use std::fs;
use std::path::Path;
use std::process::Command;

/// Runs a command whose last word is the example's program, and gives what it printed. It ends well, says nothing on standard
/// error, and the lines of its processes say that they were checked at this level and have found nothing.
pub(crate) fn run(command: &[&str], level: &str) -> String {
    let [program, args @ ..] = command else { panic!("a command has a program") };
    let name = Path::new(command[args.len()]).file_name().expect("a program has a name").to_string_lossy();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{level}-{}", args.len()));
    // What an earlier run has left; usually there is nothing.
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the folder can be made");
    let mut command = Command::new(program);
    for variable in ["PINNED_FFI_ON_VIOLATION", "PINNED_FFI_PIN_LIMIT", "PINNED_FFI_SAMPLE"] {
        command.env_remove(variable);
    }
    command.args(args).env("PINNED_FFI_CHECK", level).env("PINNED_FFI_REPORT", &folder).env("RUST_BACKTRACE", "0");
    let output = command.output().expect("the program was built");
    let [stdout, stderr] = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    assert!(output.status.success() && stderr.is_empty(), "{name} at {level}: {stdout}{stderr}");
    let files = fs::read_dir(&folder).expect("it was made").map(|file| file.expect("a file").path());
    let said: String = files.map(|file| fs::read_to_string(file).expect("it can be read")).collect();
    if pinned_ffi::COMPILED && level != "off" {
        let begin = [format!("\"level\":\"{level}\""), "\"tracked\":true".into(), "\"kind\":\"process\"".into()];
        let is_checked = said.lines().next().is_some_and(|line| begin.iter().all(|part| line.contains(part)));
        assert!(
            is_checked && said.contains("\"kind\":\"end\""),
            "{name} at {level} was not checked to its end: {said}"
        );
    }
    assert!(!said.contains("\"kind\":\"violation\""), "{name} at {level}: {said}");
    stdout
}

/// Somebody else's checker agrees, without a flag or a suppression, while ours looks at everything. Gives what was printed, if
/// there is a Valgrind.
pub(crate) fn in_valgrind(program: &str) -> Option<String> {
    if Command::new("valgrind").arg("--version").output().is_err() {
        eprintln!("skipped: valgrind is not installed");
        return None;
    }
    Some(run(&["valgrind", "--quiet", "--error-exitcode=9", program], "full"))
}
