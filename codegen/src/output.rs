//! Writes files, and only when their bytes change: a build script must not make everything behind it stale.

use crate::diag::{Diagnostic, Diagnostics, Place, codes};
use std::fs;
use std::path::Path;

/// Writes `text` to `path` unless it is there already. The file is complete or untouched: it is written beside and renamed.
/// A folder that is missing is made.
///
/// # Errors
///
/// What the system says, with the path.
pub fn write(path: &Path, text: &str) -> Result<(), Diagnostics> {
    if is_same(path, text) {
        return Ok(());
    }
    let failed = |what: &str, error: std::io::Error| {
        Diagnostics::from(
            Diagnostic::new(codes::FILE, Place::Unknown, format!("cannot {what} {}: {error}", path.display()))
                .help("check that the folder may be written"),
        )
    };
    // `include/mine.h` of a new crate: nobody has made the folder yet.
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.exists()) {
        fs::create_dir_all(folder).map_err(|error| failed("make the folder of", error))?;
    }
    let mut beside = path.as_os_str().to_owned();
    beside.push(format!(".{}.tmp", std::process::id()));
    let beside = Path::new(&beside);
    fs::write(beside, text).map_err(|error| failed("write", error))?;
    fs::rename(beside, path).map_err(|error| {
        let _ = fs::remove_file(beside);
        failed("replace", error)
    })
}

/// Whether the file holds exactly this text.
pub fn is_same(path: &Path, text: &str) -> bool {
    fs::read(path).is_ok_and(|old| old == text.as_bytes())
}
