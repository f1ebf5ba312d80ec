//! The project's own commands: `cargo xtask <command>` looks one up in a table and runs it.

#![forbid(unsafe_code)]

mod bless;
mod conformance;
mod demo;
mod fuzz;
mod glob;
mod run;
mod setup;
mod test;
mod tidy;

use std::process::ExitCode;

use run::Result;

/// One command of `cargo xtask`.
struct Entry {
    /// The word that selects it, and its arguments as the help shows them.
    usage: &'static str,
    /// What it does, in one line.
    about: &'static str,
    /// Runs it with the words after its name.
    run: fn(&[String]) -> Result<ExitCode>,
}

/// Every command, in the order in which a newcomer meets them.
const COMMANDS: &[Entry] = &[
    Entry {
        usage: "demo",
        about: "show a checked readv made from the system's header, and a bug that it catches",
        run: demo::run,
    },
    Entry {
        usage: "test [--quick] [--keep-going]",
        about: "everything that CI runs; --quick leaves out release, loom, sanitizer and docs",
        run: test::run,
    },
    Entry {
        usage: "setup",
        about: "find libclang or get it (PINNED_FFI_SETUP=wheel|system forces the way)",
        run: setup::run,
    },
    Entry {
        usage: "corpus LIST [--out FILE.json] [--install] [--only PATTERN] [--runs N]",
        about: "wrap every function of every header in a list, and measure it beside bindgen alone",
        run: corpus,
    },
    Entry {
        usage: "score [--install] [--only PATTERN] [--misses FILE]",
        about: "score contracts inferred from headers alone against .gir files and against the shipped packs",
        run: score,
    },
    Entry {
        usage: "bench [NAME] [--json FILE] [--markdown FILE] [--rounds N]",
        about: "measure calls, pins, the heap, bindings and whole programs beside C, Go, bindgen, AddressSanitizer and Valgrind",
        run: bench,
    },
    Entry {
        usage: "conformance [--json FILE]",
        about: "run the tests of Go's that ours tell again, and list them",
        run: conformance::run,
    },
    Entry {
        usage: "matrix [NAME ...] [--json FILE.json]",
        about: "bugs at the boundary against our levels, AddressSanitizer and Valgrind; legal calls at full",
        run: matrix,
    },
    Entry {
        usage: "fuzz [TARGET] [--seconds N]",
        about: "feed made-up input to the generator, 600 seconds a target; needs cargo-fuzz",
        run: fuzz::run,
    },
    Entry { usage: "tidy", about: "check the layout rules; part of the tests as well", run: tidy::run },
    Entry {
        usage: "bless [TARGET ...]",
        about: "run the snapshot and ui tests and accept what they print now",
        run: bless::run,
    },
];

/// `cargo xtask corpus`: a program of its own, for it needs the generator.
fn corpus(words: &[String]) -> Result<ExitCode> {
    let env = setup::ready()?;
    let call = run::Cmd::cargo().args(&["run", "--quiet", "--release", "-p", "pinned-ffi-corpus", "--"]).envs(&env);
    program(call, words, &["--out", "--only", "--runs"], |value_of| value_of == "--out" || value_of.is_empty())
}

/// `cargo xtask score`: a program of its own, for it needs the generator.
fn score(words: &[String]) -> Result<ExitCode> {
    let env = setup::ready()?;
    let call = run::Cmd::cargo().args(&["run", "--quiet", "--release", "-p", "pinned-ffi-score", "--"]).envs(&env);
    program(call, words, &["--only", "--misses"], |value_of| value_of == "--misses")
}

/// `cargo xtask bench`: a program of its own, which builds others.
fn bench(words: &[String]) -> Result<ExitCode> {
    let mut call = run::Cmd::cargo().args(&["run", "--quiet", "--release", "-p", "pinned-ffi-bench", "--"]);
    if let Err(missing) = setup::libraries() {
        run::say(&format!("skipped: bindings of some headers: {missing}"));
    }
    // Valgrind, and what else is missing is told in the table.
    let _ = setup::of_examples();
    match setup::ready() {
        Ok(env) => call = call.envs(&env),
        Err(missing) => run::say(&format!("skipped: bindings of headers: {missing}")),
    }
    let is_path = |value_of: &str| value_of == "--json" || value_of == "--markdown";
    program(call, words, &["--json", "--markdown", "--rounds"], is_path)
}

/// `cargo xtask matrix`: a program of its own, which builds others.
fn matrix(words: &[String]) -> Result<ExitCode> {
    let env = setup::ready()?;
    let mut call = run::Cmd::cargo().args(&["run", "--quiet", "--release", "-p", "pinned-ffi-matrix", "--"]).envs(&env);
    if let Err(missing) = setup::libraries() {
        run::say(&format!("skipped: programs and calls of real libraries: {missing}"));
        call = call.arg("--without-libraries");
    }
    // Valgrind is found where it is installed; what is missing is told in the table.
    let _ = setup::of_examples();
    program(call, words, &["--json"], |value_of| value_of == "--json")
}

/// Runs a program with the caller's words. Paths are made absolute, for it runs at the repository's root: those behind the
/// options, or the bare ones behind `""`, for which `is_path` holds.
fn program(
    mut call: run::Cmd,
    words: &[String],
    with_value: &[&str],
    is_path: impl Fn(&str) -> bool,
) -> Result<ExitCode> {
    let mut takes_value = "";
    for word in words {
        let is_path = (!takes_value.is_empty() || !word.starts_with('-')) && is_path(takes_value);
        call = if is_path {
            call.arg(std::path::absolute(word).map_err(|error| error.to_string())?)
        } else {
            call.arg(word)
        };
        takes_value = if takes_value.is_empty() && with_value.contains(&word.as_str()) { word } else { "" };
    }
    Ok(if call.run().is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Runs the command that the arguments name; prints `error: …` and gives 1 when it fails.
fn main() -> ExitCode {
    let words: Vec<String> = std::env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned()).collect();
    match dispatch(&words) {
        Ok(code) => code,
        Err(message) => {
            run::complain(&format!("error: {message}"));
            ExitCode::FAILURE
        }
    }
}

/// Finds the command for `words` and runs it; no words or a wish for help gives the table.
fn dispatch(words: &[String]) -> Result<ExitCode> {
    let Some((name, rest)) = words.split_first() else {
        return Ok(help());
    };
    if matches!(name.as_str(), "help" | "--help" | "-h") {
        return Ok(help());
    }
    let named = |entry: &&Entry| entry.usage.split(' ').next() == Some(name.as_str());
    let entry = COMMANDS
        .iter()
        .find(named)
        .ok_or_else(|| format!("no command `{name}`\n  help: `cargo xtask help` lists the commands"))?;
    (entry.run)(rest)
}

/// Prints the table of commands.
fn help() -> ExitCode {
    run::say("usage: cargo xtask <command>\n");
    for entry in COMMANDS {
        run::say(&format!("  {:<32}{}", entry.usage, entry.about));
    }
    ExitCode::SUCCESS
}
