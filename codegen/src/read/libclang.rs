//! Decides which libclang is used: finds it, opens it so that it keeps to its own symbols, and tests that it reads C.

use std::cmp::Reverse;
use std::fmt;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use super::clang;
use crate::config;

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

/// No libclang could be used; says where it was looked for and what was wrong there.
#[derive(Clone, Debug, Default)]
pub struct NotFound {
    /// Every file, directory or command looked at, and why it did not help.
    pub searched: Vec<(String, String)>,
}

/// Why [`open`] gave no libclang.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum OpenError {
    /// None was found.
    NotFound(NotFound),
    /// One was found, but clang-sys, which looks by itself, did not load that one.
    NotLoaded {
        /// The library found.
        path: PathBuf,
        /// What clang-sys did instead.
        message: String,
    },
    /// It was loaded but cannot read a three-line file.
    SelfTest {
        /// The library loaded.
        path: PathBuf,
        /// What it says of itself.
        version: String,
        /// For each set of extra arguments tried, what libclang said.
        tried: Vec<(Vec<String>, String)>,
    },
}

/// Finds the libclang to use and opens it for good, without handing it to clang-sys yet.
///
/// The order is that of clang-sys, because bindgen can only be given what clang-sys loads. A file the loader refuses
/// is noted and the next one is tried, unless `LIBCLANG_PATH` named it.
pub fn locate() -> Result<PathBuf, NotFound> {
    let mut searched = Vec::new();
    let mut found = candidates(&mut searched);
    // The sort is stable: among equal versions the place looked at first wins, as it does in clang-sys.
    found.sort_by_key(|path| Reverse(version_in_name(path)));
    for path in found {
        if is_cut_short(&path) {
            // No later candidate would help: clang-sys would choose this one, and opening it kills the process.
            searched.push((
                path.display().to_string(),
                "is cut short; remove it".to_owned(),
            ));
            break;
        }
        match open_for_good(&path) {
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
    let handle = clang::Handle::load().map_err(|message| OpenError::NotLoaded {
        path: path.clone(),
        message,
    })?;
    if !same_file(handle.path(), &path) {
        let message = format!("it chose {}", handle.path().display());
        return Err(OpenError::NotLoaded { path, message });
    }
    let version = handle.version();
    let mut tried = Vec::new();
    for extra_args in std::iter::once(Vec::new()).chain(header_args()) {
        match clang::self_test(&handle, &extra_args) {
            Ok(()) => {
                return Ok(Libclang {
                    path,
                    version,
                    extra_args,
                    handle,
                });
            }
            Err(message) => tried.push((extra_args, message)),
        }
    }
    Err(OpenError::SelfTest {
        path,
        version,
        tried,
    })
}

fn same_file(a: &Path, b: &Path) -> bool {
    a == b || matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}

/// Opens a library with symbols of its own and leaks the handle.
///
/// Inside a macro the process is rustc, whose LLVM exports the same names; without `RTLD_DEEPBIND` libclang would
/// call into that copy and fail to open headers. The loader knows a library by its file, so when clang-sys opens it
/// again it gets this one. It stays open because libclang does not survive being unloaded
/// (<https://github.com/KyleMayes/clang-sys/issues/205>).
#[cfg(unix)]
fn open_for_good(path: &Path) -> Result<(), String> {
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
fn open_for_good(path: &Path) -> Result<(), String> {
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
fn is_cut_short(path: &Path) -> bool {
    let mut header = [0; 64];
    let Ok(mut file) = File::open(path) else {
        return false;
    };
    let native_class = cfg!(all(target_pointer_width = "64", target_endian = "little"));
    if !native_class || file.read_exact(&mut header).is_err() || header[..6] != *b"\x7fELF\x02\x01"
    {
        return false;
    }
    let number = |at: usize, bytes: usize| {
        header[at..at + bytes]
            .iter()
            .rev()
            .fold(0u64, |n, b| n << 8 | u64::from(*b))
    };
    let (table, entry, entries) = (number(0x28, 8), number(0x3a, 2), number(0x3c, 2));
    let size = file.metadata().map_or(u64::MAX, |data| data.len());
    table.saturating_add(entry * entries) > size
}

const NAMES: &[&str] = if cfg!(windows) {
    &["clang.dll", "libclang.dll"]
} else if cfg!(target_vendor = "apple") {
    &["libclang.dylib"]
} else {
    &[
        "libclang.so",
        "libclang-*.so",
        "libclang.so.*",
        "libclang-*.so.*",
    ]
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

fn candidates(searched: &mut Vec<(String, String)>) -> Vec<PathBuf> {
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
            look(
                format!("{prefix}/{{bin,lib,lib64}} (llvm-config --prefix)"),
                dirs.to_vec(),
            );
        }
        Err(error) => look(
            format!("{} --prefix: {error}", llvm_config.display()),
            Vec::new(),
        ),
    }
    if cfg!(target_vendor = "apple") {
        if let Ok(developer) = first_line(Command::new("xcode-select").arg("--print-path")) {
            let dir = Path::new(&developer).join("Toolchains/XcodeDefault.xctoolchain/usr/lib");
            look(format!("{} (xcode-select)", dir.display()), vec![dir]);
        }
    }
    for (variable, dir) in config::library_dirs_from_env() {
        look(format!("{} ({variable})", dir.display()), vec![dir]);
    }
    for pattern in DIRS {
        look(
            (*pattern).to_owned(),
            expand(pattern).filter(|path| path.is_dir()).collect(),
        );
    }
    found
}

fn libraries_in(dir: &Path) -> Vec<PathBuf> {
    // A directory that is not UTF-8 is passed over, as a pattern cannot spell it.
    let Some(dir) = dir.to_str() else {
        return Vec::new();
    };
    let dir = Path::new(&glob::Pattern::escape(dir)).to_owned();
    let named = NAMES
        .iter()
        .filter_map(|name| dir.join(name).to_str().map(str::to_owned));
    let files = named.flat_map(|pattern| expand(&pattern).collect::<Vec<_>>());
    files
        .filter(|file| {
            file.file_name()
                .and_then(|name| name.to_str())
                .is_some_and(is_library_name)
        })
        .collect()
}

fn is_library_name(name: &str) -> bool {
    // libclang-cpp is the C++ interface, another library altogether.
    !name.contains("-cpp.")
        && NAMES
            .iter()
            .any(|pattern| glob::Pattern::new(pattern).is_ok_and(|pattern| pattern.matches(name)))
}

fn expand(pattern: &str) -> impl Iterator<Item = PathBuf> + use<> {
    let options = glob::MatchOptions {
        require_literal_separator: true,
        ..glob::MatchOptions::default()
    };
    glob::glob_with(pattern, options)
        .into_iter()
        .flatten()
        .filter_map(Result::ok)
}

/// Ranks a file name as clang-sys does, oddities included, so that both choose the same file.
fn version_in_name(path: &Path) -> Vec<u32> {
    let name = path
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or_default();
    let version = match name.strip_prefix("libclang.so.") {
        Some(version) => version,
        None => match name.strip_prefix("libclang-") {
            Some(rest) => rest.get(..rest.len().saturating_sub(3)).unwrap_or_default(),
            None => return Vec::new(),
        },
    };
    version
        .split('.')
        .map(|part| part.parse().unwrap_or(0))
        .collect()
}

/// Sets of extra arguments that may supply missing compiler headers, the likeliest first.
///
/// A libclang from PyPI comes without its resource directory: `stddef.h` is then missing and `size_t` silently
/// becomes `int`.
fn header_args() -> impl Iterator<Item = Vec<String>> {
    let clang = || {
        let dir = first_line(Command::new("clang").arg("-print-resource-dir")).ok()?;
        Some(vec!["-isystem".to_owned(), format!("{dir}/include")])
    };
    let compiler = |names: &'static [&'static str]| {
        ["cc", "gcc"].iter().find_map(|compiler| {
            let mut args = Vec::new();
            for name in names {
                let dir =
                    first_line(Command::new(compiler).arg(format!("-print-file-name={name}")))
                        .ok()?;
                // A compiler that does not know the name prints it back.
                if !Path::new(&dir).is_absolute() {
                    return None;
                }
                args.extend(["-isystem".to_owned(), dir]);
            }
            Some(args)
        })
    };
    let sdk = || {
        let dir = first_line(Command::new("xcrun").arg("--show-sdk-path")).ok()?;
        Some(vec!["-isysroot".to_owned(), dir])
    };
    let attempts: [Box<dyn Fn() -> Option<Vec<String>>>; 4] = [
        Box::new(move || {
            if cfg!(target_vendor = "apple") {
                sdk()
            } else {
                None
            }
        }),
        Box::new(clang),
        Box::new(move || compiler(&["include"])),
        Box::new(move || compiler(&["include", "include-fixed"])),
    ];
    attempts.into_iter().filter_map(|attempt| attempt())
}

fn first_line(command: &mut Command) -> Result<String, String> {
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

impl fmt::Display for NotFound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "no usable libclang was found")?;
        for (place, why) in &self.searched {
            writeln!(f, "  {place}: {why}")?;
        }
        f.write_str(
            "help: install it, or set LIBCLANG_PATH to the library or its directory\n  \
             Debian, Ubuntu: apt install libclang-dev\n  \
             Fedora: dnf install clang-libs\n  \
             Arch: pacman -S clang\n  \
             macOS: xcode-select --install, or brew install llvm and LIBCLANG_PATH=\"$(brew --prefix llvm)/lib\"\n  \
             pip: pip install libclang and LIBCLANG_PATH=\"$(python3 -c 'import clang; \
             print(clang.__path__[0])')/native\"",
        )
    }
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound(not_found) => not_found.fmt(f),
            Self::NotLoaded { path, message } => {
                let path = path.display();
                write!(
                    f,
                    "libclang was found at {path}, but clang-sys did not load it: {}",
                    message.trim_end()
                )?;
                write!(f, "\nhelp: set LIBCLANG_PATH={path}")
            }
            Self::SelfTest {
                path,
                version,
                tried,
            } => {
                write!(
                    f,
                    "libclang at {} ({version}) cannot read C",
                    path.display()
                )?;
                for (args, said) in tried {
                    let args = if args.is_empty() {
                        "as it is".to_owned()
                    } else {
                        format!("with {}", args.join(" "))
                    };
                    write!(f, "\n  {args}: {said}")?;
                }
                f.write_str(
                    "\nhelp: install the headers of a C compiler (libclang-common-dev or gcc), or name their \
                     directory in BINDGEN_EXTRA_CLANG_ARGS=\"-isystem <dir>\"",
                )
            }
        }
    }
}

