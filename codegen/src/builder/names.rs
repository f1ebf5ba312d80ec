//! Names that users give beside headers: patterns, what they leave out, and how a mistake is told.

use super::Builder;
use crate::diag::{Diagnostic, Diagnostics, Place, closest, codes};
use crate::model::Header;
use crate::read::{clang, libclang};

impl Builder {
    /// Each plain name in `allow`, `safe`, `unchecked` and `guarded` must be declared: a name that matches nothing is a spelling mistake.
    pub(super) fn refuse_missing(&self, raw: &clang::RawAttrs, header: &Header) -> Result<(), Diagnostics> {
        let mut diagnostics = Diagnostics::new();
        // What is bound beside the library's own functions: typed forms and shims.
        let forms = header.functions.iter().map(|function| function.name.as_str());
        let declared: Vec<&str> = raw.functions.iter().map(|function| function.name.as_str()).chain(forms).collect();
        let patterns = (self.allow.iter().map(|pattern| ("allow", pattern)))
            .chain(self.safe.iter().map(|pattern| ("safe", pattern)))
            .chain(self.unchecked.iter().map(|(pattern, _)| ("unchecked", pattern)))
            .chain(self.guarded.iter().map(|(pattern, _)| ("guarded", pattern)));
        for (option, pattern) in patterns {
            for name in plain_names(pattern).filter(|name| !declared.contains(name)) {
                let diagnostic = Diagnostic::new(
                    codes::NOT_DECLARED,
                    Place::Unknown,
                    format!("`{option}` names `{name}`, which {} does not declare", self.headers.join(", ")),
                );
                diagnostics.push(suggest(diagnostic, name, &declared));
            }
        }
        let bound: Vec<&str> = header.functions.iter().map(|function| function.name.as_str()).collect();
        for name in self.safe.iter().flat_map(|pattern| plain_names(pattern)) {
            if declared.contains(&name) && !bound.contains(&name) {
                diagnostics.push(
                    Diagnostic::new(
                        codes::NOT_DECLARED,
                        Place::Unknown,
                        format!("`safe` names `{name}`, which `allow` leaves out, or which cannot be bound"),
                    )
                    .help(format!("add `{name}` to `allow`")),
                );
            }
        }
        if diagnostics.is_empty() && self.allow.is_some() && header.functions.is_empty() && header.skipped.is_empty() {
            diagnostics.push(
                Diagnostic::new(
                    codes::NOT_DECLARED,
                    Place::Unknown,
                    format!("no function of {} matches `allow`", self.headers.join(", ")),
                )
                .help("the whole name must match; write `curl_.*` for all that start so"),
            );
        }
        diagnostics.barrier()
    }
}

/// The names of a pattern that is nothing but names: `readv|writev`.
pub(crate) fn plain_names(pattern: &str) -> impl Iterator<Item = &str> {
    let is_plain = pattern.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '|');
    pattern.split('|').filter(move |name| is_plain && !name.is_empty())
}

/// The whole name must match.
pub(super) fn pattern(pattern: Option<&str>, option: &str) -> Result<Option<regex::Regex>, Diagnostics> {
    pattern
        .map(|pattern| {
            regex::Regex::new(&format!("^(?:{pattern})$"))
                .map_err(|_| bad_option(option, pattern, "a regular expression"))
        })
        .transpose()
}

pub(super) fn bad_option(option: &str, value: &str, wanted: &str) -> Diagnostics {
    Diagnostic::new(codes::BAD_OPTION, Place::Unknown, format!("`{option}` takes {wanted}, not `{value}`")).into()
}

pub(super) fn suggest(diagnostic: Diagnostic, name: &str, candidates: &[&str]) -> Diagnostic {
    match closest(name, candidates.iter().copied()) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None => diagnostic.help("check the spelling, and whether a `#define` such as _GNU_SOURCE must come first"),
    }
}

pub(super) fn missing_libclang(error: &libclang::OpenError) -> Diagnostics {
    Diagnostic::new(codes::NO_LIBCLANG, Place::Unknown, error.to_string()).into()
}

/// What clang says; behind that many lines of ours it speaks of shims, before it of the header that a line includes.
pub(super) fn c_errors(
    errors: &[clang::ClangDiagnostic],
    lines: usize,
    included: &dyn Fn(usize) -> Option<String>,
) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    for error in errors {
        let is_ours = error.file.as_ref().is_some_and(|file| file.ends_with("pinned_ffi_wrapper.h"));
        if is_ours && error.line as usize > lines {
            diagnostics.push(
                Diagnostic::new(codes::SHIM, Place::Unknown, format!("`shim_macro`: {}", error.message))
                    .help("write the prototype that the macro would have: `int WIFEXITED(int status)`"),
            );
            continue;
        }
        let place = match &error.file {
            Some(file) if error.line > 0 && !file.ends_with("pinned_ffi_wrapper.h") => {
                Place::Header(format!("{}:{}:{}", file.display(), error.line, error.column))
            }
            _ => Place::Unknown,
        };
        let mut diagnostic = Diagnostic::new(codes::C_ERROR, place, error.message.clone());
        if let Some(header) = included(error.line as usize).filter(|_| is_ours) {
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
