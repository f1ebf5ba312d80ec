//! Decides which libclang is used: finds it, opens it so that it keeps to its own symbols, and tests that it reads C.

mod error;
mod load;
mod search;
mod self_test;

use std::cmp::Reverse;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::clang;

pub use error::{NotFound, OpenError};

/// The one libclang of this process: loaded, tested and never unloaded.
#[derive(Clone, Debug)]
pub struct Libclang {
    /// The file that was loaded.
    pub path: PathBuf,
    /// What it says of itself, such as `clang version 18.1.1`.
    pub version: String,
    /// Arguments this copy needs before any header can be read, such as a directory holding `stddef.h`.
    pub extra_args: Vec<String>,
    pub(super) handle: clang::Handle,
}

/// Finds the libclang to use and opens it for good, without handing it to clang-sys yet.
///
/// The order is that of clang-sys, because bindgen can only be given what clang-sys loads. A file the loader refuses
/// is noted and the next one is tried, unless `LIBCLANG_PATH` named it.
pub fn locate() -> Result<PathBuf, NotFound> {
    let mut searched = Vec::new();
    let mut found = search::candidates(&mut searched);
    // The sort is stable: among equal versions the place looked at first wins, as it does in clang-sys.
    found.sort_by_key(|path| Reverse(search::version_in_name(path)));
    for path in found {
        if load::is_cut_short(&path) {
            // No later candidate would help: clang-sys would choose this one, and opening it kills the process.
            searched.push((path.display().to_string(), "is cut short; remove it".to_owned()));
            break;
        }
        match load::open_for_good(&path) {
            Ok(()) => return Ok(path),
            Err(message) => searched.push((path.display().to_string(), message)),
        }
    }
    Err(NotFound { searched })
}

/// Finds, opens, loads and tests libclang once per process; later calls repeat the first answer.
pub fn open() -> Result<Libclang, OpenError> {
    static OPENED: OnceLock<Result<Libclang, OpenError>> = OnceLock::new();
    OPENED.get_or_init(open_once).clone()
}

fn open_once() -> Result<Libclang, OpenError> {
    let path = locate().map_err(OpenError::NotFound)?;
    let handle = clang::Handle::load().map_err(|message| OpenError::NotLoaded { path: path.clone(), message })?;
    if !same_file(handle.path(), &path) {
        let message = format!("it chose {}", handle.path().display());
        return Err(OpenError::NotLoaded { path, message });
    }
    let version = handle.version();
    let mut tried = Vec::new();
    for extra_args in std::iter::once(Vec::new()).chain(self_test::header_args()) {
        match self_test::self_test(&handle, &extra_args) {
            Ok(()) => {
                return Ok(Libclang { path, version, extra_args, handle });
            }
            Err(message) => tried.push((extra_args, message)),
        }
    }
    Err(OpenError::SelfTest { path, version, tried })
}

fn same_file(a: &Path, b: &Path) -> bool {
    a == b || matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}
