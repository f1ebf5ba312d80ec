//! Decides where libclang is looked for and which of the files found ranks first, as clang-sys does.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::config;

/// The file names that are libclang's.
const NAMES: &[&str] = if cfg!(windows) {
    &["clang.dll", "libclang.dll"]
} else if cfg!(target_vendor = "apple") {
    &["libclang.dylib"]
} else {
    &["libclang.so", "libclang-*.so", "libclang.so.*", "libclang-*.so.*"]
};

/// The same patterns as in clang-sys, then Homebrew's place on Arm, which it does not know.
const DIRS: &[&str] = if cfg!(windows) {
    &["C:\\Program Files*\\LLVM\\bin", "C:\\LLVM\\bin"]
} else if cfg!(target_vendor = "apple") {
    &[
        "/usr/local/opt/llvm*/lib/llvm*/lib",
        "/Library/Developer/CommandLineTools/usr/lib",
        "/Applications/Xcode.app/Contents/Developer/Toolchains/XcodeDefault.xctoolchain/usr/lib",
        "/usr/local/opt/llvm*/lib",
        "/opt/homebrew/opt/llvm*/lib",
    ]
} else {
    &[
        "/usr/local/llvm*/lib*",
        "/usr/local/lib*/*/*",
        "/usr/local/lib*/*",
        "/usr/local/lib*",
        "/usr/lib*/*/*",
        "/usr/lib*/*",
        "/usr/lib*",
    ]
};

/// Every libclang on this machine, in the order of the places; notes the places without one in `searched`.
pub(super) fn candidates(searched: &mut Vec<(String, String)>) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut look = |place: String, dirs: Vec<PathBuf>| {
        let files: Vec<PathBuf> = dirs.iter().flat_map(|dir| libraries_in(dir)).collect();
        if files.is_empty() {
            searched.push((place, format!("has no {}", NAMES.join(", "))));
        }
        found.extend(files);
    };

    if let Some(path) = config::libclang_path_from_env() {
        let file_name = path.file_name().and_then(|name| name.to_str());
        if path.is_file() && file_name.is_some_and(is_library_name) {
            return vec![path];
        }
        let place = format!("{} (LIBCLANG_PATH)", path.display());
        if path.exists() {
            look(place, vec![path]);
        } else {
            searched.push((place, "does not exist".to_owned()));
        }
        return found;
    }

    let llvm_config = config::llvm_config_from_env();
    match first_line(Command::new(&llvm_config).arg("--prefix")) {
        Ok(prefix) => {
            let dirs = ["bin", "lib", "lib64"].map(|dir| Path::new(&prefix).join(dir));
            look(format!("{prefix}/{{bin,lib,lib64}} (llvm-config --prefix)"), dirs.to_vec());
        }
        Err(error) => look(format!("{} --prefix: {error}", llvm_config.display()), Vec::new()),
    }
    if cfg!(target_vendor = "apple")
        && let Ok(developer) = first_line(Command::new("xcode-select").arg("--print-path"))
    {
        let dir = Path::new(&developer).join("Toolchains/XcodeDefault.xctoolchain/usr/lib");
        look(format!("{} (xcode-select)", dir.display()), vec![dir]);
    }
    for (variable, dir) in config::library_dirs_from_env() {
        look(format!("{} ({variable})", dir.display()), vec![dir]);
    }
    for pattern in DIRS {
        look((*pattern).to_owned(), expand(pattern).filter(|path| path.is_dir()).collect());
    }
    found
}

/// The files in a directory that may be libclang.
fn libraries_in(dir: &Path) -> Vec<PathBuf> {
    // A directory that is not UTF-8 is passed over, as a pattern cannot spell it.
    let Some(dir) = dir.to_str() else {
        return Vec::new();
    };
    let dir = Path::new(&glob::Pattern::escape(dir)).to_owned();
    let named = NAMES.iter().filter_map(|name| dir.join(name).to_str().map(str::to_owned));
    let files = named.flat_map(|pattern| expand(&pattern).collect::<Vec<_>>());
    files.filter(|file| file.file_name().and_then(|name| name.to_str()).is_some_and(is_library_name)).collect()
}

/// Whether a file of this name may be libclang.
fn is_library_name(name: &str) -> bool {
    // libclang-cpp is the C++ interface, another library altogether.
    !name.contains("-cpp.")
        && NAMES.iter().any(|pattern| glob::Pattern::new(pattern).is_ok_and(|pattern| pattern.matches(name)))
}

/// The paths that match a pattern.
fn expand(pattern: &str) -> impl Iterator<Item = PathBuf> + use<> {
    let options = glob::MatchOptions { require_literal_separator: true, ..glob::MatchOptions::default() };
    glob::glob_with(pattern, options).into_iter().flatten().filter_map(Result::ok)
}

/// Ranks a file name as clang-sys does, oddities included, so that both choose the same file.
pub(super) fn version_in_name(path: &Path) -> Vec<u32> {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let version = match name.strip_prefix("libclang.so.") {
        Some(version) => version,
        None => match name.strip_prefix("libclang-") {
            Some(rest) => rest.get(..rest.len().saturating_sub(3)).unwrap_or_default(),
            None => return Vec::new(),
        },
    };
    version.split('.').map(|part| part.parse().unwrap_or(0)).collect()
}

/// The first line a program prints, or why there is none.
pub(super) fn first_line(command: &mut Command) -> Result<String, String> {
    let output = command.output().map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err(output.status.to_string());
    }
    let text = String::from_utf8_lossy(&output.stdout);
    match text.lines().next().map(str::trim) {
        Some(line) if !line.is_empty() => Ok(line.to_owned()),
        _ => Err("printed nothing".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_cpp_library_are_not_taken() {
        for name in ["libclang.so", "libclang-14.so", "libclang.so.13", "libclang-14.so.14.0.6"] {
            assert_eq!(is_library_name(name), cfg!(all(unix, not(target_vendor = "apple"))), "{name}");
        }
        for name in ["libclang-cpp.so.14", "libclang-cpp.so", "libclang.a", "libclangAST.so"] {
            assert!(!is_library_name(name), "{name}");
        }
    }

    #[test]
    fn the_highest_version_in_a_name_wins() {
        let rank = |name: &str| version_in_name(Path::new(name));
        assert!(rank("/a/libclang-19.so") > rank("/a/libclang-14.so.14.0.6"));
        assert!(rank("/a/libclang.so.13") > rank("/a/libclang.so"));
    }
}