impl std::error::Error for NotFound {}
impl std::error::Error for OpenError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_cpp_library_are_not_taken() {
        for name in [
            "libclang.so",
            "libclang-14.so",
            "libclang.so.13",
            "libclang-14.so.14.0.6",
        ] {
            assert_eq!(
                is_library_name(name),
                cfg!(all(unix, not(target_vendor = "apple"))),
                "{name}"
            );
        }
        for name in [
            "libclang-cpp.so.14",
            "libclang-cpp.so",
            "libclang.a",
            "libclangAST.so",
        ] {
            assert!(!is_library_name(name), "{name}");
        }
    }

    #[test]
    fn the_highest_version_in_a_name_wins() {
        let rank = |name: &str| version_in_name(Path::new(name));
        assert!(rank("/a/libclang-19.so") > rank("/a/libclang-14.so.14.0.6"));
        assert!(rank("/a/libclang.so.13") > rank("/a/libclang.so"));
    }

    #[test]
    fn a_file_that_is_no_library_gives_the_loaders_words() {
        let file = std::env::temp_dir().join(format!(
            "pinned-ffi-not-a-library-{}.so",
            std::process::id()
        ));
        std::fs::write(&file, "this is text").expect("the temporary directory can be written");
        let message = open_for_good(&file).expect_err("text is no library");
        assert!(message.contains("pinned-ffi-not-a-library"), "{message}");
        std::fs::remove_file(&file).expect("the file was just written");
    }

    #[cfg(all(
        target_os = "linux",
        target_pointer_width = "64",
        target_endian = "little"
    ))]
    #[test]
    fn a_library_cut_short_is_told_from_a_whole_one() {
        let whole = std::env::current_exe().expect("a test has a file");
        assert!(!is_cut_short(&whole));
        let bytes = std::fs::read(&whole).expect("a running program can be read");
        let file =
            std::env::temp_dir().join(format!("pinned-ffi-cut-short-{}", std::process::id()));
        std::fs::write(&file, &bytes[..4096]).expect("the temporary directory can be written");
        assert!(is_cut_short(&file));
        std::fs::remove_file(&file).expect("the file was just written");
    }

    #[test]
    fn not_found_says_where_and_how_to_install() {
        let text = NotFound {
            searched: vec![("/nowhere".into(), "does not exist".into())],
        }
        .to_string();
        for part in [
            "/nowhere: does not exist",
            "apt install",
            "dnf",
            "pacman",
            "brew",
            "pip",
            "LIBCLANG_PATH",
        ] {
            assert!(text.contains(part), "{part} is missing in {text}");
        }
    }
}
