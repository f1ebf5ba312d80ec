//! Decides how a text is read with libclang for what bindgen drops, from attributes and comments to record layouts.
//!
//! [`read`] parses once with the `prelude` before the text. Then `walk` goes over the tree and asks `types`, `attrs`
//! (which takes `text` apart) and `comments` about each declaration; `unite` joins the declarations of one function.
//! `layer` keeps libclang's pointers behind lifetimes; it alone holds unsafe code.

#![allow(non_upper_case_globals, reason = "libclang names its constants")]

mod attrs;
mod comments;
mod diagnostics;
mod layer;
mod prelude;
mod raw;
mod text;
mod types;
mod unite;
mod walk;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::libclang::Libclang;
use crate::config::{self, ClangArgs, WrapperSource};
use layer::{Attached, Unit};

pub use diagnostics::{ClangDiagnostic, Severity};
pub(super) use layer::Handle;
pub(super) use prelude::renamed;
pub use raw::{
    AccessMode, ArrayBound, Direction, Nullability, RawAttr, RawAttrs, RawField, RawFn, RawLinkage, RawLocation,
    RawParam, RawRecord, RawType, RawTypeKind, RecordKind,
};

/// Reads `source`, or gives every error libclang has to say about it.
///
/// One error is enough to give nothing: after an error libclang's tree is silently wrong, not just shorter.
pub fn read(source: &WrapperSource, args: &ClangArgs, lib: &Libclang) -> Result<RawAttrs, Vec<ClangDiagnostic>> {
    let args: Vec<String> = lib.extra_args.iter().chain(&args.args).cloned().collect();
    read_with(&lib.handle.attach(), source, args)
}

/// The work of [`read`], also for a library that is not proven to read C yet.
pub(super) fn read_with(
    attached: &Attached,
    source: &WrapperSource,
    mut args: Vec<String>,
) -> Result<RawAttrs, Vec<ClangDiagnostic>> {
    // bindgen appends these by itself, and both must read the same.
    args.extend(config::bindgen_extra_clang_args_from_env());
    let dir = config::current_dir_from_env().map_err(|error| vec![ClangDiagnostic::fatal(error)])?;
    let main = dir.join(&source.name).display().to_string();
    let prelude = dir.join(prelude::NAME).display().to_string();

    let mut unsaved = vec![(main.clone(), source.text.clone()), (prelude.clone(), prelude::text())];
    unsaved.extend(prelude::glibc_with_attributes(attached, &main, &args)?);
    args.splice(0..0, ["-include".to_owned(), prelude.clone(), "-fparse-all-comments".to_owned()]);
    // Headers with a few annotations would otherwise be told about every pointer without one.
    args.push("-Wno-nullability-completeness".to_owned());

    let unit = Unit::parse(attached, &main, &unsaved, &args)?;
    let (errors, mut warnings): (Vec<_>, Vec<_>) =
        unit.diagnostics().into_iter().partition(|diagnostic| diagnostic.severity > Severity::Warning);
    if !errors.is_empty() {
        return Err(errors);
    }
    warnings.retain(|warning| !prelude::is_about(&warning.message));

    let mut read = walk::walk(&unit);
    let files = unit.files().into_iter().filter(|file| *file != main && *file != prelude);
    let files: BTreeSet<PathBuf> = files.map(|file| walk::absolute(&file)).collect();
    read.files = files.into_iter().collect();
    read.warnings = warnings;
    Ok(read)
}
