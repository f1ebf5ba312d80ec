//! Decides how a builder's files are read: what text both readers get, what ends a reading, and how it is told.

use super::Builder;
use super::names::{bad_option, missing_libclang};
use crate::config::{self, ClangArgs, WrapperSource};
use crate::contract::Sources;
use crate::diag::{Diagnostic, Diagnostics, Place, codes};
use crate::read::steady::{self, Stamps};
use crate::read::{self, bindgen, clang, depth, libclang, sources};
use crate::shim::{self, Shim};
use std::path::{Path, PathBuf};

/// The name of the in-memory main file.
const WRAPPER: &str = "pinned_ffi_wrapper.h";

/// Both readers go down with the nesting of types; a thread's usual stack holds a few hundred levels.
const READER_STACK: usize = 64 << 20;

/// What is asked of the readers beside the headers.
pub(super) struct Asked<'a> {
    pub(super) args: &'a ClangArgs,
    pub(super) select: &'a bindgen::Select,
    pub(super) macros: &'a [Shim],
    pub(super) prefix: &'a str,
}

/// What the files say, and which they are.
pub(super) struct Read {
    pub(super) sources: Sources,
    pub(super) raw: clang::RawAttrs,
    /// What bindgen wrote.
    pub(super) text: Result<String, Diagnostics>,
    /// Functions that get a symbol of their own.
    pub(super) shims: Vec<Shim>,
    pub(super) files: Vec<PathBuf>,
}

impl Builder {
    /// Reads until no file changes meanwhile.
    pub(super) fn read_steadily(&self, asked: &Asked<'_>) -> Result<(Read, Stamps), Diagnostics> {
        let lib = libclang::open().map_err(|error| missing_libclang(&error))?;
        let source = self.source()?;
        let folders = config::package_dirs_from_env();
        let named: Vec<PathBuf> = self.headers.iter().filter_map(|header| read::find_file(header, &folders)).collect();
        let (read, stamps) = steady::read(
            &named,
            || self.read(&source, &lib, asked),
            |read| match read {
                Ok(read) => &read.files,
                Err(_) => &[],
            },
        )
        .map_err(|file| still_changing(&file))?;
        Ok((read?, stamps))
    }

    /// The in-memory main file: defines, then includes.
    fn source(&self) -> Result<WrapperSource, Diagnostics> {
        if self.headers.is_empty() {
            return Err(Diagnostic::new(codes::BAD_OPTION, Place::Unknown, "no header is named")
                .help("add `.header(\"sys/uio.h\")`")
                .into());
        }
        let mut text = String::new();
        for define in &self.defines {
            if define.contains(['\n', '\r', '\0']) || define.ends_with('\\') {
                return Err(bad_option("define", define, "a name, or a name with a value, on one line"));
            }
            text.push_str(&format!("#define {}\n", define.replacen('=', " ", 1)));
        }
        for header in &self.headers {
            // A name with these would end the line that includes it, and go on as C.
            if header.is_empty() || header.contains(['\n', '\r', '\0', '"', '>']) {
                return Err(bad_option("header", header, "the name of a file without quotes and line ends"));
            }
            match read::find_file(header, &config::package_dirs_from_env()) {
                Some(path) => {
                    depth::refuse_rows(&path)?;
                    text.push_str(&format!("#include \"{}\"\n", path.display()));
                }
                None => text.push_str(&format!("#include <{header}>\n")),
            }
        }
        Ok(WrapperSource { name: WRAPPER.into(), text })
    }

    /// All that is read from files, in one go.
    fn read(&self, source: &WrapperSource, lib: &libclang::Libclang, asked: &Asked<'_>) -> Result<Read, Diagnostics> {
        let Asked { args, select, macros, prefix } = asked;
        let folders = config::package_dirs_from_env();
        let (sources, mut files) = sources::read(&self.contract_files, &self.girs, &folders)?;
        let with =
            |shims: &[Shim]| WrapperSource { text: source.text.clone() + &shim::declarations(shims), ..source.clone() };
        // A macro is tried out where its mistakes have a place.
        let tried = WrapperSource { text: source.text.clone() + &shim::definitions(macros), ..source.clone() };
        let lines = source.text.lines().count();
        let told = |errors: Vec<clang::ClangDiagnostic>| self.c_errors(&errors, lines);
        let attributes = || clang::read(&tried, args, lib);
        let (raw, text, shims) = match self.asked(prefix)? {
            // Side by side: both take about as long, and neither knows of the other.
            None => {
                let declared = with(macros);
                let (raw, text) = side_by_side(attributes, || bindgen::distinct_text(&declared, args, lib, select));
                (raw?.map_err(told)?, text, macros.to_vec())
            }
            Some((asked, matched)) => {
                let raw = attributes().map_err(told)?;
                let mut shims = shim::select(&raw, shim::Asked { text: asked, pattern: &matched, prefix })?;
                shims.extend(macros.iter().cloned());
                let text = bindgen::distinct_text(&with(&shims), args, lib, select);
                (raw, text, shims)
            }
        };
        let text = text.map_err(bindgen_says);
        files.extend(raw.files.iter().cloned());
        files.sort();
        files.dedup();
        Ok(Read { sources, raw, text, shims, files })
    }

    /// What clang says, at its places; of our own line with an include, for which header. Behind that many lines of ours
    /// it speaks of shims.
    fn c_errors(&self, errors: &[clang::ClangDiagnostic], lines: usize) -> Diagnostics {
        let included = |line: usize| {
            let number = line.checked_sub(self.defines.len() + 1)?;
            self.headers.get(number).cloned()
        };
        super::names::c_errors(errors, lines, &included)
    }
}

/// Runs both readers, each with a stack that is deep enough.
///
/// bindgen stays on this thread. Inside rustc tokens belong to the thread that expands the macro, and bindgen makes tokens; and
/// glibc grows the heap of any other thread page by page, which makes the longer of the two readers wait.
fn side_by_side<A: Send, B>(
    attributes: impl FnOnce() -> A + Send,
    declarations: impl FnOnce() -> B,
) -> (Result<A, Diagnostic>, B) {
    let ended = || Diagnostic::new(codes::C_ERROR, Place::Unknown, "clang's thread ended early");
    std::thread::scope(|scope| {
        let attributes = std::thread::Builder::new().stack_size(READER_STACK).spawn_scoped(scope, attributes);
        let declarations = stacker::grow(READER_STACK, declarations);
        let attributes = attributes.ok().and_then(|thread| thread.join().ok());
        (attributes.ok_or_else(ended), declarations)
    })
}

/// What bindgen wrote, as items.
pub(super) fn items(text: &str, raw: &clang::RawAttrs) -> Result<bindgen::Written, Diagnostics> {
    depth::refuse_deep(text, raw)?;
    bindgen::parse(text).map_err(bindgen_says)
}

fn still_changing(file: &Path) -> Diagnostics {
    Diagnostic::new(
        codes::FILE,
        Place::Header(format!("{}:1:1", file.display())),
        "this file changes whenever it is read",
    )
    .help("generate the bindings when whatever writes it has ended")
    .into()
}

fn bindgen_says(message: String) -> Diagnostics {
    Diagnostic::new(codes::C_ERROR, Place::Unknown, message).into()
}
