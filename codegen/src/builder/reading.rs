//! Decides how a builder's files are read: what text both readers get, what ends a reading, and how it is told.

use super::{Builder, bad_option};
use crate::config::{self, WrapperSource};
use crate::contract::Sources;
use crate::diag::{Diagnostic, Diagnostics, Place, codes};
use crate::read::steady::{self, Stamps};
use crate::read::{self, bindgen, clang, depth, libclang, sources};
use std::path::{Path, PathBuf};

/// The name of the in-memory main file.
const WRAPPER: &str = "pinned_ffi_wrapper.h";

/// Both readers go down with the nesting of types; a thread's usual stack holds a few hundred levels.
const READER_STACK: usize = 64 << 20;

/// What the files say, and which they are.
pub(super) struct Read {
    pub(super) sources: Sources,
    pub(super) raw: clang::RawAttrs,
    /// What bindgen wrote.
    pub(super) text: Result<String, Diagnostics>,
    pub(super) files: Vec<PathBuf>,
}

impl Builder {
    /// Reads until no file changes meanwhile.
    pub(super) fn read_steadily(&self) -> Result<(Read, Stamps), Diagnostics> {
        let lib = libclang::open().map_err(|error| missing_libclang(&error))?;
        let source = self.source()?;
        let folders = config::package_dirs_from_env();
        let named: Vec<PathBuf> = self.headers.iter().filter_map(|header| read::find_file(header, &folders)).collect();
        let (read, stamps) = steady::read(
            &named,
            || self.read(&source, &lib),
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
                Some(path) => text.push_str(&format!("#include \"{}\"\n", path.display())),
                None => text.push_str(&format!("#include <{header}>\n")),
            }
        }
        Ok(WrapperSource { name: WRAPPER.into(), text })
    }

    /// All that is read from files, in one go.
    fn read(&self, source: &WrapperSource, lib: &libclang::Libclang) -> Result<Read, Diagnostics> {
        let folders = config::package_dirs_from_env();
        let (sources, mut files) = sources::read(&self.contract_files, &self.girs, &folders)?;
        let args = self.all_args();
        let select = bindgen::Select {
            functions: self.allow.clone(),
            layout_tests: !self.no_layout_tests,
            ..bindgen::Select::default()
        };
        // Side by side: both take about as long, and neither knows of the other.
        let (raw, text) = std::thread::scope(|scope| {
            let deep = || std::thread::Builder::new().stack_size(READER_STACK);
            let text = deep().spawn_scoped(scope, || bindgen::text(source, &args, lib, &select));
            let raw = deep().spawn_scoped(scope, || clang::read(source, &args, lib));
            let ended =
                |reader| Diagnostic::new(codes::C_ERROR, Place::Unknown, format!("{reader}'s thread ended early"));
            let text = text.ok().and_then(|text| text.join().ok());
            let raw = raw.ok().and_then(|raw| raw.join().ok());
            (raw.ok_or_else(|| ended("clang")), text.ok_or_else(|| ended("bindgen")))
        });
        let raw = raw?.map_err(|errors| self.c_errors(&errors))?;
        let text = text.map_err(Diagnostics::from).and_then(|text| text.map_err(bindgen_says));
        files.extend(raw.files.iter().cloned());
        files.sort();
        files.dedup();
        Ok(Read { sources, raw, text, files })
    }

    /// What clang says, at its places; of our own line with an include, for which header.
    fn c_errors(&self, errors: &[clang::ClangDiagnostic]) -> Diagnostics {
        let mut diagnostics = Diagnostics::new();
        for error in errors {
            let file = error.file.as_ref().filter(|_| error.line > 0);
            let ours = file.is_some_and(|file| file.ends_with(WRAPPER));
            let place = file.filter(|_| !ours).map_or(Place::Unknown, |file| {
                Place::Header(format!("{}:{}:{}", file.display(), error.line, error.column))
            });
            let mut diagnostic = Diagnostic::new(codes::C_ERROR, place, error.message.clone());
            let line = (error.line as usize).checked_sub(self.defines.len() + 1).filter(|_| ours);
            if let Some(header) = line.and_then(|line| self.headers.get(line)) {
                diagnostic = diagnostic.note(format!("where {header} is included, or at its end"));
            }
            diagnostics.push(if error.message.contains("file not found") {
                diagnostic.help("install the package that has the header, or add its folder: `clang_args = [\"-I…\"]`")
            } else {
                diagnostic.help("the header must compile as C by itself; add what it needs in front of it")
            });
        }
        diagnostics
    }
}

/// What bindgen wrote, as items.
pub(super) fn items(text: &str, raw: &clang::RawAttrs) -> Result<syn::File, Diagnostics> {
    depth::refuse_deep(text, raw)?;
    bindgen::parse(text).map_err(bindgen_says)
}

fn missing_libclang(error: &libclang::OpenError) -> Diagnostics {
    Diagnostic::new(codes::NO_LIBCLANG, Place::Unknown, error.to_string()).into()
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
