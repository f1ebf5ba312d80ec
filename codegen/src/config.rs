//! Decides what the readers of a header are given: the clang arguments both share, the text they read, and which
//! environment variables count.
//!
//! Nothing else under `read` looks at the environment, so a reading is a function of the values made here.

use std::env;
use std::path::PathBuf;

/// The clang arguments of one reading, one value for both readers so that they cannot disagree about a header.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ClangArgs {
    /// The arguments in the order clang gets them, without the name of the main file.
    pub args: Vec<String>,
}

impl ClangArgs {
    /// The arguments the environment asks for: the target of a cross build, then `PINNED_FFI_CLANG_ARGS`.
    ///
    /// `BINDGEN_EXTRA_CLANG_ARGS` is left out on purpose: bindgen appends it by itself and cannot be told not to.
    pub fn from_env() -> Self {
        let mut args: Vec<String> =
            cross_target_from_env().map(|target| format!("--target={target}")).into_iter().collect();
        args.extend(pinned_ffi_clang_args_from_env());
        Self { args }
    }
}

/// The main file of a reading, held in memory: usually only `#include` lines.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct WrapperSource {
    /// Its name in messages, such as `pinned_ffi_wrapper.h`. A relative name is taken from the current directory, and
    /// `#include "x.h"` looks beside it.
    pub name: String,
    /// Its C text, such as `#include <sys/uio.h>`.
    pub text: String,
}

/// The arguments in `PINNED_FFI_CLANG_ARGS`, split like a shell does.
pub fn pinned_ffi_clang_args_from_env() -> Vec<String> {
    for_target("PINNED_FFI_CLANG_ARGS").map_or_else(Vec::new, |text| split(&text))
}

/// The arguments in `BINDGEN_EXTRA_CLANG_ARGS`, found and split exactly as bindgen does.
pub fn bindgen_extra_clang_args_from_env() -> Vec<String> {
    for_target("BINDGEN_EXTRA_CLANG_ARGS").map_or_else(Vec::new, |text| split(&text))
}

/// The clang name of the target when a build script builds for another one than it runs on.
pub fn cross_target_from_env() -> Option<String> {
    let target = env::var("TARGET").ok()?;
    (target != env::var("HOST").ok()?).then(|| clang_target(&target))
}

/// The library, or the directory of the library, that `LIBCLANG_PATH` names.
pub fn libclang_path_from_env() -> Option<PathBuf> {
    // Only UTF-8 counts, because clang-sys ignores the variable otherwise and would then load another library.
    env::var("LIBCLANG_PATH").ok().map(PathBuf::from)
}

/// The `llvm-config` to ask: `LLVM_CONFIG_PATH`, else the one on the search path.
pub fn llvm_config_from_env() -> PathBuf {
    env::var("LLVM_CONFIG_PATH").map_or_else(|_| PathBuf::from("llvm-config"), PathBuf::from)
}

/// The directories of `LD_LIBRARY_PATH` and `LIBRARY_PATH`, each with the name of its variable.
pub fn library_dirs_from_env() -> Vec<(&'static str, PathBuf)> {
    let mut dirs = Vec::new();
    for variable in ["LD_LIBRARY_PATH", "LIBRARY_PATH"] {
        if let Ok(list) = env::var(variable) {
            dirs.extend(env::split_paths(&list).map(|dir| (variable, dir)));
        }
    }
    dirs
}

/// The directory a relative [`WrapperSource::name`] is taken from.
pub fn current_dir_from_env() -> Result<PathBuf, String> {
    env::current_dir().map_err(|error| format!("the current directory cannot be told: {error}"))
}

/// The variables that change what a reading gives; a build script runs again when one changes.
pub const VARIABLES: &[&str] =
    &["LIBCLANG_PATH", "LLVM_CONFIG_PATH", "PINNED_FFI_CLANG_ARGS", "BINDGEN_EXTRA_CLANG_ARGS"];

/// Where headers named by the user may lie: the package being built, then the current directory.
pub fn package_dirs_from_env() -> Vec<PathBuf> {
    let package = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    package.into_iter().chain(env::current_dir().ok()).collect()
}

/// Whether Cargo reads what this process prints.
pub fn is_build_script_from_env() -> bool {
    env::var_os("OUT_DIR").is_some() && env::var_os("CARGO_CFG_TARGET_ARCH").is_some()
}

/// The folder that a build script writes into.
pub fn out_dir_from_env() -> Option<PathBuf> {
    env::var_os("OUT_DIR").map(PathBuf::from)
}

/// The command that reads headers in a process of its own, `pinned-ffi` unless `PINNED_FFI_HELPER` names another.
pub fn helper_from_env() -> PathBuf {
    env::var_os("PINNED_FFI_HELPER").map_or_else(|| PathBuf::from("pinned-ffi"), PathBuf::from)
}

/// The folder for cached bindings: beside the output of the rustc that this code runs in. `None` outside of rustc.
pub fn cache_dir_from_env() -> Option<PathBuf> {
    let mut args = env::args_os();
    while let Some(arg) = args.next() {
        let arg = arg.to_string_lossy();
        if arg == "--out-dir" {
            return args.next().map(|dir| PathBuf::from(dir).join("pinned-ffi-cache"));
        }
        if let Some(dir) = arg.strip_prefix("--out-dir=") {
            return Some(PathBuf::from(dir).join("pinned-ffi-cache"));
        }
    }
    None
}

fn for_target(variable: &str) -> Option<String> {
    if let Ok(target) = env::var("TARGET") {
        for suffix in [target.clone(), target.replace('-', "_")] {
            if let Ok(value) = env::var(format!("{variable}_{suffix}")) {
                return Some(value);
            }
        }
    }
    env::var(variable).ok()
}

fn split(text: &str) -> Vec<String> {
    shlex::split(text).unwrap_or_else(|| vec![text.to_owned()])
}

/// Clang and rustc disagree about a few names; bindgen knows the same list.
fn clang_target(rust_target: &str) -> String {
    let mut parts: Vec<&str> = rust_target.split('-').collect();
    if let Some(arch) = parts.first_mut() {
        for plain in ["riscv32", "riscv64"] {
            if arch.starts_with(plain) {
                *arch = plain;
            }
        }
    }
    if parts.get(1) == Some(&"apple") {
        for (part, theirs, clangs) in [(0, "aarch64", "arm64"), (3, "sim", "simulator")] {
            if parts.get(part) == Some(&theirs) {
                parts[part] = clangs;
            }
        }
    }
    if parts.get(2) == Some(&"espidf") {
        parts[2] = "elf";
    }
    parts.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_get_the_names_clang_knows() {
        for (rust, clang) in [
            ("x86_64-unknown-linux-gnu", "x86_64-unknown-linux-gnu"),
            ("riscv64gc-unknown-linux-gnu", "riscv64-unknown-linux-gnu"),
            ("aarch64-apple-darwin", "arm64-apple-darwin"),
            ("aarch64-apple-ios-sim", "arm64-apple-ios-simulator"),
            ("riscv32imc-esp-espidf", "riscv32-esp-elf"),
        ] {
            assert_eq!(clang_target(rust), clang);
        }
    }

    #[test]
    fn arguments_split_like_a_shell() {
        assert_eq!(split("-I'a b' -DX"), ["-Ia b", "-DX"]);
        assert_eq!(split("-I'open"), ["-I'open"]);
    }
}
