//! Runs the fuzz targets of `codegen/fuzz` for a while each, from the kept corpus.

use std::fs;
use std::process::ExitCode;

use crate::run::{self, Cmd, Result, say};
use crate::setup;

/// Where the package of the targets lies.
const PACKAGE: &str = "codegen/fuzz";

/// Every target, with the options of libFuzzer that it needs beside the common ones.
const TARGETS: &[(&str, &[&str])] = &[
    ("contract_file", &["-max_len=4096", "-timeout=10"]),
    ("attributes", &["-max_len=4096", "-timeout=10"]),
    ("expressions", &["-max_len=4096", "-timeout=10"]),
    // clang and bindgen take their time over long names, and libclang keeps what it once had.
    ("clang_reader", &["-max_len=2048", "-timeout=60", "-rss_limit_mb=4096"]),
];

/// How long each target runs when nothing is said.
const SECONDS: u32 = 600;

/// `cargo xtask fuzz [TARGET] [--seconds N]`.
pub(crate) fn run(words: &[String]) -> Result<ExitCode> {
    let (wanted, seconds) = parse(words)?;
    if !Cmd::cargo().args(&["fuzz", "--version"]).succeeds() {
        return Err("cargo-fuzz is not installed\n  help: `cargo install cargo-fuzz`".to_owned());
    }
    let env = setup::ready()?;
    let root = run::root();
    for (target, options) in TARGETS.iter().filter(|(target, _)| wanted.is_none_or(|wanted| wanted == *target)) {
        let kept = root.join(PACKAGE).join("corpus").join(target);
        // What is new does not mix with what is kept.
        let found = root.join("target/fuzz").join(target);
        fs::create_dir_all(&found).map_err(|error| format!("cannot make {}: {error}", found.display()))?;
        let mut call = Cmd::cargo()
            .args(&["fuzz", "run", "--fuzz-dir", PACKAGE, "--sanitizer", "none", target])
            .arg(&found)
            .arg(&kept)
            .arg("--")
            .arg(format!("-max_total_time={seconds}"))
            .args(options)
            .envs(&env)
            // libFuzzer's instrumentation is behind a flag that stable refuses otherwise.
            .env("RUSTC_BOOTSTRAP", "1");
        let dictionary = root.join(PACKAGE).join("dict").join(format!("{target}.dict"));
        if dictionary.is_file() {
            call = call.arg(format!("-dict={}", dictionary.display()));
        }
        call.run()?;
    }
    say("fuzz: nothing found; new inputs lie in target/fuzz");
    Ok(ExitCode::SUCCESS)
}

/// The target, where one is named, and the seconds for each.
fn parse(words: &[String]) -> Result<(Option<&str>, u32)> {
    let (mut target, mut seconds) = (None, SECONDS);
    let mut words = words.iter();
    while let Some(word) = words.next() {
        if word == "--seconds" {
            seconds = words
                .next()
                .and_then(|number| number.parse().ok())
                .filter(|seconds| *seconds > 0)
                .ok_or("`--seconds` takes a number above 0")?;
        } else if target.is_none() && TARGETS.iter().any(|(name, _)| name == word) {
            target = Some(word.as_str());
        } else {
            let names: Vec<&str> = TARGETS.iter().map(|(name, _)| *name).collect();
            return Err(format!("no fuzz target `{word}`; there are: {}", names.join(", ")));
        }
    }
    Ok((target, seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Option<(Option<String>, u32)> {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        parse(&words).ok().map(|(target, seconds)| (target.map(str::to_owned), seconds))
    }

    #[test]
    fn a_target_and_seconds_may_be_named() {
        assert_eq!(parsed(""), Some((None, SECONDS)));
        assert_eq!(parsed("attributes --seconds 5"), Some((Some("attributes".to_owned()), 5)));
        for wrong in ["other", "--seconds", "--seconds 0", "--seconds x", "attributes expressions"] {
            assert_eq!(parsed(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn every_target_is_there() {
        for (target, _) in TARGETS {
            assert!(run::root().join(PACKAGE).join(format!("fuzz_targets/{target}.rs")).is_file());
            assert!(run::root().join(PACKAGE).join("corpus").join(target).is_dir());
        }
    }
}
