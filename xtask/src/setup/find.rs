//! Finds a libclang that is on this machine already.

use std::fs;
use std::path::{Path, PathBuf};

use crate::glob;

/// Folders that clang-sys searches by itself, so that nothing needs to be set for a library found there.
const SEARCHED: &[&str] = &[
    "/usr/lib/llvm*/lib",
    "/usr/lib/*-linux-*",
    "/usr/lib64",
    "/usr/lib64/llvm*/lib*",
    "/usr/lib",
    "/usr/local/lib",
    "/usr/local/lib64",
];

/// Further folders, for which `LIBCLANG_PATH` has to be set.
const FURTHER: &[&str] =
    &["/opt/homebrew/opt/llvm*/lib", "/usr/local/opt/llvm*/lib", "/Library/Developer/CommandLineTools/usr/lib"];

/// A libclang that is there, and what child processes need to find it.
pub(super) struct Found {
    /// The library.
    pub(super) library: PathBuf,
    /// Whether `LIBCLANG_PATH` has to be set for it.
    pub(super) tell: bool,
}

/// A libclang that the user names or that the system has; adds to `tried` where it is not.
pub(super) fn on_this_machine(tried: &mut Vec<String>) -> Option<Found> {
    let named = std::env::var_os("LIBCLANG_PATH").filter(|value| !value.is_empty());
    if let Some(value) = &named {
        let path = PathBuf::from(value);
        let library = if path.is_file() { Some(path.clone()) } else { newest(std::slice::from_ref(&path)) };
        if let Some(library) = library {
            // The user's variable is inherited as it is.
            return Some(Found { library, tell: false });
        }
        tried.push(format!("LIBCLANG_PATH ({})", path.display()));
    }
    for (patterns, ours) in [(SEARCHED, false), (FURTHER, true)] {
        for pattern in patterns {
            if let Some(library) = newest(&glob::folders(pattern)) {
                // A variable that leads nowhere would keep clang-sys from searching.
                return Some(Found { library, tell: ours || named.is_some() });
            }
            tried.push((*pattern).to_owned());
        }
    }
    None
}

/// The libclang of the highest version in `folders`.
pub(super) fn newest(folders: &[PathBuf]) -> Option<PathBuf> {
    folders
        .iter()
        .flat_map(|folder| files(folder))
        .filter(|file| file.file_name().is_some_and(|name| is_libclang(&name.to_string_lossy())))
        .max_by_key(|file| (numbers(&file.to_string_lossy()), file.clone()))
}

/// The files in `folder`; a link that leads nowhere is not one.
pub(super) fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    entries.flatten().map(|entry| entry.path()).filter(|path| path.is_file()).collect()
}

/// Whether a file of this name is libclang, and not libclang-cpp or one of the compiler's archives.
fn is_libclang(name: &str) -> bool {
    if matches!(name, "libclang.so" | "libclang.dylib" | "libclang.dll") {
        return true;
    }
    let versioned = name.starts_with("libclang.so.")
        || glob::matches("libclang-*.so", name)
        || glob::matches("libclang-*.so.*", name);
    versioned && !name.starts_with("libclang-cpp")
}

/// The numbers in a path, so that llvm-19 comes after llvm-9.
fn numbers(path: &str) -> Vec<u64> {
    path.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_libclang_from_its_neighbours() {
        let yes = ["libclang.so", "libclang.so.1", "libclang-19.so", "libclang-14.so.13", "libclang.dylib"];
        let no = ["libclang-cpp.so.14", "libclang-cpp.so", "libclang_rt.asan.so", "libclang.a", "libclangAST.so"];
        for name in yes {
            assert!(is_libclang(name), "{name}");
        }
        for name in no {
            assert!(!is_libclang(name), "{name}");
        }
    }

    #[test]
    fn versions_are_numbers() {
        assert!(numbers("/usr/lib/llvm-19/lib/libclang.so") > numbers("/usr/lib/llvm-9/lib/libclang.so"));
    }

    #[test]
    fn a_folder_without_a_library_gives_none() {
        assert!(newest(&[crate::run::root().join("xtask/src"), PathBuf::from("/no-such-folder")]).is_none());
    }
}
