//! The steps of `cargo xtask test`, in the order of its table.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::{Ran, Session};
use crate::run::{self, Cmd, Result, say};
use crate::{setup, tidy};

/// The most crates that a user of `pinned-ffi` may have to build, itself included.
const MOST_CRATES: usize = 8;

/// Crates that must stay out of a user's build.
const UNWANTED: &[&str] = &["bindgen", "clang-sys"];

/// Every feature but the tests of real libraries.
const WITHOUT_LIBRARIES: &[&str] =
    &["--features", "pinned-ffi-codegen/cli,pinned-ffi-codegen/shim,pinned-ffi/header,pinned-ffi/checked"];

/// Finds or gets libclang, and the libraries that tests call.
pub(super) fn set_up(session: &mut Session) -> Result<Ran> {
    session.env = setup::ready()?;
    session.features = match setup::libraries() {
        Ok(()) => vec!["--all-features"],
        Err(missing) => {
            say(&format!("skipped: legal calls of real libraries: {missing}"));
            WITHOUT_LIBRARIES.to_vec()
        }
    };
    if let Err(missing) = setup::of_examples() {
        say(&format!("skipped: io_uring: {missing}"));
    }
    if let Err(missing) = setup::of_servers() {
        say(&format!("skipped: calls with servers: {missing}"));
    }
    Ok(Ran::Done)
}

/// The code is formatted.
pub(super) fn format(session: &mut Session) -> Result<Ran> {
    if !session.cargo(&["fmt", "--version"]).succeeds() {
        return Ok(Ran::Skipped("no rustfmt (`rustup component add rustfmt`)".to_owned()));
    }
    session.cargo(&["fmt", "--all", "--check"]).run()?;
    Ok(Ran::Done)
}

/// The layout rules hold.
pub(super) fn tidy_rules(_: &mut Session) -> Result<Ran> {
    tidy::check()?;
    Ok(Ran::Done)
}

/// Users of the runtime build few crates, and none twice.
pub(super) fn dependencies(session: &mut Session) -> Result<Ran> {
    let tree = session.cargo(&["tree", "-p", "pinned-ffi", "-e", "normal", "--prefix", "none"]).text()?;
    judge_tree(&tree)?;
    Ok(Ran::Done)
}

/// No lint of clippy or rustc is left.
pub(super) fn clippy(session: &mut Session) -> Result<Ran> {
    if !session.cargo(&["clippy", "--version"]).succeeds() {
        return Ok(Ran::Skipped("no clippy (`rustup component add clippy`)".to_owned()));
    }
    let features = session.features.clone();
    session.cargo(&["clippy", "--workspace", "--all-targets"]).args(&features).args(&["--", "-D", "warnings"]).run()?;
    Ok(Ran::Done)
}

/// The main run: every package, every feature, doc tests included.
pub(super) fn tests_of_all(session: &mut Session) -> Result<Ran> {
    let features = session.features.clone();
    let call = session.cargo(&["test", "--workspace", "--no-fail-fast"]).args(&features);
    session.count(&call)
}

/// The runtime crate works without any of its features.
pub(super) fn runtime_alone(session: &mut Session) -> Result<Ran> {
    let call = session.cargo(&["test", "-p", "pinned-ffi", "--no-default-features", "--lib", "--tests"]);
    session.count(&call)
}

/// Pin table, handle table and operations under every order of their threads' steps.
pub(super) fn loom(session: &mut Session) -> Result<Ran> {
    let call = session
        .cargo(&["test", "-p", "pinned-ffi", "--lib", "--release", "loom"])
        .env("RUSTFLAGS", "--cfg loom")
        .env("CARGO_TARGET_DIR", run::root().join("target/loom"))
        // Orders with more switches than this find next to nothing new and take hours.
        .default_env("LOOM_MAX_PREEMPTIONS", "3");
    session.count(&call)
}

/// The host, where the toolchain brings a sanitizer along for it; else why not.
fn sanitized(sanitizer: &str) -> Result<std::result::Result<String, String>> {
    let version = Cmd::rustc().args(&["-vV"]).text()?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap_or_default();
    if !matches!(host, "x86_64-unknown-linux-gnu" | "aarch64-unknown-linux-gnu") {
        return Ok(Err(format!("not tried on {host}")));
    }
    let sysroot = Cmd::rustc().args(&["--print", "sysroot"]).text()?;
    if !has_sanitizer(&Path::new(sysroot.trim()).join("lib/rustlib").join(host).join("lib"), sanitizer) {
        return Ok(Err(format!("the toolchain has no runtime for the sanitizer `{sanitizer}`")));
    }
    Ok(Ok(host.to_owned()))
}

