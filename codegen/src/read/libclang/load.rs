//! Decides how a library is opened: with symbols of its own, for good, and only when it is whole.

use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Opens a library with symbols of its own and leaks the handle.
///
/// Inside a macro the process is rustc, whose LLVM exports the same names; without `RTLD_DEEPBIND` libclang would
/// call into that copy and fail to open headers. The loader knows a library by its file, so when clang-sys opens it
/// again it gets this one. It stays open because libclang does not survive being unloaded
/// (<https://github.com/KyleMayes/clang-sys/issues/205>).
#[cfg(unix)]
pub(super) fn open_for_good(path: &Path) -> Result<(), String> {
    use libloading::os::unix::{Library, RTLD_LOCAL, RTLD_NOW};
    const DEEPBIND: std::ffi::c_int = match () {
        () if !cfg!(all(target_os = "linux", target_env = "gnu")) => 0,
        () if cfg!(any(target_arch = "mips", target_arch = "mips64")) => 0x10,
        () => 0x8,
    };
    // SAFETY: opening runs the library's constructors; libclang's only register options and passes of its own, and
    // DEEPBIND keeps them from reaching another LLVM in this process.
    match unsafe { Library::open(Some(path), RTLD_NOW | RTLD_LOCAL | DEEPBIND) } {
        Ok(library) => {
            std::mem::forget(library);
            Ok(())
        }
        Err(error) => Err(error.to_string()),
    }
}

/// Opens a library and leaks the handle; outside Unix each library keeps to its own symbols anyway.
#[cfg(not(unix))]
pub(super) fn open_for_good(path: &Path) -> Result<(), String> {
    // SAFETY: opening runs the library's constructors; libclang's only register options and passes of its own.
    match unsafe { libloading::Library::new(path) } {
        Ok(library) => {
            std::mem::forget(library);
            Ok(())
        }
        Err(error) => Err(error.to_string()),
    }
}

/// Whether a library ends before its section table, as after a broken download; the loader then dies of SIGBUS.
pub(super) fn is_cut_short(path: &Path) -> bool {
    let mut header = [0; 64];
    let Ok(mut file) = File::open(path) else {
        return false;
    };
    let native_class = cfg!(all(target_pointer_width = "64", target_endian = "little"));
    if !native_class || file.read_exact(&mut header).is_err() || header[..6] != *b"\x7fELF\x02\x01" {
        return false;
    }
    let number =
        |at: usize, bytes: usize| header[at..at + bytes].iter().rev().fold(0u64, |n, b| n << 8 | u64::from(*b));
    let (table, entry, entries) = (number(0x28, 8), number(0x3a, 2), number(0x3c, 2));
    let size = file.metadata().map_or(u64::MAX, |data| data.len());
    table.saturating_add(entry * entries) > size
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_no_library_gives_the_loaders_words() {
        let file = std::env::temp_dir().join(format!("pinned-ffi-not-a-library-{}.so", std::process::id()));
        std::fs::write(&file, "this is text").expect("the temporary directory can be written");
        let message = open_for_good(&file).expect_err("text is no library");
        assert!(message.contains("pinned-ffi-not-a-library"), "{message}");
        std::fs::remove_file(&file).expect("the file was just written");
    }

    #[cfg(all(target_os = "linux", target_pointer_width = "64", target_endian = "little"))]
    #[test]
    fn a_library_cut_short_is_told_from_a_whole_one() {
        let whole = std::env::current_exe().expect("a test has a file");
        assert!(!is_cut_short(&whole));
        let bytes = std::fs::read(&whole).expect("a running program can be read");
        let file = std::env::temp_dir().join(format!("pinned-ffi-cut-short-{}", std::process::id()));
        std::fs::write(&file, &bytes[..4096]).expect("the temporary directory can be written");
        assert!(is_cut_short(&file));
        std::fs::remove_file(&file).expect("the file was just written");
    }
}
