//! Where files lie that programs name in reports: by the file system, seen from the current folder.

use pinned_ffi_codegen::reports::sarif::Artifact;
use std::path::{Path, PathBuf};

/// A folder as a URI, with a slash at its end.
pub(crate) fn folder_uri(folder: &Path) -> String {
    let uri = format!("file://{}", escaped(folder));
    if uri.ends_with('/') { uri } else { uri + "/" }
}

/// The file that a program calls so: the compiler was run in the current folder, above it, or above the program's folder.
pub(crate) fn find(file: &str, program_folder: &str, here: &Path) -> Artifact {
    let folders = here.ancestors().chain(Path::new(program_folder).ancestors());
    let found: Option<PathBuf> = folders.map(|folder| folder.join(file)).find(|path| path.is_file());
    // Nobody has it here: it is named as the program did.
    let found = found.unwrap_or_else(|| PathBuf::from(file));
    let inside = found.strip_prefix(here).map(Path::to_owned);
    let (path, is_relative) = match inside {
        Ok(inside) => (inside, true),
        Err(_) => (found.clone(), !found.is_absolute()),
    };
    let uri = if is_relative { escaped(&path) } else { format!("file://{}", escaped(&path)) };
    Artifact { uri, is_relative }
}

/// A path with the escapes of RFC 3986.
fn escaped(path: &Path) -> String {
    let mut out = String::new();
    for byte in path.as_os_str().as_encoded_bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=@".contains(byte) {
            out.push(char::from(*byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_found_from_both_folders_and_named_from_here() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let at = |path: &str| folder.path().join(path);
        for path in ["a b/src", "a b/tests", "c"] {
            std::fs::create_dir_all(at(path)).expect("the folder can be written");
        }
        for path in ["a b/src/ü.rs", "a b/tests/t.rs", "top.rs", "c/c.rs"] {
            std::fs::write(at(path), "").expect("the folder can be written");
        }
        let here = at("a b");
        let find = |file: &str, from: &str| find(file, at(from).to_str().expect("a plain path"), &here);
        let inside = |uri: &str| Artifact { uri: uri.into(), is_relative: true };
        assert_eq!(find("src/ü.rs", "c"), inside("src/%C3%BC.rs"));
        assert_eq!(find(at("a b/src/ü.rs").to_str().expect("a plain path"), "c"), inside("src/%C3%BC.rs"));
        assert_eq!(find("t.rs", "a b/tests"), inside("tests/t.rs"));
        assert_eq!(find("nowhere/x.rs", "c"), inside("nowhere/x.rs"));
        let top = find("top.rs", "c");
        assert!(top.uri.starts_with("file:///") && top.uri.ends_with("/top.rs") && !top.is_relative, "{top:?}");
        assert!(find("c.rs", "c").uri.ends_with("/c/c.rs"));
        assert!(folder_uri(&here).starts_with("file:///") && folder_uri(&here).ends_with("/a%20b/"));
    }
}
