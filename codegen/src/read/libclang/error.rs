//! Decides how it is told that no libclang can be used, and what helps.

use std::fmt;
use std::path::PathBuf;

/// No libclang could be used; says where it was looked for and what was wrong there.
#[derive(Clone, Debug, Default)]
pub struct NotFound {
    /// Every file, directory or command looked at, and why it did not help.
    pub searched: Vec<(String, String)>,
}

/// Why [`open`](super::open) gave no libclang.
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
                write!(f, "libclang was found at {path}, but clang-sys did not load it: {}", message.trim_end())?;
                write!(f, "\nhelp: set LIBCLANG_PATH={path}")
            }
            Self::SelfTest { path, version, tried } => {
                write!(f, "libclang at {} ({version}) cannot read C", path.display())?;
                for (args, said) in tried {
                    let args = if args.is_empty() { "as it is".to_owned() } else { format!("with {}", args.join(" ")) };
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
    fn not_found_says_where_and_how_to_install() {
        let text = NotFound { searched: vec![("/nowhere".into(), "does not exist".into())] }.to_string();
        for part in ["/nowhere: does not exist", "apt install", "dnf", "pacman", "brew", "pip", "LIBCLANG_PATH"] {
            assert!(text.contains(part), "{part} is missing in {text}");
        }
    }
}