/// What threads share in the runtime, under ThreadSanitizer, where the toolchain brings it along.
pub(super) fn thread_sanitizer(session: &mut Session) -> Result<Ran> {
    let host = match sanitized("tsan")? {
        Ok(host) => host,
        Err(reason) => return Ok(Ran::Skipped(reason)),
    };
    let suppressions = run::root().join("runtime/tests/tsan.supp");
    let call = session
        .cargo(&["test", "-p", "pinned-ffi", "--test", "threads", "--target", &host])
        .env("RUSTC_BOOTSTRAP", "1")
        // std is not compiled anew: the program uses C's threads, and no lock of std's.
        .env("RUSTFLAGS", "-Zsanitizer=thread -Cunsafe-allow-abi-mismatch=sanitizer")
        .env("CARGO_TARGET_DIR", run::root().join("target/tsan"))
        .env("TSAN_OPTIONS", format!("suppressions='{}'", suppressions.display()));
    session.count(&call)
}

/// The runtime's unsafe core under AddressSanitizer, where the toolchain brings it along.
pub(super) fn address_sanitizer(session: &mut Session) -> Result<Ran> {
    let host = match sanitized("asan")? {
        Ok(host) => host,
        Err(reason) => return Ok(Ran::Skipped(reason)),
    };
    let call = session
        .cargo(&["test", "-p", "pinned-ffi", "--lib", "--tests", "--target", &host])
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTFLAGS", "-Zsanitizer=address")
        .env("CARGO_TARGET_DIR", run::root().join("target/asan"))
        // Leaks are what some tests make on purpose, and looking for them fails in many containers.
        // A stack of its own for returned frames would hide them from the rule on stacks.
        .default_env("ASAN_OPTIONS", "detect_leaks=0:detect_stack_use_after_return=0");
    session.count(&call)
}

/// The documentation builds without a warning.
pub(super) fn documentation(session: &mut Session) -> Result<Ran> {
    session.cargo(&["doc", "--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings").run()?;
    Ok(Ran::Done)
}

/// Whether a folder of the toolchain holds a sanitizer's runtime.
fn has_sanitizer(folder: &Path, sanitizer: &str) -> bool {
    let end = format!("_rt.{sanitizer}.a");
    fs::read_dir(folder)
        .is_ok_and(|entries| entries.flatten().any(|entry| entry.file_name().to_string_lossy().ends_with(&end)))
}

/// Judges the output of `cargo tree --prefix none`: one crate a line, name and version first.
fn judge_tree(tree: &str) -> Result<()> {
    let crates: BTreeSet<(&str, &str)> = tree
        .lines()
        .filter_map(|line| {
            let mut words = line.split_whitespace();
            Some((words.next()?, words.next()?))
        })
        .collect();
    let list = crates.iter().map(|(name, version)| format!("{name} {version}"));
    let list = list.collect::<Vec<_>>().join(", ");
    if crates.is_empty() {
        return Err("cargo tree printed no crate".to_owned());
    }
    if crates.len() > MOST_CRATES {
        let count = crates.len();
        return Err(format!("pinned-ffi brings {count} crates, more than {MOST_CRATES}: {list}"));
    }
    for name in UNWANTED {
        if crates.iter().any(|(found, _)| found == name) {
            return Err(format!("pinned-ffi brings {name}, which its users must not need: {list}"));
        }
    }
    if crates.iter().filter(|(name, _)| *name == "syn").count() > 1 {
        return Err(format!("pinned-ffi brings two versions of syn: {list}"));
    }
    say(&format!("pinned-ffi and what it needs: {list}"));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_tree_passes() {
        let tree = "pinned-ffi v0.1.0 (/a b/runtime)\npinned-ffi-macros v0.1.0 (proc-macro) (/m)\nsyn v3.0.0\nsyn v3.0.0 (*)\n";
        assert_eq!(judge_tree(tree), Ok(()));
    }

    #[test]
    fn a_tree_with_what_users_must_not_need_fails() {
        for tree in ["", "a v1\nbindgen v0.73.2\n", "a v1\nclang-sys v1.9.1\n", "syn v2.0.1\nsyn v3.0.0\n"] {
            assert!(judge_tree(tree).is_err(), "{tree}");
        }
        let many: String = (0..9).map(|number| format!("crate{number} v1.0.0\n")).collect();
        assert!(judge_tree(&many).is_err());
    }
}
