//! Decides where libclang is looked for and which of the files found ranks first, as clang-sys does.

use std::fs::DirEntry;
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
        look((*pattern).to_owned(), expand(pattern));
    }
    found
}

/// The files in a directory that may be libclang, in the order of the names above.
fn libraries_in(dir: &Path) -> Vec<PathBuf> {
    let names = sorted_names(dir, &|name, _| is_library_name(name));
    let named = |pattern: &&str| {
        let pattern = glob::Pattern::new(pattern);
        names.iter().filter(move |name| pattern.as_ref().is_ok_and(|pattern| pattern.matches(name)))
    };
    NAMES.iter().flat_map(named).map(|name| dir.join(name)).collect()
}

/// The names in a directory that are wanted, sorted; one that is not UTF-8 is passed over, as a pattern cannot spell it.
///
/// Places such as `/usr/lib` have thousands of entries, so nothing is asked of the disk about any one that its name rules out.
fn sorted_names(dir: &Path, wanted: &dyn Fn(&str, &DirEntry) -> bool) -> Vec<String> {
    let entries = std::fs::read_dir(dir).into_iter().flatten().filter_map(Result::ok);
    let named = entries.filter_map(|entry| Some((entry.file_name().into_string().ok()?, entry)));
    let mut names: Vec<String> = named.filter(|(name, entry)| wanted(name, entry)).map(|(name, _)| name).collect();
    names.sort();
    names
}

/// Whether a file of this name may be libclang.
fn is_library_name(name: &str) -> bool {
    // libclang-cpp is the C++ interface, another library altogether.
    !name.contains("-cpp.")
        && NAMES.iter().any(|pattern| glob::Pattern::new(pattern).is_ok_and(|pattern| pattern.matches(name)))
}

/// The directories that match a pattern, one part of a path after the other.
fn expand(pattern: &str) -> Vec<PathBuf> {
    let mut dirs = vec![PathBuf::new()];
    for part in Path::new(pattern).components() {
        let part = part.as_os_str();
        let wild = part.to_str().filter(|part| part.contains('*')).and_then(|part| glob::Pattern::new(part).ok());
        dirs = match wild {
            None => dirs.iter().map(|dir| dir.join(part)).filter(|dir| dir.is_dir()).collect(),
            Some(wild) => {
                let below = |dir: &PathBuf| {
                    let names = sorted_names(dir, &|name, entry| wild.matches(name) && is_dir(name, entry));
                    names.iter().map(|name| dir.join(name)).collect::<Vec<_>>()
                };
                dirs.iter().flat_map(below).collect()
            }
        };
    }
    dirs
}

/// Whether an entry is a directory, or a link to one; a link to a shared library is not, and there are thousands.
fn is_dir(name: &str, entry: &DirEntry) -> bool {
    let Ok(kind) = entry.file_type() else { return false };
    kind.is_dir() || (kind.is_symlink() && !name.contains(".so") && entry.path().is_dir())
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
